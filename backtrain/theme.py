"""Light, dark, or as the device has it: a cookie, so that pages come in the right colours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from exercises.drawing.colours import site_colours
from exercises.page_cache import THEME_COOKIE

CHOICES = {"light": _("Light"), "dark": _("Dark"), "": _("Automatic")}
A_YEAR = 365 * 24 * 60 * 60  # seconds


def theme(request: HttpRequest) -> dict[str, object]:
    """For templates: ``theme`` is "light", "dark", or empty where the device decides.

    ``paper`` is the colour of the page, for the browser's own bars.
    """
    return {"theme": chosen(request), "theme_choices": CHOICES, "paper": site_colours()["paper"]}


def chosen(request: HttpRequest) -> str:
    """The reader's choice; one that is unknown counts as none."""
    choice = request.COOKIES.get(THEME_COOKIE, "")
    return choice if choice in CHOICES else ""


@csrf_exempt  # The worst that another site could do is turn on the light
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember the choice for a year and go back to the page it was made on."""
    response = redirect(page_before(request))
    choice = request.POST.get("theme", "")
    if choice and choice in CHOICES:
        response.set_cookie(THEME_COOKIE, choice, max_age=A_YEAR, samesite="Lax")
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


def page_before(request: HttpRequest) -> str:
    """Where the choice was made, if the browser says so. So pages needn't know where they are."""
    page = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else "/"
