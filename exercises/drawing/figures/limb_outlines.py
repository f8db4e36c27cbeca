"""Arms and legs: which is in front of what, and lines that flow into the trunk.

A limb is filled without an outline and inked afterwards, with its line left out where it joins the
trunk and where its own parts join; so shoulders, hips, elbows and knees have no seams.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Self

from exercises.drawing.figures import body as flesh
from exercises.drawing.figures import muscles
from exercises.drawing.figures.outline import (
    Area,
    Ball,
    Vertex,
    dense,
    hull,
    is_longer,
    runs_outside,
    sweep,
)
from exercises.drawing.figures.skeleton import SIDES, Arm, Leg, Skeleton
from exercises.drawing.figures.space import Camera, Vec, distance_2d, middle
from exercises.drawing.figures.svg import Piece
from exercises.drawing.figures.tints import SeenFigure, tints

# How far from a joint lines are left out: where a limb joins the trunk, and at elbow and knee.
ROOT_FADE = {Arm: 13.0, Leg: 19.0}
JOINT_FADE = {Arm: 6.5, Leg: 9.5}
EVERYWHERE = 999.0
BENT = 0.3  # the tangent of the angle from which a line counts as turning


@dataclass(frozen=True, slots=True)
class LimbPlace:
    """Where a limb is drawn."""

    depth: float
    far: bool  # on the side away from the eye
    behind: bool  # the trunk covers its joint


@dataclass(frozen=True, slots=True)
class Segment:
    """The upper or the lower half of a limb."""

    parts: tuple[str, ...]
    shapes: tuple[tuple[Vertex, ...], ...]
    depth: float

    @property
    def is_upper(self) -> bool:
        return self.parts[0] in ("upper_arm", "thigh")


@dataclass(frozen=True, slots=True)
class Cover:
    """Areas that hide lines less than ``fade`` from a point."""

    areas: list[Area]
    at: Vertex
    fade: float = EVERYWHERE

    def over(self, area: Area) -> Self:
        """The same with those alone that can hide some of an area's outline."""
        (x, y), fade = self.at, self.fade
        left, right = max(area.left, x - fade), min(area.right, x + fade)
        top, bottom = max(area.top, y - fade), min(area.bottom, y + fade)
        near = [one for one in self.areas if one.meets(left, top, right, bottom)]
        return replace(self, areas=near)

    def hides(self, points: Sequence[Vertex]) -> list[bool]:
        """Of each point, whether it is hidden."""
        found = _any([area.holds(points) for area in self.areas])
        if self.fade == EVERYWHERE:
            return found
        return [
            hidden and distance_2d(point, self.at) < self.fade
            for hidden, point in zip(found, points, strict=True)
        ]


def _any(answers: Sequence[list[bool]]) -> list[bool]:
    return answers[0] if len(answers) == 1 else [any(each) for each in zip(*answers, strict=True)]


def depths(body: Skeleton, camera: Camera) -> dict[str, float]:
    """How near each limb and the trunk are drawn."""
    found = {f"{name}_arm": place(body, arm, camera).depth for name, arm in body.arms.items()}
    found |= {f"{name}_leg": place(body, leg, camera).depth for name, leg in body.legs.items()}
    return found | {"trunk": camera.depth(body.along(25).at)}


def far(body: Skeleton, camera: Camera) -> list[str]:
    """The arms on the side away from the eye."""
    return [f"{name}_arm" for name, arm in body.arms.items() if place(body, arm, camera).far]


def place(body: Skeleton, limb: Arm | Leg, camera: Camera) -> LimbPlace:
    """Behind the trunk or in front of it, and there by the depth of its lower half."""
    root, mid, end = _joints(limb)
    trunk = camera.depth(body.along(25).at)
    level = camera.depth(body.along(48 if isinstance(limb, Arm) else 0).at)
    far = camera.depth(root) < level - 7
    near = isinstance(limb, Arm) and camera.depth(root) > level + 6
    behind = far or (not near and _reaches_away(limb, camera))
    depth = (camera.depth(mid) + camera.depth(end)) / 2
    return LimbPlace(min(depth, trunk - 1) if behind else max(depth, trunk + 1), far, behind)


def _joints(limb: Arm | Leg) -> tuple[Vec, Vec, Vec]:
    if isinstance(limb, Arm):
        return limb.shoulder, limb.elbow, limb.wrist
    return limb.hip, limb.knee, limb.ankle


def _reaches_away(limb: Arm | Leg, camera: Camera) -> bool:
    root, mid, end = (camera.depth(joint) for joint in _joints(limb))
    return root - mid > 22 or (isinstance(limb, Arm) and 2 * root - mid - end > 34)


def pieces(view: SeenFigure, name: str, limb: Arm | Leg, trunk: list[Area]) -> list[Piece]:
    """A limb's halves, the farther one first, each with its muscles; then the lines of both."""
    at = place(view.body, limb, view.camera)
    tone = " fig-far" if at.far else ""
    segments = sorted(_segments(view, limb), key=lambda segment: segment.depth)
    found = []
    for step, segment in enumerate(segments):
        depth = at.depth + step * 0.02
        parts = [part for part in segment.parts if not (at.behind and part == "buttock")]
        found.append(Piece(f"fig-fill{tone}", segment.shapes, depth))
        if isinstance(limb, Leg) and segment.is_upper:
            leg = tuple(sweep(flesh.shorts_leg(limb), view.camera))
            found.append(Piece(f"fig-cloth{tone}", (leg,), depth + 0.005))
        skin = muscles.Skin([*map(Area.of, map(dense, segment.shapes)), *trunk])
        found += tints(view, name, parts, depth + 0.01, skin, far=at.far)
    if isinstance(limb, Arm) and limb.hand == "fist":
        found.append(_fingers(limb, view.camera, at.depth + 0.05))
    if at.far and view.is_still:
        return found
    lines = _ink(segments, limb, view.camera, [] if at.behind else trunk)
    return [*found, Piece(f"fig-ink{tone}", lines, at.depth + 0.05, closed=False)]


def _segments(view: SeenFigure, limb: Arm | Leg) -> list[Segment]:
    """The upper half, and the lower one with hand or foot. A thigh colours its buttock too."""
    root, mid, end = _joints(limb)
    if isinstance(limb, Arm):
        upper = [flesh.swollen(root, mid, limb.flexor, flesh.UPPER_ARM)]
        lower = [flesh.swollen(mid, end, limb.flexor, flesh.FOREARM), flesh.HANDS[limb.hand](limb)]
        return [
            _segment(view, ("upper_arm", "deltoid"), upper, middle(root, mid)),
            _segment(view, ("forearm",), lower, middle(mid, end)),
        ]
    heel, toes = flesh.foot(limb)
    shin = _segment(
        view, ("shin",), [flesh.swollen(mid, end, limb.front, flesh.SHIN)], middle(mid, end)
    )
    feet = tuple(tuple(hull(balls, view.camera)) for balls in (heel, toes))
    thigh = [flesh.swollen(root, mid, limb.front, flesh.THIGH)]
    return [
        _segment(view, ("thigh", "buttock"), thigh, middle(root, mid)),
        Segment(shin.parts, shin.shapes + feet, shin.depth),
    ]


def _segment(view: SeenFigure, parts: tuple[str, ...], rows: list[list[Ball]], at: Vec) -> Segment:
    shapes = tuple(tuple(sweep(balls, view.camera)) for balls in rows)
    return Segment(parts, shapes, view.camera.depth(at))


def _ink(
    segments: list[Segment], limb: Arm | Leg, camera: Camera, trunk: list[Area]
) -> tuple[tuple[Vertex, ...], ...]:
    """The outlines of all parts, without what is hidden; ``segments`` have the nearer one last."""
    root, joint = (camera.project(point) for point in _joints(limb)[:2])
    fade = ROOT_FADE[type(limb)]
    areas = [[Area.of(dense(shape)) for shape in segment.shapes] for segment in segments]
    lines: list[list[Vertex]] = []
    for own, other, segment in zip(areas, reversed(areas), segments, strict=True):
        is_nearer = segment is segments[-1]
        joined = [Cover(other, joint, JOINT_FADE[type(limb)] if is_nearer else EVERYWHERE)]
        if segment.is_upper:
            joined.append(Cover(trunk, root, fade))
        for area in own:
            beside = Cover([one for one in own if one is not area], root)
            covers = [cover.over(area) for cover in (beside, *joined)]
            hiding = [cover for cover in covers if cover.areas]
            lines += runs_outside(area.outline, partial(_hidden, hiding))
    kept = [line for line in lines if is_longer(line, 6) or distance_2d(line[0], root) > fade]
    return tuple(tuple(_thin(line)) for line in kept)


def _hidden(covers: list[Cover], points: Sequence[Vertex]) -> list[bool]:
    return _any([cover.hides(points) for cover in covers]) or [False] * len(points)


def _thin(line: list[Vertex]) -> list[Vertex]:
    """Every fifth point where a line is nearly straight, every second where it turns."""
    found, kept = [line[0]], 0
    for i in range(2, len(line) - 2):
        (ax, ay), (bx, by), (cx, cy) = line[kept], line[i], line[min(i + 2, len(line) - 1)]
        across = (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
        along = (bx - ax) * (cx - bx) + (by - ay) * (cy - by)
        if i - kept >= 5 or (i - kept >= 2 and abs(across) > BENT * along):
            found.append(line[i])
            kept = i
    return [*found, line[-1]]


def _fingers(arm: Arm, camera: Camera, depth: float) -> Piece:
    """Thumb and knuckles of a closed hand."""
    along, close = arm.points, arm.flexor.across(arm.points)
    thumb = ((2.6, 2.4), (5.0, 1.2), (7.4, 1.6))
    knuckles = ((9.4, -2.2), (8.6, -0.2), (9.2, 1.4))
    lines = tuple(
        tuple(camera.project(arm.wrist + along * far + close * side) for far, side in line)
        for line in (thumb, knuckles)
    )
    return Piece("fig-crease", lines, depth, closed=False)


def both(body: Skeleton) -> list[tuple[str, Arm | Leg]]:
    """All four limbs, each with its side."""
    return [(name, limbs[name]) for limbs in (body.arms, body.legs) for name in SIDES]
