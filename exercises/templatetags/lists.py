"""What the catalogue's pages have dozens or hundreds of, for which the template language takes ten
times as long: rows of exercises, options to narrow them by.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from exercises.models import Exercise
from exercises.search.filters import FacetChoice, Option
from exercises.templatetags.figures import small_picture

register = template.Library()

DOT = '&nbsp;<span aria-hidden="true">·</span> '


@register.simple_tag
def catalogue_rows(exercises: Iterable[Exercise], pictured: bool = False) -> SafeString:
    """Each as a row, with its figure if they are ``pictured``; their ``primary_muscles`` and
    ``needed_equipment`` have to be loaded.
    """
    rows = [_row(exercise, is_pictured=pictured) for exercise in exercises]
    return mark_safe("".join(rows))  # noqa: S308  (escaped below)


def _row(exercise: Exercise, *, is_pictured: bool) -> str:
    facts = (
        ", ".join([escape(muscle.shown_name) for muscle in exercise.primary_muscles]),
        ", ".join([escape(thing.shown_name) for thing in exercise.needed_equipment]),
        escape(exercise.get_level_display()),
    )
    return (
        f'<li class="row{" row-pictured" if is_pictured else ""}">'
        f"{small_picture(exercise) if is_pictured else ''}"
        f'<h3 class="row-name"><a href="{escape(exercise.get_absolute_url())}">'
        f"{escape(exercise.shown_name)}</a>{_tag() if exercise.is_own else ''}</h3>"
        f'<p class="row-facts">{DOT.join([fact for fact in facts if fact])}</p></li>'
    )


def _tag() -> str:
    return f' <span class="tag">{escape(gettext("Yours"))}</span>'


@register.simple_tag
def facet_options(facet: FacetChoice, options: Iterable[Option]) -> SafeString:
    """A box to tick for each. What would find nothing is left out where there are many."""
    boxes = [_option(facet.name, each, may_hide=not facet.is_short) for each in options]
    return mark_safe("".join(boxes))  # noqa: S308  (escaped below)


def _option(name: str, option: Option, *, may_hide: bool) -> str:
    is_idle = option.is_idle
    return (
        f'<label class="check"{" hidden" if is_idle and may_hide else ""}>'
        f'<input type="checkbox" name="{name}" value="{escape(option.value)}"'
        f"{' checked' if option.is_chosen else ''}{' disabled' if is_idle else ''}>"
        f"<span>{escape(option.label)}</span>"
        f' <span class="facet-count" data-count>{option.count}</span></label>'
    )
