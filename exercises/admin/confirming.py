"""What is chosen on a list or confirmed is done to what its page showed, or not at all."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from exercises.files.differences import Difference
from exercises.files.revisions import differences_since
from exercises.keys import may_be_key
from exercises.models import Revision

Since = list[tuple[Revision, list[Difference]]]
_Answer = TypeVar("_Answer")


class ConfirmedAdmin(admin.ModelAdmin):
    """Lists and pages that ask again carry in ``newest`` the last version there was, of any row.

    An action leaves alone what was saved since. A page that asks "Are you sure?" shows what was
    saved since, and asks once more.
    """

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return super().changelist_view(request, {"newest": _newest(), **(extra_context or {})})

    @transaction.atomic
    def response_action(
        self, request: HttpRequest, queryset: "QuerySet[Any]", *where: Any
    ) -> HttpResponse | None:
        if request.POST.get("action") == "export_file":
            return super().response_action(request, queryset, *where)
        is_of_all = request.POST.get("select_across", "0") not in ("", "0")
        chosen = None if is_of_all else request.POST.getlist(ACTION_CHECKBOX_NAME)
        since = self._saved_since(request, chosen)
        if "post" in request.POST:
            return self._asked_again(request, queryset, since, *where)
        for last, _ in since:
            self.message_user(
                request,
                f"{last.name} was saved by {last.by} after you opened this list, so it was left"
                " alone. Look at it, then choose again.",
                messages.ERROR,
            )
        queryset = queryset.exclude(pk__in=[last.object_id for last, _ in since])
        return _with(super().response_action(request, queryset, *where), newest=_newest())

    def _asked_again(
        self, request: HttpRequest, queryset: "QuerySet[Any]", since: Since, *where: Any
    ) -> HttpResponse | None:
        if since:
            post = request.POST.copy()
            del post["post"]
            request.POST = post  # type: ignore[assignment]
        response = super().response_action(request, queryset, *where)
        return _with(response, newest=_newest(), since=since)

    @transaction.atomic
    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = unquote(object_id)
        since = self._saved_since(request, [key]) if may_be_key(self.opts.pk, key) else []
        if since:
            request.POST = QueryDict()
        newest = _newest()
        response = super().delete_view(request, object_id, extra_context)
        return _with(response, newest=newest, since=since)

    def _saved_since(self, request: HttpRequest, keys: Collection[Any] | None) -> Since:
        """The rows, locked, that were saved since their page was opened, and what of them changed.

        ``None`` are all rows. 3 queries.
        """
        seen = request.POST.get("newest", "")
        if not may_be_key(Revision._meta.pk, seen):
            return []
        rows = self.model._default_manager.order_by("pk").select_for_update(of=("self",))
        list(rows.filter(pk__in=keys) if keys is not None else rows)
        revisions = Revision.objects.filter(kind=self.opts.model_name).select_related("user")
        later = revisions.filter(pk__gt=seen).order_by("pk")
        saved = list(later.filter(object_id__in=keys) if keys is not None else later)
        last = {each.object_id: each for each in saved}
        first = {each.object_id: each for each in reversed(saved)}
        known = revisions.filter(pk__lte=seen, object_id__in=last)
        before = first | {each.object_id: each for each in known.latest_of_each()}
        return [(now, differences_since(before[pk].fields, now)) for pk, now in last.items()]


def _newest() -> int:
    return Revision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _with(response: _Answer, **context: Any) -> _Answer:
    """A page that asks, with more to show; 409 if something was saved since."""
    if isinstance(response, TemplateResponse):
        response.context_data = {**(response.context_data or {}), **context}
        response.status_code = 409 if context.get("since") else response.status_code
    return response
