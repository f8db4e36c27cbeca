"""What a figure uses, by kind.

An item is a mapping with a ``kind`` and where it is: ``at`` is a point, the name of a place on the
figure (``Skeleton.anchors``), or a step from such a place; ``by`` moves it further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exercises.drawing.figures import handheld, stations
from exercises.drawing.figures.scene import Item, Prop, Scene

KINDS: dict[str, Callable[[Item, Scene], Prop]] = {
    "ball": stations.ball,
    "band": handheld.cable,
    "bar-handle": handheld.bar_handle,
    "barbell": handheld.barbell,
    "battle-rope": handheld.cable,
    "bench": stations.bench,
    "belt": handheld.cable,
    "box": stations.box,
    "cable": handheld.cable,
    "cross-bench": stations.cross_bench,
    "dip-bars": stations.dip_bars,
    "dumbbell": handheld.dumbbell,
    "dumbbells": handheld.dumbbells,
    "ez-bar": handheld.ez_bar,
    "handle": handheld.handle,
    "hoop": stations.hoop,
    "high-bar": stations.high_bar,
    "kettlebell": handheld.kettlebell,
    "mat": stations.mat,
    "pad": stations.pad,
    "plate": handheld.plate,
    "pulley": stations.pulley,
    "rod": handheld.rod,
    "roller": stations.roller,
    "rope": handheld.rope,
    "skipping-rope": handheld.cable,
    "stack": stations.stack,
    "straps": handheld.strap_handles,
    "trap-bar": handheld.trap_bar,
    "tube": stations.tube,
    "uprights": stations.uprights,
    "v-handle": handheld.v_handle,
    "wall": stations.wall,
    "water": stations.water,
    "wheel": handheld.wheel,
}


def build(items: Iterable[Item], scene: Scene) -> list[Prop]:
    return [KINDS[item["kind"]](item, scene) for item in items]
