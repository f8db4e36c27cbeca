"""Records of others are checked field by field, and put into our words without silent guesses."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.files.documents import BadFile, read_folder
from exercises.files.free_exercise_db import (
    EQUIPMENT,
    FORCES,
    LEVELS,
    LOADS,
    MAX_BYTES,
    MAX_RECORDS,
    MECHANICS,
    MUSCLES,
    SEVERAL,
    read_records,
    skip_reason,
    translate,
)
from exercises.models import Force, Level, LoadType, Mechanic
from tests.exercises.files.test_documents import FOLDER


def data(*rows: Any) -> bytes:
    return json.dumps(list(rows)).encode()


def record(name: str = "Odd press", **fields: Any) -> Any:
    (read,) = read_records(data({"name": name, **fields}))
    return read


class TestReading:
    def test_takes_a_list_or_one_record_and_a_byte_order_mark(self):
        one = json.dumps({"name": "Odd press"}).encode()

        assert read_records(b"\xef\xbb\xbf" + one) == read_records(b"[" + one + b"]")

    def test_keeps_what_it_knows_and_names_what_it_does_not(self):
        read = record(
            " Odd \n press ", level=None, video="x", instructions=["Sit.", "  ", "Press."]
        )

        assert (read.number, read.name, read.texts["level"]) == (1, "Odd press", "")
        assert read.lists["instructions"] == ("Sit.", "Press.")
        assert read.others == ("video",)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "It is not JSON"),
            (b"[{", "It is not JSON"),
            (b"[" * 100_000, "It is not JSON"),
            (b'{"name": ' + b"9" * 5000 + b"}", "It is not JSON"),
            (b"\xff\xfe[\x00]\x00", "It is not UTF-8: byte 1"),
            (b"null", "It holds nothing, not a list"),
            (b'"text"', "It holds a text, not a list"),
            (b"[1]", "Record 1 is a number, not an exercise"),
            (b"[[]]", "Record 1 is a list"),
            (data({"name": "A"}, {}), "Record 2 has no name"),
            (data({"name": " \t"}), "Record 1 has no name"),
            (data({"name": 5}), "Record 1, name: a text is needed, not a number"),
            (data({"name": "A", "level": []}), r"Record 1 \(A\), level: a text .* not a list"),
            (data({"name": "A", "level": True}), "not yes or no"),
            (data({"name": "A", "images": "x"}), "images: a list of texts is needed, not a text"),
            (data({"name": "A", "images": {}}), "images: a list .* not an object"),
            (data({"name": "A", "instructions": ["a", 2]}), "instructions 2: a text is needed"),
            (data({"name": "A", "instructions": [None]}), "instructions 1: .* not nothing"),
            (data({"name": "A", "instructions": ["x"] * 101}), "instructions: more than 100"),
            (data({"name": "A", "instructions": ["x" * 2001]}), "more than 2,000 characters"),
            (data({"name": "A\x00B"}), "name: a character that can't be kept"),
            (data({"name": "A", "category": "\ud800"}), "category: a character that can't"),
            (data(*[{}] * (MAX_RECORDS + 1)), "more than 10,000 exercises"),
            (b" " * (MAX_BYTES + 1), "more than 20 MB"),
            (b'{"a":' * 100_000, "It is not JSON"),
            (b"9" * 100_000, "It is not JSON"),
        ],
    )
    def test_refuses_a_bad_file_by_record_and_field(self, content, why):
        with pytest.raises(BadFile, match=why):
            read_records(content)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["name", "level", "images", "x"]), inner, max_size=3
                )
            ),
            max_leaves=8,
        )
    )
    def test_any_json_is_read_or_refused(self, value):
        records = []

        with suppress(BadFile):
            records = read_records(json.dumps(value).encode())

        for each in records:
            assert skip_reason(each) or translate(each).notes


class TestSkipping:
    @pytest.mark.parametrize("category", ["stretching", "cardio", "plyometrics"])
    def test_what_is_not_resistance_training(self, category):
        assert category in skip_reason(record(category=category))

    @pytest.mark.parametrize("name", ["3/4 sit-up", "Row: heavy", "A1 row", "x" * 81, "\uff9e"])
    def test_what_no_log_could_name(self, name):
        assert "its name" in skip_reason(record(name))

    @pytest.mark.parametrize("category", ["strength", "powerlifting", "pilates", None])
    def test_nothing_else(self, category):
        assert skip_reason(record(category=category)) == ""


class TestVocabulary:
    def test_leads_to_words_that_we_have(self):
        slugs = {document.slug for document in read_folder(FOLDER)}
        several = {part for word in SEVERAL.values() for part in word.parts}
        muscles = {slug for slugs in MUSCLES.values() for slug in slugs}

        assert several | muscles | set(EQUIPMENT.values()) <= slugs
        assert set(FORCES.values()) <= set(Force.values)
        assert set(LEVELS.values()) <= set(Level.values)
        assert set(MECHANICS.values()) <= set(Mechanic.values)
        assert set(LOADS) <= set(LoadType.values)

    def test_names_only_muscles_that_count_volume(self):
        units = {
            document.slug
            for document in read_folder(FOLDER)
            if document.kind == "muscle" and document.fields["is_volume_unit"]
        }

        for word in SEVERAL.values():
            assert set(word.otherwise) <= set(word.parts) <= units
        assert {slug for found in MUSCLES.values() for slug in found} <= units


class TestMuscles:
    @pytest.mark.parametrize(
        ("name", "word", "muscles"),
        [
            ("Row", "lats", ["latissimus-dorsi"]),
            ("Row", "middle back", ["rhomboids", "middle-trapezius"]),
            ("Row", "lower back", ["erector-spinae"]),
            ("Bench press", "chest", ["pectoralis-major-sternal"]),
            ("Incline Push-Up", "chest", ["pectoralis-major-sternal"]),
            ("Incline press", "chest", ["pectoralis-major-sternal"]),
            ("Seated calf raise", "calves", ["gastrocnemius", "soleus"]),
            ("Reverse curl", "forearms", ["forearm-flexors"]),
            ("Calf raise", "calves", ["gastrocnemius", "soleus"]),
            ("Deadlift", "traps", ["upper-trapezius"]),
        ],
    )
    def test_are_taken_from_the_word_alone(self, name, word, muscles):
        translation = translate(record(name, primaryMuscles=[word]))

        assert [slug for slug, _ in translation.targets] == muscles
        assert translation.unmapped == ()

    @pytest.mark.parametrize("word", SEVERAL)
    def test_of_a_word_with_several_meanings_are_noted(self, word):
        translation = translate(record("Thing", primaryMuscles=[word]))

        assert any(f"“{word}”" in note for note in translation.notes)

    @pytest.mark.parametrize("name", ["Thing", "Rear lateral raise", "Neck flexion", "Press"])
    @pytest.mark.parametrize("word", ["shoulders", "neck", "eyelids"])
    def test_that_nothing_justifies_are_left_out(self, name, word):
        translation = translate(record(name, primaryMuscles=[word]))

        assert translation.targets == ()
        assert translation.unmapped == (("muscle", word),)

    def test_named_in_both_roles_are_primary(self):
        translation = translate(
            record(primaryMuscles=["lats"], secondaryMuscles=["lats", "biceps"])
        )

        assert translation.targets == (
            ("latissimus-dorsi", "primary"),
            ("biceps-brachii", "secondary"),
        )


class TestAnswers:
    ANSWERS = {
        ("muscle", "shoulders"): ("front-deltoid", "lateral-deltoid"),
        ("muscle", "neck"): (),
        ("equipment", "machine"): ("chest-press-machine",),
        ("equipment", "medicine ball"): (),
    }

    def test_hold_for_every_record(self):
        row = record(primaryMuscles=["shoulders"], secondaryMuscles=["neck"], equipment="machine")

        translation = translate(row, self.ANSWERS)

        assert translation.targets == (("front-deltoid", "primary"), ("lateral-deltoid", "primary"))
        assert translation.equipment == ("chest-press-machine",)
        assert translation.unmapped == ()
        assert "Muscle “neck” left out, as was answered for all." in translation.notes

    def test_may_be_to_leave_a_word_out(self):
        translation = translate(record(equipment="medicine ball"), self.ANSWERS)

        assert (translation.equipment, translation.unmapped) == ((), ())

    def test_come_before_what_we_would_have_taken(self):
        answers = {("muscle", "chest"): ("pectoralis-major-clavicular",)}

        translation = translate(record(primaryMuscles=["chest"]), answers)

        assert translation.targets == (("pectoralis-major-clavicular", "primary"),)


class TestSides:
    @pytest.mark.parametrize(
        ("name", "equipment", "laterality", "implements", "one_side"),
        [
            ("One-Arm Row", "dumbbell", "unilateral", 1, 1),
            ("Single-Arm Push Press", "kettlebells", "unilateral", 1, 1),
            ("One-Handed Hang", "body only", "unilateral", 1, 1),
            ("Single Leg Squat", "dumbbell", "unilateral", 2, 2),
            ("One-Legged Deadlift", "barbell", "unilateral", 1, 1),
            ("1-Arm Press", "dumbbell", "unilateral", 1, 1),
            ("Alternate Curl", "dumbbell", "alternating", 1, 1),
            ("Alternating Arm Press", "dumbbell", "alternating", 1, 1),
            ("Alt. Curls", "dumbbell", "alternating", 1, 1),
            ("Curl", "dumbbell", "", 2, 1),
            ("Single Dumbbell Raise", "dumbbell", "", 2, 1),
            ("Leg Press", "machine", "", 1, 1),
        ],
    )
    def test_are_taken_from_the_name(self, name, equipment, laterality, implements, one_side):
        translation = translate(record(name, equipment=equipment))

        assert translation.laterality == laterality
        assert (translation.implements, translation.implements_one_side) == (implements, one_side)
        assert (f"Sides, from the name: {laterality}." in translation.notes) == bool(laterality)
        assert ("sides, " in translation.notes[-1]) == (not laterality)


class TestLoadType:
    @pytest.mark.parametrize(
        ("equipment", "force", "load_type"),
        [
            ("body only", "pull", "bodyweight"),
            ("body only", "static", "duration"),
            ("exercise ball", None, "bodyweight"),
            ("dumbbell", "push", "per_hand"),
            ("kettlebells", "pull", "per_hand"),
            ("barbell", "push", "external"),
            ("dumbbell", "static", "weighted_duration"),
            (None, "push", "external"),
        ],
    )
    def test_is_guessed_and_the_guess_is_noted(self, equipment, force, load_type):
        translation = translate(record(equipment=equipment, force=force))

        assert translation.load_type == load_type
        assert any("Load type guessed" in note for note in translation.notes)


class TestOtherWords:
    def test_without_a_counterpart_are_left_out_and_noted(self):
        translation = translate(
            record(level="hard", force="twist", equipment="rope", category="pilates", video="x")
        )

        assert (translation.level, translation.force, translation.equipment) == ("", "", ())
        assert set(translation.unmapped) == {
            ("level", "hard"),
            ("force", "twist"),
            ("equipment", "rope"),
            ("category", "pilates"),
            ("field", "video"),
        }
        assert "Left out: level “hard”." in translation.notes

    def test_pictures_are_named_but_not_fetched(self):
        notes = translate(record(images=["a/0.jpg", "a/1.jpg"])).notes

        assert "Pictures, not fetched: a/0.jpg, a/1.jpg." in notes

    def test_kind_of_strength_training_is_noted(self):
        assert "Category: strongman." in translate(record(category="strongman")).notes
