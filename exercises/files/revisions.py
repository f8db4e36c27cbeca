"""The history of the catalogue: what each document said in every version, and the way back.

A version is the whole document, an exercise with its steps, targets and aliases, because that is
what an editor sees and wants back (ADR 6).
"""

from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction

from exercises.files.differences import is_same
from exercises.files.documents import SHAPES, Document
from exercises.files.rows import MODELS, Change, kind_of, load_stored, write_documents
from exercises.files.upstream import note_edits
from exercises.models import Exercise, Revision, Status

if TYPE_CHECKING:
    from django.contrib.auth.models import User

UNRECORDED = "Before the first edit here"
DELETED = "Deleted in admin"


def record(
    reason: str,
    *,
    user: "User | None" = None,
    only: Mapping[str, Collection[int]] | None = None,
    is_decision: bool = False,
) -> int:
    """Add a version of each row that is not as its latest version says; how many that were.

    ``only`` narrows it to primary keys by kind; without it, the whole catalogue. ``is_decision``
    adds one where nothing changed too: somebody decided that it stays so. About 25 queries.
    Which fields say another thing than the catalogue's files is noted along with it.
    """
    latest = Revision.objects.latest_of_each()
    if only is not None:
        rows = (models.Q(kind=kind, object_id__in=keys) for kind, keys in only.items())
        latest = latest.filter(reduce(or_, rows))
    known = {(each.kind, each.object_id): each.fields for each in latest}
    stored_now = load_stored(only=only)
    new = [
        Revision(kind=kind, object_id=stored.row.pk, fields=stored.fields, reason=reason, user=user)
        for (kind, _), stored in stored_now.items()
        if is_decision or not is_same(known.get((kind, stored.row.pk)), stored.fields)
    ]
    note_edits(stored_now)
    return len(Revision.objects.bulk_create(new))


def record_row(row: models.Model, reason: str, *, user: "User | None" = None) -> int:
    """As ``record``, for one row."""
    return record(reason, user=user, only={kind_of(row): [row.pk]})


@transaction.atomic
def record_deletion(row: models.Model, *, user: "User") -> None:
    """Before the row goes: what it said last, and who deletes it."""
    record_row(row, UNRECORDED)
    last = Revision.objects.of(kind_of(row), row.pk)[0]
    Revision.objects.create(
        kind=last.kind, object_id=last.object_id, fields=last.fields, reason=DELETED, user=user
    )


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
    slug = getattr(row, SHAPES[revision.kind].key)
    says = {name: value for name, value in revision.fields.items() if name != "former_slugs"}
    [change] = write_documents([Document(revision.kind, slug, says)])
    if change.lacks and was_published:
        raise ValidationError(
            f"That version has no {' and no '.join(change.lacks)}, without which an exercise is not"
            " published. Make it a draft first, then go back, and add what is missing."
        )
    record_row(row, f"Back to the version of {revision.made_at:%-d %B %Y %H:%M} UTC", user=user)
    return change
