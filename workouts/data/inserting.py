"""Writing the workouts of a plan: many at a time, by few statements. Part of a transaction."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from django.db import connection

from workouts.data.planning import PlannedWorkout
from workouts.models import Athlete, BodyWeight, Entry, Import, LoggedSet, Routine, Workout
from workouts.saving import build_entries, insert_sets

AT_ONCE = 100  # workouts
ROWS = 500  # of one insert

Batches = Sequence[Sequence[PlannedWorkout]]
Progress = Callable[[Batches], Iterable[Sequence[PlannedWorkout]]]


class _Weighings:
    """``Athlete.weighing_on`` of many days, of weighings read once."""

    def __init__(self, athlete: Athlete) -> None:
        self._all = list(athlete.body_weights.order_by("weighed_on"))
        self._days = [one.weighed_on for one in self._all]

    def of(self, day: date | None) -> BodyWeight | None:
        """That of the day itself."""
        return self._all[self._days.index(day)] if day in self._days else None

    def on(self, day: date) -> BodyWeight | None:
        place = bisect_right(self._days, day)
        return self._all[max(place - 1, 0)] if self._all else None


def insert_workouts(brought: Import, chosen: Sequence[PlannedWorkout], progress: Progress) -> None:
    """Save them as those of this import, with what ``progress`` makes of their batches."""
    weighings = _Weighings(brought.athlete)
    routines = {one.name: one for one in brought.athlete.routines.live()}
    batches = [chosen[start : start + AT_ONCE] for start in range(0, len(chosen), AT_ONCE)]
    for batch in progress(batches):
        _insert_some(brought, batch, weighings, routines)


def _insert_some(
    brought: Import,
    chosen: Sequence[PlannedWorkout],
    weighings: _Weighings,
    routines: Mapping[str, Routine],
) -> None:
    workouts: list[Workout] = []
    entries: list[Entry] = []
    sets: list[LoggedSet] = []
    for one in chosen:
        weighing = weighings.of(one.imported.weighed_on) or weighings.on(one.draft.day)
        workout = Workout(
            athlete_id=brought.athlete_id,
            source=brought.source,
            source_key=one.imported.key,
            imported_in=brought,
            weighing=weighing,
            routine=routines.get(one.imported.routine),
            plan=one.imported.plan,
            **{**one.draft.columns, "notes": one.notes},
        )
        built, logged = build_entries(
            workout, one.draft, bodyweight_kg=weighing.weight_kg if weighing else None
        )
        for entry, in_file in zip(built, one.entries, strict=True):
            entry.imported_name, entry.notes = in_file
        workouts.append(workout)
        entries += built
        sets += chain.from_iterable(logged)
    Workout.objects.bulk_create(workouts, batch_size=ROWS)
    Entry.objects.bulk_create(entries, batch_size=ROWS)
    insert_sets(sets)


def count_rows_anew() -> None:
    """Let PostgreSQL know how full the tables are. It looks by itself once a minute; until then
    what was empty before is planned as empty, and reading the last sets takes minutes.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in (Workout, Entry, LoggedSet))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
