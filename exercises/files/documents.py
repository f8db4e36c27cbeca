"""The catalogue as documents, and documents as fixture files. No Django.

A document is all that the files say of one source, piece of equipment, muscle or exercise, under
its slug: its fields, and what hangs on it (an exercise's steps, targets, aliases). References are
slugs. ``sync_catalog`` compares and ``dump_catalog`` writes in these units.

The files are Django fixtures with natural keys, so plain ``loaddata`` reads them too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from exercises.files import safe_yaml

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields documents of a kind have: plain ones, references to one row, and to several.

    ``parts`` are rows of other models that belong to the document. ``sets`` are fields that are
    merged item by item, because each item stands for itself.
    """

    key: str
    fields: tuple[str, ...]
    one: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    sets: frozenset[str] = frozenset()

    @property
    def all_fields(self) -> tuple[str, ...]:
        return ("slug", *self.fields, *self.parts)


SHAPES: dict[str, Shape] = {
    "source": Shape("key", ("title", "url")),
    "equipment": Shape(
        "slug",
        ("name", "kind", "is_home_friendly", "empty_weight_kg", "note", "position"),
        parts=("former_slugs",),
        sets=frozenset({"former_slugs"}),
    ),
    "muscle": Shape(
        "slug",
        (
            "name",
            "latin",
            "common_name",
            "kind",
            "parent",
            "region",
            "view",
            "layer",
            "is_volume_unit",
            "position",
            "origin",
            "insertion",
            "actions",
            "nerve",
            "text",
            "antagonists",
            "sources",
        ),
        one=frozenset({"parent"}),
        many=frozenset({"antagonists", "sources"}),
        parts=("former_slugs",),
        sets=frozenset({"former_slugs", "sources"}),
    ),
    "exercise": Shape(
        "slug",
        (
            "name",
            "status",
            "article_place",
            "summary",
            "cues",
            "mistakes",
            "safety",
            "pattern",
            "force",
            "mechanic",
            "laterality",
            "level",
            "grip_orientation",
            "grip_width",
            "load_type",
            "bodyweight_fraction",
            "implements",
            "implements_one_side",
            "equipment",
            "alternative_equipment",
            "variation_of",
            "harder",
            "sources",
            "author",
            "licence",
            "origin",
        ),
        one=frozenset({"variation_of"}),
        many=frozenset({"equipment", "alternative_equipment", "harder", "sources"}),
        parts=("former_slugs", "steps", "targets", "aliases"),
        sets=frozenset({"former_slugs", "aliases", "sources", "harder"}),
    ),
}
# What a reference in a field of this name leads to
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
# Which part of which document the rows of other models are
PARTS = {
    "formerslug": ("exercise", "former_slugs"),
    "formermuscleslug": ("muscle", "former_slugs"),
    "formerequipmentslug": ("equipment", "former_slugs"),
    "step": ("exercise", "steps"),
    "target": ("exercise", "targets"),
    "alias": ("exercise", "aliases"),
}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """One row of the catalogue with all that belongs to it, as JSON values.

    Its parts: ``steps`` are texts in order, ``targets`` pairs of muscle and role in order,
    ``aliases`` and ``former_slugs`` names, sorted. ``permanent_slug`` is what it is known by
    whatever it is called: empty where that is its slug.
    """

    kind: str
    slug: str
    fields: Mapping[str, Any]
    permanent_slug: str = ""

    @property
    def key(self) -> Key:
        """Its kind and the slug that never changes."""
        return self.kind, self.permanent_slug or self.slug

    @property
    def says(self) -> dict[str, Any]:
        return {"slug": self.slug, **self.fields}


class BadFile(Exception):
    """A catalogue file that can't be read; the message names it and says why."""


def read_folder(folder: Path) -> list[Document]:
    """All documents of ``*.yaml`` and ``exercises/*.yaml``, kinds in order of ``SHAPES``.

    Raises ``BadFile``.
    """
    documents: list[Document] = []
    for path in [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("exercises/*.yaml"))]:
        documents += read_text(path.read_text(encoding="utf-8"), name=path.name)
    _refuse_twins(documents)
    order = list(SHAPES)
    return sorted(documents, key=lambda document: order.index(document.kind))


def _refuse_twins(documents: Iterable[Document]) -> None:
    seen: dict[Key, str] = {}
    for document in documents:
        other = seen.setdefault(document.key, document.slug)
        if other != document.slug:
            kind, known_as = document.key
            raise BadFile(
                f"{kind.capitalize()} {other} and {document.slug} are both known as {known_as}:"
                " one of them needs another permanent_slug."
            )


def read_text(text: str, *, name: str) -> list[Document]:
    """The documents of one file. Raises ``BadFile``."""
    try:
        rows = safe_yaml.load(text) or []
        return list(_documents(rows))
    except yaml.YAMLError as error:
        raise BadFile(f"{name} is not readable as YAML: {error}") from error
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise BadFile(f"{name} does not have the form of a catalogue file: {error!r}") from error


def write_files(documents: Iterable[Document]) -> dict[str, str]:
    """The text of each file by its path within the fixtures folder."""
    by_kind: dict[str, list[Document]] = {kind: [] for kind in SHAPES}
    for document in documents:
        by_kind[document.kind].append(document)
    files = {
        "sources.yaml": _text("What the texts rest on, cited by key.", by_kind["source"]),
        "equipment.yaml": _text("What exercises are done with.", by_kind["equipment"]),
        "muscles.yaml": _text("Muscles, groups and parts.", by_kind["muscle"]),
    }
    for exercise in by_kind["exercise"]:
        path = f"exercises/{exercise.slug}.yaml"
        files[path] = _text(exercise.fields["name"], [exercise])
    return files


def write_text(documents: Iterable[Document], *, heading: str) -> str:
    """Documents of any kinds as the text of one file."""
    return _text(heading, documents)


def with_references(
    kind: str, fields: Mapping[str, Any], translate: Callable[[Key], str | None]
) -> dict[str, Any]:
    """The fields of a document with each reference put as ``translate`` says, or left out."""
    said = dict(fields)
    for name in REFERENCED.keys() & fields.keys():
        to, value = REFERENCED[name], fields[name]
        if name in SHAPES[kind].one:
            said[name] = translate((to, value)) if value else None
        elif name == "targets":
            pairs = ([translate((to, muscle)), role] for muscle, role in value)
            said[name] = [[muscle, role] for muscle, role in pairs if muscle]
        else:
            said[name] = sorted(filter(None, (translate((to, slug)) for slug in value)))
    return said


def by_permanent_slugs(documents: Iterable[Document]) -> list[Document]:
    """The documents with what they refer to of one another called by its permanent slug."""
    documents = list(documents)
    permanent = {(each.kind, each.slug): each.key[1] for each in documents}
    return [
        replace(
            each,
            fields=with_references(each.kind, each.fields, lambda key: permanent.get(key, key[1])),
        )
        for each in documents
    ]


def _documents(rows: list[Row]) -> Iterator[Document]:
    parts: dict[Key, list[tuple[str, Row]]] = {}
    mains: list[tuple[str, Row]] = []
    for row in rows:
        model = row["model"].removeprefix("exercises.")
        if model in SHAPES:
            mains.append((model, row["fields"]))
        else:
            kind, part = PARTS[model]
            owner = row["fields"][kind][0]
            parts.setdefault((kind, owner), []).append((part, row["fields"]))
    for kind, fields in mains:
        shape = SHAPES[kind]
        slug = fields[shape.key]
        said = [name for name in shape.fields if name in fields or name not in LATER]
        values = {name: _plain(shape, name, fields.get(name)) for name in said}
        values |= _parts(shape, parts.pop((kind, slug), []))
        permanent = fields.get("permanent_slug", "")
        yield Document(kind, slug, values, "" if permanent == slug else permanent)
    if parts:
        owners = ", ".join(sorted(owner for _, owner in parts))
        raise ValueError(f"rows of {owners} without the {next(iter(parts))[0]} itself")


def _plain(shape: Shape, name: str, value: Any) -> Any:
    if name in shape.many:
        return sorted(reference[0] for reference in value or [])
    if name in shape.one:
        return value[0] if value else None
    return "" if value is None and name in OPTIONAL else value


# Not in files and versions from before there was such a field: of it they say nothing
LATER = frozenset({"implements", "implements_one_side"})
# Left out of the files where they are empty, as they are for our own texts
OPTIONAL = frozenset({"author", "licence", "origin"})


def _parts(shape: Shape, rows: list[tuple[str, Row]]) -> dict[str, Any]:
    def of(part: str) -> list[Row]:
        return [fields for each, fields in rows if each == part]

    steps = sorted(of("steps"), key=lambda fields: fields["position"])
    targets = sorted(of("targets"), key=lambda fields: fields["position"])
    values = {
        "former_slugs": sorted(fields["slug"] for fields in of("former_slugs")),
        "steps": [fields["text"] for fields in steps],
        "targets": [[fields["muscle"][0], fields["role"]] for fields in targets],
        "aliases": sorted(fields["name"] for fields in of("aliases")),
    }
    return {part: values[part] for part in shape.parts}


def _rows(document: Document) -> Iterator[Row]:
    shape = SHAPES[document.kind]
    fields = {shape.key: document.slug}
    if document.permanent_slug not in ("", document.slug):
        fields["permanent_slug"] = document.permanent_slug
    for name in shape.fields:
        if name in LATER and name not in document.fields:
            continue
        value = document.fields[name]
        if name in OPTIONAL and not value:
            continue
        if name in shape.many:
            value = _Flow([_Flow([slug]) for slug in value])
        elif name in shape.one:
            value = _Flow([value]) if value else None
        fields[name] = value
    yield {"model": f"exercises.{document.kind}", "fields": fields}
    for model, (kind, part) in PARTS.items():
        if kind == document.kind:
            for own in _part_rows(part, document.fields[part]):
                of = {kind: _Flow([document.slug])}
                yield {"model": f"exercises.{model}", "fields": {**of, **own}}


def _part_rows(part: str, items: Sequence[Any]) -> Iterator[Row]:
    """The fields of the rows that a part is, without the document they belong to."""
    for position, item in enumerate(items, start=1):
        if part == "steps":
            yield {"position": position, "text": item}
        elif part == "targets":
            yield {"muscle": _Flow([item[0]]), "role": item[1], "position": position}
        else:
            yield {"slug" if part == "former_slugs" else "name": item}


def _text(heading: str, documents: Iterable[Document]) -> str:
    rows = (row for document in documents for row in _rows(document))
    return f"# {heading}\n" + "\n".join(
        yaml.dump([row], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
        for row in rows
    )


class _Flow(list[Any]):
    """A list written on one line, in brackets."""


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key, and text with line breaks as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_flow(dumper: yaml.SafeDumper, items: _Flow) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(_Flow, _represent_flow)
