"""Days and numbers in the reader's language: built in, in the place of Django's ``date``.

``{{ day|date:"j M Y" }}`` is "1 Nov 2024" in English and "1. Nov. 2024" in German; what is for
machines (``date:"Y-m-d"``, ``date:"c"``) stays as it is.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template.defaultfilters import date as django_date
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import pgettext as django_pgettext

from exercises import languages
from exercises.languages import (
    ENGLISH,
    PATTERNS,
    active_language,
    html_language,
    shown_day,
    shown_number,
    told,
    within,
)
from exercises.models.fields import label_of
from exercises.models.shown_names import exercise_name
from exercises.models.translations import IN_ENGLISH
from exercises.vocabulary import pgettext

register = template.Library()
register.filter("number", shown_number)
register.filter("within", within)
register.filter("told", told)
register.filter("label", label_of)
register.simple_tag(html_language, name="html_language")


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str | None = None) -> str:
    """As Django's filter, by the pattern that the active language has for the English one."""
    if pattern and type(value) is dt.date:
        return shown_day(value, pattern)
    patterns = PATTERNS.get(get_language() or "", {})
    return str(django_date(value, patterns.get(pattern, pattern) if pattern else pattern))


@register.simple_tag
def in_english() -> SafeString | str:
    """For an element whose text is in English on every page: that it is, where the page is not."""
    return "" if active_language() == ENGLISH else IN_ENGLISH


@register.filter
def named(exercise: Any) -> str:
    """What the reader calls an exercise, of which only ``slug`` and ``name`` have to be loaded."""
    return exercise_name(exercise.slug, exercise.name)


@register.filter
def withins(labels: Iterable[str]) -> list[str]:
    """All of them as they stand within a sentence."""
    return [within(label) for label in labels]


@register.filter
def listed(parts: Iterable[str]) -> SafeString:
    """ "a, b and c"."""
    return mark_safe(languages.listed(list(map(conditional_escape, parts))))  # noqa: S308  (escaped)


@register.filter
def either(two: Sequence[str]) -> str:
    """ "a or b"."""
    one, other = two
    return languages.filled(gettext("%(first)s or %(second)s"), {"first": one, "second": other})


@register.filter
def said(text: str) -> str:
    """A word of the drawings, which know no language, in the active one."""
    return gettext(text) if text else ""


@register.filter
def position(label: str) -> str:
    """What a position of a figure is called, in the active language."""
    return django_pgettext("position", label)


# What is said of muscles on the map, and of a log that waits
WORDS = (
    *(gettext_noop("this muscle"), gettext_noop("main work")),
    *(gettext_noop("helps"), gettext_noop("holds steady")),
    *(gettext_noop("draft"), gettext_noop("session")),
)
# Of the figures' positions, as fixtures/figures/ calls them
POSITIONS = (
    pgettext("position", "Start"),
    pgettext("position", "End"),
    pgettext("position", "Hold"),
    pgettext("position", "Right foot"),
    pgettext("position", "Left foot"),
    pgettext("position", "Set-up"),
    pgettext("position", "One step"),
    pgettext("position", "Next step"),
    pgettext("position", "Right leg"),
    pgettext("position", "Left leg"),
    pgettext("position", "Down"),
    pgettext("position", "Support"),
    pgettext("position", "Right knee"),
    pgettext("position", "Right hand"),
    pgettext("position", "Right arm"),
    pgettext("position", "On the box"),
    pgettext("position", "Lying"),
    pgettext("position", "Left knee"),
    pgettext("position", "Left hand"),
    pgettext("position", "Left arm"),
    pgettext("position", "Kneeling"),
    pgettext("position", "Jump"),
    pgettext("position", "Hang"),
    pgettext("position", "Floor"),
    pgettext("position", "Flat"),
    pgettext("position", "Finish"),
    pgettext("position", "Catch"),
)
# Which Django's French cuts too short
MONTHS = (pgettext("abbrev. month", "Jan."), pgettext("abbrev. month", "Feb."))
