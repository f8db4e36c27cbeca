"""The catalogue as its filters see it: every exercise with its facets, in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Self

from django.db.models import CharField, IntegerField, Value
from django.db.models.functions import Cast

from exercises.models import Alias, Equipment, Exercise, FormerName, Muscle, Role, Target
from exercises.models.equipment import NEVER_LACKING
from exercises.models.exercise import ExerciseQuerySet
from exercises.search.facets import AnyOf, Facet, NothingBut
from exercises.search.ranking import Index

NamesOfExercise = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CatalogueIndex:
    """Exercises in the article's order, muscles, equipment; and by exercise what it has of these.

    ``trains`` gives muscles with their roles; stabilisers are left out. ``further_names`` are
    aliases and former names, with the key of their exercise.
    """

    queryset: ExerciseQuerySet
    exercises: list[Exercise]
    muscles: list[Muscle]
    equipment: list[Equipment]
    trains: dict[int, list[tuple[Muscle, str]]]
    needs: dict[int, list[Equipment]]
    further_names: list[tuple[int, str]]

    @classmethod
    def of(cls, exercises: ExerciseQuerySet) -> Self:
        """All that filters need to know of ``exercises``. 5 queries, for 2 rows or for 2,000."""
        muscles = {muscle.pk: muscle for muscle in Muscle.objects.for_filters()}
        equipment = {thing.pk: thing for thing in Equipment.objects.order_by("position", "slug")}
        trains: dict[int, list[tuple[Muscle, str]]] = defaultdict(list)
        needs: dict[int, list[Equipment]] = defaultdict(list)
        further_names = []
        for exercise, muscle, text in _targets_and_names(exercises):
            if muscle:
                trains[exercise].append((muscles[muscle], text))
            else:
                further_names.append((exercise, text))
        for exercise, thing in exercises.equipment_pairs():
            needs[exercise].append(equipment[thing])
        return cls(
            exercises,
            list(exercises.in_article_order().for_rows()),
            list(muscles.values()),
            list(equipment.values()),
            trains,
            needs,
            further_names,
        )

    def facets(self, *, nothing_but: bool) -> dict[str, Facet[int]]:
        """The facets by their names in the address.

        ``equipment`` keeps what uses one of the chosen things; with ``nothing_but``, what can be
        done with the chosen things alone.
        """
        return {
            "muscle": AnyOf(self._training(Role.PRIMARY, Role.SECONDARY)),
            "equipment": NothingBut(self._lacking()) if nothing_but else AnyOf(self._using()),
            "level": AnyOf((each.pk, [each.level]) for each in self.exercises),
            "pattern": AnyOf((each.pk, [each.pattern]) for each in self.exercises),
            "mechanic": AnyOf((each.pk, [each.mechanic]) for each in self.exercises),
            "load": AnyOf((each.pk, [each.load_type]) for each in self.exercises),
        }

    def direct(self, muscles: Collection[str]) -> set[int]:
        """The exercises whose main muscles are among these, or are part of them."""
        return AnyOf(self._training(Role.PRIMARY)).matching(muscles)

    def index(self) -> Index[int]:
        """Their names, aliases, former names, muscles and equipment, to search. No query."""
        names = ((each.pk, each.name) for each in self.exercises)
        return _index(
            (*names, *sorted(self.further_names)),
            self._muscle_names(),
            self._equipment_names(),
        )

    def as_rows(self, exercises: Iterable[Exercise]) -> list[Exercise]:
        """The same, each with the muscles and equipment that its row shows. No query."""
        rows = list(exercises)
        for row in rows:
            trained = self.trains.get(row.pk, [])
            row.primary_muscles = [muscle for muscle, role in trained if role == Role.PRIMARY]
            row.needed_equipment = self.needs.get(row.pk, [])
        return rows

    def _training(self, *roles: str) -> list[tuple[int, set[str]]]:
        """By exercise the muscles, groups and regions that it trains in one of these roles."""
        return [
            (
                pk,
                set().union(*(self._stands_for[muscle.pk] for muscle, role in of if role in roles)),
            )
            for pk, of in self.trains.items()
        ]

    def _muscle_names(self) -> NamesOfExercise:
        names = {each.pk: f"{each.name} {each.common_name} {each.region}" for each in self.muscles}
        return tuple(
            (pk, names[muscle.pk])
            for pk, trained in self.trains.items()
            for muscle, role in trained
            if role == Role.PRIMARY
        )

    def _equipment_names(self) -> NamesOfExercise:
        names = {each.pk: f"{each.name} {each.get_kind_display()}" for each in self.equipment}
        return tuple((pk, names[thing.pk]) for pk, things in self.needs.items() for thing in things)

    def _using(self) -> list[tuple[int, list[str]]]:
        return [(pk, [thing.slug for thing in things]) for pk, things in self.needs.items()]

    def _lacking(self) -> list[tuple[int, list[str]]]:
        """By exercise what one may lack for it."""
        return [
            (
                each.pk,
                [
                    thing.slug
                    for thing in self.needs.get(each.pk, [])
                    if thing.kind not in NEVER_LACKING
                ],
            )
            for each in self.exercises
        ]

    @cached_property
    def _stands_for(self) -> dict[int, set[str]]:
        """By muscle its slug, its group's and its region; and for one that counts, its parts'."""
        by_pk = {muscle.pk: muscle for muscle in self.muscles}
        stands_for = {muscle.pk: {muscle.slug, muscle.region} for muscle in self.muscles}
        for part in self.muscles:
            if part.parent_id:
                stands_for[part.pk].add(by_pk[part.parent_id].slug)
                stands_for[part.parent_id].add(part.slug)
        return stands_for


def _targets_and_names(exercises: ExerciseQuerySet) -> Iterator[tuple[int, int | None, str]]:
    """The key of an exercise with a muscle's and its role there, or with a further name. 1 query.

    Targets come in the order that the exercise names them in.
    """
    text = CharField()
    targets = Target.objects.of_exercises(exercises).order_by()
    rows = targets.values_list("exercise", "position", "pk", "muscle", Cast("role", text))
    nothing = Value(None, output_field=IntegerField())
    for names in (Alias, FormerName):
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
