"""The catalogue's search and filters, as the address carries them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.http import QueryDict

from exercises.models import (
    Equipment,
    EquipmentKind,
    Exercise,
    FormerEquipmentSlug,
    FormerMuscleSlug,
    Level,
    LoadType,
    Mechanic,
    Muscle,
    Pattern,
    Region,
)
from exercises.search.catalogue_index import CatalogueIndex
from exercises.search.facets import Facets
from exercises.search.ranking import Index

Groups = list[tuple[str, list[tuple[str, str]]]]

FACETS = ("muscle", "level", "equipment", "pattern", "mechanic", "load")
SORTS = [("article", "Back first"), ("name", "By name"), ("level", "Easiest first")]
SHORT = 8  # options of a facet that keeps those in sight that would find nothing
NAMED = 3  # things that a chip names; of more it says how many
OFFERS = 4
SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
MOST_FORMER = 50  # slugs of an address that are looked up
FORMER: dict[str, Any] = {"muscle": FormerMuscleSlug, "equipment": FormerEquipmentSlug}
LEVELS = {level: place for place, level in enumerate(Level.values)}


def muscle_choices(muscles: Iterable[Muscle]) -> Groups:
    """Muscles by region, behind the region as a whole; a group before its parts."""
    groups: Groups = []
    for region in Region:
        within = [(muscle.slug, muscle.name) for muscle in muscles if muscle.region == region]
        if within:
            groups.append((region.label, [(region, f"All {region.label.lower()}"), *within]))
    return groups


def equipment_choices(equipment: Iterable[Equipment]) -> Groups:
    groups: Groups = []
    for kind in EquipmentKind:
        of_kind = [(thing.slug, thing.name) for thing in equipment if thing.kind == kind]
        if of_kind:
            groups.append((kind.label, of_kind))
    return groups


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, and how many exercises would be found with it."""

    value: str
    label: str
    count: int
    is_chosen: bool

    @property
    def is_idle(self) -> bool:
        """It would find nothing, and is not what keeps the others from it."""
        return not self.count and not self.is_chosen


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One way to narrow the catalogue: its options in labelled groups."""

    name: str
    label: str
    groups: list[tuple[str, list[Option]]]

    @property
    def chosen(self) -> list[Option]:
        return [option for _, options in self.groups for option in options if option.is_chosen]

    @property
    def is_short(self) -> bool:
        return sum(len(options) for _, options in self.groups) <= SHORT


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the list, the address without it, and how many that finds."""

    label: str
    address: str
    count: int = 0


class FacetField(django_filters.fields.MultipleChoiceField):
    """Leaves out the values that do not exist."""

    def clean(self, value: Any) -> Any:
        return super().clean([each for each in self.to_python(value) if self.valid_value(each)])


class FacetFilter(django_filters.MultipleChoiceFilter):
    field_class = FacetField


class ExerciseFilter(django_filters.FilterSet):
    """``?q= &muscle= &equipment= &only= &level= &pattern= &mechanic= &load= &sort=``.

    All but ``q``, ``only`` and ``sort`` may repeat; values of one key widen, keys narrow.
    ``muscle`` takes muscles, groups and regions; ``only=equipment`` keeps what needs no other
    equipment than that. A value that does not exist is left out and named in ``dropped``, so that
    a stale address still shows something.

    The exercises are filtered and counted in memory, since every option shows how many it finds.
    """

    q = django_filters.CharFilter(max_length=100)
    muscle = FacetFilter(choices=[], label="Muscle")
    level = FacetFilter(choices=Level.choices, label="Level")
    equipment = FacetFilter(choices=[], label="Equipment")
    only = django_filters.ChoiceFilter(choices=[("equipment", "Nothing but these")])
    pattern = FacetFilter(choices=Pattern.choices, label="Movement")
    mechanic = FacetFilter(choices=Mechanic.choices, label="Joints")
    load = FacetFilter(choices=LoadType.choices, label="Logged as")
    sort = django_filters.ChoiceFilter(choices=SORTS)

    sorts = SORTS

    class Meta:
        model = Exercise
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, catalogue: CatalogueIndex) -> None:
        choices = {
            "muscle": muscle_choices(catalogue.muscles),
            "equipment": equipment_choices(catalogue.equipment),
        }
        super().__init__(_by_present_slugs(data, choices), queryset=catalogue.queryset)
        self.catalogue = catalogue
        for name, groups in choices.items():
            self.filters[name].extra["choices"] = groups
        self.form.is_valid()

    @property
    def dropped(self) -> list[str]:
        """The values of the address that mean nothing here."""
        return [
            value
            for name in self.filters
            for value in self.data.getlist(name)
            if value and not self._keeps(name, value)
        ]

    @property
    def query(self) -> str:
        """The words searched for, if they can be searched for."""
        return str(self.form.cleaned_data.get("q", ""))

    @property
    def order(self) -> str:
        return str(self.form.cleaned_data.get("sort", ""))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query) or any(self._chosen.values())

    @property
    def nothing_but(self) -> bool:
        """Whether the chosen equipment is all that there is."""
        return bool(self.form.cleaned_data.get("only"))

    @cached_property
    def results(self) -> list[Exercise]:
        """What the address asks for, in its order. 1 query where it searches, else none."""
        found = self._facets.found(self._chosen)
        results = [each for each in self.catalogue.exercises if each.pk in found]
        if self.order == "name":
            results.sort(key=_name)
        elif self.order == "level":
            results.sort(key=lambda each: (LEVELS.get(each.level, len(LEVELS)), _name(each)))
        elif self.query and not self.order:
            results.sort(key=lambda each: self._matches[each.pk])
        elif self._chosen["muscle"] and not self.order:
            direct = self.catalogue.direct(self._chosen["muscle"])
            results.sort(key=lambda each: each.pk not in direct)
        return results

    @cached_property
    def facets(self) -> list[FacetChoice]:
        return [self._facet(name) for name in FACETS]

    @property
    def counts(self) -> str:
        """How many each option finds, as JSON by the name and value of its box."""
        return json.dumps(
            {
                f"{facet.name}={option.value}": option.count
                for facet in self.facets
                for _, options in facet.groups
                for option in options
            },
            separators=(",", ":"),
        )

    @property
    def chips(self) -> list[Chip]:
        """All that narrows the list, each to be taken away."""
        chips = [Chip(f"“{self.query}”", self._address(q=[]))] if self.query else []
        for facet in self.facets:
            if facet.name == "equipment" and self.nothing_but and facet.chosen:
                chips.append(Chip(_summary(facet.chosen), self._address(equipment=[], only=[])))
                continue
            for option in facet.chosen:
                others = [each.value for each in facet.chosen if each != option]
                chips.append(Chip(option.label, self._address(**{facet.name: others})))
        return chips

    @property
    def ways_out(self) -> list[Chip]:
        """Where nothing is found: the facets without which something is."""
        return [
            Chip(facet.label, self._address(**{facet.name: []}), len(found))
            for facet in self.facets
            if facet.chosen and (found := self._facets.found(self._chosen, without=facet.name))
        ]

    @property
    def is_unknown(self) -> bool:
        """Whether something is searched for that no exercise goes by."""
        return bool(self.query) and not self._matches

    @property
    def nearest(self) -> list[Exercise]:
        """What may be meant by a query that no exercise goes by."""
        by_pk = {each.pk: each for each in self.catalogue.exercises}
        return [by_pk[pk] for pk in self._index.nearest(self.query, limit=OFFERS)]

    @cached_property
    def _index(self) -> Index[int]:
        return self.catalogue.index()

    @cached_property
    def _matches(self) -> dict[int, int]:
        """Of those that go by the query their places, the best first."""
        return {pk: place for place, pk in enumerate(self._index.search(self.query))}

    @cached_property
    def _chosen(self) -> dict[str, list[str]]:
        return {name: self.form.cleaned_data.get(name) or [] for name in FACETS}

    @cached_property
    def _facets(self) -> Facets[int]:
        among = self._matches if self.query else [each.pk for each in self.catalogue.exercises]
        return Facets(among, self.catalogue.facets(nothing_but=self.nothing_but))

    def _keeps(self, name: str, value: str) -> bool:
        kept = self.form.cleaned_data.get(name, [])
        return isinstance(kept, str) or value in kept

    def _address(self, **values: list[str]) -> str:
        """This address with other values for some keys, at its first page."""
        address = QueryDict(mutable=True)
        for name in self.filters:
            address.setlist(name, values.get(name, list(filter(None, self.data.getlist(name)))))
        return f"?{address.urlencode()}"

    def _facet(self, name: str) -> FacetChoice:
        field = self.form.fields[name]
        groups = list(field.choices)
        if groups and not isinstance(groups[0][1], list):
            groups = [("", groups)]
        chosen = set(self._chosen[name])
        values = [value for _, choices in groups for value, _ in choices]
        counts = self._facets.counts(name, values, self._chosen)
        return FacetChoice(
            name,
            str(field.label),
            [
                (
                    group,
                    [
                        Option(value, label, counts[value], value in chosen)
                        for value, label in choices
                    ],
                )
                for group, choices in groups
            ],
        )


def _by_present_slugs(data: QueryDict, choices: Mapping[str, Groups]) -> QueryDict:
    """The address with muscles and equipment called as they are now.

    A query for each of the two that has a value which nothing is called.
    """
    present = data.copy()
    for name, groups in choices.items():
        known = {slug for _, options in groups for slug, _ in options}
        values = data.getlist(name)
        unknown = [value for value in values if value not in known and SLUG.fullmatch(value)]
        if unknown:
            former = FORMER[name].objects.filter(slug__in=unknown[:MOST_FORMER])
            renamed = dict(former.values_list("slug", f"{name}__slug"))
            now = dict.fromkeys(renamed.get(value, value) for value in values)
            present.setlist(name, list(now))
    return present


def _name(exercise: Exercise) -> tuple[str, int]:
    return (exercise.name.casefold(), exercise.pk)


def _summary(things: list[Option]) -> str:
    if len(things) > NAMED:
        return f"Only with these {len(things)} things"
    return f"Only with {', '.join(thing.label for thing in things)}"
