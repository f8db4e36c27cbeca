"""Which muscles had few sets, and which exercises would give them some.

Few is less than 5 a week: groups that did less grew 5 %, those with 10 or more 10 % (Schoenfeld,
Ogborn and Krieger 2017, Journal of Sports Sciences 35:1073). It is no norm, and the study was of
weeks of training, not of a life. What is looked at are the muscles that move the big joints; most
of the small ones have no exercises of their own.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from exercises.sentences import gettext as _
from exercises.vocabulary import SHARES, Level, Role

FEW = Decimal(5)  # sets a week
MOST_GAPS = 3
MOST_EXERCISES = 3
SETS_AT_A_TIME = 3  # of an exercise, as most routines have
# By the slugs that they keep
LARGE = (
    *("latissimus-dorsi", "middle-trapezius", "rhomboids", "teres-major", "erector-spinae"),
    *("upper-trapezius", "rear-deltoid", "lateral-deltoid", "front-deltoid"),
    *("pectoralis-major-sternal", "pectoralis-major-clavicular"),
    *("biceps-brachii", "triceps-brachii", "rectus-abdominis", "obliques"),
    *("gluteus-maximus", "quadriceps", "hamstrings", "gastrocnemius"),
)
# What few exercises train and many programmes forget: a reminder
SMALL = {
    _("Lower trapezius"): ("lower-trapezius",),
    _("External rotators"): ("infraspinatus", "teres-minor"),
}
LEVELS = [*Level.values]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exercise that could be done; ``roles`` by the slugs that muscles keep."""

    key: int
    slug: str
    name: str
    level: str
    is_favourite: bool
    is_known: bool
    roles: Mapping[str, Role]


def gaps(sets: Mapping[str, Decimal]) -> list[str]:
    """The large ones of these muscles with the fewest sets a week, if few, the back first."""
    few = [muscle for muscle in LARGE if muscle in sets and sets[muscle] < FEW]
    return sorted(few, key=lambda muscle: sets[muscle])[:MOST_GAPS]


def highest_level(levels: Iterable[str]) -> str:
    """What an athlete may be offered: as hard as the hardest of what they do; else what is easy."""
    places = [LEVELS.index(level) for level in levels if level in LEVELS]
    return LEVELS[max(places, default=0)]


def suggested(
    candidates: Iterable[Candidate], wanting: Mapping[str, Decimal], *, level: str
) -> list[Candidate]:
    """At most three, each the one that fills most of what the ones before it leave open.

    ``wanting`` are sets a week that each muscle is short of; an exercise counts for three sets of
    its own. Among those that fill as much favourites come first, then what the athlete does, then
    the easiest. What is harder than ``level`` is left out, unless they marked or did it.
    """
    open_, left = dict(wanting), [each for each in candidates if _fits(each, level)]
    chosen: list[Candidate] = []
    while left and len(chosen) < MOST_EXERCISES:
        best = min(left, key=lambda each: (-_filled(each, open_), *_rank(each)))
        if not _filled(best, open_):
            break
        left.remove(best)
        chosen.append(best)
        for muscle, role in best.roles.items():
            if muscle in open_:
                open_[muscle] = max(open_[muscle] - SETS_AT_A_TIME * SHARES[role], Decimal(0))
    return chosen


def _fits(each: Candidate, level: str) -> bool:
    is_theirs = each.is_favourite or each.is_known
    return is_theirs or each.level not in LEVELS or LEVELS.index(each.level) <= LEVELS.index(level)


def _filled(each: Candidate, wanting: Mapping[str, Decimal]) -> Decimal:
    fills = (
        min(wanting[muscle], SETS_AT_A_TIME * SHARES[role])
        for muscle, role in each.roles.items()
        if muscle in wanting
    )
    return sum(fills, Decimal(0))


def _rank(each: Candidate) -> tuple[bool, bool, int, str, int]:
    place = LEVELS.index(each.level) if each.level in LEVELS else len(LEVELS)
    return (not each.is_favourite, not each.is_known, place, each.name.casefold(), each.key)


def short_of(sets: Mapping[str, Decimal], muscles: Collection[str]) -> dict[str, Decimal]:
    """How many sets a week each of the muscles has less than few."""
    return {muscle: FEW - sets.get(muscle, Decimal(0)) for muscle in muscles}
