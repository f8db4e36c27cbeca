"""A routine printed in the one form that reads back as the same routine."""

from collections.abc import Sequence
from itertools import groupby

from exercises.vocabulary import LoadType
from workouts.reckoning.targets import Span, Target
from workouts.text_format import Load, print_decimal, print_load, sign_of
from workouts.text_format.printer import (
    KINDS,
    note_lines,
    print_distance,
    print_name,
    superset_places,
)

from .values import PlannedEntry, RoutineText


def print_routine(routine: RoutineText) -> str:
    """The whole routine as text, without a line end after the last line."""
    lines = note_lines(routine.notes)
    places = superset_places(entry.superset for entry in routine.entries)
    for entry, place in zip(routine.entries, places, strict=True):
        name = print_name(entry.name, entry.superset, place)
        lines += [f"{name}{print_planned(entry)}", *note_lines(entry.notes)]
    return "\n".join(lines)


def print_planned(entry: PlannedEntry) -> str:
    """What is planned of one exercise: "3 x 8-12 @8, rest 120 s"."""
    rest = f", rest {entry.rest_seconds} s" if entry.rest_seconds else ""
    return f"{print_targets(entry.targets, entry.load_type)}{rest}"


def print_targets(targets: Sequence[Target], load_type: LoadType | None = None) -> str:
    """Sets that are alike and next to each other in one group: "1 x 5 w, 3 x 8-12 @8"."""
    return ", ".join(
        f"{len(list(alike))} x {print_target(target, load_type)}"
        for target, alike in groupby(targets)
    )


def print_target(target: Target, load_type: LoadType | None = None) -> str:
    """One planned set: "8-12 at 60 kg @8"."""
    weight = ""
    if target.weight is not None:
        sign = sign_of(load_type) if load_type and target.weight.amount else ""
        weight = f" at {print_load(Load(*target.weight, sign))}"
    rpe = f" @{print_decimal(target.rpe)}" if target.rpe is not None else ""
    side = " each side" if target.is_each_side else ""
    return f"{_measure(target, load_type)}{side}{KINDS[target.kind]}{weight}{rpe}"


def _measure(target: Target, load_type: LoadType | None) -> str:
    if target.reps:
        return _span(target.reps)
    if target.seconds:
        return f"{_span(target.seconds)} s"
    if target.metres is None:
        return ""
    if load_type == LoadType.DISTANCE:
        return print_distance(target.metres)
    return f"{print_decimal(target.metres)} m"


def _span(span: Span) -> str:
    if span.most is None:
        return "max" if span.least == 1 else f"{span.least}+"
    return str(span.least) if span.least == span.most else f"{span.least}-{span.most}"
