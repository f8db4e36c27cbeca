"""Where a request reads, and how it finds what it wrote. A real replica: tests/faults."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connections
from django.http import HttpResponse
from django.test import RequestFactory

from backtrain import replica
from backtrain.environment import WrongSetting, read_database, read_replica
from backtrain.replica import COOKIE, ReplicaMiddleware, ReplicaRouter, has_come_to

ROUTER = ReplicaRouter()
PRIMARY = "postgres://log@primary/log"


@pytest.fixture(autouse=True)
def closed():
    replica.breaker.until = None
    yield
    replica.breaker.until = None


@pytest.fixture
def asked(monkeypatch):
    """Makes a request of a replica that has come to where it should, and tells where it read."""
    monkeypatch.setattr(replica, "has_come_to", lambda position: position != "F/F")
    monkeypatch.setattr(replica, "written_to", lambda: "0/16B3740")

    def asked(method="GET", path="/workouts/", *, writes=False, cookie=None):
        read = []

        def view(request):
            read.append(ROUTER.db_for_read(User))
            if writes:
                assert ROUTER.db_for_write(User) == "default"
            read.append(ROUTER.db_for_read(User))
            return HttpResponse()

        request = RequestFactory().generic(method, path)
        if cookie:
            request.COOKIES[COOKIE] = cookie
        return read, ReplicaMiddleware(view)(request)

    return asked


class TestWhereItReads:
    def test_is_the_primary_outside_of_requests(self):
        assert ROUTER.db_for_read(User) == "default"
        assert ROUTER.db_for_write(User) == "default"

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_is_the_replica_for_pages(self, asked, method):
        read, answer = asked(method)

        assert read == ["replica", "replica"]
        assert COOKIE not in answer.cookies

    @pytest.mark.parametrize(
        ("method", "path"),
        [("POST", "/workouts/"), ("GET", "/api/v1/"), ("GET", "/admin/"), ("GET", "/accounts/x/")],
    )
    def test_is_the_primary_where_people_write(self, asked, method, path):
        assert asked(method, path)[0] == ["default", "default"]

    def test_is_the_primary_once_the_request_has_written(self, asked):
        assert asked(writes=True)[0] == ["replica", "default"]

    def test_is_the_primary_until_the_replica_has_what_was_written(self, asked):
        assert asked(cookie="F/F")[0] == ["default", "default"]
        assert asked(cookie="0/F")[0] == ["replica", "replica"]

    def test_is_the_primary_again_when_it_is_over(self, asked):
        asked()

        assert ROUTER.db_for_read(User) == "default"


class TestCookie:
    @pytest.mark.parametrize("method", ["POST", "GET"])
    def test_says_how_far_the_primary_was_when_something_was_written(self, asked, method):
        _, answer = asked(method, writes=True)

        assert answer.cookies[COOKIE].value == "0/16B3740"
        assert answer.cookies[COOKIE]["httponly"]

    def test_is_not_set_by_what_wrote_nothing(self, asked):
        assert COOKIE not in asked("POST")[1].cookies

    @pytest.mark.parametrize("forged", ["", "x", "0/0; DROP", "0/123456789", "0/0\n"])
    def test_that_is_none_leads_to_the_primary(self, forged):
        """No query is made: there is no replica here."""
        assert not has_come_to(forged)


def test_a_replica_that_is_away_is_left_alone_for_a_while(monkeypatch, caplog):
    asked = []

    class Away:
        def cursor(self):
            asked.append("cursor")
            raise DatabaseError("gone")

    monkeypatch.setattr(replica, "connections", {"replica": Away()})

    assert [has_come_to("0/0") for _ in range(3)] == [False] * 3
    assert asked == ["cursor"]
    assert "The replica can't be read (DatabaseError: gone)" in caplog.text


def test_only_the_primary_is_migrated():
    assert ROUTER.allow_migrate("default", "workouts")
    assert not ROUTER.allow_migrate("replica", "workouts")


class TestSettings:
    def test_have_no_replica_by_default(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DATABASE_URL", PRIMARY)

        assert read_replica(read_database(default_file=tmp_path)) == {}
        assert list(connections) == ["default"]

    def test_treat_it_as_the_primary(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DATABASE_URL", PRIMARY)
        monkeypatch.setenv("DATABASE_REPLICA_URL", "postgres://log@replica/log")
        primary = read_database(default_file=tmp_path)

        replica = read_replica(primary)["replica"]

        assert replica["HOST"] == "replica"
        differs = {name for name in primary if primary[name] != replica[name]}
        assert differs == {"HOST"}

    @pytest.mark.parametrize(
        ("url", "replica"),
        [("", PRIMARY), ("sqlite:////x", PRIMARY), (PRIMARY, "sqlite:////x"), (PRIMARY, "x")],
    )
    def test_are_for_postgresql(self, monkeypatch, tmp_path, url, replica):
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("DATABASE_REPLICA_URL", replica)

        with pytest.raises(WrongSetting, match="DATABASE"):
            read_replica(read_database(default_file=tmp_path))
