"""What a figure uses, by kind.

An item is a mapping with a ``kind`` and where it is: ``at`` is a point, the name of a place on the
figure (``Skeleton.anchors``), or a step from such a place; ``by`` moves it further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exercises.drawing.figures import held, standing
from exercises.drawing.figures.scene import Item, Prop, Scene

KINDS: dict[str, Callable[[Item, Scene], Prop]] = {
    "ball": standing.ball,
    "band": held.cable,
    "bar-handle": held.bar_handle,
    "barbell": held.barbell,
    "bench": standing.bench,
    "belt": held.cable,
    "box": standing.box,
    "cable": held.cable,
    "cross-bench": standing.cross_bench,
    "dip-bars": standing.dip_bars,
    "dumbbell": held.dumbbell,
    "dumbbells": held.dumbbells,
    "ez-bar": held.ez_bar,
    "handle": held.handle,
    "high-bar": standing.high_bar,
    "kettlebell": held.kettlebell,
    "mat": standing.mat,
    "pad": standing.pad,
    "plate": held.plate,
    "pulley": standing.pulley,
    "rod": held.rod,
    "roller": standing.roller,
    "rope": held.rope,
    "stack": standing.stack,
    "straps": held.strap_handles,
    "trap-bar": held.trap_bar,
    "tube": standing.tube,
    "uprights": standing.uprights,
    "v-handle": held.v_handle,
    "wall": standing.wall,
    "wheel": held.wheel,
}


def build(items: Iterable[Item], scene: Scene) -> list[Prop]:
    return [KINDS[item["kind"]](item, scene) for item in items]
