"""A routine made of what was done in a workout."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext

from workouts.models import Entry, Workout
from workouts.reckoning.rounds import Round, working_rounds
from workouts.reckoning.targets import Span, Target
from workouts.routine_format import MAX_SETS, PlannedEntry, RoutineText, print_routine
from workouts.text_format import SetText
from workouts.vocabulary import SetKind, Side


def routine_from(workout: Workout) -> dict[str, str]:
    """What the form of a routine begins with: the name and text of a workout, entries loaded.

    Sets next to each other are one group, from the fewest reps to the most; weights are left out,
    since they change.
    """
    entries = tuple(_planned(entry) for entry in workout.entries.all())
    return {
        "name": workout.title or gettext("New routine"),
        "text": print_routine(RoutineText(entries=entries)),
    }


def _planned(entry: Entry) -> PlannedEntry:
    text = entry.as_text()
    warm_ups = [one for one in text.sets if one.kind == SetKind.WARMUP]
    is_one_sided = any(one.side != Side.BOTH for one in text.sets)
    targets = [
        *(_target([one], kind=SetKind.WARMUP) for one in warm_ups),
        *_groups(working_rounds(text.sets), is_one_sided=is_one_sided),
    ]
    return PlannedEntry(
        name=text.name,
        targets=tuple(targets[:MAX_SETS]),
        superset=text.superset,
        load_type=text.load_type,
    )


def _groups(rounds: Sequence[Round], *, is_one_sided: bool) -> list[Target]:
    """A target for each round: alike for those that measure the same thing."""
    targets: list[Target] = []
    for _, alike in groupby(rounds, key=lambda one: (one.reps is None, one.metres)):
        together = list(alike)
        targets += [_target(together, is_each_side=is_one_sided)] * len(together)
    return targets


def _target(
    sets: Sequence[SetText | Round],
    *,
    kind: SetKind = SetKind.WORKING,
    is_each_side: bool = False,
) -> Target:
    reps = [one.reps for one in sets if one.reps is not None]
    seconds = [one.seconds for one in sets if one.seconds is not None]
    metres = [one.metres for one in sets if one.metres is not None]
    return Target(
        reps=Span(min(reps), max(reps)) if reps else None,
        seconds=Span(min(seconds), max(seconds)) if seconds and not (reps or metres) else None,
        metres=min(metres) if metres and not reps else None,
        kind=kind,
        is_each_side=is_each_side,
    )
