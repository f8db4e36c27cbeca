"""The page of an athlete's body weight: what it shows, from the weighings of a range."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from exercises.languages import shown_day, shown_number, told
from workouts.models import Athlete
from workouts.reckoning.body_weight import (
    RATE_DAYS,
    TREND_DAYS,
    Span,
    Weighing,
    follows,
    rate_per_week,
    spans,
    step_of,
    trend,
)
from workouts.reckoning.charts import (
    Chart,
    Figure,
    Level,
    Row,
    Series,
    Spread,
    Table,
    breaks,
    line_chart,
)
from workouts.reckoning.weights import converted, format_weight, plain, rounded
from workouts.vocabulary import Unit

RANGES = {
    "3-months": (gettext_noop("3 months"), 91),
    "year": (gettext_noop("Year"), 364),
    "all": (gettext_noop("All"), None),
}
DESCRIPTIONS = {
    "day": gettext_noop(
        "Body weight from %(first)s to today, by the day. 7-day mean %(mean)s on %(last)s. The"
        " table has every value."
    ),
    "week": gettext_noop(
        "Body weight from %(first)s to today, by the week. 7-day mean %(mean)s on %(last)s. The"
        " table has every value."
    ),
    "month": gettext_noop(
        "Body weight from %(first)s to today, by the month. 7-day mean %(mean)s on %(last)s. The"
        " table has every value."
    ),
}
LOOK_BACK = timedelta(days=TREND_DAYS - 1)  # what the mean of the first day is made of
NEEDED_FOR_RATE = timedelta(days=RATE_DAYS)


@dataclass(frozen=True, slots=True)
class Choice:
    """A range that can be chosen."""

    key: str
    label: str
    is_chosen: bool


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
        _label, days = RANGES[chosen]
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
        return [Choice(key, _(label), key == self.chosen) for key, (label, _days) in RANGES.items()]

    @cached_property
    def first(self) -> date:
        """The day that the chart begins with."""
        _label, days = RANGES[self.chosen]
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
            return _("no change")
        weight = {"weight": self._text(abs(change))}
        return _("%(weight)s up") % weight if change > 0 else _("%(weight)s down") % weight

    @property
    def goal(self) -> str:
        athlete = self.athlete
        if athlete.goal_weight is None:
            return ""
        return format_weight(athlete.goal_weight, Unit(athlete.goal_unit))

    @property
    def figure(self) -> Figure:
        return Figure(
            key="body-weight",
            label=_("Body weight"),
            unit=self.athlete.unit,
            chart=self._days if self.step == "day" else self._spans,
            description=_(DESCRIPTIONS[self.step])
            % {
                "first": shown_day(self.first, "j F Y"),
                "mean": self.mean,
                "last": shown_day(self.last_day, "j F Y"),
            },
            table=Table(self.headings, self.rows),
        )

    @property
    def headings(self) -> tuple[str, ...]:
        if self.step == "day":
            return (_("Day"), pgettext("body", "Weight"), _("7-day mean"))
        step = _("Week") if self.step == "week" else _("Month")
        return (step, _("Mean"), _("Lightest"), _("Heaviest"), _("Weighings"))

    @property
    def rows(self) -> list[Row]:
        """The table behind the chart, newest first."""
        if self.step == "day":
            days = zip(self.shown, self.means, strict=True)
            rows = [
                Row(shown_day(each.day, "j M Y"), (self._weight(each.weight), self._text(mean)))
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
    def _days(self) -> Chart:
        days = [each.day for each in self.shown]

        def say(number: int) -> str:
            day, weight = self.shown[number]
            mean = self._text(self.means[number])
            return _("%(day)s: %(weight)s, 7-day mean %(mean)s") % {
                "day": shown_day(day, "j M Y"),
                "weight": self._weight(weight),
                "mean": mean,
            }

        return line_chart(
            days,
            Series(self.means),
            say=say,
            dots=[each.weight for each in self.shown],
            breaks=breaks(days, longer_than=TREND_DAYS),
            first=self.first,
            last=self.today,
            level=self._goal,
        )

    @property
    def _spans(self) -> Chart:
        def say(number: int) -> str:
            span = self.spans[number]
            mean, lightest, heaviest = map(self._text, _figures(span))
            if span.count == 1:
                return told(self._named(span), mean)
            return _("%(span)s: mean %(mean)s, %(lightest)s to %(heaviest)s") % {
                "span": self._named(span),
                "mean": mean,
                "lightest": lightest,
                "heaviest": heaviest,
            }

        return line_chart(
            [min(max(span.middle, self.first), self.today) for span in self.spans],
            Series([span.mean for span in self.spans]),
            say=say,
            spreads=[Spread(span.lightest, span.heaviest) for span in self.spans],
            breaks={
                number
                for number, (before, after) in enumerate(pairwise(self.spans), 1)
                if not follows(before, after)
            },
            first=self.first,
            last=self.today,
            level=self._goal,
        )

    @property
    def _goal(self) -> Level | None:
        athlete = self.athlete
        if athlete.goal_weight is None:
            return None
        goal_unit, unit = Unit(athlete.goal_unit), Unit(athlete.unit)
        return Level(converted(athlete.goal_weight, goal_unit, into=unit), _("goal"))

    def _named(self, span: Span) -> str:
        if self.step == "month":
            return shown_day(span.first, "M Y")
        return _("Week of %(day)s") % {"day": shown_day(span.first, "j M Y")}

    def _text(self, weight: Decimal) -> str:
        return f"{shown_number(str(rounded(weight, 1)))} {self.athlete.unit}"

    def _weight(self, weight: Decimal) -> str:
        """A single weighing: as typed, or rounded where it was typed in the other unit."""
        return f"{shown_number(plain(rounded(weight, 2)))} {self.athlete.unit}"


def _figures(span: Span) -> Sequence[Decimal]:
    return span.mean, span.lightest, span.heaviest
