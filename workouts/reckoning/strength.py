"""What a set amounts to: its load, its estimated one-rep maximum, and an entry's summary.

Every figure that a progress page shows comes from here. Weights are kilograms throughout.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

from exercises.vocabulary import BODYWEIGHT_LOADS, WEIGHTLESS_LOADS, LoadType, Pace, Pattern
from workouts.reckoning.pace import METRES_OF
from workouts.reckoning.weights import rounded
from workouts.vocabulary import Side

Number = TypeVar("Number", int, Decimal)

KEPT_PLACES = 10  # a twentieth of a pound has as many in kilograms
KEPT_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)  # all that SQLite keeps of a number
MAX_REPS_FOR_E1RM = 12
MAX_REPS_FOR_FIRM_E1RM = 10


@dataclass(frozen=True, slots=True)
class LoadRule:
    """How an exercise is loaded.

    ``implements`` says how many of the logged weight a rep moves: two dumbbells curled together,
    one when the arms take turns. ``implements_one_side`` says it of a set for the left or the
    right: a hammer curl then moves one dumbbell, a split squat still carries two. ``pace`` is how
    its speed is told.
    """

    load_type: LoadType
    bodyweight_fraction: Decimal | None = None
    implements: int = 1
    implements_one_side: int = 1
    is_conditioning: bool = False
    pace: Pace = Pace.PER_KM

    @property
    def uses_bodyweight(self) -> bool:
        return self.load_type in BODYWEIGHT_LOADS


def is_conditioning(load_type: str, pattern: str) -> bool:
    """Whether working sets of such an exercise count as none of a muscle's week.

    It is conditioning, or logged over distances. The studies that weekly sets are held against
    counted sets of resistance exercise, most of them taken to failure or near it (Schoenfeld,
    Ogborn and Krieger 2017; Pelland et al. 2025).
    """
    return pattern == Pattern.CONDITIONING or load_type == LoadType.DISTANCE


@dataclass(frozen=True, slots=True)
class SetFigures:
    """One logged set, as far as its figures go. ``weight_kg`` is help on an assisted exercise, and
    exact where pounds were typed.
    """

    weight_kg: Decimal | None = None
    reps: int | None = None
    seconds: int | None = None
    metres: Decimal | None = None
    is_warmup: bool = False
    side: Side = Side.BOTH
    bodyweight_kg: Decimal | None = None

    @property
    def held_seconds(self) -> int | None:
        """How long it was held: None where reps or metres were counted, as there faster is better,
        and 2,000 m in 8:30 are no progress over 8:15.
        """
        return self.seconds if self.reps is None and self.metres is None else None


class Summary(NamedTuple):
    """What an entry's working sets come to. A figure that no rule gives is None, never zero.

    ``best_e1rm_reps`` are the reps that the best estimate rests on; ``best_seconds`` is the longest
    hold, or of what is logged over distances the longest time. ``best_speed`` is in metres a
    second.
    """

    best_e1rm_kg: Decimal | None = None
    best_e1rm_reps: int | None = None
    top_weight_kg: Decimal | None = None
    volume_kg: Decimal | None = None
    reps: int = 0
    best_reps: int | None = None
    best_seconds: int | None = None
    best_metres: Decimal | None = None
    best_speed: Decimal | None = None
    hard_sets: int = 0


def epley(load_kg: Decimal, reps: int) -> Decimal | None:
    """Estimated one-rep maximum, kg, not rounded, by Epley (1985): load x (1 + reps / 30).

    One rep is the load itself. Past 12 reps there is none: linear formulas hold to about ten
    (Reynolds, Gordon and Robergs 2006), and ``is_rough`` marks 11 and 12.
    """
    if not 1 <= reps <= MAX_REPS_FOR_E1RM or load_kg <= 0:
        return None
    return load_kg if reps == 1 else load_kg * (30 + reps) / 30


def is_rough(reps: int) -> bool:
    """Whether an estimate from so many reps should be marked as rough."""
    return reps > MAX_REPS_FOR_FIRM_E1RM


def effective_load(rule: LoadRule, figures: SetFigures) -> Decimal | None:
    """The load that a one-rep maximum is estimated from, kg, or None where no rule gives one.

    Bodyweight exercises: fraction x bodyweight + added - help, never below 0; None while either
    is unknown. For weights in each hand it is one hand's weight. Timed exercises have none.
    """
    weight = figures.weight_kg or Decimal(0)
    if rule.load_type in (LoadType.EXTERNAL, LoadType.PER_HAND):
        return figures.weight_kg
    if not rule.uses_bodyweight:
        return None
    if rule.bodyweight_fraction is None or figures.bodyweight_kg is None:
        return None
    body = rule.bodyweight_fraction * figures.bodyweight_kg
    if rule.load_type == LoadType.ASSISTED_BODYWEIGHT:
        if figures.weight_kg is None:
            return None  # help of an unknown size, such as a band's
        return max(body - weight, Decimal(0))
    return body + weight


def moved_load(rule: LoadRule, figures: SetFigures) -> Decimal | None:
    """The load that volume counts, kg: as many of the logged weight as each rep moves."""
    load = effective_load(rule, figures)
    implements = rule.implements if figures.side == Side.BOTH else rule.implements_one_side
    return None if load is None else load * implements


def ranked_weight(rule: LoadRule, figures: SetFigures) -> Decimal | None:
    """The logged weight, kg, so that more is better: help counts as negative.

    On an assisted exercise 20 kg of help (-20) beats 30 kg of help (-30).
    """
    if figures.weight_kg is None or rule.load_type in WEIGHTLESS_LOADS:
        return None
    is_help = rule.load_type == LoadType.ASSISTED_BODYWEIGHT
    return -figures.weight_kg if is_help else figures.weight_kg


class Sided(Protocol):
    """A set that is done with both sides or with one."""

    @property
    def side(self) -> Side: ...


def count_sets(sets: Iterable[Sided]) -> int:
    """How many sets these are: three left and three right are three, not six."""
    sides = dict.fromkeys(Side, 0)
    for each in sets:
        sides[each.side] += 1
    return sides[Side.BOTH] + max(sides[Side.LEFT], sides[Side.RIGHT])


def sets_added(parts: Iterable[Sequence[Sided]]) -> list[int]:
    """How many sets each entry of an exercise adds to those before it in the same workout.

    Three left in one line and three right in the next are 3 and 0, so that every sum of them is
    what ``count_sets`` makes of all together.
    """
    so_far: list[Sided] = []
    counts = [0]
    for part in parts:
        so_far += part
        counts.append(count_sets(so_far))
    return [after - before for before, after in pairwise(counts)]


def set_numbers(sets: Iterable[SetFigures]) -> list[int | None]:
    """The number of each set as people count: both sides have the same one, warm-ups none.

    The greatest is what ``count_sets`` makes of the working sets.
    """
    done = dict.fromkeys(Side, 0)
    numbers: list[int | None] = []
    for figures in sets:
        if figures.is_warmup:
            numbers.append(None)
            continue
        done[figures.side] += 1
        most = max(done[Side.LEFT], done[Side.RIGHT])
        sided = most if figures.side == Side.BOTH else done[figures.side]
        numbers.append(done[Side.BOTH] + sided)
    return numbers


def summarise(rule: LoadRule, sets: Sequence[SetFigures]) -> Summary:
    """The figures of one entry. Warm-up sets never count.

    Weights have the decimals that ``kept`` leaves, so that they can be rounded once when shown.
    """
    working = [figures for figures in sets if not figures.is_warmup]
    is_distance = rule.load_type == LoadType.DISTANCE
    best_e1rm_kg, best_e1rm_reps = _best_e1rm(rule, working)
    return Summary(
        best_e1rm_kg=kept(best_e1rm_kg),
        best_e1rm_reps=best_e1rm_reps,
        top_weight_kg=kept(_greatest(ranked_weight(rule, figures) for figures in working)),
        volume_kg=kept(_volume(rule, working)),
        reps=sum(figures.reps or 0 for figures in working),
        best_reps=_greatest(figures.reps for figures in working),
        best_seconds=_greatest(
            figures.seconds if is_distance else figures.held_seconds for figures in working
        ),
        best_metres=_greatest(figures.metres for figures in working) if is_distance else None,
        best_speed=_greatest(_speed(rule, figures) for figures in working),
        hard_sets=0 if rule.is_conditioning else count_sets(working),
    )


def kept(weight_kg: Decimal | None) -> Decimal | None:
    """A figure as both databases give it back: ten decimals, of at most fifteen digits in all."""
    if weight_kg is None:
        return None
    return KEPT_DIGITS.plus(rounded(weight_kg, KEPT_PLACES))


def _speed(rule: LoadRule, figures: SetFigures) -> Decimal | None:
    """Metres a second, of a set that went at least as far as its pace is told by."""
    if rule.load_type != LoadType.DISTANCE or figures.metres is None or not figures.seconds:
        return None
    if figures.metres < METRES_OF[rule.pace]:
        return None
    return kept(figures.metres / figures.seconds)


def _best_e1rm(
    rule: LoadRule, working: Sequence[SetFigures]
) -> tuple[Decimal, int] | tuple[None, None]:
    """The highest estimate and its reps; of equal ones that with the fewest reps. Conditioning has
    none: a ball is thrown for speed.
    """
    if rule.is_conditioning:
        return None, None
    estimates = [
        (estimate, -figures.reps)
        for figures in working
        if figures.reps is not None
        and (load := effective_load(rule, figures)) is not None
        and (estimate := epley(load, figures.reps)) is not None
    ]
    if not estimates:
        return None, None
    best, minus_reps = max(estimates)
    return best, -minus_reps


def _volume(rule: LoadRule, working: Sequence[SetFigures]) -> Decimal | None:
    """Sum of load x reps, kg; None when no set has both."""
    products = [
        load * figures.reps
        for figures in working
        if figures.reps is not None and (load := moved_load(rule, figures)) is not None
    ]
    return sum(products, Decimal(0)) if products else None


def _greatest(values: Iterable[Number | None]) -> Number | None:
    return max((value for value in values if value is not None), default=None)
