"""What every version of a document said."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, kind: str, object_id: int) -> Self:
        """All versions of one row, newest first, with who made them."""
        revisions = self.filter(kind=kind, object_id=object_id)
        return revisions.select_related("user").order_by("-made_at", "-pk")

    def latest_of_each(self) -> Self:
        """The newest version of every row."""
        newest = self.order_by().values("kind", "object_id").annotate(newest=models.Max("pk"))
        return self.filter(pk__in=newest.values("newest"))

    def with_before(self) -> Self:
        """Each with ``before_pk`` and ``before_fields`` of the version before it, ``None`` for the
        first. No further query."""
        before = _before().order_by("-pk")
        return self.annotate(
            before_pk=Subquery(before.values("pk")[:1]),
            before_fields=Subquery(before.values("fields")[:1]),
        )

    def without_first(self, reason: str) -> Self:
        """But for those that were made for this reason and have none before them."""
        return self.exclude(Q(reason=reason) & ~Exists(_before()))


def _before() -> "RevisionQuerySet":
    """The versions of the same row before the one that a subquery is about."""
    same_row = Revision.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    return same_row.filter(pk__lt=OuterRef("pk"))


class Revision(models.Model):
    """One version of a document of the catalogue: all that it said, who made it say so, and when.

    ``fields`` are those of ``exercises.files.documents.Document``, with the slug.
    """

    if TYPE_CHECKING:
        before_pk: int | None
        before_fields: dict[str, Any]

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
        verbose_name = "change"
        ordering = ("kind", "object_id", "-made_at", "-pk")
        indexes = (
            models.Index(
                fields=["kind", "object_id", "-made_at"], name="exercises_revision_of_row"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.fields.get('slug', self.object_id)}: {self.reason}"

    @property
    def name(self) -> str:
        """What the document was called."""
        return str(self.fields.get("name") or self.fields.get("title") or self.object_id)

    @property
    def by(self) -> str:
        """Who made it, the site itself in an upgrade."""
        return str(self.user or "Backtrain")

    @property
    def made(self) -> str:
        """When, by whom and why, in a line."""
        return f"{self.made_at:%-d %b %Y, %H:%M} UTC · {self.by} · {self.reason}"
