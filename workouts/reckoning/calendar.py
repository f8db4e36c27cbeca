"""A year of training as a calendar: a column a week, a row a day, darker where more was done."""

from calendar import day_abbr, monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exercises.counting import counted

PITCH, SIDE = 14, 12  # of a day's square, in the drawing's units
INITIAL = 14  # the room of a weekday's initial
LEVELS = (1, 8, 13, 17, 21)  # hard sets on a day, from which each shade begins
DAYS_PER_WEEK = 7
WEEKS_BACK = 12


@dataclass(frozen=True, slots=True)
class CalendarWorkout:
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

    ``weekdays`` are initials to write before some rows, from ``left`` on, each with the middle of
    its row; the squares begin at 0.
    """

    rest: str
    ahead: str
    days: tuple[Day, ...]
    months: tuple[Month, ...]
    weekdays: tuple[tuple[int, str], ...]
    width: int
    height: int = DAYS_PER_WEEK * PITCH
    left: int = -INITIAL


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


def training_year(
    year: int, sessions: Iterable[CalendarWorkout], *, week_start: int, today: date
) -> Year:
    """The sessions of ``year``, in the order they were done.

    ``week_start`` is the first day of the week, numbered as ``date.isoweekday`` does.
    """
    by_day: dict[date, list[CalendarWorkout]] = defaultdict(list)
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
    sessions: tuple[CalendarWorkout, ...]
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


def training_week(sessions: Sequence[CalendarWorkout], *, week_start: int, today: date) -> Week:
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


def _half(
    first: date, by_day: dict[date, list[CalendarWorkout]], week_start: int, today: date
) -> Half:
    last = first.replace(month=first.month + 5, day=monthrange(first.year, first.month + 5)[1])
    dates = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    blanks = (first.isoweekday() - week_start) % DAYS_PER_WEEK
    places = [divmod(blanks + number, DAYS_PER_WEEK) for number in range(len(dates))]
    idle = [
        (on, _square(*place)) for on, place in zip(dates, places, strict=True) if on not in by_day
    ]
    workouts = Counter(session.on.month for done in by_day.values() for session in done)
    return Half(
        rest="".join([square for on, square in idle if on <= today]),
        ahead="".join([square for on, square in idle if on > today]),
        days=tuple(
            _day(by_day[on], *place)
            for on, place in zip(dates, places, strict=True)
            if on in by_day
        ),
        months=tuple(
            Month(first.replace(month=month), workouts[month])
            for month in range(first.month, first.month + 6)
        ),
        weekdays=tuple(_weekday(row, week_start) for row in range(0, DAYS_PER_WEEK - 1, 2)),
        width=INITIAL + (places[-1][0] + 1) * PITCH,
    )


def _weekday(row: int, week_start: int) -> tuple[int, str]:
    number = (week_start - 1 + row) % DAYS_PER_WEEK
    return row * PITCH + SIDE // 2, day_abbr[number][0]


def _square(week: int, row: int) -> str:
    return f"M{week * PITCH} {row * PITCH}h{SIDE}v{SIDE}h-{SIDE}z"


def _day(sessions: Sequence[CalendarWorkout], week: int, row: int) -> Day:
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
