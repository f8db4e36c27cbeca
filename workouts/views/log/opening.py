"""Opening the log form: for a new workout, to edit one, to do one again."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from exercises.models import Exercise
from exercises.page_cache import UNSAVED_COOKIE
from workouts.forms.log import GridForm, NotebookForm, WorkoutForm
from workouts.grid.fields import Grid, NotInGridError
from workouts.known import Known
from workouts.models import Athlete, Routine, Workout, WorkoutDraft
from workouts.models.athlete import Unsaved
from workouts.models.drafts import new_draft
from workouts.models.history import last_ones
from workouts.models.one_workout import one_workout
from workouts.routines.page import planned_exercises
from workouts.routines.starting import Start, routine_asked_for, start_grid, start_text
from workouts.text_format import WorkoutText, print_workout
from workouts.views.access import AthleteRequest, kept_post, live_workout_or_404, signed_in
from workouts.views.log.answering import answer
from workouts.views.log.grid import (
    GRID,
    NOTHING_BEGUN,
    TEXT,
    Begun,
    form_of,
    offered,
    wanted_view,
    with_exercise,
)
from workouts.views.log.reading import preview
from workouts.views.log.session import begun_now
from workouts.views.log.showing import show, show_as_grid, show_deleted

EARLIER_SHOWN = 4
WITHOUT_DRAFT = "blank"  # in the address: the form as a device keeps it (ADR 16)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AthleteRequest) -> HttpResponse:
    """The log form: preview as often as you like, then save. With ``?start`` a session begins."""
    if (posted := kept_post(request)) or request.method == "POST":
        return answer(request, posted or request.POST, workout=None)
    slug = request.GET.get("exercise", "").replace("\x00", "")  # which PostgreSQL can't look up
    exercise = None
    if slug:
        exercise = Exercise.objects.named(slug, user=request.user) or (
            Exercise.objects.catalogue().renamed(slug)
        )
    athlete = request.user.athlete = Athlete.objects.who_asks(request.user.pk)
    begun = Begun.of(exercise, request.GET.get("sets", ""))
    if routine := routine_asked_for(athlete, request.GET.get("routine", "")):
        if under_way := _session_of(request, routine):
            return _go_on(request, under_way)
        return _start(request, routine)
    draft = new_draft(athlete.pk) if athlete.unsaved.is_begun else None
    if draft and WITHOUT_DRAFT not in request.GET:
        return _go_on(request, draft, begun=begun)
    form: WorkoutForm
    usual = GRID if "start" in request.GET else TEXT
    if wanted_view(request, usual=usual) == GRID:
        grid = Grid((begun.block(1),))
        known = Known(request.user, None)
        form = GridForm(initial=_fresh(request), grid=grid, known=known)
    else:
        form = NotebookForm(initial=_fresh(request, text=begun.line))
    earlier = () if exercise else last_ones(athlete.pk, EARLIER_SHOWN)
    return show(request, form, earlier=earlier, name=begun.name)


def _session_of(request: AthleteRequest, routine: Routine) -> WorkoutDraft | None:
    """The session of a routine that is under way, if this device knows of any. Then 1 query."""
    if request.COOKIES.get(UNSAVED_COOKIE) != Unsaved(is_session=True).word:
        return None
    draft = new_draft(request.user.athlete.pk)
    return draft if draft and draft.posted.get("routine") == str(routine.pk) else None


def _start(request: AthleteRequest, routine: Routine) -> HttpResponse:
    """The log form with the exercises of a routine, each with the sets to do next."""
    athlete = request.user.athlete
    known = Known(request.user, None)
    planned = planned_exercises(athlete, routine, known.equipment)
    initial = _fresh(request) | {"routine": routine.pk, "plan": routine.text}
    form: WorkoutForm
    if wanted_view(request, usual=GRID) == GRID:
        grid = start_grid(routine, planned, unit=athlete.unit)
        form = GridForm(initial=initial, grid=grid, known=known)
    else:
        header = print_workout(WorkoutText(initial["day"], initial["time"], routine.name))
        form = NotebookForm(initial=initial | {"text": f"{header}\n{start_text(planned)}"})
    return show(request, form, started=Start(routine, planned))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """The same form with a stored workout's text. One that was deleted since is given back."""
    workout = one_workout(request.user.athlete.pk, pk)
    if workout is None:
        raise Http404("There is no such workout.")
    posted = kept_post(request) or (request.POST if request.method == "POST" else None)
    if workout.deleted_at:
        if posted is None:
            raise Http404("This workout is deleted.")
        return show_deleted(request, posted, workout)
    if posted is not None:
        return answer(request, posted, workout=workout)
    draft = request.user.athlete.drafts.about(pk) if workout.has_draft else None
    if draft and draft.posted.get("revision") == str(workout.revision):
        return _go_on(request, draft, workout=workout)
    stored, known = WorkoutForm(_stored(workout)), Known(request.user, workout)
    reading = preview(request, stored, known, is_stored=True)
    if reading and wanted_view(request) == GRID:
        return show_as_grid(request, stored, reading, known, workout=workout, outdated=draft)
    return show(request, stored, workout=workout, reading=reading, outdated=draft)


@signed_in
@require_safe
def copy(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """The log form with the text of an earlier workout, to do again today."""
    athlete = request.user.athlete
    workout = live_workout_or_404(athlete, pk)
    initial = _fresh(request)
    again = replace(workout.as_text(), minutes=None, notes="", day=None, time=None, title="")
    if workout.title:
        again = replace(again, day=initial["day"], time=initial["time"], title=workout.title)
    initial["text"] = print_workout(again)
    if workout.routine and not workout.routine.deleted_at:
        initial |= {"routine": workout.routine.pk, "plan": workout.plan}
    form, known = NotebookForm(initial), Known(request.user, None)
    if wanted_view(request, usual=GRID) == GRID:
        try:
            grid = GridForm(initial, grid=offered(again, known), known=known)
        except NotInGridError as error:
            form.add_error("text", str(error))
        else:
            reading = preview(request, grid, known)
            return show(request, grid, copied=workout, reading=reading)
    reading = preview(request, WorkoutForm(initial), known, is_stored=True)
    return show(request, form, copied=workout, reading=reading)


def _go_on(
    request: AthleteRequest,
    draft: WorkoutDraft,
    *,
    workout: Workout | None = None,
    begun: Begun = NOTHING_BEGUN,
) -> HttpResponse:
    """The form as it was left, on whatever device, with another exercise to fill in."""
    known = Known(request.user, workout)
    form = with_exercise(form_of(draft.posted, workout, known), begun)
    reading = preview(request, form, known)
    return show(request, form, workout=workout, reading=reading, draft=draft, name=begun.name)


def _fresh(request: AthleteRequest, *, text: str = "") -> dict[str, Any]:
    athlete = request.user.athlete
    return {
        "id": uuid.uuid4(),
        **begun_now(athlete, is_start="start" in request.GET),
        "time_zone": athlete.time_zone,
        "text": text,
    }


def _stored(workout: Workout) -> dict[str, Any]:
    return {
        "id": workout.pk,
        "revision": workout.revision,
        "day": workout.day,
        "time": workout.local_start.time(),
        "time_zone": workout.time_zone,
        "text": workout.text,
    }
