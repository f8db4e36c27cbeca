"""A session is logged while it lasts: started, gone on with, finished with its minutes."""

import re
from datetime import UTC, datetime

import pytest

from tests.factories import log
from tests.workouts.views.log_form import box, filled, page, value, words
from workouts.models import Workout, WorkoutDraft

pytestmark = pytest.mark.usefixtures("catalogue")

NEW, DRAFT = "/workouts/new/", "/workouts/draft/"
STARTED = "2026-11-22T20:00:30+00:00"


@pytest.fixture
def form(alice) -> dict[str, str]:
    return filled("Pull-up: 8", press=None, owner=str(alice.pk), started=STARTED, time="20:00")


def minutes_after(alices_client, form, **more) -> int | None:
    answer = alices_client.post(NEW, {**form, **more, "save": "1"})
    assert answer.status_code == 302, page(answer)
    return Workout.objects.get().minutes


class TestStart:
    @pytest.mark.parametrize("view", ["text", "grid"])
    def test_is_now_in_either_view(self, alices_client, view):
        there = alices_client.get(f"{NEW}?start&view={view}")

        assert value(there, "started") == STARTED
        assert (value(there, "day"), value(there, "time")) == ("2026-11-22", "20:00")
        assert value(there, "view") == view
        assert "Finish" in words(there)

    def test_is_a_grid_unless_text_was_used_last(self, alices_client):
        assert value(alices_client.get(f"{NEW}?start"), "view") == "grid"

    def test_takes_along_what_was_typed(self, alices_client, form, evening):
        evening.move_to("2026-11-22T20:30:00Z")
        before = {**form, "started": "", "time": "18:00"}

        there = alices_client.post(NEW, {**before, "start": "1"})

        assert box(there) == "Pull-up: 8"
        assert value(there, "started") == "2026-11-22T20:30:00+00:00"
        assert value(there, "time") == "20:30"

    def test_of_a_repeated_workout(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")

        there = alices_client.get(f"{workout.get_absolute_url()}copy/?start")

        assert value(there, "started") == STARTED

    def test_is_none_of_what_is_logged_afterwards(self, alices_client):
        there = alices_client.get(NEW)

        assert 'name="started"' not in page(there)
        assert "Save workout" in words(there)

    def test_is_kept_with_the_draft(self, alice, alices_client, form):
        alices_client.post(DRAFT, form)

        assert alice.athlete.drafts.get().started_at == datetime(
            2026, 11, 22, 20, 0, 30, tzinfo=UTC
        )
        assert value(alices_client.get(NEW), "started") == STARTED


class TestFinish:
    def test_has_the_minutes_that_it_took(self, alices_client, form, evening):
        evening.move_to("2026-11-22T21:05:00Z")

        assert minutes_after(alices_client, form) == 65

    def test_ends_when_it_was_pressed_though_sent_later(self, alices_client, form, evening):
        evening.move_to("2026-11-23T09:00:00Z")

        assert minutes_after(alices_client, form, ended="2026-11-22T21:00:30.123Z") == 60

    def test_that_was_forgotten_ends_with_its_last_set(self, alices_client, form, evening):
        evening.move_to("2026-11-23T09:00:00Z")
        tick = int(datetime(2026, 11, 22, 20, 50, 30, tzinfo=UTC).timestamp())

        assert minutes_after(alices_client, form, ticks=f"1-1={tick}") == 50

    def test_takes_the_minutes_that_were_typed(self, alices_client, form, evening):
        evening.move_to("2026-11-22T21:05:00Z")

        assert minutes_after(alices_client, form, minutes="40") == 40

    def test_takes_the_minutes_of_the_text_first(self, alices_client, form):
        assert minutes_after(alices_client, form, text="> 35 min\nPull-up: 8") == 35

    @pytest.mark.parametrize("typed", ["0", "1441", "x", "9" * 5000])
    def test_refuses_minutes_that_cannot_be(self, alices_client, form, typed):
        answer = alices_client.post(NEW, {**form, "minutes": typed, "save": "1"})

        assert answer.status_code == 422
        assert box(answer) == "Pull-up: 8"

    @pytest.mark.parametrize(
        "started", ["x", "\x00", "9999-12-31T23:59:59-14:00", "2030-01-01T00:00Z"]
    )
    def test_without_a_start_that_can_be_has_no_minutes(self, alices_client, form, started):
        assert minutes_after(alices_client, form, started=started) is None

    def test_ticks_stay_when_the_form_comes_back(self, alices_client, form):
        answer = alices_client.post(NEW, {**form, "ticks": "1-1=1795550000", "preview": "1"})

        assert value(answer, "ticks") == "1-1=1795550000"

    def test_takes_the_draft_along(self, alices_client, form):
        version = alices_client.post(DRAFT, form).json()["version"]

        alices_client.post(NEW, {**form, "draft": version, "save": "1"})

        assert not WorkoutDraft.objects.exists()


class TestHome:
    def test_offers_to_start(self, alices_client):
        assert re.search(r'href="/workouts/new/\?start"', page(alices_client.get("/")))

    def test_goes_on_with_a_draft_or_a_session(self, alices_client, form):
        version = alices_client.post(DRAFT, {**form, "started": ""}).json()["version"]
        with_draft = words(alices_client.get("/"))
        alices_client.post(DRAFT, {**form, "draft": version})
        with_session = words(alices_client.get("/"))
        alices_client.post(NEW, {**form, "save": "1", "draft": f"{version}"})

        assert "Go on with your draft" in with_draft
        assert "Go on with your session" in with_session

    @pytest.mark.parametrize(
        "fields",
        [
            {"text": "2026-11-22 18:30 Pull\nPull-up: 8"},
            {"view": "grid", "title": " Pull ", "exercise-1": "Pull-up"},
        ],
        ids=["text", "grid"],
    )
    def test_calls_it_by_its_title(self, alices_client, form, fields):
        version = alices_client.post(DRAFT, {**form, **fields}).json()["version"]

        assert "Go on with Pull " in words(alices_client.get("/"))
        alices_client.post(DRAFT, {**form, "text": "Pull-up: 8", "draft": version})
        assert "Go on with your session" in words(alices_client.get("/"))

    def test_says_so_to_nobody_else(self, alices_client, charlies_client, form):
        alices_client.post(DRAFT, form)

        assert "Go on with" not in words(charlies_client.get("/"))

    def test_is_kept_while_one_types(self, alices_client, form):
        first = alices_client.post(DRAFT, form).json()["version"]
        before = alices_client.get("/").headers["ETag"]

        alices_client.post(DRAFT, {**form, "text": "Pull-up: 8, 8", "draft": first})

        assert alices_client.get("/").headers["ETag"] == before

    def test_staff_are_told_too(self, alice, alices_client, form):
        alice.is_staff = True
        alice.save()
        alices_client.post(DRAFT, form)

        assert "Go on with your session" in words(alices_client.get("/"))
