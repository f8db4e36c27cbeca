"""The athlete's body weight, by the form of its page."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from backtrain.api.access import not_found, not_modified
from backtrain.api.reading import NOT_READY, problems_in
from backtrain.api.schemas import Days, Message, Refusal, Unconfirmed, WeighingIn, WeighingOut
from workouts.forms.body_weight import BodyWeightForm
from workouts.models import BodyWeight
from workouts.reckoning.weights import plain
from workouts.views.access import AthleteRequest
from workouts.weighings import delete_body_weight, record_body_weight

MOST_AT_ONCE = 1000
router = Router()


@router.get("", response=list[WeighingOut])
def body_weights(
    request: AthleteRequest,
    response: HttpResponse,
    days: Query[Days],
) -> Any:
    """The newest first, at most a thousand."""
    if known := not_modified(request, response):
        return known
    found = days.among(request.user.athlete.body_weights.order_by("-weighed_on"), day="weighed_on")
    return [_document(each) for each in found[:MOST_AT_ONCE]]


@router.put("{day}/", response={200: WeighingOut, 409: Unconfirmed, 422: Refusal})
def weigh(request: AthleteRequest, day: dt.date, sent: WeighingIn) -> Any:
    """Record the weight of a day, or correct it."""
    athlete = request.user.athlete
    fields = {"weight": sent.weight, "unit": sent.unit or athlete.unit, "day": day}
    form = BodyWeightForm(
        {**fields, "confirmed": sent.confirmed},
        athlete=athlete,
        today=athlete.day_at(timezone.now()),
    )
    if form.is_valid():
        return _document(record_body_weight(athlete=athlete, **form.weighed))
    if form.question:
        return Status(409, {"detail": form.question.text, "confirm": form.question.key})
    return Status(422, {"detail": NOT_READY, "problems": problems_in(form)})


@router.delete("{day}/", response={204: None, 404: Message})
def delete(request: AthleteRequest, day: dt.date) -> Any:
    """Delete the weight of a day. Workouts that took it take the one before."""
    athlete = request.user.athlete
    try:
        found = athlete.body_weights.get(weighed_on=day)
        delete_body_weight(athlete=athlete, key=found.pk)
    except BodyWeight.DoesNotExist as gone:
        raise not_found("weighing") from gone
    return Status(204, None)


def _document(one: BodyWeight) -> dict[str, Any]:
    return {"day": one.weighed_on, "weight": plain(one.weight), "unit": one.unit}
