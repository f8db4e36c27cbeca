from datetime import UTC, date, datetime, time

import pytest

from exercises.vocabulary import LoadType
from tests.factories import log
from workouts.models import Entry, Favourite, Routine, RoutineEntry, Workout
from workouts.models.history import EVER, for_calendar, listed
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")


def first_set(workout: Workout):
    return workout.entries.get().sets.select_related("entry__exercise").first()


def log_in(user, zone: str, text: str) -> Workout:
    """A workout that was done in another time zone than the one before."""
    user.athlete.time_zone = zone
    return log(user, f"{text}\nPull-up: 8")


def place_of(workout):
    names = ("athlete", "day", "started_at", "pk")
    return {name: getattr(workout, name) for name in names}


class TestWorkout:
    def test_is_told_by_its_day_and_title(self, alice):
        assert str(log(alice, "2026-11-22 Back day\nPull-up: 8")) == "2026-11-22 Back day"
        assert str(log(alice, "Pull-up: 8")) == "2026-11-22"

    def test_has_its_page(self, alice):
        workout = log(alice, "Pull-up: 8")

        assert workout.get_absolute_url() == f"/workouts/{workout.pk}/"

    def test_belongs_to_the_month_of_its_own_day(self, alice):
        """Begun on the 1st in Tokyo, while it was still the 31st in UTC."""
        alice.athlete.time_zone = "Asia/Tokyo"

        workout = log(alice, "Pull-up: 8", on=date(2026, 11, 1), at=time(0, 5))

        assert workout.started_at == datetime(2026, 10, 31, 15, 5, tzinfo=UTC)
        (row,) = listed(alice.pk)
        assert row.month == date(2026, 11, 1)
        assert workout.local_start.time() == time(0, 5)

    def test_keeps_its_own_time_zone_when_the_athlete_moves(self, alice):
        workout = log(alice, "Pull-up: 8")
        alice.athlete.time_zone = "Asia/Tokyo"
        alice.athlete.save()

        again = Workout.objects.with_entries().get(pk=workout.pk)

        assert again.text.startswith("2026-11-22 18:30\n")

    @pytest.mark.parametrize(
        ("zone", "text", "stamp"),
        [
            ("America/Los_Angeles", "2026-11-20 18:30", "2026-11-20T18:30-08:00"),
            ("Pacific/Kiritimati", "2026-11-20 05:00", "2026-11-20T05:00+14:00"),
            ("Asia/Kathmandu", "2026-11-20 18:30", "2026-11-20T18:30+05:45"),
            ("Europe/London", "2026-10-25 01:30", "2026-10-25T01:30+01:00"),  # the first of two
            ("Europe/London", "2026-03-29 02:00", "2026-03-29T02:00+01:00"),  # after the gap
            ("America/Los_Angeles", "2028-02-29 23:59", "2028-02-29T23:59-08:00"),
        ],
    )
    def test_began_by_the_clock_on_the_wall(self, alice, zone, text, stamp):
        alice.athlete.time_zone = zone

        workout = Workout.objects.get(pk=log(alice, f"{text}\nPull-up: 8").pk)

        assert f"{workout.local_start:%Y-%m-%d %H:%M}" == text
        assert workout.local_start.tzinfo is None
        assert workout.start_stamp == stamp

    def test_knows_how_its_exercises_are_loaded(self, alice):
        workout = log(alice, "Bent-over barbell row: 60 kg x 8")

        assert [entry.load_type for entry in workout.as_text().entries] == [LoadType.EXTERNAL]

    def test_writes_sets_of_a_loaded_exercise_so_that_they_cannot_be_a_weight(self, alice):
        workout = log(alice, "Bent-over barbell row: 3 sets of 8")

        stored = Workout.objects.with_entries().get(pk=workout.pk)

        assert stored.text.endswith("Bent-over barbell row: 3 sets of 8")

    def test_is_found_newest_first_and_deleted_or_live(self, alice):
        old = log(alice, "Pull-up: 8", on=date(2026, 11, 1))
        new = log(alice, "Pull-up: 8", on=date(2026, 11, 2))
        gone = log(alice, "Pull-up: 8", on=date(2026, 11, 3))
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 4, tzinfo=UTC))

        assert list(Workout.objects.live().newest_first()) == [new, old]
        assert list(Workout.objects.deleted()) == [gone]

    def test_stands_where_its_own_day_is_whatever_the_instant(self, alice):
        """After a flight east over the date line, the Friday began before Thursday's did."""
        at_home = log_in(alice, "America/Los_Angeles", "2026-11-19 18:00")
        beyond = log_in(alice, "Pacific/Kiritimati", "2026-11-20 07:00")
        assert beyond.started_at < at_home.started_at

        assert list(Workout.objects.newest_first()) == [beyond, at_home]
        assert list(Workout.objects.oldest_first()) == [at_home, beyond]
        assert list(Workout.objects.all()) == [beyond, at_home]
        entries = Entry.objects.all()
        assert [each.workout for each in entries.oldest_first()] == [at_home, beyond]
        assert [each.workout for each in entries.before(**place_of(beyond))] == [at_home]
        assert not entries.before(**place_of(at_home))
        assert [each.on.day for each in for_calendar(alice.pk, EVER)] == [19, 20]

    def test_at_the_same_time_as_another_has_a_place_all_the_same(self, alice):
        keys = sorted((log(alice, "Pull-up: 8").pk for _ in range(3)), reverse=True)

        assert [workout.pk for workout in Workout.objects.newest_first()] == keys

    def test_loads_with_its_entries_in_three_queries(self, alice, django_assert_num_queries):
        for _ in range(3):
            log(alice, "Pull-up: 8\nPlank: 60 s")

        # workouts, entries with exercises, sets
        with django_assert_num_queries(3):
            texts = [workout.text for workout in Workout.objects.with_entries()]

        assert len(texts) == 3


class TestLoggedSet:
    @pytest.mark.parametrize(
        ("line", "shown", "detail"),
        [
            ("Pull-up: 8", " 8 reps", ""),
            ("Pull-up: 1", " 1 rep", ""),
            ("Pull-up: 12 in 60 s", " 12 in 60 s", ""),
            ("Bent-over barbell row: 62.5 kg x 8 w", "62.5 kg × 8", "warm-up"),
            ("Weighted pull-up: +10 lb x 5 @9", "+10 lb × 5", "RPE 9"),
            ("Assisted pull-up: -20 kg x 8 L d @8.5", "-20 kg × 8", "drop, left, RPE 8.5"),
            ("Weighted pull-up: 0 kg x 5 f", "0 kg × 5", "failure"),
            ("Plank: 90 s R", " 90 s", "right"),
            ("Farmer's walk: 32 kg x 40 m in 30 s", "32 kg × 40 m in 30 s", ""),
            ("Farmer's walk: 40 m in 30 s", " 40 m in 30 s", ""),
        ],
    )
    def test_shows_what_was_done(self, alice, line, shown, detail):
        one = first_set(log(alice, line))

        assert (f"{one.load} {one.measure}", one.detail) == (shown, detail)

    def test_says_which_it_is(self, alice):
        one = first_set(log(alice, "Pull-up: 8 w"))

        assert str(one) == f"Set 1 of entry {one.entry_id}"
        assert one.is_warmup


class TestEntry:
    def test_says_which_it_is(self, alice):
        workout = log(alice, "Pull-up: 8")

        assert str(workout.entries.get()) == f"Pull-up in {workout.pk}"

    def test_of_a_deleted_workout_is_not_live(self, alice):
        workout = log(alice, "Pull-up: 8")
        delete_workout(athlete=alice.athlete, key=workout.pk, at=datetime(2026, 11, 23, tzinfo=UTC))

        assert not alice.athlete.entries.live().exists()


class TestPlans:
    def test_say_what_they_are(self, alice, catalogue):
        me, pull_up = alice.athlete, catalogue["bodyweight"]
        routine = Routine.objects.create(athlete=me, name="Back day", weekdays="135")
        planned = RoutineEntry(athlete=me, routine=routine, exercise=pull_up, position=1)

        assert (str(routine), routine.days) == ("Back day", "Mon, Wed and Fri")
        assert str(planned) == f"Pull-up in {routine.pk}"
        assert str(Favourite(athlete=me, exercise=pull_up)) == f"Pull-up of {me.pk}"
