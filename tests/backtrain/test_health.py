"""What a balancer or a container's engine asks, however it asks."""

import json
import logging

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from backtrain.environment import read_caches
from tests.production import Installation, free_port

LIVE, READY = "/healthz/live", "/healthz/ready"
FINE = {"database": "ok", "migrations": "ok"}


class TestLive:
    def test_needs_no_database(self, client):
        answer = client.get(LIVE)

        assert (answer.status_code, answer.json()) == (200, {"process": "ok"})

    @pytest.mark.parametrize("path", [LIVE, READY])
    def test_is_asked_and_told_nothing(self, client, path):
        answer = client.post(path)

        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.django_db
class TestReady:
    def test_is_so_when_the_database_answers(self, client, django_assert_num_queries):
        client.get(READY)  # by which the migrations of this version are known
        with django_assert_num_queries(2):  # whether there is the table, and what stands in it
            answer = client.get(READY)

        assert (answer.status_code, answer.json()) == (200, FINE)
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies

    def test_answers_head_too(self, client):
        answer = client.head(READY)

        assert (answer.status_code, answer.content) == (200, b"")

    @pytest.mark.parametrize("path", [LIVE, READY])
    def test_minds_neither_the_host_nor_the_scheme(self, client, settings, path):
        settings.SECURE_SSL_REDIRECT = True
        settings.ALLOWED_HOSTS = ["log.example.org"]

        assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200
        assert client.get("/robots.txt", headers={"host": "10.0.0.7:8000"}).status_code != 200

    def test_is_not_so_before_the_upgrade_is_done(self, client):
        MigrationRecorder.Migration.objects.filter(app="workouts").order_by("-pk").first().delete()

        answer = client.get(READY)

        assert answer.status_code == 503
        assert answer.json() == {"database": "ok", "migrations": "1 migration missing"}

    def test_says_which_part_and_keeps_the_rest_for_the_log(self, client, monkeypatch, caplog):
        def fail(*_):
            raise OperationalError("no password for user log at 10.0.0.5")

        monkeypatch.setattr(MigrationRecorder, "applied_migrations", fail)
        with caplog.at_level(logging.WARNING, logger="backtrain.health"):
            answer = client.get(READY)

        assert answer.status_code == 503
        assert answer.json() == {"database": "does not answer"}
        assert "10.0.0.5" in caplog.text

    def test_does_not_wait_for_a_cache_that_the_site_can_do_without(
        self, client, settings, monkeypatch
    ):
        monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{free_port()}/0")
        settings.CACHES = {**read_caches(), "pages": settings.CACHES["pages"]}

        answer = client.get(READY)

        assert answer.status_code == 200
        assert answer.json() == {**FINE, "cache": "does not answer"}

    def test_knows_a_cache_that_answers(self, client, settings):
        local = settings.CACHES["default"]
        settings.CACHES = {**settings.CACHES, "shared": {**local, "LOCATION": "shared"}}

        assert client.get(READY).json() == {**FINE, "cache": "ok"}


class TestServer:
    def test_without_database_lives_but_is_not_ready(self, tmp_path):
        """Over plain HTTP, by a host that nobody allowed, where there is no database at all."""
        installation = Installation(tmp_path)
        installation.collect()
        away = f"postgres://log:secret@127.0.0.1:{free_port()}/log"
        host = "Host: 10.0.0.7"

        with installation.served(DATABASE_URL=away) as server:
            live, ready = server.raw(host, path=LIVE), server.raw(host, path=READY)

        assert (live.status, live.text) == (200, '{"process": "ok"}')
        assert (ready.status, json.loads(ready.text)) == (503, {"database": "does not answer"})
