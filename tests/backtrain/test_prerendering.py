"""What a process draws before anyone asks."""

import logging
import subprocess
import sys

import pytest
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


@pytest.mark.django_db
class TestDrawFirstPages:
    def test_asks_for_one_of_each_kind(self, asked):
        ExerciseFactory(slug="row")
        ExerciseFactory(slug="pull-up", article_place=1)
        MuscleFactory(slug="trapezius")

        prerender(application(asked))

        assert [each["PATH_INFO"] for each in asked] == [
            *("/", "/muscles/", "/exercises/", "/exercises/pull-up/", "/muscles/trapezius/"),
        ]

    def test_does_with_an_empty_catalogue(self, asked):
        prerender(application(asked))

        assert [each["PATH_INFO"] for each in asked] == ["/", "/muscles/", "/exercises/"]

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

        assert "/muscles/ could not be drawn before the start: 500" in caplog.text

    def test_stops_no_start(self, asked, caplog):
        def broken(environ, start_response):
            raise OSError("The database is away.")

        prerender(broken)

        [said] = [each for each in caplog.records if each.levelno == logging.ERROR]
        assert "could not be drawn before the start" in said.getMessage()


class Stop(Exception):
    """The end of a thread that has none."""


@pytest.mark.django_db
class TestRedrawAfterEdits:
    @pytest.fixture
    def look(self, asked, monkeypatch):
        """Look for edits once after each of these, and count the pages that were asked for."""

        def look(*edits):
            waiting, counts = iter(edits), []

            def sleep(seconds):
                counts.append(len(asked))
                if (edit := next(waiting, None)) is None:
                    raise Stop
                edit()

            monkeypatch.setattr(prerendering.time, "sleep", sleep)
            with pytest.raises(Stop):
                prerendering._look_for_edits(application(asked))
            return counts

        return look

    def test_asks_again_after_an_edit_and_not_without(self, look):
        row = ExerciseFactory()
        MuscleFactory()

        counts = look(lambda: None, row.save, lambda: None, row.save)

        assert counts == [0, 0, 5, 5, 10]

    def test_waits_for_a_database_that_is_away(self, look, monkeypatch, caplog):
        def away(self):
            raise OperationalError

        ExerciseFactory()

        counts = look(
            lambda: monkeypatch.setattr(type(CatalogueVersion.objects.all()), "current", away)
        )

        assert counts == [0, 0]
        assert not caplog.text


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

    assert (run.stdout, run.stderr) == ("5\n", "")
