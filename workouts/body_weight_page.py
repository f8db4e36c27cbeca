"""The page of an athlete's body weight: what it shows, from the weighings of a range."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Self

from exercises.counting import counted
from workouts.models import Athlete
from workouts.reckoning.body_weight import (
    RATE_DAYS,
    TREND_DAYS,
    Span,
    Weighing,
    follows,
    is_gap,
    rate_per_week,
    spans,
    step_of,
    trend,
)
from workouts.reckoning.charts import LineChart, Point, span_chart
from workouts.reckoning.weights import converted, format_weight, plain, rounded
from workouts.vocabulary import Unit

RANGES = {"3-months": ("3 months", 91), "year": ("Year", 364), "all": ("All", None)}
LOOK_BACK = timedelta(days=TREND_DAYS - 1)  # what the mean of the first day is made of
NEEDED_FOR_RATE = timedelta(days=RATE_DAYS)


@dataclass(frozen=True, slots=True)
class Choice:
    """A range that can be chosen."""

    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A day, week or month in the table behind the chart."""

    when: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeightFigure:
    """The chart, as ``components/line_chart.html`` takes it."""

    label: str
    unit: str
    chart: LineChart
    latest: str
    description: str


@dataclass(frozen=True)
class BodyWeightPage:
    """Weighings, oldest first, in the athlete's unit, of which ``first`` to ``today`` are shown."""

    athlete: Athlete
    today: date
    chosen: str
    weighings: list[Weighing]

    @classmethod
    def of(cls, athlete: Athlete, *, today: date, chosen: str) -> Self:
        """1 query."""
        chosen = chosen if chosen in RANGES else next(iter(RANGES))
        rows = athlete.body_weights.filter(weighed_on__lte=today)
        _, days = RANGES[chosen]
        if days:
            rows = rows.filter(weighed_on__gte=today - timedelta(days=days) - LOOK_BACK)
        values = rows.order_by("weighed_on").values_list("weighed_on", "weight", "unit")
        into = Unit(athlete.unit)
        weighings = [
            Weighing(day, converted(weight, unit, into=into)) for day, weight, unit in values
        ]
        return cls(athlete, today, chosen, weighings)

    @property
    def choices(self) -> list[Choice]:
        return [Choice(key, label, key == self.chosen) for key, (label, _) in RANGES.items()]

    @cached_property
    def first(self) -> date:
        """The day that the chart begins with."""
        _, days = RANGES[self.chosen]
        if days:
            return self.today - timedelta(days=days)
        return self.weighings[0].day if self.weighings else self.today

    @cached_property
    def step(self) -> str:
        return step_of(self.first, self.today)

    @cached_property
    def shown(self) -> list[Weighing]:
        return [each for each in self.weighings if each.day >= self.first]

    @cached_property
    def means(self) -> list[Decimal]:
        """The trend, for each weighing that is shown."""
        return trend(self.weighings)[len(self.weighings) - len(self.shown) :]

    @property
    def mean(self) -> str:
        return self._text(self.means[-1])

    @property
    def last_day(self) -> date:
        return self.shown[-1].day

    @property
    def rate(self) -> str:
        """The change per week in words; empty where there is too little to say."""
        rate = rate_per_week(self.weighings, today=self.today)
        if rate is None:
            return ""
        change = rounded(rate, 1)
        if not change:
            return "no change"
        return f"{self._text(abs(change))} {'up' if change > 0 else 'down'}"

    @property
    def goal(self) -> str:
        athlete = self.athlete
        if athlete.goal_weight is None:
            return ""
        return format_weight(athlete.goal_weight, Unit(athlete.goal_unit))

    @property
    def figure(self) -> WeightFigure:
        points = self._days if self.step == "day" else self._spans
        level = None
        if self.athlete.goal_weight is not None:
            goal_unit = Unit(self.athlete.goal_unit)
            level = converted(self.athlete.goal_weight, goal_unit, into=Unit(self.athlete.unit))
        chart = span_chart(
            points, first=self.first, last=self.today, level=level, level_text="goal"
        )
        return WeightFigure(
            label="Body weight",
            unit=self.athlete.unit,
            chart=chart,
            latest=self.mean,
            description=(
                f"Body weight from {self.first:%-d %B %Y} to today, by the {self.step}. 7-day mean"
                f" {self.mean} on {self.last_day:%-d %B %Y}. The table below has every value."
            ),
        )

    @property
    def headings(self) -> tuple[str, ...]:
        if self.step == "day":
            return ("Day", "Weight", "7-day mean")
        return (self.step.capitalize(), "Mean", "Lightest", "Heaviest", "Weighings")

    @property
    def rows(self) -> list[Row]:
        """The table behind the chart, newest first."""
        if self.step == "day":
            days = zip(self.shown, self.means, strict=True)
            rows = [
                Row(f"{each.day:%-d %b %Y}", (self._weight(each.weight), self._text(mean)))
                for each, mean in days
            ]
        else:
            rows = [
                Row(self._named(span), (*map(self._text, _figures(span)), str(span.count)))
                for span in self.spans
            ]
        return rows[::-1]

    @cached_property
    def spans(self) -> list[Span]:
        return spans(self.shown, step=self.step, week_start=self.athlete.week_start)

    @property
    def _days(self) -> list[Point]:
        points = []
        before: date | None = None
        for (day, weight), mean in zip(self.shown, self.means, strict=True):
            label = f"{day:%-d %b %Y}: {self._weight(weight)}, 7-day mean {self._text(mean)}"
            is_apart = before is None or is_gap(before, day)
            points.append(Point(day, weight, label, mean, weight, weight, is_apart))
            before = day
        return points

    @property
    def _spans(self) -> list[Point]:
        points = []
        before: Span | None = None
        for span in self.spans:
            mean, lightest, heaviest = map(self._text, _figures(span))
            label = f"{self._named(span)}: mean {mean}"
            if span.count > 1:
                label += f", {lightest} to {heaviest}, {counted(span.count, 'weighing')}"
            day = min(max(span.middle, self.first), self.today)
            is_apart = before is None or not follows(before, span)
            points.append(
                Point(day, span.mean, label, span.mean, span.lightest, span.heaviest, is_apart)
            )
            before = span
        return points

    def _named(self, span: Span) -> str:
        if self.step == "month":
            return f"{span.first:%b %Y}"
        return f"Week of {span.first:%-d %b %Y}"

    def _text(self, weight: Decimal) -> str:
        return f"{rounded(weight, 1)} {self.athlete.unit}"

    def _weight(self, weight: Decimal) -> str:
        """A single weighing: as typed, or rounded where it was typed in the other unit."""
        return f"{plain(rounded(weight, 2))} {self.athlete.unit}"


def _figures(span: Span) -> Sequence[Decimal]:
    return span.mean, span.lightest, span.heaviest
