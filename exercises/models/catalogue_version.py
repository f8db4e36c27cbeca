"""The version of the catalogue. It changes on every write to a table that pages show."""

import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import connections, models
from django.db.models.signals import m2m_changed, post_delete, post_save

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Row = TypeVar("Row", bound=models.Model)


class CatalogueVersionQuerySet(models.QuerySet["CatalogueVersion"]):
    def current(self) -> str:
        """The key of the catalogue as it is; empty before anything was ever in it. 1 query."""
        return str(self.values_list("key", flat=True).first() or "")

    def current_for(self, user: "User") -> tuple[str, str]:
        """The key of the catalogue, and that of the user's own exercises, which is empty for who
        never had any. 1 query, in plain SQL, since it is part of every page.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(CURRENT_FOR, [user.pk])
            keys = {place: str(uuid.UUID(str(key))) for place, key in cursor}
        return keys.get(0, ""), keys.get(1, "")

    def renew(self) -> None:
        """Say that the catalogue is another one than before, as part of what changes it. 1 query.

        A random key instead of a number: one that was restored from a backup and then edited again
        can't meet an older one.
        """
        version = CatalogueVersion(pk=CatalogueVersion.ONLY, key=uuid.uuid4())
        self.bulk_create(
            [version], update_conflicts=True, unique_fields=["pk"], update_fields=["key"]
        )


class CatalogueVersion(models.Model):
    """One row. What is made from the catalogue is good for as long as its key is the same."""

    ONLY = 1

    key = models.UUIDField(default=uuid.uuid4)

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="exercises_edition_is_one"),
        )

    def __str__(self) -> str:
        return str(self.key)


CURRENT_FOR = """
SELECT 0, key FROM exercises_catalogueversion UNION ALL
SELECT 1, key FROM exercises_owncatalogueversion WHERE owner_id = %s
"""


class OwnCatalogueVersion(models.Model):
    """The same of what one athlete sees besides the catalogue: another key after every change to
    their own exercises. A row for each who ever had any.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    key = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.key)


class CatalogueQuerySet(models.QuerySet[Row]):
    """Rows of the catalogue. Writes that send no signal renew the version too, for a query more."""

    def update(self, **values: Any) -> int:
        count = super().update(**values)
        CatalogueVersion.objects.renew()
        return count

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        rows = super().bulk_create(objs, *args, **options)
        if rows:
            CatalogueVersion.objects.renew()
        return rows


def watch(tables: Sequence[type[models.Model]]) -> None:
    """Renew the version whenever a row of ``tables``, or a link between two, is written."""
    for table in tables:
        post_save.connect(_renew, sender=table)
        post_delete.connect(_renew, sender=table)
        for link in table._meta.local_many_to_many:
            m2m_changed.connect(_renew, sender=link.remote_field.through)


def _renew(*, instance: models.Model, action: str = "", **told: object) -> None:
    """After the write, so that nobody takes the old page for the new version.

    An athlete's own exercise is in nobody's catalogue. That of an athlete who is being deleted may
    be the last of their rows, so that deleting one makes none.
    """
    if action.startswith("pre_"):
        return
    if not getattr(instance, "is_own", False):
        CatalogueVersion.objects.renew()
    elif told["signal"] is post_delete:
        OwnCatalogueVersion.objects.filter(owner=instance.owner_id).update(key=uuid.uuid4())  # type: ignore[attr-defined]
    else:
        OwnCatalogueVersion.objects.bulk_create(
            [OwnCatalogueVersion(owner_id=instance.owner_id)],  # type: ignore[attr-defined]
            update_conflicts=True,
            unique_fields=["owner"],
            update_fields=["key"],
        )
