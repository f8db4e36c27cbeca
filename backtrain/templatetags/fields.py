"""How form widgets are shown."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def widget(field: BoundField, *, class_: str = "input", **kwargs: str) -> SafeString:
    """The field's widget with a CSS class, its help and errors tied to it for screen readers."""
    css = kwargs.get("class") or class_
    attrs: dict[str, str | bool] = {"class": css}
    described = [
        f"{field.id_for_label}_{part}"
        for part, there in (("help", field.help_text), ("error", field.errors))
        if there
    ]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
