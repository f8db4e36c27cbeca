"""What charts have hundreds of, for which the template language takes ten times as long.

The points of a chart are radio buttons that nobody sees: one stop for Tab, from which the arrow
keys go from point to point, by the browser alone. The chosen one says what it is above the plot,
and so does the one that is pointed at.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exercises.languages import shown_number
from exercises.translating import in_words
from workouts.reckoning.charts import Box, Chart, DayTick, Figure, Line, Point, Row, Table, Tick
from workouts.wording import day_text

register = template.Library()


@register.filter
def drawn(figure: Figure) -> SafeString:
    """A figure's chart as SVG: axes, lines, and the points, of which the last is chosen."""
    chart = figure.chart
    ground = [
        *(_area(each) for each in chart.areas),
        *(_across(tick, chart) for tick in chart.y_ticks),
        *(_along(tick, chart) for tick in chart.x_ticks),
        _level(chart.level, chart) if chart.level else "",
        ""
        if chart.zero is None
        else _path("chart-zero", f"M{chart.left} {chart.zero}H{chart.right}"),
        _path("chart-spreads", chart.spreads),
        _path("chart-dots", chart.dots),
        *(_line(line, number, chart) for number, line in enumerate(chart.lines, 1)),
    ]
    name = escape(figure.key)
    points_of = _("Points of %(label)s") % {"label": figure.label}
    points = [_point(point, name, chart) for point in chart.points]
    points[-1] = points[-1].replace(" name=", " checked name=", 1)
    return mark_safe(  # noqa: S308  (escaped above and below)
        f'<g aria-hidden="true">{"".join(ground)}</g>'
        f'<g role="radiogroup" aria-label="{escape(points_of)}">{"".join(points)}</g>'
    )


@register.filter
def chart_rows(table: Table) -> SafeString:
    """The rows of the table behind a chart."""
    return mark_safe("".join([_row(row) for row in table.rows]))  # noqa: S308  (escaped below)


def _row(row: Row) -> str:
    when = escape(row.when)
    if row.address:
        when = f'<a href="{escape(row.address)}">{when}</a>'
    cells = "".join([f'<td class="number">{escape(cell)}</td>' for cell in row.cells])
    return f'<tr><th scope="row">{when}</th>{cells}</tr>'


def _area(area: Box) -> str:
    text = escape(in_words(area.text))
    return (
        f'<g class="chart-area"><rect x="{area.x}" y="{area.y}" width="{area.width}"'
        f' height="{area.height}"/><text class="chart-tick" x="{area.x + area.width}"'
        f' y="{area.y + area.height / 2:.1f}" dx="6" dy="4">{text}</text></g>'
    )


def _across(tick: Tick, chart: Chart) -> str:
    return (
        f'<line class="chart-grid" x1="{chart.left}" x2="{chart.right}" y1="{tick.at}"'
        f' y2="{tick.at}"/><text class="chart-tick" x="{chart.left}" y="{tick.at}" dx="-6" dy="4"'
        f' text-anchor="end">{shown_number(tick.text)}</text>'
    )


def _along(tick: DayTick, chart: Chart) -> str:
    text = day_text(tick.day, tick.pattern)
    return (
        f'<text class="chart-tick" x="{tick.at}" y="{chart.height}" dy="-6" text-anchor="middle">'
        f"{text}</text>"
    )


def _level(level: Tick, chart: Chart) -> str:
    return (
        f'<line class="chart-level" x1="{chart.left}" x2="{chart.right}" y1="{level.at}"'
        f' y2="{level.at}"/><text class="chart-tick" x="{chart.left}" y="{level.at}" dx="4"'
        f' dy="-4">{escape(level.text)}</text>'
    )


def _path(css: str, path: str) -> str:
    return f'<path class="{css}" d="{path}"/>' if path else ""


def _line(line: Line, number: int, chart: Chart) -> str:
    path = _path(f"chart-line is-line-{number}", line.path)
    if line.name is None:
        return path
    return (
        f'{path}<text class="chart-name is-line-{number}" x="{chart.right}" y="{line.name.at}"'
        f' dx="8" dy="4">{escape(line.name.text)}</text>'
    )


def _bar(kind: str, box: Box) -> str:
    return (
        f'<rect class="chart-bar is-{kind}" x="{box.x}" y="{box.y}" width="{box.width}"'
        f' height="{box.height}"/>'
    )


def _point(point: Point, name: str, chart: Chart) -> str:
    """A point as drawn, the column around it that answers to a pointer, and its words."""
    css = f"chart-point{' is-best' * point.is_best}{' is-open' * point.is_open}"
    radius = 3.5 if point.is_best else 2.5
    dots = [
        f'<circle class="chart-dot is-line-{number}" cx="{point.x}" cy="{y}" r="{radius}"/>'
        for number, y in enumerate(point.ys, 1)
    ]
    boxes = [_bar(f"part-{number}", box) for number, box in enumerate(point.boxes, 1)]
    if point.below:
        boxes.append(_bar("below", point.below))
    return (
        f'<g class="{css}"><rect class="chart-reach" x="{point.left}" y="{chart.top}"'
        f' width="{point.width}" height="{chart.bottom - chart.top}"/>'
        f"{''.join(dots)}{''.join(boxes)}"
        f'<foreignObject class="chart-words" width="{chart.width}" height="{chart.top - 4}"><label>'
        f'<input class="visually-hidden" type="radio" name="{name}">{escape(point.label)}</label>'
        "</foreignObject></g>"
    )
