"""An athlete's routines as a list: what is due today first."""

from dataclasses import dataclass
from datetime import date
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
    """A routine of today's weekday, as the home page shows it."""

    routine: Routine
    exercise_count: int
    is_done_today: bool


def due_on(athlete: int, day: date) -> list[DueRoutine]:
    """The routines of this weekday, those that were done on the day already last. 1 query."""
    due = [
        DueRoutine(Routine(pk=key, name=name, weekdays=weekdays), count, bool(is_done))
        for key, name, weekdays, count, is_done in _scheduled.rows(athlete=athlete, day=day)
        if str(day.isoweekday()) in weekdays
    ]
    return sorted(due, key=lambda each: each.is_done_today)


def _with_days(athlete: Parameter, day: Parameter) -> "QuerySet[Any, Any]":
    """The routines that have days, with how many exercises they have and whether each was done on
    the day.

    Each is asked of its own rows, since joins would multiply them.
    """
    entries = RoutineEntry.objects.filter(routine=OuterRef("pk")).order_by().values("routine")
    done = Workout.objects.live().filter(athlete=athlete, day=day, routine=OuterRef("pk"))
    return (
        Routine.objects.live()
        .filter(athlete=athlete)
        .exclude(weekdays="")
        .in_order()
        .values_list(
            *("pk", "name", "weekdays"),
            Subquery(entries.annotate(count=Count("pk")).values("count")),
            Exists(done),
        )
    )


_scheduled = PreparedQuery(_with_days, athlete=BigIntegerField(), day=DateField())


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
