import pytest

from exercises.drawing.figures import muscles
from exercises.drawing.figures.body import Ring
from exercises.drawing.figures.drawing import moment
from exercises.drawing.figures.outline import Area, dense
from exercises.drawing.figures.poses import Figure
from exercises.drawing.figures.space import Camera, Vec

FRONT, BACK = Camera(90, 0), Camera(-90, 0)


def post(at):
    """A round post that stands upright."""
    return Ring(Vec(0, at), Vec(10, 0, 0), Vec(0, 0, 10))


class TestSeen:
    chest = ((30, 5, 60), (35, 5, 70), (40, 5, 60))

    def test_faces_the_camera_or_is_not_there(self):
        assert muscles.seen(self.chest, post, 1, FRONT)
        assert muscles.seen(self.chest, post, 1, BACK) is None

    def test_lies_on_its_side(self):
        right = muscles.seen(self.chest, post, 1, FRONT)
        left = muscles.seen(self.chest, post, -1, FRONT)

        assert all(x < 0 for x, _ in right.outline)
        assert [(-x, y) for x, y in left.outline] == [
            pytest.approx(point) for point in right.outline
        ]

    def test_stays_within_the_skin(self):
        patch = muscles.seen(((0, -90, 90), (20, -90, 90)), post, 1, FRONT)

        assert max(abs(x) for x, _ in patch.outline) < 10

    def test_half_hidden_ends_at_the_edge(self):
        patch = muscles.seen(((0, 45, 135), (20, 45, 135)), post, 1, FRONT)

        assert min(x for x, _ in patch.outline) == pytest.approx(-9.5, abs=0.05)


class TestSkin:
    square = muscles.Skin([Area.of([(-10, -10), (10, -10), (10, 10), (-10, 10)])])

    def test_draws_in_what_sticks_out(self):
        [(x, y)] = self.square.clipped([(15.0, 2.0)], [(0.0, 2.0)])

        assert 8.5 < x < 10
        assert y == 2

    def test_leaves_what_is_within(self):
        assert self.square.clipped([(5.0, 2.0)], [(0.0, 0.0)]) == [(5.0, 2.0)]


class TestFan:
    """A pectoral gathers from the breastbone to the arm, and is no slab."""

    def test_narrows_towards_the_arm(self):
        pose = {"legs": {"foot": [0, 11]}, "arms": {"upper": [0, 80], "hand": "open"}}
        figure = Figure("test", 90.0, 0.0, (), pose, pose, ("Start", "End"))
        pieces = moment(figure, "start", {"pectoralis-major-sternal": "primary"}).pieces
        outlines = [o for piece in pieces if piece.css == "fig-primary" for o in piece.outlines]
        outline = max(outlines, key=lambda points: max(x for x, _ in points))
        left, right = min(x for x, _ in outline), max(x for x, _ in outline)

        def height(share):
            near = [y for x, y in dense(outline) if abs(x - left - (right - left) * share) < 1.5]
            return max(near) - min(near)

        assert height(0.85) < 0.6 * height(0.2)


class TestCap:
    axes = (Vec(10, 0), Vec(0, 10), Vec(0, 0, 10))

    def test_covers_the_side_that_it_is_on(self):
        behind = (-1.0, 0.0, 0.0), 0.2

        assert muscles.cap(Vec(0, 0), self.axes, *behind, FRONT) == []
        assert len(muscles.cap(Vec(0, 0), self.axes, *behind, BACK)) > 10

    def test_half_a_ball_from_the_side(self):
        outline = muscles.cap(Vec(0, 0), self.axes, (-1.0, 0.0, 0.0), 0.0, Camera(0, 0))

        assert max(x for x, _ in outline) < 1
        assert min(x for x, _ in outline) == pytest.approx(-10, abs=0.2)
