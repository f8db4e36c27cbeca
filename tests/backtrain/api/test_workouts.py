"""Workouts in and out: the log's own reading, the pages' own verbs."""

import json
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone

from tests.backtrain.api.conftest import Script
from tests.factories import log
from workouts.data.exporting import as_json
from workouts.models import Workout

KEY = UUID("0b0f0c8e-7c1d-4f0e-9d2a-5a4f1d6c7e11")
TEXT = "2026-11-22 18:30 Back day\n> slept badly, 65 min\nPull-up: 8, 8, 6"
SENT = {"id": KEY, "text": TEXT}
AS_VALUES = {
    "id": KEY,
    "day": "2026-11-22",
    "time": "18:30",
    "title": "Back day",
    "minutes": 65,
    "notes": "slept badly",
    "entries": [{"exercise": "Pull-up", "sets": [{"reps": 8}, {"reps": 8}, {"reps": 6}]}],
}
WHOLE = """\
2026-11-20 07:15 All of it
> over
> two lines
A1 Bent-over barbell row: 40 kg x 10 w, 135 lb x 8 @8.5, 62.5 kg x 6 f
> felt heavy
A2 Pull-up: 8 L, 7 R, 5 d"""

pytestmark = pytest.mark.usefixtures("pull_up", "row")


class TestReading:
    def test_is_as_in_the_export(self, alice: User, alices: Script) -> None:
        workout = log(alice, WHOLE)

        status, found, _ = alices.ask("GET", f"workouts/{workout.pk}/")

        assert status == 200
        assert (found.pop("text"), found.pop("revision")) == (workout.text, 1)
        assert [found] == json.loads("".join(as_json(alice.athlete, at=timezone.now())))["workouts"]

    def test_the_newest_come_first(self, alice: User, alices: Script) -> None:
        for day in (20, 22, 21, 19):
            log(alice, f"2026-11-{day} 10:00\nPull-up: {day}")

        status, found, _ = alices.ask("GET", "workouts/?since=2026-11-20&limit=2&offset=1")

        assert status == 200
        assert found["count"] == 3
        assert [each["day"] for each in found["workouts"]] == ["2026-11-21", "2026-11-20"]

    def test_costs_as_much_for_many(
        self, alice: User, alices: Script, django_assert_num_queries
    ) -> None:
        for day in range(1, 21):
            log(alice, f"2026-11-{day:02} 10:00\nPull-up: {day}")
        alices.ask("GET", "equipment/")  # notes the day

        with django_assert_num_queries(6):
            alices.ask("GET", "workouts/")

    def test_says_how_a_text_reads(self, alices: Script) -> None:
        text = "2026-11-22 18:30\npull-up 3x8\nPull-up: a few"

        status, found, _ = alices.ask("POST", "workouts/read/", {"text": text})

        assert (status, found["is_ready"]) == (200, False)
        assert [each["line"] for each in found["problems"]] == [3]
        assert not Workout.objects.exists()


class TestLogging:
    def test_a_text_is_logged_once(self, alices: Script, alice: User) -> None:
        assert alices.ask("POST", "workouts/", SENT)[0] == 201
        status, found, _ = alices.ask("POST", "workouts/", SENT)

        assert (status, found["id"]) == (200, str(KEY))
        assert alice.athlete.workouts.get().text == TEXT

    def test_values_are_the_same_as_their_text(self, alices: Script) -> None:
        assert alices.ask("POST", "workouts/", AS_VALUES)[0] == 201
        assert alices.ask("POST", "workouts/", SENT)[0] == 200

    def test_what_was_read_can_be_sent_again(self, alice: User, alices: Script) -> None:
        stored = log(alice, WHOLE)
        found = alices.ask("GET", f"workouts/{stored.pk}/")[1]
        names = ("day", "title", "minutes", "notes", "time_zone", "entries")
        copy = {name: found[name] for name in names} | {"id": uuid4(), "time": "07:15"}

        status, made, _ = alices.ask("POST", "workouts/", copy)

        assert (status, made["text"]) == (201, stored.text)

    def test_another_content_is_a_conflict(self, alices: Script) -> None:
        alices.ask("POST", "workouts/", SENT)

        other = {"id": KEY, "text": "2026-11-22 18:30\nPull-up: 1"}
        status, found, _ = alices.ask("POST", "workouts/", other)

        assert (status, found["stored"]["text"]) == (409, TEXT)

    def test_what_cant_be_read_is_said_at_its_line(self, alices: Script) -> None:
        text = "2026-11-22 18:30\nPulup thing: 8\nPull-up: a few"

        status, found, _ = alices.ask("POST", "workouts/", {"id": KEY, "text": text})

        unknown, unread, *_ = found["problems"]
        assert (status, found["text"]) == (422, text)
        assert (unknown["line"], "Pull-up" in unknown["exercises"]) == (2, True)
        assert (unread["line"], unread["column"]) == (3, 10)
        assert not Workout.objects.exists()

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"day": None}, "A time needs a day."),
            ({"text": TEXT}, "Send the workout as text or as entries, not both"),
            ({"minutes": 0}, "at least one exercise"),
            ({"time": "18:30+02:00"}, "Write the time without an offset"),
            ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
            ({"entries": [{"exercise": "Pull-up", "sets": [{}]}]}, "A set needs reps"),
            ({"entries": [{"exercise": "Pull-up", "sets": [{"reps": 0}]}]}, "1 to 9,999 reps"),
            ({"entries": [{"exercise": "A\nB", "sets": [{"reps": 1}]}]}, "entries[0]"),
            ({"entries": [{"exercise": "Pull-down", "sets": [{"reps": 1}]}]}, "Pull-down"),
            ({"day": "2036-01-01"}, "is still to come"),
        ],
        ids=lambda value: None if isinstance(value, dict) else value[:20],
    )
    def test_values_are_held_to_the_logs_rules(self, alices: Script, change, message) -> None:
        if change == {"minutes": 0}:
            change = {"entries": []}

        status, found, _ = alices.ask("POST", "workouts/", AS_VALUES | change)

        assert status == 422
        assert message in str(found)
        assert not Workout.objects.exists()

    def test_an_exercise_that_went_meanwhile_is_said(
        self, alices: Script, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(**_: object) -> None:
            raise IntegrityError

        monkeypatch.setattr("backtrain.api.workouts.log_workout", gone)

        status, found, _ = alices.ask("POST", "workouts/", SENT)

        outdated = "An exercise was deleted or merged while this was saved. Send it again."
        assert (status, found) == (422, {"detail": outdated, "problems": [], "text": ""})

    def test_many_days_are_logged_together_once(self, alices: Script, alice: User) -> None:
        text = "2026-11-20 10:00\nPull-up: 8\n\n2026-11-21 10:00\nPull-up: 9"

        status, found, _ = alices.ask("POST", "notebook/", {"id": KEY, "text": text})
        again = alices.ask("POST", "notebook/", {"id": KEY, "text": text})[1]

        assert (status, found["new"], again["new"]) == (200, 2, 0)
        assert [each["day"] for each in again["workouts"]] == ["2026-11-20", "2026-11-21"]
        assert alice.athlete.workouts.count() == 2


class TestChanging:
    def test_begins_at_a_revision(self, alice: User, alices: Script) -> None:
        workout = log(alice, TEXT)
        at, change = f"workouts/{workout.pk}/", {"text": TEXT.replace("8, 8, 6", "9")}

        status, found, _ = alices.ask("PUT", at, {**change, "revision": 1})
        assert (status, found["revision"]) == (200, 2)
        assert alices.ask("PUT", at, {**change, "revision": 1})[0] == 200  # sent again
        late = alices.ask("PUT", at, {"revision": 1, "text": TEXT})
        assert (late[0], late[1]["stored"]["text"]) == (409, found["text"])

    def test_stays_in_its_time_zone(self, alice: User, alices: Script) -> None:
        alice.athlete.time_zone = "Asia/Tokyo"
        workout = log(alice, TEXT)
        change = {"revision": 1, "text": TEXT.replace("8, 8, 6", "8, 8, 7")}

        status, found, _ = alices.ask("PUT", f"workouts/{workout.pk}/", change)

        assert (status, found["time_zone"]) == (200, "Asia/Tokyo")
        assert found["started_at"] == "2026-11-22T09:30:00Z"

    def test_deletes_and_restores(self, alice: User, alices: Script) -> None:
        workout = log(alice, TEXT)
        at = f"workouts/{workout.pk}/"

        assert alices.ask("DELETE", at)[0] == 204
        assert [alices.ask(method, at)[0] for method in ("GET", "DELETE")] == [404, 404]
        status, found, _ = alices.ask("POST", f"{at}restore/")
        assert (status, found["text"]) == (200, TEXT)
        assert alices.ask("POST", f"{at}restore/")[0] == 404
