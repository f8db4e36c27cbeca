"""The catalogue's rows as documents, and documents as rows.

``load_stored`` reads, ``Writer`` writes; syncing, history and file import are built on the two.
References between rows are slugs in a document and keys in the database.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Value

from exercises.files.checking import misfits, said_of, why_refused
from exercises.files.documents import LATER, Document, Key
from exercises.files.faults import lacks_to_publish
from exercises.files.renaming import FORMER, former_keys, keep_address
from exercises.files.schemas import REFERENCED, SCHEMAS, Schema
from exercises.footnotes import unattached
from exercises.models import Alias, Equipment, Exercise, Muscle, Source, Status, Step, Target
from exercises.names import name_key
from exercises.vocabulary import Role, Vocabulary

MODELS: dict[str, type[models.Model]] = {
    "source": Source,
    "equipment": Equipment,
    "muscle": Muscle,
    "exercise": Exercise,
}

# Fields whose value no two rows of a kind may share
ONLY_ONE = frozenset({"slug", "name", "article_place"})

Slugs = Mapping[tuple[str, int], str]
Outcome = Literal["added", "updated", "unchanged", "archived", "deleted here", "blocked"]


@dataclass(slots=True)
class Change:
    """What happened to one document: fields that were written, that stayed as an editor left
    them, and that both sides changed (and stayed, unless settled).

    ``lacks`` is what kept it from being published; ``sides`` has both values of each conflict,
    what is here first.
    """

    kind: str
    slug: str
    outcome: Outcome
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    sides: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """A row, and what it holds as a document's fields, its slug among them."""

    row: Any
    fields: dict[str, Any]


def kind_of(row: models.Model) -> str:
    """What documents call rows of this model."""
    return next(kind for kind, model in MODELS.items() if isinstance(row, model))


def load_stored(
    *,
    by_permanent_slug: bool = False,
    only: Mapping[str, Collection[int]] | None = None,
    is_reviewed_only: bool = False,
) -> dict[Key, Stored]:
    """Rows of the catalogue by kind and slug; own exercises of athletes are not among them.

    ``by_permanent_slug`` names them, and what they refer to, by the slugs that never change.
    ``only`` narrows the rows to primary keys by kind, ``is_reviewed_only`` to those without
    notes for a reviewer.
    """
    wanted = dict.fromkeys(SCHEMAS) if only is None else only
    slugs = _slugs(by_permanent_slug=by_permanent_slug, is_reviewed_only=is_reviewed_only)
    return {
        (kind, slugs[kind, row.pk]): Stored(row, _fields_of(kind, row, slugs))
        for kind, keys in wanted.items()
        for row in _rows_with_parts(kind, keys)
        if (kind, row.pk) in slugs
    }


def write_documents(documents: Sequence[Document], *, dry_run: bool = False) -> list[Change]:
    """Make the rows say what ``documents`` say, whoever edited them; slugs are the database's.

    Rows that no document names stay, and so do fields that a document does not have. A reference
    to a row that is not there is left out and noted. An exercise that would come out as published
    without what that needs is made a draft, and noted. One transaction. Raises ``ValidationError``
    for what a form would refuse and where two rows clash, naming the documents and their places.
    """
    found = [fault for document in documents for fault in misfits(document)]
    if found:
        raise ValidationError(found)
    stored = load_stored()
    writer = Writer({key: each.row for key, each in stored.items()})
    changes = [_overwrite(document, stored) for document in documents]
    values = [_complete(document, stored) for document in documents]
    changed = [pair for pair in zip(changes, values, strict=True) if pair[0].updated]
    here = {*stored, *((each.kind, each.slug) for each in documents), *writer.former}
    for change, says in changed:
        _hold_back(change, says, stored.get((change.kind, change.slug)), here)
    try:
        with transaction.atomic():
            _write(changed, writer)
            transaction.set_rollback(dry_run)
    except (ValidationError, DatabaseError) as error:
        row = writer.at
        why = said_of(error) if isinstance(error, ValidationError) else why_refused(row)
        at = next(each for each in documents if writer.rows.get((each.kind, each.slug)) is row)
        raise ValidationError(f"{at.where()}: {why}") from error
    return changes


def _write(changed: Sequence[tuple[Change, dict[str, Any]]], writer: "Writer") -> None:
    vacate(writer.row(change) for change, _ in changed if takes_a_place(change))
    for change, values in changed:
        writer.write_row(change, values)
    for change, values in changed:
        writer.write_references(change, values)
    for change, values in changed:
        writer.at = writer.row(change)
        writer.at.full_clean()
        _look_at_text(change, values)


def _hold_back(
    change: Change, values: dict[str, Any], there: Stored | None, here: Collection[Key]
) -> None:
    """Make a draft of what would be published without what that needs, or come to lack it."""
    if change.kind != "exercise" or values["status"] != Status.PUBLISHED:
        return
    was_published = there and there.fields["status"] == Status.PUBLISHED
    lacked = lacks_to_publish(there.fields) if there and was_published else []
    targets = [[muscle, role] for muscle, role in values["targets"] if ("muscle", muscle) in here]
    lacks = lacks_to_publish({**values, "targets": targets})
    if set(lacks) - set(lacked):
        values["status"] = Status.DRAFT.value
        change.lacks = lacks
        change.notes.append(f"a draft, since it has no {' and no '.join(lacks)}")


def _overwrite(document: Document, stored: Mapping[Key, Stored]) -> Change:
    key = (document.kind, document.slug)
    if key not in stored:
        return Change(*key, "added", updated=list(document.says))
    there = stored[key].fields
    updated = [name for name, value in document.says.items() if value != there.get(name)]
    return Change(*key, "updated" if updated else "unchanged", updated)


def _look_at_text(change: Change, values: Mapping[str, Any]) -> None:
    """Note footnote marks that lead to no source of the document."""
    texts = [values.get(name) or "" for name in ("text", "summary", "mistakes", "safety")]
    keys = unattached("\n".join([*texts, *values.get("steps", ())]), values.get("sources", ()))
    change.notes += [f"[^{key}] is not among its sources" for key in keys]


def _complete(document: Document, stored: Mapping[Key, Stored]) -> dict[str, Any]:
    """All fields of the document: what an older version did not know yet stays as it is."""
    there = stored.get((document.kind, document.slug))
    fields = there.fields if there else _fields_of(document.kind, MODELS[document.kind](), {})
    return {**fields, **document.says}


def referring_to(kind: str, keys: Collection[int]) -> dict[str, set[int]]:
    """The rows whose documents name one of these rows, by kind; parts aside. At most 6 queries."""
    found: dict[str, set[int]] = {}
    for other, shape in SCHEMAS.items():
        for name in (*sorted(shape.one), *sorted(shape.many)):
            if REFERENCED[name] == kind:
                rows = _catalogue(other).filter(**{f"{name}__in": keys}).order_by()
                found.setdefault(other, set()).update(rows.values_list("pk", flat=True))
    return found


class Writer:
    """Writes documents over ``rows``: first every row, then what refers to other rows.

    Both methods take the ``Change`` that says which fields are new, and add notes to it.
    """

    def __init__(self, rows: dict[Key, Any]) -> None:
        self.rows = rows
        self.at: Any = None  # the row that is being written

    def row(self, change: Change) -> Any:
        return self.rows[change.kind, change.slug]

    def write_row(self, change: Change, values: Mapping[str, Any]) -> None:
        """Plain fields, and a reference that is there already: a part needs its group at once."""
        key = (change.kind, change.slug)
        shape = SCHEMAS[change.kind]
        row: Any = self.rows.get(key) or MODELS[change.kind]()
        former = getattr(row, shape.key)
        for name in (*shape.fields, "slug"):
            if name in LATER and name not in values:
                continue
            if name in shape.one:
                self._point(row, name, values[name])
            elif name not in shape.many:
                setattr(row, shape.key if name == "slug" else name, values[name])
        if "permanent_slug" in values and change.kind != "source":
            row.permanent_slug = values["permanent_slug"]
        self.at = self.rows[key] = row
        row.save()
        if former:
            keep_address(change.kind, row, former=former)
        if "aliases" in change.updated:
            row.aliases.exclude(name__in=values["aliases"]).delete()

    def write_references(self, change: Change, values: Mapping[str, Any]) -> None:
        shape, row = SCHEMAS[change.kind], self.row(change)
        self.at = row
        pointed = [self._point(row, name, values[name]) for name in shape.one]
        if any(pointed):
            row.save()
        for name in change.updated:
            if name in shape.one and values[name]:
                self._referenced(name, [values[name]], change)
            elif name in shape.many:
                getattr(row, name).set(self._referenced(name, values[name], change))
            elif name in shape.parts:
                PART_WRITERS[name](self, row, values[name], change)

    def _point(self, row: Any, name: str, slug: str | None) -> bool:
        """Whether the row now refers to another one than before."""
        target = self._find((REFERENCED[name], slug)) if slug else None
        target_pk = target.pk if target else None
        if getattr(row, f"{name}_id") == target_pk:
            return False
        setattr(row, f"{name}_id", target_pk)
        return True

    def _referenced(self, name: str, slugs: Iterable[str], change: Change) -> list[Any]:
        kind = REFERENCED[name]
        found = [(slug, self._find((kind, slug))) for slug in slugs]
        missing = [slug for slug, row in found if row is None]
        change.notes += [f"{name}: there is no {kind} {slug} here" for slug in missing]
        return [row for _, row in found if row is not None]

    def _find(self, key: Key) -> Any:
        """The row, also by a slug that it used to have, as older versions call it."""
        if key in self.rows:
            return self.rows[key]
        pk = self.former.get(key)
        of_kind = (row for (kind, _), row in self.rows.items() if kind == key[0])
        return next((row for row in of_kind if row.pk == pk), None)

    @cached_property
    def former(self) -> dict[Key, int]:
        return former_keys()

    def _write_steps(self, row: Exercise, texts: list[str], change: Change) -> None:
        there = {step.position: step for step in row.steps.all()}
        new = []
        for position, text in enumerate(texts, start=1):
            step = there.pop(position, None)
            if step is None:
                new.append(Step(exercise=row, position=position, text=text))
            elif step.text != text:
                step.text = text
                step.save()
        Step.objects.bulk_create(new)
        if there:
            row.steps.filter(position__in=there).delete()

    def _write_targets(self, row: Exercise, pairs: list[list[str]], change: Change) -> None:
        there = {target.muscle_id: target for target in row.targets.all()}
        new = []
        for position, (slug, role) in enumerate(pairs, start=1):
            for muscle in self._referenced("targets", [slug], change):
                target = there.pop(muscle.pk, None)
                if target is None:
                    new.append(
                        Target(exercise=row, muscle=muscle, role=Role(role), position=position)
                    )
                elif (target.role, target.position) != (role, position):
                    target.role, target.position = Role(role), position
                    target.save()
        Target.objects.bulk_create(new)
        if there:
            row.targets.filter(muscle__in=there).delete()

    def _write_aliases(self, row: Exercise, names: list[str], change: Change) -> None:
        there = set(row.aliases.values_list("name", flat=True))
        keys = {name: name_key(name) for name in names if name not in there}
        taken = Alias.objects.filter(key__in=keys.values()).select_related("exercise")
        holders = {alias.key: alias.exercise for alias in taken}
        new = []
        for name, key in keys.items():
            if key in holders:
                change.notes.append(f"aliases: {holders[key]} goes by “{name}” here")
            else:
                holders[key] = row
                new.append(Alias(exercise=row, name=name, key=key))
        Alias.objects.bulk_create(new)

    def _write_former_slugs(self, row: Any, slugs: list[str], change: Change) -> None:
        model = FORMER[change.kind]
        row.former_slugs.exclude(slug__in=slugs).delete()
        for slug in slugs:
            model.objects.update_or_create(slug=slug, defaults={change.kind: row})


PART_WRITERS: dict[str, Callable[[Writer, Any, Any, Change], None]] = {
    "former_slugs": Writer._write_former_slugs,
    "steps": Writer._write_steps,
    "targets": Writer._write_targets,
    "aliases": Writer._write_aliases,
}


def takes_a_place(change: Change) -> bool:
    """Whether it gives a row that is there what only one row may have."""
    return change.outcome == "updated" and not ONLY_ONE.isdisjoint(change.updated)


def vacate(rows: Iterable[models.Model]) -> None:
    """Free what only one row may have, so that rows that are about to be written can swap it.

    The rows as they are in memory still say it. 1 query a row.
    """
    for row in rows:
        place = f"~{row.pk}"
        free: dict[str, str | None] = {SCHEMAS[kind_of(row)].key: place}
        if isinstance(row, Exercise):
            free |= {"name_key": place, "article_place": None}
        type(row)._default_manager.filter(pk=row.pk).update(**free)


def _catalogue(kind: str) -> "models.QuerySet[Any]":
    rows = MODELS[kind]._default_manager.order_by(SCHEMAS[kind].key)
    return rows.filter(owner=None) if kind == "exercise" else rows


def wait_for_editors() -> None:
    """Let nobody else write a row of the catalogue until this transaction is over.

    Whoever is at it is waited for, so that what is read afterwards is what they saved. 4 queries;
    SQLite needs none, since it has one writer at a time.
    """
    if connection.features.has_select_for_update:
        for kind in SCHEMAS:
            rows = _catalogue(kind).order_by("pk").select_for_update(no_key=True)
            list(rows.values_list("pk", flat=True))


def _slugs(*, by_permanent_slug: bool, is_reviewed_only: bool) -> dict[tuple[str, int], str]:
    """The slug of every row that documents speak of; what is not here is left out of them."""
    unreviewed = Exercise.objects.unreviewed() if is_reviewed_only else Exercise.objects.none()
    left_out = {("exercise", pk) for pk in unreviewed.values_list("pk", flat=True)}
    return {
        (kind, pk): permanent or slug
        for kind in SCHEMAS
        for pk, slug, permanent in _catalogue(kind).values_list(
            "pk", SCHEMAS[kind].key, _permanent(kind) if by_permanent_slug else Value("")
        )
        if (kind, pk) not in left_out
    }


def _permanent(kind: str) -> str:
    return "key" if kind == "source" else "permanent_slug"


def _rows_with_parts(kind: str, keys: Collection[int] | None) -> Iterable[Any]:
    shape = SCHEMAS[kind]
    rows = _catalogue(kind)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    return rows.prefetch_related(*sorted(shape.many), *shape.parts)


def _fields_of(kind: str, row: Any, slugs: Slugs) -> dict[str, Any]:
    shape = SCHEMAS[kind]
    fields = {name: _value(shape, row, name, slugs) for name in shape.fields}
    fields["slug"] = getattr(row, shape.key)
    return fields | {part: PART_READERS[part](row, slugs) if row.pk else [] for part in shape.parts}


def _value(shape: Schema, row: Any, name: str, slugs: Slugs) -> Any:
    if name in shape.many:
        if row.pk is None:
            return []
        kind = REFERENCED[name]
        found = (slugs.get((kind, other.pk)) for other in getattr(row, name).all())
        return sorted(slug for slug in found if slug)
    if name in shape.one:
        return slugs.get((REFERENCED[name], getattr(row, f"{name}_id")))
    value = getattr(row, name)
    return str(value) if isinstance(value, Decimal | Vocabulary) else value


def _steps_of(row: Exercise, slugs: Slugs) -> list[str]:
    return [step.text for step in sorted(row.steps.all(), key=lambda step: step.position)]


def _targets_of(row: Exercise, slugs: Slugs) -> list[list[str]]:
    targets = sorted(row.targets.all(), key=lambda target: (target.position, target.pk))
    return [[slugs["muscle", target.muscle_id], str(target.role)] for target in targets]


PART_READERS: dict[str, Callable[[Any, Slugs], list[Any]]] = {
    "former_slugs": lambda row, slugs: sorted(each.slug for each in row.former_slugs.all()),
    "steps": _steps_of,
    "targets": _targets_of,
    "aliases": lambda row, slugs: sorted(alias.name for alias in row.aliases.all()),
}


def file_order(document: Document) -> tuple[int, int, str]:
    """Sorts documents as the files have them."""
    kind = list(SCHEMAS).index(document.kind)
    return kind, document.fields.get("position") or 0, document.slug
