"""When a workout began, when it ended and how long it took, where a line says just that."""

import datetime as dt
import re
from dataclasses import dataclass

from .header import read_times
from .minutes import in_range, read_minutes
from .words import ENDED, LASTED, STARTED

_BEFORE_NUMBER = r"(?:\s*[:=]\s*|\s+)(?=[0-9])"
_START = re.compile(rf"{STARTED}{_BEFORE_NUMBER}", re.IGNORECASE)
_END = re.compile(rf"{ENDED}{_BEFORE_NUMBER}", re.IGNORECASE)
_LENGTH = re.compile(rf"{LASTED}{_BEFORE_NUMBER}", re.IGNORECASE)
_NAMED = (_START, _END, _LENGTH)
_BETWEEN = re.compile(r"(?<!\s)\s*[,;|]\s*|(?<!\s)\s+[-\u2013\u2014]\s+")
_CLOCK_LENGTH = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}):)(?P<minutes>[0-5][0-9])(?::(?P<seconds>[0-5][0-9]))?"
)
_MINUTES_FROM = 5  # 4:30 are hours and minutes, 55:12 minutes and seconds
_UNIT_LENGTH = re.compile(
    r"(?:(?P<hours>[0-9]{1,2})\s?h\w*\s?)?(?:(?P<minutes>[0-9]{1,3})\s?m\w*\s?)?(?:[0-9]{1,2}\s?s\w*)?"
)


@dataclass(frozen=True)
class SessionTimes:
    """What a line says of a session, as far as it says it."""

    began: dt.time | None = None
    ended: dt.time | None = None
    minutes: int | None = None

    def length(self, began: dt.time | None) -> int | None:
        """The minutes, reckoned from when it began and ended where only that is said."""
        if self.minutes or self.ended is None or began is None:
            return self.minutes
        return (_minute(self.ended) - _minute(began)) % 1_440 or None


def read_session_times(text: str) -> SessionTimes | None:
    """The times that the text is nothing but; several have a word each: "Start 17:05, 55 min" is
    none.
    """
    if said := _read_one(text):
        return said
    parts = _BETWEEN.split(text)
    if len(parts) < 2 or not all(any(each.match(part) for each in _NAMED) for part in parts):
        return None
    times = SessionTimes()
    for part in parts:
        said = _read_one(part)
        if said is None:
            return None
        times = SessionTimes(
            times.began or said.began, times.ended or said.ended, times.minutes or said.minutes
        )
    return times


def _read_one(text: str) -> SessionTimes | None:
    if minutes := _read_length(text):
        return SessionTimes(minutes=minutes)
    if match := _START.match(text):
        began, minutes = read_times(text, match.end())
        return SessionTimes(began, minutes=minutes) if began else None
    if match := _END.match(text):
        ended, _ = read_times(text, match.end())
        return SessionTimes(ended=ended) if ended else None
    return None


def _read_length(text: str) -> int | None:
    """The minutes that a line such as "Duration: 55 min" or "1 h 5 min" says."""
    match = _LENGTH.match(text)
    rest = text[match.end() if match else 0 :].rstrip(" .")
    if (minutes := read_minutes(rest)) is not None or match is None:
        return minutes
    if clock := _CLOCK_LENGTH.fullmatch(rest):
        if clock["seconds"] is None and text.lower().startswith("time"):
            return None
        first, second = int(clock["hours"]), int(clock["minutes"])
        is_hours = clock["seconds"] is not None or first < _MINUTES_FROM
        return in_range(first * 60 + second if is_hours else first)
    if parts := _UNIT_LENGTH.fullmatch(rest):
        return in_range(int(parts["hours"] or 0) * 60 + int(parts["minutes"] or 0))
    return None


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
