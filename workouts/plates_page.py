"""The page of plates: how a weight is loaded, how to warm up to it, and its other unit."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from workouts.bars import Rack
from workouts.reckoning.loaded_bar import BarDrawing, bar_drawing
from workouts.reckoning.plates import Loaded, Loading, load_bar
from workouts.reckoning.warm_up import WarmUp, warm_up
from workouts.reckoning.weights import converted, format_weight, plain, rounded
from workouts.text_format import Load, SetText, print_sets
from workouts.vocabulary import SetKind, Unit


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """A loaded bar in words and drawn."""

    loaded: Loaded
    rack: Rack

    @property
    def weight(self) -> str:
        return format_weight(self.loaded.weight, self.rack.unit)

    @property
    def number(self) -> str:
        return plain(self.loaded.weight)

    @property
    def side(self) -> str:
        """ "25 + 15", "6 × 45 + 35"; empty for the bar alone."""
        alike = ((plain(plate), len(list(plates))) for plate, plates in groupby(self.loaded.side))
        return " + ".join(
            f"{count} × {plate}" if count > 2 else " + ".join([plate] * count)
            for plate, count in alike
        )

    @property
    def drawing(self) -> BarDrawing:
        owned = [plate for plate, count in self.rack.plates.items() if count > 1]
        return bar_drawing(self.loaded.side, heaviest=max(owned, default=Decimal(1)))


@dataclass(frozen=True, slots=True)
class Step:
    """A warm-up set."""

    shown: ShownLoad
    reps: int


@dataclass(frozen=True)
class PlatesPage:
    """A weight on a bar, both in the unit of the rack."""

    weight: Decimal
    bar: Decimal
    rack: Rack

    @cached_property
    def loading(self) -> Loading:
        return load_bar(self.weight, bar=self.bar, plates=self.rack.plates)

    @property
    def exact(self) -> ShownLoad | None:
        exact = self.loading.exact
        return ShownLoad(exact, self.rack) if exact else None

    @property
    def nearest(self) -> list[ShownLoad]:
        """What can be loaded below and above it."""
        both = (self.loading.below, self.loading.above)
        return [ShownLoad(loaded, self.rack) for loaded in both if loaded]

    @property
    def typed(self) -> str:
        return format_weight(self.weight, self.rack.unit)

    @property
    def typed_bar(self) -> str:
        return format_weight(self.bar, self.rack.unit)

    @property
    def other_unit(self) -> str:
        """To a hundredth: "≈ 102.06 kg", "≈ 220.46 lb"."""
        into = Unit.LB if self.rack.unit == Unit.KG else Unit.KG
        other = rounded(converted(self.weight, self.rack.unit, into=into), 2)
        return f"≈ {format_weight(other, into)}"

    @cached_property
    def ramp(self) -> list[WarmUp]:
        return warm_up(self.weight, bar=self.bar, plates=self.rack.plates)

    @property
    def steps(self) -> list[Step]:
        return [Step(ShownLoad(each.loaded, self.rack), each.reps) for each in self.ramp]

    @property
    def sets(self) -> str:
        """The warm-up as the log takes it: "20 kg x 10 w, 50 kg x 5 w"."""
        return print_sets(warm_up_sets(self.ramp, self.rack.unit)) if self.ramp else ""


def warm_up_sets(ramp: list[WarmUp], unit: Unit) -> tuple[SetText, ...]:
    return tuple(
        SetText(load=Load(each.loaded.weight, unit, ""), reps=each.reps, kind=SetKind.WARMUP)
        for each in ramp
    )
