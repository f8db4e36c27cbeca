from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.calendar import week_begin
from workouts.reckoning.consistency import (
    ONE_REST_IN,
    SPANS,
    consistency,
    longest_streak,
    weeks_trained,
)

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
DAYS = st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=60)
STARTS = st.sampled_from([1, 6, 7])


def weeks(pattern):
    """Days of weeks up to this one, the last letter: "x" is trained, "." is rest."""
    return [MONDAY - n * WEEK for n, week in enumerate(reversed(pattern)) if week == "x"]


def steady(days, *, week_start=1, today=MONDAY):
    return consistency(days, week_start=week_start, today=today)


class TestStreaks:
    @pytest.mark.parametrize(
        ("pattern", "current", "longest"),
        [
            ("x", 1, 1),
            ("xxx", 3, 3),
            ("xxx.", 3, 3),  # this week may still come
            ("xxx..", 3, 3),  # last week was the one of rest
            ("xxx...", 0, 3),
            ("xx.xx", 4, 4),
            ("xx..xx", 2, 2),
            ("xxx.xxx.xxx", 9, 9),  # one in four
            ("xxxx.xx.xxxxx", 7, 7),  # the second came too soon: the first is no part of it
            ("x.x.x.x", 2, 2),
            ("x.x..", 1, 2),
            ("xxxxxxxx.x.x", 2, 9),
            ("xxx....xxxxx...", 0, 5),
        ],
    )
    def test_allow_one_week_of_rest_in_four(self, pattern, current, longest):
        found = steady(weeks(pattern))

        assert (found.current.weeks if found.current else 0) == current
        assert found.longest.weeks == longest

    def test_say_when_they_were(self):
        found = steady(weeks("xxx....xxxxx..."))

        assert found.current is None
        assert (found.longest.first, found.longest.last) == (date(2026, 10, 5), date(2026, 11, 8))

    def test_of_several_as_long_the_first(self):
        assert longest_streak(weeks("xx..xx."), week_start=1).first == MONDAY - 6 * WEEK

    @pytest.mark.parametrize(("week_start", "trained"), [(1, 1), (6, 1), (7, 2)])
    def test_have_the_athlete_s_weeks(self, week_start, trained):
        saturday, sunday = date(2026, 11, 21), date(2026, 11, 22)

        assert steady([saturday, sunday], week_start=week_start).weeks_trained == trained
        assert weeks_trained([saturday, sunday], week_start=week_start) == trained

    @given(DAYS, STARTS, st.dates(date(2025, 1, 1), date(2026, 12, 31)))
    def test_are_the_longest_that_the_rule_allows(self, days, week_start, today):
        found = consistency(days, week_start=week_start, today=today)

        this_week = week_begin(today, week_start=week_start)
        begun = {week_begin(day, week_start=week_start) for day in days}
        trained = sorted(week for week in begun if week <= this_week)
        allowed = [
            [week for week in trained if first <= week <= last]
            for first in trained
            for last in trained
            if first <= last and is_allowed(first, last, trained)
        ]
        going_on = [
            [week for week in trained if first <= week]
            for first in trained
            if is_allowed(first, max(this_week - WEEK, trained[-1]), trained)
        ]
        assert found.weeks_trained == len(trained)
        assert (found.longest.weeks if found.longest else 0) == max(map(len, allowed), default=0)
        assert (found.current.weeks if found.current else 0) == max(map(len, going_on), default=0)


def is_allowed(first, last, trained):
    """Whether no four weeks in a row from the first to the last have two of rest."""
    count = (last - first).days // 7 + 1
    missed = [first + n * WEEK not in trained for n in range(count)]
    return all(sum(missed[n : n + ONE_REST_IN]) <= 1 for n in range(count))


class TestRates:
    def test_leave_the_week_that_is_under_way_out(self):
        days = [*weeks("xxxxx"), MONDAY, MONDAY, MONDAY - WEEK]

        (rate,) = steady(days).rates

        assert (rate.weeks, rate.sessions, rate.per_week) == (4, 5, 1.25)

    @pytest.mark.parametrize(
        ("pattern", "spans"),
        [("", ()), ("xxxx", ()), ("xxxxx", (4,)), ("x" * 13, (4, 12)), ("x" + "." * 52, SPANS)],
    )
    def test_go_back_no_further_than_the_first_session(self, pattern, spans):
        assert tuple(rate.weeks for rate in steady(weeks(pattern)).rates) == spans

    @given(DAYS, STARTS)
    def test_sum_the_sessions_of_complete_weeks(self, days, week_start):
        today = date(2026, 6, 17)

        this_week = week_begin(today, week_start=week_start)
        for rate in consistency(days, week_start=week_start, today=today).rates:
            first = this_week - rate.weeks * WEEK
            assert rate.sessions == sum(first <= day < this_week for day in days)


class TestNothing:
    def test_comes_of_no_sessions(self):
        found = steady([])

        assert (found.weeks_trained, found.weeks, found.rates) == (0, 0, ())
        assert found.current is found.longest is None

    def test_comes_of_what_is_ahead(self):
        assert steady([MONDAY + WEEK]).weeks_trained == 0

    @pytest.mark.parametrize("day", [date.min, date.max])
    @pytest.mark.parametrize("week_start", [1, 6, 7])
    def test_goes_beyond_the_calendar(self, day, week_start):
        assert consistency([day], week_start=week_start, today=day).weeks_trained == 1
