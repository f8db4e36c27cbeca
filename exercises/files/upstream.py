"""Where the catalogue here says another thing than the files did at the last sync."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import Any

from django.db import models
from django.db.models import F, Q

from exercises.files.differences import Difference, as_text
from exercises.files.documents import Key, with_references
from exercises.files.renaming import FORMER
from exercises.files.rows import MODELS, Stored, kind_of, load_stored
from exercises.files.schemas import SCHEMAS
from exercises.models import SyncedDocument


def names_edited(kind: str, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[str]:
    """The fields of ``theirs`` that say another thing in ``mine``, in the documents' order."""
    return [name for name in SCHEMAS[kind].in_order(theirs) if mine.get(name) != theirs[name]]


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
        edited = names_edited(synced.kind, synced.in_the_files, mine)
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


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that says one thing in the files and another here; ``is_open`` if both changed it.

    ``last_common`` is what it said when both agreed, for those that are open.
    """

    difference: Difference
    is_open: bool
    last_common: str

    @property
    def name(self) -> str:
        return self.difference.name


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row beside what the files said of it: its fields that differ, open conflicts first.

    ``version`` is another one as soon as either side says another thing. Of a row that left the
    files only what is open counts.
    """

    synced: SyncedDocument
    fields: list[Differing]
    version: str

    @property
    def open_names(self) -> list[str]:
        return [each.name for each in self.fields if each.is_open]


def compare(row: models.Model) -> Comparison | None:
    """None for a row that the files never had. About 20 queries."""
    kind = kind_of(row)
    synced = SyncedDocument.objects.filter(kind=kind, object_id=row.pk).first()
    if synced is None:
        return None
    [stored] = load_stored(by_permanent_slug=True, only={kind: [row.pk]}).values()
    mine, theirs, opened = stored.fields, synced.in_the_files, synced.conflicts
    edited = [] if synced.is_gone else names_edited(kind, theirs, mine)
    names = [*SCHEMAS[kind].in_order(opened), *(name for name in edited if name not in opened)]
    fields = [
        Differing(
            Difference.of(name, theirs[name], mine.get(name)),
            is_open=name in opened,
            last_common=as_text(synced.fields.get(name)),
        )
        for name in names
    ]
    said = json.dumps([mine, synced.fields, opened, synced.is_gone], sort_keys=True)
    return Comparison(synced, fields, sha256(said.encode()).hexdigest()[:32])
