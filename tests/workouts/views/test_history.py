"""The list of workouts, and what it offers after one was deleted."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import log
from tests.workouts.views.log_form import page, words
from workouts.saving import delete_workout
from workouts.views.history import WORKOUTS_PER_PAGE

pytestmark = pytest.mark.usefixtures("catalogue")

LIST = "/workouts/"


def months(response) -> list[tuple[str, int]]:
    """The headings, each with how many workouts stand under it."""
    sections = page(response).split("<section")[1:]
    return [
        (re.search(r"<h2[^>]*>([^<]*)", section)[1], section.count('<li class="row">'))
        for section in sections
    ]


class TestMonths:
    def test_group_by_the_workouts_own_day(self, alice, alices_client):
        """The last minutes of a month in Auckland are its middle day in UTC; both stay apart."""
        alice.athlete.time_zone = "Pacific/Auckland"
        for text in (
            "2026-10-31 23:59\nPull-up: 8",
            "2026-11-01 00:00\nPull-up: 8",
            "2026-11-21 07:00\nPull-up: 8",
            "2024-02-29 07:00\nPull-up: 8",
            "2025-10-31 07:00\nPull-up: 8",
        ):
            log(alice, text)

        assert months(alices_client.get(LIST)) == [
            ("November 2026", 2),
            ("October 2026", 1),
            ("October 2025", 1),
            ("February 2024", 1),
        ]

    def test_go_on_on_the_next_page(self, alice, alices_client):
        for n in range(WORKOUTS_PER_PAGE + 2):
            log(alice, "Pull-up: 8", on=date(2026, 10, 2) + timedelta(days=n))

        first, second = alices_client.get(LIST), alices_client.get(f"{LIST}?page=2")

        assert months(first) == [("November 2026", 2), ("October 2026", WORKOUTS_PER_PAGE - 2)]
        assert months(second) == [("October 2026", 2)]
        assert 'rel="next"' in page(first)
        assert 'rel="prev"' in page(second)

    def test_name_exercises_and_working_sets(self, alice, alices_client):
        log(alice, "2026-11-20 18:00 Legs, no\n> 65 min\nPull-up: 8, 8, 3 w\nPlank: 60 s")

        assert "Fri 20 Nov · Legs, no Pull-up 2 , Plank 1 · 65 min" in words(
            alices_client.get(LIST)
        )

    def test_escape_titles(self, alice, alices_client):
        log(alice, "2026-11-20 18:00 <b>bold</b>\nPull-up: 8")

        assert "<b>bold" not in page(alices_client.get(LIST))


class TestUndo:
    def test_is_offered_for_the_deleted_one_only(self, alice, alices_client):
        live = log(alice, "2026-11-20 18:00 Live\nPull-up: 8")
        gone = log(alice, "2026-11-21 18:00 Gone\nPull-up: 8")
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 22, tzinfo=UTC))

        assert "Undo" not in page(alices_client.get(LIST))
        assert "Undo" not in page(alices_client.get(f"{LIST}?deleted={live.pk}"))
        assert "Deleted: 21 Nov 2026 Gone Undo" in words(
            alices_client.get(f"{LIST}?deleted={gone.pk}")
        )

    def test_of_the_only_workout_is_offered_beside_the_first_steps(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")

        response = alices_client.post(f"{workout.get_absolute_url()}delete/", follow=True)

        assert f'action="{workout.get_absolute_url()}restore/"' in page(response)
        assert "Log your first workout" in page(response)

    def test_pressed_twice_leads_to_the_workout_both_times(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")
        alices_client.post(f"{workout.get_absolute_url()}delete/")

        answers = [alices_client.post(f"{workout.get_absolute_url()}restore/") for _ in range(2)]

        assert [answer.url for answer in answers] == [workout.get_absolute_url()] * 2

    def test_remembers_when_it_was_deleted(self, alice, alices_client, evening):
        workout = log(alice, "Pull-up: 8")
        evening.move_to(datetime(2024, 2, 29, 23, 59, tzinfo=UTC))

        alices_client.post(f"{workout.get_absolute_url()}delete/")

        workout.refresh_from_db()
        assert workout.deleted_at == datetime(2024, 2, 29, 23, 59, tzinfo=UTC)

    def test_asking_deletes_nothing(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")

        alices_client.get(f"{workout.get_absolute_url()}delete/")

        workout.refresh_from_db()
        assert workout.deleted_at is None
