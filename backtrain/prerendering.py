"""The first pages of a process, and those after an edit, drawn before anyone asks for them.

Templates, drawings and the catalogue's index are read when they are first used, and a page that
has to wait for them takes a hundred times a later one. An edit makes all pages new, and one that
has to be drawn takes ten times one that is kept.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.urls import reverse

from backtrain.proxies import THIS_MACHINE
from exercises.models import CatalogueVersion, Exercise, Muscle

logger = logging.getLogger(__name__)

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
CODINGS = "gzip, deflate, br, zstd"  # as browsers have it: what they are sent is drawn already
LOOK_EVERY = 5  # seconds


def prerender(application: Application, *, when: str = "before the start") -> None:
    """Ask for a visitor's page of each kind, as a browser does. Whatever goes wrong is logged: the
    site starts, or goes on, all the same.
    """
    try:
        for address in _addresses():
            status = _ask(application, address)
            if not status.startswith("200"):
                logger.warning("%s could not be drawn %s: %s", address, when, status)
    except Exception:
        logger.exception("The first pages could not be drawn %s.", when)
    finally:
        connections.close_all()


def redraw_after_edits(application: Application) -> None:
    """Ask for these pages again soon after each edit, whichever process saved it."""
    Thread(target=_look_for_edits, args=(application,), name="redrawing", daemon=True).start()


def _look_for_edits(application: Application) -> None:
    drawn = _catalogue_version()
    while True:
        time.sleep(LOOK_EVERY)
        current = _catalogue_version()
        if current and current != drawn:
            prerender(application, when="after an edit")
            drawn = current


def _catalogue_version() -> str:
    """Empty while the database is away, which others say. 1 query."""
    try:
        return CatalogueVersion.objects.current()
    except DatabaseError:
        return ""
    finally:
        connections.close_all()


def _addresses() -> Iterator[str]:
    yield from map(reverse, ("home", "exercises:muscles", "exercises:exercises"))
    for rows in (Exercise.objects.catalogue().in_article_order(), Muscle.objects.volume_units()):
        if row := rows.first():
            yield row.get_absolute_url()


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
