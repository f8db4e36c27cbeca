"""A year of training as a calendar: a column a week, a row a day, darker where more was done."""

from bisect import bisect
from calendar import day_name, monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from exercises.sentences import Sentence, gettext, ngettext

PITCH, SIDE = 14, 12  # of a day's square, in the drawing's units
INITIAL = 10  # the room of a weekday's initial
COLUMNS = 14  # weeks that three months are in, at most
LEVELS = (1, 8, 13, 17, 21)  # hard sets on a day, from which each shade begins
DAYS_PER_WEEK = 7
WEEKS_BACK = 12


class CalendarWorkout(NamedTuple):
    """One workout, as far as a calendar needs it, with its key as the database writes it."""

    on: date
    title: str
    hard_sets: int
    address: str
    key: str = ""
    minutes: int | None = None


class Day(NamedTuple):
    """A day with training: where its square is, its shade from 1 to 5, and what was done, a
    sentence. The address is that of its workout, "" where there were several.
    """

    on: date
    x: int
    y: int
    level: int
    text: Sentence
    address: str


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    workouts: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months: squares of days at rest and of days ahead, each as one path; and the others.

    ``weekdays`` are days to write before some rows, in English, from ``left`` on, each with the
    middle of its row; the squares begin at 0. ``is_last`` says that it is where the training ends,
    or today is.
    """

    rest: str
    ahead: str
    days: tuple[Day, ...]
    months: tuple[Month, ...]
    weekdays: tuple[tuple[int, str], ...]
    is_last: bool
    width: int = INITIAL + COLUMNS * PITCH
    height: int = DAYS_PER_WEEK * PITCH
    left: int = -INITIAL


@dataclass(frozen=True, slots=True)
class Year:
    """What ``templates/components/training_calendar.html`` draws."""

    year: int
    quarters: tuple[Quarter, ...]
    workouts: int
    days: int
    hard_sets: int


class MonthDay(NamedTuple):
    """A day of a month: the shade of each workout, what was done, and the address of the one, ""
    where there were none or several.
    """

    on: date
    levels: tuple[int, ...]
    text: str
    address: str
    is_today: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class MonthOfDays:
    """What ``templates/components/training_month.html`` draws: weeks, in which days of other months
    are None, below the days of the week in English.
    """

    first: date
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[MonthDay | None, ...], ...]


def shade(hard_sets: int) -> int:
    """From 1 to 5; a day with training has at least the lightest."""
    return max(1, bisect(LEVELS, hard_sets))


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
    by_day = _by_day(sessions)
    done = [session for of_a_day in by_day.values() for session in of_a_day]
    per_month = Counter(session.on.month for session in done)
    shown_month = today.month if year == today.year else max(per_month, default=12)
    return Year(
        year=year,
        quarters=tuple(
            _quarter(
                date(year, month, 1),
                by_day,
                per_month,
                week_start,
                today,
                is_last=month <= shown_month < month + 3,
            )
            for month in (1, 4, 7, 10)
        ),
        workouts=len(done),
        days=len(by_day),
        hard_sets=sum(session.hard_sets for session in done),
    )


def training_month(
    first: date, sessions: Iterable[CalendarWorkout], *, week_start: int, today: date
) -> MonthOfDays:
    """The month that begins with ``first``, as weeks of days; its sessions in the order they were
    done.
    """
    by_day = _by_day(sessions)
    last = monthrange(first.year, first.month)[1]
    days = [
        _month_day(on, by_day.get(on, []), today)
        for on in (first.replace(day=number) for number in range(1, last + 1))
    ]
    blanks = (first.isoweekday() - week_start) % DAYS_PER_WEEK
    cells = [None] * blanks + days + [None] * (-(blanks + last) % DAYS_PER_WEEK)
    names = [day_name[(week_start - 1 + place) % DAYS_PER_WEEK] for place in range(DAYS_PER_WEEK)]
    return MonthOfDays(
        first,
        weekdays=tuple(names),
        weeks=tuple(
            tuple(cells[begin : begin + DAYS_PER_WEEK])
            for begin in range(0, len(cells), DAYS_PER_WEEK)
        ),
    )


def _by_day(sessions: Iterable[CalendarWorkout]) -> dict[date, list[CalendarWorkout]]:
    by_day: dict[date, list[CalendarWorkout]] = defaultdict(list)
    for session in sessions:
        by_day[session.on].append(session)
    return by_day


def _month_day(on: date, sessions: Sequence[CalendarWorkout], today: date) -> MonthDay:
    return MonthDay(
        on,
        levels=tuple(shade(session.hard_sets) for session in sessions),
        text=_done(sessions) if sessions else "",
        address=_address(sessions),
        is_today=on == today,
        is_ahead=on > today,
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


@dataclass(frozen=True, slots=True)
class _Place:
    """A day's square: its corner, and itself as a path."""

    on: date
    x: int
    y: int
    square: str


def _quarter(
    first: date,
    by_day: Mapping[date, Sequence[CalendarWorkout]],
    per_month: Mapping[int, int],
    week_start: int,
    today: date,
    *,
    is_last: bool,
) -> Quarter:
    places = _places(first, week_start)
    idle = [place for place in places if place.on not in by_day]
    return Quarter(
        rest="".join([place.square for place in idle if place.on <= today]),
        ahead="".join([place.square for place in idle if place.on > today]),
        days=tuple([_day(place, by_day[place.on]) for place in places if place.on in by_day]),
        months=tuple(
            Month(first.replace(month=month), per_month.get(month, 0))
            for month in range(first.month, first.month + 3)
        ),
        weekdays=tuple(_weekday(row, week_start) for row in range(0, DAYS_PER_WEEK - 1, 2)),
        is_last=is_last,
    )


@lru_cache(maxsize=32)
def _places(first: date, week_start: int) -> tuple[_Place, ...]:
    """The days of three months, the same for everyone whose week begins on the same day."""
    last = first.replace(month=first.month + 2, day=monthrange(first.year, first.month + 2)[1])
    blanks = (first.isoweekday() - week_start) % DAYS_PER_WEEK
    places = []
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        week, row = divmod(blanks + number, DAYS_PER_WEEK)
        x, y = week * PITCH, row * PITCH
        square = f"M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z"
        places.append(_Place(on, x, y, square))
    return tuple(places)


def _weekday(row: int, week_start: int) -> tuple[int, str]:
    number = (week_start - 1 + row) % DAYS_PER_WEEK
    return row * PITCH + SIDE // 2, day_name[number]


def _day(place: _Place, sessions: Sequence[CalendarWorkout]) -> Day:
    return Day(
        on=place.on,
        x=place.x,
        y=place.y,
        level=shade(sum([session.hard_sets for session in sessions])),
        text=_done(sessions),
        address=_address(sessions),
    )


def _done(sessions: Sequence[CalendarWorkout]) -> Sentence:
    titles = ", ".join([session.title for session in sessions if session.title])
    return _told(titles, sum([session.hard_sets for session in sessions]), len(sessions))


@lru_cache(maxsize=2_000)
def _told(titles: str, hard_sets: int, count: int) -> Sentence:
    """A year has hundreds of days, and few that say another thing."""
    sets = ngettext("%(count)s set", "%(count)s sets", hard_sets)
    if count == 1:
        return gettext("%(what)s, %(sets)s", what=titles or gettext("a workout"), sets=sets)
    workouts = ngettext("%(count)s workout", "%(count)s workouts", count)
    if not titles:
        return gettext("%(what)s, %(sets)s", what=workouts, sets=sets)
    values = {"workouts": workouts, "titles": titles, "sets": sets}
    return gettext("%(workouts)s, %(titles)s, %(sets)s", **values)


def _address(sessions: Sequence[CalendarWorkout]) -> str:
    return sessions[0].address if len(sessions) == 1 else ""
