"""The log form, as text and as grid, and what stands beside it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _lazy

from workouts.forms.fields import TimeZoneField, TypedField
from workouts.grid.fields import Grid, Written
from workouts.known import Known
from workouts.models.rests import LONGEST, SHORTEST
from workouts.routine_format import MAX_PLAN
from workouts.text_format import MAX_NOTEBOOK


class WorkoutForm(forms.Form):
    """The log form. The text is read by ``workouts.reading``; this form keeps it as typed. One that
    was started from a routine carries its key, and its text as it was then.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    # The versions of its draft that the form takes the place of, as workouts.drafts reads them
    draft = forms.Field(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
    routine = forms.UUIDField(widget=forms.HiddenInput, required=False)
    plan = TypedField(widget=forms.HiddenInput, required=False, max_length=MAX_PLAN)
    # Of a session that is under way: when it began, and when its sets were ticked
    started = forms.Field(widget=forms.HiddenInput, required=False)
    ticks = forms.Field(widget=forms.HiddenInput, required=False)
    # What a grid held that its text doesn't, while it is shown as text
    undone = forms.Field(widget=forms.HiddenInput, required=False)
    day = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_zone = TimeZoneField(required=False)
    notes = TypedField(
        required=False, max_length=5000, strip=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = TypedField(
        required=False,
        max_length=20_000,
        strip=False,
        label=_lazy("Workout"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class NotebookForm(WorkoutForm):
    """The log form for new workouts, of which there may be many in the text. A session asks for its
    ``minutes`` beside it.
    """

    minutes = forms.IntegerField(required=False, min_value=1, max_value=1440)

    text = TypedField(
        required=False,
        max_length=MAX_NOTEBOOK,
        strip=False,
        label=_lazy("Workout"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


def as_dict(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was posted, of each name the last value."""
    return data.dict() if isinstance(data, QueryDict) else dict(data)


class GridForm(WorkoutForm):
    """The log form as a grid. Its text, with the notes in it, is made of the ``grid``."""

    written: Written

    def __init__(self, *args: Any, grid: Grid, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grid = grid
        self.known = known

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.written = self.write(self.grid)
        as_text = {"text": self.written.text, "notes": ""}
        self.data = {**as_dict(self.data), **as_text}
        return cleaned | as_text

    def write(self, grid: Grid) -> Written:
        """A grid as text, on the form's day; a stored workout's text always says it."""
        day, at = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        is_dated = self.known.workout is not None
        return grid.written(day=day, at=at, find=self.known.find, is_dated=is_dated)


ANYWAY = "anyway "  # begins the names of boxes, each for a day of a notebook


def wanted_anyway(data: Mapping[str, Any]) -> set[str]:
    """The days that are to be saved though they are there already, as ``reading.places`` calls
    them.
    """
    return {name.removeprefix(ANYWAY) for name in data if name.startswith(ANYWAY)}


class RestForm(forms.Form):
    """Seconds between sets, and the exercise that they are for."""

    name = forms.CharField(required=False, max_length=80)
    seconds = forms.IntegerField(min_value=SHORTEST, max_value=LONGEST)
