from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exercises", "0010_know_rows_by_their_first_slug")]

    operations = [
        migrations.AlterModelOptions(
            name="revision",
            options={
                "ordering": ("kind", "object_id", "-made_at", "-pk"),
                "verbose_name": "change",
            },
        ),
    ]
