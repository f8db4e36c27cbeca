"""Who may ask what, how often, and what an answer that is known costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from backtrain.api import api
from exercises.models import Exercise
from tests.backtrain.api.conftest import Script, script_of
from tests.conftest import signed_in
from tests.factories import MuscleFactory, log
from workouts.data.exporting import as_json
from workouts.models import ApiToken, Workout
from workouts.own_exercises import make_own_exercise
from workouts.saving import delete_workout
from workouts.tokens import make_token, revoke_token
from workouts.vocabulary import Unit
from workouts.weighings import record_body_weight

AT = "2026-11-22 18:30"
GIVEN = {
    "workout": "0b0f0c8e-7c1d-4f0e-9d2a-5a4f1d6c7e11",
    "deleted": "0b0f0c8e-7c1d-4f0e-9d2a-5a4f1d6c7e12",
    "new": "0b0f0c8e-7c1d-4f0e-9d2a-5a4f1d6c7e13",
    "own": "secret-curl",
    "day": "2026-11-25",
}
UNKNOWN = {
    **GIVEN,
    "workout": "0b0f0c8e-7c1d-4f0e-9d2a-5a4f1d6c7e14",
    "deleted": "0b0f0c8e-7c1d-4f0e-9d2a-5a4f1d6c7e14",
    "own": "no-such-curl",
    "day": "2026-11-24",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What is sent to an operation, and how those are answered who send it.

    ``at`` is its address about something of Alice's, ``stranger`` the status for Charlie,
    ``visitor`` that without a token.
    """

    at: str
    owner: int = 200
    stranger: int = 200
    visitor: int = 401
    sent: dict[str, object] | None = None

    def address(self, keys: dict[str, str]) -> str:
        return self.at.format_map(keys)


ROWS = {
    "GET /muscles/": Row("muscles/", visitor=200),
    "GET /muscles/{slug}/": Row("muscles/lats/", visitor=200),
    "GET /equipment/": Row("equipment/", visitor=200),
    "GET /exercises/": Row("exercises/?q=secret", visitor=200),
    "GET /exercises/{slug}/": Row("exercises/{own}/", stranger=404, visitor=404),
    "GET /workouts/": Row("workouts/"),
    "POST /workouts/": Row(
        "workouts/", 201, 201, sent={"id": GIVEN["new"], "text": f"{AT}\nPull-up: 1"}
    ),
    "POST /workouts/read/": Row("workouts/read/", sent={"text": "Secret curl: 1"}),
    "POST /notebook/": Row(
        "notebook/", sent={"id": GIVEN["new"], "text": "2026-11-19 10:00\nPull-up: 1"}
    ),
    "GET /workouts/{key}/": Row("workouts/{workout}/", stranger=404),
    "PUT /workouts/{key}/": Row(
        "workouts/{workout}/",
        stranger=404,
        sent={"revision": 1, "text": "2026-11-21 18:30\nPull-up: 1"},
    ),
    "DELETE /workouts/{key}/": Row("workouts/{workout}/", 204, 404),
    "POST /workouts/{key}/restore/": Row("workouts/{deleted}/restore/", stranger=404),
    "GET /body-weights/": Row("body-weights/"),
    # A day is everybody's: there Charlie's own weight is put, or none is found.
    "PUT /body-weights/{day}/": Row("body-weights/{day}/", sent={"weight": "82.34", "unit": "kg"}),
    "DELETE /body-weights/{day}/": Row("body-weights/{day}/", 204, 404),
    "GET /export/everything.json": Row("export/everything.json"),
    "GET /export/workouts.csv": Row("export/workouts.csv"),
    "GET /export/notebook.txt": Row("export/notebook.txt"),
}
OPERATIONS = [
    f"{method.upper()} /{address.removeprefix('/api/v1/')}"
    for address, found in api.get_openapi_schema()["paths"].items()
    for method in found
]


def answer_to(script: Script, operation: str, keys: dict[str, str]) -> tuple[int, bytes]:
    """The status, and all that was said."""
    row = ROWS[operation]
    _, _, answer = script.ask(operation.partition(" ")[0], row.address(keys), row.sent)
    return answer.status_code, b"".join(answer)


@pytest.mark.parametrize("operation", OPERATIONS)
class TestOperation:
    """Every operation of the schema, by whoever may come: a new one needs a row."""

    @pytest.fixture(autouse=True)
    def _friday(self) -> Iterator[None]:
        with time_machine.travel("2026-11-27T18:30:00Z", tick=False):
            yield

    @pytest.fixture(autouse=True)
    def _theirs(self, alice: User, pull_up: Exercise) -> None:
        """What is Alice's, each of it named Secret or of a weight like no other."""
        MuscleFactory.create(slug="lats")
        make_own_exercise(owner=alice, name="Secret curl")
        for key, text in (
            ("workout", "2026-11-21 18:30 Secret title\nSecret curl: 8"),
            ("deleted", "2026-11-20 18:30 Secret too\nPull-up: 8"),
        ):
            log(alice, text, key=UUID(GIVEN[key]))
        delete_workout(athlete=alice.athlete, key=UUID(GIVEN["deleted"]), at=timezone.now())
        record_body_weight(
            athlete=alice.athlete, on=date(2026, 11, 25), weight=Decimal("81.23"), unit=Unit.KG
        )

    def test_answers_its_owner(self, alices: Script, operation: str) -> None:
        assert answer_to(alices, operation, GIVEN)[0] == ROWS[operation].owner

    def test_finds_nothing_of_anothers(self, alice: User, charlies: Script, operation: str) -> None:
        before = kept_of(alice)

        status, said = answer_to(charlies, operation, GIVEN)

        assert status == ROWS[operation].stranger
        assert b"Secret title" not in said
        assert b"81.23" not in said
        assert kept_of(alice) == before
        if status == 404:
            assert answer_to(charlies, operation, UNKNOWN) == (status, said)

    def test_is_refused_without_a_token(self, alice: User, operation: str) -> None:
        """A session, which any page could use, is none."""
        browser = Script()
        browser.client = signed_in(alice)
        before = kept_of(alice)

        for script in (Script(), browser):
            status, said = answer_to(script, operation, GIVEN)
            assert status == ROWS[operation].visitor
            assert b"ecret" not in said
        assert kept_of(alice) == before

    def test_is_refused_with_a_token_that_was_revoked(self, alice: User, operation: str) -> None:
        token, secret = make_token(athlete=alice.athlete, name="test", may_write=True)
        revoke_token(athlete=alice.athlete, key=token.pk)

        assert answer_to(Script(secret), operation, GIVEN)[0] == 401

    def test_writes_nothing_with_a_token_that_may_read(self, alice: User, operation: str) -> None:
        row, before = ROWS[operation], kept_of(alice)
        is_reading = operation.startswith("GET") or operation.endswith("/read/")

        status, _ = answer_to(script_of(alice, may_write=False), operation, GIVEN)

        assert status == (row.owner if is_reading else 403)
        assert kept_of(alice) == before


def test_every_row_is_of_an_operation() -> None:
    assert list(ROWS) == OPERATIONS


def kept_of(user: User) -> str:
    """All of theirs, and what they deleted."""
    rows = user.athlete.workouts.order_by("pk").values("pk", "revision", "deleted_at")
    return f"{list(as_json(user.athlete, at=timezone.now()))} {list(rows)}"


@pytest.mark.parametrize("header", ["Bearer bt_no", "Basic YTpi", "Bearer", "bt_no", "Bearer é"])
def test_a_token_that_is_none_opens_nothing(db: None, header: str) -> None:
    client = Client(headers={"authorization": header})

    assert client.get("/api/v1/workouts/").status_code == 401
    assert client.get("/api/v1/muscles/").status_code == 401


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
