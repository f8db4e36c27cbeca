"""What body weights come to: a trend, a rate per week, and how many of them are drawn.

Body weight rises over weekends and falls over weekdays, by about 0.35 % (Turicchi et al. 2020,
PLoS ONE 15(4): e0232152; Orsama et al. 2014, Obesity Facts 7: 36-47), so the mean of seven days
says more than a day. A day without a weighing counts in no mean, and is never filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

# Kilograms that a person can weigh; beyond, the number is a slip (the heaviest on record: 635)
LIGHTEST_KG, HEAVIEST_KG = Decimal(20), Decimal(650)
ONE_DAY = timedelta(days=1)
TREND_DAYS = 7
RATE_DAYS = 28
# Fewer weighings, or closer together, say nothing of a week: one bad day would decide
LEAST_WEIGHINGS, LEAST_DAYS = 4, 14
MOST_DAYS, MOST_DAYS_IN_WEEKS = 130, 1100  # a drawing has at most some 160 points for 12 years


def is_of_a_person(kg: Decimal) -> bool:
    return LIGHTEST_KG <= kg <= HEAVIEST_KG


class Weighing(NamedTuple):
    """A body weight on a day, in whichever unit all of them are."""

    day: date
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """Days that are drawn as one, ``first`` to ``last``, with at least one weighing in them."""

    first: date
    last: date
    count: int
    mean: Decimal
    lightest: Decimal
    heaviest: Decimal

    @property
    def middle(self) -> date:
        return self.first + (self.last - self.first) // 2


def trend(weighings: Sequence[Weighing]) -> list[Decimal]:
    """For each weighing, oldest first, the mean of those of its day and the six days before."""
    means = []
    total, begin = Decimal(0), 0
    for end, (day, weight) in enumerate(weighings, start=1):
        total += weight
        while weighings[begin].day <= day - TREND_DAYS * ONE_DAY:
            total -= weighings[begin].weight
            begin += 1
        means.append(total / (end - begin))
    return means


def rate_per_week(weighings: Sequence[Weighing], *, today: date) -> Decimal | None:
    """The change per week over the last four weeks: the slope of the straight line with the least
    squares through their weighings. None where these are too few, or too close together.
    """
    recent = [each for each in weighings if today - RATE_DAYS * ONE_DAY < each.day <= today]
    if len(recent) < LEAST_WEIGHINGS or (recent[-1].day - recent[0].day).days < LEAST_DAYS:
        return None
    days = [each.day.toordinal() for each in recent]
    weights = [Fraction(each.weight) for each in recent]
    middle = Fraction(sum(days), len(days))
    products = ((day - middle) * weight for day, weight in zip(days, weights, strict=True))
    squares = ((day - middle) ** 2 for day in days)
    slope = 7 * sum(products, Fraction(0)) / sum(squares, Fraction(0))
    return Decimal(slope.numerator) / Decimal(slope.denominator)


def step_of(first: date, last: date) -> str:
    """What is drawn as one from ``first`` to ``last``: a "day", a "week" or a "month"."""
    days = (last - first).days
    if days <= MOST_DAYS:
        return "day"
    return "week" if days <= MOST_DAYS_IN_WEEKS else "month"


def spans(weighings: Sequence[Weighing], *, step: str, week_start: int) -> list[Span]:
    """The weighings, oldest first, by weeks or months; those without any are left out.

    Weeks begin on ``week_start``, numbered as ``date.isoweekday`` does.
    """

    def begin(weighing: Weighing) -> date:
        day = weighing.day
        if step == "month":
            return day.replace(day=1)
        return day - (day.isoweekday() - week_start) % 7 * ONE_DAY

    return [
        _span(first, _end(first, step), [each.weight for each in group])
        for first, group in groupby(weighings, key=begin)
    ]


def _span(first: date, last: date, weights: Sequence[Decimal]) -> Span:
    mean = sum(weights, Decimal(0)) / len(weights)
    return Span(first, last, len(weights), mean, min(weights), max(weights))


def _end(first: date, step: str) -> date:
    """The last day of the week or month that begins on ``first``."""
    if step == "week":
        return first + 6 * ONE_DAY
    return (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY


def follows(before: Span, after: Span) -> bool:
    """Whether no week or month without a weighing lies between two."""
    return after.first == before.last + ONE_DAY
