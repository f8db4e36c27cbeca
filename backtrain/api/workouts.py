"""The athlete's workouts. What is sent is read as the log reads it, and saved by the same verbs."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from backtrain.api.access import ReadingToken, not_found, not_modified
from backtrain.api.reading import problems_of, read, read_structured
from backtrain.api.schemas import (
    ChangedWorkout,
    Conflicting,
    Message,
    NewWorkout,
    NotebookIn,
    Read,
    Refusal,
    Saved,
    TextIn,
    WantedWorkouts,
    WorkoutIn,
    WorkoutOut,
    Workouts,
)
from workouts.data.exporting import workout_document
from workouts.known import Known
from workouts.models import Athlete, Workout
from workouts.models.log import WorkoutQuerySet
from workouts.reading import Draft
from workouts.saving import (
    Conflict,
    delete_workout,
    log_notebook,
    log_workout,
    restore_workout,
    revise_workout,
)
from workouts.views.access import AthleteRequest

OTHER_CONTENT = "This id has a workout with other content. Nothing was written."
CHANGED = "It was changed since that revision. Nothing was written."
BEGAN_THEN = "Another workout began at that time. Nothing was brought back."
router = Router()


@router.get("/workouts/", response=Workouts)
def workouts(
    request: AthleteRequest,
    response: HttpResponse,
    wanted: Query[WantedWorkouts],
) -> Any:
    """The newest first, of all days or from `since` to `until`."""
    if known := not_modified(request, response):
        return known
    found = wanted.among(request.user.athlete.workouts.live(), day="day")
    rows = _whole(found).newest_first()[wanted.offset : wanted.offset + wanted.limit]
    return {"count": found.count(), "workouts": [_document(each) for each in rows]}


@router.post("/workouts/read/", auth=ReadingToken(), response={200: Read, 422: Refusal})
def read_text(request: AthleteRequest, sent: TextIn) -> Any:
    """How a text reads, without saving anything."""
    reading = read(request, sent, Known(request.user, None))
    return {
        "is_ready": reading.is_ready,
        "problems": problems_of(reading),
        "workouts": [draft.text for draft in reading.drafts],
    }


@router.post(
    "/workouts/",
    response={200: WorkoutOut, 201: WorkoutOut, 409: Conflicting, 422: Refusal},
)
def log(request: AthleteRequest, sent: NewWorkout) -> Any:
    """Log a workout. The same one again is answered with 200 and changes nothing."""
    athlete = request.user.athlete
    draft = _draft(request, sent)
    try:
        saved, is_new = log_workout(athlete=athlete, key=sent.id, draft=draft)
    except Conflict as conflict:
        return _conflicting(athlete, conflict, OTHER_CONTENT)
    return Status(201 if is_new else 200, _stored(athlete, saved.pk))


@router.post("/notebook/", response={200: Saved, 409: Conflicting, 422: Refusal})
def log_days(request: AthleteRequest, sent: NotebookIn) -> Any:
    """Log a text with many days, all of them or none. Days that are there already stay."""
    athlete = request.user.athlete
    reading = read(request, sent, Known(request.user, None), key=sent.id, must_be_ready=True)
    try:
        logged = log_notebook(athlete=athlete, key=sent.id, drafts=reading.drafts)
    except Conflict as conflict:
        return _conflicting(athlete, conflict, OTHER_CONTENT)
    rows = _whole(athlete.workouts.filter(pk__in=[each.pk for each, _ in logged])).oldest_first()
    return {"new": sum(is_new for _, is_new in logged), "workouts": map(_document, rows)}


@router.get("/workouts/{uuid:key}/", response={200: WorkoutOut, 404: Message})
def workout(request: AthleteRequest, response: HttpResponse, key: uuid.UUID) -> Any:
    """One workout, with its text."""
    if known := not_modified(request, response):
        return known
    return _stored(request.user.athlete, key)


@router.put(
    "/workouts/{uuid:key}/",
    response={200: WorkoutOut, 404: Message, 409: Conflicting, 422: Refusal},
)
def change(request: AthleteRequest, key: uuid.UUID, sent: ChangedWorkout) -> Any:
    """Replace what is in a workout, if it is still at the `revision` that the change begins at."""
    athlete = request.user.athlete
    stored = _whole(athlete.workouts.live()).filter(pk=key).first()
    if stored is None:
        raise not_found("workout")
    here = sent.model_copy(update={"time_zone": sent.time_zone or stored.time_zone})
    draft = _draft(request, here, stored)
    try:
        revise_workout(athlete=athlete, key=key, revision=sent.revision, draft=draft)
    except Conflict as conflict:
        return _conflicting(athlete, conflict, CHANGED)
    except Workout.DoesNotExist as gone:
        raise not_found("workout") from gone
    return _stored(athlete, key)


@router.delete("/workouts/{uuid:key}/", response={204: None, 404: Message})
def delete(request: AthleteRequest, key: uuid.UUID) -> Any:
    """Delete a workout. It can be restored for as long as on the site."""
    if not delete_workout(athlete=request.user.athlete, key=key, at=timezone.now()):
        raise not_found("workout")
    return Status(204, None)


@router.post(
    "/workouts/{uuid:key}/restore/",
    response={200: WorkoutOut, 404: Message, 409: Conflicting},
)
def restore(request: AthleteRequest, key: uuid.UUID) -> Any:
    """Bring a deleted workout back, unless another one began at the same time."""
    athlete = request.user.athlete
    try:
        if not restore_workout(athlete=athlete, key=key):
            raise not_found("deleted workout")
    except Conflict as conflict:
        return _conflicting(athlete, conflict, BEGAN_THEN)
    return _stored(athlete, key)


def _draft(request: AthleteRequest, sent: WorkoutIn, stored: Workout | None = None) -> Draft:
    """Raises Refused."""
    return read_structured(request, sent, Known(request.user, stored)).drafts[0]


def _whole(found: WorkoutQuerySet) -> WorkoutQuerySet:
    return found.select_related("weighing", "routine").with_entries()


def _stored(athlete: Athlete, key: uuid.UUID) -> dict[str, Any]:
    found = _whole(athlete.workouts.live()).filter(pk=key).first()
    if found is None:
        raise not_found("workout")
    return _document(found)


def _document(one: Workout) -> dict[str, Any]:
    return {**workout_document(one), "revision": one.revision, "text": one.text}


def _conflicting(athlete: Athlete, conflict: Conflict, detail: str) -> Status[Any]:
    return Status(409, {"detail": detail, "stored": _stored(athlete, conflict.current.pk)})
