"""Muscles and exercises, for anyone. These pages know nothing of a person.

A visitor's cost one query for their ETag, and no other while they have not changed.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from exercises.drawing import cards
from exercises.drawing.body_map import CURRENT, ROLES, VIEWS, BodyMap, body_map, views_showing
from exercises.drawing.cards import CardText
from exercises.languages import ENGLISH
from exercises.markup import Footnotes
from exercises.models import BodyView, Exercise, Muscle, Region
from exercises.models.exercise import primary_targets
from exercises.page_cache import cached_for_all, cached_for_everyone
from exercises.search.comparing import facts, instead_of, muscles
from exercises.search.filters import LEVELS, SLUG, ExerciseFilter
from exercises.search.popular import most_meant_first

if TYPE_CHECKING:
    from django.contrib.auth.models import User

EXERCISES_PER_PAGE = 24
PICTURED = 12  # of those that train a muscle
A_DAY = 24 * 60 * 60


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


def is_own_exercise(user: "User", versions: str, slug: str) -> bool:
    """Whether the user sees one of their own in place of the catalogue's of this slug."""
    return slug in _own_slugs(user.pk, versions)


@lru_cache(maxsize=256)
def _own_slugs(owner: int, versions: str) -> frozenset[str]:
    """Those of own exercises, read once while the versions are the same. 1 query."""
    return frozenset(Exercise.objects.filter(owner=owner).values_list("slug", flat=True))


@require_safe
@cached_for_everyone()
def muscle_list(request: HttpRequest) -> HttpResponse:
    """All muscles by region, with how many exercises train each. 3 queries."""
    muscles = Muscle.objects.top_level().with_parts().with_exercise_counts()
    regions = [
        (region, [muscle for muscle in muscles if muscle.region == region]) for region in Region
    ]
    context = {"regions": regions, "map": body_map()}
    return render(request, "exercises/muscle_list.html", context)


@require_safe
@cached_for_everyone()
def muscle_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A muscle's anatomy and the exercises for it. 6 queries."""
    relatives = list(Muscle.objects.select_related("parent").family_of(slug))
    muscle = next((each for each in relatives if each.slug == slug), None)
    if muscle is None:
        return redirect(_renamed(Muscle.objects.all(), slug), permanent=True)
    relatives.remove(muscle)
    return render(request, "exercises/muscle_detail.html", page_of_muscle(muscle, relatives))


@require_safe
@cached_for_everyone(lists_own=True)
def exercise_list(request: HtmxHttpRequest) -> HttpResponse:
    """The catalogue, searched, filtered, sorted and paged by the address. 6 queries.

    Signed in, also the athlete's own exercises, for one query more.
    """
    filterset = ExerciseFilter(request.GET, exercises=Exercise.objects.offered_to(request.user))
    page = Paginator(filterset.results, EXERCISES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": filterset, "page": page, "rows": filterset.catalogue.as_rows(page)}
    if request.htmx and request.htmx.target == "results":
        return render(request, "exercises/exercise_list.html#results", context)
    return render(request, "exercises/exercise_list.html", context)


@require_safe
@cached_for_everyone(is_own=is_own_exercise)
def exercise_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """How to do an exercise, what it trains, and where to go from it. 8 queries."""
    exercise = Exercise.objects.for_page().named(slug, user=request.user)
    if exercise is None:
        return redirect(_renamed(Exercise.objects.catalogue(), slug), permanent=True)
    return render(request, "exercises/exercise_detail.html", page_of(exercise))


@require_safe
@cached_for_everyone()
def compare(request: HttpRequest) -> HttpResponse:
    """Two exercises of the catalogue side by side; with one, what to compare it with. 7 queries."""
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    catalogue = Exercise.objects.catalogue().with_targets().prefetch_related("equipment")
    found = {each.slug: each for each in catalogue.filter(slug__in=filter(SLUG.fullmatch, asked))}
    pair = [found[slug] for slug in dict.fromkeys(asked) if slug in found]
    for exercise in pair:
        exercise.primary_targets = exercise.primary
    context: dict[str, Any] = {"pair": pair, "choices": _choices(pair)}
    if len(pair) == 2:
        names = [exercise.shown_name for exercise in pair]
        context |= {"names": names, "facts": facts(*pair), "muscles": muscles(*pair)}
        context["maps"] = [(exercise, _map_of_roles(exercise)) for exercise in pair]
    elif pair:
        context["offers"] = _offers(*pair)
    return render(request, "exercises/compare.html", context)


@require_safe
@cache_control(public=True, max_age=A_DAY)
@cached_for_all
@translation.override(ENGLISH)
def muscle_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture beside a shared link to a muscle. 2 queries."""
    muscle = Muscle.objects.filter(slug=slug).first() or _renamed(Muscle.objects.all(), slug)
    words = CardText("Muscle", muscle.name, muscle.latin)
    return HttpResponse(cards.muscle_card(words, muscle.known_as), content_type="image/png")


@require_safe
@cache_control(public=True, max_age=A_DAY)
@cached_for_all
@translation.override(ENGLISH)
def exercise_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture beside a shared link to an exercise of the catalogue. 3 queries."""
    exercises = Exercise.objects.catalogue().with_targets()
    exercise = exercises.filter(slug=slug).first() or _renamed(exercises, slug)
    main = ", ".join(target.muscle.name for target in exercise.primary)
    words = CardText(exercise.get_pattern_display() or "Exercise", exercise.name, main)
    moving = [*exercise.primary, *exercise.secondary]
    roles = tuple((target.muscle.known_as, str(target.role)) for target in moving)
    return HttpResponse(
        cards.exercise_card(words, exercise.known_as, roles), content_type="image/png"
    )


def page_of_muscle(muscle: Muscle, relatives: Iterable[Muscle]) -> dict[str, Any]:
    """What a muscle's page shows; ``relatives`` are its parts and its antagonists. 4 queries."""
    exercises = (
        Exercise.objects.catalogue().training(muscle.counted_as).in_article_order().for_links()
    )
    direct = [exercise for exercise in exercises if exercise.is_direct]
    helping = [exercise for exercise in exercises if not exercise.is_direct]
    drawing = _map_of(muscle)
    pictured = PICTURED // len(drawing.views)  # a second view weighs as much as they do
    tiles = [*most_meant_first(direct), *most_meant_first(helping)][:pictured]
    prefetch_related_objects(tiles, primary_targets(), "equipment")
    return {
        "muscle": muscle,
        "map": drawing,
        "parts": [relative for relative in relatives if relative.parent_id == muscle.pk],
        "antagonists": [relative for relative in relatives if relative.parent_id != muscle.pk],
        "direct": direct,
        "helping": helping,
        "count": len(exercises),
        "tiles": tiles,
        "lists": [
            (_directly(len(direct)), _by_movement(direct)),
            (_as_a_helper(len(helping)), _by_movement(helping)),
        ],
        "notes": Footnotes.of([muscle.text], muscle.sources.all()),
    }


def _directly(count: int) -> str:
    return gettext("%(count)s directly") % {"count": count}


def _as_a_helper(count: int) -> str:
    return gettext("%(count)s as a helper") % {"count": count}


def _by_movement(exercises: list[Exercise]) -> list[tuple[str, list[Exercise]]]:
    """Under the movement that they are, most exercises first, each group by name."""
    movements: defaultdict[str, list[Exercise]] = defaultdict(list)
    for exercise in sorted(exercises, key=lambda each: each.shown_name.casefold()):
        movements[exercise.get_pattern_display() or gettext("Other")].append(exercise)
    return sorted(movements.items(), key=lambda each: (-len(each[1]), each[0]))


def page_of(exercise: Exercise, *, harder: list[Exercise] | None = None) -> dict[str, Any]:
    """What an exercise's page shows, of one that was loaded ``for_page``. At most 2 queries.

    Others can be given than those that are stored as ``harder``.
    """
    return {
        "exercise": exercise,
        "map": _map_of_roles(exercise),
        **_relatives(exercise, harder=harder),
        "instead": [] if exercise.is_own else instead_of(exercise),
        "notes": Footnotes.of(exercise.texts, exercise.sources.all()),
        # of others' texts nobody knows what they rest on
        "practice": any(exercise.texts) and not (exercise.is_own or exercise.licence),
    }


def _relatives(
    exercise: Exercise, *, harder: list[Exercise] | None = None
) -> dict[str, list[Exercise]]:
    """Easier ones, ``harder`` ones, and variations that are neither, the hardest first. 1 query,
    none of an own exercise, which stands alone.
    """
    related = Exercise.objects.catalogue().relatives_of(exercise).order_by("name", "pk")
    by_name = () if exercise.is_own else related
    relatives = sorted(by_name, key=lambda each: LEVELS.get(each.level, -1), reverse=True)
    easier = [relative for relative in relatives if relative.is_easier]
    if harder is None:
        harder = [relative for relative in relatives if relative.is_harder]
    variations = [relative for relative in relatives if relative.is_variation]
    others = [each for each in variations if each not in (*easier, *harder)]
    return {"easier": easier, "harder": harder, "variations": others}


def _choices(pair: list[Exercise]) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """The fields for both: name, label, what is chosen, and all names of the catalogue. 1 query."""
    rows = Exercise.objects.catalogue().only("slug", "name", "translations").order_by("name", "pk")
    options = [(row.slug, row.shown_name) for row in rows]
    chosen = [*(exercise.slug for exercise in pair), "", ""]
    return [
        ("a", gettext("Exercise"), chosen[0], options),
        ("b", gettext("Compared with"), chosen[1], options),
    ]


def _offers(exercise: Exercise) -> list[tuple[str, list[Any]]]:
    """What one may want to compare it with, under what it is to it. 2 queries."""
    relatives = _relatives(exercise)
    return [
        (gettext("With other equipment"), instead_of(exercise)),
        (gettext("Harder"), relatives["harder"]),
        (gettext("Easier"), relatives["easier"]),
        (gettext("Variations"), relatives["variations"]),
    ]


def _map_of(muscle: Muscle) -> BodyMap:
    """The view or views of the muscle, with it or its parts marked."""
    only = VIEWS if muscle.view == BodyView.BOTH else (muscle.view,)
    return body_map({muscle.known_as: CURRENT}, only=only)


def _map_of_roles(exercise: Exercise) -> BodyMap:
    """The views on which the muscles that move the load are seen, with all marked by role."""
    marks = {target.muscle.known_as: ROLES[target.role] for target in exercise.targets.all()}
    moving = [*exercise.primary, *exercise.secondary]
    only = views_showing(target.muscle.known_as for target in moving)
    return body_map(marks, only=only, legend=tuple(ROLES.values()))


def _renamed(rows: "QuerySet[Any]", slug: str) -> Any:
    """The row that used to have this slug. The answer may be kept but has to be asked for each
    time (ADR 8), so renaming back makes no circle."""
    return get_object_or_404(rows, former_slugs__slug=slug)
