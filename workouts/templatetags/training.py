"""What a page of training has many of, for which the template language takes ten times as long."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.languages import shown_day
from workouts.models.history import WorkoutRow
from workouts.progress.exercise import Cell, Row
from workouts.progress.exercise_bests import ShownBest, ShownRepMax
from workouts.workout_page import NumberedSet

register = template.Library()


@register.filter
def set_rows(sets: Iterable[NumberedSet]) -> SafeString:
    """The sets of an entry as rows of a table."""
    return mark_safe("".join([_set(each) for each in sets]))  # noqa: S308  (escaped below)


def _set(numbered: NumberedSet) -> str:
    logged, number = numbered.logged, numbered.number
    css = "" if number else ' class="is-warmup"'
    place = number or pgettext("a warm-up set, in place of its number", "W")
    return (
        f'<tr{css}><th class="session-number" scope="row">{place}</th>'
        f'<td class="session-load">{escape(logged.load)}</td>'
        f'<td class="session-measure">{escape(numbered.measure)}</td>'
        f'<td class="session-detail">{escape(logged.detail)}</td></tr>'
    )


@register.filter
def add_buttons(names: Iterable[str]) -> SafeString:
    """For each exercise a button that adds it to the log."""
    button = (
        '<button class="button button-small" name="add" value="{}" data-add-line>'
        '<span aria-hidden="true">+</span> {}</button>'
    )
    return format_html_join("\n", button, ((name, name) for name in names))


@register.filter
def repeat_links(workouts: Iterable[WorkoutRow]) -> SafeString:
    """For each workout a link that begins another with it."""
    link = '<a class="button button-small" href="{}">{}</a>'
    return format_html_join(
        "\n", link, ((each.repeat_address, _title_and_day(each)) for each in workouts)
    )


def _title_and_day(workout: WorkoutRow) -> SafeString:
    if not workout.title:
        return format_html('<span class="numbers">{}</span>', shown_day(workout.day, "D j M"))
    day = shown_day(workout.day, "j M")
    return format_html('{} <span class="soft numbers">{}</span>', workout.title, day)


@register.filter
def session_rows(rows: Iterable[Row]) -> SafeString:
    """Sessions as rows of a table: the day, the sets, the figures."""
    return mark_safe("".join([_session(each) for each in rows]))  # noqa: S308  (escaped below)


def _session(row: Row) -> str:
    work, warm_ups = map(escape, row.done)
    quiet = records = ""
    if warm_ups:
        text = _("Warm-up %(sets)s") % {"sets": warm_ups}
        quiet = f'<span class="session-warm-ups">{text}</span>'
    if row.records:
        text = _("Record: %(figures)s") % {"figures": row.records}
        records = f'<span class="record record-word">{text}</span>'
    return (
        f'<tr><th scope="row"><a href="{row.address}">{row.day}</a></th>'
        f'<td class="session-sets">{work}{records}{quiet}</td>'
        f"{''.join([_cell(each) for each in row.cells])}</tr>"
    )


def _cell(cell: Cell) -> str:
    text = escape(cell.text)
    css = "number is-extra" if cell.is_extra else "number"
    text = f'<strong class="record">{text}</strong>' if cell.is_record else text
    return f'<td class="{css}">{text}</td>'


@register.filter
def best_rows(bests: Iterable[ShownBest]) -> SafeString:
    """What was best of each load or distance as rows of a table."""
    return mark_safe("".join([_best(each) for each in bests]))  # noqa: S308  (escaped below)


def _best(best: ShownBest) -> str:
    css = ' class="is-topped"' if best.is_topped else ""
    return (
        f'<tr{css}><th scope="row">{escape(best.of)}</th><td>{escape(best.best)}</td>'
        f'<td class="number"><a href="{best.address}">{best.day}</a></td></tr>'
    )


@register.filter
def rep_max_rows(rows: Iterable[ShownRepMax]) -> SafeString:
    """The heaviest for 1 to 12 reps beside the formula, as rows of a table."""
    return mark_safe("".join([_rep_max(each) for each in rows]))  # noqa: S308  (escaped below)


def _rep_max(row: ShownRepMax) -> str:
    not_yet = _("not yet")
    done = f'<td class="soft">{not_yet}</td><td></td>'
    if row.done:
        done = (
            f"<td>{escape(row.done.best)}</td>"
            f'<td class="number"><a href="{row.done.address}">{row.done.day}</a></td>'
        )
    return (
        f'<tr><th scope="row">{row.reps}</th>{done}'
        f'<td class="number soft">{escape(row.by_formula)}</td></tr>'
    )
