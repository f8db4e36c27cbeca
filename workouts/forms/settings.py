"""What an athlete is asked for at sign-up and in the settings."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exercises.keys import RowsField
from exercises.models import Equipment
from exercises.translating import in_words
from workouts.forms.fields import TimeZoneField, TimeZoneSelect, unit_choices
from workouts.models import Athlete
from workouts.models.rests import LONGEST, SHORTEST
from workouts.reckoning.balance import TARGETS, target_text
from workouts.rests import keep_rest, rests_of
from workouts.vocabulary import Unit


class SettingsForm(forms.ModelForm):
    """An athlete's settings."""

    unit = forms.ChoiceField(choices=unit_choices, label=_("Weights in"))
    time_zone = TimeZoneField(
        label=_("Time zone"), help_text=_("It decides which day a workout belongs to.")
    )
    rest_seconds = forms.IntegerField(
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        label=_("Rest between sets"),
        help_text=_(
            "In seconds. A session can keep another for an exercise, a routine can plan one."
        ),
    )
    equipment = RowsField(
        queryset=Equipment.objects.ownable().by_kind(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("What you have to train with"),
        help_text=_("Search then finds what you can do with it. Bodyweight is always included."),
    )

    class Meta:
        model = Athlete
        fields = ("unit", "time_zone", "week_start", "balance_target", "equipment")
        labels = {"week_start": _("Weeks begin on")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        now = self.instance.balance_target.normalize()
        self.fields["balance_target"] = forms.TypedChoiceField(
            choices=[(f"{one:f}", in_words(target_text(one))) for one in sorted({*TARGETS, now})],
            coerce=Decimal,
            required=False,
            label=_("Back sets to front sets"),
            help_text=_("What your balance is compared with. 1 to 1 is a plain start, not a norm."),
        )
        self.initial["balance_target"] = f"{now:f}"
        self.rest_before = rests_of(self.instance).usual
        self.initial["rest_seconds"] = self.rest_before

    def clean_balance_target(self) -> Decimal:
        """As it was where a form without it is sent, such as one that was kept."""
        chosen: Decimal | None = self.cleaned_data["balance_target"] or None
        return chosen or self.instance.balance_target

    @transaction.atomic
    def save(self, commit: bool = True) -> Athlete:
        """The athlete's row first, so that what they have is part of its new version."""
        athlete: Athlete = super().save(commit)
        seconds = self.cleaned_data["rest_seconds"]
        if seconds and seconds != self.rest_before:
            keep_rest(athlete=athlete, exercise=None, seconds=seconds)
        return athlete


class SignupForm(forms.Form):
    """What sign-up asks beyond allauth's own fields."""

    unit = forms.ChoiceField(
        choices=unit_choices, required=False, initial=Unit.KG, label=_("Weights in")
    )
    time_zone = TimeZoneField(
        initial="UTC",
        label=_("Time zone"),
        help_text=_("It decides which day a workout belongs to."),
        widget=TimeZoneSelect(attrs={"data-guess-time-zone": ""}),
    )

    def signup(self, request: Any, user: Any) -> None:
        user.athlete.time_zone = self.cleaned_data["time_zone"]
        user.athlete.unit = self.cleaned_data["unit"] or user.athlete.unit
        user.athlete.save(update_fields=["time_zone", "unit"])
