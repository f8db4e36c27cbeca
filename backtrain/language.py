"""English, German, Spanish or French: a cookie, else the first that the browser asks for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_noop as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from backtrain.theme import A_YEAR, page_before
from exercises.languages import ENGLISH, html_language

# What is for staff or for scripts is in English, whoever asks.
ENGLISH_ALONE = ("/admin/", "/api/", "/styleguide/")
# What there is in several languages at one address; the manifest has an address for each.
IN_WORDS = "text/html"
# What Django's forms say, in the tone of this site: its own Spanish is formal.
OF_FORMS = (
    _("Enter a number."),
    _("Enter a whole number."),
    _("Enter a valid value."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid email address."),
    _(
        "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_"
        " characters."
    ),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
)


class LanguageMiddleware:
    """Makes the reader's language the one that texts come in, until the request is answered.

    A page in words says that it depends on cookie and browser, for whoever may keep it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ENGLISH_ALONE):
            with translation.override(ENGLISH):
                return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            response = self.get_response(request)
        if response.get("Content-Type", "").startswith(IN_WORDS):
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def language(request: HttpRequest) -> dict[str, object]:
    """For templates: ``language`` is the code of the one that is active, ``html_language`` what
    the page says of itself, ``languages`` all that are offered, by their code in their own words.
    """
    return {
        "language": translation.get_language(),
        "html_language": html_language(),
        "languages": dict(settings.LANGUAGES),
    }


@csrf_exempt  # The worst that another site could do is speak German
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the choice for a year and go back to the page it was made on."""
    response = redirect(page_before(request))
    choice = request.POST.get("language", "")
    if choice in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, choice, max_age=A_YEAR, samesite="Lax")
    return response
