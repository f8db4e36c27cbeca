"""The gallery of components."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from backtrain.templatetags.navigation import _colophon, _masthead
from backtrain.templatetags.parts import _part
from exercises.drawing.body_map import HEAT_STEPS, ROLES
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory

pytestmark = pytest.mark.django_db

STYLEGUIDE = reverse("styleguide")
FIGURES = reverse("styleguide-figures")
COMPONENTS = sorted((settings.BASE_DIR / "templates" / "components").glob("*.html"))
STYLES = sorted((settings.BASE_DIR / "static" / "css" / "components").glob("*.css"))
# Comments, and declarations, whose values may hold points too
BRACES = re.compile(r"/\*.*?\*/|:[^;{}]*;", re.DOTALL)
CLASSES = re.compile(r'\sclass="([^"]*)"')
TAGS = re.compile(r"{%.*?%}|{{.*?}}")
IDS = re.compile(r'\sid="([^"]+)"')
# What depends on the drawing: no figure has all equipment
DRAWN = ("fig-", "figure-sheet", "body-map-")


APPS = ("backtrain", "exercises", "workouts")


def classes_in(files):
    """The class names that templates or code spell out."""
    values = (value for file in files for value in CLASSES.findall(file.read_text()))
    return {name for value in values for name in TAGS.sub(" ", value).split()}


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


class TestGallery:
    @pytest.fixture
    def gallery(self, eddies_client):
        for kept in (_masthead, _colophon, _part):
            kept.cache_clear()  # or its template would not be seen again
        return eddies_client.get(STYLEGUIDE)

    def test_shows_every_component(self, gallery):
        shown = {template.name for template in gallery.templates}

        assert {f"components/{path.name}" for path in COMPONENTS} - shown == set()

    @pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
    def test_shows_every_class_that_components_style(self, gallery, path):
        classes = set(re.findall(r"\.([a-z][\w-]*)", BRACES.sub(" ", path.read_text())))
        used = {name for value in CLASSES.findall(page(gallery)) for name in value.split()}

        assert {name for name in classes - used if not name.startswith(DRAWN)} == set()

    def test_shows_nothing_that_no_page_has(self):
        templates = [*(settings.BASE_DIR / "templates").rglob("*.html")]
        code = [file for app in APPS for file in (settings.BASE_DIR / app).rglob("*.py")]
        own = [file for file in templates if file.parent.name == "styleguide"]

        shown, elsewhere = classes_in(own), classes_in([*{*templates} - {*own}, *code])

        assert len(shown) > 50
        assert shown - elsewhere == set()

    def test_shows_every_state_of_a_field(self, gallery):
        for state in ("disabled", 'aria-invalid="true"', 'aria-describedby="id_helped_help"'):
            assert state in page(gallery)

    def test_shows_every_state_of_the_body_map(self, gallery):
        marks = [role.css for role in ROLES.values()] + ["is-current"]
        marks += [f"heat-{level}" for level in range(HEAT_STEPS + 1)]

        assert [css for css in marks if f'class="body-map-muscle {css}"' not in page(gallery)] == []

    def test_leads_to_each_of_its_sections(self, gallery):
        inside = re.findall(r'href="#([^"]+)"', page(gallery))

        assert set(inside) - set(IDS.findall(page(gallery))) == set()

    def test_repeats_no_id(self, gallery):
        ids = IDS.findall(page(gallery))

        assert sorted(set(ids)) == sorted(ids)

    def test_costs_two_queries(self, eddies_client, django_assert_num_queries):
        with django_assert_num_queries(2):  # session, user
            eddies_client.get(STYLEGUIDE)


def page(response):
    return response.content.decode()


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
