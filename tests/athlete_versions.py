"""What writes an athlete's rows says so first: else their pages would stay as they were."""

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITE = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "(workouts_\w+)"')
ATHLETE = "workouts_athlete"


class VersionKeptError(AssertionError):
    """Rows of an athlete were written under the version that their pages had before."""


@contextmanager
def versions_renewed() -> Iterator[None]:
    """Raises ``VersionKeptError`` if a row of an athlete is written within, in another transaction
    than one that has renewed a version, or earlier in it. Whoever is deleted needs none.
    """
    outside = len(connection.savepoint_ids)
    renewed_in: list[list[str]] = []  # each as the savepoints that it was within
    faults: list[str] = []
    deleted = False

    def look(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        nonlocal deleted
        if found := WRITE.match(str(sql)):
            verb, table = found.groups()
            blocks = connection.savepoint_ids
            is_within = any(blocks[: len(renewed)] == renewed for renewed in renewed_in)
            if table == ATHLETE:
                deleted |= verb == "DELETE FROM"
                if '"version"' in str(sql) and len(blocks) > outside:
                    renewed_in.append(list(blocks))
            elif not is_within:
                faults.append(f"{sql}\n{''.join(traceback.format_stack(limit=25)[:-6])}")
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield
    if faults and not deleted:
        raise VersionKeptError(faults[0])
