"""Points and directions in space, in centimetres.

The figure faces +x, +y is up, and +z is the figure's right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import acos, cos, hypot, pi, radians, sin, sqrt
from typing import Self


# Not frozen: a figure makes ten thousand of them, and frozen ones take twice as long to make.
@dataclass(slots=True, unsafe_hash=True)
class Vec:
    """A point or a direction. Nothing changes one once it is made."""

    x: float
    y: float
    z: float = 0.0

    def __add__(self, other: Vec) -> Vec:
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other: Vec) -> Vec:
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor: float) -> Vec:
        return Vec(self.x * factor, self.y * factor, self.z * factor)

    def __neg__(self) -> Vec:
        return self * -1

    def dot(self, other: Vec) -> float:
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: Vec) -> Vec:
        return Vec(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self) -> float:
        return sqrt(self.x * self.x + self.y * self.y + self.z * self.z)

    def unit(self) -> Vec:
        short = 1 / (self.length or 1.0)
        return Vec(self.x * short, self.y * short, self.z * short)

    def across(self, axis: Vec) -> Vec:
        """The unit part of this at right angles to the unit ``axis``."""
        part = moved(self, axis, -self.dot(axis))
        if part.length < 1e-6:  # along the axis: any direction across it will do
            thin = min((Vec(1, 0), Vec(0, 1), Vec(0, 0, 1)), key=lambda way: abs(way.dot(axis)))
            part = thin - axis * thin.dot(axis)
        return part.unit()

    def turned(self, axis: Vec, angle: float) -> Vec:
        """Turned by ``angle`` degrees round the unit ``axis``, by the right-hand rule."""
        c, s = cos(radians(angle)), sin(radians(angle))
        return moved(self * c, axis.cross(self), s, axis, axis.dot(self) * (1 - c))


NOWHERE = Vec(0.0, 0.0, 0.0)


def between(start: Vec, end: Vec, share: float) -> Vec:
    return Vec(
        start.x + (end.x - start.x) * share,
        start.y + (end.y - start.y) * share,
        start.z + (end.z - start.z) * share,
    )


def moved(at: Vec, one: Vec, far: float, other: Vec = NOWHERE, farther: float = 0.0) -> Vec:
    """A place reached along one direction, and perhaps along another."""
    return Vec(
        at.x + one.x * far + other.x * farther,
        at.y + one.y * far + other.y * farther,
        at.z + one.z * far + other.z * farther,
    )


def circle(at: Vec, one: Vec, other: Vec, steps: int) -> list[Vec]:
    """Points round a middle; ``one`` and ``other`` are half-axes at right angles."""
    turns = (2 * pi * step / steps for step in range(steps))
    return [moved(at, one, cos(turn), other, sin(turn)) for turn in turns]


def middle(*points: Vec) -> Vec:
    total = Vec(0, 0, 0)
    for point in points:
        total = total + point
    return total * (1 / len(points))


def direction(angle: float, out: float = 0.0, side: int = 1) -> Vec:
    """Where a limb points: 0 hangs, 90 reaches forward, 180 up, -90 back; ``out`` to its side."""
    a, o = radians(angle), radians(out)
    return Vec(sin(a) * cos(o), -cos(a) * cos(o), side * sin(o))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a part of the body is and how it is turned: up to the head, front, and right."""

    at: Vec
    up: Vec
    front: Vec

    @property
    def right(self) -> Vec:
        return self.front.cross(self.up)

    def point(self, front: float, up: float, right: float = 0.0) -> Vec:
        point = moved(self.at, self.front, front, self.up, up)
        return moved(point, self.right, right) if right else point

    def turned(self, *, flex: float = 0.0, side: float = 0.0, twist: float = 0.0) -> Frame:
        """Bent forward, bent to the right, and turned to the right, in degrees."""
        up, front = self.up, self.front
        if flex:
            right = self.right
            up, front = up.turned(right, -flex), front.turned(right, -flex)
        if side:
            up = up.turned(front, side)
        front = front.across(up)
        return Frame(self.at, up, front.turned(up, -twist) if twist else front)

    def moved(self, at: Vec) -> Frame:
        return Frame(at, self.up, self.front)


@dataclass(frozen=True)
class Camera:
    """Parallel projection; ``yaw`` 0 sees the right side, 90 the front, -90 the back."""

    yaw: float
    pitch: float

    def project(self, point: Vec) -> tuple[float, float]:
        """Right and down on paper, in centimetres."""
        c, s, low, high = self._turn
        near = point.x * s + point.z * c
        return point.x * c - point.z * s, near * high - point.y * low

    def depth(self, point: Vec) -> float:
        """How near to the eye, in centimetres; greater is nearer."""
        return point.dot(self.eye)

    @cached_property
    def _turn(self) -> tuple[float, float, float, float]:
        yaw, pitch = radians(self.yaw), radians(self.pitch)
        return cos(yaw), sin(yaw), cos(pitch), sin(pitch)

    @cached_property
    def eye(self) -> Vec:
        yaw, pitch = radians(self.yaw), radians(self.pitch)
        return Vec(sin(yaw) * cos(pitch), sin(pitch), cos(yaw) * cos(pitch))


@dataclass(frozen=True, slots=True)
class Joint:
    """Two bones solved: where the middle joint and the end are, and by how much it fell short."""

    middle: Vec
    end: Vec
    short_by: float

    @classmethod
    def solve(cls, root: Vec, goal: Vec, lengths: tuple[float, float], pole: Vec) -> Self:
        """Two-bone inverse kinematics; the middle joint bends towards ``pole``.

        Bones never stretch: out of reach, the limb is straight and ends short of its goal.
        """
        a, b = lengths
        reach = goal - root
        axis = reach.unit() if reach.length > 1e-6 else Vec(0, -1)
        distance = min(max(reach.length, abs(a - b) + 1e-3), (a + b) * 0.99999)
        cosine = (a * a + distance * distance - b * b) / (2 * a * distance)
        bend = acos(max(-1.0, min(1.0, cosine)))
        elbow = root + axis * (a * cos(bend)) + pole.across(axis) * (a * sin(bend))
        end = root + axis * distance
        return cls(elbow, end, (goal - end).length)


def distance_2d(a: tuple[float, float], b: tuple[float, float]) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
