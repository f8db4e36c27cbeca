"""Saving what a log form has."""

import logging

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from exercises.translating import in_words
from workouts.drafts import DraftChanged, draft_taken, versions_in
from workouts.forms.log import GridForm, WorkoutForm, wanted_anyway
from workouts.known import Known
from workouts.models import Workout
from workouts.models.athlete import Unsaved
from workouts.reading import NotebookReading
from workouts.routines.starting import started_from
from workouts.saving import Conflict, log_notebook, log_workout, revise_workout
from workouts.views.access import AthleteRequest
from workouts.views.log.drafts import show_other
from workouts.views.log.grid import problems_of, said_of_undone
from workouts.views.log.reading import preview
from workouts.views.log.session import with_minutes
from workouts.views.log.showing import show, show_conflict

BLANK = _lazy("Tick the sets that you did, or type them.")
logger = logging.getLogger(__name__)


def save(
    request: AthleteRequest, form: WorkoutForm, reading: NotebookReading, workout: Workout | None
) -> HttpResponse:
    athlete = request.user.athlete
    drafts = reading.drafts if workout else with_minutes(form, reading)
    if not reading.is_ready or problems_of(form):
        if reading.is_blank and not problems_of(form):
            form.add_error(
                "text",
                BLANK if isinstance(form, GridForm) else list(map(in_words, reading.problems)),
            )
        return show(request, form, workout=workout, reading=reading, status=422)
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
                message, page = _("Changes saved."), saved.get_absolute_url()
            else:
                started = started_from(athlete, form.cleaned_data)
                saved, is_new = log_workout(
                    athlete=athlete, key=key, draft=drafts[0], started=started
                )
                message = _("Workout saved.") if is_new else _("This workout was saved already.")
                page = saved.get_absolute_url()
    except Conflict as conflict:
        return show_conflict(request, form, conflict.current)
    except DraftChanged as changed:
        return show_other(request, workout, changed)
    except IntegrityError:  # an exercise was deleted or merged since its name was read
        logger.exception("A workout could not be saved.")
        return _show_outdated(request, form, workout)
    if known and not workout:
        athlete.unsaved = Unsaved()
    messages.success(request, f"{message} {said_of_undone(form)}".rstrip())
    return redirect(page)


def _show_outdated(
    request: AthleteRequest, form: WorkoutForm, workout: Workout | None
) -> HttpResponse:
    """How the text reads now."""
    reading = preview(request, form, Known(request.user, workout))
    form.add_error(
        "text",
        _(
            "An exercise was deleted or merged while this was saved. See how it reads now; nothing"
            " is lost."
        ),
    )
    return show(request, form, workout=workout, reading=reading, status=409)


def _saved(new: int, all_days: int) -> str:
    """How many workouts of a notebook were saved, and how many were left out."""
    there = all_days - new
    saved = ngettext("%(count)s workout saved", "%(count)s workouts saved", new) % {"count": new}
    if not there:
        return f"{saved}."
    left_out = ngettext(
        "%(count)s day was there already", "%(count)s days were there already", there
    )
    return f"{saved}; {left_out % {'count': there}}."
