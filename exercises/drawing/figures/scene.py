"""What equipment needs to know of the figure, and what it tells: grips and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import hypot
from typing import Any

from exercises.drawing.figures.space import Camera, Vec, between, direction
from exercises.drawing.figures.svg import Piece

Item = Mapping[str, Any]

BEHIND = -900.0


IN_FRONT = 900.0


DIRECTIONS = {"across": Vec(0, 0, 1), "along": Vec(1, 0, 0), "up": Vec(0, 1, 0)}


@dataclass(frozen=True)
class Bone:
    """A part of the figure that can hide something: a thick line, and how near it is drawn."""

    name: str
    start: Vec
    end: Vec
    radius: float
    depth: float

    def order(self, point: Vec, camera: Camera) -> int:
        """1 where the point is seen before the part, -1 behind it, 0 beside it."""
        (ax, ay), (bx, by) = camera.project(self.start), camera.project(self.end)
        x, y = camera.project(point)
        run = (bx - ax) ** 2 + (by - ay) ** 2 or 1.0
        share = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / run))
        if hypot(ax + (bx - ax) * share - x, ay + (by - ay) * share - y) > self.radius:
            return 0
        there = camera.depth(between(self.start, self.end, share))
        return 1 if camera.depth(point) > there else -1


@dataclass(frozen=True)
class Scene:
    """Where the figure is, from where it is seen, and what of it can hide things."""

    camera: Camera
    places: Mapping[str, Vec]
    drawn: Mapping[str, float] = field(default_factory=dict)
    bones: tuple[Bone, ...] = ()
    far: frozenset[str] = frozenset()

    def iron(self, *, far: bool) -> str:
        """The class of a weight: paler on the far side, as limbs are."""
        return "fig-iron fig-far" if far else "fig-iron"

    def depth(self, point: Vec) -> float:
        """How near to draw something here, so that it hides what it is in front of."""
        depth = self.camera.depth(point)
        orders = [(bone.order(point, self.camera), bone.depth) for bone in self.bones]
        depth = max([depth, *(other + 0.3 for order, other in orders if order > 0)])
        return min([depth, *(other - 0.3 for order, other in orders if order < 0)])

    def held(self) -> list[float]:
        """How near the arms are drawn."""
        return [depth for name, depth in self.drawn.items() if name.endswith("_arm")]

    def point(self, item: Item, key: str = "at") -> Vec:
        return self.place(item.get(key, "hands")) + vec(item.get("by", (0, 0, 0)))

    def place(self, value: Any) -> Vec:
        """A named place, a point, or a named place and a step from it."""
        return place_in(self.places, value)


@dataclass(frozen=True)
class Block:
    """A box in space, its long side tilted by degrees from level."""

    at: Vec
    half: Vec
    tilt: float = 0.0

    @property
    def axes(self) -> tuple[Vec, Vec, Vec]:
        """Unit vectors along its length, its thickness and its width."""
        return direction(90 + self.tilt), direction(180 + self.tilt), Vec(0, 0, 1)

    def gap(self, point: Vec) -> float:
        """How far a point is outside, in centimetres; 0 within."""
        away = point - self.at
        along, up, wide = (abs(away.dot(axis)) for axis in self.axes)
        half = self.half
        return Vec(max(0.0, along - half.x), max(0.0, up - half.y), max(0.0, wide - half.z)).length


@dataclass(frozen=True)
class Prop:
    """An item built: its pieces, the lines a hand may hold, and the blocks a body may rest on."""

    pieces: list[Piece]
    grips: list[tuple[Vec, Vec]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def place_in(places: Mapping[str, Vec], value: Any) -> Vec:
    """A named place, a point, or a named place and a step from it."""
    if isinstance(value, str):
        return places[value]
    if isinstance(value[0], str):
        return places[value[0]] + vec(value[1:])
    return vec(value)


def vec(value: Iterable[float]) -> Vec:
    return Vec(*(float(number) for number in value))


def axis_of(item: Item, default: str) -> Vec:
    value = item.get("lies", default)
    return DIRECTIONS[value] if isinstance(value, str) else vec(value).unit()


def layer(item: Item, default: float | None = BEHIND) -> float | None:
    """Behind the figure or in front of it, if the item says so."""
    words: dict[str, float | None] = {"behind": BEHIND, "front": IN_FRONT, "among": None}
    return words[item["layer"]] if "layer" in item else default


def depth_of(item: Item, scene: Scene, at: Vec) -> float:
    depth = layer(item)
    return scene.camera.depth(at) if depth is None else depth


def arm_of(item: Item, scene: Scene) -> float:
    name = str(item.get("at", "hands")).replace("_hand", "_arm")
    return scene.drawn.get(name, max(scene.held(), default=0.0))
