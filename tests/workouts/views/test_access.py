"""Nobody sees another person's rows: every personal address as owner, stranger and visitor."""

import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, resolve, reverse

from exercises.models import Exercise
from tests.factories import log, make_routine
from workouts.models import BodyWeight, OwnName, Routine, Workout
from workouts.own_exercises import make_own_exercise, remove_own_exercise
from workouts.urls import (
    data_pages,
    own_exercise_pages,
    progress_pages,
    routine_pages,
    urlpatterns,
    workouts,
)
from workouts.vocabulary import Unit
from workouts.weighings import record_body_weight

WEIGHED = {"weight": "70", "unit": "kg", "day": "2026-11-02"}
POSTED = {"text": "Pull-up: 1", "day": "2026-11-20", "time": "10:00", "save": "1"}


def without_token(response: HttpResponse) -> str:
    """The page without what differs on every request, and what a missing page was asked for."""
    differs = r'(csrfmiddlewaretoken" value=|type="search" value=)"[\w ]+"'
    return re.sub(differs, "", response.content.decode())


@pytest.fixture
def workout(alice, pull_up) -> Workout:
    return log(alice, "2026-11-22 18:30 Secret title\nPull-up: 8")


@pytest.fixture
def own(alice) -> Exercise:
    """Alice's own exercise, logged once."""
    exercise = make_own_exercise(owner=alice, name="Secret curl")
    log(alice, "Secret curl: 20 kg x 8")
    return exercise


@pytest.fixture
def weighing(alice) -> BodyWeight:
    return record_body_weight(
        athlete=alice.athlete, on=date(2026, 11, 1), weight=Decimal("81.23"), unit=Unit.KG
    )


@pytest.fixture
def routine(alice, pull_up) -> Routine:
    return make_routine(alice, "Pull-up: 3 x 5-8", name="Secret plan", weekdays="1234567")


OF_A_WORKOUT = [
    ("get", "workouts:detail"),
    ("get", "workouts:edit"),
    ("post", "workouts:edit"),
    ("get", "workouts:copy"),
    ("get", "workouts:delete"),
    ("post", "workouts:delete"),
    ("post", "workouts:restore"),
]
OF_AN_EXERCISE = [
    ("get", "workouts:own-exercise-edit"),
    ("post", "workouts:own-exercise-edit"),
    ("get", "workouts:own-exercise-delete"),
    ("post", "workouts:own-exercise-delete"),
    ("post", "workouts:own-exercise-restore"),
    ("get", "workouts:own-exercise-merge"),
    ("post", "workouts:own-exercise-merge"),
    ("get", "exercises:exercise"),
    ("get", "progress:exercise"),
    ("get", "progress:favourite"),
    ("post", "progress:favourite"),
    ("get", "routines:add"),
]
OF_A_ROUTINE = [
    ("get", "routines:detail"),
    ("get", "routines:edit"),
    ("post", "routines:edit"),
    ("post", "routines:copy"),
    ("post", "routines:delete"),
    ("post", "routines:restore"),
    ("post", "routines:move"),
]
OF_EVERYONE = ["/back/", "/routines/starters/", "/routines/starters/full-body/"]
OF_A_PERSON = [
    ("get", "/exercises/own/"),
    ("get", "/exercises/own/new/"),
    ("post", "/exercises/own/new/"),
    ("get", "/workouts/"),
    ("get", "/workouts/deleted/"),
    ("get", "/workouts/new/"),
    ("post", "/workouts/new/"),
    ("get", "/workouts/names/"),
    ("get", "/workouts/names/?q=secret"),
    ("post", "/workouts/draft/discard/"),
    ("post", "/workouts/draft/restore/"),
    ("get", "/progress/"),
    ("get", "/progress/exercises/"),
    ("get", "/progress/records/"),
    ("get", "/progress/years/2026/"),
    ("get", "/progress/years/2026/picture.png"),
    ("get", "/progress/exercises/pull-up/"),
    ("get", "/progress/exercises/pull-up/?part=own-history"),
    ("get", "/progress/muscles/lats/"),
    ("get", "/accounts/sessions/"),
    ("post", "/accounts/sessions/"),
    ("get", "/accounts/tokens/"),
    ("post", "/accounts/tokens/"),
    ("post", "/accounts/tokens/1/revoke/"),
    ("get", "/accounts/settings/"),
    ("post", "/accounts/settings/"),
    ("get", "/exercises/own/equipment/"),
    ("get", "/bodyweight/"),
    ("post", "/bodyweight/"),
    ("post", "/bodyweight/goal/"),
    ("post", "/bodyweight/restore/"),
    ("get", "/data/export/"),
    ("get", "/data/export/workouts.csv"),
    ("get", "/data/export/everything.json"),
    ("get", "/data/export/notebook.txt"),
    ("get", "/data/import/"),
    ("get", "/data/import/1/"),
    ("post", "/data/import/1/"),
    ("post", "/data/import/1/undo/"),
    ("get", "/data/import/1/progress/"),
    ("get", "/plates/own/"),
    ("post", "/plates/own/"),
    ("get", "/routines/"),
    ("get", "/routines/new/"),
    ("post", "/routines/new/"),
    ("post", "/routines/starters/full-body/use/"),
]
OF_A_WEIGHING = [
    ("get", "body-weight-edit"),
    ("post", "body-weight-edit"),
    ("post", "body-weight-delete"),
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

    @pytest.mark.parametrize(("method", "name"), OF_A_WEIGHING)
    def test_is_asked_to_sign_in_for_a_body_weight(self, client, weighing, method, name):
        answer = getattr(client, method)(reverse(name, args=[weighing.pk]), WEIGHED)

        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/?next=")
        assert BodyWeight.objects.get().weight == Decimal("81.23")

    @pytest.mark.parametrize(("method", "name"), OF_A_ROUTINE)
    def test_is_asked_to_sign_in_for_a_routine(self, client, routine, method, name):
        answer = getattr(client, method)(reverse(name, args=[routine.pk]), POSTED)

        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/?next=")
        assert_as_made(routine)

    @pytest.mark.parametrize("address", OF_EVERYONE)
    def test_sees_what_is_for_everyone(self, client, db, address):
        assert client.get(address).status_code == 200

    @pytest.mark.parametrize(("method", "name"), OF_AN_EXERCISE)
    def test_sees_no_own_exercise(self, client, own, pull_up, method, name):
        answer = getattr(client, method)(reverse(name, args=[own.slug]), {"into": pull_up.pk})

        if name == "exercises:exercise":
            assert answer.status_code == 404
        else:
            assert answer.status_code == 302
            assert answer.url.startswith("/accounts/login/?next=")
        assert_untouched(own)

    def test_cannot_make_a_name_be_forgotten(self, client, alice, pull_up):
        name = alice.athlete.own_names.create(exercise=pull_up, name="Mine", key="mine")

        answer = client.post(reverse("workouts:own-name-forget", args=[name.pk]))

        assert answer.url.startswith("/accounts/login/?next=")
        assert OwnName.objects.exists()


class TestStranger:
    @pytest.mark.parametrize(("method", "name"), OF_A_WEIGHING)
    def test_gets_what_an_unknown_body_weight_gets(self, charlies_client, weighing, method, name):
        ask = getattr(charlies_client, method)

        answer = ask(reverse(name, args=[weighing.pk]), WEIGHED)
        unknown = ask(reverse(name, args=[weighing.pk + 1]), WEIGHED)

        assert answer.status_code == unknown.status_code == 404
        assert without_token(answer) == without_token(unknown)
        assert BodyWeight.objects.get().weight == Decimal("81.23")

    @pytest.mark.parametrize(("method", "name"), OF_AN_EXERCISE)
    def test_gets_what_an_unknown_own_exercise_gets(
        self, charlies_client, own, pull_up, method, name
    ):
        ask = getattr(charlies_client, method)

        answer = ask(reverse(name, args=[own.slug]), {"into": pull_up.pk})
        unknown = ask(reverse(name, args=["no-such"]), {"into": pull_up.pk})

        assert answer.status_code == unknown.status_code == 404
        assert without_token(answer) == without_token(unknown)
        assert_untouched(own)

    def test_cannot_bring_back_what_another_put_aside(self, alice, charlies_client, own):
        remove_own_exercise(owner=alice, exercise=own)

        charlies_client.post(reverse("workouts:own-exercise-restore", args=[own.slug]))

        assert Exercise.objects.get(pk=own.pk).is_archived

    def test_sees_no_undo_for_what_another_put_aside(self, alice, charlies_client, own):
        remove_own_exercise(owner=alice, exercise=own)

        page = charlies_client.get(f"/exercises/own/?archived={own.slug}")

        assert "Secret curl" not in page.content.decode()

    def test_cannot_merge_into_anothers_exercise(self, charlie, charlies_client, own):
        his = make_own_exercise(owner=charlie, name="His lift")
        merge = reverse("workouts:own-exercise-merge", args=[his.slug])

        seen = charlies_client.get(merge, {"into": own.pk})
        answer = charlies_client.post(merge, {"into": own.pk})

        assert "Secret curl" not in seen.content.decode()
        assert answer.status_code == 422
        assert Exercise.objects.filter(pk=his.pk).exists()

    def test_may_use_a_name_that_another_has(self, charlies_client, charlie, own):
        charlies_client.post(
            "/exercises/own/new/", {"name": "Secret curl", "load_type": "external"}
        )

        assert charlie.own_exercises.get().name == "Secret curl"

    def test_cannot_make_anothers_name_be_forgotten(self, charlies_client, alice, pull_up):
        name = alice.athlete.own_names.create(exercise=pull_up, name="Mine", key="mine")

        answer = charlies_client.post(reverse("workouts:own-name-forget", args=[name.pk]))

        assert answer.status_code == 404
        assert OwnName.objects.exists()

    @pytest.mark.parametrize(("method", "name"), OF_A_WORKOUT)
    def test_gets_what_an_unknown_key_gets(self, charlies_client, workout, method, name):
        ask = getattr(charlies_client, method)

        answer = ask(reverse(name, args=[workout.pk]), {**POSTED, "id": workout.pk})
        unknown = ask(reverse(name, args=[uuid4()]), {**POSTED, "id": uuid4()})

        assert answer.status_code == unknown.status_code == 404
        assert without_token(answer) == without_token(unknown)
        workout.refresh_from_db()
        assert (workout.deleted_at, workout.revision, workout.entries.count()) == (None, 1, 1)

    @pytest.mark.parametrize(("method", "name"), OF_A_ROUTINE)
    def test_gets_what_an_unknown_routine_gets(self, charlies_client, routine, method, name):
        ask = getattr(charlies_client, method)

        answer = ask(reverse(name, args=[routine.pk]), {**POSTED, "id": routine.pk})
        unknown = ask(reverse(name, args=[uuid4()]), {**POSTED, "id": uuid4()})

        assert answer.status_code == unknown.status_code == 404
        assert without_token(answer) == without_token(unknown)
        assert_as_made(routine)

    def test_sees_nothing_of_anothers_routine(self, charlies_client, routine):
        log_page = charlies_client.get(f"/workouts/new/?routine={routine.pk}")
        pages = [log_page, charlies_client.get("/routines/"), charlies_client.get("/")]

        assert not [page for page in pages if "Secret plan" in page.content.decode()]

    def test_logs_from_no_routine_of_another(self, charlies_client, charlie, routine):
        charlies_client.post("/workouts/new/", {**POSTED, "id": uuid4(), "routine": routine.pk})

        workout = charlie.athlete.workouts.get()
        assert (workout.routine, workout.plan) == (None, "")

    def test_making_anothers_key_makes_another_routine(self, charlies_client, charlie, routine):
        posted = {"id": routine.pk, "name": "His", "text": "Pull-up: 5 x 5", "save": "1"}

        charlies_client.post("/routines/new/", posted)

        assert charlie.athlete.routines.get().pk != routine.pk
        assert_as_made(routine)

    def test_cannot_restore_what_another_deleted(self, alices_client, charlies_client, workout):
        alices_client.post(reverse("workouts:delete", args=[workout.pk]))

        answer = charlies_client.post(reverse("workouts:restore", args=[workout.pk]))

        assert answer.status_code == 404
        workout.refresh_from_db()
        assert workout.deleted_at

    @pytest.mark.parametrize(
        "address", [address for method, address in OF_A_PERSON if method == "get"]
    )
    def test_sees_nothing_of_it_on_their_own_pages(
        self, charlies_client, workout, own, weighing, address
    ):
        page = b"".join(charlies_client.get(address)).decode(errors="replace")  # some are a stream

        assert "81.23" not in page

        assert "Secret title" not in page
        assert "Secret curl" not in page
        assert str(workout.pk) not in page

    def test_sees_nothing_of_what_another_deleted(self, alices_client, charlies_client, workout):
        alices_client.post(reverse("workouts:delete", args=[workout.pk]))

        page = charlies_client.get("/workouts/deleted/").content.decode()

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

    @pytest.mark.parametrize("name", ["routines:detail", "routines:edit"])
    def test_opens_each_page_of_a_routine(self, alices_client, routine, name):
        page = alices_client.get(reverse(name, args=[routine.pk]))

        assert page.status_code == 200
        assert "Secret plan" in page.content.decode()

    @pytest.mark.parametrize("name", [name for method, name in OF_AN_EXERCISE if method == "get"])
    def test_opens_each_page_of_an_own_exercise(self, alices_client, own, name):
        page = alices_client.get(reverse(name, args=[own.slug]))

        assert page.status_code == 200
        assert "secret curl" in page.content.decode().lower()

    @pytest.mark.parametrize(
        "address",
        [
            "/workouts/",
            "/workouts/deleted/",
            "/workouts/new/",
            "/progress/exercises/",
            "/accounts/settings/",
            "/exercises/own/",
            "/exercises/own/new/",
            "/bodyweight/",
            "/routines/",
            "/routines/new/",
            *OF_EVERYONE,
        ],
    )
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


def assert_untouched(own: Exercise) -> None:
    stored = Exercise.objects.get(pk=own.pk)
    assert (stored.name, stored.status) == ("Secret curl", "published")
    assert stored.entries.count() == 1


def assert_as_made(routine: Routine) -> None:
    stored = Routine.objects.get(pk=routine.pk)
    assert (stored.name, stored.revision, stored.deleted_at) == ("Secret plan", 1, None)
    assert stored.text == "Pull-up: 3 x 5-8"


class TestTables:
    def test_leave_no_address_out(self):
        """A new page has to be asked for by a visitor and a stranger as well."""
        pages = (*workouts, *progress_pages, *data_pages, *own_exercise_pages, *routine_pages)
        views = {route.callback for route in pages}
        views |= {route.callback for route in urlpatterns if isinstance(route, URLPattern)}
        views |= {resolve(address).func for address in ("/accounts/sessions/", "/back/")}

        tested = {resolve(reverse(name, args=[uuid4()])).func for _, name in OF_A_WORKOUT}
        tested |= {resolve(reverse(name, args=["x"])).func for _, name in OF_AN_EXERCISE}
        tested |= {resolve(reverse(name, args=[uuid4()])).func for _, name in OF_A_ROUTINE}
        tested |= {resolve(address.partition("?")[0]).func for _, address in OF_A_PERSON}
        tested |= {resolve(reverse(name, args=[1])).func for _, name in OF_A_WEIGHING}
        tested |= {resolve(address).func for address in OF_EVERYONE}
        tested |= {resolve(reverse("workouts:own-name-forget", args=[1])).func}
        tested |= {resolve("/workouts/draft/").func}  # see test_drafts.py
        tested |= {resolve("/workouts/rests/").func}  # see test_rests.py
        tested -= {resolve("/exercises/x/").func}  # anyone's page, that also shows own ones

        assert tested == views - {resolve("/plates/").func}  # anyone's page, by one's own plates
