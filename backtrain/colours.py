"""How far one colour stands out from another."""

from dataclasses import dataclass

from exercises.drawing.colours import Colour

SCHEMES = ("light", "dark")
# WCAG 2.2, success criteria 1.4.3 and 1.4.11
TEXT, SHAPE = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class Pair:
    """What is drawn on what, how far they have to stand apart, and how far they do."""

    front: Colour
    back: Colour
    needed: float

    @property
    def light(self) -> float:
        return contrast(self.front.light, self.back.light)

    @property
    def dark(self) -> float:
        return contrast(self.front.dark, self.back.dark)

    @property
    def is_enough(self) -> bool:
        return min(self.light, self.dark) >= self.needed


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb, 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    """A channel of sRGB, 0 to 1, as light."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
