"""The icons of phones and tabs, made of ``static/img/icon.svg``: ``python -m backtrain.icons``."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from exercises.drawing.painting import Canvas

FOLDER = Path(__file__).resolve().parent.parent / "static" / "img"
PATH = re.compile(r'<path d="([^"]+)" fill="([^"]+)"/>')
SIDE = 32  # units of the drawing
ICO_SIZES = (16, 32, 48)
# Phones cut their own corners, and show of a maskable icon no more than its inner four fifths.
AIR = {"apple-touch-icon": 0.06, "icon-192": 0.0, "icon-512": 0.0, "icon-maskable": 0.12}
PIXELS = {"apple-touch-icon": 180, "icon-192": 192, "icon-512": 512, "icon-maskable": 512}


def draw() -> Iterator[tuple[str, bytes]]:
    """The name and content of every file that is made of the drawing."""
    plate, *shapes = PATH.findall((FOLDER / "icon.svg").read_text(encoding="utf-8"))
    for name, pixels in PIXELS.items():
        has_corners = AIR[name] == 0
        icon = _draw(shapes, pixels, paper=plate[1], air=AIR[name])
        if has_corners:
            icon.putalpha(_draw([(plate[0], "#ffffff")], pixels, paper="#000000").convert("L"))
        yield f"{name}.png", _encoded(icon, "PNG", optimize=True)
    yield "favicon.ico", _ico([plate, *shapes])


def _draw(shapes: list[tuple[str, str]], pixels: int, *, paper: str, air: float = 0) -> Image.Image:
    """The shapes on paper, with some of it around them, as a part of the side."""
    edge = SIDE * air
    canvas = Canvas((pixels, pixels), (-edge, -edge, SIDE + 2 * edge, SIDE + 2 * edge), paper)
    for data, colour in shapes:
        canvas.fill(data, colour)
    return canvas.picture()


def _ico(shapes: list[tuple[str, str]]) -> bytes:
    small, *larger = (_draw(shapes, side, paper=shapes[0][1]) for side in ICO_SIZES)
    sizes = [(side, side) for side in ICO_SIZES]
    return _encoded(larger[-1], "ICO", sizes=sizes, append_images=[small, *larger[:-1]])


def _encoded(image: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


if __name__ == "__main__":
    for name, content in draw():
        (FOLDER / name).write_bytes(content)
