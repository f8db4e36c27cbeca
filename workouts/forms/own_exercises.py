"""The form of an athlete's own exercise."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises.languages import told
from exercises.models import Equipment, Exercise, LoadType, Muscle, Role, Target
from exercises.models.fields import choices_of, label_of, lines
from exercises.names import NAMELESS, name_key
from exercises.translating import in_words
from exercises.vocabulary import BODYWEIGHT_LOADS, Pace, Pattern
from workouts.forms.fields import CommaSeparatedField, Option, PercentField, TypedField
from workouts.models import OwnName
from workouts.own_exercises import MAX_ALIASES, MAX_STEP, MAX_STEPS, OwnExerciseFacts
from workouts.reckoning.balance import PAIRS
from workouts.text_format import clean_name, name_problem

# What each load type means, and a line of a workout that is logged that way
LOAD_HELP: dict[str, tuple[str | Promise, str]] = {
    LoadType.EXTERNAL: (
        _("The whole weight: bar and plates together, or what the stack says."),
        "Zercher squat: 60 kg x 8, 8, 7",
    ),
    LoadType.PER_HAND: (
        _("One weight in each hand. Write what one of them weighs."),
        "Dumbbell pull-around: 12.5 kg x 10, 10",
    ),
    LoadType.BODYWEIGHT: (
        _("Your body and nothing else."),
        "Typewriter pull-up: 6, 5, 5",
    ),
    LoadType.BODYWEIGHT_PLUS: (
        _("Your body and what hangs on it. Write only what you added."),
        "Ring dip: +10 kg x 5, 5, 4",
    ),
    LoadType.ASSISTED_BODYWEIGHT: (
        _("Your body less the help of a machine or band. Write the help."),
        "Assisted muscle-up: -20 kg x 5, 5",
    ),
    LoadType.DURATION: (
        _("Held or done for a time, without weight."),
        "L-sit: 20 s, 15 s",
    ),
    LoadType.WEIGHTED_DURATION: (
        _("A weight that you hold or carry, for a time or a distance."),
        "Yoke walk: 80 kg x 20 m, 20 m",
    ),
    LoadType.DISTANCE: (
        _("How far, how long, or both. It counts no sets for muscles and no one-rep max."),
        "Kayaking: 5 km in 38:00",
    ),
}


# How many of the logged weight a rep moves: with both sides, and in a set for one of them
IMPLEMENTS = {"2-1": (2, 1), "2-2": (2, 2), "1-1": (1, 1)}
IMPLEMENT_CHOICES = [
    ("2-1", _("Two, or one in a set for one side")),
    ("2-2", _("Two, whichever side works")),
    ("1-1", _("One")),
]


def movement_choices() -> list[tuple[str, Any]]:
    """Movements, by the side of the pair that each counts on; those in no pair last."""
    halves = [half for pair in PAIRS for half in (pair.pull, pair.push)]
    paired = frozenset[str]().union(*(half.patterns for half in halves))
    return [
        ("", gettext("As its main muscles say")),
        *((in_words(half.does), _movements(half.patterns)) for half in halves),
        (gettext("In no pair"), _movements(set(Pattern) - paired)),
    ]


def _movements(patterns: Collection[str]) -> list[tuple[str, str]]:
    return [(each.value, label_of(each)) for each in Pattern if each in patterns]


@dataclass(frozen=True, slots=True)
class LoadChoice:
    """A load type as the form explains it."""

    value: str
    label: str
    what: str | Promise
    example: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Options of one region or kind."""

    label: str
    options: Sequence[Option]

    @property
    def chosen_count(self) -> int:
        return sum(option.is_chosen or option.is_helper for option in self.options)


class OwnExerciseForm(forms.Form):
    """What an athlete says of an exercise of their own.

    2 queries, for muscles and equipment; 2 more to begin with an ``exercise`` that is there. A
    posted one may keep as many names as it has by now.
    """

    name = forms.CharField(max_length=80, error_messages={"required": _("Give it a name.")})
    load_type = forms.ChoiceField(
        choices=choices_of(LoadType),
        error_messages={"required": _("Choose how a set of it is written.")},
    )
    implements = forms.ChoiceField(
        choices=IMPLEMENT_CHOICES,
        required=False,
        label=_("Weights that you move in each rep"),
        help_text=_(
            "Volume counts them all. Hammer curls move two, or one in a set for one side. Lunges"
            " and split squats move two, whichever leg works. A single-arm row moves one, and so do"
            " curls with the arms in turn."
        ),
    )
    bodyweight_percent = PercentField(
        required=False,
        min_value=1,
        max_value=100,
        label=_("How much of your body weight it lifts, in per cent"),
        help_text=_(
            "100 for a pull-up or a dip, about 67 (two thirds) for a push-up, 53 on the knees."
            " It gives volume and a one-rep max. Leave it empty if you can’t say: then reps count."
        ),
    )
    pace = forms.ChoiceField(
        choices=choices_of(Pace),
        required=False,
        label=_("How its speed is told"),
        help_text=_("Beside a distance with its time. In miles where you log weights in pounds."),
    )
    pattern = forms.ChoiceField(
        required=False,
        choices=movement_choices,
        label=_("Its movement"),
        help_text=_(
            "It says which pulls or pushes its sets count among. Left open, its main muscles do,"
            " where all of them are on one side of one pair."
        ),
    )
    primary = forms.MultipleChoiceField(required=False)
    secondary = forms.MultipleChoiceField(required=False)
    equipment = forms.MultipleChoiceField(required=False)
    aliases = CommaSeparatedField(
        required=False,
        max_length=20_000,
        label=_("Other names"),
        help_text=_("How else you would write it, with commas between. The log knows them all."),
    )
    steps = TypedField(
        required=False,
        max_length=5000,
        label=_("How to do it"),
        help_text=_("For yourself: one step a line."),
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
            raise forms.ValidationError(gettext("At most %(most)s names.") % {"most": MAX_ALIASES})
        for name in names:
            _check_name(name)
        return names

    def clean_steps(self) -> list[str]:
        steps = lines(self.cleaned_data["steps"])
        if len(steps) > MAX_STEPS:
            raise forms.ValidationError(gettext("At most %(most)s steps.") % {"most": MAX_STEPS})
        if any(len(step) > MAX_STEP for step in steps):
            raise forms.ValidationError(
                gettext("A step has at most %(most)s characters.") % {"most": MAX_STEP}
            )
        return steps

    @property
    def facts(self) -> OwnExerciseFacts:
        cleaned = dict(self.cleaned_data)
        load_type = LoadType(cleaned["load_type"])
        percent = cleaned.pop("bodyweight_percent")
        if load_type not in BODYWEIGHT_LOADS:
            percent = None
        is_far = load_type == LoadType.DISTANCE
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
                "pace": Pace((is_far and cleaned["pace"]) or Pace.PER_KM),
            }
        )

    @property
    def load_choices(self) -> list[LoadChoice]:
        chosen = self["load_type"].value()
        return [
            LoadChoice(value, label_of(LoadType(value)), what, example, value == chosen)
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
            "pace": exercise.pace,
            "pattern": exercise.pattern,
            "primary": [muscle.slug for muscle in self.muscles if muscle.role == Role.PRIMARY],
            "secondary": [muscle.slug for muscle in self.muscles if muscle.role == Role.SECONDARY],
            "equipment": [thing.slug for thing in self.things if thing.is_used],
            "aliases": [each.name for each in self._own_names()],
            "steps": "\n".join(step.text for step in exercise.steps.all()),
        }

    def _own_names(self) -> "QuerySet[OwnName]":
        """Those that lead to it, also by renaming and merging, which no limit stops."""
        if self.exercise is None:
            return OwnName.objects.none()
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
        raise forms.ValidationError(told(name, problem) if name else problem)


def _grouped(rows: Iterable[Any], label: str) -> Iterator[tuple[str, list[Any]]]:
    """Rows by their label, in the order in which each label comes first."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, label)(), []).append(row)
    yield from groups.items()


def _option(row: Any, chosen: set[str], helpers: Iterable[str] = ()) -> Option:
    return Option(row.slug, row.shown_name, row.slug in chosen, row.slug in helpers)
