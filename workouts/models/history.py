"""An athlete's history: what calendars and lists show of it. Of workouts that are not deleted."""

import uuid
from calendar import monthrange
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, Self, TypeVar

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Field,
    Func,
    IntegerField,
    QuerySet,
    UUIDField,
)
from django.db.models.functions import Cast

from exercises.models import Status
from exercises.models.shown_names import exercise_names
from exercises.prepared import Parameter, PreparedQuery
from workouts.models.log import Entry, Workout, WorkoutQuerySet, address_around_key, workout_address
from workouts.reckoning.calendar import CalendarWorkout

T = TypeVar("T")


RECENT_WORKOUTS = 6
Key = str  # of a workout as the database writes it: SQLite does without the hyphens


class Span(NamedTuple):
    """The days from the first to the last."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_month(cls, first: date) -> Self:
        return cls(first, first.replace(day=monthrange(first.year, first.month)[1]))


EVER = Span(date.min, date.max)


class FoundSets(NamedTuple):
    """What was searched for: an exercise, and the sets of it at a glance."""

    name: str
    sets: str


class ListedExercise(NamedTuple):
    """An exercise of a workout, and how many working sets it had there."""

    name: str
    sets: int


@dataclass(frozen=True, slots=True)
class WorkoutRow:
    """A workout in a list; ``done`` has its exercises by slug, in order, with working sets.

    Where it was searched for, ``found`` has the entries that were, and ``notes`` those that have
    the words.
    """

    key: Key
    day: date
    title: str
    minutes: int | None
    done: dict[str, ListedExercise]
    found: tuple[FoundSets, ...] = ()
    notes: str = ""

    @property
    def address(self) -> str:
        return _address(self.key)

    @property
    def repeat_address(self) -> str:
        return _address(self.key, "copy")

    @property
    def month(self) -> date:
        """The first day of its month, to group a history by."""
        return self.day.replace(day=1)


def days(athlete: int) -> list[date]:
    """Those of all workouts, newest first, each as often as it has any. 1 query."""
    return [date.fromisoformat(day) for (day,) in _days.rows(athlete=athlete)]


def keys_with_days(athlete: int, span: Span) -> list[tuple[Key, str]]:
    """Workouts of some days, oldest first: each its key and its day as text. 1 query."""
    return _keys_with_days.rows(athlete=athlete, **span._asdict())


def for_calendar(
    athlete: int, span: Span, *, only: Container[Key] | None = None
) -> list[CalendarWorkout]:
    """Workouts of some days, oldest first; ``only`` those with these keys, if any are given.
    1 query.
    """
    rows = _for_calendar.rows(athlete=athlete, **span._asdict())
    before, after = address_around_key("detail")
    return [
        CalendarWorkout(
            date.fromisoformat(day), title, sets, f"{before}{_dashed(key)}{after}", key, minutes
        )
        for key, day, title, minutes, sets in rows
        if only is None or key in only
    ]


def listed(
    athlete: int, span: Span = EVER, *, start: int = 0, stop: int | None = None
) -> list[WorkoutRow]:
    """Workouts of some days, newest first; of these the ones from ``start`` to ``stop``.
    2 queries.
    """
    if start == stop:
        return []
    found = _listed(start, stop).rows(athlete=athlete, **span._asdict())
    if not found:
        return []
    done = done_in(athlete, [row[0] for row in found])
    return [_row(*row, done=done.get(row[0], {})) for row in found]


def in_list(athlete: int, workouts: Sequence[CalendarWorkout]) -> list[WorkoutRow]:
    """These as a list shows them, in this order. 1 query, none without any."""
    done = done_in(athlete, [workout.key for workout in workouts])
    return [
        WorkoutRow(each.key, each.on, each.title, each.minutes, done.get(each.key, {}))
        for each in workouts
    ]


def last_ones(athlete: int, count: int) -> list[WorkoutRow]:
    """The last workouts, newest first, without what was done in them. 1 query."""
    found = _listed(0, count).rows(athlete=athlete, **EVER._asdict())
    return [_row(*row, done={}) for row in found]


def recent_exercises(athlete: int, count: int) -> list[tuple[str, str]]:
    """Slugs and names of exercises that were done lately, in the order of the last workouts, newest
    first. 1 query.
    """
    return list(dict.fromkeys(_recent_exercises.rows(athlete=athlete)))[:count]


def done_in(athlete: int, keys: Sequence[Key]) -> dict[Key, dict[str, ListedExercise]]:
    """By workout its exercises by slug, in order, with working sets. 1 query, none without keys."""
    done: dict[Key, dict[str, ListedExercise]] = {}
    if keys:
        values, shown_name = numbered(map(uuid.UUID, keys)), exercise_names()
        for key, slug, name, sets in _done_by_key(len(keys)).rows(athlete=athlete, **values):
            of_workout = done.setdefault(key, {})
            before = of_workout[slug].sets if slug in of_workout else 0
            of_workout[slug] = ListedExercise(shown_name(slug, name), before + sets)
    return done


def _row(
    key: Key, day: str, title: str, minutes: int | None, *, done: dict[str, ListedExercise]
) -> WorkoutRow:
    return WorkoutRow(key, date.fromisoformat(day), title, minutes, done)


class HardSets(Func):
    """The working sets of the workout with this key, and its athlete's."""

    template = (
        "(SELECT COALESCE(SUM(hard_sets), 0) FROM workouts_entry U0"
        " WHERE U0.workout_id = %(expressions)s)"
    )
    arg_joiner = " AND U0.athlete_id = "
    arity = 2
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Not by an index of the athlete's entries, as ``NotByIndex``."""
        joiner = self.arg_joiner.replace("U0", "+U0")
        return self.as_sql(compiler, connection, arg_joiner=joiner, **context)


class IsoDay(Func):
    """A day as "2026-11-22", whatever style of dates a PostgreSQL is set to."""

    template = "CAST(%(expressions)s AS text)"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "TO_CHAR(%(expressions)s, 'YYYY-MM-DD')"
        return self.as_sql(compiler, connection, template=template, **context)


# The queries. Keys and days are read as text, since there are thousands, of which few are shown


def key_as_text(name: str) -> Cast:
    return Cast(name, CharField())


def _address(key: Key, page: str = "detail") -> str:
    return workout_address(_dashed(key), page)


def _dashed(key: Key) -> str:
    if "-" in key:
        return key
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def live(athlete: Parameter) -> WorkoutQuerySet:
    return Workout.objects.live().filter(athlete=athlete)


def _between(athlete: Parameter, first: Parameter, last: Parameter) -> WorkoutQuerySet:
    return live(athlete).filter(day__range=(first, last))


def _columns(workouts: WorkoutQuerySet) -> "QuerySet[Any, Any]":
    return workouts.values_list(key_as_text("pk"), IsoDay("day"), "title", "minutes")


def _exercises(entries: "QuerySet[Entry]") -> "QuerySet[Any, Any]":
    rows = entries.order_by("position", "pk")
    return rows.values_list(key_as_text("workout"), "exercise__slug", "exercise__name", "hard_sets")


ATHLETE: "dict[str, Field[Any, Any]]" = {"athlete": BigIntegerField()}
BETWEEN: "dict[str, Field[Any, Any]]" = {**ATHLETE, "first": DateField(), "last": DateField()}

_days = PreparedQuery(
    lambda athlete: live(athlete).newest_first().values_list(IsoDay("day")), **ATHLETE
)
_keys_with_days = PreparedQuery(
    lambda **values: (
        _between(**values).oldest_first().values_list(key_as_text("pk"), IsoDay("day"))
    ),
    **BETWEEN,
)
_for_calendar = PreparedQuery(
    lambda **values: (
        _between(**values)
        .oldest_first()
        .values_list(
            key_as_text("pk"), IsoDay("day"), "title", "minutes", HardSets("pk", "athlete")
        )
    ),
    **BETWEEN,
)
_recent_exercises = PreparedQuery(
    lambda athlete: (
        Entry.objects.in_workouts(
            athlete, live(athlete).newest_first().values("pk")[:RECENT_WORKOUTS]
        )
        .filter(exercise__status=Status.PUBLISHED)
        .order_by("-workout__day", "-workout__started_at", "-workout", "position", "pk")
        .values_list("exercise__slug", "exercise__name")
    ),
    **ATHLETE,
)


@lru_cache(maxsize=100)
def _done_by_key(count: int) -> PreparedQuery:
    return PreparedQuery(
        lambda athlete, **keys: _exercises(Entry.objects.in_workouts(athlete, [*keys.values()])),
        **ATHLETE,
        **numbered([UUIDField()] * count),
    )


def numbered(values: Iterable[T]) -> dict[str, T]:
    """By names for the parameters of a list whose length is known."""
    return {f"value_{number}": value for number, value in enumerate(values)}


@lru_cache(maxsize=100)
def _listed(start: int, stop: int | None) -> PreparedQuery:
    return PreparedQuery(
        lambda **values: _columns(_between(**values).newest_first()[start:stop]), **BETWEEN
    )
