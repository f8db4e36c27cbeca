"""The catalogue. It needs no token; with one, the athlete's own exercises are in it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from backtrain.api.access import TokenIfGiven, not_found, not_modified
from backtrain.api.schemas import (
    EquipmentOut,
    ExerciseDetail,
    Exercises,
    ExerciseSearch,
    Message,
    MuscleDetail,
    MuscleOut,
)
from exercises.models import Equipment, Exercise, Muscle
from exercises.search.filters import ExerciseFilter

PER_PAGE = 50
router = Router(auth=TokenIfGiven())


@router.get("/muscles/", response=list[MuscleOut])
def muscles(request: HttpRequest, response: HttpResponse) -> Any:
    """All muscles, groups and parts, in the order of the plate."""
    if known := not_modified(request, response):
        return known
    return [_muscle(each) for each in Muscle.objects.select_related("parent")]


@router.get("/muscles/{slug:slug}/", response={200: MuscleDetail, 404: Message})
def muscle(request: HttpRequest, response: HttpResponse, slug: str) -> Any:
    """Where a muscle is, and what it does."""
    if known := not_modified(request, response):
        return known
    found = Muscle.objects.select_related("parent").filter(slug=slug).first()
    if found is None:
        raise not_found("muscle")
    return _muscle(found) | {
        "text": found.text,
        "parts": [each.slug for each in found.parts.all()],
        "antagonists": [each.slug for each in found.antagonists.all()],
    }


@router.get("/equipment/", response=list[EquipmentOut])
def equipment(request: HttpRequest, response: HttpResponse) -> Any:
    """What exercises are done with."""
    if known := not_modified(request, response):
        return known
    return list(Equipment.objects.values("slug", "name", "kind"))


@router.get("/exercises/", response=Exercises)
def exercises(
    request: HttpRequest,
    response: HttpResponse,
    search: Query[ExerciseSearch],
) -> Any:
    """The catalogue, searched, filtered and sorted as on its page, fifty at a time."""
    if known := not_modified(request, response):
        return known
    found = ExerciseFilter(request.GET, exercises=Exercise.objects.offered_to(request.user))
    paginator = Paginator(found.results, PER_PAGE)
    page = paginator.get_page(search.page) if search.page <= paginator.num_pages else ()
    rows = found.catalogue.as_rows(page)
    return {
        "count": paginator.count,
        "exercises": [
            _exercise(each)
            | {
                "primary": [muscle.slug for muscle in each.primary_muscles],
                "equipment": [thing.slug for thing in each.needed_equipment],
            }
            for each in rows
        ],
    }


@router.get("/exercises/{slug:slug}/", response={200: ExerciseDetail, 404: Message})
def exercise(request: HttpRequest, response: HttpResponse, slug: str) -> Any:
    """How an exercise is done, and what it trains."""
    if known := not_modified(request, response):
        return known
    pages = Exercise.objects.for_page().prefetch_related("aliases")
    found = pages.named(slug, user=request.user)
    if found is None:
        raise not_found("exercise")
    return _exercise(found) | {
        "primary": [each.muscle.slug for each in found.primary],
        "equipment": [each.slug for each in found.equipment.all()],
        "steps": [each.text for each in found.steps.all()],
        "cues": found.cues,
        "mistakes": found.mistakes,
        "safety": found.safety,
        "targets": [
            {"muscle": each.muscle.slug, "role": each.role} for each in found.targets.all()
        ],
        "aliases": [each.name for each in found.aliases.all()],
    }


def _exercise(one: Exercise) -> dict[str, Any]:
    names = ("slug", "name", "summary", "level", "pattern", "mechanic", "load_type", "is_own")
    return {name: getattr(one, name) for name in names}


def _muscle(one: Muscle) -> dict[str, Any]:
    names = ("slug", "name", "latin", "common_name", "kind", "region", "layer", "origin")
    return {
        **{name: getattr(one, name) for name in (*names, "insertion", "nerve")},
        "actions": one.actions.splitlines(),
        "part_of": one.parent.slug if one.parent else None,
    }
