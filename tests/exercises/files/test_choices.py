"""How whoever upgrades says which side of a conflict to take."""

import pytest

from exercises.files.choices import Choices, UnknownChoice

PRESS, ROW = ("exercise", "press"), ("exercise", "row")
KNOWN = {PRESS: {"press", "arnold-press"}, ROW: {"row"}, ("muscle", "lats"): {"lats"}}


def chosen(*, theirs=(), mine=()):
    return Choices.of(KNOWN, take_theirs=theirs, keep_mine=mine)


class TestChoices:
    def test_a_slug_is_the_whole_document_by_any_slug_it_has(self):
        choices = chosen(theirs=["arnold-press"])

        assert choices.of_document(PRESS) == "theirs"
        assert choices.of_document(ROW) == "ask"

    def test_a_field_is_that_field_alone(self):
        choices = chosen(theirs=["press.safety"], mine=["press.steps"])

        assert choices.of_document(PRESS) == "ask"
        assert choices.of_fields(PRESS) == {"safety": "theirs", "steps": "mine"}

    def test_the_narrower_one_wins(self):
        choices = chosen(theirs=["all"], mine=["press", "row.cues"])

        assert choices.of_document(("muscle", "lats")) == "theirs"
        assert choices.of_document(PRESS) == "mine"
        assert choices.of_field(ROW, "cues") == "mine"
        assert choices.of_field(ROW, "safety") == "theirs"

    @pytest.mark.parametrize(
        ("what", "said"),
        [
            ("pres", r"The catalogue has no pres\. Did you mean press"),
            ("xyz", r"The catalogue has no xyz\.$"),
            ("press.safty", r"Exercise press has no safty\. Did you mean safety\?"),
            ("lats.steps", r"Muscle lats has no steps\."),
            ("all.steps", r"Muscle all has no steps\."),
            ("", r"The catalogue has no \."),
        ],
    )
    def test_what_means_nothing_is_refused(self, what, said):
        with pytest.raises(UnknownChoice, match=said):
            chosen(theirs=[what])

    def test_both_sides_of_the_same_are_refused(self):
        with pytest.raises(UnknownChoice, match=r"row can't be both"):
            chosen(theirs=["row"], mine=["row", "press"])
