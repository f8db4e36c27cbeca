"""One workout by its key, with all that its page, its text and an edit of it need."""

import uuid
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, Exists, Model, OuterRef, QuerySet, Subquery, UUIDField

from exercises.models import Exercise
from exercises.prepared import PreparedQuery, Row, columns_of
from exercises.search.lookup import FIELDS as EXERCISE
from workouts.models.drafts import WorkoutDraft
from workouts.models.keys import is_of
from workouts.models.log import Entry, LoggedSet, Neighbour, Workout, WorkoutQuerySet, beside
from workouts.models.plans import Routine

WORKOUT, ENTRY, SET = map(columns_of, (Workout, Entry, LoggedSet))
ROUTINE = ("id", "name", "deleted_at")
NEIGHBOUR = ("pk", "day", "title")


def one_workout(athlete: int, key: uuid.UUID) -> Workout | None:
    """The athlete's workout, deleted or not, with its routine's name, its neighbours, its entries,
    their sets, and of their exercises what the log has to know. 2 queries.
    """
    row = _workout.first(athlete=athlete, key=key)
    if row is None:
        return None
    workout: Workout = Workout.from_db(DEFAULT_DB_ALIAS, WORKOUT, row[: len(WORKOUT)])
    if workout.routine_id:
        workout.routine = Routine.from_db(DEFAULT_DB_ALIAS, ROUTINE, row[len(WORKOUT) : -7])
    workout.earlier, workout.later = _neighbour(row[-7:-4]), _neighbour(row[-4:-1])
    workout.has_draft = bool(row[-1])
    _prefetched(workout)["entries"] = _entries_of(workout)
    return workout


def _entries_of(workout: Workout) -> list[Entry]:
    """In their order, with exercises and sets. 1 query, of a row for each set."""
    entries: list[Entry] = []
    for row in _sets.rows(athlete=workout.athlete_id, workout=workout.pk):
        entry_columns, exercise_columns = row[: len(ENTRY)], row[len(ENTRY) : -len(SET)]
        if not entries or entries[-1].pk != row[0]:
            entry: Entry = Entry.from_db(DEFAULT_DB_ALIAS, ENTRY, entry_columns)
            entry.exercise = Exercise.from_db(DEFAULT_DB_ALIAS, EXERCISE, exercise_columns)
            entry.workout = workout
            sets: list[LoggedSet] = []
            _prefetched(entry)["sets"] = sets
            entries.append(entry)
        columns = row[-len(SET) :]
        if columns[0] is not None:
            logged: LoggedSet = LoggedSet.from_db(DEFAULT_DB_ALIAS, SET, columns)
            logged.entry = entry
            sets.append(logged)
    return entries


def _neighbour(row: Row) -> Neighbour | None:
    return Neighbour(*row) if row[0] else None


def _prefetched(row: Model) -> dict[str, Any]:
    """Where ``prefetch_related`` puts what it brings."""
    kept: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    return kept


def _with_neighbours(workouts: WorkoutQuerySet) -> "QuerySet[Any, Any]":
    """Columns of each, of its routine and of the workouts before and after it, and whether it has
    a draft.
    """
    others = Workout.objects.live().filter(athlete=OuterRef("athlete"))
    place = [OuterRef(name) for name in ("day", "started_at", "pk")]
    before = others.filter(beside("lt", *place)).newest_first()
    after = others.filter(beside("gt", *place)).oldest_first()
    names = [Subquery(each.values(name)[:1]) for each in (before, after) for name in NEIGHBOUR]
    draft = WorkoutDraft.objects.open().filter(athlete=OuterRef("athlete"), workout=OuterRef("pk"))
    routine = (f"routine__{name}" for name in ROUTINE)
    return workouts.values_list(*WORKOUT, *routine, *names, Exists(draft))


_workout = PreparedQuery(
    lambda athlete, key: _with_neighbours(Workout.objects.filter(athlete=athlete, pk=key)),
    athlete=BigIntegerField(),
    key=UUIDField(),
)
_sets = PreparedQuery(
    lambda athlete, workout: (
        Entry.objects.filter(is_of(athlete), workout=workout)
        .order_by("position", "sets__position")
        .values_list(
            *ENTRY,
            *(f"exercise__{name}" for name in EXERCISE),
            *(f"sets__{name}" for name in SET),
        )
    ),
    athlete=BigIntegerField(),
    workout=UUIDField(),
)
