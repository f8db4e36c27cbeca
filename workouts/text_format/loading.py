"""How an exercise is loaded decides what the weight on a set means."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from .values import EntryText, Load, SetText, Sign

Loading = Literal[
    "bodyweight",
    "bodyweight_plus",
    "assisted_bodyweight",
    "external",
    "per_hand",
    "duration",
    "weighted_duration",
]
# The caller's look-up: how the exercise of this name is loaded, None when there's no such exercise.
Find = Callable[[str], Loading | None]

WEIGHTLESS: frozenset[Loading | None] = frozenset(("bodyweight", "duration"))
# Exercises for which "3 x 8" may mean three sets or three kilograms
WEIGHTED: frozenset[Loading | None] = frozenset(("external", "per_hand"))


def as_loaded(load: Load, loading: Loading | None) -> Load:
    """The load with the sign that it has for this exercise; unchanged for an unknown exercise.

    Raises ValueError with a sentence when the exercise can't have such a load.
    """
    if loading is None:
        return load
    if loading in WEIGHTLESS:
        raise ValueError(
            "This exercise is logged without weight. For added weight, "
            "choose the weighted version of it."
        )
    if load.sign == "-" and loading != "assisted_bodyweight":
        raise ValueError(_no_help(loading))
    return replace(load, sign=_sign(loading) if load.amount else "")


def as_logged(one: SetText, loading: Loading) -> SetText:
    """The set of another exercise as one that is loaded like this has it.

    Raises ValueError with a sentence when it can't have such a set.
    """
    load = one.load
    if load and load.sign == "+" and loading == "assisted_bodyweight":
        raise ValueError("Added weight is the opposite of help, which this exercise is logged by.")
    again = replace(one, load=as_loaded(load, loading) if load else None)
    if problem := measure_problem(again, loading):
        raise ValueError(problem)
    return again


def measure_problem(one_set: SetText, loading: Loading | None) -> str | None:
    """Why such an exercise can't have a set measured like this, as a sentence; None when it can."""
    if loading == "duration" and (one_set.seconds is None or one_set.metres is not None):
        return 'This exercise is logged by time. Write 90 s or 1:30; "m" stands for metres.'
    if loading == "weighted_duration" and one_set.seconds is None and one_set.metres is None:
        return "This exercise is logged by time or distance. Write, for example, 40 s or 40 m."
    return None


def fits(entry: EntryText, loading: Loading | None) -> bool:
    """Whether every set has the kind of load and measure that such an exercise is logged with.

    Fitting entries come back unchanged from `parse(print_workout(..., find=find), find=find)`.
    """
    return all(
        _load_fits(one.load, loading) and measure_problem(one, loading) is None
        for one in entry.sets
    )


def _load_fits(load: Load | None, loading: Loading | None) -> bool:
    try:
        return load is None or as_loaded(load, loading) == load
    except ValueError:
        return False


def _sign(loading: Loading) -> Sign:
    if loading == "assisted_bodyweight":
        return "-"
    return "+" if loading == "bodyweight_plus" else ""


def _no_help(loading: Loading) -> str:
    if loading == "bodyweight_plus":
        return (
            "A weight with - is help, which this exercise doesn’t take. "
            "Choose the assisted version of it, or write added weight as +10 kg."
        )
    return "This exercise is logged with the whole weight. Write it without -, for example 60 kg."
