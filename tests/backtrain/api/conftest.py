"""Scripts that ask the API."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from workouts.tokens import make_token


class Script:
    """Asks with a token, or as a visitor."""

    def __init__(self, secret: str = "") -> None:
        headers = {"authorization": f"Bearer {secret}"} if secret else {}
        self.client = Client(headers=headers)

    def ask(
        self, method: str, path: str, sent: object = None, **headers: str
    ) -> tuple[int, Any, HttpResponse]:
        """The status, what was answered, and the whole answer."""
        body = "" if sent is None else json.dumps(sent, default=str)
        answer = self.client.generic(
            method,
            f"/api/v1/{path}",
            body,
            content_type="application/json",
            headers=headers,
        )
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        found = answer.json() if is_json and not answer.streaming and answer.content else None
        return answer.status_code, found, answer


def script_of(user: User, *, may_write: bool = True) -> Script:
    return Script(make_token(athlete=user.athlete, name="test", may_write=may_write)[1])


@pytest.fixture
def alices(alice: User) -> Script:
    return script_of(alice)


@pytest.fixture
def charlies(charlie: User) -> Script:
    return script_of(charlie)
