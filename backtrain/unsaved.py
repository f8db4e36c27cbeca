"""Whether a draft or a session of the athlete is open: a cookie, so that every page can say so at
the way to the log, and none has to ask.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from exercises.page_cache import UNSAVED_COOKIE

WORDS = ("draft", "session")
A_MONTH = 30 * 24 * 60 * 60  # seconds


def unsaved_word(request: HttpRequest | None) -> str:
    """ "draft", "session", or empty for neither: as the page knows it, else as the cookie says."""
    known = _known(request, getattr(request, "user", None))
    word = request.COOKIES.get(UNSAVED_COOKIE, "") if request and known is None else known
    return word if word in WORDS else ""


class UnsavedMiddleware:
    """Keeps the cookie as what was found out while the request was answered. No query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        known = _known(request, getattr(request, "_cached_user", None))
        if known and known != request.COOKIES.get(UNSAVED_COOKIE):
            response.set_cookie(UNSAVED_COOKIE, known, A_MONTH, samesite="Lax", httponly=True)
        elif known == "" and UNSAVED_COOKIE in request.COOKIES:
            response.delete_cookie(UNSAVED_COOKIE, samesite="Lax")
        return response


def _known(request: HttpRequest | None, user: Any) -> str | None:
    """None where nobody has looked."""
    if user is None:
        return None
    if not user.is_authenticated:
        return ""
    athlete = user._state.fields_cache.get("athlete")
    unsaved = athlete and athlete.__dict__.get("unsaved")
    return unsaved.word if unsaved else None
