"""Who asks: the athlete of a signed-in request. Whoever is not signed in loses no text by it; what
an athlete has seen and nothing has changed since is not drawn again.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from allauth.core import ratelimit
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from exercises.page_cache import cached_for_owner
from workouts.models import Athlete, Workout
from workouts.models.one_workout import one_workout

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SESSION_KEY = "kept_posts"
MOST_KEPT = 3  # forms, the last one of each address
LONGEST_KEPT = 60_000  # characters of a form, as they are sent
KEPT_SECONDS = 24 * 60 * 60  # for whoever does not sign in again
BUTTONS = (
    *("start", "save", "add", "preview", "mine", "replace", "answer", "move"),
    *("keep", "discard", "do"),
)

Arguments = ParamSpec("Arguments")


class AthleteRequest(HttpRequest):
    """The request behind ``signed_in``, as django-htmx extends it."""

    if TYPE_CHECKING:
        user: User
    htmx: HtmxDetails


View = Callable[Concatenate[AthleteRequest, Arguments], HttpResponseBase]


def signed_in(view: View[Arguments]) -> View[Arguments]:
    """As ``login_required``, but what was typed is there again after signing in.

    Whose session has ended posts as a visitor. The form goes into the visitor's session, which
    signing in takes over, and ``kept_post`` finds it.
    """
    return _guarded(view, then="")


def signed_in_then(then: str) -> Callable[[View[Arguments]], View[Arguments]]:
    """``signed_in`` for views that are only posted to: the page to go on with after signing in."""
    return lambda view: _guarded(view, then=then)


def signed_in_script(view: View[Arguments]) -> View[Arguments]:
    """``signed_in`` for what a script asks, which keeps what it has: 401, and no form is kept."""

    @wraps(view)
    def guarded(
        request: AthleteRequest, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        return view(request, *args, **kwargs)

    return cast(View[Arguments], guarded)


def live_workout_or_404(athlete: Athlete, key: uuid.UUID) -> Workout:
    """The athlete's workout, with all that is in it. 3 queries."""
    workout = one_workout(athlete.pk, key)
    if workout is None or workout.deleted_at:
        raise Http404("There is no such workout, or no longer.")
    return workout


def next_page(request: AthleteRequest) -> str:
    """The page of this site to go on with, if the address or the form names one."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_safe else ""


def _guarded(view: View[Arguments], *, then: str) -> View[Arguments]:
    @wraps(view)
    def guarded(
        request: AthleteRequest, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request, reverse(then) if then else request.get_full_path())
        if request.method == "POST":
            forget_post(request)
            if "discard" in request.POST:
                return redirect(request.get_full_path())
        return view(request, *args, **kwargs)

    return cast(View[Arguments], guarded)


def _ask_to_sign_in(request: AthleteRequest, address: str) -> HttpResponse:
    to_sign_in = redirect_to_login(address)
    if not request.htmx:
        if request.method == "POST":
            keep_post(request)
        return to_sign_in
    if request.method != "POST":
        return HttpResponse(status=204)  # a part of a page, which does without
    if request.htmx.target == "preview":
        return render(request, "workouts/signed_out.html")
    keep_post(request)
    return HttpResponseClientRedirect(to_sign_in.url)


def keep_post(request: HttpRequest) -> bool:
    """Put a posted form into the session, if it says whose it is and is not huge. Whether it is.

    Of visitors only so many an hour, as settings.ACCOUNT_RATE_LIMITS says.
    """
    posted = without_buttons(request.POST)
    encoded = posted.urlencode()
    if "owner" not in posted or len(encoded) > LONGEST_KEPT:
        return False
    if not (request.user.is_authenticated or ratelimit.consume(request, action="keep_post")):
        return False
    kept = request.session.get(SESSION_KEY, {})
    kept.pop(request.path, None)
    kept = {**kept, request.path: encoded}
    request.session[SESSION_KEY] = dict(list(kept.items())[-MOST_KEPT:])
    if not request.user.is_authenticated:
        request.session.set_expiry(KEPT_SECONDS)
    return True


def without_buttons(posted: QueryDict) -> QueryDict:
    """What was typed of a form that was sent; where a button has a field's name, it comes last."""
    fields = posted.copy()
    for name in ("csrfmiddlewaretoken", *BUTTONS):
        fields.pop(name, None)
    return fields


def kept_post(request: AthleteRequest) -> QueryDict | None:
    """What its athlete posted to this address when they were not signed in, without buttons."""
    encoded = request.session.get(SESSION_KEY, {}).get(request.path)
    if request.method == "POST" or encoded is None:
        return None
    return QueryDict(encoded)


def forget_post(request: HttpRequest) -> None:
    """The form has been sent again: it is the newer one."""
    kept = request.session.get(SESSION_KEY, {})
    if kept.pop(request.path, None) is not None:
        request.session[SESSION_KEY] = kept


def _versions(request: AthleteRequest) -> tuple[str, ...]:
    """What an athlete's page may show is other where one of these is. 1 query, in which the athlete
    comes along, before whatever the page reads.
    """
    athlete = Athlete.objects.who_asks(request.user.pk)
    request.user.athlete = athlete
    versions = (athlete.version, athlete.catalogue_version, athlete.own_catalogue_version)
    shown = (*versions, athlete.day_at(timezone.now()), *athlete.unsaved)
    return tuple(map(str, shown))


cached_for_athlete = cached_for_owner(_versions)


@receiver(user_logged_in)
def drop_what_others_wrote(request: HttpRequest, user: "User", **_: object) -> None:
    """Someone else may sign in on this device."""
    kept = request.session.get(SESSION_KEY)
    if kept:
        request.session.set_expiry(None)
        request.session[SESSION_KEY] = {
            path: encoded
            for path, encoded in kept.items()
            if QueryDict(encoded).get("owner") == str(user.pk)
        }
