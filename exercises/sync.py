"""Installing and upgrading the catalogue without undoing an editor's work.

For every document (``exercises.documents``) the database remembers what the files said when it was
last synced. ``sync`` merges three ways: a field that an editor changed stays, every other follows
the files. All in one transaction: a sync that stops half-way has changed nothing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from django.db import models, transaction

from exercises.documents import SHAPES, Document, Shape
from exercises.merging import Choice, Merge, merge
from exercises.models import (
    Alias,
    Equipment,
    Exercise,
    FormerSlug,
    Muscle,
    Source,
    Status,
    Step,
    SyncedDocument,
    Target,
)
from exercises.names import name_key

MODELS: dict[str, type[models.Model]] = {
    "source": Source,
    "equipment": Equipment,
    "muscle": Muscle,
    "exercise": Exercise,
}
REFERENCED = {
    "parent": "muscle",
    "antagonists": "muscle",
    "targets": "muscle",
    "sources": "source",
    "equipment": "equipment",
    "alternative_equipment": "equipment",
    "variation_of": "exercise",
    "harder": "exercise",
}
CHANGE_REASON = "Catalogue upgrade"

Key = tuple[str, str]
Outcome = Literal["added", "updated", "unchanged", "archived", "deleted here"]
Progress = Callable[[Sequence[Document]], Iterable[Document]]


@dataclass(slots=True)
class Change:
    """What a sync did to one document: fields that followed the files, that stayed as an editor
    left them, and that both sides changed (and stayed, unless settled)."""

    kind: str
    slug: str
    outcome: Outcome
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stored:
    """A row, and what it holds as a document's fields, references in the files' slugs."""

    row: Any
    fields: dict[str, Any]


class _DryRun(Exception):
    """Rolls a dry run back."""


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
    An exercise that left the files is archived; other rows that did stay. 17 queries when nothing
    changed, and a few for each document that did.
    """
    run = _Sync(files, take_theirs=take_theirs, keep_mine=keep_mine)
    changes: list[Change] = []
    try:
        with transaction.atomic():
            changes = run.write(progress)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return changes


def stored_documents() -> list[Document]:
    """The whole catalogue as documents, kinds and slugs in the files' order. About 15 queries."""
    stored = load_stored({})
    documents = [
        Document(kind, slug, {k: v for k, v in each.fields.items() if k != "slug"})
        for (kind, slug), each in stored.items()
    ]
    return sorted(documents, key=_file_order)


def load_stored(file_slugs: Mapping[tuple[str, int], str]) -> dict[Key, Stored]:
    """Every row of the catalogue by kind and slug in the files.

    ``file_slugs`` gives that slug, by kind and primary key, where an editor has changed the row's.
    """
    rows = {kind: list(_rows_with_parts(kind)) for kind in SHAPES}
    slugs = {
        (kind, row.pk): file_slugs.get((kind, row.pk), getattr(row, SHAPES[kind].key))
        for kind, each in rows.items()
        for row in each
    }
    return {
        (kind, slugs[kind, row.pk]): Stored(row, _fields_of(kind, row, slugs))
        for kind, each in rows.items()
        for row in each
    }


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
        for key, (change, merged) in plans.items():
            if merged is not None:
                self._write_row(key, change, merged)
        for document in progress(self.files):
            key = (document.kind, document.slug)
            change, merged = plans[key]
            if merged is not None:
                self._write_references(key, change, merged)
        self._remember()
        changes = [change for change, _ in plans.values()]
        return changes + list(self._archive_the_rest(plans))

    def _load(self) -> None:
        self.bases = {(base.kind, base.slug): base for base in SyncedDocument.objects.all()}
        self._follow_renames()
        by_row = {(base.kind, base.object_id): slug for (_, slug), base in self.bases.items()}
        self.stored = load_stored(by_row)
        self.rows: dict[Key, Any] = {key: stored.row for key, stored in self.stored.items()}

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
        outcome: Outcome = "updated" if merged.updated else "unchanged"
        change = Change(*key, outcome, merged.updated, merged.kept, merged.conflicts)
        return change, merged if merged.updated else None

    def _choice(self, slug: str) -> Choice:
        if {slug, "all"} & self.take_theirs:
            return "theirs"
        return "mine" if {slug, "all"} & self.keep_mine else "ask"

    def _write_row(self, key: Key, change: Change, merged: Merge) -> None:
        """Plain fields, and a reference that is there already: a part needs its group at once."""
        kind, _ = key
        shape = SHAPES[kind]
        row: Any = self.rows.get(key) or MODELS[kind]()
        for name in (*shape.fields, "slug"):
            if name in shape.one:
                self._point(row, name, merged.values[name])
            elif name not in shape.many:
                setattr(row, shape.key if name == "slug" else name, merged.values[name])
        row._change_reason = CHANGE_REASON
        row.save()
        self.rows[key] = row
        if "aliases" in change.updated:
            row.aliases.exclude(name__in=merged.values["aliases"]).delete()

    def _write_references(self, key: Key, change: Change, merged: Merge) -> None:
        kind, _ = key
        shape, row = SHAPES[kind], self.rows[key]
        pointed = [self._point(row, name, merged.values[name]) for name in shape.one]
        if any(pointed):
            row.save()
        for name in change.updated:
            if name in shape.many:
                getattr(row, name).set(self._referenced(name, merged.values[name], change))
            elif name in shape.parts:
                PART_WRITERS[name](self, row, merged.values[name], change)

    def _point(self, row: Any, name: str, slug: str | None) -> bool:
        """Whether the row now refers to another one than before."""
        target = self.rows.get((REFERENCED[name], slug)) if slug else None
        target_pk = target.pk if target else None
        if getattr(row, f"{name}_id") == target_pk:
            return False
        setattr(row, f"{name}_id", target_pk)
        return True

    def _referenced(self, name: str, slugs: Iterable[str], change: Change) -> list[Any]:
        kind = REFERENCED[name]
        missing = [slug for slug in slugs if (kind, slug) not in self.rows]
        change.notes += [f"{name}: there is no {kind} {slug} here" for slug in missing]
        return [self.rows[kind, slug] for slug in slugs if slug not in missing]

    def _write_steps(self, row: Exercise, texts: list[str], change: Change) -> None:
        there = {step.position: step for step in row.steps.all()}
        for position, text in enumerate(texts, start=1):
            step = there.pop(position, None) or Step(exercise=row, position=position)
            if step.text != text:
                step.text = text
                step.save()
        row.steps.filter(position__in=there).delete()

    def _write_targets(self, row: Exercise, pairs: list[list[str]], change: Change) -> None:
        there = {target.muscle_id: target for target in row.targets.all()}
        for position, (slug, role) in enumerate(pairs, start=1):
            for muscle in self._referenced("targets", [slug], change):
                target = there.pop(muscle.pk, None) or Target(exercise=row, muscle=muscle)
                target.role, target.position = role, position
                target.save()
        row.targets.filter(muscle__in=there).delete()

    def _write_aliases(self, row: Exercise, names: list[str], change: Change) -> None:
        there = set(row.aliases.values_list("name", flat=True))
        for name in names:
            if name in there:
                continue
            taken = Alias.objects.filter(key=name_key(name)).select_related("exercise").first()
            if taken:
                change.notes.append(f"aliases: {taken.exercise} goes by “{name}” here")
            else:
                Alias.objects.create(exercise=row, name=name)

    def _write_former_slugs(self, row: Exercise, slugs: list[str], change: Change) -> None:
        row.former_slugs.exclude(slug__in=slugs).delete()
        for slug in slugs:
            FormerSlug.objects.update_or_create(slug=slug, defaults={"exercise": row})

    def _remember(self) -> None:
        """Keep what the files said, for the next merge."""
        new = []
        for document in self.files:
            key = (document.kind, document.slug)
            base, row = self.bases.get(key), self.rows.get(key)
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
                stored.row._change_reason = CHANGE_REASON
                stored.row.save()
                base.fields["status"] = str(Status.ARCHIVED)
                base.save()
                yield Change(*key, "archived")


PART_WRITERS: dict[str, Callable[[_Sync, Any, Any, Change], None]] = {
    "former_slugs": _Sync._write_former_slugs,
    "steps": _Sync._write_steps,
    "targets": _Sync._write_targets,
    "aliases": _Sync._write_aliases,
}


def _rows_with_parts(kind: str) -> Iterable[Any]:
    shape = SHAPES[kind]
    rows = MODELS[kind]._default_manager.order_by(shape.key)
    if kind == "exercise":
        rows = rows.filter(owner=None)
    return rows.prefetch_related(*sorted(shape.many), *shape.parts)


def _fields_of(kind: str, row: Any, slugs: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    shape = SHAPES[kind]
    fields = {name: _value(shape, row, name, slugs) for name in shape.fields}
    fields["slug"] = getattr(row, shape.key)
    if shape.parts:
        fields |= _parts_of(row, slugs)
    return fields


def _value(shape: Shape, row: Any, name: str, slugs: Mapping[tuple[str, int], str]) -> Any:
    if name in shape.many:
        kind = REFERENCED[name]
        found = (slugs.get((kind, other.pk)) for other in getattr(row, name).all())
        return sorted(slug for slug in found if slug)
    if name in shape.one:
        return slugs.get((REFERENCED[name], getattr(row, f"{name}_id")))
    value = getattr(row, name)
    return str(value) if isinstance(value, Decimal) else value


def _parts_of(row: Exercise, slugs: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    steps = sorted(row.steps.all(), key=lambda step: step.position)
    targets = sorted(row.targets.all(), key=lambda target: (target.position, target.pk))
    return {
        "former_slugs": sorted(former.slug for former in row.former_slugs.all()),
        "steps": [step.text for step in steps],
        "targets": [[slugs["muscle", target.muscle_id], target.role] for target in targets],
        "aliases": sorted(alias.name for alias in row.aliases.all()),
    }


def _file_order(document: Document) -> tuple[int, int, str]:
    kind = list(SHAPES).index(document.kind)
    return kind, document.fields.get("position") or 0, document.slug
