"""What exercises are done with."""

import re
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext

from exercises.models.catalogue_version import CatalogueQuerySet
from exercises.models.fields import WordField, one_of
from exercises.models.renaming import (
    AnyFormerSlug,
    Renamable,
    keep_permanent_slugs,
    one_permanent_slug,
)
from exercises.models.translations import Translated
from exercises.vocabulary import EquipmentKind

# What nobody lacks, so that no exercise asks for it: a body, and what hangs on a cable machine.
NEVER_LACKING = (EquipmentKind.BODYWEIGHT, EquipmentKind.CABLE_ATTACHMENT)

IN_BRACKETS = re.compile(r" \([^)]*\)")


class EquipmentQuerySet(CatalogueQuerySet["Equipment"]):
    def get_by_natural_key(self, slug: str) -> "Equipment":
        return self.get(slug=slug)

    def ownable(self) -> Self:
        """What one may lack: not the body, nor the handles that come with a cable machine."""
        return self.exclude(kind__in=NEVER_LACKING)

    def by_kind(self) -> Self:
        """Kind after kind, in the order of ``EquipmentKind``."""
        places = [When(kind=kind, then=place) for place, kind in enumerate(EquipmentKind.values)]
        return self.order_by(Case(*places), "position", "slug")


class Equipment(Translated, Renamable):
    """A thing that an exercise is done with."""

    TRANSLATED = ("name", "note")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    kind = WordField(EquipmentKind, max_length=20)
    is_home_friendly = models.BooleanField(default=False)
    empty_weight_kg = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="A usual one, if there is."
    )
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in lists.")

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        ordering = ("position", "slug")
        verbose_name_plural = "equipment"
        constraints = (
            one_of("kind", EquipmentKind),
            one_permanent_slug(),
            models.CheckConstraint(
                condition=Q(empty_weight_kg__isnull=True) | Q(empty_weight_kg__gt=0),
                name="exercises_equipment_empty_weight_positive",
                violation_error_message="A weight is above 0.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def short_name(self) -> str:
        """Without what stands in brackets."""
        return IN_BRACKETS.sub("", self.shown_name)

    @property
    def is_ownable(self) -> bool:
        """Whether it is one of ``ownable``."""
        return self.kind not in NEVER_LACKING


def kit(things: Iterable[Equipment]) -> str:
    """What of these one may lack, in short."""
    return ", ".join(thing.short_name for thing in things if thing.is_ownable) or gettext(
        "No equipment"
    )


class FormerEquipmentSlug(AnyFormerSlug):
    """A slug that a piece of equipment used to have."""

    equipment = models.ForeignKey(Equipment, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return f"{self.slug} → {self.equipment}"


keep_permanent_slugs(Equipment)
