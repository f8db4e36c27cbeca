"""A mail server that is away, hangs or says no: neither a 500 nor half an account."""

import re
import smtplib
import socket
import threading
import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse

from backtrain import mail
from backtrain.environment import read_mail
from tests.production import free_port

SIGN_UP = {
    "username": "robin",
    "email": "robin@example.org",
    "password1": "a good password",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture(autouse=True)
def awake():
    mail.breaker.until = None
    yield
    mail.breaker.until = None


@pytest.fixture
def use(settings, monkeypatch):
    """Sends to an SMTP server at a port, which has a second for each answer."""

    def use(port):
        monkeypatch.setattr("backtrain.environment.MAIL_SECONDS", 1)
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{port}")
        for name, value in read_mail().items():
            setattr(settings, name, value)

    return use


@pytest.fixture
def refusing(use):
    use(free_port())


@pytest.fixture
def hanging(use):
    with socket.create_server(("127.0.0.1", 0)) as server:
        use(server.getsockname()[1])
        yield


@pytest.fixture(params=["refusing", "hanging"])
def away(request):
    request.getfixturevalue(request.param)


def said(response):
    found = re.findall(r'<p class="message message-\w+">(.*?)</p>', response.content.decode())
    return " ".join(found)


@pytest.mark.django_db
class TestAway:
    def test_makes_a_whole_account_and_says_that_the_link_is_missing(self, away, client):
        begun = time.monotonic()
        page = client.post(reverse("account_signup"), SIGN_UP, follow=True)

        assert time.monotonic() - begun < 6
        assert page.status_code == 200
        assert "We could not send a link to robin@example.org just now." in said(page)
        assert "We sent a link" not in said(page)
        robin = User.objects.get(username="robin")
        assert page.wsgi_request.user == robin
        assert robin.athlete.time_zone == "Europe/Berlin"
        assert EmailAddress.objects.filter(user=robin, email="robin@example.org").exists()

    @pytest.mark.parametrize("address", ["alice@example.org", "nobody@example.org"])
    def test_answers_who_forgot_a_password_with_503(self, away, client, alice, address):
        """The same to everyone, so that it tells nothing of who has an account."""
        password = alice.password
        page = client.post(reverse("account_reset_password"), {"email": address})

        assert page.status_code == 503
        assert page.headers["Retry-After"] == "60"
        assert "The mail could not be sent" in page.content.decode()
        alice.refresh_from_db()
        assert alice.password == password

    def test_keeps_an_address_that_is_added(self, away, alices_client, alice):
        """It is shown as not confirmed yet, with a button that sends the link again."""
        form = {"email": "other@example.org", "action_add": ""}

        page = alices_client.post(reverse("account_email"), form, follow=True)

        assert page.status_code == 200
        assert "We could not send a link to other@example.org" in said(page)
        assert EmailAddress.objects.filter(user=alice, email="other@example.org").exists()

    def test_answers_who_wants_the_link_again(self, away, alices_client, alice):
        EmailAddress.objects.create(user=alice, email=alice.email, primary=True)
        form = {"email": alice.email, "action_send": ""}

        page = alices_client.post(reverse("account_email"), form, follow=True)

        assert page.status_code == 200
        assert "We could not send a link" in said(page)


@pytest.mark.usefixtures("editors_again")
@pytest.mark.django_db(transaction=True)
class TestTransaction:
    def test_is_over_before_a_mail_is_sent(self, client, monkeypatch):
        """SQLite's lock, held for a mail, would stop everyone's saves."""
        open_ones = []
        monkeypatch.setattr(
            EmailMessage, "send", lambda *_: open_ones.append(connection.in_atomic_block)
        )

        client.post(reverse("account_signup"), SIGN_UP)
        client.post(reverse("account_email"), {"email": "other@example.org", "action_add": ""})
        client.logout()
        client.post(reverse("account_reset_password"), {"email": "robin@example.org"})

        assert open_ones == [False, False, False]


class TestSent:
    def message(self):
        return EmailMessage("Hello", "…", "log@example.org", ["robin@example.org"])

    def test_says_so(self):
        assert mail.sent(self.message()) is True
        assert len(django_mail.outbox) == 1

    def test_asks_a_server_that_hangs_once_in_half_a_minute(self, hanging):
        begun = time.monotonic()

        assert [mail.sent(self.message()) for _ in range(10)] == [False] * 10
        assert time.monotonic() - begun < 4

    def test_tries_again_afterwards(self, monkeypatch, refusing):
        assert mail.sent(self.message()) is False
        monkeypatch.setattr(EmailMessage, "send", lambda self: 1)
        assert mail.sent(self.message()) is False

        mail.breaker.until -= mail.OPEN_SECONDS

        assert mail.sent(self.message()) is True
        assert mail.breaker.until is None

    @pytest.mark.parametrize(
        "error",
        [
            smtplib.SMTPRecipientsRefused({"robin@example.org": (550, b"who?")}),
            UnicodeEncodeError("ascii", "ü", 0, 1, "no"),
        ],
    )
    def test_does_not_take_one_address_for_the_server(self, monkeypatch, error):
        def refuse(_):
            raise error

        monkeypatch.setattr(EmailMessage, "send", refuse)

        assert mail.sent(self.message()) is False
        assert not mail.breaker.is_open

    def test_has_two_under_way_at_most(self, monkeypatch):
        """The others are told at once, and their threads go on to serve pages."""
        release = threading.Event()
        monkeypatch.setattr(EmailMessage, "send", lambda self: release.wait(10))
        slow = [threading.Thread(target=mail.sent, args=[self.message()]) for _ in range(2)]
        for thread in slow:
            thread.start()
        while mail._under_way.acquire(blocking=False):
            mail._under_way.release()

        assert mail.sent(self.message()) is False

        release.set()
        for thread in slow:
            thread.join()
        assert mail.sent(self.message()) is True
