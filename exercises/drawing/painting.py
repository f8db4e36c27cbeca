"""Drawings as pixels, in the colours and lines of the site's style sheets. No Django."""

import re
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO

import resvg_py
from PIL import Image

from exercises.drawing.colours import STYLES, site_colours

# A rule with nothing nested in it
RULE = re.compile(r"([^{};/]+)\{([^{}]*)\}")
SETTING = re.compile(r"--([\w-]+): ([^;]+);")
REFERENCE = re.compile(r"var\(--([\w-]+)\)")

Box = tuple[float, float, float, float]


def tokens() -> dict[str, str]:
    """The colours of the site by name, as they are in the light."""
    return {name: colour.light for name, colour in site_colours().items()}


@lru_cache(maxsize=8)
def rules(component: str) -> dict[str, str]:
    """The declarations of a component's style sheet by selector, but for what is nested."""
    css = (STYLES / "components" / f"{component}.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for selectors, declarations in RULE.findall(css):
        for selector in selectors.split(","):
            found[selector.strip()] = found.get(selector.strip(), "") + declarations
    return found


def settings(component: str, selector: str) -> dict[str, str]:
    """The custom properties that a rule sets."""
    return dict(SETTING.findall(rules(component)[selector]))


def style_sheet(
    component: str, start: str, variables: Mapping[str, str] | None = None, *, within: str = ""
) -> str:
    """The rules whose selectors begin so, with the values of tokens and ``variables`` put in."""
    values = {**tokens(), **(variables or {})}
    sheet = "".join(
        f"{within} {selector}{{{declarations}}}\n"
        for selector, declarations in rules(component).items()
        if selector.startswith(start)
    )
    while (put_in := REFERENCE.sub(lambda found: values.get(found[1], found[0]), sheet)) != sheet:
        sheet = put_in
    return sheet


def paint(
    content: str, box: Box, width: int, *, background: str | None = None, styles: str = ""
) -> Image.Image:
    """A picture ``width`` pixels wide of a part of an SVG's content.

    The box is left, top, width and height in the drawing's units. Without a background what is
    not painted is transparent.
    """
    numbers = " ".join(str(number) for number in box)
    png = resvg_py.svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{numbers}">{content}</svg>',
        width=width,
        background=background,
        style_sheet=styles,
        skip_system_fonts=True,
    )
    return Image.open(BytesIO(png))
