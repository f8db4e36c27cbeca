"""A database that is away, hangs or takes too long: 503, and all is well when it is back."""

import os
import signal
import socket
import time
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.utils import ConnectionHandler, ProgrammingError
from django.urls import reverse

from backtrain.environment import read_database
from backtrain.errors import is_away
from exercises.models import Muscle
from tests import with_postgres
from tests.production import Installation, free_port


class TestPage:
    @pytest.fixture
    def page(self, client, monkeypatch, db):
        def page(error):
            def fail(*_):
                raise error

            client.raise_request_exception = False
            monkeypatch.setattr(Muscle.objects, "top_level", fail)
            return client.get(reverse("exercises:muscles"))

        return page

    @pytest.mark.parametrize(
        "error", [OperationalError("gone"), InterfaceError("connection already closed")]
    )
    def test_is_a_503_that_says_when_to_come_back(self, page, error):
        response = page(error)

        assert response.status_code == 503
        assert response.headers["Retry-After"] == "60"
        assert "does not answer just now" in response.content.decode()
        assert "css/site.css" in response.content.decode()

    @pytest.mark.parametrize("error", [ProgrammingError("no such table"), ValueError("x")])
    def test_is_a_500_for_a_mistake_of_ours(self, page, error):
        assert page(error).status_code == 500

    @pytest.mark.django_db
    def test_tells_a_missing_table_of_sqlite_from_a_lock(self):
        if connection.vendor != "sqlite":
            pytest.skip("Only SQLite gives both the same class.")
        with pytest.raises(OperationalError) as missing, connection.cursor() as cursor:
            cursor.execute("SELECT * FROM not_there")

        assert not is_away(missing.value)


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """A PostgreSQL of the test's own, by its address and its postmaster's number."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    with with_postgres.postgres() as url:
        home = Path("/" + url.split("//", 2)[2].rpartition("/")[0])
        yield url, home


@pytest.fixture
def database(cluster, monkeypatch, tmp_path):
    """A connection as the settings make it, with a second for each query."""
    monkeypatch.setattr("backtrain.postgresql.base.GRACE_SECONDS", 1)
    monkeypatch.setenv("DATABASE_URL", cluster[0])
    monkeypatch.setenv("DATABASE_SECONDS", "1")
    handler = ConnectionHandler({"default": read_database(default_file=tmp_path / "unused")})
    yield handler["default"]
    handler["default"].close()


def ask(database, query="SELECT 42"):
    database.close_if_unusable_or_obsolete()  # as at the start of each request
    with database.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


@pytest.mark.django_db  # which only lets connections be made: this one is not pytest-django's
class TestPostgresql:
    def test_ends_a_query_that_takes_too_long(self, database):
        begun = time.monotonic()
        with pytest.raises(OperationalError, match="statement timeout") as caught:
            ask(database, "SELECT pg_sleep(30)")

        assert time.monotonic() - begun < 2
        assert is_away(caught.value)
        assert ask(database) == (42,)

    def test_that_hangs_is_left_and_found_again(self, database):
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [process] = cursor.fetchone()

        os.kill(process, signal.SIGSTOP)
        begun = time.monotonic()
        try:
            with (
                pytest.raises(OperationalError, match="did not answer") as caught,
                database.cursor() as cursor,
            ):
                cursor.execute("SELECT 42")
        finally:
            os.kill(process, signal.SIGCONT)

        assert time.monotonic() - begun < 5
        assert is_away(caught.value)
        assert ask(database) == (42,)

    def test_that_was_away_is_found_again(self, cluster, database):
        _, home = cluster
        binaries = next(home.glob("copy/*/*/bin"), with_postgres.find_binaries())
        assert ask(database) == (42,)

        with_postgres.pg_ctl(binaries, home, "stop", "-m", "immediate")
        with pytest.raises((OperationalError, InterfaceError)) as caught:
            ask(database)
        assert is_away(caught.value)

        with_postgres.pg_ctl(binaries, home, "start", "-l", str(home / "log"))
        assert ask(database) == (42,)


class TestServer:
    """Through granian, where there is no database at all."""

    @pytest.fixture
    def installation(self, tmp_path):
        installation = Installation(tmp_path)
        installation.collect()
        return installation

    @pytest.fixture(params=["refuses", "hangs"])
    def address(self, request):
        if request.param == "refuses":
            yield f"postgres://log:secret@127.0.0.1:{free_port()}/log?connect_timeout=2"
            return
        with socket.create_server(("127.0.0.1", 0)) as server:
            yield f"postgres://log:secret@127.0.0.1:{server.getsockname()[1]}/log?connect_timeout=2"

    def test_answers_503_soon(self, installation, address):
        with installation.served(DATABASE_URL=address, PLAIN_HTTP="1") as server:
            begun = time.monotonic()
            home = server.get("/")

            assert home.status == 503
            assert home.headers["Retry-After"] == "60"
            assert "does not answer just now" in home.text
            assert server.get("/robots.txt").status == 200
            assert time.monotonic() - begun < 10
