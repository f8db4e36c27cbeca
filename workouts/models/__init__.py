"""What belongs to an athlete. Every row carries the athlete's key; every query starts from it."""

from workouts.models.athlete import Athlete, BodyWeight, WeekStart
from workouts.models.bars import Bar, Plate
from workouts.models.drafts import WorkoutDraft
from workouts.models.imports import Import
from workouts.models.log import Entry, LoggedSet, Workout
from workouts.models.names import OwnName
from workouts.models.plans import Favourite, Routine, RoutineEntry
from workouts.models.rests import Rest
from workouts.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Athlete",
    "Bar",
    "BodyWeight",
    "Entry",
    "Favourite",
    "Import",
    "LoggedSet",
    "OwnName",
    "Plate",
    "Rest",
    "Routine",
    "RoutineEntry",
    "WeekStart",
    "Workout",
    "WorkoutDraft",
]
