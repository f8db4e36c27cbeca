"""What a page of training has hundreds of, for which the template language takes ten times as long:
sets, sessions, points of a chart.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from workouts.progress.exercise import Cell, Row
from workouts.reckoning.charts import Bar, Dot, LineChart, Tick
from workouts.workout_page import NumberedSet

register = template.Library()


@register.filter
def set_rows(sets: Iterable[NumberedSet]) -> SafeString:
    """The sets of an entry as rows of a table."""
    return mark_safe("".join([_set(each) for each in sets]))  # noqa: S308  (escaped below)


def _set(numbered: NumberedSet) -> str:
    logged, number = numbered.logged, numbered.number
    css = "" if number else ' class="is-warmup"'
    return (
        f'<tr{css}><th class="session-number" scope="row">{number or "W"}</th>'
        f'<td class="session-load">{escape(logged.load)}</td>'
        f'<td class="session-measure">{escape(logged.measure)}</td>'
        f'<td class="session-detail">{escape(logged.detail)}</td></tr>'
    )


@register.filter
def session_rows(rows: Iterable[Row]) -> SafeString:
    """Sessions as rows of a table: the day, the sets, the figures."""
    return mark_safe("".join([_session(each) for each in rows]))  # noqa: S308  (escaped below)


def _session(row: Row) -> str:
    work, warm_ups = map(escape, row.done)
    quiet = f'<span class="session-warm-ups">Warm-up {warm_ups}</span>' if warm_ups else ""
    records = (
        f'<span class="record record-word">Record: {row.records}</span>' if row.records else ""
    )
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
def drawn(chart: LineChart) -> SafeString:
    """A chart's axes, line and dots as SVG."""
    across = "".join([_across(tick, chart) for tick in chart.y_ticks])
    along = "".join([_along(tick, chart) for tick in chart.x_ticks])
    dots = "".join([_dot(dot) for dot in chart.dots])
    line = f'<path class="chart-line" d="{chart.path}"/>'
    bars = "".join([_bar(bar) for bar in chart.bars])
    level = _level(chart.level, chart) if chart.level else ""
    return mark_safe(f"{across}{along}{level}{bars}{line}{dots}")  # noqa: S308


def _across(tick: Tick, chart: LineChart) -> str:
    return (
        f'<line class="chart-grid" x1="{chart.left}" x2="{chart.right}" y1="{tick.at}"'
        f' y2="{tick.at}"/><text class="chart-tick" x="{chart.left}" y="{tick.at}" dx="-6" dy="4"'
        f' text-anchor="end">{tick.text}</text>'
    )


def _along(tick: Tick, chart: LineChart) -> str:
    return (
        f'<text class="chart-tick" x="{tick.at}" y="{chart.height}" dy="-6" text-anchor="middle">'
        f"{tick.text}</text>"
    )


def _bar(bar: Bar) -> str:
    return f'<path class="chart-bar" d="M{bar.x} {bar.top}V{bar.bottom}"/>'


def _level(level: Tick, chart: LineChart) -> str:
    return (
        f'<line class="chart-level" x1="{chart.left}" x2="{chart.right}" y1="{level.at}"'
        f' y2="{level.at}"/><text class="chart-tick" x="{chart.right}" y="{level.at}" dy="-4"'
        f' text-anchor="end">{escape(level.text)}</text>'
    )


def _dot(dot: Dot) -> str:
    css, radius = ("chart-dot is-best", 3.5) if dot.is_best else ("chart-dot", 2.5)
    return (
        f'<circle class="{css}" cx="{dot.x}" cy="{dot.y}" r="{radius}">'
        f"<title>{escape(dot.label)}</title></circle>"
    )
