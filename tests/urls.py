"""The site's addresses, and the pages for errors that no address leads to."""

from functools import partial

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views import defaults

from backtrain import errors
from backtrain.urls import handler400, handler404, handler500
from backtrain.urls import urlpatterns as addresses

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

ERROR = ValueError("asked for")


def unavailable(request: HttpRequest) -> HttpResponse:
    try:
        raise OperationalError("asked for")
    except OperationalError:
        return errors.server_error(request)


urlpatterns = [
    *addresses,
    path("errors/400/", partial(defaults.bad_request, exception=ERROR)),
    path("errors/403/", partial(defaults.permission_denied, exception=ERROR)),
    path("errors/403-csrf/", errors.untrusted_form),
    path("errors/503/", unavailable),
    path("errors/500/", errors.server_error),
]
