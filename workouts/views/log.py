"""Logging, editing and copying a workout as text."""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exercises.counting import counted
from exercises.models import Exercise, LoadType
from workouts.drafts import AlreadySaved, DraftChanged, TooLong, draft_taken, versions_in
from workouts.forms.log import GridForm, NotebookForm, WorkoutForm, as_dict, wanted_anyway
from workouts.grid.fields import Grid, NotInGridError
from workouts.known import Known
from workouts.lines import unknown_lines, with_meant
from workouts.models import Athlete, Routine, Workout, WorkoutDraft
from workouts.models.history import WorkoutRow, last_ones, recent_names
from workouts.models.one_workout import one_workout
from workouts.own_exercises import BadName, NotAlike, make_own_exercise
from workouts.reading import (
    Draft,
    NotebookReading,
    When,
    answered,
    may_have_weight,
    read_days,
    with_line,
)
from workouts.reckoning.sessions import Session, read_instant
from workouts.routines.page import planned_exercises
from workouts.routines.starting import (
    Start,
    routine_asked_for,
    start_grid,
    start_text,
    started_from,
)
from workouts.saving import (
    Conflict,
    log_notebook,
    log_workout,
    logged_before,
    revise_workout,
)
from workouts.text_format import WorkoutText, print_workout, without_weight
from workouts.views.access import AthleteRequest, kept_post, live_workout_or_404, signed_in
from workouts.views.drafts import draft_key, draft_text, keep_posted, on_top_of, session_of
from workouts.views.log_grid import (
    GRID,
    NOTHING_BEGUN,
    TEXT,
    Begun,
    answered_grid,
    asked_block,
    form_of,
    grid_form,
    grid_page,
    is_switched,
    offered,
    problems_of,
    remember_view,
    said_of_undone,
    text_of,
    wanted_view,
    with_exercise,
)

EARLIER_SHOWN = 4
RECENT_SHOWN = 8
WITHOUT_DRAFT = "blank"  # in the address: the form as a device keeps it (ADR 16)
BLANK = "Tick the sets that you did, or type them."
logger = logging.getLogger(__name__)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AthleteRequest) -> HttpResponse:
    """The log form: preview as often as you like, then save. With ``?start`` a session begins."""
    if (posted := kept_post(request)) or request.method == "POST":
        return _answer(request, posted or request.POST, workout=None)
    slug = request.GET.get("exercise", "").replace("\x00", "")  # which PostgreSQL can't look up
    exercise = None
    if slug:
        exercise = Exercise.objects.named(slug, user=request.user) or (
            Exercise.objects.catalogue().renamed(slug)
        )
    athlete, begun = request.user.athlete, Begun.of(exercise, request.GET.get("sets", ""))
    if routine := routine_asked_for(athlete, request.GET.get("routine", "")):
        return _start(request, routine)
    if (draft := athlete.drafts.about(None)) and WITHOUT_DRAFT not in request.GET:
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
    return _show(request, form, earlier=earlier, name=begun.name)


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
    return _show(request, form, started=Start(routine, planned))


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
        return _show_deleted(request, posted, workout)
    if posted is not None:
        return _answer(request, posted, workout=workout)
    draft = request.user.athlete.drafts.about(pk) if workout.has_draft else None
    if draft and draft.posted.get("revision") == str(workout.revision):
        return _go_on(request, draft, workout=workout)
    stored, known = WorkoutForm(_stored(workout)), Known(request.user, workout)
    reading = _preview(request, stored, known, is_stored=True)
    if reading and wanted_view(request) == GRID:
        return _show_as_grid(request, stored, reading, known, workout=workout, outdated=draft)
    return _show(request, stored, workout=workout, reading=reading, outdated=draft)


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
    form, known = NotebookForm(initial), Known(request.user, None)
    reading = _preview(request, form, known, is_stored=True)
    if reading and wanted_view(request, usual=GRID) == GRID:
        return _show_as_grid(request, form, reading, known, copied=workout)
    return _show(request, form, copied=workout, reading=reading)


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
    reading = _preview(request, form, known)
    return _show(request, form, workout=workout, reading=reading, draft=draft, name=begun.name)


def _keep(request: AthleteRequest, posted: QueryDict, workout: Workout | None) -> HttpResponse:
    """Keep the form as a draft, whatever is in it."""
    form = form_of(posted, workout, Known(request.user, workout))
    try:
        keep_posted(request, posted)
    except (ValueError, TooLong):
        form.is_valid()
        return _show(request, form, workout=workout, status=422)
    except AlreadySaved as saved:
        return _show(request, form, saved=saved.workout, status=409)
    except DraftChanged as changed:
        return _show_other(request, workout, changed)
    messages.success(request, "Draft kept. Go on with it on any of your devices.")
    return redirect("workouts:edit", workout.pk) if workout else redirect("workouts:new")


def _show_other(
    request: AthleteRequest, workout: Workout | None, changed: DraftChanged
) -> HttpResponse:
    """Both texts of a draft; what is sent next takes the other's place, which is known by then."""
    posted, known = request.POST.copy(), Known(request.user, workout)
    if other := changed.current:
        posted["draft"] = f"{posted.get('draft', '')} {other.version}"
    else:
        posted["draft"] = ""
    form = form_of(posted, workout, known)
    reading = _preview(request, form, known)
    return _show(request, form, workout=workout, reading=reading, other=other, status=409)


def _answer(request: AthleteRequest, posted: QueryDict, *, workout: Workout | None) -> HttpResponse:
    """Preview or save what was posted. Whatever is wrong, the form keeps what was typed."""
    if "keep" in posted:
        return _keep(request, posted, workout)
    if "start" in posted and not workout:
        posted = posted.copy()
        posted.update(_now(request.user.athlete, is_start=True))
    known = Known(request.user, workout)
    form = form_of(posted, workout, known)
    reading = _preview(request, form, known)
    if reading is None:
        return _show(request, form, workout=workout, status=422)
    if is_switched(posted):
        return _switch(request, form, reading, known, workout)
    if "mine" in posted:
        return _make_mine(request, form, reading, workout)
    if "add" in posted:
        text = with_line(form.cleaned_data["text"], form.data["add"])
        return _show_again(request, form, text, workout, known)
    if "replace" in posted:
        text = with_meant(form.cleaned_data["text"], reading.lines, form.data["replace"])
        return _show_again(request, form, text, workout, known)
    if "answer" in posted:
        text = answered(form.cleaned_data["text"], reading, form.data["answer"])
        return _show_again(request, form, text, workout, known)
    if "save" in posted:
        return _save(request, form, reading, workout)
    return _show(request, form, workout=workout, reading=reading)


def _switch(
    request: AthleteRequest,
    form: WorkoutForm,
    reading: NotebookReading,
    known: Known,
    workout: Workout | None,
) -> HttpResponse:
    """What is in one view, in the other one."""
    if not isinstance(form, GridForm):
        return _show_as_grid(request, form, reading, known, workout=workout)
    if form.written.problems.keys() & {"title", "minutes", "notes"}:
        return _show(request, form, workout=workout, reading=reading, status=422)
    data = {**as_dict(form.data), "text": text_of(form)}
    as_text = WorkoutForm(data) if workout else NotebookForm(data)
    again = _preview(request, as_text, known, is_stored=True)
    if form.grid.is_logged and (undone := said_of_undone(form)):
        messages.info(request, undone.strip())
    return _show(request, as_text, workout=workout, reading=again)


def _show_as_grid(
    request: AthleteRequest,
    form: WorkoutForm,
    reading: NotebookReading,
    known: Known,
    *,
    workout: Workout | None = None,
    copied: Workout | None = None,
    outdated: WorkoutDraft | None = None,
) -> HttpResponse:
    """A text as a grid; where it can't be one, as it is, with the reason."""
    as_grid: WorkoutForm = form
    again: NotebookReading | None = reading
    try:
        as_grid = grid_form(form, reading, known)
    except NotInGridError as error:
        form.add_error("text", str(error))
    else:
        as_grid.grid = offered(as_grid.grid, known) if copied else as_grid.grid
        again = _preview(request, as_grid, known)
    return _show(request, as_grid, workout=workout, copied=copied, outdated=outdated, reading=again)


def _make_mine(
    request: AthleteRequest, form: WorkoutForm, reading: NotebookReading, workout: Workout | None
) -> HttpResponse:
    """Make an own exercise of the unknown name on the line whose number was posted.

    Where one of the numbers may be a weight it is an exercise with weights, of which the page then
    asks what its line means.
    """
    lines = unknown_lines(reading.lines, form.data["mine"])
    entries = [line.entry for line in lines if line.entry]
    if entries:
        sets = [one for entry in entries for one in entry.sets]
        unit = request.user.athlete.unit
        name = without_weight(entries[0].name)
        is_lift = name != entries[0].name or any(
            may_have_weight(line, reading.lines, unit=unit) for line in lines
        )
        try:
            make_own_exercise(
                owner=request.user,
                name=name,
                like=sets,
                load_type=LoadType.EXTERNAL if is_lift else None,
            )
        except (BadName, NotAlike) as error:
            form.add_error("text", str(error))
            return _show(request, form, workout=workout, reading=reading, status=422)
    known = Known(request.user, workout)
    if isinstance(form, GridForm):
        form = GridForm(form.data, grid=form.grid, known=known)
    again = _preview(request, form, known)
    return _show(request, form, workout=workout, reading=again)


def _show_again(
    request: AthleteRequest,
    form: WorkoutForm,
    text: str,
    workout: Workout | None,
    known: Known,
) -> HttpResponse:
    """The form with a text that was changed by a tap, and how it reads now."""
    data = {**as_dict(form.data), "text": text}
    again = type(form)(data) if not isinstance(form, GridForm) else WorkoutForm(data)
    reading = _preview(request, again, known)
    if isinstance(form, GridForm) and reading:
        again = GridForm(data, grid=answered_grid(form, text, reading), known=known)
        reading = _preview(request, again, known)
    form = again
    status = 422 if reading is None else 200
    return _show(request, form, workout=workout, reading=reading, status=status)


def _save(
    request: AthleteRequest, form: WorkoutForm, reading: NotebookReading, workout: Workout | None
) -> HttpResponse:
    athlete = request.user.athlete
    drafts = reading.drafts if workout else _with_minutes(form, reading)
    if not reading.is_ready or problems_of(form):
        if reading.is_blank and not problems_of(form):
            form.add_error("text", BLANK if isinstance(form, GridForm) else list(reading.problems))
        return _show(request, form, workout=workout, reading=reading, status=422)
    key = workout.pk if workout else form.cleaned_data["id"]
    known = versions_in(form.data.get("draft", ""))
    try:
        with draft_taken(athlete=athlete, key=key, known=known):
            if len(reading.days) > 1:
                logged = log_notebook(
                    athlete=athlete, key=key, drafts=drafts, anyway=wanted_anyway(form.data)
                )
                message = _saved(sum(is_new for _, is_new in logged), len(logged))
                page = f"{reverse('workouts:list')}?saved={key}"
            elif workout:
                revision = form.cleaned_data["revision"] or 0
                saved = revise_workout(athlete=athlete, key=key, revision=revision, draft=drafts[0])
                message, page = "Changes saved.", saved.get_absolute_url()
            else:
                started = started_from(athlete, form.cleaned_data)
                saved, is_new = log_workout(
                    athlete=athlete, key=key, draft=drafts[0], started=started
                )
                message = "Workout saved." if is_new else "This workout was saved already."
                page = saved.get_absolute_url()
    except Conflict as conflict:
        return _show_conflict(request, form, conflict.current)
    except DraftChanged as changed:
        return _show_other(request, workout, changed)
    except IntegrityError:  # an exercise was deleted or merged since its name was read
        logger.exception("A workout could not be saved.")
        return _show_outdated(request, form, workout)
    messages.success(request, f"{message}{said_of_undone(form)}")
    return redirect(page)


def _with_minutes(form: WorkoutForm, reading: NotebookReading) -> list[Draft]:
    """What was read; a session's workout is as long as its form says, else as it took."""
    session, drafts = session_of(form), reading.drafts
    if session is None or len(drafts) != 1 or drafts[0].minutes:
        return drafts
    ended_at, now = read_instant(str(form.data.get("ended", ""))), timezone.now()
    if not (ended_at and session.started_at <= ended_at <= now):  # a device's clock may be wrong
        ended_at = now
    minutes = form.cleaned_data.get("minutes") or session.minutes(ended_at)
    return [replace(drafts[0], minutes=minutes)]


def _show_outdated(
    request: AthleteRequest, form: WorkoutForm, workout: Workout | None
) -> HttpResponse:
    """How the text reads now."""
    reading = _preview(request, form, Known(request.user, workout))
    form.add_error(
        "text",
        "An exercise was deleted or merged while this was saved. See how it reads now; nothing is"
        " lost.",
    )
    return _show(request, form, workout=workout, reading=reading, status=409)


def _saved(new: int, all_days: int) -> str:
    """How many workouts of a notebook were saved, and how many were left out."""
    there = all_days - new
    if not there:
        return f"{counted(new, 'workout')} saved."
    return (
        f"{counted(new, 'workout')} saved; {counted(there, 'day was', 'days were')} there already."
    )


def _preview(
    request: AthleteRequest, form: WorkoutForm, known: Known, *, is_stored: bool = False
) -> NotebookReading | None:
    """How a form reads, with the names that saving it will know; None if it isn't valid.

    A text that ``is_stored`` says what it means, whatever was done the last time, as a grid does.
    """
    if not form.is_valid():
        return None
    athlete, cleaned = request.user.athlete, form.cleaned_data
    reading = read_days(
        cleaned["text"],
        index=known.index,
        unit=athlete.unit,
        when=When(cleaned["day"], cleaned["time"], cleaned["time_zone"] or athlete.time_zone),
        notes=cleaned["notes"],
        now=timezone.now(),
        many=isinstance(form, NotebookForm),
        last=None if is_stored or isinstance(form, GridForm) else known.last,
        last_of=None if known.workout else known.last_of,
        logged=known.logged,
    )
    if len(reading.days) == 1:
        return reading
    before = logged_before(athlete=athlete, drafts=reading.drafts)
    logged = (workout is not None for workout in before)
    return reading.with_logged(logged, anyway=wanted_anyway(form.data))


def _fresh(request: AthleteRequest, *, text: str = "") -> dict[str, Any]:
    athlete = request.user.athlete
    return {
        "id": uuid.uuid4(),
        **_now(athlete, is_start="start" in request.GET),
        "time_zone": athlete.time_zone,
        "text": text,
    }


def _now(athlete: Athlete, *, is_start: bool) -> dict[str, Any]:
    """When a workout began that begins now, for its form; of a session also the instant."""
    now = timezone.now()
    local = now.astimezone(athlete.zone).replace(second=0, microsecond=0)
    started = {"started": now.isoformat(timespec="seconds")} if is_start else {}
    return {"day": local.date(), "time": local.time(), **started}


def _stored(workout: Workout) -> dict[str, Any]:
    return {
        "id": workout.pk,
        "revision": workout.revision,
        "day": workout.day,
        "time": workout.local_start.time(),
        "time_zone": workout.time_zone,
        "text": workout.text,
    }


def _show(
    request: AthleteRequest,
    form: WorkoutForm,
    *,
    workout: Workout | None = None,
    copied: Workout | None = None,
    earlier: Iterable[WorkoutRow] = (),
    started: Start | None = None,
    reading: NotebookReading | None = None,
    draft: WorkoutDraft | None = None,
    other: WorkoutDraft | None = None,
    outdated: WorkoutDraft | None = None,
    saved: Workout | None = None,
    name: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form. Beside it: the ``draft`` that it goes on with, ``other`` that another device has
    kept, one that is ``outdated`` by a later revision, or that the form was ``saved`` already;
    and the ``name`` of an exercise that was begun for the athlete.
    """
    is_kept = kept_post(request) is not None
    session = None if workout else session_of(form)
    is_preview = bool(request.htmx) and request.htmx.target == "preview"
    grid = None
    if isinstance(form, GridForm):
        grid = grid_page(form, reading, started, is_summary=is_preview)
    context = {
        "form": form,
        "grid": grid,
        "view": GRID if grid else TEXT,
        "workout": workout,
        "copied": copied,
        "earlier": earlier,
        "started": started,
        "reading": reading,
        "save_label": _save_label(workout, reading, session),
        "recent": () if workout or copied else partial(recent_names, request.user.pk, RECENT_SHOWN),
        "is_refused": status == 422,
        "is_kept": is_kept,
        "draft": draft,
        "other": other,
        "other_text": draft_text(request, other) if other else "",
        "outdated": outdated,
        "outdated_text": draft_text(request, outdated) if outdated else "",
        "outdated_fields": on_top_of(workout, outdated) if workout and outdated else (),
        "saved": saved,
        "session": session,
        "session_minutes": session.minutes(timezone.now()) if session else None,
        "name": name,
        "draft_key": draft_key(request, form["id"].value()),
        "is_fresh": not (request.method == "POST" or copied or started or is_kept),
    }
    if is_preview:
        template = "workouts/grid_answer.html" if grid else "workouts/log.html#preview"
        return render(request, template, context)
    if grid and (block := asked_block(request, grid)):
        return render(request, "workouts/grid_block.html", {**context, "shown": block})
    response = render(request, "workouts/log.html", context, status=status)
    return remember_view(request, response, GRID if grid else TEXT)


def _save_label(
    workout: Workout | None, reading: NotebookReading | None, session: Session | None
) -> str:
    if workout:
        return "Save changes"
    count = reading.to_save if reading else 0
    if count > 1:
        return f"Save {counted(count, 'workout')}"
    return "Finish" if session else "Save workout"


def _show_conflict(request: AthleteRequest, form: WorkoutForm, current: Workout) -> HttpResponse:
    """Both texts, so that nothing is lost; saving again is then on top of the stored revision."""
    data = {**as_dict(form.data), "revision": str(current.revision)}
    context = {"form": WorkoutForm(data), "workout": current, "stored_text": current.text}
    return render(request, "workouts/conflict.html", context, status=409)


def _show_deleted(request: AthleteRequest, posted: QueryDict, workout: Workout) -> HttpResponse:
    """Both texts of a workout that was deleted while it was edited; saved, it is another one."""
    form = form_of(posted, workout, Known(request.user, workout))
    form.is_valid()
    data = {**as_dict(form.data), "id": str(uuid.uuid4())}
    data.pop("revision", None)
    context = {"form": WorkoutForm(data), "workout": workout, "stored_text": workout.text}
    return render(request, "workouts/conflict.html", context, status=409)
