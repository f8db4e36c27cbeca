"""Which plates a bar is loaded with.

What is lifted is the bar and twice the plates of one side; collars are not reckoned. The heaviest
plate that fits is not always best: 60 lb a side are 35 and 25, not 45, 10 and 5, and there are only
so many of each. So all sums that can be made are looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from workouts.vocabulary import Unit

# Plates that are sold, and how many a well-stocked gym has: what is there until one says otherwise
GYM: dict[Unit, dict[Decimal, int]] = {
    Unit.KG: {
        Decimal(plate): count
        for plate, count in (
            *(("50", 0), ("25", 8), ("20", 4), ("15", 2), ("10", 4), ("5", 4), ("2.5", 4)),
            *(("2", 0), ("1.5", 0), ("1.25", 2), ("1", 0), ("0.5", 0), ("0.25", 0)),
        )
    },
    Unit.LB: {
        Decimal(plate): count
        for plate, count in (
            *(("100", 0), ("55", 0), ("45", 12), ("35", 2), ("25", 4), ("10", 4), ("5", 4)),
            *(("2.5", 2), ("1.25", 0), ("1", 0), ("0.5", 0), ("0.25", 0)),
        )
    },
}
GYM_BARS = {
    Unit.KG: (Decimal(20), Decimal(15), Decimal(10)),
    Unit.LB: (Decimal(45), Decimal(35)),
}
MOST_OF_A_PLATE = 20
HEAVIEST = {Unit.KG: Decimal(1000), Unit.LB: Decimal(2200)}  # that is reckoned for

Side = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bar with the plates of one side, the heaviest, which goes on first, first."""

    bar: Decimal
    side: Side

    @property
    def weight(self) -> Decimal:
        return self.bar + 2 * sum(self.side, Decimal(0))


@dataclass(frozen=True, slots=True)
class Loading:
    """How to load a weight: ``exact`` if it can be done, else the nearest ``below`` and ``above``,
    as far as there are such.
    """

    exact: Loaded | None
    below: Loaded | None
    above: Loaded | None


def load_bar(weight: Decimal, *, bar: Decimal, plates: Mapping[Decimal, int]) -> Loading:
    """How ``weight`` is loaded with these plates, of which there are so many in all; an odd one
    stays on the floor. No weight has more than three decimals.
    """
    pairs = {_grams(2 * plate): count // 2 for plate, count in plates.items()}
    wanted = _grams(weight - bar)
    sides = _sides(pairs, most=wanted + max(pairs, default=0))

    def loaded(total: int | None) -> Loaded | None:
        if total is None:
            return None
        counted = zip(sorted(pairs, reverse=True), sides[total], strict=True)
        side = [Decimal(pair) / 2000 for pair, count in counted for _ in range(count)]
        return Loaded(bar, tuple(side))

    return Loading(
        exact=loaded(wanted if wanted in sides else None),
        below=loaded(max((total for total in sides if total < wanted), default=None)),
        above=loaded(min((total for total in sides if total > wanted), default=None)),
    )


def _grams(weight: Decimal) -> int:
    """Thousandths, whatever the unit."""
    return int(weight * 1000)


def _sides(pairs: Mapping[int, int], *, most: int) -> dict[int, tuple[int, ...]]:
    """Each sum of pairs up to ``most``, and 0, with how many there are of each, heaviest first.

    Of the ways to make it the one with the fewest; of several the one with the heaviest.
    """
    sums: dict[int, tuple[int, ...]] = {0: ()}
    for pair in sorted(pairs, reverse=True):
        longer: dict[int, tuple[int, ...]] = {}
        for total, counts in sums.items():
            for count in range(pairs[pair] + 1):
                reached = total + count * pair
                if reached > max(most, 0):
                    break
                found = (*counts, count)
                best = longer.get(reached)
                if best is None or (sum(found), best) < (sum(best), found):
                    longer[reached] = found
        sums = longer
    return sums
