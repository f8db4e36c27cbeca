"""A SQLite database into a file and back, by SQLite's own online backup."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from backtrain.backups import BackupProblem, Database, Progress
from backtrain.backups.contents import Contents

NAME, FILE = "sqlite", "database.sqlite3"
PAGES = 2000  # 8 MB, between two movements of the bar
SECONDS = 20  # to wait for whoever writes


def dump(database: Database, target: Path, progress: Progress) -> Contents:
    """A copy of the database at one moment, whoever writes meanwhile, and what is in it.

    The read transaction holds that moment: without one, the copy would begin anew with each write.
    """
    with closing(_connect(database, "rw")) as source, closing(sqlite3.connect(target)) as copy:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _copy(source, copy, progress)
        # Constraints may call functions that Django brings; what is stored is all that matters.
        copy.execute("PRAGMA ignore_check_constraints=ON")
        [[found], *_] = copy.execute("PRAGMA quick_check").fetchall()
        if found != "ok":
            raise BackupProblem(f"The database itself is damaged ({found}): keep older backups.")
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without the two beside it
        return _contents(copy)


def contents(database: Database) -> Contents:
    """What is in the database; nothing where there is no file yet."""
    if not Path(database["NAME"]).exists():
        return Contents([], {})
    with closing(_connect(database, "rw")) as connection:
        return _contents(connection)


def load(database: Database, source: Path, progress: Progress) -> None:
    """Put the copy in the database's place, in one transaction."""
    with closing(sqlite3.connect(source)) as copy, closing(_connect(database, "rwc")) as target:
        target.execute("PRAGMA journal_mode=WAL")
        target.execute("PRAGMA synchronous=FULL")
        _copy(copy, target, progress)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress) -> None:
    [size] = source.execute("PRAGMA page_size").fetchone()

    def moved(_: int, remaining: int, total: int) -> None:
        progress("database", (total - remaining) * size, total * size)

    source.backup(target, pages=PAGES, progress=moved)


def _connect(database: Database, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(database['NAME']))}?mode={mode}"
    try:
        return sqlite3.connect(address, uri=True, timeout=SECONDS, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise BackupProblem(f"{database['NAME']} can't be opened: {error}.") from error


def _contents(connection: sqlite3.Connection) -> Contents:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
    ).fetchall()
    rows = {}
    for (table,) in sorted(tables):
        [rows[table]] = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
    return Contents.of(rows, lambda query: connection.execute(query).fetchall())
