"""The pen of the body map."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.drawing.curves import BadDrawing, Point, curve, fan, numbers, parse, stroke

coordinates = st.integers(-400, 800).map(lambda n: n / 2)
paths = st.lists(
    st.builds(Point, coordinates, coordinates, st.booleans()),
    min_size=3,
    max_size=9,
    unique_by=lambda point: point[:2],
)


class TestCurve:
    def test_is_straight_between_corners(self):
        assert curve(parse("0,0! 10,0! 10,10!", {}), is_closed=True) == "M0 0l10 0 0 10-10-10z"

    def test_bends_through_what_is_no_corner(self):
        path = curve(parse("0,0 10,0 20,10", {}), is_closed=False)

        assert re.fullmatch(r"M0 0c[-\d. ]+", path)

    @given(paths, st.booleans())
    def test_goes_through_every_point(self, points, is_closed):
        path = curve(points, is_closed=is_closed)

        ends = [end for end, _ in ends_and_handles(path)]
        expected = [point[:2] for point in points] + [points[0][:2]] * is_closed
        assert len(ends) == len(expected)
        for (x, y), (x2, y2) in zip(ends, expected, strict=True):
            assert (x, y) == pytest.approx((x2, y2), abs=0.06)

    @given(paths)
    def test_is_the_same_line_both_ways(self, points):
        there = curve(points, is_closed=False)
        back = curve(points[::-1], is_closed=False)

        handles = [handle for _, both in ends_and_handles(there) for handle in both]
        mirrored = [handle for _, both in ends_and_handles(back) for handle in both]
        for (x, y), (x2, y2) in zip(handles, mirrored[::-1], strict=True):
            assert (x, y) == pytest.approx((x2, y2), abs=0.3)


class TestParse:
    def test_takes_in_edges_both_ways(self):
        edges = {"a": parse("0,0! 5,1 9,0!", {})}

        assert parse("@a 9,9", edges) == [*edges["a"], Point(9, 9)]
        assert parse("~a 9,9", edges) == [*edges["a"][::-1], Point(9, 9)]

    def test_names_a_meeting_point_once(self):
        assert parse("@a 9,0 9,9", {"a": parse("0,0 9,0!", {})}) == parse("0,0 9,0! 9,9", {})

    @pytest.mark.parametrize(
        ("text", "what"), [("@none", "no edge none"), ("5;5", "5;5 is not"), ("5", "5 is not")]
    )
    def test_says_what_it_cannot_read(self, text, what):
        with pytest.raises(BadDrawing, match=what):
            parse(text, {})


class TestFan:
    def test_spreads_strokes_from_one_guide_to_the_other(self):
        strokes = fan("0,0 10,0 20,0 | 0,8 10,8 20,8 x5", {})

        assert [stroke[1] for stroke in strokes] == [Point(10, y) for y in (0, 2, 4, 6, 8)]

    def test_passes_through_guides_between(self):
        strokes = fan("0,0 9,0 | 0,3 9,3 | 0,9 9,9 x5", {})

        assert [stroke[0].y for stroke in strokes] == [0, 1.5, 3, 6, 9]

    def test_keeps_strokes_between_the_ends_of_their_guides(self):
        strokes = fan("0,0 10,0 20,0 | 0,8 10,8 20,8 x9", {})

        assert all(0 <= s[0].x < 3 and 16 < s[-1].x <= 20 for s in strokes)
        assert len({(s[0].x, s[-1].x) for s in strokes}) > 3

    def test_refuses_a_fan_without_a_number(self):
        with pytest.raises(BadDrawing, match="number of strokes"):
            fan("0,0 1,1 | 2,2 3,3 x", {})

    def test_refuses_guides_of_different_lengths(self):
        with pytest.raises(BadDrawing, match="differ"):
            fan("0,0 1,1 | 2,2 3,3 4,4 x3", {})


class TestStroke:
    def test_of_three_points_is_a_parabola_through_the_middle(self):
        assert stroke(parse("0,0 10,5 20,0", {})) == "M0 0q10 10 20 0"

    def test_of_other_counts_is_a_curve(self):
        points = parse("0,0 5,5 10,5 20,0", {})

        assert stroke(points) == curve(points, is_closed=False, digits=0)


class TestNumbers:
    @given(st.lists(st.integers(-2000, 2000).map(lambda n: n / 10), min_size=1))
    def test_read_back_as_they_were(self, values):
        found = re.findall(r"-?(?:\d+\.\d|\.\d|\d+)", numbers(*values))

        assert [float(number) for number in found] == values

    @pytest.mark.parametrize(
        ("values", "text"),
        [((0.5, -0.5), ".5-.5"), ((-0.0, 3.0), "0 3"), ((0.04, -0.04), "0 0"), ((10.0,), "10")],
    )
    def test_waste_nothing(self, values, text):
        assert numbers(*values) == text


def ends_and_handles(path):
    """The end of each piece of a path, and its handles, in absolute coordinates."""
    numbers = re.compile(r"-?(?:\d*\.\d+|\d+)")
    command, start = "", None
    for letter, values in re.findall(r"([Mlc])([^Mlcz]*)", path):
        command, found = letter, [float(value) for value in numbers.findall(values)]
        step = {"M": 2, "l": 2, "c": 6}[command]
        for at in range(0, len(found), step):
            pairs = list(zip(found[at : at + step : 2], found[at + 1 : at + step : 2], strict=True))
            x, y = start or (0, 0)
            pairs = [(x + dx, y + dy) for dx, dy in pairs]
            start = pairs[-1]
            yield start, pairs[:-1]
