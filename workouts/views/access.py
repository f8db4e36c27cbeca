"""Who asks: the athlete of a signed-in request."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class AthleteRequest(HttpRequest):
    """The request behind ``login_required``, as django-htmx extends it."""

    if TYPE_CHECKING:
        user: User
    htmx: HtmxDetails
