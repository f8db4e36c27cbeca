"""The Editors group: may edit the catalogue, and nothing else."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITED = (
    "alias",
    "equipment",
    "exercise",
    "formerslug",
    "muscle",
    "picture",
    "source",
    "step",
    "target",
)
LOOKED_AT = ("historicalexercise", "historicalmuscle")


def make_group(apps, schema_editor):
    exercises = apps.get_app_config("exercises")
    exercises.models_module = True  # permissions are otherwise made only after all migrations
    create_permissions(exercises, apps=apps, verbosity=0)
    exercises.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="exercises"
    )
    editors, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    editors.permissions.add(*permissions.filter(content_type__model__in=EDITED))
    editors.permissions.add(
        *permissions.filter(content_type__model__in=LOOKED_AT, codename__startswith="view_")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("exercises", "0002_catalogue_upkeep"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
