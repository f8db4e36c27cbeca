"""What keeping the catalogue up remembers: what the files said, and what every version said."""

from typing import Self

from django.conf import settings
from django.db import models


class SyncedDocument(models.Model):
    """What the catalogue's files said about a row when it was last synced with them.

    The row is known by its key here, since an editor may have given it another slug.
    """

    kind = models.CharField(max_length=10)
    slug = models.CharField(max_length=80, help_text="In the files.")
    object_id = models.BigIntegerField()
    fields = models.JSONField()

    class Meta:
        ordering = ("kind", "slug")
        constraints = (
            models.UniqueConstraint(fields=["kind", "slug"], name="exercises_synced_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, kind: str, object_id: int) -> Self:
        """All versions of one row, newest first, with who made them."""
        revisions = self.filter(kind=kind, object_id=object_id)
        return revisions.select_related("user").order_by("-made_at", "-pk")

    def latest_of_each(self) -> Self:
        """The newest version of every row."""
        newest = self.order_by().values("kind", "object_id").annotate(newest=models.Max("pk"))
        return self.filter(pk__in=newest.values("newest"))


class Revision(models.Model):
    """One version of a document of the catalogue: all that it said, who made it say so, and when.

    ``fields`` are those of ``exercises.documents.Document``, with the slug.
    """

    kind = models.CharField(max_length=10)
    object_id = models.BigIntegerField()
    fields = models.JSONField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Empty for an upgrade, and for somebody who is gone.",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=80)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "object_id", "-made_at", "-pk")
        indexes = (
            models.Index(
                fields=["kind", "object_id", "-made_at"], name="exercises_revision_of_row"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.fields.get('slug', self.object_id)}: {self.reason}"
