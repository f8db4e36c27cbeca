"""Nobody sees another person's rows: every personal address as owner, stranger and visitor."""

import re
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, resolve, reverse

from tests.factories import log
from workouts.models import Workout
from workouts.urls import progress_pages, urlpatterns, workouts

POSTED = {"text": "Pull-up: 1", "day": "2026-11-20", "time": "10:00", "save": "1"}


def without_token(response: HttpResponse) -> str:
    """The page without the one thing that differs on every request."""
    return re.sub(
        r'(X-CSRFToken": |csrfmiddlewaretoken" value=)"\w+"', "", response.content.decode()
    )


@pytest.fixture
def workout(alice, pull_up) -> Workout:
    return log(alice, "2026-11-22 18:30 Secret title\nPull-up: 8")


OF_A_WORKOUT = [
    ("get", "workouts:detail"),
    ("get", "workouts:edit"),
    ("post", "workouts:edit"),
    ("get", "workouts:copy"),
    ("get", "workouts:delete"),
    ("post", "workouts:delete"),
    ("post", "workouts:restore"),
]
OF_A_PERSON = [
    ("get", "/workouts/"),
    ("get", "/workouts/new/"),
    ("post", "/workouts/new/"),
    ("get", "/progress/exercises/pull-up/"),
    ("get", "/progress/exercises/pull-up/?part=own-history"),
    ("get", "/accounts/settings/"),
    ("post", "/accounts/settings/"),
    ("get", "/exercises/own/equipment/"),
]


class TestVisitor:
    @pytest.mark.parametrize(("method", "name"), OF_A_WORKOUT)
    def test_is_asked_to_sign_in_for_a_workout(self, client, workout, method, name):
        answer = getattr(client, method)(reverse(name, args=[workout.pk]), POSTED)

        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/?next=")
        workout.refresh_from_db()
        assert (workout.deleted_at, workout.revision) == (None, 1)

    @pytest.mark.parametrize(("method", "address"), OF_A_PERSON)
    def test_is_asked_to_sign_in_for_a_page(self, client, pull_up, method, address):
        answer = getattr(client, method)(address, POSTED if method == "post" else {})

        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/?next=")
        assert not Workout.objects.exists()


class TestStranger:
    @pytest.mark.parametrize(("method", "name"), OF_A_WORKOUT)
    def test_gets_what_an_unknown_key_gets(self, charlies_client, workout, method, name):
        ask = getattr(charlies_client, method)

        answer = ask(reverse(name, args=[workout.pk]), {**POSTED, "id": workout.pk})
        unknown = ask(reverse(name, args=[uuid4()]), {**POSTED, "id": uuid4()})

        assert answer.status_code == unknown.status_code == 404
        assert without_token(answer) == without_token(unknown)
        workout.refresh_from_db()
        assert (workout.deleted_at, workout.revision, workout.entries.count()) == (None, 1, 1)

    def test_cannot_restore_what_another_deleted(self, alices_client, charlies_client, workout):
        alices_client.post(reverse("workouts:delete", args=[workout.pk]))

        answer = charlies_client.post(reverse("workouts:restore", args=[workout.pk]))

        assert answer.status_code == 404
        workout.refresh_from_db()
        assert workout.deleted_at

    @pytest.mark.parametrize(
        "address", [address for method, address in OF_A_PERSON if method == "get"]
    )
    def test_sees_nothing_of_it_on_their_own_pages(self, charlies_client, workout, address):
        page = charlies_client.get(address).content.decode()

        assert "Secret title" not in page
        assert str(workout.pk) not in page

    def test_sees_no_undo_for_anothers_deletion(self, alices_client, charlies_client, workout):
        alices_client.post(reverse("workouts:delete", args=[workout.pk]))

        page = charlies_client.get(f"/workouts/?deleted={workout.pk}")

        assert "Secret title" not in page.content.decode()
        assert "Undo" not in page.content.decode()

    def test_posting_anothers_key_logs_under_a_new_one(self, charlies_client, charlie, workout):
        charlies_client.post("/workouts/new/", {**POSTED, "id": workout.pk})

        assert charlie.athlete.workouts.get().pk != workout.pk
        workout.refresh_from_db()
        assert workout.title == "Secret title"

    def test_finds_no_progress_with_anothers_own_exercise(self, alices_client, charlies_client):
        alices_client.post(
            "/workouts/new/", {**POSTED, "id": uuid4(), "text": "Jefferson curl: 5", "mine": "1"}
        )

        assert alices_client.get("/exercises/jefferson-curl/").status_code == 200
        assert charlies_client.get("/exercises/jefferson-curl/").status_code == 404
        assert charlies_client.get("/progress/exercises/jefferson-curl/").status_code == 404


class TestOwner:
    @pytest.mark.parametrize(
        "name", ["workouts:detail", "workouts:edit", "workouts:copy", "workouts:delete"]
    )
    def test_opens_each_page(self, alices_client, workout, name):
        page = alices_client.get(reverse(name, args=[workout.pk]))

        assert page.status_code == 200
        assert "Secret title" in page.content.decode()

    @pytest.mark.parametrize("address", ["/workouts/", "/workouts/new/", "/accounts/settings/"])
    def test_opens_what_needs_no_workout(self, alices_client, workout, address):
        assert alices_client.get(address).status_code == 200

    @pytest.mark.parametrize(
        ("method", "name", "others"),
        [
            ("post", "workouts:detail", "GET, HEAD"),
            ("post", "workouts:copy", "GET, HEAD"),
            ("get", "workouts:restore", "POST"),
            ("put", "workouts:edit", "GET, HEAD, POST"),
            ("delete", "workouts:delete", "GET, HEAD, POST"),
        ],
    )
    def test_is_told_what_a_page_can_do(self, alices_client, workout, method, name, others):
        answer = getattr(alices_client, method)(reverse(name, args=[workout.pk]))

        assert answer.status_code == 405
        assert answer["Allow"] == others
        workout.refresh_from_db()
        assert workout.deleted_at is None


class TestTables:
    def test_leave_no_address_out(self):
        """A new page has to be asked for by a visitor and a stranger as well."""
        views = {route.callback for route in (*workouts, *progress_pages)}
        views |= {route.callback for route in urlpatterns if isinstance(route, URLPattern)}

        tested = {resolve(reverse(name, args=[uuid4()])).func for _, name in OF_A_WORKOUT}
        tested |= {resolve(address.partition("?")[0]).func for _, address in OF_A_PERSON}

        assert tested == views
