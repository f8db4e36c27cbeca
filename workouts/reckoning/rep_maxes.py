"""The best of each load and of each number of reps, from sets that are equal.

A repetition maximum is the heaviest load that was lifted for so many reps or more: who lifts 100 kg
five times has lifted it three times too. Beside it stands what Epley's formula makes of the best
estimated one-rep max, turned round: load = estimate / (1 + reps / 30) (Epley 1985). As the estimate
itself it is rough at 11 and 12 reps and ends there (Reynolds, Gordon and Robergs 2006); how many
reps people do at a share of their maximum differs widely (Zourdos et al. 2021), so that what was
done and what the formula says need not agree.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from workouts.reckoning.strength import MAX_REPS_FOR_E1RM

Measure = Literal["reps", "seconds", "metres"]


class EqualSets(NamedTuple):
    """Working sets that say the same, and where in the history the first of them stands.

    ``load_kg`` is as ``strength.ranked_weight`` has it: help is negative, None is no weight. Places
    sort as the history does.
    """

    load_kg: Decimal | None
    reps: int | None
    seconds: int | None
    metres: Decimal | None
    place: str

    def amount(self, measure: Measure) -> Decimal | int | None:
        """Of a hold or a distance None where another thing was counted: faster is better then."""
        if measure == "reps":
            return self.reps
        if self.reps is not None or (self.seconds is not None and self.metres is not None):
            return None
        return self.seconds if measure == "seconds" else self.metres


class BestAtLoad(NamedTuple):
    """The most at a load; ``is_topped`` where a heavier load was done for as much."""

    sets: EqualSets
    is_topped: bool


class RepMax(NamedTuple):
    """The heaviest load for so many reps or more, None where there was none; and what the formula
    gives, kg, None where nothing is estimated.
    """

    reps: int
    done: EqualSets | None
    by_formula_kg: Decimal | None


def best_at_each_load(sets: Iterable[EqualSets], measure: Measure) -> list[BestAtLoad]:
    """The most reps, the longest hold or the farthest distance at each load, heaviest first."""
    best: dict[Decimal | None, EqualSets] = {}
    for one in sets:
        amount = one.amount(measure)
        if amount is None:
            continue
        before = best.setdefault(one.load_kg, one)
        most = before.amount(measure) or 0
        if amount > most or (amount == most and one.place < before.place):
            best[one.load_kg] = one
    found: list[BestAtLoad] = []
    topped: Decimal | int = 0
    for one in sorted(best.values(), key=lambda each: each.load_kg or Decimal(0), reverse=True):
        amount = one.amount(measure) or 0
        found.append(BestAtLoad(one, is_topped=amount <= topped))
        topped = max(topped, amount)
    return found


def fastest(sets: Iterable[EqualSets]) -> list[EqualSets]:
    """Of each distance, with each load, the one that took the least time, shortest distance
    first.
    """
    best: dict[tuple[Decimal, Decimal | None], EqualSets] = {}
    for one in sets:
        if one.metres is None or one.seconds is None:
            continue
        before = best.setdefault((one.metres, one.load_kg), one)
        if (one.seconds, one.place) < (before.seconds or one.seconds, before.place):
            best[one.metres, one.load_kg] = one
    return [one for _, one in sorted(best.items(), key=lambda each: _nearest(*each[0]))]


def _nearest(metres: Decimal, load_kg: Decimal | None) -> tuple[Decimal, Decimal]:
    return metres, load_kg or Decimal(0)


def rep_maxes(
    sets: Sequence[EqualSets], *, e1rm_kg: Decimal | None, body_kg: Decimal = Decimal(0)
) -> list[RepMax]:
    """For 1 to 12 reps. ``body_kg`` is what of the lifted load is body, and goes off again, so that
    the formula's loads are as logged.
    """
    loaded = [one for one in sets if one.load_kg is not None and one.reps is not None]
    return [
        RepMax(reps, _heaviest(loaded, reps), _by_formula(e1rm_kg, reps, body_kg))
        for reps in range(1, MAX_REPS_FOR_E1RM + 1)
    ]


def _heaviest(loaded: Iterable[EqualSets], reps: int) -> EqualSets | None:
    enough = [one for one in loaded if (one.reps or 0) >= reps]
    heaviest = max((one.load_kg or Decimal(0) for one in enough), default=None)
    at_it = (one for one in enough if one.load_kg == heaviest)
    return min(at_it, key=lambda one: (-(one.reps or 0), one.place), default=None)


def _by_formula(e1rm_kg: Decimal | None, reps: int, body_kg: Decimal) -> Decimal | None:
    if e1rm_kg is None:
        return None
    return (e1rm_kg if reps == 1 else e1rm_kg * 30 / (30 + reps)) - body_kg
