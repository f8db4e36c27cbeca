import pytest
from django.urls import reverse

from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory

pytestmark = pytest.mark.django_db

FIGURES = reverse("styleguide-figures")


class TestFigureSheet:
    def test_is_for_those_who_work_on_it(self, client, alices_client, eddies_client):
        assert client.get(FIGURES).status_code == 404
        assert alices_client.get(FIGURES).status_code == 404
        assert eddies_client.get(FIGURES).status_code == 200

    def test_is_open_while_debugging(self, client, settings):
        settings.DEBUG = True

        assert client.get(FIGURES).status_code == 200

    def test_shows_both_positions_and_names_what_has_no_figure(self, eddies_client):
        ExerciseFactory(slug="pull-up", name="Pull-up")
        ExerciseFactory(slug="hovering", name="Hovering")

        page = eddies_client.get(FIGURES).content.decode()

        assert 'aria-label="Pull-up: start"' in page
        assert 'aria-label="Pull-up: end"' in page
        assert "Hovering" in page
        assert 'aria-label="Hovering' not in page

    @pytest.mark.parametrize("count", [2, 20])
    def test_costs_four_queries(self, eddies_client, django_assert_num_queries, count):
        for exercise in ExerciseFactory.create_batch(count):
            TargetFactory(exercise=exercise, muscle=MuscleFactory())

        with django_assert_num_queries(4):  # session, user, exercises, targets and muscles
            eddies_client.get(FIGURES)
