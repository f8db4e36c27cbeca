"""The gallery of components."""

import re

import pytest
from django.urls import reverse

from exercises.body_map import HEAT_STEPS, ROLES
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory

pytestmark = pytest.mark.django_db

STYLEGUIDE = reverse("styleguide")
FIGURES = reverse("styleguide-figures")


class TestAccess:
    def test_is_open_where_the_site_is_built(self, client, settings):
        settings.DEBUG = True

        assert client.get(STYLEGUIDE).status_code == 200

    def test_is_open_to_staff(self, alices_client, alice):
        alice.is_staff = True
        alice.save()

        assert alices_client.get(STYLEGUIDE).status_code == 200

    @pytest.mark.parametrize("who", ["client", "alices_client"])
    def test_is_not_there_for_others(self, request, who):
        assert request.getfixturevalue(who).get(STYLEGUIDE).status_code == 404


class TestBodyMaps:
    @pytest.fixture(autouse=True)
    def being_built(self, settings):
        settings.DEBUG = True

    def test_show_every_state(self, client):
        for number, slug in enumerate(
            ["rhomboids", "soleus", "obliques", "quadriceps", "brachialis"]
        ):
            MuscleFactory(slug=slug, position=number)
        MuscleFactory(slug="adductors", position=9)

        html = client.get(STYLEGUIDE).content.decode()

        marks = [role.css for role in ROLES.values()] + ["is-current"]
        marks += [f"heat-{level}" for level in range(HEAT_STEPS + 1)]
        assert [css for css in marks if f'class="body-map-muscle {css}"' not in html] == []

    def test_repeat_no_id(self, client):
        ids = re.findall(r'\sid="([^"]+)"', client.get(STYLEGUIDE).content.decode())

        assert sorted(set(ids)) == sorted(ids)

    def test_cost_one_query(self, client, django_assert_num_queries):
        with django_assert_num_queries(1):  # muscles
            client.get(STYLEGUIDE)


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
