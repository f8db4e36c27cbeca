"""The colour of muscles that work, where they can be seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from exercises.drawing.figures import body as flesh
from exercises.drawing.figures import muscles
from exercises.drawing.figures.outline import Vertex
from exercises.drawing.figures.skeleton import SIDES, Skeleton
from exercises.drawing.figures.space import Camera
from exercises.drawing.figures.svg import Piece


@dataclass(frozen=True)
class SeenFigure:
    """A figure as it is seen; ``roles`` says which muscles are primary and secondary."""

    body: Skeleton
    camera: Camera
    roles: Mapping[str, str]
    is_still: bool = False  # small, so that lines of far limbs would be lost


def tints(
    view: SeenFigure,
    side: str,
    parts: Collection[str],
    depth: float,
    skin: muscles.Skin,
    *,
    far: bool = False,
) -> list[Piece]:
    """The muscles on these parts of one side: secondary ones, primary ones, and their fibres."""
    shapes: dict[str, list[tuple[Vertex, ...]]] = {"secondary": [], "primary": []}
    fibres: list[tuple[Vertex, ...]] = []
    for muscle, role in view.roles.items():
        for shape in muscles.SHAPES.get(muscle, ()):
            patch = _patch(view, shape, side, skin) if shape.part in parts else None
            if patch:
                shapes[role].append(tuple(patch.outline))
                fibres += [tuple(line) for line in patch.fibres if role == "primary"]
    tone = " fig-far" if far else ""
    pieces = [
        Piece(f"fig-{role}{tone}", tuple(found), depth) for role, found in shapes.items() if found
    ]
    return pieces + ([Piece("fig-fibre", tuple(fibres), depth, closed=False)] if fibres else [])


def _patch(
    view: SeenFigure, shape: muscles.Shape | muscles.Fan, side: str, skin: muscles.Skin
) -> muscles.Patch | None:
    if isinstance(shape, muscles.Fan):
        return _fan(view, shape, side, skin)
    # The trunk's slices are shared by both sides; those of a limb already point outwards.
    mirrored = SIDES[side] if shape.part in ("trunk", "neck") else 1
    slices = _slices(view.body, shape.part, side)
    return muscles.seen(shape.rows, slices, mirrored, view.camera, skin)


def _fan(
    view: SeenFigure, shape: muscles.Fan, side: str, skin: muscles.Skin
) -> muscles.Patch | None:
    low, high = shape.ends
    last = len(shape.origins) - 1
    strands = [
        flesh.strand(view.body, view.body.arms[side], origin, low + (high - low) * i / last)
        for i, origin in enumerate(shape.origins)
    ]
    chest = view.body.along(44)
    middle = chest.point(0, 0, SIDES[side] * 8.0)
    return muscles.fan(strands, middle, view.camera, skin)


def _slices(body: Skeleton, part: str, side: str) -> Callable[[float], flesh.Ring]:
    """The slices along a part of the body."""
    arm, leg = body.arms[side], body.legs[side]
    if part == "trunk":
        return partial(flesh.trunk_ring, body)
    if part == "neck":
        return partial(flesh.neck_ring, body)
    if part == "buttock":
        return partial(flesh.buttock_ring, body, leg)
    if part == "deltoid":
        return partial(flesh.deltoid_ring, body, arm)
    start, end, front, profile = {
        "upper_arm": (arm.shoulder, arm.elbow, arm.flexor, flesh.UPPER_ARM),
        "forearm": (arm.elbow, arm.wrist, flesh.forearm_front(arm), flesh.FOREARM),
        "thigh": (leg.hip, leg.knee, leg.front, flesh.THIGH),
        "shin": (leg.knee, leg.ankle, leg.front, flesh.SHIN),
    }[part]
    return partial(flesh.limb_ring, start, end, front, SIDES[side], profile)
