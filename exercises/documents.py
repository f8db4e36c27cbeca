"""The catalogue as documents, and documents as fixture files. No Django.

A document is all that the files say of one source, piece of equipment, muscle or exercise, under
its slug: its fields, and what hangs on it (an exercise's steps, targets, aliases). References are
slugs. ``sync_catalog`` compares and ``dump_catalog`` writes in these units.

The files are Django fixtures with natural keys, so plain ``loaddata`` reads them too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from exercises import safe_yaml

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields documents of a kind have: plain ones, references to one row, and to several.

    ``parts`` are rows of other models that belong to the document.
    """

    key: str
    fields: tuple[str, ...]
    one: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()


SHAPES: dict[str, Shape] = {
    "source": Shape("key", ("title", "url")),
    "equipment": Shape(
        "slug", ("name", "kind", "is_home_friendly", "empty_weight_kg", "note", "position")
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
    ),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One row of the catalogue with all that belongs to it, as JSON values.

    An exercise's parts: ``steps`` are texts in order, ``targets`` pairs of muscle and role in
    order, ``aliases`` and ``former_slugs`` names, sorted.
    """

    kind: str
    slug: str
    fields: Mapping[str, Any]


class BadFile(Exception):
    """A catalogue file that can't be read; the message names it and says why."""


def read_folder(folder: Path) -> list[Document]:
    """All documents of ``*.yaml`` and ``exercises/*.yaml``, kinds in order of ``SHAPES``.

    Raises ``BadFile``.
    """
    documents: list[Document] = []
    for path in [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("exercises/*.yaml"))]:
        documents += read_text(path.read_text(encoding="utf-8"), name=path.name)
    order = list(SHAPES)
    return sorted(documents, key=lambda document: order.index(document.kind))


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


def _documents(rows: list[Row]) -> Iterator[Document]:
    parts: dict[str, list[tuple[str, Row]]] = {}
    mains: list[tuple[str, Row]] = []
    for row in rows:
        kind = row["model"].removeprefix("exercises.")
        if kind in SHAPES:
            mains.append((kind, row["fields"]))
        else:
            owner = row["fields"]["exercise"][0]
            parts.setdefault(owner, []).append((kind, row["fields"]))
    for kind, fields in mains:
        shape = SHAPES[kind]
        slug = fields[shape.key]
        said = [name for name in shape.fields if name in fields or name not in LATER]
        values = {name: _plain(shape, name, fields.get(name)) for name in said}
        values |= _parts(parts.pop(slug, [])) if shape.parts else {}
        yield Document(kind, slug, values)
    if parts:
        raise ValueError(f"rows of {', '.join(sorted(parts))} without the exercise itself")


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


def _parts(rows: list[tuple[str, Row]]) -> dict[str, Any]:
    def of(kind: str) -> list[Row]:
        return [fields for each, fields in rows if each == kind]

    steps = sorted(of("step"), key=lambda fields: fields["position"])
    targets = sorted(of("target"), key=lambda fields: fields["position"])
    return {
        "former_slugs": sorted(fields["slug"] for fields in of("formerslug")),
        "steps": [fields["text"] for fields in steps],
        "targets": [[fields["muscle"][0], fields["role"]] for fields in targets],
        "aliases": sorted(fields["name"] for fields in of("alias")),
    }


def _rows(document: Document) -> Iterator[Row]:
    shape = SHAPES[document.kind]
    fields = {shape.key: document.slug}
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
    if shape.parts:
        yield from _part_rows(document)


def _part_rows(document: Document) -> Iterator[Row]:
    def row(kind: str, **fields: Any) -> Row:
        return {
            "model": f"exercises.{kind}",
            "fields": {"exercise": _Flow([document.slug]), **fields},
        }

    for slug in document.fields["former_slugs"]:
        yield row("formerslug", slug=slug)
    for position, text in enumerate(document.fields["steps"], start=1):
        yield row("step", position=position, text=text)
    for position, (muscle, role) in enumerate(document.fields["targets"], start=1):
        yield row("target", muscle=_Flow([muscle]), role=role, position=position)
    for name in document.fields["aliases"]:
        yield row("alias", name=name)


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
