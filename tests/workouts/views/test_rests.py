"""How long an athlete rests, for all exercises or one."""

import pytest

from tests.workouts.views.log_form import value
from workouts.models import Rest

pytestmark = pytest.mark.usefixtures("catalogue")

RESTS = "/workouts/rests/"


class TestRests:
    def test_are_two_minutes_before_anything_is_said(self, alices_client):
        assert alices_client.get(RESTS).json() == {"usual": 120, "exercises": {}}

    def test_are_kept_for_all_and_for_one(self, alices_client):
        alices_client.post(RESTS, {"seconds": "90"})
        alices_client.post(RESTS, {"seconds": "240", "name": "pullups"})

        answer = alices_client.post(RESTS, {"seconds": "180", "name": "Pull-up"})

        expected = {"usual": 90, "exercises": {"Pull-up": 180}}
        assert answer.json() == alices_client.get(RESTS).json() == expected

    @pytest.mark.parametrize("seconds", ["", "4", "1801", "x", "9" * 5000])
    def test_refuse_what_is_no_rest(self, alices_client, seconds):
        assert alices_client.post(RESTS, {"seconds": seconds}).status_code == 422
        assert not Rest.objects.exists()

    @pytest.mark.parametrize(("name", "status"), [("No such lift", 404), ("a\x00", 422)])
    def test_know_the_exercise(self, alices_client, name, status):
        assert alices_client.post(RESTS, {"seconds": "90", "name": name}).status_code == status

    def test_are_chosen_in_the_settings(self, alices_client):
        settings = {"unit": "kg", "time_zone": "UTC", "week_start": "1"}
        alices_client.post(RESTS, {"seconds": "240", "name": "Pull-up"})

        alices_client.post("/accounts/settings/", {**settings, "rest_seconds": "90"})
        alices_client.post("/accounts/settings/", settings)

        assert alices_client.get(RESTS).json() == {"usual": 90, "exercises": {"Pull-up": 240}}
        assert value(alices_client.get("/accounts/settings/"), "rest_seconds") == "90"

    @pytest.mark.parametrize("seconds", ["4", "1801", "x"])
    def test_that_cannot_be_are_refused_by_the_settings(self, alices_client, seconds):
        settings = {"unit": "kg", "time_zone": "UTC", "week_start": "1", "rest_seconds": seconds}

        answer = alices_client.post("/accounts/settings/", settings)

        assert answer.status_code == 422
        assert value(answer, "rest_seconds") == seconds
        assert not Rest.objects.exists()

    def test_are_their_athletes_alone(self, alices_client, charlies_client, client):
        alices_client.post(RESTS, {"seconds": "90"})

        assert charlies_client.get(RESTS).json()["usual"] == 120
        assert client.get(RESTS).status_code == client.post(RESTS).status_code == 401
