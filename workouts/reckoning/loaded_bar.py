"""The geometry of a loaded bar, one end of it; a template draws it as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workouts.reckoning.weights import plain

HEIGHT, MIDDLE = 124, 62  # of the drawing, and of the bar in it
SHAFT, COLLAR, SLEEVE = 46, 10, 70  # lengths; of the sleeve what shows of it empty
GAP, END = 2, 22
TALLEST, SMALLEST = 116, 44
THICKEST, THINNEST = 24, 14


@dataclass(frozen=True, slots=True)
class Box:
    """A plate with its weight, or a part of the bar."""

    x: float
    y: float
    width: float
    height: float
    text: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class BarDrawing:
    """From left to right: shaft, collar, plates, and what is left of the sleeve."""

    width: float
    plates: tuple[Box, ...]
    sleeve: Box
    height: int = HEIGHT
    middle: int = MIDDLE
    shaft: Box = Box(0, MIDDLE - 4, SHAFT, 8)
    collar: Box = Box(SHAFT, MIDDLE - 13, COLLAR, 26)


def bar_drawing(side: Sequence[Decimal], *, heaviest: Decimal) -> BarDrawing:
    """One side of a bar with these plates, the inmost first; the ``heaviest`` is the tallest."""
    begin = x = float(SHAFT + COLLAR)
    plates = []
    for plate in side:
        share = float(plate / heaviest) ** 0.5
        width = round(THINNEST + (THICKEST - THINNEST) * share, 1)
        height = round(SMALLEST + (TALLEST - SMALLEST) * share, 1)
        top = round(MIDDLE - height / 2, 1)
        plates.append(Box(round(x + GAP, 1), top, width, height, plain(plate)))
        x += GAP + width
    end = max(x + END, begin + SLEEVE)
    sleeve = Box(begin, MIDDLE - 7, round(end - begin, 1), 14)
    return BarDrawing(round(end + 1, 1), tuple(plates), sleeve)
