"""SVG paths as points and pixels."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.drawing.curves import Point, curve
from exercises.drawing.painting import Canvas, polylines, tokens

places = st.builds(Point, st.integers(-300, 300), st.integers(0, 800))


class TestPolylines:
    @pytest.mark.parametrize(
        "data",
        [
            "M0 0l10 0 0 10-10 0z",
            "M0 0L10 0 10 10 0 10Z",
            "M0 0h10v10h-10z",
            "M0 0H10V10H0Z",
        ],
    )
    def test_of_a_square(self, data):
        assert polylines(data) == [[(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]]

    def test_reads_numbers_that_run_together(self):
        assert polylines("M1-2l.5.5-.25 1") == [[(1, -2), (1.5, -1.5), (1.25, -0.5)]]

    def test_has_a_list_for_each_part(self):
        assert polylines("M0 0l1 1M5 5l1 1") == [[(0, 0), (1, 1)], [(5, 5), (6, 6)]]

    @pytest.mark.parametrize("data", ["M0 0c0 10 10 10 10 0", "M0 0q5 10 10 0"])
    def test_of_a_curve_ends_where_it_ends_and_bulges_between(self, data):
        [line] = polylines(data)

        assert (line[0], line[-1]) == ((0, 0), (10, 0))
        assert max(y for _, y in line) == pytest.approx(7.5 if "c" in data else 5)

    @pytest.mark.parametrize(
        ("short", "long"),
        [
            ("M0 0c0 5 5 5 5 0s5-5 5 0", "M0 0c0 5 5 5 5 0c0-5 5-5 5 0"),
            ("M0 0q5 5 10 0t10 0", "M0 0q5 5 10 0q5-5 10 0"),
        ],
    )
    def test_mirrors_the_handle_before(self, short, long):
        assert polylines(short) == polylines(long)

    @given(st.lists(places, min_size=2, max_size=12, unique=True), st.booleans())
    def test_go_through_all_points_that_a_curve_is_made_of(self, points, is_closed):
        [line] = polylines(curve(points, is_closed=is_closed))

        for point in points:
            assert min(dist(point[:2], place) for place in line) < 0.2


class TestCanvas:
    def test_paints_in_the_units_of_the_drawing(self):
        canvas = Canvas((20, 10), (-10, 0, 20, 10), "#ffffff")

        canvas.fill("M-10 0h10v10h-10z", "#ff0000")

        picture = canvas.picture()
        assert picture.size == (20, 10)
        assert picture.getpixel((4, 5)) == (255, 0, 0)
        assert picture.getpixel((15, 5)) == (255, 255, 255)

    def test_smooths_edges(self):
        canvas = Canvas((10, 10), (0, 0, 10, 10), "#ffffff")

        canvas.fill("M0 0l10 10h-10z", "#000000")

        assert 0 < canvas.picture().getpixel((5, 5))[0] < 255

    def test_draws_lines_as_wide_as_they_are(self):
        canvas = Canvas((10, 10), (0, 0, 10, 10), "#ffffff")

        canvas.line("M0 5h10", "#000000", 2)

        column = [canvas.picture().getpixel((5, y))[0] for y in range(10)]
        assert 1.5 <= sum(255 - grey for grey in column) / 255 <= 2.5

    def test_keeps_within_a_path(self):
        canvas = Canvas((10, 10), (0, 0, 10, 10), "#000000")

        canvas.keep_within("M0 0h5v10h-5z", "#ffffff")

        assert canvas.picture().getpixel((2, 5)) == (0, 0, 0)
        assert canvas.picture().getpixel((8, 5)) == (255, 255, 255)


def test_colours_are_those_of_the_site_in_the_light():
    assert tokens()["paper"] == "#f7f1e5"
    assert tokens()["on-madder"] == "#fffaf2"
