"""A row's history on the desk: its versions, any two of them side by side, and the way back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from exercises.admin.versions import PAGES
from exercises.files.differences import Difference
from exercises.files.revisions import differences_since, recorded_deletion, restore
from exercises.files.rows import Change, kind_of
from exercises.keys import may_be_key
from exercises.models import Revision

VERSIONS_PER_PAGE = 20
SAVED_SINCE = (
    "Nothing was changed: somebody saved it after you opened this page. Their version is now the"
    " first below; look at it, then choose again."
)


@dataclass(frozen=True, slots=True)
class Version:
    """A revision, and what it changed; the first one, as far as is known, changed nothing."""

    revision: Revision
    differences: list[Difference]
    is_current: bool
    is_first: bool


class HistoryAdmin(admin.ModelAdmin):
    """Shows what a row said in every version, and brings any of them back."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/compare/",
                view(require_safe(self.compare_view)),
                name=f"exercises_{self.opts.model_name}_compare",
            ),
            path(
                "<path:object_id>/versions/<str:version>/",
                view(require_safe(self.version_view)),
                name=f"exercises_{self.opts.model_name}_version",
            ),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All versions, newest first, each beside the one before it; a post goes back to one."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        revisions = Revision.objects.of(kind_of(row), row.pk)
        if request.method == "POST":
            return self._go_back(request, row, revisions)
        page = Paginator(revisions, VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
        choices = list(revisions.defer("fields"))
        context = {
            **self._context(request, row, choices),
            "title": f"History: {row}",
            "page": page,
            "versions": _versions(page, revisions),
            "pair": choices[1::-1],
        }
        return TemplateResponse(request, "admin/exercises/object_history.html", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two versions (``?before=7&after=9``), the older first however they are asked for.

        Also of a row that is gone since. 3 queries more than the row.
        """
        row, revisions = self._history_of(request, object_id)
        asked = [_one(revisions, request.GET.get(name, "")) for name in ("before", "after")]
        older, newer = sorted(asked, key=lambda revision: (revision.made_at, revision.pk))
        name = row or newer.name
        context = {
            **self._context(request, row, list(revisions.defer("fields"))),
            "title": f"Two versions: {name}",
            "name": name,
            "older": older,
            "newer": newer,
            "pair": [older, newer],
            "differences": differences_since(older.fields, newer),
        }
        return TemplateResponse(request, "admin/exercises/compare.html", context)

    def version_view(self, request: HttpRequest, object_id: str, version: str) -> HttpResponse:
        """The row's page as it was in a version, for what has a page and is still there."""
        row, revisions = self._history_of(request, object_id)
        revision = _one(revisions, version)
        if row is None or revision.kind not in PAGES:
            raise Http404("It has no page.")
        template, page_of_version = PAGES[revision.kind]
        context = {
            **page_of_version(row.pk, revision.fields),
            "opts": self.opts,
            "version": revision,
            "newest": revisions.first(),
            "may_go_back": self.has_change_permission(request, row),
            "is_preview": True,
        }
        response = render(request, template, context)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _history_of(
        self, request: HttpRequest, object_id: str
    ) -> "tuple[models.Model | None, QuerySet[Revision]]":
        """The row, if it is still there, and its versions. Raises what says that it may not be."""
        key = unquote(object_id)
        if not may_be_key(self.opts.pk, key):
            raise Http404("There is no such row.")
        row = self.get_object(request, key)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row, Revision.objects.of(str(self.opts.model_name), self.opts.pk.to_python(key))

    def _context(
        self, request: HttpRequest, row: models.Model | None, choices: list[Revision]
    ) -> dict[str, Any]:
        """What all pages of a history show; ``choices`` are its versions, newest first."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "has_pages": row is not None and self.opts.model_name in PAGES,
            "choices": choices,
            "newest": choices[0] if choices else None,
            "may_go_back": bool(row) and self.has_change_permission(request, row),
        }

    # A row that goes leaves its history

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with recorded_deletion([obj], user=signed_in(request)):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> None:
        with recorded_deletion(list(queryset), user=signed_in(request)):
            super().delete_queryset(request, queryset)

    # The way back

    @transaction.atomic
    def _go_back(
        self, request: HttpRequest, row: models.Model, revisions: "QuerySet[Revision]"
    ) -> HttpResponse:
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        self.model._default_manager.select_for_update().filter(pk=row.pk).first()
        newest = revisions.first()
        if request.POST.get("newest", "") not in ("", str(newest.pk if newest else "")):
            self.message_user(request, SAVED_SINCE, messages.ERROR)
            return redirect(request.path)
        revision = _one(revisions, request.POST.get("revision", ""))
        try:
            change = restore(revision, user=signed_in(request))
        except ValidationError as error:
            why = " ".join(error.messages)
            self.message_user(request, f"Nothing was changed: {why}", messages.ERROR)
        else:
            self._say_gone_back(request, change)
        return redirect(request.path)

    def _say_gone_back(self, request: HttpRequest, change: Change) -> None:
        fields = ", ".join(change.updated)
        said = f"Went back: {fields}." if fields else "That is what it says now."
        self.message_user(request, said, messages.SUCCESS)
        for note in change.notes:
            self.message_user(request, note, messages.WARNING)


def signed_in(request: HttpRequest) -> Any:
    """The user, who is somebody on every page of the desk."""
    return request.user


def _one(revisions: "QuerySet[Revision]", key: str) -> Revision:
    """The version of this key. Raises ``Http404``. 1 query."""
    if not may_be_key(Revision._meta.pk, key):
        raise Http404("There is no such version.")
    return get_object_or_404(revisions, pk=key)


def _versions(page: "Page[Revision]", revisions: "QuerySet[Revision]") -> list[Version]:
    shown = list(page)
    following = revisions[page.end_index() : page.end_index() + 1]
    older = [*shown[1:], *following]
    befores = [revision.fields for revision in older] + [None] * (len(shown) - len(older))
    return [
        Version(
            revision,
            differences_since(before, revision) if before is not None else [],
            is_current=page.number == 1 and number == 0,
            is_first=before is None,
        )
        for number, (revision, before) in enumerate(zip(shown, befores, strict=True))
    ]
