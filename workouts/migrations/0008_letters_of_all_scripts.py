"""Keys of own names anew, as those of exercises."""

from importlib import import_module

from django.db import migrations

renew = import_module("exercises.migrations.0007_letters_of_all_scripts").renew


def renew_keys(apps, schema_editor):
    renew(apps.get_model("workouts", "OwnName"), "key")


class Migration(migrations.Migration):
    dependencies = [
        ("workouts", "0007_keep_figures_exact"),
        ("exercises", "0007_letters_of_all_scripts"),
    ]
    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop, elidable=True)]
