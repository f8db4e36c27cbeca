"""Reading workouts: the history, and one of them."""

import uuid
from functools import cache

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from workouts.forms.history import HistoryForm
from workouts.history_page import history_page
from workouts.models import Workout
from workouts.own_exercises import names_of
from workouts.progress.further_records import further_records
from workouts.progress.history_records import held_records
from workouts.progress.trained_muscles import trained_in
from workouts.reckoning.calendar import shades
from workouts.views.access import (
    AthleteRequest,
    cached_for_athlete,
    live_workout_or_404,
    signed_in,
)
from workouts.workout_page import session_page


@signed_in
@require_safe
@cached_for_athlete
def workout_list(request: AthleteRequest) -> HttpResponse:
    """A year or a month as a calendar, and what it comes to; the workouts by month, newest first,
    a page at a time. At most 8 queries, and one to offer a deleted one back.

    ``?records=1`` marks those that hold records, for 3 queries more; ``part=months`` has the list
    alone, for the page to bring it once it is open.
    """
    athlete, today = request.user.athlete, request.user.athlete.day_at(timezone.now())
    asked = HistoryForm(request.GET).read()
    shown = history_page(athlete, asked, number=request.GET.get("page", ""), today=today)
    is_marked = "records" in request.GET and not asked.is_searched
    records = held_records(athlete, [row.key for row in shown.page]) if is_marked else {}
    context = {"history": shown, "asked": asked, "page": shown.page, "records": records}
    if is_marked and request.GET.get("part") == "months":
        return render(request, "workouts/workout_list.html#months", context)
    context |= {"can_hold": not (is_marked or asked.is_searched), "shades": shades()}
    context |= {"deleted": _just_deleted(request)}
    return render(request, "workouts/workout_list.html", context)


@signed_in
@require_safe
@cached_for_athlete
def workout_detail(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """One workout as it was done, what it trained, and the way to its neighbours. 6 queries, and
    1-2 to know what its plan names and it has not.

    ``?show=records`` has its further records, for 8; ``part=further`` these alone, for the page to
    bring them once it is open.
    """
    athlete = request.user.athlete
    workout = live_workout_or_404(athlete, pk)
    if request.GET.get("show") == "records":
        part = "#further" if request.GET.get("part") == "further" else ""
        context = {"workout": workout, "further": further_records(athlete, workout)}
        return render(request, f"workouts/further_records.html{part}", context)
    context = {
        "workout": workout,
        "session": session_page(athlete, workout, names=cache(lambda: names_of(request.user))),
        "routine": workout.routine,
        "trained": trained_in(workout),
    }
    return render(request, "workouts/workout_detail.html", context)


def _just_deleted(request: AthleteRequest) -> Workout | None:
    """The workout that ``?deleted=`` offers to restore."""
    try:
        key = uuid.UUID(request.GET.get("deleted", ""))
    except ValueError:
        return None
    return request.user.athlete.workouts.deleted().filter(pk=key).first()
