"""Outlines as SVG paths: classes only, no style, no ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import dist

from exercises.drawing.figures.outline import Vertex

CROWDED = 1.7, 14  # smallest steps between points, on a coarse sheet and on a fine one


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to draw: outlines closed or open, its class, and how near it is to the eye."""

    css: str
    outlines: tuple[tuple[Vertex, ...], ...]
    depth: float
    closed: bool = True
    straight: bool = False


@dataclass(frozen=True, slots=True)
class ViewBox:
    """From centimetres to the view box, to one decimal, or coarsely for small pictures."""

    scale: float
    left: float
    top: float
    coarse: bool = False
    side: float | None = None  # of a close-up, in centimetres

    @property
    def steps(self) -> int:
        """How many of the smallest steps that are written make a unit of the view box."""
        return 1 if self.coarse else 10

    def shown(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Pieces without the outlines that lie wholly beyond the sheet's edges."""
        if self.side is None:
            return list(pieces)
        kept = ((piece, tuple(filter(self._shows, piece.outlines))) for piece in pieces)
        return [replace(piece, outlines=outlines) for piece, outlines in kept if outlines]

    def _shows(self, outline: Sequence[Vertex]) -> bool:
        xs, ys = [x - self.left for x, _ in outline], [y - self.top for _, y in outline]
        side = self.side or 0.0
        return min(xs) < side and max(xs) > 0 and min(ys) < side and max(ys) > 0

    def placed(self, points: Sequence[Vertex]) -> list[Vertex]:
        """Points in smallest steps, without those that crowd."""
        scale, left, top = self.scale * self.steps, self.left, self.top
        placed = [((x - left) * scale, (y - top) * scale) for x, y in points]
        return _uncrowded(placed, CROWDED[not self.coarse])


def _uncrowded(points: list[Vertex], apart: float) -> list[Vertex]:
    found = points[:1]
    for point in points:
        if dist(point, found[-1]) >= apart:
            found.append(point)
    return found if len(found) > 1 else [*found, points[-1]]


def path(piece: Piece, sheet: ViewBox) -> str:
    """A path element; lines curve smoothly unless the piece has corners."""
    write = _corners if piece.straight else _curve
    data = "".join(
        write(sheet.placed(points), _Pen(sheet), closed=piece.closed)
        for points in piece.outlines
        if len(points) > 1
    )
    return f'<path class="{piece.css}" d="{data}"/>' if data else ""


def _corners(points: Sequence[Vertex], pen: _Pen, *, closed: bool) -> str:
    pen.move(points[0])
    for point in points[1:]:
        pen.draw("l", point)
    return f"{pen}z" if closed else str(pen)


def _curve(points: Sequence[Vertex], pen: _Pen, *, closed: bool) -> str:
    """Past the points, through the middles between them: half the numbers of a true curve.

    Each handle mirrors the one before (``t``), so every middle is chosen from where the pen's
    handle really is, and rounding does not add up.
    """
    shortest = 3 if closed or not pen.sheet.coarse else 5  # toes and fingertips keep their corners
    if len(points) < shortest:
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
        pen.draw(*(("t",) if len(handles) > 1 else ("q", handle)), points[-1])
    return f"{pen}z" if closed else str(pen)


def _half(a: Vertex, b: Vertex) -> Vertex:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


class _Pen:
    """Writes relative path data in whole steps, so that rounding does not add up."""

    def __init__(self, sheet: ViewBox) -> None:
        self.sheet = sheet
        self.written = _whole if sheet.coarse else _tenths
        self.at = self.handle = (0, 0)
        self.data: list[str] = []
        self.last = ""

    def __str__(self) -> str:
        return "".join(self.data)

    def move(self, point: Vertex) -> None:
        x, y = self.at = round(point[0]), round(point[1])
        self.data = ["M", self.written(x).lstrip(" "), self.written(y)]

    def draw(self, letter: str, *points: Vertex) -> None:
        """One more step of the path; the last point is where it ends."""
        left, top = self.at
        moved = [round(to) for x, y in points for to in (x - left, y - top)]
        texts = [self.written(number) for number in moved]
        if letter != self.last:
            texts[0] = letter + texts[0].lstrip(" ")
            self.last = letter
        self.data += texts
        self.handle = left + moved[0], top + moved[1]
        self.at = left + moved[-2], top + moved[-1]


@cache
def _whole(number: int) -> str:
    """A number with what parts it from the one before: a space, or its sign."""
    return str(number) if number < 0 else f" {number}"


@cache
def _tenths(steps: int) -> str:
    """The same for a number of tenths, with as few characters as path data allows."""
    number = f"{abs(steps) / 10:.1f}".removesuffix(".0")
    short = number.removeprefix("0") if len(number) > 1 else number
    return f"-{short}" if steps < 0 else f" {short}"
