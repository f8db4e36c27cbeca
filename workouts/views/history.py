"""Reading workouts: the history, and one of them."""

import uuid
from datetime import date
from functools import cache
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from workouts.forms.history import Asked, HistoryForm
from workouts.models import Workout, history
from workouts.models.history import EVER, Span, WorkoutRow
from workouts.models.history_search import Found, Hit, as_rows, find
from workouts.own_exercises import names_of
from workouts.progress.trained_muscles import trained_in
from workouts.reckoning.calendar import shades, training_year
from workouts.views.access import (
    AthleteRequest,
    cached_for_athlete,
    live_workout_or_404,
    signed_in,
)
from workouts.workout_page import session_page

WORKOUTS_PER_PAGE = 30


@signed_in
@require_safe
@cached_for_athlete
def workout_list(request: AthleteRequest) -> HttpResponse:
    """A year as a calendar; the workouts by month, newest first, a page at a time. 4 queries.

    One more to search, and one to offer a deleted one back.
    """
    athlete, today = request.user.athlete, request.user.athlete.day_at(timezone.now())
    asked = HistoryForm(request.GET).read()
    found = find(athlete.pk, asked["q"]) if asked["q"] else None
    per_year = history.per_year(athlete.pk) if found is None else found.per_year
    year = _year_shown(per_year, asked, today)
    among = None if found is None else {hit.key for hit in found.on(f"{year}-")}
    workouts = history.for_calendar(athlete.pk, Span.of_year(year), only=among)
    if found is not None:
        page = _page_of_found(found, asked, request)
    elif asked["month"]:
        page = _whole(history.listed(athlete.pk, Span.of_month(asked["month"])))
    else:
        page = _page(per_year, asked, request)
    context = {
        "asked": asked,
        "years": per_year,
        "total": sum(per_year.values()),
        "calendar": training_year(year, workouts, week_start=athlete.week_start, today=today),
        "shades": shades(),
        "words": found.words if found else (),
        "page": page,
        "deleted": _just_deleted(request),
    }
    return render(request, "workouts/workout_list.html", context)


@signed_in
@require_safe
@cached_for_athlete
def workout_detail(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """One workout as it was done, what it trained, and the way to its neighbours. 6 queries, and
    1-2 to know what its plan names and it has not.
    """
    athlete = request.user.athlete
    workout = live_workout_or_404(athlete, pk)
    context = {
        "workout": workout,
        "session": session_page(athlete, workout, names=cache(lambda: names_of(request.user))),
        "routine": workout.routine,
        "trained": trained_in(workout),
    }
    return render(request, "workouts/workout_detail.html", context)


def _year_shown(per_year: dict[int, int], asked: Asked, today: date) -> int:
    """The year that is asked for, or the last with workouts."""
    if month := asked["month"]:
        return month.year
    return asked["year"] or next(iter(per_year), today.year)


def _whole(rows: list[WorkoutRow]) -> Page[WorkoutRow]:
    """All on one page."""
    return Paginator(rows, len(rows) or 1).get_page(1)


def _page_of_found(found: Found, asked: Asked, request: AthleteRequest) -> Page[WorkoutRow]:
    """A page of what was found, or all of a month. At most 2 queries."""
    if month := asked["month"]:
        return _whole(as_rows(found, found.on(f"{month:%Y-%m}")))
    hits = found.on(f"{asked['year']}-" if asked["year"] else "")
    page: Page[Any] = Paginator(hits, WORKOUTS_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = as_rows(found, cast(list[Hit], page.object_list))
    return page


def _page(per_year: dict[int, int], asked: Asked, request: AthleteRequest) -> Page[WorkoutRow]:
    """A page of a year or of all, whose number is known. 2 queries."""
    year = asked["year"]
    span = Span.of_year(year) if year else EVER
    count = per_year.get(year, 0) if year else sum(per_year.values())
    paginator = Paginator(range(count), WORKOUTS_PER_PAGE)
    page: Page[Any] = paginator.get_page(request.GET.get("page"))
    places = cast(range, page.object_list)
    page.object_list = history.listed(
        request.user.athlete.pk, span, start=places.start, stop=places.stop
    )
    return page


def _just_deleted(request: AthleteRequest) -> Workout | None:
    """The workout that ``?deleted=`` offers to restore."""
    try:
        key = uuid.UUID(request.GET.get("deleted", ""))
    except ValueError:
        return None
    return request.user.athlete.workouts.deleted().filter(pk=key).first()
