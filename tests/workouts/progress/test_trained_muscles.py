"""What sessions trained, on the map and as a list."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from exercises.models import Exercise
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory, log
from workouts.models import history
from workouts.models.history import Span
from workouts.progress.trained_muscles import Trained, trained_in, trained_in_week
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")

TODAY = date(2026, 11, 22)


@pytest.fixture
def muscles(catalogue):
    """A pull-up trains lats and teres major, helped by biceps; a row lats, steadied by legs."""
    lats = MuscleFactory(slug="latissimus-dorsi", name="Lats", position=1)
    teres = MuscleFactory(slug="teres-major", name="Teres major", position=2)
    biceps = MuscleFactory(slug="biceps-brachii", name="Biceps", region="arms", view="front")
    legs = MuscleFactory(slug="hamstrings", region="legs")
    pull_up, row = catalogue["bodyweight"], catalogue["external"]
    for muscle in (lats, teres):
        TargetFactory(exercise=pull_up, muscle=muscle)
    TargetFactory(exercise=pull_up, muscle=biceps, role="secondary")
    TargetFactory(exercise=row, muscle=lats)
    TargetFactory(exercise=row, muscle=legs, role="stabiliser")


def trained_lately(user) -> Trained:
    lately = history.for_calendar(user.pk, Span(TODAY - timedelta(days=7), date.max))
    return trained_in_week(user.pk, lately, today=TODAY)


def listed(trained):
    return [
        (region.name, region.sets, [(muscle.name, muscle.sets) for muscle in region.muscles])
        for region in trained.regions
    ]


def marks(trained):
    return {slug: (drawn.mark.css, drawn.mark.text) for slug, drawn in trained.map.marked.items()}


class TestAWorkout:
    def test_lists_sets_by_region_most_first(self, alice, muscles):
        text = "Pull-up: 8, 8, 8\nBent-over barbell row: 40 kg x 10 w, 60 kg x 8, 60 kg x 8"

        trained = trained_in(log(alice, text))

        assert (trained.sets, trained.is_done) == (5, True)
        assert listed(trained) == [
            ("Back", "5", [("Lats", "5"), ("Teres major", "3")]),
            ("Arms", "1½", [("Biceps", "1½")]),
        ]
        assert trained.untouched == ("Shoulders", "Chest", "Core", "Legs")

    def test_shows_heat_by_the_bands_of_a_session(self, alice, muscles):
        trained = trained_in(log(alice, "Pull-up: 8, 8\nBent-over barbell row: 60 kg x 8, 8, 8"))

        assert marks(trained) == {
            "latissimus-dorsi": ("heat-4", "5 sets"),
            "teres-major": ("heat-1", "2 sets"),
            "biceps-brachii": ("heat-1", "1 set"),
        }
        assert [plate.view.name for plate in trained.map.views] == ["back", "front"]

    def test_shows_the_views_that_have_something_to_show(self, alice, muscles):
        trained = trained_in(log(alice, "Bent-over barbell row: 60 kg x 8"))

        assert [plate.view.name for plate in trained.map.views] == ["back"]

    def test_counts_sides_together(self, alice, muscles):
        trained = trained_in(log(alice, "Bent-over barbell row: 60 kg x 8 L, 60 kg x 8 R"))

        assert (trained.sets, marks(trained)["latissimus-dorsi"][1]) == (1, "1 set")

    def test_counts_sides_on_two_lines_together(self, alice, muscles):
        row = "Bent-over barbell row"
        trained = trained_in(log(alice, f"{row}: 8 L, 8 L, 8 L\n{row}: 8 R, 8 R, 8 R"))

        assert (trained.sets, marks(trained)["latissimus-dorsi"][1]) == (3, "3 sets")

    def test_of_exercises_without_muscles_has_no_map(self, alice):
        trained = trained_in(log(alice, "Plank: 60 s, 60 s"))

        assert (trained.sets, trained.regions, trained.map) == (2, (), None)

    def test_of_nothing_but_warm_ups_has_no_map(self, alice, muscles):
        trained = trained_in(log(alice, "Pull-up: 8 w"))

        assert (trained.sets, trained.map) == (0, None)


def steps(work: Callable[[], object]) -> int:
    """How many instructions SQLite carries out for ``work``."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    connection.connection.set_progress_handler(step, 1)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 1)
    return count


class TestAWeek:
    def test_has_seven_days_and_no_more(self, alice, muscles):
        for days in (0, 6, 7):
            log(alice, "Bent-over barbell row: 60 kg x 8", on=TODAY - timedelta(days=days))
        log(alice, "Bent-over barbell row: 60 kg x 8", on=TODAY + timedelta(days=1))

        assert trained_lately(alice).sets == 2

    def test_shows_both_views_and_the_bands_of_a_week(self, alice, muscles):
        log(alice, "Bent-over barbell row: 60 kg x 8, 8, 8, 8, 8", on=TODAY)

        trained = trained_lately(alice)

        assert marks(trained) == {"latissimus-dorsi": ("heat-3", "5 sets")}
        assert [plate.view.name for plate in trained.map.views] == ["back", "front"]
        assert [mark.text for mark in trained.map.legend] == [
            *("up to 4½ sets", "5 to 9½ sets", "10 to 20 sets", "more than 20 sets")
        ]

    def test_says_how_back_and_front_stand(self, alice, muscles, catalogue):
        press = ExerciseFactory(name="Press")
        TargetFactory(exercise=press, muscle=MuscleFactory(slug="pectoralis-major-sternal"))
        log(alice, "Bent-over barbell row: 60 kg x 8, 8, 8\nPress: 60 kg x 8, 8", on=TODAY)

        assert trained_lately(alice).balance == "Back 3, front 2: 1.5 to 1"

    def test_says_nothing_of_back_and_front_without_sets_of_either(self, alice, muscles):
        log(alice, "Plank: 60 s", on=TODAY)

        assert trained_lately(alice).balance == ""

    def test_leaves_out_what_was_deleted_and_what_is_another_s(self, alice, charlie, muscles):
        gone = log(alice, "Pull-up: 8", on=TODAY)
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 22, tzinfo=UTC))
        log(charlie, "Pull-up: 8", on=TODAY)

        assert trained_lately(alice).sets == 0

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts no steps")
    def test_reads_nothing_older(self, alice, muscles):
        """SQLite went through all that the athlete ever logged."""
        log(alice, "Pull-up: 8, 8", on=TODAY)

        before = steps(lambda: trained_lately(alice))
        for days in range(20, 60):
            log(alice, "Pull-up: 8, 8", on=TODAY - timedelta(days=days))

        assert steps(lambda: trained_lately(alice)) <= before + 20

    @pytest.mark.parametrize("count", [2, 60])
    def test_costs_two_queries(self, alice, muscles, django_assert_num_queries, count):
        for n in range(count):
            log(alice, "Pull-up: 8\nPull-up: 8", on=TODAY - timedelta(days=n % 7))
        assert Exercise.objects.count() > 2

        with django_assert_num_queries(2):
            trained = trained_lately(alice)

        assert trained.sets == 2 * count
