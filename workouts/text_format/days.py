"""Which day each header of a text means, told by all of them together and by today.

What several days would fit is asked. One order of day and month holds for a whole text, so that it
is asked once; and where one date can only be read one way, it isn't asked at all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from exercises.sentences import Sentence
from exercises.sentences import gettext as _

from .dates import DAY_FIRST, MONTH_FIRST, Order, WrittenDate, WrittenDay, latest
from .errors import Choice, UnreadableError
from .header import Header, Heading, print_header

_ANY_DAY = date.max
# Which of two ways to put dates without a year in order an answer chose
_OLDEST_FIRST, _NEWEST_FIRST = "oldest first", "newest first"


def settle(headings: Sequence[Heading], today: date | None) -> list[Header | UnreadableError]:
    """For each heading the header that it is, or why that can't be told.

    Without a year, a date is near the one with a year before it, else the latest such day that is
    not after `today`. The errors are about the date within the heading's line, and have choices
    where they are questions.
    """
    dates = _in_order([heading.date for heading in headings], today)
    last = today or _ANY_DAY
    rows = _rows(dates, last)
    settled: list[Header | UnreadableError] = []
    for number, heading in enumerate(headings):
        days = list(dict.fromkeys(row[number] for row in rows))
        settled.append(_settled(replace(heading, date=dates[number]), days, last))
    return settled


def _settled(heading: Heading, days: Sequence[date | None], last: date) -> Header | UnreadableError:
    written = heading.date
    orders = {day: one.order for one in written.readings if (day := _near(written, one, last))}
    if len(orders) > 1:
        return _which_month(heading, orders)
    day = days[0]
    if day is None:
        message = _(
            "There is no day %(day)s. Write the year, month and day, for example 2026-11-22.",
            day=written.typed,
        )
        return UnreadableError(message, written.start, written.end)
    if len(days) > 1:
        patterns = (_OLDEST_FIRST, _NEWEST_FIRST)
        return _which_day(heading, [one for one in days if one], patterns)
    if written.weekday not in (None, day.weekday()):
        return _which_weekday(heading, day, last)
    return heading.on(day)


# Day and month


def _in_order(dates: Sequence[WrittenDate], today: date | None) -> list[WrittenDate]:
    """The dates with the readings that are left once it is known whether the day comes first."""
    order = _order(dates, today)
    if order is None:
        return list(dates)
    return [
        replace(one, readings=tuple(r for r in one.readings if r.order == order))
        if len(one.readings) > 1
        else one
        for one in dates
    ]


def _order(dates: Sequence[WrittenDate], today: date | None) -> Order | None:
    if all(len(one.readings) < 2 for one in dates):
        return None
    sure = {one.readings[0].order for one in dates if len(one.readings) == 1} - {""}
    if sure:
        return sure.pop() if len(sure) == 1 else None
    last = today or _ANY_DAY
    orders: dict[Order, list[date | None]] = {
        order: [_day(one, order, last) for one in dates] for order in (DAY_FIRST, MONTH_FIRST)
    }
    weekdays = [one.weekday for one in dates]
    tests: tuple[Callable[[list[date | None]], bool], ...] = (
        lambda days: all(
            weekday is None or day is None or day.weekday() == weekday
            for weekday, day in zip(weekdays, days, strict=True)
        ),
        lambda days: all(day is None or day <= last for day in days),
        _is_chronological,
    )
    for test in tests:
        left: list[Order] = [order for order, days in orders.items() if test(days)]
        if len(left) == 1:
            return left[0]
    return None


def _day(written: WrittenDate, order: Order, last: date) -> date | None:
    readings = [one for one in written.readings if one.order in ("", order)]
    return _near(written, readings[0] if readings else None, last)


def _is_chronological(days: Iterable[date | None]) -> bool:
    """Whether the days go forward, or go back, all the way."""
    pairs = list(pairwise([day for day in days if day]))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)


def _which_month(heading: Heading, orders: dict[date, Order]) -> UnreadableError:
    first, second = orders
    written = heading.date
    message = _(
        "Is %(day)s in %(first_month)s or in %(second_month)s: %(first)s or %(second)s?",
        day=written.typed,
        first_month=Sentence(f"{first:%B}"),
        second_month=Sentence(f"{second:%B}"),
        first=first.isoformat(),
        second=second.isoformat(),
    )
    return _question(heading, message, list(orders), list(orders.values()))


# Dates without a year


def _rows(dates: Sequence[WrittenDate], last: date) -> list[list[date | None]]:
    """The ways to give every date its day: one, or where they would be out of order, several."""
    plain: list[date | None] = []
    for number, one in enumerate(dates):
        before = plain[-1] if any(other.has_year for other in dates[:number]) else None
        after = next(
            (_near(two, two.readings[0], last) for two in dates[number:] if two.has_year), None
        )
        plain.append(_beside(one, before, after, last))
    bare = [day for day, one in zip(plain, dates, strict=True) if not one.has_year]
    is_twice = len(set(bare)) < len(bare) and any(_is_weekday_alone(one) for one in dates)
    if any(one.has_year for one in dates) or (_is_chronological(plain) and not is_twice):
        return [plain]
    ways = [_one_after_another(dates, last, step) for step in (-1, 1)]
    return sorted(ways, key=_span)


def _one_after_another(dates: Sequence[WrittenDate], last: date, step: int) -> list[date | None]:
    """The latest days that go forward (`step` -1: told from the last one) or back (1)."""
    days: list[date | None] = []
    for one in dates[::step]:
        day = _near(one, one.readings[0] if one.readings else None, last)
        if day is not None:
            last = _shifted(day, -1) if _is_weekday_alone(one) else day
        days.append(day)
    return days[::step]


def _shifted(day: date, days: int) -> date:
    """The day so many days later; the day itself where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _is_weekday_alone(written: WrittenDate) -> bool:
    return bool(written.readings) and written.readings[0].month is None


def _span(days: Sequence[date | None]) -> timedelta:
    known = [day for day in days if day]
    return max(known) - min(known) if known else timedelta()


def _near(written: WrittenDate, reading: WrittenDay | None, last: date) -> date | None:
    if written.days_ago is not None:
        return _shifted(last, -written.days_ago)
    return latest(reading, written.weekday, last) if reading else None


def _beside(
    written: WrittenDate, before: date | None, after: date | None, last: date
) -> date | None:
    """The day, told by the days with a year before and after it where it has none itself."""
    reading = written.readings[0] if written.readings else None
    if reading is None or written.has_year or not (before or after):
        return _near(written, reading, last)
    if reading.month is not None:
        return _nearest(reading, before or after or last, last) or _near(written, reading, last)
    if before is None or (after and after < before):
        return _near(written, reading, _shifted(before or after or last, -1))
    following = _shifted(before, 7 if reading.day is None else 31)
    day = _near(written, reading, following)
    return day if day and day <= last else _near(written, reading, last)


def _nearest(reading: WrittenDay, other: date, last: date) -> date | None:
    """The day of this day and month that is nearest to `other`, and not after `last`."""
    years = range(max(other.year - 1, 1), min(other.year + 1, 9999) + 1)
    days = (latest(replace(reading, year=year), None, last) for year in years)
    return min((d for d in days if d and d <= last), key=lambda d: abs(d - other), default=None)


def _which_day(
    heading: Heading, days: Sequence[date], patterns: Sequence[str] = ("", "")
) -> UnreadableError:
    written = heading.date
    message = _("Which day is %(day)s: %(choice)s?", day=written.typed, choice=_either(days))
    return _question(heading, message, days, patterns)


def _which_weekday(heading: Heading, day: date, last: date) -> UnreadableError:
    written = heading.date
    weekday = written.weekday or 0
    ahead = (weekday - day.weekday() + 3) % 7 - 3
    others = [_shifted(day, ahead)]
    reading = written.readings[0]
    year = day.year + (1 if written.has_year else -1)  # an old year, typed on in the new one
    slip = latest(replace(reading, year=year), None, last)
    if slip and slip.weekday() == weekday:
        others.append(slip)
    days = [day, *(other for other in others if other <= last)]
    message = _(
        "%(day)s is a %(weekday)s. Which day do you mean: %(choice)s?",
        day=day.isoformat(),
        weekday=Sentence(f"{day:%A}"),
        choice=_either(days),
    )
    return _question(heading, message, days, [""] * len(days))


def _either(days: Sequence[date]) -> str:
    """As "2026-11-21 or 2026-11-22"."""
    first, *others = [day.isoformat() for day in days]
    for other in others:
        first = _("%(first)s or %(second)s", first=first, second=other)
    return first


def _question(
    heading: Heading, message: str, days: Sequence[date], patterns: Sequence[str]
) -> UnreadableError:
    choices = tuple(
        Choice(_line(heading.on(day)), pattern) for day, pattern in zip(days, patterns, strict=True)
    )
    return UnreadableError(message, heading.date.start, heading.date.end, choices)


def _line(header: Header) -> str:
    """The header as a line, with its minutes."""
    line = print_header(header)
    if header.minutes is None:
        return line
    if header.time is None:
        return f"{line}, {header.minutes} min"
    minute = header.time.hour * 60 + header.time.minute + header.minutes
    end = f"{minute // 60 % 24:02}:{minute % 60:02}"
    return line.replace(f"{header.time:%H:%M}", f"{header.time:%H:%M}-{end}", 1)
