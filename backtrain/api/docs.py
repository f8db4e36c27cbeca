"""The page that tells how to use the API, drawn from its OpenAPI schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.page_cache import cached_for_anonymous

KINDS = {"string": "text", "integer": "whole number", "uuid": "UUID"}
JSON = "application/json"
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """What a request may have, in its address or in its body."""

    name: str
    kind: str
    is_needed: bool
    help: str


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked. ``answers`` are statuses, each with what comes with it."""

    tag: str
    method: str
    address: str
    help: str
    fields: list[Field]
    answers: list[str]

    @property
    def title(self) -> str:
        return f"{self.method} {self.address}"

    @property
    def anchor(self) -> str:
        return self.title.lower().translate(_ANCHOR).strip("-")


_ANCHOR = {ord(sign): "-" for sign in "/{}_. "}


@require_safe
@cached_for_anonymous
def docs(request: HttpRequest) -> HttpResponse:
    """What can be asked, by what it is about."""
    from backtrain.api import api

    schema = api.get_openapi_schema()
    by_tag = groupby(_operations(schema), key=lambda each: each.tag)
    context = {
        "groups": [(tag, list(operations)) for tag, operations in by_tag],
        "values": list(_values(schema["components"]["schemas"])),
    }
    return render(request, "api/docs.html", context)


def _operations(schema: Schema) -> list[Operation]:
    parts = schema["components"]["schemas"]
    return [
        Operation(
            tag=operation["tags"][0],
            method=method.upper(),
            address=address,
            help=_plain(operation.get("description", "")),
            fields=[*_parameters(operation, parts), *_body(operation, parts)],
            answers=[
                f"{status} {_kind(_json(answer), parts)}".strip()
                for status, answer in operation["responses"].items()
            ],
        )
        for address, operations in schema["paths"].items()
        for method, operation in operations.items()
    ]


def _values(parts: Schema) -> Iterator[tuple[str, str, list[Field]]]:
    """What is sent and answered: its name, what it is, and its fields."""
    for name, one in parts.items():
        if "properties" in one:
            yield name, _plain(one.get("description", "")), _fields(one, parts)


def _parameters(operation: Schema, parts: Schema) -> list[Field]:
    return [
        Field(
            each["name"],
            _kind(each["schema"], parts),
            bool(each.get("required")),
            each["schema"].get("description", ""),
        )
        for each in operation.get("parameters", ())
    ]


def _body(operation: Schema, parts: Schema) -> list[Field]:
    body = _json(operation.get("requestBody", {}))
    if "$ref" not in body:
        return []
    return _fields(parts[_named(body)], parts)


def _fields(one: Schema, parts: Schema) -> list[Field]:
    needed = one.get("required", ())
    return [
        Field(name, _kind(field, parts), name in needed, _plain(field.get("description", "")))
        for name, field in one["properties"].items()
    ]


def _plain(text: str) -> str:
    """Without the marks of code."""
    return text.replace("`", "")


def _json(answer: Schema) -> Schema:
    found: Schema = answer.get("content", {}).get(JSON, {}).get("schema", {})
    return found


def _named(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _kind(schema: Schema, parts: Schema) -> str:
    """What a value may be, in a few words: "text", "list of SetIn", "working, drop"."""
    if "$ref" in schema:
        one = parts[_named(schema)]
        return ", ".join(one["enum"]) if "enum" in one else _named(schema)
    if "anyOf" in schema:
        kinds = (_kind(each, parts) for each in schema["anyOf"])
        return " or ".join(dict.fromkeys(kind for kind in kinds if kind != "null"))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'], parts)}"
    kind = schema.get("format") or schema.get("type", "")
    return KINDS.get(kind, str(kind))
