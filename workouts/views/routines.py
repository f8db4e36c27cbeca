"""Pages of an athlete's routines."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises.models import Exercise
from exercises.search.lookup import exercise_at
from exercises.translating import in_words
from workouts.forms.routines import RoutineForm
from workouts.known import Known
from workouts.lines import unknown_lines, with_meant
from workouts.models import Routine
from workouts.own_exercises import BadName, make_own_exercise, names_of
from workouts.routine_format import move_entry
from workouts.routines.adding import places_for, with_exercise
from workouts.routines.from_workout import routine_from
from workouts.routines.listing import routine_rows
from workouts.routines.page import routine_page
from workouts.routines.reading import RoutineReading, read_routine
from workouts.routines.saving import (
    NameTaken,
    RoutineConflict,
    copy_routine,
    delete_routine,
    free_name,
    make_routine,
    move_routine,
    restore_routine,
    revise_routine,
)
from workouts.text_format import without_weight
from workouts.views.access import (
    AthleteRequest,
    cached_for_athlete,
    kept_post,
    live_workout_or_404,
    signed_in,
    signed_in_then,
)

MOVES = {"up": -1, "down": 1}


@signed_in
@require_safe
@cached_for_athlete
def routine_list(request: AthleteRequest) -> HttpResponse:
    """What is due today first; ``?order=1`` to put them in another order. 2 queries, one more to
    offer a deleted one back.
    """
    athlete = request.user.athlete
    today = athlete.day_at(timezone.now())
    is_ordering = "order" in request.GET
    context = {
        "today": today,
        "rows": routine_rows(athlete, today=today, is_due_first=not is_ordering),
        "is_ordering": is_ordering,
        "deleted": _just_deleted(request),
    }
    return render(request, "routines/list.html", context)


@signed_in
@require_safe
@cached_for_athlete
def detail(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """What is planned, what was done the last time, and what comes next. 5 queries, and four
    more after a write to the catalogue.
    """
    athlete = request.user.athlete
    routines = athlete.routines.live().with_last_day().with_entries()
    routine, known = get_object_or_404(routines, pk=pk), Known(request.user, None)
    context = {
        "routine": routine,
        "page": routine_page(athlete, routine, known.equipment),
        "version": known.index.version,
        "today": athlete.day_at(timezone.now()),
    }
    return render(request, "routines/detail.html", context)


@signed_in
@require_safe
def add(request: AthleteRequest, slug: str) -> HttpResponse:
    """Choose the routine that gets an exercise; its form opens with a line more. 3 queries."""
    if (exercise := _plannable(request, slug)) is None:
        raise Http404("There is no such exercise.")
    places = places_for(request.user.athlete, exercise)
    return render(request, "routines/add.html", {"exercise": exercise, "places": places})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AthleteRequest) -> HttpResponse:
    """The form of a routine: empty, with what a workout had, or with an exercise to begin with."""
    if (posted := kept_post(request)) or request.method == "POST":
        return _answer(request, posted or request.POST, routine=None)
    initial: dict[str, Any] = {"id": uuid.uuid4()}
    if key := _key(request.GET.get("workout", "")):
        initial |= routine_from(live_workout_or_404(request.user.athlete, key))
        initial["name"] = free_name(request.user.athlete, initial["name"])
    elif added := _added(request):
        return _show_with(request, {"name": "", "weekdays": [], **initial, "text": ""}, added)
    return _show(request, RoutineForm(initial=initial))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """The same form with a stored routine; ``?exercise=`` is added to it, and not saved."""
    routine = get_object_or_404(request.user.athlete.routines.live().with_entries(), pk=pk)
    if (posted := kept_post(request)) or request.method == "POST":
        return _answer(request, posted or request.POST, routine=routine)
    if added := _added(request):
        return _show_with(request, _stored(routine), added, routine=routine)
    form = RoutineForm(_stored(routine))
    return _show(request, form, routine=routine, reading=_read(request, form))


def _added(request: AthleteRequest) -> Exercise | None:
    """The exercise that ``?exercise=`` adds to a form."""
    slug = request.GET.get("exercise", "").replace("\x00", "")  # which PostgreSQL can't look up
    return _plannable(request, slug) if slug else None


def _plannable(request: AthleteRequest, slug: str) -> Exercise | None:
    exercise = exercise_at(slug, user=request.user)
    return None if exercise is None or exercise.is_archived else exercise


def _show_with(
    request: AthleteRequest,
    values: Mapping[str, Any],
    added: Exercise,
    *,
    routine: Routine | None = None,
) -> HttpResponse:
    """The form of these values with the exercise on its last line, not saved yet."""
    form = RoutineForm({**values, "text": with_exercise(values["text"], added)})
    reading = _read(request, form)
    form = _without_errors(form)
    return _show(request, form, routine=routine, reading=reading, context={"added": added})


@signed_in_then("routines:list")
@require_POST
def delete(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete it; the list offers to bring it back."""
    if not delete_routine(athlete=request.user.athlete, key=pk, at=timezone.now()):
        raise Http404("There is no such routine.")
    return redirect(f"{reverse('routines:list')}?deleted={pk}")


@signed_in_then("routines:list")
@require_POST
def restore(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo a deletion."""
    athlete = request.user.athlete
    routine = restore_routine(athlete=athlete, key=pk)
    if routine is None:
        routine = get_object_or_404(athlete.routines.live(), pk=pk)
    messages.success(request, _("“%(name)s” is back.") % {"name": routine.name})
    return redirect(routine)


@signed_in_then("routines:list")
@require_POST
def copy(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """Another one like it, to change."""
    try:
        copied = copy_routine(athlete=request.user.athlete, key=pk)
    except Routine.DoesNotExist as error:
        raise Http404("There is no such routine.") from error
    message = _("Copied as “%(name)s”. Change what should differ.") % {"name": copied.name}
    messages.success(request, message)
    return redirect("routines:edit", copied.pk)


@signed_in_then("routines:list")
@require_POST
def move(request: AthleteRequest, pk: uuid.UUID) -> HttpResponse:
    """Put it one place further up or down."""
    athlete = request.user.athlete
    get_object_or_404(athlete.routines.live(), pk=pk)
    move_routine(athlete=athlete, key=pk, by=MOVES.get(request.POST.get("to", ""), 0))
    return redirect(f"{reverse('routines:list')}?order=1#{pk}")


def _answer(request: AthleteRequest, posted: QueryDict, *, routine: Routine | None) -> HttpResponse:
    """Preview or save what was posted. Whatever is wrong, the form keeps what was typed."""
    form = RoutineForm(posted)
    reading = _read(request, form)
    if "replace" in posted and reading is not None:
        text = with_meant(form.cleaned_data["text"], reading.lines, str(posted["replace"]))
        form = RoutineForm({**_typed(posted), "text": text})
        return _show(request, form, routine=routine, reading=_read(request, form))
    if "mine" in posted and reading is not None:
        return _make_mine(request, form, reading, routine)
    if "move" in posted and reading is not None:
        return _move_line(request, form, reading, routine)
    if "save" in posted:
        return _save(request, form, reading, routine)
    form = form if form.is_valid() or reading is None else _without_errors(form)
    return _show(request, form, routine=routine, reading=reading)


def _make_mine(
    request: AthleteRequest, form: RoutineForm, reading: RoutineReading, routine: Routine | None
) -> HttpResponse:
    """Make an own exercise of an unknown name: posted are its line's number, a colon and how it is
    loaded.
    """
    number, _colon, chosen = str(form.data["mine"]).partition(":")
    line = next(iter(unknown_lines(reading.lines, number)), None)
    kind = next((kind for kind, _said in line.own_kinds if kind == chosen), None) if line else None
    status = 200
    try:
        if line and line.entry and kind:
            make_own_exercise(
                owner=request.user, name=without_weight(line.entry.name), load_type=kind
            )
    except BadName as error:
        form.add_error("text", str(error))
        status = 422
    else:
        form = _without_errors(form)
        reading = _read(request, RoutineForm(form.initial)) or reading
    return _show(request, form, routine=routine, reading=reading, status=status)


def _move_line(
    request: AthleteRequest, form: RoutineForm, reading: RoutineReading, routine: Routine | None
) -> HttpResponse:
    """Put the exercise on a line one place further up or down: posted are its number, a colon and
    the way.
    """
    number, _colon, way = str(form.data["move"]).partition(":")
    line = next((line for line in reading.exercise_lines if str(line) == number), 0)
    focused = None
    if way in MOVES and (moved := move_entry(reading.parsed, line, by=MOVES[way])):
        form = RoutineForm({**_typed(form.data), "text": moved.text})
        reading = _read(request, form) or reading
        ends = {reading.exercise_lines[0]: "down", reading.exercise_lines[-1]: "up"}
        focused = (moved.number, ends.get(moved.number, way))
    form, context = _without_errors(form), {"moved": focused}
    return _show(request, form, routine=routine, reading=reading, context=context)


def _save(
    request: AthleteRequest,
    form: RoutineForm,
    reading: RoutineReading | None,
    routine: Routine | None,
) -> HttpResponse:
    athlete = request.user.athlete
    if reading is None or reading.entries is None or not form.is_valid():
        if reading is not None and reading.is_blank:
            form.add_error("text", [in_words(problem) for problem in reading.problems])
        return _show(request, form, routine=routine, reading=reading, status=422)
    cleaned = form.cleaned_data
    draft = reading.draft(cleaned["name"], cleaned["weekdays"])
    assert draft is not None  # noqa: S101  (its entries are there)
    try:
        if routine:
            saved = revise_routine(
                athlete=athlete, key=routine.pk, revision=cleaned["revision"] or 0, draft=draft
            )
        else:
            saved, _is_new = make_routine(athlete=athlete, key=cleaned["id"], draft=draft)
    except NameTaken:
        form.add_error("name", _("You already have a routine with this name."))
        return _show(request, form, routine=routine, reading=reading, status=422)
    except RoutineConflict as conflict:
        return _show_conflict(request, form, reading, conflict.current)
    messages.success(request, _("Changes saved.") if routine else _("Routine saved."))
    return redirect(saved)


def _show_conflict(
    request: AthleteRequest, form: RoutineForm, reading: RoutineReading, current: Routine
) -> HttpResponse:
    """Both texts, so that nothing is lost; saving again is then on top of the stored revision."""
    form = RoutineForm({**_typed(form.data), "revision": str(current.revision)})
    context = {"stored": current}
    return _show(request, form, routine=current, reading=reading, status=409, context=context)


def _read(request: AthleteRequest, form: RoutineForm) -> RoutineReading | None:
    """How the form's text reads; None where it is no text that can be kept."""
    form.is_valid()
    if "text" not in form.cleaned_data:
        return None
    athlete = request.user.athlete
    return read_routine(
        form.cleaned_data["text"],
        index=names_of(request.user),
        unit=athlete.unit,
        logged=athlete.entries.per_exercise,
    )


def _typed(posted: Any) -> dict[str, Any]:
    """What was typed, ready to be a form again."""
    days = posted.getlist("weekdays") if isinstance(posted, QueryDict) else posted["weekdays"]
    return {**{name: posted.get(name, "") for name in posted}, "weekdays": days}


def _without_errors(form: RoutineForm) -> RoutineForm:
    """A preview asks for no name yet."""
    return RoutineForm(initial=_typed(form.data))


def _stored(routine: Routine) -> Mapping[str, Any]:
    return {
        "id": routine.pk,
        "revision": routine.revision,
        "name": routine.name,
        "weekdays": [*routine.weekdays],
        "text": routine.text,
    }


def _show(
    request: AthleteRequest,
    form: RoutineForm,
    *,
    routine: Routine | None = None,
    reading: RoutineReading | None = None,
    status: int = 200,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    shown = {
        "form": form,
        "routine": routine,
        "reading": reading,
        "is_refused": status == 422,
        "is_kept": kept_post(request) is not None,
        **(context or {}),
    }
    if request.htmx and request.htmx.target == "preview":
        return render(request, "routines/form.html#preview", shown)
    return render(request, "routines/form.html", shown, status=status)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _just_deleted(request: AthleteRequest) -> Routine | None:
    """The routine that ``?deleted=`` offers to restore."""
    key = _key(request.GET.get("deleted", ""))
    return request.user.athlete.routines.deleted().filter(pk=key).first() if key else None
