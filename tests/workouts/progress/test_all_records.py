from datetime import date

import pytest

from exercises.models import Exercise
from tests.factories import log
from workouts.exercise_page import ExercisePage
from workouts.progress.all_records import all_records
from workouts.reckoning.spans import span_of
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")
TODAY = date(2026, 11, 30)


def told(athlete):
    return {
        one.name: [(each.label, each.shown, each.on.day) for each in one.records]
        for one in all_records(athlete)
    }


class TestAllRecords:
    def test_are_the_bests_of_each_exercise_on_the_day_that_first_had_them(self, alice):
        log(alice, "Bent-over barbell row: 80 kg x 3\nPlank: 90 s", on=date(2026, 11, 1))
        log(alice, "Bent-over barbell row: 80 kg x 2, 60 kg x 12", on=date(2026, 11, 8))
        log(alice, "Pull-up: 8, 12\nPlank: 60 s", on=date(2026, 11, 9))

        assert told(alice.athlete) == {
            "Pull-up": [("most reps", "12 reps", 9)],
            "Bent-over barbell row": [
                ("best est. 1RM", "88.0 kg", 1),
                ("heaviest", "80 kg", 1),
                ("most volume", "880 kg", 8),
            ],
            "Plank": [("longest", "90 s", 1)],
        }

    def test_are_those_of_the_exercises_own_page(self, alice):
        twice = "Bent-over barbell row: 60 kg x 8\nPull-up: 5\nBent-over barbell row: 50 kg x 10"
        log(alice, twice, on=date(2026, 11, 1))
        log(alice, "Bent-over barbell row: 62.5 kg x 8", on=date(2026, 11, 8))
        row = Exercise.objects.get(name="Bent-over barbell row")

        own = ExercisePage.of(
            alice.athlete, row, span=span_of("all", today=TODAY), today=TODAY, number="1"
        ).records
        here = next(one for one in all_records(alice.athlete) if one.name == row.name)

        assert [(one.shown, one.day, one.address) for one in here.records] == [
            (one.shown, one.day, one.address) for one in own
        ]

    def test_stand_with_the_newest_first(self, alice):
        log(alice, "Pull-up: 8\nPlank: 60 s", on=date(2026, 11, 1))
        log(alice, "Plank: 70 s", on=date(2026, 11, 2))

        assert list(told(alice.athlete)) == ["Plank", "Pull-up"]

    def test_leave_out_what_is_deleted_or_of_others(self, alice, charlie):
        log(charlie, "Pull-up: 20")
        deleted = log(alice, "Pull-up: 12", on=date(2026, 11, 1))
        delete_workout(athlete=alice.athlete, key=deleted.pk, at=deleted.started_at)

        assert told(alice.athlete) == {}
