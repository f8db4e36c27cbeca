"""Downloads of an athlete's own data."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import log


@pytest.fixture(autouse=True)
def workout(alice: User, pull_up: object) -> None:
    log(alice, "2024-03-01 18:05 Pull\nPull-up: 8, 7")


@pytest.mark.parametrize(
    ("name", "content_type", "ending"),
    [
        ("workouts.csv", "text/csv; charset=utf-8", "csv"),
        ("everything.json", "application/json", "json"),
        ("notebook.txt", "text/plain; charset=utf-8", "txt"),
    ],
)
def test_are_files_made_while_they_are_sent(
    alices_client: Client, name: str, content_type: str, ending: str
) -> None:
    answer = alices_client.get(f"/data/export/{name}")

    assert answer.streaming  # type: ignore[attr-defined]
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"].endswith(f'.{ending}"')
    assert answer["Cache-Control"] == "no-store"
    assert b"Pull" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_hold_nobody_elses(charlies_client: Client) -> None:
    answer = charlies_client.get("/data/export/everything.json")

    document = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert document["workouts"] == []


def test_the_page_says_how_much_there_is(alices_client: Client, charlies_client: Client) -> None:
    assert "Your 1 workout and all else" in alices_client.get("/data/export/").content.decode()
    assert "nothing yet" in charlies_client.get("/data/export/").content.decode()
