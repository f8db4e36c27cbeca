"""Asking the site as Chromium does, and how long it takes.

The application is called by WSGI, as granian calls it, but in this process, so that its time can
be told from that of all else on the machine.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from benchmarks.installation import ATHLETE, copied, write

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CSRF_TOKEN = "a" * 32
CHROMIUM = {
    "wsgi.url_scheme": "https",
    "HTTP_HOST": "localhost",
    "HTTP_REFERER": "https://localhost/",
    "HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd",
}


@dataclass(frozen=True)
class Request:
    """A page, the part of it that htmx asks for as ``target``, or a form that is sent."""

    address: str
    is_signed_in: bool = False
    form: Callable[[], Mapping[str, str]] | None = None
    target: str = ""

    def environ(self, cookie: str) -> dict[str, Any]:
        path, _, query = self.address.partition("?")
        environ = {**CHROMIUM, "PATH_INFO": path, "QUERY_STRING": query}
        if self.is_signed_in:
            environ["HTTP_COOKIE"] = f"csrftoken={CSRF_TOKEN}; {cookie}"
        if self.target:
            environ |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": self.target}
        if self.form is not None:
            body = urlencode({**self.form(), "csrfmiddlewaretoken": CSRF_TOKEN}).encode()
            environ |= {
                "REQUEST_METHOD": "POST",
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": BytesIO(body),
            }
        setup_testing_defaults(environ)
        return environ


class Site:
    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application
        from django.urls import path

        from backtrain import urls
        from backtrain.prerendering import prerender

        urls.urlpatterns.append(path("bare/save-20-sets/", bare_save))
        urls.urlpatterns.append(path("bare/<slug:name>/", bare_page))
        self.application = get_wsgi_application()
        prerender(self.application)  # as backtrain.wsgi, but for the thread that draws the others
        self.cookie = f"sessionid={session_key()}"
        self.clock = processor_clock()

    def ask(self, request: Request, **changes: str) -> bytes:
        """The body of the answer; anything but a page or a redirect is an error."""
        return self._answer({**request.environ(self.cookie), **changes})

    def text(self, request: Request) -> str:
        return self.ask(request, HTTP_ACCEPT_ENCODING="").decode()

    def milliseconds(self, request: Request) -> float:
        """How long the answer takes the processor, the database's work with it."""
        environ = request.environ(self.cookie)
        begun = self.clock()
        self._answer(environ)
        return (self.clock() - begun) / 1e6

    def drawing_milliseconds(self, request: Request) -> float:
        """How long a visitor's page takes the thread that draws them before anyone asks."""
        from backtrain.prerendering import draw

        begun = self.clock()
        draw(self.application, request.address)
        return (self.clock() - begun) / 1e6

    def _answer(self, environ: dict[str, Any]) -> bytes:
        status: list[str] = []
        with closing(self.application(environ, lambda line, *_: status.append(line))) as answer:
            body = b"".join(answer)
        if status[0][:3] not in ("200", "302"):
            raise RuntimeError(f"{environ['PATH_INFO']}: {status[0]}\n{body[:2000]!r}")
        return body


def session_key() -> str:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username=ATHLETE))
    return client.cookies["sessionid"].value


def processor_clock() -> Callable[[], int]:
    """Nanoseconds that this process and, on PostgreSQL, the one that serves it have computed.

    Where the system does not tell of other processes, those that pass by.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time_ns
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # whose time nobody would count
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    schedule = Path(f"/proc/{pid}/schedstat")
    if not schedule.exists():
        return time.perf_counter_ns
    return lambda: time.process_time_ns() + int(schedule.read_text().split()[0])


# What pages are measured against


def bare_page(request: "HttpRequest", name: str) -> "HttpResponse":
    from django.shortcuts import render

    return render(request, f"bare-{name}.html")


def bare_save(request: "HttpRequest") -> "HttpResponse":
    """The rows of a workout, put together already, and a redirect."""
    from django.db import transaction
    from django.shortcuts import redirect

    with transaction.atomic():
        write([BARE.pop()])
    return redirect("home")


BARE: list[Any] = []


def prepare_bare_save(workout: Any) -> None:
    """Have a copy of the workout, entries and sets loaded, ready to be written."""
    BARE[:] = [copied(workout, workout.athlete)]
