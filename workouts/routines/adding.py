"""An exercise for a routine: the line that plans it, and the routines that it may go into."""

from dataclasses import dataclass

from exercises.models import Exercise, LoadType
from workouts.models import Athlete, Routine
from workouts.reckoning.targets import Span, Target
from workouts.reckoning.undertrained import SETS_AT_A_TIME
from workouts.routine_format import PlannedEntry, RoutineText, print_routine

REPS = Target(reps=Span(8, 12))  # what ACSM 2009 proposes to begin with
HOLD = Target(seconds=Span(30, 60))
HALF_AN_HOUR = Target(seconds=Span(1800, 1800))
HELD = (LoadType.DURATION, LoadType.WEIGHTED_DURATION)


@dataclass(frozen=True, slots=True)
class Place:
    """A routine that an exercise may go into; ``has_it`` says that it is in there."""

    routine: Routine
    count: int
    has_it: bool


def planned_line(exercise: Exercise) -> str:
    """ "Face pull: 3 x 8-12", to be changed before it is saved."""
    load_type = LoadType(exercise.load_type)
    targets = (HOLD if load_type in HELD else REPS,) * SETS_AT_A_TIME
    if load_type == LoadType.DISTANCE:
        targets = (HALF_AN_HOUR,)
    entry = PlannedEntry(exercise.name, targets, load_type=load_type)
    return print_routine(RoutineText(entries=(entry,)))


def with_exercise(text: str, exercise: Exercise) -> str:
    """A routine's text with a line more, of the exercise."""
    return "\n".join(filter(None, (text, planned_line(exercise))))


def places_for(athlete: Athlete, exercise: Exercise) -> list[Place]:
    """The athlete's routines, in their order. 2 queries."""
    places = []
    for routine in athlete.routines.live().with_entries().in_order():
        keys = [entry.exercise_id for entry in routine.entries.all()]
        places.append(Place(routine, len(keys), exercise.pk in keys))
    return places
