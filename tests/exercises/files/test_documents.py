"""Fixture files and documents say the same, both ways."""

import pytest
from django.conf import settings

from exercises.files.documents import BadFile, read_folder, read_text, write_files, write_text

FOLDER = settings.BASE_DIR / "fixtures"


class TestFiles:
    def test_are_written_as_they_were_read(self):
        files = write_files(read_folder(FOLDER))

        paths = [*FOLDER.glob("*.yaml"), *FOLDER.glob("exercises/*.yaml")]
        there = {str(path.relative_to(FOLDER)): path.read_text() for path in paths}
        assert files == there

    def test_a_document_survives_awkward_text(self):
        (pull_up,) = read_text((FOLDER / "exercises/pull-up.yaml").read_text(), name="pull-up.yaml")
        text = "Two: lines\n# not a comment\n'quoted' \"twice\" – dashes, {braces}, @at, 1.0\n"
        fields = {**pull_up.fields, "summary": text, "steps": [text, "yes", "- no", " spaces "]}
        awkward = type(pull_up)("exercise", "pull-up", fields)

        assert read_text(write_text([awkward], heading="Awkward"), name="x.yaml") == [awkward]

    def test_from_before_a_field_say_nothing_of_it(self):
        file = FOLDER / "exercises" / "pull-up.yaml"
        text = file.read_text(encoding="utf-8").replace("    implements: 1\n", "")

        [document] = read_text(text, name="old.yaml")

        assert "implements" not in document.fields
        assert document.fields["implements_one_side"] == 1
        assert "implements: 1\n" not in write_text([document], heading="Old")


class TestBadFiles:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("- model: [", "not readable as YAML"),
            ("- just text", "form of a catalogue file"),
            ("- model: exercises.exercise", "form of a catalogue file"),
            (
                "- model: exercises.step\n  fields: {exercise: [a], position: 1, text: t}",
                "rows of a without",
            ),
        ],
    )
    def test_are_refused_by_name(self, text, what):
        with pytest.raises(BadFile, match=f"bad.yaml.*{what}"):
            read_text(text, name="bad.yaml")
