"""Where the catalogue here says another thing than the files did at the last sync."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q

from exercises.files.documents import Key, with_references
from exercises.files.renaming import FORMER
from exercises.files.rows import MODELS, Stored
from exercises.models import SyncedDocument


def names_edited(theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[str]:
    """The fields of ``theirs`` that say another thing in ``mine``, in their order."""
    return [name for name, value in theirs.items() if mine.get(name) != value]


def note_edits(stored: Mapping[Key, Stored]) -> None:
    """Keep with what was synced which fields of ``stored``, called by slugs, say another thing now.

    A conflict of which both sides say the same by now is settled. 4 queries, and one for each
    document where that changed.
    """
    rows = {(kind, each.row.pk): each for (kind, _), each in stored.items()}
    permanent = permanent_slugs()
    for synced in _synced(stored):
        mine = with_references(
            synced.kind,
            rows[synced.kind, synced.object_id].fields,
            lambda key: permanent.get(key, key[1]),
        )
        agreed = {name for name, value in synced.conflicts.items() if mine.get(name) == value}
        edited = names_edited(synced.in_the_files, mine)
        if agreed or edited != synced.edited:
            synced.fields |= {name: synced.conflicts.pop(name) for name in agreed}
            synced.edited = edited
            synced.save()


def permanent_slugs() -> dict[Key, str]:
    """The permanent slugs of rows that have another slug now, by kind and slug. 3 queries."""
    return {
        (kind, slug): permanent
        for kind in FORMER
        for slug, permanent in MODELS[kind]
        ._default_manager.exclude(permanent_slug__in=("", F("slug")))
        .values_list("slug", "permanent_slug")
    }


def _synced(stored: Mapping[Key, Stored]) -> list[SyncedDocument]:
    keys: dict[str, list[int]] = {}
    for (kind, _), each in stored.items():
        keys.setdefault(kind, []).append(each.row.pk)
    if not keys:
        return []
    of_kinds = (Q(kind=kind, object_id__in=pks) for kind, pks in keys.items())
    return list(SyncedDocument.objects.filter(reduce(or_, of_kinds)))
