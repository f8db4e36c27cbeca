"""What migrations do to rows that are there already."""

from importlib import import_module

from django.apps import apps

from exercises.models import Exercise
from tests.factories import ExerciseFactory

free_slug = import_module("workouts.migrations.0003_free_the_slug_own").free_slug


class TestSlugOwn:
    def test_is_freed_for_the_page(self, alice, charlie):
        hers = ExerciseFactory.create(slug="own", name="Жим", owner=alice)
        his = ExerciseFactory.create(slug="own", name="Жим", owner=charlie)
        other = ExerciseFactory.create(slug="own-2", name="Own", owner=alice)

        free_slug(apps, None)

        slugs = {each.pk: each.slug for each in Exercise.objects.all()}
        assert slugs[hers.pk] != slugs[his.pk]
        assert {slugs[hers.pk], slugs[his.pk]} == {"my-exercise", "my-exercise-2"}
        assert slugs[other.pk] == "own-2"
