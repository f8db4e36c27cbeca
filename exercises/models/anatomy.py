"""Muscles and the sources that the texts rest on."""

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Subquery

from exercises.addresses import address_of
from exercises.models.catalogue_version import CatalogueQuerySet
from exercises.models.fields import WordField, lines, one_of
from exercises.models.gaps import HasGaps
from exercises.models.renaming import (
    AnyFormerSlug,
    Renamable,
    keep_permanent_slugs,
    one_permanent_slug,
)
from exercises.models.translations import Translated
from exercises.vocabulary import BodyView, Layer, MuscleKind, Region

# How many exercises a query of targets finds; ``Count`` would have to be of a group
COUNTED = Func(
    "exercise",
    template="COUNT(DISTINCT %(expressions)s)",
    output_field=models.IntegerField(),
)


def muscle_address(slug: str) -> str:
    """Where a muscle is shown."""
    return address_of("exercises:muscle", slug)


class SourceQuerySet(CatalogueQuerySet["Source"]):
    def get_by_natural_key(self, key: str) -> "Source":
        return self.get(key=key)


class Source(models.Model):
    """A publication or page that a text cites by its key, as in ``[^andersen2014]``."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=300)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class MuscleQuerySet(CatalogueQuerySet["Muscle"]):
    def get_by_natural_key(self, slug: str) -> "Muscle":
        return self.get(slug=slug)

    def top_level(self) -> Self:
        """Muscles and groups, without the parts of groups, in the order of the plate."""
        return self.filter(parent=None)

    def with_parts(self) -> Self:
        """Each with ``parts`` loaded. One more query."""
        return self.prefetch_related(
            Prefetch("parts", queryset=Muscle.objects.order_by("position"))
        )

    def for_filters(self) -> Self:
        """In the order of the plate, with only what names them and tells how they belong."""
        return self.order_by("position", "slug").only(
            *("slug", "permanent_slug", "name", "common_name", "region", "parent"),
            *("is_volume_unit", "translations"),
        )

    def with_exercise_counts(self) -> Self:
        """Each with ``exercise_count``: exercises of the catalogue that train it, or a part of it,
        directly or as a helper. No further query.

        It begins at each muscle's few targets: SQLite would go through the catalogue for each.
        """
        here = OuterRef(OuterRef("pk"))
        within = Muscle.objects.filter(Q(pk=here) | Q(parent=here)).order_by()
        targets = apps.get_model("exercises", "Target").objects.of_catalogue().training()
        counts = targets.filter(muscle__in=within.values("pk")).order_by().values(count=COUNTED)
        return self.annotate(exercise_count=Subquery(counts))

    def with_gaps(self) -> Self:
        """Each with what ``gaps`` reads and ``lacking`` filters by. No further query."""
        cited = Muscle.sources.through.objects.filter(muscle=OuterRef("pk"))
        return self.annotate(has_sources=Exists(cited))

    def family_of(self, slug: str) -> Self:
        """The muscle, its parts and its antagonists; no muscle is two of these."""
        here = Q(slug=slug) | Q(parent__slug=slug) | Q(antagonists__slug=slug)
        return self.filter(here).distinct()

    def volume_units(self) -> Self:
        """The muscles that exercises may name as targets; groups roll up from their parts."""
        return self.filter(is_volume_unit=True)


class Muscle(HasGaps, Translated, Renamable):
    """A muscle, a group of muscles, or a part of one, as training volume is counted."""

    if TYPE_CHECKING:
        has_sources: bool

    GAPS: ClassVar = {"text": "text", "sources": "has_sources"}
    TRANSLATED = ("name", "common_name", "origin", "insertion", "actions", "nerve", "text")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    latin = models.CharField(max_length=120)
    common_name = models.CharField(max_length=80)
    kind = WordField(MuscleKind, max_length=10)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    region = WordField(Region, max_length=10)
    view = WordField(BodyView, max_length=10)
    layer = WordField(Layer, max_length=12)
    is_volume_unit = models.BooleanField(
        "counts volume", default=False, help_text="Exercises name only muscles that count volume."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in lists.")
    origin = models.TextField()
    insertion = models.TextField()
    actions = models.TextField(help_text="One a line.")
    nerve = models.CharField(max_length=200)
    text = models.TextField(blank=True, help_text="Markdown.")
    antagonists = models.ManyToManyField("self", blank=True, symmetrical=True)
    sources = models.ManyToManyField(Source, blank=True)

    objects = MuscleQuerySet.as_manager()

    class Meta:
        ordering = ("position", "slug")
        constraints = (
            one_of("kind", MuscleKind),
            one_of("region", Region),
            one_of("view", BodyView),
            one_of("layer", Layer),
            one_permanent_slug(),
            models.CheckConstraint(
                condition=Q(kind=MuscleKind.PART, parent__isnull=False)
                | (~Q(kind=MuscleKind.PART) & Q(parent__isnull=True)),
                name="exercises_muscle_parts_have_a_parent",
                violation_error_message="A part has a parent, and nothing else has one.",
            ),
            models.CheckConstraint(
                condition=Q(kind=MuscleKind.MUSCLE, is_volume_unit=True)
                | ~Q(kind=MuscleKind.MUSCLE),
                name="exercises_muscle_single_muscles_count_volume",
                violation_error_message="A muscle that is no group and no part counts volume.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="exercises_muscle_not_its_own_parent",
                violation_error_message="A muscle can't be its own parent.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return muscle_address(self.slug)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Also those over the key, which no form shows."""
        super().validate_constraints(set(exclude or ()) - {"id"})

    @property
    def counted_as(self) -> "Muscle":
        """The muscle whose exercises are this one's: itself, or the group it counts under."""
        if self.kind == MuscleKind.PART and not self.is_volume_unit and self.parent:
            return self.parent
        return self

    @property
    def besides(self) -> str:
        """What it is commonly called in the reader's language, where that is another name."""
        names = self.in_language or {"name": self.name, "common_name": self.common_name}
        common = names.get("common_name", "")
        return common if common != self.shown_name else ""

    @property
    def in_english(self) -> str:
        """Its English name, where that is neither the reader's nor the Latin one."""
        is_known = self.name == self.shown_name or self.name.lower() in self.latin
        return "" if is_known else self.name

    @property
    def common(self) -> str:
        """Its common name in the reader's language, else its Latin one; in English always there."""
        names = self.in_language
        return names.get("common_name", self.latin) if names else self.common_name

    @property
    def action_list(self) -> list[str]:
        return lines(self.shown["actions"])


class FormerMuscleSlug(AnyFormerSlug):
    """A slug that a muscle used to have."""

    muscle = models.ForeignKey(Muscle, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return f"{self.slug} → {self.muscle}"


keep_permanent_slugs(Muscle)
