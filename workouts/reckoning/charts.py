"""The geometry of charts; ``templatetags/charts.py`` draws them as SVG.

A chart is of figures over days. Time is true: a day is as wide as any other, also where there is
nothing. What a series does not have on a day is ``None``: its line ends there and begins anew, and
nothing is filled in. Bars stand on zero; a line's axis begins where its data do, unless it is told
to begin at zero.

A chart of many days stays honest (``thinned``): its line keeps the first, the last, and the lowest
and the highest of each stretch, and so do the points that can be read. The table behind it has all.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import accumulate, pairwise
from math import floor, log10
from typing import NamedTuple

WIDTH, HEIGHT = 360, 208
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 30, 26  # on top is what the chosen point says
NAMES = 58  # to the right of lines that have names
INSET = 6  # of the first point, so that its dot is clear of the axis' numbers
MOST_DRAWN = 300  # of a line
MOST_READ = 100  # points: with more, the arrow keys have far to go and a finger hits none
NAME_HEIGHT = 12
BAR_GAP = 1.5
MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120)

Value = float | Decimal


class Series(NamedTuple):
    """A value for each day of a chart, in one unit; None where there is none.

    The name stands where its line ends. Charts of one series need none.
    """

    values: Sequence[Value | None]
    name: str = ""


class Spread(NamedTuple):
    """The lowest and the highest of what a point is made of."""

    lowest: Value
    highest: Value


class Axis(NamedTuple):
    """How values are told beside it, and the least step from one to the next."""

    tell: Callable[[Decimal], str] = "{:,f}".format
    least_step: Decimal = Decimal(0)


PLAIN = Axis()


class Level(NamedTuple):
    """A value that a chart has all along, such as a goal, and its name."""

    value: Value
    name: str


class Area(NamedTuple):
    """A range of values that has a name; ``most`` is None where it has no end."""

    least: Value
    most: Value | None
    text: str


class Key(NamedTuple):
    """What ``kind`` of bars ("part-1", "part-2", "below", "open") stand for."""

    kind: str
    text: str


class Table(NamedTuple):
    """What a chart is made of, as text. A row may lead to where its first cell is from."""

    headings: tuple[str, ...]
    rows: "Sequence[Row]"


class Row(NamedTuple):
    when: str
    cells: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: its place in the drawing, and its text."""

    at: float
    text: str


class DayTick(NamedTuple):
    """A mark on an axis of days: its place, and how its day is written, as Django's dates are."""

    at: float
    day: date
    pattern: str


@dataclass(frozen=True, slots=True)
class Line:
    """A series as drawn. ``name`` stands at its end, at the height ``name_at``."""

    path: str
    name: Tick | None = None


class Box(NamedTuple):
    """A part of a bar, or a range of values that has a name."""

    x: float
    y: float
    width: float
    height: float
    text: str = ""


class Point(NamedTuple):
    """What can be read of a chart: its dots or the parts of its bar, of which ``below`` hangs from
    zero, and what it says.

    ``left`` and ``width`` are what belongs to it for a pointer, all that is closer to it than to
    the next.
    """

    x: float
    left: float
    width: float
    label: str
    ys: tuple[float, ...] = ()
    boxes: tuple[Box, ...] = ()
    below: Box | None = None
    is_best: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of ``WIDTH`` by ``HEIGHT`` units.

    ``dots`` and ``spreads`` are paths: of all days, also of those that can't be read. ``zero`` is
    where bars stand that others hang below.
    """

    points: tuple[Point, ...]
    x_ticks: tuple[DayTick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[Line, ...] = ()
    dots: str = ""
    spreads: str = ""
    areas: tuple[Box, ...] = ()
    level: Tick | None = None
    zero: float | None = None
    right: float = WIDTH - RIGHT
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and its words, as ``components/chart.html`` takes it.

    ``key`` tells it from others of its page. ``description`` is the drawing in words. Without a
    table of its own the page has to have one.
    """

    key: str
    label: str
    unit: str
    chart: Chart
    description: str
    table: Table | None = None
    keys: tuple[Key, ...] = ()


def line_chart(
    days: Sequence[date],
    *series: Series,
    say: Callable[[int], str],
    dots: Sequence[Value] | None = None,
    spreads: Sequence[Spread] | None = None,
    breaks: Collection[int] = (),
    first: date | None = None,
    last: date | None = None,
    from_zero: bool = False,
    with_bests: bool = False,
    level: Level | None = None,
    axis: Axis = PLAIN,
) -> Chart:
    """Lines through the values of one or more days, oldest first, all the way from ``first`` to
    ``last``, which are those of the data if they are not given.

    ``say`` is asked what the values at a place in the sequence are, for the points that can be
    read (at most ``MOST_READ``). These have dots: on the lines, or at ``dots`` where a line is a
    trend of them. Lines begin anew at the places ``breaks``, too. ``with_bests`` marks what is
    higher than all before in the only series.
    """
    shown = [[value for value in each.values if value is not None] for each in series]
    ends = [most(every) for every in shown if every for most in (min, max)]
    ends += [most(dots) for most in (min, max)] if dots else []
    ends += [end for spread in spreads or () for end in spread]
    ends += [level.value] if level else []
    ends += [0] if from_zero else []
    lowest, highest = _hundredths(_exact(min(ends)), _exact(max(ends)))
    ticks = nice_ticks(lowest, highest, least_step=axis.least_step)
    right = WIDTH - (NAMES if any(each.name for each in series) else RIGHT)
    first, last = first or days[0], last or days[-1]
    x_of = _scale(first.toordinal(), last.toordinal(), onto=(LEFT + INSET, right))
    y_of = _scale(float(ticks[0]), float(ticks[-1]), onto=(HEIGHT - BOTTOM, TOP))
    xs = x_of([day.toordinal() for day in days])
    heights = [_heights(each.values, y_of) for each in series]
    read = _read(series, dots)
    at = [_heights(dots, y_of)] if dots else heights
    bests = _bests(series[0].values) if with_bests else frozenset()
    points = [
        Point(
            x=round(xs[n], 1),
            left=left,
            width=width,
            label=say(n),
            ys=tuple(round(y, 1) for each in at if (y := each[n]) is not None),
            is_best=n in bests,
        )
        for n, (left, width) in zip(read, _columns([xs[n] for n in read], right), strict=True)
    ]
    return Chart(
        points=tuple(points),
        lines=_lines(series, xs, heights, sorted(breaks)),
        dots=_dots(xs, at[0]) if dots else "",
        spreads=_spreads(xs, spreads or (), y_of),
        x_ticks=_x_ticks(first, last, x_of),
        y_ticks=_y_ticks(ticks, y_of, axis),
        level=Tick(round(y_of([float(level.value)])[0], 1), level.name) if level else None,
        right=right,
    )


def bar_chart(
    days: Sequence[date],
    *parts: Series,
    until: date,
    say: Callable[[int], str],
    below: Series | None = None,
    areas: Sequence[Area] = (),
    at_least: Value = 0,
    is_open: bool = False,
) -> Chart:
    """Bars on zero, one from each of the ``days`` to the next, the last one to before ``until``.

    Parts stand on each other; what is ``below`` hangs from zero, and its axis counts down. All bars
    can be read, so that whoever has many sums them by longer spans. ``areas`` are ranges of values
    with names; the axis goes up to ``at_least``. ``is_open`` says that the last bar's days are not
    over.
    """
    columns = [*zip(*(_filled(each) for each in parts), strict=True)]
    hanging = _filled(below) if below else [0.0] * len(days)
    highest = max(map(sum, columns))
    ticks = nice_ticks(-_exact(max(hanging)), max(_exact(highest), _exact(at_least), Decimal(1)))
    right = WIDTH - (NAMES if areas else RIGHT)
    x_of = _scale(days[0].toordinal(), until.toordinal(), onto=(LEFT, right))
    y_of = _scale(float(ticks[0]), float(ticks[-1]), onto=(HEIGHT - BOTTOM, TOP))
    edges = x_of([day.toordinal() for day in [*days, until]])
    points = []
    for n, (column, (begin, end)) in enumerate(zip(columns, pairwise(edges), strict=True)):
        gap = min(BAR_GAP, (end - begin) / 4)
        ends = [round(y, 1) for y in y_of(accumulate(column, initial=0.0))]
        left, width = round(begin + gap / 2, 1), round(end - begin - gap, 1)
        boxes = [Box(left, top, width, round(low - top, 1)) for low, top in pairwise(ends)]
        foot = round(y_of([-hanging[n]])[0], 1)
        points.append(
            Point(
                x=round((begin + end) / 2, 1),
                left=round(begin, 1),
                width=round(end - begin, 1),
                label=say(n),
                boxes=tuple(boxes),
                below=Box(left, ends[0], width, round(foot - ends[0], 1)) if below else None,
                is_open=is_open and n == len(days) - 1,
            )
        )
    return Chart(
        points=tuple(points),
        x_ticks=_x_ticks(days[0], until - timedelta(days=1), x_of),
        y_ticks=_y_ticks(ticks, y_of, PLAIN, is_mirrored=below is not None),
        areas=_areas(areas, ticks[-1], y_of, right),
        zero=round(y_of([0.0])[0], 1) if below else None,
        right=right,
    )


def thinned(values: Sequence[Value], at_most: int) -> list[int]:
    """The places of at most so many values, at least four, that keep the shape of all, in order.

    All of them if they are no more. Otherwise the first and the last, and of each of equally long
    stretches between them the first of the lowest and the first of the highest.
    """
    if len(values) <= at_most:
        return [*range(len(values))]
    stretches, inner = (at_most - 2) // 2, len(values) - 2
    edges = [1 + inner * n // stretches for n in range(stretches + 1)]
    kept = {0, len(values) - 1}
    for begin, end in pairwise(edges):
        kept |= {most(range(begin, end), key=values.__getitem__) for most in (min, max)}
    return sorted(kept)


def breaks(days: Sequence[date], *, longer_than: int) -> set[int]:
    """The places of days before which more than so many days are without any."""
    return {
        n
        for n, (before, after) in enumerate(pairwise(days), 1)
        if (after - before).days > longer_than
    }


def _exact(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _filled(series: Series) -> list[float]:
    return [float(value or 0) for value in series.values]


def _hundredths(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Hundredths with both between them: a chart of less would be one of rounding errors."""
    cent = Decimal("0.01")
    return low.quantize(cent, ROUND_FLOOR), high.quantize(cent, ROUND_CEILING)


Scale = Callable[[Iterable[float]], list[float]]
Heights = list[float | None]


def _heights(values: Sequence[Value | None], y_of: Scale) -> Heights:
    if None not in values:
        return [*y_of(map(float, values))]  # type: ignore[arg-type]
    return [None if value is None else y_of([float(value)])[0] for value in values]


def _dots(xs: Sequence[float], ys: Heights) -> str:
    """Dots as lines of no length, which have round ends."""
    there = [(x, y) for x, y in zip(xs, ys, strict=True) if y is not None]
    kept = [there[n] for n in thinned([y for _, y in there], MOST_DRAWN)]
    return "".join([f"M{x:.1f} {y:.1f}h0" for x, y in kept])


def _spreads(xs: Sequence[float], spreads: Sequence[Spread], y_of: Scale) -> str:
    ends = (y_of([float(spread.highest), float(spread.lowest)]) for spread in spreads)
    return "".join(
        [
            f"M{x:.1f} {top:.1f}V{low:.1f}"
            for x, (top, low) in zip(xs, ends, strict=False)
            if top != low
        ]
    )


def _read(series: Sequence[Series], dots: Sequence[Value] | None) -> list[int]:
    """The places that can be read: of days with any value those that keep the shape."""
    of_days = [dots] if dots else [each.values for each in series]
    highest = [
        (n, max(values))
        for n, column in enumerate(zip(*of_days, strict=True))
        if (values := [value for value in column if value is not None])
    ]
    return [highest[n][0] for n in thinned([value for _, value in highest], MOST_READ)]


def _columns(xs: Sequence[float], right: float) -> list[tuple[float, float]]:
    """For each place the left end and the width of what is closer to it than to the others."""
    middles = [(one + other) / 2 for one, other in pairwise(xs)]
    return [
        (round(begin, 1), round(end - begin, 1))
        for begin, end in pairwise([LEFT, *middles, right + INSET])
    ]


def _lines(
    series: Sequence[Series], xs: Sequence[float], heights: Sequence[Heights], broken: Sequence[int]
) -> tuple[Line, ...]:
    ends = [next((y for y in reversed(each) if y is not None), None) for each in heights]
    named = [n for n, end in enumerate(ends) if series[n].name and end is not None]
    places = _apart([ends[n] or 0 for n in named])
    names = {n: Tick(at, series[n].name) for n, at in zip(named, places, strict=True)}
    return tuple(Line(_path(xs, each, broken), names.get(n)) for n, each in enumerate(heights))


def _path(xs: Sequence[float], ys: Heights, broken: Sequence[int]) -> str:
    """A line through what is there. A point between two gaps is a line to itself, of no length."""
    there = [(n, y) for n, y in enumerate(ys) if y is not None]
    kept = [there[n] for n in thinned([y for _, y in there], MOST_DRAWN)]
    gaps = sorted({*broken, *(n for n, y in enumerate(ys) if y is None)})
    pieces: dict[int, list[str]] = {}
    for n, y in kept:
        pieces.setdefault(bisect_right(gaps, n), []).append(f"{xs[n]:.1f} {y:.1f}")
    return "".join([f"M{'L'.join(each)}{'' if each[1:] else 'h0'}" for each in pieces.values()])


def _apart(heights: Sequence[float]) -> list[float]:
    """Heights of names, moved as little as it takes for none to lie on another."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    moved = [*heights]
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + NAME_HEIGHT)
    lowest: float = HEIGHT - BOTTOM
    for n in reversed(order):
        moved[n] = min(moved[n], lowest)
        lowest = moved[n] - NAME_HEIGHT
    return [round(y, 1) for y in moved]


def _areas(areas: Sequence[Area], top: Decimal, y_of: Scale, right: float) -> tuple[Box, ...]:
    boxes = []
    for area in areas:
        if area.least < top:
            most = top if area.most is None else min(_exact(area.most), top)
            low, high = y_of([float(area.least), float(most)])
            boxes.append(Box(LEFT, round(high, 1), right - LEFT, round(low - high, 1), area.text))
    return tuple(boxes)


def _x_ticks(first: date, last: date, x_of: Scale) -> tuple[DayTick, ...]:
    months = month_ticks(first, last)
    places = x_of([day.toordinal() for day, _ in months])
    return tuple(DayTick(round(x, 1), *month) for month, x in zip(months, places, strict=True))


def _y_ticks(
    values: Sequence[Decimal], y_of: Scale, axis: Axis, *, is_mirrored: bool = False
) -> tuple[Tick, ...]:
    """Those of a mirrored axis count from zero both ways."""
    places = y_of([float(value) for value in values])
    shown = [abs(value) for value in values] if is_mirrored else values
    return tuple(
        Tick(round(y, 1), axis.tell(value)) for value, y in zip(shown, places, strict=True)
    )


def _scale(low: float, high: float, *, onto: tuple[float, float]) -> Scale:
    """What takes values from ``low`` to ``high`` onto a length; a single value to its middle."""
    begin, end = onto
    if low == high:
        return lambda values: [(begin + end) / 2 for _ in values]
    factor = (end - begin) / (high - low)
    return lambda values: [begin + (value - low) * factor for value in values]


def nice_ticks(
    low: Decimal, high: Decimal, *, at_most: int = 5, least_step: Decimal = Decimal(0)
) -> list[Decimal]:
    """Round values from at or below ``low`` to at or above ``high``, two to ``at_most`` + 1.

    Steps are 1, 2, 2.5 or 5 times a power of ten, and no less than ``least_step``.
    """
    if low == high:
        low, high = low - 1, high + 1
    raw_step = max((high - low) / (at_most - 1), least_step)
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
    """First days of months between the dates, evenly apart, each with how it is written: "M ’y" for
    "Mar ’25", which is no day.
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    apart = next((gap for gap in MONTHS_APART if months / gap <= at_most), MONTHS_APART[-1])
    starts = [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(months + 1)
    ]
    shown = [day for day in starts if first <= day and (day.month - 1 + 12 * day.year) % apart == 0]
    if not shown:
        return [(first, "j M y")]
    return [(day, "Y" if apart >= 12 else "M ’y") for day in shown]


def _bests(values: Sequence[Value | None]) -> frozenset[int]:
    """The places of what is higher than all before it; the first has nothing to be higher than."""
    there = [(n, value) for n, value in enumerate(values) if value is not None]
    before = accumulate((value for _, value in there), max)
    return frozenset(n for best, (n, value) in zip(before, there[1:], strict=False) if value > best)
