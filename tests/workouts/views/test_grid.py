"""Logging, editing and repeating a workout in the grid."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exercises.models import Exercise
from tests.factories import EquipmentFactory, log
from tests.workouts.views.log_form import PREVIEW, box, page, value, words
from workouts.models import Workout

pytestmark = pytest.mark.usefixtures("catalogue")

NEW = "/workouts/new/"
ROW = "Bent-over barbell row"


def fields(response) -> dict[str, str]:
    """What a browser would send of the answer's form, without buttons."""
    html = re.sub(r"<template.*?</template>", "", page(response), flags=re.S)
    form = html[html.index('<form id="log-form"') :]
    sent = {}
    for tag in re.finditer(
        r"<input\b[^>]*>|<select\b[^>]*>.*?</select>|<textarea\b[^>]*>.*?</textarea>", form, re.S
    ):
        name = re.search(r'\bname="([^"]+)"', tag[0])
        if not name:
            continue
        if tag[0].startswith("<select"):
            options = re.findall(r"<option([^>]*)>(.*?)</option>", tag[0])
            chosen = next((o for o in options if "selected" in o[0]), options[0])
            valued = re.search(r'value="([^"]*)"', chosen[0])
            sent[name[1]] = unescape(valued[1] if valued else chosen[1])
        elif tag[0].startswith("<textarea"):
            sent[name[1]] = unescape(re.search(r">(.*)</textarea>", tag[0], re.S)[1])
        elif 'type="checkbox"' not in tag[0] or " checked" in tag[0]:
            valued = re.search(r'\bvalue="([^"]*)"', tag[0])
            sent[name[1]] = unescape(valued[1]) if valued else ""
    return sent


def post(client, data, *, to=NEW, **press):
    return client.post(to, {**data, **press})


def text_of(response) -> str:
    return box(response)


def grid(**cells: str) -> dict[str, str]:
    """A posted grid; names of cells have _ for -."""
    head = {"id": str(uuid4()), "view": "grid", "day": "2026-11-22", "time": "18:30"}
    return {**head, "time_zone": "UTC", **{n.replace("_", "-"): v for n, v in cells.items()}}


def stored() -> str:
    return Workout.objects.with_entries().get().text


class TestLogging:
    def test_saves_what_is_typed(self, alices_client):
        data = grid(
            title="Back day",
            notes="slept badly",
            minutes="65",
            exercise_1="bb row",
            exercise_2="Pull-up",
        )
        data["exercise-1"] = "bent over barbell rows"
        data |= {
            "set-1-1-weight": "62,5",
            "set-1-1-unit": "kg",
            "set-1-1-reps": "8",
            "set-1-1-rpe": "9",
            "set-1-2-weight": "135",
            "set-1-2-unit": "lb",
            "set-1-2-reps": "5",
            "set-1-2-kind": "drop",
            "set-1-3-weight": "",
            "set-2-1-reps": "8",
            "set-2-1-side": "left",
            "notes-2": "tired",
            "superset-2": "A",
        }

        response = post(alices_client, data, save="1")

        assert response.status_code == 302
        assert stored() == (
            "2026-11-22 18:30 Back day\n> slept badly, 65 min\n"
            f"{ROW}: 62.5 kg x 8 @9, 135 lb x 5 d\n"
            "A1 Pull-up: 8 L\n> tired"
        )

    def test_takes_what_stands_lightly_where_it_is_ticked(self, alices_client):
        data = grid(exercise_1=ROW)
        data |= {"set-1-1-last": "60 kg x 8 w", "set-1-1-done": "1", "set-1-1-kind": "warm-up"}
        data |= {"set-1-2-last": "60 kg x 8", "set-1-2-reps": "9"}
        data |= {"set-1-3-last": "60 kg x 8"}

        post(alices_client, data, save="1")

        assert stored() == f"2026-11-22 18:30\n{ROW}: 60 kg x 8 w, 9"

    def test_a_wrong_cell_is_said_at_the_cell_and_nothing_is_lost(self, alices_client):
        data = grid(exercise_1=ROW, title="Mine")
        data |= {"set-1-1-weight": "sixty", "set-1-1-reps": "8", "set-1-2-reps": "7"}

        response = post(alices_client, data, save="1")

        assert response.status_code == 422
        assert "A weight is a number, for example 62.5." in words(response)
        assert value(response, "set-1-1-weight") == "sixty"
        assert value(response, "set-1-1-reps") == "8"
        assert value(response, "title") == "Mine"
        assert Workout.objects.count() == 0

    def test_nothing_done_is_not_saved(self, alices_client):
        data = grid(exercise_1=ROW) | {"set-1-1-last": "60 kg x 8"}

        response = post(alices_client, data, save="1")

        assert response.status_code == 422
        assert "Tick the sets that you did, or type them." in words(response)
        assert value(response, "set-1-1-last") == "60 kg x 8"

    def test_an_unknown_name_is_asked_at_its_block(self, alices_client):
        data = grid(exercise_1="Zzyzx curl") | {"set-1-1-weight": "20", "set-1-1-reps": "8"}

        response = post(alices_client, data, save="1")
        assert response.status_code == 422
        assert "Make “Zzyzx curl” mine" in words(response)

        made = post(alices_client, fields(response), mine="1")
        post(alices_client, fields(made), save="1")
        assert stored() == "2026-11-22 18:30\nZzyzx curl: 20 kg x 8"

    def test_a_name_that_was_meant_is_put_in_and_the_rest_stays(self, alices_client):
        data = grid(exercise_1="Pull-upp") | {"set-1-1-reps": "8", "set-1-2-last": "9"}

        asked = post(alices_client, data, preview="1")
        chosen = re.search(r'name="replace" value="([^"]+)"', page(asked))[1]
        answered = post(alices_client, fields(asked), replace=chosen)

        assert value(answered, "exercise-1") == "Pull-up"
        assert value(answered, "set-1-1-reps") == "8"
        assert value(answered, "set-1-2-last") == "9"

    def test_a_weight_on_an_exercise_without_is_asked_about(self, alices_client):
        data = grid(exercise_1="Pull-up") | {"set-1-1-weight": "10", "set-1-1-reps": "5"}

        asked = post(alices_client, data, preview="1")
        answered = post(alices_client, fields(asked), answer="1:0")

        assert value(answered, "exercise-1") == "Weighted pull-up"
        assert value(answered, "set-1-1-weight") == "10"

    def test_an_unknown_name_is_asked_before_a_set_is_done(self, alices_client):
        data = grid(exercise_1="Pull-upp") | {"set-1-1-reps": ""}

        asked = post(alices_client, data, preview="1")
        chosen = re.search(r'name="do" value="(call [^"]+)"', page(asked))
        assert chosen
        answered = post(alices_client, fields(asked), do=chosen[1])

        assert value(answered, "exercise-1") == "Pull-up"

    def test_a_script_gets_what_is_asked_beside_the_count(self, alices_client):
        data = grid(exercise_1="Pull-up", exercise_2=ROW)
        data |= {"set-1-1-weight": "10", "set-1-1-reps": "5", "set-2-1-reps": "5"}

        answer = alices_client.post(NEW, {**data, "preview": "1"}, headers=PREVIEW)

        assert "1 set in 1 exercise" in words(answer)
        assert re.findall(r'<div id="(asks-\d)" hx-swap-oob="true">', page(answer)) == [
            "asks-1",
            "asks-2",
        ]
        assert "Weighted pull-up: +10 kg x 5" in words(answer)

    def test_a_script_gets_one_block(self, alice, alices_client):
        log(alice, f"2026-11-20 18:30\n{ROW}: 60 kg x 8")
        data = grid(exercise_1="Pull-up", exercise_2=ROW)

        target = {"HX-Request": "true", "HX-Target": "block-2"}
        answer = alices_client.post(NEW, {**data, "preview": "1"}, headers=target)

        assert page(answer).count("<section") == 1
        assert value(answer, "set-2-1-last") == "60 kg x 8"

    def test_shows_the_last_time_beside_and_lightly(self, alice, alices_client):
        log(alice, f"2026-11-20 18:30\n{ROW}: 40 kg x 10 w, 60 kg x 8 @8, 7")

        response = post(alices_client, grid(exercise_1=ROW), do="add-exercise")

        assert value(response, "set-1-2-last") == "60 kg x 8"
        assert re.findall(r">last time</span> ([^<]*)<", page(response)) == [
            "40 kg × 10 w",
            "60 kg × 8 @8",
            "60 kg × 7",
        ]
        assert "Last 20 Nov" in words(response)

    def test_offers_in_each_row_what_stands_beside_it(self, alice, alices_client):
        log(alice, f"2026-11-20 18:30\n{ROW}: 40 kg x 10 w, 60 kg x 8, 57.5 kg x 7")
        data = grid(exercise_1=ROW)
        data |= {"set-1-1-weight": "62.5", "set-1-1-reps": "8", "set-1-2-reps": ""}

        response = post(alices_client, data, do="add-exercise")

        assert value(response, "set-1-2-last") == "57.5 kg x 7"
        beside = re.findall(r">last time</span> ([^<]*)<", page(response))
        assert beside == ["60 kg × 8", "57.5 kg × 7"]


class TestButtons:
    @pytest.fixture
    def opened(self, alices_client):
        data = grid(exercise_1=ROW, exercise_2="Pull-up")
        data |= {"set-1-1-weight": "60", "set-1-1-unit": "kg", "set-1-1-reps": "8"}
        data |= {"set-2-1-reps": "9", "set-2-1-done": "1"}
        return fields(post(alices_client, data, preview="1"))

    def press(self, client, data, do):
        return fields(post(client, data, do=do))

    def test_step(self, alices_client, opened):
        after = self.press(alices_client, opened, "step 1 1 weight 2.5")
        after = self.press(alices_client, after, "step 1 1 reps -1")

        assert (after["set-1-1-weight"], after["set-1-1-reps"]) == ("62.5", "7")

    def test_add_a_set_that_offers_the_one_before(self, alices_client, opened):
        after = self.press(alices_client, opened, "add-set 1")

        assert after["set-1-2-last"] == "60 kg x 8"
        assert after["set-1-2-weight"] == ""

    def test_copy_down(self, alices_client, opened):
        after = self.press(alices_client, opened, "add-set 1")
        after = self.press(alices_client, after, "step 1 1 weight 5")
        after = self.press(alices_client, after, "copy-down 1 1")

        assert after["set-1-2-last"] == "65 kg x 8"

    def test_add_an_exercise_keeps_a_note_above_it(self, alices_client):
        """Though the line is as many blocks as the note was."""
        data = grid(exercise_1="Pull-up", line_2="> felt light")
        data |= {"set-1-1-reps": "8", "set-1-1-weight": "60", "set-1-1-unit": "kg"}

        after = fields(post(alices_client, data, add=ROW))

        assert "felt light" in " ".join(after.values())

    def test_copy_down_leaves_what_was_typed(self, alices_client, opened):
        after = self.press(alices_client, opened, "add-set 1")
        after = self.press(alices_client, after, "add-set 1")
        after = self.press(alices_client, after | {"set-1-2-reps": "5"}, "copy-down 1 1")

        assert (after["set-1-2-reps"], after["set-1-3-last"]) == ("5", "60 kg x 8")

    def test_tick_all(self, alices_client, opened):
        after = self.press(alices_client, opened, "add-set 1")
        after = self.press(alices_client, after, "tick-all 1")

        assert (after["set-1-2-done"], after["set-1-2-reps"]) == ("1", "8")

    def test_warm_up(self, alices_client, opened):
        """Twice is once, and what is ticked is kept."""
        after = self.press(alices_client, opened, "warm-up 1")
        after = self.press(alices_client, after, "warm-up 1")
        offers = {name: said for name, said in after.items() if re.match(r"set-1-\d+-last", name)}
        assert [said for said in offers.values() if said] == [
            "20 kg x 10 w",
            "30 kg x 5 w",
            "40 kg x 3 w",
            "50 kg x 2 w",
        ]
        first = next(iter(offers)).replace("-last", "-done")

        post(alices_client, after | {first: "1", "set-1-1-done": "1"}, save="1")

        assert stored() == f"2026-11-22 18:30\n{ROW}: 20 kg x 10 w, 60 kg x 8\nPull-up: 9"

    def test_warm_up_to_the_weight_that_is_offered(self, alice, alices_client):
        log(alice, f"{ROW}: 45 lb x 10 w, 225 lb x 5")
        opened = fields(post(alices_client, grid(exercise_1=ROW), preview="1"))

        after = self.press(alices_client, opened, "warm-up 1")

        offered = [said for name, said in after.items() if name.endswith("-last")]
        assert offered == [
            *("45 lb x 10 w", "110 lb x 5 w", "155 lb x 3 w", "190 lb x 2 w"),
            "225 lb x 5",
        ]

    def test_for_bars_alone(self, alices_client, opened):
        """Warm-up and plates are offered where there is something to load."""
        Exercise.objects.get(name=ROW).equipment.add(EquipmentFactory.create(slug="barbell"))

        shown = post(alices_client, opened, do="add-set 1")

        assert 'value="warm-up 1"' in page(shown)
        assert 'value="warm-up 2"' not in page(shown)
        assert "/plates/?weight=60&amp;unit=kg&amp;exercise=" in page(shown)

    def test_add_an_exercise(self, alices_client, opened):
        after = self.press(alices_client, opened, "add-exercise")

        assert after["exercise-3"] == ""
        assert {"set-3-1-reps", "set-3-2-reps", "set-3-3-reps"} <= after.keys()

    def test_move(self, alices_client, opened):
        after = self.press(alices_client, opened, "down 1")

        assert [name for name in after if name.startswith("exercise-")] == [
            "exercise-2",
            "exercise-1",
        ]

    def test_remove_and_undo(self, alices_client, opened):
        removed = post(alices_client, opened, do="remove 1")
        assert f"{ROW} is removed." in words(removed)
        back = self.press(alices_client, fields(removed), "restore")
        assert {**opened, "csrfmiddlewaretoken": ""} == {**back, "csrfmiddlewaretoken": ""}

        post(alices_client, fields(removed), save="1")
        assert stored() == "2026-11-22 18:30\nPull-up: 9"

    def test_remove_a_set_and_undo(self, alices_client, opened):
        removed = post(alices_client, opened, do="remove-set 1 1")
        back = self.press(alices_client, fields(removed), "restore")

        assert back["set-1-1-weight"] == "60"

    @pytest.mark.parametrize(
        "do",
        [
            "",
            "x",
            "warm-up 2",
            "warm-up 9",
            "step 1",
            "step 9 9 weight 2",
            "up 99",
            "remove",
            "\x00",
        ],
    )
    def test_that_there_are_not_change_nothing(self, alices_client, opened, do):
        after = self.press(alices_client, opened, do)

        assert {**after, "csrfmiddlewaretoken": ""} == {**opened, "csrfmiddlewaretoken": ""}


class TestSwitching:
    def test_from_text_to_grid_and_back(self, alices_client):
        text = (
            "2026-11-20 18:30 Back day\n> slept badly, 65 min\n"
            f"Pull-up: 8, 8, 6 f\nA1 {ROW}: 40 kg x 10 w, 135 lb x 8 L @8.5\n> slow\nPlank: 90 s"
        )
        data = {"id": str(uuid4()), "day": "2026-11-22", "time": "10:00", "text": text}

        as_grid = alices_client.post(NEW, {**data, "view": ["text", "grid"]})
        sent = fields(as_grid)
        assert (sent["day"], sent["time"], sent["title"]) == ("2026-11-20", "18:30", "Back day")
        assert (sent["notes"], sent["minutes"]) == ("slept badly", "65")
        back = alices_client.post(NEW, {**sent, "view": ["grid", "text"]})

        assert box(back) == text

    def test_keeps_a_line_that_cannot_be_read(self, alices_client):
        text = "Pull-up: 8\nPull-up: a few"
        data = {"id": str(uuid4()), "day": "2026-11-22", "time": "10:00", "text": text}

        as_grid = alices_client.post(NEW, {**data, "view": ["text", "grid"]})
        assert "This can’t be read as sets yet." in words(as_grid)
        back = alices_client.post(NEW, {**fields(as_grid), "view": ["grid", "text"]})

        assert box(back) == text

    def test_of_two_days_stays_in_the_text(self, alices_client):
        text = "2026-11-19\nPull-up: 8\n\n2026-11-20\nPull-up: 8"
        data = {"id": str(uuid4()), "day": "2026-11-22", "time": "10:00", "text": text}

        response = alices_client.post(NEW, {**data, "view": ["text", "grid"]})

        assert box(response) == text
        assert "The grid shows one day, and these are 2." in words(response)

    def test_is_remembered(self, alices_client):
        assert "set-1-1-weight" not in page(alices_client.get(NEW))

        alices_client.get(f"{NEW}?view=grid")

        assert "set-1-1-weight" in page(alices_client.get(NEW))

    def test_to_text_before_anything_is_done_takes_what_is_offered(self, alice, alices_client):
        workout = log(alice, f"2026-11-20 18:30 Back day\n{ROW}: 60 kg x 8, 8")
        repeated = fields(alices_client.get(f"{workout.get_absolute_url()}copy/"))

        back = alices_client.post(NEW, {**repeated, "view": ["grid", "text"]})

        assert box(back) == f"2026-11-22 20:00 Back day\n{ROW}: 60 kg x 8, 8"

    def test_says_which_exercises_have_no_set_for_the_text(self, alices_client):
        data = grid(exercise_1="Pull-up", exercise_2="Plank") | {"set-1-1-reps": "8"}

        back = alices_client.post(NEW, {**data, "view": ["grid", "text"]})

        assert box(back) == "Pull-up: 8"
        assert "Not ticked, so not in the text: Plank. The grid still has it." in words(back)

    def test_to_text_and_back_keeps_what_is_not_done(self, alices_client):
        data = grid(exercise_1="Pull-up", exercise_2="Plank", exercise_3=ROW) | {
            "set-1-1-reps": "8",
            "set-1-1-done": "1",
            "set-1-2-reps": "7",
            "set-1-2-ticked": "1",
            "set-1-2-rpe": "9",
            "set-3-1-last": "60 kg x 8",
            "set-3-2-last": "60 kg x 7",
        }

        as_text = alices_client.post(NEW, {**data, "view": ["grid", "text"]})
        sent = fields(alices_client.post(NEW, {**fields(as_text), "preview": "1"}))
        back = fields(alices_client.post(NEW, {**sent, "view": ["text", "grid"]}))

        assert box(as_text) == "Pull-up: 8"
        assert f"the text: 1 set of Pull-up, Plank, 2 sets of {ROW}." in words(as_text)
        assert [back[f"exercise-{n}"] for n in (1, 2, 3)] == ["Pull-up", "Plank", ROW]
        assert (back["set-1-1-reps"], back["set-1-1-done"]) == ("8", "1")
        assert (back["set-1-2-reps"], back["set-1-2-rpe"]) == ("7", "9")
        assert (back["set-3-1-last"], back["set-3-2-last"]) == ("60 kg x 8", "60 kg x 7")
        assert {"set-1-2-done", "set-3-1-done"}.isdisjoint(back)
        assert "undone" not in back

    def test_to_text_keeps_an_exercise_that_has_no_set_yet(self, alices_client):
        data = grid(exercise_1="Pull-up", notes_1="slow") | {"set-1-1-reps": ""}

        sent = fields(alices_client.post(NEW, {**data, "view": ["grid", "text"]}))
        back = fields(alices_client.post(NEW, {**sent, "view": ["text", "grid"]}))

        assert sent["text"] == ""
        assert "Pull-up" in [value for name, value in back.items() if name.startswith("exercise-")]
        assert "slow" in [value for name, value in back.items() if name.startswith("notes-")]

    def test_starts_a_session_with_what_was_typed(self, alices_client):
        data = grid(exercise_1="Pull-up") | {"set-1-1-reps": "8", "time": "06:00"}

        begun = fields(alices_client.post(NEW, {**data, "start": "1"}))

        assert (begun["set-1-1-reps"], begun["time"]) == ("8", "20:00")
        assert begun["started"] == "2026-11-22T20:00:30+00:00"

    def test_an_answer_leaves_cells_that_cannot_be_read(self, alices_client):
        data = grid(exercise_1="Zercher lift") | {"set-1-1-reps": "8", "set-1-2-reps": "eight"}

        shown = fields(alices_client.post(NEW, {**data, "answer": "x"}))

        kept = [shown[name] for name in ("exercise-1", "set-1-1-reps", "set-1-2-reps")]
        assert kept == ["Zercher lift", "8", "eight"]

    def test_an_answer_leaves_what_the_text_could_not_say_of_the_workout(self, alices_client):
        data = grid(exercise_1="Pull-up", title="Mine", minutes="an hour", notes="tired") | {
            "day": ""
        }

        sent = fields(post(alices_client, data, add="Plank"))

        assert (sent["title"], sent["minutes"], sent["notes"]) == ("Mine", "an hour", "tired")
        assert "Plank" in {sent.get("exercise-2"), sent.get("line-2", "").rstrip(": ")}

    def test_saved_as_text_says_what_was_left_in_the_grid(self, alices_client):
        data = grid(exercise_1="Pull-up") | {
            "set-1-1-reps": "8",
            "set-1-1-done": "1",
            "set-1-2-reps": "7",
            "set-1-2-ticked": "1",
        }
        sent = fields(alices_client.post(NEW, {**data, "view": ["grid", "text"]}))

        saved = alices_client.post(NEW, {**sent, "save": "1"})

        said = [str(message) for message in get_messages(saved.wsgi_request)]
        assert said == ["Workout saved. Left out, since not ticked: 1 set of Pull-up."]

    @pytest.mark.parametrize("undone", ["x", "%", "set-1-1-reps=8", "a&" * 9_000, "line-1=x"])
    def test_what_is_no_grid_in_what_is_not_done_is_no_hindrance(self, alices_client, undone):
        sent = {**grid(), "view": "text", "text": "Pull-up: 8", "undone": undone}

        assert alices_client.post(NEW, {**sent, "preview": "1"}).status_code == 200
        answer = alices_client.post(NEW, {**sent, "view": ["text", "grid"]})
        assert fields(answer)["set-1-1-reps"] == "8"


class TestRepeating:
    def test_offers_the_sets_in_the_grid(self, alice, alices_client):
        workout = log(alice, f"2026-11-20 18:30 Back day\n> sore\n{ROW}: 60 kg x 8, 7 @9")

        sent = fields(alices_client.get(f"{workout.get_absolute_url()}copy/"))

        assert (sent["title"], sent["notes"], sent["day"]) == ("Back day", "", "2026-11-22")
        assert (sent["set-1-1-last"], sent["set-1-2-last"]) == ("60 kg x 8", "60 kg x 7")
        assert "set-1-1-done" not in sent

    def test_saves_those_that_are_ticked(self, alice, alices_client):
        workout = log(alice, f"2026-11-20 18:30\n{ROW}: 60 kg x 8, 7\nPull-up: 8")
        sent = fields(alices_client.get(f"{workout.get_absolute_url()}copy/"))

        response = post(alices_client, sent | {"set-1-1-done": "1"}, save="1")
        said = [str(message) for message in get_messages(response.wsgi_request)]
        assert said == ["Workout saved. Left out, since not ticked: Pull-up."]
        saved = Workout.objects.with_entries().get(day="2026-11-22")

        assert response.status_code == 302
        assert saved.text == f"2026-11-22 20:00\n{ROW}: 60 kg x 8"


class TestEditing:
    def test_saves_what_was_changed(self, alice, alices_client):
        workout = log(alice, f"2026-11-20 18:30 Back day\n> sore\n{ROW}: 60 kg x 8, 7 @9")
        edit = f"{workout.get_absolute_url()}edit/"

        sent = fields(alices_client.get(f"{edit}?view=grid"))
        del sent["set-1-2-done"]
        post(alices_client, sent | {"set-1-1-reps": "9"}, to=edit, save="1")

        assert stored() == f"2026-11-20 18:30 Back day\n> sore\n{ROW}: 60 kg x 9"

    def test_shows_the_last_time_before_it(self, alice, alices_client):
        log(alice, f"2026-11-10 18:30\n{ROW}: 55 kg x 8")
        workout = log(alice, f"2026-11-15 18:30\n{ROW}: 60 kg x 8")
        log(alice, f"2026-11-20 18:30\n{ROW}: 65 kg x 8")

        response = alices_client.get(f"{workout.get_absolute_url()}edit/?view=grid")

        assert "Last 10 Nov" in words(response)
        assert "55 kg × 8" in words(response)

    def test_in_two_tabs_shows_both_as_text(self, alice, alices_client):
        workout = log(alice, f"2026-11-20 18:30\n{ROW}: 60 kg x 8")
        edit = f"{workout.get_absolute_url()}edit/"
        sent = fields(alices_client.get(f"{edit}?view=grid"))
        post(alices_client, sent | {"set-1-1-reps": "9"}, to=edit, save="1")

        response = post(alices_client, sent | {"set-1-1-reps": "10"}, to=edit, save="1")

        assert response.status_code == 409
        assert box(response) == f"2026-11-20 18:30\n{ROW}: 60 kg x 10"


NAMES = st.sampled_from(
    [
        *("exercise-1", "exercise-2", "superset-1", "notes-1", "line-3", "removed-2", "title"),
        *("minutes", "notes", "day", "time", "exercise-999999", "exercise-", "set-1-1-weight"),
        *("set-1-1-reps", "set-1-1-unit", "set-1-1-kind", "set-1-1-side", "set-1-1-rpe"),
        *("set-1-1-time", "set-1-2-distance", "set-1-2-done", "set-1-2-last", "set-1-2-ticked"),
        *("set-2-1-reps", "set-2-1-done", "set-2-1-last", "set-1-1-removed", "set-9-9-done"),
    ]
)
TYPED = st.sampled_from(
    [
        *("", "8", "60", "62,5", "1:30", "1,000", "-5", "+5", "9" * 10, "1e5", "NaN", "Infinity"),
        *(
            "60 kg x 8",
            "8",
            "3 x 8",
            "bw",
            "\x00",
            "٣",
            "²",
            "\uff18",
            "x" * 3000,
            "A",
            "ß",
        ),
        *("lb", "drop", "left", ROW, "Pull-up", "Plank", "Zzyzx", "a:b", "2026-11-22", "> x"),
        *("Pull-up: a few", "Pull-up\n8", "\u202e", "65 min"),
    ]
) | st.text(max_size=8)
PRESSED = st.sampled_from(
    [
        *({"save": "1"}, {"preview": "1"}, {"view": ["grid", "text"]}, {"mine": "1"}),
        *({"replace": "1:pull-up"}, {"answer": "1:0"}, {"answer": "1:note"}, {"answer": "x"}),
        *({"do": "step 1 1 weight 2.5"}, {"do": "step 1 1 time -5"}, {"do": "tick-all 1"}),
        *({"do": "copy-down 1 1"}, {"do": "add-set 1"}, {"do": "warm-up 1"}, {"do": "call 1 a:b"}),
        *({"do": "remove 1"}, {"do": "restore"}, {"do": "down 1"}),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, TYPED, max_size=10), PRESSED)
def test_any_form_is_answered_and_a_refused_one_is_kept(alices_client, typed, pressed):
    data = grid() | {"exercise-1": ROW} | typed | pressed

    with transaction.atomic():
        response = alices_client.post(NEW, data)
        transaction.set_rollback(True)

    assert response.status_code in (200, 302, 422)
    if (
        response.status_code == 422
        and "do" not in pressed
        and "text" not in pressed.get("view", "")
    ):
        sent = fields(response)
        kept = {name: said.replace("\x00", "") for name, said in typed.items() if name in sent}
        shown = {
            name: sent[name] for name in kept if name.endswith(("weight", "title", "exercise-1"))
        }
        assert shown == {name: kept[name] for name in shown}
