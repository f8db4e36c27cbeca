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
    Count,
    DateField,
    Exists,
    F,
    Field,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import In

from exercises.models import Exercise
from exercises.names import fold
from exercises.prepared import Parameter, PreparedQuery, Row
from exercises.search.lookup import search_index
from workouts.models.log import Entry, Workout, WorkoutQuerySet, workout_address
from workouts.models.names import OwnName
from workouts.reckoning.calendar import CalendarWorkout

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class WorkoutRow:
    """A workout in a list; ``done`` has its exercises by name, in order, with working sets."""

    key: Key
    day: date
    title: str
    minutes: int | None
    done: dict[str, int]

    @property
    def address(self) -> str:
        return _address(self.key)

    @property
    def repeat_address(self) -> str:
        return _address(self.key, "copy")

    @property
    def shown_day(self) -> str:
        return f"{self.day:%a %-d %b}"

    @property
    def month(self) -> date:
        """The first day of its month, to group a history by."""
        return self.day.replace(day=1)


def per_year(athlete: int) -> dict[int, int]:
    """How many workouts there are in each year that has any, the newest first. 1 query."""
    return {int(year): count for year, count in _per_year.rows(athlete=athlete)}


def for_calendar(
    athlete: int, span: Span, *, only: Container[Key] | None = None
) -> list[CalendarWorkout]:
    """Workouts of some days, oldest first; ``only`` those with these keys, if any are given.
    1 query.
    """
    rows = _for_calendar.rows(athlete=athlete, **span._asdict())
    return [
        CalendarWorkout(date.fromisoformat(day), title, sets, _address(key), key)
        for key, day, title, sets in rows
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
    keys = numbered(uuid.UUID(row[0]) for row in found)
    return _with_exercises(found, _done_by_key(len(keys)).rows(**keys))


def last_ones(athlete: int, count: int) -> list[WorkoutRow]:
    """The last workouts, newest first, without what was done in them. 1 query."""
    found = _listed(0, count).rows(athlete=athlete, **EVER._asdict())
    return _with_exercises(found, [])


def listed_by_key(athlete: int, keys: Sequence[Key]) -> list[WorkoutRow]:
    """These workouts, in this order. 2 queries."""
    if not keys:
        return []
    values = numbered(map(uuid.UUID, keys))
    workouts, entries = _listed_by_key(len(keys)), _done_by_key(len(keys))
    rows = _with_exercises(workouts.rows(athlete=athlete, **values), entries.rows(**values))
    return sorted(rows, key=lambda row: keys.index(row.key))


def _with_exercises(found: Iterable[Row], exercises: Iterable[Row]) -> list[WorkoutRow]:
    """Rows of workouts, with those of all exercises that belong to one of them."""
    rows = {
        key: WorkoutRow(key, date.fromisoformat(day), title, minutes, {})
        for key, day, title, minutes in found
    }
    for key, name, sets in exercises:
        if key in rows:
            done = rows[key].done
            done[name] = done.get(name, 0) + sets
    return list(rows.values())


def find(athlete: int, words: str) -> list[tuple[Key, str]]:
    """The keys and days of workouts, newest first, that have all the words in their title, all in
    their notes, or an exercise that goes by about these words. 3 queries, which read what the
    athlete has written.

    Days are text, "2026-11-22", since most are only counted.
    """
    named = _exercises_named(athlete, words)
    done = _workouts_with(len(named)).rows(athlete=athlete, **numbered(named)) if named else []
    keys, asked = {key for (key,) in done}, fold(words).split()
    rows = _texts.rows(athlete=athlete)
    texts = {title for _, _, title, _ in rows} | {notes for *_, notes in rows}
    about = {text for text in texts if _has_all(text, asked)}
    return [
        (key, day)
        for key, day, title, notes in rows
        if key in keys or title in about or notes in about
    ]


def _exercises_named(athlete: int, words: str) -> list[int]:
    """The keys of logged exercises that go by about these words, former names and names of the
    athlete's own among them. 1 query.
    """
    rows = _logged_names.rows(athlete=athlete)
    names = sorted(rows, key=lambda row: (row[2], row[0], row[1]))
    return search_index(tuple((pk, name) for pk, name, _ in names)).search(words)


def _has_all(text: str, words: list[str]) -> bool:
    """Whether there are words, which are folded, and the text has all of them."""
    if not (text and words):
        return False
    folded = fold(text)
    return all(word in folded for word in words)


class HardSets(Func):
    """The working sets of the workout with this key."""

    template = (
        "(SELECT COALESCE(SUM(hard_sets), 0) FROM workouts_entry"
        " WHERE workout_id = %(expressions)s)"
    )
    output_field = IntegerField()


class IsoDay(Func):
    """A day as "2026-11-22", whatever style of dates a PostgreSQL is set to."""

    template = "CAST(%(expressions)s AS text)"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "TO_CHAR(%(expressions)s, 'YYYY-MM-DD')"
        return self.as_sql(compiler, connection, template=template, **context)


# The queries. Keys and days are read as text, since there are thousands, of which few are shown


def _key(name: str) -> Cast:
    return Cast(name, CharField())


def _address(key: Key, page: str = "detail") -> str:
    if "-" not in key:
        key = f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
    return workout_address(key, page)


def _live(athlete: Parameter) -> WorkoutQuerySet:
    return Workout.objects.live().filter(athlete=athlete)


def _between(athlete: Parameter, first: Parameter, last: Parameter) -> WorkoutQuerySet:
    return _live(athlete).filter(day__range=(first, last))


def _columns(workouts: WorkoutQuerySet) -> "QuerySet[Any, Any]":
    return workouts.values_list(_key("pk"), IsoDay("day"), "title", "minutes")


def _exercises(entries: "QuerySet[Entry]") -> "QuerySet[Any, Any]":
    rows = entries.order_by("position", "pk")
    return rows.values_list(_key("workout"), "exercise__name", "hard_sets")


def _names(athlete: Parameter) -> "QuerySet[Any, Any]":
    """Of exercises that were logged: the key, a name, and 0 if it is the exercise's own."""
    logged = Entry.objects.filter(athlete=athlete, exercise=OuterRef("pk"))
    exercises = Exercise.objects.filter(Q(owner=None) | Q(owner=athlete), Exists(logged)).order_by()
    aliases = exercises.filter(aliases__isnull=False)
    own_names = OwnName.objects.filter(athlete=athlete).order_by()
    return exercises.values_list("pk", "name", Value(0)).union(
        aliases.values_list("pk", "aliases__name", Value(1)),
        own_names.values_list("exercise_id", "name", Value(1)),
    )


ATHLETE: "dict[str, Field[Any, Any]]" = {"athlete": BigIntegerField()}
BETWEEN: "dict[str, Field[Any, Any]]" = {**ATHLETE, "first": DateField(), "last": DateField()}

_per_year = PreparedQuery(
    # by the first digits of the day, since SQLite would ask Python for the year of each
    lambda athlete: (
        _live(athlete)
        .annotate(year=Substr(IsoDay("day"), 1, 4))
        .values_list("year")
        .annotate(count=Count("pk"))
        .order_by("-year")
    ),
    **ATHLETE,
)
_for_calendar = PreparedQuery(
    lambda **values: (
        _between(**values)
        .oldest_first()
        .values_list(_key("pk"), IsoDay("day"), "title", HardSets("pk"))
    ),
    **BETWEEN,
)
_texts = PreparedQuery(
    lambda athlete: (
        _live(athlete).newest_first().values_list(_key("pk"), IsoDay("day"), "title", "notes")
    ),
    **ATHLETE,
)
_logged_names = PreparedQuery(_names, **ATHLETE)


@lru_cache(maxsize=100)
def _listed_by_key(count: int) -> PreparedQuery:
    return PreparedQuery(
        lambda athlete, **keys: _columns(
            _live(athlete).filter(In(F("pk"), [*keys.values()])).order_by()
        ),
        **ATHLETE,
        **numbered([UUIDField()] * count),
    )


@lru_cache(maxsize=100)
def _done_by_key(count: int) -> PreparedQuery:
    return PreparedQuery(
        lambda **keys: _exercises(Entry.objects.filter(In(F("workout"), [*keys.values()]))),
        **numbered([UUIDField()] * count),
    )


@lru_cache(maxsize=100)
def _workouts_with(count: int) -> PreparedQuery:
    """The keys of workouts with one of so many exercises, as text."""
    return PreparedQuery(
        lambda athlete, **exercises: (
            Entry.objects.filter(In(F("exercise"), [*exercises.values()]), athlete=athlete)
            .order_by()
            .values_list(_key("workout"))
        ),
        **ATHLETE,
        **numbered([BigIntegerField()] * count),
    )


def numbered(values: Iterable[T]) -> dict[str, T]:
    """By names for the parameters of a list whose length is known."""
    return {f"value_{number}": value for number, value in enumerate(values)}


@lru_cache(maxsize=100)
def _listed(start: int, stop: int | None) -> PreparedQuery:
    return PreparedQuery(
        lambda **values: _columns(_between(**values).newest_first()[start:stop]), **BETWEEN
    )
