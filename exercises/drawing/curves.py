"""Smooth paths through points that a person can write: the pen of the body map.

A path is a text of points ``x,y``. A point that ends in ``!`` is a corner; ``@name`` takes in the
points of a named edge, ``~name`` the same backwards, which is how neighbours meet without a gap.
"""

from collections.abc import Mapping, Sequence
from math import dist, sqrt
from typing import NamedTuple

# How far an engraver's stroke stops short of either end of its neighbours.
TRIMS = ((0.0, 0.06), (0.1, 0.0), (0.03, 0.16), (0.14, 0.04), (0.0, 0.1))


class Point(NamedTuple):
    x: float
    y: float
    is_corner: bool = False


class BadDrawing(ValueError):
    """The drawing's data can't be drawn; says where and why."""


def parse(text: str, edges: Mapping[str, Sequence[Point]]) -> list[Point]:
    """The points of a path, with the edges that it takes in."""
    points: list[Point] = []
    for token in text.split():
        for point in _read(token, edges):
            if points and points[-1][:2] == point[:2]:
                points[-1] = Point(point.x, point.y, points[-1].is_corner or point.is_corner)
            else:
                points.append(point)
    return points


def _read(token: str, edges: Mapping[str, Sequence[Point]]) -> list[Point]:
    if token[0] in "@~":
        if token[1:] not in edges:
            raise BadDrawing(f"There is no edge {token[1:]}.")
        edge = edges[token[1:]]
        return list(edge if token[0] == "@" else edge[::-1])
    x, _, y = token.removesuffix("!").partition(",")
    try:
        return [Point(float(x), float(y), is_corner=token.endswith("!"))]
    except ValueError as error:
        raise BadDrawing(f"{token} is not a point such as 12,140.") from error


def curve(points: Sequence[Point], *, is_closed: bool, digits: int = 1) -> str:
    """A smooth path through the points, in relative commands; ``digits`` after the point.

    The curve is a centripetal Catmull-Rom spline (Yuksel, Schaefer and Keyser 2011), which makes
    neither loops nor cusps between uneven points; it breaks at corners.
    """
    if is_closed and points[0][:2] == points[-1][:2]:
        points = points[:-1]
    count = len(points)
    last = count if is_closed else count - 1
    pen = _Pen(points[0], digits)
    for i in range(last):
        start, end = points[i], points[(i + 1) % count]
        before = points[i - 1] if (i or is_closed) and not start.is_corner else None
        has_after = (is_closed or i + 2 < count) and not end.is_corner
        after = points[(i + 2) % count] if has_after else None
        pen.draw(before, start, end, after)
    return pen.text + ("z" if is_closed else "")


class _Pen:
    """Writes relative commands, and carries what rounding leaves over to the next one."""

    def __init__(self, start: Point, digits: int) -> None:
        self.digits = digits
        self.x, self.y = round(start.x, digits), round(start.y, digits)
        self.text = "M" + numbers(self.x, self.y)
        self.command = "M"

    def draw(self, before: Point | None, start: Point, end: Point, after: Point | None) -> None:
        if before is None and after is None:
            self.write("l", [(end.x, end.y)])
            return
        one, two = _handle(before, start, end), _handle(after, end, start)
        self.write("c", [one, two, (end.x, end.y)])

    def write(self, command: str, places: Sequence[tuple[float, float]]) -> None:
        steps = [round(value, self.digits) for x, y in places for value in (x - self.x, y - self.y)]
        written = numbers(*steps)
        joint = command if command != self.command else "" if written[0] == "-" else " "
        self.text += joint + written
        self.command = command
        self.x = round(self.x + steps[-2], self.digits)
        self.y = round(self.y + steps[-1], self.digits)


def _handle(other: Point | None, near: Point, far: Point) -> tuple[float, float]:
    """The control point that leaves ``near`` for ``far``, having come from ``other``."""
    ahead = dist(near[:2], far[:2])
    if other is None:
        return (near.x + (far.x - near.x) / 3, near.y + (far.y - near.y) / 3)
    back = dist(other[:2], near[:2])
    d1, d2 = sqrt(back), sqrt(ahead)
    share = 3 * d1 * (d1 + d2)

    def blend(behind: float, here: float, beyond: float) -> float:
        return (back * beyond - ahead * behind + (2 * back + 3 * d1 * d2 + ahead) * here) / share

    return blend(other.x, near.x, far.x), blend(other.y, near.y, far.y)


def numbers(*values: float) -> str:
    """``values`` in tenths as SVG likes them: no needless zero, no needless space."""
    text = ""
    for value in values:
        number = f"{value:.1f}".removesuffix(".0").replace("-0.", "-.").removeprefix("-0") or "0"
        number = "." + number[2:] if number.startswith("0.") else number
        text += number if not text or number[0] == "-" else f" {number}"
    return text


def fan(text: str, edges: Mapping[str, Sequence[Point]]) -> list[list[Point]]:
    """The strokes of ``points | points x 5``: five, spread from the first guide to the second.

    More guides, each after a bar, bend the fan. Strokes stop short by turns, as engraved ones do.
    """
    guides_text, _, count = text.rpartition(" x")
    if not count.isdecimal():
        raise BadDrawing(f"The fibres {text} do not end in a number of strokes such as x7.")
    guides = [parse(guide, edges) for guide in guides_text.split("|")]
    if len({len(guide) for guide in guides}) != 1:
        raise BadDrawing(f"The guides of the fibres {text} differ in length.")
    return [
        _trimmed(_between(guides, n / max(int(count) - 1, 1)), *TRIMS[n % len(TRIMS)])
        for n in range(int(count))
    ]


def _between(guides: Sequence[Sequence[Point]], share: float) -> list[Point]:
    place = share * (len(guides) - 1)
    index = min(int(place), max(len(guides) - 2, 0))
    weight = place - index
    pairs = zip(guides[index], guides[min(index + 1, len(guides) - 1)], strict=True)
    return [Point(a.x + (b.x - a.x) * weight, a.y + (b.y - a.y) * weight) for a, b in pairs]


def _trimmed(points: list[Point], head: float, tail: float) -> list[Point]:
    first, second, before, last = points[0], points[1], points[-2], points[-1]
    head, tail = head * (len(points) - 1), tail * (len(points) - 1)
    start = Point(first.x + (second.x - first.x) * head, first.y + (second.y - first.y) * head)
    end = Point(last.x + (before.x - last.x) * tail, last.y + (before.y - last.y) * tail)
    return [start, *points[1:-1], end]


def stroke(points: Sequence[Point]) -> str:
    """A fibre, in whole units. One of three points is a parabola, a third as long as a spline."""
    if len(points) != 3:
        return curve(points, is_closed=False, digits=0)
    start, middle, end = points
    pen = _Pen(start, digits=0)
    pull = [2 * middle[axis] - (start[axis] + end[axis]) / 2 for axis in (0, 1)]
    pen.write("q", [(pull[0], pull[1]), (end.x, end.y)])
    return pen.text
