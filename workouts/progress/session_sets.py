"""The sets of one exercise in some workouts, as the athlete reads them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, CharField, F, UUIDField
from django.db.models.functions import Cast
from django.db.models.lookups import In

from exercises.languages import shown_sets
from exercises.models import Exercise, LoadType
from exercises.prepared import Parameter, PreparedQuery
from exercises.vocabulary import Pace
from workouts.models import Athlete, Entry, LoggedSet
from workouts.models.history import numbered
from workouts.models.keys import is_of
from workouts.models.log import SET_COLUMNS, set_text
from workouts.reckoning.pace import clock, distance, run
from workouts.text_format import SetText
from workouts.vocabulary import SetKind, Unit

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet
from workouts.wording import in_short


class SessionSets(NamedTuple):
    """What was done in one workout, at a glance: the sets that count, and the warm-ups."""

    work: str
    warm_ups: str


KEYS_AT_A_TIME = 8  # so that there are few queries to prepare


def sets_in(
    athlete: Athlete, exercise: Exercise, workouts: Sequence[str]
) -> dict[str, list[SetText]]:
    """By the keys of these workouts, as text, what was done of the exercise in each. 1 query, none
    without any.
    """
    if not workouts:
        return {}
    load_type = LoadType(exercise.load_type)
    sets: dict[str, list[SetText]] = {workout: [] for workout in workouts}
    keys = [UUID(workout) for workout in workouts]
    keys += keys[:1] * (-len(keys) % KEYS_AT_A_TIME)
    query = _sets_in(len(keys))
    rows = query.rows(athlete=athlete.pk, exercise=exercise.pk, **numbered(keys))
    for workout, *row in rows:
        sets[workout].append(set_text(*row, load_type=load_type))
    return sets


def at_a_glance(sets: Sequence[SetText], exercise: Exercise, unit: Unit) -> SessionSets:
    work = [one for one in sets if one.kind != SetKind.WARMUP]
    warm_ups = [replace(one, kind=SetKind.WORKING) for one in sets if one.kind == SetKind.WARMUP]
    return SessionSets(_glance(work, exercise, unit), _glance(warm_ups, exercise, unit))


def _glance(sets: Sequence[SetText], exercise: Exercise, unit: Unit) -> str:
    is_timed = all(one.metres and one.seconds for one in sets)
    if sets and (is_timed or tells_pace(exercise)) and not any(one.load for one in sets):
        return "; ".join(shown_sets(as_told(one, exercise.pace, unit)) for one in sets)
    return in_short(sets, load_type=LoadType(exercise.load_type)) if sets else ""


def tells_pace(exercise: Exercise) -> bool:
    """Whether its sets are told by distance, time and pace."""
    return exercise.load_type == LoadType.DISTANCE


def as_told(one: SetText, pace: Pace, unit: Unit) -> str:
    """ "5 km in 25:00, 5:00 /km", "5 km", "25:00"."""
    if one.metres and one.seconds:
        return run(one.metres, one.seconds, pace, unit)
    return distance(one.metres, pace, unit) if one.metres else clock(one.seconds or 0)


@lru_cache(maxsize=50)
def _sets_in(count: int) -> PreparedQuery:
    """The sets of an exercise in so many workouts, each behind the key of its workout."""

    def build(athlete: Parameter, exercise: Parameter, **keys: Parameter) -> "QuerySet[Any, Any]":
        entries = Entry.objects.filter(In(F("workout"), [*keys.values()]))
        of_exercise = entries.filter(athlete=athlete, exercise=exercise)
        sets = LoggedSet.objects.filter(is_of(athlete), entry__in=of_exercise.values("pk"))
        workout = Cast("entry__workout_id", CharField())
        return sets.order_by("entry__position", "position").values_list(workout, *SET_COLUMNS)

    return PreparedQuery(
        build,
        athlete=BigIntegerField(),
        exercise=BigIntegerField(),
        **numbered([UUIDField()] * count),
    )
