"""Names of exercises while they are typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from workouts.completion import complete
from workouts.own_exercises import names_of
from workouts.views.access import AthleteRequest, signed_in

MOST_TYPED = 100  # characters that are looked at


@signed_in
@require_safe
def names(request: AthleteRequest) -> HttpResponse:
    """Options of a list box: what the name ``q`` may become. 6 queries."""
    athlete = request.user.athlete
    typed = request.GET.get("q", "").replace("\x00", "")[:MOST_TYPED]
    offered = complete(typed, athlete=athlete, index=names_of(request.user))
    today = athlete.day_at(timezone.now())
    return render(request, "workouts/names.html", {"offered": offered, "today": today})
