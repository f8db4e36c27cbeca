from math import hypot

import pytest

from exercises.drawing.figures.outline import (
    Area,
    Ball,
    dense,
    hull,
    runs_outside,
    sweep,
    turned_one_way,
)
from exercises.drawing.figures.space import Camera, Vec

SIDE = Camera(0, 0)
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


class TestSweep:
    def test_is_as_thick_as_its_balls(self):
        outline = sweep([Ball(Vec(0, 0), 5), Ball(Vec(0, 20), 3), Ball(Vec(0, 40), 2)], SIDE)

        assert min(y for _, y in outline) == pytest.approx(-42, abs=0.2)
        assert max(y for _, y in outline) == pytest.approx(5, abs=0.2)
        assert max(x for x, _ in outline) == pytest.approx(5, abs=0.6)

    def test_seen_from_its_end_is_the_thickest_ball(self):
        balls = [Ball(Vec(0, 0, 0), 5), Ball(Vec(0, 0, 40), 2)]

        assert all(hypot(*point) == pytest.approx(5, abs=0.1) for point in sweep(balls, SIDE))

    def test_ellipsoids_keep_their_proportions(self):
        flat = Ball(Vec(0, 0), axes=(Vec(9, 0), Vec(0, 3), Vec(0, 0, 1)))
        outline = hull([flat], SIDE)

        assert max(x for x, _ in outline) == pytest.approx(9)
        assert max(y for _, y in outline) == pytest.approx(3)


class TestArea:
    def test_holds_what_is_within(self):
        area = Area.of(SQUARE)

        assert (5, 5) in area
        assert (11, 5) not in area
        assert (5, -1) not in area

    def test_holds_nothing_in_its_bays(self):
        bay = Area.of([(0, 0), (10, 0), (10, 10), (5, 1), (0, 10)])

        assert (5, 5) not in bay
        assert (1, 5) in bay

    def test_says_it_of_many_points_at_once(self):
        assert Area.of(SQUARE).holds([(5, 5), (11, 5), (5, 10.5)]) == [True, False, False]


class TestRuns:
    def test_ends_where_the_line_is_hidden(self):
        runs = runs_outside(dense(SQUARE), lambda points: [x > 6 for x, _ in points])

        assert len(runs) == 1
        assert runs[0][0][0] == pytest.approx(6, abs=0.1)
        assert runs[0][-1][0] == pytest.approx(6, abs=0.1)

    def test_is_closed_where_nothing_is_hidden(self):
        [run] = runs_outside(SQUARE, lambda points: [False] * len(points))

        assert run == [*SQUARE, SQUARE[0]]

    def test_is_empty_where_all_is_hidden(self):
        assert runs_outside(SQUARE, lambda points: [True] * len(points)) == []


def test_outlines_all_turn_one_way():
    assert turned_one_way(SQUARE) == SQUARE
    assert turned_one_way(SQUARE[::-1]) == SQUARE
