"""Exercises on the desk, with their steps, targets, aliases and picture."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from exercises.admin.desk import (
    BoundedRows,
    CatalogueChoices,
    DeskAdmin,
    PreviewedTexts,
    preview_text,
    said_missing,
    with_last_change,
)
from exercises.admin.filters import GapFilter, ReviewFilter
from exercises.admin.pictures import PictureInline, as_data, uploaded
from exercises.admin.upstream import UpstreamFilter
from exercises.files.revisions import UNRECORDED, record
from exercises.forms import (
    AliasFormSet,
    ExerciseForm,
    OrderedForm,
    StepForm,
    StepFormSet,
    TargetFormSet,
)
from exercises.models import Alias, Exercise, Picture, Status, Step, Target
from exercises.search.catalogue_index import CatalogueIndex
from exercises.views import page_of


class RowsInline(PreviewedTexts, BoundedRows, admin.StackedInline):
    """Rows below the fieldset that ``after`` names."""

    template = "admin/exercises/edit_inline/rows.html"
    extra = 0
    after: str | None = None
    is_ordered = False


class StepInline(RowsInline):
    model = Step
    form = StepForm
    formset = StepFormSet
    fields = ("text", "position")
    previews = {"text": "line"}
    is_ordered = True


class TargetInline(CatalogueChoices, RowsInline):
    model = Target
    form = OrderedForm
    formset = TargetFormSet
    fields = ("muscle", "role", "position")
    verbose_name = "muscle"
    verbose_name_plural = "muscles, the main ones first"
    after = "Text"
    is_ordered = True
    autocomplete_fields = ("muscle",)


class AliasInline(RowsInline):
    model = Alias
    formset = AliasFormSet
    verbose_name_plural = "other names"
    after = "Relatives"


@admin.register(Exercise)
class ExerciseAdmin(DeskAdmin):
    """The catalogue. Athletes' own exercises are private and do not show here."""

    form = ExerciseForm
    list_display = (
        "name",
        "status",
        "missing",
        "differs",
        "primary_muscles",
        "pattern",
        "level",
        "load_type",
        "last_changed",
    )
    list_filter = (
        "status",
        GapFilter,
        ReviewFilter,
        UpstreamFilter,
        "level",
        "mechanic",
        "force",
        "load_type",
        ("muscles", admin.RelatedOnlyFieldListFilter),
        ("equipment", admin.RelatedOnlyFieldListFilter),
        "pattern",
    )
    search_fields = ("name", "slug", "aliases__name")
    search_help_text = "Name, slug or alias."
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = (
        "equipment",
        "alternative_equipment",
        "variation_of",
        "harder",
        "sources",
    )
    inlines = (StepInline, TargetInline, AliasInline, PictureInline)
    actions = ("publish", "unpublish", "delete_selected", "export_file")
    list_per_page = 50
    previews = {"summary": "line", "cues": "cues", "mistakes": "mistakes", "safety": "line"}
    fieldsets = (
        (None, {"fields": (("name", "slug"), "summary")}),
        ("Text", {"fields": ("cues", "mistakes", "safety", "sources")}),
        (
            "What kind of exercise",
            {"fields": (("pattern", "level"), ("force", "mechanic"), "laterality")},
        ),
        (
            "Load and equipment",
            {
                "fields": (
                    ("load_type", "bodyweight_fraction"),
                    ("implements", "implements_one_side"),
                    "pace",
                    ("grip_orientation", "grip_width"),
                    ("equipment", "alternative_equipment"),
                )
            },
        ),
        ("Relatives", {"fields": ("variation_of", "harder")}),
        ("Other languages", {"fields": ("translations",)}),
        (
            "Where the text comes from",
            {"fields": (("author", "licence"), "origin", "review_notes")},
        ),
        ("Who sees it", {"fields": (("status", "article_place"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        catalogue = super().get_queryset(request).filter(owner=None)
        return with_last_change(catalogue.with_primary_muscles().with_gaps(), "exercise")

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Exercise]", search_term: str
    ) -> "tuple[QuerySet[Exercise], bool]":
        """As the site finds them, best first, and by slug. 6 queries."""
        if not search_term.strip():
            return queryset, False
        catalogue = CatalogueIndex.of(Exercise.objects.filter(owner=None))
        found = catalogue.index().search(search_term)
        ranks = [When(pk=pk, then=rank) for rank, pk in enumerate(found)]
        ranked = queryset.filter(Q(pk__in=found) | Q(slug__startswith=search_term.strip()))
        if ranks and "o" not in request.GET:
            ranked = ranked.order_by(Case(*ranks, default=len(found)), "name", "pk")
        return ranked, False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("preview-text/", view(preview_text), name="exercises_preview"),
            path(
                "<path:object_id>/preview/", view(self.page_view), name="exercises_exercise_preview"
            ),
            *super().get_urls(),
        ]

    @admin.display(description="Trains")
    def primary_muscles(self, obj: Exercise) -> str:
        return ", ".join(target.muscle.name for target in obj.primary_targets)

    @admin.display(description="Missing")
    def missing(self, obj: Exercise) -> str:
        return said_missing(obj.gaps)

    # What a visitor sees

    def view_on_site(self, obj: Exercise) -> str:
        """A draft has no page yet, so editors see the one that it would have."""
        if obj.status == Status.PUBLISHED:
            return obj.get_absolute_url()
        return reverse("admin:exercises_exercise_preview", args=[obj.pk])

    def page_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The exercise's page as it is saved, whatever its status."""
        exercise = self.get_object(request, unquote(object_id))
        if exercise is None or not self.has_view_or_change_permission(request, exercise):
            raise PermissionDenied
        return self._page(request, exercise)

    def response_change(self, request: HttpRequest, obj: Exercise) -> HttpResponse:
        if "_preview" in request.POST:
            return self._page_and_undo(request, obj)
        return super().response_change(request, obj)

    def response_add(
        self, request: HttpRequest, obj: Exercise, post_url_continue: str | None = None
    ) -> HttpResponse:
        if "_preview" in request.POST:
            return self._page_and_undo(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Picture:
            request.pictures = uploaded(formset)  # type: ignore[attr-defined]

    def _page_and_undo(self, request: HttpRequest, exercise: Exercise) -> HttpResponse:
        """The page with what the form says; the save that it took to see it is rolled back.

        So are the files that it wrote: the page carries a new picture along.
        """
        pictures: list[Picture] = request.pictures  # type: ignore[attr-defined]
        try:
            return self._page(request, exercise, *map(as_data, pictures[:1]))
        finally:
            transaction.set_rollback(True)
            for picture in pictures:
                picture.delete_files()

    def _page(
        self, request: HttpRequest, exercise: Exercise, picture_data: str = ""
    ) -> HttpResponse:
        shown = Exercise.objects.for_page().get(pk=exercise.pk)
        context = {**page_of(shown), "is_preview": True, "picture_data": picture_data}
        return render(request, "exercises/exercise_detail.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.FILES and context.get("errors"):
            said = "Choose the picture again: a browser does not send it twice."
            self.message_user(request, said, messages.WARNING)
        return super().render_change_form(request, context, *args, **kwargs)

    # Publishing

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: "QuerySet[Exercise]") -> None:
        """Those that a visitor could use; of the others, what they lack is said."""
        exercises = list(queryset)
        ready = [each for each in exercises if not each.lacks_to_publish]
        for exercise in exercises:
            if exercise not in ready:
                lacks = ", ".join(exercise.lacks_to_publish)
                self.message_user(request, f"{exercise} has no {lacks} yet.", messages.ERROR)
        self._set_status(request, ready, Status.PUBLISHED, "published")

    @admin.action(description="Unpublish: make drafts", permissions=["change"])
    def unpublish(self, request: HttpRequest, queryset: "QuerySet[Exercise]") -> None:
        self._set_status(request, list(queryset), Status.DRAFT, "made drafts")

    def _set_status(
        self, request: HttpRequest, exercises: list[Exercise], status: Status, said: str
    ) -> None:
        keys = [exercise.pk for exercise in exercises]
        if not keys:
            return
        with transaction.atomic():
            record(UNRECORDED, only={"exercise": keys})
            Exercise.objects.filter(pk__in=keys).update(status=status)
            record(said.capitalize(), user=request.user, only={"exercise": keys})  # type: ignore[arg-type]
        names = ", ".join(exercise.name for exercise in exercises[:5])
        more = f" and {len(keys) - 5} more" if len(keys) > 5 else ""
        self.message_user(request, f"{names}{more}: {said}.", messages.SUCCESS)

    # Deleting archives: what has been logged stays readable

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Nothing goes with it, and nothing stands in the way."""
        return [str(each) for each in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: Exercise) -> None:
        self._set_status(request, [obj], Status.ARCHIVED, "archived")

    @admin.action(description="Archive", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: "QuerySet[Exercise]") -> None:
        """In place of Django's own of this name."""
        self._set_status(request, list(queryset), Status.ARCHIVED, "archived")

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        return redirect("admin:exercises_exercise_changelist")
