"""What every answer says: who may keep it (ADR 8), and what its page has no use for."""

from collections.abc import Callable

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_http_compression.middleware import HttpCompressionMiddleware

SHARED = "public, no-cache"
OWN = "private, no-cache"
NOBODY = "nobody"
BESIDES = "X-Besides"
# What no page asks for, so that nothing that got into one could
UNUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED)


class CompressionMiddleware(HttpCompressionMiddleware):
    """Compresses. The noise beside it hides how long an answer is, from who guesses at a secret in
    it; what anyone may keep for a while has none.
    """

    def maybe_compress(self, request: HttpRequest, response: HttpResponseBase) -> None:
        super().maybe_compress(request, response)
        if response.get("Cache-Control", "").startswith("public, max-age="):
            response.headers.pop("x-noise", None)


class CachePolicyMiddleware:
    """Says of every answer whether others may keep it too, unless its view has said so.

    What has a validator is the same for everyone who sends the same cookies; all else belongs to
    whoever asked. Both are asked for anew before they are shown. Signing out takes along what the
    browser has kept, a draft too; not what the device has yet to send (ADR 16). What a device asks
    for besides the page that is read sets no cookie, since who signs in meanwhile has others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_shared = "ETag" in response or "Last-Modified" in response
        response.headers.setdefault("Cache-Control", SHARED if is_shared else OWN)
        if getattr(request, "has_signed_out", False):
            has_unsent = "unsent" in request.POST
            response.headers["Clear-Site-Data"] = '"cache"' if has_unsent else '"cache", "storage"'
        if BESIDES in request.headers:
            response.cookies.clear()
        return response


class OwnerMiddleware:
    """Says of every page whose it is, so that a device keeps those of one athlete only (ADR 16)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 200 and response.get("Content-Type", "").startswith("text/html"):
            response.headers["X-Owner"] = str(request.user.pk or NOBODY)
        return response


class BrowserPolicyMiddleware:
    """Tells the browser which of its devices no page of this site may ask for, and that no other
    site may load what is here, but for pictures for all: the cards of links are shown elsewhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kind = response.get("Content-Type", "")
        if kind.startswith("text/html"):  # nothing else asks for a device
            response.headers["Permissions-Policy"] = PERMISSIONS
        is_picture = kind.startswith("image/")
        is_for_all = is_picture and "public" in response.get("Cache-Control", "")
        response.headers["Cross-Origin-Resource-Policy"] = (
            "cross-origin" if is_for_all else "same-origin"
        )
        return response


@receiver(user_logged_out)
def note_sign_out(request: HttpRequest, **_: object) -> None:
    request.has_signed_out = True  # type: ignore[attr-defined]
