"""Figures for Prometheus, and slow queries in the log."""

import logging
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from backtrain import metrics
from backtrain.metrics import NOT_COUNTED
from tests.backtrain.test_settings import python
from tests.factories import log

pytestmark = pytest.mark.django_db

TOKEN = "a token of twenty-six chars"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def figures(client) -> dict[str, float]:
    """Each figure by its name and labels, as Prometheus writes them."""
    text = client.get("/metrics", headers=HEADERS).content.decode()
    return {
        f"{each.name}{{{','.join(f'{k}={v}' for k, v in sorted(each.labels.items()))}}}": each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
    }


def grown(client, ask) -> dict[str, float]:
    """By how much each figure grew while something was asked, but for buckets and seconds."""
    before = figures(client)
    ask()
    after = figures(client)
    growth = {name: value - before.get(name, 0) for name, value in after.items()}
    quiet = ("_bucket", "_created", "seconds_sum", "seconds_total")
    return {name: by for name, by in growth.items() if by and not any(q in name for q in quiet)}


class TestFigures:
    @pytest.mark.parametrize(
        "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}]
    )
    def test_are_nobody_s_without_the_token(self, client, headers):
        answer = client.get("/metrics", headers=headers)

        assert (answer.status_code, answer.content) == (404, b"")

    def test_are_nobody_s_where_there_is_no_token(self, client, settings):
        settings.METRICS_TOKEN = ""

        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404

    def test_come_by_any_host_and_without_https(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True

        answer = client.get("/metrics", headers={**HEADERS, "Host": "10.0.0.7:8000"})

        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert answer.headers["Cache-Control"] == "no-store"

    def test_count_answers_by_view_method_and_status(self, client, alices_client, alice, pull_up):
        workout = log(alice, "Pull-up: 8")

        def ask():
            alices_client.get(f"/workouts/{workout.pk}/")
            client.get(f"/workouts/{workout.pk}/")
            client.get("/nothing/here/")

        by = grown(client, ask)

        assert by["backtrain_requests_total{method=GET,status=200,view=workouts:detail}"] == 1
        assert by["backtrain_requests_total{method=GET,status=302,view=workouts:detail}"] == 1
        assert by["backtrain_requests_total{method=GET,status=404,view=none}"] == 1
        assert by["backtrain_request_seconds_count{view=workouts:detail}"] == 2

    def test_count_queries_and_the_time_they_take(self, client, alices_client):
        alices_client.get("/accounts/sessions/")
        before = figures(client)

        by = grown(client, lambda: alices_client.get("/accounts/sessions/"))

        waited = "backtrain_database_seconds_total{view=sessions}"
        assert by["backtrain_database_queries_total{view=sessions}"] == 4
        assert 0 < figures(client)[waited] - before[waited] < 60

    def test_count_pages_that_were_drawn_before(self, client, pull_up):
        def ask():
            for _ in range(3):
                client.get("/exercises/pull-up/")

        by = grown(client, ask)

        kept, drawn = (f"backtrain_kept_pages_total{{kept={kept}}}" for kept in ("yes", "no"))
        assert (by[kept], by[drawn]) == (2, 1)

    def test_count_nothing_that_the_site_asks_itself(self, client, pull_up):
        by = grown(client, lambda: client.get("/exercises/pull-up/", **{NOT_COUNTED: True}))

        assert "exercises:exercise" not in str(by)

    def test_name_the_version(self, client):
        [name] = [name for name in figures(client) if name.startswith("backtrain_build_info")]

        assert re.fullmatch(r"backtrain_build_info\{version=[0-9a-f]{12}\}", name)

    def test_have_no_address_and_no_unknown_method(self, client, alice):
        by = grown(client, lambda: client.generic("BREW", "/exercises/secret-word/"))

        assert "secret-word" not in str(by)
        assert "backtrain_requests_total{method=other,status=405,view=exercises:exercise}" in by

    def test_are_not_kept_where_nobody_asks(self, client, settings):
        before = figures(client)
        settings.METRICS_TOKEN = ""
        client.get("/robots.txt")
        settings.METRICS_TOKEN = TOKEN

        robots = "backtrain_requests_total{method=GET,status=200,view=robots}"
        assert figures(client).get(robots, 0) == before.get(robots, 0)


class TestSlowQueries:
    @pytest.fixture(autouse=True)
    def slow(self, settings, monkeypatch):
        """Every query takes a second and a half."""
        settings.SLOW_QUERY_MS = 1000
        clock = iter(range(10**6))
        monkeypatch.setattr(metrics.time, "perf_counter", lambda: next(clock) * 1.5)

    def test_are_logged_with_their_view_and_without_values(self, alices_client, caplog):
        with caplog.at_level(logging.WARNING, logger="backtrain.metrics"):
            alices_client.get("/workouts/names/?q=secretword")

        [line, *_] = [each for each in caplog.records if each.name == "backtrain.metrics"]
        assert line.getMessage().startswith("A query of workouts:names took 1500 ms: SELECT ")
        assert (line.view, line.ms) == ("workouts:names", 1500)
        assert "secretword" not in caplog.text

    @pytest.mark.parametrize("limit", [0, 2000])
    def test_are_those_that_take_as_long_as_was_set(self, alices_client, settings, caplog, limit):
        settings.SLOW_QUERY_MS = limit

        alices_client.get("/workouts/")

        assert "A query of" not in caplog.text


class TestSeveralProcesses:
    SETUP = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'backtrain.settings';"
    COUNT = "from backtrain.metrics import requests; requests.labels('home', 'GET', 200).inc()"
    TELL = (
        "from prometheus_client import generate_latest; from backtrain.metrics import _all;"
        " print(generate_latest(_all()).decode())"
    )

    def test_are_told_of_together(self, tmp_path):
        environment = {"SECRET_KEY": "s" * 50, "METRICS_ROOT": str(tmp_path / "run" / "metrics")}

        def run(code: str) -> str:
            ran = python("-c", f"{self.SETUP} django.setup(); {code}", **environment)
            assert ran.returncode == 0, ran.stderr
            return ran.stdout

        run(self.COUNT)
        run(self.COUNT)
        told = run(self.TELL)

        assert 'backtrain_requests_total{method="GET",status="200",view="home"} 2.0' in told
        assert "backtrain_build_info{version=" in told
