"""The language that is active, and days, numbers and lists as it has them.

Rules print days and numbers as English has them; whatever shows one to people asks here.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from django.utils import dateformat, translation
from django.utils.formats import get_format
from django.utils.translation import gettext

ENGLISH = "en"
MOST_DAYS = 5_000  # that are kept as they were said
# What a page says of itself; every other is just its code.
HTML_LANGUAGES = {ENGLISH: "en-GB"}
# Patterns of Django's date filter: the English one, and what others make of it. Spanish and
# French write days and months small.
PATTERNS = {
    "de": {
        "D": "D",
        "D j M": "D, j. N",
        "D j M Y": "D, j. N Y",
        "j M": "j. N",
        "j M Y": "j. N Y",
        "j M y": "j. N y",
        "j M Y, H:i": "j. N Y, H:i",
        "j F": "j. F",
        "j F Y": "j. F Y",
        "l j F": "l, j. F",
        "l j F Y": "l, j. F Y",
        "M": "N",
        "M Y": "N Y",
        "M ’y": "N ’y",
        "F Y": "F Y",
    },
    "es": {
        "D": "D",
        "D j M": "D j b",
        "D j M Y": "D j b Y",
        "j M": "j b",
        "j M Y": "j b Y",
        "j M y": "j b y",
        "j M Y, H:i": "j b Y, H:i",
        "j F": r"j \d\e F",
        "j F Y": r"j \d\e F \d\e Y",
        "l j F": r"l j \d\e F",
        "l j F Y": r"l j \d\e F \d\e Y",
        "M": "b",
        "M Y": "b Y",
        "M ’y": "b ’y",
        "F Y": r"F \d\e Y",
    },
    "fr": {
        "D": "D.",
        "D j M": "D. j N",
        "D j M Y": "D. j N Y",
        "j M": "j N",
        "j M Y": "j N Y",
        "j M y": "j N y",
        "j M Y, H:i": "j N Y, H:i",
        "j F": "j F",
        "j F Y": "j F Y",
        "l j F": "l j F",
        "l j F Y": "l j F Y",
        "M": "N",
        "M Y": "N Y",
        "M ’y": "N ’y",
        "F Y": "F Y",
    },
}
SPANISH = "es"
A_SUNDAY = date(2023, 12, 31)
CAPITAL = re.compile(r"[A-ZÀ-Þ](?=[a-zß-ÿ])")  # of a word, not of an abbreviation
# The first letter of a German adjective before its noun: "Schräge Bauchmuskeln", not "Face Pull"
ADJECTIVE = re.compile(
    r"^(?!(?:Battle|Face|Glute|Hammer|Landmine|Renegade|Reverse|Suitcase)\b)"
    r"[A-ZÄÖÜ](?=\w*e[rs]? [A-ZÄÖÜ])"
)
# Spanish groups the digits of a number from five on (as CLDR has it)
FOUR_DIGITS = re.compile(r"(?<![\d,.])(\d),(\d{3})(?![\d,])")
DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
# Where a message has "y" or "o" and then a value, maybe in quotes
BEFORE_VALUE = re.compile(r"\b([yo])(?= [«“¿(]*%\((\w+)\)s)")
MARKUP = re.compile(r"(?:<[^>]*>|[^\w<])+")
# Before the same sound "y" becomes "e", but not before a diphthong ("hielo"), and "o" becomes "u",
# also before a number that begins with "ocho" or is "once"
SPOKEN = {
    "y": ("e", re.compile(r"h?[ií](?![aeoáéó])", re.IGNORECASE)),
    "o": ("u", re.compile(r"h?[oó]|8|11(?!\d)", re.IGNORECASE)),
}


def active_language() -> str:
    """The code of one of ``settings.LANGUAGES``, for keys of whatever keeps a text."""
    return translation.get_language() or ENGLISH


def html_language() -> str:
    """For ``lang``."""
    code = active_language()
    return HTML_LANGUAGES.get(code, code)


def within(label: str) -> str:
    """A label as it stands within a sentence: small but for abbreviations; of German ones only the
    adjective that it may begin with.
    """
    capital = ADJECTIVE if active_language() == "de" else CAPITAL
    return capital.sub(lambda letter: letter[0].lower(), label)


def shown_day(day: date | datetime | time, pattern: str) -> str:
    """A day as the active language writes it, by the pattern of Django's date filter that English
    has for it. A pattern that is no language's, such as "Y-m-d", is taken as it is.

    >>> shown_day(date(2024, 11, 1), "j F Y")
    '1 November 2024'
    """
    language = active_language()
    if type(day) is date:
        return day_in(language, day, pattern)
    return dateformat.format(day, _pattern_in(language, pattern))


@lru_cache(maxsize=MOST_DAYS)
def day_in(language: str, day: date, pattern: str) -> str:
    """``shown_day`` in the active language, which is this one. A page has hundreds, and most of
    them were said before.
    """
    return dateformat.format(day, _pattern_in(language, pattern))


def _pattern_in(language: str, pattern: str) -> str:
    return PATTERNS.get(language, {}).get(pattern, pattern)


def short_weekday(number: int) -> str:
    """ "Mon"; Monday is 1."""
    return shown_day(A_SUNDAY + timedelta(number), "D")


def shown_number(number: str, language: str = "") -> str:
    """A number that was printed as English has it, such as "1,204.5", as the active language
    writes it: "1.204,5". Whatever stands around its digits stays. Who shows many may ask for the
    ``active_language`` once.
    """
    language = language or active_language()
    if language == ENGLISH:
        return number
    if language == SPANISH:
        number = FOUR_DIGITS.sub(r"\1\2", number)
    thousands, decimals = (
        get_format(name, language) for name in ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR")
    )
    return number.translate({ord(","): thousands, ord("."): decimals})


def shown_sets(sets: str) -> str:
    """Sets at a glance, "82.5 kg × 6, 5, 5 @8.5", with the decimals of the active language; the
    commas between them stay.
    """
    language = active_language()
    if language == ENGLISH:
        return sets
    return DECIMAL_POINT.sub(get_format("DECIMAL_SEPARATOR", language), sets)


def shown_count(count: int) -> str:
    """A count as the active language writes it: "20,000" in English."""
    return shown_number(f"{count:,}")


def filled(message: str, values: Mapping[str, object]) -> str:
    """A translated message with its values; in Spanish with the "and" and "or" that are said before
    the sound that follows.
    """
    if active_language() == SPANISH:
        message = BEFORE_VALUE.sub(
            lambda match: _spoken(match[1], str(values.get(match[2], ""))), message
        )
    return message % values


def listed(parts: Sequence[str]) -> str:
    """ "a, b and c"; nothing of nothing."""
    if len(parts) < 2:
        return "".join(parts)
    *others, last = parts
    return filled(gettext("%(others)s and %(last)s"), {"others": ", ".join(others), "last": last})


def told(what: str, value: str, language: str = "") -> str:
    """ "what: value", with the space before the colon that French has. Who tells many may ask for
    the ``active_language`` once.
    """
    return _colon(language or active_language()) % {"what": what, "value": value}


@cache
def _colon(_language: str) -> str:
    """Looked up once a language, since charts have hundreds."""
    return gettext("%(what)s: %(value)s")


def _spoken(word: str, following: str) -> str:
    other, sound = SPOKEN[word]
    start = MARKUP.match(following)
    return other if sound.match(following, start.end() if start else 0) else word
