"""The demo athlete's two years: the same every time, and nothing that a person couldn't log."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from tests.factories import ExerciseFactory, UserFactory, read_workout
from workouts.demo import PROGRAMME, make_demo_training
from workouts.models import Athlete, Workout
from workouts.reading import When
from workouts.saving import SUMMARY_FIELDS, set_summary

TODAY = date(2026, 11, 22)
LOAD_TYPES = {
    "weighted-pull-up": "bodyweight_plus",
    "pull-up": "bodyweight",
    "dip": "bodyweight",
    "back-raise": "bodyweight",
    "two-point-box": "bodyweight",
    "superman-raise": "duration",
    "dumbbell-shrug": "per_hand",
}


def make_programme() -> list[Exercise]:
    """Every exercise that the demo athlete does."""
    slugs = sorted({lift.slug for lifts in PROGRAMME.values() for lift in lifts})
    return [
        ExerciseFactory.create(
            slug=slug,
            name=slug.replace("-", " ").capitalize(),
            load_type=LOAD_TYPES.get(slug, "external"),
            bodyweight_fraction="1.00" if "pull-up" in slug else None,
        )
        for slug in slugs
    ]


@pytest.fixture
def programme(db) -> list[Exercise]:
    return make_programme()


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Athlete]:
    """Two years of training, told once for the class. Each test has a transaction of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_programme()
        athlete = UserFactory.create(username="demo").athlete
        athlete.time_zone = "Europe/London"
        athlete.save()
        make_demo_training(athlete, today=TODAY)
        yield athlete
        transaction.set_rollback(True)


def told(athlete: Athlete) -> list[str]:
    return [workout.text for workout in athlete.workouts.newest_first().with_entries()]


@pytest.mark.django_db
class TestTwoYears:
    def test_is_the_same_for_the_same_day_and_seed(self, demo, charlie):
        charlie.athlete.time_zone = "Europe/London"

        count = make_demo_training(charlie.athlete, today=TODAY)

        assert told(charlie.athlete) == told(demo)
        assert count == charlie.athlete.workouts.count()
        assert list(charlie.athlete.body_weights.values_list("weighed_on", "weight")) == list(
            demo.body_weights.values_list("weighed_on", "weight")
        )

    def test_is_another_for_another_seed(self, demo, charlie):
        make_demo_training(charlie.athlete, today=TODAY, seed=7)

        assert told(charlie.athlete) != told(demo)

    def test_covers_about_two_years_up_to_yesterday_without_long_breaks(self, demo):
        days = list(demo.workouts.order_by("day").values_list("day", flat=True))
        gaps = [(later - day).days for day, later in itertools.pairwise(days)]

        assert 720 <= (TODAY - days[0]).days <= 740
        assert 1 <= (TODAY - days[-1]).days <= 7
        assert 250 <= len(days) <= 416
        assert 1 <= min(gaps) <= max(gaps) <= 28

    def test_reads_back_as_it_stands(self, demo):
        """So it holds nothing that could not have been typed."""
        index = NameIndex.for_user(demo.user)

        for workout in demo.workouts.with_entries():
            reading = read_workout(
                workout.text,
                index=index,
                unit="kg",
                when=When(None, None, workout.time_zone),
                now=datetime.combine(TODAY, time(0), tzinfo=UTC),
            )
            assert reading.draft, workout.text
            assert reading.draft.text == workout.text
            assert reading.draft.started_at == workout.started_at

    def test_keeps_the_summaries_that_its_sets_come_to(self, demo):
        entries = demo.entries.prefetch_related("sets").select_related("exercise")

        for entry in entries[::7]:
            kept = {field: getattr(entry, field) for field in SUMMARY_FIELDS}
            set_summary(entry, entry.sets.all())
            assert {field: getattr(entry, field) for field in SUMMARY_FIELDS} == kept

    def test_shows_every_kind_of_thing_and_gets_stronger(self, demo):
        """Warm-ups, a superset, RPE, notes, holds, added weight on a known body weight."""
        rows = demo.entries.filter(exercise__slug="bent-over-barbell-row").oldest_first()
        best = [entry.best_e1rm_kg for entry in rows]

        assert demo.sets.filter(kind="warm-up").exists()
        assert demo.entries.filter(superset="A").exists()
        assert demo.sets.exclude(rpe=None).exists()
        assert demo.workouts.exclude(notes="").exists()
        assert demo.sets.exclude(seconds=None).exists()
        assert demo.entries.filter(exercise__slug="weighted-pull-up", best_e1rm_kg__gt=80).exists()
        assert not demo.sets.filter(bodyweight_kg=None).exists()
        assert sum(best[-10:]) * 10 > sum(best[:10]) * 13


class TestDemoTraining:
    @pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 11, 25)])
    def test_can_be_told_on_any_day(self, alice, programme, today):
        make_demo_training(alice.athlete, today=today)

        assert not Workout.objects.filter(day__gte=today).exists()

    def test_leaves_out_what_the_catalogue_does_not_have(self, alice, db):
        ExerciseFactory.create(slug="pull-up", load_type="bodyweight")

        make_demo_training(alice.athlete, today=TODAY)

        assert set(alice.athlete.workouts.values_list("title", "source")) == {
            ("Back, light", "demo")
        }

    def test_is_nothing_without_a_catalogue(self, alice):
        assert make_demo_training(alice.athlete, today=TODAY) == 0
        assert not alice.athlete.workouts.exists()
