"""The catalogue's rows as documents, and documents as rows.

``load_stored`` reads, ``Writer`` writes; syncing, history and file import are built on the two.
References between rows are slugs in a document and keys in the database.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import models, transaction

from exercises.documents import LATER, SHAPES, Document, Shape
from exercises.footnotes import unattached
from exercises.models import (
    Alias,
    Equipment,
    Exercise,
    FormerSlug,
    Muscle,
    Source,
    Step,
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

Key = tuple[str, str]
Slugs = Mapping[tuple[str, int], str]
Outcome = Literal["added", "updated", "unchanged", "archived", "deleted here"]


@dataclass(slots=True)
class Change:
    """What happened to one document: fields that were written, that stayed as an editor left
    them, and that both sides changed (and stayed, unless settled)."""

    kind: str
    slug: str
    outcome: Outcome
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stored:
    """A row, and what it holds as a document's fields, its slug among them."""

    row: Any
    fields: dict[str, Any]


def kind_of(row: models.Model) -> str:
    """What documents call rows of this model."""
    return next(kind for kind, model in MODELS.items() if isinstance(row, model))


def stored_documents() -> list[Document]:
    """The catalogue as documents, kinds and slugs in the files' order. About 20 queries.

    Imported drafts are left out, and whatever refers to them, until an editor has looked at them.
    """
    documents = [
        Document(kind, slug, {k: v for k, v in each.fields.items() if k != "slug"})
        for (kind, slug), each in load_stored(is_reviewed_only=True).items()
    ]
    return sorted(documents, key=_file_order)


def load_stored(
    file_slugs: Slugs | None = None,
    *,
    only: Mapping[str, Collection[int]] | None = None,
    is_reviewed_only: bool = False,
) -> dict[Key, Stored]:
    """Rows of the catalogue by kind and slug; own exercises of athletes are not among them.

    ``file_slugs`` gives the slug in the files, by kind and primary key, where it is another than
    here. ``only`` narrows the rows to primary keys by kind, ``is_reviewed_only`` to those without
    notes for a reviewer.
    """
    wanted = dict.fromkeys(SHAPES) if only is None else only
    slugs = _slugs(is_reviewed_only=is_reviewed_only) | dict(file_slugs or {})
    return {
        (kind, slugs[kind, row.pk]): Stored(row, _fields_of(kind, row, slugs))
        for kind, keys in wanted.items()
        for row in _rows_with_parts(kind, keys)
        if (kind, row.pk) in slugs
    }


def write_documents(documents: Sequence[Document], *, dry_run: bool = False) -> list[Change]:
    """Make the rows say what ``documents`` say, whoever edited them; slugs are the database's.

    Rows that no document names stay. A reference to a row that is not there is left out and noted.
    One transaction. Raises ``ValidationError`` for a value that a form would refuse, naming the
    document, and a database error where two rows clash.
    """
    with transaction.atomic():
        stored = load_stored()
        writer = Writer({key: each.row for key, each in stored.items()})
        plans = [(_overwrite(document, stored), document) for document in documents]
        values = {id(change): {"slug": d.slug, **d.fields} for change, d in plans}
        changes = [change for change, _ in plans]
        changed = [change for change in changes if change.updated]
        for change in changed:
            writer.write_row(change, values[id(change)])
        for change in changed:
            writer.write_references(change, values[id(change)])
        for change in changed:
            _check(writer.rows[change.kind, change.slug])
            _look_at_text(change, values[id(change)])
        transaction.set_rollback(dry_run)
    return changes


def _overwrite(document: Document, stored: Mapping[Key, Stored]) -> Change:
    key = (document.kind, document.slug)
    says = {"slug": document.slug, **document.fields}
    if key not in stored:
        return Change(*key, "added", updated=list(says))
    there = stored[key].fields
    updated = [name for name, value in says.items() if value != there.get(name)]
    return Change(*key, "updated" if updated else "unchanged", updated)


def _look_at_text(change: Change, values: Mapping[str, Any]) -> None:
    """Note footnote marks that lead to no source of the document."""
    texts = [values.get(name) or "" for name in ("text", "summary", "mistakes", "safety")]
    keys = unattached("\n".join([*texts, *values.get("steps", ())]), values.get("sources", ()))
    change.notes += [f"[^{key}] is not among its sources" for key in keys]


def _check(row: models.Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise ValidationError([f"{row}: {message}" for message in error.messages]) from error


class Writer:
    """Writes documents over ``rows``: first every row, then what refers to other rows.

    Both methods take the ``Change`` that says which fields are new, and add notes to it.
    """

    def __init__(self, rows: dict[Key, Any]) -> None:
        self.rows = rows

    def write_row(self, change: Change, values: Mapping[str, Any]) -> None:
        """Plain fields, and a reference that is there already: a part needs its group at once."""
        key = (change.kind, change.slug)
        shape = SHAPES[change.kind]
        row: Any = self.rows.get(key) or MODELS[change.kind]()
        for name in (*shape.fields, "slug"):
            if name in LATER and name not in values:
                continue
            if name in shape.one:
                self._point(row, name, values[name])
            elif name not in shape.many:
                setattr(row, shape.key if name == "slug" else name, values[name])
        row.save()
        self.rows[key] = row
        if "aliases" in change.updated:
            row.aliases.exclude(name__in=values["aliases"]).delete()

    def write_references(self, change: Change, values: Mapping[str, Any]) -> None:
        shape, row = SHAPES[change.kind], self.rows[change.kind, change.slug]
        pointed = [self._point(row, name, values[name]) for name in shape.one]
        if any(pointed):
            row.save()
        for name in change.updated:
            if name in shape.many:
                getattr(row, name).set(self._referenced(name, values[name], change))
            elif name in shape.parts:
                PART_WRITERS[name](self, row, values[name], change)

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


PART_WRITERS: dict[str, Callable[[Writer, Any, Any, Change], None]] = {
    "former_slugs": Writer._write_former_slugs,
    "steps": Writer._write_steps,
    "targets": Writer._write_targets,
    "aliases": Writer._write_aliases,
}


def _catalogue(kind: str) -> "models.QuerySet[Any]":
    rows = MODELS[kind]._default_manager.order_by(SHAPES[kind].key)
    return rows.filter(owner=None) if kind == "exercise" else rows


def _slugs(*, is_reviewed_only: bool) -> dict[tuple[str, int], str]:
    """The slug of every row that documents speak of; what is not here is left out of them."""
    unreviewed = Exercise.objects.unreviewed() if is_reviewed_only else Exercise.objects.none()
    left_out = {("exercise", pk) for pk in unreviewed.values_list("pk", flat=True)}
    return {
        (kind, pk): slug
        for kind, shape in SHAPES.items()
        for pk, slug in _catalogue(kind).values_list("pk", shape.key)
        if (kind, pk) not in left_out
    }


def _rows_with_parts(kind: str, keys: Collection[int] | None) -> Iterable[Any]:
    shape = SHAPES[kind]
    rows = _catalogue(kind)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    return rows.prefetch_related(*sorted(shape.many), *shape.parts)


def _fields_of(kind: str, row: Any, slugs: Slugs) -> dict[str, Any]:
    shape = SHAPES[kind]
    fields = {name: _value(shape, row, name, slugs) for name in shape.fields}
    fields["slug"] = getattr(row, shape.key)
    if shape.parts:
        fields |= _parts_of(row, slugs)
    return fields


def _value(shape: Shape, row: Any, name: str, slugs: Slugs) -> Any:
    if name in shape.many:
        kind = REFERENCED[name]
        found = (slugs.get((kind, other.pk)) for other in getattr(row, name).all())
        return sorted(slug for slug in found if slug)
    if name in shape.one:
        return slugs.get((REFERENCED[name], getattr(row, f"{name}_id")))
    value = getattr(row, name)
    return str(value) if isinstance(value, Decimal) else value


def _parts_of(row: Exercise, slugs: Slugs) -> dict[str, Any]:
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
