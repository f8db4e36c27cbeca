"""Who may sign up, and with which link."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from backtrain.invitations import path_for

pytestmark = pytest.mark.django_db

SIGN_UP = reverse("account_signup")
ANN = "ann@example.org"
DATA = {
    "username": "ann",
    "email": ANN,
    "password1": "a good password",
    "time_zone": "Europe/Berlin",
}
OFFERING = [
    reverse("home"),
    reverse("account_login"),
    reverse("plates"),
    reverse("routines:starters"),
]


def may_sign_up(client, data=DATA):
    client.post(SIGN_UP, data)
    return User.objects.filter(username=data["username"]).exists()


@pytest.fixture
def invited(settings):
    settings.REGISTRATION = "invited"


class TestClosed:
    @pytest.fixture(autouse=True)
    def closed(self, settings):
        settings.REGISTRATION = "closed"

    def test_takes_nobody(self, client):
        page = client.get(SIGN_UP)

        assert "<h1>No new accounts for now</h1>" in page.content.decode()
        assert not may_sign_up(client)

    def test_not_even_with_an_invitation(self, client):
        client.get(path_for(ANN))

        assert not may_sign_up(client)

    @pytest.mark.parametrize("address", OFFERING)
    def test_is_offered_nowhere(self, client, settings, address):
        assert f'href="{SIGN_UP}' not in client.get(address).content.decode()

        settings.REGISTRATION = "open"

        assert f'href="{SIGN_UP}' in Client().get(address).content.decode()


@pytest.mark.usefixtures("invited")
class TestInvited:
    def test_sign_up_by_their_link(self, client):
        page = client.get(path_for(ANN)).content.decode()

        assert f'value="{ANN}"' in page
        assert may_sign_up(client)

    def test_are_alone_in_that(self, client):
        page = client.get(SIGN_UP)

        assert "<h1>No new accounts for now</h1>" in page.content.decode()
        assert not page.cookies
        assert not may_sign_up(client)

    def test_have_the_address_that_was_invited(self, client):
        client.get(path_for(ANN))

        page = client.post(SIGN_UP, DATA | {"email": "bob@example.org"})

        assert f"The invitation is for {ANN}." in page.content.decode()
        assert not User.objects.filter(username="ann").exists()

    def test_may_spell_it_otherwise(self, client):
        client.get(path_for(ANN))

        assert may_sign_up(client, DATA | {"email": "Ann@Example.org"})

    def test_sign_up_once(self, client):
        client.get(path_for(ANN))
        assert may_sign_up(client)

        again = Client()
        again.get(path_for(ANN))

        assert not may_sign_up(again, DATA | {"username": "ann-two"})

    def test_sign_up_within_two_weeks(self, client):
        with time_machine.travel("2024-02-29T12:00:00Z", tick=False) as clock:
            link = path_for(ANN)
            clock.shift(13 * 24 * 3600)
            assert "<h1>Start a log</h1>" in client.get(link).content.decode()

            clock.shift(2 * 24 * 3600)

            assert "<h1>No new accounts for now</h1>" in client.get(link).content.decode()
            assert not may_sign_up(client)

    @pytest.mark.parametrize("change", ["", "x", "\x00", "ann@example.org:1:x", "🏋" * 400])
    def test_have_a_link_that_the_server_made(self, client, change):
        page = client.get(SIGN_UP, {"invitation": change, "email": ANN})

        assert "<h1>No new accounts for now</h1>" in page.content.decode()
        assert not may_sign_up(client)


class TestCommand:
    def invite(self, address=ANN, **options):
        out = io.StringIO()
        call_command("invite", address, stdout=out, **options)
        return out.getvalue().strip()

    def test_prints_the_link(self, client, settings, invited):
        settings.ALLOWED_HOSTS = ["log.example.org", "testserver"]

        link = urlsplit(self.invite())

        assert (link.scheme, link.netloc, link.path) == ("https", "log.example.org", SIGN_UP)
        assert parse_qs(link.query)["email"] == [ANN]
        client.get(f"{link.path}?{link.query}")
        assert may_sign_up(client)
        assert self.invite("bob@example.org", site="http://gym:8000/").startswith(
            "http://gym:8000/accounts/signup/?invitation="
        )

    def test_says_why_there_is_none(self, alice, settings, invited):
        with pytest.raises(CommandError, match=r"An account has alice@example\.org already"):
            self.invite("Alice@example.org".lower())
        with pytest.raises(CommandError, match="ann is not a whole e-mail address"):
            self.invite("ann")

        settings.REGISTRATION = "closed"

        with pytest.raises(CommandError, match="set it to invited"):
            self.invite()
