"""Tokens grouped into items: what is written as one product, with what is said about it.

"80 kg x 5 w, 3x8 each side @9" has two items. Nothing is decided here about which number is a
weight, a number of sets or reps; `sets` does that, with the whole line in view.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import cast

from workouts.vocabulary import SetKind, Side, Unit

from .errors import UnreadableError
from .scanner import Token, TokenKind
from .values import Sign

_MAX_FACTORS = 3
_TAGS: frozenset[TokenKind | None] = frozenset(("kind", "side", "each", "rpe", "at"))


@dataclass(frozen=True)
class Bare:
    """A number without a unit: reps, a number of sets, or a weight."""

    number: Decimal


@dataclass(frozen=True)
class Weight:
    """A number that is a weight for sure. `unit` None: not written."""

    amount: Decimal
    unit: Unit | None
    sign: Sign = ""


@dataclass(frozen=True)
class NoWeight:
    """The word bodyweight, or band: no weight, and of a band's help nobody knows the size."""

    is_band: bool = False


@dataclass(frozen=True)
class Count:
    """A number of sets for sure: 3 sets."""

    number: Decimal


@dataclass(frozen=True)
class Measure:
    """What a set consists of, with units: 8 reps, 30 s, 40 m in 30 s."""

    reps: Decimal | None = None
    seconds: Decimal | None = None
    metres: Decimal | None = None


Factor = Bare | Weight | NoWeight | Count | Measure


@dataclass
class Item:
    """Factors joined by x, and the tags after them. `start` and `end` are positions in the line.

    `part` numbers the stretches between commas. `trailing` marks a weight that is written behind
    the sets that it belongs to: 3x10 @ 32.5 kg, 2x40 m 32 kg.
    """

    factors: tuple[Factor, ...]
    start: int
    end: int
    part: int
    trailing: bool = False
    kind: SetKind | None = None
    sides: tuple[Side, ...] = ()
    rpe: Decimal | None = None

    @property
    def is_load(self) -> bool:
        """Whether the item is a weight alone."""
        return len(self.factors) == 1 and isinstance(self.factors[0], Weight | NoWeight)


def read_items(tokens: Sequence[Token]) -> list[Item]:
    """The items of a line, in order. Raises UnreadableError at a token that makes no sense."""
    return _Reader([token for token in tokens if token.kind != "filler"]).read()


@dataclass
class _Reader:
    tokens: list[Token]
    position: int = 0
    part: int = 0
    items: list[Item] = field(default_factory=list)

    def read(self) -> list[Item]:
        while self.position < len(self.tokens):
            self._read_next()
        return self.items

    def _read_next(self) -> None:
        kind = self._kind()
        if kind == "comma" or (kind == "slash" and self._kind(1) != "limb"):
            self._take()
            self.part += 1
        elif kind == "slash" or kind in _TAGS:
            self._read_tag(self._take())
        elif kind == "dash" and self._kind(1) == "kind":  # to failure
            self._take()
        else:
            self._read_product()

    # Products

    def _read_product(self) -> None:
        start = self._peek().start
        factors = [self._read_factor()]
        while self._take_times(factors[-1]):
            factors.append(self._read_factor())
        end = self.tokens[self.position - 1].end
        if len(factors) > _MAX_FACTORS:
            message = (
                "Write the weight, the reps and the number of sets, for example 60 kg x 8 x 3."
            )
            raise UnreadableError(message, start, end)
        item = Item(tuple(factors), start, end, self.part)
        item.trailing = item.is_load and self._stands_behind()
        self.items.append(item)

    def _take_times(self, factor: Factor) -> bool:
        """Take what joins two factors: an x, or the "of" in 3 sets of 8."""
        joined = self._kind() == "times" or (isinstance(factor, Count) and self._kind() == "of")
        if joined:
            self._take()
        return joined or (isinstance(factor, Count) and self._kind() == "number")

    def _stands_behind(self) -> bool:
        behind = bool(self.items) and self.items[-1].part == self.part
        at_end_of_part = self._kind() in (None, "comma") or self._kind() in _TAGS
        return (behind and at_end_of_part) or (bool(self.items) and self._kind() is None)

    def _read_factor(self) -> Factor:
        if self.position == len(self.tokens):
            raise self._unexpected_end()
        token = self._take()
        if token.kind in ("bodyweight", "band"):
            return NoWeight(is_band=token.kind == "band")
        if token.kind == "sign":
            return self._read_weight(cast(Sign, token.meaning))
        if token.kind == "clock":
            return self._read_measure(Measure(seconds=token.number))
        if token.kind == "number":
            return self._read_quantity(token)
        raise _cannot_read(token)

    def _read_weight(self, sign: Sign = "") -> Weight:
        number = self._take()
        if number.kind != "number":  # +1:30
            raise _cannot_read(number)
        unit = self._take().meaning if self._kind() == "weight unit" else None
        return Weight(number.number, cast(Unit | None, unit), sign)

    def _read_quantity(self, token: Token) -> Factor:
        if self._kind() == "dash" and self._kind(1) in ("number", "clock"):
            end = self.tokens[self.position + 1].end
            message = "Write what you did, for example 8, and not a range."
            raise UnreadableError(message, token.start, end)
        if self._kind() == "weight unit":
            self.position -= 1
            return self._read_weight()
        if self._kind() == "sets":
            self._take()
            return Count(token.number)
        return self._read_amount(token)

    def _read_amount(self, token: Token) -> Bare | Measure:
        kind = self._kind()
        if kind == "time unit":
            self.position -= 1
            return self._read_measure(Measure(seconds=self._read_seconds()))
        if kind == "distance unit":
            metres = token.number * Decimal(self._take().meaning)
            return self._read_measure(Measure(metres=metres))
        if kind == "reps":
            self._take()
            return self._read_measure(Measure(reps=token.number))
        if kind == "in":
            return self._read_measure(Measure(reps=token.number))
        return Bare(token.number)

    def _read_measure(self, measure: Measure) -> Measure:
        """The measure with what belongs to it: 8 in 30 s, 40 m in 30 s, 5 km 25:30, 30 min 5 km."""
        if self._kind() == "in":
            return self._read_time_taken(measure)
        if measure.metres is not None and self._time_follows():
            return replace(measure, seconds=self._read_seconds())
        if measure.seconds is not None and self._follows("number", "distance unit"):
            metres = self._take().number * Decimal(self._take().meaning)
            return replace(measure, metres=metres)
        return measure

    def _read_time_taken(self, measure: Measure) -> Measure:
        word = self._take()
        if measure.seconds is not None or self._kind() not in ("number", "clock"):
            message = 'Write a time after "in", for example 8 in 30 s.'
            raise UnreadableError(message, word.start, word.end)
        return replace(measure, seconds=self._read_seconds())

    def _time_follows(self) -> bool:
        return self._kind() == "clock" or self._follows("number", "time unit")

    def _read_seconds(self) -> Decimal:
        """A time, perhaps in several units from large to small: 1 min 30 s."""
        token = self._take()
        if token.kind == "clock":
            return token.number
        if self._kind() != "time unit":
            message = "Write the unit of the time, for example 30 s."
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
        if token.kind in ("at", "rpe"):
            self._read_at(token)
            return
        item = self._tagged_item(token)
        if token.kind == "kind":
            self._set_once(item, "kind", token.meaning, token)
            if self._kind() == "sets":  # drop set
                self._take()
        elif token.kind == "side":
            self._set_once(item, "sides", (token.meaning,), token)
        else:
            self._read_each(item, token)

    def _read_each(self, item: Item, token: Token) -> None:
        if self._kind() != "limb":
            message = 'Write "each side" for one set on the left and one on the right.'
            raise UnreadableError(message, token.start, token.end)
        self._take()
        self._set_once(item, "sides", ("left", "right"), token)

    def _read_at(self, token: Token) -> None:
        """After @: a weight when it has a unit, a sign or is above 10, an RPE otherwise."""
        has_rpe = token.kind == "rpe"
        while self._kind() in ("rpe", "at"):
            has_rpe = self._take().kind == "rpe" or has_rpe
        if self._kind() not in ("number", "sign"):
            message = "Write an RPE such as @8.5 or a weight such as @ 32.5 kg."
            raise UnreadableError(message, token.start, token.end)
        is_weight = self._kind() == "sign" or self._kind(1) == "weight unit"
        if is_weight or (not has_rpe and self._peek().number > 10):
            self._read_weight_after_at(token)
        else:
            number = self._take()
            self._set_once(self._tagged_item(token), "rpe", number.number, number)

    def _read_weight_after_at(self, token: Token) -> None:
        if not self.items or self.items[-1].part != self.part:
            raise _nothing_before(token)
        sign = self._take().meaning if self._kind() == "sign" else ""
        weight = self._read_weight(cast(Sign, sign))
        end = self.tokens[self.position - 1].end
        self.items.append(Item((weight,), token.start, end, self.part, trailing=True))

    def _tagged_item(self, token: Token) -> Item:
        """The last sets in this part of the line, which a tag is about."""
        for item in reversed(self.items):
            if item.part != self.part:
                break
            if not item.is_load:
                return item
        raise _nothing_before(token)

    def _set_once(self, item: Item, name: str, value: object, token: Token) -> None:
        if getattr(item, name):
            message = f"“{token.text}” is one too many: this set has that already."
            raise UnreadableError(message, token.start, token.end)
        setattr(item, name, value)

    # Tokens

    def _kind(self, ahead: int = 0) -> TokenKind | None:
        index = self.position + ahead
        return self.tokens[index].kind if index < len(self.tokens) else None

    def _follows(self, first: TokenKind, second: TokenKind) -> bool:
        return self._kind() == first and self._kind(1) == second

    def _peek(self) -> Token:
        return self.tokens[self.position]

    def _take(self) -> Token:
        self.position += 1
        return self.tokens[self.position - 1]

    def _unexpected_end(self) -> UnreadableError:
        last = self.tokens[-1]
        return UnreadableError(
            "Something is missing here, for example the reps.", last.start, last.end
        )


def _cannot_read(token: Token) -> UnreadableError:
    message = (
        f"“{token.text}” doesn’t fit here. Sets look like 60 kg x 8, 8, 7; "
        "a remark goes on its own line that begins with >."
    )
    return UnreadableError(message, token.start, token.end)


def _nothing_before(token: Token) -> UnreadableError:
    message = f"There is no set before this “{token.text}”. Write it after the reps: 80 kg x 5 @8."
    return UnreadableError(message, token.start, token.end)
