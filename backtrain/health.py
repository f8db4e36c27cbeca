"""Answers for what watches the server: that the process lives, and that it can serve pages.

A balancer or a container's engine asks an address of its own, over plain HTTP, so these answers
come before hosts, redirects and sessions are looked at.
"""

import logging
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.cache import caches
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from backtrain.circuit_breaker import one_line
from backtrain.schema import missing_migrations
from exercises.counting import counted

logger = logging.getLogger(__name__)

LIVE, READY = "/healthz/live", "/healthz/ready"
GOOD, AWAY = "ok", "does not answer"
# Without these no page can be made; without the cache, limits count per process and all goes on.
NEEDED = ("database", "migrations")


class HealthMiddleware:
    """Answers /healthz/live and /healthz/ready, and passes on everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in (LIVE, READY):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        parts = dict(look()) if request.path_info == READY else {"process": GOOD}
        is_fine = all(parts.get(name, GOOD) == GOOD for name in NEEDED)
        response = JsonResponse(parts, status=200 if is_fine else 503)
        response.headers["Cache-Control"] = "no-store"
        return response


def look() -> Iterator[tuple[str, str]]:
    """Each part that pages are made with, and how it is. 2 queries.

    After a database that does not answer, nothing more is asked. Why it does not is for the log:
    an address or a user's name is nobody else's business.
    """
    try:
        missing = len(missing_migrations())
    except Error as error:
        logger.warning("Not ready: the database does not answer (%s).", one_line(error))
        yield "database", AWAY
        return
    yield "database", GOOD
    yield "migrations", f"{counted(missing, 'migration')} missing" if missing else GOOD
    if "shared" in settings.CACHES:
        yield "cache", _shared_cache()


def _shared_cache() -> str:
    try:
        caches["shared"].get("backtrain.health")
    except Exception as error:
        logger.warning("The shared cache does not answer (%s).", one_line(error))
        return AWAY
    return GOOD
