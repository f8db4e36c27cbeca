from decimal import Decimal

import pytest

from exercises.models import Exercise
from tests.factories import ExerciseFactory
from workouts.own_exercises import BadName, make_own_exercise
from workouts.text_format import EntryText, Load, SetText

KG = {sign: Load(Decimal(20), "kg", sign) for sign in ("", "+", "-")}
NOTHING = Load(Decimal(0), "kg")
METRES = Decimal(40)


class TestLoadType:
    @pytest.mark.parametrize(
        ("sets", "load_type"),
        [
            ([SetText(reps=8)], "bodyweight"),
            ([SetText(KG[""], reps=8)], "external"),
            ([SetText(KG[""], reps=8), SetText(reps=8)], "external"),
            ([SetText(KG["+"], reps=8)], "bodyweight_plus"),
            ([SetText(reps=8), SetText(KG["+"], reps=8)], "bodyweight_plus"),
            ([SetText(KG["-"], reps=8)], "assisted_bodyweight"),
            ([SetText(KG["-"], reps=8), SetText(KG["+"], reps=8)], "external"),
            ([SetText(NOTHING, reps=8)], "external"),
            ([SetText(seconds=60)], "duration"),
            ([SetText(KG[""], seconds=60)], "weighted_duration"),
            ([SetText(metres=METRES)], "weighted_duration"),
            ([SetText(metres=METRES, seconds=60)], "weighted_duration"),
            ([SetText(reps=8, seconds=60)], "bodyweight"),
            ([SetText(reps=8), SetText(seconds=60)], "bodyweight"),
        ],
    )
    def test_is_guessed_from_how_the_sets_are_written(self, alice, sets, load_type):
        like = EntryText("Odd lift", tuple(sets))

        assert make_own_exercise(owner=alice, name="Odd lift", like=like).load_type == load_type

    def test_is_external_where_nothing_is_written(self, alice):
        assert make_own_exercise(owner=alice, name="Odd lift").load_type == "external"


class TestNames:
    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("", "needs a name"),
            ("Row: heavy", "can't contain"),
            ("3x8 row", "begin with a number"),
            ("A1 row", "superset mark"),
            ("x" * 81, "at most 80"),
            ("a\x00b", "control characters"),
            ("???", "at least one letter or number"),
        ],
    )
    def test_that_the_format_cannot_write_are_refused(self, alice, name, why):
        with pytest.raises(BadName, match=why):
            make_own_exercise(owner=alice, name=name)

        assert not alice.own_exercises.exists()

    def test_are_cleaned(self, alice):
        assert make_own_exercise(owner=alice, name="  Odd \t lift ").name == "Odd lift"

    @pytest.mark.parametrize("again", ["Odd lift", "odd-lifts", "ODD LIFT"])
    def test_the_same_again_is_the_same_exercise(self, alice, again):
        first = make_own_exercise(owner=alice, name="Odd lift")
        like = EntryText(again, (SetText(seconds=60),))

        second = make_own_exercise(owner=alice, name=again, like=like)

        assert second == first
        assert second.load_type == "external"
        assert alice.own_exercises.count() == 1

    def test_may_be_long(self, alice):
        exercise = make_own_exercise(owner=alice, name="ﬁ" * 80)

        assert Exercise.objects.get(pk=exercise.pk).name == "ﬁ" * 80

    def test_of_someone_else_are_free(self, alice, charlie):
        hers = make_own_exercise(owner=alice, name="Odd lift")

        his = make_own_exercise(owner=charlie, name="Odd lift")

        assert his != hers
        assert his.slug == hers.slug == "odd-lift"


class TestSlugs:
    def test_are_numbered_past_those_taken(self, alice):
        ExerciseFactory.create(slug="odd-lift", name="Catalogue's lift")
        names = ["Odd lift", "Odd, lift!", "Odd lift 2", "Óđđ lift"]

        slugs = [make_own_exercise(owner=alice, name=name).slug for name in names]

        assert len(set(slugs)) == len(set(alice.own_exercises.values_list("slug", flat=True)))
        assert "odd-lift" not in slugs
        assert slugs[0] == "odd-lift-2"

    def test_of_drafts_are_not_known_to_be_taken(self, alice):
        """A draft's page cannot be opened, so there is nothing to be mistaken for."""
        ExerciseFactory.create(slug="odd-lift", status="draft")

        assert make_own_exercise(owner=alice, name="Odd lift").slug == "odd-lift"

    def test_are_made_for_names_without_latin_letters(self, alice):
        first = make_own_exercise(owner=alice, name="Жим лёжа")
        second = make_own_exercise(owner=alice, name="懸垂")

        assert (first.slug, second.slug) == ("own", "own-2")


class TestOwner:
    def test_alone_sees_the_exercise(self, alice, charlie):
        exercise = make_own_exercise(owner=alice, name="Odd lift")

        assert exercise in Exercise.objects.visible_to(alice)
        assert exercise not in Exercise.objects.visible_to(charlie)
        assert exercise not in Exercise.objects.catalogue()
