"""What the overview of progress has dozens of: muscles with the sets behind them."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exercises.addresses import addresses_of
from exercises.languages import active_language, shown_number, within
from workouts.progress.evidence import Evidence
from workouts.progress.overview import Gap, MuscleName, MuscleRow
from workouts.progress.stronger import Change
from workouts.reckoning.muscle_sets import in_halves
from workouts.reckoning.weights import plain, rounded
from workouts.wording import day_text, how_many

register = template.Library()
MUSCLE = "progress:muscle"


@register.filter
def muscle_rows(rows: Iterable[MuscleRow]) -> SafeString:
    """Muscles as rows of a table, each with what is behind its figure."""
    address, language, which = addresses_of(MUSCLE), active_language(), _("Which sets")
    return mark_safe(  # noqa: S308  (escaped below)
        "".join([_row(each, address, language, which) for each in rows])
    )


def _row(row: MuscleRow, address: Callable[[str], str], language: str, which: str) -> str:
    muscle = row.muscle
    name = f'<a href="{address(muscle.slug)}">{escape(muscle.name)}</a>'
    if row.last:
        last = f'<a href="{row.last_address}">{day_text(row.last[0], "j M", language)}</a>'
    else:
        last = f'<span class="soft">{_("none in a year")}</span>'
    why = (
        f'<details class="why"><summary>{which}</summary>{evidence_text(row.evidence)}</details>'
        if row.evidence
        else ""
    )
    change = _change(row.change if row.last else None)
    css = "" if row.sets else ' class="is-untrained"'
    return (
        f'<tr{css}><th scope="row">{name}{why}</th>'
        f'<td class="number">{row.shown_sets}</td>'
        f'<td class="number">{_rounded(row.days, language)}</td>'
        f'<td class="number">{change}</td><td class="number">{last}</td></tr>'
    )


@register.filter
def names_within(muscles: Iterable[MuscleName]) -> list[str]:
    """Their names as they stand within a sentence."""
    return [within(muscle.name) for muscle in muscles]


@register.filter
def gaps_with_sets(gaps: Iterable[Gap]) -> list[SafeString]:
    """Muscles with few sets, and how many; each a part of a sentence."""
    return [
        format_html("<strong>{}</strong> ({})", within(gap.muscle.name), gap.sets) for gap in gaps
    ]


def _rounded(days: Decimal, language: str) -> str:
    return shown_number(plain(rounded(days, 1)), language)


def _change(change: Decimal | None) -> str:
    """An arrow, which says no more than the number behind it."""
    if change is None:
        return '<span class="soft">–</span>'
    if not change:
        return '<span aria-hidden="true">→</span> 0'
    arrow, sign = ("↗", "+") if change > 0 else ("↘", "−")
    return f'<span aria-hidden="true">{arrow}</span> {sign}{in_halves(abs(change))}'


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
        none = _("None.")
        return mark_safe(f'<p class="soft">{none}</p>')  # noqa: S308  (a translation)
    if evidence.earlier:
        earlier = how_many(evidence.earlier, "day")
        when = _("On %(days)s and %(earlier)s before.") % {"days": days, "earlier": earlier}
    else:
        when = _("On %(days)s.") % {"days": days}
    return mark_safe(f"<ul>{done}</ul><p>{when}</p>")  # noqa: S308  (escaped above)


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
