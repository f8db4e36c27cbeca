"""What the catalogue's files said when they were last synced, and what is open since."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, CharField, OuterRef, Subquery, When


class SyncedDocumentQuerySet(models.QuerySet["SyncedDocument"]):
    def of(self, kind: str) -> Self:
        """Those of one kind, to be joined with rows by ``object_id``."""
        return self.filter(kind=kind)

    def edited(self) -> Self:
        """Where the row says another thing than the files."""
        return self.exclude(edited=[])

    def with_conflicts(self) -> Self:
        """Where a field was changed on both sides and nobody has settled it, in a fixed order.

        Each with ``title``, what its row is called; a row that is gone has nothing to settle.
        """
        titles = self.exclude(conflicts={}).annotate(title=_title_of_the_row())
        return titles.exclude(title=None).order_by("kind", "slug")


def _title_of_the_row() -> Case:
    def title(kind: str, name: str) -> When:
        rows = apps.get_model("exercises", kind)._default_manager.filter(pk=OuterRef("object_id"))
        return When(kind=kind, then=Subquery(rows.values(name)[:1]))

    named = (title(kind, "name") for kind in ("exercise", "muscle", "equipment"))
    return Case(*named, title("source", "title"), output_field=CharField())


class SyncedDocument(models.Model):
    """What the catalogue's files said about a row when it was last synced with them.

    ``slug`` is the row's permanent one, and so are those of what ``fields`` refer to. ``fields``
    is where the next merge starts from: what the files said, but for ``conflicts``, which hold
    what they say of fields that were changed on both sides and are not settled yet.
    """

    kind = models.CharField(max_length=10)
    slug = models.CharField(max_length=80, help_text="What the files know it by.")
    object_id = models.BigIntegerField()
    fields = models.JSONField()
    conflicts = models.JSONField(default=dict, blank=True)
    edited = models.JSONField(
        default=list, blank=True, help_text="Names of the fields that say another thing here."
    )
    is_gone = models.BooleanField("gone from the files", default=False)

    objects = SyncedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "slug")
        indexes = (models.Index(fields=["kind", "object_id"], name="exercises_synced_row"),)
        constraints = (
            models.UniqueConstraint(fields=["kind", "slug"], name="exercises_synced_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"

    @property
    def in_the_files(self) -> dict[str, Any]:
        """All that the files said."""
        return {**self.fields, **self.conflicts}


class OpenConflict(SyncedDocument):
    """Of ``with_conflicts``: a document of which somebody has to settle a field."""

    if TYPE_CHECKING:
        title: str

    class Meta:
        proxy = True
        ordering = ("kind", "slug")
        verbose_name = "open conflict"

    def __str__(self) -> str:
        return self.title
