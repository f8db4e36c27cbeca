"""Files of ``static/img/`` made of drawings: ``python -m backtrain.drawn_images`` renews them.

They are the icons of phones and tabs, of ``icon.svg``, and the paths of the body map.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from exercises.drawing.body_map import sprite, views
from exercises.drawing.painting import paint, tokens

FOLDER = Path(__file__).resolve().parent.parent / "static" / "img"
PATH = re.compile(r"<path .*?/>")
SIDE = 32  # units of the drawing
ICO_SIZES = (16, 32, 48)
# Phones cut their own corners, and show of a maskable icon no more than its inner four fifths.
AIR = {"apple-touch-icon": 0.06, "icon-192": 0.0, "icon-512": 0.0, "icon-maskable": 0.12}
PIXELS = {"apple-touch-icon": 180, "icon-192": 192, "icon-512": 512, "icon-maskable": 512}


def images() -> Iterator[tuple[str, bytes]]:
    """The name and content of every file that is made of a drawing."""
    for name, view in views().items():
        yield f"body-map-{name}.svg", sprite(view).encode()
    yield from icons()


def icons() -> Iterator[tuple[str, bytes]]:
    for name, pixels in PIXELS.items():
        yield f"{name}.png", _encoded(_draw(pixels, air=AIR[name]), "PNG", optimize=True)
    small, *larger = (_draw(side) for side in ICO_SIZES)
    sizes = [(side, side) for side in ICO_SIZES]
    others = [small, *larger[:-1]]
    yield "favicon.ico", _encoded(larger[-1], "ICO", sizes=sizes, append_images=others)


def _draw(pixels: int, *, air: float = 0) -> Image.Image:
    """The drawing; with some air around it, as a part of its side, on paper up to the corners."""
    edge = SIDE * air
    box = (-edge, -edge, SIDE + 2 * edge, SIDE + 2 * edge)
    shapes = "".join(PATH.findall((FOLDER / "icon.svg").read_text(encoding="utf-8")))
    return paint(shapes, box, pixels, background=tokens()["paper"] if air else None)


def _encoded(image: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


if __name__ == "__main__":
    for name, content in images():
        (FOLDER / name).write_bytes(content)
