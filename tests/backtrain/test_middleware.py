"""What every answer says."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


class TestCachePolicy:
    @pytest.mark.parametrize("name", ["workouts:list", "workouts:new", "settings", "home"])
    def test_lets_nobody_but_the_athlete_keep_a_personal_page(self, alices_client, name):
        response = alices_client.get(reverse(name))

        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in response.headers["Vary"]

    def test_lets_nobody_keep_a_page_that_is_not_there(self, client):
        assert client.get("/nothing/").headers["Cache-Control"] == "private, no-cache"

    def test_lets_forms_for_passwords_be_kept_nowhere(self, client):
        assert "no-store" in client.get(reverse("account_login")).headers["Cache-Control"]

    def test_takes_along_what_the_browser_has_kept_when_one_signs_out(self, alices_client):
        response = alices_client.post(reverse("account_logout"))

        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert "Clear-Site-Data" not in alices_client.get("/").headers

    def test_leaves_what_the_device_has_yet_to_send(self, alices_client):
        response = alices_client.post(reverse("account_logout"), {"unsent": "1"})

        assert response.headers["Clear-Site-Data"] == '"cache"'


class TestPermissionsPolicy:
    @pytest.mark.parametrize("path", ["/", "/nothing/", "/robots.txt"])
    def test_keeps_pages_from_devices(self, client, path):
        policy = client.get(path).headers["Permissions-Policy"]

        assert {"camera=()", "geolocation=()", "microphone=()"} <= set(policy.split(", "))
        assert "clipboard" not in policy  # a workout's text can be copied
