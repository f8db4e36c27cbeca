import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """No page has made a routine yet: their tables are made anew."""

    dependencies = [
        ("exercises", "0015_catalogue_version"),
        ("workouts", "0018_bars_and_plates"),
    ]

    operations = [
        migrations.DeleteModel(name="RoutineEntry"),
        migrations.DeleteModel(name="Routine"),
        migrations.CreateModel(
            name="Routine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("weekdays", models.CharField(blank=True, max_length=7)),
                ("notes", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "athlete",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routines",
                        to="workouts.athlete",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(deleted_at=None),
                        fields=("athlete", "name"),
                        name="workouts_routine_name_of_athlete",
                        violation_error_message="You already have a routine with this name.",
                    ),
                    models.CheckConstraint(
                        condition=~Q(name=""), name="workouts_routine_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=Q(weekdays__regex="^1?2?3?4?5?6?7?$"),
                        name="workouts_routine_weekdays",
                    ),
                    models.CheckConstraint(
                        condition=Q(revision__gte=1), name="workouts_routine_revision_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutineEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("superset", models.CharField(blank=True, max_length=1)),
                ("targets", models.TextField(help_text="For example 1 x 5 w, 3 x 8-12 @8.")),
                ("rest_seconds", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("notes", models.TextField(blank=True)),
                (
                    "athlete",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workouts.athlete",
                    ),
                ),
                (
                    "exercise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="exercises.exercise",
                    ),
                ),
                (
                    "routine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="workouts.routine",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "routine entries",
                "ordering": ("routine", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("routine", "position"),
                        name="workouts_routineentry_one_at_a_position",
                    ),
                    models.CheckConstraint(
                        condition=~Q(targets=""), name="workouts_routineentry_has_targets"
                    ),
                    models.CheckConstraint(
                        condition=Q(rest_seconds__isnull=True) | Q(rest_seconds__range=(1, 3600)),
                        name="workouts_routineentry_rest",
                    ),
                    models.CheckConstraint(
                        condition=Q(superset="") | Q(superset__regex="^[A-Z]$"),
                        name="workouts_routineentry_superset_letter",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="workout",
            name="routine",
            field=models.ForeignKey(
                blank=True,
                help_text="The one that it was started from.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="workouts",
                to="workouts.routine",
            ),
        ),
        migrations.AddField(
            model_name="workout",
            name="plan",
            field=models.TextField(blank=True, help_text="The routine's text when it was started."),
        ),
    ]
