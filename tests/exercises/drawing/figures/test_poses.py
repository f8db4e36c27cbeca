import pytest

from exercises.drawing.figures import poses
from exercises.drawing.figures.skeleton import merged


@pytest.fixture
def written(monkeypatch):
    """Puts figures in the place of those in the fixtures."""

    def write(**figures):
        found = {name.replace("_", "-"): said for name, said in figures.items()}
        monkeypatch.setattr(poses, "load", lambda: found)

    return write


class TestFigure:
    def test_end_starts_from_start(self, written):
        written(curl={"start": {"lean": 5, "arms": {"upper": 0}}, "end": {"arms": {"fore": 140}}})

        assert poses.figure("curl").end == {"lean": 5, "arms": {"upper": 0, "fore": 140}}

    def test_inherits_all_but_what_it_says(self, written):
        written(
            row={"view": "back-side", "start": {"lean": 60, "bend": 2}},
            low_row={"like": "row", "start": {"lean": 80}},
        )
        figure = poses.figure("low-row")

        assert figure.start == {"lean": 80, "bend": 2}
        assert figure.yaw == poses.VIEWS["back-side"]

    def test_machines_are_replaced_by_their_parts(self, written):
        written(
            parts_tower={"items": [{"kind": "stack", "at": [50, 0, 0]}]},
            pull={"items": [{"machine": "tower"}, {"kind": "rope"}]},
        )

        assert [item["kind"] for item in poses.figure("pull").items] == ["stack", "rope"]

    def test_items_of_one_position_join_the_others(self, written):
        written(lift={"items": [{"kind": "mat"}], "end": {"items": [{"kind": "plate"}]}})
        figure = poses.figure("lift")

        assert [item["kind"] for item in figure.items_at("start")] == ["mat"]
        assert [item["kind"] for item in figure.items_at("end")] == ["mat", "plate"]

    def test_unknown_one_says_so(self, written):
        written()

        with pytest.raises(poses.UnknownFigure, match="hover"):
            poses.figure("hover")

    def test_what_is_shared_is_no_figure(self, written):
        written(base_stance={}, parts_tower={"items": []}, squat={})

        assert poses.slugs() == ["squat"]


class TestMerged:
    def test_an_angle_drops_the_place_and_a_place_the_angle(self):
        assert merged({"at": [1, 2], "hand": "flat"}, {"upper": 5}) == {"hand": "flat", "upper": 5}
        assert merged({"thigh": 90, "shin": 0}, {"foot": [0, 9]}) == {"foot": [0, 9]}

    def test_null_takes_away(self):
        assert merged({"arms": {"upper": 0}, "lean": 3}, {"arms": None}) == {"lean": 3}

    def test_leaves_the_original_alone(self):
        base = {"arms": {"upper": 0}}
        merged(base, {"arms": {"fore": 1}})

        assert base == {"arms": {"upper": 0}}
