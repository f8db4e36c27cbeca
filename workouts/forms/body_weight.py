"""Forms of body weight."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exercises.languages import shown_count, shown_day, shown_number
from workouts.forms.fields import SHORT_UNITS, WeightField
from workouts.models import Athlete, BodyWeight
from workouts.reckoning.body_weight import HEAVIEST_KG, LIGHTEST_KG, is_of_a_person
from workouts.reckoning.weights import format_weight, from_kg, plain, to_kg
from workouts.vocabulary import Unit
from workouts.weighings import reckoned_with

# Kilograms that need no second look from somebody who was never weighed before
USUAL_KG = (Decimal(35), Decimal(200))
# Share of the last weight by which another one may differ without a second look
USUAL_CHANGE = Decimal("0.2")
EARLIEST = date(1900, 1, 1)  # no one has weighed themselves before


class BodyWeightField(WeightField):
    """What a person can weigh; the form checks it with ``check_body_weight``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=7, decimal_places=3, **kwargs)


def check_body_weight(form: forms.BaseForm, name: str, weight: Decimal, unit: Unit) -> bool:
    """Whether a person can weigh that; if not, the form's field ``name`` says so."""
    if is_of_a_person(to_kg(weight, unit)):
        return True
    least, most = (_rounded(kg, unit) for kg in (LIGHTEST_KG, HEAVIEST_KG))
    message = _("A body weight is between %(least)s and %(most)s.")
    form.add_error(name, message % {"least": least, "most": most})
    return False


class BodyWeightForm(forms.Form):
    """A body weight on a day; with ``weighing``, another one for it, maybe on another day.

    A weight that looks like a slip, or that changes workouts, has to be ``confirmed``: the form is
    invalid until it is, and ``question`` says what is asked. 1-4 queries.
    """

    weight = BodyWeightField(label=gettext_lazy("Body weight"))
    unit = forms.ChoiceField(choices=SHORT_UNITS)
    day = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day as 2026-11-22.")},
    )
    confirmed = forms.CharField(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        athlete: Athlete,
        today: date,
        weighing: BodyWeight | None = None,
    ) -> None:
        initial = {"day": today, "unit": athlete.unit}
        if weighing:
            shown = plain(weighing.weight)
            initial = {"day": weighing.weighed_on, "unit": weighing.unit, "weight": shown}
        super().__init__(data, initial=initial)
        self.athlete, self.today, self.weighing = athlete, today, weighing
        self.question: Question | None = None
        self.fields["day"].widget.attrs |= {"min": str(EARLIEST), "max": str(today)}

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not EARLIEST <= day <= self.today:
            if day > self.today:
                raise forms.ValidationError(_("That day is still to come."))
            raise forms.ValidationError(_("From %(year)s on.") % {"year": EARLIEST.year})
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"weight", "unit", "day"} - cleaned.keys():
            return cleaned
        weight, unit, day = cleaned["weight"], Unit(cleaned["unit"]), cleaned["day"]
        if not check_body_weight(self, "weight", weight, unit):
            return cleaned
        there = self.athlete.body_weights.filter(weighed_on=day).first()
        if self.weighing and there and there != self.weighing:
            message = _("That day has %(weight)s already: change that, or delete it.")
            self.add_error("day", message % {"weight": shown_number(there.shown)})
            return cleaned
        question = self._question(weight, unit, day, self.weighing or there)
        if question and cleaned.get("confirmed") != question.key:
            self.question = question
            self.add_error("weight", question.text)
        return cleaned

    @property
    def weighed(self) -> dict[str, Any]:
        """What ``record_body_weight`` and ``change_body_weight`` take."""
        cleaned = self.cleaned_data
        return {"on": cleaned["day"], "weight": cleaned["weight"], "unit": Unit(cleaned["unit"])}

    def _question(
        self, weight: Decimal, unit: Unit, day: date, before: BodyWeight | None
    ) -> "Question | None":
        """What to ask before the weight is taken, in place of the one ``before``, if anything."""
        weight_kg, shown, asked = to_kg(weight, unit), shown_number(format_weight(weight, unit)), []
        nearest = self._nearest(day, besides=before)
        if _is_unusual(weight_kg, nearest):
            asked += [_("Is %(weight)s right?") % {"weight": shown}, *_compared(nearest, day)]
        count = 0
        if before and (before.weight_kg, before.weighed_on) != (weight_kg, day):
            count = reckoned_with(before)
        if before and count:
            asked.append(self._effect(count, shown_number(before.shown), shown, day))
        if not asked:
            return None
        label = _("Yes, it is %(weight)s") % {"weight": shown}
        if count:
            label = ngettext(
                "Yes, it is %(weight)s: correct that workout",
                "Yes, it is %(weight)s: correct those workouts",
                count,
            ) % {"weight": shown}
        return Question(" ".join(asked), label, key=f"{plain(weight_kg)} kg, {day}, {count}")

    def _effect(self, count: int, before: str, shown: str, day: date) -> str:
        if self.weighing and self.weighing.weighed_on != day:
            message = ngettext(
                "%(count)s workout was reckoned with %(before)s and would take the weighing that is"
                " then the last before.",
                "%(count)s workouts were reckoned with %(before)s and would take the weighing that"
                " is then the last before.",
                count,
            )
        else:
            message = ngettext(
                "%(count)s workout was reckoned with %(before)s and would change to %(weight)s.",
                "%(count)s workouts were reckoned with %(before)s and would change to %(weight)s.",
                count,
            )
        said = shown_count(count)
        return message % {"count": said, "before": before, "weight": shown}

    def _nearest(self, day: date, *, besides: BodyWeight | None) -> BodyWeight | None:
        """The last weighing before the day, else the first after."""
        others = self.athlete.body_weights.all()
        if besides:
            others = others.exclude(pk=besides.pk)
        last = others.filter(weighed_on__lt=day).first()
        return last or others.filter(weighed_on__gt=day).last()


class GoalForm(forms.ModelForm):
    """A body weight that the athlete has in mind, or none."""

    goal_weight = BodyWeightField(required=False, label=gettext_lazy("Goal"))
    goal_unit = forms.ChoiceField(choices=SHORT_UNITS, required=False)

    class Meta:
        model = Athlete
        fields = ("goal_weight", "goal_unit")

    def __init__(self, data: Any = None, *, instance: Athlete) -> None:
        shown = None if instance.goal_weight is None else plain(instance.goal_weight)
        initial = {"goal_weight": shown, "goal_unit": instance.goal_unit or instance.unit}
        super().__init__(data, instance=instance, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "goal_weight" not in cleaned or "goal_unit" not in cleaned:
            return cleaned
        weight, unit = cleaned["goal_weight"], cleaned["goal_unit"] or self.instance.unit
        if weight is not None:
            check_body_weight(self, "goal_weight", weight, Unit(unit))
        cleaned["goal_unit"] = "" if weight is None else unit
        return cleaned


@dataclass(frozen=True, slots=True)
class Question:
    """What a form asks before it takes what was typed; ``key`` names what would be agreed to."""

    text: str
    label: str
    key: str


def _is_unusual(weight_kg: Decimal, nearest: BodyWeight | None) -> bool:
    if nearest is None:
        return not USUAL_KG[0] <= weight_kg <= USUAL_KG[1]
    return abs(weight_kg - nearest.weight_kg) > USUAL_CHANGE * nearest.weight_kg


def _compared(nearest: BodyWeight | None, day: date) -> list[str]:
    """One sentence, or none."""
    if nearest is None:
        return []
    values = {"day": shown_day(nearest.weighed_on, "j F Y"), "weight": shown_number(nearest.shown)}
    if nearest.weighed_on > day:
        return [_("On %(day)s it was %(weight)s.") % values]
    return [_("Last time it was %(weight)s, on %(day)s.") % values]


def _rounded(weight_kg: Decimal, unit: Unit) -> str:
    return shown_number(f"{from_kg(weight_kg, unit):,.0f} {unit}")
