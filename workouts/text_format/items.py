"""Tokens grouped into items: what is written as one product, with what is said about it.

"80 kg x 5 w, 3x8 each side @9" has two items. Nothing is decided here about which number is a
weight, a number of sets or reps; `number_roles` lists what they may be in the whole line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import cast

from exercises.sentences import gettext as _
from workouts.reckoning.weights import exact_kg
from workouts.vocabulary import SetKind, Side, Unit

from .errors import UnreadableError
from .scanner import Token, TokenKind
from .values import Sign

_MAX_FACTORS = 3
_SECONDS_QUOTED = ('"', "\u2033", "\u201d")
_HARDEST = Decimal(10)
_TAGS: frozenset[TokenKind | None] = frozenset(("kind", "side", "each", "rpe", "rir", "at"))
_SEPARATORS: frozenset[TokenKind | None] = frozenset(("comma", "line end"))
_FILLERS: frozenset[TokenKind] = frozenset(("filler", "stop"))
_THEN = frozenset(("then", "dann", "danach", "puis", "ensuite", "luego", "despu\u00e9s", "затем"))
_BOTH_ORDERS = ([(Side.LEFT,), (Side.RIGHT,)], [(Side.RIGHT,), (Side.LEFT,)])
_SAME_WEIGHT = Decimal("0.02")  # how far 100 kg may be from 220 lb


@dataclass(frozen=True)
class Bare:
    """A number without a unit: reps, a number of sets, or a weight."""

    number: Decimal


@dataclass(frozen=True)
class Weight:
    """A number that is a weight for sure. `unit` None: not written; `is_on_bar`: beside the bar."""

    amount: Decimal
    unit: Unit | None
    sign: Sign = ""
    is_on_bar: bool = False


@dataclass(frozen=True)
class NoWeight:
    """The word bodyweight, or band: no weight, and of a band's help nobody knows the size."""

    is_band: bool = False


@dataclass(frozen=True)
class EmptyBar:
    """The word bar, with so many pairs of the largest plates: weights usual where one trains.

    `added` is what is said to be on it: bar+20.
    """

    plates: Decimal = Decimal(0)
    added: Decimal = Decimal(0)


@dataclass(frozen=True)
class Count:
    """A number of sets for sure: 3 sets."""

    number: Decimal


@dataclass(frozen=True)
class Measure:
    """What a set consists of, with units: 8 reps, 30 s, 40 m in 30 s.

    `plural` is the number of "15s", which may be two dumbbells of 15; `is_in_minutes` says that the
    time is told so: 17 min, 17:00.
    """

    reps: Decimal | None = None
    seconds: Decimal | None = None
    metres: Decimal | None = None
    plural: Decimal | None = field(default=None, compare=False)
    is_in_minutes: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Slashed:
    """Numbers with slashes between them: 5/5/5, or 60/8."""

    numbers: tuple[Decimal, ...]


@dataclass(frozen=True)
class Sum:
    """Numbers with a plus between them: 6+1."""

    numbers: tuple[Decimal, ...]


NamedLoad = Weight | NoWeight | EmptyBar
Factor = Bare | NamedLoad | Count | Measure | Slashed | Sum


@dataclass
class Item:
    """Factors joined by x, and the tags after them. `start` and `end` are positions in the line.

    `part` numbers the stretches between commas, `line` the lines of an exercise over several.
    `trailing` marks a weight that is written behind the sets that it belongs to: 3x10 @ 32.5 kg,
    2x40 m 32 kg. `other_side` are its reps in "9 L/8 R".
    What its words say: `by_at`, that the RPE may be a weight; `is_r`, that the side may be short
    for reps (`is_r_apart` where a space is before it); `by_hand`, that "each hand" was said of it,
    `by_each`, that "each" alone was, `by_side`, that it is the weight of each side; `is_most`, that
    a weight stands behind its "1RM", which may be a fact as well as a set; `is_open`, that its reps
    are the fewest (5+); `opens_line`, that its kind stands before it and may be that of all sets of
    its line, `opens_drop`, that this is a drop set's.
    What its marks say: `by_slash`, that a slash stands before it; `by_arrow`, that an arrow leads
    to it from the sets before; `are_weights`, that its numbers stand behind an @; `opens_next`,
    that a word such as "then" stands before it.
    """

    factors: tuple[Factor, ...]
    start: int
    end: int
    part: int
    trailing: bool = False
    kind: SetKind | None = None
    sides: tuple[Side, ...] = ()
    rpe: Decimal | None = None
    other_side: Decimal | None = None
    by_at: bool = False
    is_r: bool = False
    is_r_apart: bool = False
    by_hand: bool = False
    by_each: bool = False
    by_side: bool = False
    is_most: bool = False
    is_open: bool = False
    by_slash: bool = False
    opens_drop: bool = False
    opens_line: bool = False
    by_arrow: bool = False
    are_weights: bool = False
    opens_next: bool = False
    line: int = 0

    @property
    def is_load(self) -> bool:
        """Whether the item is a weight alone."""
        return len(self.factors) == 1 and isinstance(self.factors[0], NamedLoad)

    @property
    def is_lone(self) -> bool:
        """Whether the item is a number alone."""
        return len(self.factors) == 1 and isinstance(self.factors[0], Bare)

    @property
    def is_one_set(self) -> bool:
        """Whether the item is one set for sure."""
        match self.factors:
            case (Bare() | Measure(),) | (Weight() | NoWeight(), Bare() | Measure()):
                return True
        return False

    @property
    def has_weight(self) -> bool:
        """Whether a factor is a weight for sure, or bodyweight."""
        return any(isinstance(factor, NamedLoad) for factor in self.factors)


@dataclass
class Items:
    """The items of a line, and what it says beside them: `notes` such as AMRAP.

    `is_doubted` says that a number is in doubt: 8?, ~100; `ends_in_none` that of the last set there
    was no repetition.
    """

    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_doubted: bool = False
    ends_in_none: bool = False


def read_items(tokens: Sequence[Token]) -> Items:
    """The items of a line, in order. Raises UnreadableError at a token that makes no sense."""
    kept = [token for token in tokens if token.kind not in _FILLERS]
    while kept and kept[-1].kind == "times" and kept[-1].text == "*" and len(kept) > 1:
        kept.pop()  # a closing star points at a footnote
    return _Reader(kept).read()


def with_times_taken(items: Sequence[Item]) -> list[Item]:
    """The items of a run, a time in minutes that follows a distance taken as its own: 3 km, 17 min.

    "3 km, 1020 s" are two sets, and written so.
    """
    joined: list[Item] = []
    for item in items:
        match [one.factors for one in (*joined[-1:], item)]:
            case [
                (Measure(None, None, metres),),
                (Measure(None, seconds, None, is_in_minutes=True),),
            ]:
                before = joined[-1]
                if not (before.sides or before.kind or before.rpe):
                    both = (Measure(seconds=seconds, metres=metres),)
                    joined[-1] = replace(item, factors=both, start=before.start)
                    continue
        joined.append(item)
    return joined


@dataclass
class _Reader:
    tokens: list[Token]
    position: int = 0
    part: int = 0
    line: int = 0
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kind_ahead: Token | None = None
    tagged: Item | None = None
    sides_ahead: tuple[Side, ...] = ()
    puts_sides_ahead: bool = False
    is_by_hand: bool = False  # of the sides ahead
    is_led: bool = False  # by an arrow
    is_next: bool = False  # behind "then"
    is_slashed: bool = False  # behind a slash
    is_doubted: bool = False
    ends_in_none: bool = False

    def read(self) -> Items:
        while self.position < len(self.tokens):
            self._read_next()
        if self.kind_ahead:
            raise _nothing_before(self.kind_ahead)
        self._spread_sides()
        self._drop_missed()
        return Items(
            self.items, self.notes, is_doubted=self.is_doubted, ends_in_none=self.ends_in_none
        )

    def _drop_missed(self) -> None:
        """Sets of no repetition become notes: 80 x 0."""
        missed = [item for item in self.items if item.factors[-1] == Bare(Decimal(0))]
        if len(missed) < sum(not item.is_load for item in self.items):
            self.ends_in_none = self.items[-1] in missed
            self.items = [item for item in self.items if item not in missed]
            self.notes += map(_said_of_missed, missed)

    def _read_next(self) -> None:
        kind = self._kind()
        if kind in _SEPARATORS or (kind == "slash" and self._kind(1) != "limb"):
            separator = self._take()
            self.is_slashed = separator.kind == "slash"
            self.is_next = separator.text.lower() in _THEN or self.is_next
            self.line += separator.kind == "line end"
            self.part += 1
        elif kind == "slash" or kind in _TAGS:
            self._read_tag(self._take())
        elif kind == "colon":
            self._take()
        elif kind == "doubt":
            self._take()
            self.is_doubted = True
        elif kind == "same":
            self._repeat_last(self._take())
        elif kind == "dash":
            self._read_dash(self._take())
        elif kind == "amrap":
            self.notes.append(self._take().text)
        elif kind == "arrow":
            self._read_arrow(self._take())
        elif self._follows("times", "number"):
            self._take()
            is_of_both = self._kind(1) is None and self._has_sides_to_join()
            if is_of_both or not self._at_start_of_part():  # 40 m each hand x 2, but not x10, x10
                self._add_count(self._take())
        else:
            self._read_product()

    def _repeat_last(self, token: Token) -> None:
        """The set before once more."""
        last = next((item for item in reversed(self.items) if not item.is_load), None)
        if last is None or not last.is_one_set:
            raise _cannot_read(token)
        self.part += 1
        self.items.append(replace(last, part=self.part, line=self.line))

    def _read_dash(self, token: Token) -> None:
        """A dash that is no range: before "to failure", between a weight and its sets, a list."""
        if self._kind() == "kind":  # to failure
            return
        before = self.tokens[self.position - 2] if self.position > 1 else None
        if token.meaning == "+" and before and before.kind == "number":  # 8+
            self.notes.append(f"{before.text}+")
            last = self.items[-1] if self.items else None
            if last:
                last.is_open = True
            if last and last.factors[-1] == Bare(before.number) and self._follows("number", "reps"):
                last.factors = (*last.factors[:-1], self._read_factor())  # 5+ 8 reps
                last.is_open = False
            if before.end == token.start and self._kind() == "number":
                self._check_sum(before, token)
        elif self._kind() is None or (not self.items and token.meaning == "+"):
            raise _cannot_read(token)

    def _check_sum(self, before: Token, plus: Token) -> None:
        """Raise UnreadableError at a sum within a list, which may be one set or two: 10/8+2."""
        after = self._peek()
        if after.start == plus.end:
            message = _(
                "Is %(sum)s one set or two? Write the reps of each set, for example 10, 8.",
                sum=f"{before.text}+{after.text}",
            )
            raise UnreadableError(message, before.start, after.end)

    def _read_arrow(self, token: Token) -> None:
        """From open reps to those done (5+ -> 8), from a weight to its reps, or to the next set."""
        last = self.items[-1] if self.items else None
        if last is None or self._kind() not in ("number", "sign", "bodyweight"):
            raise _cannot_read(token)
        was_open = self.tokens[self.position - 2].meaning == "+"
        goes_on = ("times", "weight unit") if was_open else ("times", "weight unit", "at")
        is_reps = self._kind() == "number" and self._kind(1) not in goes_on
        if is_reps and was_open and isinstance(last.factors[-1], Bare):
            self.is_doubted |= self._peek().number < last.factors[-1].number  # 5+ -> 3
            last.factors = (*last.factors[:-1], self._read_factor())
            last.is_open = False
        elif is_reps and last.is_load and last.part == self.part:
            last.factors = (*last.factors, self._read_factor())
            last.trailing, self.tagged = False, last
        else:
            self.part += 1
            self.is_led = True

    def _at_start_of_part(self) -> bool:
        return not self.items or self.items[-1].part < self.part or self.items[-1].is_load

    # Products

    def _read_product(self) -> None:
        if self._skips_open_scheme() or self._lists_weights() or self._reads_most():
            return
        first, start = self.position, self._peek().start
        factors = [self._read_factor()]
        while self._take_times(factors[-1]):
            factors.append(self._read_factor())
        end = self.tokens[self.position - 1].end
        is_list = self._is_list(factors, self.tokens[first : self.position])
        if len(factors) > _MAX_FACTORS and not is_list:
            message = _(
                "Write the weight, the reps and the number of sets, for example 60 kg x 8 x 3."
            )
            raise UnreadableError(message, start, end)
        if self._counts_before(factors):
            return
        if len(factors) > _MAX_FACTORS:
            self._list_reps(factors, start, end)
            return
        if self.tokens[self.position - 1].kind == "rm" and self._says_again(factors):
            said = self.tokens[self.position - 2 : self.position]
            self.notes.append("".join(token.text for token in said))
            return
        item = Item(tuple(factors), start, end, self.part)
        item.trailing = item.is_load and self._stands_behind()
        item.by_arrow, self.is_led = self.is_led, False
        item.opens_next, self.is_next = self.is_next, False
        item.by_slash, self.is_slashed = self.is_slashed, False
        item.line = self.line
        self._add(item)
        if self.kind_ahead and not item.is_load:
            self._set_once(item, "kind", self.kind_ahead.meaning, self.kind_ahead)
            item.opens_line = item.kind == SetKind.WARMUP
            item.opens_drop = item.kind == SetKind.DROP
            self.kind_ahead = None
        if self.sides_ahead and not item.is_load:
            item.sides, item.by_hand = self.sides_ahead, self.is_by_hand
        if item.is_load or not self.is_by_hand:
            self.sides_ahead, self.is_by_hand = (), False

    def _says_again(self, factors: list[Factor]) -> bool:
        """Whether the last sets had just these reps: 100x5, 5RM."""
        match factors:
            case [Measure(reps=reps)] if self.tagged is not None:
                return self.tagged.factors[-1] in (Bare(reps or Decimal(0)), Measure(reps=reps))
        return False

    def _skips_open_scheme(self) -> bool:
        """Take "3 x max" where as many reps follow, and keep it as a note."""
        kinds = (self._kind(), self._kind(1), self._kind(2))
        if kinds != ("number", "times", "amrap"):
            return False
        count, _, most = self.tokens[self.position : self.position + 3]
        rest = self.tokens[self.position + 3 :]
        numbers = [token for token in rest if token.kind == "number"]
        is_list = all(token.kind in ("number", "colon", "comma", "slash", "dash") for token in rest)
        if not is_list or len(numbers) != count.number:
            return False
        self.position += 3
        self.notes.append(f"{count.text} x {most.text}")
        return True

    def _reads_most(self) -> bool:
        """Take a weight behind what it was the most for: 1RM 100, 3RM: 90 kg, 1RM @ 100."""
        if not self._follows("number", "rm"):
            return False
        ahead = 2 + (self._kind(2) in ("colon", "at", "dash", "comma"))
        if self._kind(ahead) != "number" or self._kind(ahead + 1) in ("times", "reps", "rm"):
            return False
        reps, *_ = self.tokens[self.position : self.position + ahead]
        self.position += ahead
        weight = self._read_weight()
        end = self.tokens[self.position - 1].end
        factors = (weight, Measure(reps=reps.number))
        self._add(Item(factors, reps.start, end, self.part, is_most=True))
        return True

    def _lists_weights(self) -> bool:
        """Take several weights with a unit that have the same reps: 40-45-50 kg x 5."""
        if self._kind(1) not in ("dash", "slash"):
            return False
        size = 1
        while self._kind(size) in ("dash", "slash") and self._kind(size + 1) == "number":
            size += 2
        behind = [self._kind(size + ahead) for ahead in range(3)]
        if size < 5 or self._kind() != "number" or behind != ["weight unit", "times", "number"]:
            return False
        numbers = self.tokens[self.position : self.position + size : 2]
        unit, _, reps = self.tokens[self.position + size : self.position + size + 3]
        self.position += size + 3
        if self._kind() == "times":
            raise _cannot_read(self._peek())
        for number in numbers:
            weight = Weight(number.number, cast(Unit, unit.meaning))
            self._add(Item((weight, Bare(reps.number)), number.start, reps.end, self.part))
        return True

    def _is_list(self, factors: list[Factor], tokens: Sequence[Token]) -> bool:
        """Whether a weight and reps are written with an x before each: 20 kg x12 x12 x10. Without
        a unit only where each x stands at its reps: 55x15 x12 x12, but not 1x2x3x4.
        """
        if not all(isinstance(factor, Bare) for factor in factors[1:]):
            return False
        threes = zip(tokens, tokens[1:], tokens[2:], strict=False)
        times = [(a.end < x.start, x.end == b.start) for a, x, b in threes if x.kind == "times"]
        are_at_reps = all(is_apart and is_at for is_apart, is_at in times[1:])
        return isinstance(factors[0], Weight) or (isinstance(factors[0], Bare) and are_at_reps)

    def _list_reps(self, factors: list[Factor], start: int, end: int) -> None:
        first, *rest = factors
        if isinstance(first, Bare):  # 55x15 x12 x12
            first = Weight(first.number, None)
        for each in ((first, rest[0]), *((factor,) for factor in rest[1:])):
            self._add(Item(each, start, end, self.part))

    def _add(self, item: Item) -> None:
        self.items.append(item)
        self.tagged = self.tagged if item.is_load else item

    def _counts_before(self, factors: list[Factor]) -> bool:
        """Take a number of sets that stands behind them: 12 reps 3 sets."""
        if len(factors) == 1 and isinstance(factors[0], Count):
            self._join_sides(factors[0].number)
        last = self._find_tagged()
        match factors:
            case [Count() as count] if last and not self._has_count(last):
                last.factors += (count,)
                return True
            case [Count() as count] if self._kind() is None and (only := self._only_sets()):
                only.factors += (count,)
                return True
        return False

    def _only_sets(self) -> Item | None:
        """The sets that are alone on the line, without a number of them: 50 @ 32, 2 times."""
        sets = [item for item in self.items if not item.is_load]
        return sets[0] if len(sets) == 1 and not self._has_count(sets[0]) else None

    def _join_sides(self, count: Decimal) -> None:
        """Make one item of a left and a right set that are done several times: 5 L, 4 R x3."""
        if count < 2 or not self._has_sides_to_join():
            return
        one, other = self.items[-2:]
        is_alike = one.factors == other.factors
        if not (is_alike or (one.is_lone and other.is_lone)):
            return
        if not is_alike and isinstance(other.factors[0], Bare):
            one.other_side = other.factors[0].number
        one.sides, one.part = (*one.sides, *other.sides), other.part
        self.items.pop()
        self.tagged, self.part = one, one.part

    def _has_sides_to_join(self) -> bool:
        return [item.sides for item in self.items[-2:]] in _BOTH_ORDERS

    def _add_count(self, number: Token) -> None:
        self._join_sides(number.number)
        last = self._find_tagged()
        if last is None or self._has_count(last):
            raise _cannot_read(number)
        last.factors += (Count(number.number),)
        if self._kind() == "sets":
            self._take()

    def _has_count(self, item: Item) -> bool:
        return any(isinstance(factor, Count) for factor in item.factors)

    def _take_times(self, factor: Factor) -> bool:
        """Take what joins two factors: an x, or the "of" in 3 sets of 8."""
        kinds = tuple(self._kind(ahead) for ahead in range(3))
        if isinstance(factor, Count) and kinds == ("comma", "number", "reps"):  # 3 sets, 8 reps
            self._take()
        is_of = self._kind() == "of" or (
            self._kind() == "at" and self._peek().text in "\u00e0\u00c0"
        )
        is_of = is_of or (self._kind() == "each" and self._kind(1) == "number")
        joined = self._kind() == "times" or (isinstance(factor, Count) and is_of)
        if joined:
            self._take()
        return joined or (isinstance(factor, Count) and self._kind() in ("number", "clock"))

    def _stands_behind(self) -> bool:
        behind = bool(self.items) and self.items[-1].part == self.part
        at_end_of_part = self._kind() in (None, *_SEPARATORS) or self._kind() in _TAGS
        return (behind and at_end_of_part) or (bool(self.items) and self._kind() is None)

    def _read_factor(self) -> Factor:
        token = self._take()
        if token.kind == "bar":
            return EmptyBar(added=self._read_added())
        if token.kind == "kind" and token.meaning == SetKind.FAILURE:  # 80 x F
            return Bare(Decimal(0))
        if token.kind in ("bodyweight", "band"):
            return self._added_to_body() or NoWeight(is_band=token.kind == "band")
        if token.kind == "sign":
            return self._read_weight(cast(Sign, token.meaning))
        if token.kind == "clock":
            return self._read_measure(Measure(seconds=token.number, is_in_minutes=True))
        if token.kind == "number":
            return self._read_quantity(token)
        if token.kind == "amrap":
            message = _("How many reps were it? Write them, for example 12 AMRAP.")
            raise UnreadableError(message, token.start, token.end)
        raise _cannot_read(token)

    def _read_added(self) -> Decimal:
        """What is on the bar: bar+20."""
        if self._kind() in ("sign", "dash") and self._peek().meaning == "+":
            self._take()
            return self._take().number if self._kind() == "number" else Decimal(0)
        return Decimal(0)

    def _added_to_body(self) -> Weight | None:
        """The weight of bw+10 or BW + 10 kg, and of bw-10."""
        if self._kind() in ("sign", "dash") and self._kind(1) == "number":
            return self._read_weight(cast(Sign, self._take().meaning))
        return None

    def _read_weight(self, sign: Sign = "") -> Weight:
        number = self._take()
        if number.kind != "number":  # +1:30
            raise _cannot_read(number)
        unit = self._take().meaning if self._kind() == "weight unit" else None
        weight = Weight(number.number, cast(Unit | None, unit), sign)
        self._skip_same_weight(weight)
        return weight

    def _skip_same_weight(self, weight: Weight) -> None:
        """Take the same weight in the other unit: 100 kg/220 lb."""
        kinds = (self._kind(), self._kind(1), self._kind(2))
        if kinds != ("slash", "number", "weight unit") or weight.unit is None:
            return
        amount, unit = self.tokens[self.position + 1].number, self.tokens[self.position + 2].meaning
        one, other = exact_kg(weight.amount, weight.unit), exact_kg(amount, cast(Unit, unit))
        if abs(one - other) <= one * _SAME_WEIGHT:
            self.position += 3

    def _read_quantity(self, token: Token) -> Factor:
        joint = self._kind()
        if joint in ("dash", "slash") and (numbers := self._joined(token, joint)):
            return numbers
        if self._kind() == "weight unit":
            self.position -= 1
            return self._read_weight()
        before = self.tokens[self.position - 2].kind if self.position > 1 else None
        if (
            self._kind() == "colon"
            and self._kind(1) in ("number", "clock")
            and before not in ("times", "at", "of")
        ):  # 70: 6, 6, 5
            self._take()
            return Weight(token.number, None)
        if self._kind() == "sets":
            self._take()
            return Count(token.number)
        if self._kind() == "plates":
            return self._read_plates(token)
        return self._read_amount(token)

    def _read_plates(self, token: Token) -> EmptyBar:
        word = self._take()
        if self._kind(0) == "comma" and self._kind(1) in ("other", "number"):  # and a 25
            message = _("How much was it? Write the weight on the bar, for example 100 kg.")
            raise UnreadableError(message, token.start, word.end)
        if self._follows("each", "limb"):
            self.position += 2
        return EmptyBar(token.number)

    def _joined(self, token: Token, joint: TokenKind) -> Factor | None:
        """Numbers with slashes, pluses or dashes between them. None where the line goes on apart.

        Raises UnreadableError for a range.
        """
        numbers, position = [token], self.position
        while self._kind(position - self.position) == joint:
            following = self._kind(position - self.position + 1)
            if following not in ("number", "clock"):
                break
            numbers.append(self.tokens[position + 1])
            position += 2
        after = self._kind(position - self.position)
        marks = {self.tokens[index].meaning for index in range(self.position, position, 2)}
        if len(numbers) < 2:
            return None
        is_glued = token.end == self._peek().start and self._peek().end == numbers[1].start
        plain = all(number.kind == "number" for number in numbers)
        if joint == "slash":
            if not plain or after in ("times", "weight unit", "time unit"):
                return None
            self.position = position
            return Slashed(tuple(number.number for number in numbers))
        if marks == {"+"}:
            ends = self.tokens[self.position].start > token.end  # 60x8+ 70x6+ is no sum
            if not plain or not (is_glued or ends) or after in ("times", "weight unit"):
                return None
            self.position = position
            return Sum(tuple(number.number for number in numbers))
        if len(numbers) > 2 and plain and after not in ("times", "weight unit"):  # 8-8-6
            self.position = position
            return Slashed(tuple(number.number for number in numbers))
        apart = token.end < self.tokens[self.position].start
        if apart and (after in ("times", "sets") or numbers[0].number > 2 * numbers[1].number):
            return None  # 60 - 3x8
        before = self.tokens[self.position - 2].kind if self.position > 1 else None
        if apart and before == "times" and after in ("distance unit", "time unit"):
            return None  # 2x24 - 60 m
        message = _("Write what you did, for example 8, and not a range.")
        raise UnreadableError(message, token.start, numbers[1].end)

    def _read_amount(self, token: Token) -> Bare | Measure:
        kind = self._kind()
        if kind == "quote" and self._peek().start == token.end:
            is_in_minutes = not self._are_seconds_quoted()
            seconds = self._quoted(token)
            return self._read_measure(Measure(seconds=seconds, is_in_minutes=is_in_minutes))
        if kind == "time unit":
            plural = token.number if self._peek().text == "s" else None
            is_glued, is_in_minutes = self._peek().start == token.end, self._peek().meaning != "1"
            self.position -= 1
            measure = Measure(seconds=self._read_seconds(), is_in_minutes=is_in_minutes)
            measure = replace(measure, plural=plural if is_glued else None)
            return self._read_measure(measure)
        if kind == "distance unit":
            metres = token.number * Decimal(self._take().meaning)
            return self._read_measure(Measure(metres=round(metres, 2)))
        if kind in ("reps", "rm"):
            self._take()
            return self._read_measure(Measure(reps=token.number))
        if kind == "in":
            return self._read_measure(Measure(reps=token.number))
        return Bare(token.number)

    def _quoted(self, token: Token) -> Decimal:
        """The seconds of 30", of 30'' and of 1'30"."""
        if self._are_seconds_quoted():
            self._take_quotes()
            return token.number
        self._take()
        seconds = token.number * 60
        if self._kind() == "number" and self._peek().start == self.tokens[self.position - 1].end:
            rest = self._take()
            if rest.number >= 60:
                message = _("A minute has 60 seconds. Write the time like 26:30.")
                raise UnreadableError(message, rest.start, rest.end)
            seconds += rest.number
            self._take_quotes()
        return seconds

    def _are_seconds_quoted(self) -> bool:
        return self._peek().text in _SECONDS_QUOTED or self._kind(1) == "quote"

    def _take_quotes(self) -> None:
        """One for seconds, or two for minutes, which look alike."""
        for _place in range(2):
            if self._kind() == "quote" and self._take().text in _SECONDS_QUOTED:
                return

    def _read_measure(self, measure: Measure) -> Measure:
        """The measure with what belongs to it: 8 in 30 s, 40 m in 30 s, 5 km 25:30, 30 min 5 km."""
        if self._kind() == "in":
            return self._read_time_taken(measure)
        if measure.metres is not None and self._time_follows():
            return replace(measure, seconds=self._read_seconds())
        if measure.seconds is not None and self._follows("number", "distance unit"):
            metres = self._take().number * Decimal(self._take().meaning)
            return replace(measure, metres=round(metres, 2))
        return measure

    def _read_time_taken(self, measure: Measure) -> Measure:
        word = self._take()
        if measure.seconds is not None or self._kind() not in ("number", "clock"):
            message = _('Write a time after "in", for example 8 in 30 s.')
            raise UnreadableError(message, word.start, word.end)
        return replace(measure, seconds=self._read_seconds())

    def _time_follows(self) -> bool:
        """A time, also as 26'30."""
        if self._kind() == "clock" or self._follows("number", "time unit"):
            return True
        return self._follows("number", "quote") and self._is_glued(1)

    def _read_seconds(self) -> Decimal:
        """A time, perhaps in several units from large to small: 1 min 30 s."""
        token = self._take()
        if token.kind == "clock":
            return token.number
        if self._kind() == "quote" and self._is_glued():
            return self._quoted(token)
        if self._kind() != "time unit":
            message = _("Write the unit of the time, for example 30 s.")
            raise UnreadableError(message, token.start, token.end)
        factor = Decimal(self._take().meaning)
        seconds = token.number * factor
        if self._smaller_time_follows(factor):
            seconds += self._read_seconds()
        return seconds

    def _smaller_time_follows(self, factor: Decimal) -> bool:
        if not self._follows("number", "time unit"):
            return False
        return Decimal(self.tokens[self.position + 1].meaning) < factor

    # Tags

    def _read_tag(self, token: Token) -> None:
        if token.kind in ("at", "rpe", "rir"):
            self._read_at(token)
        elif token.kind == "kind":
            self._read_kind(token)
        elif token.kind == "side":
            self._read_side(token)
        else:
            self._read_each(token)

    def _read_kind(self, token: Token) -> None:
        if self._kind() in ("sets", "colon"):  # drop set, warm-up:
            self._take()
        if self._is_ahead(token):
            self.kind_ahead = token
        else:
            self._set_once(self._tagged_item(token), "kind", token.meaning, token)

    def _is_ahead(self, token: Token) -> bool:
        """Whether the kind stands before its set: drop 60x9, or 80x6 drop 60x9."""
        if self._kind() not in ("number", "sign", "bodyweight", "bar", "clock"):
            return False
        if not self._find_tagged():
            return True
        return token.meaning == SetKind.DROP and self.tokens[-1].kind != "kind"

    def _read_side(self, token: Token) -> None:
        side = cast(Side, token.meaning)
        if self._kind() == "number" and (self.puts_sides_ahead or not self._find_tagged()):
            self.puts_sides_ahead, self.sides_ahead = True, (side,)  # L 12, R 11
            return
        item = self._tagged_item(token)
        if self._side_follows_slash():  # 9 L/8 R
            self._take()
            item.other_side = self._take().number
            other = cast(Side, self._take().meaning)
            self._set_once(item, "sides", (side, other), token)
            return
        if self._kind() == "slash" and self._kind(1) == "side":  # L/R
            self._take()
            self._set_once(item, "sides", (side, cast(Side, self._take().meaning)), token)
            return
        item.is_r = token.text == "r"
        item.is_r_apart = item.is_r and token.start > item.end  # 8r are reps, 8 r may be either
        self._set_once(item, "sides", (side,), token)

    def _side_follows_slash(self) -> bool:
        kinds = (self._kind(), self._kind(1), self._kind(2))
        return kinds == ("slash", "number", "side")

    def _read_each(self, token: Token) -> None:
        if self._lists_weights_before(token):
            return
        if self._kind() == "number" and token.text.lower() == "je":
            return  # 3 Sätze je 8
        if self._kind() != "limb":
            if self.items and self.items[-1].is_load:
                return  # 20 kg each
            item = self._tagged_item(token)
            item.by_hand = item.by_each = True
            self._set_once(item, "sides", (Side.LEFT, Side.RIGHT), token)
            return
        limb = self._take()
        last = self.items[-1] if self.items else None
        if last and last.is_load and last.part == self.part:
            if limb.text.lower().startswith("hand"):
                return  # 20 kg each hand
            self._weigh_each_side(last)
            return
        item = self._tagged_item(token)
        item.by_hand = limb.text.lower().startswith("hand")
        self._set_once(item, "sides", (Side.LEFT, Side.RIGHT), token)

    def _lists_weights_before(self, token: Token) -> bool:
        """Take the reps of each weight that stands before: 55, 55, 60 - je 10, or - 10 each."""
        is_behind = token.text.lower() == "each" and self._kind() is None and len(self.items) > 2
        is_ahead = token.text.lower() == "je" and self._kind() == "number" and self._kind(1) is None
        if not all(item.is_lone for item in self.items) or not self.items:
            return False
        if is_behind and self.tokens[self.position - 3].kind == "dash":
            reps = self.items.pop().factors[0]
            self.is_doubted = True
        elif is_ahead:
            reps = Bare(self._take().number)
        else:
            return False
        for item in self.items:
            item.factors = (Weight(cast(Bare, item.factors[0]).number, None), reps)
        return True

    def _weigh_each_side(self, load: Item) -> None:
        """20 kg/side: sets with one side after the other, or with as much on both at once."""
        load.by_side = True
        item = self._find_tagged()
        if item is None:
            self.sides_ahead, self.is_by_hand = (Side.LEFT, Side.RIGHT), True
        elif not item.sides:
            item.sides, item.by_hand = (Side.LEFT, Side.RIGHT), True

    def _spread_sides(self) -> None:
        """What closes the line goes for all of it: 9, 9, 8 per side."""
        closes = [token.kind for token in self.tokens[-2:]] in (["each", "limb"], ["slash", "limb"])
        sets = [item for item in self.items if not item.is_load]
        if not (closes and sets) or sets[-1].by_hand or any(one.sides for one in sets[:-1]):
            return
        for one in sets:
            one.sides = sets[-1].sides

    def _read_at(self, token: Token) -> None:
        """After @: a weight when it has a unit, a sign or is above 10, an RPE otherwise."""
        words = {token.kind}
        if self._kind() == "each":  # mit je 8 kg
            self._take()
        while self._kind() in ("rpe", "at", "rir"):
            words.add(self._take().kind)
        if self._kind() == "bodyweight" and "at" in words:
            self._read_weight_after_at(token)
            return
        if self._kind() not in ("number", "sign"):
            message = _("Write an RPE such as @8.5 or a weight such as @ 32.5 kg.")
            raise UnreadableError(message, token.start, token.end)
        is_named = words & {"rpe", "rir"} or self._kind(1) in ("rpe", "rir")
        is_weight = self._kind() == "sign" or self._kind(1) in ("weight unit", "slash")
        is_weight = is_weight or (not is_named and self._peek().number > _HARDEST)
        if is_weight and not is_named:
            self._read_weight_after_at(token)
        else:
            self._read_effort(token, words)

    def _read_effort(self, token: Token, words: set[TokenKind]) -> None:
        """An RPE, or as many repetitions in reserve, which is ten less them."""
        number = self._take()
        if number.kind != "number":  # rpe -5
            raise _cannot_read(number)
        if self._kind() in ("rpe", "rir"):
            words.add(self._take().kind)
        rpe = _HARDEST - number.number if "rir" in words else number.number
        item = self._tagged_item(token)
        item.by_at = words == {"at"}
        self._set_once(item, "rpe", rpe, number)

    def _read_weight_after_at(self, token: Token) -> None:
        if not self.items or self.items[-1].part != self.part:
            raise _nothing_before(token)
        load = self._read_load()
        factors: tuple[Factor, ...] = (load,)
        if self._kind() == "times" and self._kind(1) == "number":  # 5 @ 100 x 3
            self._take()
            self._add_count(self._take())
        end = self.tokens[self.position - 1].end
        self.items.append(Item(factors, token.start, end, self.part, trailing=True))
        if isinstance(load, Slashed):
            self.items[-1].trailing, self.items[-1].are_weights = False, True
        elif self._follows("number", "at") or self._follows("number", "reps"):  # 15@40 12@45
            self.part += 1

    def _read_load(self) -> Factor:
        if self._kind() == "bodyweight":
            return self._read_factor()
        if self._is_plural():  # 3x10 with 22s
            self.is_doubted = True
            weight = Weight(self._take().number, None)
            self._take()
            return weight
        if self._kind() == "number" and (joint := self._kind(1)) in ("slash", "dash"):
            number = self._take()
            if (joined := self._joined(number, joint)) and isinstance(joined, Slashed):
                return joined
            self.position -= 1
        sign = self._take().meaning if self._kind() == "sign" else ""
        return self._read_weight(cast(Sign, sign))

    def _is_plural(self) -> bool:
        if not self._follows("number", "time unit"):
            return False
        word = self.tokens[self.position + 1]
        return word.text == "s" and word.start == self._peek().end

    def _tagged_item(self, token: Token) -> Item:
        """The last sets in this part of the line, which a tag is about."""
        if item := self._find_tagged():
            return item
        raise _nothing_before(token)

    def _find_tagged(self) -> Item | None:
        return self.tagged if self.tagged and self.tagged.part == self.part else None

    def _set_once(self, item: Item, name: str, value: object, token: Token) -> None:
        if getattr(item, name):
            message = _("“%(text)s” is one too many: this set has that already.", text=token.text)
            raise UnreadableError(message, token.start, token.end)
        setattr(item, name, value)

    # Tokens

    def _kind(self, ahead: int = 0) -> TokenKind | None:
        index = self.position + ahead
        return self.tokens[index].kind if index < len(self.tokens) else None

    def _follows(self, first: TokenKind, second: TokenKind) -> bool:
        return self._kind() == first and self._kind(1) == second

    def _is_glued(self, ahead: int = 0) -> bool:
        """Whether no space is before the token."""
        index = self.position + ahead
        return self.tokens[index - 1].end == self.tokens[index].start

    def _peek(self) -> Token:
        return self.tokens[self.position]

    def _take(self) -> Token:
        if self.position == len(self.tokens):
            raise self._unexpected_end()
        self.position += 1
        return self.tokens[self.position - 1]

    def _unexpected_end(self) -> UnreadableError:
        last = self.tokens[-1]
        return UnreadableError(
            _("Something is missing here, for example the reps."), last.start, last.end
        )


def _said_of_missed(item: Item) -> str:
    """A set of no repetition as a note, with its weight where it has one: 80 x 0."""
    match item.factors:
        case Bare(number), Bare():
            return f"{number} x 0"
        case Weight(amount, unit, sign), Bare():
            return f"{sign}{amount}{f' {unit}' if unit else ''} x 0"
    return "0 reps"


def _cannot_read(token: Token) -> UnreadableError:
    message = _(
        "“%(text)s” doesn’t fit here. Sets look like 60 kg x 8, 8, 7; a remark goes on its own line"
        " that begins with >.",
        text=token.text,
    )
    return UnreadableError(message, token.start, token.end)


def _nothing_before(token: Token) -> UnreadableError:
    message = _(
        "There is no set before this “%(text)s”. Write it after the reps: 80 kg x 5 @8.",
        text=token.text,
    )
    return UnreadableError(message, token.start, token.end)
