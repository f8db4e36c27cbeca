import pytest

from exercises.drawing.figures import muscles
from exercises.drawing.figures.body import Ring
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
