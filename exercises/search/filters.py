"""The catalogue's search and filters, as the address carries them."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises.languages import within
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
    Role,
    Target,
)
from exercises.models.exercise import ExerciseQuerySet
from exercises.models.fields import choices_of, label_of
from exercises.models.parts import TargetQuerySet
from exercises.search.catalogue_index import CatalogueIndex, Condition, Indexed
from exercises.search.ranking import Index

Groups = list[tuple[str, list[tuple[str, str]]]]

FACETS = ("muscle", "level", "equipment", "pattern", "mechanic", "load")
SORTS = [("article", _("Back first")), ("name", _("By name")), ("level", _("Easiest first"))]
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
        of_region = [
            (muscle.slug, muscle.shown_name) for muscle in muscles if muscle.region == region
        ]
        if of_region:
            label = label_of(region)
            whole = gettext("All %(region)s") % {"region": within(label)}
            groups.append((label, [(region, whole), *of_region]))
    return groups


def equipment_choices(equipment: Iterable[Equipment]) -> Groups:
    groups: Groups = []
    for kind in EquipmentKind:
        of_kind = [(thing.slug, thing.shown_name) for thing in equipment if thing.kind == kind]
        if of_kind:
            groups.append((label_of(kind), of_kind))
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
    """Keeps the exercises that have one of the chosen values.

    ``keeps`` says so to the database, ``values_of`` to the counts; tests hold the two together.
    """

    field_class = FacetField

    def filter(self, qs: ExerciseQuerySet, value: list[str]) -> ExerciseQuerySet:
        return qs.filter(self.keeps(value)) if value else qs

    def keeps(self, chosen: Collection[str]) -> Condition:
        return Q(**{f"{self.field_name}__in": chosen})

    def values_of(self, exercise: Indexed) -> set[str]:
        return {exercise.row[self.field_name]}

    def counts(self, exercises: Iterable[Indexed], chosen: Collection[str]) -> Mapping[str, int]:
        """How many of these each value would find. Missing are some that find none."""
        return Counter(value for each in exercises for value in self.values_of(each))


class MuscleFilter(FacetFilter):
    """By muscles, groups and regions, trained directly or as a helper."""

    def keeps(self, chosen: Collection[str]) -> Condition:
        return Exists(self.targets(chosen).training())

    def directly(self, chosen: Collection[str]) -> Condition:
        return Exists(self.targets(chosen).filter(role=Role.PRIMARY))

    def targets(self, chosen: Collection[str]) -> TargetQuerySet:
        meant = [pk for pk, values in self.stands_for.items() if values & set(chosen)]
        return Target.objects.filter(exercise=OuterRef("pk"), muscle__in=meant)

    def values_of(self, exercise: Indexed) -> set[str]:
        return set().union(*(self.stands_for[muscle.pk] for muscle, _ in exercise.trains))

    @cached_property
    def stands_for(self) -> dict[int, set[str]]:
        """By muscle its slug, its group's and its region; and for one that counts, its parts'."""
        by_pk = {muscle.pk: muscle for muscle in self.parent.muscles}
        stands_for = {pk: {muscle.slug, muscle.region} for pk, muscle in by_pk.items()}
        for part in by_pk.values():
            if part.parent_id:
                stands_for[part.pk].add(by_pk[part.parent_id].slug)
                stands_for[part.parent_id].add(part.slug)
        return stands_for


class EquipmentFilter(FacetFilter):
    """By what an exercise is done with; or, of all exercises, those that need nothing but that."""

    def keeps(self, chosen: Collection[str]) -> Condition:
        used = Equipment.objects.filter(exercises=OuterRef("pk"))
        if self.parent.nothing_but:
            return ~Exists(used.ownable().exclude(slug__in=chosen))
        return Exists(used.filter(slug__in=chosen))

    def values_of(self, exercise: Indexed) -> set[str]:
        return {thing.slug for thing in exercise.needs}

    def counts(self, exercises: Iterable[Indexed], chosen: Collection[str]) -> Mapping[str, int]:
        if not self.parent.nothing_but:
            return super().counts(exercises, chosen)
        lacking = [
            {thing.slug for thing in each.needs if thing.is_ownable} - set(chosen)
            for each in exercises
        ]
        return {
            thing.slug: sum(each <= {thing.slug} for each in lacking)
            for thing in self.parent.things
        }


class ExerciseFilter(django_filters.FilterSet):
    """``?q= &muscle= &equipment= &only= &level= &pattern= &mechanic= &load= &sort=``.

    All but ``q``, ``only`` and ``sort`` may repeat; values of one key widen, keys narrow.
    ``muscle`` takes muscles, groups and regions; ``only=equipment`` keeps what needs no other
    equipment than that. A value that does not exist is left out and named in ``dropped``, so that
    a stale address still shows something.

    The database filters (``qs``). Ranking what is searched for, and how many each option would
    find, are reckoned in memory, from a ``CatalogueIndex`` that has what the filters keep marked.
    """

    q = django_filters.CharFilter(max_length=100)
    muscle = MuscleFilter(choices=[], label=_("Muscle"))
    level = FacetFilter(choices=choices_of(Level), label=_("Level"))
    equipment = EquipmentFilter(choices=[], label=_("Equipment"))
    only = django_filters.ChoiceFilter(choices=[("equipment", _("Nothing but these"))])
    pattern = FacetFilter(choices=choices_of(Pattern), label=_("Movement"))
    mechanic = FacetFilter(choices=choices_of(Mechanic), label=_("Joints"))
    load = FacetFilter("load_type", choices=choices_of(LoadType), label=_("Logged as"))
    sort = django_filters.ChoiceFilter(choices=SORTS)

    sorts = SORTS

    class Meta:
        model = Exercise
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, exercises: ExerciseQuerySet) -> None:
        """2 queries, and 1 for each of muscles and equipment if one is unknown."""
        self.muscles = list(Muscle.objects.for_filters())
        self.things = list(Equipment.objects.all())
        choices = {
            "muscle": muscle_choices(self.muscles),
            "equipment": equipment_choices(self.things),
        }
        super().__init__(_by_present_slugs(data, choices), queryset=exercises)
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

    def filter_queryset(self, queryset: ExerciseQuerySet) -> ExerciseQuerySet:
        if self.query:
            queryset = queryset.filter(pk__in=self._matches)
        for name, chosen in self._chosen.items():
            queryset = self.filters[name].filter(queryset, chosen)
        return queryset

    @cached_property
    def results(self) -> list[Exercise]:
        """What the address asks for, in its order. 1 query."""
        found = self.qs.in_article_order().for_rows()
        if self.order == "name":
            return sorted(found, key=_name)
        if self.order == "level":
            return sorted(found, key=lambda one: (LEVELS.get(one.level, len(LEVELS)), _name(one)))
        if self.query and not self.order:
            return sorted(found, key=lambda one: self._matches[one.pk])
        if self._chosen["muscle"] and not self.order:
            direct = self.filters["muscle"].directly(self._chosen["muscle"])
            return sorted(found.annotate(is_direct=direct), key=lambda one: not one.is_direct)
        return list(found)

    @cached_property
    def catalogue(self) -> CatalogueIndex:
        """All exercises, what is found or not, marked with the facets that keep them. 2 queries."""
        kept = {
            f"{name}_keeps": self.filters[name].keeps(values)
            for name, values in self._chosen.items()
            if values
        }
        return CatalogueIndex.of(
            self.queryset,
            muscles=self.muscles,
            equipment=self.things,
            conditions=kept,
            is_searched=bool(self.query),
        )

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
        chips = (
            [Chip(gettext("“%(query)s”") % {"query": self.query}, self._address(q=[]))]
            if self.query
            else []
        )
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
            if facet.chosen and (found := self._without(facet.name))
        ]

    @property
    def is_unknown(self) -> bool:
        """Whether something is searched for that no exercise goes by."""
        return bool(self.query) and not self._matches

    @property
    def nearest(self) -> list[Exercise]:
        """What may be meant by a query that no exercise goes by. 1 query."""
        nearest = self._index.nearest(self.query, limit=OFFERS)
        by_pk = self.queryset.for_rows().in_bulk(nearest)
        return [by_pk[pk] for pk in nearest]

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

    def _without(self, facet: str) -> list[Indexed]:
        """What would be found with nothing chosen in the facet."""
        others = [f"{name}_keeps" for name in FACETS if name != facet and self._chosen[name]]
        return [
            each
            for pk, each in self.catalogue.exercises.items()
            if (not self.query or pk in self._matches) and all(each.row[name] for name in others)
        ]

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
        counts = self.filters[name].counts(self._without(name), chosen)
        return FacetChoice(
            name,
            str(field.label),
            [
                (
                    group,
                    [
                        Option(value, label, counts.get(value, 0), value in chosen)
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
    return (exercise.shown_name.casefold(), exercise.pk)


def _summary(things: list[Option]) -> str:
    if len(things) > NAMED:
        return gettext("Only with these %(count)s things") % {"count": len(things)}
    named = ", ".join(thing.label for thing in things)
    return gettext("Only with %(things)s") % {"things": named}
