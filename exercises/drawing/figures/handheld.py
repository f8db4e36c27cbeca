"""What hands hold: free weights, and what hangs on cables."""

from __future__ import annotations

from itertools import pairwise

from exercises.drawing.figures.outline import Ball, hull
from exercises.drawing.figures.scene import (
    BEHIND,
    Block,
    Item,
    Prop,
    Scene,
    arm_of,
    axis_of,
    layer,
    vec,
)
from exercises.drawing.figures.solids import bar, box_faces, circle, disc, flat_disc, line, tubes
from exercises.drawing.figures.space import Vec, between, middle
from exercises.drawing.figures.svg import Piece

BAR_HALF = 84.0
CABLES = {"band": "fig-band", "belt": "fig-grip", "battle-rope": "fig-rope"}


PLATES_AT = 62.0


def barbell(item: Item, scene: Scene) -> Prop:
    """A bar across the body. ``plates`` is their radius, 0 for none."""
    at, radius = scene.point(item), item.get("plates", 19)
    if not radius:
        return Prop(
            bar(scene, at, BAR_HALF), [(at + Vec(0, 0, -PLATES_AT), at + Vec(0, 0, PLATES_AT))]
        )
    pieces = bar(scene, at, PLATES_AT)
    for side in (1, -1):
        pieces += _loaded(scene, at, side, radius)
    return Prop(pieces, [(at + Vec(0, 0, -PLATES_AT), at + Vec(0, 0, PLATES_AT))])


def _loaded(scene: Scene, at: Vec, side: int, radius: float) -> list[Piece]:
    """One end of a bar: a plate, and the sleeve that sticks out of it."""
    out = Vec(0, 0, side)
    plate, tip = at + out * (PLATES_AT + 2), at + out * BAR_HALF
    css, near = _iron(scene, side), scene.camera.depth(plate)
    pieces = disc(css, scene, plate, out, radius, 5, near)
    beyond = 0.1 if scene.camera.depth(out) > 0 else -0.1
    sleeve = tubes(css, scene, [plate + out * 2.5, tip], 2.0, near + beyond)
    return pieces + sleeve


def _iron(scene: Scene, side: int) -> str:
    return scene.iron(far=scene.camera.eye.z * side < -0.35)


def ez_bar(item: Item, scene: Scene) -> Prop:
    """A short bar that zigzags where the hands are."""
    at = scene.point(item)
    bend = (
        (-52, 0),
        (-27, 0),
        (-20, 2.4),
        (-11, -1.2),
        (0, 0),
        (11, -1.2),
        (20, 2.4),
        (27, 0),
        (52, 0),
    )
    points = [at + Vec(0, up, z) for z, up in bend]
    arm = min(scene.held(), default=scene.camera.depth(at)) - 0.3
    pieces = [
        line("fig-bar", scene, points[i : i + 2], min(arm, scene.camera.depth(points[i])))
        for i in range(8)
    ]
    for side in (1, -1):
        plate = at + Vec(0, 0, side * 42)
        pieces += disc(_iron(scene, side), scene, plate, Vec(0, 0, 1), item.get("plates", 14), 4)
    return Prop(pieces, [(at + Vec(0, 0, -30), at + Vec(0, 0, 30))])


def trap_bar(item: Item, scene: Scene) -> Prop:
    """A frame round the figure: a hexagon, two handles, plates on both ends."""
    at = scene.point(item)
    corners = [(0, -46), (30, -27), (30, 27), (0, 46), (-30, 27), (-30, -27), (0, -46)]
    points = [at + Vec(x, 0, z) for x, z in corners]
    pieces = [line("fig-bar", scene, [a, b]) for a, b in pairwise(points)]
    grips = []
    for side in (1, -1):
        sleeve = [at + Vec(0, 0, side * 46), at + Vec(0, 0, side * 74)]
        pieces.append(line("fig-bar", scene, sleeve))
        plate = at + Vec(0, 0, side * 62)
        pieces += disc(_iron(scene, side), scene, plate, Vec(0, 0, 1), item.get("plates", 21), 5)
        grip = (at + Vec(-21, 0, side * 33), at + Vec(21, 0, side * 33))
        grips.append(grip)
        arm = scene.drawn.get("right_arm" if side == 1 else "left_arm", 0)
        pieces.append(line("fig-bar", scene, list(grip), arm - 0.3))
    return Prop(pieces, grips)


def dumbbell(item: Item, scene: Scene) -> Prop:
    """A handle with two heads, in one hand or, on end, in both."""
    at, axis = scene.point(item), axis_of(item, "along")
    near = arm_of(item, scene)
    ends = sorted((at + axis * 10, at - axis * 10), key=scene.camera.depth)
    pieces = [line("fig-bar", scene, [at - axis * 8, at + axis * 8], near - 0.3)]
    head = item.get("size", 6.8)
    css = scene.iron(far=str(item.get("at")).replace("_hand", "_arm") in scene.far)
    for end, depth in zip(ends, (near - 0.4, near - 0.35), strict=True):
        pieces += disc(css, scene, end, axis, head, 6.5, depth)
    across = Vec(0, 0, 8)
    cupped = [(end - across, end + across) for end in ends]  # palms under a head
    return Prop(pieces, [(at - axis * 8, at + axis * 8), *cupped])


def dumbbells(item: Item, scene: Scene) -> Prop:
    """One in each hand; ``lies`` is as for the right hand, mirrored for the left."""
    axis = axis_of(item, "along")
    both = [
        dumbbell({**item, "at": f"{name}_hand", "lies": (axis.x, axis.y, axis.z * side)}, scene)
        for name, side in (("right", 1), ("left", -1))
    ]
    return Prop(
        [piece for one in both for piece in one.pieces],
        [grip for one in both for grip in one.grips],
    )


def kettlebell(item: Item, scene: Scene) -> Prop:
    """A ball with a flat foot under a handle to reach through; ``hangs`` is where from the hand."""
    at, hang = scene.point(item), vec(item.get("hangs", (0, -1, 0))).unit()
    near = arm_of(item, scene) - 0.3
    ball = near + 0.6 if _before_forearm(item, scene, at + hang * 19) else near - 0.1
    side = Vec(1, 0, 0).across(hang) if item.get("turn") == "along" else Vec(0, 0, 1)
    half = ((6.0, 12.0), (7.2, 4.5), (5.6, 0.4), (2.4, -0.6))
    bow = [at + hang * down + side * out for out, down in half]
    bow += [at + hang * down - side * out for out, down in reversed(half)]
    handle = tuple(scene.camera.project(point) for point in bow)
    foot = flat_disc(at + hang * 28, hang, 6.2)
    body = hull([Ball(at + hang * 19, 10.4), foot], scene.camera)
    shine = tuple(scene.camera.project(at + hang * 19 + way) for way in _shine(scene, hang))
    return Prop(
        [
            Piece("fig-handle", (handle,), near - 0.2, closed=False),
            Piece("fig-iron", (tuple(body),), ball),
            Piece("fig-rim", (shine,), ball + 0.05, closed=False),
        ],
        [(at - side * 4, at + side * 4)],
    )


def _before_forearm(item: Item, scene: Scene, point: Vec) -> bool:
    """Whether a point is nearer to the eye than the forearm of the hand that holds an item."""
    hand = str(item.get("at", "hands"))
    forearm = between(scene.places[hand], scene.places[hand.replace("hand", "elbow")], 0.5)
    return scene.camera.depth(point) > scene.camera.depth(forearm)


def _shine(scene: Scene, hang: Vec) -> list[Vec]:
    """An arc of light on the upper left of a ball, as it is seen."""
    up = (-hang).across(scene.camera.eye)
    return [up.turned(scene.camera.eye, turn) * 7.2 for turn in (20, 45, 70)]


def plate(item: Item, scene: Scene) -> Prop:
    """A weight plate, hung up or held by its rim."""
    at, axis, radius = scene.point(item), axis_of(item, "across"), item.get("radius", 17)
    rim = Vec(0, 1, 0).cross(axis).unit() * radius
    css = _iron(scene, 1 if at.z > 0 else -1) if abs(at.z) > 20 else "fig-iron"
    pieces = disc(css, scene, at, axis, radius, item.get("thick", 4), layer(item, None))
    return Prop(pieces, [(at - rim, at + rim)])


def wheel(item: Item, scene: Scene) -> Prop:
    at = scene.point(item)
    pieces = bar(scene, at, 16)
    pieces += disc("fig-iron", scene, at, Vec(0, 0, 1), item.get("radius", 9), 4)
    return Prop(pieces, [(at + Vec(0, 0, -16), at + Vec(0, 0, 16))])


def cable(item: Item, scene: Scene) -> Prop:
    """A wire, a rope, a band or a belt from a point, through ``via``, to a place."""
    points = [
        scene.place(point)
        for point in (item["from"], *item.get("via", ()), item.get("to", "hands"))
    ]
    is_held = item["kind"] in ("band", "battle-rope")
    css = CABLES.get(item["kind"], "fig-cable")
    grips = [(points[0], points[1]), (points[-1], points[-1])] if is_held else []
    depth = layer(item, None)
    if depth is not None:
        return Prop([line(css, scene, points, depth)], grips)
    steps = [between(a, b, i / 8) for a, b in pairwise(points) for i in range(8)] + [points[-1]]
    lengths = [
        line(css, scene, [a, b], scene.depth(between(a, b, 0.5))) for a, b in pairwise(steps)
    ]
    return Prop(lengths, grips)


def handle(item: Item, scene: Scene) -> Prop:
    """A stirrup for one hand, drawn from the cable's end to its grip."""
    at, axis = scene.point(item), axis_of(item, "up")
    away = (scene.place(item["from"]) - at).unit() if "from" in item else Vec(0, 1)
    near = arm_of(item, scene) - 0.3
    points = [at + axis * 6, at - axis * 6, at + away * 12, at + axis * 6]
    return Prop([line("fig-grip", scene, points, near)], [(at - axis * 5, at + axis * 5)])


def bar_handle(item: Item, scene: Scene) -> Prop:
    """A bar at the end of a cable; ``half`` its length, ``drop`` how far its ends hang."""
    at, half, drop = scene.point(item), item.get("half", 26), item.get("drop", 0)
    flat = half * 0.62 if drop else half
    pieces = bar(scene, at, flat)
    if drop:
        for side in (1, -1):
            pieces.append(
                line(
                    "fig-bar", scene, [at + Vec(0, 0, side * flat), at + Vec(0, -drop, side * half)]
                )
            )
    return Prop(
        pieces,
        [
            (at + Vec(0, 0, -flat), at + Vec(0, 0, flat)),
            *[(at + Vec(0, 0, side * flat), at + Vec(0, -drop, side * half)) for side in (1, -1)],
        ],
    )


def v_handle(item: Item, scene: Scene) -> Prop:
    """Two parallel grips that meet at the cable, or under a bar."""
    right, left = scene.places["right_hand"], scene.places["left_hand"]
    tip = middle(right, left) + vec(item.get("tip", (8, 0, 0)))
    axis = axis_of(item, "up")
    near = min(scene.held(), default=0.0) - 0.3
    pieces = [
        line("fig-grip", scene, [hand + axis * 5, hand - axis * 5], arm - 0.3)
        for hand, arm in (
            (right, scene.drawn.get("right_arm", 0)),
            (left, scene.drawn.get("left_arm", 0)),
        )
    ]
    pieces += [
        line("fig-grip", scene, [hand + axis * s, tip], near)
        for hand in (right, left)
        for s in (5, -5)
    ]
    return Prop(pieces, [(hand - axis * 5, hand + axis * 5) for hand in (right, left)])


def rope(item: Item, scene: Scene) -> Prop:
    """Two ends with knobs, one in each hand, from the cable's end."""
    tip = scene.place(item["from"])
    ends = [scene.places["right_hand"], scene.places["left_hand"]]
    knot = middle(*ends) + (tip - middle(*ends)).unit() * item.get("length", 20)
    pieces = []
    for end, arm in zip(
        ends, (scene.drawn.get("right_arm", 0), scene.drawn.get("left_arm", 0)), strict=True
    ):
        past = end + (end - knot).unit() * 7
        pieces.append(line("fig-rope", scene, [knot, past], arm - 0.3))
        pieces += tubes(
            "fig-iron", scene, [past, past + (past - knot).unit() * 1.5], 2.4, arm + 0.3
        )
    pieces.append(
        line(
            "fig-cable",
            scene,
            [tip, knot],
            layer(item, min(scene.held(), default=0.0) - 0.4),
        )
    )
    return Prop(pieces, [(end, end) for end in ends])


def strap_handles(item: Item, scene: Scene) -> Prop:
    """Straps from an anchor to a handle in each hand, or to a ring of so large a ``ring``.

    ``apart`` is how far from the middle each strap has an anchor of its own.
    """
    top, ring, apart = scene.place(item["from"]), item.get("ring"), item.get("apart", 0)
    pieces, grips = [], []
    for name, side in (("right", 1), ("left", -1)):
        at, near = scene.places[f"{name}_hand"], scene.drawn.get(f"{name}_arm", 0) - 0.3
        end, anchor = at, top + Vec(0, 0, apart * side)
        if ring:
            end = at + (anchor - at).unit() * (2 * ring)
            hoop = circle(scene, between(at, end, 0.5), Vec(0, 0, 1), ring, 16)
            pieces.append(Piece("fig-rope", (hoop,), near))
        else:
            pieces.append(line("fig-bar", scene, [at - Vec(0, 0, 6), at + Vec(0, 0, 6)], near))
        pieces.append(line("fig-band", scene, [anchor, end], near - 0.1))
        grips.append((at, at))
    return Prop(pieces, grips)


def rod(item: Item, scene: Scene) -> Prop:
    """A bar from a pivot to a place on the figure, with plates near its loaded end."""
    a, b = scene.place(item["from"]), scene.place(item["to"])
    axis = (b - a).unit()
    tip = b + axis * item.get("past", 6)
    arm = min(scene.held(), default=0.0)
    near = layer(item, arm - 0.3)
    pieces = [line("fig-bar", scene, [a, tip], near)]
    if "plates" in item:
        at = b + axis * item.get("plates_at", -14)
        pieces += disc(
            "fig-iron", scene, at, axis, item["plates"], 4, None if near is None else near + 0.1
        )
    pieces += box_faces("fig-iron", scene, Block(Vec(a.x, 3, a.z), Vec(9, 3, 8)), BEHIND)
    return Prop(pieces, [(between(a, b, 0.5), tip)])
