"""What every table of the catalogue has on the desk: texts with a preview, history, files."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.forms import Field, ModelForm, Script
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from exercises.admin.confirming import ConfirmedAdmin
from exercises.admin.conflicts import ConflictAdmin
from exercises.admin.history import HistoryAdmin, signed_in
from exercises.admin.upstream import UpstreamAdmin
from exercises.files.differences import Difference, differences
from exercises.files.documents import Document, write_text
from exercises.files.renaming import keep_address
from exercises.files.revisions import UNRECORDED, record, record_row
from exercises.files.rows import (
    Change,
    kind_of,
    load_stored,
    wait_for_editors,
    write_documents,
)
from exercises.forms import CatalogueFileForm, DeskForm, MappingField, TextField
from exercises.keys import may_be_key
from exercises.markup import FOOTNOTE, Footnotes
from exercises.models import Exercise, Revision, Source
from exercises.names import fold

PREVIEW_SHAPES = ("line", "prose", "cues", "mistakes")
MAX_PREVIEW_LETTERS = 20_000
MAX_ROWS = 100


class FoundOption(AutocompleteSelect):
    """Django's, which asks the database for whatever it was given, however little it is a key."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        key = self.field.related_model._meta.pk
        return super().optgroups(name, [each for each in value if may_be_key(key, each)], attr)


class FoundOptions(FoundOption, AutocompleteSelectMultiple):
    pass


class CatalogueChoices:
    """Fields that lead to exercises offer the catalogue's; athletes' own ones are private.

    So do prefilled ones (``?variation_of=``) and whatever is posted.
    """

    def get_field_queryset(
        self, db: str | None, db_field: "models.Field[Any, Any]", request: HttpRequest
    ) -> "QuerySet[Any] | None":
        if db_field.related_model is Exercise:
            return Exercise.objects.filter(owner=None)
        return super().get_field_queryset(db, db_field, request)  # type: ignore[misc,no-any-return]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._choose(FoundOption, db_field, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._choose(FoundOptions, db_field, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _choose(self, widget: type[FoundOption], db_field: Any, kwargs: dict[str, Any]) -> None:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs.setdefault("widget", widget(db_field, self.admin_site))  # type: ignore[attr-defined]


class PreviewedTexts:
    """Text fields with plain line breaks; those in ``previews`` show what the site makes of them.

    ``previews`` gives the shape of the text by field: one of ``PREVIEW_SHAPES``.
    """

    previews: Mapping[str, str] = {}

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        if isinstance(db_field, models.TextField):
            box = AdminTextareaWidget(attrs={"rows": 3})
            kwargs = {"form_class": TextField, "widget": box, **kwargs}
        field: Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # or a slip deletes the muscle itself
        if field and db_field.name in self.previews:
            field.widget.attrs["data-preview"] = self.previews[db_field.name]
            field.widget.attrs["data-preview-url"] = reverse("admin:exercises_preview")
        return field


class BoundedRows:
    """Rows below a form, of which a post may bring ``MAX_ROWS``; Django would build 2,000."""

    max_num: int | None = MAX_ROWS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, absolute_max=MAX_ROWS, **kwargs)  # type: ignore[misc]


def with_last_change(rows: "QuerySet[Any]", kind: str) -> "QuerySet[Any]":
    """Each with ``last_changed_at`` and ``last_changed_by``, a user's name. No further query."""
    latest = Revision.objects.filter(kind=kind, object_id=OuterRef("pk")).order_by("-pk")
    dated: QuerySet[Any] = rows.annotate(
        last_changed_at=Subquery(latest.values("made_at")[:1]),
        last_changed_by=Subquery(latest.values("user__username")[:1]),
    )
    return dated


class DeskAdmin(
    CatalogueChoices, PreviewedTexts, HistoryAdmin, UpstreamAdmin, ConfirmedAdmin, ConflictAdmin
):
    """A table of the catalogue: every save is a version, and any version can be gone back to."""

    form = DeskForm
    formfield_overrides = {models.JSONField: {"form_class": MappingField}}
    actions: tuple[str, ...] = ("export_file",)

    class Media:
        js = (
            Script("js/admin-preview.js", type="module"),
            Script("js/admin-rows.js", type="module"),
            Script("js/admin-unsaved.js", type="module"),
        )

    @admin.display(description="Last changed")
    def last_changed(self, obj: models.Model) -> str:
        """When and by whom; needs ``with_last_change``."""
        made_at, by = obj.last_changed_at, obj.last_changed_by  # type: ignore[attr-defined]
        return f"{made_at:%-d %b %Y}, {by or 'Backtrain'}" if made_at else ""

    def get_urls(self) -> list[URLPattern]:
        name = f"exercises_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name=f"{name}_import"),
            path("<path:object_id>/export/", view(self.export_view), name=f"{name}_export"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """Last, for whoever may save: why, and what the edit began from."""
        fieldsets = super().get_fieldsets(request, obj)
        may_save = self.has_change_permission(request, obj) if obj else True
        about = ("This edit", {"fields": ("change_reason", "base"), "classes": ("about-the-edit",)})
        return (*fieldsets, about) if may_save else fieldsets

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        """Rows that have all the words somewhere, folded here: SQLite folds ASCII only. 1 query."""
        words = fold(search_term).split()
        if not words:
            return queryset, False
        texts: dict[Any, str] = defaultdict(str)
        for pk, *fields in queryset.order_by().values_list("pk", *self.search_fields):
            texts[pk] += fold(" ".join(filter(None, fields))) + "\n"
        found = [pk for pk, text in texts.items() if all(word in text for word in words)]
        return queryset.filter(pk__in=found), False

    # History

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: "ModelForm[Any]", change: bool
    ) -> None:
        if change:
            record_row(obj, UNRECORDED)
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            keep_address(kind_of(obj), obj, former=form.initial["slug"])

    def save_related(
        self, request: HttpRequest, form: "ModelForm[Any]", formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        reason = form.cleaned_data["change_reason"]
        reason = reason or ("Edited in admin" if change else "Made in admin")
        record_row(form.instance, reason, user=signed_in(request))

    # Files

    @admin.action(description="Export as catalogue file", permissions=["view"])
    def export_file(self, request: HttpRequest, queryset: "QuerySet[Any]") -> HttpResponse:
        return self._file({row.pk for row in queryset}, name=f"{self.opts.model_name}s")

    def export_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return self._file({row.pk}, name=row.natural_key()[0])

    def _file(self, keys: set[int], *, name: str) -> HttpResponse:
        stored = load_stored(only={str(self.opts.model_name): keys})
        documents = [Document(*key, each.fields) for key, each in stored.items()]
        return HttpResponse(
            write_text(documents, heading=f"Exported from {self.admin_site.site_title}"),
            content_type="application/yaml; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}.yaml"'},
        )

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """A file of the catalogue: first what it would change, then, if wanted, the change."""
        if not (self.has_change_permission(request) and self.has_add_permission(request)):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = CatalogueFileForm(request.POST, request.FILES) if is_sent else CatalogueFileForm()
        looked_at = []
        if is_sent and form.is_valid():
            looked_at = self._look_at(form)
            if "apply" in request.POST and not form.errors:
                return self._apply(request, form.documents)
        context = {
            **self.admin_site.each_context(request),
            "title": "Import a catalogue file",
            "opts": self.opts,
            "form": form,
            "looked_at": looked_at,
        }
        status = 422 if is_sent and form.errors else 200
        return render(request, "admin/exercises/import.html", context, status=status)

    def _look_at(self, form: CatalogueFileForm) -> "list[tuple[Change, list[Difference]]]":
        """What each document would change; what can't be written becomes an error of the form."""
        before = load_stored()
        try:
            changes = write_documents(form.documents, dry_run=True)
        except ValidationError as error:
            form.add_error(None, error)
            return []
        return [
            (change, _differences_of(document, before))
            for change, document in zip(changes, form.documents, strict=True)
        ]

    def _apply(self, request: HttpRequest, documents: list[Document]) -> HttpResponse:
        with transaction.atomic():
            wait_for_editors()
            record(UNRECORDED)
            changes = write_documents(documents)
            record("Imported from a file", user=signed_in(request))
        changed = [change for change in changes if change.updated]
        self.message_user(request, f"Imported: {len(changed)} of {len(changes)} were changed.")
        for change in changed:
            for note in change.notes:
                self.message_user(request, f"{change.slug}: {note}", messages.WARNING)
        return redirect(f"admin:exercises_{self.opts.model_name}_changelist")


def said_missing(gaps: list[str]) -> str:
    """What a row lacks; sources, which most lack, quietly and last."""
    quiet = format_html('<span class="quiet">{}</span>', "sources") if "sources" in gaps else ""
    loud = ", ".join(gap for gap in gaps if gap != "sources")
    return format_html("{}{}{}", loud, " · " if loud and quiet else "", quiet)


def preview_text(request: HttpRequest) -> HttpResponse:
    """A fragment: the posted ``text`` as the site would show it in its ``shape``. 1 query."""
    text = request.POST.get("text", "")[:MAX_PREVIEW_LETTERS].replace("\r\n", "\n")
    shape = request.POST.get("shape", "")
    if request.method != "POST" or shape not in PREVIEW_SHAPES:
        return HttpResponse(status=400)
    keys = FOOTNOTE.findall(text)
    sources = Source.objects.filter(key__in=keys)
    notes = Footnotes.of([text], sources)
    context = {
        "shape": shape,
        "text": text,
        "listed": Exercise(cues=text, mistakes=text),
        "notes": notes,
        "unknown": sorted(set(keys) - {source.key for source in notes.cited}),
    }
    return render(request, "admin/exercises/preview_text.html", context)


def _differences_of(document: Document, before: Mapping[Any, Any]) -> list[Difference]:
    stored = before.get((document.kind, document.slug))
    says = {"slug": document.slug, **document.fields}
    return differences(stored.fields if stored else {}, says)
