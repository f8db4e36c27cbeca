"""Solid shapes seen flat: the smooth outline of a row of balls, as an artist would draw it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Self

from exercises.figures.space import Camera, Vec

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ball:
    """A ball, or an ellipsoid by the vectors of its three half-axes."""

    at: Vec
    radius: float = 0.0
    axes: tuple[Vec, Vec, Vec] | None = None

    def seen(self, camera: Camera) -> Disc:
        x, y = camera.project(self.at)
        if self.axes is None:
            return Disc(x, y, self.radius**2, 0.0, self.radius**2)
        flat = [camera.project(axis) for axis in self.axes]
        return Disc(
            x,
            y,
            sum(u * u for u, _ in flat),
            sum(u * v for u, v in flat),
            sum(v * v for _, v in flat),
        )


@dataclass(frozen=True, slots=True)
class Disc:
    """A ball on paper: an ellipse by its centre and its quadratic form."""

    x: float
    y: float
    xx: float
    xy: float
    yy: float

    def reach(self, u: float, v: float) -> float:
        """How far it reaches in the unit direction (u, v) from its centre."""
        return sqrt(max(1e-9, self.xx * u * u + 2 * self.xy * u * v + self.yy * v * v))

    def edge(self, u: float, v: float) -> Point:
        """Its outermost point in the direction (u, v)."""
        r = self.reach(u, v)
        return self.x + (self.xx * u + self.xy * v) / r, self.y + (self.xy * u + self.yy * v) / r


def sweep(balls: Sequence[Ball], camera: Camera) -> list[Point]:
    """The closed outline of balls in a row, as if skin were drawn over them."""
    discs = [ball.seen(camera) for ball in balls]
    run = sum(hypot(b.x - a.x, b.y - a.y) for a, b in pairwise(discs))
    widest = max(sqrt(max(disc.xx, disc.yy)) for disc in discs)
    if len(discs) < 2 or run < widest * 0.9:
        return hull(balls, camera)
    left, right, normals = [], [], []
    for before, disc, after in zip(
        [discs[0], *discs], discs, [*discs[1:], discs[-1]], strict=False
    ):
        sides = _sides(before, disc, after)
        if sides is None:
            continue
        (lu, lv), (ru, rv) = sides
        left.append(disc.edge(lu, lv))
        right.append(disc.edge(ru, rv))
        normals.append((disc, sides))
    if len(normals) < 2:
        return hull(balls, camera)
    first, last = normals[0], normals[-1]
    end = _cap(last[0], last[1][0], last[1][1])
    start = _cap(first[0], first[1][1], first[1][0])
    return turned_one_way([*left, *end, *reversed(right), *start])


def _sides(before: Disc, disc: Disc, after: Disc) -> tuple[Point, Point] | None:
    """The directions in which the skin touches a ball, or none where its neighbours hide it."""
    dx, dy = after.x - before.x, after.y - before.y
    length = hypot(dx, dy)
    if length < 1e-6:
        return None
    tx, ty = dx / length, dy / length
    sides = []
    for nx, ny in ((ty, -tx), (-ty, tx)):
        slope = (after.reach(nx, ny) - before.reach(nx, ny)) / length
        if abs(slope) > 0.97:
            return None
        c = sqrt(1 - slope * slope)
        sides.append((nx * c - tx * slope, ny * c - ty * slope))
    return sides[0], sides[1]


def _cap(disc: Disc, start: Point, end: Point, steps: int = 4) -> list[Point]:
    """Points round the end of a row, from one side to the other."""
    a = atan2(start[1], start[0])
    turn = (atan2(end[1], end[0]) - a) % (2 * pi)
    return [
        disc.edge(cos(a + turn * i / steps), sin(a + turn * i / steps)) for i in range(1, steps)
    ]


def hull(balls: Iterable[Ball], camera: Camera, steps: int = 20) -> list[Point]:
    """The outline of a tight skin over balls that are not in a row."""
    discs = [ball.seen(camera) for ball in balls]
    points: list[Point] = []
    for step in range(steps):
        u, v = cos(2 * pi * step / steps), sin(2 * pi * step / steps)
        disc = max(discs, key=lambda d: d.x * u + d.y * v + d.reach(u, v))
        point = disc.edge(u, v)
        if not points or hypot(point[0] - points[-1][0], point[1] - points[-1][1]) > 0.15:
            points.append(point)
    return turned_one_way(points)


def turned_one_way(points: list[Point]) -> list[Point]:
    """The same outline, clockwise on paper, so that overlapping shapes add up when filled."""
    area = sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)
    )
    return points if area >= 0 else points[::-1]


@dataclass(frozen=True, slots=True)
class Area:
    """A closed outline to ask whether points lie within."""

    outline: Sequence[Point]
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, outline: Sequence[Point]) -> Self:
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        return cls(outline, min(xs), min(ys), max(xs), max(ys))

    def __contains__(self, point: Point) -> bool:
        x, y = point
        if not (self.left <= x <= self.right and self.top <= y <= self.bottom):
            return False
        odd = False
        bx, by = self.outline[-1]
        for ax, ay in self.outline:
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                odd = not odd
            bx, by = ax, ay
        return odd


def dense(points: Sequence[Point], *, closed: bool = True, steps: int = 4) -> list[Point]:
    """More points on the same smooth curve."""
    found: list[Point] = []
    count = len(points)
    for i in range(count if closed else count - 1):
        p0, p1, p2, p3 = _around(points, i, closed=closed)
        c1 = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        for step in range(steps):
            t = step / steps
            k = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            found.append(
                (
                    k[0] * p1[0] + k[1] * c1[0] + k[2] * c2[0] + k[3] * p2[0],
                    k[0] * p1[1] + k[1] * c1[1] + k[2] * c2[1] + k[3] * p2[1],
                )
            )
    if not closed:
        found.append(points[-1])
    return found


def _around(points: Sequence[Point], i: int, *, closed: bool) -> tuple[Point, Point, Point, Point]:
    n = len(points)
    if closed:
        return points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
    return points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, n - 1)]


def runs_outside(points: Sequence[Point], is_hidden: Callable[[Point], bool]) -> list[list[Point]]:
    """The stretches of a closed outline that are not hidden, as open lines to where they vanish."""
    n = len(points)
    hidden = [is_hidden(point) for point in points]
    if not any(hidden):
        return [[*points, points[0]]]
    runs: list[list[Point]] = []
    starts = (i for i in range(n) if hidden[i - 1] and not hidden[i])
    for start in starts:
        run = [_vanishing(points[start], points[start - 1], is_hidden)]
        step = start
        while not hidden[step % n]:
            run.append(points[step % n])
            step += 1
        run.append(_vanishing(points[(step - 1) % n], points[step % n], is_hidden))
        runs.append(run)
    return [run for run in runs if length(run) > 1.2]


def _vanishing(shown: Point, hidden: Point, is_hidden: Callable[[Point], bool]) -> Point:
    """Where, between two points, a line is hidden from."""
    for _ in range(5):
        half = (shown[0] + hidden[0]) / 2, (shown[1] + hidden[1]) / 2
        if is_hidden(half):
            hidden = half
        else:
            shown = half
    return hidden


def length(run: Sequence[Point]) -> float:
    """How long a line is."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(run))
