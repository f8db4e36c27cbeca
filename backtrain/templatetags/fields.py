"""How form fields are shown. Without templates, on which a short form spent half its time."""

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def field(bound: BoundField, *, label: str = "", help: str = "", **kwargs: str) -> SafeString:
    """A field with its label, help and errors, by their own words unless others are given."""
    key, help_text = bound.id_for_label, help or bound.help_text
    helped = format_html('<div class="field-help" id="{}_help">{}</div>', key, help_text)
    error = '<span class="field-error" id="{}_error">{}</span>'
    errors = format_html_join("", error, ((key, each) for each in bound.errors))
    return format_html(
        '<div class="field"><label class="field-label" for="{}">{}</label>{}{}{}</div>',
        key,
        label or bound.label,
        helped if help_text else "",
        errors,
        _widget(bound, kwargs.get("class", "input"), is_helped=bool(help_text)),
    )


@register.simple_tag
def widget(bound: BoundField, **kwargs: str) -> SafeString:
    """The field's widget alone, with a CSS class."""
    return _widget(bound, kwargs.get("class", "input"), is_helped=bool(bound.help_text))


def _widget(bound: BoundField, css: str, *, is_helped: bool) -> SafeString:
    """Its help and errors are tied to it for screen readers."""
    attrs: dict[str, str | bool] = {"class": css}
    parts = [part for part, there in (("help", is_helped), ("error", bound.errors)) if there]
    if parts:
        attrs["aria-describedby"] = " ".join(f"{bound.id_for_label}_{part}" for part in parts)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)
