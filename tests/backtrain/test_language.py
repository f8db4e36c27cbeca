import re
from datetime import date

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import translation

from exercises.languages import PATTERNS, shown_day, shown_number

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 1)


def choose(client, language, page="http://testserver/muscles/"):
    return client.post("/language/", {"language": language}, headers={"referer": page})


def page_of(client, address="/muscles/", **headers):
    return client.get(address, headers=headers).content.decode()


class TestLanguage:
    def test_is_english_at_first(self, client):
        assert '<html lang="en-GB">' in page_of(client)

    @pytest.mark.parametrize(
        ("asked_for", "is_in"),
        [
            ("de", "de"),
            ("de-AT,de;q=0.9,en;q=0.8", "de"),
            ("fr-CA", "fr"),
            ("en-US,de;q=0.5", "en-GB"),
            ("ja,es;q=0.5", "es"),
            ("ja", "en-GB"),
            ("*", "en-GB"),
            ("\x00;q=ä", "en-GB"),
        ],
    )
    def test_is_the_first_that_the_browser_asks_for(self, client, asked_for, is_in):
        assert f'<html lang="{is_in}">' in page_of(client, accept_language=asked_for)

    @pytest.mark.parametrize("language", ["de", "es", "fr", "en"])
    def test_that_was_chosen_goes_before_the_browser_s(self, client, language):
        response = choose(client, language)

        cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
        page = page_of(client, accept_language="fr,de")

        assert response.url == "http://testserver/muscles/"
        assert cookie["max-age"] >= 31_536_000
        assert cookie["samesite"] == "Lax"
        assert re.search(rf'value="{language}" lang="{language}"\s+aria-pressed="true"', page)
        assert page.count('name="language"') == 4

    @pytest.mark.parametrize("language", ["", "it", '"><script>', "../de"])
    def test_that_is_unknown_is_not_chosen(self, client, language):
        choose(client, "de")

        assert settings.LANGUAGE_COOKIE_NAME not in choose(client, language).cookies
        assert '<html lang="de">' in page_of(client)

    def test_that_is_unknown_is_not_written_into_the_page(self, client):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = '"><script>'

        assert '<html lang="en-GB">' in page_of(client)

    @pytest.mark.parametrize(
        "page", ["https://example.org/", "//example.org", "javascript:alert(1)", "", "http://["]
    )
    def test_leads_nowhere_else(self, client, page):
        assert choose(client, "de", page).url == "/"

    def test_is_only_posted(self, client):
        assert client.get("/language/").status_code == 405

    def test_needs_no_token(self, client):
        """So a page for visitors sets no cookie, and can be cached."""
        client.handler.enforce_csrf_checks = True

        assert choose(client, "de").status_code == 302
        assert "csrftoken" not in client.cookies

    @pytest.mark.parametrize("address", ["/", "/muscles/", "/accounts/login/", "/nowhere/"])
    def test_is_what_a_page_varies_by(self, client, address):
        varies = client.get(address).headers["Vary"]

        assert {"Accept-Language", "Cookie"} <= set(varies.split(", "))

    def test_makes_another_page_of_the_one_that_is_kept(self, client):
        english = client.get("/muscles/")
        german = client.get("/muscles/", headers={"accept-language": "de"})

        again = client.get("/muscles/", headers={"if-none-match": english.headers["ETag"]})
        other = client.get(
            "/muscles/",
            headers={"if-none-match": english.headers["ETag"], "accept-language": "de"},
        )

        assert english.headers["ETag"] != german.headers["ETag"]
        assert (again.status_code, other.status_code) == (304, 200)
        assert "Accept-Language" in again.headers["Vary"]
        assert '<html lang="de">' in other.content.decode()

    @pytest.mark.parametrize("address", ["/api/v1/", "/admin/login/"])
    def test_is_english_for_staff_and_scripts(self, client, address):
        response = client.get(address, headers={"accept-language": "de"}, follow=True)

        assert '<html lang="de">' not in response.content.decode()

    def test_ends_with_the_answer(self, client):
        page_of(client, accept_language="de")

        assert translation.get_language() == "en"

    @override_settings(LANGUAGES=[("en", "English")])
    def test_is_not_asked_for_where_only_one_is_offered(self, client):
        page = page_of(client, accept_language="de")

        assert '<html lang="en-GB">' in page
        assert 'name="language"' not in page


class TestDaysAndNumbers:
    @pytest.mark.parametrize(
        ("language", "shown"),
        [
            ("en", "Fri 1 Mar 2024"),
            ("de", "Fr, 1. März 2024"),
            ("es", "vie 1 mar 2024"),
            ("fr", "ven. 1 mars 2024"),
        ],
    )
    def test_are_as_the_language_has_them(self, language, shown):
        with translation.override(language):
            assert shown_day(DAY, "D j M Y") == shown

    @pytest.mark.parametrize("pattern", sorted(set(PATTERNS["de"]) - {"j M Y, H:i"}))
    def test_are_in_english_what_python_prints(self, pattern):
        codes = {"D": "%a", "l": "%A", "j": "%-d", "M": "%b", "F": "%B", "Y": "%Y", "y": "%y"}
        for month in range(1, 13):
            day = DAY.replace(month=month)
            printed = day.strftime("".join(codes.get(letter, letter) for letter in pattern))
            assert shown_day(day, pattern) == printed

    def test_all_languages_have_the_same_patterns(self):
        assert len({tuple(patterns) for patterns in PATTERNS.values()}) == 1
        assert set(PATTERNS) | {"en"} == set(dict(settings.LANGUAGES))

    @pytest.mark.parametrize("pattern", ["Y-m-d", "c", "Y-m"])
    def test_for_machines_are_the_same_in_all(self, pattern):
        english = shown_day(DAY, pattern)
        for language in PATTERNS:
            with translation.override(language):
                assert shown_day(DAY, pattern) == english

    @pytest.mark.parametrize(
        ("language", "shown"),
        [("en", "1,204.5"), ("de", "1.204,5"), ("es", "1204,5"), ("fr", "1\xa0204,5")],
    )
    def test_numbers_have_the_language_s_separators(self, language, shown):
        with translation.override(language):
            assert shown_number("1,204.5") == shown


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Enter a number."),
        ("de", "Gib eine Zahl ein."),
        ("es", "Escribe un número."),
        ("fr", "Saisissez un nombre."),
    ],
)
def test_forms_speak_in_the_tone_of_the_site(language, text):
    with translation.override(language), pytest.raises(ValidationError, match=text):
        forms.DecimalField().clean("abc")
