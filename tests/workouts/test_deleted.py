"""Deleted workouts stay for 30 days; then a command takes them away."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from tests.factories import log, make_routine
from workouts.deleted import DELETED_AT_ONCE, Deleted, clear_deleted_workouts
from workouts.models import Entry, LoggedSet, Routine, Workout
from workouts.routines.saving import delete_routine
from workouts.saving import Started, delete_workout

NOW = datetime(2024, 3, 30, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("catalogue")


def deleted(user, *, days, seconds=0) -> Workout:
    """A workout that was deleted so long before NOW."""
    workout = log(user, "Pull-up: 8, 8\nPlank: 60 s")
    at = NOW - timedelta(days=days, seconds=seconds)
    delete_workout(athlete=user.athlete, key=workout.pk, at=at)
    workout.refresh_from_db()
    return workout


def command(*arguments) -> str:
    out = io.StringIO()
    call_command("clear_deleted_workouts", *arguments, stdout=out)
    return out.getvalue()


class TestDaysLeft:
    @pytest.mark.parametrize(
        ("days", "seconds", "left"),
        [(0, 0, 30), (0, 1, 30), (1, 0, 29), (29, 0, 1), (29, 86_399, 1), (30, 0, 0), (400, 0, 0)],
    )
    def test_are_whole_days_that_have_begun(self, alice, days, seconds, left):
        workout = deleted(alice, days=days, seconds=seconds)

        assert Deleted.of(workout, athlete=alice.athlete, at=NOW).days_left == left

    def test_begin_on_the_athletes_own_day(self, alice):
        alice.athlete.time_zone = "Pacific/Auckland"

        shown = Deleted.of(deleted(alice, days=0), athlete=alice.athlete, at=NOW)

        assert shown.deleted_on.isoformat() == "2024-03-31"


class TestClearing:
    def test_takes_what_is_due_with_entries_and_sets(self, alice, charlie):
        deleted(alice, days=30)
        deleted(charlie, days=365)
        stays = [deleted(alice, days=29, seconds=86_399), log(charlie, "Pull-up: 8, 8\nPlank: 9 s")]

        assert clear_deleted_workouts(at=NOW) == 2

        assert set(Workout.objects.all()) == set(stays)
        assert Entry.objects.count() == 4
        assert LoggedSet.objects.count() == 6

    def test_does_nothing_twice(self, alice):
        deleted(alice, days=31)

        assert [clear_deleted_workouts(at=NOW) for _ in range(2)] == [1, 0]

    def test_only_counts_in_a_dry_run(self, alice):
        deleted(alice, days=31)

        assert clear_deleted_workouts(at=NOW, dry_run=True) == 1
        assert Workout.objects.count() == 1

    def test_leaves_what_comes_back_in_between(self, alice):
        workout = deleted(alice, days=31)

        def restore_first(batches):
            Workout.objects.filter(pk=workout.pk).update(deleted_at=None)
            return batches

        assert clear_deleted_workouts(at=NOW, progress=restore_first) == 0
        assert alice.athlete.workouts.live().count() == 1

    def test_goes_by_batches(self, alice):
        Workout.objects.bulk_create(
            Workout(
                athlete=alice.athlete,
                started_at=NOW,
                day=NOW.date(),
                time_zone="UTC",
                deleted_at=NOW - timedelta(days=40),
            )
            for _ in range(DELETED_AT_ONCE + 1)
        )
        sizes = []

        def count(batches):
            sizes.extend(map(len, batches))
            return batches

        assert clear_deleted_workouts(at=NOW, progress=count) == DELETED_AT_ONCE + 1
        assert sizes == [DELETED_AT_ONCE, 1]


class TestCommand:
    def test_says_how_many(self, alice):
        deleted(alice, days=31)  # and much longer ago by the clock
        deleted(alice, days=32)

        assert command("--dry-run") == "2 workouts would be deleted for good.\n"
        assert command() == "2 workouts are deleted for good.\n"
        assert command() == "0 workouts are deleted for good.\n"
        assert command("--verbosity", "0") == ""

    def test_says_one_in_the_singular(self, alice):
        deleted(alice, days=31)

        assert command("--dry-run") == "1 workout would be deleted for good.\n"
        assert command() == "1 workout is deleted for good.\n"


class TestRoutines:
    @pytest.mark.parametrize(("days", "is_there"), [(30, False), (29, True)])
    def test_go_with_the_workouts_which_keep_their_plan(self, alice, days, is_there):
        routine = make_routine(alice, "Pull-up: 3 x 5-8")
        workout = log(alice, "Pull-up: 5", started=Started(routine, routine.text))
        at = datetime.now(UTC) - timedelta(days=days)
        delete_routine(athlete=alice.athlete, key=routine.pk, at=at)

        command("--dry-run")
        assert Routine.objects.exists()
        command()

        workout.refresh_from_db()
        assert Routine.objects.exists() is is_there
        assert workout.routine == (routine if is_there else None)
        assert workout.plan == "Pull-up: 3 x 5-8"
