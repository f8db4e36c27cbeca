"""Every row is known by the slug that the files gave it, also where an editor changed it since."""

from django.db import migrations

FORMER = {"exercise": "FormerSlug", "muscle": "FormerMuscleSlug", "equipment": "FormerEquipmentSlug"}


def give_permanent_slugs(apps, schema_editor):
    synced = {
        (each.kind, each.object_id): each.slug
        for each in apps.get_model("exercises", "SyncedDocument").objects.only("kind", "object_id", "slug")
    }
    for kind, former_model in FORMER.items():
        rows = apps.get_model("exercises", kind).objects.order_by("pk")
        if kind == "exercise":
            rows = rows.filter(owner=None)
        rows = list(rows.only("slug"))
        taken = set()
        # First those that the files know: a row made here at a slug that one of them left gives way
        for row in sorted(rows, key=lambda row: (kind, row.pk) not in synced):
            wanted = synced.get((kind, row.pk), row.slug)
            candidates = (wanted, *(f"{wanted[:74]}-{n}" for n in range(2, len(taken) + 3)))
            row.permanent_slug = next(slug for slug in candidates if slug not in taken)
            taken.add(row.permanent_slug)
            row.save(update_fields=["permanent_slug"])
        renamed = [row for row in rows if synced.get((kind, row.pk), row.slug) != row.slug]
        _keep_addresses(apps.get_model("exercises", former_model), kind, renamed)


def _keep_addresses(former, kind, rows):
    """Addresses that renaming in admin had broken lead there again."""
    for row in rows:
        if not former.objects.filter(slug=row.permanent_slug).exists():
            former.objects.create(slug=row.permanent_slug, **{kind: row})


class Migration(migrations.Migration):
    dependencies = [("exercises", "0009_permanent_slugs_and_conflicts")]

    operations = [migrations.RunPython(give_permanent_slugs, migrations.RunPython.noop)]
