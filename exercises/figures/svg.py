"""Outlines as SVG paths: classes only, no style, no ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import dist

from exercises.figures.outline import Point

CROWDED = 1.7  # units of a coarse view box between points


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to draw: outlines closed or open, its class, and how near it is to the eye."""

    css: str
    outlines: tuple[tuple[Point, ...], ...]
    depth: float
    closed: bool = True
    straight: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """From centimetres to the view box, to one decimal, or coarsely for small pictures."""

    scale: float
    left: float
    top: float
    coarse: bool = False

    def placed(self, points: Sequence[Point]) -> list[Point]:
        """Points on the sheet; on a coarse one without those that crowd."""
        found: list[Point] = []
        for x, y in points:
            point = (x - self.left) * self.scale, (y - self.top) * self.scale
            if not (self.coarse and found and dist(point, found[-1]) < CROWDED):
                found.append(point)
        return found if len(found) > 1 else [*found, point]


def path(piece: Piece, sheet: Sheet) -> str:
    """A path element; lines curve smoothly unless the piece has corners."""
    write = _corners if piece.straight else _soft_curve if sheet.coarse else _curve
    data = "".join(
        write(sheet.placed(points), _Pen(sheet), closed=piece.closed)
        for points in piece.outlines
        if len(points) > 1
    )
    return f'<path class="{piece.css}" d="{data}"/>' if data else ""


def _corners(points: Sequence[Point], pen: _Pen, *, closed: bool) -> str:
    pen.move(points[0])
    for point in points[1:]:
        pen.draw("l", point)
    return pen.data + ("z" if closed else "")


def _curve(points: Sequence[Point], pen: _Pen, *, closed: bool) -> str:
    """Through the points as a Catmull-Rom spline: handles are a sixth of the neighbours' gap."""
    n = len(points)
    pen.move(points[0])
    for i in range(n if closed else n - 1):
        here, ahead = points[i], points[(i + 1) % n]
        behind = points[i - 1] if closed or i else here
        beyond = points[(i + 2) % n] if closed or i + 2 < n else ahead
        out = here[0] + (ahead[0] - behind[0]) / 6, here[1] + (ahead[1] - behind[1]) / 6
        into = ahead[0] - (beyond[0] - here[0]) / 6, ahead[1] - (beyond[1] - here[1]) / 6
        if i:  # the first handle mirrors the last one, so it need not be said
            pen.draw("s", into, ahead)
        else:
            pen.draw("c", out, into, ahead)
    return pen.data + ("z" if closed else "")


def _soft_curve(points: Sequence[Point], pen: _Pen, *, closed: bool) -> str:
    """Past the points, through the middles between them: half the numbers of a true curve.

    Each handle mirrors the one before (``t``), so every middle is chosen from where the pen's
    handle really is, and rounding does not add up.
    """
    if len(points) < 3:
        return _corners(points, pen, closed=closed)
    handles = [*points[1:], points[0], points[1]] if closed else list(points[1:-1])
    pen.move(_half(points[0], points[1]) if closed else points[0])
    handle = handles[0]
    for i, ahead in enumerate(handles[1:]):
        end = _half(handle, ahead)
        if i:
            pen.draw("t", end)
        else:
            pen.draw("q", handle, end)
            handle = pen.handle
        handle = 2 * pen.at[0] - handle[0], 2 * pen.at[1] - handle[1]
    if not closed:
        pen.draw("t" if len(handles) > 1 else "l", points[-1])
    return pen.data + ("z" if closed else "")


def _half(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


class _Pen:
    """Writes relative path data, rounded without drifting."""

    def __init__(self, sheet: Sheet) -> None:
        self.digits = 0 if sheet.coarse else 1
        self.at = self.handle = (0.0, 0.0)
        self.data = self.last = ""

    def move(self, point: Point) -> None:
        self.at = self._rounded(*point)
        self.data = "M" + _numbers([self.at])

    def draw(self, letter: str, *points: Point) -> None:
        """One more step of the path; the last point is where it ends."""
        moved = [self._rounded(x - self.at[0], y - self.at[1]) for x, y in points]
        text = _numbers(moved)
        if letter != self.last:
            text = letter + text
        elif text[0] != "-":
            text = " " + text
        self.data += text
        self.last = letter
        x, y = self.at
        self.handle = x + moved[0][0], y + moved[0][1]
        self.at = self._rounded(x + moved[-1][0], y + moved[-1][1])

    def _rounded(self, x: float, y: float) -> Point:
        return round(x, self.digits), round(y, self.digits)


def _numbers(points: Iterable[Point]) -> str:
    """Coordinates with as few characters as path data allows."""
    text = ""
    for value in (value for point in points for value in point):
        number = _number(value)
        text += number if number[0] == "-" or not text else f" {number}"
    return text


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    number = f"{value:.1f}".rstrip("0").rstrip(".")
    if number in ("-0", "0", ""):
        return "0"
    return number.replace("0.", ".", 1) if number.lstrip("-").startswith("0.") else number
