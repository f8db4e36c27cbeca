from collections import defaultdict

from django.db import migrations, models

SIDED = ("left", "right")


def count_by_exercise(apps, schema_editor):
    """Three left in one entry and three right in the next of the same exercise were six sets."""
    Entry = apps.get_model("workouts", "Entry")
    pairs = Entry.objects.filter(sets__side__in=SIDED).order_by()
    several = pairs.values_list("workout", "exercise").annotate(
        entries=models.Count("workout__entries", distinct=True)
    )
    for workout, exercise, entries in list(several):
        if entries > 1:
            _count(Entry.objects.filter(workout=workout, exercise=exercise))


def _count(entries):
    done = defaultdict(int)
    before = 0
    for entry in entries.order_by("position").prefetch_related("sets"):
        for logged in entry.sets.all():
            done[logged.side] += logged.kind != "warm-up"
        count = done["both"] + max(done["left"], done["right"])
        entry.hard_sets, before = count - before, count
        entry.save(update_fields=["hard_sets"])


class Migration(migrations.Migration):
    dependencies = [("workouts", "0011_no_help_is_none")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="hard_sets",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Working sets that it adds to those of its exercise before it in the workout.",
            ),
        ),
        migrations.RunPython(count_by_exercise, migrations.RunPython.noop, elidable=True),
    ]
