"""Who asks the API, how often they may, and whether they have the answer already."""

import hashlib
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja.errors import AuthorizationError, HttpError
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from exercises.models import CatalogueVersion
from exercises.page_cache import build
from workouts.models import Athlete
from workouts.tokens import find_token, note_use

READING = ("GET", "HEAD", "OPTIONS")


class Token(HttpBearer):
    """The athlete of the token, who then stands in the request. 1 query, 3 once a day."""

    is_for_writing = True

    def authenticate(self, request: HttpRequest, token: str) -> Athlete | None:
        found = find_token(token)
        if found is None:
            return None
        is_writing = self.is_for_writing and request.method not in READING
        if is_writing and not found.may_write:
            raise AuthorizationError(message="This token may read, not write.")
        athlete = found.athlete
        note_use(found, on=athlete.day_at(timezone.now()))
        request.user = athlete.user
        return athlete


class ReadingToken(Token):
    """For what is posted because it is long, and writes nothing."""

    is_for_writing = False


class TokenIfGiven(Token):
    """The same; who sends no token is a visitor, whoever their browser knows."""

    def __call__(self, request: HttpRequest) -> Any:
        if "Authorization" in request.headers:
            return super().__call__(request)
        request.user = AnonymousUser()
        return request.user


class PerAthlete(SimpleRateThrottle):
    """So many requests for each athlete, whatever the token, and for each address of a visitor."""

    def get_cache_key(self, request: HttpRequest) -> str:
        # ProxyMiddleware has put the client there
        who = request.user.pk if request.user.is_authenticated else request.META["REMOTE_ADDR"]
        return f"api-{who}"


def not_modified(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """Give the answer a tag by all that it depends on; the 304 where they have it. 1 query."""
    versions: list[object] = [build()]
    if request.user.is_authenticated:
        versions += CatalogueVersion.objects.current_for(request.user)
        versions.append(request.user.athlete.version)
        response["Cache-Control"] = "private, no-cache"
    else:
        versions.append(CatalogueVersion.objects.current())
        response["Cache-Control"] = "public, no-cache"
    digest = hashlib.sha256(" ".join(map(str, versions)).encode())
    tag = f'"{digest.hexdigest()[:32]}"'
    response["ETag"] = tag
    patch_vary_headers(response, ("Authorization",))
    known = get_conditional_response(request, etag=tag)
    if known is not None:
        for name in ("Cache-Control", "Vary"):
            known[name] = response[name]
    return known


def not_found(what: str) -> HttpError:
    return HttpError(404, f"There is no such {what}, or no longer.")
