"""Factors joined by x, told apart: which is the weight, which the number of sets, which the reps.

"3 x 8" is three sets for a pull-up, and "60 x 8" a weight for a row. Where nothing tells, the
person is asked.
"""

from dataclasses import dataclass
from decimal import Decimal

from exercises.vocabulary import LoadType
from workouts.vocabulary import Unit

from .errors import UnreadableError
from .items import Bare, Count, Factor, Item, Measure, NoWeight, Weight
from .loading import WEIGHTED, WEIGHTLESS
from .printer import MOST_SETS_IN_A_PAIR, print_decimal

Amount = Bare | Measure


@dataclass(frozen=True)
class Product:
    """So many sets of a measure. `weight` None means that the product names none."""

    measure: Amount
    count: Decimal = Decimal(1)
    weight: Weight | NoWeight | None = None


@dataclass(frozen=True)
class Surroundings:
    """What helps to tell the factors of one product apart: the exercise and the rest of the line.

    `pairs` is the number of products like 3 x 8. A loose weight stands outside of products.
    """

    load_type: LoadType | None
    unit: Unit
    pairs: int
    has_weight: bool
    has_loose_weight: bool


def surroundings(items: list[Item], load_type: LoadType | None, unit: Unit) -> Surroundings:
    """What the items of a line say about each other."""
    return Surroundings(
        load_type,
        unit,
        pairs=sum(map(_is_plain_pair, items)),
        has_weight=any(map(has_weight, items)),
        has_loose_weight=any(item.is_load for item in items),
    )


def has_weight(item: Item) -> bool:
    """Whether a factor of the item is a weight for sure, or bodyweight."""
    return any(isinstance(factor, Weight | NoWeight) for factor in item.factors)


def read_product(item: Item, around: Surroundings) -> Product:
    """The item's factors with their parts in it. Raises UnreadableError when that can't be told."""
    weights = [f for f in item.factors if isinstance(f, Weight | NoWeight)]
    counts = [Bare(f.number) for f in item.factors if isinstance(f, Count)]
    amounts = [f for f in item.factors if isinstance(f, Bare | Measure)]
    match weights, counts, amounts:
        case [], [], [measure]:
            return Product(measure)
        case [], [], [first, second]:
            return _pair(item, first, second, around)
        case [], _, [weight, measure, *more] if len(more) + len(counts) == 1:
            return _weight_first(item, (weight, measure, *more, *counts), around)
        case [weight], [], [measure]:
            _check_order(item, around)
            return Product(measure, weight=weight)
        case [weight], [], [first, second]:
            return _weight_and_two(item, weight, first, second)
        case [] | [_], [count], [measure]:
            return Product(measure, count.number, next(iter(weights), None))
        case _, _, []:
            raise no_measure(item)
    raise _unclear(item)


def check_first_number(items: list[Item], around: Surroundings) -> None:
    """Raise UnreadableError when the first number may be a weight without a unit: row 60 8 8 7."""
    if around.load_type not in WEIGHTED or len(items) < 2 or items[0].part != items[1].part:
        return
    numbers = [number for item in items if (number := _bare_number(item)) is not None]
    if len(numbers) < len(items) or max(numbers[1:]) >= numbers[0]:
        return
    first, second = map(print_decimal, numbers[:2])
    message = (
        f"Is {first} the weight? Write {first} {around.unit} x {second}, "
        f"or put commas between reps: {first}, {second}."
    )
    raise UnreadableError(message, items[0].start, items[0].end)


def _bare_number(item: Item) -> Decimal | None:
    match item.factors:
        case (Bare(number),):
            return number
    return None


def _pair(item: Item, first: Amount, second: Amount, around: Surroundings) -> Product:
    """3 x 8, 60 x 8, 3 x 30 s, 30 s x 3."""
    if isinstance(first, Bare):
        if _is_weight(first, second, item, around):
            return Product(second, weight=Weight(first.number, None))
        return Product(second, first.number)
    if isinstance(second, Bare):
        return Product(first, second.number)
    raise _unclear(item)


def _is_weight(first: Bare, second: Amount, item: Item, around: Surroundings) -> bool:
    """Whether the first number of a pair is the weight and not the number of sets."""
    if around.load_type in WEIGHTLESS:
        return False
    may_count = first.number % 1 == 0
    if not may_count or first.number > MOST_SETS_IN_A_PAIR:
        if around.has_loose_weight or (may_count and around.load_type == LoadType.BODYWEIGHT_PLUS):
            raise _question(first, second, item, around)
        return True
    if around.has_weight or around.load_type == LoadType.BODYWEIGHT_PLUS or not _is_plain(second):
        return False
    if around.pairs == 1 and around.load_type in WEIGHTED:
        raise _question(first, second, item, around)
    return around.pairs > 1


def _weight_first(item: Item, amounts: tuple[Amount, ...], around: Surroundings) -> Product:
    """80 x 5 x 3: weight x reps x sets."""
    weight, measure, count = amounts
    if around.has_loose_weight or not isinstance(weight, Bare) or not isinstance(count, Bare):
        raise _unclear(item)
    return Product(measure, count.number, Weight(weight.number, None))


def _weight_and_two(
    item: Item, weight: Weight | NoWeight, first: Amount, second: Amount
) -> Product:
    """132 lb x 10 x 3 ends with the number of sets, 3 x 10 x 132 lb begins with it."""
    if item.factors[1] is weight:
        raise _unclear(item)
    measure, count = (first, second) if item.factors[0] is weight else (second, first)
    if isinstance(count, Measure):  # a measure has a unit, so the other one is the number of sets
        measure, count = count, measure
    if isinstance(count, Measure):
        raise _unclear(item)
    return Product(measure, count.number, weight)


def _check_order(item: Item, around: Surroundings) -> None:
    """8 x 62.5 kg is clear, but in 80 x 5 kg the unit may stand at the wrong number."""
    match item.factors:
        case Bare(number), Weight(amount, unit) if around.pairs or amount < number:
            reps, weight = print_decimal(number), print_decimal(amount)
            unit = unit or around.unit
            message = (
                f"Which is the weight? Write {weight} {unit} x {reps} or {reps} {unit} x {weight}."
            )
            raise UnreadableError(message, item.start, item.end)


def _is_plain_pair(item: Item) -> bool:
    match item.factors:
        case Bare(), second:
            return _is_plain(second)
    return False


def _is_plain(factor: Factor) -> bool:
    """Whether the factor is of reps, so that a number before it may be a weight or a count."""
    return isinstance(factor, Bare) or (isinstance(factor, Measure) and factor.reps is not None)


def _question(first: Bare, second: Amount, item: Item, around: Surroundings) -> UnreadableError:
    number, measure = print_decimal(first.number), _words(second)
    sign = "+" if around.load_type == LoadType.BODYWEIGHT_PLUS else ""
    message = (
        f"Is {number} the weight or the number of sets? "
        f"Write {sign}{number} {around.unit} x {measure}, or {number} sets of {measure}."
    )
    return UnreadableError(message, item.start, item.end)


def _words(amount: Amount) -> str:
    if isinstance(amount, Bare):
        return print_decimal(amount.number)
    parts = ((amount.reps, ""), (amount.metres, " m"), (amount.seconds, " s"))
    return " in ".join(print_decimal(number) + unit for number, unit in parts if number is not None)


def no_measure(item: Item) -> UnreadableError:
    """The error for a weight or a number of sets without reps."""
    message = "How many reps? Write them after the weight, for example 60 kg x 8, 8, 7."
    return UnreadableError(message, item.start, item.end)


def _unclear(item: Item) -> UnreadableError:
    message = (
        "Which number is which? Write the weight, the reps, the number of sets: 60 kg x 8 x 3."
    )
    return UnreadableError(message, item.start, item.end)
