"""A few solids from which all equipment is built."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from exercises.drawing.figures import space
from exercises.drawing.figures.outline import Ball, Vertex, hull
from exercises.drawing.figures.scene import Block, Scene
from exercises.drawing.figures.space import Vec, middle
from exercises.drawing.figures.svg import Piece


def flat(
    css: str, scene: Scene, points: Iterable[Vec], depth: float, *, closed: bool = True
) -> Piece:
    """A shape with corners."""
    outline = tuple(scene.camera.project(point) for point in points)
    return Piece(css, (outline,), depth, closed=closed, straight=True)


def tubes(
    css: str, scene: Scene, points: list[Vec], radius: float, depth: float | None = None
) -> list[Piece]:
    """Straight tubes from point to point, with round ends."""
    shapes = tuple(
        tuple(hull([Ball(a, radius), Ball(b, radius)], scene.camera, 16))
        for a, b in pairwise(points)
    )
    near = scene.camera.depth(middle(*points)) if depth is None else depth
    return [Piece(css, shapes, near, straight=True)]


def line(css: str, scene: Scene, points: list[Vec], depth: float | None = None) -> Piece:
    near = scene.camera.depth(middle(*points)) if depth is None else depth
    return flat(css, scene, points, near, closed=False)


def disc(
    css: str,
    scene: Scene,
    at: Vec,
    axis: Vec,
    radius: float,
    thick: float,
    depth: float | None = None,
) -> list[Piece]:
    """A round plate with a rim and a hub."""
    facing = axis if scene.camera.eye.dot(axis) > 0 else -axis
    back, front = at - facing * (thick / 2), at + facing * (thick / 2)
    near = scene.camera.depth(at) if depth is None else depth
    thickness = tuple(hull([flat_disc(p, axis, radius) for p in (back, front)], scene.camera, 24))
    pieces = [Piece(css, (thickness,), near, straight=True)]
    if scene.camera.eye.dot(facing) > 0.15:
        pieces.append(Piece(css, (circle(scene, front, axis, radius),), near))
    if scene.camera.eye.dot(facing) > 0.3:
        rings = (circle(scene, front, axis, radius * (0.78 if radius > 8 else 0.62)),)
        pieces.append(Piece("fig-rim", rings, near))
    return pieces


def circle(scene: Scene, at: Vec, axis: Vec, radius: float, steps: int = 12) -> tuple[Vertex, ...]:
    """A circle in space, seen flat."""
    across = Vec(0.31, 0.87, 0.38).across(axis) * radius
    points = space.circle(at, across, axis.cross(across), steps)
    return tuple(scene.camera.project(point) for point in points)


def flat_disc(at: Vec, axis: Vec, radius: float) -> Ball:
    """A round disc without thickness."""
    across = Vec(0.31, 0.87, 0.38).across(axis)
    return Ball(at, axes=(across * radius, axis.cross(across) * radius, axis * 0.1))


def box_faces(css: str, scene: Scene, block: Block, depth: float) -> list[Piece]:
    """A block; three faces show."""
    half = (block.half.x, block.half.y, block.half.z)
    axes = [axis * length for axis, length in zip(block.axes, half, strict=True)]
    faces = []
    for i, axis in enumerate(axes):
        out = axis if scene.camera.eye.dot(axis) > 0 else -axis
        b, c = axes[(i + 1) % 3], axes[(i + 2) % 3]
        corners = [block.at + out + b * m + c * n for m, n in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        faces.append(tuple(scene.camera.project(corner) for corner in corners))
    return [Piece(css, tuple(faces), depth, straight=True)]


def bar(scene: Scene, at: Vec, half: float) -> list[Piece]:
    """A bar in lengths, each at its own depth, under the hands that hold it."""
    hands = [(name, scene.places[f"{name}_hand"]) for name in ("left", "right")]
    held = {name: p.z for name, p in hands if abs(p.x - at.x) + abs(p.y - at.y) < 5}
    cuts = sorted(
        {-half, half, *(z + d for z in held.values() for d in (-5, 5)), *range(-60, 61, 12)}
    )
    pieces = []
    for a, b in pairwise(cuts):
        near = scene.depth(at + Vec(0, 0, (a + b) / 2))
        for name, z in held.items():
            if abs((a + b) / 2 - z) <= 5.5 and name + "_arm" in scene.drawn:
                near = min(near, scene.drawn[name + "_arm"] - 0.3)
        pieces.append(line("fig-bar", scene, [at + Vec(0, 0, a), at + Vec(0, 0, b)], near))
    return pieces
