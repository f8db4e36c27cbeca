"""The roles that the numbers of a line may have: which is a weight, a count of sets, reps.

People write a line in one way: the numbers of "3 x 5 x 70, 3 x 5 x 75" have the same roles in both.
Nothing is decided here; `likelihood` weighs the roles, `readings` asks where that doesn't tell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from itertools import islice, product

from exercises.vocabulary import LoadType

from .items import Bare, Count, EmptyBar, Item, Measure, Slashed, Sum, Weight
from .loading import WEIGHTED, WEIGHTLESS

_MOST_CHOICES = 64
_SIDES_APART = Decimal("1.5")  # how many times the reps of one side may be those of the other
_FEWEST_KG_OF_DROP = 5
_TWENTY_ONE = 21  # "21s" are also seven repetitions each of the lower half, the upper, and all


@dataclass(frozen=True)
class Roles:
    """One choice. Each field is a question that a line may leave open, and its words the answer.

    The first that `possible_roles` lists for a question is the usual one.
    """

    pair: str = "sets x reps"
    triple: str = "weight x reps x sets"
    two_beside_weight: str = ""
    lone: str = "reps"
    behind: str = "reps"
    slashes: str = "a set each"
    slashed_lists: str = "sets"
    tail: str = "sets"
    count: str = "times"
    total: str = "a set each"
    plural: str = "seconds"
    unit: str = "as written"
    at: str = "RPE"
    letter: str = "side"
    hand: str = "side"
    hands: str = "one after the other"
    plates: str = "of each side"
    came_to: str = "a set more"
    turns: str = "a set each"
    dashed: str = "reps"
    drop: str = "as the others"
    loading: str = "on a bar"
    early: str = "no weight"
    couple: str = "reps"
    warm_up: str = "the first set"
    open: tuple[str, ...] = field(default=(), compare=False)

    @property
    def words(self) -> str:
        """The answers to the questions that this line leaves open."""
        return ", ".join(getattr(self, name) for name in self.open)


_QUESTIONS = tuple(each.name for each in fields(Roles) if each.name != "open")


def possible_roles(
    items: Sequence[Item], load_type: LoadType | None, *, is_one_sided: bool = False
) -> Iterator[Roles]:
    """All roles that the numbers of these items may have, the most usual ones first.

    `is_one_sided`: the exercise is done one side at a time.
    """
    all_answers = _answers(items, load_type, is_one_sided=is_one_sided)
    answers = {name: ways for name, ways in all_answers.items() if ways}
    open_questions = tuple(name for name, ways in answers.items() if len(ways) > 1)
    for combination in islice(product(*answers.values()), _MOST_CHOICES):
        yield Roles(**dict(zip(answers, combination, strict=True)), open=open_questions)


def is_pair(item: Item) -> bool:
    """Whether the item is two factors that don't say which is which, such as 3 x 8."""
    match item.factors:
        case Bare(), Bare() | Measure() | Slashed() | Sum():
            return True
        case (Count(), Bare(), Bare()) | (Bare(), Bare(), Count()):
            return True
    return False


def follows_lone(items: Sequence[Item], index: int) -> bool:
    """Whether a number alone stands right before the item: 55 4x10."""
    before = items[index - 1] if index else None
    return bool(before and before.is_lone and before.part == items[index].part)


def has_weight_beside(items: Sequence[Item], index: int) -> bool:
    """Whether a weight for sure stands right before the item, or behind it: 80 kg 4x6, 4x6 80 kg.

    Then two numbers are the sets and their reps.
    """
    item = items[index]
    before = items[index - 1] if index else None
    behind = items[index + 1] if index + 1 < len(items) else None
    return bool(
        (before and before.is_load and not before.trailing and before.part == item.part)
        or (behind and behind.trailing and behind.part == item.part)
    )


def _answers(
    items: Sequence[Item], load_type: LoadType | None, *, is_one_sided: bool
) -> dict[str, tuple[str, ...]]:
    takes_weight = load_type not in WEIGHTLESS
    shapes = [item.factors for item in items]
    turns = _turns_answers(items) if is_one_sided else ()
    return {
        "pair": _pair_answers(items, takes_weight=takes_weight),
        "triple": _triple_answers(items),
        "two_beside_weight": _beside_weight_answers(items),
        "lone": _lone_answers(items, load_type),
        "behind": _behind_answers(items, takes_weight=takes_weight),
        "slashes": () if turns else _slash_answers(items, takes_weight=takes_weight),
        "turns": turns,
        "dashed": _dashed_answers(items, takes_weight=takes_weight),
        "drop": _drop_answers(items, takes_weight=takes_weight),
        "loading": _loading_answers(items),
        "slashed_lists": _slashed_lists_answers(items),
        "tail": _tail_answers(items),
        "count": _count_answers(items),
        "total": ("a set each", "one set") if any(map(_has_sum, items)) else (),
        "plural": _plural_answers(items, takes_weight=takes_weight),
        "unit": ("as written", "of the other number") if any(map(_may_swap, shapes)) else (),
        "at": _at_answers(items, load_type),
        "letter": ("reps", "side") if _has_letter(items) else (),
        "hand": _hand_answers(items, load_type),
        "hands": _both_hands_answers(items, load_type, is_one_sided=is_one_sided),
        "came_to": ("of the open set", "a set more") if _has_open(items) else (),
        "plates": () if is_one_sided else _plates_answers(items, load_type),
        "early": _early_answers(items, load_type),
        "couple": _couple_answers(items, load_type),
        "warm_up": _warm_up_answers(items),
    }


def _pair_answers(items: Sequence[Item], *, takes_weight: bool) -> tuple[str, ...]:
    pairs = [items[index] for index in range(len(items)) if is_pair(items[index])]
    if not pairs:
        return ()
    plain = all(isinstance(item.factors[1], Bare) for item in pairs)
    plain = plain or any(len(item.factors) > 2 for item in pairs)
    ways = ["sets x reps"]
    if takes_weight:
        ways.append("weight x reps")
    if plain:
        ways.append("reps x sets")
    if plain and takes_weight:
        ways.append("reps x weight")
    return tuple(ways)


def _triple_answers(items: Sequence[Item]) -> tuple[str, ...]:
    if not any(_bares(item) + _measures(item) == 3 for item in items):
        return ()
    return ("weight x reps x sets", "sets x reps x weight", "weight x sets x reps")


def _beside_weight_answers(items: Sequence[Item]) -> tuple[str, ...]:
    for item in items:
        match item.factors:
            case Weight(), Bare(), Bare():
                return ("weight x reps x sets", "weight x sets x reps")
            case Bare(), Bare(), Weight():
                return ("sets x reps x weight", "reps x sets x weight")
    return ()


def _lone_answers(items: Sequence[Item], load_type: LoadType | None) -> tuple[str, ...]:
    lones = [item for item in items if item.is_lone]
    if not lones or load_type in WEIGHTLESS or len(items) < 2:
        return ()
    is_loaded = load_type in WEIGHTED or load_type is None
    ways = ["reps"]
    before_others = any(
        item.is_lone and items[index + 1].part == item.part and not items[index + 1].is_lone
        for index, item in enumerate(items[:-1])
    )
    if before_others:
        ways.append("weight before sets")
    numbers = [item.factors[0].number for item in lones if isinstance(item.factors[0], Bare)]
    if len(lones) < len(items):
        return tuple(ways)
    most = max(numbers[1:])
    if numbers[0] >= 2 * most or (
        is_loaded and numbers[0] > most and items[0].part == items[1].part
    ):
        ways.append("weight first")
    if len(numbers) > 2 and len(numbers) % 2 == 0 and min(numbers[::2]) > max(numbers[1::2]):
        ways.append("weight and reps by turns")
    return tuple(ways)


def _behind_answers(items: Sequence[Item], *, takes_weight: bool) -> tuple[str, ...]:
    if not takes_weight or any(item.has_weight for item in items):
        return ()
    return ("reps", "weight") if any(is_behind(items, i) for i in range(len(items))) else ()


def is_behind(items: Sequence[Item], index: int) -> bool:
    """Whether a number alone closes its stretch behind a product: 5x5 100."""
    if not 0 < index < len(items):
        return False
    item = items[index]
    if not item.is_lone or items[index - 1].part != item.part:
        return False
    closes = index + 1 == len(items) or items[index + 1].part != item.part
    return closes and not items[index - 1].is_lone and not items[index - 1].is_load


def _slash_answers(items: Sequence[Item], *, takes_weight: bool) -> tuple[str, ...]:
    twos = [item for item in items if _slashed(item) and len(_slashed(item)) == 2]
    if not twos or not takes_weight or any(item.has_weight for item in items):
        return ()
    return ("a set each", "weight/reps")


def _turns_answers(items: Sequence[Item]) -> tuple[str, ...]:
    """For the numbers of a left and a right set of what is done one side at a time: 8/7."""
    pairs = [_slashed(item) for item in items if len(_slashed(item)) == 2]
    if pairs and all(max(pair) <= _SIDES_APART * min(pair) for pair in pairs):
        return ("left and right",) if len(pairs) > 1 else ("left and right", "a set each")
    if len(items) == 2 and items[1].by_slash and all(is_measured(item) for item in items):
        return ("left and right", "a set each")
    return ()


def is_measured(item: Item) -> bool:
    """Whether the item is a measure alone."""
    return len(item.factors) == 1 and isinstance(item.factors[0], Measure)


def _dashed_answers(items: Sequence[Item], *, takes_weight: bool) -> tuple[str, ...]:
    """For a weight and reps that have dashes between them: 22.5 - 14 - 12 - 12."""
    if len(items) != 1 or not takes_weight or len(numbers := _slashed(items[0])) < 3:
        return ()
    first, *others = numbers
    if first % 1:
        return ("weight first",)
    return ("weight first", "reps") if first >= _SIDES_APART * max(others) else ()


def _drop_answers(items: Sequence[Item], *, takes_weight: bool) -> tuple[str, ...]:
    """For a drop set of two numbers, of which the first is hardly a number of sets: drop 6x12."""
    firsts = [
        item.factors[0].number
        for item in items
        if item.opens_drop and is_pair(item) and isinstance(item.factors[0], Bare)
    ]
    if not firsts or not takes_weight or any(item.trailing for item in items):
        return ()
    if min(firsts) >= _FEWEST_KG_OF_DROP:
        return ("weight x reps",)
    return ("weight x reps", "as the others")


def _loading_answers(items: Sequence[Item]) -> tuple[str, ...]:
    """For 3 plates, which may also be all that is on the machine, and for bar+20."""
    bars = [factor for item in items for factor in item.factors if isinstance(factor, EmptyBar)]
    if any(bar.plates for bar in bars):
        return ("on a bar", "without a bar", "one by one")
    return ("on a bar", "on each side") if any(bar.added for bar in bars) else ()


def _slashed_lists_answers(items: Sequence[Item]) -> tuple[str, ...]:
    match [_slashed(item) for item in items]:
        case [first, second] if first and len(first) == len(second):
            if items[1].are_weights:
                return ("reps, then weights",)
            return ("sets", "weights, then reps", "reps, then weights")
    return ()


def _tail_answers(items: Sequence[Item]) -> tuple[str, ...]:
    """For one weight or RPE a set after a scheme: 3x3 @ 60, 65, 70."""
    if items and items[0].is_load and not items[0].trailing:
        items = items[1:]
    if len(items) < 2 or items[0].is_load:
        return ()
    if items[0].is_lone:
        return ("sets", "a weight each") if _lists_weights(items) else ()
    rest = items[1:]
    if not all(item.is_load or item.is_lone or _slashed(item) for item in rest):
        return ()
    is_weight = any(item.is_load for item in rest) or bool(_slashed(rest[0]))
    is_effort = items[0].rpe is not None and all(item.is_lone for item in rest)
    if is_effort:
        return ("sets", "an RPE each")
    if is_weight and (len(rest) > 1 or _slashed(rest[0])):
        return ("sets", "a weight each")
    return ()


def _lists_weights(items: Sequence[Item]) -> bool:
    """Whether as many weights follow a list of reps: 10, 8, 6 @ 60, 65, 70."""
    half = len(items) // 2
    reps, weights = items[:half], items[half:]
    return (
        len(reps) == len(weights) > 1
        and all(item.is_lone for item in reps)
        and weights[0].is_load
        and all(item.is_load or item.is_lone for item in weights)
    )


def _count_answers(items: Sequence[Item]) -> tuple[str, ...]:
    """For a number of sets that a list of reps follows: 3 sets 10 8 7, 3x10, 8, 7."""
    if len(items) < 2 or not all(item.is_lone for item in items[1:]):
        return ()
    match items[0].factors:
        case Count(), Bare():
            return ("times", "number of sets that follow")
        case Bare(), Bare():
            return ("times", "as many sets as listed")
    return ()


def _plural_answers(items: Sequence[Item], *, takes_weight: bool) -> tuple[str, ...]:
    for item in items:
        match item.factors:
            case (Bare(), Measure(plural=number)) if number == _TWENTY_ONE and takes_weight:
                return ("seconds", "reps")
            case (Measure(plural=number), *rest) if number is not None and takes_weight:
                reps = ("reps",) if number == _TWENTY_ONE else ()
                weight = ("weight",) if len(items) > 1 or rest else ()
                return ("seconds", *reps, *weight) if reps or weight else ()
    return ()


def _may_swap(factors: tuple[object, ...]) -> bool:
    match factors:
        case Bare(number), Weight(amount) if amount < number:
            return True
    return False


def _at_answers(items: Sequence[Item], load_type: LoadType | None) -> tuple[str, ...]:
    if load_type in WEIGHTLESS or load_type is None or any(item.has_weight for item in items):
        return ()
    has_pairs = any(is_pair(item) for item in items)
    by_at = [item for item in items if item.by_at and item.rpe is not None]
    loose = load_type not in (LoadType.BODYWEIGHT_PLUS, LoadType.ASSISTED_BODYWEIGHT)
    return ("RPE", "weight") if by_at and loose and (has_pairs or len(items) == 1) else ()


def _has_letter(items: Sequence[Item]) -> bool:
    return any(item.is_r for item in items) and not any(
        item.sides and not item.is_r for item in items
    )


def _hand_answers(items: Sequence[Item], load_type: LoadType | None) -> tuple[str, ...]:
    if load_type not in (LoadType.PER_HAND, None) or len(items) < 2:
        return ()
    return ("weight", "side") if any(item.by_hand and item.is_lone for item in items) else ()


def _both_hands_answers(
    items: Sequence[Item], load_type: LoadType | None, *, is_one_sided: bool
) -> tuple[str, ...]:
    """For "2 x 40 m each hand", which may be of the weight as well as of the sets."""
    if load_type in WEIGHTLESS:
        return ()
    open_ones = [item for item in items if item.by_hand and not item.is_lone]
    is_carried = load_type == LoadType.WEIGHTED_DURATION  # on one side is in one hand
    is_open = any(not (is_one_sided and (item.by_each or is_carried)) for item in open_ones)
    return ("both at once", "one after the other") if is_open else ()


def _plates_answers(items: Sequence[Item], load_type: LoadType | None) -> tuple[str, ...]:
    """For 20 kg/side of a lift with a weight, which may be plates on both ends of a bar."""
    if load_type != LoadType.EXTERNAL or not any(item.by_side for item in items):
        return ()
    return ("on a bar", "on both sides", "of each side")


def _couple_answers(items: Sequence[Item], load_type: LoadType | None) -> tuple[str, ...]:
    """For two dumbbells beside sets: 2 x 24 kg, 4 x 40 m."""
    if load_type not in (LoadType.PER_HAND, LoadType.WEIGHTED_DURATION, None) or len(items) < 2:
        return ()
    return ("two weights", "reps") if any(map(is_couple, items)) else ()


def _warm_up_answers(items: Sequence[Item]) -> tuple[str, ...]:
    """For a warm-up that stands before several sets: warm-up 40x5, 60x5, 80x3."""
    sets = [item for item in items if not item.is_load]
    opening = next((item for item in sets if item.opens_line), None)
    if opening is None or len(sets) < 2:
        return ()
    if opening is sets[0] and sum(item.opens_next for item in items) == 1:
        return ("all sets up to then",)  # warm-up 40x5, 60x3, then 80 kg 3x5
    if len({item.line for item in sets}) > 1:
        return ("all sets of its own line",)
    beside = [item for item in sets if item.part == opening.part]
    stretch = ("all sets up to a comma",) if 1 < len(beside) < len(sets) else ()
    return ("all sets of the line", *stretch, "the first set")


def is_couple(item: Item) -> bool:
    """Whether the item may be two weights: 2 x 24 kg."""
    match item.factors:
        case Bare(number), Weight():
            return number == 2
    return False


def _early_answers(items: Sequence[Item], load_type: LoadType | None) -> tuple[str, ...]:
    """For sets without a weight before some that have one: 5, 5, 60 kg x 5."""
    if load_type not in WEIGHTED:
        return ()
    first = next((index for index, item in enumerate(items) if item.has_weight), 0)
    is_before = first > 0 and not items[first].trailing and not any(map(is_pair, items[:first]))
    return ("no weight", "the weight that follows") if is_before else ()


def _bares(item: Item) -> int:
    return sum(isinstance(factor, Bare) for factor in item.factors)


def _measures(item: Item) -> int:
    return sum(isinstance(factor, Measure) for factor in item.factors) if _bares(item) == 2 else 0


def _slashed(item: Item) -> tuple[Decimal, ...]:
    match item.factors:
        case (Slashed(numbers),):
            return numbers
    return ()


def _has_open(items: Sequence[Item]) -> bool:
    """Whether a number alone closes the line behind an open set: 80x5+, 8."""
    return len(items) > 1 and items[-2].is_open and items[-1].is_lone


def _has_sum(item: Item) -> bool:
    return any(isinstance(factor, Sum) for factor in item.factors)
