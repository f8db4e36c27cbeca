"""What stands about: benches, frames, the parts of machines, mats and walls."""

from __future__ import annotations

from itertools import pairwise

from exercises.drawing.figures.outline import Ball, hull
from exercises.drawing.figures.scene import BEHIND, Block, Item, Prop, Scene, depth_of, layer, vec
from exercises.drawing.figures.solids import bar, box_faces, circle, disc, flat, line, tubes
from exercises.drawing.figures.space import Vec, direction
from exercises.drawing.figures.svg import Piece


def tube(item: Item, scene: Scene) -> Prop:
    """A frame's tube through ``through``, each a point or a place; ``both`` mirrors it."""
    css, radius = item.get("css", "fig-frame"), item.get("radius", 2.2)
    points = [scene.place(point) for point in item["through"]]
    lines = [points, [Vec(p.x, p.y, -p.z) for p in points]] if item.get("both") else [points]
    pieces = [p for line in lines for p in tubes(css, scene, line, radius, layer(item))]
    held = [pair for line in lines for pair in pairwise(line)] if item.get("grip") else []
    return Prop(pieces, held)


def pad(item: Item, scene: Scene) -> Prop:
    """An upholstered block: ``size`` is length, thickness, width; ``tilt`` from level."""
    size = vec(item.get("size", (40, 6, 28))) * 0.5
    block = Block(scene.point(item), size, item.get("tilt", 0))
    css = item.get("css", "fig-pad")
    return Prop(box_faces(css, scene, block, depth_of(item, scene, block.at)), blocks=[block])


def roller(item: Item, scene: Scene) -> Prop:
    """A padded roll across the body; ``half`` its half-width."""
    at, half, radius = scene.point(item), item.get("half", 17), item.get("radius", 5)
    depth = layer(item, None)
    pieces = []
    for side in item.get("sides", (1, -1)):
        inner, outer = at + Vec(0, 0, side * item.get("gap", 0)), at + Vec(0, 0, side * half)
        near = scene.camera.depth(outer) if depth is None else depth
        ends = [
            Ball(p, axes=(Vec(radius, 0, 0), Vec(0, radius, 0), Vec(0, 0, 0.1)))
            for p in (inner, outer)
        ]
        pieces.append(Piece("fig-pad", (tuple(hull(ends, scene.camera, 24)),), near))
    return Prop(pieces)


def ball(item: Item, scene: Scene) -> Prop:
    at, radius = scene.point(item), item.get("radius", 32)
    return Prop(
        [
            Piece(
                "fig-pad",
                (tuple(hull([Ball(at, radius)], scene.camera, 24)),),
                depth_of(item, scene, at),
            )
        ]
    )


def box(item: Item, scene: Scene) -> Prop:
    return pad({"css": "fig-block", **item}, scene)


def mat(item: Item, scene: Scene) -> Prop:
    start, end, half = item["from"], item["to"], item.get("half", 30)
    corners = [Vec(start, 0, -half), Vec(end, 0, -half), Vec(end, 0, half), Vec(start, 0, half)]
    return Prop([flat("fig-mat", scene, corners, BEHIND - 50)])


def stack(item: Item, scene: Scene) -> Prop:
    """A weight stack between two posts. ``at`` is the middle of its foot."""
    at, high = scene.point(item), item.get("high", 200)
    z = 13.0
    depth = layer(item) or BEHIND
    posts = [[at + Vec(0, 0, side * z), at + Vec(0, high, side * z)] for side in (1, -1)]
    pieces = [p for post in posts for p in tubes("fig-frame", scene, post, 2.0, depth)]
    pieces += tubes("fig-frame", scene, [posts[0][1], posts[1][1]], 2.4, depth)
    pieces += tubes("fig-frame", scene, [at + Vec(-14, 1.5), at + Vec(14, 1.5)], 2.0, depth)
    pieces += box_faces("fig-iron", scene, Block(at + Vec(0, 29), Vec(6, 24, 10)), depth + 0.1)
    slots = tuple(
        tuple(
            scene.camera.project(at + Vec(6 if scene.camera.eye.x > 0 else -6, y, s))
            for s in (-10, 10)
        )
        for y in range(11, 53, 6)
    )
    pieces.append(Piece("fig-rim", slots, depth + 0.2, closed=False, straight=True))
    return Prop(pieces, [(post[0], post[1]) for post in posts])


def pulley(item: Item, scene: Scene) -> Prop:
    at = scene.point(item)
    return Prop(disc("fig-iron", scene, at, Vec(0, 0, 1), item.get("radius", 5), 3, layer(item)))


def hoop(item: Item, scene: Scene) -> Prop:
    """A wheel with spokes."""
    at, radius, spokes = scene.point(item), item.get("radius", 33), item.get("spokes", 8)
    depth = layer(item)
    near = scene.camera.depth(at) if depth is None else depth
    rim = circle(scene, at, Vec(0, 0, 1), radius, 24)
    turns = [direction(360 * turn / spokes) * radius for turn in range(spokes)]
    pieces = [line("fig-cable", scene, [at, at + out], near - 0.1) for out in turns]
    return Prop([*pieces, Piece("fig-bar", (rim,), near)])


def uprights(item: Item, scene: Scene) -> Prop:
    """Two posts with hooks for a bar at ``at``; ``top`` is their height."""
    at, top, half = scene.point(item), item.get("top", 170), item.get("half", 54)
    pieces = []
    for side in (1, -1):
        z = side * half
        foot = [Vec(at.x - 24, 2, z), Vec(at.x + 24, 2, z)]
        depth = BEHIND if side == -1 or item.get("layer") == "behind" else None
        pieces += tubes("fig-frame", scene, foot, 2.2, depth)
        pieces += tubes("fig-frame", scene, [Vec(at.x, 2, z), Vec(at.x, top, z)], 2.4, depth)
    return Prop(pieces)


def bench(item: Item, scene: Scene) -> Prop:
    """A bench from ``from`` to ``to``, its top at ``top``; ``back`` tilts what is beyond ``to``."""
    start, end, top = item["from"], item["to"], item.get("top", 44)
    half, back = item.get("half", 14), item.get("back")
    blocks = [Block(Vec((start + end) / 2, top - 3), Vec(abs(end - start) / 2, 3, half))]
    feet = [start + (end - start) * t for t in (0.14, 0.86)]
    pieces: list[Piece] = []
    if back is not None:
        way = 1 if end > start else -1
        rest, prop = _backrest(Vec(end, top - 2), way, back, item.get("length", 76), half)
        blocks.append(rest)
        feet = [start + (end - start) * 0.15, end + (prop.x - end) * 0.4]
        pieces += tubes("fig-frame", scene, [Vec(end, top - 12), prop - Vec(0, 5)], 1.8, BEHIND)
    pieces += [
        piece for block in blocks for piece in box_faces("fig-pad", scene, block, BEHIND + 1)
    ]
    pieces += tubes("fig-frame", scene, [Vec(feet[0], top - 9), Vec(feet[1], top - 9)], 2, BEHIND)
    for x in feet:
        pieces += tubes("fig-frame", scene, [Vec(x, top - 8), Vec(x, 2)], 2, BEHIND)
        pieces += tubes("fig-frame", scene, [Vec(x, 2, -half), Vec(x, 2, half)], 2, BEHIND)
    return Prop(pieces, blocks=blocks)


def cross_bench(item: Item, scene: Scene) -> Prop:
    """A bench that lies across the picture; ``at`` is the middle of its top."""
    at, half = scene.point(item), item.get("half", 45)
    seat = Block(at - Vec(0, 3), Vec(15, 3, half))
    pieces = box_faces("fig-pad", scene, seat, BEHIND + 1)
    for z in (half * -0.7, half * 0.7):
        foot = Vec(at.x, 2, z)
        pieces += tubes("fig-frame", scene, [Vec(at.x, at.y - 6, z), foot], 2, BEHIND)
        pieces += tubes("fig-frame", scene, [foot - Vec(13, 0), foot + Vec(13, 0)], 2, BEHIND)
    return Prop(pieces, blocks=[seat])


def _backrest(foot: Vec, way: int, back: float, length: float, half: float) -> tuple[Block, Vec]:
    """The tilted part of a bench, and where its prop meets it."""
    along = direction(90 * way + back * way)
    middle_at = foot + along * (length / 2) - Vec(-along.y * way, along.x * way) * 3
    return Block(middle_at, Vec(length / 2, 3, half), back * way), foot + along * (length * 0.62)


def high_bar(item: Item, scene: Scene) -> Prop:
    """A pull-up bar; ``half`` its half-length. ``posts`` false leaves it hanging in the air."""
    at, half = scene.point(item), item.get("half", 56)
    pieces = bar(scene, at, half)
    if item.get("posts", True):
        for side in (1, -1):
            depth = BEHIND if side == -1 else None
            top = at + Vec(0, 0, side * half)
            pieces += tubes("fig-frame", scene, [Vec(top.x, 2, top.z), top + Vec(0, 4)], 2.4, depth)
            pieces += tubes(
                "fig-frame",
                scene,
                [Vec(top.x - 26, 2, top.z), Vec(top.x + 26, 2, top.z)],
                2.2,
                depth,
            )
    return Prop(pieces, [(at + Vec(0, 0, -half), at + Vec(0, 0, half))])


def dip_bars(item: Item, scene: Scene) -> Prop:
    """Two level bars beside the figure, at ``high``, ``wide`` from the middle."""
    at, wide = scene.point(item), item.get("wide", 26)
    pieces, grips = [], []
    for side, name in ((1, "right_arm"), (-1, "left_arm")):
        a, b = Vec(at.x - 30, at.y, side * wide), Vec(at.x + 24, at.y, side * wide)
        pieces += tubes("fig-frame", scene, [a, b], 2, scene.drawn.get(name, 0) - 0.3)
        post = [Vec(a.x, at.y, a.z), Vec(a.x, 2, a.z)]
        pieces += tubes("fig-frame", scene, post, 2.2, BEHIND if side == -1 else None)
        pieces += tubes(
            "fig-frame",
            scene,
            [Vec(a.x - 16, 2, a.z), Vec(a.x + 30, 2, a.z)],
            2.2,
            BEHIND if side == -1 else None,
        )
        grips.append((a, b))
    return Prop(pieces, grips)


def water(item: Item, scene: Scene) -> Prop:
    """A pool cut open below a swimmer, its surface at ``high``, with waves before and behind."""
    high, start, end, half = item["high"], item["from"], item["to"], item.get("half", 30)
    corners = [Vec(start, high), Vec(end, high), Vec(end, -7), Vec(start, -7)]
    pieces = [flat("fig-water", scene, corners, BEHIND - 50)]
    for z in (-half, half):
        waves = [
            Vec(x, high + (2.4 if n % 2 else 0), z) for n, x in enumerate(range(start, end, 11))
        ]
        crests = tuple(scene.camera.project(point) for point in waves)
        pieces.append(Piece("fig-wave", (crests,), BEHIND - 40 if z < 0 else 400, closed=False))
    middle_at = Vec((start + end) / 2, high, 0)
    return Prop(pieces, blocks=[Block(middle_at, Vec((end - start) / 2, 0.5, half))])


def wall(item: Item, scene: Scene) -> Prop:
    x, half = item["x"], item.get("half", 40)
    corners = [
        Vec(x, 0, -half),
        Vec(x, item.get("high", 190), -half),
        Vec(x, item.get("high", 190), half),
        Vec(x, 0, half),
    ]
    return Prop([flat("fig-mat", scene, corners, BEHIND - 50)])
