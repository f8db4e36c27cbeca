from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("exercises", "0013_own_edition")]

    operations = [
        migrations.AlterConstraint(
            model_name="equipment",
            name="exercises_equipment_empty_weight_positive",
            constraint=models.CheckConstraint(
                condition=Q(empty_weight_kg__isnull=True) | Q(empty_weight_kg__gt=0),
                name="exercises_equipment_empty_weight_positive",
                violation_error_message="A weight is above 0.",
            ),
        ),
    ]
