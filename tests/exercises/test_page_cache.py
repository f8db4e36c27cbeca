"""A visitor's page is sent again only when it is another one."""

import pickle
import zlib
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils.autoreload import file_changed

from exercises import page_cache
from exercises.models import Exercise
from exercises.page_cache import build
from tests.exercises.test_catalogue_version import CHANGES, EACH_CHANGE, published
from tests.factories import ExerciseFactory, UserFactory

pytestmark = pytest.mark.django_db

EXERCISE = "/exercises/barbell-row/"
PAGES = [
    "/",
    "/muscles/",
    "/muscles/trapezius/",
    "/exercises/",
    "/exercises/?q=row&page=1",
    EXERCISE,
]
OF_EVERYONE = [page for page in PAGES if page != "/"]


def tag(client, page, **options):
    return client.get(page, **options).headers["ETag"]


def again(client, page, seen, **headers):
    return client.get(page, headers={"If-None-Match": seen, **headers})


class TestVisitor:
    @pytest.mark.parametrize("page", PAGES)
    def test_gets_a_page_once(self, client, page):
        published()
        seen = tag(client, page)

        response = again(client, page, seen)

        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == seen
        assert response.headers["Cache-Control"] == "public, no-cache"
        assert {"Cookie", "HX-Request", "HX-Target"} <= set(response.headers["Vary"].split(", "))

    @pytest.mark.parametrize("page", PAGES)
    def test_who_has_it_costs_one_query(self, client, page, django_assert_num_queries):
        published()
        seen = tag(client, page)

        with django_assert_num_queries(1):  # version
            assert again(client, page, seen).status_code == 304

    @pytest.mark.parametrize("page", PAGES)
    def test_gets_no_cookie(self, client, page):
        published()

        assert not client.get(page).cookies

    @pytest.mark.parametrize("change", EACH_CHANGE)
    def test_gets_every_page_anew_after_a_change(self, client, change):
        row = published()
        seen = {page: tag(client, page) for page in PAGES}

        CHANGES[change](row)

        assert {again(client, page, seen[page]).status_code for page in PAGES} <= {200, 301, 404}

    def test_finds_what_an_editor_archived_gone(self, client, eddies_client):
        row = published()
        seen = tag(client, EXERCISE)

        eddies_client.post(
            reverse("admin:exercises_exercise_delete", args=[row.pk]), {"post": "yes"}
        )

        assert Exercise.objects.get().is_archived
        assert again(client, EXERCISE, seen).status_code == 404
        assert "Barbell row" not in again(client, "/exercises/", seen).content.decode()

    def test_who_used_to_have_an_account_with_it_is_no_exception(self, client):
        """A session that has ended."""
        published()
        seen = tag(client, EXERCISE)
        client.cookies["sessionid"] = "gone"

        assert again(client, EXERCISE, seen).status_code == 304

    @pytest.mark.parametrize("theme", ["light", "dark", '"; drop', "ä" * 3000])
    def test_gets_a_page_for_each_theme(self, client, theme):
        published()
        seen = tag(client, EXERCISE)
        client.cookies["theme"] = theme

        response = again(client, EXERCISE, seen)

        assert response.status_code == 200
        assert response.headers["ETag"] != seen
        assert again(client, EXERCISE, response.headers["ETag"]).status_code == 304

    def test_gets_the_results_alone_under_another_tag(self, client):
        published()
        page = tag(client, "/exercises/")
        results = {"HX-Request": "true", "HX-Target": "results"}

        response = again(client, "/exercises/", page, **results)

        assert response.status_code == 200
        assert b"<html" not in response.content
        assert again(client, "/exercises/", response.headers["ETag"], **results).status_code == 304

    def test_with_a_message_waiting_gets_that_page_alone(self, client, alices_client):
        """Whoever has just signed out is told so, once."""
        published()
        seen = tag(client, EXERCISE)
        alices_client.post(reverse("account_logout"))

        told, then = (again(alices_client, EXERCISE, seen) for _ in range(2))

        assert (told.status_code, then.status_code) == (200, 304)
        assert "Signed out" in told.content.decode()
        assert "ETag" not in told.headers
        assert told.headers["Cache-Control"] == "private, no-cache"

    def test_gets_a_page_anew_after_a_deployment(self, client, monkeypatch):
        published()
        seen = tag(client, EXERCISE)
        monkeypatch.setattr("exercises.page_cache.build", lambda: "another")

        assert again(client, EXERCISE, seen).status_code == 200

    def test_of_a_page_that_is_not_there_gets_no_tag(self, client):
        response = client.get("/exercises/nothing/")

        assert response.status_code == 404
        assert "ETag" not in response.headers


def lasting(response):
    """The headers of an answer but for that which names its request."""
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}


class TestDrawnOnce:
    @pytest.mark.parametrize("page", PAGES)
    def test_page_is_the_same_for_the_next_visitor(self, client, page, django_assert_num_queries):
        published()
        first = client.get(page)

        with django_assert_num_queries(1):  # version
            second = Client().get(page)

        assert second.status_code == 200
        assert second.content == first.content
        assert lasting(second) == lasting(first)

    @pytest.mark.parametrize("change", EACH_CHANGE)
    def test_page_is_drawn_again_after_a_change(self, client, change):
        row = published()
        for page in PAGES:
            client.get(page)
        CHANGES[change](row)

        shown = {page: client.get(page) for page in PAGES}

        caches["pages"].clear()
        for page, response in shown.items():
            anew = client.get(page)
            assert (response.status_code, response.content) == (anew.status_code, anew.content)

    def test_page_is_drawn_for_each_address_and_host(self, client, settings):
        settings.ALLOWED_HOSTS = ["one.example", "two.example"]
        published()

        pages = {
            client.get(f"{EXERCISE}{query}", headers={"host": host}).content
            for query in ("", "?a=1")
            for host in ("one.example", "two.example")
        }

        assert len(pages) == 2  # the card's address has the host, and nothing shows the query

    def test_results_for_htmx_are_not_taken_for_the_page(self, client):
        published()
        results = {"HX-Request": "true", "HX-Target": "results"}

        part, whole = client.get("/exercises/", headers=results), client.get("/exercises/")

        assert b"<html" not in part.content
        assert b"<html" in whole.content

    def test_missing_page_is_not_remembered(self, client):
        assert client.get(EXERCISE).status_code == 404
        published()

        assert client.get(EXERCISE).status_code == 200

    def test_head_has_no_body(self, client):
        published()

        assert client.head(EXERCISE).content == b""
        assert client.get(EXERCISE).content

    def test_pages_have_a_cache_of_their_own_with_an_end(self, client, settings):
        """Else reading many pages would make allauth forget who tried how often."""
        assert settings.CACHES["pages"]["OPTIONS"]["MAX_ENTRIES"] == 900
        published()

        client.get(EXERCISE)

        assert caches["pages"]._cache
        assert not caches["default"]._cache


class TestSignedIn:
    def test_sees_no_page_that_was_drawn_for_a_visitor(self, client, alices_client):
        published()
        client.get(EXERCISE)

        assert "Sign in" not in alices_client.get(EXERCISE).content.decode()

    def test_leaves_none_for_a_visitor(self, client, alices_client):
        published()
        alices_client.get(EXERCISE)

        assert "alice" not in client.get(EXERCISE).content.decode()

    @pytest.mark.parametrize("page", OF_EVERYONE)
    def test_always_gets_the_whole_page(self, client, alices_client, page):
        published()
        seen = tag(client, page)

        for header in (seen, "*"):
            response = again(alices_client, page, header)

            assert response.status_code == 200
            assert "ETag" not in response.headers
            assert response.headers["Cache-Control"] == "private, no-cache"
            assert "Cookie" in response.headers["Vary"]


class TestSameForAllWhoAreSignedIn:
    @pytest.mark.parametrize("page", OF_EVERYONE)
    def test_is_drawn_once_and_has_each_ones_name(
        self, alices_client, charlies_client, page, django_assert_num_queries
    ):
        published()
        alices = alices_client.get(page).content.decode()

        with django_assert_num_queries(3):  # session, user, versions
            charlies = charlies_client.get(page).content.decode()

        assert "alice" in alices
        assert "charlie" not in alices
        assert charlies == alices.replace("alice", "charlie")

    @pytest.mark.parametrize("page", OF_EVERYONE)
    def test_nothing_of_anyone_is_kept_for_all(self, alices_client, page, monkeypatch):
        """What is drawn knows neither the user nor their cookies."""
        published()
        drawn = []
        reading = page_cache.Reading
        monkeypatch.setattr(
            page_cache, "Reading", lambda *args: drawn.append(reading(*args)) or drawn[-1]
        )

        page = alices_client.get(page, headers={"Authorization": "secret", "X-Secret": "secret"})

        [request] = drawn
        session = alices_client.cookies["sessionid"].value
        assert page.status_code == 200
        assert request.user.pk == 0
        assert not hasattr(request, "session")
        assert not {"alice", "secret", session} & {
            *request.META.values(),
            *request.COOKIES.values(),
        }
        everyones = [zlib.decompress(kept) for kept in kept_pages() if isinstance(kept, bytes)]
        assert len(everyones) == 1
        assert b"alice" not in everyones[0]

    @pytest.mark.parametrize("change", EACH_CHANGE)
    def test_is_drawn_again_after_a_change(self, alices_client, change):
        row = published()
        for page in OF_EVERYONE:
            alices_client.get(page)
        CHANGES[change](row)

        shown = {page: alices_client.get(page) for page in OF_EVERYONE}

        caches["pages"].clear()
        for page, response in shown.items():
            anew = alices_client.get(page)
            assert (response.status_code, response.content) == (anew.status_code, anew.content)

    def test_list_with_own_exercises_is_kept_for_their_owner(
        self, alice, alices_client, charlies_client, django_assert_num_queries
    ):
        published()
        own = ExerciseFactory(owner=alice, name="Odd lift")
        first = alices_client.get("/exercises/").content.decode()

        with django_assert_num_queries(3):  # session, user, versions
            assert alices_client.get("/exercises/").content.decode() == first

        assert "Odd lift" in first
        assert "Odd lift" not in charlies_client.get("/exercises/").content.decode()
        own.name = "Odder lift"
        own.save()
        assert "Odder lift" in alices_client.get("/exercises/").content.decode()

    def test_own_exercises_are_shown_to_their_owner_alone(
        self, alice, alices_client, charlies_client
    ):
        published()
        ExerciseFactory(owner=alice, name="Alice's hang", slug="alices-hang")
        ExerciseFactory(owner=alice, name="Alice's row", slug="barbell-row")

        assert "Alice&#x27;s hang" in alices_client.get("/exercises/").content.decode()
        assert "Alice&#x27;s row" in alices_client.get(EXERCISE).content.decode()
        for page in OF_EVERYONE:
            assert "Alice" not in charlies_client.get(page).content.decode()

    def test_editors_find_their_way_to_the_desk_and_leave_none(self, eddies_client, alices_client):
        row = published()
        desk = reverse("admin:exercises_exercise_change", args=[row.pk])

        for _ in range(2):
            assert desk in eddies_client.get(EXERCISE).content.decode()
            assert desk not in alices_client.get(EXERCISE).content.decode()

    def test_a_message_is_shown_to_whom_it_is_for_once(self, alice, alices_client, charlies_client):
        published()
        own = ExerciseFactory(owner=alice, name="Odd lift", slug="odd-lift")
        alices_client.post(reverse("workouts:own-exercise-delete", args=[own.slug]))

        pages = [client.get(EXERCISE) for client in (charlies_client, alices_client, alices_client)]

        shown = ["is deleted" in page.content.decode() for page in pages]
        assert shown == [False, True, False]

    def test_name_is_shortened_and_safe(self, client):
        published()
        client.force_login(UserFactory(username="<b>&a-very-long-name"))

        assert ">&lt;b&gt;&amp;a-very-long…</span>" in client.get(EXERCISE).content.decode()

    def test_a_page_for_each_theme(self, alices_client):
        published()
        alices_client.get(EXERCISE)
        alices_client.cookies["theme"] = "dark"

        assert 'data-theme="dark"' in alices_client.get(EXERCISE).content.decode()

    def test_home_is_each_ones_own(self, alices_client, charlies_client):
        published()

        assert "alice" in alices_client.get("/").content.decode()
        assert not kept_pages()


class TestCompressed:
    @pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
    def test_is_kept_as_it_is_sent(self, client, coding):
        published()
        plain = client.get(EXERCISE)

        first, second = (client.get(EXERCISE, headers={"Accept-Encoding": coding}) for _ in "12")

        assert first.content == second.content != plain.content
        for response in (first, second):
            assert response.headers["Content-Encoding"] == coding
            assert response.headers["Content-Length"] == str(len(response.content))
            assert "accept-encoding" in response.headers["Vary"].lower()
        assert client.get(EXERCISE).content == plain.content

    def test_is_small_also_for_who_accepts_no_compression(self, client):
        published()
        sent = client.get("/muscles/").content

        [kept] = caches["pages"]._cache.values()

        assert len(kept) < len(sent) / 2
        assert client.get("/muscles/").content == sent


def kept_pages():
    return [pickle.loads(kept) for kept in caches["pages"]._cache.values()]


class TestBuild:
    @pytest.fixture(autouse=True)
    def anew(self):
        build.cache_clear()
        yield
        build.cache_clear()

    @pytest.fixture
    def site(self, settings, tmp_path):
        settings.BASE_DIR = tmp_path
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "base.html").write_text("One")
        return tmp_path

    def made_of(self, site, path, text):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
        build.cache_clear()
        return build()

    @pytest.mark.parametrize(
        "path", ["templates/base.html", "templates/new.html", "exercises/a.py", "static/css/a.css"]
    )
    def test_is_another_after_a_change_of(self, site, path):
        before = build()

        assert self.made_of(site, path, "Two") != before

    def test_is_the_same_in_every_process(self, site):
        assert build() == self.made_of(site, "templates/base.html", "One")

    def test_does_not_look_at_what_python_leaves_behind(self, site):
        assert build() == self.made_of(site, "exercises/__pycache__/a.cpython-311.pyc", "x")

    def test_is_reckoned_once(self, site):
        before = build()
        (site / "templates" / "base.html").write_text("Two")

        assert build() == before

    def test_is_reckoned_again_where_templates_are_reloaded(self, site):
        before = build()
        (site / "templates" / "base.html").write_text("Two")
        file_changed.send(sender=None, file_path=Path("base.html"))

        assert build() != before
