"""Pages for what went wrong: what happened, what was kept, what to do next.

The pages for 500 and 503 come from templates that need nothing, since anything may be broken.
"""

import errno
import re
import sys
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext_lazy as _

from backtrain.logs import current_id
from exercises.models import Region
from workouts.views.access import keep_post

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# No limit that answers with 429 counts for longer than this.
RETRY_SECONDS = 60
# Fields that people write in, by what the page calls them; passwords are not among them.
WRITTEN = {
    "text": _("Workout"),
    "notes": _("Notes"),
    "name": _("Name"),
    "aliases": _("Other names"),
    "steps": _("How to do it"),
    "body_weight": _("Body weight"),
}
# A disk that is full, or that its system has made read-only since something is wrong with it; or
# that can't be reached, as a bucket of pictures
DISK_TROUBLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
READ_ONLY = "25006"  # what PostgreSQL says of a write where it takes none just now
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
    context = {
        "written": _written(request.POST),
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
    """500, with the id that leads from the page to the logs, or 503 for what passes."""
    if is_away(sys.exc_info()[1]):
        page = loader.get_template("503.html").render(_sent(request))
        away = HttpResponse(page, status=503)
        away.headers["Retry-After"] = str(RETRY_SECONDS)
        return away
    page = loader.get_template("500.html").render({"request_id": current_id()})
    return HttpResponseServerError(page)


def is_away(error: BaseException | None) -> bool:
    """Whether the database can't be reached or written, is locked, or took too long, or the disk is
    full: all that passes without a change of the code.

    SQLite has the same class for a table that is missing, which does not.
    """
    if isinstance(error, OSError):
        return error.errno in DISK_TROUBLE
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", "") == READ_ONLY
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_ERROR"


def _sent(request: HttpRequest) -> dict[str, object]:
    """What a form had that was on its way: to copy, and all of it to be sent again where it is one
    of an athlete's own. Only what has been read: reading may be what failed.
    """
    posted = getattr(request, "_post", None)
    if request.method != "POST" or not posted:
        return {}
    is_own = "owner" in posted and not request.FILES
    fields = [(name, value) for name, values in posted.lists() for value in values]
    return {
        "written": _written(posted),
        "path": request.get_full_path(),
        "fields": fields if is_own else [],
    }


def _written(posted: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """What people wrote, by what it is called, with how many lines it has."""
    texts = ((str(label), posted.get(name, "")) for name, label in WRITTEN.items())
    return [(label, text, text.count("\n") + 1) for label, text in texts if text]
