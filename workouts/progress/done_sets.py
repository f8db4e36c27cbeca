"""The sets of one exercise in some workouts, as the athlete reads them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, CharField, F, UUIDField
from django.db.models.functions import Cast
from django.db.models.lookups import In

from exercises.models import Exercise, LoadType
from exercises.prepared import Parameter, PreparedQuery
from workouts.models import Athlete, Entry, LoggedSet
from workouts.models.history import numbered
from workouts.models.log import load_of
from workouts.text_format import SetText, print_in_short
from workouts.vocabulary import SetKind

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet

COLUMNS = ("weight", "unit", "reps", "seconds", "metres", "kind", "side", "rpe")


class DoneSets(NamedTuple):
    """What was done in one workout, at a glance: the sets that count, and the warm-ups."""

    work: str
    warm_ups: str


NOTHING = DoneSets("", "")


def done_sets(athlete: Athlete, exercise: Exercise, workouts: Sequence[str]) -> dict[str, DoneSets]:
    """By the keys of these workouts, as text, what was done of the exercise in each. 1 query, none
    without any.
    """
    if not workouts:
        return {}
    load_type = LoadType(exercise.load_type)
    sets: defaultdict[str, list[SetText]] = defaultdict(list)
    keys = numbered(map(UUID, workouts))
    rows = _sets_in(len(workouts)).rows(athlete=athlete.pk, exercise=exercise.pk, **keys)
    for workout, weight, unit, *measures in rows:
        sets[workout].append(SetText(load_of(weight, unit, load_type=load_type), *measures))
    return {workout: _at_a_glance(each, load_type) for workout, each in sets.items()}


def _at_a_glance(sets: Sequence[SetText], load_type: LoadType) -> DoneSets:
    work = [one for one in sets if one.kind != SetKind.WARMUP]
    warm_ups = [one for one in sets if one.kind == SetKind.WARMUP]
    texts = (print_in_short(some, load_type=load_type) if some else "" for some in (work, warm_ups))
    work_text, warm_up_text = texts
    return DoneSets(work_text, warm_up_text.replace(" w", ""))


@lru_cache(maxsize=50)
def _sets_in(count: int) -> PreparedQuery:
    """The sets of an exercise in so many workouts, each behind the key of its workout."""

    def build(athlete: Parameter, exercise: Parameter, **keys: Parameter) -> "QuerySet[Any, Any]":
        entries = Entry.objects.filter(In(F("workout"), [*keys.values()]))
        sets = LoggedSet.objects.filter(
            entry__in=entries.filter(athlete=athlete, exercise=exercise).values("pk")
        )
        workout = Cast("entry__workout_id", CharField())
        return sets.order_by("entry__position", "position").values_list(workout, *COLUMNS)

    return PreparedQuery(
        build,
        athlete=BigIntegerField(),
        exercise=BigIntegerField(),
        **numbered([UUIDField()] * count),
    )
