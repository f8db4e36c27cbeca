"""A year in review, to read, to print, and as a picture to share."""

from datetime import MAXYEAR, MINYEAR

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exercises.drawing.year_card import year_card
from workouts.progress.year import YearReview, year_review, year_text, year_weeks
from workouts.reckoning.calendar import shades
from workouts.views.access import AthleteRequest, cached_for_athlete, signed_in


@signed_in
@require_safe
@cached_for_athlete
def year(request: AthleteRequest, year: int) -> HttpResponse:
    """What a year came to. At most 8 queries."""
    context = {"review": _review(request, year), "shades": shades()}
    return render(request, "progress/year.html", context)


@signed_in
@require_safe
def picture(request: AthleteRequest, year: int) -> HttpResponse:
    """The same as a picture, which nobody gets but whose year it is; with their name for
    ``?name=yes``. At most 8 queries.
    """
    review = _review(request, year)
    name = request.user.get_username() if request.GET.get("name") == "yes" else ""
    weeks = year_weeks(review, week_start=request.user.athlete.week_start)
    levels = review.trained.levels if review.trained else {}
    png = year_card(year_text(review, name=name), weeks, levels)
    return HttpResponse(png, content_type="image/png")


def _review(request: AthleteRequest, year: int) -> YearReview:
    """Raises Http404 for what no calendar has."""
    if not MINYEAR <= year <= MAXYEAR:
        raise Http404("There is no such year.")
    athlete = request.user.athlete
    return year_review(athlete, year, today=athlete.day_at(timezone.now()))
