"""A database that is away, hangs or takes too long: 503, and all is well when it is back."""

import errno
import os
import re
import signal
import socket
import time
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from django.db import InterfaceError, InternalError, OperationalError, connection, transaction
from django.db.utils import ConnectionHandler, ProgrammingError
from django.urls import reverse

from backtrain.environment import read_database
from backtrain.errors import is_away
from exercises.models import Muscle
from tests import with_postgres
from tests.production import Installation, free_port
from workouts.models import Workout


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

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
    def test_is_the_same_for_a_disk_that_is_full(self, page, number):
        assert page(OSError(number, "No room")).status_code == 503

    @pytest.mark.parametrize(
        "error",
        [
            ProgrammingError("no such table"),
            InternalError("x"),
            FileNotFoundError(2, "x"),
            KeyError(),
        ],
    )
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
def read_only(db):
    """The database as a full disk leaves it: it is read, and takes no writes."""
    if connection.vendor == "postgresql":
        statements = "SET TRANSACTION READ ONLY", None
    else:
        statements = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"

    def set_read_only(*, is_on):
        if statement := statements[not is_on]:
            with connection.cursor() as cursor:
                cursor.execute(statement)

    yield set_read_only
    set_read_only(is_on=False)


class TestReadOnly:
    """Whatever was sent comes back, to be sent again."""

    NEW = "/workouts/new/"
    FORM = {
        "id": "5a3c2f5e-1a45-4b39-9d6e-0e0b0a6f8a11",
        "day": "2024-11-22",
        "time": "18:30",
        "time_zone": "UTC",
        "text": 'Bent-over barbell row 60 kg x 8\n  # "light" <b>',
        "save": "1",
    }

    @pytest.fixture
    def refused(self, alice, alices_client, row, read_only):
        alices_client.raise_request_exception = False
        if connection.vendor == "postgresql":
            with transaction.atomic():
                read_only(is_on=True)
                yield alices_client.post(self.NEW, self.FORM | {"owner": str(alice.pk)})
                transaction.set_rollback(True)
            return
        read_only(is_on=True)
        response = alices_client.post(self.NEW, self.FORM | {"owner": str(alice.pk)})
        read_only(is_on=False)
        yield response

    def test_is_a_503_with_what_was_typed(self, refused):
        page = refused.content.decode()

        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "60"
        assert "What you sent is still here" in page
        assert "# &quot;light&quot; &lt;b&gt;</textarea>" in page
        assert not Workout.objects.exists()

    def test_sends_the_same_again(self, refused, alices_client):
        if connection.vendor == "postgresql":
            pytest.skip("Within one transaction a test can't end what is read-only.")
        fields = re.findall(
            r'type="hidden" name="([^"]+)" value="([^"]*)">', refused.content.decode()
        )
        form = {name: unescape(value) for name, value in fields}

        saved = alices_client.post(self.NEW, form)

        assert form.items() >= self.FORM.items()
        assert saved.status_code == 302
        assert Workout.objects.get().pk == UUID(self.FORM["id"])

    def test_repeats_no_password(self, client, read_only, monkeypatch):
        client.raise_request_exception = False
        form = {"login": "alice", "password": "my secret"}

        def fail(*_, **__):
            raise OperationalError("gone")

        monkeypatch.setattr("backtrain.accounts.LoginForm.clean", fail)
        page = client.post(reverse("account_login"), form)

        assert page.status_code == 503
        assert "my secret" not in page.content.decode()
        assert "go back, where what you typed should still be" in page.content.decode()


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
