"""The days that a page of progress looks at."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from exercises.sentences import gettext_noop

MONTHS = {"3-months": 3, "year": 12, "all": None}
LABELS = {
    "3-months": gettext_noop("3 months"),
    "year": gettext_noop("1 year"),
    "all": gettext_noop("All"),
}
DEFAULT = "year"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """From ``first`` to ``last``; without a bound where that is None. ``key`` is one of ``MONTHS``,
    or empty where the days were chosen.
    """

    key: str
    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def span_of(key: str, *, today: date) -> DaySpan:
    """The last so many months; what no key says is the default's."""
    key = key if key in MONTHS else DEFAULT
    months = MONTHS[key]
    return DaySpan(key, None if months is None else months_before(today, months))


def span_between(first: date | None, last: date | None) -> DaySpan:
    """Chosen days, the wrong way round too."""
    if first and last and last < first:
        first, last = last, first
    return DaySpan("", first, last)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months before, or the month's last; never before year 1."""
    number = day.year * 12 + day.month - 1 - months
    if number < 12:
        return date.min
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
