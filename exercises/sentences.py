"""Sentences for people that are made where there is no Django, as in the rules.

Whoever makes one writes it in English, marked for translation::

    from exercises.sentences import gettext as _
    _("No exercise is called “%(name)s”.", name=name)

It is that English text, and ``exercises.translating.translated`` says it in another language.
"""

from collections.abc import Mapping
from functools import cache
from typing import Self


class Sentence(str):
    """The text in English, as if it were plain, with the `message` that it was made of.

    `message` has places for `values`, as in ``%(name)s``, which may be sentences themselves;
    without values it is taken as it stands. With a `plural` the `number` chooses between the
    two, and is their ``%(count)s``.
    """

    __slots__ = ("message", "number", "plural", "values")

    message: str
    plural: str
    number: int
    values: Mapping[str, object]

    def __new__(
        cls,
        message: str,
        values: Mapping[str, object] | None = None,
        plural: str = "",
        number: int = 1,
    ) -> Self:
        chosen, shown = message, values or {}
        if plural:
            chosen = message if number == 1 else plural
            shown = {**shown, "count": f"{number:,}"}
        sentence = super().__new__(cls, chosen % shown if shown else chosen)
        sentence.message, sentence.plural, sentence.number = message, plural, number
        sentence.values = values or {}
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[object, ...], dict[str, object]]:
        return (self.message, self.values, self.plural, self.number), {}


def gettext_noop(message: str) -> str:
    """Mark what a ``Sentence`` will be made of later."""
    return message


def gettext(message: str, **values: object) -> Sentence:
    """A sentence, marked for translation."""
    return Sentence(message, values) if values else _plain(message)


@cache
def _plain(message: str) -> Sentence:
    """Once each, since a text is read with many errors that nobody is told of."""
    return Sentence(message)


def ngettext(singular: str, plural: str, count: int, **values: object) -> Sentence:
    """A sentence about some number of things, which it has as ``%(count)s``."""
    return Sentence(singular, values, plural, count)


def grouped(number: int) -> Sentence:
    """A number as a text has it: "20,000"."""
    return Sentence("%(count)s", None, "%(count)s", number)
