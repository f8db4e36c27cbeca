"""Dates as people write them at the beginning of a line."""

import re
from datetime import date

from .errors import UnreadableError

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s{1,3})?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(_WEEKDAY + form, re.IGNORECASE)


# 2026-11-22, 2026/11/22
_YEAR_FIRST = _pattern(
    r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![0-9])"
)
# 22.11.2026: with points, the day comes first everywhere
_POINTED = _pattern(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\." + _YEAR)
# 22/11/2026 and 11/22/2026: which is which depends on the country
_SLASHED = _pattern(r"(?P<first>[0-9]{1,2})(?P<mark>[-/])(?P<second>[0-9]{1,2})(?P=mark)" + _YEAR)
# 22 Nov 2026
_DAY_MONTH = _pattern(_DAY + r"\.?\s{1,3}" + _MONTH + r",?\s{1,3}" + _YEAR)
# Nov 22, 2026
_MONTH_DAY = _pattern(_MONTH + r"\s{1,3}" + _DAY + r",?\s{1,3}" + _YEAR)
# 22.11.26
_SHORT_YEAR = _pattern(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}(?![0-9])")

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {
    spelling: number
    for number, name in enumerate(_MONTH_NAMES, start=1)
    for spelling in (name, name[:3])
} | {"sept": 9}


def read_date(text: str) -> tuple[date, int] | None:
    """The date at the beginning of `text` and the position just after it; None when there is none.

    Raises UnreadableError for a date that doesn't exist or that can be read in two ways.
    """
    if match := _SHORT_YEAR.match(text):
        message = "Write the year with four digits, for example 2026-11-22."
        raise UnreadableError(message, 0, match.end())
    if match := _SLASHED.match(text):
        return _slashed_date(match), match.end()
    for pattern in (_YEAR_FIRST, _POINTED, _DAY_MONTH, _MONTH_DAY):
        match = pattern.match(text)
        if match and (month := _month(match["month"])) is not None:
            return _date(match, month=month, day=int(match["day"])), match.end()
    return None


def starts_with_date(text: str) -> bool:
    """Whether a line that begins like this is about a day, even one that doesn't exist."""
    try:
        return read_date(text) is not None
    except UnreadableError:
        return True


def _month(spelling: str) -> int | None:
    return int(spelling) if spelling.isdecimal() else _MONTHS.get(spelling.lower())


def _slashed_date(match: re.Match[str]) -> date:
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    if first > 12:
        return _date(match, month=second, day=first)
    if second > 12 or first == second:
        return _date(match, month=first, day=second)
    message = (
        f"Is {match[0]} in {_MONTH_NAMES[second - 1].title()} or in "
        f"{_MONTH_NAMES[first - 1].title()}? "
        f"Write {year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}."
        if first and second
        else _no_such_day(match[0])
    )
    raise UnreadableError(message, 0, match.end())


def _date(match: re.Match[str], *, month: int, day: int) -> date:
    try:
        return date(int(match["year"]), month, day)
    except ValueError:
        raise UnreadableError(_no_such_day(match[0]), 0, match.end()) from None


def _no_such_day(typed: str) -> str:
    return f"There is no day {typed}. Write the year, month and day, for example 2026-11-22."
