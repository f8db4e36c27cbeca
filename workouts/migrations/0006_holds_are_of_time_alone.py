from django.db import migrations
from django.db.models import Max, OuterRef, Subquery


def keep_holds_alone(apps, schema_editor):
    """A set of metres or reps against the clock is no hold, so its time was no record."""
    holds = apps.get_model("workouts", "LoggedSet").objects.filter(
        entry=OuterRef("pk"), reps=None, metres=None
    )
    working = holds.exclude(kind="warm-up").order_by().values("entry")
    longest = working.annotate(longest=Max("seconds")).values("longest")
    entries = apps.get_model("workouts", "Entry").objects.exclude(best_seconds=None)
    entries.update(best_seconds=Subquery(longest))


class Migration(migrations.Migration):
    dependencies = [("workouts", "0005_order_workouts_by_their_day")]

    operations = [migrations.RunPython(keep_holds_alone, migrations.RunPython.noop, elidable=True)]
