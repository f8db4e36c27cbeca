"""The way to exercises from other pages."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from exercises.languages import active_language
from exercises.page_cache import build
from exercises.search.starting_points import places

register = template.Library()


@register.simple_tag
def find_exercise(owned: str = "") -> SafeString:
    """From a region of the body to its exercises in two taps; ``owned`` as for ``places``.

    Some hundred links that are the same for everyone, so a process draws them once.
    """
    return _find_exercise(owned, active_language(), build())


@lru_cache(maxsize=8)
def _find_exercise(owned: str, *_: str) -> SafeString:
    return render_to_string("components/find_exercise.html", {"places": places(owned=owned)})
