"""The picture of a year of training, to be shared: its days, both views of the body, its figures.

Made of plain values. No Django.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from exercises.drawing.body_map import HEIGHT, TOP, WIDTH, MapView, groups, views
from exercises.drawing.cards import crimson, path
from exercises.drawing.painting import paint, settings, style_sheet, tokens

SIZE = (1080, 1350)
EDGE = 72
ROOM = SIZE[0] - 2 * EDGE
WEEKS = 54  # that a year has a day in, at most
SQUARE = 0.86  # of a day's room
FIGURES_IN_A_ROW = 3
DAYS_TOP, FIGURES_TOP, BODY_TOP, FOOT = 276, 440, 700, 1262
BODY_ROOM = WIDTH * 0.69  # of a view, without its labels
BODY_HEIGHT = 530
BODY_WIDTH = round(BODY_HEIGHT * BODY_ROOM / HEIGHT)

Week = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class YearText:
    """What the picture says: the year, a line below, figures with their labels, and below
    ``most_line`` what was done most, each with how much.
    """

    title: str
    line: str
    figures: tuple[tuple[str, str], ...]
    most: tuple[tuple[str, str], ...]
    most_line: str


def year_card(words: YearText, weeks: Sequence[Week], heat: Mapping[str, int]) -> bytes:
    """A PNG. A week has seven days, each as its shade from 1, 0 for one without training, None for
    one of another year; ``heat`` has the level of muscles and groups, by slug.
    """
    colours = tokens()
    card = Image.new("RGB", SIZE, colours["paper"])
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, SIZE[0], 13), fill=colours["madder-fill"])
    pen.text((EDGE, 40), words.title, colours["ink"], crimson("roman", 120, 600))
    pen.text((EDGE, 188), words.line, colours["ink-soft"], crimson("italic", 42, 400))
    _draw_days(pen, weeks)
    _write_figures(pen, words.figures)
    for number, view in enumerate(views().values()):
        body = _body(view, heat)
        card.paste(body, (EDGE + number * (BODY_WIDTH + 12), BODY_TOP), body)
    _write_most(pen, words)
    mark = crimson("roman", 44, 700)
    pen.text((EDGE, FOOT), "Back", colours["ink"], mark)
    pen.text((EDGE + mark.getlength("Back"), FOOT), "train", colours["madder"], mark)
    file = BytesIO()
    card.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_days(pen: ImageDraw.ImageDraw, weeks: Sequence[Week]) -> None:
    colours = tokens()
    pitch = ROOM / WEEKS
    side = pitch * SQUARE
    for column, week in enumerate(weeks):
        for row, level in enumerate(week):
            if level is not None:
                x, y = EDGE + column * pitch, DAYS_TOP + row * pitch
                colour = colours[f"heat-{level}"] if level else colours["paper-sunk"]
                pen.rectangle((x, y, x + side, y + side), fill=colour)


def _write_figures(pen: ImageDraw.ImageDraw, figures: Sequence[tuple[str, str]]) -> None:
    colours = tokens()
    for number, (label, value) in enumerate(figures):
        row, column = divmod(number, FIGURES_IN_A_ROW)
        x, y = EDGE + column * ROOM / FIGURES_IN_A_ROW, FIGURES_TOP + row * 118
        pen.text((x, y), value, colours["ink"], crimson("roman", 52, 600))
        pen.text((x, y + 60), label, colours["ink-soft"], crimson("roman", 32, 400))


def _write_most(pen: ImageDraw.ImageDraw, words: YearText) -> None:
    colours = tokens()
    x, y = EDGE + 2 * BODY_WIDTH + 56, BODY_TOP + 8
    if words.most:
        pen.text((x, y), words.most_line, colours["madder"], crimson("roman", 34, 500))
    y += 62
    for name, sets in words.most:
        font = crimson("roman", 38, 600)
        pen.text((x, y), _shortened(name, font, SIZE[0] - EDGE - x), colours["ink"], font)
        pen.text((x, y + 42), sets, colours["ink-soft"], crimson("italic", 32, 400))
        y += 96


def _shortened(text: str, font: FreeTypeFont, room: float) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _body(view: MapView, heat: Mapping[str, int]) -> Image.Image:
    levels = {
        slug: level for group, level in heat.items() for slug in (*groups().get(group, ()), group)
    }
    content = (
        f'<clipPath id="body"><path d="{view.outline}"/></clipPath>'
        f'<g class="body-map is-marked">{path("skin", view.outline)}<g clip-path="url(#body)">'
        + "".join(path(line.kind, line.d) for line in view.under)
        + "".join(
            f'<g class="heat-{levels.get(region.slug, 0)}">{path("shape", region.shape)}'
            f"{path('fibres', region.fibres)}{path('tendon', region.tendons)}</g>"
            for region in view.regions
        )
        + "".join(path(line.kind, line.d) for line in view.over)
        + f"</g>{path('outline', view.outline)}</g>"
    )
    return paint(content, (-BODY_ROOM / 2, TOP, BODY_ROOM, HEIGHT), BODY_WIDTH, styles=_styles())


def _styles() -> str:
    """The map's rules, those for a muscle once for each level."""
    plain = settings("body-map", ".body-map-muscle")
    sheet = style_sheet("body-map", ".body-map")
    for level in range(6):
        variables = plain | settings("body-map", f".body-map .heat-{level}")
        for part in (".body-map-shape", ".body-map-fibres"):
            sheet += style_sheet("body-map", part, variables, within=f".heat-{level}")
    return sheet
