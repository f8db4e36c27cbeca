"""Routines, from the form to the workouts that are started from them."""

import html
import re
from datetime import date
from uuid import UUID, uuid4

import pytest
import time_machine
from django.http import HttpResponse

from tests.factories import ExerciseFactory, TargetFactory, log, make_routine
from tests.workouts.views.log_form import PREVIEW, box, filled, page, value, words
from workouts.models import Routine, Workout
from workouts.routines.saving import delete_routine
from workouts.saving import Started

pytestmark = pytest.mark.usefixtures("catalogue")

PLAN = "Bent-over barbell row: 3 x 8-12 @8, rest 120 s\nPull-up: 3 x 5-8"
MONDAY = "2026-11-30 12:00Z"


def typed(text: str, *, press: str | None = "save", **changes: object) -> dict[str, object]:
    button = {press: "1"} if press else {}
    return {"id": str(uuid4()), "name": "Back day", "text": text, **button, **changes}


def start(routine: Routine) -> str:
    return f"/workouts/new/?view=text&routine={routine.pk}"


def log_from(user, routine: Routine, text: str, on: date) -> Workout:
    return log(user, text, on=on, started=Started(routine, routine.text))


class TestNew:
    def test_saves_what_is_written(self, alices_client, alice):
        posted = typed(
            "bent-over barbell row 3x8-12 rest 2 min\n> slow\npullup 3x5-8", weekdays=["4", "1"]
        )

        answer = alices_client.post("/routines/new/", posted)

        routine = alice.athlete.routines.get()
        assert answer.url == f"/routines/{posted['id']}/" == routine.get_absolute_url()
        assert (routine.name, routine.weekdays, routine.days) == ("Back day", "14", "Mon and Thu")
        assert routine.text == (
            "Bent-over barbell row: 3 x 8-12, rest 120 s\n> slow\nPull-up: 3 x 5-8"
        )

    def test_of_a_post_sent_twice_makes_one(self, alices_client, alice):
        posted = typed(PLAN)

        answers = [alices_client.post("/routines/new/", posted) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert alice.athlete.routines.count() == 1

    def test_keeps_what_was_typed_where_a_line_cannot_be_read(self, alices_client, alice):
        answer = alices_client.post("/routines/new/", typed("Pull-up: 3 x 12-8", weekdays=["2"]))

        assert answer.status_code == 422
        assert box(answer) == "Pull-up: 3 x 12-8"
        assert value(answer, "name") == "Back day"
        assert 'value="2" checked' in page(answer)
        assert "<mark>12</mark>" in page(answer)
        assert not alice.athlete.routines.exists()

    def test_reads_a_name_with_a_slip_as_the_log_does(self, alices_client, alice):
        alices_client.post("/routines/new/", typed("Bent-over barbel row: 3 x 5-8"))

        assert alice.athlete.routines.get().text == "Bent-over barbell row: 3 x 5-8"

    def test_offers_what_a_slip_may_mean_and_takes_it(self, alices_client):
        asked = alices_client.post("/routines/new/", typed("Pul-upp: 3 x 5-8"))
        offer = re.search(r'name="replace" value="(1:[^"]+)"', page(asked))

        answer = alices_client.post(
            "/routines/new/", typed("Pul-upp: 3 x 5-8", press=None, replace=offer[1])
        )

        assert box(answer) == "Pull-up: 3 x 5-8"
        assert "1 exercise, 3 sets. Ready to save." in words(answer)

    @pytest.mark.parametrize(
        ("planned", "offered"),
        [
            ("3 x 8-12", {"external": "with weights", "bodyweight": "with body weight"}),
            (
                "3 x 8 at 20 kg",
                {"external": "with weights", "bodyweight_plus": "with weight added to the body"},
            ),
            ("3 x 30-60 s", {"duration": "by time"}),
            (
                "3 x 40 m",
                {
                    "weighted_duration": "with a weight, by time or distance",
                    "distance": "by distance and time",
                },
            ),
            ("3 x 30 s at 20 kg", {"weighted_duration": "with a weight, by time or distance"}),
        ],
    )
    def test_makes_an_unknown_name_an_exercise_of_ones_own(
        self, alices_client, alice, planned, offered
    ):
        text = f"Zercher thing: {planned}\n> slow\nzercher thing: {planned}"

        asked = alices_client.post("/routines/new/", typed(text))
        buttons = re.findall(r'name="mine" value="1:(\w+)"[^>]*>([^<]*)<', page(asked))
        kind = next(iter(offered))
        mine = typed(text, press=None, name="", mine=f"1:{kind}", weekdays=["1"])
        answer = alices_client.post("/routines/new/", mine)
        saved = alices_client.post("/routines/new/", typed(box(answer)))

        assert dict(buttons) == offered
        assert (box(answer), value(answer, "id")) == (text, mine["id"])
        assert "2 exercises, 6 sets. Ready to save." in words(answer)
        assert "Give it a name" not in words(answer)
        assert saved.status_code == 302
        own = alice.own_exercises.get()
        assert (own.name, own.load_type) == ("Zercher thing", kind)

    @pytest.mark.parametrize("mine", ["1:nothing", "1:duration", "2:external", "x", ""])
    def test_makes_nothing_that_was_not_offered(self, alices_client, alice, mine):
        posted = typed("Zercher thing: 3 x 8\nPull-up: 3 x 8", press=None, mine=mine)

        answer = alices_client.post("/routines/new/", posted)

        assert (answer.status_code, box(answer)) == (200, posted["text"])
        assert not alice.own_exercises.exists()

    def test_says_of_a_name_that_it_can_be_none(self, alices_client, alice):
        posted = typed("3-2-1: 3 x 8", press=None, mine="1:external")

        answer = alices_client.post("/routines/new/", posted)

        assert box(answer) == posted["text"]
        assert not alice.own_exercises.exists()

    def test_moves_an_exercise_with_its_notes(self, alices_client):
        text = "> all\nPull-up: 3 x 5-8\n> slow\n\nDumbbell row: 3 x 8 each side\nPlank: 3 x 60 s"

        answer = alices_client.post(
            "/routines/new/", typed(text, press=None, name="", move="2:down", weekdays=["1"])
        )

        assert box(answer) == (
            "> all\nDumbbell row: 3 x 8 each side\n\nPull-up: 3 x 5-8\n> slow\nPlank: 3 x 60 s"
        )
        assert 'value="1" checked' in page(answer)
        [focused] = re.findall(r'name="move" value="([^"]*)"[^>]*\sautofocus', page(answer))
        assert focused == "4:down"

    def test_keeps_the_focus_on_an_exercise_that_can_go_no_further(self, alices_client):
        moved = typed("Pull-up: 3 x 8\nPlank: 3 x 60 s", press=None, move="2:up")

        answer = alices_client.post("/routines/new/", moved)

        assert box(answer) == "Plank: 3 x 60 s\nPull-up: 3 x 8"
        [focused] = re.findall(r'name="move" value="([^"]*)"[^>]*\sautofocus', page(answer))
        assert focused == "1:down"

    @pytest.mark.parametrize("move", ["1:up", "2:down", "1:left", "9:up", "x", "1", ""])
    def test_moves_nothing_beyond_the_ends(self, alices_client, move):
        posted = typed("Pull-up: 3 x 8\nPlank: 3 x 60 s", press=None, move=move)

        answer = alices_client.post("/routines/new/", posted)

        assert (answer.status_code, box(answer)) == (200, posted["text"])
        assert "autofocus" not in page(answer)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"name": ""}, "Give it a name, for example “Pull” or “Full body A”."),
            ({"name": "n" * 101}, "at most 100 characters"),
            ({"text": ""}, "Write at least one exercise with its sets"),
            ({"weekdays": ["8"]}, "8 is not one of the available choices"),
            ({"id": "none"}, "This form has lost its number."),
        ],
    )
    def test_says_what_is_missing(self, alices_client, alice, changes, says):
        answer = alices_client.post("/routines/new/", {**typed(PLAN), **changes})

        assert answer.status_code == 422
        assert says in words(answer)
        assert not alice.athlete.routines.exists()

    def test_refuses_a_name_that_another_routine_has(self, alices_client, alice):
        make_routine(alice, PLAN)

        answer = alices_client.post("/routines/new/", typed("Pull-up: 5 x 5"))

        assert answer.status_code == 422
        assert "You already have a routine with this name." in words(answer)
        assert box(answer) == "Pull-up: 5 x 5"

    def test_previews_without_a_name(self, alices_client):
        answer = alices_client.post(
            "/routines/new/", typed("pullup 3x5-8", press="preview", name=""), headers=PREVIEW
        )

        assert answer.status_code == 200
        assert "Pull-up 3 x 5-8" in words(answer)
        assert "Give it a name" not in words(answer)

    def test_begins_with_what_a_workout_had(self, alices_client, alice):
        workout = log(
            alice,
            "2026-11-22 18:30 Pull\nBent-over barbell row: 40 kg x 5 w, 60 kg x 10, 60 kg x 8\n"
            "A1 Dumbbell row: 20 kg x 8 L, 20 kg x 7 R\nA2 Plank: 60 s, 45 s",
        )

        answer = alices_client.get(f"/routines/new/?workout={workout.pk}")

        assert value(answer, "name") == "Pull"
        assert box(answer) == (
            "Bent-over barbell row: 1 x 5 w, 2 x 8-10\n"
            "A1 Dumbbell row: 1 x 7 each side\nA2 Plank: 2 x 45-60 s"
        )

    def test_begins_with_no_workout_of_another(self, charlies_client, alice):
        workout = log(alice, "Pull-up: 8")

        assert charlies_client.get(f"/routines/new/?workout={workout.pk}").status_code == 404


class TestEdit:
    def test_changes_what_is_planned(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        posted = typed("Pull-up: 5 x 5", revision=1, name="Pulls")

        answer = alices_client.post(f"/routines/{routine.pk}/edit/", posted)

        routine = alice.athlete.routines.get()
        assert answer.url == routine.get_absolute_url()
        assert (routine.name, routine.text, routine.revision) == ("Pulls", "Pull-up: 5 x 5", 2)

    def test_shows_both_where_it_was_changed_in_between(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        edit = f"/routines/{routine.pk}/edit/"
        alices_client.post(edit, typed("Pull-up: 5 x 5", revision=1))

        conflict = alices_client.post(edit, typed("Pull-up: 2 x 2", revision=1))
        again = typed("Pull-up: 2 x 2", revision=value(conflict, "revision"))
        saved = alices_client.post(edit, again)

        assert conflict.status_code == 409
        assert "Pull-up: 5 x 5" in words(conflict)
        assert box(conflict) == "Pull-up: 2 x 2"
        assert saved.status_code == 302
        assert alice.athlete.routines.get().text == "Pull-up: 2 x 2"

    def test_of_a_post_sent_twice_saves_once(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        posted = typed("Pull-up: 5 x 5", revision=1)

        answers = [alices_client.post(f"/routines/{routine.pk}/edit/", posted) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert alice.athlete.routines.get().revision == 2


class TestAdd:
    def test_offers_the_routines_that_there_are(self, alices_client, alice, catalogue):
        slug = catalogue["bodyweight"].slug
        make_routine(alice, PLAN, name="Back day")
        other = make_routine(alice, "Bent-over barbell row: 3 x 8", name="Rows")

        answer = alices_client.get(f"/routines/add/{slug}/")

        assert "Back day Has it 2 exercises" in words(answer)
        assert "Rows 1 exercise" in words(answer)
        assert f'href="/routines/{other.pk}/edit/?exercise={slug}"' in page(answer)
        assert f'href="/routines/new/?exercise={slug}"' in page(answer)

    def test_puts_it_on_the_last_line_and_saves_nothing(self, alices_client, alice, catalogue):
        routine = make_routine(alice, "Pull-up: 3 x 5-8\n> slow")
        slug = catalogue["external"].slug

        answer = alices_client.get(f"/routines/{routine.pk}/edit/?exercise={slug}")

        assert box(answer) == "Pull-up: 3 x 5-8\n> slow\nBent-over barbell row: 3 x 8-12"
        assert value(answer, "revision") == "1"
        assert alice.athlete.routines.get().text == "Pull-up: 3 x 5-8\n> slow"

    def test_begins_a_new_one(self, alices_client, catalogue):
        answer = alices_client.get(f"/routines/new/?exercise={catalogue['duration'].slug}")

        assert box(answer) == "Plank: 3 x 30-60 s"
        assert "Plank is on the last line, and not saved yet." in words(answer)
        assert "Give it a name" not in words(answer)

    def test_says_where_there_is_none_yet(self, alices_client, catalogue):
        answer = alices_client.get(f"/routines/add/{catalogue['bodyweight'].slug}/")

        assert "You have no routine yet." in words(answer)

    @pytest.mark.parametrize("slug", ["nothing", "%00", "9" * 300])
    def test_of_what_is_not_there_opens_the_form_as_it_is(self, alices_client, alice, slug):
        routine = make_routine(alice, PLAN)

        answer = alices_client.get(f"/routines/{routine.pk}/edit/?exercise={slug}")

        assert box(answer) == PLAN


class TestList:
    @time_machine.travel(MONDAY, tick=False)
    def test_shows_what_is_due_first(self, alices_client, alice):
        make_routine(alice, PLAN, name="Any day")
        make_routine(alice, PLAN, name="Monday's", weekdays="1")
        make_routine(alice, PLAN, name="Tuesday's", weekdays="2")

        answer = alices_client.get("/routines/")

        names = re.findall(r'<h2 class="row-name">\s*<a [^>]*>([^<]*)</a>', page(answer))
        assert [html.unescape(name) for name in names] == ["Monday's", "Any day", "Tuesday's"]
        assert page(answer).count("Due today") == 1
        ordering = words(alices_client.get("/routines/?order=1"))
        assert ordering.index("Any day") < ordering.index("Monday's")
        assert "Any day 2 exercises, 6 sets · not done yet" in words(answer)

    @pytest.mark.parametrize(
        ("weekdays", "last_on", "since"),
        [
            ("7", 28, "Sun"),  # due yesterday, done on Saturday
            ("7", 29, None),
            ("36", 26, "Sat"),  # due on Wednesday, which was made up for, and on Saturday
            ("36", 28, None),
            ("2", 23, "Tue"),
            ("1", 16, None),  # due today
            ("17", 28, None),  # today again
            ("7", None, None),
            ("", 1, None),
        ],
    )
    def test_says_since_when_one_is_left(self, alices_client, alice, weekdays, last_on, since):
        with time_machine.travel(MONDAY, tick=False):
            make_routine(alice, PLAN, name="Any day")
            routine = make_routine(alice, PLAN, name="Planned", weekdays=weekdays)
            if last_on:
                log_from(alice, routine, "Pull-up: 8", date(2026, 11, last_on))

            answers = [alices_client.get("/routines/"), alices_client.get("/")]

        for answer in answers:
            assert re.findall(r">Due since (\w+)<", page(answer)) == ([since] if since else [])
        answer = answers[0]
        if since:
            assert words(answer).index("Planned") < words(answer).index("Any day")

    @time_machine.travel(MONDAY, tick=False)
    def test_says_when_each_was_done(self, alices_client, alice):
        routine = make_routine(alice, PLAN, weekdays="1")
        log_from(alice, routine, "Pull-up: 8", date(2026, 11, 23))
        before = alices_client.get("/routines/")
        log_from(alice, routine, "Pull-up: 8", date(2026, 11, 30))
        after = alices_client.get("/routines/")

        assert "Due today" in words(before)
        assert "last Mon 23 Nov" in words(before)
        assert "Due today" not in words(after)
        assert "Done today" in words(after)

    def test_teaches_where_there_are_none(self, alices_client):
        answer = alices_client.get("/routines/")

        assert "Choose a starter" in words(answer)
        assert "Bent-over barbell row: 3 x 8-12 @8, rest 120 s" in words(answer)

    def test_puts_them_in_another_order(self, alices_client, alice):
        keys = [make_routine(alice, PLAN, name=name).pk for name in "ABC"]

        def move(key: UUID, to: str) -> HttpResponse:
            return alices_client.post(f"/routines/{key}/move/", {"to": to})

        move(keys[2], "up")
        move(keys[0], "down")
        move(keys[2], "up")
        move(keys[0], "sideways")

        names = alice.athlete.routines.in_order().values_list("name", flat=True)
        assert list(names) == ["C", "A", "B"]

    def test_deletes_and_brings_back(self, alices_client, alice):
        routine = make_routine(alice, PLAN)

        deleted = alices_client.post(f"/routines/{routine.pk}/delete/", follow=True)
        make_routine(alice, "Pull-up: 3 x 5")
        back = alices_client.post(f"/routines/{routine.pk}/restore/", follow=True)

        assert "“Back day” is deleted." in words(deleted)
        assert "“Back day 2” is back." in words(back)
        assert alice.athlete.routines.live().count() == 2

    def test_copies(self, alices_client, alice):
        routine = make_routine(alice, PLAN, weekdays="1")

        answer = alices_client.post(f"/routines/{routine.pk}/copy/", follow=True)

        copied = alice.athlete.routines.exclude(pk=routine.pk).get()
        assert (copied.name, copied.text, copied.weekdays) == ("Back day 2", PLAN, "")
        assert value(answer, "name") == "Back day 2"


class TestDetail:
    def test_shows_targets_what_was_done_and_what_is_next(self, alices_client, alice, catalogue):
        TargetFactory(exercise=catalogue["bodyweight"], muscle__name="Lats", role="primary")
        routine = make_routine(alice, PLAN)
        log_from(
            alice,
            routine,
            "Bent-over barbell row: 60 kg x 12, 12, 12\nPull-up: 6, 5, 5",
            date(2026, 11, 23),
        )

        shown = words(alices_client.get(routine.get_absolute_url()))

        assert (
            "Bent-over barbell row 3 x 8-12 @8 rest 2 min Next 62.5 kg x 8, 8, 8"
            " All sets reached 12 last time: 62.5 kg from 8 reps again."
            " Last 60 kg x 12, 12, 12 on 23 Nov 2026"
        ) in shown
        assert "Pull-up 3 x 5-8 Next 7, 5, 5 6, 5, 5 last time, 8 wanted: one rep more." in shown
        assert "Lats" in shown

    def test_keeps_its_own_last_values_and_says_so(self, alices_client, alice):
        heavy = make_routine(alice, "Bent-over barbell row: 2 x 5", name="Heavy")
        light = make_routine(alice, "Bent-over barbell row: 2 x 8-12", name="Light")
        new = make_routine(alice, "Bent-over barbell row: 2 x 12-15", name="New")
        log_from(alice, heavy, "Bent-over barbell row: 100 kg x 5, 5", date(2026, 11, 20))
        log_from(alice, light, "Bent-over barbell row: 60 kg x 9, 8", date(2026, 11, 23))

        pages = [words(alices_client.get(each.get_absolute_url())) for each in (heavy, light, new)]

        assert "Next 102.5 kg x 5, 5" in pages[0]
        assert "Elsewhere 60 kg x 9, 8 on 23 Nov 2026, outside this routine" in pages[0]
        assert "Next 60 kg x 10, 8" in pages[1]
        assert "outside" not in pages[1]
        assert "Choose a weight" in pages[2]
        assert "Last 60 kg x 9, 8 on 23 Nov 2026, not in this routine" in pages[2]

    def test_does_not_count_what_was_deleted(self, alices_client, alice):
        routine = make_routine(alice, "Pull-up: 3 x 5-8")
        workout = log_from(alice, routine, "Pull-up: 8, 8, 8", date(2026, 11, 20))
        alices_client.post(f"/workouts/{workout.pk}/delete/")

        assert "Begin with 5 to 8 reps." in words(alices_client.get(routine.get_absolute_url()))


class TestStart:
    def test_fills_the_log_with_the_sets_to_do(self, alices_client, alice):
        routine = make_routine(alice, f"{PLAN}\nDumbbell row: 2 x 8")
        log_from(alice, routine, "Bent-over barbell row: 60 kg x 12, 12, 12", date(2026, 11, 23))

        answer = alices_client.get(start(routine))

        header, *lines = box(answer).split("\n")
        assert header.endswith(" Back day")
        assert lines == [
            "Bent-over barbell row: 62.5 kg x 8, 8, 8",
            "Pull-up: 3 x 5",
            "Dumbbell row: ",
        ]
        assert value(answer, "routine") == str(routine.pk)
        assert value(answer, "plan") == routine.text

    def test_again_goes_on_with_the_session_that_is_open(self, alices_client, alice):
        routine, other = make_routine(alice, PLAN), make_routine(alice, PLAN, name="Other")
        session = {
            "id": str(uuid4()),
            "owner": str(alice.pk),
            "view": "text",
            "day": "2026-11-23",
            "time": "18:00",
            "started": "2026-11-23T18:00:00Z",
            "routine": str(routine.pk),
        }
        alices_client.post("/workouts/draft/", {**session, "text": "Pull-up: 7"})

        assert "Pull-up: 7" in box(alices_client.get(start(routine)))
        assert "Pull-up: 7" not in box(alices_client.get(start(other)))

    def test_offers_the_sets_to_do_in_the_grid(self, alices_client, alice):
        routine = make_routine(alice, f"{PLAN}\nDumbbell row: 2 x 8")
        log_from(alice, routine, "Bent-over barbell row: 60 kg x 12, 12, 12", date(2026, 11, 23))

        answer = alices_client.get(f"/workouts/new/?routine={routine.pk}")

        assert value(answer, "title") == "Back day"
        assert [value(answer, f"exercise-{n}") for n in (1, 2, 3)] == [
            "Bent-over barbell row",
            "Pull-up",
            "Dumbbell row",
        ]
        assert value(answer, "set-1-1-last") == "62.5 kg x 8"
        assert value(answer, "set-2-3-last") == "5"
        assert value(answer, "set-3-2-last") == ""
        assert "checked" not in page(answer).partition("data-grid>")[2]

    def test_the_grid_keeps_routine_and_plan(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        ticked = {
            "view": "grid",
            "routine": str(routine.pk),
            "plan": PLAN,
            "exercise-1": "Pull-up",
            "set-1-1-last": "5",
            "set-1-1-done": "1",
        }

        shown = alices_client.post("/workouts/new/", filled("", press="preview", **ticked))
        alices_client.post("/workouts/new/", filled("", **ticked))

        assert value(shown, "plan") == PLAN
        workout = alice.athlete.workouts.get()
        assert (workout.routine, workout.plan) == (routine, PLAN)

    def test_what_is_saved_keeps_routine_and_plan(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        began = alices_client.get(start(routine))
        posted = typed("Pull-up: 9 x 9", revision=1)
        alices_client.post(f"/routines/{routine.pk}/edit/", posted)

        carried = {name: value(began, name) for name in ("routine", "plan")}
        alices_client.post("/workouts/new/", filled("Pull-up: 5, 5", **carried))

        workout = alice.athlete.workouts.get()
        assert (workout.routine, workout.plan) == (routine, PLAN)

    def test_an_edit_keeps_them(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        workout = log_from(alice, routine, "Pull-up: 5, 5", date(2026, 11, 20))

        alices_client.post(f"/workouts/{workout.pk}/edit/", filled("Pull-up: 6, 5", revision="1"))

        workout.refresh_from_db()
        assert (workout.revision, workout.routine, workout.plan) == (2, routine, PLAN)

    @pytest.mark.parametrize("view", ["text", "grid"])
    def test_a_repeated_workout_is_of_the_same_routine(self, alices_client, alice, view):
        routine = make_routine(alice, PLAN)
        workout = log_from(alice, routine, "Pull-up: 5, 5", date(2026, 11, 20))

        answer = alices_client.get(f"/workouts/{workout.pk}/copy/?view={view}")

        assert (value(answer, "routine"), value(answer, "plan")) == (str(routine.pk), PLAN)

    def test_a_repeated_workout_is_of_no_routine_that_is_deleted(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        workout = log_from(alice, routine, "Pull-up: 5, 5", date(2026, 11, 20))
        delete_routine(athlete=alice.athlete, key=routine.pk, at="2026-11-30T12:00Z")

        answer = page(alices_client.get(f"/workouts/{workout.pk}/copy/"))

        assert 'name="plan"' not in answer

    def test_the_rest_that_is_planned_is_told_to_the_timer(self, alices_client, alice):
        routine = make_routine(alice, "Pull-up: 3 x 5-8, rest 150 s\nPlank: 2 x 30 s")

        answer = page(alices_client.get(f"/workouts/new/?routine={routine.pk}&view=grid"))

        assert re.findall(r'data-rest-seconds="(\d+)"', answer) == ["150"]

    def test_a_preview_and_a_tap_carry_them_on(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        carried = {"routine": str(routine.pk), "plan": PLAN}

        answer = alices_client.post(
            "/workouts/new/", filled("Pull-up: 5", press="preview", **carried)
        )

        assert value(answer, "routine") == str(routine.pk)
        assert value(answer, "plan") == PLAN

    @pytest.mark.parametrize("plan", ["", "what is this", "x" * 19_000])
    def test_a_plan_that_is_none_is_the_routines(self, alices_client, alice, plan):
        routine = make_routine(alice, PLAN)

        alices_client.post(
            "/workouts/new/", filled("Pull-up: 5", routine=str(routine.pk), plan=plan)
        )

        assert alice.athlete.workouts.get().plan == PLAN

    def test_a_routine_that_is_gone_is_no_hindrance(self, alices_client, alice):
        routine = make_routine(alice, PLAN)
        delete_routine(athlete=alice.athlete, key=routine.pk, at="2026-11-30T12:00Z")

        began = alices_client.get(start(routine))
        saved = alices_client.post(
            "/workouts/new/", filled("Pull-up: 5", routine=str(routine.pk), plan=PLAN)
        )

        assert box(began).strip() == ""
        assert saved.status_code == 302
        assert alice.athlete.workouts.get().plan == PLAN


class TestWorkoutPage:
    def test_shows_targets_beside_what_was_done(self, alices_client, alice):
        routine = make_routine(alice, f"{PLAN}\nPlank: 2 x 30-60 s")
        workout = log_from(
            alice,
            routine,
            "Bent-over barbell row: 60 kg x 12, 12 @9\nPull-up: 8, 8, 6",
            date(2026, 11, 20),
        )

        shown = words(alices_client.get(workout.get_absolute_url()))

        assert "From the routine Back day" in shown
        assert "Planned 3 x 8-12 @8 : one set less , RPE 9 instead of 8 in set 2" in shown
        assert "Planned 3 x 5-8 : as planned" in shown
        assert "Planned and left out: Plank 2 x 30-60 s ." in shown

    def test_knows_an_exercise_by_its_new_name(self, alices_client, alice, catalogue):
        routine = make_routine(alice, "Pull-up: 3 x 5-8")
        workout = log_from(alice, routine, "Pull-up: 8, 8, 6", date(2026, 11, 20))
        pull_up = catalogue["bodyweight"]
        pull_up.name = "Overhand pull"
        pull_up.save()
        pull_up.aliases.create(name="Pull-up")

        assert "Planned 3 x 5-8 : as planned" in words(
            alices_client.get(workout.get_absolute_url())
        )

    def test_says_nothing_where_there_was_no_plan(self, alices_client, alice):
        workout = log(alice, "Pull-up: 8")

        shown = words(alices_client.get(workout.get_absolute_url()))

        assert "Planned" not in shown
        assert "Save as routine" in shown


class TestHome:
    @pytest.mark.parametrize(
        ("now", "zone", "is_due"),
        [
            ("2026-11-30 12:00Z", "UTC", True),
            ("2026-11-29 23:59Z", "UTC", False),
            ("2026-11-29 23:59Z", "Europe/Berlin", True),  # Monday already
            ("2026-12-01 00:30Z", "UTC", False),
            ("2026-12-01 00:30Z", "America/New_York", True),  # Monday still
            ("2026-11-29 10:59Z", "Pacific/Apia", False),  # 13 hours ahead
            ("2026-11-29 11:00Z", "Pacific/Apia", True),
            ("2026-10-25 22:59Z", "Europe/Berlin", False),  # a Sunday of 25 hours
            ("2026-10-25 23:00Z", "Europe/Berlin", True),
            ("2026-03-29 21:59Z", "Europe/Berlin", False),  # and one of 23
            ("2026-03-29 22:00Z", "Europe/Berlin", True),
        ],
    )
    def test_shows_what_is_due_where_the_athlete_is(self, alices_client, alice, now, zone, is_due):
        alice.athlete.time_zone = zone
        alice.athlete.save()
        make_routine(alice, PLAN, weekdays="1")

        with time_machine.travel(now, tick=False):
            assert ("Due today" in words(alices_client.get("/"))) is is_due

    @pytest.mark.parametrize(
        ("days", "is_done"),
        [
            ([date(2026, 11, 23)], False),
            ([date(2026, 11, 30)], True),
            ([date(2026, 11, 30), date(2026, 12, 1)], True),  # logged ahead
        ],
    )
    @time_machine.travel(MONDAY, tick=False)
    def test_says_what_of_it_is_done(self, alices_client, alice, days, is_done):
        routine = make_routine(alice, PLAN, weekdays="1")
        for day in days:
            log_from(alice, routine, "Pull-up: 8", day)

        assert ("Done today" in words(alices_client.get("/"))) is is_done

    def test_is_another_page_after_midnight(self, alices_client, alice):
        make_routine(alice, PLAN, weekdays="1")

        seen = []
        for now in ("2026-11-29 23:59:59Z", "2026-11-30 00:00:01Z"):
            with time_machine.travel(now, tick=False):
                seen.append("Due today" in words(alices_client.get("/")))

        assert seen == [False, True]


class TestStarters:
    def test_become_ones_own_once(self, alices_client, alice):
        address = "/routines/starters/desk-back/use/"
        key = str(uuid4())

        answers = [alices_client.post(address, {"id": key}, follow=True) for _ in range(2)]

        routine = alice.athlete.routines.get()
        assert routine.name == "Desk back"
        assert routine.weekdays == "135"
        assert "1 routine added." in words(answers[0])

    def test_say_what_is_a_superset_once(self, client, db):
        ExerciseFactory.create(name="Dumbbell lateral raise", slug="dumbbell-lateral-raise")
        ExerciseFactory.create(name="Triceps pushdown", slug="triceps-pushdown")

        shown = words(client.get("/routines/starters/pull-push-legs/"))

        assert (
            "Superset A Dumbbell lateral raise 3 x 12-15, rest 60 s"
            " Triceps pushdown 3 x 10-12, rest 60 s"
        ) in shown
        assert shown.count("Superset") == 1

    def test_that_are_not_there_are_404(self, client, alices_client, db):
        assert client.get("/routines/starters/nothing/").status_code == 404
        assert alices_client.post("/routines/starters/nothing/use/").status_code == 404


ODD = ["", "9" * 19, "a\x00b", "²", "x" * 25_000, "Pull-up: 3 x 5\n" * 400, "\u2028\u202e", "%FF"]


class TestOddValues:
    @pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value[:9]))
    def test_are_no_error_of_the_server(self, alices_client, alice, value):
        routine = make_routine(alice, PLAN)
        pages = ("/routines/new/", f"/routines/{routine.pk}/edit/")
        for field in ("id", "revision", "name", "weekdays", "text", "replace", "owner"):
            for button in ("save", "preview"):
                for at in pages:
                    posted = {**typed(PLAN, press=button, name="Other"), field: value}
                    assert alices_client.post(at, posted).status_code < 500
        for at in (f"/routines/{routine.pk}/move/", "/routines/starters/desk-back/use/"):
            assert alices_client.post(at, {"to": value, "id": value}).status_code < 500
        for field in ("routine", "plan"):
            carried = {"routine": str(routine.pk), "plan": PLAN, field: value}
            for view in ("text", "grid"):
                posted = filled("Pull-up: 5", view=view, **carried)
                assert alices_client.post("/workouts/new/", posted).status_code < 500

    @pytest.mark.parametrize("at", ["/routines/new/", "/routines/{}/edit/"])
    def test_of_a_lone_surrogate_are_marked(self, alices_client, alice, at):
        at = at.format(make_routine(alice, PLAN).pk)
        posted = typed("Pull-up: 3 x 5", name="Other", revision=1)
        body = "&".join(f"{key}={value}" for key, value in posted.items()).replace(" ", "+")

        answer = alices_client.post(
            at, body + "%ED%A0%80", content_type="application/x-www-form-urlencoded"
        )

        assert answer.status_code in (302, 422)
