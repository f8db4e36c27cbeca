"""Where the queries of an athlete's pages begin: at the athlete, however many others there are."""

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.installation import done_by_others
from exercises.models import Exercise
from tests.factories import MuscleFactory, TargetFactory, log_each_day
from workouts.models import Athlete, Entry, LoggedSet, Workout

TODAY = "2026-11-30 12:00Z"
OTHERS, DAYS = 100, 100
TEXT = "Pull-up: 8, 8\nBent-over barbell row: 60 kg x 8, 8"
PAGES = [
    "/",
    "/workouts/",
    "/workouts/?year=2026",
    "/workouts/?month=2026-11",
    "/workouts/?day=2026-11-20",
    "/workouts/?q=row",
    "/workouts/?muscle=lats",
    "/workouts/?exercise={exercise}",
    "/progress/",
    "/progress/exercises/",
    "/progress/records/",
    "/progress/years/2026/",
    "/progress/exercises/{exercise}/",
    "/progress/exercises/{exercise}/?part=own-history",
    "/progress/exercises/{exercise}/?show=bests",
    "/progress/muscles/lats/",
    "/progress/muscles/lats/?range=all",
]
TABLES = {model._meta.db_table for model in (Workout, Entry, LoggedSet)}
OWN = re.compile(r"\b(athlete|workout|entry|routine)_id\b|\b(id|rowid)\b")


@pytest.fixture
def trained(alice, catalogue) -> User:
    lats = MuscleFactory.create(slug="lats", name="Lats")
    for exercise in catalogue.values():
        TargetFactory.create(exercise=exercise, muscle=lats)
    log_each_day(alice, TEXT, days=DAYS, first=date(2026, 8, 22))
    return alice


def queries(client, address: str) -> list[str]:
    """What the page asks about training."""
    address = address.format(exercise=Exercise.objects.get(name="Pull-up").slug)
    with time_machine.travel(TODAY, tick=False), CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked if "workouts_" in query["sql"]]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by its statistics")
class TestOnSqlite:
    @pytest.mark.parametrize("address", PAGES)
    def test_read_no_table_whole_and_nothing_by_its_exercise_alone(
        self, trained, alices_client, address
    ):
        steps = [step for sql in queries(alices_client, address) for step in self.plan(sql)]

        of_tables = [step for step in steps if re.search(r" USING .*\bINDEX workouts_", step)]
        assert of_tables != []
        assert [step for step in of_tables if not OWN.search(step.rpartition("(")[2])] == []
        assert [step for step in steps if re.match("SCAN workouts_", step)] == []

    @pytest.mark.parametrize("address", ["/workouts/?month=2026-11", "/progress/years/2026/"])
    def test_bests_of_all_that_was_before_are_read_from_an_index(
        self, trained, alices_client, address
    ):
        [sql] = [
            sql for sql in queries(alices_client, address) if "MAX(" in sql and "COUNT(" not in sql
        ]

        assert self.plan(sql)[0] == (
            "SEARCH workouts_entry USING COVERING INDEX workouts_entry_of_exercise (athlete_id=?)"
        )

    @staticmethod
    def plan(sql: str) -> list[str]:
        with connection.cursor() as cursor:
            return [row[-1] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}")]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no statistics")
class TestOnPostgresql:
    def test_read_what_is_the_athletes_beside_40_000_sets_of_others(self, trained, alices_client):
        log_for_others(trained)
        assert LoggedSet.objects.count() > 40_000

        read = {
            address: [
                line
                for sql in queries(alices_client, address)
                for node in self.nodes(sql)
                if (line := self.foreign(node))
            ]
            for address in PAGES
        }

        assert {address: lines for address, lines in read.items() if lines} == {}

    @staticmethod
    def nodes(sql: str) -> Iterator[dict[str, Any]]:
        """Those of the plan for large tables: these are read whole in no more pages than an index
        and its rows have.
        """
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            [[found]] = cursor.fetchall()
        waiting = [
            each["Plan"] for each in (json.loads(found) if isinstance(found, str) else found)
        ]
        while waiting:
            node = waiting.pop()
            waiting += node.get("Plans", [])
            yield node

    @staticmethod
    def foreign(node: dict[str, Any]) -> str:
        """What the node reads of others, as far as its condition says; or nothing.

        Where two indexes are put together, one lists all that the athlete ever did, each time. In
        partitions the primary key may be one of them, where a query begins.
        """
        if node["Node Type"] == "BitmapAnd" and "PARTITIONS" not in os.environ:
            return f"both of {[each.get('Index Name') for each in node['Plans']]}"
        name = node.get("Relation Name") or node.get("Index Name", "")
        is_read = "Scan" in node["Node Type"] and node["Node Type"] != "Bitmap Heap Scan"
        condition = node.get("Index Cond", "")
        if not is_read or not any(name.startswith(table) for table in TABLES):
            return ""
        return "" if OWN.search(condition) else f"{node['Node Type']} of {name} ({condition})"


def log_for_others(user: User) -> None:
    """What the athlete did, done by so many others too."""
    users = User.objects.bulk_create(User(username=f"other-{n}") for n in range(OTHERS))
    Athlete.objects.bulk_create(Athlete(user=user) for user in users)
    done_by_others(user.athlete, [each.pk for each in users])
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
