"""Answering a visitor with 304 while the page they have is still the page; drawing pages once.

A visitor's page depends on the catalogue, on the code and templates that draw it, on their theme
and language, and on how much of it htmx asks for. All of these together are its ETag. A page of
one's own depends on its owner's rows too. Who has a message waiting gets a page without an ETag.
Pages of the catalogue are the same for all who are signed in, save for their name: they are drawn
for nobody in particular.
"""

import hashlib
import secrets
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache, partial, wraps
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.autoreload import file_changed
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import condition
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails
from django_http_compression.middleware import (  # type: ignore[attr-defined]
    HttpCompressionMiddleware,
    best_coding,
    zstd_compress,
)

from exercises.languages import active_language
from exercises.models import CatalogueVersion

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_View = Callable[..., HttpResponse]
IsOwn = Callable[..., bool]

# All that a deployment may change and a page may show; the catalogue's own files reach it as rows.
DEPLOYED = (
    *("backtrain", "exercises", "workouts", "templates", "static", "requirements"),
    *("fixtures/body_map", "fixtures/figures", "fixtures/pages", "fixtures/routines"),
)
LEFT_OUT = (".pyc", ".po")
THEME_COOKIE = "theme"
UNSAVED_COOKIE = "unsaved"
SEEN_COOKIES = (THEME_COOKIE, UNSAVED_COOKIE)  # what pages look at, besides who asks
LOOKED_AT = ("Cookie", "Accept-Language", "HX-Request", "HX-Target")  # headers that pages differ by
MOST_KEPT = 50_000  # bytes of a page as it is kept; some 300,000 of HTML
# Stands for the name of whoever is signed in. Short enough to be shown whole; nobody can guess it.
NAME = secrets.token_hex(8)
compression = HttpCompressionMiddleware(lambda request: HttpResponse())
# Of a page that is kept for many: up to a sixth less than at 3, for a millisecond or two. One that
# its only reader waits for takes two thirds of that time, and is 2 in a hundred larger.
ZSTD_LEVEL, ZSTD_LEVEL_OF_OWN = 9, 6


def cached_for_anonymous(view: _View) -> _View:
    """A page that a visitor need not load again. 1 query, all of them for a 304.

    A page that was drawn for one visitor is not drawn again for the next, either: what has the same
    address and the same ETag is the same page. The answer differs by cookie (who is signed in, the
    theme, the language), by the languages that the browser asks for and by what htmx asks for.
    """

    @wraps(view)
    def drawn_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tag = page_tag(request)
        if tag is None or request.method != "GET":
            return view(request, *args, **kwargs)
        draw = partial(view, Reading(request, AnonymousUser()), *args, **kwargs)
        return _kept(request, _page_key(request, tag), draw)

    varied = vary_on_headers(*LOOKED_AT)
    return varied(condition(etag_func=page_tag)(drawn_once))


def cached_for_everyone(
    *, is_own: IsOwn | None = None, lists_own: bool = False
) -> Callable[[_View], _View]:
    """``cached_for_anonymous`` of a page that is the same for all who are signed in, but for their
    name: drawn once for all of them, with a blank for it. 1 query.

    Not for staff, nor where a message is waiting, nor where ``is_own`` says, of the user, a key of
    all that they see and what the address names, that the page is about an exercise of theirs. A
    page that ``lists_own`` is drawn once for each who has any.
    """

    def decorator(view: _View) -> _View:
        @wraps(view)
        def drawn_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if request.method != "GET" or not user.is_authenticated or user.is_staff:
                return view(request, *args, **kwargs)
            version, own_version = CatalogueVersion.objects.current_for(user)
            is_theirs = own_version and is_own and is_own(user, version + own_version, **kwargs)
            if is_theirs or len(get_messages(request)):
                return view(request, *args, **kwargs)

            def draw(user: "User") -> HttpResponse:
                return view(Reading(request, user), *args, **kwargs)

            key = _page_key(request, _tag("signed in", version, *_appearance(request)))
            if own_version and lists_own:
                own_key = _digest_of(key, own_version)
                return _kept(request, own_key, lambda: draw(user), cache="own_pages")
            return _kept_for_athlete(request, key, draw)

        return cached_for_anonymous(drawn_once)

    return decorator


def cached_for_owner(versions: Callable[[Any], Iterable[str]]) -> Callable[[_View], _View]:
    """A page of who is signed in that they need not load again, nor have drawn again, while
    ``versions``, of the request, are the same: keys of all that it shows but for their name.

    Not for staff, nor where a message is waiting. A page with a form is drawn each time, since it
    has a token.
    """

    def decorator(view: _View) -> _View:
        @wraps(view)
        def drawn_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            is_kept = request.method == "GET" and user.is_authenticated and not user.is_staff
            if not is_kept or len(get_messages(request)):
                return view(request, *args, **kwargs)
            theirs = (str(user.pk), user.get_username(), *versions(request))
            tag = _tag("own", *theirs, *_appearance(request))
            response = get_conditional_response(request, etag=tag)
            if response is None:
                reading = OwnReading(request, user)
                draw = partial(view, reading, *args, **kwargs)
                response = _kept(
                    request, _page_key(request, tag), draw, own=reading, cache="own_pages"
                )
                if reading.token:
                    request.META |= reading.token
                    return response
            if response.status_code in (200, 304):
                response.headers["ETag"] = tag
            patch_cache_control(response, private=True, no_cache=True)
            return response

        return vary_on_headers(*LOOKED_AT)(drawn_once)

    return decorator


class Reading(HttpRequest):
    """A request for the same page without anything that is not in its key, such as cookies. Drawn
    for a user whom there is not, a page is one that everyone may see.
    """

    PASSED_ON: tuple[str, ...] = (
        *("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
        *("HTTP_HX_REQUEST", "HTTP_HX_TARGET"),
    )

    def __init__(self, request: HttpRequest, user: "AnonymousUser | User") -> None:
        super().__init__()
        self.method = "GET"
        self.path, self.path_info = request.path, request.path_info
        self.META = {name: request.META[name] for name in self.PASSED_ON if name in request.META}
        self.GET = request.GET
        self.COOKIES = {name: request.COOKIES.get(name, "") for name in SEEN_COOKIES}
        self.resolver_match = request.resolver_match
        self.user = user
        self.htmx = HtmxDetails(self)
        self._asked_over = request.scheme

    def _get_scheme(self) -> str | None:
        return self._asked_over


class OwnReading(Reading):
    """One of the reader's own, whose forms have their token. Such a page is not kept."""

    PASSED_ON = (*Reading.PASSED_ON, "CSRF_COOKIE")

    @property
    def token(self) -> dict[str, Any]:
        """What the reader's request has to know of a token that was drawn; empty without one."""
        if not self.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            return {}
        return {name: self.META[name] for name in ("CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE")}


def _kept_for_athlete(
    request: HttpRequest, key: str, draw: "Callable[[User], HttpResponse]"
) -> HttpResponse:
    """The page with the user's name on it; what others are given too has a blank for that."""

    def named() -> HttpResponse:
        everyones = caches["pages"].get(key)
        if everyones is None:
            response = draw(get_user_model()(pk=0, username=NAME))
            if response.status_code != 200:
                return response
            everyones = zlib.compress(response.content, level=1)
            caches["pages"].set(key, everyones)
        name = render_to_string(
            "components/masthead.html#name", {"username": request.user.get_username()}
        )
        return HttpResponse(zlib.decompress(everyones).replace(NAME.encode(), name.encode()))

    own_key = _digest_of(key, request.user.get_username())
    return _kept(request, own_key, named, cache="own_pages")


def _kept(
    request: HttpRequest,
    key: str,
    draw: Callable[[], HttpResponse],
    *,
    own: OwnReading | None = None,
    cache: str = "pages",
) -> HttpResponse:
    """What ``draw`` answers, kept as it is sent to whoever accepts the same compression. Small
    also for who accepts none, as many robots do.
    """
    pages = caches[cache]
    accepted = best_coding(request.headers.get("Accept-Encoding", ""))
    key = f"{key}:{accepted}"
    kept = pages.get(key)
    request.is_kept_page = kept is not None  # type: ignore[attr-defined]
    if kept is None:
        response = draw()
        if response.status_code != 200 or (own and own.token):
            return response
        if accepted == "zstd":
            level = ZSTD_LEVEL_OF_OWN if own else ZSTD_LEVEL
            response.content = zstd_compress(response.content, level=level)
            response.headers["Content-Encoding"] = "zstd"
        compression.maybe_compress(request, response)
        coding = response.headers.get("Content-Encoding")
        kept = (response.content if coding else zlib.compress(response.content, level=1), coding)
        if len(kept[0]) <= MOST_KEPT:
            pages.set(key, kept)
    content, coding = kept
    response = HttpResponse(content if coding else zlib.decompress(content))
    if coding:
        response.headers["Content-Encoding"] = coding
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _page_key(request: HttpRequest, tag: str) -> str:
    return _digest_of(request.build_absolute_uri(), tag)


def cached_for_all(view: _View) -> _View:
    """The same of what the catalogue holds for everyone alike, such as a picture. 1 query."""

    def tag(*_: object, **__: object) -> str:
        return _tag(CatalogueVersion.objects.current(), build())

    return condition(etag_func=tag)(view)


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
    return _tag(CatalogueVersion.objects.current(), *_appearance(request))


def _appearance(request: HttpRequest) -> tuple[str, ...]:
    """All but the catalogue that decides how a page looks."""
    headers = (request.headers.get(name, "") for name in ("HX-Request", "HX-Target"))
    cookies = (request.COOKIES.get(name, "") for name in SEEN_COOKIES)
    return (build(), settings.REGISTRATION, active_language(), *cookies, *headers)


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
    return f'W/"{_digest_of(*parts)}"'


def _digest_of(*parts: str) -> str:
    return _digest(part.encode() for part in parts)


def _digest(parts: Iterable[bytes]) -> str:
    """32 characters for a list of values, of which no other list has the same."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(b"%d:%b" % (len(part), part))
    return whole.hexdigest()[:32]
