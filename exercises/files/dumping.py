"""What goes into the catalogue's files: what they say, with the edits made here."""

from collections.abc import Mapping, Sequence
from typing import Any

from exercises.files.documents import Document, Key, by_permanent_slugs, with_references
from exercises.files.merging import merge
from exercises.files.rows import Stored, file_order, load_stored
from exercises.files.schemas import SCHEMAS
from exercises.models import Exercise, SyncedDocument


def stored_documents(files: Sequence[Document] = ()) -> list[Document]:
    """``files`` with what was edited, added and deleted here, and nothing else. About 25 queries.

    What the files changed since the last sync stays as they have it, what they dropped stays away,
    and what a sync could not bring here stays. With no ``files``, the catalogue as it is here but
    for what left the files. Imported drafts are left out, and whatever refers to them, until an
    editor has looked at them. In the files' order.
    """
    theirs = {each.key: each for each in by_permanent_slugs(files)}
    bases = {(base.kind, base.slug): base for base in SyncedDocument.objects.all()}
    stored = load_stored(by_permanent_slug=True, is_reviewed_only=True)
    says = {
        key: _with_edits(key, each, bases.get(key), theirs.get(key))
        for key, each in stored.items()
        if key in theirs or not _is_gone(bases.get(key), is_whole=not files)
    }
    waiting = {("exercise", each.permanent_slug) for each in Exercise.objects.unreviewed()}
    for key, document in theirs.items():
        if key not in stored and (key not in bases or key in waiting):
            says[key] = document.says
    return sorted(_called_by_slugs(says), key=file_order)


def _is_gone(base: SyncedDocument | None, *, is_whole: bool) -> bool:
    """Whether the files once had it and have it no more; without files, as of the last sync."""
    return base is not None and (base.is_gone if is_whole else True)


def _with_edits(
    key: Key, stored: Stored, base: SyncedDocument | None, document: Document | None
) -> dict[str, Any]:
    if base is None:
        return stored.fields
    return merge(
        base.fields,
        document.says if document else base.in_the_files,
        stored.fields,
        choice="mine",
        sets=SCHEMAS[key[0]].sets,
        unsettled=base.conflicts,
    ).values


def _called_by_slugs(says: Mapping[Key, Mapping[str, Any]]) -> list[Document]:
    """The documents, and what they refer to of one another, by their slugs."""

    def slug_of(key: Key) -> str | None:
        return says[key]["slug"] if key in says else None

    documents = []
    for (kind, permanent), said in says.items():
        fields = with_references(kind, said, slug_of)
        slug = fields.pop("slug")
        documents.append(Document(kind, slug, fields, "" if permanent == slug else permanent))
    return documents
