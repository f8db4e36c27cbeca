from typing import Any

from django.db import migrations


def write_no_help(apps: Any, schema_editor: Any) -> None:
    """A set without a number, beside sets with help, was shown as "bw": it had no help.

    Alone it may have been done with a band, whose help nobody knows. ``rebuild_summaries`` brings
    the figures.
    """
    sets = apps.get_model("workouts", "LoggedSet").objects.filter(
        entry__exercise__load_type="assisted_bodyweight"
    )
    units = dict(sets.exclude(weight=None).order_by().values_list("entry", "unit"))
    bare = sets.filter(weight=None, entry__in=units)
    changed = list(bare.only("entry"))
    for each in changed:
        each.weight, each.weight_kg, each.unit = 0, 0, units[each.entry_id]
    bare.bulk_update(changed, ["weight", "weight_kg", "unit"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("workouts", "0010_link_weighings")]

    operations = [migrations.RunPython(write_no_help, migrations.RunPython.noop, elidable=True)]
