"""A PostgreSQL that is stopped, hung, killed, filled up and found again."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from tests import with_postgres

# What production has, and a throw-away server for tests has not: an acknowledged commit is on the
# disk. With little of anything, so that a small disk will do.
DURABLE = """
fsync = on
synchronous_commit = on
full_page_writes = on
max_wal_size = 48MB
min_wal_size = 32MB
shared_buffers = 16MB
"""


class Cluster:
    """The server on the socket in its home."""

    def __init__(self, home: Path, *, binaries: Path | None = None) -> None:
        self.home = home
        copied = next(home.glob("copy/*/*/bin"), None)
        self.binaries = binaries or copied or with_postgres.find_binaries()

    def url(self, name: str) -> str:
        return with_postgres.database_url(self.home).removesuffix("postgres") + name

    def ask(self, query: str, *, name: str = "postgres") -> list[tuple[object, ...]]:
        with psycopg.connect(
            host=str(self.home), user="postgres", dbname=name, autocommit=True
        ) as connection:
            cursor = connection.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

    def make_durable(self) -> None:
        with (self.home / "data/postgresql.conf").open("a") as file:
            file.write(DURABLE)
        self.stop("fast")
        self.start()

    def start(self) -> None:
        with_postgres.pg_ctl(self.binaries, self.home, "start", "-l", str(self.home / "log"))

    def stop(self, mode: str = "immediate") -> None:
        with_postgres.pg_ctl(self.binaries, self.home, "stop", "-m", mode)

    def kill(self) -> None:
        """All of its processes at once, as a machine that loses its power."""
        for process in (processes := self.processes()):
            send(process, signal.SIGKILL)
        while any(Path(f"/proc/{process}/stat").exists() for process in processes):
            time.sleep(0.05)
        (self.home / "data/postmaster.pid").unlink(missing_ok=True)

    def freeze(self) -> None:
        for process in self.processes():
            send(process, signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self.processes():
            send(process, signal.SIGCONT)

    def processes(self) -> list[int]:
        """The postmaster and its children."""
        pid = int((self.home / "data/postmaster.pid").read_text().split()[0])
        return [pid, *children(pid)]

    def backends(self) -> list[int]:
        return [
            int(str(pid))
            for [pid] in self.ask(
                "SELECT pid FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        ]


def children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[1]) == parent and after_name[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def send(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)
