"""What goes over the wire in production: asked of the whole WSGI application, files collected.

Weights are in bytes with headers, as a browser gets them.
"""

import json
import re
from contextlib import closing, contextmanager
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from backports import zstd
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from django.urls import reverse

from backtrain.templatetags.parts import _part
from workouts.models import Workout

pytestmark = pytest.mark.django_db

BROWSER = "gzip, deflate, br, zstd"
FIRST, SECOND = 60_000, 15_000
PAGES = ["/", "/muscles/", "/muscles/latissimus-dorsi/", "/exercises/", "/exercises/pull-up/"]
PAGES += ["/back/", "/accounts/login/", "/accounts/signup/"]
PERSONAL = [
    *PAGES[:5],
    "/workouts/",
    "/workouts/new/",
    "/progress/exercises/pull-up/",
    "/settings/",
]
# Six, twelve or twenty-four pictures of exercises, which no page before has shown
PICTURED = {
    "/": 17_000,
    "/back/": 32_000,
    "/muscles/latissimus-dorsi/": 20_000,
    "/exercises/": 28_500,
}
PICTURED_FOR_ATHLETES = {"/muscles/latissimus-dorsi/": 22_000, "/exercises/": 32_000}
DECODERS = {"br": brotli.decompress, "zstd": zstd.decompress}


class Answer:
    def __init__(self, status, headers, body):
        self.status = int(status.split()[0])
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def weight(self):
        """The answer with the lines of HTTP/1.1 above it, and a server's own two."""
        lines = ["HTTP/1.1 200 OK", "server: granian", f"date: {'x' * 29}", ""]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return len(self.body) + sum(len(line) + 2 for line in lines)

    @property
    def text(self):
        decode = DECODERS.get(self.headers.get("content-encoding"), bytes)
        return decode(self.body).decode()


class Site:
    """The application as a server would call it."""

    def __init__(self):
        self.application = WSGIHandler()

    def ask(self, address, *, accept=BROWSER, **headers):
        url, begun = urlsplit(address), []
        environ = {
            "PATH_INFO": url.path,
            "QUERY_STRING": url.query,
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_ENCODING": accept,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        setup_testing_defaults(environ)
        begin = lambda status, headers: begun.append((status, headers))  # noqa: E731
        with connections_kept(), closing(self.application(environ, begin)) as body:
            return Answer(*begun[0], b"".join(body))


@contextmanager
def connections_kept():
    """Requests leave the test's own database connection open, as they do with Django's client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """As with DEBUG=0, after collectstatic (without most of what pages do not use)."""
    production = override_settings(
        DEBUG=False,
        STATIC_ROOT=tmp_path_factory.mktemp("staticfiles"),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "backtrain.storage.StaticStorage"},
        },
        WHITENOISE_AUTOREFRESH=False,
        WHITENOISE_USE_FINDERS=False,
    )
    with production:
        unused = ["admin", "htm*4*", "*-4*"]
        call_command("collectstatic", ignore_patterns=unused, interactive=False, verbosity=0)
        _part.cache_clear()  # which has the addresses of static files
        yield Site()
    _part.cache_clear()


def files_of(site, page, **headers):
    """Every file that a browser loads for a page, with its answer."""
    html = site.ask(page, **headers).text
    head = re.sub(r'<link rel="apple-touch-icon"[^>]*>', "", html)  # only for a home screen
    named = re.findall(r'(?:href|src)="(/[^"#]+\.(?:css|js|svg|webmanifest|woff2))[#"]', head)
    return {address: site.ask(address) for address in set(named)}


def weight(site, page, **headers):
    """The weight of a first visit, and that of the page alone."""
    alone = site.ask(page, **headers).weight
    return alone + sum(each.weight for each in files_of(site, page, **headers).values()), alone


@pytest.fixture
def signed_in(demo, client):
    """The headers of the demo's athlete."""
    client.force_login(User.objects.get(username="demo"))
    return {"cookie": f"sessionid={client.cookies['sessionid'].value}"}


class TestPages:
    @pytest.mark.parametrize(
        ("accept", "coding"),
        [(BROWSER, "zstd"), ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", None)],
    )
    def test_are_compressed_as_the_browser_likes(self, site, accept, coding):
        answer = site.ask("/muscles/", accept=accept)

        assert answer.status == 200
        assert answer.headers.get("content-encoding") == coding
        assert int(answer.headers["content-length"]) == len(answer.body)
        if coding:
            assert "accept-encoding" in answer.headers["vary"].lower()

    def test_are_not_sent_again_whatever_their_coding(self, site):
        tags = {site.ask("/muscles/", accept=a).headers["etag"] for a in (BROWSER, "gzip", "")}

        [tag] = tags
        assert tag.startswith("W/")
        again = site.ask("/muscles/", if_none_match=tag)
        assert (again.status, again.body) == (304, b"")

    def test_hide_their_length_from_guesses_where_they_hold_a_secret(self, site, signed_in):
        """A secret beside what a stranger can make the page say could be guessed by its length."""
        asked = [site.ask("/workouts/new/", **signed_in) for _ in range(20)]

        assert "csrfmiddlewaretoken" in asked[0].text
        assert "csrf" not in site.ask("/muscles/").text.lower()
        noises = {len(answer.headers["x-noise"]) for answer in asked}

        assert len(noises) > 1
        assert "x-noise" not in site.ask(reverse("manifest")).headers  # has none, and weighs little

    def test_parts_for_htmx_are_compressed_too(self, site):
        headers = {"hx_request": "true", "hx_target": "results"}

        answer = site.ask("/exercises/", **headers)

        assert answer.headers["content-encoding"] == "zstd"
        assert answer.text.lstrip().startswith('<div id="results"')

    @pytest.mark.parametrize("page", PAGES)
    def test_weigh_little_for_a_visitor(self, site, demo, page):
        first, alone = weight(site, page)

        assert first <= FIRST
        assert alone <= PICTURED.get(page, SECOND)

    @pytest.mark.parametrize("page", PERSONAL)
    def test_weigh_little_for_an_athlete(self, site, signed_in, page):
        first, alone = weight(site, page, **signed_in)

        assert first <= FIRST
        assert alone <= PICTURED_FOR_ATHLETES.get(page, SECOND)

    def test_weigh_little_for_an_athlete_who_reads_a_workout(self, site, signed_in):
        workout = Workout.objects.filter(athlete__user__username="demo").newest_first().first()

        first, alone = weight(site, workout.get_absolute_url(), **signed_in)

        assert first <= FIRST
        assert alone <= SECOND

    @pytest.mark.parametrize(
        "page", ["/", "/exercises/", "/workouts/new/", "/routines/new/", "/plates/"]
    )
    def test_load_htmx_only_when_a_form_is_used(self, site, signed_in, page):
        html = site.ask(page, **signed_in).text

        assert re.findall(r'src="[^"]*htmx', html) == []
        assert ("data-htmx=" in html) == (page != "/")
        assert ("htmx-config" in html) == (page != "/")

    def test_have_scripts_in_one_file_for_each_kind_of_page(self, site, signed_in):
        home, log = (files_of(site, page, **signed_in) for page in ("/", "/workouts/new/"))
        scripts = [file for file in log if file.endswith(".js")]

        texts = {re.search(r"/(\w+)\.", file)[1]: site.ask(file).text for file in scripts}
        assert texts.keys() == {"main", "athlete", "log", "unsent"}
        assert [file for file in home if "/log." in file] == []
        assert all("/*" not in text for text in texts.values())
        assert all("import" not in text and "export " not in text for text in texts.values())
        assert "const { initTheme } = (() => {" in texts["main"]
        assert "const { initParts } = (() => {" in texts["athlete"]
        assert "const { initDraft } = (() => {" in texts["log"]


class TestWorker:
    def test_weighs_little_with_what_a_device_then_keeps(self, site, signed_in):
        """Asked for from the second page on; the files it names are there from the first."""
        worker = site.ask("/service-worker.js")
        core = json.loads(re.search(r'"core": (\[[^]]+\])', worker.text)[1])

        for_visitor = worker.weight + site.ask(core[0]).weight
        for_athlete = worker.weight + sum(site.ask(page, **signed_in).weight for page in core)

        assert for_visitor <= 12_200
        assert for_athlete <= 37_000


class TestStaticFiles:
    def test_hold_all_styles_in_one(self, site):
        styles = [file for file in files_of(site, "/muscles/") if file.endswith(".css")]

        [sheet] = [site.ask(file).text for file in styles]
        assert sheet.index("@layer reset,tokens") < sheet.index("--paper:") < sheet.index(".tab")
        assert "@import" not in sheet
        assert "/*" not in sheet
        assert re.findall(r"\s[{};]|[{};]\s", sheet) == []

    @pytest.mark.parametrize("first", PAGES)
    def test_are_hashed_compressed_and_kept_for_good(self, site, demo, first):
        files = files_of(site, first)
        manifest = files.pop(reverse("manifest"))

        for address, answer in files.items():
            assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), address
            assert "immutable" in answer.headers["cache-control"], address
            assert "max-age=315360000" in answer.headers["cache-control"], address
            assert "access-control-allow-origin" not in answer.headers, address
            is_packed = address.endswith(".woff2") or len(answer.body) < 300
            assert answer.headers.get("content-encoding") == "br" or is_packed
        assert re.search(r'"/static/img/icon-192\.[0-9a-f]{12}\.png"', manifest.text)

    def test_have_one_font_that_the_style_sheet_and_the_page_call_the_same(self, site):
        files = files_of(site, "/")
        [font] = [address for address in files if address.endswith(".woff2")]
        [sheet] = [files[address].text for address in files if address.endswith(".css")]

        assert files[font].body.startswith(b"wOF2")
        assert files[font].weight < 5_500
        assert font.removeprefix("/static/") in sheet

    def test_have_the_letters_of_other_languages_for_those_alone(self, site):
        files = files_of(site, "/", cookie="django_language=de")
        fonts = [address for address in files if address.endswith(".woff2")]

        assert [address.split(".")[0].rpartition("/")[2] for address in sorted(fonts)] == [
            "crimson-pro-accents",
            "crimson-pro",
        ]
        assert sum(files[font].weight for font in fonts) < 8_500

    def test_are_hashed_in_the_demo_too(self, site):
        with override_settings(DEBUG=True):
            html = site.ask("/muscles/").text

        assert re.search(r'href="/static/css/site\.[0-9a-f]{12}\.css"', html)

    def test_are_there_for_browsers_that_know_no_brotli(self, site):
        [address] = re.findall(r'href="(/static/css/site[^"]+)"', site.ask("/muscles/").text)

        assert site.ask(address, accept="gzip").headers["content-encoding"] == "gzip"
        assert "content-encoding" not in site.ask(address, accept="").headers
