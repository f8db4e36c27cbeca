"""Parts of pages that say the same to many: ``{% part "components/unsent.html" athlete=1 %}``."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from exercises.languages import active_language
from exercises.page_cache import build

register = template.Library()


@register.simple_tag
def part(template_name: str, **values: str | int | bool) -> SafeString:
    """The template with nothing but ``values``, of which there are few; drawn once a language."""
    return _part(template_name, tuple(values.items()), active_language(), build())


@lru_cache(maxsize=512)
def _part(
    template_name: str, values: tuple[tuple[str, str | int | bool], ...], *_: str
) -> SafeString:
    return render_to_string(template_name, dict(values))
