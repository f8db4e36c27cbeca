"""The admin's frame: its door, and the way from a row to its page."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from allauth.account.views import login as sign_in
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import (
    BadRequest,
    FieldDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from backtrain.staff import is_staff, may_work, sent_for_second_factor
from exercises.keys import RowsField, may_be_key


class Guarded:
    """What an address or a post says, looked at before Django's admin takes it for good.

    A list takes what its own filters ask for, and nothing else: Django lets through whatever is one
    relation away, so that ``?entries=1`` of exercises would answer questions about athletes' logs.
    What no row or column could hold is a 400 or is left out, as Django does with most of it.
    """

    if TYPE_CHECKING:
        opts: Any
        date_hierarchy: str | None
        get_list_filter: Any

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        offered = {self.date_hierarchy}
        for each in self.get_list_filter(request):
            first = each[0] if isinstance(each, (list, tuple)) else each
            offered.add(getattr(first, "parameter_name", first))
        is_offered = lookup in offered or lookup.partition("__")[0] in offered
        return is_offered and super().lookup_allowed(lookup, value, request)  # type: ignore[misc]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        try:
            return super().get_changelist_instance(request)  # type: ignore[misc,no-any-return]
        except (OverflowError, DataError) as error:
            raise IncorrectLookupParameters(str(error)) from error

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        if "\x00" in search_term:  # PostgreSQL takes it in no text, not even in a question
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)  # type: ignore[misc,no-any-return]

    def response_action(self, request: HttpRequest, queryset: Any) -> Any:
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            if not may_be_key(self.opts.pk, key):
                raise BadRequest("What is chosen is no row's key.")
        return super().response_action(request, queryset)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", RowsField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        return super().get_object(request, object_id, from_field or None)  # type: ignore[misc]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)  # type: ignore[misc]
        return {name: value for name, value in initial.items() if self._may_hold(name, value)}

    def _may_hold(self, name: str, value: Any) -> bool:
        """Whether a form could begin with this value; times would need two fields."""
        try:
            field = self.opts.get_field(name)
            return field.is_relation or not isinstance(field.to_python(value), datetime)
        except (FieldDoesNotExist, ValidationError, ValueError, OverflowError):
            return False


class AdminSite(admin.AdminSite):
    """Django's admin behind the site's own sign-in, with its rate limits and second factor."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """``Guarded``, whoever registers: this site, Django or allauth."""
        base = admin_class or admin.ModelAdmin
        guarded = type(base.__name__, (Guarded, base), {"__module__": base.__module__})
        super().register(model_or_iterable, guarded, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return may_work(request)

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The site's sign-in, whose form posts to its own address; nothing posted here counts."""
        goal = self._goal(request)
        if self.has_permission(request):
            return HttpResponseRedirect(goal)
        if is_staff(request):
            return sent_for_second_factor(request, goal=goal)
        if request.user.is_authenticated:
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return redirect_to_login(goal)
        asked = request.GET.copy()
        asked["next"] = goal
        request.GET = asked  # type: ignore[assignment]
        return cast(HttpResponse, sign_in(request))

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's own page would take any number of guesses at the old password."""
        return redirect("account_change_password")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        row = path(
            "r/<path:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        return [row, *super().get_urls()]

    def view_on_site(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponse:
        """From a row to its page, if whoever asks may see the row here.

        Django's own would tell the address, and with it the name, of any row there is.
        """
        row = self._row(request, content_type_id, unquote(object_id))
        if not hasattr(row, "get_absolute_url"):
            raise Http404("There is no such row, or it has no page.")
        return redirect(row)

    def _row(self, request: HttpRequest, content_type_id: str, object_id: str) -> Any:
        """A row of a list of this admin, None if there is none that may be seen. 2 queries."""
        try:
            model = ContentType.objects.get(pk=int(content_type_id)).model_class()
        except (ValueError, ContentType.DoesNotExist):
            return None
        model_admin: Any = self._registry.get(model) if model else None
        row = model_admin.get_object(request, object_id) if model_admin else None
        return row if row and model_admin.has_view_permission(request, row) else None

    def _goal(self, request: HttpRequest) -> str:
        """Where someone was going, if that is on this site."""
        goal = request.GET.get("next", "")
        hosts = {request.get_host()}
        if goal.startswith("/") and url_has_allowed_host_and_scheme(goal, allowed_hosts=hosts):
            return goal
        return reverse("admin:index", current_app=self.name)
