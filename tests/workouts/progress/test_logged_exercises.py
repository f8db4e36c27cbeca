from datetime import date

import pytest

from exercises.models import Exercise
from tests.factories import log, log_each_day
from workouts.favourites import set_favourite
from workouts.last_sets import MOST_WORKOUTS
from workouts.own_exercises import make_own_exercise, remove_own_exercise
from workouts.progress.logged_exercises import logged_exercises
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")


def named(athlete, sort="recent"):
    return [each.exercise.name for each in logged_exercises(athlete, sort=sort)]


def mark(user, name):
    exercise = Exercise.objects.get(name=name)
    set_favourite(athlete=user.athlete, exercise=exercise, is_favourite=True)
    return exercise


class TestLoggedExercises:
    def test_say_when_last_how_often_and_what(self, alice):
        log(alice, "Bent-over barbell row: 80 kg x 3", on=date(2026, 11, 1))
        log(alice, "Bent-over barbell row: 60 kg x 8, 8", on=date(2026, 11, 8))
        twice = "Bent-over barbell row: 40 kg x 8\nBent-over barbell row: 40 kg x 6"
        log(alice, twice, on=date(2026, 11, 5))

        (row,) = logged_exercises(alice.athlete, sort="recent")

        assert (row.workouts, row.last_on) == (3, date(2026, 11, 8))
        assert row.last_sets == "60 kg × 8, 8"
        assert row.best == "best est. 1RM 88.0 kg"

    @pytest.mark.parametrize(
        ("text", "best"),
        [
            ("Bent-over barbell row: 60 kg x 12", "best est. 1RM ≈ 84.0 kg"),
            ("Bent-over barbell row: 60 kg x 20", "heaviest 60 kg"),
            ("Pull-up: 8, 12", "most reps 12 reps"),
            ("Plank: 60 s", "longest 60 s"),
        ],
    )
    def test_have_the_best_that_tells_most(self, alice, text, best):
        log(alice, text)

        assert logged_exercises(alice.athlete, sort="recent")[0].best == best

    def test_are_sorted(self, alice):
        log(alice, "Pull-up: 8\nPlank: 60 s", on=date(2026, 11, 1))
        log(alice, "Pull-up: 8", on=date(2026, 11, 2))
        log(alice, "Bent-over barbell row: 60 kg x 8", on=date(2026, 11, 3))

        assert named(alice.athlete) == ["Bent-over barbell row", "Pull-up", "Plank"]
        assert named(alice.athlete, "most") == ["Pull-up", "Bent-over barbell row", "Plank"]
        assert named(alice.athlete, "name") == ["Bent-over barbell row", "Plank", "Pull-up"]

    def test_have_favourites_first_also_those_never_logged(self, alice):
        log(alice, "Pull-up: 8")
        mark(alice, "Plank")

        plank, pull_up = logged_exercises(alice.athlete, sort="recent")

        assert (plank.exercise.name, plank.is_favourite) == ("Plank", True)
        assert (plank.workouts, plank.last_on, plank.last_sets, plank.best) == (0, None, "", "")
        assert not pull_up.is_favourite

    def test_leave_out_what_nobody_can_open(self, alice):
        mark(alice, "Plank")
        Exercise.objects.filter(name="Plank").update(status="archived")

        assert named(alice.athlete) == []

    def test_have_archived_and_own_ones(self, alice):
        own = make_own_exercise(owner=alice, name="Odd lift")
        log(alice, "Odd lift: 20 kg x 5")
        remove_own_exercise(owner=alice, exercise=own)

        (row,) = logged_exercises(alice.athlete, sort="recent")

        assert (row.exercise.is_own, row.exercise.is_archived) == (True, True)

    def test_leave_out_what_is_deleted(self, alice):
        workout = log(alice, "Pull-up: 8")
        log(alice, "Plank: 60 s")
        delete_workout(athlete=alice.athlete, key=workout.pk, at=workout.started_at)

        assert named(alice.athlete) == ["Plank"]

    def test_say_the_day_of_what_is_far_back(self, alice):
        log(alice, "Plank: 60 s", on=date(2016, 1, 3))
        log_each_day(alice, "Pull-up: 8", days=MOST_WORKOUTS, first=date(2026, 1, 1))

        plank = logged_exercises(alice.athlete, sort="name")[0]

        assert (plank.last_on, plank.last_sets) == (date(2016, 1, 3), "")
        assert (plank.workouts, plank.best) == (1, "longest 60 s")

    def test_are_nobody_elses(self, alice, charlie):
        log(charlie, "Pull-up: 8")
        mark(charlie, "Plank")

        assert named(alice.athlete) == []
