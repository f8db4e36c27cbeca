"""Labels as they stand within sentences, and lists of them, as ``workouts.wording`` has them."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from workouts import wording

register = template.Library()
register.filter("inside", wording.inside)


@register.filter
def insides(labels: Iterable[str]) -> list[str]:
    """All of them as they stand within a sentence."""
    return [wording.inside(label) for label in labels]


@register.filter
def listed(parts: Iterable[str]) -> SafeString:
    """ "a, b and c"."""
    escaped = [conditional_escape(part) for part in parts]
    return mark_safe(wording.listed(escaped) if escaped else "")  # noqa: S308  (escaped above)
