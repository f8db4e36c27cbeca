"""Progress of the signed-in athlete."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exercises.models import Exercise
from exercises.search.lookup import exercise_at
from workouts.exercise_page import ExercisePage
from workouts.favourites import is_favourite, set_favourite
from workouts.forms.spans import SpanForm
from workouts.models import Athlete
from workouts.progress.all_records import all_records
from workouts.progress.comparison import Comparison
from workouts.progress.exercise import exercise_progress, last_sessions
from workouts.progress.exercise_bests import ExerciseBests
from workouts.progress.logged_exercises import SORTS, logged_exercises
from workouts.progress.overview import SORTS as MUSCLE_SORTS
from workouts.progress.overview import SPAN_LABELS
from workouts.progress.overview import overview as overview_of
from workouts.views.access import (
    AthleteRequest,
    cached_for_athlete,
    next_page,
    signed_in,
)

SESSIONS_AT_HAND = 3
EXERCISES_PER_PAGE = 100
RECORDS_PER_PAGE = 50  # exercises, with some four each


@signed_in
@require_safe
@cached_for_athlete
def overview(request: AthleteRequest) -> HttpResponse:
    """The balance of back and front, each muscle's sets, and what had few. 5 queries."""
    athlete, asked = request.user.athlete, request.GET
    context = {
        "overview": overview_of(
            athlete,
            today=athlete.day_at(timezone.now()),
            span=asked.get("span", ""),
            sort=asked.get("sort", ""),
        ),
        "spans": SPAN_LABELS,
        "sorts": MUSCLE_SORTS,
    }
    return render(request, "progress/overview.html", context)


@signed_in
@require_safe
def exercises(request: AthleteRequest) -> HttpResponse:
    """What the athlete logs, favourites first. 3 queries, one more for what is far back, and two
    more after a write to the catalogue.
    """
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else next(iter(SORTS))
    athlete = Athlete.objects.who_asks(request.user.pk)
    found = logged_exercises(athlete, sort=sort)
    context = {
        "version": athlete.catalogue_version,
        "page": Paginator(found, EXERCISES_PER_PAGE).get_page(request.GET.get("page")),
        "sorts": [(name, label) for name, (label, _) in SORTS.items()],
        "sort": sort,
    }
    return render(request, "progress/exercises.html", context)


@signed_in
@require_safe
@cached_for_athlete
def records(request: AthleteRequest) -> HttpResponse:
    """The records of all exercises, the newest first. 5 queries."""
    found = all_records(request.user.athlete)
    page = Paginator(found, RECORDS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "progress/records.html", {"page": page})


@signed_in
@require_safe
@cached_for_athlete
def exercise(request: AthleteRequest, slug: str) -> HttpResponse:
    """One exercise over time: records, charts, and the sets of its sessions. 7 queries.

    ``?part=own-history`` answers with what the exercise's own page has of it, for 5.
    """
    athlete, subject = request.user.athlete, _exercise(request, slug)
    if subject is None:
        renamed = get_object_or_404(Exercise.objects.filter(owner=None), former_slugs__slug=slug)
        return redirect("progress:exercise", slug=renamed.slug)
    if request.GET.get("part") == "own-history":
        return _own_history(request, subject)
    if other := OTHER_VIEWS.get(request.GET.get("show", "")):
        return other(request, subject)
    today, form = athlete.day_at(timezone.now()), SpanForm(request.GET)
    span, number = form.span(today=today), request.GET.get("page", "")
    shown = ExercisePage.of(athlete, subject, span=span, today=today, number=number)
    context = {"exercise": subject, "shown": shown, "progress": shown.progress, "form": form}
    return render(request, "progress/exercise.html", context)


def _bests(request: AthleteRequest, subject: Exercise) -> HttpResponse:
    """Rep maxes, and the best at each load. 6 queries."""
    bests = ExerciseBests(exercise_progress(request.user.athlete, subject))
    context = {"exercise": subject, "bests": bests}
    return render(request, "progress/exercise_bests.html", context)


def _comparison(request: AthleteRequest, subject: Exercise) -> HttpResponse:
    """The exercise beside the relative that ``?with=`` names. 8 queries."""
    compared = Comparison.of(request.user.athlete, subject, request.GET.get("with", ""))
    context = {"exercise": subject, "compared": compared}
    return render(request, "progress/exercise_comparison.html", context)


OTHER_VIEWS = {"bests": _bests, "compare": _comparison}


def _own_history(request: AthleteRequest, subject: Exercise) -> HttpResponse:
    """The last sessions, and what to do with the exercise."""
    athlete = request.user.athlete
    progress = exercise_progress(athlete, subject)
    context = {
        "exercise": subject,
        "progress": progress,
        "last": last_sessions(progress, SESSIONS_AT_HAND),
        "is_favourite": is_favourite(athlete, subject),
    }
    return render(request, "progress/exercise.html#own-history", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def favourite(request: AthleteRequest, slug: str) -> HttpResponse:
    """Mark an exercise as a favourite, or no longer, as ``favourite=yes`` or ``no`` says.

    The page with the button alone is for who has no script. 5 queries.
    """
    athlete, subject = request.user.athlete, _exercise(request, slug)
    if subject is None:
        raise Http404("There is no such exercise.")
    goal = next_page(request) or subject.get_absolute_url()
    is_small = "small" in request.POST  # a star without its word, in a list
    context: dict[str, Any] = {"exercise": subject, "next": goal, "is_small": is_small}
    if request.method != "POST":
        context["is_favourite"] = is_favourite(athlete, subject)
        return render(request, "progress/favourite.html", context)
    is_now = request.POST.get("favourite") == "yes"
    set_favourite(athlete=athlete, exercise=subject, is_favourite=is_now)
    if request.htmx:
        context["is_favourite"] = is_now
        return render(request, "progress/favourite.html#button", context)
    return redirect(goal)


def _exercise(request: AthleteRequest, slug: str) -> Exercise | None:
    """One that the athlete may log, or has logged."""
    user = request.user
    return exercise_at(slug, user=user) or user.athlete.logged_exercise(slug)
