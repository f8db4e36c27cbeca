"""What a process draws before anyone asks."""

import logging
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.db import OperationalError

from backtrain import prerendering
from backtrain.prerendering import prerender
from backtrain.settings import BASE_DIR
from exercises.models import CatalogueVersion
from tests.factories import ExerciseFactory, MuscleFactory
from tests.production import Installation


@pytest.fixture
def asked(monkeypatch):
    """The requests that an application gets."""
    monkeypatch.setattr(prerendering.connections, "close_all", lambda: None)
    return []


def application(asked, status="200 OK"):
    def answer(environ, start_response):
        asked.append(environ)
        start_response(status, [])
        return Body()

    return answer


class Body(list):
    def close(self):
        pass


EMPTY = ["/", "/back/", "/muscles/", "/exercises/", "/routines/starters/"]
STARTER = "/routines/starters/full-body/"


def paths(asked):
    return [each["PATH_INFO"] for each in asked]


@pytest.mark.django_db
class TestDrawFirstPages:
    def test_asks_for_one_of_each_kind(self, asked):
        ExerciseFactory(slug="row")
        ExerciseFactory(slug="pull-up", article_place=1)
        MuscleFactory(slug="trapezius")

        prerender(application(asked))

        assert paths(asked) == [*EMPTY, "/exercises/pull-up/", "/muscles/trapezius/", STARTER]

    def test_does_with_an_empty_catalogue(self, asked):
        prerender(application(asked))

        assert paths(asked) == [*EMPTY, STARTER]

    @pytest.mark.parametrize(
        ("hosts", "host"),
        [
            (["log.example.org", "localhost"], "log.example.org"),
            ([".example.org"], "example.org"),
            (["*"], "localhost"),
        ],
    )
    def test_asks_an_allowed_host(self, asked, settings, hosts, host):
        settings.ALLOWED_HOSTS = hosts

        prerender(application(asked))

        assert {each["HTTP_HOST"] for each in asked} == {host}

    @pytest.mark.parametrize(("is_https", "scheme"), [(True, "https"), (False, "http")])
    def test_asks_over_what_visitors_do(self, asked, settings, is_https, scheme):
        settings.IS_HTTPS = is_https
        settings.TRUSTED_PROXIES = 2

        prerender(application(asked))

        assert {each["wsgi.url_scheme"] for each in asked} == {scheme}
        assert {each["HTTP_X_FORWARDED_PROTO"] for each in asked} == {scheme}
        assert {each["HTTP_X_FORWARDED_FOR"] for each in asked} == {"127.0.0.1, 127.0.0.1"}

    def test_says_what_could_not_be_drawn(self, asked, caplog):
        prerender(application(asked, status="500 Internal Server Error"))

        assert "/muscles/ could not be drawn: 500" in caplog.text

    def test_stops_no_start(self, asked, caplog):
        def broken(environ, start_response):
            raise OSError("The database is away.")

        prerender(broken)

        said = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
        assert said[0] == "/ could not be drawn."

    def test_stops_no_start_without_a_database(self, asked, caplog, away):
        prerender(application(asked))

        assert not asked
        assert "The first pages could not be drawn." in caplog.text


@pytest.fixture
def away(monkeypatch):
    """A database that can't be asked for addresses."""

    def none():
        raise OperationalError

    monkeypatch.setattr(prerendering, "_addresses", none)


class Stop(Exception):
    """The end of a thread that has none."""


@pytest.mark.django_db
class TestKeepDrawn:
    @pytest.fixture
    def keep(self, asked, monkeypatch):
        """Do these, one before each look for edits, and tell which pages each look draws."""

        def keep(*doings, answer=None):
            waiting, drawn = iter(doings), []

            def sleep(seconds):
                if seconds == prerendering.LOOK_EVERY:
                    drawn.append(paths(asked))
                    asked.clear()
                    if (do := next(waiting, None)) is None:
                        raise Stop
                    do()

            monkeypatch.setattr(prerendering.time, "sleep", sleep)
            with pytest.raises(Stop):
                prerendering._keep_drawn(answer or application(asked))
            return drawn[1:]

        return keep

    def test_draws_all_soon_and_after_an_edit_and_not_without(self, keep):
        row = ExerciseFactory(slug="row")
        ExerciseFactory(slug="pull-up", article_place=1)
        MuscleFactory(slug="trapezius")
        kinds = [*EMPTY, "/exercises/pull-up/", "/muscles/trapezius/", STARTER]

        at_start, then, edited, later = keep(nothing, nothing, row.save, nothing)

        assert at_start == edited
        assert at_start[: len(kinds)] == kinds
        assert "/exercises/row/" in at_start[len(kinds) :]
        assert len(at_start) == len(set(at_start))
        assert then == later == []

    def test_begins_again_where_the_catalogue_is_edited_meanwhile(self, keep, asked):
        edits = [ExerciseFactory(slug="row").save]

        def answer(environ, start_response):
            if len(asked) == 2 and edits:
                edits.pop()()
            return application(asked)(environ, start_response)

        edited, whole = keep(nothing, nothing, answer=answer)

        assert edited == EMPTY[:3]
        assert set(EMPTY) < set(whole)

    def test_forgets_pages_of_the_version_before(self, keep):
        row = ExerciseFactory()
        caches["pages"].set("page", "drawn at the start")

        seen = []
        keep(nothing, lambda: seen.append(caches["pages"].get("page")), row.save)

        assert seen == ["drawn at the start"]
        assert caches["pages"].get("page") is None

    def test_rests_longer_than_a_page_took(self, asked, monkeypatch):
        clock = iter(range(0, 10**6, 2))
        rests = []
        monkeypatch.setattr(prerendering.time, "perf_counter", lambda: next(clock))
        monkeypatch.setattr(prerendering.time, "sleep", rests.append)

        prerendering._draw_all(application(asked), CatalogueVersion.objects.current())

        assert set(rests) == {6}

    def test_waits_for_a_database_that_is_away(self, keep, monkeypatch, caplog):
        def gone(self):
            raise OperationalError

        ExerciseFactory()
        versions = type(CatalogueVersion.objects.all())
        current = versions.current

        none, whole = keep(
            lambda: monkeypatch.setattr(versions, "current", gone),
            lambda: monkeypatch.setattr(versions, "current", current),
        )

        assert not none
        assert whole
        assert not caplog.text

    def test_waits_for_addresses_of_a_database_that_is_away(self, keep, away):
        ExerciseFactory()

        assert keep(nothing) == [[]]


def nothing():
    pass


def test_a_process_of_production_has_them_when_it_starts(tmp_path):
    installation = Installation(tmp_path).prepared()
    look = "from django.core.cache import caches; print(len(caches['pages']._cache))"

    run = subprocess.run(
        [sys.executable, "-c", f"import backtrain.wsgi; {look}"],
        cwd=BASE_DIR,
        env={**installation.environment, "TRUSTED_PROXIES": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert (run.stdout, run.stderr) == ("8\n", "")
