"""What a routine asks of a set: a plain value, for the grammar that writes it and the rules that
compare with it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from exercises.sentences import Sentence
from exercises.sentences import gettext as _
from workouts.vocabulary import RPE_STEPS, SetKind, Unit

MAX_REPS = 9_999
MAX_SECONDS = 86_400
MAX_METRES = 500_000


@dataclass(frozen=True, slots=True)
class Span:
    """From the least that meets a target to where it is full; ``most`` None is open above: "5+".

    Both are the same where one number is asked for.
    """

    least: int
    most: int | None

    @property
    def top(self) -> int:
        """What has to be reached before more weight is due."""
        return self.least if self.most is None else self.most


class Weight(NamedTuple):
    """As typed. Unsigned: whether it is lifted, added or helping is the exercise's affair."""

    amount: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Target:
    """One planned set: reps, seconds or metres; a weight only where the routine fixes it.

    Raises ValueError with a sentence that can be shown to a person.
    """

    reps: Span | None = None
    seconds: Span | None = None
    metres: Decimal | None = None
    weight: Weight | None = None
    rpe: Decimal | None = None
    kind: SetKind = SetKind.WORKING
    is_each_side: bool = False

    def __post_init__(self) -> None:
        measures = (self.reps, self.seconds, self.metres)
        if sum(one is not None for one in measures) != 1:
            raise ValueError(_("A set is planned by reps, a time or a distance."))
        _check_span(self.reps, MAX_REPS, _("A set has 1 to 9,999 reps."))
        _check_span(self.seconds, MAX_SECONDS, _("A set lasts from 1 second to 24 hours."))
        self._check_decimals()
        if self.rpe is not None and self.rpe not in RPE_STEPS:
            raise ValueError(_("An RPE goes from 1 to 10 in steps of 0.5, for example @8 or @8.5."))

    def _check_decimals(self) -> None:
        if self.metres is not None and not (
            0 < self.metres <= MAX_METRES and self.metres == round(self.metres, 2)
        ):
            raise ValueError(
                _(
                    "A distance is more than 0, at most 500 km, and has at most 2 decimals in"
                    " metres."
                )
            )
        amount = self.weight.amount if self.weight else Decimal(0)
        if not (0 <= amount < 10_000 and amount == round(amount, 3)):
            raise ValueError(_("A weight is less than 10,000 and has at most 3 decimals."))

    @property
    def is_warmup(self) -> bool:
        return self.kind == SetKind.WARMUP


def _check_span(span: Span | None, highest: int, sentence: Sentence) -> None:
    if span is None:
        return
    if not 1 <= span.least <= highest or (span.most is not None and span.most > highest):
        raise ValueError(sentence)
    if span.most is not None and span.most < span.least:
        raise ValueError(_("A range goes from the lower number to the higher one, such as 8-12."))
