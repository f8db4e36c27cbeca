"""An athlete's routines as a list: what is due today first."""

from dataclasses import dataclass
from datetime import date

from workouts.models import Athlete, Routine
from workouts.models.plans import RoutineEntry


@dataclass(frozen=True, slots=True)
class RoutineRow:
    """A routine in a list. One that was done today is due no more."""

    routine: Routine
    exercises: tuple[str, ...]
    set_count: int
    is_due: bool
    is_done_today: bool


def routine_rows(athlete: Athlete, *, today: date) -> list[RoutineRow]:
    """All of the athlete's routines in their order, those that are due today first. 2 queries."""
    routines = athlete.routines.live().with_last_day().with_entries().in_order()
    rows = [_row(routine, today) for routine in routines]
    return sorted(rows, key=lambda row: not row.is_due)


def due_rows(athlete: Athlete, *, today: date) -> list[RoutineRow]:
    """The routines of today's weekday, also those that are done already. 2 queries."""
    routines = athlete.routines.live().filter(weekdays__contains=str(today.isoweekday()))
    rows = [_row(each, today) for each in routines.with_last_day().with_entries().in_order()]
    return sorted(rows, key=lambda row: not row.is_due)


def _row(routine: Routine, today: date) -> RoutineRow:
    entries = list(routine.entries.all())
    is_done = routine.last_on == today
    return RoutineRow(
        routine,
        tuple(entry.exercise.name for entry in entries),
        sum(map(_working_sets, entries)),
        is_due=routine.is_due_on(today) and not is_done,
        is_done_today=is_done,
    )


def _working_sets(entry: RoutineEntry) -> int:
    return sum(not target.is_warmup for target in entry.as_text().targets)
