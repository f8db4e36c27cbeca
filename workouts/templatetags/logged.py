"""Exercises that an athlete logs or keeps at hand: rows of a list, and the star that marks them."""

from collections.abc import Iterable
from html import escape

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.models import Exercise
from exercises.models.shown_names import exercise_name
from exercises.templatetags.figures import picture_of
from workouts.progress.evidence import exercise_address
from workouts.progress.logged_exercises import LoggedExercise
from workouts.wording import day_text, how_many

register = template.Library()

STAR = (
    '<svg class="star-drawing" viewBox="0 0 20 20" aria-hidden="true"><path d="m10 2.5 2.3 4.9'
    ' 5.2.7-3.8 3.7.95 5.3L10 14.5l-4.65 2.6.95-5.3L2.5 8.1l5.2-.7z"/></svg>'
)
TAG = ' <span class="tag">{}</span>'
BETWEEN = ' <span aria-hidden="true">·</span> '
ALONE = '<input type="hidden" name="small" value="yes">'


@register.simple_tag(takes_context=True)
def favourite(
    context: Context, exercise: Exercise, is_marked: bool, goal: str, small: bool = False
) -> SafeString:
    """A button that marks the exercise as a favourite, or no longer, and goes on at ``goal``; a
    star alone where it is ``small``.
    """
    button = _star(exercise, goal, str(context["csrf_token"]), is_marked=is_marked, small=small)
    return mark_safe(button)  # noqa: S308  (escaped below)


@register.simple_tag(takes_context=True)
def exercise_rows(
    context: Context, logged: Iterable[LoggedExercise], version: object = None
) -> SafeString:
    """Exercises that an athlete logs as items of a list, pictured as in this ``version`` of the
    catalogue.
    """
    goal, token = context["request"].get_full_path(), str(context["csrf_token"])
    rows = [_row(each, picture_of(each.exercise, version), goal, token) for each in logged]
    return mark_safe("".join(rows))  # noqa: S308  (escaped below)


def _row(one: LoggedExercise, picture: str, goal: str, token: str) -> str:
    exercise = one.exercise
    address = exercise_address(exercise.slug)
    star = _star(exercise, goal, token, is_marked=one.is_favourite, small=True)
    tags = "".join([TAG.format(word) for word, is_so in _tags(exercise) if is_so])
    lines = "".join([f'<span class="row-line">{line}</span>' for line in _lines(one)])
    return (
        f'<li class="row row-starred">{star}{picture}'
        f'<h3 class="row-name"><a href="{address}">{escape(one.name)}</a>{tags}</h3>'
        f'<p class="row-facts numbers">{lines}</p>'
        f"{'' if exercise.is_archived else _log(exercise, one.name)}</li>"
    )


def _tags(exercise: Exercise) -> tuple[tuple[str, bool], ...]:
    return ((_("Yours"), exercise.is_own), (_("Archived"), exercise.is_archived))


def _lines(one: LoggedExercise) -> list[str]:
    if one.last_on is None:
        return [escape(_("Not logged yet"))]
    last = [day_text(one.last_on, "j M y"), one.last_sets]
    often = [how_many(one.workouts, "time"), one.best]
    return [BETWEEN.join(map(_fact, filter(None, line))) for line in (last, often)]


def _fact(text: str) -> str:
    """What breaks into two lines only where it is longer than one."""
    return f'<span class="row-fact">{escape(text)}</span>'


def _log(exercise: Exercise, name: str) -> str:
    word = pgettext("to write down", "Log")
    return (
        f'<p class="row-actions"><a class="button button-small"'
        f' href="{reverse("workouts:new")}?exercise={exercise.slug}">'
        f'{word}<span class="visually-hidden"> {escape(name)}</span></a></p>'
    )


def _star(exercise: Exercise, goal: str, token: str, *, is_marked: bool, small: bool) -> str:
    word = _("Favourite")
    if small:
        word = escape(
            _("Favourite: %(name)s") % {"name": exercise_name(exercise.slug, exercise.name)}
        )
        word = f'<span class="visually-hidden">{word}</span>'
    return (
        f'<form class="favourite" method="post" data-in-place'
        f' action="{reverse("progress:favourite", args=[exercise.slug])}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f'<input type="hidden" name="next" value="{escape(goal)}">{ALONE if small else ""}'
        f'<button class="{"star" if small else "button"}" name="favourite"'
        f' value="{"no" if is_marked else "yes"}"'
        f' aria-pressed="{"true" if is_marked else "false"}">{STAR}{word}</button></form>'
    )
