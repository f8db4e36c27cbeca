"""Sets that a line says are those of another day: "Bench press: same as last week"."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workouts.vocabulary import Unit

from .dates import weekday_number
from .values import Load, SetText, Sign

_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,2})?"
_SAME = re.compile(
    rf"(?P<name>[^0-9:\n]*[^\W\d_][^0-9:\n]*?|[^:\n]+(?=:))[\s:,;(\u2013\u2014-]*?"
    rf"(?:(?<=[\s:])(?P<weight>{_NUMBER})\s?(?P<unit>kgs?|lbs?)?[\s,;(:\u2013\u2014-]*)?"
    r"(?<![\w-])(?:(?:the\s)?same(?:\s(?P<what>weights?|sets|reps|scheme|again))?|ditto|idem|repeat(?:ed)?)"
    r"(?:\s(?:as|from|like|of))?"
    r"(?:\s(?:on\s|the\s)?(?:(?:last\s)?(?P<when>week|time|session|workout|before|yesterday"
    r"|[^\W\d_]{3,9}day)))?"
    rf"[.!)]?(?:[,;:]?\s+(?P<reps>{_NUMBER}(?:[\s,/-]+{_NUMBER})*))?[.!]?",
    re.IGNORECASE,
)
_SAYS_SAME = re.compile(r"\b(?:same|ditto|idem|repeat)", re.IGNORECASE)
_LONGEST = 200  # characters
_LAST_WEEK = range(4, 11)  # days ago


@dataclass(frozen=True)
class Done:
    """What was done of an exercise on an earlier day of the text."""

    number: int
    day: dt.date | None
    sets: tuple[SetText, ...]


@dataclass(frozen=True)
class Same:
    """A line that repeats the sets of another day, perhaps with another weight or other reps."""

    name: str
    weight: Decimal | None
    unit: Unit | None
    reps: tuple[int, ...]
    when: str

    def of(self, sets: Sequence[SetText]) -> tuple[SetText, ...]:
        """Its sets, where these are those of the other day; none where they can't be told."""
        loads = {one.load for one in sets}
        if self.weight is not None and len(loads) == 1:
            unit = self.unit or next((load.unit for load in loads if load), Unit.KG)
            sign: Sign = next((load.sign for load in loads if load), "")
            return tuple(replace(one, load=Load(self.weight, unit, sign)) for one in sets)
        if self.reps and len(loads) == 1:
            return tuple(replace(sets[0], reps=reps, rpe=None) for reps in self.reps)
        return () if self.weight is not None or self.reps else tuple(sets)

    def meant(self, done: Sequence[Done], today: dt.date | None) -> Iterator[tuple[SetText, ...]]:
        """The sets of the days that may be meant, the likeliest first."""
        latest = sorted(done, key=lambda one: one.number, reverse=True)
        for each in sorted(latest, key=lambda one: not self._is_meant(one, today)):
            if sets := self.of(each.sets):
                yield sets

    def _is_meant(self, one: Done, today: dt.date | None) -> bool:
        if today is None or one.day is None:
            return True
        if self.when == "week":
            return (today - one.day).days in _LAST_WEEK
        weekday = weekday_number(self.when)
        return weekday is None or one.day.weekday() == weekday


def read_same(line: str) -> Same | None:
    """What a line says is the same as on another day; None for any other line."""
    is_short = len(line) <= _LONGEST and _SAYS_SAME.search(line) is not None
    match = _SAME.fullmatch(line) if is_short else None
    if match is None:
        return None
    has_both = match["weight"] and match["reps"]
    if has_both or (match["reps"] and not (match["what"] or "").startswith("weight")):
        return None
    unit = Unit(match["unit"].lower().rstrip("s")) if match["unit"] else None
    weight = Decimal(match["weight"].replace(",", ".")) if match["weight"] else None
    reps = tuple(map(int, re.findall("[0-9]+", match["reps"] or "")))
    return Same(match["name"].strip(" :,-"), weight, unit, reps, (match["when"] or "").lower())
