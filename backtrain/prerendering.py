"""Pages that are the same for every visitor, drawn before anyone asks for them.

Templates, drawings and the catalogue's index are read when they are first used, and a page that
has to wait for them takes a hundred times a later one. So a process draws a page of each kind
before it answers anybody, and all others while it does. An edit makes all pages new, and one that
has to be drawn takes ten times one that is kept: they are drawn again, whichever process saved it.
Whoever asks sooner has theirs drawn then, since pages are kept by the version of the catalogue.
"""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from io import BytesIO
from itertools import chain
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connections

from backtrain.metrics import NOT_COUNTED
from backtrain.proxies import THIS_MACHINE
from exercises.addresses import address_of
from exercises.models import CatalogueVersion, Exercise, Muscle
from workouts.routines.starters import starters

logger = logging.getLogger(__name__)

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
CODINGS = "gzip, deflate, br, zstd"  # as browsers have it: what they are sent is drawn already
LOOK_EVERY = 5  # seconds
# So many times as long as a page took its thread waits, so that people come first: four processes
# together keep one core busy meanwhile.
REST = 3
ONE_EACH = ("home", "back", "exercises:muscles", "exercises:exercises", "routines:starters")


def prerender(application: Application) -> None:
    """Draw a page of each kind. Whatever goes wrong is logged: the site starts all the same."""
    try:
        for address, *_ in filter(None, _addresses()):
            draw(application, address)
    except DatabaseError:
        logger.exception("The first pages could not be drawn.")
    finally:
        connections.close_all()


def keep_drawn(application: Application) -> None:
    """Draw all pages beside the answers, and again soon after each edit."""
    Thread(target=_keep_drawn, args=(application,), name="drawing", daemon=True).start()


def _keep_drawn(application: Application) -> None:
    version, is_whole = _catalogue_version(), False
    while True:
        connections.close_all()
        time.sleep(LOOK_EVERY)
        current = _catalogue_version()
        if current and current != version:
            caches["pages"].clear()  # nobody will ask for one of the version before
            version, is_whole = current, False
        if current and not is_whole:
            is_whole = _draw_all(application, version)


def _draw_all(application: Application, version: str) -> bool:
    """Whether each was drawn before the catalogue became another one, or its database went."""
    try:
        kinds = _addresses()
    except DatabaseError:
        return False
    first = (address for address, *_ in filter(None, kinds))
    for address in dict.fromkeys([*first, *chain(*kinds)]):
        begun = time.perf_counter()
        draw(application, address)
        time.sleep(REST * (time.perf_counter() - begun))
        if _catalogue_version() != version:
            return False
    return True


def _catalogue_version() -> str:
    """Empty while the database is away, which others say. 1 query."""
    try:
        return CatalogueVersion.objects.current()
    except DatabaseError:
        return ""


def _addresses() -> list[list[str]]:
    """By kind of page, those of the article first. 2 queries."""
    exercises = Exercise.objects.catalogue().in_article_order().values_list("slug", flat=True)
    muscles = Muscle.objects.order_by("position", "slug").values_list("slug", flat=True)
    return [
        *([address_of(name)] for name in ONE_EACH),
        _named("exercises:exercise", exercises),
        _named("exercises:muscle", muscles),
        _named("routines:starter", (starter.slug for starter in starters())),
    ]


def _named(name: str, slugs: Iterable[str]) -> list[str]:
    return [address_of(name, slug) for slug in slugs]


def draw(application: Application, address: str) -> None:
    """Have the page kept, as browsers ask for it. Whatever goes wrong is logged."""
    try:
        status = _ask(application, address)
    except Exception:
        logger.exception("%s could not be drawn.", address)
    else:
        if not status.startswith("200"):
            logger.warning("%s could not be drawn: %s", address, status)


def _ask(application: Application, address: str) -> str:
    """The status of the answer to a visitor who comes the way that visitors do."""
    status: list[str] = []
    scheme, proxies = "https" if settings.IS_HTTPS else "http", settings.TRUSTED_PROXIES
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": _host(),
        "SERVER_PORT": "443" if settings.IS_HTTPS else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": THIS_MACHINE,
        "HTTP_HOST": _host(),
        "HTTP_ACCEPT_ENCODING": CODINGS,
        "HTTP_X_FORWARDED_FOR": ", ".join([THIS_MACHINE] * proxies),
        "HTTP_X_FORWARDED_PROTO": scheme if proxies else "",
        NOT_COUNTED: True,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    }
    with closing(application(environ, lambda line, *_: status.append(line))) as answer:
        for _ in answer:
            pass
    return status[0]


def _host() -> str:
    """One that is allowed, for pages name theirs."""
    first = settings.ALLOWED_HOSTS[0]
    return "localhost" if first == "*" else first.lstrip(".")
