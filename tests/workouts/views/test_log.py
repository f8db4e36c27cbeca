"""Logging, editing and copying a workout in the text box."""

import re
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from exercises.models import Exercise
from tests.conftest import signed_in
from tests.factories import AliasFactory, EquipmentFactory, ExerciseFactory, log
from tests.workouts.views.log_form import PREVIEW, WHOLE_FORM, box, filled, page, value, words
from workouts.drafts import draft_taken
from workouts.models import Workout
from workouts.own_exercises import make_own_exercise, remove_own_exercise
from workouts.saving import delete_workout
from workouts.views.log import saving as views_saving

pytestmark = pytest.mark.usefixtures("catalogue")

NEW = "/workouts/new/"
TEXT = "Pull-up: 8, 8, 6\nBent-over barbell row: 60 kg x 8"


def post(client: Client, text: str, *, to: str = NEW, **changes: str):
    return client.post(to, filled(text, **changes))


def edit(workout: Workout) -> str:
    return f"{workout.get_absolute_url()}edit/"


def stored(**which: object) -> Workout:
    return Workout.objects.with_entries().get(**which)


class TestOpeningTheForm:
    def test_is_at_this_minute_where_the_athlete_is(self, alice, alices_client):
        alice.athlete.time_zone = "Asia/Tokyo"
        alice.athlete.save()

        response = alices_client.get(NEW)

        assert value(response, "day") == "2026-11-23"
        assert value(response, "time") == "05:00"
        assert '<option value="Asia/Tokyo" selected>' in page(response)

    def test_offers_the_last_four_workouts_to_begin_with(self, alice, charlie, alices_client):
        log(charlie, "2026-11-20 18:00 Of Charlie\nPull-up: 8")
        kept = [log(alice, f"2026-11-{day} 18:00\nPull-up: 8") for day in range(10, 15)]

        form = page(alices_client.get(NEW))

        offered = re.findall(r'href="/workouts/([^/]+)/copy/"', form)
        assert offered == [str(workout.pk) for workout in reversed(kept[1:])]

    def test_of_a_draft_says_nothing_of_other_apps(self, alice, alices_client):
        log(alice, TEXT)
        post(alices_client, TEXT, press="keep", owner=str(alice.pk))

        assert "another app" not in page(alices_client.get(NEW))

    def test_offers_nothing_to_begin_with_before_the_first(self, alices_client):
        assert "Begin with" not in page(alices_client.get(NEW))

    def test_names_what_it_offers_by_title_and_day(self, alice, alices_client):
        for day in range(1, 7):
            log(alice, f"2026-11-0{day} 18:00{' Back day' if day == 6 else ''}\nPull-up: 8")
        last = Workout.objects.get(day=date(2026, 11, 6))

        html = alices_client.get(NEW).text

        [offers] = re.findall(r'<div class="log-earlier".*?</div>', html, re.DOTALL)
        assert f'href="/workouts/{last.pk}/copy/"' in offers
        shown = re.sub(r"<[^>]*>", "", offers).split()
        said = "Begin with Back day 6 Nov Thu 5 Nov Wed 4 Nov Tue 3 Nov"
        assert shown == said.split()

    @pytest.mark.parametrize(
        ("now", "day", "at"),
        [
            (datetime(2024, 2, 29, 0, 0, tzinfo=UTC), "2024-02-29", "00:00"),
            (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "2026-03-29", "02:30"),
            (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25", "01:30"),
            (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "2026-07-01", "00:30"),
        ],
    )
    def test_at_an_awkward_moment_can_be_saved_as_it_stands(
        self, alice, alices_client, evening, now, day, at
    ):
        """A leap day; the hour after the gap; the hour that comes twice; past midnight."""
        alice.athlete.time_zone = "Europe/London"
        alice.athlete.save()
        evening.move_to(now)

        response = alices_client.get(NEW)
        post(alices_client, "Pull-up: 8", day=day, time=at, time_zone="Europe/London")

        assert (value(response, "day"), value(response, "time")) == (day, at)
        assert stored().day == date.fromisoformat(day)

    def test_has_a_new_key_each_time(self, alices_client):
        keys = {UUID(value(alices_client.get(NEW), "id")) for _ in range(3)}

        assert len(keys) == 3

    def test_can_begin_with_an_exercise(self, alices_client):
        exercise = Exercise.objects.get(name="Farmer's walk")

        assert box(alices_client.get(NEW, {"exercise": exercise.slug})) == "Farmer's walk: "

    @pytest.mark.parametrize("slug", ["no-such", "", "\x00", "x" * 5000, "a b", "é"])
    def test_begins_empty_for_an_exercise_that_is_not_there(self, alices_client, slug):
        response = alices_client.get(NEW, {"exercise": slug})

        assert response.status_code == 200
        assert box(response) == ""

    def test_does_not_know_anyone_elses_exercise(self, charlie, alices_client):
        ExerciseFactory.create(owner=charlie, name="Secret lift", slug="secret-lift")
        ExerciseFactory.create(status="draft", name="Draft lift", slug="draft-lift")

        for slug in ("secret-lift", "draft-lift"):
            assert box(alices_client.get(NEW, {"exercise": slug})) == ""


class TestFixedInterface:
    """Scripts rely on it: id, day, time, text, and the buttons save and preview."""

    def test_saves_with_nothing_more(self, alice, alices_client):
        key = str(uuid4())

        response = alices_client.post(
            NEW,
            {"id": key, "day": "2026-11-21", "time": "07:15", "text": TEXT, "save": ""},
        )

        assert response.status_code == 302
        assert response.url == f"/workouts/{key}/"
        assert stored(pk=key).text == f"2026-11-21 07:15\n{TEXT}"
        assert stored(pk=key).athlete == alice.athlete

    def test_takes_the_time_in_the_athletes_zone(self, alice, alices_client):
        alice.athlete.time_zone = "America/New_York"
        alice.athlete.save()

        alices_client.post(
            NEW,
            {"id": uuid4(), "day": "2026-11-21", "time": "07:15", "text": TEXT, "save": "1"},
        )

        assert stored().started_at == datetime(2026, 11, 21, 12, 15, tzinfo=UTC)
        assert stored().time_zone == "America/New_York"

    def test_lets_a_header_win(self, alices_client):
        post(alices_client, f"2026-11-20 06:00 Early\n{TEXT}")

        assert stored().text == f"2026-11-20 06:00 Early\n{TEXT}"

    def test_names_its_fields_and_buttons(self, alices_client):
        form = page(alices_client.get(NEW))

        for field in ("id", "day", "time", "text", "save", "preview"):
            assert f'name="{field}"' in form

    def test_saves_nothing_on_preview(self, alices_client):
        response = post(alices_client, TEXT, press="preview")

        assert response.status_code == 200
        assert not Workout.objects.exists()

    def test_saves_nothing_without_a_button(self, alices_client):
        assert post(alices_client, TEXT, press=None).status_code == 200
        assert not Workout.objects.exists()


class TestSaving:
    def test_leads_to_the_workout_and_says_so(self, alices_client):
        response = post(alices_client, TEXT, notes="slept badly")

        assert response.status_code == 302
        assert [str(message) for message in get_messages(response.wsgi_request)] == [
            "Workout saved."
        ]
        assert stored().notes == "slept badly"
        assert alices_client.get(response.url).status_code == 200

    def test_takes_the_time_zone_of_the_form(self, alices_client):
        post(alices_client, TEXT, time_zone="Asia/Tokyo", day="2026-11-22", time="00:05")

        assert stored().day == date(2026, 11, 22)
        assert stored().started_at == datetime(2026, 11, 21, 15, 5, tzinfo=UTC)

    def test_takes_windows_line_ends(self, alices_client):
        post(alices_client, TEXT.replace("\n", "\r\n"))

        assert stored().text.endswith(TEXT)

    def test_reads_weights_in_the_athletes_unit(self, alice, alices_client):
        alice.athlete.unit = "lb"
        alice.athlete.save()

        post(alices_client, "row 132x8".replace("row", "bent over barbell row"))

        assert stored().text.endswith("Bent-over barbell row: 132 lb x 8")

    def test_twice_logs_it_once(self, alices_client):
        form = filled(TEXT)

        first, second = alices_client.post(NEW, form), alices_client.post(NEW, form)

        assert first.url == second.url
        assert Workout.objects.count() == 1
        assert [str(message) for message in get_messages(second.wsgi_request)][-1] == (
            "This workout was saved already."
        )

    def test_under_a_strangers_key_tells_nothing_of_theirs(self, alice, charlies_client, charlie):
        theirs = log(alice, "2026-11-22 Secret day\nPull-up: 8")
        before = stored(pk=theirs.pk).text

        response = post(charlies_client, "Pull-up: 1", id=str(theirs.pk))

        mine = charlie.athlete.workouts.get()
        assert response.url == mine.get_absolute_url()
        assert mine.pk != theirs.pk
        assert "Secret" not in page(charlies_client.get(response.url))
        assert stored(pk=theirs.pk).text == before


class TestPreview:
    def test_shows_how_each_line_is_read(self, alices_client):
        response = post(
            alices_client, "bent over barbell row 60x8, 70x8\nplank 1:30", press="preview"
        )

        assert "Bent-over barbell row 60 kg x 8, 70 kg x 8" in words(response)
        assert "Plank 90 s" in words(response)
        assert "2 exercises, 3 working sets. Ready to save." in words(response)
        assert box(response) == "bent over barbell row 60x8, 70x8\nplank 1:30"

    def test_counts_sets_as_the_workout_s_page_will(self, alices_client):
        text = "Pull-up: 8 w, 8, 8\nbent over barbell row 20 kg x 8 L, 20 kg x 8 R"

        shown = words(post(alices_client, text, press="preview"))

        assert "2 exercises, 3 working sets, 1 warm-up. Ready to save." in shown

    @pytest.mark.parametrize(
        ("text", "asked"),
        [
            ("Pull-up: a few", "Put the marked line right"),
            ("Jeferson curl 20 kg x 8", "Put the marked line right"),
            ("Pull-up: a few\nJeferson curl 20 kg x 8", "Put the 2 marked lines right"),
        ],
    )
    def test_says_how_much_is_to_be_put_right(self, alices_client, text, asked):
        assert asked in words(post(alices_client, text, press="preview"))

    def test_shows_the_day_title_notes_and_superset(self, alices_client):
        text = "2026-11-20 06:00 Early\n> 65 min\nA1 Pull-up: 8\nA2 Plank: 60 s"

        shown = words(post(alices_client, text, press="preview"))

        assert "Early Fri 20 Nov 2026, 06:00, 65 min (first line)" in shown
        assert "> 65 min" in shown
        assert "Superset A Pull-up 8" in shown
        assert "Superset A Plank 60 s" in shown

    def test_for_htmx_is_only_the_preview(self, alices_client):
        response = alices_client.post(NEW, filled(TEXT, press="preview"), headers=PREVIEW)

        assert page(response).strip().startswith('<section id="preview"')
        assert "<html" not in page(response)
        assert "Ready to save" in page(response)

    def test_for_htmx_elsewhere_is_the_page(self, alices_client):
        response = alices_client.post(NEW, filled(TEXT, press="preview"), headers=WHOLE_FORM)

        assert "<html" in page(response)
        assert 'id="log-form"' in page(response)

    def test_without_htmx_is_the_page(self, alices_client):
        response = alices_client.post(
            NEW, filled(TEXT, press="preview"), headers={"HX-Target": "preview"}
        )

        assert "<html" in page(response)

    @pytest.mark.parametrize("text", ["", "\n\n"])
    def test_of_nothing_explains_itself(self, alices_client, text):
        response = alices_client.post(NEW, filled(text, press="preview"), headers=PREVIEW)

        assert response.status_code == 200
        assert "Start typing" in page(response)

    def test_of_a_form_that_is_out_of_order_is_a_preview_too(self, alices_client):
        response = alices_client.post(
            NEW, filled(TEXT, press="preview", day="soon"), headers=PREVIEW
        )

        assert page(response).strip().startswith('<section id="preview"')

    def test_escapes_what_was_typed(self, alices_client):
        response = post(alices_client, "<script>alert(1)</script> 8\n> <b>", press="preview")

        assert "<script>alert" not in page(response)
        assert "<b>" not in page(response)

    def test_leads_to_the_plates_of_what_is_on_a_bar(self, alices_client, catalogue):
        catalogue["external"].equipment.add(EquipmentFactory.create(slug="barbell"))
        text = "Bent-over barbell row: 40 kg x 5 w, 62.5 kg x 8, 60 kg x 8\nPull-up: 8"

        answer = page(alices_client.post(NEW, filled(text, press="preview"), headers=PREVIEW))

        slug = catalogue["external"].slug
        links = re.findall(r'href="(/plates/[^"]+)"', answer)
        assert links == [f"/plates/?weight=62.5&amp;unit=kg&amp;exercise={slug}"]
        assert "Plates and warm-up for 62.5 kg" in answer


class TestBadInput:
    @pytest.mark.parametrize(
        "changes",
        [
            {"text": ""},
            {"text": "  \r\n "},
            {"text": "> only a note"},
            {"text": "Pull-up: 8, of"},
            {"text": "Pull-up"},
            {"text": "Pull-up: 8\x00"},
            {"text": "\x00"},
            {"text": "x" * 10_000},
            {"text": "Pull-up: " + "8 " * 5_000},
            {"text": "Pull-up 8 " * 1_000},
            {"text": "x" * 20_001},
            {"text": "No such thing: 8"},
            {"text": "Bent-over barbell row: 99999999999999999999 kg x 8"},
            {"text": "Pull-up: 99999999999999999999"},
            {"text": "Bent-over barbell row: 100x60x100 w\n" * 40},
            {"id": ""},
            {"id": "not-a-key"},
            {"id": "\x00"},
            {"day": "2026-02-29"},
            {"day": "soon"},
            {"day": "99999-01-01"},
            {"day": ""},
            {"day": "\x00"},
            {"time": "25:00"},
            {"time": ""},
            {"time_zone": "Europe/Atlantis"},
            {"time_zone": "\x00"},
            {"notes": "a\x00b"},
            {"notes": "x" * 5_001},
            {"day": "2027-01-01"},
            {"day": "0001-01-01", "time": "00:00", "time_zone": "Asia/Tokyo"},
            {"day": "9999-12-31", "time": "23:59", "time_zone": "America/New_York"},
            {"day": "2026-03-29", "time": "01:30", "time_zone": "Europe/London"},
        ],
        ids=lambda changes: ",".join(f"{name}={text[:20]!r}" for name, text in changes.items()),
    )
    def test_keeps_what_was_typed_and_saves_nothing(self, alices_client, changes):
        form = {**filled(TEXT), **changes}

        response = alices_client.post(NEW, form)

        assert response.status_code == 422
        assert box(response) == form["text"]
        assert 'name="save"' in page(response)
        assert "Not saved yet." in words(response)
        assert not Workout.objects.exists()

    def test_that_is_nothing_at_all_still_gets_the_form(self, alices_client):
        response = alices_client.post(NEW, {})

        assert response.status_code == 422
        assert "lost its number" in words(response)
        assert box(response) == ""

    def test_is_marked_where_it_is(self, alices_client):
        response = post(alices_client, "Pull-up: 8\nPlank: 60 s, of\nPull-up: 6")

        assert "<mark>of</mark>" in page(response)
        assert '<span class="line-number">2</span>' in page(response)
        assert "Ready to save" not in page(response)

    def test_for_an_empty_text_says_what_to_write(self, alices_client):
        assert "Write at least one exercise" in words(post(alices_client, ""))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"day": "2026-02-29"}, "Enter a valid date"),
            ({"time_zone": "Europe/Atlantis"}, "Europe/Atlantis is not one of the available"),
            ({"day": "2027-01-01"}, "2027-01-01 is still to come"),
            ({"text": "x" * 200_001}, "at most 200000 characters"),
            ({"notes": "x" * 5_001}, "at most 5000 characters"),
            ({"text": "Pull-up: 8\x00"}, "Null characters are not allowed"),
            ({"day": ""}, "Say on which day"),
        ],
    )
    def test_is_told_in_a_sentence(self, alices_client, changes, sentence):
        assert sentence in words(alices_client.post(NEW, {**filled(TEXT), **changes}))

    def test_keeps_day_time_notes_and_key_as_well(self, alices_client):
        form = filled("oops", day="2026-11-01", time="06:05", notes="slept <badly>")

        response = alices_client.post(NEW, form)

        assert value(response, "id") == form["id"]
        assert value(response, "day") == "2026-11-01"
        assert value(response, "time") == "06:05"
        assert "slept &lt;badly&gt;</textarea>" in page(response)

    @pytest.mark.parametrize("revision", ["0", "-1", "x", "9" * 5000])
    def test_in_an_edit_keeps_the_workout(self, alice, alices_client, revision):
        workout = log(alice, TEXT)

        response = post(alices_client, "Pull-up: 1", to=edit(workout), revision=revision)

        assert response.status_code == 422
        assert box(response) == "Pull-up: 1"
        assert stored().revision == 1

    @pytest.mark.parametrize("revision", ["", "2", "2147483648", "9" * 30])
    def test_in_an_edit_of_no_such_revision_is_a_conflict(self, alice, alices_client, revision):
        workout = log(alice, TEXT)

        response = post(alices_client, "Pull-up: 1", to=edit(workout), revision=revision)

        assert response.status_code == 409
        assert stored().revision == 1


class TestLastTime:
    TEXT = "Bent-over barbell row 60 8 8 7"

    def test_tells_what_a_line_means(self, alice, alices_client):
        log(alice, "Bent-over barbell row: 57.5 kg x 8, 8", on=date(2026, 11, 20))

        response = post(alices_client, self.TEXT)

        assert response.status_code == 302
        assert stored(day=date(2026, 11, 22)).text.endswith("row: 60 kg x 8, 8, 7")

    def test_of_somebody_else_tells_nothing(self, charlie, alices_client):
        log(charlie, "Bent-over barbell row: 57.5 kg x 8, 8", on=date(2026, 11, 20))

        assert post(alices_client, self.TEXT).status_code == 422

    def test_is_asked_of_what_was_meant(self, alice, alices_client):
        log(alice, "Bent-over barbell row: 57.5 kg x 8, 8", on=date(2026, 11, 20))
        slug = Exercise.objects.get(name="Bent-over barbell row").slug
        form = filled("bent rwo 60 8 8 7", press=None, replace=f"1:{slug}")

        assert "Ready to save" in page(alices_client.post(NEW, form))


class TestMakeItMine:
    TEXT = "Pull-up: 8\nOdd lift: 20 kg x 8\n> heavy"

    @pytest.mark.parametrize("headers", [{}, WHOLE_FORM])
    def test_adds_the_exercise_and_reads_on(self, alice, alices_client, headers):
        response = alices_client.post(NEW, filled(self.TEXT, press=None, mine="2"), headers=headers)

        own = alice.own_exercises.get()
        assert (own.name, own.load_type) == ("Odd lift", "external")
        assert response.status_code == 200
        assert box(response) == self.TEXT
        assert "Ready to save" in page(response)
        assert 'id="log-form"' in page(response)
        assert not Workout.objects.exists()

    def test_is_offered_on_the_line(self, alices_client):
        response = post(alices_client, self.TEXT)

        assert response.status_code == 422
        assert '<button class="button button-small button-quiet" name="mine" value="2"' in page(
            response
        )
        assert "Backtrain does not know “Odd lift” yet." in words(response)

    def test_pressed_twice_makes_one(self, alice, alices_client):
        form = filled(self.TEXT, press=None, mine="2")

        alices_client.post(NEW, form)
        response = alices_client.post(NEW, form)

        assert response.status_code == 200
        assert alice.own_exercises.count() == 1

    def test_is_nobody_elses(self, alices_client, charlies_client):
        alices_client.post(NEW, filled(self.TEXT, press=None, mine="2"))

        response = post(charlies_client, self.TEXT)

        assert response.status_code == 422
        assert "Odd lift” yet" in words(response)

    @pytest.mark.parametrize("line", ["", "0", "1", "3", "99", "x", "-1", "2.0", "²", "\x00"])
    def test_of_a_line_that_needs_none_does_nothing(self, alice, alices_client, line):
        response = alices_client.post(NEW, filled(self.TEXT, press=None, mine=line))

        assert response.status_code == 200
        assert not alice.own_exercises.exists()
        assert box(response) == self.TEXT

    def test_of_a_name_that_cannot_be_says_why(self, alice, alices_client):
        response = alices_client.post(NEW, filled("???: 8", press=None, mine="1"))

        assert response.status_code == 422
        assert "A name needs at least one letter or number." in words(response)
        assert box(response) == "???: 8"
        assert not alice.own_exercises.exists()

    @pytest.mark.parametrize(
        ("sets", "load_type"),
        [
            ("60 3x5", "external"),
            ("60 kg 3x5", "external"),
            ("BW+10 x 5", "bodyweight_plus"),
            ("3x45s", "duration"),
            ("+10 kg x 5, 4", "bodyweight_plus"),
            ("-20 kg x 8", "assisted_bodyweight"),
            ("32 kg 2x40m", "weighted_duration"),
            ("5 km 38:00", "distance"),
            ("8, 8, 7", "bodyweight"),
        ],
    )
    def test_is_logged_as_its_line_shows(self, alice, alices_client, sets, load_type):
        text = f"Zercher thing {sets}"
        shown = post(alices_client, text, press="preview").context["reading"].lines[0].sets

        response = alices_client.post(NEW, filled(text, press=None, mine="1"))

        assert alice.own_exercises.get().load_type == load_type
        assert response.context["reading"].lines[0].sets == shown
        assert "Ready to save" in page(response)

    @pytest.mark.parametrize(
        ("sets", "with_weight"),
        [
            ("60 8 8 7", "60 kg x 8, 8, 7"),
            ("60/8 70/7", "60 kg x 8, 70 kg x 7"),
            ("5x110, 3x130", "110 kg x 5, 130 kg x 3"),
            ("15s x 9, 20s x 7", "15 kg x 9, 20 kg x 7"),
        ],
    )
    def test_asks_where_a_number_may_be_a_weight(self, alice, alices_client, sets, with_weight):
        response = alices_client.post(NEW, filled(f"Odd lift {sets}", press=None, mine="1"))

        assert alice.own_exercises.get().load_type == "external"
        assert f"Which is it: {with_weight}" in words(response)
        assert "Ready to save" not in page(response)
        answer = filled(f"Odd lift {sets}", press=None, answer="1:0")
        assert box(alices_client.post(NEW, answer)) == f"Odd lift: {with_weight}"

    @pytest.mark.parametrize("sets", ["3x8", "8 8 7", "20, 15", "100 100", "2x15", "10x10"])
    def test_asks_nothing_where_none_is_likely(self, alice, alices_client, sets):
        response = alices_client.post(NEW, filled(f"Odd lift {sets}", press=None, mine="1"))

        assert alice.own_exercises.get().load_type == "bodyweight"
        assert "Ready to save" in page(response)

    def test_takes_all_its_lines_together(self, alice, alices_client):
        text = "Odd lift: 8, 8\nPull-up: 8\nOdd lift: +10 kg x 5"

        response = alices_client.post(NEW, filled(text, press=None, mine="1"))

        assert alice.own_exercises.get().load_type == "bodyweight_plus"
        assert "Ready to save" in page(response)

    def test_of_sets_of_several_kinds_says_why(self, alice, alices_client):
        text = "Odd lift: 60 kg x 5\nOdd lift: +10 kg x 5"

        response = alices_client.post(NEW, filled(text, press=None, mine="2"))

        assert response.status_code == 422
        assert "give the others a name of their own" in words(response)
        assert box(response) == text
        assert not alice.own_exercises.exists()

    def test_leaves_a_weight_in_brackets_to_the_sets(self, alice, alices_client):
        text = "Odd lift (16 kg): 3x9"

        response = alices_client.post(NEW, filled(text, press=None, mine="1"))

        assert alice.own_exercises.get().name == "Odd lift"
        assert "16 kg x 9, 9, 9" in words(response)

    def test_in_an_edit_keeps_the_edit(self, alice, alices_client):
        workout = log(alice, TEXT)

        response = alices_client.post(
            edit(workout), filled(self.TEXT, press=None, mine="2", revision="1")
        )

        assert "Edit workout" in words(response)
        assert "Ready to save" in words(response)
        assert value(response, "revision") == "1"


class TestAnswers:
    TEXT = "Dumbbell row 3x5\n> heavy\nPull-up 3x8\nBent-over barbell row 3x10\nRow 5x110"

    @pytest.mark.parametrize("headers", [{}, WHOLE_FORM])
    def test_write_the_line_and_all_that_are_alike(self, alices_client, headers):
        shown = page(post(alices_client, self.TEXT))
        assert "Which is it: 3 kg x 5; or 3 sets of 5?" in shown
        assert "2 lines alike" in shown

        form = filled(self.TEXT, press=None, answer="1:1")
        response = alices_client.post(NEW, form, headers=headers)

        assert response.status_code == 200
        assert box(response) == (
            "Dumbbell row: 3 sets of 5\n> heavy\nPull-up 3x8\nBent-over barbell row: 3 sets of 10\n"
            "Row 5x110"
        )

    def test_may_keep_a_line_as_a_note(self, alices_client):
        form = filled("Pull-up: 8\nwhat a day it was, 20 degrees", press=None, answer="2:note")

        response = alices_client.post(NEW, form)

        assert box(response) == "Pull-up: 8\n> what a day it was, 20 degrees"
        assert "Ready to save" in page(response)

    @pytest.mark.parametrize("chosen", ["1:9", "9:0", "1", "", "1:x", "3:note", "2:0"])
    def test_to_nothing_that_was_asked_change_nothing(self, alices_client, chosen):
        form = filled("Dumbbell row 3x5\nPull-up: 8", press=None, answer=chosen)

        assert box(alices_client.post(NEW, form)) == "Dumbbell row 3x5\nPull-up: 8"

    def test_are_for_an_exercise_over_several_lines_too(self, alices_client):
        form = filled("Pull-up 8\nDumbbell row\n- 4x9\nPlank 60 s", press=None, answer="3:1")

        assert box(alices_client.post(NEW, form)) == (
            "Pull-up 8\nDumbbell row: 4 sets of 9\nPlank 60 s"
        )

    def test_of_days_are_given_once(self, alices_client):
        text = "3/4/2025\nPull-up 8\n\n5/4/2025 Pull\nPull-up 7"

        response = alices_client.post(NEW, filled(text, press=None, answer="1:0"))

        assert box(response) == "2025-04-03\nPull-up 8\n\n2025-04-05 Pull\nPull-up 7"

    TABLES = (
        ("Exercise,Sets,Reps,Weight\nDumbbell row,,3x8,\nPlank,,,", "Dumbbell row,,3 sets of 8,"),
        ("| Exercise | Sets |\n| Dumbbell row | 3x8 |", "| Dumbbell row | 3 sets of 8 |"),
        ("Exercise\tSet 1\tSet 2\nDumbbell row\t3x8\t", "Dumbbell row\t3 sets of 8\t"),
        ("Exercise;Set 1;Set 2\nDumbbell row;3x8;3x9", "Dumbbell row;8, 8, 8, 9, 9, 9;"),
        ("Exercise,Set 1,Set 2\nDumbbell row,3x8,3x9", 'Dumbbell row,"8, 8, 8, 9, 9, 9",'),
    )

    @pytest.mark.parametrize(("text", "row"), TABLES)
    def test_in_a_table_are_written_there(self, alices_client, text, row):
        response = alices_client.post(NEW, filled(text, press=None, answer="2:1"))

        lines = text.split("\n")
        assert box(response) == "\n".join([lines[0], row, *lines[2:]])
        assert "Which is it" not in page(response)

    def test_without_a_head_in_a_table_are_left_to_the_athlete(self, alices_client):
        text = "| Dumbbell row | 3x8 |\n| Plank | 60 s |"

        response = alices_client.post(NEW, filled(text, press=None, answer="1:note"))

        assert box(response) == text
        assert "Put it right where it stands" in words(response)
        assert 'name="answer"' not in page(response)

    @pytest.mark.parametrize(
        ("answer", "body"), [("1:1", "Dumbbell row: 3 sets of 8"), ("1:note", "> Dumbbell row 3x8")]
    )
    def test_in_a_chat_keep_who_wrote_it_and_when(self, alices_client, answer, body):
        text = "[12/11/2026, 18:42] Alice: Dumbbell row 3x8\n[13/11/2026, 18:50] Alice: Plank 60 s"

        response = alices_client.post(NEW, filled(text, press=None, answer=answer))

        assert box(response).split("\n")[0] == f"[12/11/2026, 18:42] Alice: {body}"
        assert "Thu 12 Nov 2026" in words(response)

    def test_of_several_lines_are_written_as_such(self, alices_client):
        text = "EMOM 10: 5 pull-ups"

        response = alices_client.post(NEW, filled(text, press=None, answer="1:0"))

        assert box(response) == "pull-ups: 10 x 5\n> EMOM 10"

    def test_about_a_date_are_no_note(self, alices_client):
        """Its lines would be of the day above."""
        text = "2026-11-01\nPlank 60 s\n31.2.2026\nPlank 50 s"

        response = alices_client.post(NEW, filled(text, press=None, answer="3:note"))

        assert box(response) == text
        assert "Keep it as a note" not in words(response)


class TestIMeant:
    TEXT = "Plank: 60 s\nbarbell rwo: 60 kg x 8\n> heavy"

    @pytest.mark.parametrize("headers", [{}, WHOLE_FORM])
    def test_writes_the_name_into_the_text(self, alices_client, headers):
        exercise = Exercise.objects.get(name="Bent-over barbell row")
        form = filled(self.TEXT, press=None, replace=f"2:{exercise.slug}")

        response = alices_client.post(NEW, form, headers=headers)

        assert response.status_code == 200
        assert box(response) == "Plank: 60 s\nBent-over barbell row: 60 kg x 8\n> heavy"
        assert "Ready to save" in page(response)

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Bent rwo 45 3x6", "Bent-over barbell row: 45 kg x 6, 6, 6"),
            ("Bent rwo (16 kg): 3x9", "Bent-over barbell row: 16 kg x 9, 9, 9"),
            ("Bent rwo 45kg 3x6", "Bent-over barbell row: 45 kg x 6, 6, 6"),
            ("bent rwo: 3x6 @ 45,5kg", "Bent-over barbell row: 45.5 kg x 6, 6, 6"),
            ("b2 bent rwo 45x6 w, 50x6", "B1 Bent-over barbell row: 45 kg x 6 w, 50 kg x 6"),
        ],
    )
    def test_keeps_the_sets_as_typed_and_reads_them_anew(self, alices_client, typed, meant):
        slug = Exercise.objects.get(name="Bent-over barbell row").slug
        form = filled(typed, press=None, replace=f"1:{slug}")

        response = alices_client.post(NEW, form)

        text = box(response)
        assert text == re.sub("[Bb]ent rwo", "Bent-over barbell row", typed)
        assert post(alices_client, text).status_code == 302
        assert stored().text.splitlines()[1:] == [meant]

    def test_is_first_what_the_athlete_logs(self, alice, charlie, alices_client):
        log(alice, "Dumbbell row: 20 kg x 8")
        log(charlie, "Bent-over barbell row: 60 kg x 8\nBent-over barbell row: 60 kg x 8")

        asked = page(post(alices_client, "helms row 20x8"))

        offered = re.findall(r'name="replace" value="1:([^"]*)"', asked)
        names = ["Dumbbell row", "Bent-over barbell row"]
        assert offered == [Exercise.objects.get(name=name).slug for name in names]

    def test_keeps_what_is_added_to_the_body(self, alices_client):
        slug = Exercise.objects.get(name="Weighted pull-up").slug
        form = filled("weighted pul-upp BW+10 x 5", press=None, replace=f"1:{slug}")

        response = alices_client.post(NEW, form)

        assert box(response) == "Weighted pull-up BW+10 x 5"
        assert response.context["reading"].lines[0].sets == "+10 kg x 5"

    @pytest.mark.parametrize(
        "text",
        [
            "**Bent rwo:**\n* 60kg x 8\n* 62.5kg x 8 - slow",
            "- [x] __Bent   rwo__: 60x8",
            "* Bent rwo (slow) 60x8",
            "| Exercise | 1 | 2 |\n|---|---|---|\n| Bent rwo | 60x8 | 62.5x8 |",
            "3 sets of 8 bent rwos 60kg",
        ],
    )
    def test_changes_the_name_in_whatever_stands_around_it(self, alices_client, text):
        slug = Exercise.objects.get(name="Bent-over barbell row").slug
        asked = page(post(alices_client, text, press="preview"))
        [choice] = re.findall(rf'name="replace" value="([0-9]+:{slug})"', asked)

        response = alices_client.post(NEW, filled(text, press=None, replace=choice))

        name = "Bent-over barbell row"
        assert box(response) == re.sub("[Bb]ent +rwos?", name, text)
        assert "Ready to save" in page(response)

    def test_marks_a_line_whose_sets_the_exercise_cannot_have(self, alices_client):
        slug = Exercise.objects.get(name="Pull-up").slug
        form = filled("pul-upp 10 kg x 5", press=None, replace=f"1:{slug}")

        response = alices_client.post(NEW, form)

        assert box(response) == "Pull-up 10 kg x 5"
        assert "This exercise is logged without weight" in words(response)

    def test_answers_all_lines_with_the_name(self, alices_client):
        slug = Exercise.objects.get(name="Bent-over barbell row").slug
        text = "barbell rwo 60x8\nPlank 60 s\nBarbell rwos: 50x10\nbarbell rwo 40 kg 12"

        asked = post(alices_client, text)
        response = alices_client.post(NEW, filled(text, press=None, replace=f"1:{slug}"))

        assert page(asked).count('name="replace"') == page(asked).count('name="replace" value="1:')
        assert "Bent-over barbell row 3 lines" in words(asked)
        assert words(asked).count("As for line 1") == 2
        name = "Bent-over barbell row"
        assert box(response) == (f"{name} 60x8\nPlank 60 s\n{name}: 50x10\n{name} 40 kg 12")

    def test_is_offered_for_the_nearest(self, alices_client):
        exercise = Exercise.objects.get(name="Bent-over barbell row")

        response = post(alices_client, self.TEXT)

        assert f'name="replace" value="2:{exercise.slug}"' in page(response)

    @pytest.mark.parametrize(
        "choice", ["2", "2:", "2:no-such", "9:{slug}", "1:{slug}", ":", "\x00"]
    )
    def test_of_something_that_was_not_offered_does_nothing(self, alices_client, choice):
        slug = Exercise.objects.get(name="Bent-over barbell row").slug
        form = filled(self.TEXT, press=None, replace=choice.format(slug=slug))

        response = alices_client.post(NEW, form)

        assert response.status_code == 200
        assert box(response) == self.TEXT

    def test_never_writes_more_than_the_box_takes(self, alices_client):
        slug = Exercise.objects.get(name="Bent-over barbell row").slug
        head = "barbell rwo: 60 kg x 8\n"
        text = head + "\n".join(["> " + "x" * 4_000] * 50)
        text = text[:199_999]
        form = filled(text, press=None, replace=f"1:{slug}")

        response = alices_client.post(NEW, form)

        assert response.status_code == 422
        assert box(response).startswith("Bent-over barbell row: 60 kg x 8\n> xxx")
        assert "at most 200000 characters" in words(response)


class TestRecent:
    def test_exercises_are_buttons_newest_first(self, alice, alices_client):
        log(alice, "Plank: 60 s\nPull-up: 8", on=date(2026, 11, 19))
        log(alice, "Bent-over barbell row: 60 kg x 8\nPull-up: 8", on=date(2026, 11, 20))

        names = re.findall(r'name="add" value="([^"]+)"', page(alices_client.get(NEW)))

        assert names == ["Bent-over barbell row", "Pull-up", "Plank"]

    def test_are_in_the_words_of_the_reader_where_these_are_known(
        self, alice, alices_client, catalogue
    ):
        texts = {"bodyweight": "Klimmzug", "external": "Langhantelrudern"}
        for load_type, name in texts.items():
            exercise = catalogue[load_type]
            Exercise.objects.filter(pk=exercise.pk).update(translations={"de": {"name": name}})
        AliasFactory(exercise=catalogue["bodyweight"], name="Klimmzug")
        log(alice, "Bent-over barbell row: 60 kg x 8\nPull-up: 8")

        german = page(alices_client.get(NEW, headers={"Accept-Language": "de"}))

        assert re.findall(r'name="add" value="([^"]+)"', german) == [
            "Bent-over barbell row",
            "Klimmzug",
        ]

    def test_of_one_who_is_new_or_edits_are_none(self, alice, alices_client, charlies_client):
        workout = log(alice, "Pull-up: 8")

        assert 'name="add"' not in page(charlies_client.get(NEW))
        assert 'name="add"' not in page(alices_client.get(edit(workout)))

    @pytest.mark.parametrize(
        ("text", "added"),
        [
            ("", "Pull-up: "),
            ("Plank: 60 s\n\n", "Plank: 60 s\nPull-up: "),
            ("Plank: 60 s", "Plank: 60 s\nPull-up: "),
        ],
    )
    def test_one_becomes_a_line(self, alice, alices_client, text, added):
        log(alice, "Pull-up: 8")

        response = alices_client.post(NEW, filled(text, press=None, add="Pull-up"))

        assert box(response) == added
        assert 'name="add" value="Pull-up"' in page(response)
        assert alice.athlete.workouts.count() == 1

    @pytest.mark.parametrize("name", ["", "x" * 500, "two\nlines", "\x00", "🏋️"])
    def test_whatever_is_sent_is_one_line(self, alices_client, name):
        response = alices_client.post(NEW, filled("Plank: 60 s", press=None, add=name))

        assert response.status_code in (200, 422)
        assert box(response).count("\n") <= 1


class TestState:
    def test_stands_beside_the_buttons_with_a_way_to_the_line(self, alices_client):
        text = "Pull-up: 8\nPull-up: a few\nzzyzx 8"

        response = alices_client.post(NEW, filled(text, press="preview"))

        assert re.search(r'href="#line-2">1 read, 2 to answer</a>', page(response))
        assert re.search(r'<li class="preview-line is-problem" id="line-2"', page(response))
        assert 'data-read="1 read" data-marked="2 3"' in page(response)

    def test_comes_with_the_preview_alone(self, alices_client):
        response = alices_client.post(NEW, filled("Pull-up: 8", press="preview"), headers=PREVIEW)

        assert "1 exercise, 1 set" in words(response)
        assert 'data-save="Save workout"' in page(response)
        assert "data-state" not in page(response)

    def test_of_many_days_says_how_many_are_saved(self, alices_client):
        text = "2026-11-20\nPull-up: 8\n2026-11-21\nPull-up: 7, 7"

        response = alices_client.post(NEW, filled(text, press="preview"))

        assert ">2 days, 3 sets</a>" in page(response)
        assert "Save 2 workouts" in words(response)


class TestLastTimesSets:
    def test_is_beside_each_line(self, alice, alices_client):
        log(alice, "Bent-over barbell row: 40 kg x 8 w, 60 kg x 8, 8, 7 @8", on=date(2025, 12, 1))
        log(alice, "Pull-up: 8, 8, 6", on=date(2026, 11, 20))
        text = "Pull-up: 9\nPlank: 60 s\nBent-over barbell row: 60 kg x 8"

        said = words(alices_client.post(NEW, filled(text, press="preview")))

        assert "Pull-up 9 last time 8, 8, 6 · 20 Nov Plank 60 s Bent-over" in said
        assert "60 kg x 8 last time 60 kg × 8, 8, 7 @8 · 1 Dec 2025" in said

    def test_is_not_what_came_after_that_day(self, alice, alices_client):
        log(alice, "Pull-up: 8, 8, 6", on=date(2026, 11, 20))

        said = words(alices_client.post(NEW, filled("Pull-up: 9", day="2026-11-19")))
        header = words(alices_client.post(NEW, filled("2026-11-18\nPull-up: 9", press="preview")))

        assert "last time" not in said + header

    def test_is_not_the_workout_that_is_edited(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8, 8, 6", on=date(2026, 11, 20))

        assert "last time" not in words(alices_client.get(edit(workout)))

    def test_is_on_no_page_of_many_days(self, alice, alices_client):
        log(alice, "Pull-up: 8, 8, 6", on=date(2026, 11, 1))
        text = "2026-11-20\nPull-up: 8\n2026-11-21\nPull-up: 7"

        assert "last time" not in words(alices_client.post(NEW, filled(text, press="preview")))

    def test_is_nobody_elses(self, charlie, alices_client):
        log(charlie, "Pull-up: 8, 8, 6", on=date(2026, 11, 20))

        said = words(alices_client.post(NEW, filled("Pull-up: 9", press="preview")))

        assert "last time" not in said


class TestManyDays:
    TEXT = (
        "# My log\n2026-11-20 18:00 Push\nPull-up 8 8\n\n2026-11-21\n"
        "Bent-over barbell row\n- 60x8\n- 70x7 - slow\n\n2026-11-22\nRest day."
    )

    def test_are_listed_with_their_lines_and_sets(self, alices_client):
        response = alices_client.post(NEW, filled(self.TEXT, press="preview"))

        said = words(response)
        assert "3 days" in said
        assert "Fri 20 Nov 2026 · Push 18:00, 1 exercise, 2 sets # My log Pull-up 2 x 8" in said
        assert "Sat 21 Nov 2026 1 exercise, 2 sets" in said
        assert "60 kg x 8, 70 kg x 7 slow" in said
        assert "so its notes aren’t saved" in said
        assert "2 workouts. Ready to save." in said

    def test_are_saved_at_once_and_only_once(self, alice, alices_client):
        form = filled(self.TEXT)

        first = alices_client.post(NEW, form, follow=True)
        again = alices_client.post(NEW, form, follow=True)

        assert first.redirect_chain == [(f"/workouts/?saved={form['id']}", 302)]
        assert "2 workouts saved." in words(first)
        assert "0 workouts saved; 2 days were there already." in words(again)
        assert [(one.day.day, one.title) for one in alice.athlete.workouts.order_by("day")] == [
            (20, "Push"),
            (21, ""),
        ]

    def test_that_are_logged_already_are_said_so(self, alice, alices_client):
        log(alice, "Pull-up: 8, 8", on=date(2026, 11, 20))

        response = alices_client.post(NEW, filled(self.TEXT, press="preview"))

        assert words(response).count("Logged already") == 1
        assert "It will be left out." in words(response)

    def test_that_are_logged_already_are_saved_where_that_is_wanted(self, alice, alices_client):
        log(alice, "Pull-up: 8, 8", on=date(2026, 11, 20))
        wanted = {"anyway 2026-11-20 1": "on"}

        asked = alices_client.post(NEW, filled(self.TEXT, press="preview"))
        seen = alices_client.post(NEW, filled(self.TEXT, press="preview", **wanted))
        form = filled(self.TEXT, **wanted)
        saved = alices_client.post(NEW, form, follow=True)
        again = alices_client.post(NEW, form, follow=True)

        assert "Save it anyway , Fri 20 Nov 2026" in words(asked)
        assert "1 workout. Ready to save." in words(asked)
        assert "It will be left out." not in words(seen)
        assert re.search(r'name="anyway 2026-11-20 1" checked', page(seen))
        assert "2 workouts. Ready to save." in words(seen)
        assert "2 workouts saved." in words(saved)
        assert "0 workouts saved; 2 days were there already." in words(again)
        assert alice.athlete.workouts.count() == 3

    def test_wanted_anyway_stay_so_through_an_answer(self, alice, alices_client):
        log(alice, "Pull-up: 8, 8", on=date(2026, 11, 20))
        text = self.TEXT.replace("- 60x8\n- 70x7 - slow", "3x8")
        form = filled(text, press=None, answer="7:0", **{"anyway 2026-11-20 1": "on"})

        answered = alices_client.post(NEW, form)

        assert box(answered) != text
        assert 'name="anyway 2026-11-20 1" checked' in page(answered)

    def test_that_are_all_logged_already_are_said_so(self, alice, alices_client):
        alices_client.post(NEW, filled(self.TEXT))

        response = alices_client.post(NEW, filled(self.TEXT, press="preview"))

        assert "All of these days are in your history already." in words(response)

    def test_without_an_exercise_say_what_becomes_of_their_notes(self, alices_client):
        text = "2026-11-20\nPull-up: 8\n\n2026-11-21\n> slept badly\n\n2026-11-22\n"

        said = words(alices_client.post(NEW, filled(text, press="preview")))

        assert "so its notes aren’t saved. To keep them, write them under a day" in said
        assert said.count("Nothing was trained on this day, so nothing is saved of it.") == 1

    def test_are_not_saved_while_a_line_is_to_be_answered(self, alice, alices_client):
        text = self.TEXT.replace("Pull-up 8 8", "Bent-over barbell row 3x8\npulup 8")

        response = alices_client.post(NEW, filled(text))

        assert response.status_code == 422
        assert "2 lines to answer" in words(response)
        assert "2 lines need another look" in words(response)
        assert not alice.athlete.workouts.exists()

    def test_name_an_unknown_exercise_once(self, alices_client):
        text = "2026-11-20\npulup 8\n2026-11-21\npulup 7"
        slug = Exercise.objects.get(name="Pull-up").slug

        response = alices_client.post(NEW, filled(text, press=None, replace=f"2:{slug}"))

        assert box(response) == "2026-11-20\nPull-up 8\n2026-11-21\nPull-up 7"

    def test_of_an_edited_workout_stay_one(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")

        response = post(alices_client, self.TEXT, to=edit(workout), revision="1")

        assert response.status_code == 422
        assert "One workout at a time" in words(response)


class TestEditing:
    def test_opens_with_the_text(self, alice, alices_client):
        workout = log(alice, TEXT)

        response = alices_client.get(edit(workout))

        assert box(response) == f"2026-11-22 18:30\n{TEXT}"
        assert value(response, "revision") == "1"
        assert "Ready to save" in page(response)

    def test_saves_the_changes(self, alice, alices_client):
        workout = log(alice, TEXT)

        response = post(
            alices_client, "2026-11-21 07:00\nPull-up: 9", to=edit(workout), revision="1"
        )

        assert response.url == workout.get_absolute_url()
        assert stored().text == "2026-11-21 07:00\nPull-up: 9"
        assert stored().revision == 2
        assert [str(message) for message in get_messages(response.wsgi_request)] == [
            "Changes saved."
        ]

    def test_cannot_move_the_workout_to_another_key(self, alice, alices_client):
        workout = log(alice, TEXT)

        post(alices_client, "Pull-up: 9", to=edit(workout), revision="1", id=str(uuid4()))

        assert Workout.objects.get() == workout

    def test_keeps_day_and_time_when_the_header_is_deleted(self, alice, alices_client):
        workout = log(alice, "2026-11-01 06:05 Early\nPull-up: 8")
        form = alices_client.get(edit(workout))
        posted = {name: value(form, name) for name in ("id", "revision", "day", "time")}

        alices_client.post(edit(workout), {**posted, "text": "Pull-up: 9", "save": "1"})

        assert stored().text == "2026-11-01 06:05\nPull-up: 9"

    def test_keeps_an_exercise_that_has_left_the_catalogue(self, alice, alices_client, catalogue):
        workout = log(alice, "Pull-up: 8")
        Exercise.objects.filter(name="Pull-up").update(status="draft")

        response = post(alices_client, "Pull-up: 9", to=edit(workout), revision="1")

        assert response.status_code == 302
        assert stored().text.endswith("Pull-up: 9")

    def test_reads_names_as_the_workout_has_them(self, alice, alices_client, catalogue):
        """An exercise of her own with the same name came later."""
        workout = log(alice, "Pull-up: 8")
        ExerciseFactory.create(owner=alice, name="Pull-up", slug="pull-up-2", load_type="duration")

        post(alices_client, "Pull-up: 9", to=edit(workout), revision="1")

        assert stored().entries.get().exercise == catalogue["bodyweight"]

    def test_shows_the_time_in_the_workouts_own_zone(self, alice, alices_client):
        alice.athlete.time_zone = "Asia/Tokyo"
        workout = log(alice, TEXT, at=time(7, 0))

        response = alices_client.get(edit(workout))

        assert box(response).startswith("2026-11-22 07:00")
        assert '<option value="Asia/Tokyo" selected>' in page(response)

    def test_opens_a_text_that_has_grown_too_long(self, alice, alices_client):
        """An editor gave the exercise a longer name; the text is shown, and why it can't stay."""
        notes = "\n".join(["> " + "x" * 4_970, "Pull-up: 8"])
        workout = log(alice, "\n".join(["Pull-up: 8", *[notes] * 4]))
        Exercise.objects.filter(name="Pull-up").update(name="Pull-up with quite a long name")

        response = alices_client.get(edit(workout))

        assert response.status_code == 200
        assert "at most 20000 characters" in words(response)
        assert "Pull-up with quite a long name: 8" in box(response)

    def test_again_takes_the_longest_text_that_a_browser_sends(self, alice, alices_client):
        lines = ["> " + "x" * 900, "Pull-up: 8"] * 21
        workout = log(alice, "\n".join(lines[1:]))
        text = box(alices_client.get(edit(workout))).replace("\n", "\r\n")
        room = 20_000 - len(text.replace("\r\n", "\n"))
        text = text + "\r\n> " + "y" * (room - 3)

        response = post(alices_client, text, to=edit(workout), revision="1")

        assert len(text) > 20_000
        assert response.status_code == 302


class TestTwoTabs:
    @pytest.fixture
    def workout(self, alice) -> Workout:
        """Opened in two tabs at revision 1; the first one has saved."""
        workout = log(alice, "Pull-up: 1")
        signed_in(alice).post(edit(workout), filled("Pull-up: 2", revision="1"))
        return workout

    def test_the_second_sees_both_texts(self, alices_client, workout):
        response = post(alices_client, "Pull-up: 3\n> <mine>", to=edit(workout), revision="1")

        assert response.status_code == 409
        assert box(response) == "Pull-up: 3\n> <mine>"
        assert "2026-11-22 18:30 Pull-up: 2" in words(response)
        assert stored().text.endswith("Pull-up: 2")

    def test_saving_again_from_there_works(self, alices_client, workout):
        conflict = post(alices_client, "Pull-up: 3", to=edit(workout), revision="1")

        form = filled(box(conflict), revision=value(conflict, "revision"))
        response = alices_client.post(edit(workout), form)

        assert response.status_code == 302
        assert stored().text.endswith("Pull-up: 3")
        assert stored().revision == 3

    def test_saving_again_conflicts_if_there_was_yet_another(self, alice, alices_client, workout):
        conflict = post(alices_client, "Pull-up: 3", to=edit(workout), revision="1")
        signed_in(alice).post(edit(workout), filled("Pull-up: 4", revision="2"))

        form = filled(box(conflict), revision=value(conflict, "revision"))
        response = alices_client.post(edit(workout), form)

        assert response.status_code == 409
        assert "Pull-up: 4" in words(response)

    def test_the_same_change_twice_is_no_conflict(self, alices_client, workout):
        response = post(alices_client, "Pull-up: 2", to=edit(workout), revision="1")

        assert response.status_code == 302
        assert stored().revision == 2

    def test_a_new_workout_changed_after_it_was_saved_conflicts_too(self, alices_client):
        form = filled("Pull-up: 1", notes="slept badly")
        alices_client.post(NEW, form)

        conflict = alices_client.post(NEW, {**form, "text": "Pull-up: 2"})

        assert conflict.status_code == 409
        assert box(conflict) == "Pull-up: 2"
        assert f'action="{edit(stored())}"' in page(conflict)
        assert "slept badly" in page(conflict)
        assert Workout.objects.count() == 1

    def test_a_preview_from_there_keeps_day_time_and_notes(self, alices_client):
        form = filled("Pull-up: 1", notes="slept badly", day="2026-11-20", time="06:05")
        alices_client.post(NEW, form)
        again = {**form, "text": "Pull-up: 2", "notes": "slept well"}
        conflict = alices_client.post(NEW, again)
        del again["save"]

        preview = alices_client.post(
            edit(stored()), {**again, "revision": value(conflict, "revision"), "preview": "1"}
        )

        assert box(preview) == "Pull-up: 2"
        assert value(preview, "day") == "2026-11-20"
        assert value(preview, "time") == "06:05"
        assert "slept well</textarea>" in page(preview)


class TestCopying:
    def test_opens_the_text_for_today_under_a_new_key(self, alice, alices_client):
        workout = log(alice, "2026-11-01 06:05\n> sore, 65 min\nPull-up: 8\n> slow")

        response = alices_client.get(f"{workout.get_absolute_url()}copy/?view=text")

        assert box(response) == "Pull-up: 8\n> slow"
        assert value(response, "day") == "2026-11-22"
        assert UUID(value(response, "id")) != workout.pk
        assert 'action="/workouts/new/"' in page(response)
        assert "From Sun 1 Nov." in words(response)
        assert "Ready to save" in page(response)

    def test_keeps_the_title(self, alice, alices_client):
        workout = log(alice, "2026-11-01 06:05 Back day\nPull-up: 8")

        response = alices_client.get(f"{workout.get_absolute_url()}copy/?view=text")

        assert box(response) == "2026-11-22 20:00 Back day\nPull-up: 8"

    def test_saves_nothing_by_itself(self, alice, alices_client):
        workout = log(alice, TEXT)

        alices_client.get(f"{workout.get_absolute_url()}copy/?view=text")

        assert Workout.objects.get() == workout

    def test_asks_about_an_exercise_that_is_archived_before_it_is_saved(
        self, alice, alices_client, catalogue
    ):
        workout = log(alice, "Pull-up: 8\nPlank: 60 s")
        catalogue["bodyweight"].status = "archived"
        catalogue["bodyweight"].save()

        shown = page(alices_client.get(f"{workout.get_absolute_url()}copy/?view=text"))

        assert "Backtrain does not know “Pull-up” yet." in shown
        assert 'name="replace"' in shown
        assert "Ready to save" not in shown

    def test_reads_a_renamed_exercise_by_its_new_name(self, alice, alices_client, catalogue):
        workout = log(alice, "Pull-up: 8")
        catalogue["bodyweight"].name = "Strict pull-up"
        catalogue["bodyweight"].save()

        shown = page(alices_client.get(f"{workout.get_absolute_url()}copy/?view=text"))

        assert "Strict pull-up: 8" in shown
        assert "Ready to save" in shown


class TestDeletedWorkouts:
    @pytest.mark.parametrize("page", ["", "edit/", "copy/", "delete/"])
    def test_cannot_be_opened(self, alice, alices_client, page):
        workout = log(alice, TEXT)
        delete_workout(athlete=alice.athlete, key=workout.pk, at=datetime.now(UTC))

        assert alices_client.get(f"{workout.get_absolute_url()}{page}").status_code == 404


class TestForgery:
    def test_is_refused(self, alice):
        client = Client(enforce_csrf_checks=True)
        client.force_login(alice)

        assert client.post(NEW, filled(TEXT)).status_code == 403
        assert not Workout.objects.exists()


@pytest.mark.usefixtures("editors_again")
@pytest.mark.django_db(transaction=True)
def test_an_exercise_that_went_while_it_was_saved_is_asked_about(alice, alices_client, monkeypatch):
    own = make_own_exercise(owner=alice, name="Odd lift")

    def in_between(**named):
        remove_own_exercise(owner=alice, exercise=own)
        return draft_taken(**named)

    monkeypatch.setattr(views_saving, "draft_taken", in_between)
    response = alices_client.post(NEW, filled("Odd lift: 8, 8"))

    assert response.status_code == 409
    assert box(response) == "Odd lift: 8, 8"
    assert "No exercise goes by this name." in page(response)
    assert not Workout.objects.exists()


class TestInGerman:
    @pytest.fixture(autouse=True)
    def german(self, alices_client):
        alices_client.cookies["django_language"] = "de"

    def test_asks_and_answers_in_german(self, alices_client):
        response = post(alices_client, "Pull-up: a few\nzzyzx 8", press="preview")

        said = words(response)
        assert "„a“ passt hier nicht. Sätze sehen so aus: 60 kg x 8, 8, 7;" in said
        assert "„zzyzx“ kennt Backtrain noch nicht." in said
        assert "0 gelesen, 2 zu klären" in said
        assert "doesn’t fit here" not in said

    def test_asks_which_it_is_with_the_text_as_it_will_be_saved(self, alices_client):
        response = post(alices_client, "Bent-over barbell row: 60 8 3", press="preview")

        assert re.search(r"Was stimmt: 60 kg x [^?]*; oder [^?]*\?", words(response))

    def test_says_what_is_wrong_with_the_day(self, alices_client):
        response = post(alices_client, "2027-01-01 18:00\nPull-up: 8", press="preview")

        assert "2027-01-01 liegt noch in der Zukunft: In der Zeitzone" in words(response)

    def test_keeps_the_text_in_the_words_of_the_grammar(self, alice, alices_client):
        post(alices_client, "Pull-up: 8 w, 6 L @8.5", press="save")

        assert stored().as_text().entries[0].name == "Pull-up"
        assert stored().text.endswith("Pull-up: 8 w, 6 L @8.5")

    def test_leads_to_the_plates_of_a_weight_with_a_point(self, alices_client, catalogue):
        catalogue["external"].equipment.add(EquipmentFactory.create(slug="barbell"))

        response = post(alices_client, "Bent-over barbell row: 62.5 kg x 8", press="preview")

        assert "?weight=62.5&amp;unit=kg&amp;" in page(response)
        assert "Scheiben und Aufwärmen für 62,5 kg" in words(response)
