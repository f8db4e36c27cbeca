"""What was sent, read by the log's own rules. Sets that come as values are written as text first,
so that there is one way to read them.
"""

import uuid
from typing import Any

from django.forms import Form

from backtrain.api.schemas import EntryIn, SetIn, TextIn, WorkoutIn
from workouts.forms.log import NotebookForm, WorkoutForm
from workouts.known import Known
from workouts.reading import NotebookReading
from workouts.text_format import (
    EntryText,
    Load,
    SetText,
    WorkoutText,
    as_logged,
    clean_notes,
    clean_title,
    print_workout,
)
from workouts.views.access import AthleteRequest
from workouts.views.log.reading import preview
from workouts.vocabulary import Unit

NOT_READY = "This can’t be saved as it is. Nothing was written."
EITHER = "Send the workout as text or as entries, not both; a text has title, minutes and notes."


class Refused(Exception):
    """What was sent can't be saved; ``answer`` says why."""

    def __init__(self, problems: list[dict[str, Any]], text: str = "") -> None:
        super().__init__(NOT_READY)
        self.answer = {"detail": NOT_READY, "problems": problems, "text": text}


def read(
    request: AthleteRequest,
    sent: TextIn,
    known: Known,
    *,
    key: uuid.UUID | None = None,
    form_class: type[WorkoutForm] = NotebookForm,
    is_canonical: bool = False,
    must_be_ready: bool = False,
) -> NotebookReading:
    """Raises Refused where the fields are wrong or, if it ``must_be_ready``, anything is."""
    fields = {"day": sent.day, "time": sent.time, "time_zone": sent.time_zone, "text": sent.text}
    form = form_class({**fields, "id": key or uuid.uuid4()})
    reading = preview(request, form, known, is_stored=is_canonical)
    if reading is None:
        raise Refused(problems_in(form))
    if must_be_ready and not reading.is_ready:
        raise Refused(problems_of(reading), sent.text)
    return reading


def read_structured(request: AthleteRequest, sent: WorkoutIn, known: Known) -> NotebookReading:
    """One workout, from its text or its entries. Raises Refused."""
    is_structured = bool(sent.entries or sent.title or sent.minutes or sent.notes)
    if is_structured:
        if sent.text:
            raise Refused([{"message": EITHER}])
        sent = sent.model_copy(update={"text": _written(sent, known)})
    return read(
        request,
        sent,
        known,
        form_class=WorkoutForm,
        is_canonical=is_structured,
        must_be_ready=True,
    )


def problems_of(reading: NotebookReading) -> list[dict[str, Any]]:
    """What has to be put right, line by line, then what is wrong with all of it."""
    problems: list[dict[str, Any]] = []
    for line in reading.lines:
        if line.is_unknown and line.entry:
            problems.append(
                {
                    "line": line.number,
                    "message": f"There is no exercise called {line.entry.name}.",
                    "exercises": [each.name for each in line.nearest],
                }
            )
        problems += [
            {
                "line": line.number,
                "column": len(mark.before) + 1,
                "length": len(mark.marked),
                "message": mark.message,
                "answers": [each.text for each in mark.answers],
            }
            for mark in line.marks
        ]
    return problems + [{"message": each} for each in reading.problems]


def problems_in(form: Form) -> list[dict[str, Any]]:
    """What is wrong with the fields of a form."""
    return [{"message": str(each)} for errors in form.errors.values() for each in errors]


def _written(sent: WorkoutIn, known: Known) -> str:
    """The canonical text of a workout that came as values. Raises Refused."""
    problems, entries = [], []
    for place, entry in enumerate(sent.entries):
        try:
            entries.append(_entry(entry, known))
        except ValueError as problem:
            problems.append({"message": f"entries[{place}] {entry.exercise}: {problem}"})
    if problems:
        raise Refused(problems)
    try:
        return print_workout(
            WorkoutText(
                day=sent.day,
                time=sent.time and sent.time.replace(second=0, microsecond=0),
                title=clean_title(sent.title),
                minutes=sent.minutes,
                notes=clean_notes(sent.notes),
                entries=tuple(entries),
            )
        )
    except ValueError as problem:
        raise Refused([{"message": str(problem)}]) from problem


def _entry(sent: EntryIn, known: Known) -> EntryText:
    load_type = known.find(sent.exercise)
    unit = known.user.athlete.unit
    sets = [_set(each, unit) for each in sent.sets]
    return EntryText(
        name=sent.exercise,
        sets=tuple(as_logged(each, load_type) if load_type else each for each in sets),
        superset=sent.superset,
        notes=clean_notes(sent.notes),
        load_type=load_type,
    )


def _set(sent: SetIn, unit: Unit) -> SetText:
    load = None if sent.weight is None else Load(sent.weight, sent.unit or unit)
    return SetText(
        load=load,
        reps=sent.reps,
        seconds=sent.seconds,
        metres=sent.metres,
        kind=sent.kind,
        side=sent.side,
        rpe=sent.rpe,
    )
