"""An athlete's routines as a list: what is due today first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
)

from exercises.prepared import Parameter, PreparedQuery
from workouts.models import Athlete, Routine, RoutineEntry, Workout
from workouts.models.keys import is_of


@dataclass(frozen=True, slots=True)
class RoutineRow:
    """A routine in a list. One that was done today is due no more; one that is not due today may be
    left from a day of the week before.
    """

    routine: Routine
    exercises: tuple[str, ...]
    set_count: int
    is_due: bool
    is_done_today: bool
    left_since: date | None


def routine_rows(athlete: Athlete, *, today: date, is_due_first: bool = True) -> list[RoutineRow]:
    """All of the athlete's routines in their order; if wanted those that are due today first, then
    those that are left. 2 queries.
    """
    routines = athlete.routines.live().with_last_day().with_entries().in_order()
    rows = [_row(routine, today) for routine in routines]
    if not is_due_first:
        return rows
    return sorted(rows, key=lambda row: (not row.is_due, row.left_since is None))


@dataclass(frozen=True, slots=True)
class DueRoutine:
    """A routine of today's weekday, or one that is left from a day of the week before, as the home
    page shows it.
    """

    routine: Routine
    exercise_count: int
    is_done_today: bool
    left_since: date | None


def due_on(athlete: int, day: date) -> list[DueRoutine]:
    """The routines of this weekday, then those that are left, then those that were done on the day
    already. 1 query.
    """
    due = [
        DueRoutine(routine, count, routine.last_on == day, left)
        for routine, count in _with_count(athlete, day)
        for left in [None if routine.is_due_on(day) else routine.left_since(day)]
        if left or routine.is_due_on(day)
    ]
    return sorted(due, key=lambda each: (each.is_done_today, each.left_since is not None))


def _with_count(athlete: int, day: date) -> Iterator[tuple[Routine, int]]:
    """The routines that have days, each with how many exercises it has. 1 query.

    Their ``last_on`` is of the seven days until this one, or long ago.
    """
    since = day - timedelta(days=6)
    for *columns, count, lately, is_begun in _scheduled.rows(athlete=athlete, day=day, since=since):
        routine = Routine(**dict(zip(("pk", "name", "weekdays"), columns, strict=True)))
        routine.last_on = lately or (date.min if is_begun else None)
        yield routine, count


def _with_days(athlete: Parameter, day: Parameter, since: Parameter) -> "QuerySet[Any, Any]":
    """The routines that have days, with how many exercises they have, the last day of these on
    which each was done, and whether it ever was.

    Each is asked of its own rows, since joins would multiply them.
    """
    entries = RoutineEntry.objects.filter(is_of(athlete), routine=OuterRef("pk"))
    counted = entries.order_by().values("routine").annotate(count=Count("pk"))
    done = Workout.objects.live().filter(athlete=athlete, routine=OuterRef("pk"))
    lately = done.filter(day__gte=since, day__lte=day).newest_first()
    return (
        Routine.objects.live()
        .filter(athlete=athlete)
        .exclude(weekdays="")
        .in_order()
        .values_list(
            *("pk", "name", "weekdays"),
            Subquery(counted.values("count")),
            Subquery(lately.values("day")[:1]),
            Exists(done),
        )
    )


_scheduled = PreparedQuery(
    _with_days, athlete=BigIntegerField(), day=DateField(), since=DateField()
)


def _row(routine: Routine, today: date) -> RoutineRow:
    entries = list(routine.entries.all())
    is_done = routine.last_on == today
    is_due = routine.is_due_on(today)
    return RoutineRow(
        routine,
        tuple(entry.exercise.name for entry in entries),
        sum(entry.as_text().working_sets for entry in entries),
        is_due=is_due and not is_done,
        is_done_today=is_done,
        left_since=None if is_due else routine.left_since(today),
    )
