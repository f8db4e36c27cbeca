"""A picture as a whole, on figures made for the test; the catalogue's are in test_catalogue."""

import re
from dataclasses import replace

import pytest

from exercises.drawing.figures.drawing import SIZE, _close_up, draw, moment, still
from exercises.drawing.figures.poses import Figure
from exercises.drawing.figures.space import Camera
from tests.exercises.drawing.figures.inspect_figures import (
    Built,
    across,
    complaints,
    hidden_heads,
    points_of,
    seats_missed,
    shown,
    travel,
)

STANDING = {"legs": {"foot": [0, 11]}, "arms": {"upper": 0, "hand": "open"}}


def figure(pose=STANDING, end=None, items=(), yaw=24.0):
    return Figure("test", yaw, 7.0, tuple(items), pose, end or pose, ("Start", "End"))


def built(*args, **kwargs):
    return Built(figure(*args, **kwargs))


def classes(svg):
    return set(re.findall(r'class="([^"]+)"', svg))


class TestDraw:
    def test_is_made_of_paths_with_classes_alone(self):
        for position in draw(figure(), {"quadriceps": "primary"}):
            assert re.sub(r'<path class="fig[a-z -]+" d="[Mlqtz\d. -]+"/>', "", position.svg) == ""

    def test_same_in_same_out(self):
        roles = {"quadriceps": "primary", "hamstrings": "secondary"}

        assert draw(figure(), roles) == draw(figure(), roles)

    def test_stays_within_its_box(self):
        wide = {**STANDING, "arms": {"upper": [0, 90], "hand": "open"}}
        for position in draw(figure(pose=wide, yaw=90), {}):
            for x, y in points_of(position.svg):
                assert 0 <= x <= SIZE
                assert 0 <= y <= SIZE

    def test_what_stands_still_stays_in_place(self):
        items = [{"kind": "box", "at": [60, 20, 0], "size": [40, 40, 40]}]
        up = {**STANDING, "arms": {"upper": 180, "hand": "open"}}
        start, end = draw(figure(end=up, items=items), {})
        [box] = re.findall(r'<path class="fig-block"[^>]+>', start.svg)

        assert box in end.svg

    def test_colours_what_works_and_nothing_else(self):
        bare, _ = draw(figure(), {})
        primary, _ = draw(figure(), {"quadriceps": "primary"})
        secondary, _ = draw(figure(), {"quadriceps": "secondary"})

        assert not any("primary" in name or "secondary" in name for name in classes(bare.svg))
        assert "fig-primary" in classes(primary.svg)
        assert "fig-secondary" in classes(secondary.svg)
        assert "fig-primary" not in classes(secondary.svg)

    def test_a_muscle_on_the_back_shows_from_behind_only(self):
        front, _ = draw(figure(yaw=90), {"rhomboids": "primary"})
        back, _ = draw(figure(yaw=-90), {"rhomboids": "primary"})

        assert "fig-primary" not in classes(front.svg)
        assert "fig-primary" in classes(back.svg)

    def test_far_limbs_are_of_another_tone(self):
        side, _ = draw(figure(yaw=0), {})
        front, _ = draw(figure(yaw=90), {})

        assert "fig-fill fig-far" in classes(side.svg)
        assert "fig-fill fig-far" not in classes(front.svg)

    @pytest.mark.parametrize(("yaw", "hidden"), [(90, False), (-90, True)])
    def test_a_bar_before_the_chest_is_hidden_from_behind(self, yaw, hidden):
        pose = {**STANDING, "arms": {"at": [20, 120], "wide": 20}}
        start, _ = draw(figure(pose, items=[{"kind": "barbell", "at": "hands"}], yaw=yaw), {})
        bar, skin = start.svg.rfind("fig-bar"), start.svg.find('class="fig-hair"')

        assert (bar < skin) == hidden

    def test_weights_on_the_far_side_are_paler(self):
        bar = [{"kind": "barbell", "at": [20, 120, 0]}]

        assert "fig-iron fig-far" in classes(draw(figure(items=bar), {})[0].svg)
        assert "fig-iron fig-far" not in classes(draw(figure(items=bar, yaw=90), {})[0].svg)

    def test_shorts_lie_under_the_colour_of_what_works(self):
        start, _ = draw(figure(yaw=-35), {"gluteus-maximus": "primary"})

        assert 0 < start.svg.find("fig-cloth") < start.svg.find("fig-primary")

    def test_a_kettlebell_leaves_room_for_a_hand(self):
        pose = {**STANDING, "arms": {"upper": 0, "hand": "fist"}}
        bell = [{"kind": "kettlebell", "at": "right_hand"}]
        pieces = moment(figure(pose, items=bell), "start", {}).props[0].pieces
        [handle] = [piece.outlines[0] for piece in pieces if piece.css == "fig-handle"]
        [ball] = [piece.outlines[0] for piece in pieces if piece.css == "fig-iron"]

        assert min(y for _, y in ball) - min(y for _, y in handle) > 7

    def test_a_bent_hip_does_not_tear_the_buttock(self):
        """The muscle's outline, once round it, keeps turning one way on the whole."""
        pose = {**STANDING, "hips": [0, 95], "lean": 90, "legs": {"thigh": 0, "shin": 0}}
        pieces = moment(figure(pose, yaw=-35), "start", {"gluteus-maximus": "primary"}).pieces
        patches = [p.outlines[0] for p in pieces if p.css == "fig-primary"]

        assert max(area(patch) for patch in patches) > 250


def area(points):
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


class TestCloseUp:
    pose = {**STANDING, "right_arm": {"upper": 0, "fore": 90, "hand": "open"}}

    def test_shows_what_it_is_about_and_little_else(self):
        whole, _ = draw(figure(self.pose), {})
        near, _ = draw(replace(figure(self.pose), zoom=("right_hand", 60)), {})

        assert near.svg.count("M") < 0.7 * whole.svg.count("M")
        assert near.box == "0 0 200 200"

    def test_has_its_place_in_the_middle(self):
        zoomed = replace(figure(self.pose), zoom=("right_hand", 60))
        one = moment(zoomed, "start", {})
        x, y = Camera(24.0, 7.0).project(one.body.anchors()["right_hand"])
        sheet = _close_up(zoomed, [one], SIZE)

        assert sheet.placed([(x, y), (x + 30, y)]) == [
            pytest.approx((1000, 1000)),
            pytest.approx((2000, 1000)),
        ]

    def test_its_still_is_one_too(self):
        near = still(replace(figure(self.pose), zoom=("right_hand", 60)), {})

        assert near.count("M") < still(figure(self.pose), {}).count("M")


class TestBox:
    def test_is_as_high_as_what_is_drawn(self):
        lying = {**STANDING, "hips": [0, 12], "lean": -90, "legs": {"thigh": 90, "shin": 90}}
        start, end = draw(figure(lying), {})
        ys = [y for position in (start, end) for _, y in points_of(position.svg)]

        assert start.is_wide
        assert start.box == end.box
        assert start.top <= min(ys)
        assert max(ys) <= start.top + start.height

    def test_is_square_for_who_stands(self):
        start, _ = draw(figure(), {})

        assert not start.is_wide


class TestStill:
    def test_is_light_and_whole(self):
        svg = still(figure(), {"quadriceps": "primary"})

        assert "." not in svg
        assert "fig-primary" in classes(svg)
        assert "fig-fibre" not in svg
        assert len(svg) < len(draw(figure(), {})[1].svg)


class TestInspection:
    """The inspection of the catalogue's figures would notice these."""

    def said(self, pose, **rest):
        return " ".join(complaints(built({**STANDING, **pose}, **rest)))

    def test_has_nothing_to_say_of_a_good_one(self):
        assert complaints(built()) == []

    def test_a_bar_out_of_reach(self):
        bar = [{"kind": "high-bar", "at": [0, 260, 0]}]
        said = self.said({"arms": {"at": [0, 260], "wide": 20}}, items=bar)

        assert "a right limb ends" in said
        assert "the right fist holds nothing" in said

    def test_a_hand_beside_its_bar(self):
        bar = [{"kind": "barbell", "at": [30, 90, 0]}]

        assert "holds nothing" in self.said({"arms": {"at": [20, 90], "wide": 20}}, items=bar)
        assert self.said({"arms": {"at": [30, 90], "wide": 20}}, items=bar) == ""

    def test_feet_in_the_floor(self):
        assert "below the floor" in self.said({"hips": [0, 85], "legs": {"thigh": 0}})

    def test_a_figure_in_the_air(self):
        assert "nothing carries the body" in self.said({"hips": [0, 130], "legs": {"thigh": 0}})

    def test_a_seat_that_is_missed(self):
        seat = [{"kind": "pad", "at": [0, 41, 0], "size": [40, 6, 40]}]
        seated = {**STANDING, "legs": {"thigh": 90, "shin": 0}}

        assert seats_missed(built({**seated, "hips": [0, 66]}, items=seat))
        assert seats_missed(built({**seated, "hips": [0, 55]}, items=seat)) == []

    def test_a_plate_before_the_head(self):
        plate = [{"kind": "plate", "at": ["head", 12, 8, 20], "lies": "across"}]

        assert hidden_heads(built(items=plate), at_most=0.25)
        assert hidden_heads(built(), at_most=0.25) == []

    def test_a_muscle_that_an_arm_hides(self):
        free = {**STANDING, "arms": {"upper": 180, "hand": "open"}}

        assert shown(figure(free, yaw=0), "obliques") > shown(figure(yaw=0), "obliques") + 20

    def test_positions_that_hardly_differ(self):
        assert travel(built()) == 0
        assert travel(built(end={**STANDING, "arms": {"upper": 180, "hand": "open"}})) > 60

    def test_what_moves_towards_the_eye_or_not_at_all(self):
        raised = {**STANDING, "arms": {"upper": 90, "hand": "open"}}

        assert across(built()) == 0
        assert across(built(end=raised, yaw=90)) < across(built(end=raised, yaw=0))

    def test_feet_that_turn_about_the_ankle_are_seen_moving(self):
        hung = {**STANDING, "legs": {"thigh": 0, "shin": 0, "point": -20}}

        assert across(built(hung, {**hung, "legs": {**hung["legs"], "point": 40}}, yaw=0)) > 0.9

    def test_a_bone_that_stretched(self, monkeypatch):
        monkeypatch.setattr("exercises.drawing.figures.skeleton.THIGH", 50.0)

        assert "the right thigh is 50.00 cm" in self.said({})
