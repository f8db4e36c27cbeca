"""The sets of a line whose numbers have known roles: products, each with the weight in force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import zip_longest

from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType
from workouts.vocabulary import SetKind, Side, Unit

from .errors import UnreadableError, reason
from .items import (
    Bare,
    Count,
    EmptyBar,
    Factor,
    Item,
    Measure,
    NamedLoad,
    NoWeight,
    Slashed,
    Sum,
    Weight,
)
from .loading import as_loaded, measure_problem
from .number_roles import (
    Roles,
    follows_lone,
    has_weight_beside,
    is_behind,
    is_couple,
    is_measured,
)
from .printer import print_decimal
from .values import MAX_SETS, Load, SetText

Amount = Bare | Measure
# An Olympic bar, and the one of gyms that weigh in pounds
EMPTY_BAR = {Unit.KG: Decimal(20), Unit.LB: Decimal(45)}
LARGEST_PLATE = {Unit.KG: Decimal(20), Unit.LB: Decimal(45)}


_NUMBER_OF_SETS = _("The number of sets")
_NUMBER_OF_REPS = _("The number of reps")
_NUMBER_OF_SECONDS = _("The number of seconds")


@dataclass(frozen=True)
class Piece:
    """Sets that one item stands for, or the weight that it is.

    `tags_last` says that what is said behind several amounts is about the last: 5/5/3 failure.
    """

    item: Item
    amounts: tuple[Amount, ...] = ()
    count: Decimal = Decimal(1)
    weight: NamedLoad | None = None
    trailing: bool = False
    tags_last: bool = False

    @property
    def is_load(self) -> bool:
        return not self.amounts


@dataclass(frozen=True)
class Built:
    """Sets in the order of the line.

    `counts` are the numbers of sets that products say without the word; `unsaid` the places of sets
    whose weight nothing names, not even "bw"; `is_assumed` says that the weight of an empty bar is
    among the loads, that a letter which may be a side was taken for reps, or that a 1RM was done.
    """

    sets: tuple[SetText, ...]
    counts: tuple[int, ...]
    unsaid: frozenset[int]
    is_assumed: bool = False


def build_sets(
    items: Sequence[Item], roles: Roles, *, load_type: LoadType | None, unit: Unit
) -> Built:
    """The sets that the items of a line stand for in these roles.

    `load_type` None means an unknown exercise; `unit` is for weights that are written without one.
    Raises UnreadableError where the roles make no sense of them, or there are more than 100 sets.
    """
    pieces = list(_Pieces(items, roles).read())
    return _Builder(pieces, roles, load_type, unit).build()


@dataclass(frozen=True)
class _Pieces:
    """Each item's factors with their parts in it."""

    items: Sequence[Item]
    roles: Roles

    def read(self) -> Iterator[Piece]:
        if self.roles.slashed_lists != "sets":
            yield from self._zipped_lists()
        elif self.roles.tail != "sets":
            yield from self._one_each()
        elif self.roles.count != "times":
            yield from self._announced()
        else:
            yield from self._one_by_one()

    @property
    def plates(self) -> str:
        """Where the weight of each side is, if its sum is meant."""
        return self.roles.plates if self.roles.plates != "of each side" else ""

    def _one_by_one(self) -> Iterator[Piece]:
        pieces = [
            each for index, item in enumerate(self.items) for each in self._pieces_of(index, item)
        ]
        if self.roles.came_to == "of the open set":
            *pieces, opened, closing = pieces
            if opened.is_load or closing.is_load or opened.count * len(opened.amounts) != 1:
                raise unclear(closing.item)
            pieces.append(
                replace(
                    opened,
                    amounts=closing.amounts,
                    item=replace(opened.item, kind=closing.item.kind, rpe=closing.item.rpe),
                )
            )
        yield from pieces

    # Lists that belong together

    def _zipped_lists(self) -> Iterator[Piece]:
        """60/80/90 5/5/3, and 5/3/1 100/110/120."""
        first, second = (_numbers(item) for item in self.items)
        item = self.items[0]
        is_weight_first = self.roles.slashed_lists == "weights, then reps"
        for one, other in zip(first, second, strict=True):
            weight, reps = (one, other) if is_weight_first else (other, one)
            yield Piece(item, (Bare(reps),), weight=Weight(weight, None))

    def _one_each(self) -> Iterator[Piece]:
        """3x3 @ 60, 65, 70, and 3x5 @8, 8.5, 9, and 10, 8, 6 @ 60, 65, 70."""
        if self.items[0].is_lone:
            yield from self._listed_each()
            return
        index = 1 if self.items[0].is_load else 0
        if index:
            yield from self._pieces_of(0, self.items[0])
        scheme, *rest = self.items[index:]
        piece = self._product(index, scheme)
        if self.roles.tail == "an RPE each":
            efforts = [scheme.rpe, *(_number(item) for item in rest)]
            items = [replace(scheme, rpe=effort) for effort in efforts]
            weights: list[NamedLoad | None] = [piece.weight] * len(items)
        else:
            weights = [weight for item in rest for weight in _weights(item)]
            items = [scheme] * len(weights)
        if piece.count != len(items) or len(piece.amounts) != 1 or piece.count == 1:
            raise unclear(scheme)
        for item, weight in zip(items, weights, strict=True):
            yield Piece(item, piece.amounts, weight=weight)

    def _listed_each(self) -> Iterator[Piece]:
        half = len(self.items) // 2
        weights = [weight for item in self.items[half:] for weight in _weights(item)]
        for item, weight in zip(self.items[:half], weights, strict=True):
            yield Piece(item, (Bare(_number(item)),), weight=weight)

    def _announced(self) -> Iterator[Piece]:
        """3 sets 10 8 7: as many as it says."""
        first, *rest = self.items
        match first.factors:
            case ((Count(count) | Bare(count)), Bare() as measure) if count == len(self.items):
                yield Piece(first, (measure,))
            case _:
                raise unclear(first)
        for item in rest:
            yield Piece(item, (Bare(_number(item)),))

    # One item

    def _pieces_of(self, index: int, item: Item) -> Iterator[Piece]:
        if item.is_load:
            yield _load_piece(item, item.factors[0], trailing=item.trailing, plates=self.plates)
            return
        if item.kind is None and self._is_warm_up(item):
            item = replace(item, kind=SetKind.WARMUP)
        if weight := self._lone_weight(index):
            is_last = index + 1 == len(self.items) or self.items[index + 1].part != item.part
            is_first = self.roles.lone.startswith("weight") and item.is_lone
            behind = index > 0 and is_last and not is_first
            yield _load_piece(item, weight, trailing=behind)
            return
        if self.roles.turns == "left and right":
            item = self._in_turn(index, item)
        if self.roles.dashed == "weight first" and (numbers := _slashed(item)):
            yield _load_piece(item, Weight(numbers[0], None), trailing=False)
            yield Piece(item, tuple(map(Bare, numbers[1:])), tags_last=True)
            return
        piece = self._product(index, item)
        if item.by_hand and (self.roles.hands == "both at once" or self.plates):
            piece = replace(piece, item=replace(piece.item, sides=()))
        if item.is_r and self.roles.letter == "reps":
            piece = replace(piece, item=replace(piece.item, sides=()))
        if item.by_at and self.roles.at == "weight" and item.rpe is not None:
            yield replace(piece, item=replace(piece.item, rpe=None))
            yield _load_piece(item, Weight(item.rpe, None), trailing=True)
            return
        if piece.weight is None and self.roles.slashes == "weight/reps":
            match item.factors:
                case (Slashed((weight_number, reps)),):
                    piece = replace(
                        piece, amounts=(Bare(reps),), weight=Weight(weight_number, None)
                    )
        yield piece

    def _in_turn(self, index: int, item: Item) -> Item:
        """The item as a left and a right set."""
        match item.factors:
            case (Slashed((left, right)),):
                sides = item.sides or (Side.LEFT, Side.RIGHT)
                return replace(item, factors=(Bare(left),), other_side=right, sides=sides)
        if is_measured(item) and not item.sides:
            return replace(item, sides=(Side.RIGHT if index else Side.LEFT,))
        return item

    def _is_warm_up(self, item: Item) -> bool:
        """Whether a warm-up that stands before other sets is meant of these too."""
        if self.roles.warm_up == "all sets up to then":
            return item.start < next(other.start for other in self.items if other.opens_next)
        if self.roles.warm_up == "all sets of its own line":
            return any(other.opens_line and other.line == item.line for other in self.items)
        if self.roles.warm_up == "all sets up to a comma":
            return any(other.opens_line and other.part == item.part for other in self.items)
        return self.roles.warm_up == "all sets of the line"

    def _lone_weight(self, index: int) -> Weight | None:
        """The weight that a number alone is meant to be; None where it is meant as reps."""
        item, lone = self.items[index], self.roles.lone
        match item.factors:
            case (Measure(plural=number),) if number is not None and self.roles.plural == "weight":
                return Weight(number, None)
            case Bare(), Weight() as weight if is_couple(item):
                return weight if self.roles.couple == "two weights" else None
        if not item.is_lone:
            return None
        following = self.items[index + 1] if index + 1 < len(self.items) else None
        is_weight = (
            (lone == "weight first" and index == 0)
            or (lone == "weight and reps by turns" and index % 2 == 0)
            or (
                lone == "weight before sets"
                and following is not None
                and following.part == item.part
                and not following.is_lone
            )
            or (self.roles.behind == "weight" and is_behind(self.items, index))
            or (item.by_hand and self.roles.hand == "weight" and len(self.items) > 1)
        )
        return Weight(_number(item), None) if is_weight else None

    def _product(self, index: int, item: Item) -> Piece:
        weights = [f for f in item.factors if isinstance(f, NamedLoad)]
        counts = [f for f in item.factors if isinstance(f, Count)]
        amounts = [f for f in item.factors if not isinstance(f, NamedLoad | Count)]
        match weights, counts, amounts:
            case [], [], [measure]:
                return self._sets(item, measure)
            case [], [], [first, second]:
                return self._pair(index, item, first, second)
            case [], [], [first, second, third]:
                return self._triple(item, first, second, third)
            case [weight], [], [measure]:
                return self._weight_and_one(item, weight, measure)
            case [weight], [], [first, second]:
                return self._weight_and_two(item, weight, first, second)
            case [] | [_], [count], [measure]:
                return self._sets(item, measure, count.number, next(iter(weights), None))
            case [], [count], [Bare() as first, second]:
                return self._counted_pair(item, count, first, second)
            case _, _, []:
                raise no_measure(item)
        raise unclear(item)

    def _sets(
        self,
        item: Item,
        measure: Factor,
        count: Decimal = Decimal(1),
        weight: NamedLoad | None = None,
    ) -> Piece:
        match measure:
            case Slashed(numbers):
                return Piece(item, tuple(map(Bare, numbers)), count, weight, tags_last=True)
            case Sum(numbers) if self.roles.total == "one set":
                return Piece(item, (Bare(sum(numbers, Decimal(0))),), count, weight)
            case Sum(numbers):
                return Piece(item, tuple(map(Bare, numbers)), count, weight, tags_last=True)
            case Measure(plural=number) if number is not None and self.roles.plural == "reps":
                return Piece(item, (Bare(number),), count, weight)
            case Bare() | Measure():
                return Piece(item, (measure,), count, weight)
        raise unclear(item)

    def _pair(self, index: int, item: Item, first: Factor, second: Factor) -> Piece:
        """3 x 8, 60 x 8, 8 x 60, 8 x 3, 3 x 30 s, 30 s x 3."""
        if isinstance(first, Measure) and isinstance(second, Bare):
            if self.roles.plural == "reps" and first.plural is not None:
                return self._sets(item, Bare(first.plural), second.number)
            if self.roles.plural == "weight" and first.plural is not None:
                return self._sets(item, second, weight=Weight(first.plural, None))
            return self._sets(item, first, second.number)
        if not isinstance(first, Bare):
            raise unclear(item)
        if self.roles.plural == "reps" and isinstance(second, Measure) and second.plural:
            second = Bare(second.plural)
        order = self.roles.pair
        if item.opens_drop and self.roles.drop == "weight x reps":
            return self._sets(item, second, weight=Weight(first.number, None))
        is_weighed = follows_lone(self.items, index) and self._lone_weight(index - 1)
        has_behind = is_behind(self.items, index + 1) and self._lone_weight(index + 1)
        if is_weighed or has_behind or has_weight_beside(self.items, index):
            order = order if "weight" not in order else "sets x reps"
        if order == "weight x reps":
            return self._sets(item, second, weight=Weight(first.number, None))
        if order == "sets x reps":
            return self._times(item, first.number, second)
        if not isinstance(second, Bare):
            raise unclear(item)
        if order == "reps x weight":
            return self._sets(item, first, weight=Weight(second.number, None))
        return self._sets(item, first, second.number)

    def _times(self, item: Item, count: Decimal, measure: Factor) -> Piece:
        """So many sets; of 3x10/9/8 as many as are listed."""
        if isinstance(measure, Slashed):
            if len(measure.numbers) != count:
                raise unclear(item)
            count = Decimal(1)
        return self._sets(item, measure, count)

    def _counted_pair(self, item: Item, count: Count, first: Bare, second: Factor) -> Piece:
        """60 x 8 x 3 sets, and 3 sets of 8 x 60."""
        if self.roles.pair == "weight x reps":
            return self._sets(item, second, count.number, Weight(first.number, None))
        if self.roles.pair == "reps x weight" and isinstance(second, Bare):
            return self._sets(item, first, count.number, Weight(second.number, None))
        raise unclear(item)

    def _triple(self, item: Item, first: Factor, second: Factor, third: Factor) -> Piece:
        if any(other.is_load for other in self.items):
            raise unclear(item)
        match self.roles.triple, first, second, third:
            case "weight x reps x sets", Bare(weight), measure, Bare(count):
                return self._sets(item, measure, count, Weight(weight, None))
            case "sets x reps x weight", Bare(count), measure, Bare(weight):
                return self._sets(item, measure, count, Weight(weight, None))
            case "weight x sets x reps", Bare(weight), Bare(count), measure:
                return self._sets(item, measure, count, Weight(weight, None))
        raise unclear(item)

    def _weight_and_one(self, item: Item, weight: NamedLoad, measure: Factor) -> Piece:
        swapped = self.roles.unit == "of the other number"
        match item.factors:
            case Bare(number), Weight(amount) as other if swapped and amount < number:
                return self._sets(item, Bare(amount), weight=replace(other, amount=number))
        return self._sets(item, measure, weight=weight)

    def _weight_and_two(
        self, item: Item, weight: NamedLoad, first: Factor, second: Factor
    ) -> Piece:
        """132 lb x 10 x 3 ends with the number of sets, 3 x 10 x 132 lb begins with it."""
        if item.factors[1] is weight:
            raise unclear(item)
        is_count_last = item.factors[0] is weight
        if self.roles.two_beside_weight:
            is_count_last = "reps x sets" in self.roles.two_beside_weight
        measure, count = (first, second) if is_count_last else (second, first)
        if isinstance(count, Measure):  # a measure has a unit, so the other one counts sets
            measure, count = count, measure
        if not isinstance(count, Bare):
            raise unclear(item)
        return self._sets(item, measure, count.number, weight)


@dataclass
class _Builder:
    """Goes through the pieces of a line with the weight and the unit in force so far."""

    pieces: list[Piece]
    roles: Roles
    load_type: LoadType | None
    unit: Unit
    load: Load | None = None
    is_said: bool = False
    sets: list[SetText] = field(default_factory=list)
    unsaid: set[int] = field(default_factory=set)
    is_assumed: bool = False
    counts: list[int] = field(default_factory=list)

    def build(self) -> Built:
        behind = self._trailing_loads()
        if self.roles.early == "the weight that follows":
            self._take_load(next(p for p in self.pieces if p.weight is not None))
        for piece, following in zip_longest(self.pieces, self.pieces[1:]):
            part = piece.item.part
            if part in behind:
                self.load, self.is_said = behind[part], True
            if not piece.is_load:
                self._take_load(piece)
                self._add_sets(piece)
            elif not piece.trailing:
                if following is None or following.weight is not None:
                    raise no_measure(piece.item)
                self._take_load(piece)
        return Built(tuple(self.sets), tuple(self.counts), frozenset(self.unsaid), self.is_assumed)

    # Weights

    def _trailing_loads(self) -> dict[int, Load | None]:
        """The weights written behind sets, by part of the line.

        A single one is for all sets of the line. Several are one for each part.
        """
        trailing = [piece for piece in self.pieces if piece.trailing]
        if not trailing:
            return {}
        parts = sorted({piece.item.part for piece in self.pieces})
        with_sets = {piece.item.part for piece in self.pieces if not piece.is_load}
        one_each = [piece.item.part for piece in trailing] == parts
        if len(trailing) > 1 and not with_sets.issuperset(parts):
            raise _weights_clash(trailing[-1].item)
        own = {piece.item.part for piece in self.pieces if piece.weight and not piece.trailing}
        parts_without = with_sets - own
        own_each = [piece.item.part for piece in trailing] == sorted(parts_without)
        if (own and not own_each) or (len(trailing) > 1 and not (one_each or own_each)):
            raise _weights_clash(trailing[-1].item)
        loads = {piece.item.part: self._load_of(piece) for piece in trailing}
        return loads if one_each or own else dict.fromkeys(parts, *loads.values())

    def _take_load(self, piece: Piece) -> None:
        if piece.weight is not None:
            self.load, self.is_said = self._load_of(piece), True

    def _load_of(self, piece: Piece) -> Load | None:
        """The load that a weight stands for. A unit, once named, goes for the rest of the line."""
        weight, item = piece.weight, piece.item
        if isinstance(weight, NoWeight):
            is_without_help = self.load_type == LoadType.ASSISTED_BODYWEIGHT and not weight.is_band
            return Load(Decimal(0), self.unit) if is_without_help else None
        if isinstance(weight, EmptyBar):
            self.is_assumed = True
            bar, plate = EMPTY_BAR[self.unit], LARGEST_PLATE[self.unit]
            amount = bar + 2 * weight.plates * plate + weight.added
            if self.roles.loading == "one by one":
                amount = weight.plates * plate
            elif self.roles.loading == "without a bar":
                amount -= bar
            elif self.roles.loading == "on each side":
                amount += weight.added
            weight = Weight(amount, self.unit)
        if weight is None:
            return None
        self.unit = weight.unit or self.unit
        amount = weight.amount + (EMPTY_BAR[self.unit] if weight.is_on_bar else 0)
        try:
            load = Load(amount, self.unit, weight.sign if amount else "")
            return as_loaded(load, self.load_type)
        except ValueError as error:
            raise UnreadableError(reason(error), item.start, item.end) from None

    # Sets

    def _add_sets(self, piece: Piece) -> None:
        item = piece.item
        self.is_assumed |= item.is_most or (item.is_r_apart and self.roles.letter == "reps")
        times = _whole(piece.count, _NUMBER_OF_SETS, item)
        if item.by_arrow:
            item = self._dropped(item)
        items = [item] * len(piece.amounts)
        if piece.tags_last:
            items[:-1] = [replace(item, kind=None, rpe=None)] * (len(items) - 1)
        pairs = zip(piece.amounts, items, strict=True)
        sets = [each for amount, its in pairs for each in self._sides(amount, its)]
        if times == 0 or len(self.sets) + times * len(sets) > MAX_SETS:
            raise UnreadableError(
                _("An exercise has 1 to %(most)s sets.", most=MAX_SETS), item.start, item.end
            )
        if not self.is_said:
            self.unsaid.update(range(len(self.sets), len(self.sets) + times * len(sets)))
        if not any(isinstance(factor, Count) for factor in item.factors):
            self.counts.append(times)
        self.sets.extend(sets * times)

    def _dropped(self, item: Item) -> Item:
        """The item as a drop set, to which an arrow leads from a heavier one: 80x8 -> 60x10.

        To a heavier one it may be a plan as well.
        """
        before = self.sets[-1].load if self.sets else None
        is_alike = before and self.load and before.unit == self.load.unit
        if is_alike and self.load.amount < before.amount:  # type: ignore[union-attr]
            return replace(item, kind=item.kind or SetKind.DROP)
        self.is_assumed = True
        return item

    def _sides(self, amount: Amount, item: Item) -> list[SetText]:
        sides = item.sides or (Side.BOTH,)
        if item.other_side is None:
            return [self._set_of(amount, side, item) for side in sides]
        pairs = zip((amount, Bare(item.other_side)), sides, strict=True)
        return [self._set_of(each, side, item) for each, side in pairs]

    def _set_of(self, measure: Amount, side: Side, item: Item) -> SetText:
        measure = self._measured(measure)
        reps = _whole_or_none(measure.reps, _NUMBER_OF_REPS, item)
        seconds = _whole_or_none(measure.seconds, _NUMBER_OF_SECONDS, item)
        kind = item.kind or SetKind.WORKING
        try:
            one = SetText(self.load, reps, seconds, measure.metres, kind, side, item.rpe)
        except ValueError as error:
            raise UnreadableError(reason(error), item.start, item.end) from None
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


def _load_piece(item: Item, weight: Factor, *, trailing: bool, plates: str = "") -> Piece:
    if not isinstance(weight, NamedLoad):
        raise unclear(item)
    if plates and item.by_side and isinstance(weight, Weight):
        weight = replace(weight, amount=2 * weight.amount, is_on_bar=plates == "on a bar")
    return Piece(item, weight=weight, trailing=trailing)


def _slashed(item: Item) -> tuple[Decimal, ...]:
    return _numbers(item) if isinstance(item.factors[0], Slashed) else ()


def _numbers(item: Item) -> tuple[Decimal, ...]:
    match item.factors:
        case (Slashed(numbers),):
            return numbers
    raise unclear(item)


def _number(item: Item) -> Decimal:
    match item.factors:
        case (Bare(number),):
            return number
    raise unclear(item)


def _weights(item: Item) -> list[NamedLoad]:
    match item.factors:
        case (Weight() | NoWeight() as weight,):
            return [weight]
        case (Slashed(numbers),):
            return [Weight(number, None) for number in numbers]
    return [Weight(_number(item), None)]


def no_measure(item: Item) -> UnreadableError:
    """The error for a weight or a number of sets without reps."""
    message = _("How many reps? Write them after the weight, for example 60 kg x 8, 8, 7.")
    return UnreadableError(message, item.start, item.end)


def unclear(item: Item) -> UnreadableError:
    """The error for numbers that nothing tells apart."""
    message = _(
        "Which number is which? Write the weight, the reps, the number of sets: 60 kg x 8 x 3."
    )
    return UnreadableError(message, item.start, item.end)


def _weights_clash(load: Item) -> UnreadableError:
    message = _("Which sets is this weight for? Write it before the reps: 60 kg x 8, 70 kg x 8.")
    return UnreadableError(message, load.start, load.end)


def _whole(number: Decimal, what: str, item: Item) -> int:
    if number % 1:
        message = _(
            "%(what)s is whole, and %(number)s is not.", what=what, number=print_decimal(number)
        )
        raise UnreadableError(message, item.start, item.end)
    return int(number)


def _whole_or_none(number: Decimal | None, what: str, item: Item) -> int | None:
    return None if number is None else _whole(number, what, item)
