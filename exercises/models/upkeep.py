"""What keeping the catalogue up remembers: what the files said, and what every version said."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, When


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
