"""Sessions, which are read by a query of our own."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

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
