"""The exercises that an athlete logs or keeps at hand: when last, how often, the best of each."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from exercises.models import Exercise, Status
from exercises.models.shown_names import exercise_name
from exercises.prepared import Parameter, PreparedQuery
from exercises.search.lookup import AT_SLUG as EXERCISE
from exercises.search.lookup import NameIndex
from workouts.last_sets import LastSets
from workouts.models import Athlete, Entry, Favourite, Workout
from workouts.progress.exercise import best_at_a_glance
from workouts.reckoning.records import SET_RECORD_KINDS
from workouts.reckoning.strength import MAX_REPS_FOR_E1RM, MAX_REPS_FOR_FIRM_E1RM, Summary
from workouts.vocabulary import Unit


class LoggedExercise(NamedTuple):
    """An exercise in the list. Without a day it is a favourite that was not logged yet; without
    last sets these are far back.
    """

    exercise: Exercise
    is_favourite: bool
    workouts: int = 0
    last_on: date | None = None
    last_sets: str = ""
    best: str = ""

    @property
    def name(self) -> str:
        return exercise_name(self.exercise.slug, self.exercise.name)


Rank = Callable[[LoggedExercise], Any]

# By what stands in the address: what it is called, and what goes first; names decide the rest
SORTS: dict[str, tuple[str, Rank]] = {
    "recent": (gettext_noop("Recent"), lambda each: -(each.last_on or date.min).toordinal()),
    "most": (gettext_noop("Most often"), lambda each: -each.workouts),
    "name": (gettext_noop("By name"), lambda each: 0),
}


def logged_exercises(athlete: Athlete, *, sort: str) -> list[LoggedExercise]:
    """All that the athlete has logged, own and archived ones too, and favourites, which stand
    first; within each in an order of ``SORTS``. 3 queries, one more for what is far back.
    """
    done = {exercise: tuple(rest) for exercise, *rest in _done.rows(athlete=athlete.pk)}
    last_sets = LastSets(athlete, NameIndex(()))
    far_back = _days_of(athlete, done.keys() - set(last_sets.exercises))
    found = []
    for *columns, is_favourite in _exercises.rows(athlete=athlete.pk):
        exercise: Exercise = Exercise.from_db(DEFAULT_DB_ALIAS, EXERCISE, columns)
        one = LoggedExercise(exercise, bool(is_favourite))
        if exercise.pk in done:
            workouts, *bests = done[exercise.pk]
            last = last_sets.of(exercise)
            one = one._replace(
                workouts=workouts,
                last_on=last.day if last else far_back[exercise.pk],
                last_sets=last.short if last else "",
                best=_best(bests, exercise, athlete.unit),
            )
        if one.workouts or exercise.status == Status.PUBLISHED:
            found.append(one)
    _, rank = SORTS[sort]
    return sorted(found, key=lambda each: (not each.is_favourite, rank(each), each.name.casefold()))


def _best(bests: Sequence[Any], exercise: Exercise, unit: str) -> str:
    """Of a row's bests, of which the last is the one-rep max of few reps, what tells most."""
    *of_kinds, firm_e1rm_kg = bests
    best = Summary(**dict(zip(SET_RECORD_KINDS, of_kinds, strict=True)))
    reps = MAX_REPS_FOR_FIRM_E1RM if best.best_e1rm_kg == firm_e1rm_kg else MAX_REPS_FOR_E1RM
    best = best._replace(best_e1rm_reps=reps)
    return best_at_a_glance(best, load_type=exercise.load_type, pace=exercise.pace, unit=Unit(unit))


def _days_of(athlete: Athlete, exercises: Collection[int]) -> dict[int, date]:
    """When these were done last. 1 query, none without any."""
    if not exercises:
        return {}
    entries = Entry.objects.live().filter(athlete=athlete, exercise__in=exercises).order_by()
    return dict(entries.values_list("exercise").annotate(last_on=Max("workout__day")))


def _bests(athlete: Parameter) -> "QuerySet[Any, Any]":
    """By exercise in how many workouts, and the bests; of the one-rep max also that of few reps."""
    deleted = Workout.objects.filter(athlete=athlete).deleted().order_by()
    firm = Q(best_e1rm_reps__lte=MAX_REPS_FOR_FIRM_E1RM)
    return (
        Entry.objects.filter(athlete=athlete)
        .exclude(workout__in=deleted)
        .order_by()
        .values_list("exercise")
        .annotate(
            Count("workout", distinct=True),
            *map(Max, SET_RECORD_KINDS),
            firm_e1rm_kg=Max("best_e1rm_kg", filter=firm),
        )
    )


def _logged_or_marked(athlete: Parameter) -> "QuerySet[Any, Any]":
    logged = Entry.objects.live().filter(athlete=athlete, exercise=OuterRef("pk"))
    marked = Exists(Favourite.objects.filter(athlete=athlete, exercise=OuterRef("pk")))
    seen = Exercise.objects.filter(Q(owner=None) | Q(owner=athlete))
    return (
        seen.filter(Exists(logged) | marked)
        .order_by()
        .annotate(is_favourite=marked)
        .values_list(*EXERCISE, "is_favourite")
    )


_done = PreparedQuery(_bests, athlete=BigIntegerField())
_exercises = PreparedQuery(_logged_or_marked, athlete=BigIntegerField())
