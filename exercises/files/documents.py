"""The catalogue as documents, and documents as fixture files. No Django.

A document is all that the files say of one source, piece of equipment, muscle or exercise, under
its slug: its fields, and what hangs on it (an exercise's steps, targets, aliases). References are
slugs. ``sync_catalog`` compares and ``dump_catalog`` writes in these units.

The files are Django fixtures with natural keys, so plain ``loaddata`` reads them too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from exercises.files import safe_yaml
from exercises.files.differences import as_text
from exercises.files.schemas import PARTS, REFERENCED, SCHEMAS, Schema

FixtureRow = dict[str, Any]

LONGEST_SHOWN = 40  # characters of what was found where something else is needed


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
    place: "FilePlace | None" = field(default=None, compare=False)

    @property
    def title(self) -> str:
        """ "exercise pull-up"."""
        return f"{self.kind} {self.slug}"

    def where(self, name: str = "") -> str:
        """Where it stands, or its field of that name, as far as is known."""
        about = f"{name} of {self.title}" if name else self.title
        return f"{self.place.line(name)}, {about}" if self.place else about

    @property
    def key(self) -> Key:
        """Its kind and the slug that never changes."""
        return self.kind, self.permanent_slug or self.slug

    @property
    def says(self) -> dict[str, Any]:
        return {"slug": self.slug, **self.fields}


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a document comes from: its file, the line of its row, and those of its fields."""

    file: str
    first: int
    lines: Mapping[str, int]

    def line(self, name: str) -> str:
        return f"{self.file}, line {self.lines.get(name, self.first)}"


class BadFile(Exception):
    """A catalogue file that can't be read; the message names it and says why."""


def read_folder(folder: Path) -> list[Document]:
    """All documents of ``*.yaml`` and ``exercises/*.yaml``, kinds in order of ``SCHEMAS``.

    Raises ``BadFile``.
    """
    documents: list[Document] = []
    for path in [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("exercises/*.yaml"))]:
        documents += read_text(_text_of(path), name=path.name)
    _refuse_twins(documents)
    order = list(SCHEMAS)
    return sorted(documents, key=lambda document: order.index(document.kind))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadFile(f"{path.name} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} is not text in UTF-8: byte {error.start + 1}.") from error


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
    """The documents of one file. Raises ``BadFile``, which says what is wrong on which line.

    What has the form of a document is taken; whether a row could hold it is for ``checking``.
    """
    try:
        rows = safe_yaml.load(text)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise BadFile(f"{name}{line} is not readable as YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise BadFile(f"{name} is not readable as YAML: {error}.") from error
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise BadFile(f"{name} needs a list of rows, not {in_words(rows)}.")
    return list(_documents([_Row.of(row, file=name, number=n) for n, row in enumerate(rows, 1)]))


KINDS = {
    type(None): "nothing",
    str: "a text",
    bool: "yes or no",
    int: "a number",
    float: "a number",
    list: "a list",
    safe_yaml.Lines: "a mapping",
    dict: "a mapping",
    date: "a day",
    datetime: "a time",
}


def in_words(value: Any) -> str:
    """What was found: "a number (12)"."""
    kind = KINDS.get(type(value), "something else")
    is_short = isinstance(value, str | int | float | date) and len(str(value)) <= LONGEST_SHOWN
    return f"{kind} ({as_text(value) or 'empty'})" if is_short else kind


def write_files(documents: Iterable[Document]) -> dict[str, str]:
    """The text of each file by its path within the fixtures folder."""
    by_kind: dict[str, list[Document]] = {kind: [] for kind in SCHEMAS}
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
        if name in SCHEMAS[kind].one:
            said[name] = translate((to, value)) if value else None
        elif name == "targets":
            pairs = ([translate((to, muscle)), role] for muscle, role in value)
            said[name] = [[muscle, role] for muscle, role in pairs if muscle]
        else:
            said[name] = sorted(filter(None, (translate((to, slug)) for slug in value)))
    return said


def in_order(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as documents have them one after the other, and after them any others."""
    return {name: fields[name] for name in SCHEMAS[kind].in_order(fields)} | dict(fields)


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


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a file: of which model, and its fields, taken out as what they have to be."""

    file: str
    model: str
    fields: safe_yaml.Lines

    @classmethod
    def of(cls, row: Any, *, file: str, number: int) -> "_Row":
        if not isinstance(row, safe_yaml.Lines):
            raise BadFile(f"{file}, row {number} is {in_words(row)}, not a model with fields.")
        model, fields = row.get("model"), row.get("fields")
        name = str(model).removeprefix("exercises.")
        if name not in SCHEMAS and name not in PARTS:
            known = ", ".join(f"exercises.{each}" for each in (*SCHEMAS, *PARTS))
            why = f"{in_words(model)} is none of {known}" if model else "it is missing"
            raise BadFile(f"{file}, line {row.of.get('model', row.first)}, model: {why}.")
        if not isinstance(fields, safe_yaml.Lines):
            why = f"a mapping is needed, not {in_words(fields)}" if fields else "they are missing"
            raise BadFile(f"{file}, line {row.of.get('fields', row.first)}, fields: {why}.")
        return cls(file, name, fields)

    @property
    def place(self) -> FilePlace:
        return FilePlace(self.file, self.fields.first, self.fields.of)

    def text(self, name: str) -> str:
        value = self._needed(name)
        if not isinstance(value, str) or not value:
            raise self._bad(name, f"a text is needed, not {in_words(value)}")
        return value

    def number(self, name: str) -> int:
        value = self._needed(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._bad(name, f"a whole number is needed, not {in_words(value)}")
        return value

    def slug(self, name: str) -> str:
        return self._slug(name, self._needed(name))

    def slug_if_any(self, name: str) -> str | None:
        value = self.fields.get(name)
        return None if value is None else self._slug(name, value)

    def slugs(self, name: str) -> list[str]:
        value = self.fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._bad(name, f"a list such as [[some-slug]] is needed, not {in_words(value)}")
        return sorted(self._slug(name, each) for each in value)

    def _slug(self, name: str, value: Any) -> str:
        match value:
            case [str(slug)] if slug:
                return slug
        raise self._bad(name, f"a slug in brackets, [some-slug], is needed, not {in_words(value)}")

    def _needed(self, name: str) -> Any:
        if name not in self.fields:
            raise self._bad(name, "it is missing")
        return self.fields[name]

    def _bad(self, name: str, why: str) -> BadFile:
        slug = self.fields.get("slug") or self.fields.get("key")
        about = f"{self.model} {slug}" if isinstance(slug, str) else f"this {self.model}"
        return BadFile(f"{self.place.line(name)}, {name} of {about}: {why}.")


def _documents(rows: Iterable[_Row]) -> Iterator[Document]:
    parts: dict[Key, list[_Row]] = {}
    mains: dict[Key, _Row] = {}
    for row in rows:
        if row.model in PARTS:
            kind, _ = PARTS[row.model]
            parts.setdefault((kind, row.slug(kind)), []).append(row)
            continue
        key = row.model, row.text(SCHEMAS[row.model].key)
        if key in mains:
            lines = f"lines {mains[key].fields.first} and {row.fields.first}"
            raise BadFile(f"{row.file} has {key[0]} {key[1]} twice, {lines}.")
        mains[key] = row
    for (kind, slug), row in mains.items():
        shape = SCHEMAS[kind]
        unsaid = LATER - OPTIONAL - row.fields.keys()
        said = [name for name in shape.fields if name not in unsaid]
        values = {name: _plain(shape, name, row) for name in said}
        own = parts.pop((kind, slug), [])
        values |= _parts(shape, own)
        permanent = row.text("permanent_slug") if "permanent_slug" in row.fields else slug
        place = FilePlace(row.file, row.fields.first, {**row.fields.of, **_lines_of_parts(own)})
        yield Document(kind, slug, values, "" if permanent == slug else permanent, place)
    for (kind, owner), [row, *_] in parts.items():
        where = f"{row.place.line(kind)}, {kind} of this {row.model}"
        raise BadFile(f"{where}: there is no {kind} {owner} in the file.")


def _plain(shape: Schema, name: str, row: _Row) -> Any:
    if name in shape.many:
        return row.slugs(name)
    if name in shape.one:
        return row.slug_if_any(name)
    value = row.fields.get(name)
    if name == "translations":
        return {} if value is None else _plain_mapping(value)
    return "" if value is None and name in OPTIONAL else value


def _plain_mapping(value: Any) -> Any:
    """What a mapping of the file says, also of those within; anything else as it is."""
    if isinstance(value, dict):
        return {key: _plain_mapping(said) for key, said in value.items()}
    return value


# Not in files and versions from before there was such a field: of it they say nothing
LATER = frozenset({"implements", "implements_one_side", "pace", "translations"})
# Left out of the files where they are empty
OPTIONAL = frozenset({"author", "licence", "origin", "translations"})


PART_ORDERS: dict[str, Callable[[_Row], Any]] = {
    "former_slugs": lambda row: row.text("slug"),
    "steps": lambda row: row.number("position"),
    "targets": lambda row: row.number("position"),
    "aliases": lambda row: row.text("name"),
}
PART_ITEMS: dict[str, Callable[[_Row], Any]] = {
    "former_slugs": lambda row: row.text("slug"),
    "steps": lambda row: row.text("text"),
    "targets": lambda row: [row.slug("muscle"), row.text("role")],
    "aliases": lambda row: row.text("name"),
}


def _parts(shape: Schema, rows: Iterable[_Row]) -> dict[str, Any]:
    ordered = _in_order(rows)
    return {part: [PART_ITEMS[part](row) for row in ordered.get(part, ())] for part in shape.parts}


def _lines_of_parts(rows: Iterable[_Row]) -> dict[str, int]:
    """Where the rows of the parts stand, numbered in their order: "steps 2"."""
    return {
        f"{part} {number}": row.fields.first
        for part, ordered in _in_order(rows).items()
        for number, row in enumerate(ordered, 1)
    }


def _in_order(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    parts: dict[str, list[_Row]] = {}
    for row in rows:
        parts.setdefault(PARTS[row.model][1], []).append(row)
    return {part: sorted(of, key=PART_ORDERS[part]) for part, of in parts.items()}


def _rows(document: Document) -> Iterator[FixtureRow]:
    shape = SCHEMAS[document.kind]
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
        elif name == "translations":  # PostgreSQL keeps no order in JSON
            value = {
                language: dict(sorted(said.items())) for language, said in sorted(value.items())
            }
        fields[name] = value
    yield {"model": f"exercises.{document.kind}", "fields": fields}
    for model, (kind, part) in PARTS.items():
        if kind == document.kind:
            for own in _part_rows(part, document.fields[part]):
                of = {kind: _Flow([document.slug])}
                yield {"model": f"exercises.{model}", "fields": {**of, **own}}


def _part_rows(part: str, items: Sequence[Any]) -> Iterator[FixtureRow]:
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
