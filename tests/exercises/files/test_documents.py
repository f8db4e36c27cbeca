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


STEP = "- model: exercises.step\n  fields: {exercise: [a], position: 1, text: t}"
SOURCE = "- model: exercises.source\n  fields:\n    key: gray\n"


class TestBadFiles:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("a: 1", " needs a list of rows, not a mapping."),
            ("12", " needs a list of rows, not a number (12)."),
            ("- just text", ", row 1 is a text (just text), not a model with fields."),
            ("- []", ", row 1 is a list, not a model with fields."),
            (
                "- a: 1\n  day: 2026-13-01",
                ", line 2 is not readable as YAML: there is no day or number 2026-13-01.",
            ),
            ("- 0x_", ", line 1 is not readable as YAML: there is no day or number 0x_."),
            (
                "- model: auth.user",
                ", line 1, model: a text (auth.user) is none of exercises.source,"
                " exercises.equipment, exercises.muscle, exercises.exercise, exercises.formerslug,"
                " exercises.formermuscleslug, exercises.formerequipmentslug, exercises.step,"
                " exercises.target, exercises.alias.",
            ),
            (
                "\n- model: exercises.exercise",
                ", line 2, fields: they are missing.",
            ),
            (
                "- model: exercises.exercise\n  fields: none",
                ", line 2, fields: a mapping is needed, not a text (none).",
            ),
            (
                "- model: exercises.exercise\n  fields:\n    name: X",
                ", line 3, slug of this exercise: it is missing.",
            ),
            (
                "- model: exercises.exercise\n  fields: {name: X,\n    slug: 12}",
                ", line 3, slug of this exercise: a text is needed, not a number (12).",
            ),
            (STEP, ", line 2, exercise of this step: there is no exercise a in the file."),
            (
                STEP.replace("[a]", "a"),
                ", line 2, exercise of this step: a slug in brackets, [some-slug], is needed, not a"
                " text (a).",
            ),
            (
                "- model: exercises.muscle\n  fields:\n    slug: lats\n    sources: [gray]",
                ", line 4, sources of muscle lats: a slug in brackets, [some-slug], is needed, not"
                " a text (gray).",
            ),
            (
                "- model: exercises.muscle\n  fields:\n    slug: lats\n    sources: gray",
                ", line 4, sources of muscle lats: a list such as [[some-slug]] is needed, not a"
                " text (gray).",
            ),
            (SOURCE * 2, " has source gray twice, lines 3 and 6."),
        ],
    )
    def test_are_refused_in_words_with_their_place(self, text, what):
        with pytest.raises(BadFile) as refused:
            read_text(text, name="bad.yaml")

        assert str(refused.value) == f"bad.yaml{what}"

    def test_that_are_no_yaml_are_refused_with_the_line(self):
        with pytest.raises(BadFile, match=r"^bad\.yaml, line 3 is not readable as YAML: [^\n]*$"):
            read_text("- model: x\n  fields: [\n", name="bad.yaml")

    @pytest.mark.parametrize("role", ["1", "[a]", "null", "{a: b}", "true"])
    def test_that_have_another_kind_of_value_in_a_part_are_refused(self, role):
        main = "- model: exercises.exercise\n  fields: {slug: a}\n"
        target = "- model: exercises.target\n  fields:\n    exercise: [a]\n    muscle: [lats]\n"

        with pytest.raises(BadFile, match=r"^bad\.yaml, line 8, role of this target: a text is"):
            read_text(f"{main}{target}    position: 1\n    role: {role}", name="bad.yaml")
