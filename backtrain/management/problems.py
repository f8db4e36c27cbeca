"""What goes wrong with a backup, as one sentence instead of a traceback."""

import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import current_thread, main_thread
from typing import ParamSpec

import psycopg
from django.core.management.base import CommandError

from backtrain.backups import BackupProblem
from backtrain.circuit_breaker import one_line

Parameters = ParamSpec("Parameters")


def problems_told(handle: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """A command that says them; one that is stopped leaves nothing lying about."""

    @wraps(handle)
    def told(*args: Parameters.args, **options: Parameters.kwargs) -> None:
        try:
            with _ended_in_order():
                handle(*args, **options)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            raise CommandError(f"{error.strerror or error}{where}.") from error
        except (sqlite3.Error, psycopg.Error) as error:
            raise CommandError(f"The database says: {one_line(error)}.") from error

    return told


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """SIGTERM ends Python at once, with half a copy of the database in a folder that stays; here it
    ends as an exit does, by which each folder and file is removed.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
