"""A code opens one door once, also where two come with it at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from backtrain import one_time_codes
from tests.backtrain.test_doors import PASSWORD, SECRET, SIGN_IN, code_for, is_in, noon
from tests.factories import UserFactory

__all__ = ["noon"]

TURNS = 5


@pytest.mark.django_db
class TestCode:
    """Each code opens one door once, whatever the cache of a process knows of it."""

    @pytest.fixture
    def waiting(self, alice, noon):
        """Clients that have given Alice's password and are asked for the code."""
        TOTP.activate(alice, SECRET)
        RecoveryCodes.activate(alice)
        clients = [Client(), Client()]
        for client in clients:
            client.post(SIGN_IN, {"login": "alice", "password": PASSWORD})
        return clients

    def enter(self, client, code):
        """As if at another process of the server, whose cache knows nothing."""
        cache.clear()
        return client.post(reverse("mfa_authenticate"), {"code": code})

    def test_of_an_app_is_good_once_in_all_processes(self, waiting):
        first, second = waiting

        self.enter(first, code_for())
        answer = self.enter(second, code_for())

        assert (is_in(first), is_in(second)) == (True, False)
        assert "This code does not fit." in answer.content.decode()

    def test_of_an_app_is_followed_by_the_next(self, waiting, noon):
        first, second = waiting
        self.enter(first, code_for())
        noon.shift(30)

        self.enter(second, code_for())

        assert is_in(second)

    def test_of_an_app_does_not_prove_again_who_one_is(self, waiting):
        client, _ = waiting
        self.enter(client, code_for())
        cache.clear()

        page = client.post(reverse("mfa_reauthenticate"), {"code": code_for()})

        assert "This code does not fit." in page.content.decode()

    def test_that_set_an_app_up_is_used_up(self, alice, noon):
        app = TOTP.activate(alice, SECRET).instance

        one_time_codes.use_up_first_code(authenticator=app)

        assert not one_time_codes.use_up(app, code_for())
        noon.shift(30)
        assert one_time_codes.use_up(app, code_for())

    def test_of_an_app_may_be_typed_with_a_space(self, alice, noon):
        app = TOTP.activate(alice, SECRET).instance

        assert one_time_codes.use_up(app, f"{code_for()[:3]} {code_for()[3:]}")

    def test_that_ran_out_a_moment_ago_is_noted_as_its_own_step(self, alice, noon):
        app, code = TOTP.activate(alice, SECRET).instance, code_for()
        noon.shift(30)

        assert one_time_codes.use_up(app, code)
        assert one_time_codes.use_up(app, code_for())

    def test_of_an_app_that_is_gone_opens_nothing(self, alice, noon):
        app = TOTP.activate(alice, SECRET).instance
        Authenticator.objects.all().delete()

        assert not one_time_codes.use_up(app, code_for())

    def test_for_recovery_is_good_once_in_all_processes(self, alice, waiting):
        first, second = waiting
        code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]

        self.enter(first, code)
        self.enter(second, code)

        assert (is_in(first), is_in(second)) == (True, False)


@pytest.fixture
def user(django_db_setup, django_db_blocker):
    """Stored for good, so that other connections see it, and taken away afterwards."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            pytest.skip("SQLite in memory has no lock to wait for.")
        user = UserFactory.create(username="racer")
        yield user
        user.delete()
        connection.close()


def at_once(take):
    """What ``take`` says to two threads that call it together."""
    start = Barrier(2)

    def run():
        try:
            start.wait()
            return take()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(each.result() for each in [pool.submit(run) for _ in range(2)])


def test_race_for_a_code_of_an_app_has_one_winner(user):
    app = TOTP.activate(user, SECRET).instance

    for _ in range(TURNS):
        Authenticator.objects.filter(pk=app.pk).update(data={"secret": SECRET})
        code = code_for()
        assert at_once(lambda code=code: one_time_codes.use_up(app, code)) == [False, True]


def test_race_for_a_recovery_code_has_one_winner(user):
    codes = RecoveryCodes.activate(user)
    key = codes.instance.pk

    for code in codes.get_unused_codes()[:TURNS]:

        def take(code=code):
            return Authenticator.objects.get(pk=key).wrap().validate_code(code)

        assert at_once(take) == [False, True]
