import itertools
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workouts.reckoning.charts import (
    MAX_DOTS,
    LineChart,
    Point,
    line_chart,
    month_ticks,
    nice_ticks,
    span_chart,
)

values = st.decimals(-100_000, 10_000_000, places=3)
days = st.dates(date(1990, 1, 1), date(2039, 12, 31))


def chart_of(*figures, apart=7):
    """A chart of values a week apart."""
    days = [date(2026, 1, 1) + timedelta(days=n * apart) for n in range(len(figures))]
    return line_chart(days, [float(each) for each in figures], label=lambda n: f"point {n}")


def places(chart: LineChart) -> list[tuple[float, float]]:
    """Where the line goes."""
    pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", chart.path)
    return [(float(x), float(y)) for x, y in pairs]


def assert_inside(chart: LineChart) -> None:
    for x, y in [*places(chart), *((dot.x, dot.y) for dot in chart.dots)]:
        assert chart.left <= x <= chart.right
        assert chart.top <= y <= chart.bottom
    assert all(chart.left <= tick.at <= chart.right for tick in chart.x_ticks)
    assert all(chart.top <= tick.at <= chart.bottom for tick in chart.y_ticks)
    assert 0 <= chart.left < chart.right <= chart.width
    assert 0 <= chart.top < chart.bottom <= chart.height


class TestLineChart:
    @example([(date(2000, 1, 1), Decimal("-0.005")), (date(2000, 1, 1), Decimal("0.001"))])
    @given(st.lists(st.tuples(days, values), min_size=1, max_size=100))
    def test_everything_stays_inside_its_frame(self, figures):
        days, values = zip(*sorted(figures), strict=True)

        chart = line_chart(days, [float(each) for each in values], label=str)

        assert_inside(chart)
        assert len(places(chart)) == len(figures)

    @given(st.lists(values, min_size=2, max_size=20))
    def test_a_greater_value_is_never_drawn_lower(self, figures):
        chart = chart_of(*figures)
        by_value = sorted(zip(figures, places(chart), strict=True), key=lambda pair: pair[0])

        heights = [y for _, (_, y) in by_value]

        assert heights == sorted(heights, reverse=True)

    def test_time_is_to_scale(self):
        days = [date(2026, 1, 1), date(2026, 1, 11), date(2026, 2, 10)]

        (first, _), (second, _), (third, _) = places(line_chart(days, [1, 1, 1], label=str))

        assert (second - first) * 3 == pytest.approx(third - second, abs=0.3)

    def test_one_point_stands_in_the_middle(self):
        chart = chart_of(100)

        ((x, y),) = places(chart)
        assert x == pytest.approx((chart.left + chart.right) / 2, abs=5)
        assert y == pytest.approx((chart.top + chart.bottom) / 2)
        assert len(chart.dots) == 1

    def test_two_sessions_of_one_day_share_a_place(self):
        chart = chart_of(100, 110, apart=0)

        (first, _), (second, _) = places(chart)
        assert first == second
        assert_inside(chart)

    def test_equal_values_are_a_level_line_between_two_ticks(self):
        chart = chart_of(80, 80, 80)

        ((_, height), *_) = places(chart)
        assert {y for _, y in places(chart)} == {height}
        assert chart.top < height < chart.bottom

    def test_a_new_best_is_marked_and_an_equal_one_is_not(self):
        chart = chart_of(80, 80, 85, 70, 90)

        assert [dot.is_best for dot in chart.dots] == [False, False, True, False, True]

    def test_the_first_is_where_it_begins_and_no_new_best(self):
        (dot,) = chart_of(80).dots

        assert not dot.is_best

    def test_a_new_best_below_nothing_is_marked(self):
        """Help counts as negative."""
        chart = chart_of(-30, -20, -25)

        assert [dot.is_best for dot in chart.dots] == [False, True, False]

    def test_dots_say_what_they_are(self):
        assert chart_of(80).dots[0].label == "point 0"

    @pytest.mark.parametrize(("count", "dots"), [(MAX_DOTS, MAX_DOTS), (MAX_DOTS + 1, 1)])
    def test_a_long_series_has_a_dot_only_for_the_first_and_each_new_best(self, count, dots):
        chart = chart_of(*[100] * count)

        assert len(chart.dots) == dots
        assert len(places(chart)) == count

    def test_ticks_are_written_as_people_do(self):
        texts = [tick.text for tick in chart_of(900, 1900).y_ticks]

        assert texts == ["750", "1,000", "1,250", "1,500", "1,750", "2,000"]


class TestNiceTicks:
    @given(values, values, st.integers(2, 8))
    @example(Decimal("999.999"), Decimal("1000.001"), 5)
    @example(Decimal(0), Decimal("0.004"), 5)
    def test_are_few_even_round_and_cover_the_data(self, one, other, at_most):
        low, high = sorted((one, other))

        ticks = nice_ticks(low, high, at_most=at_most)

        steps = {after - before for before, after in itertools.pairwise(ticks)}
        assert len(steps) == 1
        (step,) = steps
        mantissa = step.scaleb(-step.adjusted()).normalize()
        assert mantissa in {Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5)}
        assert all(tick % step == 0 for tick in ticks)
        assert ticks[0] <= low <= high <= ticks[-1]
        assert 2 <= len(ticks) <= at_most + 1

    @given(values, values)
    def test_leave_no_empty_step_at_either_end(self, one, other):
        low, high = sorted((one, other))

        ticks = nice_ticks(low, high)

        assert low == high or (ticks[1] > low and ticks[-2] < high)

    @pytest.mark.parametrize("value", ["0", "80", "-20", "0.001", "9999999"])
    def test_equal_values_stand_between_two(self, value):
        ticks = nice_ticks(Decimal(value), Decimal(value))

        assert ticks[0] < Decimal(value) < ticks[-1]

    @given(values, values)
    def test_are_written_without_an_exponent(self, one, other):
        ticks = nice_ticks(min(one, other), max(one, other))

        assert all(re.fullmatch(r"-?[\d,]+(\.\d+)?", f"{tick:,f}") for tick in ticks)


class TestMonthTicks:
    @given(days, days)
    def test_are_few_even_first_days_between_the_dates(self, one, other):
        first, last = sorted((one, other))

        ticks = [day for day, _ in month_ticks(first, last)]

        assert 1 <= len(ticks) <= 6
        assert all(first <= day <= last for day in ticks)
        months = [day.year * 12 + day.month for day in ticks]
        assert len({b - a for a, b in itertools.pairwise(months)}) <= 1
        assert len(ticks) == 1 or all(day.day == 1 for day in ticks)

    def test_within_a_month_the_first_day_is_named(self):
        assert month_ticks(date(2024, 2, 2), date(2024, 2, 29)) == [(date(2024, 2, 2), "2 Feb 24")]

    def test_a_quarter_names_its_months(self):
        labels = [text for _, text in month_ticks(date(2025, 12, 1), date(2026, 3, 1))]

        assert labels == ["Dec 25", "Jan 26", "Feb 26", "Mar 26"]

    def test_years_apart_are_years(self):
        labels = [text for _, text in month_ticks(date(2020, 5, 1), date(2026, 5, 1))]

        assert labels == ["2022", "2024", "2026"]


def point(day, value, *, low=0, high=0, is_apart=False):
    value = Decimal(value)
    return Point(
        date(2026, 1, 1) + timedelta(days=day),
        value,
        f"{value}",
        value,
        value - low,
        value + high,
        is_apart,
    )


class TestSpanChart:
    def test_breaks_its_line_and_keeps_time_true(self):
        points = [point(0, 80, is_apart=True), point(10, 81), point(80, 82, is_apart=True)]

        chart = span_chart(points, first=points[0].day, last=points[-1].day)

        assert chart.path.count("M") == 2
        first, second, third = (dot.x for dot in chart.dots)
        assert round((third - second) / (second - first), 1) == 7

    def test_has_bars_only_where_values_differ(self):
        points = [point(0, 80, low=1, high=2, is_apart=True), point(7, 80)]

        [bar] = span_chart(points, first=points[0].day, last=points[-1].day).bars

        assert bar.top < bar.bottom

    def test_makes_room_for_its_level(self):
        one = [point(0, 80, is_apart=True)]

        chart = span_chart(one, first=one[0].day, last=one[0].day, level=Decimal(60))

        assert chart.level.at > chart.dots[0].y
        assert chart.y_ticks[0].text == "60"

    @given(st.lists(st.tuples(st.integers(0, 4000), values), min_size=1, max_size=50))
    def test_everything_stays_inside_its_frame(self, figures):
        points = [point(day, value, low=1, high=1) for day, value in sorted(figures)]
        first, last = points[0].day, points[-1].day + timedelta(days=30)

        chart = span_chart(points, first=first, last=last, level=Decimal(50))

        assert_inside(chart)
        assert all(chart.top <= bar.top <= bar.bottom <= chart.bottom for bar in chart.bars)
        assert chart.top <= chart.level.at <= chart.bottom
