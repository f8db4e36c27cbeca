"""The catalogue as its search and the counts beside its filters need it, in a few queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, Self

from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from exercises.models import Alias, Equipment, Exercise, FormerName, Muscle, Role, Target
from exercises.models.exercise import ExerciseQuerySet
from exercises.search.popular import PLACES
from exercises.search.ranking import Index

NamesOfExercise = tuple[tuple[int, str], ...]
Condition = Combinable | Q
FIELDS = ("slug", "name", "level", "pattern", "mechanic", "load_type")


@dataclass(slots=True)
class Indexed:
    """An exercise: ``row`` has its fields and, by name, whether it meets each condition.

    ``trains`` gives muscles with their roles; stabilisers are left out.
    """

    row: dict[str, Any]
    trains: list[tuple[Muscle, str]] = field(default_factory=list)
    needs: list[Equipment] = field(default_factory=list)

    @property
    def main_muscles(self) -> list[Muscle]:
        return [muscle for muscle, role in self.trains if role == Role.PRIMARY]


@dataclass(frozen=True)
class CatalogueIndex:
    """Muscles, equipment, and by their keys the exercises, in the article's order.

    ``further_names`` are aliases and former names, with the key of their exercise.
    """

    muscles: list[Muscle]
    equipment: list[Equipment]
    exercises: dict[int, Indexed]
    further_names: list[tuple[int, str]]

    @classmethod
    def of(
        cls,
        exercises: ExerciseQuerySet,
        *,
        muscles: list[Muscle] | None = None,
        equipment: list[Equipment] | None = None,
        conditions: Mapping[str, Condition] | None = None,
        is_searched: bool = True,
    ) -> Self:
        """These ``exercises``, and which conditions each meets. Further names, of which there are
        more than of all else, only where it ``is_searched``.

        2 queries for 2 rows or for 2,000, and 1 each for muscles and equipment if none are given.
        """
        if muscles is None:
            muscles = list(Muscle.objects.for_filters())
        if equipment is None:
            equipment = list(Equipment.objects.all())
        muscle_of = {muscle.pk: muscle for muscle in muscles}
        thing_of = {thing.pk: thing for thing in equipment}
        indexed: dict[int, Indexed] = {}
        for row in _uses(exercises, conditions or {}):
            one = indexed.setdefault(row["pk"], Indexed(row))
            if row["equipment"]:
                one.needs.append(thing_of[row["equipment"]])
        further_names = []
        for exercise, muscle, text in _targets_and_names(exercises, is_named=is_searched):
            if muscle:
                indexed[exercise].trains.append((muscle_of[muscle], text))
            else:
                further_names.append((exercise, text))
        return cls(muscles, equipment, indexed, further_names)

    def index(self) -> Index[int]:
        """Their names, aliases, former names, muscles and equipment, to search. No query.

        What people mean most is first, and so before others that fit a query as well.
        """
        popular = sorted(self.exercises.items(), key=_popularity)
        names = ((pk, each.row["name"]) for pk, each in popular)
        return _index(
            (*names, *sorted(self.further_names)),
            self._muscle_names(),
            self._equipment_names(),
        )

    def as_rows(self, exercises: Iterable[Exercise]) -> list[Exercise]:
        """The same, each with the muscles and equipment that its row shows. No query."""
        rows = list(exercises)
        for row in rows:
            row.primary_muscles = self.exercises[row.pk].main_muscles
            row.needed_equipment = self.exercises[row.pk].needs
        return rows

    def _muscle_names(self) -> NamesOfExercise:
        names = {
            each.pk: f"{each.name} {each.common_name} {each.region}{_besides(each)}"
            for each in self.muscles
        }
        return tuple(
            (pk, names[muscle.pk])
            for pk, each in self.exercises.items()
            for muscle in each.main_muscles
        )

    def _equipment_names(self) -> NamesOfExercise:
        names = {
            each.pk: f"{each.name} {each.kind.label}{_besides(each)}" for each in self.equipment
        }
        return tuple(
            (pk, names[thing.pk]) for pk, each in self.exercises.items() for thing in each.needs
        )


def _besides(row: Muscle | Equipment) -> str:
    """What the reader calls it, and lifters of their language, where that is not English."""
    said = (row.in_language.get(name, "") for name in ("name", "common_name"))
    return "".join(f" {name}" for name in said if name)


def _popularity(one: tuple[int, Indexed]) -> int:
    return PLACES.get(one[1].row["slug"], len(PLACES))


def _uses(
    exercises: ExerciseQuerySet, conditions: Mapping[str, Condition]
) -> QuerySet[Exercise, dict[str, Any]]:
    """Exercises in the article's order, with what they meet. 1 query.

    A row for each thing that one is done with, in the order of the equipment, or without any.
    """
    marks = {name: Case(When(each, then=True), default=False) for name, each in conditions.items()}
    ordered = exercises.in_article_order().annotate(**marks)
    uses: QuerySet[Exercise, dict[str, Any]] = ordered.order_by(
        *ordered.query.order_by, "equipment__position", "equipment__slug"
    ).values("pk", "equipment", *FIELDS, *conditions)
    return uses


def _targets_and_names(
    exercises: ExerciseQuerySet, *, is_named: bool
) -> Iterator[tuple[int, int | None, str]]:
    """The key of an exercise with a muscle's and its role there, or, if it ``is_named``, with a
    further name. 1 query.

    Targets come in the order that the exercise names them in.
    """
    text = CharField()
    targets = Target.objects.of_exercises(exercises).order_by()
    rows = targets.values_list("exercise", "position", "pk", "muscle", Cast("role", text))
    nothing = Value(None, output_field=IntegerField())
    for names in (Alias, FormerName) if is_named else ():
        further = names.objects.filter(exercise__in=exercises.order_by().values("pk")).order_by()
        rows = rows.union(
            further.values_list("exercise", Value(0), "pk", nothing, Cast("name", text)), all=True
        )
    for exercise, _, _, muscle, said in sorted(rows, key=itemgetter(0, 1, 2)):
        yield exercise, muscle, said


@lru_cache(maxsize=4)
def _index(
    names: NamesOfExercise, muscles: NamesOfExercise, equipment: NamesOfExercise
) -> Index[int]:
    """Remembered by all that it is made of, so that it is never out of date."""
    return Index(names, muscles, equipment)
