"""What a log form is answered with, by the button that sent it."""

from django.http import HttpResponse, QueryDict

from exercises.models import LoadType
from exercises.translating import reason
from workouts.forms.log import GridForm, NotebookForm, WorkoutForm, as_dict
from workouts.grid.fields import OF_WORKOUT
from workouts.known import Known
from workouts.lines import unknown_lines, with_meant
from workouts.models import Workout
from workouts.own_exercises import BadName, NotAlike, make_own_exercise
from workouts.reading import NotebookReading, answered, may_have_weight, with_line
from workouts.text_format import without_weight
from workouts.views.access import AthleteRequest
from workouts.views.log.drafts import keep
from workouts.views.log.grid import answered_grid, as_text, form_of, is_switched
from workouts.views.log.reading import preview
from workouts.views.log.saving import save
from workouts.views.log.session import begun_now
from workouts.views.log.showing import show, show_as_grid


def answer(request: AthleteRequest, posted: QueryDict, *, workout: Workout | None) -> HttpResponse:
    """Preview or save what was posted. Whatever is wrong, the form keeps what was typed."""
    if "keep" in posted:
        return keep(request, posted, workout)
    if "start" in posted and not workout:
        posted = posted.copy()
        now = begun_now(request.user.athlete, is_start=True)
        posted.update(now | {"day": str(now["day"]), "time": f"{now['time']:%H:%M}"})
    known = Known(request.user, workout)
    form = form_of(posted, workout, known)
    reading = preview(request, form, known)
    if reading is None:
        return show(request, form, workout=workout, status=422)
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
        return save(request, form, reading, workout)
    return show(request, form, workout=workout, reading=reading)


def _switch(
    request: AthleteRequest,
    form: WorkoutForm,
    reading: NotebookReading,
    known: Known,
    workout: Workout | None,
) -> HttpResponse:
    """What is in one view, in the other one."""
    if not isinstance(form, GridForm):
        return show_as_grid(request, form, reading, known, workout=workout)
    if form.written.problems.keys() & OF_WORKOUT:
        return show(request, form, workout=workout, reading=reading, status=422)
    data = as_text(form)
    text_form = WorkoutForm(data) if workout else NotebookForm(data)
    again = preview(request, text_form, known, is_stored=True)
    return show(request, text_form, workout=workout, reading=again)


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
            form.add_error("text", reason(error))
            return show(request, form, workout=workout, reading=reading, status=422)
    known = Known(request.user, workout)
    if isinstance(form, GridForm):
        form = GridForm(form.data, grid=form.grid, known=known)
    again = preview(request, form, known)
    return show(request, form, workout=workout, reading=again)


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
    reading = preview(request, again, known)
    if isinstance(form, GridForm) and reading:
        again = GridForm(data, grid=answered_grid(form, text, reading), known=known)
        reading = preview(request, again, known)
    form = again
    status = 422 if reading is None else 200
    return show(request, form, workout=workout, reading=reading, status=status)
