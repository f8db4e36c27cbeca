"""No exercise may have the slug "own" any more: /exercises/own/ is a page."""

from django.db import migrations


def free_slug(apps, schema_editor):
    exercises = apps.get_model("exercises", "Exercise").objects
    for exercise in exercises.filter(slug="own"):
        taken = set(exercises.values_list("slug", flat=True))
        candidates = ("my-exercise", *(f"my-exercise-{n}" for n in range(2, len(taken) + 3)))
        exercise.slug = next(slug for slug in candidates if slug not in taken)
        exercise.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [
        ("exercises", "0003_editors_group"),
        ("workouts", "0002_own_names"),
    ]

    operations = [migrations.RunPython(free_slug, migrations.RunPython.noop)]
