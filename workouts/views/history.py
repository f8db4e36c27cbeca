"""Reading, deleting and restoring workouts."""

import uuid
from collections import Counter
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workouts.deleted import KEPT, Deleted
from workouts.forms import Asked, HistoryForm
from workouts.models import Athlete, Workout
from workouts.models.log import WorkoutQuerySet, WorkoutRow
from workouts.muscle_volume import trained_in
from workouts.reckoning.calendar import shades, training_year
from workouts.saving import Conflict, delete_workout, restore_workout
from workouts.views.access import AthleteRequest, signed_in, signed_in_then
from workouts.workout_page import session_page

WORKOUTS_PER_PAGE = 30

Found = dict[uuid.UUID, date]  # workouts by their keys, newest first, each with its day


@signed_in
@require_safe
def workout_list(request: AthleteRequest) -> HttpResponse:
    """A year as a calendar; the workouts by month, newest first, a page at a time. 4 queries.

    One more to search, and one to offer a deleted one back.
    """
    athlete = request.user.athlete
    workouts, today = athlete.workouts.live(), athlete.day_at(timezone.now())
    asked = HistoryForm(request.GET).read()
    found = _found(athlete, asked["q"]) if asked["q"] else None
    per_year = workouts.per_year() if found is None else _per_year(found)
    year = _year_shown(per_year, asked, today)
    of_year = workouts.in_year(year) if found is None else workouts.filter(pk__in=_in(year, found))
    sessions = of_year.as_sessions()
    if asked["month"]:
        page = _whole(of_year.in_month(asked["month"]))
    elif found is not None:
        page = _page_of_found(workouts, _in(asked["year"], found), request)
    else:
        page = _page(of_year if asked["year"] else workouts, per_year, asked, request)
    context = {
        "asked": asked,
        "years": per_year,
        "total": sum(per_year.values()),
        "calendar": training_year(year, sessions, week_start=athlete.week_start, today=today),
        "shades": shades(),
        "page": page,
        "deleted": _just_deleted(request),
    }
    return render(request, "workouts/workout_list.html", context)


@signed_in
@require_safe
def workout_detail(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """One workout as it was done, what it trained, and the way to its neighbours. 6 queries."""
    athlete = request.user.athlete
    workouts = athlete.workouts.live().with_entries().with_neighbours()
    workout = get_object_or_404(workouts, pk=pk)
    context = {
        "workout": workout,
        "session": session_page(athlete, workout),
        "trained": trained_in(workout),
    }
    return render(request, "workouts/workout_detail.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then delete the workout; the history offers to bring it back."""
    athlete = request.user.athlete
    workout = get_object_or_404(athlete.workouts.live(), pk=pk)
    if request.method == "POST":
        delete_workout(athlete=athlete, key=pk, at=timezone.now())
        return redirect(f"{reverse('workouts:list')}?deleted={pk}")
    context = {"workout": workout, "kept_days": KEPT.days}
    return render(request, "workouts/workout_delete.html", context)


@signed_in_then("workouts:deleted")
@require_POST
def restore(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo a deletion; where another workout began at the same time, ask first."""
    athlete = request.user.athlete
    try:
        restore_workout(athlete=athlete, key=pk, beside="beside" in request.POST)
    except Conflict as conflict:
        deleted = get_object_or_404(athlete.workouts.deleted().with_entries(), pk=pk)
        context = {"workout": deleted, "other": conflict.current}
        return render(request, "workouts/restore_conflict.html", context, status=409)
    workout = get_object_or_404(athlete.workouts.live(), pk=pk)
    messages.success(request, "The workout is back.")
    return redirect(workout)


@signed_in
@require_safe
def deleted_list(request: AthleteRequest) -> HttpResponse:
    """What was deleted and can be brought back, with its text. 5 queries."""
    athlete, now = request.user.athlete, timezone.now()
    deleted = athlete.workouts.deleted().last_deleted_first().with_entries()
    page = Paginator(deleted, WORKOUTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [Deleted.of(workout, athlete=athlete, at=now) for workout in page],
        "kept_days": KEPT.days,
    }
    return render(request, "workouts/deleted.html", context)


def _found(athlete: Athlete, words: str) -> Found:
    """The workouts that are about the words. 2 queries."""
    named = athlete.logged_exercises_named(words)
    entries = athlete.entries.filter(exercise__in=named)
    return athlete.workouts.live().about(words, entries=entries)


def _per_year(found: Found) -> dict[int, int]:
    return dict(Counter(day.year for day in found.values()))


def _in(year: int | None, found: Found) -> list[uuid.UUID]:
    """The keys of a year's, or of all."""
    return [pk for pk, day in found.items() if year in (None, day.year)]


def _year_shown(per_year: dict[int, int], asked: Asked, today: date) -> int:
    """The year that is asked for, or the last with workouts."""
    if month := asked["month"]:
        return month.year
    return asked["year"] or next(iter(per_year), today.year)


def _whole(workouts: WorkoutQuerySet) -> Page[WorkoutRow]:
    """All on one page. 2 queries."""
    rows = workouts.newest_first().as_rows()
    return Paginator(rows, len(rows) or 1).get_page(1)


def _page_of_found(
    workouts: WorkoutQuerySet, keys: list[uuid.UUID], request: AthleteRequest
) -> Page[WorkoutRow]:
    """A page of what was found, newest first. 2 queries."""
    page: Page[Any] = Paginator(keys, WORKOUTS_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = workouts.filter(pk__in=page.object_list).newest_first().as_rows()
    return page


def _page(
    workouts: WorkoutQuerySet, per_year: dict[int, int], asked: Asked, request: AthleteRequest
) -> Page[WorkoutRow]:
    """A page of a year or of all, whose number is known. 2 queries."""
    paginator = Paginator(workouts.newest_first(), WORKOUTS_PER_PAGE)
    # A cached property: to count again would be one query more.
    paginator.count = per_year.get(asked["year"], 0) if asked["year"] else sum(per_year.values())
    page: Page[Any] = paginator.get_page(request.GET.get("page"))
    page.object_list = cast(WorkoutQuerySet, page.object_list).as_rows()
    return page


def _just_deleted(request: AthleteRequest) -> Workout | None:
    """The workout that ``?deleted=`` offers to restore."""
    try:
        key = uuid.UUID(request.GET.get("deleted", ""))
    except ValueError:
        return None
    return request.user.athlete.workouts.deleted().filter(pk=key).first()
