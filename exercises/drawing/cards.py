"""The picture that stands beside a shared link: a muscle on the plate, or an exercise's figure.

Made of plain values, so that equal cards are drawn once. No Django.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from exercises.drawing.body_map import View, groups, views
from exercises.drawing.figures import drawing, poses
from exercises.drawing.painting import Box, Canvas, Point, polylines, tokens

SIZE = (1200, 630)
EDGE = 72
# The drawing takes the right part; the words have the left one.
PLATE = (520, 630)
WORDS = SIZE[0] - PLATE[0] - EDGE - 40
AIR = 0.09  # of the plate, on each side of a figure
BODY_SHOWN = 430  # units of the body map from the plate's top to its foot
FONTS = {"roman": "CrimsonPro[wght].ttf", "italic": "CrimsonPro-Italic[wght].ttf"}
TITLE_SIZES = (84, 72, 62, 54, 46)
TITLE_LINES = 3
PATH = re.compile(r'<path class="([^"]+)" d="([^"]+)"/>')
# As static/css/components/figure.css has it: the tokens of fill and stroke, and the line's width.
FIGURE_STYLES = {
    "fig-shade": ("figure-shade", "", 0),
    "fig-mat": ("figure-mat", "figure-mat-edge", 0.6),
    "fig-frame": ("figure-frame", "figure-frame-edge", 0.6),
    "fig-block": ("figure-frame", "figure-frame-edge", 0.6),
    "fig-pad": ("figure-pad", "figure-pad-edge", 0.6),
    "fig-iron": ("figure-iron", "figure-iron-edge", 0.6),
    "fig-iron fig-far": ("figure-iron-far", "figure-iron-edge", 0.6),
    "fig-skin": ("figure-skin", "figure-ink", 1.5),
    "fig-fill": ("figure-skin", "", 0),
    "fig-fill fig-far": ("figure-skin-far", "", 0),
    "fig-cloth": ("figure-cloth", "", 0),
    "fig-cloth fig-far": ("figure-cloth-far", "", 0),
    "fig-hair": ("figure-hair", "", 0),
    "fig-primary": ("figure-primary", "", 0),
    "fig-primary fig-far": ("figure-primary-far", "", 0),
    "fig-secondary": ("figure-secondary", "", 0),
    "fig-secondary fig-far": ("figure-secondary-far", "", 0),
    "fig-ink": ("", "figure-ink", 0.75),
    "fig-ink fig-far": ("", "figure-ink-far", 0.75),
    "fig-crease": ("", "figure-ink-far", 0.45),
    "fig-fibre": ("", "figure-fibre", 0.45),
    "fig-rim": ("", "figure-rim", 0.6),
    "fig-bar": ("", "figure-iron", 2.6),
    "fig-grip": ("", "figure-iron", 1.8),
    "fig-rope": ("", "figure-rope", 2.2),
    "fig-cable": ("", "figure-iron", 0.9),
    "fig-handle": ("", "figure-iron", 2.8),
    "fig-band": ("", "blue", 1.6),
}
BELOW_FILL = {"fig-skin", "fig-frame"}
# Likewise static/css/components/body-map.css, of what lies under and over the muscles.
MAP_FILLS = {
    "flesh": "flesh-faint",
    "quiet": "flesh-faint",
    "fascia": "tendon",
    "bone": "tendon",
}
MAP_STROKES = {
    "fascia": ("contour", 0.5),
    "bone": ("contour", 0.5),
    "quiet": ("rule-strong", 0.6),
    "rib-edge": ("contour", 4.4),
    "rib": ("tendon", 3.4),
    "spine": ("tendon", 4),
    "fold": ("ink-soft", 0.65),
}

Roles = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What a card says: what it is about, its name, and one line below in italics."""

    kind: str
    title: str
    line: str


@lru_cache(maxsize=64)
def muscle_card(words: Words, slug: str) -> bytes:
    """A PNG with the muscle in madder on the view that shows it; ``slug`` may be a group's."""
    marks = dict.fromkeys((slug, *groups().get(slug, ())), "current")
    return _png(words, _body(marks))


@lru_cache(maxsize=64)
def exercise_card(words: Words, slug: str, roles: Roles) -> bytes:
    """A PNG with the end of the exercise's figure, the muscles of ``roles`` in their colours.

    An exercise that has no figure gets the body map of its muscles.
    """
    if poses.is_drawn(slug):
        return _png(words, _figure(slug, roles))
    return _png(words, _body(dict(roles)))


def _png(words: Words, plate: Image.Image | None) -> bytes:
    colours = tokens()
    card = Image.new("RGB", SIZE, colours["paper"])
    pen = ImageDraw.Draw(card)
    if plate:
        card.paste(plate, (SIZE[0] - PLATE[0], 0))
        edge = SIZE[0] - PLATE[0]
        pen.line((edge, 0, edge, SIZE[1]), fill=colours["rule"], width=2)
    pen.rectangle((0, 0, SIZE[0], 9), fill=colours["madder-fill"])
    _write(pen, words)
    file = BytesIO()
    card.quantize(96, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(pen: ImageDraw.ImageDraw, words: Words) -> None:
    """Kind, title and line from the top; the name of the site at the foot."""
    colours = tokens()
    pen.text((EDGE, 78), words.kind, colours["madder"], _font("roman", 34, 500))
    font, lines = _title(words.title)
    y = 138.0
    for line in lines:
        pen.text((EDGE, y), line, colours["ink"], font)
        y += font.size * 1.02
    y += 22
    italic = _font("italic", 38, 400)
    for line in _wrapped(words.line, italic)[:2]:
        pen.text((EDGE, y), line, colours["ink-soft"], italic)
        y += 46
    mark = _font("roman", 44, 700)
    pen.text((EDGE, 528), "Back", colours["ink"], mark)
    pen.text((EDGE + mark.getlength("Back"), 528), "train", colours["madder"], mark)


def _title(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The title in the largest size in which it has room."""
    for size in TITLE_SIZES:
        font = _font("roman", size, 600)
        lines = _wrapped(title, font)
        if len(lines) <= TITLE_LINES and max(font.getlength(line) for line in lines) <= WORDS:
            break
    return font, lines[:TITLE_LINES]


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WORDS:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


@lru_cache(maxsize=16)
def _font(style: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Crimson Pro, from the package that brings it; a server may have no fonts of its own."""
    with (files("fontpkg_crimson_pro") / "files" / FONTS[style]).open("rb") as file:
        font = ImageFont.truetype(BytesIO(file.read()), size)
    font.set_variation_by_axes([weight])
    return font


def _figure(slug: str, roles: Roles) -> Image.Image:
    _, end = drawing.draw(poses.figure(slug), dict(roles))
    colours, pieces = tokens(), PATH.findall(end.svg)
    canvas = Canvas(PLATE, _around("".join(data for _, data in pieces)), colours["paper-raised"])
    for css, data in pieces:
        fill, stroke, width = FIGURE_STYLES[css]
        if stroke and css in BELOW_FILL:
            canvas.line(data, colours[stroke], width)
        if fill:
            canvas.fill(data, colours[fill])
        if stroke and css not in BELOW_FILL:
            canvas.line(data, colours[stroke], width)
    return canvas.picture()


def _around(data: str) -> Box:
    """The part of a drawing that fills the plate with what is drawn, and some air around it."""
    points = [point for line in polylines(data) for point in line]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    unit = max((right - left) / PLATE[0], (bottom - top) / PLATE[1]) / (1 - 2 * AIR)
    width, height = unit * PLATE[0], unit * PLATE[1]
    return ((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def _body(marks: dict[str, str]) -> Image.Image | None:
    """Part of a view, with the marked muscles in its middle as far as the body allows.

    ``None`` where no muscle is drawn.
    """
    view, colours = _view_of(set(marks)), tokens()
    if view is None:
        return None
    canvas = Canvas(PLATE, _window(view, set(marks)), colours["paper-raised"])
    canvas.fill(view.outline, colours["skin"])
    for line in view.under:
        _anatomy(canvas, line.kind, line.d)
    for region in sorted(view.regions, key=lambda region: region.slug in marks):
        fill, fibre, edge = _muscle_colours(marks.get(region.slug, ""))
        canvas.fill(region.shape, colours[fill])
        canvas.line(region.fibres, colours[fibre], 0.45)
        canvas.fill(region.tendons, colours["tendon"])
        canvas.line(region.shape, colours[edge], 1.0 if region.slug in marks else 0.6)
    for line in view.over:
        _anatomy(canvas, line.kind, line.d)
    canvas.keep_within(view.outline, colours["paper-raised"])
    canvas.line(view.outline, colours["ink"], 1.5)
    return canvas.picture()


def _view_of(slugs: set[str]) -> View | None:
    """The view on which these muscles have the largest area, if they are on any."""
    areas = {
        name: sum(
            _area(line)
            for region in view.regions
            if region.slug in slugs
            for line in polylines(region.shape)
        )
        for name, view in views().items()
    }
    largest = max(areas, key=lambda name: areas[name])
    return views()[largest] if areas[largest] else None


def _area(line: list[Point]) -> float:
    """Of a closed line, by Gauss's formula."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(line))) / 2


def _anatomy(canvas: Canvas, kind: str, data: str) -> None:
    colours = tokens()
    if kind in MAP_FILLS:
        canvas.fill(data, colours[MAP_FILLS[kind]])
    if kind in MAP_STROKES:
        stroke, width = MAP_STROKES[kind]
        canvas.line(data, colours[stroke], width)


def _muscle_colours(role: str) -> tuple[str, str, str]:
    """Fill, fibres and edge."""
    if role in ("current", "primary"):
        return "trained", "heat-5", "contour"
    if role == "secondary":
        return "heat-2", "heat-4", "contour"
    return "flesh-faint", "rule", "rule-strong"


def _window(view: View, slugs: set[str]) -> Box:
    """The part of the view that the plate shows."""
    shapes = "".join(region.shape for region in view.regions if region.slug in slugs)
    heights = [y for line in polylines(shapes) for _, y in line]
    body = [y for line in polylines(view.outline) for _, y in line]
    middle = (min(heights) + max(heights)) / 2
    top = min(max(middle - BODY_SHOWN / 2, min(body) - 16), max(body) + 16 - BODY_SHOWN)
    width = BODY_SHOWN * PLATE[0] / PLATE[1]
    return (-width / 2, top, width, BODY_SHOWN)
