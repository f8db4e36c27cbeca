"""The form of a routine."""

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from exercises.languages import short_weekday
from workouts.forms.fields import Option, TypedField
from workouts.routine_format import MAX_PLAN
from workouts.text_format import clean_title


class RoutineForm(forms.Form):
    """The form of a routine. The text is read by ``workouts.routines.reading``; this form keeps it
    as typed.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    name = forms.CharField(
        max_length=100,
        error_messages={"required": _("Give it a name, for example “Pull” or “Full body A”.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    weekdays = forms.MultipleChoiceField(
        required=False,
        choices=[(str(number + 1), name) for number, name in WEEKDAYS.items()],
        label=_("Due on"),
    )
    text = TypedField(
        required=False,
        max_length=MAX_PLAN,
        strip=False,
        label=_("What is planned"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_name(self) -> str:
        name = clean_title(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Give it a name that can be seen."))
        return name

    def clean_weekdays(self) -> str:
        """Their digits in order, as the row has them."""
        return "".join(sorted(set(self.cleaned_data["weekdays"])))

    @property
    def days(self) -> "list[Option]":
        """The days of a week to tick."""
        chosen = self["weekdays"].value() or []
        return [
            Option(str(number), short_weekday(number), str(number) in chosen)
            for number in range(1, 8)
        ]
