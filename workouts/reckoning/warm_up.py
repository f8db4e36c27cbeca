"""Warm-up sets on the way to a working weight.

The steps are common coaching practice, not evidence: studies agree on no protocol (Ribeiro et al.
2021, Motricidade 17(1), doi 10.6063/motricidade.21143). What they say is that sets near the working
weight help: 6 reps at 80 % of it did more for squats, 6 at 40 % and 6 at 80 % for bench presses
than 6 at 40 % alone (Ribeiro et al. 2020, Int J Environ Res Public Health 17(18): 6882). Each step
is rounded down to what the bar can load.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from workouts.reckoning.plates import Loaded, load_bar

BAR_REPS = 10
STEPS = ((Decimal("0.5"), 5), (Decimal("0.7"), 3), (Decimal("0.85"), 2))
LEAST_STEP = Decimal("1.1")  # a step is a tenth heavier than the one before, or it is left out


class WarmUp(NamedTuple):
    loaded: Loaded
    reps: int


def warm_up(weight: Decimal, *, bar: Decimal, plates: Mapping[Decimal, int]) -> list[WarmUp]:
    """The empty bar, then half, 70 % and 85 % of ``weight``, lightest first; at most four sets.

    A step is left out where what can be loaded is hardly more than the one before, or the working
    weight hardly more than it. None where the weight is that of the bar.
    """
    ramp: list[WarmUp] = []
    for share, reps in ((None, BAR_REPS), *STEPS):
        loaded = Loaded(bar, ()) if share is None else _at_most(weight * share, bar, plates)
        if loaded is None or loaded.weight * LEAST_STEP > weight:
            continue
        if not ramp or loaded.weight >= ramp[-1].loaded.weight * LEAST_STEP:
            ramp.append(WarmUp(loaded, reps))
    return ramp


def _at_most(weight: Decimal, bar: Decimal, plates: Mapping[Decimal, int]) -> Loaded | None:
    loading = load_bar(weight, bar=bar, plates=plates)
    return loading.exact or loading.below
