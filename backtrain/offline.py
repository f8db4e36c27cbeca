"""What a device keeps for when there is no signal (ADR 16): the script that does, and its page."""

import json
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from backtrain.storage import joined_modules
from exercises.languages import active_language
from exercises.page_cache import build
from workouts.views.access import AthleteRequest, signed_in
from workouts.views.log.opening import WITHOUT_DRAFT

FILES = ("css/site.css", "js/main.js", "img/icon.svg")
ATHLETES_FILES = (
    "css/training.css",
    "js/athlete.js",
    "js/log.js",
    "js/unsent.js",
    "django_htmx/htmx-2.min.js",
)
# What opens without signal though it was never visited: for everyone the first, all for an athlete.
CORE = ("offline", "workouts:list", "home")
# Pages that are kept once they were visited; other pages never are.
KEPT = ("exercises/", "muscles/", "progress/", "routines/", "workouts/")
# What is kept of an athlete's own though they never opened it.
MOST_WORKOUTS, MOST_ROUTINES = 10, 6
# Addresses that the script doesn't even see.
LEFT_ALONE = ("admin/", "api/", "data/", "healthz/", "media/", "styleguide/")


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
@condition(etag_func=lambda request: f'"{_release()}"')
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script, with this release's files in it: so each release brings another one, which takes
    the place of the one before. A language counts as one: its pages are kept anew.
    """
    home, blank = reverse("home"), f"{reverse('workouts:new')}?{WITHOUT_DRAFT}"
    site = {
        "release": _release(),
        "static": settings.STATIC_URL,
        "accounts": f"{home}accounts/",
        "offline": reverse("offline"),
        "own": reverse("own-pages"),
        "workouts": reverse("workouts:list"),
        "log": reverse("workouts:new"),
        "blank": blank,
        "core": [*(reverse(name) for name in CORE), blank],
        "kept": [home + path for path in KEPT],
        "leftAlone": [home + path for path in LEFT_ALONE],
        "files": [static(path) for path in FILES],
        "athletesFiles": [static(path) for path in ATHLETES_FILES],
    }
    script = f"const SITE = {json.dumps(site)};\n{_script(build())}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _release() -> str:
    return f"{build()}-{active_language()}"


@lru_cache(maxsize=1)
def _script(_: str) -> str:
    return joined_modules(_source, "js/service-worker.js")


def _source(name: str) -> str:
    return (settings.BASE_DIR / "static" / name).read_text(encoding="utf-8")


@require_safe
def on_this_device(request: HttpRequest) -> HttpResponse:
    """What opens without signal; in place of a page that doesn't, when there is none. No query."""
    return render(request, "offline.html")


@signed_in
@require_safe
def own_pages(request: AthleteRequest) -> HttpResponse:
    """The athlete's last workouts, their routines and the log filled from each, for the script to
    keep: addresses, each with a mark that is another one when the page may be. 2 queries.
    """
    athlete = request.user.athlete
    workouts = athlete.workouts.live().newest_first().values_list("pk", "revision")[:MOST_WORKOUTS]
    routines = athlete.routines.live().in_order().values_list("pk", flat=True)[:MOST_ROUTINES]
    log, version = reverse("workouts:new"), str(athlete.version)
    pages = [(reverse("workouts:detail", args=[pk]), str(revision)) for pk, revision in workouts]
    for pk in routines:
        start = f"{log}?routine={pk}"
        addresses = (reverse("routines:detail", args=[pk]), f"{start}&start=1", start)
        pages += [(address, version) for address in addresses]
    return JsonResponse({"owner": str(request.user.pk), "pages": pages})
