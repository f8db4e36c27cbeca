"""Who may use what is for staff alone, and where those are sent who may not yet.

A password can be guessed, read over a shoulder or used twice, so with STAFF_SECOND_FACTOR it opens
nothing but an athlete's own pages. What counts is the session: one that was begun before the
account had a second factor, by whomever, has to show it too.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

GOAL = "staff_goal"  # the session's key for where someone was going who had to set a factor up

View = Callable[..., HttpResponse]


def is_staff(request: HttpRequest) -> bool:
    """Whether this is an account of staff, whatever its session has shown so far."""
    return bool(request.user.is_active and request.user.is_staff)


def may_work(request: HttpRequest) -> bool:
    """Whether this session may use what is for staff. At most 1 query a request."""
    if not (is_staff(request) and settings.STAFF_SECOND_FACTOR):
        return is_staff(request)
    kept = vars(request)
    if "has_second_factor" not in kept:
        kept["has_second_factor"] = _has_shown_second_factor(request)
    return bool(kept["has_second_factor"])


def _has_shown_second_factor(request: HttpRequest) -> bool:
    """One that the account still has; a factor taken away takes its sessions' powers along."""
    user: Any = request.user
    records = get_authentication_records(request, user)
    shown = [record.get("id") for record in records if record["method"] == "mfa"]
    has_it: bool = Authenticator.objects.filter(user=user, pk__in=shown).exists()
    if has_it and request.session.get(GOAL):
        del request.session[GOAL]
    return has_it


def sent_for_second_factor(request: HttpRequest, *, goal: str) -> HttpResponse:
    """To the page where staff show their second factor, or set one up, and then go on to ``goal``.

    One who has none yet finds the way on beside the new recovery codes.
    """
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': goal})}")
    request.session[GOAL] = goal
    messages.info(
        request,
        _(
            "Whoever works on the site signs in with a second factor. Set yours up here; then you"
            " go on to where you were going."
        ),
    )
    return redirect("mfa_index")


def for_staff(view: View) -> View:
    """For pages of those who work on the site; for anyone else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.DEBUG or may_work(request):
            return view(request, *args, **kwargs)
        if is_staff(request):
            return sent_for_second_factor(request, goal=request.get_full_path())
        raise Http404("Only those who work on Backtrain see this.")

    return guarded


@receiver(authenticator_added)
def count_setting_up_as_shown(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Setting a factor up takes a code of it, so the session need not ask for another."""
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
