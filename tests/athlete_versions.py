"""What writes an athlete's rows says so first: else their pages would stay as they were."""

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from backtrain.postgresql.distribution import NEW

WRITE = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
NOT_KEPT = ("workouts_workoutdraft", "workouts_apitoken")  # what no kept page shows
ATHLETE, CATALOGUE = "workouts_athlete", "exercises_catalogueversion"


def is_told_by_none(table: str) -> bool:
    """Whether no kept page shows its rows, or they only come from a table that it replaces."""
    return table in NOT_KEPT or table.endswith(NEW)


class VersionKeptError(AssertionError):
    """Rows of an athlete were written under the version that their pages had before."""


@contextmanager
def versions_renewed() -> Iterator[None]:
    """Raises ``VersionKeptError`` if a row of an athlete is written within, in another transaction
    than one that has renewed a version, or earlier in it. What goes with an athlete who is deleted
    needs none, nor what goes with a row of the catalogue, which has a version of its own.
    """
    outside, is_apart = len(connection.savepoint_ids), not connection.in_atomic_block
    renewed_in: list[list[str]] = []  # each as the savepoints that it was within
    faults: list[tuple[str, str]] = []
    is_athlete_deleted = is_catalogue_written = False

    def look(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        nonlocal is_athlete_deleted, is_catalogue_written
        if found := WRITE.match(str(sql)):
            verb, table = found.groups()
            blocks = connection.savepoint_ids
            is_within = any(blocks[: len(renewed)] == renewed for renewed in renewed_in)
            is_catalogue_written |= table == CATALOGUE
            if table == ATHLETE:
                is_athlete_deleted |= verb == "DELETE FROM"
                is_in_own = len(blocks) > outside or (is_apart and connection.in_atomic_block)
                if '"version"' in str(sql) and is_in_own:
                    renewed_in.append(list(blocks))
            elif table.startswith("workouts_") and not (is_within or is_told_by_none(table)):
                stack = "".join(traceback.format_stack(limit=25)[:-6])
                faults.append((verb, f"{sql}\n{stack}"))
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield
    for verb, fault in faults:
        goes_along = is_catalogue_written and verb == "DELETE FROM"
        if not (is_athlete_deleted or goes_along):
            raise VersionKeptError(fault)
