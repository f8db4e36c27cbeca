"""Where an athlete is signed in: the list, and signing out there."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.models import Session as Before
from django.db import DatabaseError
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from backtrain.models import Session
from tests.conftest import signed_in
from tests.factories import UserFactory
from workouts.models import Athlete

pytestmark = pytest.mark.django_db

ADDRESS = "/accounts/sessions/"
PASSWORD = "a good password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1"

bring_over = import_module("backtrain.migrations.0002_bring_sessions_over").bring_over
bring_back = import_module("backtrain.migrations.0002_bring_sessions_over").bring_back


def sign_in(user_agent: str, name: str = "alice") -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    return client


def listed(page) -> list[tuple[str, str]]:
    """The browser of each place, and the line below it."""
    return re.findall(
        r'address-name">(.*?)</strong>.*?<p class="soft small numbers">\s*(.*?)</p>',
        page.content.decode(),
        re.DOTALL,
    )


def handle_in(page) -> str:
    return re.search(r'name="session" value="(\w+)"', page.content.decode())[1]


def is_signed_in(client: Client) -> bool:
    return client.get("/workouts/").status_code == 200


class TestList:
    def test_names_browsers_and_when_they_were_used_in_the_athlete_s_time(self, alice):
        Athlete.objects.update(time_zone="Europe/Berlin")
        with time_machine.travel("2024-02-29T23:30:00Z"):
            sign_in(IPHONE)
        with time_machine.travel("2024-03-02T12:00:00Z"):
            page = sign_in(FIREFOX).get(ADDRESS)

        assert listed(page) == [
            ("Firefox on Windows", "In use now"),
            ("Safari on an iPhone", "Last used on 1 Mar 2024, 00:30"),
        ]

    def test_tells_no_key_and_no_address(self, alice):
        other, client = sign_in(IPHONE), sign_in(FIREFOX)

        page = client.get(ADDRESS).content.decode()

        assert other.session.session_key not in page
        assert "127.0.0.1" not in page
        assert {field.name for field in Session._meta.fields} == {
            "session_key", "session_data", "expire_date", "user", "browser", "last_seen_at"
        }  # fmt: skip

    def test_leaves_out_what_has_ended_and_what_is_another_s(self, alice, charlie):
        sign_in(IPHONE)
        Session.objects.update(expire_date=timezone.now())
        sign_in(IPHONE, "charlie")

        page = sign_in("curl/8.10.1").get(ADDRESS)

        assert listed(page) == [("An unknown browser", "In use now")]
        assert "Sign out everywhere else" not in page.content.decode()

    def test_costs_four_queries(self, alice, django_assert_num_queries):
        for _ in range(9):
            sign_in(IPHONE)
        client = sign_in(FIREFOX)

        with django_assert_num_queries(4):  # session, user, athlete, sessions
            page = client.get(ADDRESS)

        assert len(listed(page)) == 10


class TestSigningOut:
    def test_of_one_place_leaves_the_others(self, alice):
        phone, client, tablet = sign_in(IPHONE), sign_in(FIREFOX), sign_in("iPad Safari/604.1")
        Session.objects.filter(pk=phone.session.session_key).update(
            last_seen_at=timezone.now() + timedelta(minutes=1)
        )  # the first in the list

        page = client.post(ADDRESS, {"session": handle_in(client.get(ADDRESS))}, follow=True)

        assert "Signed out there." in page.content.decode()
        assert [is_signed_in(each) for each in (phone, client, tablet)] == [False, True, True]

    def test_everywhere_else_keeps_this_place(self, alice, charlie):
        phone, client = sign_in(IPHONE), sign_in(FIREFOX)
        stranger = signed_in(charlie)

        page = client.post(ADDRESS, {"others": ""}, follow=True)

        assert "Signed out in 1 other place." in page.content.decode()
        assert [is_signed_in(each) for each in (phone, client, stranger)] == [False, True, True]

    def test_of_another_s_place_does_nothing(self, alice, charlie):
        other = sign_in(FIREFOX, "charlie")
        handle = Session.objects.get(user=charlie).handle

        page = sign_in(FIREFOX).post(ADDRESS, {"session": handle}, follow=True)

        assert "Signed out" not in page.content.decode()
        assert is_signed_in(other)

    @pytest.mark.parametrize("handle", ["", "unknown", "\x00"])
    def test_of_a_place_that_there_is_not_does_nothing(self, alice, handle):
        client = sign_in(FIREFOX)

        assert client.post(ADDRESS, {"session": handle}).status_code == 302
        assert is_signed_in(client)

    def test_comes_with_a_new_password(self, alice):
        phone, client = sign_in(IPHONE), sign_in(FIREFOX)
        new = {
            "oldpassword": PASSWORD,
            "password1": "another phrase",
            "password2": "another phrase",
        }

        client.post("/accounts/password/change/", new)

        assert [is_signed_in(each) for each in (phone, client)] == [False, True]
        assert listed(client.get(ADDRESS)) == [("Firefox on Windows", "In use now")]


class TestLastUse:
    def test_is_noted_once_an_hour(self, alice, django_assert_num_queries):
        with time_machine.travel("2024-02-29T12:00:00Z", tick=False) as clock:
            client = sign_in(FIREFOX)
            clock.shift(3600)
            client.get("/workouts/")
            early = Session.objects.get().last_seen_at
            clock.shift(1)
            client.get("/workouts/")
            late = Session.objects.get().last_seen_at

        assert f"{early:%H:%M:%S} {late:%H:%M:%S}" == "12:00:00 13:00:01"

    def test_that_can_t_be_noted_is_no_error(self, alice, monkeypatch, caplog):
        with time_machine.travel("2024-02-29T12:00:00Z"):
            client = sign_in(FIREFOX)
        monkeypatch.setattr(QuerySet, "update", _read_only)

        with time_machine.travel("2024-02-29T14:00:00Z"):
            assert is_signed_in(client)

        assert "When a session was used was not noted" in caplog.text


def _read_only(*_: object, **__: object) -> None:
    raise DatabaseError("attempt to write a readonly database")


class TestMigration:
    @pytest.fixture
    def before(self, alice):
        """Sessions as Django kept them, by whose they are."""
        whose = {"alice": alice.pk, "a visitor": None, "nobody any more": 10**6}
        kept = {}
        for name, user in whose.items():
            store = DjangosStore()
            store.update({"_auth_user_id": str(user)} if user else {"colour": "blue"})
            store.save()
            kept[name] = store.session_key
        Session.objects.all().delete()
        return kept

    def test_leaves_everyone_signed_in(self, alice, before):
        bring_over(apps, None)

        assert dict(Session.objects.values_list("pk", "user")) == {
            before["alice"]: alice.pk,
            before["a visitor"]: None,
        }
        assert Before.objects.count() >= 2  # which servers of before go on with

    def test_goes_back(self, alice, before):
        bring_over(apps, None)
        bring_back(apps, None)

        assert DjangosStore(before["alice"])["_auth_user_id"] == str(alice.pk)


def test_ends_with_the_account(db):
    user = UserFactory.create()
    signed_in(user)

    user.delete()

    assert not Session.objects.exists()
