"""The edition of the catalogue: another one after every change to anything that a page shows."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save

Row = TypeVar("Row", bound=models.Model)


class EditionQuerySet(models.QuerySet["Edition"]):
    def current(self) -> str:
        """The key of the catalogue as it is; empty before anything was ever in it. 1 query."""
        return str(self.values_list("key", flat=True).first() or "")

    def renew(self) -> None:
        """Say that the catalogue is another one than before, as part of what changes it. 1 query.

        A random key instead of a number: one that was restored from a backup and then edited again
        can't meet an older one.
        """
        edition = Edition(pk=Edition.ONLY, key=uuid.uuid4())
        self.bulk_create(
            [edition], update_conflicts=True, unique_fields=["pk"], update_fields=["key"]
        )


class Edition(models.Model):
    """One row. What is made from the catalogue is good for as long as its key is the same."""

    ONLY = 1

    key = models.UUIDField(default=uuid.uuid4)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="exercises_edition_is_one"),
        )

    def __str__(self) -> str:
        return str(self.key)


class CatalogueQuerySet(models.QuerySet[Row]):
    """Rows of the catalogue. Writes that send no signal renew the edition too, for a query more."""

    def update(self, **values: Any) -> int:
        count = super().update(**values)
        Edition.objects.renew()
        return count

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        rows = super().bulk_create(objs, *args, **options)
        Edition.objects.renew()
        return rows


def watch(tables: Sequence[type[models.Model]]) -> None:
    """Renew the edition whenever a row of ``tables``, or a link between two, is written."""
    for table in tables:
        post_save.connect(_renew, sender=table)
        post_delete.connect(_renew, sender=table)
        for link in table._meta.local_many_to_many:
            m2m_changed.connect(_renew, sender=link.remote_field.through)


def _renew(*, instance: models.Model, action: str = "", **_: object) -> None:
    """After the write, so that nobody takes the old page for the new edition.

    But not for an athlete's own exercise, which is in nobody's catalogue.
    """
    if not action.startswith("pre_") and not getattr(instance, "is_own", False):
        Edition.objects.renew()
