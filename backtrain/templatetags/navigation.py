"""What stands around every page: the head, which says where the reader is, and the foot."""

from functools import lru_cache
from typing import NamedTuple

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from backtrain.invitations import OPEN
from backtrain.theme import CHOICES, chosen
from backtrain.unsaved import unsaved_word
from exercises.languages import active_language
from exercises.page_cache import build

register = template.Library()


class Link(NamedTuple):
    """A section, which is the first part of the path, or a page of one.

    ``besides`` is a page of the section that has a link of its own, ``also`` another section that
    has none.
    """

    section: str
    besides: str = ""
    also: str = ""

    def current(self, path: str) -> SafeString | str:
        """`` aria-current="…"`` where this is what is being shown."""
        if self.besides and path == f"/{self.besides}/":
            return ""
        if self.also and path.startswith(f"/{self.also}/"):
            return mark_safe(' aria-current="true"')
        page = f"/{self.section}/" if self.section else "/"
        if path == page:
            return mark_safe(' aria-current="page"')
        is_within = self.section and path.startswith(page)
        return mark_safe(' aria-current="true"') if is_within else ""


LINKS = {
    "home": Link(""),
    "muscles": Link("muscles"),
    "exercises": Link("exercises"),
    "catalogue": Link("exercises", also="muscles"),  # where muscles have no link of their own
    "history": Link("workouts", besides="workouts/new"),
    "progress": Link("progress"),
    "routines": Link("routines"),
    "log": Link("workouts/new"),
    "settings": Link("accounts"),
}


@register.simple_tag(takes_context=True)
def here(context: Context, section: str) -> SafeString | str:
    """`` aria-current="…"`` on links to a section of the navigation beside the page."""
    request = context.get("request")
    return Link(section).current(request.path) if request else ""


@register.simple_tag(takes_context=True)
def masthead(context: Context) -> SafeString:
    """The head of the page, and the tabs of a phone. Few differ, so the last ones are kept."""
    request, user = context.get("request"), context.get("user")
    path = request.path if request else ""
    here = tuple(link.current(path) for link in LINKS.values())
    name = user.get_username() if user and user.is_authenticated else ""
    unsaved = unsaved_word(request) if name else ""
    return _masthead(here, name, unsaved, settings.REGISTRATION == OPEN, active_language(), build())


@lru_cache(maxsize=256)
def _masthead(
    here: tuple[str, ...], username: str, unsaved: str, may_sign_up: bool, *_: str
) -> SafeString:
    its_links = dict(zip(LINKS, here, strict=True))
    context = {
        "here": its_links,
        "username": username,
        "unsaved": unsaved,
        "may_sign_up": may_sign_up,
    }
    return render_to_string("components/masthead.html", context)


@register.simple_tag(takes_context=True)
def colophon(context: Context) -> SafeString:
    """The foot of the page, kept as its head is."""
    request = context.get("request")
    theme, languages = chosen(request) if request else "", tuple(settings.LANGUAGES)
    return _colophon(theme, languages, active_language(), build())


@lru_cache(maxsize=64)
def _colophon(
    theme: str, languages: tuple[tuple[str, str], ...], language: str, _: str
) -> SafeString:
    context = {
        "theme": theme,
        "theme_choices": CHOICES,
        "language": language,
        "languages": dict(languages),
    }
    return render_to_string("components/colophon.html", context)
