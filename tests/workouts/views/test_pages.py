"""History, one workout, deleting, progress and settings."""

import re
from datetime import UTC, date, datetime
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exercises.models import Exercise
from tests.factories import EquipmentFactory, MuscleFactory, TargetFactory, log
from tests.markup import on_one_line


class TestHistory:
    def test_teaches_while_it_is_empty(self, alices_client):
        assertContains(alices_client.get("/workouts/"), "Log your first workout")

    def test_is_by_month_and_newest_first(self, alice, alices_client, pull_up):
        log(alice, "2026-10-31 18:00 Halloween\nPull-up: 8")
        log(alice, "2026-11-01 18:00 All Saints\nPull-up: 8, 8")

        page = alices_client.get("/workouts/").content.decode().partition("calendar-legend")[2]

        places = [page.index(text) for text in ("November", "All Saints", "October", "Hallow")]
        assert places == sorted(places)

    def test_the_day_is_the_athletes_own(self, alice, alices_client, pull_up):
        alice.athlete.time_zone = "Pacific/Auckland"
        alice.athlete.save()
        log(alice, "2026-11-01 00:30 After midnight\nPull-up: 8")

        page = alices_client.get("/workouts/")

        assertContains(page, "November 2026")
        assertNotContains(page, "October 2026")

    @pytest.mark.parametrize("number", ["2", "9999999999", "9" * 5000, "-1", "x", "%00"])
    def test_any_page_number_shows_a_page(self, alice, alices_client, pull_up, number):
        for day in range(1, 32):
            log(alice, f"2026-10-{day:02} 18:00\nPull-up: 8")

        assert alices_client.get(f"/workouts/?page={number}").status_code == 200

    @pytest.mark.parametrize("value", ["x", "%00", "1", "9" * 100])
    def test_a_bad_deleted_key_is_ignored(self, alices_client, value):
        assert alices_client.get(f"/workouts/?deleted={value}").status_code == 200


class TestWorkout:
    def test_shows_sets_kinds_sides_and_notes(self, alice, alices_client, row):
        workout = log(
            alice,
            "2026-11-22 18:30 Rows\n> good one, 40 min\n"
            "Bent-over barbell row: 40 kg x 10 w, 60 kg x 8 L, 60 kg x 8 R @9\n> straps",
        )

        page = alices_client.get(workout.get_absolute_url())

        for text in (
            "40 kg</td>",
            "× 10</td>",
            "warm-up",
            "left",
            "right, RPE 9",
            "40 min",
            "good one",
            "straps",
        ):
            assertContains(page, text)
        assertContains(page, "Bent-over barbell row: 40 kg x 10 w, 60 kg x 8 L, 60 kg x 8 R @9")

    def test_names_records_and_what_is_done_for_the_first_time(self, alice, alices_client, row):
        first = log(alice, "2026-11-01 18:00\nBent-over barbell row: 60 kg x 8")
        better = log(alice, "2026-11-08 18:00\nBent-over barbell row: 70 kg x 8")

        page = alices_client.get(first.get_absolute_url())
        assertContains(page, "First time")
        assertNotContains(page, "Record,")

        page = alices_client.get(better.get_absolute_url())
        assertContains(page, 'Record, heaviest set: <span class="numbers">70 kg × 8</span>')
        assertNotContains(page, "First time")

    def test_shows_what_it_trained(self, alice, alices_client, row):
        TargetFactory(exercise=row, muscle=MuscleFactory(slug="latissimus-dorsi"))
        workout = log(alice, "Bent-over barbell row: 60 kg x 8, 8, 8")

        assertContains(alices_client.get(workout.get_absolute_url()), "Latissimus dorsi: 3 sets")

    def test_leads_to_those_around_it(self, alice, alices_client, charlie, pull_up):
        before, workout, after = (
            log(alice, f"2026-11-0{day} 18:00 Day {day}\nPull-up: 8") for day in (1, 3, 5)
        )
        log(charlie, "2026-11-02 18:00\nPull-up: 8")

        page = alices_client.get(workout.get_absolute_url())

        assertContains(page, f'rel="prev" href="{before.get_absolute_url()}"')
        assertContains(page, f'rel="next" href="{after.get_absolute_url()}"')
        assertContains(page, "Sun 1 Nov 2026 · Day 1")
        assertNotContains(alices_client.get(before.get_absolute_url()), 'rel="prev"')

    @pytest.mark.parametrize(
        "zone", ["America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"]
    )
    def test_shows_the_time_that_was_typed(self, alice, alices_client, pull_up, zone):
        alice.athlete.time_zone = zone
        alice.athlete.save()
        workout = log(alice, "2026-11-20 18:30\nPull-up: 8")

        assertContains(
            alices_client.get(workout.get_absolute_url()),
            f'<time datetime="{workout.start_stamp}">Friday 20 November 2026, 18:30</time>',
        )
        edit = alices_client.get(reverse("workouts:edit", args=[workout.pk]))
        assertContains(edit, 'value="18:30"')
        assertContains(edit, "Fri 20 Nov 2026, 18:30")

    def test_without_exercises_says_so(self, alice, alices_client):
        workout = alice.athlete.workouts.create(
            started_at=datetime(2026, 11, 1, 18, tzinfo=UTC), day=date(2026, 11, 1), time_zone="UTC"
        )

        assertContains(alices_client.get(workout.get_absolute_url()), "No exercises in this")


class TestDelete:
    def test_asks_first_and_offers_to_undo(self, alice, alices_client, pull_up):
        workout = log(alice, "2026-11-22 18:30 Oops\nPull-up: 8")
        address = reverse("workouts:delete", args=[workout.pk])

        assertContains(alices_client.get(address), "Delete this workout?")
        page = alices_client.post(address, follow=True)

        assertContains(page, "Undo")
        assertContains(page, "Nothing logged yet")
        assert alices_client.get(workout.get_absolute_url()).status_code == 404

    def test_undo_brings_everything_back(self, alice, alices_client, pull_up):
        workout = log(alice, "2026-11-22 18:30 Oops\nPull-up: 8, 7")
        text = workout.text
        alices_client.post(reverse("workouts:delete", args=[workout.pk]))

        page = alices_client.post(reverse("workouts:restore", args=[workout.pk]), follow=True)

        assertContains(page, "Oops")
        assert alice.athlete.workouts.live().with_entries().get().text == text

    def test_does_not_count_in_progress(self, alice, alices_client, pull_up):
        workout = log(alice, "Pull-up: 8")

        alices_client.post(reverse("workouts:delete", args=[workout.pk]))

        assertContains(alices_client.get("/progress/exercises/pull-up/"), "No sets of this yet")


LAST_SETS = re.compile(r"<dt><a[^>]*>(.*?)</a></dt>\s*<dd>(.*?)</dd>")


class TestProgress:
    def test_shows_estimates_top_sets_volume_and_records(self, alice, alices_client, row):
        log(alice, "2026-11-01 18:00\nBent-over barbell row: 100 kg x 10 w, 60 kg x 10, 60 kg x 8")
        log(alice, "2026-11-08 18:00\nBent-over barbell row: 70 kg x 5")

        page = alices_client.get("/progress/exercises/bent-over-barbell-row/")

        assertContains(page, "81.7 kg")  # 70 x (1 + 5/30)
        assertContains(page, "80.0 kg")  # 60 x (1 + 10/30); the warm-up does not count
        assertContains(page, "1,080 kg")  # 60 x 18
        assertContains(page, "data-chart>", count=4)  # with reps
        assertContains(page, "Record: est. 1RM, heaviest</span>", count=1)
        assert "2 sessions since 1 November 2026, the last on 8 November 2026." in on_one_line(
            page.content.decode()
        )

    def test_has_the_sets_of_each_session(self, alice, alices_client, row):
        log(alice, "Bent-over barbell row: 40 kg x 10 w, 87.5 kg x 5, 5, 5")

        page = alices_client.get("/progress/exercises/bent-over-barbell-row/")

        assertContains(page, '<td class="session-sets">87.5 kg × 5, 5, 5<span')

    def test_marks_rough_estimates(self, alice, alices_client, row):
        log(alice, "Bent-over barbell row: 60 kg x 12")

        assertContains(alices_client.get("/progress/exercises/bent-over-barbell-row/"), "≈ 84.0 kg")

    def test_shows_pounds_to_those_who_use_them(self, alice, alices_client, row):
        log(alice, "Bent-over barbell row: 100 kg x 1")
        alice.athlete.unit = "lb"
        alice.athlete.save()

        assertContains(alices_client.get("/progress/exercises/bent-over-barbell-row/"), "220.5 lb")

    def test_less_help_is_the_record(self, alice, alices_client):
        Exercise.objects.create(
            name="Assisted pull-up",
            slug="assisted-pull-up",
            load_type="assisted_bodyweight",
            status="published",
        )
        log(alice, "2026-11-01 18:00\nAssisted pull-up: -20 kg x 8")
        log(alice, "2026-11-08 18:00\nAssisted pull-up: -30 kg x 8")

        page = alices_client.get("/progress/exercises/assisted-pull-up/")

        (record,) = page.context["shown"].records
        assert (record.shown, record.day) == ("20 kg help", "1 Nov 2026")

    def test_asks_for_body_weight_where_it_is_missing(self, alice, alices_client, pull_up):
        log(alice, "Pull-up: 8")

        assertContains(
            alices_client.get("/progress/exercises/pull-up/"), "Tell Backtrain your body weight"
        )

    def test_has_the_last_three_sessions_at_hand(self, alice, alices_client, row):
        for day, sets in enumerate(["5, 5", "8", "8, 8", "8, 7 @9"], start=1):
            log(alice, f"2026-11-{day:02} 18:00\nBent-over barbell row: 60 kg x {sets}")
        log(alice, "2026-11-05 18:00\nBent-over barbell row: 40 kg x 10 w, 60 kg x 8, 70 kg x 5, 5")

        panel = alices_client.get("/progress/exercises/bent-over-barbell-row/?part=own-history")

        assertNotContains(panel, "<html")
        assert LAST_SETS.findall(panel.content.decode()) == [
            ("5 Nov 26", "60 kg × 8, 70 kg × 5, 5"),
            ("4 Nov 26", "60 kg × 8, 7 @9"),
            ("3 Nov 26", "60 kg × 8, 8"),
        ]
        assertContains(panel, "5 sessions · best est. 1RM 81.7 kg")

    def test_has_an_entry_of_each_line_at_hand(self, alice, alices_client, pull_up):
        log(alice, "2026-11-01 18:00\nPull-up: 8\nPull-up: 6, 5")

        panel = alices_client.get("/progress/exercises/pull-up/?part=own-history")

        assert LAST_SETS.findall(panel.content.decode()) == [("1 Nov 26", "8, 6, 5")]

    def test_has_a_line_to_write_at_hand_while_it_is_empty(self, alices_client, pull_up):
        panel = alices_client.get("/progress/exercises/pull-up/?part=own-history")

        assertContains(panel, "Pull-up: 8, 8, 6</pre>")

    def test_teaches_while_it_is_empty(self, alices_client, row):
        page = alices_client.get("/progress/exercises/bent-over-barbell-row/")

        assertContains(page, "Bent-over barbell row: 40 kg x 10, 10, 8</pre>")

    def test_of_an_archived_exercise_stays_readable(self, alice, alices_client, pull_up):
        log(alice, "Pull-up: 8")
        Exercise.objects.update(status="archived")

        assert alices_client.get("/progress/exercises/pull-up/").status_code == 200

    def test_of_nothing_is_not_found(self, alices_client):
        assert alices_client.get("/progress/exercises/nothing/").status_code == 404


class TestLoggedExercises:
    ADDRESS = "/progress/exercises/"

    def test_lead_to_progress_and_to_the_log(self, alice, alices_client, row):
        log(alice, "2026-11-05 18:00\nBent-over barbell row: 60 kg x 8, 8")

        page = alices_client.get(self.ADDRESS)

        assertContains(page, 'href="/progress/exercises/bent-over-barbell-row/"')
        assertContains(page, 'href="/workouts/new/?exercise=bent-over-barbell-row"')
        assertContains(page, "60 kg × 8, 8")

    def test_offer_no_log_of_an_archived_one(self, alice, alices_client, pull_up):
        log(alice, "Pull-up: 8")
        Exercise.objects.update(status="archived")

        page = alices_client.get(self.ADDRESS)

        assertContains(page, "Archived")
        assertNotContains(page, "?exercise=pull-up")

    def test_teach_while_there_are_none(self, alices_client):
        assertContains(alices_client.get(self.ADDRESS), "Nothing logged yet")

    @pytest.mark.parametrize("query", ["?sort=nonsense", "?page=99999999999", "?sort=%00"])
    def test_take_any_address(self, alice, alices_client, pull_up, query):
        log(alice, "Pull-up: 8")

        assertContains(alices_client.get(self.ADDRESS + query), "Pull-up")

    def test_mark_favourites_in_place(self, alice, alices_client, pull_up):
        answer = alices_client.post(
            "/progress/exercises/pull-up/favourite/",
            {"favourite": "yes", "small": "yes"},
            headers={"HX-Request": "true"},
        )

        assertContains(answer, '<button class="star" name="favourite" value="no"')


class TestFavourite:
    ADDRESS = "/progress/exercises/pull-up/favourite/"

    def test_is_marked_once_and_unmarked(self, alice, alices_client, pull_up):
        for _ in "12":
            answer = alices_client.post(self.ADDRESS, {"favourite": "yes"})
            assert answer.url == "/exercises/pull-up/"
        assert [each.exercise for each in alice.athlete.favourites.all()] == [pull_up]

        alices_client.post(self.ADDRESS, {"favourite": "no"})

        assert not alice.athlete.favourites.exists()

    def test_answers_with_the_button_alone_where_a_script_asks(self, alices_client, pull_up):
        answer = alices_client.post(
            self.ADDRESS, {"favourite": "yes"}, headers={"HX-Request": "true"}
        )

        assertNotContains(answer, "<html")
        assertContains(answer, 'aria-pressed="true"')
        assertContains(answer, 'value="no"')

    def test_has_a_page_of_its_own_without_a_script(self, alices_client, pull_up):
        page = alices_client.get(self.ADDRESS)

        assertContains(page, 'aria-pressed="false"')
        assertContains(page, 'value="yes"')

    @pytest.mark.parametrize(
        ("goal", "then"),
        [("/workouts/", "/workouts/"), ("https://example.org/", "/exercises/pull-up/")],
    )
    def test_goes_on_where_it_was_pressed(self, alices_client, pull_up, goal, then):
        answer = alices_client.post(self.ADDRESS, {"favourite": "yes", "next": goal})

        assert answer.url == then

    def test_of_nothing_is_not_found(self, alices_client):
        answer = alices_client.post("/progress/exercises/nothing/favourite/", {"favourite": "yes"})

        assert answer.status_code == 404


SETTINGS = {"unit": "kg", "time_zone": "UTC", "week_start": "1"}


class TestSettings:
    def test_are_kept(self, alice, alices_client):
        page = alices_client.post(
            "/accounts/settings/",
            {"unit": "lb", "time_zone": "Asia/Tokyo", "week_start": "7"},
            follow=True,
        )

        assertContains(page, "Settings saved.")
        alice.athlete.refresh_from_db()
        kept = (alice.athlete.unit, alice.athlete.time_zone, alice.athlete.week_start)
        assert kept == ("lb", "Asia/Tokyo", 7)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"unit": "stone"},
            {"time_zone": "Mars/Olympus"},
            {"week_start": "3"},
        ],
    )
    def test_wrong_ones_give_the_form_back_and_change_nothing(self, alice, alices_client, wrong):
        right = {"unit": "lb", "time_zone": "Asia/Tokyo", "week_start": "1"}

        answer = alices_client.post("/accounts/settings/", {**right, **wrong})

        assert answer.status_code == 422
        alice.athlete.refresh_from_db()
        assert alice.athlete.unit == "kg"

    def test_keep_what_there_is_to_train_with(self, alice, alices_client):
        bar, bench = EquipmentFactory(name="Barbell"), EquipmentFactory(name="Bench")
        alice.athlete.equipment.add(bench)

        shown = alices_client.get("/accounts/settings/").content.decode()
        alices_client.post(
            "/accounts/settings/",
            {"unit": "kg", "time_zone": "UTC", "week_start": "1", "equipment": [bar.pk]},
        )

        assert re.findall(r'value="(\d+)"[^>]* checked', shown) == [str(bench.pk)]
        assert alice.athlete.equipment.get() == bar

    def test_ask_for_no_body_and_no_handle(self, alices_client, db):
        EquipmentFactory(name="None at all", kind="bodyweight")
        EquipmentFactory(name="Rope handle", kind="cable-attachment")

        page = alices_client.get("/accounts/settings/").content.decode()

        assert "None at all" not in page
        assert "Rope handle" not in page


class TestOwnedEquipment:
    ADDRESS = "/exercises/own/equipment/"

    def test_leads_to_what_can_be_done_with_it(self, alice, alices_client):
        for slug in ("barbell", "dumbbell"):
            alice.athlete.equipment.add(EquipmentFactory(slug=slug))

        answer = alices_client.get(
            f"{self.ADDRESS}?muscle=back&level=beginner&level=advanced&equipment=rings&page=3"
        )

        assert answer.status_code == 302
        assert parse_qs(answer.url.partition("?")[2]) == {
            "muscle": ["back"],
            "level": ["beginner", "advanced"],
            "equipment": ["barbell", "dumbbell"],
            "only": ["equipment"],
        }
        assert answer.url.startswith("/exercises/?")

    def test_asks_for_it_where_nothing_was_said(self, alices_client):
        answer = alices_client.get(self.ADDRESS, follow=True)

        assert answer.redirect_chain == [("/accounts/settings/#equipment", 302)]
        assertContains(answer, "Tick what you have to train with")

    def test_knows_nobody_else_s(self, alice, charlies_client):
        alice.athlete.equipment.add(EquipmentFactory(slug="barbell"))

        assert "barbell" not in charlies_client.get(self.ADDRESS).url

    @pytest.mark.parametrize("query", ["q=%00", "level=%FF", "&&=", "muscle=" + "x" * 3_000])
    def test_takes_any_query(self, alice, alices_client, query):
        alice.athlete.equipment.add(EquipmentFactory())

        assert alices_client.get(f"{self.ADDRESS}?{query}", follow=True).status_code == 200

    def test_only_reads(self, alices_client):
        assert alices_client.post(self.ADDRESS).status_code == 405


class TestSignUp:
    def test_makes_an_athlete_in_their_time_zone(self, client, db):
        client.post(
            "/accounts/signup/",
            {
                "username": "robin",
                "email": "robin@example.org",
                "password1": "a fine long password",
                "time_zone": "Europe/Berlin",
            },
        )

        page = client.get("/workouts/new/")

        assert page.context["form"]["time_zone"].value() == "Europe/Berlin"

    @pytest.mark.parametrize("login", ["alice", "alice@example.org"])
    def test_sign_in_takes_name_or_mail(self, client, alice, login):
        answer = client.post("/accounts/login/", {"login": login, "password": "a good password"})

        assert (answer.status_code, answer.url) == (302, "/")
