"""What the overview of progress has dozens of: muscles with the sets behind them."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from exercises.addresses import address_of, addresses_of
from exercises.counting import counted
from workouts.progress.evidence import Evidence
from workouts.progress.overview import MuscleRow
from workouts.progress.stronger import Change
from workouts.reckoning.muscle_sets import in_halves
from workouts.reckoning.weights import plain, rounded

register = template.Library()
MUSCLE = "progress:muscle"


def progress_address(slug: str) -> str:
    """Where an athlete's progress of a muscle is."""
    return address_of(MUSCLE, slug)


@register.filter
def muscle_rows(rows: Iterable[MuscleRow]) -> SafeString:
    """Muscles as rows of a table, each with what is behind its figure."""
    address = addresses_of(MUSCLE)
    return mark_safe("".join([_row(each, address) for each in rows]))  # noqa: S308  (escaped below)


def _row(row: MuscleRow, address: Callable[[str], str]) -> str:
    muscle = row.muscle
    name = f'<a href="{address(muscle.slug)}">{escape(muscle.name)}</a>'
    last = '<span class="soft">none in a year</span>'
    if row.last:
        on = row.last[0]
        last = f'<a href="{row.last_address}">{on.day} {on:%b}</a>'
    why = _why(row.evidence) if row.evidence else ""
    change = _change(row.change if row.last else None)
    css = "" if row.sets else ' class="is-untrained"'
    return (
        f'<tr{css}><th scope="row">{name}{why}</th>'
        f'<td class="number">{row.shown_sets}</td><td class="number">{_rounded(row.days)}</td>'
        f'<td class="number">{change}</td><td class="number">{last}</td></tr>'
    )


def _rounded(days: Decimal) -> str:
    return plain(rounded(days, 1))


def _change(change: Decimal | None) -> str:
    """An arrow, which says no more than the number behind it."""
    if change is None:
        return '<span class="soft">–</span>'
    if not change:
        return '<span aria-hidden="true">→</span> 0'
    arrow, sign = ("↗", "+") if change > 0 else ("↘", "−")
    return f'<span aria-hidden="true">{arrow}</span> {sign}{in_halves(abs(change))}'


def _why(evidence: Evidence) -> str:
    return f'<details class="why"><summary>Which sets</summary>{evidence_text(evidence)}</details>'


@register.filter
def evidence_text(evidence: Evidence) -> SafeString:
    """The exercises behind a figure, and the days."""
    done = "".join(
        [
            f'<li><a href="{one.address}">{escape(one.name)}</a> {one.text}</li>'
            for one in evidence.exercises
        ]
    )
    days = ", ".join([f'<a href="{day.address}">{day.text}</a>' for day in evidence.days])
    if not done:
        return mark_safe('<p class="soft">None.</p>')
    more = f" and {counted(evidence.earlier, 'day')} before" if evidence.earlier else ""
    return mark_safe(f"<ul>{done}</ul><p>On {days}{more}.</p>")  # noqa: S308  (escaped above)


@register.filter
def change_lines(changes: Iterable[Change]) -> SafeString:
    """What a figure of each exercise was and is, with an arrow that says no more than these."""
    return mark_safe("".join([_change_line(each) for each in changes]))  # noqa: S308


def _change_line(change: Change) -> str:
    return (
        f'<li><span><a href="{change.address}">{escape(change.name)}</a>'
        f' <span class="facts-line-what">{change.label}</span></span>'
        f'<span class="numbers"><span class="soft small">{change.before}</span>'
        f' <span class="change" aria-hidden="true">{change.arrow}</span>'
        f'<span class="visually-hidden">, {change.word},</span>'
        f" <strong>{change.now}</strong></span></li>"
    )
