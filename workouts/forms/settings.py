"""What an athlete is asked for at sign-up and in the settings."""

from typing import Any

from django import forms
from django.db import transaction

from exercises.keys import RowsField
from exercises.models import Equipment
from workouts.forms.fields import TimeZoneField, TimeZoneSelect
from workouts.models import Athlete
from workouts.vocabulary import Unit


class SettingsForm(forms.ModelForm):
    """An athlete's settings."""

    unit = forms.ChoiceField(choices=Unit.choices, label="Weights in")
    time_zone = TimeZoneField(help_text="It decides which day a workout belongs to.")
    equipment = RowsField(
        queryset=Equipment.objects.ownable().by_kind(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="What you have to train with",
        help_text="Search then finds what you can do with it. Bodyweight is always included.",
    )

    class Meta:
        model = Athlete
        fields = ("unit", "time_zone", "week_start", "equipment")
        labels = {"week_start": "Weeks begin on"}

    @transaction.atomic
    def save(self, commit: bool = True) -> Athlete:
        """The athlete's row first, so that what they have is part of its new version."""
        athlete: Athlete = super().save(commit)
        return athlete


class SignupForm(forms.Form):
    """What sign-up asks beyond allauth's own fields."""

    time_zone = TimeZoneField(
        initial="UTC",
        help_text="It decides which day a workout belongs to.",
        widget=TimeZoneSelect(attrs={"data-guess-time-zone": ""}),
    )

    def signup(self, request: Any, user: Any) -> None:
        user.athlete.time_zone = self.cleaned_data["time_zone"]
        user.athlete.save(update_fields=["time_zone"])
