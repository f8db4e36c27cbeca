"""The two databases that Backtrain runs on, by what a backup asks of each."""

from pathlib import Path
from typing import Protocol

from backtrain.backups import Database, Progress, postgresql, sqlite
from backtrain.backups.contents import Contents


class Engine(Protocol):
    """A module for one kind of database. FILE is what its copy is called in an archive."""

    NAME: str
    FILE: str

    def dump(self, database: Database, target: Path, progress: Progress) -> Contents: ...

    def contents(self, database: Database) -> Contents: ...

    def load(self, database: Database, source: Path, progress: Progress) -> None: ...


def engine_of(database: Database) -> Engine:
    return sqlite if database["ENGINE"].endswith("sqlite3") else postgresql
