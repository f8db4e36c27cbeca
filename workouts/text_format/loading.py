"""How an exercise is loaded decides what the weight on a set means."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, runtime_checkable

from exercises.sentences import gettext as _
from exercises.vocabulary import WEIGHTLESS_LOADS, LoadType

from .values import EntryText, Load, SetText, Sign

# The caller's look-up: how the exercise of this name is loaded, None when there's no such exercise.
Find = Callable[[str], LoadType | None]


@runtime_checkable
class TellsSides(Protocol):
    """A look-up that also tells of a name whether the exercise is done one side at a time."""

    def is_one_sided(self, name: str) -> bool: ...


@runtime_checkable
class TellsExercises(Protocol):
    """A look-up that also tells whether two names are of one exercise: they have the same key."""

    def key(self, name: str) -> str | None: ...


WEIGHTLESS: frozenset[LoadType | None] = frozenset(WEIGHTLESS_LOADS)
# Exercises for which "3 x 8" may mean three sets or three kilograms
WEIGHTED: frozenset[LoadType | None] = frozenset((LoadType.EXTERNAL, LoadType.PER_HAND))


def is_one_sided(name: str, find: Find) -> bool:
    """Whether the exercise is done one side at a time, as far as the look-up tells."""
    return isinstance(find, TellsSides) and find.is_one_sided(name)


def key_of(name: str, find: Find) -> str:
    """What names of the same exercise have in common, as far as the look-up tells."""
    key = find.key(name) if isinstance(find, TellsExercises) else None
    return key or name.casefold()


def as_loaded(load: Load, load_type: LoadType | None) -> Load:
    """The load with the sign that it has for this exercise; unchanged for an unknown exercise.

    Raises ValueError with a sentence when the exercise can't have such a load.
    """
    if load_type is None:
        return load
    if load_type in WEIGHTLESS:
        raise ValueError(
            _(
                "This exercise is logged without weight. For added weight, choose the weighted"
                " version of it."
            )
        )
    if load.sign == "-" and load_type != LoadType.ASSISTED_BODYWEIGHT:
        raise ValueError(_no_help(load_type))
    return replace(load, sign=sign_of(load_type) if load.amount else "")


def as_logged(one: SetText, load_type: LoadType) -> SetText:
    """The set of another exercise as one that is loaded like this has it.

    Raises ValueError with a sentence when it can't have such a set.
    """
    load = one.load
    if load and load.sign == "+" and load_type == LoadType.ASSISTED_BODYWEIGHT:
        raise ValueError(
            _("Added weight is the opposite of help, which this exercise is logged by.")
        )
    again = replace(one, load=as_loaded(load, load_type) if load else None)
    if problem := measure_problem(again, load_type):
        raise ValueError(problem)
    return again


def measure_problem(one_set: SetText, load_type: LoadType | None) -> str | None:
    """Why such an exercise can't have a set measured like this, as a sentence; None when it can."""
    has_seconds, has_metres = one_set.seconds is not None, one_set.metres is not None
    if load_type == LoadType.DURATION and (has_metres or not has_seconds):
        return _('This exercise is logged by time. Write 90 s or 1:30; "m" stands for metres.')
    if load_type == LoadType.DISTANCE and one_set.reps is not None:
        return _(
            "This exercise is logged by distance and time. Write 5 km in 25:00, 5 km or 25:00."
        )
    if load_type == LoadType.WEIGHTED_DURATION and not (has_seconds or has_metres):
        return _("This exercise is logged by time or distance. Write, for example, 40 s or 40 m.")
    return None


def fits(entry: EntryText, load_type: LoadType | None) -> bool:
    """Whether every set has the kind of load and measure that such an exercise is logged with.

    Fitting entries come back unchanged from `parse(print_workout(...), find=find)`.
    """
    return all(
        _load_fits(one.load, load_type) and measure_problem(one, load_type) is None
        for one in entry.sets
    )


def _load_fits(load: Load | None, load_type: LoadType | None) -> bool:
    try:
        return load is None or as_loaded(load, load_type) == load
    except ValueError:
        return False


def sign_of(load_type: LoadType) -> Sign:
    """The sign of a weight on such an exercise: added to the body, taken off it, or neither."""
    if load_type == LoadType.ASSISTED_BODYWEIGHT:
        return "-"
    return "+" if load_type == LoadType.BODYWEIGHT_PLUS else ""


def _no_help(load_type: LoadType) -> str:
    if load_type == LoadType.BODYWEIGHT_PLUS:
        return _(
            "A weight with - is help, which this exercise doesn’t take. Choose the assisted version"
            " of it, or write added weight as +10 kg."
        )
    return _(
        "This exercise is logged with the whole weight. Write it without -, for example 60 kg."
    )
