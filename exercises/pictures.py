"""Uploaded pictures: known by content, turned upright, and drawn anew in two sizes.

Nothing of the upload itself is kept, neither metadata (a phone writes where it was) nor whatever
else a file can hide. No Django but its file wrapper.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
PAGE_SIDE = 1280
LIST_SIDE = 320
QUALITY = 82
SRGB = ImageCms.createProfile("sRGB")


class BadPicture(Exception):
    """A file that is no picture we take; the message says why."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The picture as WebP, its longest side at most ``PAGE_SIDE`` and ``LIST_SIDE`` pixels.

    ``size`` is the width and height of the one for the page.
    """

    page: "ContentFile[bytes]"
    small: "ContentFile[bytes]"
    size: tuple[int, int]


def redraw(file: IO[bytes], *, name: str) -> Redrawn:
    """Both sizes of an uploaded picture, as ``name.webp``. Raises ``BadPicture``."""
    picture = _upright(_open(file))
    page, small = _fitted(picture, PAGE_SIDE), _fitted(picture, LIST_SIDE)
    return Redrawn(_encode(page, name), _encode(small, f"{name}-small"), page.size)


def _open(file: IO[bytes]) -> Image.Image:
    """The picture, its size checked before a pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadPicture(_too_large()) from error
    except Exception as error:
        raise BadPicture("This is not a JPEG, PNG or WebP picture.") from error
    if image.width * image.height > MAX_PIXELS:
        raise BadPicture(_too_large())
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Decoded, turned as its camera says, in sRGB; a transparent one stays so."""
    try:
        image.load()
        turned = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile")
        mode = "RGBA" if turned.has_transparency_data else "RGB"
        picture = turned.convert(mode)
        return _to_srgb(picture, profile) if profile else picture
    except Exception as error:
        raise BadPicture("The picture is damaged: it can't be read to its end.") from error


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, SRGB) or picture
    except (ImageCms.PyCMSError, OSError):  # a profile for another kind of picture, or a broken one
        return picture


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    smaller.info = {}
    return smaller


def _encode(picture: Image.Image, name: str) -> "ContentFile[bytes]":
    file = BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=6)
    return ContentFile(file.getvalue(), name=f"{name}.webp")


def _too_large() -> str:
    return f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels; make it smaller."
