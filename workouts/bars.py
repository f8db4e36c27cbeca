"""What an athlete loads: their own bars and plates, or those of a gym until they say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from django.db import transaction

from workouts.models import Athlete, Bar, Plate
from workouts.reckoning.plates import GYM, GYM_BARS
from workouts.vocabulary import Unit


@dataclass(frozen=True, slots=True)
class Rack:
    """The bars of a unit, the usual one first, and how many plates of each weight there are."""

    unit: Unit
    bars: Sequence[Decimal]
    plates: Mapping[Decimal, int]

    @classmethod
    def of_gym(cls, unit: Unit) -> Self:
        return cls(unit, GYM_BARS[unit], GYM[unit])


Racks = Mapping[Unit, Rack]


def racks_of(athlete: Athlete | None) -> Racks:
    """A rack for each unit: the athlete's, where they have said. 2 queries, for a visitor none."""
    racks = {unit: Rack.of_gym(unit) for unit in Unit}
    if athlete is None:
        return racks
    bars = [(Unit(bar.unit), bar.weight) for bar in athlete.bars.all()]
    plates = [(Unit(plate.unit), plate.weight, plate.count) for plate in athlete.plates.all()]
    for unit in {unit for unit, _ in bars}:
        racks[unit] = Rack(
            unit,
            [weight for of, weight in bars if of == unit],
            {weight: count for of, weight, count in plates if of == unit},
        )
    return racks


@transaction.atomic
def set_racks(*, athlete: Athlete, racks: Iterable[Rack]) -> None:
    """Keep these as the athlete's, each with a bar at least, in place of what they had."""
    athlete.renew_version()
    athlete.bars.all().delete()
    athlete.plates.all().delete()
    bars: list[Bar] = []
    plates: list[Plate] = []
    for rack in racks:
        bars += [
            Bar(athlete=athlete, unit=rack.unit, weight=weight, position=position)
            for position, weight in enumerate(rack.bars)
        ]
        plates += [
            Plate(athlete=athlete, unit=rack.unit, weight=weight, count=count)
            for weight, count in rack.plates.items()
            if count
        ]
    Bar.objects.bulk_create(bars)
    Plate.objects.bulk_create(plates)
