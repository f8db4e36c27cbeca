"""What can stand in for an exercise where its equipment is not there. No Django.

The same movement, none of the same implements, and at least half of the muscle work in common: for
each muscle the smaller of the two shares (``vocabulary.SHARES``), summed, by the larger ones summed
(a weighted Jaccard index). What has most in common comes first, once for each set of implements.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

LEAST_IN_COMMON = Decimal("0.5")
OFFERED = 5


@dataclass(frozen=True, slots=True)
class Work:
    """What an exercise does, by keys: its movement, what it counts for each muscle, and what is
    moved or held on to in it (no bench, rack or handle).
    """

    key: int
    movement: str
    shares: Mapping[int, Decimal]
    implements: frozenset[int]


def in_common(one: Work, other: Work) -> Decimal:
    """The part of their muscle work that two exercises share, from 0 to 1."""
    muscles = one.shares.keys() | other.shares.keys()
    pairs = [
        (one.shares.get(each, Decimal(0)), other.shares.get(each, Decimal(0))) for each in muscles
    ]
    most = sum((max(pair) for pair in pairs), Decimal(0))
    return sum((min(pair) for pair in pairs), Decimal(0)) / most if most else Decimal(0)


def substitutes(wanted: Work, others: Iterable[Work]) -> list[Work]:
    """The best few of ``others``; those that have as much in common stay in their order."""
    fitting = [
        (in_common(wanted, other), other) for other in others if _is_other_way(wanted, other)
    ]
    fitting.sort(key=lambda each: -each[0])
    by_implements: dict[frozenset[int], Work] = {}
    for share, other in fitting:
        if share >= LEAST_IN_COMMON:
            by_implements.setdefault(other.implements, other)
    return list(by_implements.values())[:OFFERED]


def _is_other_way(wanted: Work, other: Work) -> bool:
    """Whether it is the same movement with other things, or with nothing where there was one."""
    return (
        wanted.movement != ""
        and other.movement == wanted.movement
        and other.implements != wanted.implements
        and not other.implements & wanted.implements
    )
