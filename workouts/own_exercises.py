"""An athlete's own exercises: what the catalogue does not have."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from exercises.models import Exercise, LoadType, Status
from workouts.text_format import EntryText, clean_name, name_problem

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class BadName(Exception):
    """The name can't be used; the message says why."""


@transaction.atomic
def make_own_exercise(*, owner: "User", name: str, like: EntryText | None = None) -> Exercise:
    """An exercise that only ``owner`` has, loaded the way the sets in ``like`` are written.

    Raises ``BadName``. An own exercise of that name is returned as it is.
    """
    name = clean_name(name)
    if problem := name_problem(name):
        raise BadName(problem)
    exercise = Exercise(
        owner=owner,
        name=name,
        slug=_free_slug(owner, name),
        load_type=_load_type(like),
        status=Status.PUBLISHED,
    )
    exercise.set_key()
    if not exercise.name_key:
        raise BadName("A name needs at least one letter or number.")
    existing = Exercise.objects.filter(owner=owner, name_key=exercise.name_key).first()
    if existing:
        return existing
    exercise.save()
    return exercise


def _load_type(like: EntryText | None) -> LoadType:
    if like is None:
        return LoadType.EXTERNAL
    is_timed = all(one.reps is None for one in like.sets)
    loads = [one.load for one in like.sets if one.load]
    if is_timed:
        return LoadType.WEIGHTED_DURATION if _has_weight_or_metres(like) else LoadType.DURATION
    if not loads:
        return LoadType.BODYWEIGHT
    signs = {load.sign for load in loads}
    if signs == {"+"}:
        return LoadType.BODYWEIGHT_PLUS
    return LoadType.ASSISTED_BODYWEIGHT if signs == {"-"} else LoadType.EXTERNAL


def _has_weight_or_metres(like: EntryText) -> bool:
    return any(one.load or one.metres for one in like.sets)


def _free_slug(owner: "User", name: str) -> str:
    """A slug that neither the owner's exercises nor the catalogue have."""
    base = slugify(name)[:60] or "own"
    taken = set(
        Exercise.objects.visible_to(owner)
        .filter(slug__startswith=base)
        .values_list("slug", flat=True)
    )
    candidates = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in candidates if slug not in taken)
