"""All working sets of one exercise, those that say the same as one: what records are made of."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BigIntegerField, CharField, Func, Min
from django.db.models.functions import Cast

from exercises.models import Exercise, LoadType
from exercises.prepared import Parameter, PreparedQuery
from workouts.models import Athlete, LoggedSet, Workout
from workouts.models.history import IsoDay
from workouts.models.keys import is_of
from workouts.models.log import workout_address
from workouts.reckoning.rep_maxes import EqualSets
from workouts.reckoning.strength import LoadRule, SetFigures, kept, ranked_weight
from workouts.reckoning.weights import exact_kg
from workouts.vocabulary import SetKind, Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Stamp(Func):
    """An instant as a text that sorts as instants do."""

    template = "%(expressions)s"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "TO_CHAR(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        return self.as_sql(compiler, connection, template=template, **context)


class Place(Func):
    """Where a workout stands in a history: day, instant and key as a text that sorts as it does."""

    template = "%(expressions)s"
    arg_joiner = " || ' ' || "
    output_field = CharField()

    def __init__(self, workout: str) -> None:
        key = Cast(f"{workout}_id", CharField())
        super().__init__(IsoDay(f"{workout}__day"), Stamp(f"{workout}__started_at"), key)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = '(%(expressions)s) COLLATE "C"'
        return self.as_sql(compiler, connection, template=template, **context)


def equal_sets(athlete: Athlete, exercise: Exercise) -> list[EqualSets]:
    """Each once, in no order. 1 query, which the database groups."""
    rule = LoadRule(LoadType(exercise.load_type))
    return [
        EqualSets(load_kg(rule, weight, unit), reps, seconds, metres, place)
        for weight, unit, reps, seconds, metres, place in _equal.rows(
            athlete=athlete.pk, exercise=exercise.pk
        )
    ]


def load_kg(rule: LoadRule, weight: Decimal | None, unit: str) -> Decimal | None:
    """As ``strength.ranked_weight`` has it, with the decimals that are kept."""
    if weight is None:
        return None
    return kept(ranked_weight(rule, SetFigures(weight_kg=exact_kg(weight, Unit(unit)))))


def address_of(sets: EqualSets) -> str:
    """The page of the workout with the first of them."""
    return workout_address(UUID(sets.place.rsplit(" ", 1)[1]))


def day_of(sets: EqualSets) -> date:
    return date.fromisoformat(sets.place[:10])


def _build(athlete: Parameter, exercise: Parameter) -> "QuerySet[Any, Any]":
    deleted = Workout.objects.filter(athlete=athlete).deleted().order_by()
    return (
        LoggedSet.objects.filter(is_of(athlete), entry__athlete=athlete, entry__exercise=exercise)
        .exclude(entry__workout__in=deleted.values("pk"))
        .exclude(kind=SetKind.WARMUP)
        .order_by()
        .values_list("weight", "unit", "reps", "seconds", "metres")
        .annotate(place=Min(Place("entry__workout")))
    )


_equal = PreparedQuery(_build, athlete=BigIntegerField(), exercise=BigIntegerField())
