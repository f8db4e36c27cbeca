"""What is wrong with a figure, in sentences; tests inspect good and broken ones alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from math import atan2, degrees, dist

from exercises.drawing.figures import body as flesh
from exercises.drawing.figures import limb_outlines
from exercises.drawing.figures.drawing import Moment, moment
from exercises.drawing.figures.outline import Area, Ball, Vertex, hull
from exercises.drawing.figures.poses import POSITIONS, Figure
from exercises.drawing.figures.skeleton import FOREARM, SHIN, SIDES, SPINE, THIGH, UPPER_ARM, Arm
from exercises.drawing.figures.space import Camera, Vec, between

FLOOR = -2.0  # how deep a foot may press into the floor
TOUCH = 3.5  # centimetres within which things touch


@dataclass(frozen=True)
class Built:
    """A figure whose positions are built once for all inspections, without colours."""

    figure: Figure

    @cached_property
    def moments(self) -> dict[str, Moment]:
        return {position: moment(self.figure, position, {}) for position in POSITIONS}


def complaints(built: Built) -> list[str]:
    found = []
    for position, at in built.moments.items():
        said = [
            *stretched(at),
            *out_of_reach(at),
            *empty_fists(at),
            *below_the_floor(at),
            *unsupported(at),
        ]
        found += [f"{built.figure.slug}, {position}: {complaint}" for complaint in said]
    return found


def stretched(at: Moment) -> list[str]:
    """Bones whose length is not the body's."""
    body = at.body
    bones = {"spine": (sum(gap(a.at, b.at) for a, b in pairwise(body.spine)), SPINE)}
    for name, arm in body.arms.items():
        bones[f"{name} upper arm"] = gap(arm.shoulder, arm.elbow), UPPER_ARM
        bones[f"{name} forearm"] = gap(arm.elbow, arm.wrist), FOREARM
    for name, leg in body.legs.items():
        bones[f"{name} thigh"] = gap(leg.hip, leg.knee), THIGH
        bones[f"{name} shin"] = gap(leg.knee, leg.ankle), SHIN
    return [
        f"the {name} is {long:.2f} cm, not {right}"
        for name, (long, right) in bones.items()
        if abs(long - right) > 0.05
    ]


def out_of_reach(at: Moment) -> list[str]:
    limbs = [*at.body.arms.items(), *at.body.legs.items()]
    return [
        f"a {name} limb ends {limb.short_by:.1f} cm short"
        for name, limb in limbs
        if limb.short_by > 1
    ]


def empty_fists(at: Moment) -> list[str]:
    """Fists that hold nothing and do not stand on the floor."""
    grips = [grip for prop in at.props for grip in prop.grips]
    return [
        f"the {name} fist holds nothing"
        for name, arm in at.body.arms.items()
        if arm.hand == "fist"
        and arm.grip.y > 7
        and min((off_line(arm.grip, *grip) for grip in grips), default=99) > TOUCH
    ]


def balls(at: Moment) -> list[Ball]:
    body = at.body
    found = [*flesh.trunk(body), *flesh.head(body)]
    for arm in body.arms.values():
        found += flesh.swollen(arm.shoulder, arm.elbow, arm.flexor, flesh.UPPER_ARM)
        found += flesh.swollen(arm.elbow, arm.wrist, arm.flexor, flesh.FOREARM)
        found += flesh.HANDS[arm.hand](arm)
    for leg in body.legs.values():
        found += flesh.buttock(body, leg)
        found += flesh.swollen(leg.hip, leg.knee, leg.front, flesh.THIGH)
        found += flesh.swollen(leg.knee, leg.ankle, leg.front, flesh.SHIN)
        found += [ball for part in flesh.foot(leg) for ball in part]
    return found


def reach(ball: Ball, way: Vec) -> float:
    """How far a ball reaches from its middle in a direction."""
    if ball.axes is None:
        return ball.radius
    return sum(axis.dot(way) ** 2 for axis in ball.axes) ** 0.5


def lowest(at: Moment) -> float:
    return min(ball.at.y - reach(ball, Vec(0, -1)) for ball in balls(at))


def below_the_floor(at: Moment) -> list[str]:
    low = lowest(at)
    return [f"the body reaches {-low:.1f} cm below the floor"] if low < FLOOR else []


def unsupported(at: Moment) -> list[str]:
    """A body that neither touches the floor nor a pad, nor hangs from something overhead."""
    if lowest(at) < TOUCH or any(touches(ball, at) for ball in balls(at)):
        return []
    arms = at.body.arms.values()
    holds = all(not empty_fists(at) and arm.hand == "fist" for arm in arms)
    return [] if holds else ["nothing carries the body"]


def touches(ball: Ball, at: Moment) -> bool:
    thick = ball.radius or min(axis.length for axis in ball.axes or ())
    return any(block.gap(ball.at) < thick + TOUCH for prop in at.props for block in prop.blocks)


def seats_missed(built: Built) -> list[str]:
    """Blocks under the hips that the figure floats over or sinks into."""
    found = []
    for position, at in built.moments.items():
        hips = at.body.pelvis.at
        buttocks = [flesh.buttock(at.body, leg) for leg in at.body.legs.values()]
        bottom = min(ball.at.y - ball.radius for both in buttocks for ball in both)
        for block in (block for prop in at.props for block in prop.blocks if not block.tilt):
            top = block.at.y + block.half.y
            sits = abs(hips.x - block.at.x) < block.half.x and 0 < hips.y - top < 25
            if sits and at.body.pelvis.front.y > -0.3 and not -5 < bottom - top < 5:
                found.append(
                    f"{built.figure.slug}, {position}: seat at {top:.0f}, body at {bottom:.0f}"
                )
    return found


def drift(built: Built) -> float:
    """How far what the hands hold goes forward or back, in centimetres."""
    start, end = (at.body.anchors()["hands"] for at in built.moments.values())
    return abs(end.x - start.x)


def travel(built: Built) -> float:
    """How far the part that moves most goes from start to end, in centimetres on paper."""
    camera = Camera(built.figure.yaw, built.figure.pitch)
    start, end = (at.body.anchors() for at in built.moments.values())
    return max(dist(camera.project(start[name]), camera.project(end[name])) for name in start)


def across(built: Built) -> float:
    """How much of the longest way of a hand, a foot, the head or the hips is seen on paper.

    Where two of them go about as far, as both hands in a fly, of the one that is seen better.
    Nothing where none of them moves.
    """
    camera = Camera(built.figure.yaw, built.figure.pitch)
    start, end = (at.body.anchors() for at in built.moments.values())
    ways = {name: gap(start[name], end[name]) for name in MOVERS}
    farthest = max(ways.values())
    names = [name for name, far in ways.items() if far and far > 0.95 * farthest]
    seen = {name: dist(camera.project(start[name]), camera.project(end[name])) for name in names}
    return max((seen[name] / ways[name] for name in names), default=0.0)


MOVERS = [f"{side}_{part}" for side in SIDES for part in ("hand", "ankle", "ball", "knee")]
MOVERS += ["head", "hips"]
JOINTS = [*MOVERS, *(f"{side}_{part}" for side in SIDES for part in ("elbow", "shoulder"))]
COVERED = 0.6


def hidden_ends(built: Built) -> list[str]:
    """Hands and feet on the near side that equipment covers."""
    camera = Camera(built.figure.yaw, built.figure.pitch)
    found = []
    for position, at in built.moments.items():
        for side, limb in limb_outlines.both(at.body):
            place = limb_outlines.place(at.body, limb, camera)
            if place.far or place.behind:
                continue
            is_arm = isinstance(limb, Arm)
            shape = flesh.HANDS[limb.hand](limb) if is_arm else [*chain(*flesh.foot(limb))]
            share = _covered(at, hull(shape, camera), place.depth + 0.03)
            if share > COVERED:
                what = "hand" if is_arm else "foot"
                found.append(f"{built.figure.slug}, {position}: {share:.0%} of the {side} {what}")
    return found


def _covered(at: Moment, outline: list[Vertex], depth: float) -> float:
    """The share of an outline that equipment nearer than ``depth`` covers."""
    points = _within(Area.of(outline))
    nearer = (p for p in at.pieces if p.depth > depth and p.css.startswith(EQUIPMENT))
    areas = [Area.of(outline) for piece in nearer for outline in piece.outlines]
    hidden = [any(each) for each in zip(*(area.holds(points) for area in areas), strict=True)]
    return sum(hidden) / len(points)


def hidden_heads(built: Built, at_most: float) -> list[str]:
    """Positions in which equipment covers more than this share of the head."""
    found = []
    camera = Camera(built.figure.yaw, built.figure.pitch)
    for position, at in built.moments.items():
        share = _head_hidden(at, camera)
        if share > at_most:
            found.append(f"{built.figure.slug}, {position}: {share:.0%} of the head")
    return found


def _head_hidden(at: Moment, camera: Camera) -> float:
    hair = min(piece.depth for piece in at.pieces if piece.css == "fig-hair")
    return _covered(at, hull(flesh.head(at.body), camera), hair)


LINES = ("fig-cable", "fig-band", "fig-rope", "fig-bar")


def crossed_faces(built: Built) -> list[str]:
    """Positions in which a cable, a band or a bar passes before a head not seen from behind."""
    camera = Camera(built.figure.yaw, built.figure.pitch)
    found = []
    for position, at in built.moments.items():
        head = Area.of(hull(flesh.head(at.body), camera))
        hair = min(piece.depth for piece in at.pieces if piece.css == "fig-hair")
        if camera.eye.dot(at.body.head.front) < -0.4:
            continue
        lines = [p for p in at.pieces if p.css in LINES and p.depth > hair]
        way = [a for piece in lines for line in piece.outlines for a in _dotted(line)]
        if sum(head.holds(way)) * GRAIN > TOUCH:
            found.append(f"{built.figure.slug}, {position}: a line before the face")
    return found


def _dotted(line: Sequence[Vertex]) -> Iterator[Vertex]:
    """Points along a line, ``GRAIN`` apart."""
    for (ax, ay), (bx, by) in pairwise(line):
        steps = max(1, round(dist((ax, ay), (bx, by)) / GRAIN))
        yield from ((ax + (bx - ax) * i / steps, ay + (by - ay) * i / steps) for i in range(steps))


def slope(figure: Figure) -> float:
    """How steep on paper a level bench along the body looks, in degrees."""
    across, down = Camera(figure.yaw, figure.pitch).project(Vec(1, 0))
    return degrees(atan2(abs(down), abs(across)))


def joints(built: Built, *positions: str) -> list[Vertex]:
    """On paper, where the joints are, from the middle of those of the first position."""
    camera = Camera(built.figure.yaw, built.figure.pitch)
    places = [built.moments[position].body.anchors() for position in positions]
    seen = [[camera.project(place[name]) for name in JOINTS] for place in places]
    x, y = (sum(axis) / len(JOINTS) for axis in zip(*seen[0], strict=True))
    return [(u - x, v - y) for one in seen for u, v in one]


def unlike(one: Sequence[Vertex], other: Sequence[Vertex]) -> float:
    """How far joints are from those of another figure, in centimetres on average."""
    return sum(map(dist, one, other)) / len(one)


EQUIPMENT = ("fig-iron", "fig-pad", "fig-block", "fig-frame")
FILLED = {"skin", "fill", "iron", "pad", "block", "frame", "hair"}
GRAIN = 0.9  # centimetres between the points that stand for an area


def shown(figure: Figure, muscle: str) -> float:
    """How much of a muscle is to be seen, in square centimetres, where more of it shows."""
    return max(_shown(moment(figure, position, {muscle: "primary"})) for position in POSITIONS)


def _shown(at: Moment) -> float:
    """The coloured area that nothing drawn later covers."""
    points: list[Vertex] = []
    for piece in at.pieces:
        kind = piece.css.split()[0].removeprefix("fig-")
        for outline in piece.outlines if kind == "primary" or points else ():
            area = Area.of(outline)
            if kind in FILLED | {"primary"}:  # a muscle's own shapes are counted once
                inside = area.holds(points)
                points = [point for point, is_in in zip(points, inside, strict=True) if not is_in]
            if kind == "primary":
                points += _within(area)
    return len(points) * GRAIN**2


def _within(area: Area) -> list[Vertex]:
    """Points of one grid that an area holds."""
    across = range(round(area.left / GRAIN), round(area.right / GRAIN) + 1)
    down = range(round(area.top / GRAIN), round(area.bottom / GRAIN) + 1)
    grid = [(x * GRAIN, y * GRAIN) for y in down for x in across]
    inside = area.holds(grid)
    return [point for point, is_in in zip(grid, inside, strict=True) if is_in]


def gap(a: Vec, b: Vec) -> float:
    return (a - b).length


def off_line(point: Vec, a: Vec, b: Vec) -> float:
    run = (b - a).dot(b - a)
    share = max(0.0, min(1.0, (point - a).dot(b - a) / run)) if run else 0.0
    return gap(point, between(a, b, share))


STEP = re.compile(r"([MlqtzZ])|(-?(?:\d+\.?\d*|\.\d+))")
NUMBERS = {"M": 2, "l": 2, "q": 4, "t": 2}


def points_of(svg: str) -> list[tuple[float, float]]:
    """All points of all paths, handles too, on the view box."""
    return [point for data in re.findall(r' d="([^"]+)"', svg) for point in _points(data)]


def _points(data: str) -> list[tuple[float, float]]:
    found, numbers, letter = [], [], "M"
    start = at = (0.0, 0.0)
    for command, number in STEP.findall(data):
        if command:
            letter = command
            at = start if command == "z" else at
            continue
        numbers.append(float(number))
        if len(numbers) < NUMBERS[letter]:
            continue
        x, y = (0.0, 0.0) if letter == "M" else at
        found += [(x + dx, y + dy) for dx, dy in zip(numbers[::2], numbers[1::2], strict=True)]
        at = found[-1]
        start = at if letter == "M" else start
        numbers = []
    return found
