"""The picture that stands beside a shared link: a muscle on the plate, or an exercise's figure.

Made of plain values, so that equal cards are drawn once. No Django.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from exercises.drawing.body_map import HEIGHT, LEFT, TOP, WIDTH, MapRegion, MapView, groups, views
from exercises.drawing.figures import drawing, poses
from exercises.drawing.painting import Box, paint, settings, style_sheet, tokens

SIZE = (1200, 630)
EDGE = 72
# The drawing takes the right part; the words have the left one.
PLATE = (520, 630)
WORDS = SIZE[0] - PLATE[0] - EDGE - 40
AIR = 0.09  # of the plate, on each side of a figure
COARSE = 4  # units of the body map to a pixel where only places and areas are looked for
BODY_SHOWN = 430  # units of the body map from the plate's top to its foot
FONTS = {"roman": "CrimsonPro[wght].ttf", "italic": "CrimsonPro-Italic[wght].ttf"}
TITLE_SIZES = (84, 72, 62, 54, 46)
TITLE_LINES = 3
MARKED = {"current": "is-current", "primary": "is-primary", "secondary": "is-secondary"}

Roles = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card says: what it is about, its name, and one line below in italics."""

    kind: str
    title: str
    line: str


@lru_cache(maxsize=64)
def muscle_card(words: CardText, *slugs: str) -> bytes:
    """A PNG with the muscles in madder on the view that shows most of them; a slug may be a
    group's.
    """
    parts = (part for slug in slugs for part in groups().get(slug, ()))
    marks = dict.fromkeys((*slugs, *parts), "current")
    return _png(words, _body(marks))


@lru_cache(maxsize=64)
def exercise_card(words: CardText, slug: str, roles: Roles) -> bytes:
    """A PNG with the end of the exercise's figure, the muscles of ``roles`` in their colours.

    An exercise that has no figure gets the body map of its muscles.
    """
    if poses.is_drawn(slug):
        return _png(words, _figure(slug, roles))
    return _png(words, _body(dict(roles)))


def _png(words: CardText, plate: Image.Image | None) -> bytes:
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


def _write(pen: ImageDraw.ImageDraw, words: CardText) -> None:
    """Kind, title and line from the top; the name of the site at the foot."""
    colours = tokens()
    pen.text((EDGE, 78), words.kind, colours["madder"], crimson("roman", 34, 500))
    font, lines = _title(words.title)
    y = 138.0
    for line in lines:
        pen.text((EDGE, y), line, colours["ink"], font)
        y += font.size * 1.02
    y += 22
    italic = crimson("italic", 38, 400)
    for line in _wrapped(words.line, italic)[:2]:
        pen.text((EDGE, y), line, colours["ink-soft"], italic)
        y += 46
    mark = crimson("roman", 44, 700)
    pen.text((EDGE, 528), "Back", colours["ink"], mark)
    pen.text((EDGE + mark.getlength("Back"), 528), "train", colours["madder"], mark)


def _title(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The title in the largest size in which it has room."""
    for size in TITLE_SIZES:
        font = crimson("roman", size, 600)
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
def crimson(style: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Crimson Pro, from the package that brings it; a server may have no fonts of its own."""
    with (files("fontpkg_crimson_pro") / "files" / FONTS[style]).open("rb") as file:
        font = ImageFont.truetype(BytesIO(file.read()), size)
    font.set_variation_by_axes([weight])
    return font


def _figure(slug: str, roles: Roles) -> Image.Image:
    _, end = drawing.draw(poses.figure(slug), dict(roles))
    styles = style_sheet("figure", ".fig-")
    whole = paint(end.svg, (0, 0, drawing.SIZE, drawing.SIZE), drawing.SIZE, styles=styles)
    return _plate(end.svg, _around(whole), styles)


def _plate(content: str, box: Box, styles: str) -> Image.Image:
    return paint(content, box, PLATE[0], background=tokens()["paper-raised"], styles=styles)


def _around(picture: Image.Image) -> Box:
    """The part of a picture that fills the plate with what is drawn, and some air around it."""
    left, top, right, bottom = picture.getbbox() or (0, 0, *picture.size)
    unit = max((right - left) / PLATE[0], (bottom - top) / PLATE[1]) / (1 - 2 * AIR)
    width, height = unit * PLATE[0], unit * PLATE[1]
    return ((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def _body(marks: dict[str, str]) -> Image.Image | None:
    """Part of a view, with the marked muscles in its middle as far as the body allows.

    ``None`` where no muscle is drawn.
    """
    view = _view_of(set(marks))
    if view is None:
        return None
    regions = sorted(view.regions, key=lambda region: region.slug in marks)
    content = (
        f'<clipPath id="body"><path d="{view.outline}"/></clipPath>'
        f'<g class="body-map is-marked">{path("skin", view.outline)}<g clip-path="url(#body)">'
        + "".join(path(line.kind, line.d) for line in view.under)
        + "".join(_muscle(region, marks.get(region.slug)) for region in regions)
        + "".join(path(line.kind, line.d) for line in view.over)
        + f"</g>{path('outline', view.outline)}</g>"
    )
    return _plate(content, _window(view, set(marks)), _map_styles())


def _muscle(region: MapRegion, role: str | None) -> str:
    if role not in MARKED:
        return path("rest", region.shape)
    parts = {"shape": region.shape, "fibres": region.fibres, "tendon": region.tendons}
    drawn = "".join(path(kind, data) for kind, data in parts.items())
    return f'<g class="{MARKED[role]}">{drawn}</g>'


def path(kind: str, data: str) -> str:
    """A path of the body map's, of a kind that its style sheet knows."""
    return f'<path class="body-map-{kind}" d="{data}"/>' if data else ""


def _map_styles() -> str:
    """The map's rules, those for a muscle once for each mark."""
    plain = settings("body-map", ".body-map-muscle")
    sheet = style_sheet("body-map", ".body-map")
    for mark in MARKED.values():
        variables = plain | settings("body-map", f".body-map .{mark}")
        sheet += style_sheet("body-map", ".body-map-shape", variables, within=f".{mark}")
        sheet += style_sheet("body-map", ".body-map-fibres", variables, within=f".{mark}")
    return sheet


def _view_of(slugs: set[str]) -> MapView | None:
    """The view on which these muscles have the largest area, if they are on any."""
    areas = {name: _area(_silhouette(view, slugs)) for name, view in views().items()}
    largest = max(areas, key=lambda name: areas[name])
    return views()[largest] if areas[largest] else None


def _silhouette(view: MapView, slugs: set[str]) -> Image.Image:
    """These muscles alone, coarsely."""
    shapes = "".join(region.shape for region in view.regions if region.slug in slugs)
    picture = paint(f'<path d="{shapes}"/>', (LEFT, TOP, WIDTH, HEIGHT), WIDTH // COARSE)
    return picture.getchannel("A")


def _area(silhouette: Image.Image) -> float:
    return sum(alpha * count for alpha, count in enumerate(silhouette.histogram()))


def _window(view: MapView, slugs: set[str]) -> Box:
    """The part of the view that the plate shows."""
    _, top, _, bottom = _silhouette(view, slugs).getbbox() or (0, 0, 0, 0)
    middle = TOP + COARSE * (top + bottom) / 2
    start = min(max(middle - BODY_SHOWN / 2, TOP), TOP + HEIGHT - BODY_SHOWN)
    width = BODY_SHOWN * PLATE[0] / PLATE[1]
    return (-width / 2, start, width, BODY_SHOWN)
