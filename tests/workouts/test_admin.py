"""Support staff look at workouts and never change them."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission

from tests.conftest import signed_in
from tests.factories import UserFactory, log
from workouts.models import Entry, Workout

pytestmark = pytest.mark.ignore_template_errors

LIST = "/admin/workouts/workout/"


@pytest.fixture
def workout(alice, pull_up) -> Workout:
    return log(alice, "2026-11-22 18:30 Back day\nPull-up: 8, 8")


@pytest.fixture
def supporter(db):
    """Has every permission on workouts, so that only the admin itself can say no."""
    user = UserFactory.create(username="sam", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="workouts"))
    return signed_in(user)


class TestWorkoutAdmin:
    def test_finds_a_workout(self, supporter, workout):
        for query in ("alice", "alice@example.org", str(workout.pk)):
            response = supporter.get(LIST, {"q": query})

            assert str(workout.pk) in response.content.decode()

        assert str(workout.pk) not in supporter.get(LIST, {"q": "charlie"}).content.decode()

    def test_shows_a_workout_with_its_entries(self, supporter, workout):
        page = supporter.get(f"{LIST}{workout.pk}/change/").content.decode()

        assert "Back day" in page
        assert "Pull-up" in page
        assert "_save" not in page

    def test_says_when_it_began_where_it_was(self, supporter, alice, pull_up):
        alice.athlete.time_zone = "America/Los_Angeles"
        workout = log(alice, "2026-11-20 18:30\nPull-up: 8")

        page = supporter.get(f"{LIST}{workout.pk}/change/").content.decode()

        assert "2026-11-20 18:30 America/Los_Angeles" in page
        assert "2:30" not in page

    @pytest.mark.parametrize("change", ["add/", "{pk}/change/", "{pk}/delete/"])
    def test_changes_nothing(self, supporter, workout, change):
        response = supporter.post(
            LIST + change.format(pk=workout.pk), {"title": "Changed", "post": "yes"}
        )

        assert response.status_code == 403
        assert Workout.objects.get().title == "Back day"
        assert Entry.objects.count() == 1

    def test_deletes_nothing_in_bulk(self, supporter, workout):
        supporter.post(
            LIST,
            {"action": "delete_selected", "_selected_action": str(workout.pk), "post": "yes"},
        )

        assert Workout.objects.exists()

    def test_costs_the_same_for_two_workouts_and_for_thirty(
        self, supporter, alice, pull_up, django_assert_max_num_queries
    ):
        for count in (2, 28):
            for _ in range(count):
                log(alice, "Pull-up: 8")

            # session, user, two of permissions, the days there are, two counts, the workouts
            with django_assert_max_num_queries(10):
                supporter.get(LIST)

    def test_is_closed_to_athletes_and_to_editors(self, alices_client, eddies_client, workout):
        assert alices_client.get(f"{LIST}{workout.pk}/change/").status_code == 302
        assert eddies_client.get(f"{LIST}{workout.pk}/change/").status_code == 403

    def test_of_no_workout_leads_back(self, supporter):
        assert supporter.get(f"{LIST}{uuid4()}/change/").status_code == 302
