"""Who asks, and over what: from the connection, or from what trusted proxies say of it.

TRUSTED_PROXIES is how many proxies a request comes through. Each appends to X-Forwarded-For whom
it was asked by, so with n proxies the n-th address from the right is the client; all that stands
to the left of it the client may have made up. Without proxies no such header is believed.

What is found is put where Django, allauth and the logs look anyway, and the headers are dropped,
so that nothing behind this can believe them. WSGI gives ``X_Forwarded_For`` the name of
``X-Forwarded-For``, and the server keeps the last: a proxy has to drop names with underscores.
"""

import ipaddress
import logging
import re
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

FOR, PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
SCHEME = "backtrain.scheme"  # as in settings.SECURE_PROXY_SSL_HEADER
OTHER_NAMES = {
    "HTTP_CLIENT_IP",
    "HTTP_FORWARDED",
    "HTTP_FRONT_END_HTTPS",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_X_REAL_IP",
}
# "203.0.113.9:4711" and "[2001:db8::1]:4711", as some proxies write
WITH_PORT = re.compile(r"(?:\[([^\]]+)\]|([\d.]+))(?::\d+)?")
THIS_MACHINE = "127.0.0.1"  # which is who asks over a Unix socket


class ProxyMiddleware:
    """Puts the client's address and scheme in place, and drops what claims to know them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta, proxies = request.META, settings.TRUSTED_PROXIES
        hops = _listed(meta.get(FOR, ""))
        if proxies != len(hops) and (not proxies or len(hops) < proxies):
            _say_misfit(proxies, bool(hops))
        meta["REMOTE_ADDR"] = client_address(
            hops, peer=meta.get("REMOTE_ADDR", ""), proxies=proxies
        )
        meta.pop(SCHEME, None)
        if scheme := client_scheme(_listed(meta.get(PROTO, "")), proxies=proxies):
            meta[SCHEME] = scheme
        for name in [name for name in meta if _claims_to_know(name)]:
            del meta[name]
        return self.get_response(request)


def client_address(hops: list[str], *, peer: str, proxies: int) -> str:
    """The n-th of the hops from the right, or whoever opened the connection.

    The latter also where there are fewer hops than proxies: such a request came another way.
    """
    named = _address(hops[-proxies]) if 0 < proxies <= len(hops) else None
    return named or _address(peer) or THIS_MACHINE


def client_scheme(schemes: list[str], *, proxies: int) -> str | None:
    """ "http" or "https" as the outermost trusted proxy has it, or None where none says.

    Most proxies replace this header, so there may be fewer schemes than proxies.
    """
    if not (proxies and schemes):
        return None
    scheme = schemes[-min(proxies, len(schemes))].lower()
    return scheme if scheme in ("http", "https") else None


def _listed(header: str) -> list[str]:
    return [part.strip() for part in header.split(",")] if header else []


def _address(text: str) -> str | None:
    """An IP address in its one spelling, without port; None for anything else."""
    parts = WITH_PORT.fullmatch(text)
    try:
        address = ipaddress.ip_address((parts[1] or parts[2]) if parts else text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address).partition("%")[0]


def _claims_to_know(name: str) -> bool:
    return name.startswith("HTTP_X_FORWARDED") or name in OTHER_NAMES


@cache  # so once a process
def _say_misfit(proxies: int, is_forwarded: bool) -> None:
    if is_forwarded and not proxies:
        logger.warning(
            "A request has X-Forwarded-For, which is not believed: if a proxy stands in front, set"
            " TRUSTED_PROXIES to how many, or all who come through it share its limits."
        )
    elif proxies:
        logger.warning(
            "A request came through fewer proxies than TRUSTED_PROXIES (%d): its connection's"
            " address counts.",
            proxies,
        )
