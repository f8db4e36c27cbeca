"""Pages for what went wrong: what happened, what was kept, what to do next.

The page for 500 comes from a template that needs nothing, since anything may be broken.
"""

import re
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from backtrain.logs import current_id
from exercises.models import Region
from workouts.views.access import keep_post

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# No limit that answers with 429 counts for longer than this.
RETRY_SECONDS = 60
# Fields that people write in, by what the page calls them; passwords are not among them.
WRITTEN = {
    "text": "Workout",
    "notes": "Notes",
    "name": "Name",
    "aliases": "Other names",
    "steps": "How to do it",
    "body_weight": "Body weight",
}
CATALOGUE_PAGE = re.compile(r"/(?:exercises|muscles)/([\w-]+)/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for more than a form may hold, which Django does not tell apart."""
    if not isinstance(exception, TOO_MUCH):
        return render(request, "400.html", status=400)
    context = {
        "megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000,
        "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    }
    response = render(request, "413.html", context, status=413)
    if not request.META.get("SERVER_SOFTWARE", "").startswith("WSGIServer"):
        # The rest has not been read; runserver closes by itself, and takes no such header.
        response.headers["Connection"] = "close"
    return response


def untrusted_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token, with what was written in it.

    Where the browser says that the form was on this site, the token is only out of date, since
    its athlete has signed in anew. Then the form is kept for them, as ``signed_in`` does.
    """
    came_from_here = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    written = [(label, request.POST.get(name, "")) for name, label in WRITTEN.items()]
    context = {
        "written": [(label, text, text.count("\n") + 1) for label, text in written if text],
        "is_kept": came_from_here and request.user.is_authenticated and keep_post(request),
    }
    return render(request, "403_csrf.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with a search for what a page of the catalogue would be about."""
    named = CATALOGUE_PAGE.match(request.path)
    words = named[1].replace("-", " ") if named else ""
    context = {"words": words[:100], "regions": Region}
    return render(request, "404.html", context, status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429, which allauth asks for when one of its limits is reached."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def mail_not_sent(request: HttpRequest) -> HttpResponse:
    """503 where a mail was all that was asked for."""
    response = render(request, "account/mail_not_sent.html", status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the id that leads from the page to the logs, or 503 for a database that is away."""
    if is_away(sys.exc_info()[1]):
        away = HttpResponse(loader.get_template("503.html").render(), status=503)
        away.headers["Retry-After"] = str(RETRY_SECONDS)
        return away
    page = loader.get_template("500.html").render({"request_id": current_id()})
    return HttpResponseServerError(page)


def is_away(error: BaseException | None) -> bool:
    """Whether the database can't be reached, is locked, or took too long, which passes.

    SQLite has the same class for a table that is missing, which does not.
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_ERROR"
