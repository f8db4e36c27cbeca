"""Sessions with whose they are. Who is signed in stays so; visitors' sessions go along.

The rows of before stay, for servers that have not been told of the new code yet.
"""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations
from django.utils import timezone


def bring_over(apps, schema_editor):
    Old, New = apps.get_model("sessions", "Session"), apps.get_model("backtrain", "Session")
    users = set(apps.get_model("auth", "User").objects.values_list("pk", flat=True))
    now, store, rows = timezone.now(), SessionStore(), []
    for old in Old.objects.filter(expire_date__gt=now).iterator():
        data = store.decode(old.session_data)
        user = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        if data and (user is None or user in users):
            kept = {name: getattr(old, name) for name in ("session_key", "session_data", "expire_date")}
            rows.append(New(**kept, user_id=user, last_seen_at=now))
    New.objects.bulk_create(rows, batch_size=500)


def bring_back(apps, schema_editor):
    Old, New = apps.get_model("sessions", "Session"), apps.get_model("backtrain", "Session")
    kept = ("session_key", "session_data", "expire_date")
    rows = [Old(**dict(zip(kept, values))) for values in New.objects.values_list(*kept)]
    Old.objects.all().delete()
    Old.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('backtrain', '0001_sessions'),
    ]

    operations = [
        migrations.RunPython(bring_over, bring_back),
    ]
