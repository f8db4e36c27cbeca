"""What to do of an exercise next time: double progression.

First more reps at the same weight; once all sets reach the top of their range, more weight from the
bottom of it again. The American College of Sports Medicine advises 2-10 % more load once one or two
reps more than wanted are done (2009, Medicine & Science in Sports & Exercise 41:687); adding reps
served as well as adding load over eight weeks (Plotkin et al. 2022, PeerJ 10:e14142). How large a
step is, is the exercise's own affair. More is only ever suggested after a session that met its
target; help counts the other way round.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from exercises.counting import counted
from exercises.vocabulary import WEIGHTLESS_LOADS, LoadType
from workouts.reckoning.rounds import DoneSet, Round, working_rounds
from workouts.reckoning.steps import SECONDS_STEP
from workouts.reckoning.targets import Span, Target, Weight
from workouts.reckoning.weights import format_weight, plain
from workouts.vocabulary import SetKind, Side, Unit

STEP_SECONDS = int(SECONDS_STEP)


@dataclass(frozen=True, slots=True)
class Offer:
    """One set to do. The weight is unsigned as a target's; None where it is for the athlete to
    choose, or there is none.
    """

    reps: int | None = None
    seconds: int | None = None
    metres: Decimal | None = None
    weight: Weight | None = None
    kind: SetKind = SetKind.WORKING
    side: Side = Side.BOTH


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The sets of next time, a sentence that says why, and whether they weigh more than last time
    (or are helped less).
    """

    sets: tuple[Offer, ...]
    why: str
    is_raised: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """What comes of sets that are planned alike."""

    offers: tuple[Offer, ...]
    why: str
    is_raised: bool = False


def suggest(
    targets: Sequence[Target],
    last: Sequence[DoneSet],
    *,
    load_type: LoadType,
    steps: Mapping[Unit, Decimal],
    unit: Unit,
    is_elsewhere: bool = False,
) -> Suggestion:
    """What to do for ``targets`` after the sets of ``last`` time, none if it was never done.

    ``steps`` are the exercise's own steps of weight in each unit; ``unit`` is the athlete's, for
    the first weight there is. Sets of ``is_elsewhere`` were done for other targets: where they
    don't meet these, they say nothing.
    """
    rounds = working_rounds(last)
    working = [target for target in targets if not target.is_warmup]
    parts: list[_Part] = []
    place = 0
    groups = [list(alike) for _, alike in groupby(working)]
    for group in groups:
        done = rounds[place : place + len(group)]
        part = _Rule(group, done, load_type, steps, unit).part(is_elsewhere=is_elsewhere)
        label = "" if len(groups) == 1 else f"{_places(place, len(group))}: "
        parts.append(replace(part, why=f"{label}{part.why}"))
        place += len(group)
    offers = iter([offer for part in parts for offer in part.offers])
    warmups = iter([one for one in last if one.kind == SetKind.WARMUP])
    ordered = [
        _warm_up(target, next(warmups, None)) if target.is_warmup else next(offers)
        for target in targets
    ]
    sides = {one.side for one in last} - {Side.BOTH}
    is_one_sided = bool(sides) if last else any(target.is_each_side for target in targets)
    return Suggestion(
        sets=tuple(_on_each_side(ordered) if is_one_sided else ordered),
        why=" ".join(part.why for part in parts) or "Warm-ups only.",
        is_raised=any(part.is_raised for part in parts),
    )


def _places(first: int, count: int) -> str:
    if count == 1:
        return f"Set {first + 1}"
    return f"Sets {first + 1} {'and' if count == 2 else 'to'} {first + count}"


def _on_each_side(offers: Sequence[Offer]) -> Iterator[Offer]:
    for offer in offers:
        yield replace(offer, side=Side.LEFT)
        yield replace(offer, side=Side.RIGHT)


def _warm_up(target: Target, last: DoneSet | None) -> Offer:
    offer = _offer(target, (target.reps or target.seconds or Span(1, 1)).least)
    if target.weight is None and last and last.load:
        return replace(offer, weight=Weight(last.load.amount, last.load.unit))
    return offer


def _offer(target: Target, amount: int) -> Offer:
    """A set of the target's kind, of so many reps or seconds."""
    return Offer(
        reps=amount if target.reps else None,
        seconds=amount if target.seconds else None,
        metres=target.metres,
        weight=target.weight,
        kind=target.kind,
    )


class _Rule:
    """Double progression for the sets of one exercise that are planned alike."""

    def __init__(
        self,
        targets: Sequence[Target],
        done: Sequence[Round],
        load_type: LoadType,
        steps: Mapping[Unit, Decimal],
        unit: Unit,
    ) -> None:
        self.target = targets[0]
        self.count = len(targets)
        self.load_type = load_type
        self.steps = steps
        self.unit = unit
        self.span = self.target.reps or self.target.seconds or Span(1, 1)
        self.done = [one for one in done if self._amount(one) is not None]
        self.amounts = [self._amount(one) or 0 for one in self.done]

    def part(self, *, is_elsewhere: bool) -> _Part:
        missed = self._missed() if self.done else ""
        if not self.done or (missed and is_elsewhere):
            return self._first_time()
        if missed:
            return self._hold(missed)
        if all(one >= self.span.top for one in self.amounts):
            return self._full()
        return self._one_more()

    def _missed(self) -> str:
        """What kept last time from meeting the target; empty where it did."""
        if self.target.weight is not None and not all(map(self._is_heavy_enough, self.done)):
            help_ = self.load_type == LoadType.ASSISTED_BODYWEIGHT
            return f"{'More help' if help_ else 'Less'} than the routine says last time"
        if len(self.done) < self.count:
            return f"{len(self.done)} of {self.count} sets last time"
        under = [one for one in self.amounts if one < self.span.least]
        if under and self.target.metres is not None:
            return f"Not all sets went {plain(self.target.metres)} m last time"
        if under:
            return f"{self._listed()} last time, {self._said(self.span.least)} wanted"
        planned = self.target.rpe
        hardest = max((one.rpe for one in self.done if one.rpe is not None), default=None)
        if planned is not None and hardest is not None and hardest > planned:
            return f"RPE {plain(hardest)} last time where {plain(planned)} is planned"
        return ""

    # What was done

    def _amount(self, one: Round) -> int | None:
        """Reps, seconds or (for a distance) whether it was covered; None where another thing was
        measured.
        """
        if self.target.reps:
            return one.reps
        if self.target.seconds:
            return one.seconds
        if one.metres is None or self.target.metres is None:
            return None
        return int(one.metres >= self.target.metres)

    def _is_heavy_enough(self, one: Round) -> bool:
        planned, done = self.target.weight, one.weight
        if planned is None or (done and done.unit != planned.unit):
            return True
        amount = done.amount if done else Decimal(0)
        if self.load_type == LoadType.ASSISTED_BODYWEIGHT:
            return amount <= planned.amount
        return amount >= planned.amount

    # What comes of it

    def _first_time(self) -> _Part:
        offers = (_offer(self.target, self.span.least),) * self.count
        if self.target.weight is not None:
            return _Part(offers, f"The first time: {self._weight_said(self.target.weight)}.")
        what = self._said_span()
        if self._has_weights():
            return _Part(
                offers, f"The first time: choose a weight that leaves some of {what} to spare."
            )
        return _Part(offers, f"The first time: begin with {what}.")

    def _hold(self, why: str) -> _Part:
        """The same weight, and what is wanted of each set."""
        amounts = [
            max(min(self._of_set(place), self.span.top), self.span.least)
            for place in range(self.count)
        ]
        return _Part(self._offers(amounts), f"{why}: {self._again()}.")

    def _one_more(self) -> _Part:
        """One rep, or five seconds, more in the first set that has room."""
        amounts = [min(self._of_set(place), self.span.top) for place in range(self.count)]
        room = next(place for place, amount in enumerate(amounts) if amount < self.span.top)
        amounts[room] = min(amounts[room] + self._step, self.span.top)
        again = f"{self._again()}, " if self._has_load() else ""
        return _Part(
            self._offers(amounts),
            f"{self._listed()} last time, {self._said(self.span.top)} wanted:"
            f" {again}{self._step_said} more.",
        )

    def _full(self) -> _Part:
        """All sets have reached the top."""
        reached = self._reached()
        if self.target.weight is not None:
            offers = self._offers([self.span.least] * self.count)
            fixed = self._weight_said(self.target.weight)
            return _Part(offers, f"{reached}: the routine says {fixed}; you could raise it there.")
        if self._can_be_raised():
            weights = [self._raised(self._round(place)) for place in range(self.count)]
            offer = _offer(self.target, self.span.least)
            offers = tuple(replace(offer, weight=weight) for weight in weights)
            is_range = self.span.least < self.span.top
            again = f" from {self._said_reps(self.span.least)} again" if is_range else ""
            return _Part(offers, f"{reached}: {self._raise_said(weights)}{again}.", is_raised=True)
        if self.span.most is None:
            return self._beyond()
        offers = self._offers([self.span.top] * self.count)
        return _Part(offers, f"{reached}. Raise the target, or take a harder exercise.")

    def _beyond(self) -> _Part:
        """A target that is open above, with nothing to add to: more than last time."""
        amounts = [self._of_set(place) for place in range(self.count)]
        amounts[0] += self._step
        why = f"{self._listed()} last time: {self._step_said} more."
        return _Part(self._offers(amounts), why)

    def _offers(self, amounts: Sequence[int]) -> tuple[Offer, ...]:
        """So many of each, at the routine's weight or at last time's."""
        return tuple(
            replace(
                _offer(self.target, amount), weight=self.target.weight or self._round(place).weight
            )
            for place, amount in enumerate(amounts)
        )

    def _round(self, place: int) -> Round:
        """Last time's set at this place; the last there is for one that was left out."""
        return self.done[min(place, len(self.done) - 1)]

    def _of_set(self, place: int) -> int:
        return self.amounts[place] if place < len(self.amounts) else 0

    # Weights

    def _has_weights(self) -> bool:
        return self.load_type not in WEIGHTLESS_LOADS

    def _has_load(self) -> bool:
        return self._has_weights() and any(one.weight is not None for one in self.done)

    def _can_be_raised(self) -> bool:
        """Whether there is a weight to add to, or help to take from."""
        if self.load_type == LoadType.BODYWEIGHT_PLUS:
            return True
        weights = [self._round(place).weight for place in range(self.count)]
        if self.load_type == LoadType.ASSISTED_BODYWEIGHT:
            return all(weight is not None and weight.amount for weight in weights)
        return self._has_weights() and all(weight is not None for weight in weights)

    def _raised(self, one: Round) -> Weight:
        weight = one.weight or Weight(Decimal(0), self.unit)
        step = self.steps[weight.unit]
        if self.load_type == LoadType.ASSISTED_BODYWEIGHT:
            return Weight(max(weight.amount - step, Decimal(0)), weight.unit)
        return Weight(weight.amount + step, weight.unit)

    # Words

    def _again(self) -> str:
        weights = {one.weight for one in self.done}
        weight = self.target.weight or (weights.pop() if len(weights) == 1 else None)
        if weight:
            return f"{self._weight_said(weight)} again"
        return "the same weights again" if self._has_load() else "the same again"

    def _raise_said(self, weights: Sequence[Weight]) -> str:
        if len(set(weights)) == 1:
            return self._weight_said(weights[0])
        unit = weights[0].unit
        less = self.load_type == LoadType.ASSISTED_BODYWEIGHT
        return f"{format_weight(self.steps[unit], unit)} {'less help' if less else 'more'} in each"

    def _weight_said(self, weight: Weight) -> str:
        if self.load_type == LoadType.ASSISTED_BODYWEIGHT:
            return f"{format_weight(*weight)} of help" if weight.amount else "no help"
        sign = "+" if self.load_type == LoadType.BODYWEIGHT_PLUS and weight.amount else ""
        return f"{sign}{format_weight(*weight)}"

    @property
    def _step(self) -> int:
        return STEP_SECONDS if self.target.seconds else 1

    @property
    def _step_said(self) -> str:
        return f"{STEP_SECONDS} s" if self.target.seconds else "one rep"

    def _reached(self) -> str:
        if self.target.metres is not None:
            what = f"went {plain(self.target.metres)} m"
        else:
            what = f"reached {self._said(self.span.top)}"
        return f"It {what} last time" if self.count == 1 else f"All sets {what} last time"

    def _listed(self) -> str:
        """ "10, 9, 8"; with the unit of a time."""
        shown = ", ".join(map(str, self.amounts))
        return f"{shown} s" if self.target.seconds else shown

    def _said(self, amount: int) -> str:
        return f"{amount} s" if self.target.seconds else f"{amount}"

    def _said_reps(self, amount: int) -> str:
        return self._said(amount) if self.target.seconds else counted(amount, "rep")

    def _said_span(self) -> str:
        if self.target.metres is not None:
            return f"{plain(self.target.metres)} m"
        if self.span.least == self.span.top:
            return self._said_reps(self.span.least)
        return f"{self.span.least} to {self._said_reps(self.span.top)}"
