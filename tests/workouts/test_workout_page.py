"""A workout as its page shows it."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ExerciseFactory, log
from workouts.models import Workout
from workouts.models.one_workout import one_workout
from workouts.saving import delete_workout
from workouts.workout_page import session_page

pytestmark = pytest.mark.usefixtures("catalogue")


def shown(user, workout):
    return session_page(user.athlete, one_workout(user.pk, workout.pk))


def entries(page):
    return [each for block in page.blocks for each in block.entries]


def told(entry):
    """The records of an entry as they are read."""
    return [
        f"{each.label}: {each.shown}, before {each.before.shown}"
        f"{f' on {each.before.day}' if each.before.day else ''}"
        f"{' (more since)' if each.is_beaten else ''}"
        for each in entry.records
    ]


ROW = "Bent-over barbell row"


class TestBlocks:
    def test_hold_supersets_together(self, alice):
        text = "Plank: 60 s\nA1 Pull-up: 8\nA2 Dumbbell row: 20 kg x 8\nPull-up: 5\nPlank: 30 s"

        page = shown(alice, log(alice, text))

        assert [(block.superset, len(block.entries)) for block in page.blocks] == [
            *(("", 1), ("A", 2), ("", 1), ("", 1))
        ]

    def test_number_the_working_sets(self, alice):
        page = shown(alice, log(alice, "Dumbbell row: 10 kg x 8 w, 20 kg x 8 L, 20 kg x 8 R"))

        assert [each.number for each in entries(page)[0].sets] == [None, 1, 1]


class TestRecords:
    def test_are_against_all_that_was_earlier(self, alice):
        log(alice, "2026-11-01 18:00\nBent-over barbell row: 60 kg x 8")
        workout = log(alice, "2026-11-02 18:00\nBent-over barbell row: 65 kg x 5")
        log(alice, "2026-11-03 18:00\nBent-over barbell row: 100 kg x 5")

        [entry] = entries(shown(alice, workout))

        assert told(entry) == [
            "Heaviest set: 65 kg × 5, before 60 kg × 8 on 1 Nov 2026 (more since)"
        ]
        assert not entry.is_first

    def test_of_a_second_entry_are_against_the_first_too(self, alice):
        log(alice, "2026-11-01 18:00\nPull-up: 5")
        workout = log(alice, "2026-11-02 18:00\nPull-up: 9\nPlank: 60 s\nPull-up: 8")

        first, _, second = entries(shown(alice, workout))

        assert (len(first.records), len(second.records)) == (1, 0)

    def test_say_what_they_beat_and_where_it_was(self, alice):
        first = log(alice, f"2026-05-03 18:00\n{ROW}: 40 kg x 8 w, 95 kg x 5, 97.5 kg x 5 @9, 4")
        log(alice, f"2026-05-04 18:00\n{ROW}: 97.5 kg x 5")
        workout = log(alice, f"2026-05-05 18:00\n{ROW}: 100 kg x 5, 102.5 kg x 1")

        [entry] = entries(shown(alice, workout))

        assert told(entry) == [
            "Best estimated one-rep max: 116.7 kg by 100 kg × 5,"
            " before 113.8 kg by 97.5 kg × 5 on 3 May 2026",
            "Heaviest set: 102.5 kg × 1, before 97.5 kg × 5 on 3 May 2026",
        ]
        assert {each.before.address for each in entry.records} == {first.get_absolute_url()}

    @pytest.mark.parametrize(
        ("name", "before", "now", "said"),
        [
            ("Plank", "60 s", "75 s", "Longest time: 75 s, before 60 s"),
            ("Pull-up", "8, 7", "9", "Most reps in a set: 9 reps, before 8 reps"),
            (
                "Assisted pull-up",
                "-30 kg x 8",
                "-20 kg x 6",
                "Heaviest set: -20 kg × 6, before -30 kg × 8",
            ),
            (
                "Dumbbell row",
                "20 kg x 13 L, 20 kg x 13 R",
                "22.5 kg x 13 L, 22.5 kg x 14 R",
                "Heaviest set: 22.5 kg × 14 R, before 20 kg × 13 L",
            ),
            (ROW, "60 kg x 15", "135 lb x 15", "Heaviest set: 135 lb × 15, before 60 kg × 15"),
        ],
    )
    def test_are_of_each_kind_of_load(self, alice, name, before, now, said):
        log(alice, f"2026-11-01 18:00\n{name}: {before}")
        workout = log(alice, f"2026-11-02 18:00\n{name}: {now}")

        [entry] = entries(shown(alice, workout))

        assert told(entry) == [f"{said} on 1 Nov 2026"]

    def test_move_when_the_past_is_edited(self, alice):
        log(alice, "2026-11-01 18:00\nPull-up: 5")
        workout = log(alice, "2026-11-03 18:00\nPull-up: 8")

        log(alice, "2026-11-02 18:00\nPull-up: 9")

        [entry] = entries(shown(alice, workout))
        assert told(entry) == []

    def test_that_are_written_down_later_say_what_came_since(self, alice):
        log(alice, "2026-11-01 18:00\nPull-up: 5")
        log(alice, "2026-11-03 18:00\nPull-up: 8")

        workout = log(alice, "2026-11-02 18:00\nPull-up: 7")

        [entry] = entries(shown(alice, workout))
        assert told(entry) == [
            "Most reps in a set: 7 reps, before 5 reps on 1 Nov 2026 (more since)"
        ]

    def test_are_none_of_what_was_imported(self, alice):
        log(alice, "2026-11-01 18:00\nPull-up: 5")
        workout = log(alice, "2026-11-02 18:00\nPull-up: 8")
        Workout.objects.filter(pk=workout.pk).update(source="hevy", source_key="1")

        [entry] = entries(shown(alice, workout))

        assert (told(entry), entry.is_first) == ([], False)

    def test_of_what_was_imported_are_beaten_all_the_same(self, alice):
        before = log(alice, "2026-11-01 18:00\nPull-up: 5")
        Workout.objects.filter(pk=before.pk).update(source="hevy", source_key="1")

        [entry] = entries(shown(alice, log(alice, "2026-11-02 18:00\nPull-up: 8")))

        assert told(entry) == ["Most reps in a set: 8 reps, before 5 reps on 1 Nov 2026"]

    def test_within_a_workout_beat_what_was_just_done(self, alice):
        log(alice, "2026-11-01 18:00\nPull-up: 5")
        workout = log(alice, "2026-11-02 18:00\nPull-up: 8\nPlank: 60 s\nPull-up: 9")

        first, _, second = entries(shown(alice, workout))

        assert told(first) == [
            "Most reps in a set: 8 reps, before 5 reps on 1 Nov 2026 (more since)"
        ]
        assert told(second) == ["Most reps in a set: 9 reps, before 8 reps"]

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="a plan of SQLite")
    def test_are_read_from_indexes_alone(self, alice):
        workout = log(alice, "Pull-up: 8")

        with CaptureQueriesContext(connection) as asked:
            shown(alice, workout)

        [reads_bests] = [each["sql"] for each in asked if "MAX(" in each["sql"]]
        with connection.cursor() as cursor:
            plan = [row[-1] for row in cursor.execute(f"EXPLAIN QUERY PLAN {reads_bests}")]
        of_exercise = "(athlete_id=? AND exercise_id=?)"
        assert plan[0] == (
            f"SEARCH workouts_entry USING COVERING INDEX workouts_entry_of_exercise {of_exercise}"
        )
        of_athlete = "workouts_workout_in_order (athlete_id=?)"
        assert f"SEARCH U0 USING COVERING INDEX {of_athlete}" in plan

    def test_are_none_of_what_this_workout_measures_first(self, alice):
        """The table has one figure for both entries, and nothing to compare it with."""
        log(alice, "2026-11-01 18:00\nBent-over barbell row: 60 kg x 15")
        row = "Bent-over barbell row"
        workout = log(alice, f"2026-11-02 18:00\n{row}: 60 kg x 8\nPlank: 60 s\n{row}: 60 kg x 9")

        first, _, second = entries(shown(alice, workout))

        assert (first.records, second.records) == ((), ())

    def test_no_line_is_the_first_after_a_session_that_measured_nothing(self, alice):
        log(alice, "2026-11-01 18:00\nPull-up: 8 w")

        page = shown(alice, log(alice, "2026-11-02 18:00\nPull-up: 8\nPlank: 60 s\nPull-up: 7"))

        assert [each.is_first for each in entries(page)] == [False, True, False]

    def test_are_none_the_first_time(self, alice):
        gone = log(alice, "2026-11-01 18:00\nPull-up: 5")
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 2, tzinfo=UTC))

        [entry] = entries(shown(alice, log(alice, "2026-11-02 18:00\nPull-up: 8")))

        assert (entry.records, entry.is_first) == ((), True)

    def test_are_the_athlete_s_own(self, alice, charlie):
        log(charlie, "2026-11-01 18:00\nPull-up: 20")
        log(alice, "2026-11-01 18:00\nPull-up: 5")

        [entry] = entries(shown(alice, log(alice, "2026-11-02 18:00\nPull-up: 8")))

        assert told(entry) == ["Most reps in a set: 8 reps, before 5 reps on 1 Nov 2026"]


class TestTotals:
    def test_count_work_and_not_warm_ups(self, alice):
        text = "> 65 min\nBent-over barbell row: 40 kg x 10 w, 60 kg x 10, 62.5 kg x 8\nPlank: 60 s"

        assert shown(alice, log(alice, text)).totals == (
            ("Time", "65 min"),
            ("Working sets", "3"),
            ("Reps", "18"),
            ("Volume", "1,100 kg"),
        )

    def test_leave_out_what_there_is_none_of(self, alice):
        assert shown(alice, log(alice, "Plank: 60 s")).totals == (("Working sets", "1"),)

    def test_are_in_the_athlete_s_unit(self, alice):
        alice.athlete.unit = "lb"

        totals = dict(shown(alice, log(alice, "Bent-over barbell row: 100 lb x 10")).totals)

        assert totals["Volume"] == "1,000 lb"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Bent-over barbell row: 60 kg x 8", "Volume is load × reps."),
            ("Pull-up: 8", "Volume is load × reps, with body weight where you lift it."),
            (
                "Fly: 10 kg x 8",
                "Volume is load × reps, with both weights where you move two at once.",
            ),
            (
                "Fly: 10 kg x 8\nPull-up: 8",
                "Volume is load × reps, with body weight where you lift it"
                " and both weights where you move two at once.",
            ),
            ("Single row: 10 kg x 8", "Volume is load × reps."),
            ("Plank: 60 s", ""),
        ],
    )
    def test_say_what_volume_counts(self, alice, text, said):
        ExerciseFactory(name="Fly", load_type="per_hand")
        ExerciseFactory(name="Single row", load_type="per_hand", implements=1)
        alice.athlete.body_weights.create(
            weighed_on=date(2020, 1, 1), weight=80, unit="kg", weight_kg=80
        )

        assert shown(alice, log(alice, text)).volume_rule == said


def around_live_ones(user):
    keys = Workout.objects.live().values_list("pk", flat=True)
    return [one_workout(user.pk, key) for key in keys]


class TestNeighbours:
    def test_are_live_and_by_time_then_key(self, alice):
        same = sorted(log(alice, "2026-11-02 18:00\nPull-up: 8").pk for _ in range(3))
        gone = log(alice, "2026-11-03 18:00\nPull-up: 8")
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 4, tzinfo=UTC))
        last = log(alice, "2026-11-05 18:00 Last\nPull-up: 8")

        around = {
            each.pk: (each.earlier and each.earlier.id, each.later and each.later.id)
            for each in around_live_ones(alice)
        }

        order = [*same, last.pk]
        assert around == {
            key: (before, after)
            for before, key, after in zip([None, *order], order, [*order[1:], None], strict=False)
        }
        later = one_workout(alice.pk, same[-1]).later
        assert (later.day, later.title) == (date(2026, 11, 5), "Last")

    def test_follow_the_calendar_over_the_date_line(self, alice):
        alice.athlete.time_zone = "America/Los_Angeles"
        first = log(alice, "2026-11-19 18:00\nPull-up: 8")
        alice.athlete.time_zone = "Pacific/Kiritimati"
        second = log(alice, "2026-11-20 07:00\nPull-up: 9")
        third = log(alice, "2026-11-20 12:00\nPull-up: 9")

        around = {each.pk: each for each in around_live_ones(alice)}

        assert around[first.pk].earlier is None
        assert around[first.pk].later.id == second.pk
        assert around[second.pk].earlier.id == first.pk
        assert around[second.pk].later.id == third.pk
        assert around[third.pk].later is None
        [entry] = entries(shown(alice, second))
        assert told(entry) == ["Most reps in a set: 9 reps, before 8 reps on 19 Nov 2026"]
