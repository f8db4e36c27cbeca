"""A row as an old version of it says, for its page. Nothing here is saved.

What the version refers to and is gone since is left out. Of what it does not know yet, and of
pictures, which versions do not hold, the row's own stay.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from exercises.files.renaming import FORMER
from exercises.files.rows import MODELS, kind_of
from exercises.files.schemas import REFERENCED, SCHEMAS
from exercises.models import Exercise, Role, Step, Target
from exercises.models.fields import WordField


def put(row: Any, fields: Mapping[str, Any]) -> None:
    """Make the row say, in memory, what a version's ``fields`` say.

    What it refers to is loaded: a query for each such field, two where something was renamed since.
    """
    shape = SCHEMAS[kind_of(row)]
    for name in {"slug", *shape.fields} & fields.keys():
        value = fields[name]
        if name in shape.many:
            _load(row, name, rows_named(REFERENCED[name], value))
        elif name in shape.one:
            setattr(row, name, next(iter(rows_named(REFERENCED[name], [value])), None))
        else:
            setattr(row, name, _as_read(row._meta.get_field(name), value))
    for part in PARTS.keys() & fields.keys():
        _load(row, part, PARTS[part](row, fields[part]))


def rows_named(kind: str, slugs: Collection[str | None]) -> list[Any]:
    """Rows of the catalogue in the order of their ``slugs``, be it such as they used to have."""
    found = _by_slug(kind, {slug for slug in slugs if slug})
    return [found[slug] for slug in slugs if slug in found]


def _by_slug(kind: str, slugs: set[str]) -> dict[str | None, Any]:
    key = SCHEMAS[kind].key
    rows = MODELS[kind]._default_manager.filter(**{f"{key}__in": slugs})
    if kind == "exercise":
        rows = rows.filter(owner=None)
    found: dict[str | None, Any] = {getattr(row, key): row for row in rows}
    renamed = slugs - found.keys()
    if renamed and kind in FORMER:
        former = FORMER[kind].objects.filter(slug__in=renamed).select_related(kind)
        found |= {each.slug: getattr(each, kind) for each in former}
    return found


def _as_read(field: Any, value: Any) -> Any:
    """As a row from the database has it: numbers are texts in a document, words plain ones.

    A word that there is no more stays as it is.
    """
    value = field.to_python(value)
    is_word = isinstance(field, WordField) and value in field.vocabulary.values
    return field.vocabulary(value) if is_word else value


def _steps(exercise: Exercise, texts: list[str]) -> list[Step]:
    return [Step(exercise=exercise, position=n, text=text) for n, text in enumerate(texts, 1)]


def _targets(exercise: Exercise, pairs: list[list[str]]) -> list[Target]:
    muscles = _by_slug("muscle", {slug for slug, _ in pairs})
    return [
        Target(exercise=exercise, muscle=muscles[slug], role=Role(role))
        for slug, role in pairs
        if slug in muscles and role in Role.values
    ]


PARTS: dict[str, Callable[[Any, Any], list[Any]]] = {"steps": _steps, "targets": _targets}


def _load(row: Any, name: str, related: list[Any]) -> None:
    """As if a query had brought them."""
    row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), name: related}
