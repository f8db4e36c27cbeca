"""The catalogue, body weight, exports, and the page that tells about all of it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from backtrain.api import api
from tests.backtrain.api.conftest import Script
from tests.factories import MuscleFactory, TargetFactory, log
from workouts.own_exercises import make_own_exercise


class TestCatalogue:
    def test_is_for_everyone(self, pull_up, row) -> None:
        lats = MuscleFactory.create(slug="lats", name="Latissimus dorsi")
        TargetFactory.create(exercise=pull_up, muscle=lats, role="primary")

        status, found, _ = Script().ask("GET", "exercises/?muscle=lats")

        assert (status, found["count"]) == (200, 1)
        assert found["exercises"][0]["slug"] == "pull-up"
        assert found["exercises"][0]["primary"] == ["lats"]
        one = Script().ask("GET", "exercises/pull-up/")[1]
        assert one["targets"] == [{"muscle": "lats", "role": "primary"}]
        assert Script().ask("GET", "muscles/lats/")[1]["name"] == "Latissimus dorsi"

    def test_own_exercises_are_their_owners(
        self, alice: User, alices: Script, charlies: Script
    ) -> None:
        own = make_own_exercise(owner=alice, name="Secret curl")

        assert alices.ask("GET", f"exercises/{own.slug}/")[1]["is_own"]
        for other in (charlies, Script()):
            assert other.ask("GET", f"exercises/{own.slug}/")[0] == 404
            assert other.ask("GET", "exercises/?q=secret")[1]["count"] == 0

    @pytest.mark.parametrize("number", ["2", "9" * 12])
    def test_has_any_page(self, pull_up, number: str) -> None:
        status, found, _ = Script().ask("GET", f"exercises/?page={number}")

        assert (status, found["count"]) == (200, 1)

    @pytest.mark.parametrize("what", ["exercises", "muscles"])
    def test_says_what_is_not_there(self, db: None, what: str) -> None:
        status, found, _ = Script().ask("GET", f"{what}/no-such/")

        assert (status, found) == (
            404,
            {"detail": f"There is no such {what[:-1]}, or no longer."},
        )


class TestBodyWeight:
    def test_is_written_corrected_and_deleted(self, alice: User, alices: Script) -> None:
        assert alices.ask("PUT", "body-weights/2026-11-20/", {"weight": "80.5"})[0] == 200
        assert alices.ask("PUT", "body-weights/2026-11-20/", {"weight": "81"})[0] == 200

        found = alices.ask("GET", "body-weights/")[1]
        assert found == [{"day": "2026-11-20", "weight": "81", "unit": "kg"}]
        assert alices.ask("DELETE", "body-weights/2026-11-20/")[0] == 204
        assert alices.ask("DELETE", "body-weights/2026-11-20/")[0] == 404
        assert not alice.athlete.body_weights.exists()

    def test_what_looks_like_a_slip_is_asked(self, alice: User, alices: Script) -> None:
        at = "body-weights/2026-11-20/"
        status, found, _ = alices.ask("PUT", at, {"weight": "8.05"})
        assert status == 422  # nobody weighs that

        status, found, _ = alices.ask("PUT", at, {"weight": "250"})
        assert (status, found["detail"]) == (409, "Is 250 kg right?")
        assert not alice.athlete.body_weights.exists()
        sent = {"weight": "250", "confirmed": found["confirm"]}
        assert alices.ask("PUT", at, sent)[0] == 200


@pytest.mark.parametrize("name", ["everything.json", "workouts.csv", "notebook.txt"])
def test_exports_are_those_of_the_site(
    alice: User, alices: Script, alices_client: Client, pull_up, name: str
) -> None:
    log(alice, "Pull-up: 8")
    with_time = b'"exported_at"'

    def lines(answer) -> list[bytes]:
        return [each for each in b"".join(answer).splitlines() if with_time not in each]

    asked = alices.ask("GET", f"export/{name}")[2]
    assert lines(asked) == lines(alices_client.get(f"/data/export/{name}"))


def test_the_page_tells_all(db: None) -> None:
    page = Client().get("/api/v1/").content.decode()

    for address, found in api.get_openapi_schema()["paths"].items():
        for method in found:
            assert f"{method.upper()} {address}" in page
    assert Client().get("/api/v1/openapi.json").json()["info"]["title"] == "Backtrain"
