"""What a document says that its row could not hold, in words, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from exercises.files.documents import Document, in_words
from exercises.files.renaming import FORMER
from exercises.files.schemas import SCHEMAS
from exercises.models import Alias, Step, Target
from exercises.search.spelling import edits

if TYPE_CHECKING:
    Field = models.Field[Any, Any]

# What stands in a file for a column of this kind, and what that is called
NEEDED: tuple[tuple[type[Field], tuple[type, ...], str], ...] = (
    (models.JSONField, (dict,), "a mapping"),
    (models.BooleanField, (bool,), "true or false"),
    (models.IntegerField, (int,), "a whole number"),
    (models.DecimalField, (str, int, float), "a number"),
    (models.Field, (str,), "a text"),
)


def misfits(document: Document) -> list[str]:
    """Each with its place: "pull-up.yaml, line 9, level of exercise pull-up: it is missing."."""
    values = [*_values(document), *_values_of_parts(document)]
    found = [(name, _why_not(field, value)) for name, field, value in values]
    found += [(name, f"{slug} is there twice") for name, slug in _twins(document)]
    return [f"{document.where(name)}: {why}." for name, why in found if why]


def why_refused(row: models.Model) -> str:
    """Why the database did not take a row, which its values alone did not show. Some queries."""
    try:
        row.full_clean()
    except ValidationError as error:
        return said_of(error)
    return "Something in it clashes with another row."


def said_of(error: ValidationError) -> str:
    """All that a row's check found, with the fields' names."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        message if name == NON_FIELD_ERRORS else f"{name}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    )


def _values(document: Document) -> Iterator[tuple[str, Field, Any]]:
    shape, model = SCHEMAS[document.kind], apps.get_model("exercises", document.kind)
    yield shape.key, model._meta.get_field(shape.key), document.slug
    for name in shape.fields:
        if name in document.fields and name not in shape.one | shape.many:
            yield name, model._meta.get_field(name), document.fields[name]


def _values_of_parts(document: Document) -> Iterator[tuple[str, Field, Any]]:
    """The rows of the parts, numbered as they stand: "steps 2"."""
    fields: dict[str, Field] = {
        "steps": Step._meta.get_field("text"),
        "targets": Target._meta.get_field("role"),
        "aliases": Alias._meta.get_field("name"),
    }
    if document.kind in FORMER:
        fields["former_slugs"] = FORMER[document.kind]._meta.get_field("slug")
    for part in SCHEMAS[document.kind].parts:
        for number, item in enumerate(document.fields.get(part, ()), 1):
            yield f"{part} {number}", fields[part], item[1] if part == "targets" else item


def _twins(document: Document) -> Iterator[tuple[str, str]]:
    muscles = [muscle for muscle, _ in document.fields.get("targets", ())]
    for number, muscle in enumerate(muscles, 1):
        if muscle in muscles[: number - 1]:
            yield f"targets {number}", muscle


def _why_not(field: Field, value: Any) -> str:
    """Why a column can't hold the value; empty where it can."""
    if value is None:
        return "" if field.null else "it is missing"
    types, needed = next((types, said) for kind, types, said in NEEDED if isinstance(field, kind))
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        return f"{needed} is needed, not {in_words(value)}"
    if value == "":
        return "" if field.blank else "it is empty"
    if isinstance(value, str) and "\x00" in value:
        return "a character in it can't be kept"
    choices = [str(choice) for choice, _ in field.flatchoices]
    if choices and value not in choices:
        nearest = sorted(choices, key=lambda choice: edits(str(value), choice, most=99))
        return f"“{value}” is none of {', '.join(nearest)}"
    try:
        field.clean(value, None)
    except ValidationError as error:
        return " ".join(error.messages).rstrip(".")
    return ""
