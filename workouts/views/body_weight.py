"""The athlete's body weight: weigh, correct, delete and undo, and see how it goes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exercises.languages import shown_day, shown_number
from workouts.body_weight_page import BodyWeightPage
from workouts.forms.body_weight import BodyWeightForm, GoalForm
from workouts.models import BodyWeight
from workouts.views.access import AthleteRequest, kept_post, signed_in, signed_in_then
from workouts.weighings import (
    DayTaken,
    DeletedWeighing,
    change_body_weight,
    delete_body_weight,
    record_body_weight,
    restore_body_weight,
)

WEIGHINGS_PER_PAGE = 20
DELETED = "deleted_weighings"  # in the session, the last one last
MOST_DELETED = 20  # that can be brought back


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def body_weight(request: AthleteRequest) -> HttpResponse:
    """Weigh, and see how it goes. 6 queries."""
    form = _form(request, request.POST or kept_post(request))
    if request.method == "POST" and form.is_valid():
        weighing = record_body_weight(athlete=request.user.athlete, **form.weighed)
        messages.success(request, _saved(weighing))
        return redirect("body-weight")
    return _page(request, form=form, status=422 if request.method == "POST" else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AthleteRequest, pk: int) -> HttpResponse:
    """Correct a weighing, maybe its day."""
    athlete = request.user.athlete
    weighing = get_object_or_404(athlete.body_weights, pk=pk)
    form = _form(request, request.POST or kept_post(request), weighing=weighing)
    if request.method == "POST" and form.is_valid():
        weighing = change_body_weight(athlete=athlete, key=pk, **form.weighed)
        messages.success(request, _saved(weighing))
        return redirect("body-weight")
    context = {"form": form, "weighing": weighing, "is_kept": kept_post(request) is not None}
    status = 422 if request.method == "POST" else 200
    return render(request, "workouts/body_weight_edit.html", context, status=status)


@signed_in_then("body-weight")
@require_POST
def delete(request: AthleteRequest, pk: int) -> HttpResponse:
    """Delete a weighing; the page offers to bring it back."""
    try:
        deleted = delete_body_weight(athlete=request.user.athlete, key=pk)
    except BodyWeight.DoesNotExist as gone:
        raise Http404("There is no such weighing, or no longer.") from gone
    kept = [*request.session.get(DELETED, []), deleted.as_json()]
    request.session[DELETED] = kept[-MOST_DELETED:]
    return redirect(f"{reverse('body-weight')}?deleted={deleted.on}")


@signed_in_then("body-weight")
@require_POST
def restore(request: AthleteRequest) -> HttpResponse:
    """Undo the deletion of the day that is posted as ``on``, or else the last one, if that day has
    not been weighed again since.
    """
    wanted = request.POST.get("on")
    found = [one for one in _deleted(request) if wanted in (None, str(one.on))]
    if not found:
        messages.info(request, _("There is nothing to bring back any more."))
        return redirect("body-weight")
    try:
        restore_body_weight(athlete=request.user.athlete, deleted=found[0])
    except DayTaken as taken:
        message = _("That day has %(weight)s by now. Nothing was changed.")
        messages.info(request, message % {"weight": shown_number(taken.weighing.shown)})
    else:
        messages.success(request, _("The weight is back."))
        kept = request.session[DELETED]
        request.session[DELETED] = [one for one in kept if one != found[0].as_json()]
    return redirect("body-weight")


@signed_in
@require_POST
def goal(request: AthleteRequest) -> HttpResponse:
    """Set a goal, or none."""
    form = GoalForm(request.POST, instance=request.user.athlete)
    if form.is_valid():
        athlete = form.save()
        messages.success(
            request, _("Goal saved.") if athlete.goal_weight else _("Goal taken away.")
        )
        return redirect("body-weight")
    request.user.athlete.refresh_from_db()
    return _page(request, form=_form(request, None), goal_form=form, status=422)


def _saved(weighing: BodyWeight) -> str:
    day = shown_day(weighing.weighed_on, "j F Y")
    return _("%(weight)s on %(day)s: saved.") % {"weight": shown_number(weighing.shown), "day": day}


def _deleted(request: AthleteRequest) -> list[DeletedWeighing]:
    """What can be brought back, the last one first."""
    return [DeletedWeighing.from_json(one) for one in reversed(request.session.get(DELETED, []))]


def _form(request: AthleteRequest, data: Any, **options: Any) -> BodyWeightForm:
    athlete = request.user.athlete
    today = athlete.day_at(timezone.now())
    return BodyWeightForm(data, athlete=athlete, today=today, **options)


def _page(
    request: AthleteRequest,
    *,
    form: BodyWeightForm,
    goal_form: GoalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    athlete = request.user.athlete
    page = Paginator(athlete.body_weights.all(), WEIGHINGS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    asked = request.GET.get("range", "")
    deleted = _deleted(request)
    said = [one for one in deleted if str(one.on) == request.GET.get("deleted")][:1]
    context = {
        "form": form,
        "goal_form": goal_form or GoalForm(instance=athlete),
        "page": page,
        "weights": BodyWeightPage.of(athlete, today=form.today, chosen=asked),
        "said": said,
        "deleted": [one for one in deleted if one not in said],
        "is_kept": kept_post(request) is not None,
    }
    return render(request, "workouts/body_weight.html", context, status=status)
