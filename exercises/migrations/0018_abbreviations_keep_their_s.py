"""Keys of names anew: words of three letters keep an S that makes no plural (exercises.names)."""

from django.db import IntegrityError, migrations, transaction

from exercises.names import name_key


def renew_keys(apps, schema_editor):
    """A key that another name has already stays as it was."""
    for model, field in (("Exercise", "name_key"), ("Alias", "key"), ("FormerName", "key")):
        renew(apps.get_model("exercises", model), field)


def renew(model, field):
    rows = model._base_manager.order_by("pk").values_list("pk", "name", field)
    changed = [
        (pk, name_key(name)) for pk, name, key in rows.iterator() if name_key(name) not in ("", key)
    ]
    for pk, key in changed:
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=pk).update(**{field: key})
        except IntegrityError:
            continue


class Migration(migrations.Migration):
    dependencies = [("exercises", "0017_translations")]
    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop, elidable=True)]
