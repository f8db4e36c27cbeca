from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import migrations


def link_weighings(apps: Any, schema_editor: Any) -> None:
    """Say of each workout with which weighing it was reckoned, by the weight that its sets have.

    A weight that the athlete never weighed, as far as is stored, is one that was corrected on the
    same day: the sets take what it was corrected to. ``rebuild_summaries`` then puts their figures
    right.
    """
    BodyWeight = apps.get_model("workouts", "BodyWeight")
    LoggedSet = apps.get_model("workouts", "LoggedSet")
    Workout = apps.get_model("workouts", "Workout")
    by_athlete: dict[int, list[Any]] = defaultdict(list)
    for weighed in BodyWeight.objects.order_by("weighed_on"):
        by_athlete[weighed.athlete_id].append(weighed)
    used = LoggedSet.objects.exclude(bodyweight_kg=None).order_by()
    pairs = used.values_list("entry__workout", "bodyweight_kg").distinct()
    kg_of = dict(pairs.iterator())
    linked = []
    for workout in Workout.objects.filter(athlete__in=by_athlete).iterator():
        if workout.pk in kg_of:
            workout.weighing = pick(by_athlete[workout.athlete_id], workout.day, kg_of[workout.pk])
            linked.append(workout)
    Workout.objects.bulk_update(linked, ["weighing"], batch_size=500)
    for workout in linked:
        if workout.weighing.weight_kg != kg_of[workout.pk]:
            LoggedSet.objects.filter(entry__workout=workout).update(
                bodyweight_kg=workout.weighing.weight_kg
            )


def pick(weighings: Sequence[Any], day: date, weight_kg: Decimal) -> Any:
    """Of those with that weight, or of all where there is none, the last one on or before the day,
    else the first after."""
    alike = [each for each in weighings if each.weight_kg == weight_kg] or weighings
    before = [each for each in alike if each.weighed_on <= day]
    return before[-1] if before else alike[0]


class Migration(migrations.Migration):
    dependencies = [("workouts", "0009_weighing")]

    operations = [
        migrations.RunPython(link_weighings, migrations.RunPython.noop, elidable=True)
    ]
