"""An athlete's pages call exercises and muscles what their reader calls them."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exercises.models import Exercise
from tests.factories import (
    ExerciseFactory,
    MuscleFactory,
    TargetFactory,
    UserFactory,
    log,
    make_routine,
)
from workouts.favourites import set_favourite
from workouts.own_exercises import make_own_exercise
from workouts.saving import Started

pytestmark = pytest.mark.django_db

GERMAN = {"Pull-up": "Klimmzug", "Chin-up": "Untergriff-Klimmzug", "Wide back": "Breiter Rücken"}


def in_german(name):
    return {"name": name, "translations": {"de": {"name": GERMAN[name]}}}


@pytest.fixture
def athlete():
    back = MuscleFactory(slug="wide-back", **in_german("Wide back"))
    pull_up = ExerciseFactory(slug="pull-up", **in_german("Pull-up"))
    chin_up = ExerciseFactory(slug="chin-up", variation_of=pull_up, **in_german("Chin-up"))
    for exercise in (pull_up, chin_up):
        TargetFactory(exercise=exercise, muscle=back)
    user = UserFactory()
    make_own_exercise(owner=user, name="Towel hang")
    log(user, "Pull-up: 4, 4\nTowel hang: 3, 3\nChin-up: 3", on=date(2026, 7, 20))
    log(user, "Pull-up: 5, 5\nTowel hang: 4, 3\nChin-up: 4", on=date(2026, 11, 20))
    set_favourite(athlete=user.athlete, exercise=pull_up, is_favourite=True)
    return user


@pytest.fixture
def client(athlete):
    client = Client()
    client.force_login(athlete)
    return client


def page(client, address, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


ADDRESSES = {
    "/": {"Pull-up", "Chin-up"},
    "/workouts/": {"Pull-up", "Chin-up"},
    "/workouts/?month=2026-11": {"Pull-up", "Chin-up"},
    "/workouts/?exercise=pull-up": {"Pull-up", "Chin-up", "Wide back"},
    "/progress/years/2026/": {"Pull-up", "Chin-up"},
    "/progress/": {"Pull-up", "Chin-up", "Wide back"},
    "/progress/exercises/": {"Pull-up", "Chin-up"},
    "/progress/muscles/wide-back/": {"Pull-up", "Chin-up", "Wide back"},
    "/progress/exercises/pull-up/": {"Pull-up"},
    "/progress/exercises/pull-up/?show=bests": {"Pull-up"},
    "/progress/exercises/pull-up/?show=compare": {"Pull-up", "Chin-up"},
    "/progress/exercises/pull-up/favourite/": {"Pull-up"},
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_names_are_those_of_the_language(client, address):
    german, english, again = (page(client, address, language) for language in ("de", "en", "de"))

    for name in ADDRESSES[address]:
        assert f">{name}<" in english or name in english.split("</h1>")[0]
        assert GERMAN[name] not in english
        for each in (german, again):
            assert GERMAN[name] in each
            assert f">{name}<" not in each


def test_a_workout_names_its_exercises_and_muscles(client, athlete):
    address = athlete.athlete.workouts.first().get_absolute_url()

    assert ">Pull-up</a>" in page(client, address, "en")
    german = page(client, address, "de")
    assert ">Klimmzug</a>" in german
    assert "Breiter Rücken" in german
    assert ">Pull-up</a>" not in german


def test_what_a_workout_left_out_of_its_plan_is_named_too(client, athlete):
    routine = make_routine(athlete, "Pull-up: 3x5\nChin-up: 2x3\nTowel hang: 2x3")
    workout = log(
        athlete, "Pull-up: 5, 5", on=date(2026, 11, 21), started=Started(routine, routine.text)
    )

    assert "Chin-up <span" in page(client, workout.get_absolute_url(), "en")
    german = page(client, workout.get_absolute_url(), "de")
    assert "Untergriff-Klimmzug <span" in german
    assert "Towel hang <span" in german


def test_an_own_exercise_keeps_its_name(client):
    assert "Towel hang" in page(client, "/workouts/", "de")


def test_a_new_name_is_shown_at_once(client):
    page(client, "/progress/exercises/", "de")
    Exercise.objects.filter(slug="pull-up").update(translations={"de": {"name": "Klimmzüge"}})

    assert "Klimmzüge" in page(client, "/workouts/", "de")
    assert "Klimmzüge" in page(client, "/progress/exercises/", "de")


def test_names_are_read_once_for_all_pages_of_a_version(client, athlete):
    page(client, "/workouts/", "de")
    with CaptureQueriesContext(
        connection,
    ) as german:
        page(client, "/workouts/?year=2026", "de")
    with CaptureQueriesContext(connection) as english:
        page(client, "/workouts/?year=2026", "en")

    assert len(german) == len(english)


def test_an_exercise_that_is_published_no_more_keeps_its_names(client):
    Exercise.objects.filter(slug="pull-up").update(status="archived")

    assert "Klimmzug" in page(client, "/progress/exercises/", "de")


def test_sets_have_the_decimals_of_the_language_but_the_text_has_not(client, athlete):
    log(athlete, "Pull-up: 12.5 kg x 5, 5 @8.5", on=date(2026, 11, 22))
    address = athlete.athlete.workouts.order_by("-day").first().get_absolute_url()

    german = page(client, address, "de")

    assert ">12,5 kg<" in german
    assert "RPE 8,5" in german
    assert "Pull-up: 12.5 kg x 5, 5 @8.5" in german
    assert "12,5 kg × 5, 5 @8,5" in page(client, "/progress/exercises/pull-up/", "de")
    assert ">12.5 kg<" in page(client, address, "en")
