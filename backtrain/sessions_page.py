"""Where an athlete is signed in, and signing out there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from backtrain.sessions import end_session, end_sessions, sessions_of
from workouts.audit import record
from workouts.views.access import AthleteRequest, signed_in


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: AthleteRequest) -> HttpResponse:
    """All of them, this one marked. 1 query."""
    if request.method == "POST":
        return _sign_out(request)
    athlete = request.user.athlete
    places = [
        {
            "browser": _in_words(session.browser),
            "handle": session.handle,
            "is_this": session.session_key == request.session.session_key,
            "last_seen": timezone.make_naive(session.last_seen_at, athlete.zone),
        }
        for session in sessions_of(request.user)
    ]
    return render(request, "account/sessions.html", {"places": places})


def _in_words(browser: str) -> str:
    """What ``browser_name`` made of a user agent, in the language of the page."""
    name, on, device = browser.partition(" on ")
    if not on:
        return browser or _("An unknown browser")
    if name == "A browser":
        return _("A browser on %(device)s") % {"device": device}
    return _("%(browser)s on %(device)s") % {"browser": name, "device": device}


def _sign_out(request: AthleteRequest) -> HttpResponse:
    """In the place that the form names, or everywhere else."""
    if "others" in request.POST:
        count = end_sessions(request.user, but=request.session.session_key)
        record("sessions-ended", user=request.user.pk)
        said = ngettext(
            "Signed out in %(count)s other place.", "Signed out in %(count)s other places.", count
        )
        messages.success(request, said % {"count": count})
    elif end_session(request.user, handle=request.POST.get("session", "")):
        record("sessions-ended", user=request.user.pk)
        messages.success(request, _("Signed out there."))
    return redirect("sessions")
