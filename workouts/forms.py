"""Forms of the log and of an athlete's settings: they validate and convert, nothing else."""

import zoneinfo
from typing import Any

from django import forms

from exercises.models import Equipment
from workouts.models import Athlete, Unit


def time_zone_choices() -> list[tuple[str, str]]:
    names = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
    return [(name, name.replace("_", " ")) for name in names if not name.startswith("Etc/")]


class TimeZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=time_zone_choices, **kwargs)

    def valid_value(self, value: str) -> bool:
        """Also the names that the list leaves out, such as "Japan"."""
        return super().valid_value(value) or value in zoneinfo.available_timezones()


class TypedField(forms.CharField):
    """Text as it was typed. A line end counts as one character, as in the browser's own limit."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class WorkoutForm(forms.Form):
    """The log form. The text is read by ``workouts.reading``; this form keeps it as typed."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
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
        label="Workout",
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class WeightField(forms.DecimalField):
    """A number with a decimal point or comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class SettingsForm(forms.ModelForm):
    """An athlete's settings, and today's body weight if they care to give it."""

    unit = forms.ChoiceField(choices=Unit.choices, label="Weights in")
    time_zone = TimeZoneField(help_text="It decides which day a workout belongs to.")
    body_weight = WeightField(
        required=False,
        min_value=20,
        max_value=1500,
        max_digits=7,
        decimal_places=3,
        label="Body weight today",
        help_text=(
            "In the unit above. Pull-ups, dips and the like need it to estimate a one-rep max;"
            " leave it empty if you would rather not say."
        ),
    )

    equipment = forms.ModelMultipleChoiceField(
        queryset=Equipment.objects.one_may_lack().order_by("position", "slug"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="What you have to train with",
        help_text="Search then finds what you can do with it. A body you have anyway.",
    )

    class Meta:
        model = Athlete
        fields = ("unit", "time_zone", "week_start", "equipment")
        labels = {"week_start": "Weeks begin on"}


class SignupForm(forms.Form):
    """What sign-up asks beyond allauth's own fields."""

    time_zone = TimeZoneField(
        initial="UTC",
        help_text="It decides which day a workout belongs to.",
        widget=forms.Select(attrs={"data-guess-time-zone": ""}),
    )

    def signup(self, request: Any, user: Any) -> None:
        user.athlete.time_zone = self.cleaned_data["time_zone"]
        user.athlete.save(update_fields=["time_zone"])
