"""The page of deleted workouts, and bringing them back."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import log
from tests.workouts.views.conftest import NOW
from tests.workouts.views.log_form import page, words
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")

DELETED = "/workouts/deleted/"


def deleted(user, text, *, days=0):
    workout = log(user, text)
    delete_workout(athlete=user.athlete, key=workout.pk, at=NOW - timedelta(days=days))
    return workout


class TestList:
    def test_shows_each_with_its_text_and_its_days(self, alice, alices_client):
        deleted(alice, "2026-10-20 18:00 Old\nPull-up: 8, 7", days=29)
        deleted(alice, "2026-11-21 18:00 Back <b>\nPull-up: 9", days=2)
        log(alice, "2026-11-20 18:00 Live\nPull-up: 8")

        response = alices_client.get(DELETED)

        assert "Sat 21 Nov 2026 · Back <b> Deleted 20 Nov · 28 days left" in words(response)
        assert "Tue 20 Oct 2026 · Old Deleted 24 Oct · 1 day left" in words(response)
        assert "2026-10-20 18:00 Old\nPull-up: 8, 7" in page(response)
        assert words(response).index("Back <b>") < words(response).index("Old")
        assert "Live" not in words(response)
        assert "<b>" not in page(response)

    def test_says_when_one_may_go_any_time(self, alice, alices_client):
        deleted(alice, "Pull-up: 8", days=30)

        assert "may go any time now" in words(alices_client.get(DELETED))

    def test_without_any_says_what_will_be_here(self, alices_client):
        assert "waits here for 30 days" in words(alices_client.get(DELETED))

    @pytest.mark.parametrize("number", ["2", "x", "9999999999", "-1", "\0"])
    def test_takes_any_page_number(self, alice, alices_client, number):
        deleted(alice, "Pull-up: 8")

        assert alices_client.get(DELETED, {"page": number}).status_code == 200

    def test_is_linked_from_the_history_and_after_deleting(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")
        assert f'href="{DELETED}"' in page(alices_client.get("/workouts/"))

        response = alices_client.post(f"{workout.get_absolute_url()}delete/", follow=True)

        assert page(response).count(f'href="{DELETED}"') == 1

    def test_says_before_deleting_how_long_it_stays(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")

        asked = alices_client.get(f"{workout.get_absolute_url()}delete/")

        assert "bring it back for 30 days" in words(asked)

    @pytest.mark.parametrize("count", [2, 29])
    def test_costs_seven_queries(self, alice, alices_client, count, django_assert_num_queries):
        for _ in range(count):
            deleted(alice, "Pull-up: 8, 8\nPlank: 60 s")

        # session, user, athlete; how many, the page of them, their entries, their sets
        with django_assert_num_queries(7):
            alices_client.get(DELETED)


class TestBringBack:
    def test_leads_to_the_workout(self, alice, alices_client):
        workout = deleted(alice, "Pull-up: 8")

        answer = alices_client.post(f"{workout.get_absolute_url()}restore/")

        assert answer.url == workout.get_absolute_url()
        assert "Nothing deleted" in words(alices_client.get(DELETED))

    def test_of_what_was_logged_again_shows_both_first(self, alice, alices_client):
        workout = deleted(alice, "2026-11-20 18:00 First\nPull-up: 8")
        log(alice, "2026-11-20 18:00 Again\nPull-up: 9")
        restore = f"{workout.get_absolute_url()}restore/"

        asked = alices_client.post(restore)

        assert asked.status_code == 409
        assert "2026-11-20 18:00 First\nPull-up: 8" in page(asked)
        assert "2026-11-20 18:00 Again\nPull-up: 9" in page(asked)
        assert alice.athlete.workouts.live().get().title == "Again"
        assert alices_client.post(restore, {"beside": "1"}).url == workout.get_absolute_url()
        assert alice.athlete.workouts.live().count() == 2

    def test_of_what_went_for_good_is_no_page(self, alice, alices_client):
        workout = deleted(alice, "Pull-up: 8")
        restore = f"{workout.get_absolute_url()}restore/"
        workout.delete()

        assert alices_client.post(restore).status_code == 404

    def test_counts_the_days_by_the_athletes_calendar(self, alice, alices_client):
        alice.athlete.time_zone = "Pacific/Auckland"
        alice.athlete.save()
        workout = log(alice, "Pull-up: 8")
        at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
        delete_workout(athlete=alice.athlete, key=workout.pk, at=at)

        assert "Deleted 21 Nov · 29 days left" in words(alices_client.get(DELETED))
