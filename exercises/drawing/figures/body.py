"""Flesh on a skeleton: rows of balls along every bone, thick and thin as a body is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

from exercises.drawing.figures.outline import Ball
from exercises.drawing.figures.skeleton import ANKLE, BALL, Arm, Leg, Skeleton
from exercises.drawing.figures.space import Frame, Vec, between, moved

# Along a bone from 0 to 1: thickness, and how far it swells to the front (or closing) side.
UPPER_ARM = (
    (0.0, 6.6, -0.2),
    (0.14, 6.5, 0.0),
    (0.34, 5.5, 0.3),
    (0.58, 5.15, 0.5),
    (0.82, 4.4, 0.1),
    (1.0, 4.1, 0.0),
)
FOREARM = (
    (0.0, 4.1, 0.0),
    (0.16, 4.8, 0.2),
    (0.34, 4.6, 0.1),
    (0.62, 3.5, 0.0),
    (0.88, 2.7, 0.0),
    (1.0, 2.6, 0.0),
)
THIGH = (
    (0.0, 9.6, 0.0),
    (0.16, 9.6, 0.3),
    (0.36, 9.0, 0.9),
    (0.6, 7.8, 1.0),
    (0.84, 6.2, 0.4),
    (1.0, 5.6, 0.4),
)
SHIN = (
    (0.0, 5.5, 0.5),
    (0.12, 5.4, -0.4),
    (0.29, 6.1, -1.8),
    (0.48, 5.3, -1.5),
    (0.74, 3.7, -0.5),
    (1.0, 3.2, 0.0),
)

# Up the spine from the hip joints: half width, half depth, and how far the middle lies in front.
TRUNK = (
    (-6.0, 15.4, 9.6, -2.6),
    (0.0, 17.0, 11.0, -2.2),
    (6.0, 16.2, 10.6, -0.8),
    (13.0, 14.6, 9.3, 0.8),
    (20.0, 13.6, 8.8, 1.4),
    (28.0, 14.6, 9.9, 0.8),
    (36.0, 16.3, 11.2, 0.0),
    (43.0, 17.2, 11.1, -0.4),
    (49.0, 16.0, 9.2, -1.4),
    (54.0, 10.2, 7.0, -2.2),
    (58.0, 6.2, 6.0, -1.4),
)
NECK = ((-2.0, 6.4, -0.8), (3.0, 5.6, 0.0), (7.5, 5.4, 0.5), (12.0, 5.4, 1.2))
# The skull from the joint of the neck: its middle (front, up) and its half-axes (front, up, right).
SKULL = (-0.6, 11.8)
SKULL_AXES = (10.2, 9.9, 7.8)


@dataclass(frozen=True, slots=True)
class Ring:
    """A slice across a part of the body, to draw muscles on: half-axes to the front and right."""

    at: Vec
    front: Vec
    right: Vec


def swollen(
    start: Vec, end: Vec, front: Vec, profile: Sequence[tuple[float, float, float]]
) -> list[Ball]:
    lean = front.across((end - start).unit())
    return [
        Ball(moved(between(start, end, t), lean, swell), radius) for t, radius, swell in profile
    ]


def limb_ring(
    start: Vec,
    end: Vec,
    front: Vec,
    out: int,
    profile: Sequence[tuple[float, float, float]],
    t: float,
) -> Ring:
    """The slice of a limb at ``t``; its right-hand axis is the outer side of either limb."""
    axis = (end - start).unit()
    lean = front.across(axis)
    radius, swell = _at(profile, t)
    outer = axis.cross(lean) * out
    return Ring(moved(between(start, end, t), lean, swell), lean * radius, outer * radius)


def forearm_front(arm: Arm) -> Vec:
    """Where the palm's side of the forearm faces: pronation turns it inwards."""
    return arm.flexor.turned((arm.wrist - arm.elbow).unit(), -arm.pronation * arm.side)


def _at(profile: Sequence[tuple[float, ...]], t: float) -> tuple[float, ...]:
    """The profile's values at ``t``, in a straight line between its entries."""
    for low, high in pairwise(profile):
        if t <= high[0]:
            share = (t - low[0]) / (high[0] - low[0])
            return tuple(a + (b - a) * share for a, b in zip(low[1:], high[1:], strict=True))
    return tuple(profile[-1][1:])


def deltoid_ring(body: Skeleton, arm: Arm, t: float) -> Ring:
    """A slice of the upper arm that does not turn with it, as the deltoid does not.

    Its front faces forward while the arm hangs or is raised overhead, and up while it reaches out.
    """
    chest, axis = body.along(45), (arm.elbow - arm.shoulder).unit()
    front = chest.front + chest.up * axis.dot(chest.front)
    return limb_ring(arm.shoulder, arm.elbow, front, arm.side, UPPER_ARM, t)


def trunk(body: Skeleton) -> list[Ball]:
    balls = []
    for at, wide, deep, front in TRUNK:
        frame = body.along(at)
        axes = (frame.right * wide, frame.front * deep, frame.up * min(deep, 7.0))
        balls.append(Ball(frame.point(front, 0), axes=axes))
    return balls


WAIST = 10.0  # where shorts end, above the hip joints
HEM = 0.45  # and how far down the thigh


def shorts(body: Skeleton) -> list[Ball]:
    """The part of the trunk that shorts cover; its top is cut level."""
    at, (wide, deep, front) = body.along(WAIST), _at(TRUNK, WAIST)
    axes = (at.right * wide, at.front * deep, at.up * 0.3)
    low = sum(row[0] < WAIST - 2 for row in TRUNK)
    return [*trunk(body)[:low], Ball(at.point(front, 0), axes=axes)]


def shorts_leg(leg: Leg) -> list[Ball]:
    """The part of a thigh that shorts cover, a little looser; its hem is cut across."""
    loose = [(at, radius + 0.3, swell) for at, radius, swell in THIGH if at < HEM]
    radius, swell = _at(THIGH, HEM)
    axis = (leg.knee - leg.hip).unit()
    lean = leg.front.across(axis)
    wide = radius + 0.3
    end = moved(between(leg.hip, leg.knee, HEM), lean, swell)
    hem = Ball(end, axes=(lean * wide, axis.cross(lean) * wide, axis * 0.3))
    return [*swollen(leg.hip, leg.knee, leg.front, loose), hem]


def strand(
    body: Skeleton, arm: Arm, origin: tuple[float, float], end: float
) -> list[tuple[Vec, Vec]]:
    """Points of a fibre from the chest to the upper arm, each with the way out of the body."""
    at, angle = origin
    ring = trunk_ring(body, at)
    start = on_ring(ring, angle, arm.side)
    curve = on_ring(trunk_ring(body, at + (44 - at) * 0.3), 72, arm.side, 1.04)
    hold = deltoid_ring(body, arm, end)
    stop = moved(hold.at, hold.front, 0.8)
    fold = moved(hold.front.unit(), ring.right.unit(), arm.side * 0.8).unit()
    found = []
    for step in range(6):
        t = step / 5
        point = between(between(start, curve, t), between(curve, stop, t), t)
        out = between((start - ring.at).unit(), (curve - ring.at).unit(), t)
        found.append((point, between(out, fold, t * t).unit()))
    return found


def on_ring(ring: Ring, angle: float, side: int, size: float = 0.95) -> Vec:
    """A point of a slice, by its angle from the front to the outer side."""
    a = radians(angle)
    return moved(ring.at, ring.front, cos(a) * size, ring.right, sin(a) * side * size)


def trunk_ring(body: Skeleton, at: float) -> Ring:
    wide, deep, front = _at(TRUNK, at)
    frame = body.along(at)
    return Ring(frame.point(front, 0), frame.front * deep, frame.right * wide)


def neck(body: Skeleton) -> list[Ball]:
    return [Ball(body.neck.point(front, at), radius) for at, radius, front in NECK]


def neck_ring(body: Skeleton, t: float) -> Ring:
    radius, front = _at(NECK, t * 11)
    return Ring(body.neck.point(front, t * 11), body.neck.front * radius, body.neck.right * radius)


def head(body: Skeleton) -> list[Ball]:
    """Skull, face, jaw and chin: a tight skin over them is the head without its nose."""
    at = body.head
    deep, high, wide = SKULL_AXES
    return [
        Ball(at.point(*SKULL), axes=(at.front * deep, at.up * high, at.right * wide)),
        Ball(at.point(4.4, 5.4), axes=(at.front * 5.2, at.up * 5.0, at.right * 6.0)),
        Ball(at.point(-1.6, 2.4, 4.2), 2.4),
        Ball(at.point(-1.6, 2.4, -4.2), 2.4),
        Ball(at.point(7.6, -0.2), axes=(at.front * 2.2, at.up * 2.2, at.right * 3.0)),
    ]


def nose(body: Skeleton) -> list[Ball]:
    at = body.head
    return [
        Ball(at.point(8.9, 9.6), 1.0),
        Ball(at.point(10.9, 5.5), 1.1),
        Ball(at.point(8.8, 4.4), 1.3),
    ]


def armpit(body: Skeleton, arm: Arm) -> list[Ball]:
    """What joins chest and arm: the folds of pectoral and latissimus."""
    chest = body.along(43)
    return [
        Ball(chest.point(-0.5, -2, arm.side * 9.5), 8.0),
        Ball(between(arm.shoulder, arm.elbow, 0.05), 6.0),
        Ball(between(arm.shoulder, arm.elbow, 0.3), 4.6),
    ]


def yoke(body: Skeleton, arm: Arm, end: float) -> list[Ball]:
    """What joins neck and shoulder: the slope of the trapezius."""
    return [
        Ball(body.along(54).point(-2.0, 1.5, arm.side * 4), 5.2),
        Ball(between(body.along(54).at, arm.shoulder, 0.62) + body.along(50).up * 0.6, 5.0),
        Ball(arm.shoulder - arm.flexor * 0.2, end),
    ]


def buttock(body: Skeleton, leg: Leg) -> list[Ball]:
    pelvis: Frame = body.pelvis
    thigh = (leg.knee - leg.hip).unit()
    behind = -(leg.front.across(thigh))
    return [
        Ball(pelvis.point(-3.0, 3, leg.side * 7.6), 8.3),
        Ball(pelvis.point(-3.9, -2.0, leg.side * 7.8), 8.6),
        Ball(between(leg.hip, leg.knee, 0.24) + behind * 0.6, 8.2),
    ]


def buttock_ring(body: Skeleton, leg: Leg, t: float) -> Ring:
    """A slice of the buttock, from the crest of the hip (0) to the thigh (1), on a smooth curve."""
    thigh = (leg.knee - leg.hip).unit()
    top = body.pelvis.point(-2.2, 9, leg.side * 7.2)
    low = body.pelvis.point(-4.2, -1.5, leg.side * 7.9)
    end = between(leg.hip, leg.knee, 0.3) - leg.front.across(thigh) * 1.0
    bend = low * 2 - between(top, end, 0.5)  # so that the curve's middle lies at ``low``
    at = between(between(top, bend, t), between(bend, end, t), t)
    axis = between(bend - top, end - bend, t).unit()
    front = between(body.pelvis.front, leg.front, t).across(axis)
    return Ring(at, front * 8.6, axis.cross(front) * (leg.side * 8.6))


def fist(arm: Arm) -> list[Ball]:
    side = arm.flexor.across(arm.points)
    start = arm.wrist + arm.points * 1.5
    return [
        Ball(arm.wrist, 2.5),
        Ball(start + arm.points * 2.6, 3.7),
        Ball(arm.wrist + arm.points * 6.6 - side * 0.4, 4.0),
    ]


def flat_hand(arm: Arm) -> list[Ball]:
    at = arm.wrist
    down = (arm.wrist - arm.elbow).unit().across(arm.points)
    return [
        Ball(at, 2.6),
        Ball(at + arm.points * 4 + down * 0.6, 2.2),
        Ball(at + arm.points * 9 + down * 1.2, 1.6),
        Ball(at + arm.points * 15 + down * 1.6, 1.1),
    ]


def open_hand(arm: Arm) -> list[Ball]:
    return [
        Ball(arm.wrist, 2.5),
        Ball(arm.wrist + arm.points * 5, 3.5),
        Ball(arm.wrist + arm.points * 9, 3.2),
        Ball(arm.wrist + arm.points * 14 + arm.flexor.across(arm.points) * 1.5, 2.0),
        Ball(arm.wrist + arm.points * 17 + arm.flexor.across(arm.points) * 2.8, 1.3),
    ]


HANDS = {"fist": fist, "flat": flat_hand, "open": open_hand}


def foot(leg: Leg) -> tuple[list[Ball], list[Ball]]:
    """Heel to ball, and ball to toes: toes stay flat while the heel is up."""
    ankle, toes, sole = leg.ankle, leg.toes, leg.sole
    ball = Ball(leg.ball, 2.6)
    heel = [
        Ball(ankle, 3.3),
        Ball(ankle - toes * 3.6 + sole * (ANKLE - 3.4), 3.4),
        Ball(ankle + toes * 4.5 + sole * 2.6, 3.2),
        ball,
    ]
    ahead, down = toes, sole
    if leg.toe_bend:
        hinge = toes.cross(sole)
        ahead = toes.turned(hinge, -leg.toe_bend)
        down = sole.turned(hinge, -leg.toe_bend)
    tip = Ball(leg.ball + ahead * (18.5 - BALL) + down * 0.8, 1.8)
    return heel, [ball, tip]
