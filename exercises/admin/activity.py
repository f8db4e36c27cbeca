"""What was changed on the desk lately, by whom and why, over all documents."""

from dataclasses import dataclass
from datetime import UTC, date
from typing import Any, Self

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse

from exercises.admin.read_only import ReadOnly
from exercises.files.differences import label_of, names_changed
from exercises.files.documents import in_order
from exercises.files.revisions import UNRECORDED
from exercises.files.rows import MODELS
from exercises.models import Revision

BY_THE_SITE = "backtrain"


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A version beside the one before it: which fields it changed, and where to see how."""

    revision: Revision
    fields: tuple[str, ...]
    is_first: bool
    address: str

    @classmethod
    def of(cls, revision: Revision) -> Self:
        """Of a revision that was loaded ``with_before``. No query."""
        page = f"admin:exercises_{revision.kind}_"
        before = revision.before_pk
        if before is None:
            return cls(revision, (), True, reverse(f"{page}history", args=[revision.object_id]))
        address = reverse(f"{page}compare", args=[revision.object_id])
        names = names_changed(revision.before_fields, in_order(revision.kind, revision.fields))
        fields = tuple(label_of(name) for name in names)
        return cls(revision, fields, False, f"{address}?before={before}&after={revision.pk}")

    @property
    def day(self) -> date:
        """In UTC, as all times on the desk."""
        return self.revision.made_at.astimezone(UTC).date()


def kinds_for(request: HttpRequest, site: admin.AdminSite) -> list[str]:
    """The kinds of documents that the user may look at."""
    desks = {kind: site.get_model_admin(model) for kind, model in MODELS.items()}
    return [kind for kind, desk in desks.items() if desk.has_view_permission(request)]


class EditorFilter(admin.SimpleListFilter):
    title = "editor"
    parameter_name = "by"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        """Whoever made a version that is listed here. 1 query."""
        made = model_admin.get_queryset(request).order_by().values("user")
        editors = get_user_model().objects.filter(pk__in=made).order_by("username")
        return [*((str(each.pk), str(each)) for each in editors), (BY_THE_SITE, "Backtrain")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        chosen = self.value()
        if chosen == BY_THE_SITE:
            return queryset.filter(user=None)
        is_offered = chosen in dict(self.lookup_choices)
        return queryset.filter(user=chosen) if is_offered else queryset


class KindFilter(admin.SimpleListFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        kinds = kinds_for(request, model_admin.admin_site)
        return [(kind, str(MODELS[kind]._meta.verbose_name_plural).capitalize()) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        is_offered = self.value() in dict(self.lookup_choices)
        return queryset.filter(kind=self.value()) if is_offered else queryset


class Activity(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        page = Revision.objects.filter(pk__in=[revision.pk for revision in self.result_list])
        latest_first = page.with_before().select_related("user").order_by("-pk")
        self.changes = [ListedChange.of(revision) for revision in latest_first]


@admin.register(Revision)
class ActivityAdmin(ReadOnly, admin.ModelAdmin):
    """One list of all changes, for whoever may look at the documents; nothing is edited here."""

    list_filter = (KindFilter, EditorFilter)
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-pk",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Revision]":
        """All changes; what a row said when it was first looked at is none."""
        kinds = kinds_for(request, self.admin_site)
        return Revision.objects.filter(kind__in=kinds).without_first(UNRECORDED).only("pk")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Activity

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        context = {"title": "Latest changes", **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_urls(self) -> list[URLPattern]:
        """The list alone: a version's own page is beside the one before it."""
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="exercises_revision_changelist")]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(kinds_for(request, self.admin_site))
