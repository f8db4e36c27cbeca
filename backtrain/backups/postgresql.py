"""A PostgreSQL database into a file and back, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from backtrain.backups import BackupProblem, Database, Progress
from backtrain.backups.contents import Contents

NAME, FILE = "postgresql", "database.dump"
BLOCK = 1 << 20
# Of Django's OPTIONS those that are no words of PostgreSQL's own
DJANGOS = {"assume_role", "isolation_level", "pool", "query_seconds", "server_side_binding"}
# Without partitions, whose rows are their table's
TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1"""
OWN = ("--no-owner", "--no-privileges")  # whoever restores owns all


def dump(database: Database, target: Path, progress: Progress) -> Contents:
    """All of the database at one moment, whoever writes meanwhile, and what is in it.

    pg_dump reads in the snapshot in which the rows are counted.
    """
    with _connect(database) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [snapshot] = connection.execute("SELECT pg_export_snapshot()").fetchone() or [""]
        found = _contents(connection)
        options = ("--format=custom", "--compress=0", f"--snapshot={snapshot}", *OWN)
        with target.open("wb") as file, _running("pg_dump", *options, database=database) as out:
            while block := out.read(BLOCK):
                file.write(block)
                progress("database", file.tell(), 0)
    return found


def contents(database: Database) -> Contents:
    """What is in the database."""
    with _connect(database) as connection:
        return _contents(connection)


def load(database: Database, source: Path, progress: Progress) -> None:
    """Put the dump in the place of all tables, in one transaction."""
    drop, script = source.with_suffix(".drop.sql"), source.with_suffix(".sql")
    with _connect(database) as connection:
        drop.write_text(_without(connection, [name for [name] in connection.execute(TABLES)]))
    with _running("pg_restore", *OWN, f"--file={script}", str(source)) as out:
        out.read()
    once = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    files = (f"--file={drop}", f"--file={script}")
    with _running("psql", *once, *files, database=database) as out:
        while out.read(BLOCK):
            progress("database", 0, 0)


def _without(connection: psycopg.Connection, tables: list[str]) -> str:
    """The statement that drops the tables, or nothing where there are none."""
    if not tables:
        return ""
    names = SQL(", ").join(map(Identifier, tables))
    return SQL("DROP TABLE {} CASCADE;\n").format(names).as_string(connection)


def _contents(connection: psycopg.Connection) -> Contents:
    rows = {}
    for [table] in connection.execute(TABLES).fetchall():
        count = SQL("SELECT count(*) FROM {}").format(Identifier(table))
        [rows[table]] = connection.execute(count).fetchone() or [0]
    return Contents.of(rows, lambda query: connection.execute(query.encode()).fetchall())


@contextmanager
def _connect(database: Database) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(
            _address(database), autocommit=True, password=database.get("PASSWORD") or None
        )
    except psycopg.OperationalError as error:
        raise BackupProblem(f"The database does not answer: {error}") from error
    with connection:
        yield connection


def _address(database: Database) -> str:
    """Where the database is, in libpq's words, without the password: all see a program's words."""
    words: dict[str, Any] = {
        name: value for name, value in database["OPTIONS"].items() if name not in DJANGOS
    }
    for word, name in (("dbname", "NAME"), ("host", "HOST"), ("port", "PORT"), ("user", "USER")):
        if database.get(name):
            words[word] = database[name]
    return make_conninfo(**words)


@contextmanager
def _running(program: str, *words: str, database: Database | None = None) -> Iterator[IO[bytes]]:
    """What one of PostgreSQL's programs prints. Raises BackupProblem if it fails."""
    if not shutil.which(program):
        raise BackupProblem(
            f"{program} is not installed: it comes with PostgreSQL's client programs (on Debian:"
            " apt-get install postgresql-client), of the server's version or newer."
        )
    command, environment = [program, *words], dict(os.environ)
    if database is not None:
        command.append(f"--dbname={_address(database)}")
        if database.get("PASSWORD"):
            environment["PGPASSWORD"] = database["PASSWORD"]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=said, env=environment
        ) as process:
            assert process.stdout is not None  # noqa: S101
            yield process.stdout
        if process.returncode:
            said.seek(0)
            reason = said.read().decode(errors="replace").strip()
            hint = f" Install a {program} of the server's version." * ("mismatch" in reason)
            raise BackupProblem(f"{program} failed. {reason}{hint}")
