from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import log
from workouts.last_sets import RECENT_WORKOUTS, LastSets
from workouts.own_exercises import names_of
from workouts.saving import delete_workout
from workouts.text_format import print_sets

pytestmark = pytest.mark.usefixtures("catalogue")


def last_of(user):
    return LastSets(user.athlete, names_of(user))


def as_text(sets):
    return sets and print_sets(sets)


class TestLastSets:
    def test_are_those_of_the_last_workout_with_the_exercise(self, alice):
        log(alice, "Bent-over barbell row: 60 kg x 8", on=date(2026, 11, 20))
        log(
            alice,
            "Bent-over barbell row: 40 kg x 5 w, 62.5 kg x 8, 7\nPlank: 60 s\n"
            "Bent-over barbell row: 132 lb x 10 @8",
            on=date(2026, 11, 21),
        )
        log(alice, "Bent-over barbell row: 55 kg x 8", on=date(2026, 11, 19))
        log(alice, "Plank: 70 s", on=date(2026, 11, 22))

        last = last_of(alice)

        row = as_text(last("bent over barbell rows"))
        assert row == "40 kg x 5 w, 62.5 kg x 8, 62.5 kg x 7, 132 lb x 10 @8"
        assert as_text(last("plank")) == "70 s"

    def test_are_none_of_what_was_never_done_or_is_unknown(self, alice, charlie):
        log(charlie, "Pull-up: 8")

        last = last_of(alice)

        assert last("Pull-up") is None
        assert last("Zzyzx") is None

    def test_of_one_day_are_those_that_began_later(self, alice):
        log(alice, "2026-11-20 18:00\nPull-up: 6")
        log(alice, "2026-11-20 07:00\nPull-up: 8")

        assert as_text(last_of(alice)("Pull-up")) == "6"

    def test_leave_out_deleted_workouts(self, alice):
        log(alice, "Pull-up: 6", on=date(2026, 11, 19))
        deleted = log(alice, "Pull-up: 8", on=date(2026, 11, 20))
        delete_workout(athlete=alice.athlete, key=deleted.pk, at=timezone.now())

        assert as_text(last_of(alice)("Pull-up")) == "6"

    def test_have_the_sign_of_how_the_exercise_is_loaded(self, alice):
        log(alice, "Weighted pull-up: +10 kg x 5, bw x 8")
        log(alice, "Assisted pull-up: -20 kg x 5")

        last = last_of(alice)

        assert as_text(last("Weighted pull-up")) == "+10 kg x 5, bw x 8"
        assert as_text(last("Assisted pull-up")) == "-20 kg x 5"

    def test_have_their_day(self, alice, catalogue):
        log(alice, "Plank: 60 s\nPull-up: 8, 8, 6 @9", on=date(2026, 11, 20))
        log(alice, "Plank: 70 s", on=date(2026, 11, 21))

        last = last_of(alice)
        pull_up = last.of(catalogue["bodyweight"])

        assert (pull_up.text, pull_up.day) == ("8, 8, 6 @9", date(2026, 11, 20))
        assert last.of(catalogue["external"]) is None
        assert last.exercises == [catalogue["duration"].pk, catalogue["bodyweight"].pk]

    @pytest.mark.parametrize("count", [2, 40])
    def test_cost_one_query_when_first_asked_for(self, alice, django_assert_num_queries, count):
        for days in range(count):
            log(alice, "Pull-up: 8\nPlank: 60 s", on=date(2026, 4, 1) + timedelta(days=days))
        index = names_of(alice)

        with django_assert_num_queries(0):
            last = LastSets(alice.athlete, index)
            last("Zzyzx")
        with django_assert_num_queries(1):
            assert (as_text(last("Pull-up")), as_text(last("Plank"))) == ("8", "60 s")
        with django_assert_num_queries(1):  # perhaps further back
            assert last("bent over barbell row") is None
            assert last("Weighted pull-up") is None

    def test_may_be_further_back(self, alice):
        log(alice, "Plank: 90 s\nPull-up: 5", on=date(2026, 3, 31))
        for days in range(RECENT_WORKOUTS):
            log(alice, "Pull-up: 8", on=date(2026, 4, 1) + timedelta(days=days))
        index = names_of(alice)

        last = LastSets(alice.athlete, index)

        assert (as_text(last("Pull-up")), as_text(last("Plank"))) == ("8", "90 s")

    def test_cost_one_query_together_with_all_exercises(self, alice, django_assert_num_queries):
        log(alice, "Plank: 90 s\nPull-up: 5")
        last = LastSets(alice.athlete, names_of(alice))

        with django_assert_num_queries(1):
            assert len(last.exercises) == 2
            assert as_text(last("Plank")) == "90 s"

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by its statistics")
    def test_begin_at_the_athlete_and_read_no_table_whole(self, alice, django_assert_num_queries):
        log(alice, "Pull-up: 8")
        last = last_of(alice)
        with django_assert_num_queries(1) as asked:
            last("Pull-up")

        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        assert any("workouts_workout_in_order (athlete_id=?)" in step for step in plan)
        assert [step for step in plan if step.startswith("SCAN workouts_")] == []
