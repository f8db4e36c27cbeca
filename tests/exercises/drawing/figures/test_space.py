from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.drawing.figures.space import Camera, Frame, Joint, Vec, direction

numbers = st.floats(-100, 100)
points = st.builds(Vec, numbers, numbers, numbers)


class TestDirection:
    @pytest.mark.parametrize(
        ("angle", "expected"),
        [(0, (0, -1)), (90, (1, 0)), (180, (0, 1)), (-90, (-1, 0))],
    )
    def test_hangs_at_0_and_reaches_forward_at_90(self, angle, expected):
        assert (direction(angle).x, direction(angle).y) == pytest.approx(expected, abs=1e-9)

    def test_out_leans_to_the_side_of_the_limb(self):
        assert direction(0, 30, 1).z == pytest.approx(0.5)
        assert direction(0, 30, -1).z == pytest.approx(-0.5)


class TestFrame:
    upright = Frame(Vec(0, 0), Vec(0, 1), Vec(1, 0))

    def test_right_is_on_the_right(self):
        assert self.upright.right == Vec(0, 0, 1)

    def test_flexes_forward_twists_and_bends_to_the_right(self):
        assert self.upright.turned(flex=90).up.x == pytest.approx(1)
        assert self.upright.turned(twist=90).front.z == pytest.approx(1)
        assert self.upright.turned(side=90).up.z == pytest.approx(1)


class TestCamera:
    def test_sees_the_right_side_at_0_and_the_front_at_90(self):
        ahead = Vec(10, 0, 0)

        assert Camera(0, 0).project(ahead) == pytest.approx((10, 0))
        assert Camera(90, 0).depth(ahead) == pytest.approx(10)
        assert Camera(-90, 0).depth(ahead) == pytest.approx(-10)

    def test_paper_counts_down(self):
        assert Camera(0, 0).project(Vec(0, 7)) == pytest.approx((0, -7))


class TestJoint:
    @given(root=points, goal=points, pole=points)
    def test_bones_keep_their_length(self, root, goal, pole):
        joint = Joint.solve(root, goal, (31, 33), pole)

        assert isclose((joint.middle - root).length, 31, rel_tol=1e-6)
        assert isclose((joint.end - joint.middle).length, 33, rel_tol=1e-3)

    @given(root=points, pole=points, share=st.floats(0.1, 0.99))
    def test_reaches_what_is_in_reach(self, root, pole, share):
        joint = Joint.solve(root, root + Vec(64 * share, 0), (31, 33), pole)

        assert joint.short_by < 0.01

    def test_falls_short_instead_of_stretching(self):
        joint = Joint.solve(Vec(0, 0), Vec(100, 0), (31, 33), Vec(0, -1))

        assert joint.short_by == pytest.approx(36, abs=0.01)

    def test_bends_to_its_pole(self):
        assert Joint.solve(Vec(0, 0), Vec(40, 0), (31, 33), Vec(0, -1)).middle.y < 0
        assert Joint.solve(Vec(0, 0), Vec(40, 0), (31, 33), Vec(0, 1)).middle.y > 0
