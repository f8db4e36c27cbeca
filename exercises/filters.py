"""The catalogue's search and filters, as the address carries them."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.http import QueryDict

from exercises.models import (
    Alias,
    Equipment,
    EquipmentKind,
    Exercise,
    Level,
    LoadType,
    Mechanic,
    Muscle,
    Pattern,
    Region,
    Role,
    Target,
)
from exercises.models.catalogue import ExerciseQuerySet
from exercises.names import name_words

Choice = tuple[str, str]
SORTS = [("article", "Back first"), ("name", "By name"), ("level", "Easiest first")]
LEVEL_ORDER = Case(
    *(When(level=level, then=Value(place)) for place, level in enumerate(Level.values)),
    default=Value(len(Level.values)),
    output_field=IntegerField(),
)


def muscle_choices() -> list[tuple[str, list[Choice]]]:
    """Every muscle by region, a group before its parts. 1 query."""
    rows = Muscle.objects.order_by("position").values_list("region", "slug", "name")
    by_region: dict[str, list[Choice]] = {label: [] for label in Region.labels}
    for region, slug, name in rows:
        by_region[Region(region).label].append((slug, name))
    return list(by_region.items())


def equipment_choices() -> list[tuple[str, list[Choice]]]:
    """Every piece of equipment by kind. 1 query."""
    rows = Equipment.objects.order_by("position").values_list("kind", "slug", "name")
    by_kind: dict[str, list[Choice]] = {label: [] for label in EquipmentKind.labels}
    for kind, slug, name in rows:
        by_kind[EquipmentKind(kind).label].append((slug, name))
    return list(by_kind.items())


def search(exercises: ExerciseQuerySet, query: str) -> ExerciseQuerySet:
    """Those whose name or one alias holds every word of ``query``, with the match's ``rank``."""
    words = name_words(query)
    if not words:
        return exercises.annotate(rank=Value(0)).none()
    in_name, in_alias = Q(), Q()
    for word in words:
        in_name &= Q(name_key__contains=word)
        in_alias &= Q(key__contains=word)
    aliases = Alias.objects.filter(exercise=OuterRef("pk"))
    whole = "".join(words)
    return exercises.filter(in_name | Exists(aliases.filter(in_alias))).annotate(
        rank=Case(
            When(name_key=whole, then=Value(0)),
            When(Exists(aliases.filter(key=whole)), then=Value(1)),
            When(name_key__startswith=whole, then=Value(2)),
            When(in_name, then=Value(3)),
            default=Value(4),
            output_field=IntegerField(),
        )
    )


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, as a check box shows it."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the catalogue: its options in labelled groups."""

    name: str
    label: str
    groups: list[tuple[str, list[Option]]]

    @property
    def chosen(self) -> list[Option]:
        return [option for _, options in self.groups for option in options if option.is_chosen]


class FacetField(django_filters.fields.MultipleChoiceField):
    """Leaves out the values that do not exist, and reads its choices once for all of them."""

    choices: Any

    def clean(self, value: Any) -> Any:
        self.choices = list(self.choices)
        return super().clean([each for each in self.to_python(value) if self.valid_value(each)])


class FacetFilter(django_filters.MultipleChoiceFilter):
    field_class = FacetField


class ExerciseFilter(django_filters.FilterSet):
    """``?q= &muscle= &equipment= &level= &pattern= &mechanic= &load= &sort=``.

    All but ``q`` and ``sort`` may repeat; values of one key widen, keys narrow. A value that does
    not exist is left out and named in ``dropped``, so that a stale address still shows something.
    """

    q = django_filters.CharFilter(method="filter_query", max_length=100)
    muscle = FacetFilter(choices=muscle_choices, method="filter_muscle", label="Muscle")
    equipment = FacetFilter(choices=equipment_choices, method="filter_equipment", label="Equipment")
    level = FacetFilter(choices=Level.choices, distinct=False, label="Level")
    pattern = FacetFilter(choices=Pattern.choices, distinct=False, label="Movement")
    mechanic = FacetFilter(choices=Mechanic.choices, distinct=False, label="Joints")
    load = FacetFilter(
        choices=LoadType.choices, field_name="load_type", distinct=False, label="Logged as"
    )
    sort = django_filters.ChoiceFilter(choices=SORTS, method="filter_sort")

    sorts = SORTS

    class Meta:
        model = Exercise
        fields: list[str] = []

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
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
    def is_narrowed(self) -> bool:
        return any(value for name, value in self.form.cleaned_data.items() if name != "sort")

    @property
    def facets(self) -> list[Facet]:
        names = ("muscle", "equipment", "level", "pattern", "mechanic", "load")
        return [self._facet(name) for name in names]

    def filter_queryset(self, queryset: ExerciseQuerySet) -> ExerciseQuerySet:
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return self._ordered(queryset)

    def filter_query(self, queryset: ExerciseQuerySet, _name: str, query: str) -> ExerciseQuerySet:
        return search(queryset, query)

    def filter_muscle(
        self, queryset: ExerciseQuerySet, _name: str, slugs: list[str]
    ) -> ExerciseQuerySet:
        """Those that train one of the muscles, or a part of it, directly or as a helper.

        The parts of a group that counts as one muscle stand for the group.
        """
        targets = Target.objects.filter(
            Q(muscle__slug__in=slugs)
            | Q(muscle__parent__slug__in=slugs)
            | Q(muscle__parts__slug__in=slugs),
            role__in=(Role.PRIMARY, Role.SECONDARY),
        )
        return queryset.filter(pk__in=targets.values("exercise"))

    def filter_equipment(
        self, queryset: ExerciseQuerySet, _name: str, slugs: list[str]
    ) -> ExerciseQuerySet:
        uses = Exercise.equipment.through.objects.filter(equipment__slug__in=slugs)
        return queryset.filter(pk__in=uses.values("exercise"))

    def filter_sort(self, queryset: ExerciseQuerySet, _name: str, _sort: str) -> ExerciseQuerySet:
        return queryset

    def _keeps(self, name: str, value: str) -> bool:
        kept = self.form.cleaned_data.get(name, [])
        return isinstance(kept, str) or value in kept

    def _ordered(self, queryset: ExerciseQuerySet) -> ExerciseQuerySet:
        sort = self.form.cleaned_data.get("sort")
        if sort == "name":
            return queryset.order_by("name", "pk")
        if sort == "level":
            return queryset.order_by(LEVEL_ORDER, "name", "pk")
        if self.query and sort != "article":
            return queryset.order_by("rank", "name", "pk")  # type: ignore[misc]
        return queryset.in_article_order()

    def _facet(self, name: str) -> Facet:
        field = self.form.fields[name]
        chosen = set(self.form.cleaned_data.get(name) or [])
        choices = list(field.choices)
        if not isinstance(choices[0][1], list):
            choices = [("", choices)]
        return Facet(
            name=name,
            label=str(field.label),
            groups=[
                (group, [Option(value, label, value in chosen) for value, label in options])
                for group, options in choices
                if options
            ],
        )
