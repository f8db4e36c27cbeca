"""An installation in production mode on either database, and an athlete who logs at it."""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.faults.clusters import Cluster
from tests.production import Answer, Installation, Server

HOST = "Host: log.example.org"
NEW = "/workouts/new/"
TEXT = "Wrist curl 20 kg x 8, 8, 7"
SETS = 3
A_DAY = date(2019, 1, 1)
PERSON = {
    "username": "robin",
    "email": "robin@example.org",
    "password1": "a good password",
    "time_zone": "UTC",
}
# Every workout, with how many entries and sets it has
LOGGED = """
SELECT workout.id, count(DISTINCT entry.id), count(one_set.id)
FROM workouts_workout workout
LEFT JOIN workouts_entry entry ON entry.workout_id = workout.id
LEFT JOIN workouts_loggedset one_set ON one_set.entry_id = entry.id
GROUP BY workout.id
"""


class Site:
    """An installation, and the rows that it has."""

    def __init__(self, installation: Installation, cluster: Cluster | None = None) -> None:
        self.installation = installation
        self.cluster = cluster
        self.served = installation.served
        self.name = installation.environment["DATABASE_URL"].rpartition("/")[2]

    @property
    def file(self) -> Path:
        return self.installation.folder / "db.sqlite3"

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        if self.cluster:
            return self.cluster.ask(query, name=self.name)
        with closing(sqlite3.connect(self.file)) as database:
            return database.execute(query).fetchall()

    def logged(self) -> Counter[tuple[uuid.UUID, int, int]]:
        """Each workout's key, entries and sets, and how often there is one."""
        rows = self.ask(LOGGED)
        return Counter((uuid.UUID(str(key)), entries, sets) for key, entries, sets in rows)


class Athlete:
    """Signed up once; then posts workouts without looking, wherever the site is by now."""

    def __init__(self, server: Server, username: str = "robin") -> None:
        self.server = server
        person = PERSON | {"username": username, "email": f"{username}@example.org"}
        signed_up = server.post("/accounts/signup/", person, HOST)
        assert signed_up.status == 302, signed_up.text
        page = server.get(NEW, HOST).text
        self.token = found(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        self.owner = found(r'name="owner" value="(\d+)"', page)

    def at(self, server: Server) -> Athlete:
        """The same one, at the site after a restart."""
        server.cookies = self.server.cookies
        self.server = server
        return self

    def log(self, key: uuid.UUID, *, text: str = TEXT, day: int = 0) -> Answer:
        form = {
            "id": str(key),
            "owner": self.owner,
            "day": str(A_DAY + timedelta(days=day)),
            "time": "18:30",
            "time_zone": "UTC",
            "text": text,
            "save": "1",
        }
        return self.send(NEW, form)

    def send(self, path: str, form: dict[str, str]) -> Answer:
        body = urlencode({**form, "csrfmiddlewaretoken": self.token})
        lines = (HOST, *self.server.cookie())
        return self.server.kept(self.server.raw(*lines, method="POST", path=path, body=body))

    def get(self, path: str) -> Answer:
        return self.server.get(path, HOST)


def found(pattern: str, page: str) -> str:
    [first, *_] = re.findall(pattern, page)
    return str(first)


def sent_again(page: str) -> dict[str, str]:
    """The form that a page of 503 offers."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def is_saved(answer: Answer, key: uuid.UUID) -> bool:
    return answer.status == 302 and str(key) in answer.headers["Location"]


def assert_says_what_was_typed(answer: Answer, text: str = TEXT) -> None:
    """A 503 that says when to come back, with the form to send again."""
    assert answer.status == 503, answer.text
    assert answer.headers["Retry-After"] == "60"
    assert f"{text}</textarea>" in answer.text
    assert sent_again(answer.text)["text"] == text
