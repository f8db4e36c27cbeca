"""What every answer says."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from backtrain.middleware import OWN, BrowserPolicyMiddleware

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

    def test_sets_no_cookie_for_what_is_asked_besides(self, alices_client):
        page = reverse("workouts:new")

        assert "csrftoken" in alices_client.get(page).cookies
        assert not alices_client.get(page, headers={"x-besides": "1"}).cookies

    def test_takes_along_what_the_browser_has_kept_when_one_signs_out(self, alices_client):
        response = alices_client.post(reverse("account_logout"))

        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert "Clear-Site-Data" not in alices_client.get("/").headers

    def test_leaves_what_the_device_has_yet_to_send(self, alices_client):
        response = alices_client.post(reverse("account_logout"), {"unsent": "1"})

        assert response.headers["Clear-Site-Data"] == '"cache"'


class TestBrowserPolicy:
    @pytest.mark.parametrize("path", ["/", "/nothing/", "/robots.txt", "/accounts/login/"])
    def test_lets_no_other_site_load_a_page_or_hold_its_window(self, client, path):
        headers = client.get(path).headers

        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"

    def test_lets_others_show_the_card_of_a_link(self, client, row):
        card = client.get(reverse("exercises:exercise-card", args=[row.slug]))

        assert card.headers["Content-Type"] == "image/png"
        assert card.headers["Cross-Origin-Resource-Policy"] == "cross-origin"

    def test_keeps_an_athletes_own_pictures(self):
        def picture(request):
            return HttpResponse(b"", content_type="image/png", headers={"Cache-Control": OWN})

        answer = BrowserPolicyMiddleware(picture)(RequestFactory().get("/"))

        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"

    @pytest.mark.parametrize("path", ["/", "/nothing/", "/admin/login/"])
    def test_keeps_pages_from_devices(self, client, path):
        policy = client.get(path).headers["Permissions-Policy"]

        assert {"camera=()", "geolocation=()", "microphone=()"} <= set(policy.split(", "))
        assert "clipboard" not in policy  # a workout's text can be copied
