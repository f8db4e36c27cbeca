"""What is in a database, by what its own tables say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

MIGRATIONS = "django_migrations"


class Contents(NamedTuple):
    """The migrations that a database went through, as ``app.name``, and its rows by table."""

    migrations: list[str]
    rows: dict[str, int]

    @classmethod
    def of(cls, rows: dict[str, int], ask: Callable[[str], Iterable[tuple[Any, ...]]]) -> Contents:
        if MIGRATIONS not in rows:
            return cls([], rows)
        applied = ask(f"SELECT app, name FROM {MIGRATIONS} ORDER BY app, name")  # noqa: S608
        return cls([f"{app}.{name}" for app, name in applied], rows)
