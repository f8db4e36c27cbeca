"""Keys of own names anew, as those of exercises."""

from importlib import import_module

from django.db import migrations

renew = import_module("exercises.migrations.0018_abbreviations_keep_their_s").renew


def renew_keys(apps, schema_editor):
    renew(apps.get_model("workouts", "OwnName"), "key")


class Migration(migrations.Migration):
    dependencies = [
        ("workouts", "0032_places_of_an_athlete"),
        ("exercises", "0018_abbreviations_keep_their_s"),
    ]
    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop, elidable=True)]
