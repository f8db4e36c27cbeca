"""Days and numbers in the reader's language: built in, in the place of Django's ``date``.

``{{ day|date:"j M Y" }}`` is "1 Nov 2024" in English and "1. Nov. 2024" in German; what is for
machines (``date:"Y-m-d"``, ``date:"c"``) stays as it is.
"""

from typing import Any

from django import template
from django.template.defaultfilters import date as django_date
from django.utils.translation import get_language

from exercises.languages import PATTERNS, html_language, shown_number

register = template.Library()
register.filter("number", shown_number)
register.simple_tag(html_language, name="html_language")


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str | None = None) -> str:
    """As Django's filter, by the pattern that the active language has for the English one."""
    patterns = PATTERNS.get(get_language() or "", {})
    return str(django_date(value, patterns.get(pattern, pattern) if pattern else pattern))
