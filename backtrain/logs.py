"""What every line in the logs says of the request it belongs to."""

import json
import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import NamedTuple

from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# What every record has, which is told by other names or not at all; a request is for no log.
ALWAYS_THERE = {*vars(logging.makeLogRecord({})), "message", "asctime", "request"}


class Asked(NamedTuple):
    """A request's id and its client's address, for the logs."""

    request_id: str
    client: str


NOTHING = Asked("-", "-")
_asked: ContextVar[Asked] = ContextVar("asked", default=NOTHING)


class RequestIdMiddleware:
    """Gives each request an id of its own, which its answer carries and its log lines have.

    None is taken over from outside, where anyone could choose one that is somebody else's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = Asked(secrets.token_hex(6), request.META["REMOTE_ADDR"])
        _asked.set(asked)
        response = self.get_response(request)
        response.headers[HEADER] = asked.request_id
        return response


@receiver(request_finished)
def forget_request(**_: object) -> None:
    """Django logs an answer's status when all middleware is done, so it ends only here."""
    _asked.set(NOTHING)


def current_id() -> str:
    """The id of the request that is being answered, or "-" outside of any."""
    return _asked.get().request_id


class JSONFormatter(logging.Formatter):
    """A record as one line of JSON, with all that was said of it besides."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "at": at.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in ALWAYS_THERE}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


class RequestFilter(logging.Filter):
    """Adds ``request_id`` and ``client`` to a record, "-" outside of requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id, record.client = _asked.get()
        return True
