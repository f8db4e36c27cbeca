"""Reading, deleting and restoring workouts."""

import uuid

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workouts.models import Workout
from workouts.saving import delete_workout, restore_workout
from workouts.views.access import AthleteRequest

WORKOUTS_PER_PAGE = 30


@login_required
@require_safe
def workout_list(request: AthleteRequest) -> HttpResponse:
    """All workouts by month, newest first, a page at a time. 4 queries."""
    workouts = request.user.athlete.workouts.live().newest_first().with_exercises()
    context = {
        "page": Paginator(workouts, WORKOUTS_PER_PAGE).get_page(request.GET.get("page")),
        "deleted": _just_deleted(request),
    }
    return render(request, "workouts/workout_list.html", context)


@login_required
@require_safe
def workout_detail(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """One workout as it was done. 4 queries."""
    workout = get_object_or_404(request.user.athlete.workouts.live().with_entries(), pk=pk)
    return render(request, "workouts/workout_detail.html", {"workout": workout})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then put the workout aside; the history offers to bring it back."""
    athlete = request.user.athlete
    workout = get_object_or_404(athlete.workouts.live(), pk=pk)
    if request.method == "POST":
        delete_workout(athlete=athlete, key=pk, at=timezone.now())
        return redirect(f"{reverse('workouts:list')}?deleted={pk}")
    return render(request, "workouts/workout_delete.html", {"workout": workout})


@login_required
@require_POST
def restore(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo a deletion."""
    athlete = request.user.athlete
    restore_workout(athlete=athlete, key=pk)
    return redirect(get_object_or_404(athlete.workouts.live(), pk=pk))


def _just_deleted(request: AthleteRequest) -> Workout | None:
    """The workout that ``?deleted=`` offers to restore."""
    try:
        key = uuid.UUID(request.GET.get("deleted", ""))
    except ValueError:
        return None
    return request.user.athlete.workouts.deleted().filter(pk=key).first()
