"""What is asked of personal tables names the athlete, on every page and in every form.

So it is watched in each request of the suite (``tests.conftest``). Here each address is asked by
who owns what it shows: a new one has to be among those of test_access.py.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exercises.models import Exercise, Muscle
from tests.athletes_keys import AnyAthletesError, lacking, of_one_athlete
from tests.factories import MuscleFactory
from tests.workouts.data.test_importing import PULL
from tests.workouts.views.log_form import filled
from tests.workouts.views.test_access import (
    OF_A_PERSON,
    OF_A_ROUTINE,
    OF_A_WEIGHING,
    OF_A_WORKOUT,
    OF_AN_EXERCISE,
    WEIGHED,
    own,
    routine,
    weighing,
    workout,
)
from workouts.models import BodyWeight, Entry, Import, Routine, Workout
from workouts.tokens import make_token

__all__ = ["own", "routine", "weighing", "workout"]  # the fixtures

PLAN = {"name": "Plan", "text": "Pull-up: 4 x 5-8", "save": "1", "revision": "1"}
LOG = filled("2026-11-22 18:30\nPull-up: 9\nPull-up: 8", revision="1")
CURL = {"name": "Secret curl", "load_type": "per_hand", "implements": "2-1"}
BARS = {"kg-bar-1": "20", "kg-20": "2", "lb-bar-1": "45"}
# What is posted; nothing where a button is all that there is
FORMS: dict[str, Any] = {
    "workouts:edit": LOG,
    "workouts:own-exercise-edit": CURL,
    "routines:edit": PLAN,
    "routines:move": {"to": "up"},
    "body-weight-edit": WEIGHED | {"confirmed": "70 kg, 2026-11-02, 1"},
    "/exercises/own/new/": CURL | {"name": "Another curl"},
    "/workouts/new/": LOG,
    "/accounts/settings/": {"unit": "lb", "time_zone": "UTC", "week_start": "1"},
    "/accounts/tokens/": {"name": "watch"},
    "/bodyweight/": WEIGHED,
    "/bodyweight/goal/": {"weight": "75", "unit": "kg"},
    "/bodyweight/restore/": WEIGHED,
    "/plates/own/": BARS,
    "/routines/new/": PLAN | {"name": "Another"},
}


@pytest.fixture
def lats(db: None) -> Muscle:
    return MuscleFactory.create(slug="lats", name="Lats")


@pytest.fixture
def brought(alices_client: Client) -> Import:
    file = SimpleUploadedFile("strong.csv", PULL.encode())
    alices_client.post("/data/import/", {"file": file})
    return Import.objects.get()


def ask(client: Client, method: str, name: str, address: str, **form: Any) -> None:
    """What a person sends and what comes of it, to the end: some answers are a stream."""
    sent = FORMS.get(name, {}) | form if method == "post" else {}
    answer = getattr(client, method)(address, sent)
    b"".join(answer)
    assert answer.status_code < 400


class TestEachAddress:
    @pytest.mark.parametrize(("method", "name"), OF_A_WORKOUT)
    def test_of_a_workout(self, alices_client, workout: Workout, method, name):
        if name == "workouts:restore":
            alices_client.post(reverse("workouts:delete", args=[workout.pk]))

        ask(alices_client, method, name, reverse(name, args=[workout.pk]), id=workout.pk)

    @pytest.mark.parametrize(("method", "name"), OF_AN_EXERCISE)
    def test_of_an_own_exercise(self, alices_client, own: Exercise, row, routine, method, name):
        ask(alices_client, method, name, reverse(name, args=[own.slug]), into=row.pk)

    @pytest.mark.parametrize(("method", "name"), OF_A_ROUTINE)
    def test_of_a_routine(self, alices_client, routine: Routine, method, name):
        if name == "routines:restore":
            alices_client.post(reverse("routines:delete", args=[routine.pk]))

        ask(alices_client, method, name, reverse(name, args=[routine.pk]), id=routine.pk)

    @pytest.mark.parametrize(("method", "name"), OF_A_WEIGHING)
    def test_of_a_weighing(self, alices_client, workout, weighing: BodyWeight, method, name):
        ask(alices_client, method, name, reverse(name, args=[weighing.pk]))

    @pytest.mark.parametrize(("method", "address"), OF_A_PERSON)
    def test_of_a_person(
        self,
        alice: User,
        alices_client,
        workout,
        own,
        weighing,
        routine,
        lats,
        brought,
        method,
        address,
    ):
        token, _ = make_token(athlete=alice.athlete, name="old", may_write=True)
        there = address.replace("import/1/", f"import/{brought.pk}/")
        there = there.replace("tokens/1/", f"tokens/{token.pk}/")

        ask(alices_client, method, address, there, id=uuid4())


class TestTheWatch:
    @pytest.mark.parametrize(
        "sql",
        [
            'SELECT * FROM "workouts_entry" WHERE "workouts_entry"."athlete_id" = %s',
            'SELECT * FROM "workouts_entry" WHERE "workouts_entry"."athlete_id" IN (%s, %s)',
            'SELECT * FROM "workouts_entry" U0 WHERE +U0."athlete_id" = (%s)',
            'SELECT * FROM "workouts_entry" INNER JOIN "workouts_workout" ON'
            ' ("workouts_entry"."workout_id" = "workouts_workout"."id"'
            ' AND (+"workouts_entry"."athlete_id" = (+"workouts_workout"."athlete_id")))'
            ' WHERE "workouts_workout"."athlete_id" = %s',
            'SELECT * FROM "workouts_athlete" WHERE "workouts_athlete"."user_id" = %s',
            'DELETE FROM "workouts_entry" WHERE "workouts_entry"."id" IN (%s, %s)',
            'SELECT * FROM "exercises_exercise" WHERE "exercises_exercise"."owner_id" = %s',
        ],
    )
    def test_lets_pass_what_one_server_answers(self, sql: str) -> None:
        assert lacking(sql) == []

    @pytest.mark.parametrize(
        ("sql", "tables"),
        [
            (
                'SELECT "workouts_entry"."athlete_id" FROM "workouts_entry"'
                ' WHERE "workouts_entry"."workout_id" = %s',
                ["workouts_entry"],
            ),
            (
                'UPDATE "workouts_rest" SET "athlete_id" = %s WHERE "workouts_rest"."id" = %s',
                ["workouts_rest"],
            ),
            (
                'SELECT * FROM "workouts_workout" WHERE "workouts_workout"."athlete_id" = %s'
                ' AND "workouts_workout"."id" IN'
                ' (SELECT U0."workout_id" FROM "workouts_entry" U0 WHERE U0."exercise_id" = %s)',
                ["workouts_entry"],
            ),
            (
                'SELECT * FROM "workouts_loggedset" INNER JOIN "workouts_entry" ON'
                ' ("workouts_loggedset"."entry_id" = "workouts_entry"."id")'
                ' WHERE "workouts_entry"."athlete_id" = %s',
                ["workouts_loggedset"],
            ),
        ],
    )
    def test_finds_what_all_would_be_asked(self, sql: str, tables: list[str]) -> None:
        assert lacking(sql) == tables

    def test_raises(self, workout: Workout) -> None:
        with pytest.raises(AnyAthletesError, match="workouts_entry"), of_one_athlete():
            list(Entry.objects.filter(workout=workout.pk))

    def test_knows_whose_a_row_is_that_is_loaded(self, workout: Workout) -> None:
        with of_one_athlete():
            [entry] = Entry.objects.filter(workout=workout)
            [logged] = entry.sets.all()
            [same] = Entry.objects.filter(workout__in=[workout]).prefetch_related("sets")
            entry.save()

        assert (same, [*same.sets.all()]) == (entry, [logged])

    def test_knows_that_a_row_goes_on_being_anothers(self, workout: Workout, charlie) -> None:
        workout.athlete_id = charlie.pk

        assert not workout.entries.exists()
