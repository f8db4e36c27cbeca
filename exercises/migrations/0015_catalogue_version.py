from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("exercises", "0014_empty_weight_in_words"),
    ]

    operations = [
        migrations.RenameModel("Edition", "CatalogueVersion"),
        migrations.RenameModel("OwnEdition", "OwnCatalogueVersion"),
    ]
