"""The figures' data: fixtures/figures/*.yaml, with what each inherits filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from exercises.drawing.figures.skeleton import merged

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "figures"
POSITIONS = ("start", "end")
SHARED = ("base-", "parts-")  # begin the names of what is only inherited from or built in
# How far the camera stands round to the front (positive) or the back of the figure.
VIEWS = {"side": 24.0, "front-side": 52.0, "back-side": -35.0, "front": 90.0, "back": -90.0}
PITCH = 7.0  # and how far above; lying figures are seen from higher up


class UnknownFigure(KeyError):
    """No figure of this name is in the fixtures."""


@dataclass(frozen=True)
class Figure:
    """An exercise's figure as data."""

    slug: str
    yaw: float
    pitch: float
    items: tuple[Mapping[str, Any], ...]
    start: Mapping[str, Any]
    end: Mapping[str, Any]
    labels: tuple[str, str]
    arrows: tuple[str, ...] | None = None  # what they show the way of; None for what moves most
    zoom: tuple[Any, float] | None = None  # a place, and how many centimetres round it show
    still: str = "end"  # the position that a small picture shows

    def pose(self, position: str) -> Mapping[str, Any]:
        return self.start if position == "start" else self.end

    def items_at(self, position: str) -> list[Mapping[str, Any]]:
        return [*self.items, *self.pose(position).get("items", ())]


@lru_cache(maxsize=1)
def load() -> dict[str, dict[str, Any]]:
    """Every figure as written, by name."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where it is built
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for name, said in _read(path, loader).items():
            if name in found:
                raise ValueError(f"{path.name}: {name} is there twice.")
            found[name] = said
    return found


def _read(path: Path, loader: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506
    return found


def slugs() -> list[str]:
    return sorted(name for name in load() if is_drawn(name))


def is_drawn(slug: str) -> bool:
    return slug in load() and not slug.startswith(SHARED)


def figure(slug: str) -> Figure:
    """A figure with all it inherits; ``end`` starts from ``start``, and both from ``pose``."""
    said = _inherited(slug)
    start = merged(said.get("pose", {}), said.get("start", {}))
    end = merged(start, said.get("end", {}))
    view = said.get("view", "side")
    yaw = VIEWS[view] if isinstance(view, str) else float(view)
    return Figure(
        slug,
        yaw,
        said.get("pitch", PITCH),
        tuple(_items(said.get("items", ()))),
        start,
        end,
        tuple(said.get("labels", ("Start", "End"))),
        tuple(said["arrows"]) if "arrows" in said else None,
        (said["zoom"]["at"], said["zoom"]["size"]) if "zoom" in said else None,
        said.get("still", "end"),
    )


def _inherited(name: str) -> dict[str, Any]:
    try:
        said = load()[name]
    except KeyError as missing:
        raise UnknownFigure(name) from missing
    return merged(_inherited(said["like"]), said) if "like" in said else said


def _items(items: Any) -> list[Mapping[str, Any]]:
    """Machines replaced by their parts, moved by ``by`` of the machine."""
    found: list[Mapping[str, Any]] = []
    for item in items:
        if "machine" not in item:
            found.append(item)
            continue
        parts = load()[f"parts-{item['machine']}"]["items"]
        found += [{"machine": item["machine"], **part} for part in _items(parts)]
    return found
