"""Inputs of forms, written without a template.

A form of ten fields spends as long on Django's templates of inputs as on the whole page around it.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe

WIDGETS = "django/forms/widgets"
KINDS = ("hidden", "text", "number", "date", "time", "email", "password", "checkbox", "input")
INPUTS = {f"{WIDGETS}/{kind}.html" for kind in KINDS}
TEXTAREA = f"{WIDGETS}/textarea.html"


class Renderer(DjangoTemplates):
    """Django's, but for inputs and text areas, which it writes as these templates would."""

    def render(
        self, template_name: str, context: dict[str, Any], request: Any = None
    ) -> SafeString:
        if template_name in INPUTS:
            return mark_safe(_input(context["widget"]))  # noqa: S308  (escaped there)
        if template_name == TEXTAREA:
            return mark_safe(_textarea(context["widget"]))  # noqa: S308  (escaped there)
        return mark_safe(super().render(template_name, context, request))  # noqa: S308  (its own)


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    name = escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    name, value = escape(widget["name"]), escape(widget["value"] or "")
    return f'<textarea name="{name}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in attrs.items()
        if value is not False
    )
