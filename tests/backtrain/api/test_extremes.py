"""Whatever is sent, the answer is no 500, and nothing is kept that can't be read again."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from backtrain.api import api
from tests.backtrain.api.conftest import Script
from tests.factories import log

KEY = "0b0f0c8e-7c1d-4f0e-9d2a-5a4f1d6c7e11"
EXTREMES: list[Any] = [
    None,
    True,
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 100_000,
    "9" * 400,
    10**30,
    -1,
    0,
    1e308,
    "NaN",
    "Infinity",
    "-0",
    "1e999",
    "0001-01-01",
    "9999-12-31",
    "23:59:59.999999+14:00",
    [],
    {},
    [[[[[[]]]]]],
]
BODIES = [
    b"",
    b"{",
    b"\xff\xfe",
    b"null",
    b"[]",
    b'{"text": "\xff"}',
    b"[" * 100_000,
    b'{"text": NaN}',
    b'{"weight": 1e999999999}',
]


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Each method and address, with its values of the body as they are usual."""
    schema = api.get_openapi_schema()
    usual = {"id": KEY, "text": "Pull-up: 8", "day": "2026-11-22", "time": "18:30", "revision": 1}
    entry = {"exercise": "Pull-up", "sets": [{"reps": 8, "weight": "1", "rpe": 8}]}
    found = []
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = body.get("schema", {}).get("$ref", "").rpartition("/")[2]
            fields = schema["components"]["schemas"].get(name, {}).get("properties", {})
            values = {each: usual.get(each, "") for each in fields}
            if "entries" in values:
                values |= {"entries": [entry], "text": "", "minutes": None}
            found.append((method.upper(), address, values))
    return found


@pytest.fixture
def asks(alice: User, alices: Script, pull_up) -> Any:
    """Asks, takes back what it did, and gives the status."""
    log(alice, "2026-11-20 10:00\nPull-up: 8")
    alices.client.raise_request_exception = False

    def ask(method: str, address: str, body: bytes) -> int:
        with transaction.atomic():
            answer = alices.client.generic(method, address, body, content_type="application/json")
            transaction.set_rollback(True)
        return answer.status_code

    return ask


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backtrain.api.access.PerAthlete.allow_request", lambda *_: True)


def filled(address: str, value: str = "pull-up", key: str = KEY) -> str:
    day = "2026-11-22" if value == "pull-up" else value
    return address.replace("{slug}", value).replace("{key}", key).replace("{day}", day)


@pytest.mark.whole
def test_any_value_of_a_body(asks: Any) -> None:
    broken = []
    for method, address, values in operations():
        for name in values:
            for extreme in EXTREMES:
                body = json.dumps({**values, name: extreme}).encode()
                if asks(method, filled(address), body) >= 500:
                    broken.append((method, address, name, str(extreme)[:30]))

    assert broken == []


def test_any_value_of_a_set(asks: Any) -> None:
    broken = []
    names = ("kind", "side", "weight", "unit", "reps", "seconds", "metres", "rpe")
    sent = {"id": KEY, "day": "2026-11-22", "time": "18:30"}
    for name in names:
        for extreme in EXTREMES:
            entry = {"exercise": "Pull-up", "sets": [{"reps": 8, name: extreme}]}
            body = json.dumps({**sent, "entries": [entry]}).encode()
            if asks("POST", "/api/v1/workouts/", body) >= 500:
                broken.append((name, str(extreme)[:30]))

    assert broken == []


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:12]))
def test_any_body(asks: Any, body: bytes) -> None:
    statuses = {
        (method, address): asks(method, filled(address), body)
        for method, address, values in operations()
        if values
    }

    assert {each for each, status in statuses.items() if status >= 500} == set()


def test_any_address(asks: Any) -> None:
    values = ["%00", "%FF", "9" * 30, "é", quote("\x00a"), "-", "a" * 300, "2026-13-41"]
    asked = [
        (method, filled(address, value))
        for method, address, _ in operations()
        for value in values
        if "{slug}" in address or "{day}" in address
    ]
    parameters = ("q", "page", "muscle", "since", "until", "limit", "offset", "sort", "level")
    asked += [
        ("GET", f"/api/v1/{page}/?{name}={value}")
        for page in ("exercises", "workouts", "body-weights")
        for name in parameters
        for value in [*values, "%00", "a%00b", "9999-12-31", "-1"]
    ]

    assert [each for each in asked if asks(*each, b"") >= 500] == []
