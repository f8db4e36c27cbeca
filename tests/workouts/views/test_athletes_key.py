"""Which queries of an athlete's pages name the athlete, so that one server of several can answer.

On one server an index by workout does as well. Those that go without are listed, here and in
docs/scaling.md.
"""

import re
from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.workouts.views.test_access import (
    OF_A_PERSON,
    OF_A_ROUTINE,
    OF_A_WEIGHING,
    OF_A_WORKOUT,
    OF_AN_EXERCISE,
    own,
    routine,
    weighing,
    workout,
)

__all__ = ["own", "routine", "weighing", "workout"]  # the fixtures

TABLES = {
    model._meta.db_table
    for model in apps.get_app_config("workouts").get_models()
    if "athlete" in {field.name for field in model._meta.fields}
}
TABLE = re.compile(r'(?:FROM|JOIN|UPDATE|INTO) "(\w+)"')
KEY = re.compile(r'"athlete_id" (?:= |IN \()')
INSERTED = re.compile(r'INSERT INTO "\w+" \([^)]*"athlete_id"')
FOUND_BY = re.compile(r'WHERE "(\w+)"\."(\w+)"')

ENTRIES, SETS = "workouts_entry by workout_id", "workouts_loggedset by entry_id"
PLANNED = "workouts_routineentry by routine_id"
# All of these rows are the athlete's: what they are found by is read by the athlete's key before.
LACKING = {
    "/": {ENTRIES},
    "/workouts/": {ENTRIES},
    "/data/export/workouts.csv": {ENTRIES, SETS},
    "/data/export/notebook.txt": {ENTRIES, SETS},
    "/data/export/everything.json": {ENTRIES, SETS, PLANNED},
    "/routines/": {PLANNED},
    "/exercises/own/": {"exercises_exercise by owner_id"},
    "workouts:detail": {ENTRIES},
    "workouts:edit": {ENTRIES},
    "workouts:copy": {ENTRIES},
    "workouts:own-exercise-edit": {"workouts_ownname by exercise_id"},
    "workouts:own-exercise-delete": {"workouts_entry by exercise_id"},
    "routines:detail": {PLANNED},
    "routines:edit": {PLANNED},
    "routines:add": {PLANNED},
}


@pytest.fixture
def pages(workout, own, weighing, routine) -> dict[str, str]:
    """The address of each, by its name where it has a key in it."""
    found = {page: page for method, page in OF_A_PERSON if method == "get"} | {"/": "/"}
    for rows, key in (
        (OF_A_WORKOUT, workout.pk),
        (OF_A_WEIGHING, weighing.pk),
        (OF_A_ROUTINE, routine.pk),
        (OF_AN_EXERCISE, own.slug),
    ):
        found |= {name: reverse(name, args=[key]) for method, name in rows if method == "get"}
    return found


def test_those_without_the_athletes_key_are_known(pages, alices_client):
    lacking = defaultdict(set)
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            b"".join(alices_client.get(address))  # some are a stream
        for sql in (query["sql"] for query in queries):
            is_personal = TABLES.intersection(TABLE.findall(sql))
            if is_personal and not KEY.search(sql) and not INSERTED.search(sql):
                table, column = FOUND_BY.findall(sql)[-1]
                lacking[name].add(f"{table} by {column}")

    assert lacking == LACKING


@pytest.mark.parametrize(
    ("sql", "is_found"),
    [
        ('SELECT * FROM "workouts_entry" WHERE "workouts_entry"."athlete_id" = 1', True),
        ('SELECT * FROM "workouts_entry" WHERE "workouts_entry"."athlete_id" IN (1)', True),
        ('SELECT "workouts_entry"."athlete_id" FROM "workouts_entry"', False),
    ],
)
def test_knows_the_key_when_it_sees_it(sql, is_found):
    assert bool(KEY.search(sql)) is is_found
