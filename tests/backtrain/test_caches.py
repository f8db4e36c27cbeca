"""A shared cache that is away: limits are local then, and sign-in goes on."""

import logging
import shutil
import socket
import subprocess
import sys
import time

import pytest
import time_machine
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from backtrain import checks
from backtrain.caches import OPEN_SECONDS, breaker
from backtrain.environment import read_caches
from tests.production import free_port

LOGIN = reverse("account_login")


@pytest.fixture(autouse=True)
def awake():
    breaker.until = None
    yield
    breaker.until = None


@pytest.fixture
def use(settings, monkeypatch):
    """Sets CACHE_URL."""

    def use(url):
        monkeypatch.setenv("CACHE_URL", url)
        settings.CACHES = {**read_caches(), "pages": settings.CACHES["pages"]}
        caches["local"].clear()

    return use


@pytest.fixture
def dead_port():
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def hanging_port():
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def missing_table():
    return "dbcache://not_there"


@pytest.fixture
def missing_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    return "redis://127.0.0.1:1/0"


AWAY = ["dead_port", "hanging_port", "missing_table", "missing_package"]


@pytest.fixture(params=AWAY)
def away(request, use):
    use(request.getfixturevalue(request.param))


def sign_in(name, password="a good password"):
    return Client().post(LOGIN, {"login": name, "password": password})


@pytest.mark.django_db
class TestAway:
    def test_lets_one_sign_in(self, away, alice):
        begun = time.monotonic()

        assert sign_in("alice").status_code == 302
        assert time.monotonic() - begun < 4

    def test_still_counts(self, away, alice):
        """Here, that is: five wrong passwords are enough."""
        for _ in range(5):
            sign_in("alice", "wrong")

        assert sign_in("alice").status_code != 302

    def test_is_logged_once_in_a_while(self, away, alice, caplog):
        with caplog.at_level(logging.INFO, "backtrain.caches"):
            for _ in range(3):
                sign_in("alice", "wrong")

        [record] = [each for each in caplog.records if each.name == "backtrain.caches"]
        assert record.levelname == "WARNING"
        assert "rate limits count per process" in record.message

    def test_is_told_by_the_check(self, away):
        [warning] = checks.check_shared_cache()

        assert warning.id == "backtrain.W003"

    def test_leaves_the_transaction_whole(self, away, alice):
        """pytest-django's own, which a failed query would end on PostgreSQL."""
        cache.set("key", 1)

        alice.refresh_from_db()
        assert cache.get("key") == 1

    def test_answers_every_question(self, away):
        assert cache.add("key", 1) is True
        assert cache.add("key", 2) is False
        assert cache.touch("key", 60) is True
        assert "key" in cache
        assert cache.get_many(["key", "other"]) == {"key": 1}
        assert cache.incr("key") == 2
        assert cache.delete("key") is True
        with pytest.raises(ValueError, match="key"):
            cache.incr("key")
        cache.set("key", 3)
        cache.clear()
        assert cache.get("key", "none") == "none"


@pytest.mark.django_db
class TestDatabase:
    """``dbcache://`` needs nothing but a table."""

    @pytest.fixture(autouse=True)
    def table(self, use):
        use("dbcache://shared_counts")
        call_command("createcachetable", verbosity=0)
        yield
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE shared_counts")

    def test_counts_for_all_processes(self, alice):
        for _ in range(5):
            sign_in("alice", "wrong")
        caches["local"].clear()  # which another process's is

        assert sign_in("alice").status_code != 302
        assert checks.check_shared_cache() == []

    def test_that_is_back_is_used_again(self, use, alice, caplog):
        use("dbcache://not_there")
        cache.set("key", "local")
        use("dbcache://shared_counts")

        cache.set("key", "still local")
        assert caches["shared"].get("key") is None

        breaker.until -= OPEN_SECONDS
        with caplog.at_level(logging.INFO, "backtrain.caches"):
            cache.set("key", "shared")
        assert caches["shared"].get("key") == "shared"
        assert "is back" in caplog.text


@pytest.mark.skipif(not shutil.which("redis-server"), reason="there is no redis-server")
@pytest.mark.django_db
class TestRedis:
    @pytest.fixture
    def redis(self, tmp_path):
        port = free_port()
        command = ["redis-server", "--port", str(port), "--dir", str(tmp_path), "--save", ""]
        process = subprocess.Popen([*command, "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0", process
        process.kill()
        process.wait()

    def test_counts_until_it_is_gone_and_sign_in_goes_on(self, redis, use, alice):
        url, process = redis
        use(url)
        cache.set("key", "shared")
        assert caches["shared"].get("key") == "shared"
        assert sign_in("alice").status_code == 302

        process.kill()
        process.wait()

        assert sign_in("alice").status_code == 302
        assert cache.get("key") is None


class TestSteady:
    """This process's own, when the clock is set."""

    @pytest.fixture
    def passed(self, monkeypatch):
        """Lets seconds pass."""
        at = [1000.0]
        monkeypatch.setattr("backtrain.caches.time.monotonic", lambda: at[0])

        def passed(seconds):
            at[0] += seconds

        cache.clear()
        return passed

    @pytest.mark.parametrize("day", [1, 9, 16, 30])
    def test_forgets_after_its_seconds_whatever_the_clock_says(self, passed, day):
        with time_machine.travel(f"2026-11-{9:02}"):
            cache.set("key", "value", 300)
        with time_machine.travel(f"2026-11-{day:02}"):
            passed(299)
            assert cache.get("key") == "value"
            passed(1)
            assert cache.get("key") is None

    def test_keeps_for_good_what_has_no_end(self, passed):
        cache.set("key", "value", None)
        passed(10**9)

        assert cache.get("key") == "value"

    def test_keeps_nothing_for_no_time(self, passed):
        cache.set("key", "value", 0)

        assert cache.get("key") is None

    @pytest.mark.django_db
    def test_lets_in_whom_a_clock_set_back_would_lock_out(self, alice, passed):
        """Who mistyped while it was a day ahead."""
        wrong, right = ({"login": "alice", "password": each} for each in ("x", "a good password"))
        with time_machine.travel("2026-11-10 12:00Z"):
            for _ in range(6):
                Client().post(LOGIN, wrong)
        with time_machine.travel("2026-11-09 12:00Z"):
            assert Client().post(LOGIN, right).status_code == 200
            passed(301)
            assert Client().post(LOGIN, right).status_code == 302
