"""The history as its page shows it: a year or a month as a calendar, what it comes to, the list."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar, cast

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from exercises.languages import listed, within
from workouts.models import Athlete, history
from workouts.models.history import Span, WorkoutRow
from workouts.models.history_search import Choices, Found, Sought, as_rows, find
from workouts.progress.spans import SpanSummary, span_summary
from workouts.reckoning.calendar import (
    CalendarWorkout,
    MonthOfDays,
    Year,
    training_month,
    training_year,
)
from workouts.reckoning.consistency import Consistency, consistency
from workouts.wording import day_text

T = TypeVar("T")

WORKOUTS_PER_PAGE = 30


class Asked(NamedTuple):
    """What of a history is asked for: a year, a month, by its first day, or a day, of which the
    shortest counts; what goes by words, or has an exercise, by its slug, one that mainly trains a
    muscle, or these words in its title. ``filter`` asks for the fields to choose these in.
    """

    q: str = ""
    exercise: str = ""
    muscle: str = ""
    title: str = ""
    filter: bool = False
    year: int | None = None
    month: date | None = None
    day: date | None = None

    @property
    def span(self) -> Span | None:
        """The days that are asked for; None for all of them."""
        if self.day:
            return Span(self.day, self.day)
        if self.month:
            return Span.of_month(self.month)
        return Span.of_year(self.year) if self.year else None

    @property
    def month_shown(self) -> date | None:
        """The first day of the month that is asked for, or that the day is in."""
        return self.day.replace(day=1) if self.day else self.month

    @property
    def place(self) -> list[tuple[str, str]]:
        """The day, month or year as an address has it."""
        if self.day:
            return [("day", f"{self.day}")]
        if self.month:
            return [("month", f"{self.month:%Y-%m}")]
        return [("year", f"{self.year}")] if self.year else []

    @property
    def when(self) -> str:
        """ "14 March 2026", "March 2026", "2026", or nothing."""
        if self.day:
            return day_text(self.day, "j F Y")
        return day_text(self.month, "F Y") if self.month else str(self.year or "")

    @property
    def sought(self) -> Sought:
        return Sought(self.q, self.exercise, self.muscle, self.title)

    @property
    def is_searched(self) -> bool:
        """Whether workouts are looked for by what they have, not only by when they were."""
        return any(self.sought)

    @property
    def is_filtered(self) -> bool:
        """Whether the fields for that are shown."""
        return bool(self.filter or self.exercise or self.muscle or self.title)

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for anything less than all."""
        return self.is_searched or self.span is not None


@dataclass(frozen=True, slots=True)
class Beside:
    """Another day, month or year: what to ask for, and what it is called."""

    query: str
    name: str


@dataclass(frozen=True)
class HistoryPage:
    """``years`` has how many workouts there are in each that has any, the newest first, of those
    that were found. The calendar is a year or a month.
    """

    asked: Asked
    years: Mapping[int, int]
    year: Year | None
    month: MonthOfDays | None
    earlier: Beside | None
    later: Beside | None
    summary: SpanSummary | None
    consistency: Consistency | None
    page: Page[WorkoutRow]
    words: Sequence[str]
    choices: Choices | None

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What it is narrowed to, each with its name in the address."""
        when = [("span", self.asked.when)] if self.asked.span else []
        return [*self._sought, *when]

    @property
    def sought_text(self) -> str:
        """What was searched for: "“push” and Pull-up"."""
        return listed([text for _name, text in self._sought]) if self._sought else ""

    @property
    def _sought(self) -> list[tuple[str, str]]:
        asked, choices = self.asked, self.choices
        exercise, muscle = choices.named(asked.exercise, asked.muscle) if choices else ("", "")
        shown = {
            "q": _("“%(words)s”") % {"words": asked.q} if asked.q else "",
            "exercise": exercise,
            "muscle": _("main work for %(muscle)s") % {"muscle": within(muscle)} if muscle else "",
            "title": _("“%(words)s” in its title") % {"words": asked.title} if asked.title else "",
        }
        return [(name, text) for name, text in shown.items() if text]

    @property
    def shown_year(self) -> int | None:
        """The year of the calendar."""
        if self.month:
            return self.month.first.year
        return self.year.year if self.year else None

    @property
    def total(self) -> int:
        return sum(self.years.values())


def history_page(athlete: Athlete, asked: Asked, *, number: str, today: date) -> HistoryPage:
    """What is asked for, of the list the page with this ``number``. 4 queries for all workouts or
    a year, 3 for a day, and 5 at most for a month and for what is searched for.

    The records of a year are in its review, since they take reading all that was before it.
    """
    is_searched = asked.is_searched or asked.filter
    found = find(athlete.pk, asked.sought) if is_searched else None
    days = found.days if found else history.days(athlete.pk)
    span, month = asked.span, asked.month_shown
    year = asked.year or (days[0] if days else today).year
    around = Span.of_month(month) if month else Span.of_year(year)
    only = found.keys if found else None
    shown = history.for_calendar(athlete.pk, around, only=only)
    start = athlete.week_start
    earlier, later = _neighbours(asked, days, today)
    is_summed = bool(span and not asked.day and not found)
    return HistoryPage(
        asked=asked,
        years=Counter(day.year for day in days),
        year=None if month else training_year(year, shown, week_start=start, today=today),
        month=(training_month(month, shown, week_start=start, today=today) if month else None),
        earlier=earlier,
        later=later,
        summary=(
            span_summary(athlete, around, shown, today=today, with_records=month is not None)
            if is_summed
            else None
        ),
        consistency=(
            consistency(days, week_start=start, today=today)
            if days and not (asked.span or found)
            else None
        ),
        page=_list(athlete, asked, found, shown, len(days), number),
        words=found.words if found else (),
        choices=found.choices if found else None,
    )


def _list(
    athlete: Athlete,
    asked: Asked,
    found: Found | None,
    shown: Sequence[CalendarWorkout],
    total: int,
    number: str,
) -> Page[WorkoutRow]:
    """The page of workouts, newest first; a month or a day is one page. 1-2 queries."""
    span, is_whole = asked.span, asked.month_shown is not None
    if found:
        hits = found.within(span) if span else found.hits
        return _paged(hits, number, lambda some: as_rows(found, some), is_whole=is_whole)
    if span:
        within = [each for each in shown if span.first <= each.on <= span.last]
        return _paged(
            within[::-1],
            number,
            lambda some: history.in_list(athlete.pk, some),
            is_whole=is_whole,
        )
    return _paged(
        range(total),
        number,
        lambda places: (
            history.listed(athlete.pk, start=places[0], stop=places[-1] + 1) if places else []
        ),
    )


def _paged(
    items: Sequence[T],
    number: str,
    rows: Callable[[Sequence[T]], list[WorkoutRow]],
    *,
    is_whole: bool = False,
) -> Page[WorkoutRow]:
    per_page = max(len(items), 1) if is_whole else WORKOUTS_PER_PAGE
    page: Page[Any] = Paginator(items, per_page).get_page(number)
    page.object_list = rows(cast(Sequence[T], page.object_list))
    return page


def _neighbours(
    asked: Asked, days: Sequence[date], today: date
) -> tuple[Beside | None, Beside | None]:
    """What is before and after what is asked for, as far as there may be workouts: the years and
    months from the first one to today's, and days that have some.
    """
    if not (days and asked.span):
        return None, None
    first, last = days[-1], max(days[0], today)
    if asked.day:
        before = next((day for day in days if day < asked.day), None)
        after = next((day for day in reversed(days) if day > asked.day), None)
        return _day(before), _day(after)
    span = asked.span
    of_span = _month if asked.month else _year
    return (
        of_span(min(span.first - timedelta(days=1), last)) if span.first > first else None,
        of_span(max(span.last + timedelta(days=1), first)) if span.last < last else None,
    )


def _day(on: date | None) -> Beside | None:
    return Beside(f"day={on}", day_text(on, "j M Y")) if on else None


def _month(on: date) -> Beside:
    return Beside(f"month={on:%Y-%m}", day_text(on, "M Y"))


def _year(on: date) -> Beside:
    return Beside(f"year={on.year}", f"{on.year}")
