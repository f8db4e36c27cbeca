"""The arrow from one position to the other: which part moves most, and along which way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import acos, atan2, cos, degrees, hypot, pi, sin

from exercises.drawing.figures.outline import Area, Vertex
from exercises.drawing.figures.scene import IN_FRONT
from exercises.drawing.figures.skeleton import SIDES, Skeleton
from exercises.drawing.figures.space import Camera, Vec, between, distance_2d, middle
from exercises.drawing.figures.svg import Piece

Way = list[Vertex]

STEPS = 8
LEAST = 15.0  # units of the view box
HEAD = 5.5  # the length of an arrow's head, and the angle of its sides
OPEN = 0.5
LEADS = 1.4  # how much rather an arrow shows the way of a hand
APART = 45  # degrees between two ways from which each gets an arrow
STAYS = 0.3  # of a part's way: a joint that moves less counts as standing still
KEEPS = 0.2  # of its length: what a lever may lose
SHORT = 24.0  # centimetres: a shorter arrow may also stand before or behind the part's way
CLEAR = 3.5  # centimetres between an arrow and the figure
# What an arrow keeps clear of, and how much it minds.
MINDS = {"skin": 1.0, "fill": 1.0, "hair": 4.0, "iron": 0.9, "pad": 0.4, "block": 0.3, "frame": 0.3}


def arrows(
    bodies: tuple[Skeleton, Skeleton],
    camera: Camera,
    pieces: tuple[Sequence[Piece], Sequence[Piece]],
    scale: float,
    named: Sequence[str] | None,
) -> list[Piece]:
    """One arrow, or two where both sides go different ways; ``scale`` is units a centimetre.

    ``named`` says of which places; without it the one that goes farthest on paper.
    """
    ways = _ways(bodies, camera)
    if named is None:
        named = [] if _is_stride(*bodies) else _farthest(ways)
    drawn = []
    for name in named:
        way = _long_enough(ways[name], LEAST / scale)
        way = _beside(way, pieces)
        drawn += _arrow(way, HEAD / scale)
    return drawn


def _ways(bodies: tuple[Skeleton, Skeleton], camera: Camera) -> dict[str, Way]:
    """On paper, the way of every part that an arrow may show."""
    start, end = (dict(_chains(body)) for body in bodies)
    shares = [0.06 + 0.88 * step / STEPS for step in range(STEPS + 1)]
    return {
        name: [camera.project(_on_the_way(start[name], end[name], share)) for share in shares]
        for name in start
    }


def _chains(body: Skeleton) -> Iterator[tuple[str, list[Vec]]]:
    """Each part after the joints that it may swing round, the farthest one first."""
    hips, chest = body.pelvis.at, body.along(38).at
    for name in SIDES:
        arm, leg = body.arms[name], body.legs[name]
        yield f"{name}_hand", [chest, arm.shoulder, arm.elbow, arm.grip]
        yield f"{name}_ball", [leg.hip, leg.knee, leg.ankle, leg.ball]
        yield f"{name}_ankle", [leg.hip, leg.knee, leg.ankle]
        yield f"{name}_knee", [leg.hip, leg.knee]
        yield f"{name}_elbow", [arm.shoulder, arm.elbow]
    yield "head", [hips, body.head.point(0, 8)]
    yield "chest", [hips, chest]
    yield "hips", [hips]
    yield "bar", [middle(*(arm.grip for arm in body.arms.values()))]  # goes straight


def _on_the_way(start: Sequence[Vec], end: Sequence[Vec], share: float) -> Vec:
    """Where the last point is: it swings round the nearest joint that keeps its distance.

    A hand whose elbow stays goes round the elbow, a straight arm round its shoulder, and what a
    bar or a machine leads goes straight.
    """
    far = (end[-1] - start[-1]).length
    for one, other in zip(reversed(start[:-1]), reversed(end[:-1]), strict=True):
        arms = start[-1] - one, end[-1] - other
        if (other - one).length < STAYS * far and _alike(*arms):
            return between(one, other, share) + _turned(*arms, share)
    return between(start[-1], end[-1], share)


def _alike(one: Vec, other: Vec) -> bool:
    return abs(one.length - other.length) < KEEPS * one.length


def _turned(one: Vec, other: Vec, share: float) -> Vec:
    """A bone between two directions."""
    long = one.length + (other.length - one.length) * share
    a, b = one.unit(), other.unit()
    angle = acos(max(-1.0, min(1.0, a.dot(b))))
    if angle < 0.02 or angle > pi - 0.02:
        return between(a, b, share).unit() * long
    return (a * sin((1 - share) * angle) + b * sin(share * angle)) * (long / sin(angle))


def _is_stride(start: Skeleton, end: Skeleton) -> bool:
    """Whether the feet only change places, as in walking: there is no way to show then."""
    a, b = (body.legs for body in (start, end))
    apart = (a["right"].ankle - a["left"].ankle).length
    swapped = max(abs(a[one].ankle.x - b[other].ankle.x) for one, other in _SWAPS)
    return swapped < 6 and apart > 25 and abs(a["right"].ankle.x - b["right"].ankle.x) > 20


_SWAPS = (("right", "left"), ("left", "right"))


def _farthest(ways: dict[str, Way]) -> list[str]:
    """What goes farthest, and its other side if that goes elsewhere."""
    name = max(ways, key=lambda name: _length(ways[name]) * (LEADS if "hand" in name else 1))
    other = _other(name)
    if other in ways and _length(ways[other]) > 0.6 * _length(ways[name]):
        turn = abs(_heading(ways[name]) - _heading(ways[other])) % 360
        if min(turn, 360 - turn) > APART:
            return [name, other]
    return [name]


def _other(name: str) -> str:
    side, _, part = name.partition("_")
    return {"right": "left", "left": "right"}.get(side, "") + f"_{part}"


def _length(way: Way) -> float:
    return sum(distance_2d(a, b) for a, b in pairwise(way))


def _heading(way: Way) -> float:
    return degrees(atan2(way[-1][1] - way[0][1], way[-1][0] - way[0][0]))


def _long_enough(way: Way, least: float) -> Way:
    """A way that is too short to be seen, longer about its middle."""
    grown = max(1.0, least / (_length(way) or 1.0))
    x, y = way[len(way) // 2]
    return [(x + (u - x) * grown, y + (v - y) * grown) for u, v in way]


def _beside(way: Way, pieces: tuple[Sequence[Piece], Sequence[Piece]]) -> Way:
    """The way moved aside, to where it hides least and strays little."""
    length = distance_2d(way[0], way[-1]) or 1.0
    u, v = (way[-1][1] - way[0][1]) / length, (way[0][0] - way[-1][0]) / length
    areas = [
        (Area.of(outline), minds)
        for piece in pieces[0]
        if (minds := MINDS.get(piece.css.split()[0].removeprefix("fig-")))
        for outline in piece.outlines
    ]
    left, right, top, bottom = _bounds(piece for both in pieces for piece in both)

    def cost(step: tuple[int, int]) -> float:
        moved = _moved(way, u, v, *step)
        points = [(x + u * d, y + v * d) for x, y in moved for d in (-CLEAR, 0, CLEAR)]
        held = [[minds * is_in for is_in in area.holds(points)] for area, minds in areas]
        hidden: float = sum(map(max, zip(*held, strict=True)))
        strays = sum(
            max(0.0, left - x, x - right) + max(0.0, top - y, y - bottom) for x, y in moved
        )
        return hidden * 2 + strays * 0.6 + abs(step[0]) * 0.45 + abs(step[1]) * 0.6

    along = range(-42, 43, 6) if length < SHORT else (0,)
    steps = [(aside, ahead) for aside in range(-60, 61, 4) for ahead in along]
    return _moved(way, u, v, *min(steps, key=cost))


def _moved(way: Way, u: float, v: float, aside: float, ahead: float) -> Way:
    """A way shifted at right angles to (v, -u), its own direction, and along it."""
    return [(x + u * aside - v * ahead, y + v * aside + u * ahead) for x, y in way]


def _bounds(pieces: Iterable[Piece]) -> tuple[float, float, float, float]:
    points = [point for piece in pieces for outline in piece.outlines for point in outline]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), max(xs), min(ys), max(ys)


def _arrow(way: Way, head: float) -> list[Piece]:
    x, y = way[-1]
    back = atan2(way[-3][1] - y, way[-3][0] - x)
    head = min(head, hypot(way[0][0] - x, way[0][1] - y) * 0.5 + 1)
    sides = [(x + cos(back + turn) * head, y + sin(back + turn) * head) for turn in (OPEN, -OPEN)]
    return [
        Piece("fig-arrow", (tuple(way),), IN_FRONT, closed=False),
        Piece("fig-arrow", ((sides[0], (x, y), sides[1]),), IN_FRONT, closed=False, straight=True),
    ]
