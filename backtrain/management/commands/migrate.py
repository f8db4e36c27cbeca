"""Django's migrate, one at a time: the second of two waits for the first, and finds all done."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOCK = 0x6261636B747261  # any number that no other program locks in this database
SECONDS = 0.2  # from one try to the next


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> Any:
        """Checks and all: one of Django's takes an SQLite that is locked for one without JSON."""
        connection = connections[options["database"]]
        with one_at_a_time(connection, tell=self.stderr.write):
            return super().execute(*args, **options)


@contextmanager
def one_at_a_time(
    connection: BaseDatabaseWrapper, *, tell: Callable[[str], object]
) -> Iterator[None]:
    """Wait until nobody else changes this database's tables. A process that dies lets go of it."""
    with _lock_of(connection) as try_lock:
        if not try_lock():
            tell("Another migrate is at work on this database: waiting for it.")
            while not try_lock():
                time.sleep(SECONDS)
        yield


@contextmanager
def _lock_of(connection: BaseDatabaseWrapper) -> Iterator[Callable[[], bool]]:
    if connection.vendor == "postgresql":
        with closing(connection.copy()) as apart:
            apart.set_autocommit(False)  # the lock of a transaction, for a pooler keeps no other
            yield lambda: _lock_transaction(apart)
    elif connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield lambda: True
    else:
        # The folder and not the file: who closes that anew lets go of SQLite's own locks.
        folder = os.open(Path(connection.settings_dict["NAME"]).absolute().parent, os.O_RDONLY)
        try:
            yield lambda: _lock_folder(folder)
        finally:
            os.close(folder)


def _lock_transaction(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _lock_folder(folder: int) -> bool:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
