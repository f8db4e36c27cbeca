from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.body_weight import (
    Weighing,
    follows,
    rate_per_week,
    spans,
    step_of,
    trend,
)

FIRST = date(2026, 11, 1)
WEIGHTS = st.decimals(30, 300, places=2)
SERIES = st.dictionaries(st.integers(0, 1200), WEIGHTS, min_size=1, max_size=60).map(
    lambda found: [weighed(day, found[day]) for day in sorted(found)]
)


def weighed(day, weight):
    return Weighing(FIRST + timedelta(days=day), Decimal(weight))


class TestTrend:
    def test_is_the_mean_of_seven_days(self):
        series = [weighed(day, 80 + day) for day in range(9)]

        assert trend(series)[6:] == [83, 84, 85]

    def test_begins_with_what_there_is(self):
        assert trend([weighed(0, 80), weighed(1, 82)]) == [80, 81]

    def test_leaves_days_without_a_weighing_out(self):
        assert trend([weighed(0, 80), weighed(6, 83), weighed(7, 85)]) == [80, 81.5, 84]

    @given(SERIES)
    def test_is_what_its_words_say(self, series):
        for (day, _), mean in zip(series, trend(series), strict=True):
            week = [each.weight for each in series if 0 <= (day - each.day).days < 7]
            assert mean == sum(week) / len(week)


class TestRate:
    TODAY = FIRST + timedelta(days=27)

    def test_is_the_slope_of_four_weeks(self):
        series = [weighed(day, Decimal(80) + Decimal(day) / 10) for day in range(28)]

        assert rate_per_week(series, today=self.TODAY) == Decimal("0.7")

    def test_is_of_least_squares(self):
        series = [weighed(day, kg) for day, kg in ((0, 80), (7, 81), (14, 80), (21, 81))]

        assert rate_per_week(series, today=self.TODAY) == Decimal("0.2")

    def test_minds_only_the_last_four_weeks(self):
        old = [weighed(day, 120) for day in range(-30, 0)]
        series = [weighed(day, 80) for day in range(28)]

        assert rate_per_week(old + series, today=self.TODAY) == 0

    @pytest.mark.parametrize("days", [(0, 7, 14), (14, 18, 22, 27), (), (-9, -8, 13, 27)])
    def test_is_not_said_of_too_little(self, days):
        assert rate_per_week([weighed(day, 80) for day in days], today=self.TODAY) is None


class TestSpans:
    @pytest.mark.parametrize(
        ("days", "step"), [(0, "day"), (130, "day"), (131, "week"), (1100, "week"), (1101, "month")]
    )
    def test_are_longer_for_a_longer_time(self, days, step):
        assert step_of(FIRST, FIRST + timedelta(days=days)) == step

    def test_have_the_mean_and_the_ends(self):
        series = [weighed(0, 80), weighed(1, 81), weighed(6, 83), weighed(30, 84)]

        november, december = spans(series, step="month", week_start=1)

        assert (november.first, november.last) == (FIRST, date(2026, 11, 30))
        assert (november.count, november.lightest, november.heaviest) == (3, 80, 83)
        assert november.mean == Decimal(244) / 3
        assert december.first == date(2026, 12, 1)
        assert follows(november, december)

    @pytest.mark.parametrize(("start", "firsts"), [(1, [26, 2]), (7, [1, 8])])
    def test_begin_with_the_athletes_week(self, start, firsts):
        """The 1st was a Sunday, the 8th another."""
        series = (
            [weighed(0, 80), weighed(7, 81)] if start == 7 else [weighed(0, 80), weighed(1, 81)]
        )

        weeks = spans(series, step="week", week_start=start)

        assert [week.first.day for week in weeks] == firsts
        assert all((week.last - week.first).days == 6 for week in weeks)

    def test_apart_do_not_follow(self):
        first, last = spans([weighed(0, 80), weighed(40, 81)], step="week", week_start=1)

        assert not follows(first, last)

    @given(SERIES, st.sampled_from(["week", "month"]), st.sampled_from([1, 6, 7]))
    def test_leave_no_weighing_out(self, series, step, start):
        found = spans(series, step=step, week_start=start)

        assert sum(span.count for span in found) == len(series)
        assert all(span.lightest <= round(span.mean, 20) <= span.heaviest for span in found)
        assert all(span.first <= span.middle <= span.last for span in found)
        assert all(a.last < b.first for a, b in pairwise(found))
