"""Sessions, which are read by a query of our own."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from backtrain.models import Session
from backtrain.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    session = SessionStore()
    session["colour"] = "blue"
    session.save()
    return session.session_key


def test_are_read_as_they_were_saved(key, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert SessionStore(key)["colour"] == "blue"


def test_end_when_they_expire(key):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    session = SessionStore(key)

    assert session.get("colour") is None
    assert session.session_key is None

    call_command("clearsessions")
    assert not Session.objects.exists()


@pytest.mark.parametrize("key", ["", "unknown", "x' OR 1=1 --", "\x01" * 40])
def test_of_a_key_that_there_is_not_are_empty(key):
    session = SessionStore(key)

    assert dict(session.items()) == {}
    assert session.session_key is None


def test_that_somebody_tampered_with_are_empty(key):
    Session.objects.update(session_data="tampered:with")

    assert dict(SessionStore(key).items()) == {}


def test_that_ended_can_not_be_saved(key):
    session = SessionStore(key)
    session["colour"] = "green"
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()


def test_say_when_it_is_the_database_that_can_not_be_written(key, monkeypatch):
    """Which is no session that has ended, and comes right by itself."""

    def fail(*_, **__):
        raise OperationalError("database or disk is full") from KeyError("what the driver said")

    session = SessionStore(key)
    session["colour"] = "green"
    monkeypatch.setattr(Session, "save", fail)

    with pytest.raises(OperationalError, match="disk is full") as told:
        session.save()
    assert isinstance(told.value.__cause__, KeyError)
