"""Another slug for a row of the catalogue: its old address goes on leading to it."""

from typing import Any

from exercises.files.documents import Key
from exercises.models import FormerEquipmentSlug, FormerMuscleSlug, FormerSlug

FORMER: dict[str, Any] = {
    "exercise": FormerSlug,
    "muscle": FormerMuscleSlug,
    "equipment": FormerEquipmentSlug,
}


def keep_address(kind: str, row: Any, *, former: str) -> None:
    """Let the slug that ``row`` had until now lead to it, whoever had it before. 3 queries.

    Its permanent slug stays, and with it the drawn figure and what upgrades know of it.
    """
    if kind not in FORMER or former == row.slug:
        return
    FORMER[kind].objects.filter(**{kind: row, "slug": row.slug}).delete()
    FORMER[kind].objects.update_or_create(slug=former, defaults={kind: row})


def former_keys() -> dict[Key, int]:
    """The primary key of the row that each former slug leads to, by kind and slug. 3 queries."""
    return {
        (kind, slug): pk
        for kind, model in FORMER.items()
        for slug, pk in model.objects.values_list("slug", kind)
    }
