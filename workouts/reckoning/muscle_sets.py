"""How many sets each muscle had, and what that amounts to: fractional counting, and bands.

A working set counts 1 for each muscle that does the main work and ½ for each that helps; holding
steady counts nothing. Of the three ways to count the sets of helpers (1, ½ or 0), ½ fitted growth
best in the 67 studies of Pelland et al. 2025 (Sports Medicine, doi 10.1007/s40279-025-02344-w).
It is the muscle that counts half, not the exercise: a bench press is a whole set for the chest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from exercises.vocabulary import Role

SHARES: Mapping[Role, Decimal] = {
    Role.PRIMARY: Decimal(1),
    Role.SECONDARY: Decimal("0.5"),
    Role.STABILISER: Decimal(0),
}


@dataclass(frozen=True, slots=True)
class Work:
    """Working sets of one exercise, and the role of each muscle in it, by slug.

    ``sets`` is what ``strength.count_sets`` makes of them: no warm-ups, 3 left and 3 right are 3.
    """

    sets: int
    roles: Mapping[str, Role]


@dataclass(frozen=True, slots=True)
class Band:
    """A range of sets: from more than the band before up to ``most``; None is without end.

    ``level`` is that of the body map's heat. The bands leave 2 out, so that they stay apart.
    """

    level: int
    most: Decimal | None
    text: str


# A week's sets. Growth was 5 % below 5 sets a week and 10 % from 10 on (Schoenfeld, Ogborn and
# Krieger 2017, Journal of Sports Sciences 35:1073); trained people are mostly given 12 to 20, and
# more than 20 helped one muscle of three (Baz-Valle et al. 2022, Journal of Human Kinetics 81:199).
WEEK = (
    Band(1, Decimal("4.5"), "up to 4½ sets"),
    Band(3, Decimal("9.5"), "5 to 9½ sets"),
    Band(4, Decimal(20), "10 to 20 sets"),
    Band(5, None, "more than 20 sets"),
)
# A session's sets: half a week's, as each muscle is best trained at least twice a week (Schoenfeld,
# Ogborn and Krieger 2016, Sports Medicine 46:1689). Our reckoning; no study sets such bounds.
SESSION = (
    Band(1, Decimal(2), "up to 2 sets"),
    Band(3, Decimal("4.5"), "2½ to 4½ sets"),
    Band(4, Decimal(10), "5 to 10 sets"),
    Band(5, None, "more than 10 sets"),
)


def sets_per_muscle(work: Iterable[Work]) -> dict[str, Decimal]:
    """Fractional sets by muscle; without those that had none."""
    return sets_per_group(work, {})


def sets_per_group(work: Iterable[Work], groups: Mapping[str, str]) -> dict[str, Decimal]:
    """Fractional sets by group, each set once, at the largest share among the group's muscles.

    ``groups`` has each muscle's group; a muscle that is not in it stands for itself.
    """
    sets: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in work:
        shares: defaultdict[str, Decimal] = defaultdict(Decimal)
        for muscle, role in each.roles.items():
            group = groups.get(muscle, muscle)
            shares[group] = max(shares[group], SHARES[role])
        for group, share in shares.items():
            sets[group] += each.sets * share
    return {group: count for group, count in sets.items() if count}


def band_of(sets: Decimal, bands: Iterable[Band]) -> Band | None:
    """The band that a count of more than none falls into."""
    if sets <= 0:
        return None
    return next(band for band in bands if band.most is None or sets <= band.most)


def in_halves(sets: Decimal) -> str:
    """A count as people write it: "½", "7½", "12"."""
    whole, half = divmod(sets, 1)
    return f"{whole or '' if half else whole}{'½' if half else ''}"
