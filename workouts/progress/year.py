"""A year in review: what was trained, how it is spread, and what came of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from exercises.drawing.year_card import Week, YearText
from exercises.languages import shown_number
from exercises.prepared import PreparedQuery
from exercises.translating import in_words
from workouts.models import Athlete, BodyWeight, history
from workouts.models.history import BETWEEN, Span
from workouts.progress.spans import SpanSummary, TrainedExercise, span_summary
from workouts.progress.trained_muscles import Trained, trained_over
from workouts.reckoning.balance import BACK_AND_FRONT, Tally, told
from workouts.reckoning.body_weight import LEAST_DAYS, TREND_DAYS, Weighing, trend
from workouts.reckoning.calendar import (
    DAYS_PER_WEEK,
    CalendarWorkout,
    Year,
    shade,
    training_year,
)
from workouts.reckoning.consistency import Streak, longest_streak
from workouts.reckoning.weights import converted, format_weight, rounded
from workouts.vocabulary import Unit
from workouts.wording import how_many

MOST_TRAINED = 10
MOST_ON_PICTURE, MOST_FIGURES = 5, 6

_weighings = PreparedQuery(
    lambda athlete, first, last: (
        BodyWeight.objects.oldest_first(athlete=athlete)
        .filter(weighed_on__range=(first, last))
        .values_list("weighed_on", "weight", "unit")
    ),
    **BETWEEN,
)


@dataclass(frozen=True, slots=True)
class WeightTrend:
    """The means of seven days at the first and the last weighing of a year."""

    first: str
    last: str


@dataclass(frozen=True)
class YearReview:
    """``summary`` is None for a year without workouts.

    The muscles' sets are those of the year; their shades those of the mean of weeks with training.
    """

    year: int
    today: date
    earlier: int | None
    later: int | None
    calendar: Year
    sessions: tuple[CalendarWorkout, ...]
    summary: SpanSummary | None
    trained: Trained | None
    streak: Streak | None
    weight: WeightTrend | None

    @property
    def is_ahead(self) -> bool:
        return self.year > self.today.year

    @property
    def most_trained(self) -> tuple[TrainedExercise, ...]:
        return self.summary.exercises[:MOST_TRAINED] if self.summary else ()

    @property
    def totals(self) -> list[tuple[str, str]]:
        """Figures with their labels, those that there are."""
        weight = shown_number(f"{self.weight.first} → {self.weight.last}") if self.weight else ""
        return [*self.totals_to_share, *([(_("Body weight"), weight)] if weight else [])]

    @property
    def totals_to_share(self) -> list[tuple[str, str]]:
        """Those that a picture may have, which goes to others."""
        if self.summary is None:
            return []
        streak = how_many(self.streak.weeks, "week") if self.streak else ""
        sides = self.trained.sides if self.trained else Tally()
        shown = [
            *self.summary.totals,
            (_("Longest streak"), streak),
            (_("Records"), str(len(self.summary.records) or "")),
            (_("Back to front"), in_words(told(sides, BACK_AND_FRONT)) if sides.total else ""),
        ]
        return [(label, value) for label, value in shown if value]

    @property
    def title(self) -> str:
        is_under_way = self.year == self.today.year
        year = {"year": self.year}
        return _("%(year)s so far") % year if is_under_way else _("%(year)s in review") % year


def year_review(athlete: Athlete, year: int, *, today: date) -> YearReview:
    """At most 6 queries; 3 of a year without workouts."""
    span = Span.of_year(year)
    sessions = history.for_calendar(athlete.pk, span)
    summary = span_summary(athlete, span, sessions, today=today)
    start = athlete.week_start
    return YearReview(
        year,
        today=today,
        **_beside(athlete, span, summary, today),
        calendar=training_year(year, sessions, week_start=start, today=today),
        sessions=tuple(sessions),
        summary=summary,
        trained=(
            trained_over(summary.by_exercise, weeks=summary.weeks_trained) if summary else None
        ),
        streak=longest_streak([each.on for each in sessions], week_start=start),
        weight=_weight_trend(athlete, span),
    )


def _beside(
    athlete: Athlete, span: Span, summary: SpanSummary | None, today: date
) -> dict[str, int | None]:
    """The years before and after, as far as there may be training; those that have some around
    one without. 1 query for that.
    """
    year = span.first.year
    if summary:
        return {
            "earlier": year - 1 if summary.has_before else None,
            "later": year + 1 if year < today.year else None,
        }
    years = [day.year for day in history.days(athlete.pk)]
    return {
        "earlier": max((each for each in years if each < year), default=None),
        "later": min((each for each in years if each > year), default=None),
    }


def _weight_trend(athlete: Athlete, span: Span) -> WeightTrend | None:
    """None where the year's weighings are too close together to tell. 1 query."""
    into = Unit(athlete.unit)
    begin = max(span.first.toordinal() - TREND_DAYS + 1, 1)
    rows = _weighings.rows(athlete=athlete.pk, first=date.fromordinal(begin), last=span.last)
    weighings = [
        Weighing(day, converted(weight, Unit(unit), into=into)) for day, weight, unit in rows
    ]
    of_year = [
        (each.day, mean)
        for each, mean in zip(weighings, trend(weighings), strict=True)
        if each.day >= span.first
    ]
    if not of_year or (of_year[-1][0] - of_year[0][0]).days < LEAST_DAYS:
        return None
    first, last = (rounded(mean, 1) for _, mean in (of_year[0], of_year[-1]))
    return WeightTrend(format_weight(first, into), format_weight(last, into))


def year_text(review: YearReview, *, name: str) -> YearText:
    """The words of the picture; the name of its owner only where that is wanted."""
    summary = review.summary
    line = _("%(name)s’s year of training") % {"name": name} if name else _("A year of training")
    if summary is None:
        return YearText(str(review.year), line, (), (), "")
    return YearText(
        str(review.year),
        line,
        tuple(review.totals_to_share[:MOST_FIGURES]),
        tuple(
            (each.name, how_many(each.sets, "set")) for each in summary.exercises[:MOST_ON_PICTURE]
        ),
        _("Trained most"),
    )


def year_weeks(review: YearReview, *, week_start: int) -> list[Week]:
    """The days of the year as the picture has them, a week a column."""
    sets: dict[date, int] = {}
    for session in review.sessions:
        sets[session.on] = sets.get(session.on, 0) + session.hard_sets
    first, last = Span.of_year(review.year)
    days: list[int | None] = [None] * ((first.isoweekday() - week_start) % DAYS_PER_WEEK)
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        days.append(shade(sets[on]) if on in sets else 0)
    days += [None] * (-len(days) % DAYS_PER_WEEK)
    return [days[begin : begin + DAYS_PER_WEEK] for begin in range(0, len(days), DAYS_PER_WEEK)]
