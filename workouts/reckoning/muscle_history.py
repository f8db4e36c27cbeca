"""The sets of one muscle week by week, and what a mean of them is of.

Sets are counted as in ``muscle_sets``: 1 for main work, ½ for help. The week that is under way is
in no mean. Over more than a year a week's bar would be too narrow to be seen: there are never more
than sixty, of four weeks, a quarter or a year at once, and each is their mean.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from workouts.reckoning.calendar import DAYS_PER_WEEK, week_begin
from workouts.reckoning.muscle_sets import Done

MOST_BARS = 60
WEEKS_AT_ONCE = (1, 4, 13, 52)
DIRECT = Decimal(1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One week or more, from the ``first`` day to the ``last``, with what was done in them.

    ``direct`` are sets of main work, ``helping`` those of help, of which each counts ½. ``is_open``
    says that it is the week under way.
    """

    first: date
    last: date
    weeks: int
    direct: int
    helping: int
    days: int
    is_open: bool

    @property
    def counted(self) -> Decimal:
        """All of its sets, as they count."""
        return self.direct + Decimal(self.helping) / 2

    @property
    def direct_a_week(self) -> Decimal:
        return Decimal(self.direct) / self.weeks

    @property
    def helping_a_week(self) -> Decimal:
        """As they count."""
        return Decimal(self.helping) / 2 / self.weeks

    @property
    def sets_a_week(self) -> Decimal:
        return self.counted / self.weeks


class Mean(NamedTuple):
    """Sets and days of so many complete weeks."""

    weeks: int
    sets: Decimal
    days: int

    @property
    def sets_a_week(self) -> Decimal:
        return self.sets / self.weeks

    @property
    def days_a_week(self) -> Decimal:
        return Decimal(self.days) / self.weeks


def stretches(
    done: Iterable[Done],
    shares: Mapping[int, Decimal],
    *,
    first: date,
    today: date,
    week_start: int,
) -> list[Stretch]:
    """All weeks from the one with ``first`` to the one with ``today``, oldest first.

    ``shares`` are what a set of each exercise counts, more than none. The complete weeks are put
    together, if there are many, counted back from this one.
    """
    this_week = week_begin(today, week_start=week_start)
    weeks = (this_week - week_begin(first, week_start=week_start)).days // DAYS_PER_WEEK
    at_once = next(
        (count for count in WEEKS_AT_ONCE if weeks / count < MOST_BARS), WEEKS_AT_ONCE[-1]
    )
    begins = [this_week - timedelta(weeks=n) for n in range(0, max(weeks, 1), at_once)][::-1]
    begins = [this_week - timedelta(weeks=weeks), *begins] if weeks else begins
    ends = [*begins[1:], this_week + timedelta(weeks=1)]
    direct = {exercise for exercise, share in shares.items() if share == DIRECT}
    places: list[list[Done]] = [[] for _ in begins]
    for one in done:
        places[bisect_right(begins, one.day) - 1].append(one)
    return [
        _stretch(begin, end, some, direct, is_open=end > this_week)
        for begin, end, some in zip(begins, ends, places, strict=True)
    ]


def _stretch(
    begin: date, end: date, done: Sequence[Done], direct: Container[int], *, is_open: bool
) -> Stretch:
    all_sets = sum([one.sets for one in done])
    of_main_work = sum([one.sets for one in done if one.exercise in direct])
    days = len({one.day for one in done})
    weeks = (end - begin).days // DAYS_PER_WEEK
    last = end - timedelta(days=1)
    return Stretch(begin, last, weeks, of_main_work, all_sets - of_main_work, days, is_open)


def mean(stretches: Iterable[Stretch], *, since: date) -> Mean | None:
    """Of the complete weeks from the one with ``since`` on; None where there are none yet."""
    complete = [each for each in stretches if not each.is_open and each.last >= since]
    if not complete:
        return None
    weeks = sum(each.weeks for each in complete)
    begun = (since - complete[0].first).days // DAYS_PER_WEEK  # weeks of a stretch before it
    weeks -= max(begun, 0)
    sets = sum((each.counted for each in complete), Decimal(0))
    return Mean(weeks, sets, sum(each.days for each in complete))
