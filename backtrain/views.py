"""The home page: what this is, for a visitor; today, for an athlete. And what a phone asks for."""

import uuid
from datetime import date, timedelta
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from backtrain.back import back_page, muscles_shown, words
from backtrain.gallery import samples
from backtrain.staff import for_staff
from exercises.counting import counted
from exercises.drawing import cards
from exercises.drawing.body_map import body_map
from exercises.drawing.cards import CardText
from exercises.drawing.painting import tokens
from exercises.languages import ENGLISH, html_language
from exercises.models import Exercise, Muscle, Region
from exercises.page_cache import cached_for_all, cached_for_anonymous
from workouts.models import history
from workouts.models.history import Span
from workouts.progress.trained_muscles import trained_in_week
from workouts.reckoning.calendar import training_week, weeks_from
from workouts.routines.listing import due_on
from workouts.views.access import AthleteRequest, cached_for_athlete

WORKOUTS_SHOWN = 5
EXERCISES_SHOWN = 6
A_DAY = 24 * 60 * 60
HALF_A_YEAR = timedelta(days=182)
NOT_FOR_ROBOTS = ("/accounts/", "/admin/", "/exercises/own/", "/progress/", "/workouts/")


@require_safe
@cached_for_anonymous
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return _athlete_home(cast(AthleteRequest, request))
    exercises = Exercise.objects.catalogue().of_article()
    context = {
        "back": body_map(only=["back"]),
        "front": body_map(only=["front"]),
        "muscles": Muscle.objects.top_level().filter(region=Region.BACK).with_exercise_counts(),
        "exercises": exercises.for_rows().with_primary_targets()[:EXERCISES_SHOWN],
    }
    return render(request, "home_visitor.html", context)


@require_safe
@cached_for_anonymous
def back(request: HttpRequest) -> HttpResponse:
    """The back's muscles and exercises, what is known of leaving it out, and two sessions.

    4 queries for a visitor.
    """
    return render(request, "back.html", {"page": back_page(), "key": uuid.uuid4()})


@require_safe
@cache_control(public=True, max_age=A_DAY)
@cached_for_all
@translation.override(ENGLISH)
def back_card(request: HttpRequest) -> HttpResponse:
    """The picture beside a shared link to it. 2 queries."""
    muscles = muscles_shown()
    exercises = Exercise.objects.catalogue().of_article().count()
    said = CardText(
        f"{counted(len(muscles), 'muscle')}, {counted(exercises, 'exercise')}",
        words()["title"],
        "and what is known about leaving them out",
    )
    return HttpResponse(cards.muscle_card(said, *muscles), content_type="image/png")


@cached_for_athlete
def _athlete_home(request: AthleteRequest) -> HttpResponse:
    """What is due, what was done lately, and the way to log more. 5 queries."""
    athlete = request.user.athlete
    today, start = athlete.day_at(timezone.now()), athlete.week_start
    lately = history.for_calendar(athlete.pk, Span(weeks_from(today, week_start=start), date.max))
    context = {
        "today": today,
        "unsaved": athlete.unsaved,
        "due": due_on(athlete.pk, today),
        "week": training_week(lately, week_start=start, today=today),
        "workouts": history.listed(athlete.pk, stop=WORKOUTS_SHOWN),
        "trained": trained_in_week(athlete.pk, lately, today=today),
    }
    return render(request, "home_athlete.html", context)


@require_safe
@cache_control(public=True, max_age=A_DAY)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to know to put Backtrain on its home screen, in the ``language`` that the
    page names: browsers ask for it without cookies.
    """
    language = request.GET.get("language")
    with translation.override(language if language in dict(settings.LANGUAGES) else ENGLISH):
        return JsonResponse(_manifest(), content_type="application/manifest+json")


def _manifest() -> dict[str, object]:
    paper = tokens()["paper"]
    return {
        "id": "/",
        "name": "Backtrain",
        "short_name": "Backtrain",
        "description": _("Exercises by the muscle they train, and a training log."),
        "lang": html_language(),
        "start_url": reverse("home"),
        "scope": reverse("home"),
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            {"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            _icon("icon-192", 192, "any"),
            _icon("icon-512", 512, "any"),
            _icon("icon-maskable", 512, "maskable"),
        ],
        "shortcuts": [
            {"name": _("Log a workout"), "short_name": _("Log"), "url": reverse("workouts:new")},
            {"name": _("Start a session"), "url": f"{reverse('workouts:new')}?start"},
            {"name": _("Routines"), "url": reverse("routines:list")},
        ],
    }


def _icon(name: str, side: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"img/{name}.png"),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }


@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """For those that ask for the icon at its old place, without reading a page."""
    return redirect(static("img/favicon.ico"))


@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may leave out: it belongs to someone, or is a form."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def security_contact(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), if SECURITY_CONTACT says; good for half a year."""
    if not settings.SECURITY_CONTACT:
        raise Http404("SECURITY_CONTACT is not set.")
    expires = timezone.now().replace(hour=0, minute=0, second=0) + HALF_A_YEAR
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "Preferred-Languages: en",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@for_staff
@require_safe
def figure_sheet(request: HttpRequest) -> HttpResponse:
    """All figures of the catalogue on one page, for whoever draws them. 2 queries."""
    exercises = Exercise.objects.catalogue().with_targets().order_by("name", "pk")
    return render(request, "styleguide_figures.html", {"exercises": exercises})


@for_staff
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The gallery of components, for those who build or look after the site."""
    return render(request, "styleguide/index.html", samples())
