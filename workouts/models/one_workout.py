"""One workout by its key, with all that its page, its text and an edit of it need."""

import uuid
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, Exists, Model, OuterRef, QuerySet, Subquery, UUIDField

from exercises.models import Exercise
from exercises.prepared import PreparedQuery, Row, columns_of
from exercises.search.lookup import FIELDS as EXERCISE
from workouts.models.drafts import WorkoutDraft
from workouts.models.log import Entry, LoggedSet, Neighbour, Workout, WorkoutQuerySet, beside
from workouts.models.plans import Routine

WORKOUT, ENTRY, SET = map(columns_of, (Workout, Entry, LoggedSet))
ROUTINE = ("id", "name", "deleted_at")
NEIGHBOUR = ("pk", "day", "title")


def one_workout(athlete: int, key: uuid.UUID) -> Workout | None:
    """The athlete's workout, deleted or not, with its routine's name, its neighbours, its entries,
    their sets, and of their exercises what the log has to know. 3 queries.
    """
    row = _workout.first(athlete=athlete, key=key)
    if row is None:
        return None
    workout: Workout = Workout.from_db(DEFAULT_DB_ALIAS, WORKOUT, row[: len(WORKOUT)])
    if workout.routine_id:
        workout.routine = Routine.from_db(DEFAULT_DB_ALIAS, ROUTINE, row[len(WORKOUT) : -7])
    workout.earlier, workout.later = _neighbour(row[-7:-4]), _neighbour(row[-4:-1])
    workout.has_draft = bool(row[-1])
    entries = {entry.pk: entry for entry in map(_entry, _entries.rows(workout=key))}
    sets: dict[int, list[LoggedSet]] = {pk: [] for pk in entries}
    for row in _sets.rows(workout=key):
        logged: LoggedSet = LoggedSet.from_db(DEFAULT_DB_ALIAS, SET, row)
        logged.entry = entries[logged.entry_id]
        sets[logged.entry_id].append(logged)
    for pk, entry in entries.items():
        entry.workout = workout
        _prefetched(entry)["sets"] = sets[pk]
    _prefetched(workout)["entries"] = list(entries.values())
    return workout


def _entry(row: Row) -> Entry:
    entry: Entry = Entry.from_db(DEFAULT_DB_ALIAS, ENTRY, row[: len(ENTRY)])
    entry.exercise = Exercise.from_db(DEFAULT_DB_ALIAS, EXERCISE, row[len(ENTRY) :])
    return entry


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
    draft = WorkoutDraft.objects.filter(workout=OuterRef("pk"))
    routine = (f"routine__{name}" for name in ROUTINE)
    return workouts.values_list(*WORKOUT, *routine, *names, Exists(draft))


_workout = PreparedQuery(
    lambda athlete, key: _with_neighbours(Workout.objects.filter(athlete=athlete, pk=key)),
    athlete=BigIntegerField(),
    key=UUIDField(),
)
_entries = PreparedQuery(
    lambda workout: (
        Entry.objects.filter(workout=workout)
        .order_by("position")
        .values_list(*ENTRY, *(f"exercise__{name}" for name in EXERCISE))
    ),
    workout=UUIDField(),
)
_sets = PreparedQuery(
    lambda workout: (
        LoggedSet.objects.filter(entry__workout=workout).order_by("position").values_list(*SET)
    ),
    workout=UUIDField(),
)
