"""What holds for every page of the site, walked with the catalogue and two years of training."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, resolve, reverse

from exercises.models import Exercise, Muscle
from exercises.search.filters import ExerciseFilter
from tests.demo_site import CLUB, client_of, furnish
from tests.pages import DEMO, EDITOR, NEW, PAGES, VISITOR, WARY, views
from workouts.routines.starters import starters

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Pages that are only posted to, or that are not ours to word
POSTED_ONLY = {
    "token-revoke",
    "theme",
    "language",
    "body-weight-delete",
    "body-weight-goal",
    "body-weight-restore",
    "workouts:draft-discard",
    "workouts:draft-restore",
    "workouts:restore",
    "workouts:own-exercise-restore",
    "workouts:own-name-forget",
    "data:import-undo",
    "single-sign-on",
    "routines:copy",
    "routines:delete",
    "routines:move",
    "routines:restore",
    "routines:starter-use",
}
LEAD_ELSEWHERE = {"owned-equipment"}
NO_PAGES = {
    "progress:year-picture",
    "back-card",
    "exercises:muscle-card",
    "exercises:exercise-card",
    "workouts:names",
    "favicon",
    "manifest",
    "own-pages",
    "robots",
    "security-contact",
    "service-worker",
    "workouts:draft",
    "workouts:rests",
    "data:csv",
    "data:import-progress",
    "data:json",
    "data:notebook",
}


class Page(HTMLParser):
    """What a page holds: its links, its files, and all that a strict policy would block."""

    def __init__(self, html):
        super().__init__()
        self.inline, self.links, self.files, self.ids, self.unsized = [], set(), set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        is_data = attributes.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in attributes and not is_data):
            self.inline.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.inline.append(f"<{tag} {name}={value!r}>")
            if (value or "").strip().lower().startswith(("javascript:", "js:")):
                self.inline.append(f"<{tag} {name}={value!r}>")
        if tag == "a" and attributes.get("href"):
            self.links.add(attributes["href"])
        if tag in ("script", "link", "img", "iframe"):
            self.files.add(attributes.get("src") or attributes.get("href") or "")
        sizes = {"width", "height"} if tag == "img" else {"viewbox"} if tag == "svg" else set()
        if not sizes <= attributes.keys():
            self.unsized.append(self.get_starttag_text())
        if attributes.get("id"):
            self.ids.append(attributes["id"])


def html(response):
    return response.content.decode()


def policy_of(response):
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


def public_pages(keys, few=None):
    return [
        *addresses(VISITOR, keys),
        *(muscle.get_absolute_url() for muscle in Muscle.objects.all()[:few]),
        *(exercise.get_absolute_url() for exercise in Exercise.objects.catalogue()[:few]),
        *(reverse("routines:starter", args=[one.slug]) for one in list(starters())[:few]),
        "/exercises/?q=row&muscle=trapezius&level=nonsense&page=9",
    ]


def personal_pages(keys):
    logged = Exercise.objects.filter(entries__isnull=False, owner=None).distinct()
    return [
        *addresses(DEMO, keys),
        *(reverse("progress:exercise", args=[exercise.slug]) for exercise in logged),
        reverse("progress:exercise", args=["pull-up"]) + "?part=own-history",
        *(reverse("exercises:exercise", args=[exercise.slug]) for exercise in logged[:3]),
    ]


def addresses(who, keys):
    """The addresses of tests/pages.py that someone may open, each once."""
    open_to = (page for page in PAGES if who in page.who and page.status == 200)
    return list(dict.fromkeys(page.at(keys) for page in open_to))


def is_of_all(address):
    """Whether what all athletes see there is the same, but for their name."""
    return address.startswith(("/exercises/", "/muscles/")) and "/own/" not in address


def is_demos(address, keys):
    """Tell whether it leads to something of the demo's own."""
    theirs = ("workout", "oldest", "own", "weighing", "routine", "waiting", "imported")
    is_start = address.startswith("/workouts/new/")  # of what is not theirs an empty form
    return not is_start and any(keys[name] in address for name in theirs)


def opened(client, addresses):
    """Each address with its answer, which is a page."""
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        yield address, response


def named_routes(patterns=None, namespace=""):
    """The names of our own pages: not allauth's, the admin's or the API's, nor what has no name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{namespace}{pattern.name}"
        elif pattern.app_name not in ("admin", "ninja") and "allauth" not in str(
            pattern.urlconf_name
        ):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_routes(pattern.url_patterns, inner)


@pytest.fixture(scope="module")
def keys(demo):
    """What the addresses of the demo's pages leave open."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, SINGLE_SIGN_ON=CLUB):
        yield furnish()


@pytest.fixture(
    scope="module", params=["each kind", pytest.param("every", marks=pytest.mark.whole)]
)
def public(request, keys):
    """What a visitor gets at each public address, of muscles and exercises a few or all."""
    few = 3 if request.param == "each kind" else None
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        return dict(opened(Client(), public_pages(keys, few)))


class TestVisitor:
    def test_pages_are_under_a_strict_policy(self, public):
        for address, response in public.items():
            assert policy_of(response).items() >= POLICY.items(), address
            assert "unsafe" not in str(policy_of(response)), address

    def test_pages_hold_nothing_inline(self, public):
        inline = {address: Page(html(response)).inline for address, response in public.items()}

        assert {address: found for address, found in inline.items() if found} == {}

    def test_pages_lead_to_pages(self, public, keys):
        """Every link within the site leads to a page, and to filters that exist."""
        links = {
            urljoin(address, link).partition("#")[0]
            for address, response in public.items()
            for link in Page(html(response)).links
        }
        inside = [urlsplit(link) for link in links if link.startswith("/")]

        assert len(inside) > 200
        pages = {urlsplit(page).path for page in public_pages(keys)}
        pages |= {reverse(name) for name in ("account_email", "tokens", "api:openapi-json")}
        assert {link.path for link in inside} - pages == set()
        exercises = Exercise.objects.catalogue()
        meaningless = {
            link.query: dropped
            for link in inside
            if link.path == reverse("exercises:exercises") and "nonsense" not in link.query
            if (dropped := ExerciseFilter(QueryDict(link.query), exercises=exercises).dropped)
        }
        assert meaningless == {}

    def test_pages_use_files_of_our_own_that_exist(self, public):
        files = set().union(*(Page(html(response)).files for response in public.values()))

        assert len(files) >= 4
        assert [
            file
            for file in files
            if file != reverse("manifest")
            if not file.startswith("/static/") or not finders.find(file.removeprefix("/static/"))
        ] == []

    def test_pages_keep_room_for_their_pictures(self, public):
        """Nothing moves when a picture comes."""
        unsized = [tag for response in public.values() for tag in Page(html(response)).unsized]

        assert unsized == []
        assert len(Page("<img src='a'><img src='a' width='1'><svg><path/></svg>").unsized) == 3

    def test_pages_use_each_id_once(self, public):
        for address, response in public.items():
            ids = Page(html(response)).ids
            assert sorted(ids) == sorted(set(ids)), address

    def test_missing_page_is_under_the_policy_too(self, client):
        response = client.get("/nothing/")

        assert response.status_code == 404
        assert policy_of(response).items() >= POLICY.items()
        assert Page(html(response)).inline == []

    def test_pages_can_t_be_framed_nor_tell_where_one_came_from(self, client):
        headers = client.get(reverse("exercises:exercises")).headers

        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"

    def test_sees_no_personal_page(self, client, keys):
        shared = {*public_pages(keys), reverse("account_logout")}
        own = reverse("exercises:exercise", args=[keys["own"]])
        assert client.get(own).status_code == 404
        for address in set(personal_pages(keys)) - shared - {own}:
            response = client.get(address)

            assert response.status_code == 302, address
            assert response.url.startswith(reverse("account_login")), address


class TestAthlete:
    def test_pages_open_under_a_strict_policy_with_nothing_inline(self, keys):
        for address, response in opened(client_of("demo"), personal_pages(keys)):
            assert policy_of(response).items() >= POLICY.items(), address
            assert Page(html(response)).inline == [], address

    def test_pages_of_our_own_miss_no_variable(self, keys):
        """Templates fail on those here."""
        pages = personal_pages(keys)
        ours = [page for page in pages if resolve(page.partition("?")[0]).app_names]

        assert len(list(opened(client_of("demo"), ours))) > 20

    @pytest.mark.parametrize("name", ["demo", "new"])
    def test_pages_cost_at_most_eight_queries(self, keys, name, django_assert_max_num_queries):
        # What all exercises are done with and how they resemble is asked once after an edit.
        for warming in ("/workouts/new/?view=grid&exercise=back-squat", "/exercises/chin-up/"):
            client_of(name).get(warming)
        client = client_of(name)
        mine = [page for page in personal_pages(keys) if "/accounts/" not in page]

        for address in mine:
            if name == "demo" or not is_demos(address, keys):
                # What is the same for all is drawn once after an edit, for up to 10.
                with django_assert_max_num_queries(10 if is_of_all(address) else 8):
                    client.get(address)
                with django_assert_max_num_queries(8):
                    client.get(address)

    def test_signs_out_where_sign_out_is_offered(self, demo):
        client = client_of("demo")

        client.post(reverse("account_logout"))

        assert client.get(reverse("workouts:list")).status_code == 302

    def test_of_no_workouts_yet_has_the_same_pages(self, keys):
        client = client_of("new")

        theirs = [page for page in personal_pages(keys) if is_demos(page, keys)]
        pages = [page for page in personal_pages(keys) if page not in theirs]
        for address, response in opened(client, pages):
            assert Page(html(response)).inline == [], address
        for address in theirs:
            assert client.get(address).status_code == 404


class TestAdmin:
    @pytest.mark.parametrize("name", ["editor", "admin"])
    def test_pages_open_under_a_strict_policy_with_nothing_inline(self, keys, name):
        for address, response in opened(client_of(name), addresses(EDITOR, keys)):
            assert policy_of(response).items() >= POLICY.items(), address
            assert Page(html(response)).inline == [], address


def test_every_page_is_on_the_list(keys):
    """And so is walked, looked at by axe, and has its pictures."""
    found = (page.at(keys).partition("?")[0] for page in PAGES if page.status != 404)
    listed = {resolve(address, "tests.urls").view_name for address in found}

    left_out = POSTED_ONLY | LEAD_ELSEWHERE | NO_PAGES
    assert set(named_routes()) - left_out - listed == set()


def test_pages_answer_as_the_list_says(keys, settings):
    settings.ROOT_URLCONF = "tests.urls"
    people = {who: client_of(who) for who in (VISITOR, NEW, DEMO, WARY, EDITOR)}
    for client in people.values():
        client.raise_request_exception = False  # the page for one is asked for

    answers = {
        (page.name, who): people[who].get(page.at(keys)).status_code for page, who in views()
    }

    assert answers == {(page.name, who): page.status for page, who in views()}


def test_what_would_be_inline_is_caught():
    page = """<style></style><script>x</script><p style="a"><a onclick="x" href="JavaScript:x">
        <b hx-on:click="x"><i hx-vals="js:{}"><script src="/a.js"></script>
        <script type="application/json">{}</script>"""

    assert len(Page(page).inline) == 7


def test_second_factor_shows_its_picture_within_the_policy(keys):
    client = client_of("demo")

    response = client.get(reverse("mfa_activate_totp"))

    assert "data:" in policy_of(response)["img-src"]
    assert re.search(r'<img[^>]*src="data:image/svg\+xml', html(response))
    assert Page(html(response)).inline == []
