"""Logged sets as a routine counts them: a left and a right one are one round."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from workouts.reckoning.targets import Weight
from workouts.vocabulary import SetKind, Side, Unit

Number = TypeVar("Number", int, Decimal)


class DoneLoad(Protocol):
    @property
    def amount(self) -> Decimal: ...
    @property
    def unit(self) -> Unit: ...


class DoneSet(Protocol):
    """What ``text_format.SetText`` says of a set."""

    @property
    def load(self) -> DoneLoad | None: ...
    @property
    def reps(self) -> int | None: ...
    @property
    def seconds(self) -> int | None: ...
    @property
    def metres(self) -> Decimal | None: ...
    @property
    def kind(self) -> SetKind: ...
    @property
    def side(self) -> Side: ...
    @property
    def rpe(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Round:
    """One set, or one on each side: then the fewest reps, the shortest time, the highest RPE and
    the lighter weight of the two, as typed; None where there was none.
    """

    reps: int | None
    seconds: int | None
    metres: Decimal | None
    rpe: Decimal | None
    weight: Weight | None


def working_rounds(sets: Iterable[DoneSet]) -> list[Round]:
    """The rounds of the sets that are no warm-ups, in their order."""
    rounds: list[Round] = []
    waiting: dict[Side, list[int]] = {Side.LEFT: [], Side.RIGHT: []}
    for one in sets:
        if one.kind == SetKind.WARMUP:
            continue
        other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(one.side)
        if other and waiting[other]:
            place = waiting[other].pop(0)
            rounds[place] = _both(rounds[place], one)
            continue
        if other:
            waiting[one.side].append(len(rounds))
        rounds.append(_round(one))
    return rounds


def _round(one: DoneSet) -> Round:
    load = one.load
    return Round(
        reps=one.reps,
        seconds=one.seconds,
        metres=one.metres,
        rpe=one.rpe,
        weight=Weight(load.amount, load.unit) if load else None,
    )


def _both(first: Round, one: DoneSet) -> Round:
    second = _round(one)
    rpes = [rpe for rpe in (first.rpe, second.rpe) if rpe is not None]
    return Round(
        reps=_least(first.reps, second.reps),
        seconds=_least(first.seconds, second.seconds),
        metres=_least(first.metres, second.metres),
        rpe=max(rpes, default=None),
        weight=_lighter(first.weight, second.weight),
    )


def _least(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else min(one, other)


def _lighter(one: Weight | None, other: Weight | None) -> Weight | None:
    return min(one, other) if one and other and one.unit == other.unit else one or other
