"""The script that keeps pages on a device, what it is told, and whose each page is."""

import json
import re
from datetime import date

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from exercises.page_cache import build
from tests.factories import log, make_routine
from tests.workouts.views.log_form import filled

pytestmark = pytest.mark.django_db

WORKER = "/service-worker.js"


def site_of(response):
    """What the server puts above the script."""
    first, _, script = response.content.decode().partition("\n")
    return json.loads(first.removeprefix("const SITE = ").removesuffix(";")), script


class TestServiceWorker:
    def test_is_a_script_for_the_whole_site_that_is_asked_for_anew(self, client):
        response = client.get(WORKER)

        assert reverse("service-worker") == WORKER
        assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert response.headers["Cache-Control"] == "public, no-cache"
        again = client.get(WORKER, headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.post(WORKER).status_code == 405

    def test_is_one_classic_script(self, client):
        _, script = site_of(client.get(WORKER))

        assert not re.search(r"^(import|export) ", script, re.MULTILINE)

    def test_is_another_in_each_language(self, client):
        """So what is kept is kept anew in the language that was chosen."""
        english = client.get(WORKER)
        client.cookies["django_language"] = "de"

        german = client.get(WORKER)

        assert site_of(german)[0]["release"] == f"{build()}-de"
        assert german.headers["ETag"] != english.headers["ETag"]
        assert "Cookie" in german.headers["Vary"]

    def test_is_another_with_each_release(self, client, monkeypatch):
        before, script = site_of(client.get(WORKER))
        monkeypatch.setattr("backtrain.offline.build", lambda: "next")

        after, same = site_of(client.get(WORKER))

        assert (before["release"], after["release"]) == (f"{build()}-en", "next-en")
        assert script == same

    def test_names_files_that_exist(self, client):
        site, _ = site_of(client.get(WORKER))

        for file in site["files"] + site["athletesFiles"]:
            assert finders.find(file.removeprefix("/static/")), file

    def test_keeps_no_page_of_accounts_the_desk_or_exports(self, client):
        site, _ = site_of(client.get(WORKER))

        kept = [*site["kept"], *site["core"]]
        assert site["core"] == ["/offline/", "/workouts/", "/", "/workouts/new/?blank"]
        for name in ("account_login", "settings", "admin:index", "theme"):
            assert not any(reverse(name).startswith(start) for start in kept if start != "/")

    def test_is_allowed_by_the_policy_of_pages(self, client):
        policy = client.get("/").headers["Content-Security-Policy"]

        assert "worker-src 'self'" in policy
        assert "default-src 'none'" in policy


class TestOwner:
    @pytest.mark.parametrize("path", ["/", "/exercises/", "/offline/"])
    def test_of_a_page_is_who_is_signed_in(self, client, alices_client, alice, path):
        assert alices_client.get(path).headers["X-Owner"] == str(alice.pk)
        assert client.get(path).headers["X-Owner"] == "nobody"

    def test_stays_when_the_page_is_drawn_once_for_all(self, alices_client, charlies_client):
        owners = [c.get("/muscles/").headers["X-Owner"] for c in (alices_client, charlies_client)]

        assert len(set(owners)) == 2

    @pytest.mark.parametrize("path", ["/nothing/", "/robots.txt", "/workouts/", WORKER])
    def test_is_said_of_nothing_but_pages(self, client, path):
        assert "X-Owner" not in client.get(path).headers


class TestOwnPages:
    def test_are_the_last_workouts_and_the_routines_with_what_they_fill(
        self, alices_client, alice, charlie, pull_up
    ):
        days = [log(alice, "Pull-up: 8", on=date(2026, 11, day)) for day in range(1, 13)]
        log(charlie, "Pull-up: 8")
        routine = make_routine(alice, "Pull-up: 3 x 8")
        version = str(type(alice.athlete).objects.get(pk=alice.pk).version)

        told = alices_client.get("/offline/own/").json()

        last = [[f"/workouts/{each.pk}/", "1"] for each in reversed(days[-10:])]
        start = f"/workouts/new/?routine={routine.pk}"
        filled = [f"/routines/{routine.pk}/", f"{start}&start=1", start]
        assert told == {
            "owner": str(alice.pk),
            "pages": [*last, *([address, version] for address in filled)],
        }

    def test_have_another_mark_when_they_change(self, alices_client, alice, pull_up):
        workout, routine = log(alice, "Pull-up: 8"), make_routine(alice, "Pull-up: 3 x 8")
        before = dict(alices_client.get("/offline/own/").json()["pages"])
        edit = filled("Pull-up: 9", revision="1", id=str(workout.pk))
        assert alices_client.post(f"/workouts/{workout.pk}/edit/", edit).status_code == 302

        after = dict(alices_client.get("/offline/own/").json()["pages"])

        assert before.keys() == after.keys()
        assert [path for path in before if before[path] == after[path]] == []
        assert f"/routines/{routine.pk}/" in after

    def test_are_of_who_is_signed_in(self, client, charlies_client, charlie, alice, pull_up):
        log(alice, "Pull-up: 8")

        assert charlies_client.get("/offline/own/").json() == {
            "owner": str(charlie.pk),
            "pages": [],
        }
        assert client.get("/offline/own/").url == "/accounts/login/?next=/offline/own/"

    @pytest.mark.parametrize("rows", [1, 12])
    def test_cost_as_many_queries_however_many_there_are(
        self, alices_client, alice, pull_up, rows, django_assert_num_queries
    ):
        for number in range(rows):
            log(alice, "Pull-up: 8")
            make_routine(alice, "Pull-up: 3 x 8", name=str(number))

        with django_assert_num_queries(5):  # who is signed in, and these
            alices_client.get("/offline/own/")


class TestOnThisDevice:
    def test_costs_no_query_for_a_visitor(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = client.get("/offline/")

        assert "Opens without signal" in response.content.decode()
