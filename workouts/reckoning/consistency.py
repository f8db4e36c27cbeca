"""How steadily somebody trains: weeks with training, streaks of them, sessions a week.

A week counts once anything was logged in it. A streak goes on over a week of rest: of any four
weeks in a row one may be without training. Its length is the number of weeks trained in it. The
four are a plain rule of our own. Strength and physique athletes take a lighter week every five to
six (Rogerson et al. 2024, Sports Medicine - Open 10:26), mostly by doing less, not by staying away.

The week that is under way ends no streak, and is left out of means.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workouts.reckoning.calendar import DAYS_PER_WEEK

ONE_REST_IN = 4  # weeks of a streak
SPANS = (4, 12, 52)  # weeks to take means of


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks trained, from the first day of the first to the last day of the last one."""

    weeks: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Rate:
    """Sessions in the last so many complete weeks."""

    weeks: int
    sessions: int

    @property
    def per_week(self) -> float:
        return self.sessions / self.weeks


@dataclass(frozen=True, slots=True)
class Consistency:
    """``current`` is the streak that this week goes on with, or could; ``weeks`` are all from the
    first one with training up to this. ``rates`` are those of ``SPANS`` that are as long ago.
    """

    weeks_trained: int
    weeks: int
    current: Streak | None
    longest: Streak | None
    rates: tuple[Rate, ...]


def consistency(days: Iterable[date], *, week_start: int, today: date) -> Consistency:
    """Of the days of sessions, each as often as it had any, in any order; what is after the week of
    ``today`` is left out. ``week_start`` is numbered as ``date.isoweekday`` does.
    """
    sessions = Counter(_week_of(days, week_start))
    this_week = next(_week_of([today], week_start))
    trained = sorted(week for week in sessions if week <= this_week)
    # Of the streak of this week, trained or not, the weeks that it could go on with
    streaks = [*_streaks(trained if this_week in sessions else [*trained, this_week])]
    current = trained[streaks[-1].start : streaks[-1].stop]
    return Consistency(
        weeks_trained=len(trained),
        weeks=this_week - trained[0] + 1 if trained else 0,
        current=_streak(current, week_start),
        longest=_longest(trained, streaks[: len(trained)], week_start),
        rates=tuple(
            Rate(span, sum(sessions[week] for week in range(this_week - span, this_week)))
            for span in SPANS
            if trained and trained[0] <= this_week - span
        ),
    )


def weeks_trained(days: Iterable[date], *, week_start: int) -> int:
    """In how many weeks these days are."""
    return len(set(_week_of(days, week_start)))


def longest_streak(days: Iterable[date], *, week_start: int) -> Streak | None:
    """Of several as long, the first."""
    trained = sorted(set(_week_of(days, week_start)))
    return _longest(trained, _streaks(trained), week_start)


def _longest(trained: Sequence[int], streaks: Iterable[range], week_start: int) -> Streak | None:
    longest = max(streaks, key=len, default=range(0))
    return _streak(trained[longest.start : longest.stop], week_start)


def _week_of(days: Iterable[date], week_start: int) -> Iterator[int]:
    """Weeks counted through from the year 1; each begins on the athlete's day."""
    return ((on.toordinal() - week_start) // DAYS_PER_WEEK for on in days)


def _streak(weeks: Sequence[int], week_start: int) -> Streak | None:
    if not weeks:
        return None
    first, last = (max(week * DAYS_PER_WEEK + week_start, 1) for week in (weeks[0], weeks[-1]))
    end = min(last + DAYS_PER_WEEK - 1, date.max.toordinal())
    return Streak(len(weeks), date.fromordinal(first), date.fromordinal(end))


def _streaks(trained: Sequence[int]) -> Iterator[range]:
    """For each week the places of those of the longest streak that ends with it."""
    begin = since_rest = 0
    for place, week in enumerate(trained):
        missed = week - trained[place - 1] - 1 if place else 0
        if missed > 1:
            begin = since_rest = place
        elif missed:
            is_too_soon = begin < since_rest and place - since_rest < ONE_REST_IN - 1
            begin = since_rest if is_too_soon else begin
            since_rest = place
        yield range(begin, place + 1)
