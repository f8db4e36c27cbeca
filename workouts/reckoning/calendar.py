"""A year of training as a calendar: a column a week, a row a day, darker where more was done."""

from calendar import day_abbr
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from exercises.counting import counted

PITCH, SIDE = 14, 12  # of a day's square, in the drawing's units
LEVELS = (1, 8, 13, 17, 21)  # hard sets on a day, from which each shade begins
DAYS_PER_WEEK = 7
WEEKS_BACK = 12


@dataclass(frozen=True, slots=True)
class Session:
    """One workout, as far as a calendar needs it."""

    on: date
    title: str
    hard_sets: int
    address: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with training: where its square is, its shade from 1 to 5, and what was done."""

    x: int
    y: int
    level: int
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    workouts: int


@dataclass(frozen=True, slots=True)
class Half:
    """Six months: squares of days at rest and of days ahead, each as one path; and the others.

    ``weekdays`` are initials to write before some rows, each with the middle of its row.
    """

    rest: str
    ahead: str
    days: tuple[Day, ...]
    months: tuple[Month, ...]
    weekdays: tuple[tuple[int, str], ...]
    width: int
    height: int = DAYS_PER_WEEK * PITCH


@dataclass(frozen=True, slots=True)
class Year:
    """What ``templates/components/training_calendar.html`` draws."""

    year: int
    halves: tuple[Half, Half]
    workouts: int
    days: int
    hard_sets: int


def shade(hard_sets: int) -> int:
    """From 1 to 5; a day with training has at least the lightest."""
    return max(1, sum(hard_sets >= least for least in LEVELS))


def shades() -> list[tuple[int, str]]:
    """Each shade with the hard sets that it stands for."""
    ends = [*(str(least - 1) for least in LEVELS[1:]), ""]
    return [
        (level, f"{least}–{last}" if last else f"{least}+")
        for level, (least, last) in enumerate(zip(LEVELS, ends, strict=True), start=1)
    ]


def training_year(year: int, sessions: Iterable[Session], *, week_start: int, today: date) -> Year:
    """The sessions of ``year``, in the order they were done.

    ``week_start`` is the first day of the week, numbered as ``date.isoweekday`` does.
    """
    by_day: dict[date, list[Session]] = defaultdict(list)
    for session in sessions:
        by_day[session.on].append(session)
    done = [session for of_a_day in by_day.values() for session in of_a_day]
    return Year(
        year=year,
        halves=(
            _half(date(year, 1, 1), by_day, week_start, today),
            _half(date(year, 7, 1), by_day, week_start, today),
        ),
        workouts=len(done),
        days=len(by_day),
        hard_sets=sum(session.hard_sets for session in done),
    )


@dataclass(frozen=True, slots=True)
class WeekDay:
    on: date
    sessions: tuple[Session, ...]
    is_today: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The week of today, and how many of the last ``WEEKS_BACK`` weeks, this one too, had any."""

    days: tuple[WeekDay, ...]
    workouts: int
    weeks_trained: int
    weeks_back: int = WEEKS_BACK


def week_begin(on: date, *, week_start: int) -> date:
    """The first day of the week that the day is in."""
    return on - timedelta(days=(on.isoweekday() - week_start) % DAYS_PER_WEEK)


def weeks_from(today: date, *, week_start: int) -> date:
    """The first day that ``training_week`` looks at."""
    return week_begin(today, week_start=week_start) - timedelta(weeks=WEEKS_BACK - 1)


def training_week(sessions: Sequence[Session], *, week_start: int, today: date) -> Week:
    """The week of ``today``; the sessions are those since ``weeks_from``."""
    first = week_begin(today, week_start=week_start)
    dates = [first + timedelta(days=number) for number in range(DAYS_PER_WEEK)]
    days = tuple(
        WeekDay(on, tuple(s for s in sessions if s.on == on), on == today, on > today)
        for on in dates
    )
    since = weeks_from(today, week_start=week_start)
    trained = {
        week_begin(session.on, week_start=week_start)
        for session in sessions
        if since <= session.on <= dates[-1]
    }
    return Week(days, sum(len(day.sessions) for day in days), len(trained))


def _half(first: date, by_day: dict[date, list[Session]], week_start: int, today: date) -> Half:
    dates = list(takewhile(lambda on: on.month - first.month in range(6), _days_from(first)))
    blanks = (first.isoweekday() - week_start) % DAYS_PER_WEEK
    places = {on: divmod(blanks + number, DAYS_PER_WEEK) for number, on in enumerate(dates)}
    return Half(
        rest="".join(_square(*places[on]) for on in dates if on not in by_day and on <= today),
        ahead="".join(_square(*places[on]) for on in dates if on not in by_day and on > today),
        days=tuple(_day(by_day[on], *places[on]) for on in dates if on in by_day),
        months=tuple(_month(first.replace(month=first.month + n), by_day) for n in range(6)),
        weekdays=tuple(_weekday(row, week_start) for row in range(0, DAYS_PER_WEEK - 1, 2)),
        width=(places[dates[-1]][0] + 1) * PITCH,
    )


def _days_from(first: date) -> Iterator[date]:
    """All days there are, which end with the year 9999."""
    return (first + timedelta(days=number) for number in range((date.max - first).days + 1))


def _weekday(row: int, week_start: int) -> tuple[int, str]:
    number = (week_start - 1 + row) % DAYS_PER_WEEK
    return row * PITCH + SIDE // 2, day_abbr[number][0]


def _square(week: int, row: int) -> str:
    return f"M{week * PITCH} {row * PITCH}h{SIDE}v{SIDE}h-{SIDE}z"


def _month(first: date, by_day: dict[date, list[Session]]) -> Month:
    return Month(first, sum(len(done) for on, done in by_day.items() if on.month == first.month))


def _day(sessions: Sequence[Session], week: int, row: int) -> Day:
    hard_sets = sum(session.hard_sets for session in sessions)
    titles = ", ".join(session.title for session in sessions if session.title) or "a workout"
    on = sessions[0].on
    return Day(
        x=week * PITCH,
        y=row * PITCH,
        level=shade(hard_sets),
        text=f"{on:%a} {on.day} {on:%b}: {titles}, {counted(hard_sets, 'set')}",
        address=sessions[0].address,
    )
