"""Routines to begin with: pages for everyone, and making them one's own."""

import uuid

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from exercises.page_cache import cached_for_anonymous
from exercises.search.lookup import NameIndex
from workouts.routines.starters import Starter, starter_named, starter_page, starters, use_starter
from workouts.views.access import AthleteRequest, signed_in_then


@require_safe
@cached_for_anonymous
def starter_list(request: HttpRequest) -> HttpResponse:
    """All starters, each in a few words. No query but who asks."""
    return render(request, "routines/starters.html", {"starters": starters()})


@require_safe
@cached_for_anonymous
def starter(request: HttpRequest, slug: str) -> HttpResponse:
    """What it consists of, why, and what a week of it trains. 2 queries."""
    index = NameIndex.for_user(AnonymousUser())
    page = starter_page(_starter_or_404(slug), index)
    context = {"page": page, "key": uuid.uuid4(), "version": index.version}
    return render(request, "routines/starter.html", context)


@signed_in_then("routines:starters")
@require_POST
def use(request: AthleteRequest, slug: str) -> HttpResponse:
    """Make its routines the athlete's own."""
    starter = _starter_or_404(slug)
    try:
        key = uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        key = uuid.uuid4()
    made = use_starter(
        athlete=request.user.athlete,
        starter=starter,
        key=key,
        index=NameIndex.for_user(AnonymousUser()),
    )
    message = ngettext(
        "%(count)s routine added. Change what you like.",
        "%(count)s routines added. Change what you like.",
        len(made),
    )
    messages.success(request, message % {"count": len(made)})
    return redirect(made[0] if len(made) == 1 else "routines:list")


def _starter_or_404(slug: str) -> Starter:
    found = starter_named(slug)
    if found is None:
        raise Http404("There is no such starter.")
    return found
