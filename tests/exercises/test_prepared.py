"""Queries whose SQL is put together once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Thread
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Max, UUIDField

from exercises.models import Exercise
from exercises.prepared import PreparedQuery
from tests.factories import ExerciseFactory, log
from workouts.models import BodyWeight, Workout

pytestmark = pytest.mark.django_db


def named() -> PreparedQuery:
    return PreparedQuery(
        lambda level: (
            Exercise.objects.filter(level=level, load_type="external")
            .order_by("name")
            .values_list("name", "bodyweight_fraction", "level")
        ),
        level=CharField(),
    )


class TestAQuery:
    def test_finds_what_the_values_say_each_time(self):
        for name, level in (("B", "beginner"), ("A", "beginner"), ("C", "advanced")):
            ExerciseFactory(name=name, level=level)
        ExerciseFactory(name="D", level="beginner", load_type="bodyweight")
        query = named()

        assert query.rows(level="beginner") == [("A", None, "beginner"), ("B", None, "beginner")]
        assert query.rows(level="advanced") == [("C", None, "advanced")]
        assert query.first(level="beginner") == ("A", None, "beginner")
        assert query.first(level="intermediate") is None

    def test_takes_text_as_a_value_and_nothing_else(self):
        ExerciseFactory(name="A", level="beginner")

        assert named().rows(level="' OR 1=1 --%s") == []

    def test_is_built_once(self, django_assert_num_queries):
        built = []

        def build(level):
            built.append(level.name)
            return Exercise.objects.filter(level=level).values_list("pk")

        query = PreparedQuery(build, level=CharField())

        with django_assert_num_queries(2):
            query.rows(level="beginner")
            query.rows(level="advanced")
        assert built == ["level"]

    def test_asks_for_all_of_its_values(self):
        with pytest.raises(KeyError):
            named().rows()


@pytest.mark.usefixtures("pull_up")
class TestValues:
    def test_go_in_and_come_out_as_django_has_them(self, alice):
        alice.athlete.time_zone = "America/Los_Angeles"
        workout = log(alice, "2026-11-19 18:00\nPull-up: 8")
        names = ("athlete", "day", "started_at", "pk")
        query = PreparedQuery(
            lambda athlete, day, started_at, pk: Workout.objects.filter(
                athlete=athlete, day__gte=day, started_at=started_at, pk=pk
            ).values_list(*names),
            athlete=BigIntegerField(),
            day=DateField(),
            started_at=DateTimeField(),
            pk=UUIDField(),
        )

        [row] = query.rows(
            athlete=alice.pk,
            day=date(2026, 11, 18),
            started_at=datetime(2026, 11, 20, 2, tzinfo=UTC),
            pk=workout.pk,
        )

        assert row == (
            *(alice.pk, date(2026, 11, 19), datetime(2026, 11, 20, 2, tzinfo=UTC)),
            workout.pk,
        )
        assert isinstance(row[3], UUID)

    def test_of_decimals_are_exact(self, alice):
        kg = Decimal("80.125")
        for day in (1, 2):
            alice.athlete.body_weights.create(
                weighed_on=date(2026, 11, day), weight=kg + day, unit="kg", weight_kg=kg + day
            )
        query = PreparedQuery(
            lambda athlete: (
                BodyWeight.objects.filter(athlete=athlete)
                .order_by()
                .values_list("athlete")
                .annotate(Max("weight_kg"))
            ),
            athlete=BigIntegerField(),
        )

        assert query.rows(athlete=alice.pk) == [(alice.pk, Decimal("82.125"))]


@pytest.mark.usefixtures("editors_again")
@pytest.mark.django_db(transaction=True)
def test_a_query_prepared_in_one_thread_serves_another():
    ExerciseFactory(name="A", level="beginner")
    query, found = named(), []

    def ask():
        found.append(query.rows(level="beginner"))
        connection.close()

    for _ in range(2):
        thread = Thread(target=ask)
        thread.start()
        thread.join()

    assert found == [[("A", None, "beginner")]] * 2
