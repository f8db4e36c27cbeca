from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.muscle_history import MOST_BARS, mean, stretches
from workouts.reckoning.muscle_sets import Done

MONDAY = date(2026, 11, 16)
WEDNESDAY = MONDAY + timedelta(days=2)
PULL_UP, CURL = 1, 2
SHARES = {PULL_UP: Decimal(1), CURL: Decimal("0.5")}
WEEK = timedelta(weeks=1)


def weeks_of(*done, first=MONDAY - WEEK, today=WEDNESDAY, week_start=1):
    return stretches(done, SHARES, first=first, today=today, week_start=week_start)


class TestStretches:
    def test_are_weeks_with_what_was_done_in_them(self):
        last, this = weeks_of(
            Done(MONDAY - WEEK, PULL_UP, 3),
            Done(MONDAY - WEEK, CURL, 3),
            Done(MONDAY - timedelta(days=1), PULL_UP, 2),
            Done(MONDAY, CURL, 1),
        )

        assert (last.first, last.last) == (MONDAY - WEEK, MONDAY - timedelta(days=1))
        assert (last.direct, last.helping, last.days) == (5, 3, 2)
        assert (last.counted, last.direct_a_week, last.helping_a_week) == (6.5, 5, 1.5)
        assert (this.counted, this.days) == (0.5, 1)
        assert (last.is_open, this.is_open) == (False, True)

    def test_without_any_sets_are_there_too(self):
        assert [each.counted for each in weeks_of(first=MONDAY - 3 * WEEK)] == [0] * 4

    def test_begin_on_the_athletes_first_day(self):
        (week,) = weeks_of(Done(MONDAY, PULL_UP, 1), first=MONDAY, week_start=7)

        assert week.first == MONDAY - timedelta(days=1)

    def test_of_this_week_alone_is_one(self):
        (week,) = weeks_of(first=MONDAY)

        assert (week.first, week.is_open) == (MONDAY, True)

    def test_of_a_long_time_are_four_weeks_each_counted_back_from_this_one(self):
        first = MONDAY - (MOST_BARS + 2) * WEEK
        done = [Done(first + n * WEEK, PULL_UP, 4) for n in range(MOST_BARS + 3)]

        oldest, *others, this = weeks_of(*done, first=first)

        assert (oldest.weeks, oldest.first, oldest.sets_a_week) == (2, first, 4)
        assert {each.weeks for each in others} == {4}
        assert {each.sets_a_week for each in others} == {4}
        assert (this.weeks, this.first) == (1, MONDAY)

    @given(
        st.lists(
            st.tuples(st.integers(0, 700), st.sampled_from([PULL_UP, CURL]), st.integers(1, 9))
        ),
        st.integers(0, 700),
        st.integers(1, 7),
        st.integers(0, 6),
    )
    def test_leave_nothing_out_and_follow_each_other(self, done, back, week_start, later):
        today = MONDAY + timedelta(days=later)
        done = [Done(today - timedelta(days=ago), *rest) for ago, *rest in sorted(done)[::-1]]
        first = min([today - timedelta(days=back), *(one.day for one in done)])

        weeks = weeks_of(*done, first=first, today=today, week_start=week_start)

        assert sum(each.counted for each in weeks) == sum(
            one.sets * SHARES[one.exercise] for one in done
        )
        assert sum(each.days for each in weeks) == len({one.day for one in done})
        assert weeks[0].first <= first
        assert all(each.first.isoweekday() == week_start for each in weeks)
        for before, after in pairwise(weeks):
            assert after.first == before.last + timedelta(days=1)
            assert (before.last - before.first).days + 1 == 7 * before.weeks
        assert weeks[-1].first <= today <= weeks[-1].last
        assert [each.is_open for each in weeks] == [False] * (len(weeks) - 1) + [True]
        assert len(weeks) <= MOST_BARS + 1


class TestMean:
    def test_is_of_complete_weeks(self):
        weeks = weeks_of(
            Done(MONDAY - 2 * WEEK, PULL_UP, 4),
            Done(MONDAY - WEEK, CURL, 3),
            Done(MONDAY - WEEK + timedelta(days=1), CURL, 3),
            Done(MONDAY, PULL_UP, 9),
            first=MONDAY - 2 * WEEK,
        )

        found = mean(weeks, since=MONDAY - 2 * WEEK)

        assert (found.weeks, found.sets, found.sets_a_week) == (2, 7, Decimal("3.5"))
        assert found.days_a_week == Decimal("1.5")

    def test_begins_with_the_athletes_first_week(self):
        weeks = weeks_of(Done(MONDAY - WEEK, PULL_UP, 4), first=MONDAY - 12 * WEEK)

        assert mean(weeks, since=MONDAY - WEEK).weeks == 1
        assert mean(weeks, since=MONDAY - 52 * WEEK).weeks == 12

    def test_counts_only_the_weeks_of_a_stretch_since_then(self):
        first = MONDAY - 64 * WEEK

        found = mean(weeks_of(first=first), since=first + 2 * WEEK)

        assert found.weeks == 62

    def test_of_no_complete_week_is_none(self):
        assert mean(weeks_of(Done(MONDAY, PULL_UP, 3)), since=MONDAY) is None


@pytest.mark.parametrize(
    ("weeks", "at_once"), [(0, 1), (59, 1), (60, 4), (239, 4), (240, 13), (779, 13), (780, 52)]
)
def test_there_are_never_too_many_bars(weeks, at_once):
    found = weeks_of(first=MONDAY - weeks * WEEK)

    assert len(found) <= MOST_BARS + 1
    assert max(each.weeks for each in found) == at_once
