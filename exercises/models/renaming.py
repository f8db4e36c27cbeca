"""Slugs may change: what a row is known by for good, and the slugs that it used to have."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_save

from exercises.models.catalogue_version import CatalogueQuerySet

MAX_SLUG = 80


class Renamable(models.Model):
    """A row whose slug may change. Its ``permanent_slug``, the first one, never does: upgrades
    and drawings know the row by it."""

    if TYPE_CHECKING:
        slug: models.SlugField[str, str]

    permanent_slug = models.SlugField(
        max_length=MAX_SLUG, editable=False, blank=True, default="", db_index=False
    )

    class Meta:
        abstract = True

    @property
    def known_as(self) -> str:
        """What drawings and upgrades know it by."""
        return self.permanent_slug or self.slug


def one_permanent_slug(**condition: Any) -> models.UniqueConstraint:
    """No two rows are known by the same slug; rows that have none yet aside."""
    return models.UniqueConstraint(
        fields=["permanent_slug"],
        condition=Q(**condition) & ~Q(permanent_slug=""),
        name="%(app_label)s_%(class)s_permanent_slug",
    )


class FormerSlugQuerySet(CatalogueQuerySet["AnyFormerSlug"]):
    def get_by_natural_key(self, slug: str) -> "AnyFormerSlug":
        return self.get(slug=slug)


class AnyFormerSlug(models.Model):
    """A slug that a row used to have; its address still leads there, unless another row has
    taken it."""

    slug = models.SlugField(max_length=MAX_SLUG, unique=True)

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("slug",)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


def keep_permanent_slugs(*tables: type[Renamable]) -> None:
    """Give each new row of ``tables`` its permanent slug, also on ``loaddata``."""
    for table in tables:
        pre_save.connect(_give_permanent_slug, sender=table)


def _give_permanent_slug(*, instance: Renamable, **_: object) -> None:
    """The slug, or where another row that was renamed is known by that, a free one like it."""
    if instance.permanent_slug or getattr(instance, "is_own", False):
        return
    base = instance.slug[: MAX_SLUG - 6]
    taken = set(
        type(instance)
        ._default_manager.filter(permanent_slug__startswith=base)
        .exclude(pk=instance.pk)
        .values_list("permanent_slug", flat=True)
    )
    free = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    instance.permanent_slug = next(slug for slug in (instance.slug, *free) if slug not in taken)
