"""What migrations do to rows that are there already."""

from importlib import import_module

from django.apps import apps

from exercises.models import Exercise
from tests.factories import ExerciseFactory, log
from workouts.models import Entry

holds = import_module("workouts.migrations.0006_holds_are_of_time_alone").keep_holds_alone
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


class TestHolds:
    def test_are_of_time_alone(self, alice):
        for name, load_type in (("Plank", "duration"), ("Rowing", "weighted_duration")):
            ExerciseFactory.create(name=name, load_type=load_type)
        texts = {
            "Rowing: 2000 m in 8:15": None,
            "Rowing: 100 m in 30 s, 20 s, 25 s": 25,
            "Plank: 90 s w, 60 s, 45 s": 60,
        }
        entries = {text: log(alice, text).entries.get() for text in texts}
        Entry.objects.update(best_seconds=495)

        holds(apps, None)

        found = {text: Entry.objects.get(pk=each.pk).best_seconds for text, each in entries.items()}
        assert found == texts
