"""Installing and upgrading the catalogue without undoing an editor's work.

For every document (``exercises.documents``) the database remembers what the files said when it was
last synced. ``sync`` merges three ways: a field that an editor changed stays, every other follows
the files. All in one transaction: a sync that stops half-way has changed nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from django.db import transaction

from exercises.documents import Document
from exercises.merging import Choice, Merge, merge
from exercises.models import Status, SyncedDocument, why_unreadable
from exercises.models.catalogue import LOADED_BY
from exercises.revisions import record
from exercises.stored import Change, Key, Outcome, Stored, Writer, load_stored

CHANGE_REASON = "Catalogue upgrade"

Progress = Callable[[Sequence[Document]], Iterable[Document]]


def sync(
    files: Sequence[Document],
    *,
    take_theirs: Collection[str] = (),
    keep_mine: Collection[str] = (),
    dry_run: bool = False,
    progress: Progress = iter,
) -> list[Change]:
    """Bring the database to what ``files`` say, but for what editors changed.

    ``take_theirs`` and ``keep_mine`` hold slugs, or "all", whose conflicts are settled that way.
    An exercise that left the files is archived; other rows that did stay. 21 queries when nothing
    changed, and a few for each document that did.
    """
    run = _Sync(files, take_theirs=take_theirs, keep_mine=keep_mine)
    with transaction.atomic():
        changes = run.write(progress)
        if any(change.outcome in ("added", "updated", "archived") for change in changes):
            record(CHANGE_REASON)
        transaction.set_rollback(dry_run)
    return changes


class _Sync:
    """One run: plan every document, write rows, then what refers to other rows."""

    def __init__(
        self,
        files: Sequence[Document],
        *,
        take_theirs: Collection[str],
        keep_mine: Collection[str],
    ) -> None:
        self.files = files
        self.take_theirs = frozenset(take_theirs)
        self.keep_mine = frozenset(keep_mine)

    def write(self, progress: Progress) -> list[Change]:
        self._load()
        plans = {(each.kind, each.slug): self._plan(each) for each in self.files}
        for document in progress(self.files):  # what was logged is reckoned anew along with it
            change, merged = plans[document.kind, document.slug]
            if merged is not None:
                self.writer.write_row(change, merged.values)
        for document in progress(self.files):
            change, merged = plans[document.kind, document.slug]
            if merged is not None:
                self.writer.write_references(change, merged.values)
        self._remember()
        changes = [change for change, _ in plans.values()]
        return changes + list(self._archive_the_rest(plans))

    def _load(self) -> None:
        self.bases = {(base.kind, base.slug): base for base in SyncedDocument.objects.all()}
        self._follow_renames()
        by_row = {(base.kind, base.object_id): slug for (_, slug), base in self.bases.items()}
        self.stored = load_stored(by_row)
        self.writer = Writer({key: stored.row for key, stored in self.stored.items()})

    def _follow_renames(self) -> None:
        """A document whose former slug was synced before is that document under a new slug."""
        for document in self.files:
            key = (document.kind, document.slug)
            for former in document.fields.get("former_slugs", ()):
                base = self.bases.get((document.kind, former))
                if base and key not in self.bases:
                    del self.bases[document.kind, former]
                    self.bases[key] = base

    def _plan(self, document: Document) -> tuple[Change, Merge | None]:
        key = (document.kind, document.slug)
        theirs = {**document.fields, "slug": document.slug}
        base, stored = self.bases.get(key), self.stored.get(key)
        choice = self._choice(document.slug)
        if stored is None:
            if base and choice != "theirs":
                return Change(*key, "deleted here"), None
            return Change(*key, "added", updated=list(theirs)), Merge(theirs)
        merged = merge(base.fields if base else None, theirs, stored.fields, choice=choice)
        notes = _keep_readable(merged, stored)
        outcome: Outcome = "updated" if merged.updated else "unchanged"
        change = Change(*key, outcome, merged.updated, merged.kept, merged.conflicts, notes)
        return change, merged if merged.updated else None

    def _choice(self, slug: str) -> Choice:
        if {slug, "all"} & self.take_theirs:
            return "theirs"
        return "mine" if {slug, "all"} & self.keep_mine else "ask"

    def _remember(self) -> None:
        """Keep what the files said, for the next merge."""
        new = []
        for document in self.files:
            key = (document.kind, document.slug)
            base, row = self.bases.get(key), self.writer.rows.get(key)
            if row is None:
                continue
            says = {**document.fields, "slug": document.slug}
            wanted = (document.slug, row.pk, says)
            if base is None:
                new.append(SyncedDocument(kind=document.kind, slug=document.slug))
                base = new[-1]
            elif (base.slug, base.object_id, base.fields) == wanted:
                continue
            base.slug, base.object_id, base.fields = wanted
            if base.pk:
                base.save()
        SyncedDocument.objects.bulk_create(new)

    def _archive_the_rest(self, plans: Mapping[Key, object]) -> Iterator[Change]:
        """Exercises that left the files, unless an editor took them up."""
        for key, base in self.bases.items():
            stored = self.stored.get(key)
            if key in plans or stored is None or base.kind != "exercise":
                continue
            if stored.fields["status"] == base.fields["status"] != Status.ARCHIVED:
                stored.row.status = Status.ARCHIVED
                stored.row.save()
                base.fields["status"] = str(Status.ARCHIVED)
                base.save()
                yield Change(*key, "archived")


def _keep_readable(merged: Merge, stored: Stored) -> list[str]:
    """Leave the way of loading as it is where what was logged could not be read; why, as a note.

    The fields of ``LOADED_BY`` stay together, since some only fit some load types.
    """
    if "load_type" not in merged.updated:
        return []
    why = why_unreadable(stored.row, merged.values["load_type"])
    if not why:
        return []
    for name in set(LOADED_BY) & set(merged.updated):
        merged.values[name] = stored.fields[name]
        merged.updated.remove(name)
        merged.conflicts.append(name)
    return [f"load_type: {why}"]
