"""Sessions name the class that signed them in, which is another one now."""

from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations

OURS = "backtrain.authentication.AuthenticationBackend"
ALLAUTHS = "allauth.account.auth_backends.AuthenticationBackend"


def rename(apps, before, after):
    store = SessionStore()
    for session in apps.get_model("backtrain", "Session").objects.exclude(user=None).iterator():
        data = store.decode(session.session_data)
        if data.get(BACKEND_SESSION_KEY) == before:
            session.session_data = store.encode({**data, BACKEND_SESSION_KEY: after})
            session.save(update_fields=["session_data"])


def to_ours(apps, schema_editor):
    rename(apps, ALLAUTHS, OURS)


def to_allauths(apps, schema_editor):
    rename(apps, OURS, ALLAUTHS)


class Migration(migrations.Migration):

    dependencies = [
        ('backtrain', '0003_encrypt_second_factors'),
    ]

    operations = [
        migrations.RunPython(to_ours, to_allauths),
    ]
