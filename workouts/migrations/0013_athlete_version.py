import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workouts", "0012_count_sets_by_exercise")]

    operations = [
        migrations.AddField(
            model_name="athlete",
            name="version",
            field=models.UUIDField(
                default=uuid.uuid4,
                editable=False,
                help_text="Another one after every write to what belongs to the athlete.",
            ),
        ),
    ]
