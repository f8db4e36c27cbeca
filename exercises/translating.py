"""Saying the sentences of ``exercises.sentences`` in the language of a page."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from exercises.languages import filled, shown_count, shown_sets
from exercises.sentences import Sentence

AMOUNT = re.compile(r"[+−-]?\d+\.\d+ (?:kg|lb|m|km|mi|s)")  # as rules print one


def translated(value: object) -> object:
    """A sentence in the active language, with the sentences in it; numbers and amounts (22.5 kg) as
    that writes them.

    Whatever else it is given comes back as it is.
    """
    if isinstance(value, Sentence):
        return in_words(value)
    if isinstance(value, Decimal | float):
        return number_format(value)
    if isinstance(value, str) and AMOUNT.fullmatch(value):
        return shown_sets(value)
    return value


def in_words(text: str) -> str:
    """Text for a page: a sentence in the active language, anything else as it stands."""
    if not isinstance(text, Sentence):
        return text
    values = {name: translated(value) for name, value in text.values.items()}
    if text.plural:
        values["count"] = shown_count(text.number)
        message = ngettext(text.message, text.plural, text.number)
    else:
        message = gettext(text.message) if text.message else ""
    return filled(message, values) if values else message


def reason(error: Exception) -> str:
    """Why an error was raised, in the active language where it says so by a sentence."""
    return in_words(error.args[0])
