"""The history of the catalogue: what each document said in every version, and the way back.

A version is the whole document, an exercise with its steps, targets and aliases, because that is
what an editor sees and wants back (ADR 6).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from exercises.files.differences import Difference, differences, is_same
from exercises.files.documents import Document, in_order
from exercises.files.rows import (
    MODELS,
    Change,
    kind_of,
    load_stored,
    referring_to,
    write_documents,
)
from exercises.files.schemas import SCHEMAS
from exercises.files.upstream import note_edits
from exercises.models import Exercise, Muscle, Revision, Status

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Only = Mapping[str, Collection[int]]

UNRECORDED = "Before the first edit here"
DELETED = "Deleted in admin"
LONGEST_REASON = 80  # as wide as its column


def record(
    reason: str,
    *,
    user: "User | None" = None,
    only: Only | None = None,
    is_decision: bool = False,
) -> int:
    """Add a version of each row that is not as its latest version says; how many that were.

    ``only`` narrows it to primary keys by kind, and to the antagonists of muscles among them, which
    change along; without it, the whole catalogue. ``is_decision`` adds one of each that was asked
    for where nothing changed too: somebody decided that it stays so. About 25 queries.
    Which fields say another thing than the catalogue's files is noted along with it.
    """
    asked = {(kind, pk) for kind, keys in (only or {}).items() for pk in keys}
    only = only and _with_antagonists(only)
    known = {(each.kind, each.object_id): each.fields for each in _latest(only)}
    stored_now = load_stored(only=only)
    new = [
        Revision(kind=kind, object_id=stored.row.pk, fields=stored.fields, reason=reason, user=user)
        for (kind, _), stored in stored_now.items()
        if (is_decision and (kind, stored.row.pk) in asked)
        or not is_same(known.get((kind, stored.row.pk)), stored.fields)
    ]
    note_edits(stored_now)
    return len(Revision.objects.bulk_create(new))


def _latest(only: Only | None) -> "models.QuerySet[Revision]":
    latest = Revision.objects.latest_of_each()
    if only is None:
        return latest
    rows = (models.Q(kind=kind, object_id__in=keys) for kind, keys in only.items())
    return latest.filter(reduce(or_, rows, models.Q(pk=None)))


def _with_antagonists(only: Only) -> Only:
    """With those that muscles among them have now, or had in their latest version. 2 queries."""
    muscles = set(only.get("muscle", ()))
    if not muscles:
        return only
    last = _latest({"muscle": muscles})
    named = {slug for each in last for slug in each.fields.get("antagonists", ())}
    pairs = Muscle.objects.filter(models.Q(antagonists__in=muscles) | models.Q(slug__in=named))
    return {**only, "muscle": muscles | set(pairs.order_by().values_list("pk", flat=True))}


def record_row(row: models.Model, reason: str, *, user: "User | None" = None) -> int:
    """As ``record``, for one row."""
    return record(reason, user=user, only={kind_of(row): [row.pk]})


def differences_since(before: Mapping[str, Any], revision: Revision) -> list[Difference]:
    """What a version says otherwise than the fields ``before``, in the order of a document."""
    return differences(before, in_order(revision.kind, revision.fields))


@contextmanager
def recorded_deletion(rows: Collection[models.Model], *, user: "User") -> Iterator[None]:
    """Around the deletion of rows of one kind: what they said last, and who deleted them; then
    what the documents that named them say without them."""
    with transaction.atomic():
        kind, keys = kind_of(next(iter(rows))), {row.pk for row in rows}
        naming = referring_to(kind, keys)
        naming.setdefault(kind, set()).difference_update(keys)
        record(UNRECORDED, only={**naming, kind: naming[kind] | keys})
        last = list(_latest({kind: keys}))
        Revision.objects.bulk_create(
            Revision(
                kind=kind, object_id=each.object_id, fields=each.fields, reason=DELETED, user=user
            )
            for each in last
        )
        yield
        slugs = ", ".join(sorted(each.fields["slug"] for each in last))
        record(f"Without {slugs}, now deleted"[:LONGEST_REASON], user=user, only=naming)


@transaction.atomic
def restore(revision: Revision, *, user: "User") -> Change:
    """Make the row say again what it said in ``revision``, as a new version. About 45 queries.

    Addresses that it has had since go on leading to it.

    Raises ``DoesNotExist`` if the row is gone, and ``ValidationError`` if another row has taken
    its name or slug since, or if it would take a published exercise off the site.
    """
    row = MODELS[revision.kind]._default_manager.get(pk=revision.object_id)
    record_row(row, UNRECORDED)
    was_published = isinstance(row, Exercise) and row.status == Status.PUBLISHED
    slug = getattr(row, SCHEMAS[revision.kind].key)
    says = {name: value for name, value in revision.fields.items() if name != "former_slugs"}
    [change] = write_documents([Document(revision.kind, slug, says)])
    if change.lacks and was_published:
        raise ValidationError(
            f"That version has no {' and no '.join(change.lacks)}, without which an exercise is not"
            " published. Make it a draft first, then go back, and add what is missing."
        )
    record_row(row, f"Back to the version of {revision.made_at:%-d %B %Y %H:%M} UTC", user=user)
    return change
