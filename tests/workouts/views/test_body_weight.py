"""The page of one's body weight."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import log, weigh_daily
from workouts.weighings import record_body_weight

AT = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


def weigh(user, on=TODAY, kg="80"):
    return record_body_weight(athlete=user.athlete, on=on, weight=Decimal(kg), unit="kg")


def sent(weight, day="2026-11-22", unit="kg", **more):
    return {"weight": weight, "unit": unit, "day": day, **more}


def confirmed(answer):
    """The value of the box to tick."""
    found = re.search(r'name="confirmed" value="([^"]*)"', answer.content.decode())
    return html.unescape(found[1])


class TestWeighing:
    @pytest.mark.parametrize("typed", ["180.5", "180,5"])
    def test_counts_for_sets_that_waited(self, alice, alices_client, pull_up, typed):
        log(alice, "2026-11-20 18:00\nPull-up: 10")
        alice.athlete.time_zone = "Asia/Tokyo"
        alice.athlete.save()

        answer = alices_client.post("/bodyweight/", sent(typed, "2026-11-23", "lb"), follow=True)

        assertContains(answer, "180.5 lb on 23 November 2026: saved.")
        weighed = alice.athlete.body_weights.get()
        assert (weighed.weighed_on, weighed.weight) == (date(2026, 11, 23), Decimal("180.5"))
        assert alice.athlete.entries.get().best_e1rm_kg == Decimal("109.164")  # 81.873 x 4/3

    def test_begins_with_the_day_where_the_athlete_is(self, alice, alices_client):
        alice.athlete.time_zone = "Asia/Tokyo"
        alice.athlete.save()

        assertContains(alices_client.get("/bodyweight/"), 'value="2026-11-23"')

    @pytest.mark.parametrize(
        ("unit", "typed", "said"),
        [
            ("kg", "800", "A body weight is between 20 kg and 650 kg."),
            ("kg", "19.9", "A body weight is between 20 kg and 650 kg."),
            ("lb", "44", "A body weight is between 44 lb and 1,433 lb."),
            ("lb", "1434", "A body weight is between 44 lb and 1,433 lb."),
            ("kg", "0", "A body weight is between"),
        ],
    )
    def test_is_one_that_a_person_has(self, alice, alices_client, unit, typed, said):
        answer = alices_client.post("/bodyweight/", sent(typed, unit=unit))

        assertContains(answer, said, status_code=422)
        assertContains(answer, f'value="{typed}"', status_code=422)
        assert not alice.athlete.body_weights.exists()

    def test_on_a_day_to_come_is_refused(self, alice, alices_client):
        answer = alices_client.post("/bodyweight/", sent("80", "2026-11-23"))

        assertContains(answer, "That day is still to come.", status_code=422)

    def test_that_looks_like_a_slip_is_asked_about(self, alice, alices_client):
        weigh(alice, date(2026, 11, 1))

        asked = alices_client.post("/bodyweight/", sent("176"))

        assertContains(
            asked, "Is 176 kg right? Last time it was 80 kg, on 1 November 2026.", status_code=422
        )
        assert alice.athlete.body_weights.count() == 1
        alices_client.post("/bodyweight/", sent("176", confirmed=confirmed(asked)))
        assert alice.athlete.body_weights.count() == 2

    def test_agreed_to_for_one_day_is_not_for_another(self, alice, alices_client):
        weigh(alice, date(2026, 11, 1))
        asked = alices_client.post("/bodyweight/", sent("176"))

        other = sent("176", "2026-11-21", confirmed=confirmed(asked))

        assert alices_client.post("/bodyweight/", other).status_code == 422

    @pytest.mark.parametrize(
        ("workouts", "said", "label"),
        [
            (1, "1 workout was reckoned with 88 kg and would change to 80 kg.", "that workout"),
            (2, "2 workouts were reckoned with 88 kg and would change to 80 kg.", "those workouts"),
        ],
    )
    def test_again_says_what_changes_before_it_does(
        self, alice, alices_client, pull_up, workouts, said, label
    ):
        weigh(alice, kg="88")
        for _ in range(workouts):
            log(alice, "2026-11-22 18:00\nPull-up: 10")

        asked = alices_client.post("/bodyweight/", sent("80"))

        assertContains(asked, said, status_code=422)
        assertContains(asked, f"Yes, it is 80 kg: correct {label}", status_code=422)
        assert alice.athlete.body_weights.get().weight == 88
        log(alice, "2026-11-22 19:00\nPull-up: 10")
        stale = alices_client.post("/bodyweight/", sent("80", confirmed=confirmed(asked)))
        assertContains(stale, f"{workouts + 1} workouts were reckoned", status_code=422)
        alices_client.post("/bodyweight/", sent("80", confirmed=confirmed(stale)))
        assert {entry.volume_kg for entry in alice.athlete.entries.all()} == {800}

    def test_again_that_changes_no_workout_asks_nothing(self, alice, alices_client):
        for typed in ("88", "80"):
            alices_client.post("/bodyweight/", sent(typed))

        assert alice.athlete.body_weights.get().weight == 80


class TestEditing:
    def test_changes_weight_and_day(self, alice, alices_client):
        weighing = weigh(alice)

        answer = alices_client.post(
            f"/bodyweight/{weighing.pk}/edit/", sent("81,5", "2026-11-20"), follow=True
        )

        assertContains(answer, "81.5 kg on 20 November 2026: saved.")
        weighing.refresh_from_db()
        assert (weighing.weighed_on, weighing.weight) == (date(2026, 11, 20), Decimal("81.5"))

    def test_begins_with_what_was_typed(self, alice, alices_client):
        weighing = record_body_weight(
            athlete=alice.athlete, on=date(2026, 11, 3), weight=Decimal("176.5"), unit="lb"
        )

        page = alices_client.get(f"/bodyweight/{weighing.pk}/edit/")

        assertContains(page, 'value="176.5"')
        assertContains(page, 'value="2026-11-03"')
        assertContains(page, '<option value="lb" selected>')

    def test_to_a_day_that_has_one_is_refused_in_words(self, alice, alices_client):
        weigh(alice, date(2026, 11, 20), "79")
        weighing = weigh(alice)

        answer = alices_client.post(f"/bodyweight/{weighing.pk}/edit/", sent("80", "2026-11-20"))

        assertContains(answer, "That day has 79 kg already", status_code=422)

    def test_asks_before_workouts_change(self, alice, alices_client, pull_up):
        weighing = weigh(alice)
        log(alice, "2026-11-22 18:00\nPull-up: 10")
        address = f"/bodyweight/{weighing.pk}/edit/"

        asked = alices_client.post(address, sent("80", "2026-11-20"))
        assertContains(asked, "1 workout was reckoned with 80 kg", status_code=422)
        alices_client.post(address, sent("80", "2026-11-20", confirmed=confirmed(asked)))

        assert alice.athlete.body_weights.get().weighed_on == date(2026, 11, 20)
        assert alice.athlete.workouts.get().weighing == weighing

    def test_is_not_compared_with_itself(self, alice, alices_client):
        weigh(alice, date(2026, 11, 1))
        slip = weigh(alice, kg="176")

        answer = alices_client.post(f"/bodyweight/{slip.pk}/edit/", sent("80"))

        assertRedirects(answer, "/bodyweight/")


class TestDeleting:
    def test_is_offered_to_be_undone(self, alice, alices_client):
        weighing = weigh(alice)

        answer = alices_client.post(f"/bodyweight/{weighing.pk}/delete/", follow=True)

        assertContains(answer, "Deleted: 80 kg on")
        assert not alice.athlete.body_weights.exists()
        back = alices_client.post("/bodyweight/restore/", follow=True)
        assertContains(back, "The weight is back.")
        assert alice.athlete.body_weights.get().shown == "80 kg"

    def test_is_undone_for_any_that_was_deleted(self, alice, alices_client):
        days = [date(2026, 11, day) for day in (1, 2, 3)]
        for kg, day in zip(("80", "81", "82"), days, strict=True):
            key = weigh(alice, kg=kg, on=day).pk
            after = alices_client.post(f"/bodyweight/{key}/delete/", follow=True)

        back = alices_client.post("/bodyweight/restore/", {"on": "2026-11-01"}, follow=True)

        assertContains(after, "2 weighings deleted lately")
        assertContains(back, "The weight is back.")
        assertContains(back, "2 weighings deleted lately")
        assert alice.athlete.body_weights.get().shown == "80 kg"
        assert alice.athlete.body_weights.get().weighed_on == days[0]

    @pytest.mark.parametrize("day", ["2026-11-04", "x", "", "\x00"])
    def test_of_another_day_brings_nothing_back(self, alice, alices_client, day):
        alices_client.post(f"/bodyweight/{weigh(alice).pk}/delete/")

        back = alices_client.post("/bodyweight/restore/", {"on": day}, follow=True)

        assertContains(back, "There is nothing to bring back any more.")
        assert not alice.athlete.body_weights.exists()

    def test_is_undone_once(self, alice, alices_client):
        alices_client.post(f"/bodyweight/{weigh(alice).pk}/delete/")
        alices_client.post("/bodyweight/restore/")

        again = alices_client.post("/bodyweight/restore/", follow=True)

        assertContains(again, "There is nothing to bring back any more.")
        assert alice.athlete.body_weights.count() == 1

    def test_is_not_undone_over_a_new_weight_of_that_day(self, alice, alices_client):
        alices_client.post(f"/bodyweight/{weigh(alice).pk}/delete/")
        weigh(alice, kg="81")

        answer = alices_client.post("/bodyweight/restore/", follow=True)

        assertContains(answer, "That day has 81 kg by now. Nothing was changed.")
        assertContains(answer, "1 weighing deleted lately")

    def test_shows_no_undo_to_another(self, alice, alices_client, charlies_client):
        alices_client.post(f"/bodyweight/{weigh(alice).pk}/delete/")

        assertNotContains(charlies_client.get("/bodyweight/?deleted=2026-11-22"), "Undo")
        assertNotContains(charlies_client.get("/bodyweight/"), "deleted lately")


class TestGoal:
    def test_is_a_line_in_the_chart(self, alice, alices_client):
        weigh(alice)
        assertNotContains(alices_client.get("/bodyweight/"), "chart-level")

        alices_client.post("/bodyweight/goal/", {"goal_weight": "78,5", "goal_unit": "kg"})

        page = alices_client.get("/bodyweight/")
        assertContains(page, "chart-level")
        assertContains(page, "<strong>78.5 kg</strong>")

    def test_is_taken_away_by_nothing(self, alice, alices_client):
        weigh(alice)
        alices_client.post("/bodyweight/goal/", {"goal_weight": "78", "goal_unit": "kg"})

        alices_client.post("/bodyweight/goal/", {"goal_weight": "", "goal_unit": "kg"})

        alice.athlete.refresh_from_db()
        assert alice.athlete.goal_weight is None

    def test_that_nobody_weighs_is_told_and_kept_in_its_box(self, alice, alices_client):
        weigh(alice)

        answer = alices_client.post("/bodyweight/goal/", {"goal_weight": "7", "goal_unit": "kg"})

        assertContains(answer, "A body weight is between 20 kg and 650 kg.", status_code=422)
        assertContains(answer, 'value="7"', status_code=422)


class TestPage:
    def test_teaches_while_there_is_nothing(self, alices_client):
        assertContains(alices_client.get("/bodyweight/"), "Nothing weighed yet")

    def test_says_the_trend_and_the_rate(self, alice, alices_client):
        for n in range(28):
            weigh(alice, TODAY - timedelta(days=n), str(Decimal(80) - Decimal(n) / 20))

        page = alices_client.get("/bodyweight/")

        assertContains(page, "<strong>79.9 kg</strong>")  # 80, 79.95 … 79.7: 79.85
        assertContains(page, "<strong>0.4 kg up</strong>")  # 0.05 kg a day: 0.35

    def test_shows_weights_as_typed_and_figures_in_the_athletes_unit(self, alice, alices_client):
        record_body_weight(athlete=alice.athlete, on=TODAY, weight=Decimal(176), unit="lb")

        page = alices_client.get("/bodyweight/")

        assertContains(page, "<strong>176 lb</strong>")
        assertContains(page, "<strong>79.8 kg</strong>")  # 79.832

    @pytest.mark.parametrize(
        ("query", "days", "points", "read"),
        [
            ("", 400, 92, 92),
            ("?range=year", 400, 53, 53),
            ("?range=all", 3650, 121, 51),
            ("?range=x", 2, 2, 2),
        ],
    )
    def test_draws_so_many_points(self, alice, alices_client, query, days, points, read):
        weigh_daily(alice, days, last=TODAY)

        page = alices_client.get(f"/bodyweight/{query}").content.decode()

        assert page.count("<circle") == read
        body = page[page.index("<tbody>") : page.index("</tbody>")]
        assert body.count("<tr>") == points

    def test_without_a_weighing_in_the_range_says_so(self, alice, alices_client):
        weigh(alice, date(2025, 1, 1))

        page = alices_client.get("/bodyweight/")

        assertContains(page, "No weighing since 23 August 2026.")
        assertContains(page, "1 Jan 2025")

    def test_is_found_in_the_settings_and_where_it_is_missing(self, alice, alices_client, pull_up):
        log(alice, "Pull-up: 8")

        assertContains(alices_client.get("/accounts/settings/"), 'href="/bodyweight/"')
        progress = alices_client.get("/progress/exercises/pull-up/")
        assertContains(progress, "Tell Backtrain your body weight")
        assertContains(progress, 'href="/bodyweight/"')
