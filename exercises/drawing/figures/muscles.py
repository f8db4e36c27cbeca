"""Where the muscles lie on the mannequin, and the shapes that show them from one side.

A shape is rows along a part of the body: how far along, and from which angle to which round it.
Angles are in degrees: 0 is the front (of an arm: the side where the elbow closes), 90 the outer
side, 180 the back, -90 the inner side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

from exercises.drawing.figures.body import Ring
from exercises.drawing.figures.outline import Area, Vertex
from exercises.drawing.figures.space import Camera, Vec, circle, moved

Span = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    part: str  # trunk, neck, buttock, deltoid, upper_arm, forearm, thigh or shin
    rows: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fan:
    """A muscle that gathers from the chest to the upper arm; fibres from the lowest one up."""

    origins: tuple[tuple[float, float], ...]  # where on the trunk: how far up, at which angle
    ends: tuple[float, float]  # along the upper arm, of the lowest and the highest fibre
    part: str = "trunk"


def spindle(start: float, end: float, middle: float, half: float) -> tuple[Span, ...]:
    """A muscle with a belly: thin at its ends, ``half`` as wide in the middle."""
    widths = ((0.0, 0.25), (0.15, 0.72), (0.35, 1.0), (0.6, 0.95), (0.82, 0.62), (1.0, 0.2))
    return tuple(
        (start + (end - start) * t, middle - half * w, middle + half * w) for t, w in widths
    )


SHAPES: dict[str, tuple[Shape | Fan, ...]] = {
    "upper-trapezius": (
        Shape("trunk", ((47, 171, 176), (50, 112, 179), (53, 80, 179), (57, 74, 179))),
        Shape("neck", ((0.0, 110, 179), (0.5, 135, 179), (0.95, 155, 179))),
    ),
    "middle-trapezius": (
        Shape("trunk", ((41, 168, 178), (44, 150, 178), (47, 128, 178), (50, 122, 178))),
    ),
    "lower-trapezius": (
        Shape(
            "trunk",
            ((25, 176, 179), (31, 168, 178), (37, 156, 178), (42, 146, 178), (44, 152, 178)),
        ),
    ),
    "rhomboids": (
        Shape("trunk", ((36, 150, 160), (40, 148, 174), (45, 146, 176), (48, 150, 174))),
    ),
    "latissimus-dorsi": (
        Shape(
            "trunk",
            (
                (9, 170, 177),
                (15, 138, 177),
                (21, 112, 175),
                (28, 98, 170),
                (34, 92, 162),
                (39, 90, 148),
                (42, 94, 132),
            ),
        ),
    ),
    "teres-major": (Shape("trunk", ((39, 118, 142), (42, 100, 140), (45, 96, 122))),),
    "infraspinatus": (
        Shape("trunk", ((41, 132, 150), (44, 112, 154), (47, 104, 152), (49, 110, 140))),
    ),
    "teres-minor": (Shape("trunk", ((42, 110, 132), (44, 102, 126), (46, 98, 112))),),
    "supraspinatus": (Shape("trunk", ((48, 115, 155), (50, 105, 152), (52, 110, 140))),),
    "subscapularis": (
        Shape("trunk", ((37, 66, 108), (40, 52, 112), (44, 46, 110), (47, 54, 100))),
    ),
    "levator-scapulae": (Shape("neck", ((0.0, 118, 150), (0.5, 105, 140), (0.95, 100, 128))),),
    "erector-spinae": (
        Shape(
            "trunk",
            (
                (-1, 170, 177),
                (5, 158, 177),
                (12, 147, 177),
                (20, 145, 177),
                (28, 150, 177),
                (36, 157, 177),
                (44, 164, 177),
            ),
        ),
    ),
    "quadratus-lumborum": (Shape("trunk", ((8, 128, 150), (14, 118, 150), (21, 122, 150))),),
    "neck-extensors": (
        Shape("neck", ((0.0, 128, 178), (0.4, 118, 178), (0.75, 116, 178), (1.0, 128, 178))),
    ),
    "neck-flexors": (
        Shape("neck", ((-0.02, 2, 58), (0.35, 8, 84), (0.7, 30, 102), (0.95, 60, 114))),
    ),
    "pectoralis-major-sternal": (
        Fan(((32.0, 17), (33.6, 6), (36.5, 3.5), (40.0, 3.5), (43.2, 3.5)), (0.25, 0.16)),
    ),
    "pectoralis-major-clavicular": (
        Fan(((43.8, 3.5), (46.0, 4), (48.0, 6), (49.5, 20), (49.8, 40)), (0.15, 0.02)),
    ),
    "pectoralis-minor": (Shape("trunk", ((38, 28, 46), (42, 30, 58), (47, 46, 64))),),
    "serratus-anterior": (
        Shape("trunk", ((26, 62, 84), (30, 58, 98), (35, 62, 104), (39, 72, 100))),
    ),
    "rectus-abdominis": (
        Shape(
            "trunk", ((-3, 2, 14), (4, 2, 27), (12, 2, 34), (22, 2, 35), (30, 2, 32), (33, 3, 24))
        ),
    ),
    "obliques": (
        Shape(
            "trunk",
            ((6, 34, 62), (9, 36, 98), (14, 38, 122), (20, 40, 124), (26, 42, 100), (30, 46, 72)),
        ),
    ),
    "transversus-abdominis": (Shape("trunk", ((4, 6, 48), (8, 4, 76), (13, 4, 84), (16, 8, 64))),),
    "gluteus-maximus": (
        Shape(
            "buttock",
            (
                (0.04, 150, 202),
                (0.18, 122, 224),
                (0.38, 104, 236),
                (0.6, 94, 236),
                (0.8, 94, 220),
                (0.98, 100, 176),
            ),
        ),
    ),
    "gluteus-medius": (
        Shape("trunk", ((-2, 84, 112), (2, 66, 124), (7, 58, 136), (11, 66, 140), (13, 84, 132))),
    ),
    "tensor-fasciae-latae": (
        Shape("trunk", ((-4, 58, 80), (1, 54, 84), (6, 58, 78), (9, 64, 74))),
    ),
    "hip-flexors": (
        Shape("trunk", ((-5, 30, 52), (0, 24, 56), (6, 26, 54), (11, 30, 46))),
        Shape("thigh", ((-0.02, -20, 24), (0.1, -18, 18), (0.2, -8, 8))),
    ),
    "quadriceps": (Shape("thigh", spindle(0.1, 0.97, 12, 76)),),
    "hamstrings": (Shape("thigh", spindle(0.16, 0.98, 180, 64)),),
    "adductors": (Shape("thigh", spindle(0.02, 0.68, -90, 46)),),
    "gastrocnemius": (Shape("shin", spindle(0.03, 0.56, 180, 74)),),
    "soleus": (Shape("shin", spindle(0.3, 0.86, 172, 66)),),
    "tibialis-anterior": (Shape("shin", spindle(0.08, 0.82, 34, 34)),),
    "front-deltoid": (
        Shape("deltoid", ((-0.14, -24, 56), (0.0, -44, 64), (0.2, -30, 68), (0.44, 36, 74))),
    ),
    "lateral-deltoid": (
        Shape("deltoid", ((-0.16, 56, 126), (0.0, 56, 124), (0.2, 60, 118), (0.46, 78, 100))),
    ),
    "rear-deltoid": (
        Shape("deltoid", ((-0.14, 128, 196), (0.0, 114, 210), (0.18, 108, 196), (0.4, 100, 128))),
    ),
    "biceps-brachii": (Shape("upper_arm", spindle(0.22, 0.96, 0, 58)),),
    "brachialis": (
        Shape("upper_arm", spindle(0.5, 1.0, 66, 30)),
        Shape("upper_arm", spindle(0.5, 1.0, -66, 26)),
    ),
    "triceps-brachii": (Shape("upper_arm", spindle(0.16, 0.96, 180, 72)),),
    "brachioradialis": (Shape("forearm", spindle(-0.08, 0.72, 30, 36)),),
    "forearm-flexors": (Shape("forearm", spindle(0.04, 0.86, -40, 58)),),
    "forearm-extensors": (Shape("forearm", spindle(0.02, 0.86, 150, 58)),),
}

INSET = 0.95  # so that colour stops short of the ink
SHORT = 0.5  # and by how many centimetres, where skin and slice differ


@dataclass(frozen=True, slots=True)
class Patch:
    """A muscle as it shows: its outline, and two lines along its fibres."""

    outline: list[Vertex]
    fibres: list[list[Vertex]]


@dataclass(frozen=True, slots=True)
class Skin:
    """What of the figure a muscle may colour, as it is seen."""

    areas: Sequence[Area]

    def clipped(self, points: Sequence[Vertex], inner: Sequence[Vertex]) -> list[Vertex]:
        """Points that are outside, or at the very edge, drawn in towards those within."""
        if not self.areas:
            return list(points)
        out = [_farther(point, toward, -SHORT) for point, toward in zip(points, inner, strict=True)]
        held = self._hold(out)
        return [
            point if is_in else self._inward(point, toward)
            for point, toward, is_in in zip(points, inner, held, strict=True)
        ]

    def _inward(self, point: Vertex, toward: Vertex) -> Vertex:
        inside, outside = toward, point
        for _ in range(6):
            half = (inside[0] + outside[0]) / 2, (inside[1] + outside[1]) / 2
            if self._hold([half])[0]:
                inside = half
            else:
                outside = half
        return _farther(inside, toward, SHORT)

    def _hold(self, points: Sequence[Vertex]) -> list[bool]:
        found = zip(*(area.holds(points) for area in self.areas), strict=True)
        return [any(each) for each in found]


def _farther(point: Vertex, toward: Vertex, way: float) -> Vertex:
    """A point so many centimetres nearer to another one, though not beyond it."""
    (x, y), (u, v) = point, toward
    far = hypot(u - x, v - y)
    share = min(way / far, 1.0) if far > 1e-6 else 0.0
    return x + (u - x) * share, y + (v - y) * share


BARE = Skin(())


def seen(
    rows: Iterable[Span],
    ring_at: Callable[[float], Ring],
    side: int,
    camera: Camera,
    skin: Skin = BARE,
) -> Patch | None:
    """The part of a muscle that faces the camera; nothing when none does."""
    slices = []
    for at, start, end in rows:
        ring = ring_at(at)
        found = _facing(ring, start, end, side, camera)
        if found is not None:
            slices.append((ring, *found))
    if len(slices) < 2:
        return None

    def line(share: float) -> list[Vertex]:
        at = [_on(ring, low + (high - low) * share, side, camera) for ring, low, high in slices]
        return skin.clipped(at, [camera.project(ring.at) for ring, _, _ in slices])

    fibres = [line(share)[1:-1] for share in (0.35, 0.66)] if len(slices) > 3 else []
    return Patch([*line(0), *reversed(line(1))], fibres)


Strand = list[tuple[Vec, Vec]]  # points along a fibre, each with the way out of the body
FACING = 0.06


def fan(strands: Iterable[Strand], middle: Vec, camera: Camera, skin: Skin) -> Patch | None:
    """A muscle given by its fibres: what of them faces the camera."""
    lines = []
    for strand in strands:
        seen_of_it = [point for point, out in strand if camera.eye.dot(out) > FACING]
        if len(seen_of_it) > 2:
            flat = [camera.project(point) for point in seen_of_it]
            toward = [camera.project(middle)] * len(flat)
            lines.append(skin.clipped(flat, toward))
    if len(lines) < 3:
        return None
    tips, roots = [line[-1] for line in lines[1:-1]], [line[0] for line in lines[1:-1]]
    outline = [*lines[0], *tips, *reversed(lines[-1]), *reversed(roots)]
    return Patch(outline, [line[1:-1] for line in lines[1:-1] if len(line) > 4])


def _facing(
    ring: Ring, start: float, end: float, side: int, camera: Camera
) -> tuple[float, float] | None:
    """The stretch of angles that can be seen, or none."""
    front = camera.eye.dot(ring.front.unit()) / ring.front.length
    outer = camera.eye.dot(ring.right.unit()) * side / ring.right.length
    # An ellipse's normal at angle t is (cos t / b, sin t / a); b and a are its half-axes.
    towards = degrees(atan2(outer, front))
    while towards < (start + end) / 2 - 180:
        towards += 360
    while towards > (start + end) / 2 + 180:
        towards -= 360
    low, high = max(start, towards - 88), min(end, towards + 88)
    return (low, high) if high - low > 5 else None


def _on(ring: Ring, angle: float, side: int, camera: Camera) -> Vertex:
    a = radians(angle)
    front, right = cos(a) * INSET, sin(a) * side * INSET
    return camera.project(moved(ring.at, ring.front, front, ring.right, right))


def cap(
    middle: Vec,
    axes: tuple[Vec, Vec, Vec],
    normal: tuple[float, float, float],
    level: float,
    camera: Camera,
) -> list[Vertex]:
    """What shows of an ellipsoid beyond a plane: hair on a skull.

    ``normal`` and ``level`` give the plane where the ellipsoid is a ball of radius 1.
    """
    eye = [camera.eye.dot(axis) / axis.length**2 for axis in axes]
    towards = Vec(*eye).unit()
    plane = Vec(*normal).unit()

    def place(p: Vec) -> Vertex:
        point = moved(middle, axes[0], p.x, axes[1], p.y)
        return camera.project(moved(point, axes[2], p.z))

    rim = [p for p in _circle(towards, 0.0) if p.dot(plane) > level + 1e-6]
    cut = [p for p in _circle(plane, level) if p.dot(towards) > 1e-6]
    rim, cut = _unbroken(rim), _unbroken(cut)
    if rim and cut and (rim[-1] - cut[0]).length > (rim[-1] - cut[-1]).length:
        cut.reverse()
    return [place(p) for p in [*rim[:-2:4], *rim[-1:], *cut[:-2:4], *cut[-1:]]]


def _circle(axis: Vec, level: float, steps: int = 48) -> list[Vec]:
    """Points of the unit ball at one height along ``axis``."""
    radius = (1 - level * level) ** 0.5
    across = Vec(0.3, 0.5, 0.8).across(axis) * radius
    return circle(axis * level, across, axis.cross(across), steps)


def _unbroken(points: list[Vec]) -> list[Vec]:
    """The same points, beginning after the gap."""
    if len(points) < 3:
        return points
    gaps = [(points[i] - points[i - 1]).length for i in range(len(points))]
    start = gaps.index(max(gaps))
    return points[start:] + points[:start]
