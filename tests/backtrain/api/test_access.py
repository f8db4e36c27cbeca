"""Who may ask what, how often, and what an answer that is known costs."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from backtrain.api import api
from tests.backtrain.api.conftest import Script, script_of
from tests.conftest import signed_in
from tests.factories import log
from workouts.models import ApiToken, Workout

OPEN = ("/api/v1/exercises/", "/api/v1/muscles/", "/api/v1/equipment/")
KEY = "0b0f0c8e-7c1d-4f0e-9d2a-5a4f1d6c7e11"


def operations() -> list[tuple[str, str]]:
    """Each method and address of the schema, filled in."""
    filled = {"key": KEY, "day": "2026-11-22", "slug": "pull-up"}
    return [
        (method.upper(), address.format_map(filled))
        for address, found in api.get_openapi_schema()["paths"].items()
        for method in found
    ]


def test_all_but_the_catalogue_wants_a_token(db: None, alice: User) -> None:
    """A session, which any page could use, is none."""
    browser = signed_in(alice)

    refused = {
        (method, address)
        for method, address in operations()
        for client in (Client(), browser)
        if client.generic(method, address).status_code == 401
    }

    wanted = {each for each in operations() if not each[1].startswith(OPEN)}
    assert refused == wanted
    assert len(wanted) > 10


@pytest.mark.parametrize("header", ["Bearer bt_no", "Basic YTpi", "Bearer", "bt_no", "Bearer é"])
def test_a_token_that_is_none_opens_nothing(db: None, header: str) -> None:
    client = Client(headers={"authorization": header})

    assert client.get("/api/v1/workouts/").status_code == 401
    assert client.get("/api/v1/muscles/").status_code == 401


def test_one_that_may_read_writes_nothing(alice: User, pull_up) -> None:
    workout = log(alice, "Pull-up: 8")
    script = script_of(alice, may_write=False)

    answers = {
        (method, address): script.ask(method, address.removeprefix("/api/v1/"))[0]
        for method, address in operations()
        if method != "GET" and not address.endswith("/read/")
    }

    assert set(answers.values()) == {403}
    assert Workout.objects.live().get() == workout


def test_one_that_may_read_may_ask_how_a_text_reads(alice: User, pull_up) -> None:
    script = script_of(alice, may_write=False)

    text = "2026-11-22 18:30\nPull-up: 8"

    status, found, _ = script.ask("POST", "workouts/read/", {"text": text})

    assert (status, found["is_ready"]) == (200, True)
    assert not Workout.objects.exists()


def test_the_athlete_is_read_once(alice: User, django_assert_num_queries) -> None:
    script = script_of(alice)
    script.ask("GET", "body-weights/")  # notes the day

    with django_assert_num_queries(3) as asked:  # token, versions of the catalogue, body weights
        status, found, _ = script.ask("GET", "body-weights/")

    assert (status, found) == (200, [])
    assert sum('FROM "workouts_athlete"' in each["sql"] for each in asked.captured_queries) == 0


def test_nobody_elses_is_found(alice: User, charlies: Script, pull_up) -> None:
    workout = log(alice, "2026-11-22 18:30 Secret\nPull-up: 8")
    at = f"workouts/{workout.pk}/"
    change = {"revision": 1, "text": "2026-11-22 18:30\nPull-up: 1"}

    assert charlies.ask("GET", "workouts/")[1] == {"count": 0, "workouts": []}
    assert charlies.ask("GET", at)[0] == 404
    assert charlies.ask("PUT", at, change)[0] == 404
    assert charlies.ask("DELETE", at)[0] == 404
    assert charlies.ask("POST", f"{at}restore/")[0] == 404
    assert b"Secret" not in b"".join(charlies.ask("GET", "export/notebook.txt")[2])
    assert Workout.objects.live().get().text == workout.text


def test_an_answer_that_is_known_is_not_sent_again(alice: User, alices: Script, pull_up) -> None:
    _, _, first = alices.ask("GET", "workouts/")
    known = {"If-None-Match": first["ETag"]}

    status, _, again = alices.ask("GET", "workouts/", **known)
    assert (status, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"
    assert "Authorization" in again["Vary"]

    log(alice, "Pull-up: 8")
    assert alices.ask("GET", "workouts/", **known)[0] == 200


def test_the_first_request_of_a_day_is_known_too(alice: User, alices: Script, pull_up) -> None:
    log(alice, "2026-11-20 10:00\nPull-up: 8")
    with time_machine.travel("2026-11-22T18:30:00Z", tick=False) as clock:
        tag = alices.ask("GET", "workouts/")[2]["ETag"]
        clock.shift(24 * 3600)

        assert alices.ask("GET", "workouts/", **{"If-None-Match": tag})[0] == 304


def test_what_a_visitor_may_keep_is_for_all(db: None, alices: Script) -> None:
    assert Script().ask("GET", "muscles/")[2]["Cache-Control"] == "public, no-cache"
    assert alices.ask("GET", "muscles/")[2]["Cache-Control"] == "private, no-cache"


def test_so_many_a_minute(alices: Script, charlies: Script) -> None:
    with time_machine.travel("2026-11-22T18:30:00Z", tick=False) as clock:
        answers = [alices.ask("GET", "equipment/")[0] for _ in range(121)]

        assert answers == [*[200] * 120, 429]
        assert charlies.ask("GET", "equipment/")[0] == 200
        clock.shift(61)
        assert alices.ask("GET", "equipment/")[0] == 200


def test_the_day_of_the_last_use_is_kept(alice: User, alices: Script) -> None:
    with time_machine.travel("2026-11-22T18:30:00Z", tick=False):
        alices.ask("GET", "equipment/")

    assert ApiToken.objects.get().last_used_on == date(2026, 11, 22)
