"""Home: what this is, for a visitor; today, for an athlete."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import ExerciseFactory, MuscleFactory, log


@pytest.mark.django_db
class TestVisitor:
    def test_finds_the_back_first_and_a_way_in(self, client):
        MuscleFactory.create(name="Rhomboids", slug="rhomboids")
        MuscleFactory.create(name="Quadriceps", slug="quadriceps", region="legs")
        ExerciseFactory.create(name="Pull-up", slug="pull-up", article_place=1)
        ExerciseFactory.create(name="Back squat", slug="back-squat")

        page = client.get("/")

        assertContains(page, "Rhomboids")
        assertNotContains(page, "Quadriceps")
        assertContains(page, 'href="/exercises/pull-up/"')
        assertNotContains(page, "Back squat")
        assertContains(page, "/accounts/signup/")

    @pytest.mark.parametrize("rows", [2, 200])
    def test_costs_two_queries(self, client, django_assert_num_queries, rows):
        MuscleFactory.create_batch(rows)
        ExerciseFactory.create_batch(rows)

        with django_assert_num_queries(2):  # muscles of the back, the article's exercises
            client.get("/")

    def test_unknown_address_is_a_helpful_404(self, client):
        page = client.get("/nothing-here/")

        assertContains(page, "There is nothing at this address", status_code=404)


class TestAthlete:
    def test_new_one_is_shown_how_to_begin(self, alices_client):
        assertContains(alices_client.get("/"), "Log your first workout")

    def test_sees_the_last_workouts_of_their_own(self, alice, charlie, alices_client, pull_up):
        log(alice, "2026-11-20 18:00 Mine\nPull-up: 8")
        log(charlie, "2026-11-21 18:00 Not mine\nPull-up: 9")

        page = alices_client.get("/")

        assertContains(page, "Mine")
        assertNotContains(page, "Not mine")

    @pytest.mark.parametrize("rows", [2, 30])
    def test_costs_five_queries(
        self, alice, alices_client, pull_up, django_assert_num_queries, rows
    ):
        for day in range(1, rows + 1):
            log(alice, f"2026-10-{day:02} 18:00\nPull-up: 8")

        with django_assert_num_queries(5):  # session, user, athlete, workouts, entries
            alices_client.get("/")
