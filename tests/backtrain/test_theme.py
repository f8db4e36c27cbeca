import pytest

from exercises.page_cache import THEME_COOKIE

pytestmark = pytest.mark.django_db


def choose(client, theme, page="http://testserver/muscles/"):
    return client.post("/theme/", {"theme": theme}, headers={"referer": page})


def root(client):
    """The root element of a page."""
    page = client.get("/muscles/").content.decode()
    return page[page.index("<html") : page.index("<head>")].strip()


class TestTheme:
    def test_is_the_device_s_at_first(self, client):
        assert root(client) == '<html lang="en-GB">'

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_is_remembered(self, client, theme):
        response = choose(client, theme)

        assert response.url == "http://testserver/muscles/"
        assert root(client) == f'<html lang="en-GB" data-theme="{theme}">'
        assert response.cookies[THEME_COOKIE]["max-age"] >= 31_536_000
        assert response.cookies[THEME_COOKIE]["samesite"] == "Lax"

    def test_colours_the_browser_s_own_bar(self, client):
        choose(client, "dark")

        page = client.get("/muscles/").content.decode()

        assert '<meta name="theme-color" content="#191613">' in page

    def test_marks_the_choice(self, client):
        choose(client, "dark")

        page = client.get("/muscles/").content.decode()

        assert page.count('name="theme"') == 3
        assert page.count('aria-pressed="true">Dark') == 1
        assert page.count("aria-pressed") == 2  # and the language's
        assert 'value="dark" aria-pressed="true"' in page

    @pytest.mark.parametrize("theme", ["", "sepia", '"><script>'])
    def test_goes_back_to_the_device_s(self, client, theme):
        choose(client, "dark")

        choose(client, theme)

        assert root(client) == '<html lang="en-GB">'

    def test_that_is_unknown_is_not_written_into_the_page(self, client):
        client.cookies[THEME_COOKIE] = "sepia"

        assert root(client) == '<html lang="en-GB">'

    @pytest.mark.parametrize(
        "page", ["https://example.org/", "//example.org", "javascript:alert(1)", "", "http://["]
    )
    def test_leads_nowhere_else(self, client, page):
        assert choose(client, "dark", page).url == "/"

    def test_goes_back_to_the_same_search(self, client):
        search = "http://testserver/exercises/?q=row&level=beginner"

        assert choose(client, "dark", search).url == search

    def test_is_only_posted(self, client):
        assert client.get("/theme/").status_code == 405

    def test_needs_no_token(self, client):
        """So a page for visitors sets no cookie, and can be cached."""
        client.handler.enforce_csrf_checks = True

        assert choose(client, "dark").status_code == 302
        assert "csrftoken" not in client.cookies
