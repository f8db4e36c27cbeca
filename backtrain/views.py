"""The home page: what this is, for a visitor; today, for an athlete."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exercises.finder import places
from exercises.models import Exercise, Muscle, Region
from workouts.views.access import AthleteRequest

WORKOUTS_SHOWN = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return _athlete_home(cast(AthleteRequest, request))
    context = {
        "places": places(),
        "muscles": Muscle.objects.top_level().filter(region=Region.BACK).with_exercise_counts(),
        "exercises": Exercise.objects.catalogue().exclude(article_place=None).in_article_order(),
    }
    return render(request, "home_visitor.html", context)


def _athlete_home(request: AthleteRequest) -> HttpResponse:
    workouts = request.user.athlete.workouts.live().newest_first().with_exercises()
    context = {
        "places": places(owned=reverse("owned-equipment")),
        "workouts": workouts[:WORKOUTS_SHOWN],
    }
    return render(request, "home_athlete.html", context)


@require_safe
def figure_sheet(request: HttpRequest) -> HttpResponse:
    """All figures of the catalogue on one page, for whoever draws them. 2 queries."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404("Only those who work on Backtrain see this.")
    exercises = Exercise.objects.catalogue().with_targets().order_by("name", "pk")
    return render(request, "styleguide_figures.html", {"exercises": exercises})
