"""What the routines make of an exercise's next sessions, if each goes as it is suggested."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField

from exercises.models import Exercise
from exercises.prepared import Parameter, PreparedQuery, columns_of
from workouts.models import Athlete, Routine, RoutineEntry
from workouts.reckoning.records import Session
from workouts.routines.last_times import LastTime
from workouts.routines.page import PlannedExercise, planned_exercise
from workouts.text_format import SetText
from workouts.vocabulary import Unit
from workouts.wording import in_short

if TYPE_CHECKING:
    from django.db.models import QuerySet

ENTRY, ROUTINE = columns_of(RoutineEntry), columns_of(Routine)
SESSIONS_AHEAD = 3
MOST_ROUTINES = 3


@dataclass(frozen=True, slots=True)
class Projection:
    """The sets of the next sessions by one routine, as text, and why the first of them are so."""

    routine: Routine
    targets: str
    why: str
    sessions: tuple[str, ...]


class Planned:
    """An exercise's place in one routine, and the sessions that its next ones follow from."""

    def __init__(
        self, entry: RoutineEntry, equipment: Collection[str], sessions: Sequence[Session]
    ) -> None:
        self.entry = entry
        self.equipment = equipment
        self.here = next((one for one in reversed(sessions) if self._is_of(one)), None)
        self.elsewhere = next((one for one in reversed(sessions) if not self._is_of(one)), None)

    def _is_of(self, session: Session) -> bool:
        return session.routine.replace("-", "") == self.entry.routine_id.hex

    @property
    def workouts(self) -> list[str]:
        """The keys of these sessions' workouts."""
        return [one.workout for one in (self.here, self.elsewhere) if one is not None]


def planned_in(athlete: Athlete, exercise: Exercise, sessions: Sequence[Session]) -> list[Planned]:
    """The exercise's first place in each routine that is in use, at most three. 1 query."""
    equipment: dict[int, set[str]] = {}
    entries: dict[UUID, RoutineEntry] = {}
    for slug, *row in _entries.rows(athlete=athlete.pk, exercise=exercise.pk):
        entry = _entry(row, exercise)
        first = entries.setdefault(entry.routine_id, entry)
        slugs = equipment.setdefault(first.pk, set())
        if slug and not exercise.is_own:  # as the page of a routine has it
            slugs.add(slug)
    found = [*entries.values()][:MOST_ROUTINES]
    return [Planned(entry, equipment[entry.pk], sessions) for entry in found]


def projections(
    athlete: Athlete, planned: Sequence[Planned], sets: Mapping[str, Sequence[SetText]]
) -> list[Projection]:
    """By the sets of the planned ones' workouts; none where the weight is still to be chosen."""
    found = []
    for one in planned:
        steps = list(_steps(athlete, one, sets))
        if steps:
            sessions = tuple(_working(step) for step in steps)
            routine, first = one.entry.routine, steps[0]
            found.append(Projection(routine, first.targets, first.suggestion.why, sessions))
    return found


def _steps(
    athlete: Athlete, planned: Planned, sets: Mapping[str, Sequence[SetText]]
) -> Iterator[PlannedExercise]:
    """One after the other, each as if the one before had been done as it says."""
    here, elsewhere = (_time(one, sets) for one in (planned.here, planned.elsewhere))
    for _ in range(SESSIONS_AHEAD):
        one = planned_exercise(
            planned.entry,
            here,
            elsewhere,
            place=(0, 1),
            equipment=planned.equipment,
            unit=Unit(athlete.unit),
        )
        last = here or elsewhere
        if last is None or not one.offered:
            return
        yield one
        here = LastTime(last.day, (one.offered,))


def _working(step: PlannedExercise) -> str:
    """Its sets at a glance, without warm-ups where there is more."""
    return in_short(step.offered, load_type=step.planned.load_type)


def _time(session: Session | None, sets: Mapping[str, Sequence[SetText]]) -> LastTime | None:
    return LastTime(session.day, (tuple(sets[session.workout]),)) if session else None


def _entry(row: Sequence[Any], exercise: Exercise) -> RoutineEntry:
    entry: RoutineEntry = RoutineEntry.from_db(DEFAULT_DB_ALIAS, ENTRY, row[: len(ENTRY)])
    entry.routine = Routine.from_db(DEFAULT_DB_ALIAS, ROUTINE, row[len(ENTRY) :])
    entry.exercise = exercise
    return entry


def _build(athlete: Parameter, exercise: Parameter) -> "QuerySet[Any, Any]":
    return (
        RoutineEntry.objects.filter(athlete=athlete, exercise=exercise, routine__deleted_at=None)
        .order_by("routine__position", "routine__name", "routine", "position")
        .values_list("exercise__equipment__slug", *ENTRY, *(f"routine__{name}" for name in ROUTINE))
    )


_entries = PreparedQuery(_build, athlete=BigIntegerField(), exercise=BigIntegerField())
