"""A row beside what upstream, the catalogue's files, say of it: a choice for each field."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from exercises.admin.read_only import ReadOnly
from exercises.files.differences import label_of
from exercises.files.revisions import LONGEST_REASON
from exercises.files.rows import MODELS, Change, kind_of
from exercises.files.schemas import SCHEMAS
from exercises.files.sync import settle
from exercises.files.upstream import Comparison, compare
from exercises.models import OpenConflict, SyncedDocument

MINE, THEIRS = "mine", "theirs"
CHANGED_SINCE = (
    "Nothing was changed: it was saved, or an upgrade came, after you opened this page. Here is"
    " what both say now; choose again."
)
ONLY_HERE = "only here"
LEFT = "left upstream"


class ReasonForm(forms.Form):
    change_reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        label="Why",
        help_text="If you like: in a few words, for the history.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )


class UpstreamFilter(admin.SimpleListFilter):
    """By whether a row says what upstream says."""

    title = "upstream"
    parameter_name = "upstream"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        return [
            ("differs", "Differs"),
            ("open", "Open conflict"),
            ("same", "The same"),
            ("left", "Left upstream"),
            ("only-here", "Only here"),
        ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        synced = SyncedDocument.objects.of(str(queryset.model._meta.model_name))
        there = synced.filter(is_gone=False)
        wanted = {
            "differs": there.edited(),
            "open": synced.with_conflicts(),
            "same": there.filter(edited=[]),
            "left": synced.filter(is_gone=True),
        }
        if self.value() in wanted:
            return queryset.filter(pk__in=wanted[str(self.value())].values("object_id"))
        if self.value() == "only-here":
            return queryset.exclude(pk__in=synced.values("object_id"))
        return queryset


class UpstreamAdmin(admin.ModelAdmin):
    """Says of each row where it differs from upstream, and lets an editor settle it."""

    def get_queryset(self, request: HttpRequest) -> Any:
        """Each with what ``differs`` reads. No further query."""
        synced = SyncedDocument.objects.of(str(self.opts.model_name))
        synced = synced.filter(object_id=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                upstream_edited=Subquery(synced.values("edited")[:1]),
                upstream_conflicts=Subquery(synced.values("conflicts")[:1]),
                has_left_upstream=Subquery(synced.values("is_gone")[:1]),
            )
        )

    def get_urls(self) -> list[URLPattern]:
        view = path(
            "<path:object_id>/upstream/",
            self.admin_site.admin_view(self.upstream_view),
            name=f"exercises_{self.opts.model_name}_upstream",
        )
        return [view, *super().get_urls()]

    @admin.display(description="Differs from upstream")
    def differs(self, obj: models.Model) -> str:
        """In which fields, open conflicts first."""
        row: Any = obj
        if row.has_left_upstream is None:
            return format_html('<span class="quiet">{}</span>', ONLY_HERE)
        opened = [name for name in row.upstream_edited if name in row.upstream_conflicts]
        edited = [name for name in row.upstream_edited if name not in row.upstream_conflicts]
        parts: list[str] = []
        if opened:
            parts.append(format_html("<strong>open: {}</strong>", _listed(opened)))
        if row.has_left_upstream:
            parts.append(LEFT)
        elif edited:
            parts.append(_listed(edited))
        if not parts:
            return ""
        said = format_html_join(" · ", "{}", ((part,) for part in parts))
        return format_html('<a href="{}">{}</a>', _address(row), said)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context.get("original")
        synced = _synced(row) if row else None
        if synced:
            opened = SCHEMAS[synced.kind].in_order(synced.conflicts)
            edited = [] if synced.is_gone else synced.edited
            context |= {
                "upstream_open": [label_of(name).lower() for name in opened],
                "upstream_edited": [
                    label_of(name).lower() for name in edited if name not in opened
                ],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def upstream_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Both sides of every field that differs; a post settles those that were chosen."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if request.method == "POST":
            return self._settle(request, row)
        return self._compare(request, row, compare(row), ReasonForm())

    @transaction.atomic
    def _settle(self, request: HttpRequest, row: models.Model) -> HttpResponse:
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        self.model._default_manager.select_for_update().filter(pk=row.pk).first()
        comparison, form = compare(row), ReasonForm(request.POST)
        if comparison is None or request.POST.get("version") != comparison.version:
            self.message_user(request, CHANGED_SINCE, messages.ERROR)
            return self._compare(request, row, comparison, form, status=409)
        if not form.is_valid():
            return self._compare(request, row, comparison, form, status=422)
        chosen = {
            each.name: request.POST.get(f"pick-{each.name}", "") for each in comparison.fields
        }
        theirs = [name for name, side in chosen.items() if side == THEIRS]
        mine = [name for name in comparison.open_names if chosen[name] == MINE]
        if not theirs and not mine:
            self.message_user(request, "Nothing was chosen, so nothing was changed.")
            return redirect(request.path)
        change = settle(
            comparison.synced,
            take_theirs=theirs,
            keep_mine=mine,
            user=request.user,  # type: ignore[arg-type]
            reason=form.cleaned_data["change_reason"],
        )
        self._say(request, change, theirs=theirs, mine=mine)
        return redirect(request.path)

    def _say(
        self, request: HttpRequest, change: Change, *, theirs: list[str], mine: list[str]
    ) -> None:
        is_done = change.outcome != "blocked"
        taken = [name for name in theirs if name in change.updated]
        if change.outcome == "archived":
            taken = ["status"]
        if taken:
            self.message_user(request, f"Taken from upstream: {_listed(taken)}.", messages.SUCCESS)
        if is_done and mine:
            self.message_user(request, f"Kept as it is here: {_listed(mine)}.", messages.SUCCESS)
        left = [name for name in theirs if name not in taken]
        if left and is_done:
            self.message_user(request, f"Not taken: {_listed(left)}.", messages.ERROR)
        elif not is_done:
            self.message_user(request, "Nothing was changed.", messages.ERROR)
        for note in change.notes:
            self.message_user(request, note, messages.ERROR if left else messages.WARNING)

    def _compare(
        self,
        request: HttpRequest,
        row: models.Model,
        comparison: Comparison | None,
        form: ReasonForm,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{row} beside upstream",
            "opts": self.opts,
            "original": row,
            "comparison": comparison,
            "form": form,
            "may_settle": self.has_change_permission(request, row),
        }
        return render(request, "admin/exercises/upstream.html", context, status=status)


@admin.register(OpenConflict)
class OpenConflictAdmin(ReadOnly, admin.ModelAdmin):
    """All that upgrades left open, in one list; each is settled on its row's page.

    Whoever may change a row may settle its conflicts.
    """

    change_list_template = "admin/change_list.html"
    list_display = ("row", "kind_in_words", "fields_in_words", "count")
    list_display_links = None
    list_filter = ("kind",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return OpenConflict.objects.with_conflicts().filter(kind__in=self._kinds(request))

    def get_urls(self) -> list[URLPattern]:
        """The list alone: a conflict is settled on its row's page."""
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="exercises_openconflict_changelist")]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return super().changelist_view(
            request, {"title": "Open conflicts", **(extra_context or {})}
        )

    @admin.display(description="Of", ordering="title")
    def row(self, obj: OpenConflict) -> str:
        return format_html('<a href="{}">{}</a>', _address_of(obj.kind, obj.object_id), obj.title)

    @admin.display(description="Kind", ordering="kind")
    def kind_in_words(self, obj: OpenConflict) -> str:
        return obj.kind.capitalize()

    @admin.display(description="Fields")
    def fields_in_words(self, obj: OpenConflict) -> str:
        return _listed(SCHEMAS[obj.kind].in_order(obj.conflicts))

    @admin.display(description="How many")
    def count(self, obj: OpenConflict) -> int:
        return len(obj.conflicts)

    # Permissions are those of the rows

    def _kinds(self, request: HttpRequest) -> list[str]:
        desks = {kind: self.admin_site.get_model_admin(model) for kind, model in MODELS.items()}
        return [kind for kind, desk in desks.items() if desk.has_change_permission(request)]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(self._kinds(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self._kinds(request))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(label_of(name).lower() for name in names)


def _address(row: models.Model) -> str:
    return _address_of(kind_of(row), row.pk)


def _address_of(kind: str, pk: int) -> str:
    return reverse(f"admin:exercises_{kind}_upstream", args=[pk])


def _synced(row: models.Model) -> SyncedDocument | None:
    return SyncedDocument.objects.filter(kind=kind_of(row), object_id=row.pk).first()
