"""Answering a visitor with 304 while the page they have is still the page.

A visitor's page depends on the catalogue, on the code and templates that draw it, on the theme
they chose, and on how much of it htmx asks for. All of these together are its ETag. Whoever is
signed in, or has a message waiting, gets a page of their own, which has none.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.autoreload import file_changed
from django.views.decorators.http import condition
from django.views.decorators.vary import vary_on_headers

from exercises.models import Edition

View = Callable[..., HttpResponse]

# All that a deployment may change and a page may show; the catalogue's own files reach it as rows.
DEPLOYED = (
    *("backtrain", "exercises", "workouts", "templates", "static", "requirements"),
    *("fixtures/body_map", "fixtures/figures"),
)
LEFT_OUT = (".pyc",)
THEME_COOKIE = "theme"


def fresh_for_visitors(view: View) -> View:
    """A page of the catalogue that a visitor need not load again. 1 query, all of them for a 304.

    A page that was drawn for one visitor is not drawn again for the next, either: what has the same
    address and the same ETag is the same page. The answer differs by cookie (who is signed in, and
    the theme) and by what htmx asks for.
    """
    drawn_once = condition(etag_func=page_tag)(_drawn_once(view))
    return vary_on_headers("Cookie", "HX-Request", "HX-Target")(drawn_once)


def _drawn_once(view: View) -> View:
    @wraps(view)
    def drawn_or_remembered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tag = page_tag(request)
        if tag is None or request.method != "GET":
            return view(request, *args, **kwargs)
        key = _digest(part.encode() for part in (request.build_absolute_uri(), tag))
        page = caches["pages"].get(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                caches["pages"].set(key, response.content)
            return response
        return HttpResponse(page)

    return drawn_or_remembered


def fresh_for_all(view: View) -> View:
    """The same of what the catalogue holds for everyone alike, such as a picture. 1 query."""
    return condition(etag_func=lambda *_, **__: _tag(Edition.objects.current(), build()))(view)


def page_tag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    """The ETag of the page at this address for a visitor, ``None`` for anyone else. 1 query.

    Asked again about the same request, it says the same.
    """
    if not hasattr(request, "page_tag"):
        request.page_tag = _page_tag(request)  # type: ignore[attr-defined]
    tag: str | None = request.page_tag  # type: ignore[attr-defined]
    return tag


def _page_tag(request: HttpRequest) -> str | None:
    if request.user.is_authenticated or len(get_messages(request)):
        return None
    return _tag(
        Edition.objects.current(),
        build(),
        request.COOKIES.get(THEME_COOKIE, ""),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Target", ""),
    )


@lru_cache(maxsize=1)
def build() -> str:
    """A key for the code, templates and drawings that this process was started with.

    Made of their contents, so that all processes and servers of one deployment have the same.
    """
    base = Path(settings.BASE_DIR)
    files = sorted(
        path
        for folder in DEPLOYED
        for path in (base / folder).rglob("*")
        if path.is_file() and path.suffix not in LEFT_OUT
    )
    named = ((str(path.relative_to(base)).encode(), path.read_bytes()) for path in files)
    return _digest(chain.from_iterable(named))


@file_changed.connect
def forget_build(**_: object) -> None:
    """The development server puts new templates to use without a restart."""
    build.cache_clear()


def _tag(*parts: str) -> str:
    """Weak: answers with the same one say the same, but may be compressed in several ways."""
    return f'W/"{_digest(part.encode() for part in parts)}"'


def _digest(parts: Iterable[bytes]) -> str:
    """32 characters for a list of values, of which no other list has the same."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(b"%d:%b" % (len(part), part))
    return whole.hexdigest()[:32]
