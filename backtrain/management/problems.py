"""What goes wrong with a backup, as one sentence instead of a traceback."""

import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import psycopg
from django.core.management.base import CommandError

from backtrain.backups import BackupProblem
from backtrain.rest import one_line

Parameters = ParamSpec("Parameters")


def problems_told(handle: Callable[Parameters, None]) -> Callable[Parameters, None]:
    @wraps(handle)
    def told(*args: Parameters.args, **options: Parameters.kwargs) -> None:
        try:
            handle(*args, **options)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            raise CommandError(f"{error.strerror or error}{where}.") from error
        except (sqlite3.Error, psycopg.Error) as error:
            raise CommandError(f"The database says: {one_line(error)}.") from error

    return told
