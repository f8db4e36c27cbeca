import pytest
from django.template import Context, Template

from exercises.models import Exercise
from exercises.search.filters import SHORT, FacetChoice, Option
from exercises.templatetags import figures, lists
from tests.factories import EquipmentFactory, ExerciseFactory, MuscleFactory, TargetFactory

pytestmark = pytest.mark.django_db


def rendered(source, exercise):
    return Template("{% load figures %}" + source).render(Context({"exercise": exercise}))


def listed():
    return Exercise.objects.with_primary_muscles().get()


@pytest.fixture
def pull_up():
    exercise = ExerciseFactory(slug="pull-up", name="Pull-up")
    TargetFactory(exercise=exercise, muscle=MuscleFactory(slug="latissimus-dorsi"), role="primary")
    TargetFactory(exercise=exercise, muscle=MuscleFactory(slug="rear-deltoid"), role="secondary")
    return exercise


class TestPositions:
    source = (
        "{% positions exercise as drawn %}"
        "{% for one in drawn %}{{ one.label }}{{ one.svg }}{% endfor %}"
    )

    def test_draws_both_with_the_muscles_of_the_database(self, pull_up):
        html = rendered(self.source, pull_up)

        assert html.startswith('Start<path class="fig-')
        assert 'End<path class="fig-' in html
        assert "fig-primary" in html
        assert "fig-secondary" in html

    def test_follows_an_editor_s_change_of_the_muscles(self, pull_up):
        pull_up.targets.all().delete()

        assert "fig-primary" not in rendered(self.source, pull_up)

    def test_draws_nothing_for_an_exercise_without_figure(self):
        assert rendered(self.source, ExerciseFactory(slug="hovering")) == ""

    def test_draws_nothing_for_an_own_exercise_of_the_same_slug(self, alice):
        assert rendered(self.source, ExerciseFactory(slug="pull-up", owner=alice)) == ""

    def test_draws_once_a_process(self, pull_up, monkeypatch):
        html = rendered(self.source, pull_up)
        monkeypatch.setattr(figures.drawing, "draw", None)

        assert rendered(self.source, pull_up) == html


class TestStill:
    source = "{% still exercise %}"

    def test_is_small_and_shows_the_main_muscles(self, pull_up):
        html = rendered(self.source, listed())

        assert html.startswith('<svg class="still" viewBox="0 0 88 88"')
        assert "fig-primary" in html
        assert "fig-secondary" not in html
        assert len(html) < 8_000

    def test_is_nothing_without_figure(self, alice):
        ExerciseFactory(slug="pull-up", owner=alice)

        assert rendered(self.source, listed()) == ""


class TestSmallPicture:
    def test_is_as_large_a_still_in_a_tile_as_anywhere(self, pull_up):
        tile = '{% include "components/exercise_tile.html" %}'

        assert rendered(TestStill.source, listed()) in rendered(tile, listed())


class TestCatalogueRows:
    def test_has_name_muscles_equipment_and_level(self, pull_up):
        pull_up.equipment.add(EquipmentFactory(name="Bar & rings"))
        Exercise.objects.update(name="Pull-up & hang", level="beginner")

        [row] = Exercise.objects.with_primary_muscles()

        assert lists.catalogue_rows([row]) == (
            '<li class="row"><h3 class="row-name"><a href="/exercises/pull-up/">Pull-up &amp; hang'
            f'</a></h3><p class="row-facts">{row.primary_muscles[0].name}&nbsp;<span'
            ' aria-hidden="true">·</span> Bar &amp; rings&nbsp;<span aria-hidden="true">·</span>'
            " Beginner</p></li>"
        )

    def test_has_a_picture_where_asked_for(self, pull_up):
        row = lists.catalogue_rows([listed()], pictured=True)

        assert row.startswith('<li class="row row-pictured"><svg class="still" viewBox="0 0 88 88"')

    def test_says_whose_it_is(self, django_user_model):
        alice = django_user_model.objects.create_user("alice")
        own = ExerciseFactory(name="Zercher carry", owner=alice, level="")

        row = lists.catalogue_rows(Exercise.objects.filter(pk=own.pk).with_primary_muscles())

        assert row.endswith(
            'Zercher carry</a> <span class="tag">Yours</span></h3><p class="row-facts"></p></li>'
        )


class TestFacetOptions:
    def box(self, option, *others):
        facet = FacetChoice("muscle", "Muscle", [("", [option, *others])])
        return lists.facet_options(facet, [option])

    def test_says_how_many_it_would_find(self):
        assert self.box(Option("lats", "Lats & co", 12, is_chosen=False)) == (
            '<label class="check"><input type="checkbox" name="muscle" value="lats">'
            '<span>Lats &amp; co</span> <span class="facet-count" data-count>12</span></label>'
        )

    def test_is_ticked_where_chosen(self):
        assert 'value="lats" checked>' in self.box(Option("lats", "Lats", 0, is_chosen=True))

    def test_hides_what_finds_nothing_only_among_many(self):
        idle = Option("lats", "Lats", 0, is_chosen=False)

        assert self.box(idle).startswith('<label class="check"><')
        assert self.box(idle, *[idle] * SHORT).startswith('<label class="check" hidden><')
        assert 'value="lats" disabled>' in self.box(idle)
