"""Drawings as pixels: SVG paths onto a Pillow picture, for cards and icons. No Django.

Only what our own drawings use: ``M l h v c s q t z`` and their absolute forms, no arcs.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
TOKEN = re.compile(r"--([\w-]+): (?:light-dark\()?(#[0-9a-f]{6})")
STEP = re.compile(r"([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+))")
VALUES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "z": 0}
PIECES = 12  # straight pieces of a curve
SMOOTH = 3  # pixels drawn for one of the picture, each way

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@lru_cache(maxsize=1)
def tokens() -> dict[str, str]:
    """The colours of the site by name, as they are in the light."""
    return dict(TOKEN.findall(TOKENS.read_text(encoding="utf-8")))


def polylines(data: str) -> list[list[Point]]:
    """The points of a path, one list for each of its parts; a closed one ends where it began."""
    found: list[list[Point]] = []
    for command, values in _steps(data):
        if command in "Mm":
            found.append([(values[0], values[1])])
            handle = found[-1][-1]
            continue
        line = found[-1]
        if command in "Zz":
            line.append(line[0])
            continue
        places = _placed(command, values, line[-1])
        if command in "SsTt":
            places.insert(0, _beyond(handle, line[-1]))
        line.extend(_bend([line[-1], *places]))
        handle = places[-2] if len(places) > 1 else places[-1]
    return found


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with the numbers of one step; one that goes on is said again."""
    command, values = "", list[float]()
    for letter, number in STEP.findall(data):
        if letter:
            command, values = letter, []
        else:
            values.append(float(number))
        if command and len(values) == VALUES[command.lower()]:
            yield command, values
            values = []


def _placed(command: str, values: Sequence[float], at: Point) -> list[Point]:
    """The points of a step where they are on the sheet."""
    x, y = (0.0, 0.0) if command.isupper() else at
    if command in "Hh":
        return [(x + values[0], at[1])]
    if command in "Vv":
        return [(at[0], y + values[0])]
    return [(x + values[i], y + values[i + 1]) for i in range(0, len(values), 2)]


def _beyond(handle: Point, at: Point) -> Point:
    """The handle mirrored at the point that it leads to."""
    return 2 * at[0] - handle[0], 2 * at[1] - handle[1]


def _bend(places: Sequence[Point]) -> list[Point]:
    """Points on the Bézier curve of two, three or four points, without the first."""
    if len(places) == 2:
        return [places[1]]
    return [_on(places, step / PIECES) for step in range(1, PIECES + 1)]


def _on(places: Sequence[Point], share: float) -> Point:
    """De Casteljau's construction."""
    while len(places) > 1:
        places = [
            (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            for a, b in pairwise(places)
        ]
    return places[0]


class Canvas:
    """A picture of ``size`` pixels on which the part ``box`` of a drawing is painted.

    A box is left, top, width and height in the drawing's units; a unit is as wide as it is high.
    """

    def __init__(self, size: tuple[int, int], box: Box, colour: str) -> None:
        self.size = size
        self.left, self.top = box[0], box[1]
        self.scale = size[0] * SMOOTH / box[2]
        self.image = Image.new("RGB", (size[0] * SMOOTH, size[1] * SMOOTH), colour)
        self.pen = ImageDraw.Draw(self.image)

    def fill(self, data: str, colour: str) -> None:
        for points in self._placed(data):
            if len(points) > 2:
                self.pen.polygon(points, fill=colour)

    def line(self, data: str, colour: str, width: float) -> None:
        """A line as wide as ``width`` of the drawing's units, with round joints."""
        pixels = max(round(width * self.scale), 1)
        for points in self._placed(data):
            self.pen.line(points, fill=colour, width=pixels, joint="curve")

    def keep_within(self, data: str, colour: str) -> None:
        """Paint ``colour`` over all that lies outside of a path."""
        mask = Image.new("L", self.image.size, 255)
        pen = ImageDraw.Draw(mask)
        for points in self._placed(data):
            pen.polygon(points, fill=0)
        self.image.paste(colour, mask=mask)

    def picture(self) -> Image.Image:
        """The picture in its own size, its edges smooth."""
        return self.image.resize(self.size, Image.Resampling.BOX)

    def _placed(self, data: str) -> list[list[Point]]:
        return [
            [((x - self.left) * self.scale, (y - self.top) * self.scale) for x, y in points]
            for points in polylines(data)
        ]
