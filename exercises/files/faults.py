"""What the desk's form would refuse of a whole document, wherever the document comes from."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from exercises import footnotes
from exercises.files.schemas import SCHEMAS
from exercises.models import Exercise, Role, Status

NO_FOOTNOTES_IN_CUES = "Cues show no footnotes. Cite the source in a step instead."


def needed(gap: str) -> str:
    """Why an exercise that lacks this can't be published."""
    return f"A published exercise needs {'a ' if gap != 'steps' else ''}{gap}."


def faults(
    kind: str, row: models.Model, values: Mapping[str, Any], references: Mapping[str, int | None]
) -> list[str]:
    """Why the row may not say ``values``, all fields of a document; ``row`` stays as it is.

    ``references`` has the keys of the rows that single references lead to. What other rows have
    already is not looked at. A query or two.
    """
    says = copy(row)
    shape = SCHEMAS[kind]
    for name in shape.fields:
        if name in shape.one:
            setattr(says, f"{name}_id", references[name])
        elif name not in shape.many and name in values:
            setattr(says, name, values[name])
    found = [*_of_fields(says), *_of_texts(values)]
    return found + list(_of_publishing(values)) if isinstance(row, Exercise) else found


def _of_fields(row: models.Model) -> Iterator[str]:
    relations = {field.name for field in row._meta.fields if field.is_relation}
    checks = [each for each in row._meta.constraints if isinstance(each, models.CheckConstraint)]
    try:
        row.clean_fields(exclude=relations)
        row.clean()
        for check in checks:
            check.validate(type(row), row)
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, messages in error.message_dict.items():
                yield from (f"{name.replace('_', ' ').capitalize()}: {said}" for said in messages)
        else:
            yield from error.messages


def _of_texts(values: Mapping[str, Any]) -> list[str]:
    """What is wrong with footnote marks."""
    texts = [values.get(name) or "" for name in ("text", *footnotes.TEXTS)]
    texts += values.get("steps", ())
    found = footnotes.faults("\n".join(texts), values.get("sources", ()))
    if footnotes.MARK.search(values.get("cues") or ""):
        found.append(NO_FOOTNOTES_IN_CUES)
    return found


def _of_publishing(values: Mapping[str, Any]) -> list[str]:
    is_published = values["status"] == Status.PUBLISHED
    return [needed(gap) for gap in lacks_to_publish(values)] if is_published else []


def lacks_to_publish(values: Mapping[str, Any]) -> list[str]:
    """What an exercise that says ``values`` lacks to be published."""
    targets: Sequence[Sequence[str]] = values["targets"]
    has = {
        "summary": values["summary"],
        "steps": values["steps"],
        "main muscle": any(role == Role.PRIMARY for _, role in targets),
    }
    return [gap for gap in Exercise.NEEDED_TO_PUBLISH if not has[gap]]
