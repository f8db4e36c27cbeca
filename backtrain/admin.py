"""The admin's frame: its door, and the way from a row to its page."""

from typing import Any, cast

from allauth.account.views import login as sign_in
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from backtrain.staff import is_staff, may_work, sent_for_second_factor


class AdminSite(admin.AdminSite):
    """Django's admin behind the site's own sign-in, with its rate limits and second factor."""

    def has_permission(self, request: HttpRequest) -> bool:
        return may_work(request)

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The site's sign-in, whose form posts to its own address; nothing posted here counts."""
        goal = self._goal(request)
        if self.has_permission(request):
            return redirect(goal)
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

    def _goal(self, request: HttpRequest) -> str:
        """Where someone was going, if that is on this site."""
        goal = request.GET.get("next", "")
        is_here = url_has_allowed_host_and_scheme(
            goal, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return goal if is_here else reverse("admin:index", current_app=self.name)
