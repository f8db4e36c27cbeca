"""Pages for what went wrong, each by a real request."""

import pytest
from allauth.account.app_settings import RATE_LIMITS
from allauth.core.internal.ratelimit import parse_rates
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from backtrain.errors import RETRY_SECONDS, server_error
from exercises.models import Muscle

LOGIN = reverse("account_login")
NEW = reverse("workouts:new")
# Limits that end in a sentence in the form, or silently, instead of a page
NO_PAGE = {"keep_post", "login_failed", "confirm_email", "change_phone", "verify_phone"}


def page_of(response, status):
    """The page, which is a whole one, in the site's look and under its policy."""
    page = response.content.decode()
    assert response.status_code == status
    assert page.startswith("<!doctype html>")
    assert f">{status}</p>" in page
    assert "css/site.css" in page
    assert "Backtrain</title>" in page
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    return page


@pytest.mark.django_db
class TestBadRequest:
    def test_says_that_nothing_was_saved(self, client):
        page = page_of(client.get("/", headers={"host": "nobody.example"}), 400)

        assert "nothing was saved" in page
        assert "Sign in" in page

    def test_knows_who_is_signed_in(self, alices_client):
        broken = {"content_type": "multipart/form-data; boundary=", "data": "x"}

        page = page_of(alices_client.post(NEW, **broken), 400)

        assert "alice" in page
        assert "Sign in" not in page


@pytest.mark.django_db
class TestForbidden:
    def test_tells_the_athlete_who_they_are(self, alices_client, monkeypatch):
        page = page_of(self.refused(alices_client, monkeypatch), 403)

        assert "You are signed in as alice" in page

    def test_asks_a_visitor_to_sign_in(self, client, monkeypatch):
        page = page_of(self.refused(client, monkeypatch), 403)

        assert "signed in as" not in page
        assert f'<a class="button button-primary" href="{LOGIN}">Sign in</a>' in page

    def refused(self, client, monkeypatch):
        def refuse(*_):
            raise PermissionDenied

        monkeypatch.setattr(Muscle.objects, "top_level", refuse)
        return client.get(reverse("exercises:muscles"))


@pytest.mark.django_db
class TestUntrustedForm:
    def test_gives_back_the_workout_that_was_sent(self, alice):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(alice)

        page = page_of(strict.post(NEW, {"text": "Pull-up: 8, 8 <b>"}), 403)

        assert "readonly>Pull-up: 8, 8 &lt;b&gt;</textarea>" in page
        assert f'href="{NEW}"' in page

    def test_gives_back_all_that_was_written(self, alice):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(alice)
        form = {"name": "Jefferson curl", "aliases": "J-curl", "steps": "Bend.\nRise."}

        page = page_of(strict.post("/exercises/own/new/", form), 403)

        assert [f"readonly>{text}</textarea>" in page for text in form.values()] == [True] * 3
        assert "Copy what you wrote" in page

    def test_keeps_what_came_from_the_site_itself(self, alice):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(alice)
        form = {"text": "Pull-up: 8, 8", "owner": str(alice.pk)}

        page = page_of(strict.post(NEW, form, headers={"origin": "http://testserver"}), 403)

        assert "What you wrote is kept" in page
        assert "Pull-up: 8, 8</textarea>" in strict.get(NEW).content.decode()

    @pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://testserver"])
    def test_keeps_nothing_that_another_site_sent(self, alice, origin):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(alice)
        form = {"text": "Pull-up: 8, 8", "owner": str(alice.pk)}

        page_of(strict.post(NEW, form, headers={"origin": origin}), 403)

        assert "Pull-up: 8, 8</textarea>" not in strict.get(NEW).content.decode()

    def test_keeps_nothing_for_a_visitor(self, alice, client):
        strict = Client(enforce_csrf_checks=True)
        form = {"text": "Pull-up: 8, 8", "owner": str(alice.pk)}

        page_of(strict.post(NEW, form, headers={"origin": "http://testserver"}), 403)

        assert not strict.session.get("kept_posts")

    def test_gives_back_no_password(self):
        strict = Client(enforce_csrf_checks=True)

        page = page_of(strict.post(LOGIN, {"login": "alice", "password": "my secret"}), 403)

        assert "my secret" not in page
        assert "cookies" in page
        assert "<textarea" not in page


@pytest.mark.django_db
class TestNotFound:
    def test_offers_to_search_for_what_the_address_says(self, client):
        page = page_of(client.get("/exercises/barbel-row/"), 404)

        assert 'action="/exercises/"' in page
        assert 'value="barbel row"' in page

    @pytest.mark.parametrize("path", ["/workouts/76ab9e9a-40df/", "/nothing/", "/exercises"])
    def test_guesses_no_words_for_other_pages(self, alices_client, path):
        page = alices_client.get(path, follow=True).content.decode()

        assert 'type="search" value=""' in page

    def test_offers_every_region_of_the_body(self, client):
        page = page_of(client.get("/nothing/"), 404)

        for region in ("back", "shoulders", "chest", "arms", "core", "legs"):
            assert f'href="/muscles/#region-{region}"' in page

    @pytest.mark.parametrize("path", ["/" + "9" * 5000, "/%00", "/%22%3E%3Cb%3E", "/ä-ö/"])
    def test_takes_any_address(self, client, path):
        page = page_of(client.get(path), 404)

        assert "<b>" not in page

    def test_tells_an_athlete_nothing_of_signing_in(self, alices_client):
        assert "signed in" not in page_of(alices_client.get("/nothing/"), 404)


@pytest.mark.django_db
class TestTooMuch:
    def test_text_is_met_with_the_limit(self, alices_client):
        page = page_of(alices_client.post(NEW, {"text": "x" * 2_000_001}), 413)

        assert "up to 2 MB" in page
        assert "none of it was saved" in page
        assert "alice" in page

    def test_fields_are_met_with_the_limit(self, client):
        fields = "&".join(f"f{number}=1" for number in range(5001))
        form = "application/x-www-form-urlencoded"

        page = page_of(client.post(LOGIN, fields, content_type=form), 413)

        assert "5000 fields" in page


@pytest.mark.django_db
class TestTooOften:
    def test_says_when_to_try_again(self, client):
        wrong = {"email": "alice@example.org"}
        answers = [client.post(reverse("account_reset_password"), wrong) for _ in range(6)]

        page = page_of(answers[-1], 429)

        assert answers[-1].headers["Retry-After"] == "60"
        assert "Wait a minute" in page

    def test_says_so_truly(self):
        rates = [
            rate
            for action, rates in RATE_LIMITS.items()
            if action not in NO_PAGE
            for rate in parse_rates(rates)
        ]

        assert max(rate.duration for rate in rates) == RETRY_SECONDS


class TestServerError:
    def test_needs_neither_database_nor_context(self):
        """pytest-django lets nobody near the database here."""
        page = server_error(RequestFactory().get("/")).content.decode()

        assert "What was saved before is safe" in page
        assert "css/site.css" in page

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", ["client", "alices_client"])
    def test_is_a_page_of_the_site(self, request, name, monkeypatch):
        client = request.getfixturevalue(name)
        client.raise_request_exception = False
        monkeypatch.setattr(Muscle.objects, "top_level", lambda *_: 1 / 0)

        page = page_of(client.get(reverse("exercises:muscles")), 500)

        assert "sent twice is logged once" in page
        assert "Sign" not in page

    @pytest.mark.django_db
    def test_names_what_it_has_in_the_logs(self, client, monkeypatch, caplog):
        client.raise_request_exception = False
        monkeypatch.setattr(Muscle.objects, "top_level", lambda *_: 1 / 0)

        response = client.get(reverse("exercises:muscles"))

        assert f"<code>{response.headers['X-Request-ID']}</code>" in page_of(response, 500)
