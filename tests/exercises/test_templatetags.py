import pytest
from django.template import Context, Template

from exercises.models import Exercise
from exercises.templatetags import figures
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory

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

        assert "fig-primary" in html
        assert "fig-secondary" not in html
        assert len(html) < 8_000

    def test_is_nothing_without_figure(self, alice):
        ExerciseFactory(slug="pull-up", owner=alice)

        assert rendered(self.source, listed()) == ""
