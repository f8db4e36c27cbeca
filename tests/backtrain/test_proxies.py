"""Who asks, when proxies stand in front, and when someone only says so."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from backtrain import proxies
from backtrain.proxies import client_address, client_scheme

LOGIN = reverse("account_login")
PROXY = "10.0.0.1"


@pytest.fixture(autouse=True)
def nothing_said_yet():
    proxies._say_misfit.cache_clear()


class TestClientAddress:
    @pytest.mark.parametrize(
        ("hops", "count", "address"),
        [
            ([], 0, PROXY),
            (["1.1.1.1"], 0, PROXY),
            ([], 1, PROXY),
            (["1.1.1.1"], 1, "1.1.1.1"),
            (["9.9.9.9", "1.1.1.1"], 1, "1.1.1.1"),
            (["9.9.9.9", "1.1.1.1", "2.2.2.2"], 2, "1.1.1.1"),
            (["9.9.9.9"], 2, PROXY),
            (["1.1.1.1:4711"], 1, "1.1.1.1"),
            (["[2001:db8::1]:4711"], 1, "2001:db8::1"),
            (["[2001:db8::1]"], 1, "2001:db8::1"),
            (["2001:DB8:0::1"], 1, "2001:db8::1"),
            (["::ffff:1.1.1.1"], 1, "1.1.1.1"),
            (["fe80::1%eth0"], 1, "fe80::1"),
            (["unknown"], 1, PROXY),
            (["1.1.1.1", ""], 1, PROXY),
            (["1.1.1.1\nERROR forged"], 1, PROXY),
        ],
    )
    def test_is_the_nth_from_the_right(self, hops, count, address):
        assert client_address(hops, peer=PROXY, proxies=count) == address

    @pytest.mark.parametrize("peer", ["", "unix:", "/run/backtrain.sock"])
    def test_over_a_unix_socket_is_this_machine(self, peer):
        assert client_address([], peer=peer, proxies=0) == "127.0.0.1"


class TestClientScheme:
    @pytest.mark.parametrize(
        ("schemes", "count", "scheme"),
        [
            (["https"], 0, None),
            ([], 1, None),
            (["https"], 1, "https"),
            (["HTTPS"], 1, "https"),
            (["https", "http"], 1, "http"),
            (["https"], 2, "https"),
            (["http", "https", "http"], 2, "https"),
            (["gopher"], 1, None),
        ],
    )
    def test_is_that_of_the_outermost_proxy(self, schemes, count, scheme):
        assert client_scheme(schemes, proxies=count) == scheme


def seen(client, **headers):
    """The request as views get it."""
    return client.get("/nothing/", headers=headers, REMOTE_ADDR=PROXY).wsgi_request


@pytest.mark.django_db
class TestRequest:
    FORGED = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Port": "1",
        "X-Forwarded-Ssl": "on",
        "X-Real-IP": "203.0.113.9",
        "Forwarded": "for=203.0.113.9;proto=https;host=evil.example",
    }

    @pytest.mark.parametrize("name", FORGED)
    def test_is_not_believed_without_proxies(self, client, settings, name):
        request = seen(client, **{name: self.FORGED[name]})

        assert request.META["REMOTE_ADDR"] == PROXY
        assert (request.scheme, request.get_host()) == ("http", "testserver")
        assert name not in request.headers

    def test_behind_one_is_believed_in_what_that_one_says(self, client, settings):
        settings.TRUSTED_PROXIES = 1
        forwarded = {"X-Forwarded-For": "9.9.9.9, 203.0.113.9", "X-Forwarded-Proto": "https"}

        request = seen(client, **forwarded)

        assert request.META["REMOTE_ADDR"] == "203.0.113.9"
        assert request.is_secure()

    def test_behind_any_keeps_its_host(self, client, settings):
        settings.TRUSTED_PROXIES = 1

        request = seen(client, **self.FORGED)

        assert request.get_host() == "testserver:80"  # the test's own server, as plain HTTP has it
        assert not any(name in request.headers for name in self.FORGED)

    def test_keeps_no_scheme_of_another_origin(self, client, settings):
        """A server puts the environment into what a request brings along."""
        request = client.get("/nothing/", **{"backtrain.scheme": "https"}).wsgi_request

        assert not request.is_secure()

    @pytest.mark.parametrize(
        ("count", "headers", "said"),
        [
            (0, {}, False),
            (0, {"X-Forwarded-For": "1.1.1.1"}, True),
            (1, {"X-Forwarded-For": "1.1.1.1"}, False),
            (1, {"X-Forwarded-For": "9.9.9.9, 1.1.1.1"}, False),
            (1, {}, True),
            (2, {"X-Forwarded-For": "1.1.1.1"}, True),
        ],
    )
    def test_that_does_not_fit_is_told_once(self, client, settings, caplog, count, headers, said):
        settings.TRUSTED_PROXIES = count

        with caplog.at_level(logging.WARNING, "backtrain.proxies"):
            for _ in range(2):
                seen(client, **headers)

        told = [each for each in caplog.records if each.name == "backtrain.proxies"]
        assert len(told) == said


@pytest.mark.django_db
class TestLimits:
    def test_of_one_behind_the_proxy_are_not_another_s(self, settings, alice):
        """Forty bad tries, each with another made-up address in front."""
        settings.TRUSTED_PROXIES = 1
        for number in range(40):
            last = self.sign_in(f"9.9.9.{number}, 203.0.113.66", f"somebody-{number}", "wrong")

        assert last.status_code in (200, 422, 429)
        assert "Too many" in last.content.decode() or last.status_code == 429
        assert self.sign_in("203.0.113.7", "alice", "a good password").status_code == 302

    def test_hold_whatever_one_says_without_proxies(self, alice):
        for number in range(40):
            self.sign_in(f"9.9.9.{number}", f"somebody-{number}", "wrong")

        answer = self.sign_in("203.0.113.7", "alice", "a good password")

        assert answer.status_code != 302

    def sign_in(self, forwarded, login, password):
        data = {"login": login, "password": password}
        headers = {"X-Forwarded-For": forwarded}
        return Client().post(LOGIN, data, headers=headers, REMOTE_ADDR=PROXY)
