"""Deleting workouts, listing the deleted ones, and bringing them back."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workouts.deleted import KEPT, Deleted
from workouts.saving import Conflict, delete_workout, restore_workout
from workouts.views.access import AthleteRequest, signed_in, signed_in_then

DELETED_PER_PAGE = 30


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
    messages.success(request, _("The workout is back."))
    return redirect(workout)


@signed_in
@require_safe
def deleted_list(request: AthleteRequest) -> HttpResponse:
    """What was deleted and can be brought back, with its text. 5 queries."""
    athlete, now = request.user.athlete, timezone.now()
    deleted = athlete.workouts.deleted().last_deleted_first().with_entries()
    page = Paginator(deleted, DELETED_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [Deleted.of(workout, athlete=athlete, at=now) for workout in page],
        "kept_days": KEPT.days,
    }
    return render(request, "workouts/deleted.html", context)
