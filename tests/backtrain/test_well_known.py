"""What robots and finders of weaknesses ask for."""

import pytest
import time_machine
from django.urls import reverse

SECURITY = reverse("security-contact")


class TestRobots:
    def test_are_kept_from_what_is_somebody_s(self, client):
        response = client.get("/robots.txt")

        assert response.headers["Content-Type"] == "text/plain"
        lines = response.content.decode().splitlines()
        assert lines[0] == "User-agent: *"
        for name in ("workouts:list", "account_login", "workouts:own-exercises", "admin:index"):
            address = reverse(name)
            assert any(address.startswith(line.removeprefix("Disallow: ")) for line in lines[1:])

    def test_may_read_the_catalogue(self, client):
        lines = client.get("/robots.txt").content.decode().splitlines()[1:]

        for address in ("/", "/exercises/", "/exercises/pull-up/", "/muscles/"):
            assert not any(address.startswith(line.removeprefix("Disallow: ")) for line in lines)


class TestSecurityContact:
    def test_is_a_page_as_rfc_9116_has_it(self, client, settings):
        settings.SECURITY_CONTACT = "mailto:security@example.org"

        with time_machine.travel("2024-02-29T12:30:00Z", tick=False):
            response = client.get("/.well-known/security.txt")

        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode().splitlines() == [
            "Contact: mailto:security@example.org",
            "Expires: 2024-08-29T00:00:00Z",
            "Canonical: http://testserver/.well-known/security.txt",
            "Preferred-Languages: en",
        ]

    @pytest.mark.django_db
    def test_is_not_there_unless_set(self, client):
        assert client.get(SECURITY).status_code == 404
