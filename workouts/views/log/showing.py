"""The page of the log form, and that of two versions of a workout."""

import uuid
from collections.abc import Iterable
from functools import partial

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.languages import ENGLISH, active_language, shown_count
from workouts.completion import written_name
from workouts.forms.log import GridForm, WorkoutForm, as_dict
from workouts.grid.fields import NotInGridError
from workouts.known import Known
from workouts.models import Workout, WorkoutDraft
from workouts.models.history import WorkoutRow, recent_exercises
from workouts.own_exercises import names_of
from workouts.reading import NotebookReading
from workouts.reckoning.sessions import Session
from workouts.routines.starting import Start
from workouts.views.access import AthleteRequest, kept_post
from workouts.views.log.grid import (
    GRID,
    TEXT,
    as_text,
    asked_block,
    form_of,
    grid_form,
    grid_page,
    remember_view,
    text_of,
    undone_in,
)
from workouts.views.log.reading import preview
from workouts.views.log.session import session_of

RECENT_SHOWN = 8
DISCARDED = "discarded"  # in the address: the form after its draft went


def show(
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
        "recent": () if workout or copied else partial(_recent_names, request),
        "is_refused": status == 422,
        "is_kept": is_kept,
        "undone": () if grid else undone_in(form),
        "discarded": DISCARDED in request.GET and request.user.athlete.drafts.discarded().first(),
        "draft": draft,
        "other": other,
        "other_text": draft_text(request, other) if other else "",
        "is_another": is_another(request, other),
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


def _recent_names(request: AthleteRequest) -> list[str]:
    """What was done lately, as the athlete would write it, newest first. 1 query, and in another
    language than English those of ``names_of`` and ``exercise_name``.
    """
    exercises = recent_exercises(request.user.pk, RECENT_SHOWN)
    if active_language() == ENGLISH:
        return [name for _slug, name in exercises]
    index = names_of(request.user)
    return [written_name(slug, name, index) for slug, name in exercises]


def _save_label(
    workout: Workout | None, reading: NotebookReading | None, session: Session | None
) -> str:
    if workout:
        return _("Save changes")
    count = reading.to_save if reading else 0
    if count > 1:
        said = {"count": shown_count(count)}
        return ngettext("Save %(count)s workout", "Save %(count)s workouts", count) % said
    return _("Finish") if session else _("Save workout")


def show_as_grid(
    request: AthleteRequest,
    form: WorkoutForm,
    reading: NotebookReading,
    known: Known,
    *,
    workout: Workout | None = None,
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
        again = preview(request, as_grid, known)
    return show(request, as_grid, workout=workout, outdated=outdated, reading=again)


def show_conflict(request: AthleteRequest, form: WorkoutForm, current: Workout) -> HttpResponse:
    """Both texts, so that nothing is lost; saving again is then on top of the stored revision."""
    data = as_text(form) if isinstance(form, GridForm) else as_dict(form.data)
    data |= {"revision": str(current.revision)}
    context = {"form": WorkoutForm(data), "workout": current, "stored_text": current.text}
    return render(request, "workouts/conflict.html", context, status=409)


def show_deleted(request: AthleteRequest, posted: QueryDict, workout: Workout) -> HttpResponse:
    """Both texts of a workout that was deleted while it was edited; saved, it is another one."""
    form = form_of(posted, workout, Known(request.user, workout))
    form.is_valid()
    data = {**as_dict(form.data), "id": str(uuid.uuid4())}
    data.pop("revision", None)
    context = {"form": WorkoutForm(data), "workout": workout, "stored_text": workout.text}
    return render(request, "workouts/conflict.html", context, status=409)


def draft_key(request: AthleteRequest, form_key: object) -> str:
    """What a draft goes by on the device."""
    return f"{request.user.pk}:{form_key}"


def draft_text(request: AthleteRequest, draft: WorkoutDraft) -> str:
    """What was written, in whichever view, to be read beside another text."""
    workout = draft.workout
    form = form_of(draft.posted, workout, Known(request.user, workout))
    if isinstance(form, GridForm) and form.is_valid():
        return text_of(form)
    return str(draft.posted.get("text", ""))


def is_another(request: AthleteRequest, draft: WorkoutDraft | None) -> bool:
    """Whether it was begun as a form of its own; else this very form was changed elsewhere."""
    return draft is not None and str(draft.key) != request.POST.get("id")


def on_top_of(workout: Workout, draft: WorkoutDraft) -> list[tuple[str, str]]:
    """The draft's fields, to be saved on top of the stored revision."""
    fields = {**draft.posted.dict(), "revision": str(workout.revision)}
    return [(name, str(value)) for name, value in fields.items() if name != "owner"]
