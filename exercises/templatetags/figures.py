"""Template tags that draw an exercise: both positions large, or one small."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from exercises.drawing.cards import Roles
from exercises.drawing.figures import drawing, poses
from exercises.models import Exercise

register = template.Library()

BOX = f"0 0 {drawing.STILL_SIZE} {drawing.STILL_SIZE}"


@register.simple_tag
def positions(exercise: Exercise) -> tuple[drawing.Position, ...]:
    """Start and end of an exercise of the catalogue; its targets have to be loaded."""
    roles = [(target.muscle.known_as, "primary") for target in exercise.primary]
    roles += [(target.muscle.known_as, "secondary") for target in exercise.secondary]
    return () if exercise.is_own else _drawn(exercise.known_as, tuple(roles))


@register.simple_tag
def still(exercise: Exercise) -> SafeString:
    """One position of an exercise, small; its ``primary_muscles`` have to be loaded."""
    roles = tuple((muscle.known_as, "primary") for muscle in exercise.primary_muscles)
    drawn = "" if exercise.is_own else _still(exercise.known_as, roles)
    if drawn:
        drawn = f'<svg class="still" viewBox="{BOX}" aria-hidden="true">{drawn}</svg>'
    return mark_safe(drawn)  # noqa: S308  (ours)


@register.simple_tag
def small_picture(exercise: Exercise) -> SafeString:
    """An editor's picture, loaded ``for_rows``, or the ``still``."""
    picture = exercise.still_picture
    if not picture:
        return still(exercise)
    source = escape(picture.small.url)
    return mark_safe(  # noqa: S308  (escaped)
        f'<img class="still" src="{source}" alt="" width="96" height="96" loading="lazy">'
    )


@register.simple_tag
def picture_of(exercise: Exercise, version: object) -> SafeString:
    """The ``small_picture`` of one of which no more than the key is loaded, as it is in this
    ``version`` of the catalogue; nothing for what is not in it. 2 queries, once a process.
    """
    row = _rows_in(str(version)).get(exercise.pk) if version else None
    return small_picture(row) if row else mark_safe("")


@lru_cache(maxsize=2)
def _rows_in(version: str) -> Mapping[int, Exercise]:
    rows = Exercise.objects.catalogue().for_rows().with_primary_targets()
    return {row.pk: row for row in rows}


@lru_cache(maxsize=512)
def _drawn(slug: str, roles: Roles) -> tuple[drawing.Position, ...]:
    """The data are static, so a process draws each figure once for the muscles it trains."""
    if not poses.is_drawn(slug):
        return ()
    return tuple(
        replace(position, svg=mark_safe(position.svg))  # noqa: S308  (numbers only)
        for position in drawing.draw(poses.figure(slug), dict(roles))
    )


@lru_cache(maxsize=512)
def _still(slug: str, roles: Roles) -> str:
    return drawing.still(poses.figure(slug), dict(roles)) if poses.is_drawn(slug) else ""
