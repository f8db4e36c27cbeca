"""Forms of an athlete's pages: they validate and convert, nothing else."""

import csv
from calendar import day_abbr, day_name
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, TypedDict

from django import forms
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from exercises.counting import counted, noun
from exercises.keys import RowsField
from exercises.models import Equipment, Exercise, LoadType, Muscle, Role, Target
from exercises.models.fields import lines
from exercises.names import NAMELESS, name_key
from exercises.vocabulary import BODYWEIGHT_LOADS
from workouts.bars import Rack, Racks
from workouts.grid.fields import Grid, Written
from workouts.known import Known
from workouts.models import Athlete, BodyWeight, OwnName
from workouts.models.rests import LONGEST, SHORTEST
from workouts.own_exercises import OwnExerciseFacts
from workouts.plates_page import PlatesPage
from workouts.reckoning.plates import GYM, HEAVIEST, MOST_OF_A_PLATE
from workouts.reckoning.weights import format_weight, from_kg, plain, to_kg
from workouts.routine_format import MAX_PLAN
from workouts.text_format import MAX_NOTEBOOK, clean_name, clean_title, name_problem
from workouts.text_format.values import split_lines
from workouts.time_zones import known_time_zones, time_zone_choices
from workouts.vocabulary import Unit
from workouts.weighings import reckoned_with


@cache
def time_zone_options() -> str:
    """All options as HTML."""
    options = format_html_join("\n", '<option value="{}">{}</option>', time_zone_choices())
    return str(options)


class TimeZoneSelect(forms.Select):
    """The list of time zones, of which only the chosen one is rendered anew."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the list has no empty choice, which Django would go through all of it to learn."""
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attrs = {"name": name, **self.build_attrs(self.attrs, attrs)}
        option = format_html('<option value="{}"', value)
        options = time_zone_options().replace(f"{option}>", f"{option} selected>")
        return format_html("<select{}>{}</select>", flatatt(attrs), mark_safe(options))  # noqa: S308  (escaped above)


class TimeZoneField(forms.ChoiceField):
    widget = TimeZoneSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=time_zone_choices, **kwargs)

    def valid_value(self, value: str) -> bool:
        """Also the names that the list leaves out, such as "Japan"."""
        return value in known_time_zones()


class TypedField(forms.CharField):
    """Text as it was typed. A line end counts as one character, as in the browser's own limit."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


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


class NotebookForm(WorkoutForm):
    """The log form for new workouts, of which there may be many in the text. A session asks for its
    ``minutes`` beside it.
    """

    minutes = forms.IntegerField(required=False, min_value=1, max_value=1440)

    text = TypedField(
        required=False,
        max_length=MAX_NOTEBOOK,
        strip=False,
        label="Workout",
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


class ImportForm(forms.Form):
    """A file of another app. What is in it, ``workouts.importers`` tells."""

    file = forms.FileField(
        label="File",
        error_messages={
            "required": "Choose the file that the other app exported.",
            "empty": "The file is empty.",
        },
    )


class RoutineForm(forms.Form):
    """The form of a routine. The text is read by ``workouts.routines.reading``; this form keeps it
    as typed.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    name = forms.CharField(
        max_length=100,
        error_messages={"required": "Give it a name, for example “Pull” or “Full body A”."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    weekdays = forms.MultipleChoiceField(
        required=False,
        choices=[(str(number), name) for number, name in enumerate(day_name, start=1)],
        label="Due on",
    )
    text = TypedField(
        required=False,
        max_length=MAX_PLAN,
        strip=False,
        label="What is planned",
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_name(self) -> str:
        name = clean_title(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Give it a name that can be seen.")
        return name

    def clean_weekdays(self) -> str:
        """Their digits in order, as the row has them."""
        return "".join(sorted(set(self.cleaned_data["weekdays"])))

    @property
    def days(self) -> "list[Option]":
        """The days of a week to tick."""
        chosen = self["weekdays"].value() or []
        return [
            Option(str(number), name, str(number) in chosen)
            for number, name in enumerate(day_abbr, start=1)
        ]


class Asked(TypedDict):
    """What of a history is asked for; ``month`` is its first day."""

    q: str
    year: int | None
    month: date | None


class HistoryForm(forms.Form):
    """What of a history is asked for; what can't be read asks for nothing."""

    q = forms.CharField(required=False, max_length=100)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)
    month = forms.DateField(required=False, input_formats=["%Y-%m"])

    def read(self) -> Asked:
        self.is_valid()
        fields = self.cleaned_data
        return Asked(q=fields.get("q", ""), year=fields.get("year"), month=fields.get("month"))


class WeightField(forms.DecimalField):
    """A number with a decimal point or comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class PercentField(forms.IntegerField):
    """A whole percentage, with or without its sign."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("%", "") if isinstance(value, str) else value)


# Kilograms that a person can weigh; beyond, the number is a slip (the heaviest on record: 635)
LIGHTEST_KG, HEAVIEST_KG = Decimal(20), Decimal(650)
# Kilograms that need no second look from somebody who was never weighed before
USUAL_KG = (Decimal(35), Decimal(200))
# Share of the last weight by which another one may differ without a second look
USUAL_CHANGE = Decimal("0.2")
EARLIEST = date(1900, 1, 1)  # no one has weighed themselves before


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


SHORT_UNITS = [(unit, unit) for unit in Unit.values]  # beside a number


class BodyWeightField(WeightField):
    """What a person can weigh; the form checks it with ``check_body_weight``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=7, decimal_places=3, **kwargs)


def check_body_weight(form: forms.BaseForm, name: str, weight: Decimal, unit: Unit) -> bool:
    """Whether a person can weigh that; if not, the form's field ``name`` says so."""
    if LIGHTEST_KG <= to_kg(weight, unit) <= HEAVIEST_KG:
        return True
    least, most = (_rounded(kg, unit) for kg in (LIGHTEST_KG, HEAVIEST_KG))
    form.add_error(name, f"A body weight is between {least} and {most}.")
    return False


class BodyWeightForm(forms.Form):
    """A body weight on a day; with ``weighing``, another one for it, maybe on another day.

    A weight that looks like a slip, or that changes workouts, has to be ``confirmed``: the form is
    invalid until it is, and ``question`` says what is asked. 1-4 queries.
    """

    weight = BodyWeightField(label="Body weight")
    unit = forms.ChoiceField(choices=SHORT_UNITS)
    day = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2026-11-22."},
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
            raise forms.ValidationError(
                "That day is still to come." if day > self.today else f"From {EARLIEST:%Y} on."
            )
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
            self.add_error("day", f"That day has {there.shown} already: change that, or delete it.")
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
        weight_kg, shown, asked = to_kg(weight, unit), format_weight(weight, unit), []
        nearest = self._nearest(day, besides=before)
        if _is_unusual(weight_kg, nearest):
            asked.append(f"Is {shown} right?{_compared(nearest, day)}")
        count = 0
        if before and (before.weight_kg, before.weighed_on) != (weight_kg, day):
            count = reckoned_with(before)
        if before and count:
            works = counted(count, "workout was", "workouts were")
            asked.append(f"{works} reckoned with {before.shown} and {self._effect(shown, day)}.")
        if not asked:
            return None
        label = f"Yes, it is {shown}"
        if count:
            label += f": correct {noun(count, 'that workout', 'those workouts')}"
        return Question(" ".join(asked), label, key=f"{plain(weight_kg)} kg, {day}, {count}")

    def _effect(self, shown: str, day: date) -> str:
        if self.weighing and self.weighing.weighed_on != day:
            return "would take the weighing that is then the last before"
        return f"would change to {shown}"

    def _nearest(self, day: date, *, besides: BodyWeight | None) -> BodyWeight | None:
        """The last weighing before the day, else the first after."""
        others = self.athlete.body_weights.all()
        if besides:
            others = others.exclude(pk=besides.pk)
        last = others.filter(weighed_on__lt=day).first()
        return last or others.filter(weighed_on__gt=day).last()


class PlatesForm(forms.Form):
    """A weight to be loaded on a bar of the ``racks``; what is not said is as usual."""

    weight = WeightField(
        min_value=0,
        max_digits=7,
        decimal_places=3,
        label="Weight with the bar",
        error_messages={"required": "Which weight?"},
    )
    unit = forms.ChoiceField(choices=SHORT_UNITS, required=False)
    bar = WeightField(required=False, widget=forms.Select)

    def __init__(self, data: Any = None, *, racks: Racks, unit: Unit) -> None:
        super().__init__(data, initial={"unit": unit})
        asked = data.get("unit") if data else None
        self.rack = racks[Unit(asked) if asked in Unit.values else unit]
        bars = [(plain(bar), f"{plain(bar)} {self.rack.unit}") for bar in self.rack.bars]
        self.fields["bar"].widget.choices = bars

    def clean_weight(self) -> Decimal:
        weight: Decimal = self.cleaned_data["weight"]
        if weight > HEAVIEST[self.rack.unit]:
            most = f"{HEAVIEST[self.rack.unit]:,f} {self.rack.unit}"
            raise forms.ValidationError(f"No bar holds more than {most}.")
        return weight

    @property
    def examples(self) -> tuple[int, ...]:
        return (60, 100, 140) if self.rack.unit == Unit.KG else (135, 225, 315)

    @property
    def page(self) -> PlatesPage:
        """Of a valid form."""
        bar = self.cleaned_data["bar"]
        usual, *_ = self.rack.bars
        return PlatesPage(
            self.cleaned_data["weight"], bar if bar in self.rack.bars else usual, self.rack
        )


BARS_ASKED = 4


class RackFields(NamedTuple):
    """What is asked about the bars and plates of a unit."""

    label: str
    bars: list[forms.BoundField]
    plates: list[forms.BoundField]


class RacksForm(forms.Form):
    """The bars and plates that an athlete has, in both units."""

    def __init__(self, data: Any = None, *, racks: Racks) -> None:
        super().__init__(data)
        for unit, rack in racks.items():
            bars = [plain(bar) for bar in rack.bars][:BARS_ASKED]
            for number in range(BARS_ASKED):
                self.fields[f"{unit}-bar-{number + 1}"] = WeightField(
                    required=not number,
                    min_value=Decimal("0.5"),
                    max_value=200,
                    max_digits=6,
                    decimal_places=3,
                    label="Usual bar" if not number else f"Bar {number + 1}",
                    initial=bars[number] if number < len(bars) else None,
                    error_messages={"required": "Say at least what your usual bar weighs."},
                )
            for plate in GYM[unit]:
                self.fields[f"{unit}-{plain(plate)}"] = forms.IntegerField(
                    required=False,
                    min_value=0,
                    max_value=MOST_OF_A_PLATE,
                    label=f"{plain(plate)} {unit}",
                    initial=rack.plates.get(plate) or None,
                    widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                )

    @property
    def units(self) -> list[RackFields]:
        return [
            RackFields(
                Unit(unit).label,
                [self[f"{unit}-bar-{number + 1}"] for number in range(BARS_ASKED)],
                [self[f"{unit}-{plain(plate)}"] for plate in plates],
            )
            for unit, plates in GYM.items()
        ]

    @property
    def racks(self) -> list[Rack]:
        """Of a valid form."""
        return [self._rack(unit) for unit in GYM]

    def _rack(self, unit: Unit) -> Rack:
        said = self.cleaned_data
        bars = [said[f"{unit}-bar-{number + 1}"] for number in range(BARS_ASKED)]
        plates = {plate: said[f"{unit}-{plain(plate)}"] or 0 for plate in GYM[unit]}
        return Rack(unit, list(dict.fromkeys(filter(None, bars))), plates)


class GoalForm(forms.ModelForm):
    """A body weight that the athlete has in mind, or none."""

    goal_weight = BodyWeightField(required=False, label="Goal")
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


def _compared(nearest: BodyWeight | None, day: date) -> str:
    if nearest is None:
        return ""
    when = _day(nearest.weighed_on)
    if nearest.weighed_on > day:
        return f" On {when} it was {nearest.shown}."
    return f" Last time it was {nearest.shown}, on {when}."


def _rounded(weight_kg: Decimal, unit: Unit) -> str:
    return f"{from_kg(weight_kg, unit):,.0f} {unit}"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


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


MAX_ALIASES = 20
MAX_STEPS = 30
MAX_STEP = 500  # characters

# What each load type means, and a line of a workout that is logged that way
LOAD_HELP: dict[str, tuple[str, str]] = {
    LoadType.EXTERNAL: (
        "The whole weight: bar and plates together, or what the stack says.",
        "Zercher squat: 60 kg x 8, 8, 7",
    ),
    LoadType.PER_HAND: (
        "One weight in each hand. Write what one of them weighs.",
        "Dumbbell pull-around: 12.5 kg x 10, 10",
    ),
    LoadType.BODYWEIGHT: (
        "Your body and nothing else.",
        "Typewriter pull-up: 6, 5, 5",
    ),
    LoadType.BODYWEIGHT_PLUS: (
        "Your body and what hangs on it. Write only what you added.",
        "Ring dip: +10 kg x 5, 5, 4",
    ),
    LoadType.ASSISTED_BODYWEIGHT: (
        "Your body less the help of a machine or band. Write the help.",
        "Assisted muscle-up: -20 kg x 5, 5",
    ),
    LoadType.DURATION: (
        "Held or done for a time, without weight.",
        "L-sit: 20 s, 15 s",
    ),
    LoadType.WEIGHTED_DURATION: (
        "A weight that you hold or carry, for a time or a distance.",
        "Yoke walk: 80 kg x 20 m, 20 m",
    ),
}


# How many of the logged weight a rep moves: with both sides, and in a set for one of them
IMPLEMENTS = {"2-1": (2, 1), "2-2": (2, 2), "1-1": (1, 1)}
IMPLEMENT_CHOICES = [
    ("2-1", "Two, or one in a set for one side"),
    ("2-2", "Two, whichever side works"),
    ("1-1", "One"),
]


@dataclass(frozen=True, slots=True)
class LoadChoice:
    """A load type as the form explains it."""

    value: str
    label: str
    what: str
    example: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A muscle or a piece of equipment to tick; muscles can be ticked in either of two roles."""

    slug: str
    name: str
    is_chosen: bool
    is_helper: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Options of one region or kind."""

    label: str
    options: Sequence[Option]

    @property
    def chosen_count(self) -> int:
        return sum(option.is_chosen or option.is_helper for option in self.options)


class CommaSeparatedField(forms.CharField):
    """Names with commas between them; one that has a comma itself stands in double quotes."""

    def to_python(self, value: Any) -> Any:
        rows = csv.reader(split_lines(super().to_python(value) or ""), skipinitialspace=True)
        try:
            names = [clean_name(name) for row in rows for name in row]
        except csv.Error as error:  # longer than any list of names
            raise forms.ValidationError("That is too long.") from error
        return [name for name in names if name]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(_quoted, value)) if isinstance(value, list) else value

    def run_validators(self, value: Any) -> None:
        super().run_validators(", ".join(value))


def _quoted(name: str) -> str:
    if "," not in name and '"' not in name:
        return name
    return '"{}"'.format(name.replace('"', '""'))


class OwnExerciseForm(forms.Form):
    """What an athlete says of an exercise of their own.

    2 queries, for muscles and equipment; 2 more to begin with an ``exercise`` that is there. A
    posted one may keep as many names as it has by now.
    """

    name = forms.CharField(max_length=80, error_messages={"required": "Give it a name."})
    load_type = forms.ChoiceField(
        choices=LoadType.choices,
        error_messages={"required": "Choose how a set of it is written."},
    )
    implements = forms.ChoiceField(
        choices=IMPLEMENT_CHOICES,
        required=False,
        label="Weights that you move in each rep",
        help_text=(
            "Volume counts them all. Hammer curls move two, or one in a set for one side. Lunges"
            " and split squats move two, whichever leg works. A single-arm row moves one, and so do"
            " curls with the arms in turn."
        ),
    )
    bodyweight_percent = PercentField(
        required=False,
        min_value=1,
        max_value=100,
        label="How much of your body weight it lifts, in per cent",
        help_text=(
            "100 for a pull-up or a dip, about 67 (two thirds) for a push-up, 53 on the knees."
            " It gives volume and a one-rep max. Leave it empty if you can’t say: then reps count."
        ),
    )
    primary = forms.MultipleChoiceField(required=False)
    secondary = forms.MultipleChoiceField(required=False)
    equipment = forms.MultipleChoiceField(required=False)
    aliases = CommaSeparatedField(
        required=False,
        max_length=20_000,
        label="Other names",
        help_text="How else you would write it, with commas between. The log knows them all.",
    )
    steps = TypedField(
        required=False,
        max_length=5000,
        label="How to do it",
        help_text="For yourself: one step a line.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, exercise: Exercise | None = None, **kwargs: Any) -> None:
        muscles_with_role = Muscle.objects.volume_units().annotate(role=_role_in(exercise))
        self.muscles: list[Any] = list(muscles_with_role)
        self.things: list[Any] = list(Equipment.objects.annotate(is_used=_is_used_in(exercise)))
        self.exercise = exercise
        if exercise and not args:
            kwargs["initial"] = self._stored(exercise)
        super().__init__(*args, **kwargs)
        muscles = [(muscle.slug, muscle.name) for muscle in self.muscles]
        for name in ("primary", "secondary"):
            self.fields[name].choices = muscles  # type: ignore[attr-defined]
        things = [(thing.slug, thing.name) for thing in self.things]
        self.fields["equipment"].choices = things  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        _check_name(name)
        return name

    def clean_aliases(self) -> list[str]:
        names: list[str] = self.cleaned_data["aliases"]
        if len(names) > MAX_ALIASES and len(names) > self._own_names().count():
            raise forms.ValidationError(f"At most {MAX_ALIASES} names.")
        for name in names:
            _check_name(name)
        return names

    def clean_steps(self) -> list[str]:
        steps = lines(self.cleaned_data["steps"])
        if len(steps) > MAX_STEPS:
            raise forms.ValidationError(f"At most {MAX_STEPS} steps.")
        if any(len(step) > MAX_STEP for step in steps):
            raise forms.ValidationError(f"A step has at most {MAX_STEP} characters.")
        return steps

    @property
    def facts(self) -> OwnExerciseFacts:
        cleaned = dict(self.cleaned_data)
        load_type = LoadType(cleaned["load_type"])
        percent = cleaned.pop("bodyweight_percent")
        if load_type not in BODYWEIGHT_LOADS:
            percent = None
        both, one_side = IMPLEMENTS[cleaned["implements"] or "2-1"]
        if load_type != LoadType.PER_HAND:
            both, one_side = 1, 1
        return OwnExerciseFacts(
            **{
                **cleaned,
                "load_type": load_type,
                "implements": both,
                "implements_one_side": one_side,
                "bodyweight_fraction": Decimal(percent) / 100 if percent else None,
            }
        )

    @property
    def load_choices(self) -> list[LoadChoice]:
        chosen = self["load_type"].value()
        return [
            LoadChoice(value, LoadType(value).label, what, example, value == chosen)
            for value, (what, example) in LOAD_HELP.items()
        ]

    @property
    def chosen_load(self) -> str:
        """What the chosen load type is called; empty while none is."""
        return next((choice.label for choice in self.load_choices if choice.is_chosen), "")

    @property
    def muscle_groups(self) -> list[Group]:
        primary, secondary = set(self._chosen("primary")), set(self._chosen("secondary"))
        return [
            Group(region, [_option(each, primary, secondary) for each in muscles])
            for region, muscles in _grouped(self.muscles, "get_region_display")
        ]

    @property
    def equipment_groups(self) -> list[Group]:
        chosen = set(self._chosen("equipment"))
        return [
            Group(kind, [_option(each, chosen) for each in things])
            for kind, things in _grouped(self.things, "get_kind_display")
        ]

    def _stored(self, exercise: Exercise) -> dict[str, Any]:
        return {
            "name": exercise.name,
            "load_type": exercise.load_type,
            "implements": _implements_of(exercise),
            "bodyweight_percent": _percent_of(exercise),
            "primary": [muscle.slug for muscle in self.muscles if muscle.role == Role.PRIMARY],
            "secondary": [muscle.slug for muscle in self.muscles if muscle.role == Role.SECONDARY],
            "equipment": [thing.slug for thing in self.things if thing.is_used],
            "aliases": [each.name for each in self._own_names()],
            "steps": "\n".join(step.text for step in exercise.steps.all()),
        }

    def _own_names(self) -> "QuerySet[OwnName]":
        """Those that lead to it, also by renaming and merging, which no limit stops."""
        return OwnName.objects.filter(exercise=self.exercise)

    def _chosen(self, name: str) -> list[str]:
        return self[name].value() or []


def _implements_of(exercise: Exercise) -> str:
    """As one of ``IMPLEMENT_CHOICES``; what is not held in the hands has none yet."""
    if exercise.load_type != LoadType.PER_HAND:
        return ""
    return f"{exercise.implements}-{exercise.implements_one_side}"


def _percent_of(exercise: Exercise) -> int | None:
    fraction = exercise.bodyweight_fraction
    return None if fraction is None else int(fraction * 100)


def _role_in(exercise: Exercise | None) -> Subquery:
    roles = Target.objects.filter(exercise=exercise, muscle=OuterRef("pk")).order_by()
    return Subquery(roles.values("role"))


def _is_used_in(exercise: Exercise | None) -> Exists:
    used = Exercise.equipment.through.objects.filter(exercise=exercise, equipment=OuterRef("pk"))
    return Exists(used)


def _check_name(name: str) -> None:
    problem = name_problem(name)
    if not problem and not name_key(name):
        problem = NAMELESS
    if problem:
        raise forms.ValidationError(f"{name}: {problem}" if name else problem)


def _grouped(rows: Iterable[Any], label: str) -> Iterator[tuple[str, list[Any]]]:
    """Rows by their label, in the order in which each label comes first."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, label)(), []).append(row)
    yield from groups.items()


def _option(row: Any, chosen: set[str], helpers: Iterable[str] = ()) -> Option:
    return Option(row.slug, row.name, row.slug in chosen, row.slug in helpers)
