"""Two versions side by side."""

from hypothesis import given
from hypothesis import strategies as st

from exercises.files.differences import Passage, as_text, differences


def changed(pieces):
    return [piece.text for piece in pieces if piece.is_changed]


class TestDifferences:
    def test_lists_only_the_fields_that_differ(self):
        found = differences(
            {"summary": "Pull.", "level": "beginner", "cues": "Chest up"},
            {"summary": "Pull.", "level": "advanced", "cues": ""},
        )

        assert [(each.name, each.label) for each in found] == [
            ("level", "Level"),
            ("cues", "Cues"),
        ]

    def test_marks_the_words_that_differ(self):
        [found] = differences(
            {"summary": "Pull the bar to your chin."}, {"summary": "Pull the bar to your chest."}
        )

        assert (changed(found.before), changed(found.after)) == (["chin"], ["chest"])

    def test_shows_what_was_added_beside_nothing(self):
        [found] = differences({"safety": ""}, {"safety": "Stop if it hurts."})

        assert found.before == ()
        assert found.after == (Passage("Stop if it hurts.", is_changed=True),)

    def test_reads_lists_one_item_a_line(self):
        [steps, targets] = differences(
            {"steps": ["Hang.", "Pull."], "targets": [["lats", "primary"]]},
            {"steps": ["Hang.", "Lower."], "targets": [["lats", "secondary"]]},
        )

        assert "".join(piece.text for piece in steps.after) == "Hang.\nLower."
        assert (changed(targets.before), changed(targets.after)) == (["primary"], ["secondary"])

    def test_shows_fields_that_only_the_older_version_has(self):
        [found] = differences({"old_name": "x"}, {})

        assert (found.label, found.after) == ("Old name", ())

    @given(st.text(), st.text())
    def test_loses_no_letter(self, before, after):
        for found in differences({"text": before}, {"text": after}):
            assert "".join(piece.text for piece in found.before) == before
            assert "".join(piece.text for piece in found.after) == after


class TestAsText:
    def test_speaks_plainly(self):
        assert [as_text(value) for value in (None, True, False, 3, "a")] == [
            "",
            "yes",
            "no",
            "3",
            "a",
        ]
