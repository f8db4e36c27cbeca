"""The geometry of line charts; templates draw them as SVG."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import accumulate
from math import floor, log10
from typing import NamedTuple

WIDTH, HEIGHT = 360, 190
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 26
INSET = 6  # of the first point, so that its dot is clear of the axis' numbers
MAX_DOTS = 60
MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120)


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
class Bar:
    """From the lowest to the highest of what is drawn as one."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """A drawing of ``WIDTH`` by ``HEIGHT`` units. ``level`` is a value all along, at its height."""

    path: str
    dots: tuple[Dot, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...] = ()
    level: Tick | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


class Point(NamedTuple):
    """A value on a day, and what it says to the reader who asks. With more than one value in it,
    ``lowest`` and ``highest`` are those. ``line`` is where the line goes, if not through the value;
    it begins anew where ``is_apart`` from the point before.
    """

    day: date
    value: Decimal
    label: str
    line: Decimal
    lowest: Decimal
    highest: Decimal
    is_apart: bool


def span_chart(
    points: Sequence[Point],
    *,
    first: date,
    last: date,
    level: Decimal | None = None,
    level_text: str = "",
) -> LineChart:
    """A chart of one or more points, oldest first, along the days from ``first`` to ``last``.

    Every point has a dot, one of several values a bar. A day is as wide as any other, also where
    nothing is drawn.
    """
    values = [each for point in points for each in (point.lowest, point.highest, point.line)]
    values += [] if level is None else [level]
    ticks = nice_ticks(*_hundredths(min(values), max(values)))
    y_of = _scale(float(ticks[0]), float(ticks[-1]), onto=(HEIGHT - BOTTOM, TOP))
    x_of = _scale(first.toordinal(), last.toordinal(), onto=(LEFT + INSET, WIDTH - RIGHT))
    xs = [round(x, 1) for x in x_of([point.day.toordinal() for point in points])]

    def heights(values: Iterable[Decimal]) -> list[float]:
        return [round(y, 1) for y in y_of(map(float, values))]

    at, lines = heights(p.value for p in points), heights(p.line for p in points)
    tops, bottoms = heights(p.highest for p in points), heights(p.lowest for p in points)
    steps = [
        f"{'M' if point.is_apart else 'L'}{x} {y}"
        for point, x, y in zip(points, xs, lines, strict=True)
    ]
    return LineChart(
        path="".join(steps),
        dots=tuple(
            Dot(x, y, p.label, is_best=False) for p, x, y in zip(points, xs, at, strict=True)
        ),
        bars=tuple(
            Bar(x, top, low) for x, top, low in zip(xs, tops, bottoms, strict=True) if top != low
        ),
        level=None if level is None else Tick(heights([level])[0], level_text),
        x_ticks=_x_ticks(first, last, x_of),
        y_ticks=_y_ticks(ticks, y_of),
    )


def line_chart(
    days: Sequence[date], values: Sequence[float], *, label: Callable[[int], str]
) -> LineChart:
    """A chart of one or more values, each on its day, oldest first.

    The value axis starts where the data does. ``label`` says what the value at a place in the
    sequence is, for the reader who asks; only those of dots are wanted.
    """
    ticks = nice_ticks(*_hundredths(*(Decimal(repr(most(values))) for most in (min, max))))
    first, last = days[0], days[-1]
    y_of = _scale(float(ticks[0]), float(ticks[-1]), onto=(HEIGHT - BOTTOM, TOP))
    x_of = _scale(first.toordinal(), last.toordinal(), onto=(LEFT + INSET, WIDTH - RIGHT))
    xs, ys = x_of([day.toordinal() for day in days]), y_of(values)
    return LineChart(
        path="M" + "L".join([f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True)]),
        dots=tuple(
            Dot(round(xs[n], 1), round(ys[n], 1), label(n), is_best) for n, is_best in _dots(values)
        ),
        x_ticks=_x_ticks(first, last, x_of),
        y_ticks=_y_ticks(ticks, y_of),
    )


def _hundredths(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Hundredths with both between them: a chart of less would be one of rounding errors."""
    cent = Decimal("0.01")
    return low.quantize(cent, ROUND_FLOOR), high.quantize(cent, ROUND_CEILING)


Scale = Callable[[Iterable[float]], list[float]]


def _x_ticks(first: date, last: date, x_of: Scale) -> tuple[Tick, ...]:
    months = month_ticks(first, last)
    places = x_of([day.toordinal() for day, _ in months])
    return tuple(Tick(round(x, 1), text) for (_, text), x in zip(months, places, strict=True))


def _y_ticks(values: Sequence[Decimal], y_of: Scale) -> tuple[Tick, ...]:
    places = y_of([float(value) for value in values])
    return tuple(Tick(round(y, 1), f"{value:,f}") for value, y in zip(values, places, strict=True))


def _scale(low: float, high: float, *, onto: tuple[float, float]) -> Scale:
    """What takes values from ``low`` to ``high`` onto a length; a single value to its middle."""
    begin, end = onto
    if low == high:
        return lambda values: [(begin + end) / 2 for _ in values]
    factor = (end - begin) / (high - low)
    return lambda values: [begin + (value - low) * factor for value in values]


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


def _dots(values: Sequence[float]) -> list[tuple[int, bool]]:
    """The places of what has a dot, and whether each is a new best."""
    before = [values[0], *accumulate(values, max)]
    dots = [(n, value > best) for n, (value, best) in enumerate(zip(values, before, strict=False))]
    return [dot for dot in dots if dot[1] or dot[0] == 0 or len(dots) <= MAX_DOTS]
