"""Secrets of authenticator apps and recovery codes are encrypted."""

from django.db import migrations

from backtrain.second_factors import MARK, decrypt_or_fail, encrypt

SECRETS = ("secret", "seed")


def rewrite(apps, change):
    for row in apps.get_model("mfa", "Authenticator").objects.all().iterator():
        changed = {name: change(row.data[name]) for name in SECRETS if name in row.data}
        if changed:
            row.data = {**row.data, **changed}
            row.save(update_fields=["data"])


def encrypt_all(apps, schema_editor):
    rewrite(apps, lambda kept: kept if kept.startswith(MARK) else encrypt(kept))


def decrypt_all(apps, schema_editor):
    """Not a secret is lost: under another key it fails."""
    rewrite(apps, lambda kept: decrypt_or_fail(kept) if kept.startswith(MARK) else kept)


class Migration(migrations.Migration):

    dependencies = [
        ('backtrain', '0002_bring_sessions_over'),
        ('mfa', '0003_authenticator_type_uniq'),
    ]

    operations = [
        migrations.RunPython(encrypt_all, decrypt_all),
    ]
