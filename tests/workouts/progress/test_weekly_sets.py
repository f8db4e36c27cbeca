"""The sets of each muscle, week by week, against a slow sum over all that was logged."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from tests.factories import MuscleFactory, TargetFactory, log
from tests.workouts.progress.test_trained_muscles import steps
from workouts.models.history import Span
from workouts.own_exercises import make_own_exercise
from workouts.progress.weekly_sets import done_sets
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")

MONDAY = date(2026, 11, 16)
YEAR = Span(MONDAY - timedelta(weeks=51), MONDAY + timedelta(days=6))


@pytest.fixture
def muscles(catalogue):
    """A pull-up trains lats, helped by biceps; a row lats, steadied by hamstrings."""
    back = MuscleFactory(slug="back-group", kind="group", is_volume_unit=False)
    lats = MuscleFactory(slug="lats", name="Lats", parent=back, kind="part")
    biceps = MuscleFactory(slug="biceps", region="arms")
    TargetFactory(exercise=catalogue["bodyweight"], muscle=lats)
    TargetFactory(exercise=catalogue["bodyweight"], muscle=biceps, role="secondary")
    TargetFactory(exercise=catalogue["external"], muscle=lats)
    legs = MuscleFactory(slug="hamstrings", region="legs")
    TargetFactory(exercise=catalogue["external"], muscle=legs, role="stabiliser")


class TestDoneSets:
    def test_sums_fractional_sets_by_week(self, alice, muscles):
        log(alice, "Pull-up: 8, 8, 8", on=MONDAY)
        log(alice, "Bent-over barbell row: 60 kg x 8, 8", on=MONDAY + timedelta(days=6))
        log(alice, "Pull-up: 8", on=MONDAY - timedelta(days=1))

        assert done_sets(alice.athlete, YEAR).by_week() == {
            MONDAY: {"lats": Decimal(5), "biceps": Decimal("1.5")},
            MONDAY - timedelta(weeks=1): {"lats": Decimal(1), "biceps": Decimal("0.5")},
        }

    def test_begins_weeks_as_the_athlete_does(self, alice, muscles):
        alice.athlete.week_start = 7
        log(alice, "Pull-up: 8", on=MONDAY - timedelta(days=1))
        log(alice, "Pull-up: 8", on=MONDAY)

        weeks = done_sets(alice.athlete, YEAR).by_week()

        assert weeks == {date(2026, 11, 15): {"lats": Decimal(2), "biceps": Decimal(1)}}

    def test_counts_sides_on_two_lines_together_and_no_warm_ups(self, alice, muscles):
        row = "Bent-over barbell row"
        log(alice, f"{row}: 20 kg x 8 w\n{row}: 8 L, 8 L\n{row}: 8 R, 8 R", on=MONDAY)

        assert done_sets(alice.athlete, YEAR).by_week() == {MONDAY: {"lats": Decimal(2)}}

    def test_has_the_days_of_the_span_and_no_more(self, alice, muscles):
        for day in (YEAR.first - timedelta(days=1), *YEAR, YEAR.last + timedelta(days=1)):
            log(alice, "Pull-up: 8", on=day)

        assert [one.day for one in done_sets(alice.athlete, YEAR).done] == [*YEAR]

    def test_leaves_out_what_was_deleted_and_what_is_another_s(self, alice, charlie, muscles):
        gone = log(alice, "Pull-up: 8", on=MONDAY)
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 22, tzinfo=UTC))
        log(charlie, "Pull-up: 8", on=MONDAY)

        assert done_sets(alice.athlete, YEAR).done == ()

    def test_counts_openly_what_names_no_muscle(self, alice, muscles):
        odd = make_own_exercise(owner=alice, name="Odd row")
        log(alice, "Odd row: 8, 8\nPull-up: 8", on=MONDAY)
        log(alice, "Odd row: 8", on=MONDAY - timedelta(weeks=3))

        assert done_sets(alice.athlete, YEAR).unmapped == {odd.pk: 3}

    def test_counts_a_group_s_set_once(self, alice, muscles, catalogue):
        TargetFactory(exercise=catalogue["bodyweight"], muscle=MuscleFactory(slug="teres"))
        log(alice, "Pull-up: 8, 8", on=MONDAY)

        done = done_sets(alice.athlete, YEAR)

        assert done.by_week({"lats": "back", "teres": "back", "biceps": "arms"}) == {
            MONDAY: {"back": Decimal(2), "arms": Decimal(1)}
        }
        assert done.muscles["lats"].parent == "back-group"

    def test_has_each_week_of_the_span(self, alice):
        assert len(done_sets(alice.athlete, YEAR).weeks) == 52

    @pytest.mark.parametrize("count", [2, 60])
    def test_costs_two_queries(self, alice, muscles, django_assert_num_queries, count):
        for n in range(count):
            log(alice, "Pull-up: 8\nPull-up: 8", on=MONDAY - timedelta(days=n))

        with django_assert_num_queries(2):
            done = done_sets(alice.athlete, YEAR)

        assert sum(one.sets for one in done.done) == 2 * count

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts no steps")
    def test_reads_nothing_older(self, alice, charlie, muscles):
        log(alice, "Pull-up: 8, 8", on=MONDAY)

        before = steps(lambda: done_sets(alice.athlete, YEAR))
        for days in range(400, 440):
            log(alice, "Pull-up: 8, 8", on=MONDAY - timedelta(days=days))
            log(charlie, "Pull-up: 8, 8", on=MONDAY)

        assert steps(lambda: done_sets(alice.athlete, YEAR)) <= before + 20
