"""The sets of a line: the products, with the weight that is in force for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest

from exercises.vocabulary import LoadType
from workouts.vocabulary import SetKind, Side, Unit

from .errors import UnreadableError
from .factors import Amount, check_first_number, has_weight, no_measure, read_product, surroundings
from .items import Bare, Factor, Item, Measure, NoWeight, Weight, read_items
from .loading import as_loaded, measure_problem
from .printer import print_decimal
from .scanner import Token
from .values import MAX_SETS, Load, SetText


def read_sets(
    tokens: Sequence[Token], *, load_type: LoadType | None, unit: Unit
) -> tuple[SetText, ...]:
    """The sets that the tokens of one line stand for, for an exercise that is loaded like this.

    `loading` None means an unknown exercise; `unit` is for weights that are written without one.
    Raises UnreadableError when a token makes no sense, a number could mean two things, or there are
    more than 100 sets. No tokens are no sets.
    """
    return _Reader(read_items(tokens), load_type, unit).read()


@dataclass
class _Reader:
    """Goes through the items of a line with the weight and the unit in force so far."""

    items: list[Item]
    load_type: LoadType | None
    unit: Unit
    load: Load | None = None
    sets: list[SetText] = field(default_factory=list)

    def read(self) -> tuple[SetText, ...]:
        around = surroundings(self.items, self.load_type, self.unit)
        check_first_number(self.items, around)
        behind = self._trailing_loads()
        for item, following in zip_longest(self.items, self.items[1:]):
            self.load = behind.get(item.part, self.load)
            if not item.is_load:
                product = read_product(item, around)
                self._take_load(product.weight, item)
                self._add_sets(item, product.measure, product.count)
            elif not item.trailing:
                if following is None or following.is_load:
                    raise no_measure(item)
                self._take_load(item.factors[0], item)
        return tuple(self.sets)

    # Weights

    def _trailing_loads(self) -> dict[int, Load | None]:
        """The weights written behind sets, by part of the line.

        A single one is for all sets of the line. Several are one for each part.
        """
        trailing = [item for item in self.items if item.trailing]
        if not trailing:
            return {}
        parts = sorted({item.part for item in self.items})
        one_each = [item.part for item in trailing] == parts
        others = any(has_weight(item) and not item.trailing for item in self.items)
        if others or (len(trailing) > 1 and not one_each):
            raise _weights_clash(trailing[-1])
        loads = [self._load_of(item.factors[0], item) for item in trailing]
        return dict(zip(parts, loads, strict=True)) if one_each else dict.fromkeys(parts, loads[0])

    def _take_load(self, weight: Factor | None, item: Item) -> None:
        if weight is not None:
            self.load = self._load_of(weight, item)

    def _load_of(self, weight: Factor, item: Item) -> Load | None:
        """The load that a weight stands for. A unit, once named, goes for the rest of the line."""
        if isinstance(weight, NoWeight):
            is_without_help = self.load_type == LoadType.ASSISTED_BODYWEIGHT and not weight.is_band
            return Load(Decimal(0), self.unit) if is_without_help else None
        if not isinstance(weight, Weight):
            return None
        self.unit = weight.unit or self.unit
        try:
            load = Load(weight.amount, self.unit, weight.sign if weight.amount else "")
            return as_loaded(load, self.load_type)
        except ValueError as error:
            raise UnreadableError(str(error), item.start, item.end) from None

    # Sets

    def _add_sets(self, item: Item, measure: Amount, count: Decimal) -> None:
        times = _whole(count, "The number of sets", item)
        sets = [self._set_of(measure, side, item) for side in item.sides or (Side.BOTH,)]
        if times == 0 or len(self.sets) + times * len(sets) > MAX_SETS:
            raise UnreadableError(f"An exercise has 1 to {MAX_SETS} sets.", item.start, item.end)
        self.sets.extend(sets * times)

    def _set_of(self, measure: Amount, side: Side, item: Item) -> SetText:
        measure = self._measured(measure)
        reps = _whole_or_none(measure.reps, "The number of reps", item)
        seconds = _whole_or_none(measure.seconds, "The number of seconds", item)
        kind = item.kind or SetKind.WORKING
        try:
            one = SetText(self.load, reps, seconds, measure.metres, kind, side, item.rpe)
        except ValueError as error:
            raise UnreadableError(str(error), item.start, item.end) from None
        if problem := measure_problem(one, self.load_type):
            raise UnreadableError(problem, item.start, item.end)
        return one

    def _measured(self, amount: Amount) -> Measure:
        """The amount with its unit: reps, or seconds for what is logged by time (plank 60)."""
        if not isinstance(amount, Bare):
            return amount
        if self.load_type == LoadType.DURATION:
            return Measure(seconds=amount.number)
        return Measure(reps=amount.number)


def _weights_clash(load: Item) -> UnreadableError:
    message = "Which sets is this weight for? Write it before the reps: 60 kg x 8, 70 kg x 8."
    return UnreadableError(message, load.start, load.end)


def _whole(number: Decimal, what: str, item: Item) -> int:
    if number % 1:
        message = f"{what} is whole, and {print_decimal(number)} is not."
        raise UnreadableError(message, item.start, item.end)
    return int(number)


def _whole_or_none(number: Decimal | None, what: str, item: Item) -> int | None:
    return None if number is None else _whole(number, what, item)
