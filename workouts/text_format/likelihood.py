"""How likely a reading of a line is, in points against it, and what has to be asked in any case.

Each reason is stated once here. The points are a judgement, not a measurement: a reading that is
`CLEAR` points ahead of every other is taken. What is usual comes from what training logs hold: 1 to
10 sets of 1 to 50 repetitions, at most 30 with a heavy weight, near to what was done last time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import pairwise

from exercises.vocabulary import LoadType
from workouts.reckoning.weights import exact_kg
from workouts.vocabulary import SetKind

from .loading import WEIGHTED, WEIGHTLESS
from .number_roles import Roles
from .sets import Built
from .values import SetText

# The athlete's last sets of the exercise of this name, None when there are none
Last = Callable[[str], Sequence[SetText] | None]

CLEAR = Decimal("2.5")
MOST_SETS = 10
MOST_REPS = 50
MOST_HEAVY_REPS = 30
HEAVY_KG = Decimal(60)
HEAVIEST_KG = Decimal(500)
SMALL_WEIGHT = Decimal(10)  # up to here, a bare number may as well count sets
# Roles that people do give to numbers, but that say something else to most
_UNUSUAL = {
    ("pair", "reps x weight"): 3,
    ("pair", "reps x sets"): 3,
    ("triple", "sets x reps x weight"): 2,
    ("triple", "weight x sets x reps"): 3,
    ("two_beside_weight", "weight x sets x reps"): 3,
    ("two_beside_weight", "reps x sets x weight"): 2,
    ("lone", "weight first"): 1,
    ("lone", "weight and reps by turns"): 1,
    ("behind", "reps"): 3,
    ("unit", "of the other number"): 1,
    ("plural", "weight"): 1,
    ("count", "times"): 4,
    ("slashed_lists", "sets"): 3,
    ("at", "weight"): 1,
    ("early", "the weight that follows"): 1,
    ("hand", "side"): 3,
    ("couple", "reps"): 3,
    ("letter", "side"): 3,
}
_ASKED = frozenset(
    (
        ("pair", "reps x weight"),
        ("pair", "reps x sets"),
        ("triple", "sets x reps x weight"),
        ("triple", "weight x sets x reps"),
        ("two_beside_weight", "weight x sets x reps"),
        ("two_beside_weight", "reps x sets x weight"),
        ("lone", "weight first"),
        ("lone", "weight and reps by turns"),
        ("unit", "of the other number"),
        ("unit", "as written"),
        ("plural", "weight"),
        ("plural", "seconds"),
        ("plural", "reps"),
        ("slashes", "weight/reps"),
        ("slashed_lists", "reps, then weights"),
        ("count", "as many sets as listed"),
        ("total", "a set each"),
        ("total", "one set"),
        ("at", "weight"),
        ("early", "no weight"),
        ("warm_up", "all sets of the line"),
        ("warm_up", "all sets up to a comma"),
        ("warm_up", "the first set"),
        ("hands", "both at once"),
        ("hands", "one after the other"),
        ("came_to", "of the open set"),
        ("came_to", "a set more"),
        ("turns", "left and right"),
        ("turns", "a set each"),
        ("dashed", "weight first"),
        ("dashed", "reps"),
        ("drop", "weight x reps"),
        ("drop", "as the others"),
        ("plates", "on a bar"),
        ("plates", "on both sides"),
        ("plates", "of each side"),
        ("early", "the weight that follows"),
    )
)
# What weights and reps of the last time tell; they don't tell which sets were warm-ups
_TOLD_BY_LAST = frozenset(each.name for each in fields(Roles)) - {
    "warm_up",
    "hands",
    "total",
    "plates",
    "came_to",
}


@dataclass(frozen=True)
class Verdict:
    """`points` against a reading; whether it may not be `taken` unasked, however clear it is.

    `is_as_last` says that it repeats about what the athlete did last time.
    """

    points: Decimal
    is_asked: bool
    is_as_last: bool = False


def judge(
    built: Built,
    roles: Roles,
    *,
    load_type: LoadType | None,
    last: Sequence[SetText] | None,
) -> Verdict:
    """What speaks against this reading of a line."""
    sets = built.sets
    answers = [(name, getattr(roles, name)) for name in roles.open]
    points = Decimal(sum(_UNUSUAL.get(answer, 0) for answer in answers))
    points += _points_of_sets(built, load_type, roles)
    is_as_last = _resembles(sets, last)
    if last and is_as_last:
        points -= 7 if _usual_reps(sets) == _usual_reps(last) else 1
    elif last:
        points += _points_of_change(sets, last)
    is_odd = built.is_assumed or _is_odd(built, load_type)
    questions = {name for name, answer in answers if (name, answer) in _ASKED}
    is_asked = is_odd or bool(questions - _TOLD_BY_LAST if is_as_last else questions)
    return Verdict(points, is_asked, is_as_last)


def _points_of_sets(built: Built, load_type: LoadType | None, roles: Roles) -> Decimal:
    points = Decimal(0)
    sets, loaded = built.sets, [one for one in built.sets if one.load and one.load.amount]
    most_at_once = max(built.counts, default=1)
    if most_at_once > MOST_SETS:
        points += 6
    elif most_at_once > 5 and most_at_once > 1.5 * max(_reps(sets), default=99):
        points += 2  # 60 x 3 x 10 is rather 3 sets of 10
    if (
        load_type not in WEIGHTLESS
        and built.unsaid
        and any(one < other for one, other in pairwise(built.counts))
    ):
        points += 4  # 6x8, 8x8 are rather weights
    if load_type in WEIGHTED and not loaded:
        points += 4
    if load_type in WEIGHTED and any(one.seconds is not None and not one.metres for one in loaded):
        points += 4
    if any(reps > MOST_REPS for reps in _reps(loaded)):
        points += 8
    elif any(map(_is_long_and_heavy, loaded)):
        points += 3
    elif load_type in WEIGHTED and any(reps > MOST_REPS for reps in _reps(sets)):
        points += 4
    if load_type == LoadType.WEIGHTED_DURATION and any(one.reps for one in sets):
        points += 4
    if _may_be_count(loaded, roles):
        points += 3
    if loaded and min(map(_kg, loaded)) * 4 < max(map(_kg, loaded)):
        points += 4
    if any(_kg(one) > HEAVIEST_KG for one in loaded):
        points += 5
    return points


def names_weight(sets: Iterable[SetText]) -> bool:
    """Whether a weight is so large that it is no number of sets."""
    return any(one.load and one.load.amount > SMALL_WEIGHT for one in sets)


def _may_be_count(loaded: Sequence[SetText], roles: Roles) -> bool:
    """Whether a weight taken from a bare number is so small and whole that it may count sets."""
    by_number = {roles.pair, roles.triple, roles.lone} & set(roles.words.split(", "))
    if not any("weight" in answer for answer in by_number):
        return False
    amounts = [one.load.amount for one in loaded if one.load]
    return any(amount <= SMALL_WEIGHT and amount % 1 == 0 for amount in amounts)


def _is_long_and_heavy(one: SetText) -> bool:
    return (one.reps or 0) > MOST_HEAVY_REPS and _kg(one) >= HEAVY_KG


def _is_odd(built: Built, load_type: LoadType | None) -> bool:
    """Whether the sets themselves are so unusual that they may be a slip."""
    sets = built.sets
    loaded = [one for one in sets if one.load and one.load.amount]
    timed = [one for one in sets if one.seconds is not None and one.metres is None]
    by_reps = [one for one in sets if one.reps is not None and one.seconds is None]
    is_lift = load_type in WEIGHTED
    return (
        any(reps > MOST_REPS for reps in _reps(loaded))
        or any(map(_is_long_and_heavy, loaded))
        or max(built.counts, default=1) > MOST_SETS
        or (is_lift and any(reps > MOST_REPS for reps in _reps(sets)))
        or (is_lift and len(timed) > 1)
        or (load_type == LoadType.EXTERNAL and any(one.metres and not one.load for one in sets))
        or (bool(timed) and bool(by_reps))
        or (is_lift and bool(loaded) and bool(built.unsaid))
        or _mixes_seconds(sets, load_type)
    )


def _mixes_seconds(sets: Sequence[SetText], load_type: LoadType | None) -> bool:
    """Whether held seconds are so far apart that one may be minutes or repetitions: 90 s, 2."""
    seconds = [one.seconds for one in sets if one.seconds is not None]
    return load_type == LoadType.DURATION and len(seconds) > 1 and min(seconds) * 8 < max(seconds)


def _resembles(sets: Sequence[SetText], last: Sequence[SetText] | None) -> bool:
    """Whether the heaviest weight and the reps are near to those of last time."""
    now, before = _working(sets), _working(last or ())
    if not now or not before or not now[0].load or not before[0].load:
        return False
    top, top_before = max(map(_kg, now)), max(map(_kg, before))
    if not top_before or not Decimal("0.8") <= top / top_before <= Decimal("1.25"):
        return False
    reps, reps_before = max(_reps(now), default=0), max(_reps(before), default=0)
    return reps_before / 2 <= reps <= reps_before * 2


def _usual_reps(sets: Iterable[SetText]) -> int | None:
    reps = _reps(_working(sets))
    return max(reps, key=reps.count) if reps else None


def _points_of_change(sets: Sequence[SetText], last: Sequence[SetText]) -> Decimal:
    top, before = (max(map(_kg, _working(each)), default=Decimal(0)) for each in (sets, last))
    if not before:
        return Decimal(0)
    if not top:
        return Decimal(2)
    return Decimal(0) if before / 2 <= top <= before * 2 else Decimal(3)


def _working(sets: Iterable[SetText]) -> list[SetText]:
    return [one for one in sets if one.kind != SetKind.WARMUP]


def _reps(sets: Iterable[SetText]) -> list[int]:
    return [one.reps for one in sets if one.reps is not None]


def _kg(one: SetText) -> Decimal:
    return exact_kg(one.load.amount, one.load.unit) if one.load else Decimal(0)
