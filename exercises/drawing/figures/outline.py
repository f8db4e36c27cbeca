"""Solid shapes seen flat: the smooth outline of a row of balls, as an artist would draw it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Self

from exercises.drawing.figures.space import Camera, Vec

Vertex = tuple[float, float]


@dataclass(slots=True)
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


@dataclass(slots=True)
class Disc:
    """A ball on paper: an ellipse by its centre and its quadratic form."""

    x: float
    y: float
    xx: float
    xy: float
    yy: float

    def reach(self, u: float, v: float) -> float:
        """How far it reaches in the unit direction (u, v) from its centre."""
        square = self.xx * u * u + 2 * self.xy * u * v + self.yy * v * v
        return sqrt(square if square > 1e-9 else 1e-9)

    def edge(self, u: float, v: float) -> Vertex:
        """Its outermost point in the direction (u, v)."""
        r = self.reach(u, v)
        return self.x + (self.xx * u + self.xy * v) / r, self.y + (self.xy * u + self.yy * v) / r

    def root(self) -> tuple[float, float, float]:
        """The root of its form: takes a circle of radius 1 to the ellipse, evenly all round."""
        area = sqrt(max(0.0, self.xx * self.yy - self.xy * self.xy))
        side = sqrt(self.xx + self.yy + 2 * area)
        return (self.xx + area) / side, self.xy / side, (self.yy + area) / side


def sweep(balls: Sequence[Ball], camera: Camera) -> list[Vertex]:
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


def _sides(before: Disc, disc: Disc, after: Disc) -> tuple[Vertex, Vertex] | None:
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


def _cap(disc: Disc, start: Vertex, end: Vertex, steps: int = 4) -> list[Vertex]:
    """Points round the end of a row, from one side to the other."""
    xx, xy, yy = disc.root()
    (u, v), (s, t) = start, end
    a = atan2(xy * u + yy * v, xx * u + xy * v)
    turn = (atan2(xy * s + yy * t, xx * s + xy * t) - a) % (2 * pi)
    turned = [(cos(a + turn * i / steps), sin(a + turn * i / steps)) for i in range(1, steps)]
    return [(disc.x + xx * c + xy * d, disc.y + xy * c + yy * d) for c, d in turned]


def hull(balls: Iterable[Ball], camera: Camera, steps: int = 16) -> list[Vertex]:
    """The outline of a tight skin over balls that are not in a row."""
    discs = [ball.seen(camera) for ball in balls]
    points: list[Vertex] = []
    for step in range(steps):
        u, v = cos(2 * pi * step / steps), sin(2 * pi * step / steps)
        point = _outermost(discs, u, v).edge(u, v)
        if not points or hypot(point[0] - points[-1][0], point[1] - points[-1][1]) > 0.15:
            points.append(point)
    return turned_one_way(points)


def _outermost(discs: list[Disc], u: float, v: float) -> Disc:
    """The disc that reaches farthest in the direction (u, v)."""
    found, farthest = discs[0], -1e9
    for disc in discs:
        far = disc.x * u + disc.y * v + disc.reach(u, v)
        if far > farthest:
            found, farthest = disc, far
    return found


def turned_one_way(points: list[Vertex]) -> list[Vertex]:
    """The same outline, clockwise on paper, so that overlapping shapes add up when filled."""
    area = sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)
    )
    return points if area >= 0 else points[::-1]


Edge = tuple[float, float, float, float]
BANDS = 24


@dataclass(frozen=True)
class Area:
    """A closed outline to ask whether points lie within."""

    outline: Sequence[Vertex]
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, outline: Sequence[Vertex]) -> Self:
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        return cls(outline, min(xs), min(ys), max(xs), max(ys))

    @cached_property
    def step(self) -> float:
        return (self.bottom - self.top) / BANDS or 1.0

    @cached_property
    def bands(self) -> list[list[Edge]]:
        """The edges that cross each strip of height ``step``, from the top."""
        found: list[list[Edge]] = [[] for _ in range(BANDS + 1)]  # the lowest point is past them
        bx, by = self.outline[-1]
        last = int((by - self.top) / self.step)
        for ax, ay in self.outline:
            band = int((ay - self.top) / self.step)
            if band == last:
                found[band].append((ax, ay, bx, by))
            else:
                for crossed in range(min(band, last), max(band, last) + 1):
                    found[crossed].append((ax, ay, bx, by))
            bx, by, last = ax, ay, band
        return found

    def meets(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether it may share a point with a box."""
        return not (
            self.right < left or right < self.left or self.bottom < top or bottom < self.top
        )

    def holds(self, points: Iterable[Vertex]) -> list[bool]:
        """Of each point, whether it lies within."""
        left, top, right, bottom, step = self.left, self.top, self.right, self.bottom, self.step
        found = []
        for x, y in points:
            odd = False
            if left <= x <= right and top <= y <= bottom:
                for ax, ay, bx, by in self.bands[int((y - top) / step)]:
                    if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                        odd = not odd
            found.append(odd)
        return found

    def __contains__(self, point: Vertex) -> bool:
        return self.holds([point])[0]


def dense(points: Sequence[Vertex], *, closed: bool = True) -> list[Vertex]:
    """Four times the points on the same smooth curve."""
    found: list[Vertex] = []
    count = len(points)
    for i in range(count if closed else count - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = _around(points, i, closed=closed)
        cx, cy = x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6
        dx, dy = x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6
        found += [
            (a * x1 + b * cx + c * dx + d * x2, a * y1 + b * cy + c * dy + d * y2)
            for a, b, c, d in QUARTERS
        ]
    if not closed:
        found.append(points[-1])
    return found


# The weights of a cubic curve's four points, at each quarter of its way.
QUARTERS = [
    ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in (0, 0.25, 0.5, 0.75)
]


def _around(
    points: Sequence[Vertex], i: int, *, closed: bool
) -> tuple[Vertex, Vertex, Vertex, Vertex]:
    n = len(points)
    if closed:
        return points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
    return points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, n - 1)]


Hide = Callable[[Sequence[Vertex]], list[bool]]


def runs_outside(points: Sequence[Vertex], hide: Hide) -> list[list[Vertex]]:
    """The stretches of a closed outline that are not hidden, as open lines to where they vanish.

    ``hide`` says of each point whether it is hidden.
    """
    n = len(points)
    hidden = hide(points)
    if not any(hidden):
        return [[*points, points[0]]]
    runs: list[list[Vertex]] = []
    starts = (i for i in range(n) if hidden[i - 1] and not hidden[i])
    for start in starts:
        run = [_vanishing(points[start], points[start - 1], hide)]
        step = start
        while not hidden[step % n]:
            run.append(points[step % n])
            step += 1
        run.append(_vanishing(points[(step - 1) % n], points[step % n], hide))
        runs.append(run)
    return [run for run in runs if is_longer(run, 1.2)]


def _vanishing(shown: Vertex, hidden: Vertex, hide: Hide) -> Vertex:
    """Where, between two points, a line is hidden from."""
    for _ in range(5):
        half = (shown[0] + hidden[0]) / 2, (shown[1] + hidden[1]) / 2
        if hide([half])[0]:
            hidden = half
        else:
            shown = half
    return hidden


def is_longer(run: Sequence[Vertex], than: float) -> bool:
    """Whether a line is longer than so much; long ones are not measured to their end."""
    left = than
    for (ax, ay), (bx, by) in pairwise(run):
        left -= hypot(bx - ax, by - ay)
        if left < 0:
            return True
    return False
