"""The geometry of line charts; templates draw them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor, log10

WIDTH, HEIGHT = 360, 190
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 26
INSET = 6  # of the first point, so that its dot is clear of the axis' numbers
MAX_DOTS = 60
MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day; ``label`` says both, for the reader who asks."""

    day: date
    value: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: its place in the drawing, and its text."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point as drawn. Long series draw only the first and those that set a new best."""

    x: float
    y: float
    label: str
    is_best: bool


@dataclass(frozen=True, slots=True)
class LineChart:
    """A drawing of ``WIDTH`` by ``HEIGHT`` units."""

    path: str
    dots: tuple[Dot, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def line_chart(points: Sequence[Point]) -> LineChart:
    """A chart of one or more points, oldest first. The value axis starts where the data does."""
    ticks = nice_ticks(min(point.value for point in points), max(point.value for point in points))
    low, high = ticks[0], ticks[-1]
    first, last = points[0].day, points[-1].day

    def x(day: date) -> float:
        days = (last - first).days
        share = (day - first).days / days if days else 0.5
        return round(LEFT + INSET + share * (WIDTH - LEFT - INSET - RIGHT), 1)

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    dots = _dots(points, x_of=[x(p.day) for p in points], y_of=[y(p.value) for p in points])
    return LineChart(
        path=_path([(dot.x, dot.y) for dot in dots]),
        dots=tuple(dot for dot in dots if dot.is_best or dot is dots[0] or len(dots) <= MAX_DOTS),
        x_ticks=tuple(Tick(x(day), text) for day, text in month_ticks(first, last)),
        y_ticks=tuple(Tick(y(value), f"{value:,f}") for value in ticks),
    )


def nice_ticks(low: Decimal, high: Decimal, *, at_most: int = 5) -> list[Decimal]:
    """Round values from at or below ``low`` to at or above ``high``, two to ``at_most`` + 1.

    Steps are 1, 2, 2.5 or 5 times a power of ten.
    """
    if low == high:
        low, high = low - 1, high + 1
    raw_step = (high - low) / (at_most - 1)
    power = Decimal(10) ** floor(log10(raw_step))
    step = next(
        power * factor
        for factor in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
        if power * factor >= raw_step
    )
    start = floor(low / step)
    ticks = [start * step]
    while ticks[-1] < high:
        ticks.append(ticks[-1] + step)
    return [tick.normalize() if tick % 1 else tick.quantize(Decimal(1)) for tick in ticks]


def month_ticks(first: date, last: date, *, at_most: int = 5) -> list[tuple[date, str]]:
    """First days of months between the dates, evenly apart, with labels such as "Mar 25"."""
    months = (last.year - first.year) * 12 + last.month - first.month
    apart = next((gap for gap in MONTHS_APART if months / gap <= at_most), MONTHS_APART[-1])
    starts = [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(months + 1)
    ]
    shown = [day for day in starts if first <= day and (day.month - 1 + 12 * day.year) % apart == 0]
    if not shown:
        return [(first, f"{first.day} {first:%b %y}")]
    return [(day, f"{day:%Y}" if apart >= 12 else f"{day:%b %y}") for day in shown]


def _dots(points: Sequence[Point], *, x_of: list[float], y_of: list[float]) -> list[Dot]:
    dots, best = [], None
    for point, x, y in zip(points, x_of, y_of, strict=True):
        is_best = best is not None and point.value > best
        best = point.value if best is None or is_best else best
        dots.append(Dot(x, y, point.label, is_best))
    return dots


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in places)
