"""The figure as pieces to draw: skin and ink, a head with hair, and the colour of what works."""

from __future__ import annotations

from functools import partial

from exercises.drawing.figures import body as flesh
from exercises.drawing.figures import limb_outlines, muscles
from exercises.drawing.figures.outline import Area, Vertex, dense, hull, sweep, turned_one_way
from exercises.drawing.figures.skeleton import SIDES, Skeleton
from exercises.drawing.figures.space import Camera, Frame, Vec, middle
from exercises.drawing.figures.svg import Piece
from exercises.drawing.figures.tints import SeenFigure, tints

FEW = 14  # points round a part whose outline is mostly covered


def mannequin(view: SeenFigure) -> list[Piece]:
    """The figure's pieces, in no order."""
    body, camera = view.body, view.camera
    depth = camera.depth(body.along(25).at)
    core = _core(body, camera)
    pieces = [
        Piece("fig-skin", tuple(map(tuple, core)), depth),
        _shorts(body, camera, depth + 0.05),
    ]
    areas = [Area.of(dense(outline)) for outline in core]
    skin = muscles.Skin(areas)
    for side in SIDES:
        parts = ["trunk", "neck"]
        if limb_outlines.place(body, body.legs[side], camera).behind:
            parts.append("buttock")  # a thigh in front of the trunk brings its own
        pieces += tints(view, side, parts, depth + 0.1, skin)
    pieces += _creases(body, camera, depth + 0.15)
    pieces += _head_lines(body, camera, depth + 0.2)
    for side, limb in limb_outlines.both(body):
        pieces += limb_outlines.pieces(view, side, limb, areas)
    return pieces


def _core(body: Skeleton, camera: Camera) -> list[list[Vertex]]:
    """Head, trunk, and what joins it to the limbs."""
    shapes = [sweep(flesh.trunk(body), camera), sweep(flesh.neck(body), camera)]
    shapes += [hull(flesh.head(body), camera), hull(flesh.nose(body), camera)]
    for arm in body.arms.values():
        far = limb_outlines.place(body, arm, camera).far
        yoke = flesh.yoke(body, arm, 7.1 if far else 5.8)  # covers a far shoulder's line
        shapes += [hull(flesh.armpit(body, arm), camera, FEW), sweep(yoke, camera)]
    for leg in body.legs.values():
        shapes.append(hull(flesh.buttock(body, leg), camera, FEW))
    return shapes


def _shorts(body: Skeleton, camera: Camera, depth: float) -> Piece:
    """What shorts cover of the trunk; each thigh brings its own leg of them."""
    shapes = [sweep(flesh.shorts(body), camera)]
    shapes += [hull(flesh.buttock(body, leg), camera, FEW) for leg in body.legs.values()]
    return Piece("fig-cloth", tuple(map(tuple, shapes)), depth)


def _creases(body: Skeleton, camera: Camera, depth: float) -> list[Piece]:
    """The furrow of the spine, and the line down the belly, where they can be seen."""
    lines = []
    for angle, start, end in ((180, 6, 52), (0, 8, 40)):
        rows = [(at, angle - 3, angle + 3) for at in range(start, end, 8)]
        patch = muscles.seen(rows, partial(flesh.trunk_ring, body), 1, camera)
        if patch and len(patch.outline) > 7:
            lines.append(tuple(patch.outline[: len(patch.outline) // 2]))
    return [Piece("fig-crease", tuple(lines), depth, closed=False)] if lines else []


# Planes through the skull: from the hairline back, and behind the ears to the nape.
HAIR = (((-0.555, 0.832, 0.0), -0.056), ((-1.0, 0.12, 0.0), 0.3))


def _head_lines(body: Skeleton, camera: Camera, depth: float) -> list[Piece]:
    at = body.head
    deep, high, wide = flesh.SKULL_AXES
    axes = (at.front * (deep + 0.2), at.up * (high + 0.2), at.right * (wide + 0.2))
    caps = [muscles.cap(at.point(*flesh.SKULL), axes, *plane, camera) for plane in HAIR]
    pieces = [Piece("fig-hair", tuple(tuple(turned_one_way(c)) for c in caps if c), depth)]
    if camera.eye.dot(at.front) > 0.2:
        pieces.append(_face(at, camera, depth + 0.1))
    for side in (1, -1):
        if camera.eye.dot(at.right) * side > 0.3:
            ear = [
                at.point(f - 1.6, u, side * 7.4)
                for f, u in ((0.8, 9.2), (-1.4, 9.6), (-1.8, 6.6), (-0.2, 4.8))
            ]
            pieces.append(
                Piece(
                    "fig-ink", (tuple(camera.project(p) for p in ear),), depth + 0.1, closed=False
                )
            )
    return pieces


FEATURES = (
    ((9.5, 9.4, 1.0), (11.0, 6.2, 0.9), (10.8, 5.2, -0.7)),  # the nose
    ((8.9, 9.3, 2.2), (8.2, 9.4, 4.4)),  # an eye
    ((8.9, 9.3, -2.2), (8.2, 9.4, -4.4)),
    ((9.2, 2.0, 1.6), (9.5, 1.9, 0.0), (9.2, 2.0, -1.6)),  # the mouth
)


def _face(at: Frame, camera: Camera, depth: float) -> Piece:
    """A hint of a face, where it can be seen."""
    lines = [[at.point(*point) for point in line] for line in FEATURES]
    shown = [line for line in lines if _faces(at, middle(*line), camera)]
    drawn = tuple(tuple(camera.project(point) for point in line) for line in shown)
    return Piece("fig-crease", drawn, depth, closed=False)


def _faces(at: Frame, point: Vec, camera: Camera) -> bool:
    outwards = (point - at.point(0, 6)).unit()
    return camera.eye.dot(outwards) > 0.25
