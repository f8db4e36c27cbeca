"""Nobody learns by the forms whether an address has an account: words and hashes are the same, and
queries nearly as many.
"""

import re
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import just_signed_in
from tests.factories import UserFactory

migration = import_module("backtrain.migrations.0004_own_backend")

pytestmark = pytest.mark.django_db

FREE, UNCONFIRMED, TAKEN = "nobody@example.org", "charlie@example.org", "alice.k@example.org"
PASSWORD = "a good password"


@pytest.fixture(autouse=True)
def accounts(alice, charlie):
    """Alice has confirmed her address, Charlie has not."""
    User.objects.filter(pk=alice.pk).update(email=TAKEN)
    EmailAddress.objects.create(user=alice, email=TAKEN, verified=True, primary=True)
    EmailAddress.objects.create(user=charlie, email=UNCONFIRMED, primary=True)


@pytest.fixture
def hashed(monkeypatch):
    """How many passwords were hashed, which takes the time that could be measured."""
    count = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: count.append(1) or encode(*args))
    return count


def seen(answers, address: str) -> list[str]:
    """What the pages say, without the address and what differs at every request."""
    pages = [f"{page.status_code} {page.content.decode()}" for page in answers]
    differs = r'csrfmiddlewaretoken" value="\w+"|robin\d|(value|data-unsent)="\d+"'
    return [re.sub(differs, "", page.replace(address, "ADDRESS")) for page in pages]


def sign_up(address: str) -> list:
    client = Client()
    number = User.objects.count()
    form = {"username": f"robin{number}", "email": address, "password1": PASSWORD}
    answer = client.post("/accounts/signup/", {**form, "time_zone": "UTC"}, follow=True)
    return [answer, client.get("/accounts/email/")]


def ask_for_password(address: str) -> list:
    return [Client().post("/accounts/password/reset/", {"email": address}, follow=True)]


def add_address(address: str) -> list:
    client = just_signed_in(UserFactory.create(username=f"robin{User.objects.count()}"))
    client.post("/accounts/email/", {"action_add": "", "email": address})
    client.post("/accounts/email/", {"action_send": "", "email": address})
    return [client.get("/accounts/email/")]


def sign_in(address: str) -> list:
    return [Client().post("/accounts/login/", {"login": address, "password": "wrong"})]


FORMS = [sign_up, ask_for_password, add_address, sign_in]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", [TAKEN, UNCONFIRMED])
def test_pages_are_the_same(form, address):
    assert seen(form(FREE), FREE) == seen(form(address), address)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", [TAKEN, UNCONFIRMED])
def test_as_many_passwords_are_hashed_and_mails_sent(form, address, hashed):
    form(FREE)
    free = len(hashed), len(mail.outbox)
    hashed.clear()
    mail.outbox.clear()
    form(address)

    assert (len(hashed), len(mail.outbox)) == free


@pytest.mark.parametrize("form", FORMS)
def test_takes_about_as_many_queries(form):
    counts = []
    for address in (FREE, TAKEN, UNCONFIRMED):
        with CaptureQueriesContext(connection) as queries:
            form(address)
        counts.append(len(queries))

    assert max(counts) - min(counts) <= 3  # each a fraction of a millisecond


def test_the_owner_of_a_taken_address_is_told_by_mail():
    sign_up(TAKEN)

    assert [letter.subject for letter in mail.outbox] == ["You have a Backtrain account already"]
    assert mail.outbox[0].to == [TAKEN]


def test_the_other_account_gets_nothing_by_it():
    """Neither the address, nor its letters, nor a sign-in by it."""
    sign_up(TAKEN)
    mail.outbox.clear()

    ask_for_password(TAKEN)
    client = Client()
    client.post("/accounts/login/", {"login": TAKEN, "password": PASSWORD})

    assert [letter.body.count("Your user name is alice.") for letter in mail.outbox] == [1]
    assert client.get("/workouts/").wsgi_request.user == User.objects.get(username="alice")
    assert EmailAddress.objects.get(email=TAKEN, verified=True).user.username == "alice"


def test_who_confirms_an_address_has_it():
    sign_up(UNCONFIRMED)
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]

    Client().post(link)

    owner = EmailAddress.objects.get(email=UNCONFIRMED, verified=True).user.username
    assert owner.startswith("robin")


class TestSignIn:
    def test_by_an_address_of_two_asks_whoever_came_first(self, hashed):
        sign_up(UNCONFIRMED)
        hashed.clear()
        client = Client()

        client.post("/accounts/login/", {"login": UNCONFIRMED, "password": "wrong"})
        of_two = len(hashed)
        client.post("/accounts/login/", {"login": UNCONFIRMED, "password": PASSWORD})

        assert of_two == 2  # by address and by name
        assert client.get("/workouts/").wsgi_request.user.username == "charlie"

    def test_by_a_name_with_an_at_is_nobody_else_s_loss(self):
        UserFactory.create(username=UNCONFIRMED, password="its own password")
        names = []
        for password in (PASSWORD, "its own password"):
            client = Client()
            client.post("/accounts/login/", {"login": UNCONFIRMED, "password": password})
            names.append(client.get("/workouts/").wsgi_request.user.username)

        assert names == ["charlie", UNCONFIRMED]

    def test_goes_on_after_the_upgrade(self, charlie):
        client = Client()
        client.force_login(charlie)
        migration.to_allauths(apps, None)
        is_out = client.get("/workouts/").status_code == 302

        client.force_login(charlie)
        migration.to_allauths(apps, None)
        migration.to_ours(apps, None)

        assert is_out
        assert client.get("/workouts/").status_code == 200
