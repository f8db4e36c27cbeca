from datetime import date

import pytest

from tests.factories import AliasFactory, ExerciseFactory, log
from workouts.completion import complete
from workouts.own_exercises import make_own_exercise, names_of

pytestmark = pytest.mark.usefixtures("catalogue")


def completions(user, typed, **options):
    return complete(typed, athlete=user.athlete, index=names_of(user), **options)


def completed(user, typed, **options):
    return [each.name for each in completions(user, typed, **options)]


class TestOrder:
    def test_is_what_is_most_like_it_for_whoever_is_new(self, alice):
        assert completed(alice, "pull") == ["Pull-up", "Assisted pull-up", "Weighted pull-up"]

    def test_begins_with_what_was_done_last(self, alice):
        log(alice, "Assisted pull-up: -20 kg x 5", on=date(2026, 11, 1))
        log(alice, "Weighted pull-up: +10 kg x 5", on=date(2026, 11, 2))

        assert completed(alice, "pull") == ["Weighted pull-up", "Assisted pull-up", "Pull-up"]

    def test_has_favourites_behind_what_was_done(self, alice, catalogue):
        alice.athlete.favourites.create(exercise=catalogue["assisted_bodyweight"])
        log(alice, "Weighted pull-up: +10 kg x 5")

        assert completed(alice, "pull") == ["Weighted pull-up", "Assisted pull-up", "Pull-up"]

    def test_begins_with_what_is_called_just_that(self, alice):
        log(alice, "Weighted pull-up: +10 kg x 5")

        assert completed(alice, "pull-up")[:2] == ["Pull-up", "Weighted pull-up"]

    def test_of_what_is_alike_has_first_what_people_mean_most(self, alice):
        ExerciseFactory(name="Cable squat")
        ExerciseFactory(name="Front squat", slug="front-squat")

        assert completed(alice, "squat") == ["Front squat", "Cable squat"]

    def test_is_nothing_of_anothers(self, alice, charlie):
        make_own_exercise(owner=charlie, name="Secret pull")
        log(charlie, "Assisted pull-up: -20 kg x 5")

        assert completed(alice, "pull") == ["Pull-up", "Assisted pull-up", "Weighted pull-up"]
        assert completed(alice, "secret") == []

    def test_has_at_most_eight(self, alice):
        for number in range(12):
            ExerciseFactory(name=f"Curl {'i' * number}v")

        assert len(completed(alice, "curl")) == 8


class TestNames:
    def test_may_be_half_typed_or_misspelt(self, alice):
        assert completed(alice, "bent b") == ["Bent-over barbell row"]
        assert completed(alice, "dumbel rwo") == ["Dumbbell row"]
        assert completed(alice, "plnak") == ["Plank"]

    def test_say_by_which_other_name_they_were_found(self, alice, catalogue):
        AliasFactory(exercise=catalogue["external"], name="Pendlay")
        alice.athlete.own_names.create(
            exercise=catalogue["bodyweight"], name="Klimmzug", key="klimmzug"
        )

        assert [(each.name, each.also) for each in completions(alice, "pendl")] == [
            ("Bent-over barbell row", "Pendlay")
        ]
        assert [(each.name, each.also) for each in completions(alice, "klimm")] == [
            ("Pull-up", "Klimmzug")
        ]
        assert [(each.name, each.also) for each in completions(alice, "bent")] == [
            ("Bent-over barbell row", "")
        ]

    def test_lead_where_the_log_takes_them(self, alice, catalogue):
        """An own exercise of about the same name takes the catalogue's place."""
        mine = ExerciseFactory(name="pull ups", owner=alice)
        AliasFactory(exercise=catalogue["bodyweight"], name="Strict pull")

        assert names_of(alice).find("Pull-up") == mine
        assert "Pull-up" not in completed(alice, "strict pull")
        assert completed(alice, "pull")[0] == "pull ups"

    @pytest.mark.parametrize("typed", ["zzyzx", "8, 8, 6", "\ud800", "x" * 5000])
    def test_are_none_for_what_is_like_nothing(self, alice, typed):
        assert completed(alice, typed) == []


class TestNothingTyped:
    def test_offers_what_is_the_athletes_then_what_is_meant_most(self, alice, catalogue):
        ExerciseFactory(name="Back squat", slug="back-squat")
        alice.athlete.favourites.create(exercise=catalogue["per_hand"])
        log(alice, "Plank: 60 s\nPull-up: 8")

        names = ["Plank", "Pull-up", "Dumbbell row", "Back squat"]
        assert completed(alice, " ") == names


class TestLastTime:
    def test_is_with_each_that_was_done(self, alice):
        log(alice, "Pull-up: 8, 8, 6 @9", on=date(2026, 11, 20))

        done, *others = completions(alice, "pull")

        assert (done.last.text, done.last.day) == ("8, 8, 6 @9", date(2026, 11, 20))
        assert [each.last for each in others] == [None, None]

    @pytest.mark.parametrize("count", [2, 40])
    def test_costs_two_queries(self, alice, django_assert_num_queries, count):
        for number in range(count):
            ExerciseFactory(name=f"Curl {number}a")
            log(alice, f"Curl {number}a: 20 kg x 8")
        index = names_of(alice)

        with django_assert_num_queries(2):
            complete("curl", athlete=alice.athlete, index=index)
