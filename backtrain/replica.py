"""Reading from a streaming replica, but for what whoever asks has just written.

The answer to a form keeps in a cookie how far the primary's log was by then. Pages are read from
the replica once that has come as far; until then, and while it does not answer, from the primary.
"""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse

from backtrain.circuit_breaker import CircuitBreaker, one_line

logger = logging.getLogger(__name__)

REPLICA = "replica"
COOKIE = "written"
COOKIE_SECONDS = 300  # a replica that is further behind is one to look after
NOWHERE = "0/0"  # of a log that began there
POSITION = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
SAFE = ("GET", "HEAD")
# Who asks here has no cookie to keep, or reads what they write.
ALWAYS_PRIMARY = ("/api/", "/admin/", "/accounts/")
breaker = CircuitBreaker(10)


@dataclass
class Reading:
    """How the request that is under way reads."""

    is_from_replica: bool = False
    has_written: bool = False


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


class ReplicaRouter:
    """Leads what a page reads to the replica, until the same request writes anything."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        reading = _reading.get()
        return REPLICA if reading and reading.is_from_replica else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        if reading := _reading.get():
            reading.is_from_replica, reading.has_written = False, True
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReplicaMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_page = request.method in SAFE and not request.path_info.startswith(ALWAYS_PRIMARY)
        seen = request.COOKIES.get(COOKIE, NOWHERE)
        reading = Reading(is_from_replica=is_page and has_come_to(seen))
        token = _reading.set(reading)
        try:
            response = self.get_response(request)
        finally:
            _reading.reset(token)
        if reading.has_written and (position := written_to()):
            response.set_cookie(
                COOKIE,
                position,
                COOKIE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def has_come_to(position: str) -> bool:
    """Whether the replica has all that the primary had written by then. 1 query."""
    if breaker.is_open or not POSITION.fullmatch(position):
        return False
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [position])
            [has_come] = cursor.fetchone()
    except Error as error:
        if breaker.open():
            logger.warning("The replica can't be read (%s): the primary is.", one_line(error))
        return False
    if breaker.close():
        logger.info("The replica is back.")
    return bool(has_come)


def written_to() -> str:
    """How far the primary's log is; empty where it does not say. 1 query."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_lsn()")
            return str(cursor.fetchone()[0])
    except Error:
        return ""
