"""Small pictures of exercises of which only the key is at hand."""

import pytest

from exercises.models import CatalogueVersion, Exercise
from exercises.templatetags.figures import picture_of, small_picture
from tests.factories import ExerciseFactory, TargetFactory

pytestmark = pytest.mark.django_db


def test_is_that_of_the_catalogue_s_lists_and_asks_once_a_version(django_assert_num_queries):
    target = TargetFactory.create(exercise=ExerciseFactory.create(slug="pull-up", name="Pull-up"))
    bare, version = Exercise(pk=target.exercise_id), CatalogueVersion.objects.current()
    row = Exercise.objects.for_rows().with_primary_targets().get(pk=bare.pk)

    with django_assert_num_queries(2):  # rows, their muscles
        shown = [picture_of(bare, version) for _ in range(2)]

    assert shown == [small_picture(row)] * 2
    assert "<svg" in shown[0]


def test_is_none_of_what_the_catalogue_has_not(alice):
    own = ExerciseFactory.create(name="Mine", owner=alice)

    assert picture_of(own, CatalogueVersion.objects.current()) == ""
    assert picture_of(own, None) == ""
