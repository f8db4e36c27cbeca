"""Everyone who may send the site something extreme, and which extremes go with every change."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from exercises.files.revisions import record
from exercises.models import Exercise
from tests.conftest import signed_in
from tests.factories import TargetFactory, log

EXERCISES = "/admin/exercises/exercise/"
# One of each kind for every change; the others are for `make test-all`.
WORST = {"", "9" * 19, "a%00b", "%FF", "\x00", "x"}


def each(values, name=lambda value: repr(value[:20]), *, often=WORST):
    return [
        pytest.param(value, id=name(value), marks=() if value in often else pytest.mark.whole)
        for value in values
    ]


class Site:
    """Everyone's clients, and what of it went wrong."""

    def __init__(self, alice: User, eddie: User, pull_up: Exercise) -> None:
        log(alice, "Pull-up: 8\nBent-over barbell row: 60 kg x 8")
        TargetFactory.create(exercise=pull_up)
        record("Made")
        root = User.objects.create_superuser("root", "root@example.org", "x")
        self.clients = {"visitor": Client(), "athlete": signed_in(alice)}
        self.clients |= {"editor": signed_in(eddie), "root": signed_in(root)}
        for client in self.clients.values():
            client.raise_request_exception = False
        self.broken: list[str] = []

    def ask(self, who: str, at: str, data: object = None, *, method: str = "get") -> None:
        """Ask, note a 500, and undo what it did."""
        with transaction.atomic():
            answer = getattr(self.clients[who], method)(at, data)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.broken.append(f"{answer.status_code} {who} {method} {at[:200]} {data or ''}"[:400])
