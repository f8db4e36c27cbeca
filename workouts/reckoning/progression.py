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
from functools import reduce
from itertools import groupby

from exercises.sentences import Sentence, ngettext
from exercises.sentences import gettext as _
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
    why: Sentence
    is_raised: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """What comes of sets that are planned alike."""

    offers: tuple[Offer, ...]
    why: Sentence
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
    groups = [list(alike) for _target, alike in groupby(working)]
    for group in groups:
        done = rounds[place : place + len(group)]
        part = _Rule(group, done, load_type, steps, unit).part(is_elsewhere=is_elsewhere)
        if len(groups) > 1:
            part = replace(part, why=_of_sets(place, len(group), part.why))
        parts.append(part)
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
        why=_in_a_row([part.why for part in parts]),
        is_raised=any(part.is_raised for part in parts),
    )


def _in_a_row(sentences: Sequence[Sentence]) -> Sentence:
    if not sentences:
        return _("Warm-ups only.")
    return reduce(lambda one, next_: _("%(one)s %(next)s", one=one, next=next_), sentences)


def _of_sets(first: int, count: int, why: Sentence) -> Sentence:
    values = {"first": first + 1, "last": first + count, "why": why}
    if count == 1:
        return _("Set %(first)s: %(why)s", **values)
    if count == 2:
        return _("Sets %(first)s and %(last)s: %(why)s", **values)
    return _("Sets %(first)s to %(last)s: %(why)s", **values)


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
        missed = self._missed() if self.done else None
        if not self.done or (missed and is_elsewhere):
            return self._begin()
        if missed:
            return self._hold(missed)
        if all(one >= self.span.top for one in self.amounts):
            return self._full()
        return self._one_more()

    def _missed(self) -> Sentence | None:
        """What kept last time from meeting the target; None where it did."""
        if self.target.weight is not None and not all(map(self._is_heavy_enough, self.done)):
            if self.load_type == LoadType.ASSISTED_BODYWEIGHT:
                return _("More help than the routine says last time")
            return _("Less than the routine says last time")
        if len(self.done) < self.count:
            done = {"done": len(self.done), "planned": self.count}
            return _("%(done)s of %(planned)s sets last time", **done)
        under = [one for one in self.amounts if one < self.span.least]
        if under and self.target.metres is not None:
            length = f"{plain(self.target.metres)} m"
            return _("Not all sets went %(distance)s last time", distance=length)
        if under:
            return self._wanted(self.span.least)
        planned = self.target.rpe
        hardest = max((one.rpe for one in self.done if one.rpe is not None), default=None)
        if planned is not None and hardest is not None and hardest > planned:
            efforts = {"done": plain(hardest), "planned": plain(planned)}
            return _("RPE %(done)s last time where %(planned)s is planned", **efforts)
        return None

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

    def _begin(self) -> _Part:
        """With nothing to go by: never done before, or only in another way."""
        offers = (_offer(self.target, self.span.least),) * self.count
        if self.target.weight is not None:
            weight = self._weight_said(self.target.weight)
            return _Part(offers, _("Begin with %(what)s.", what=weight))
        what = self._said_span()
        if self._has_weights():
            why = _("Choose a weight that leaves some of %(what)s to spare.", what=what)
            return _Part(offers, why)
        return _Part(offers, _("Begin with %(what)s.", what=what))

    def _hold(self, why: Sentence) -> _Part:
        """The same weight, and what is wanted of each set."""
        amounts = [
            max(min(self._of_set(place), self.span.top), self.span.least)
            for place in range(self.count)
        ]
        why = _("%(why)s: %(what)s.", why=why, what=self._again())
        return _Part(self._offers(amounts), why)

    def _one_more(self) -> _Part:
        """One rep, or five seconds, more in the first set that has room."""
        amounts = [min(self._of_set(place), self.span.top) for place in range(self.count)]
        room = next(place for place, amount in enumerate(amounts) if amount < self.span.top)
        amounts[room] = min(amounts[room] + self._step, self.span.top)
        what = self._more
        if self._has_load():
            what = _("%(again)s, %(more)s", again=self._again(), more=what)
        why = _("%(why)s: %(what)s.", why=self._wanted(self.span.top), what=what)
        return _Part(self._offers(amounts), why)

    def _full(self) -> _Part:
        """All sets have reached the top."""
        reached = self._reached()
        if self.target.weight is not None:
            offers = self._offers([self.span.least] * self.count)
            fixed = self._weight_said(self.target.weight)
            values = {"reached": reached, "weight": fixed}
            why = _("%(reached)s: the routine says %(weight)s; you could raise it there.", **values)
            return _Part(offers, why)
        if self._can_be_raised():
            weights = [self._raised(self._round(place)) for place in range(self.count)]
            offer = _offer(self.target, self.span.least)
            offers = tuple(replace(offer, weight=weight) for weight in weights)
            what: Sentence | str = self._raise_said(weights)
            if self.span.least < self.span.top:
                least = self._said_reps(self.span.least)
                what = _("%(weight)s from %(reps)s again", weight=what, reps=least)
            why = _("%(why)s: %(what)s.", why=reached, what=what)
            return _Part(offers, why, is_raised=True)
        if self.span.most is None:
            return self._beyond()
        offers = self._offers([self.span.top] * self.count)
        why = _("%(reached)s. Raise the target, or take a harder exercise.", reached=reached)
        return _Part(offers, why)

    def _beyond(self) -> _Part:
        """A target that is open above, with nothing to add to: more than last time."""
        amounts = [self._of_set(place) for place in range(self.count)]
        amounts[0] += self._step
        why = _("%(amounts)s last time: %(more)s.", amounts=self._listed(), more=self._more)
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

    def _wanted(self, amount: int) -> Sentence:
        values = {"amounts": self._listed(), "amount": self._said(amount)}
        return _("%(amounts)s last time, %(amount)s wanted", **values)

    def _again(self) -> Sentence:
        weights = {one.weight for one in self.done}
        weight = self.target.weight or (weights.pop() if len(weights) == 1 else None)
        if weight:
            return _("%(weight)s again", weight=self._weight_said(weight))
        return _("the same weights again") if self._has_load() else _("the same again")

    def _raise_said(self, weights: Sequence[Weight]) -> Sentence | str:
        if len(set(weights)) == 1:
            return self._weight_said(weights[0])
        unit = weights[0].unit
        step = format_weight(self.steps[unit], unit)
        if self.load_type == LoadType.ASSISTED_BODYWEIGHT:
            return _("%(weight)s less help in each", weight=step)
        return _("%(weight)s more in each", weight=step)

    def _weight_said(self, weight: Weight) -> Sentence | str:
        if self.load_type == LoadType.ASSISTED_BODYWEIGHT:
            if not weight.amount:
                return _("no help")
            return _("%(weight)s of help", weight=format_weight(*weight))
        sign = "+" if self.load_type == LoadType.BODYWEIGHT_PLUS and weight.amount else ""
        return f"{sign}{format_weight(*weight)}"

    @property
    def _step(self) -> int:
        return STEP_SECONDS if self.target.seconds else 1

    @property
    def _more(self) -> Sentence:
        if self.target.seconds:
            return _("%(seconds)s s more", seconds=STEP_SECONDS)
        return _("one rep more")

    def _reached(self) -> Sentence:
        if self.target.metres is not None:
            length = f"{plain(self.target.metres)} m"
            if self.count == 1:
                return _("It went %(distance)s last time", distance=length)
            return _("All sets went %(distance)s last time", distance=length)
        top = self._said(self.span.top)
        if self.count == 1:
            return _("It reached %(amount)s last time", amount=top)
        return _("All sets reached %(amount)s last time", amount=top)

    def _listed(self) -> str:
        """ "10, 9, 8"; with the unit of a time."""
        shown = ", ".join(map(str, self.amounts))
        return f"{shown} s" if self.target.seconds else shown

    def _said(self, amount: int) -> str:
        return f"{amount} s" if self.target.seconds else f"{amount}"

    def _said_reps(self, amount: int) -> Sentence | str:
        if self.target.seconds:
            return self._said(amount)
        return ngettext("%(count)s rep", "%(count)s reps", amount)

    def _said_span(self) -> Sentence | str:
        if self.target.metres is not None:
            return f"{plain(self.target.metres)} m"
        if self.span.least == self.span.top:
            return self._said_reps(self.span.least)
        values = {"least": self.span.least, "most": self._said_reps(self.span.top)}
        return _("%(least)s to %(most)s", **values)
