import re

import pytest

from exercises.drawing.figures.svg import Piece, ViewBox, path
from tests.exercises.drawing.figures.inspect_figures import points_of

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


class TestPath:
    def test_corners_are_straight_and_relative(self):
        piece = Piece("box", (SQUARE,), 0, straight=True)

        assert path(piece, ViewBox(1, 0, 0)) == '<path class="box" d="M0 0l10 0 0 10-10 0z"/>'

    def test_scales_and_moves(self):
        piece = Piece("box", (((1, 2), (3, 2)),), 0, closed=False, straight=True)

        assert path(piece, ViewBox(2, 1, 1)) == '<path class="box" d="M0 2l4 0"/>'

    def test_curves_pass_through_the_middles_between_their_points(self):
        drawn = path(Piece("skin", (SQUARE,), 0), ViewBox(1, 0, 0))

        assert drawn == '<path class="skin" d="M5 0q5 0 5 5t-5 5-5-5 5-5z"/>'

    def test_curves_of_many_points_hardly_leave_them(self):
        circle = tuple((40 + 30 * x, 40 + 30 * y) for x, y in RING)

        for x, y in ends_of(path(Piece("skin", (circle,), 0), ViewBox(1, 0, 0))):
            assert ((x - 40) ** 2 + (y - 40) ** 2) ** 0.5 == pytest.approx(29, abs=0.1)

    def test_open_line_of_three_points_bends_and_ends_at_its_end(self):
        line = ((0.0, 0.0), (5.0, 5.0), (10.0, 0.0))

        drawn = path(Piece("ink", (line,), 0, closed=False), ViewBox(1, 0, 0))

        assert drawn == '<path class="ink" d="M0 0q5 5 10 0"/>'

    def test_coarse_curves_use_whole_numbers_and_do_not_drift(self):
        circle = tuple((40 + 30 * x, 40 + 30 * y) for x, y in RING)
        drawn = path(Piece("skin", (circle,), 0), ViewBox(1, 0, 0, coarse=True))

        assert "." not in drawn
        for x, y in ends_of(drawn):
            assert ((x - 40) ** 2 + (y - 40) ** 2) ** 0.5 == pytest.approx(29.5, abs=1.8)

    def test_coarse_open_lines_end_at_their_ends(self):
        line = ((0.0, 0.0), (10.0, 5.0), (20.0, 0.0), (30.0, 7.0))
        drawn = path(Piece("ink", (line,), 0, closed=False), ViewBox(1, 0, 0, coarse=True))

        assert points_of(drawn)[0] == (0, 0)
        assert ends_of(drawn)[-1] == (30, 7)

    def test_short_coarse_lines_keep_their_corners(self):
        toes = ((0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (2.0, 5.0))
        drawn = path(Piece("ink", (toes,), 0, closed=False), ViewBox(1, 0, 0, coarse=True))

        assert points_of(drawn) == list(toes)

    def test_nothing_to_draw_is_nothing(self):
        assert path(Piece("skin", (), 0), ViewBox(1, 0, 0)) == ""


RING = [
    (1.0, 0.0), (0.87, 0.5), (0.5, 0.87), (0.0, 1.0), (-0.5, 0.87), (-0.87, 0.5),
    (-1.0, 0.0), (-0.87, -0.5), (-0.5, -0.87), (0.0, -1.0), (0.5, -0.87), (0.87, -0.5),
]  # fmt: skip


def ends_of(svg: str) -> list[tuple[float, float]]:
    """Where each step of a path ends: its handles left out."""
    points = points_of(svg)
    handle = 1 if re.search("q", svg) else None
    return [point for place, point in enumerate(points) if place != handle]
