import itertools
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workouts.reckoning.charts import (
    MOST_DRAWN,
    MOST_READ,
    Area,
    Chart,
    Level,
    Series,
    Spread,
    bar_chart,
    breaks,
    line_chart,
    month_ticks,
    nice_ticks,
    thinned,
)

FIRST = date(2026, 1, 1)
values = st.decimals(-100_000, 10_000_000, places=3)
days = st.dates(date(1990, 1, 1), date(2039, 12, 31))


def days_of(count, apart=7):
    return [FIRST + timedelta(days=n * apart) for n in range(count)]


def chart_of(*figures, apart=7, **options):
    """A chart of values a week apart."""
    values = [None if each is None else float(each) for each in figures]
    days = days_of(len(figures), apart)
    return line_chart(days, Series(values), say=lambda n: f"point {n}", **options)


def places(path: str) -> list[tuple[float, float]]:
    """Where a line goes."""
    pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)
    return [(float(x), float(y)) for x, y in pairs]


def pieces(path: str) -> list[int]:
    """How many points each piece of a line has."""
    return [piece.count("L") + 1 for piece in path.split("M")[1:]]


def assert_inside(chart: Chart) -> None:
    drawn = [place for line in chart.lines for place in places(line.path)]
    for x, y in [*drawn, *((point.x, y) for point in chart.points for y in point.ys)]:
        assert chart.left <= x <= chart.right
        assert chart.top <= y <= chart.bottom
    assert all(chart.left <= tick.at <= chart.right for tick in chart.x_ticks)
    assert all(chart.top <= tick.at <= chart.bottom for tick in chart.y_ticks)
    assert 0 <= chart.left < chart.right <= chart.width
    assert 0 <= chart.top < chart.bottom <= chart.height
    reach = [(point.left, point.left + point.width) for point in chart.points]
    assert reach[0][0] == chart.left
    for (_, end), (begin, _) in itertools.pairwise(reach):
        assert begin == pytest.approx(end, abs=0.11)


class TestLineChart:
    @example([(date(2000, 1, 1), Decimal("-0.005")), (date(2000, 1, 1), Decimal("0.001"))])
    @given(st.lists(st.tuples(days, values), min_size=1, max_size=100))
    def test_everything_stays_inside_its_frame(self, figures):
        days, values = zip(*sorted(figures), strict=True)

        chart = line_chart(
            days,
            Series([float(each) for each in values], "one"),
            Series([*values], "other"),
            say=str,
            dots=values,
            spreads=[Spread(value - 1, value + 1) for value in values],
            last=days[-1] + timedelta(days=30),
            level=Level(50, "goal"),
        )

        assert_inside(chart)
        assert all(len(places(line.path)) == len(figures) for line in chart.lines)
        assert chart.top <= chart.level.at <= chart.bottom
        ends = [line.name.at for line in chart.lines]
        assert chart.top <= ends[0] < ends[1] <= chart.bottom

    @given(st.lists(values, min_size=2, max_size=20))
    def test_a_greater_value_is_never_drawn_lower(self, figures):
        (line,) = chart_of(*figures).lines
        by_value = sorted(zip(figures, places(line.path), strict=True), key=lambda pair: pair[0])

        heights = [y for _, (_, y) in by_value]

        assert heights == sorted(heights, reverse=True)

    def test_time_is_to_scale(self):
        days = [date(2026, 1, 1), date(2026, 1, 11), date(2026, 2, 10)]

        first, second, third = line_chart(days, Series([1, 1, 1]), say=str).points

        assert (second.x - first.x) * 3 == pytest.approx(third.x - second.x, abs=0.3)

    def test_one_point_stands_in_the_middle(self):
        chart = chart_of(100)

        (point,) = chart.points
        assert point.x == pytest.approx((chart.left + chart.right) / 2, abs=5)
        assert point.ys == ((chart.top + chart.bottom) / 2,)
        assert (point.left, point.left + point.width) == (chart.left, chart.right + 6)

    def test_two_sessions_of_one_day_share_a_place(self):
        chart = chart_of(100, 110, apart=0)

        one, other = chart.points
        assert one.x == other.x
        assert_inside(chart)

    def test_equal_values_are_a_level_line_between_two_ticks(self):
        chart = chart_of(80, 80, 80)

        (height,) = {y for point in chart.points for y in point.ys}
        assert chart.top < height < chart.bottom

    def test_starts_at_zero_where_it_is_told(self):
        assert chart_of(80, 90).y_ticks[0].text == "80"
        assert chart_of(80, 90, from_zero=True).y_ticks[0].text == "0"

    def test_a_new_best_is_marked_and_an_equal_one_is_not(self):
        chart = chart_of(80, 80, 85, 70, 90, with_bests=True)

        assert [point.is_best for point in chart.points] == [False, False, True, False, True]

    def test_the_first_is_where_it_begins_and_no_new_best(self):
        (point,) = chart_of(80, with_bests=True).points

        assert not point.is_best

    def test_a_new_best_below_nothing_is_marked(self):
        """Help counts as negative."""
        chart = chart_of(-30, -20, -25, with_bests=True)

        assert [point.is_best for point in chart.points] == [False, True, False]

    def test_its_points_say_what_they_are(self):
        assert [point.label for point in chart_of(80, 90).points] == ["point 0", "point 1"]

    def test_of_a_long_series_say_what_keeps_its_shape(self):
        figures = [100.0] * 400
        figures[123], figures[124], figures[300] = 90.0, 130.0, 140.0

        chart = chart_of(*figures, with_bests=True)

        labels = [point.label for point in chart.points]
        assert len(labels) <= MOST_READ
        assert {"point 0", "point 123", "point 124", "point 300", "point 399"} <= {*labels}
        assert [point.label for point in chart.points if point.is_best] == [
            "point 124",
            "point 300",
        ]
        assert len(places(chart.lines[0].path)) <= MOST_DRAWN

    def test_asks_only_for_what_can_be_read(self):
        asked = []

        line_chart(days_of(1000), Series(range(1000)), say=lambda n: asked.append(n) or "")

        assert len(asked) <= MOST_READ

    def test_ticks_are_written_as_people_do(self):
        texts = [tick.text for tick in chart_of(900, 1900).y_ticks]

        assert texts == ["750", "1,000", "1,250", "1,500", "1,750", "2,000"]

    def test_makes_room_for_its_level(self):
        chart = chart_of(80, level=Level(60, "goal"))

        assert chart.level.at > chart.points[0].ys[0]
        assert chart.y_ticks[0].text == "60"

    def test_has_spreads_only_where_values_differ(self):
        chart = chart_of(80, 80, spreads=[Spread(79, 82), Spread(80, 80)])

        assert chart.spreads.count("M") == 1

    def test_puts_dots_beside_their_trend(self):
        chart = chart_of(80, 81, dots=[79, 83])

        assert [point.ys[0] for point in chart.points] == [y for _, y in places(chart.dots)]
        assert places(chart.lines[0].path) != places(chart.dots)


class TestGaps:
    def test_a_line_begins_anew_after_a_day_without_a_value(self):
        chart = chart_of(80, 81, None, None, 82, 83, 84)

        assert pieces(chart.lines[0].path) == [2, 3]
        assert [point.label for point in chart.points] == [f"point {n}" for n in (0, 1, 4, 5, 6)]

    def test_a_point_between_two_gaps_is_seen(self):
        path = chart_of(80, None, 81, None, 82).lines[0].path

        assert pieces(path) == [1, 1, 1]
        assert path.count("h0") == 3

    def test_a_line_begins_anew_where_it_is_told(self):
        assert pieces(chart_of(80, 81, 82, 83, breaks={1}).lines[0].path) == [1, 3]

    @given(st.lists(st.none() | values, min_size=1, max_size=900).filter(any))
    def test_are_never_bridged(self, figures):
        path = chart_of(*figures).lines[0].path
        there = [
            len([*group])
            for has, group in itertools.groupby(figures, lambda v: v is not None)
            if has
        ]

        assert len(pieces(path)) <= len(there)
        if sum(there) <= MOST_DRAWN:
            assert pieces(path) == there

    def test_of_days_begin_after_so_many_without_any(self):
        days = [FIRST + timedelta(days=n) for n in (0, 7, 15, 15, 100)]

        assert breaks(days, longer_than=7) == {2, 4}


class TestSeveralSeries:
    def test_share_their_days_and_their_axis(self):
        chart = line_chart(
            days_of(2), Series([10, 20], "back"), Series([None, 40], "front"), say=str
        )

        assert [len(point.ys) for point in chart.points] == [1, 2]
        assert [line.name.text for line in chart.lines] == ["back", "front"]
        assert chart.right < chart.width - 40

    def test_that_end_at_one_height_have_names_apart(self):
        chart = line_chart(days_of(1), *(Series([5], name) for name in "abcd"), say=str)

        ends = sorted(line.name.at for line in chart.lines)
        assert all(after - before >= 12 for before, after in itertools.pairwise(ends))
        assert chart.top <= ends[0] <= ends[-1] <= chart.bottom

    def test_one_without_values_is_not_named(self):
        chart = line_chart(days_of(1), Series([5], "a"), Series([None], "b"), say=str)

        assert [line.name and line.name.text for line in chart.lines] == ["a", None]


class TestBarChart:
    @given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=160))
    def test_stand_on_zero_on_each_other_and_side_by_side(self, figures):
        direct, helping = zip(*figures, strict=True)
        until = FIRST + timedelta(weeks=len(figures))

        chart = bar_chart(
            days_of(len(figures)), Series(direct), Series(helping), until=until, say=str
        )

        assert_inside(chart)
        assert chart.y_ticks[0].text == "0"
        highest = float(chart.y_ticks[-1].text.replace(",", ""))
        for (one, other), point in zip(figures, chart.points, strict=True):
            low, high = point.boxes
            assert low.y + low.height == pytest.approx(chart.bottom)
            assert high.y + high.height == pytest.approx(low.y)
            height = (chart.bottom - chart.top) * (one + other) / highest
            assert low.height + high.height == pytest.approx(height, abs=0.11)
            assert point.left <= low.x
            assert low.x + low.width <= point.left + point.width + 0.11
        assert chart.points[0].left == chart.left

    def test_hang_from_zero_against_those_that_stand_on_it(self):
        chart = bar_chart(
            days_of(2),
            Series([30, 0]),
            below=Series([10, 0]),
            until=FIRST + timedelta(weeks=2),
            say=str,
        )

        assert_inside(chart)
        assert [tick.text for tick in chart.y_ticks] == ["10", "0", "10", "20", "30"]
        first, second = chart.points
        assert first.below is not None
        assert first.boxes[0].y + first.boxes[0].height == pytest.approx(chart.zero)
        assert first.below.y == chart.zero
        assert first.boxes[0].height == pytest.approx(3 * first.below.height, abs=0.2)
        assert second.below is not None
        assert (second.boxes[0].height, second.below.height) == (0, 0)

    def test_are_as_wide_as_their_days(self):
        days = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]

        january, february, _ = bar_chart(
            days, Series([1, 1, 1]), until=date(2026, 4, 1), say=str
        ).points

        assert january.width / february.width == pytest.approx(31 / 28, abs=0.01)

    def test_of_nothing_have_an_axis(self):
        chart = bar_chart(days_of(1), Series([0]), until=FIRST + timedelta(weeks=1), say=str)

        assert chart.y_ticks[-1].text == "1"
        assert chart.points[0].boxes[0].height == 0

    def test_the_last_is_open_where_its_days_are_not_over(self):
        chart = bar_chart(
            days_of(2), Series([1, 1]), until=FIRST + timedelta(weeks=2), say=str, is_open=True
        )

        assert [point.is_open for point in chart.points] == [False, True]

    def test_have_areas_as_high_as_the_axis_goes(self):
        areas = [
            Area(0, 5, "low"),
            Area(5, 10, "moderate"),
            Area(10, 20, "high"),
            Area(20, None, "more"),
        ]
        chart = bar_chart(
            days_of(1), Series([18]), until=FIRST + timedelta(weeks=1), say=str, areas=areas
        )

        assert [area.text for area in chart.areas] == ["low", "moderate", "high"]
        low, moderate, high = chart.areas
        assert low.y == moderate.y + moderate.height
        assert high.y == chart.top

    def test_go_as_high_as_they_are_asked_to(self):
        chart = bar_chart(
            days_of(1), Series([2]), until=FIRST + timedelta(weeks=1), say=str, at_least=10
        )

        assert chart.y_ticks[-1].text == "10"


class TestThinned:
    @given(st.lists(st.integers(-50, 50), max_size=700), st.integers(4, 300))
    def test_keeps_the_first_the_last_the_extremes_and_the_order(self, values, at_most):
        places = thinned(values, at_most)

        assert len(places) <= at_most
        assert places == sorted({*places})
        kept = [values[n] for n in places]
        if values:
            assert (places[0], places[-1]) == (0, len(values) - 1)
            assert (min(kept), max(kept)) == (min(values), max(values))

    @given(st.lists(st.integers(), max_size=60))
    def test_leaves_what_is_short_as_it_is(self, values):
        assert thinned(values, 60) == [*range(len(values))]

    @given(st.lists(st.integers(-50, 50), min_size=61, max_size=700))
    def test_keeps_the_last_new_best_of_each_stretch(self, values):
        """So a chart in which bests are marked leaves none out that no higher one follows soon."""
        kept = thinned(values, 60)

        for before, after in itertools.pairwise(kept):
            between = values[before + 1 : after]
            assert not between or max(between) <= max(values[: after + 1])
            longest = -(-(len(values) - 2) // 29)
            assert after - before <= 2 * longest


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
        assert month_ticks(date(2024, 2, 2), date(2024, 2, 29)) == [(date(2024, 2, 2), "j M y")]

    def test_a_quarter_names_its_months(self):
        ticks = month_ticks(date(2025, 12, 1), date(2026, 3, 1))

        assert {pattern for _, pattern in ticks} == {"M ’y"}
        assert [f"{day:%b %y}" for day, _ in ticks] == ["Dec 25", "Jan 26", "Feb 26", "Mar 26"]

    def test_years_apart_are_years(self):
        ticks = month_ticks(date(2020, 5, 1), date(2026, 5, 1))

        assert {pattern for _, pattern in ticks} == {"Y"}
        assert [day.year for day, _ in ticks] == [2022, 2024, 2026]
