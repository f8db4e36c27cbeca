"""Uploaded pictures: known by content, turned upright, and drawn anew in two sizes.

Nothing of the upload itself is kept, neither metadata (a phone writes where it was) nor whatever
else a file can hide. No Django but its file wrapper.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO

from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
# What takes at most some 220 MB to decode: a JPEG is made smaller while it is read, unless it is
# a progressive one; a WebP is held four times over.
MAX_MEGAPIXELS = {"JPEG": 50, "PNG": 24, "WEBP": 12}
MAX_MEGAPIXELS_PROGRESSIVE = 20
# Each scan of a JPEG goes over the whole picture again. Cameras and programs write ten or so.
MAX_SCANS = 100
START_OF_SCAN = b"\xff\xda"
PAGE_SIDE = 1280
LIST_SIDE = 320
QUALITY = 82
SRGB = ImageCms.createProfile("sRGB")
# Those that can be made smaller before they are turned into RGB
SCALED_AS_THEY_ARE = ("RGB", "RGBA", "L", "CMYK")

_decoding = Lock()


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
    """Both sizes of an uploaded picture, as ``name.webp``. Raises ``BadPicture``.

    A process decodes one at a time, so that several uploads cost no more memory than one.
    """
    with _decoding:
        page = _upright(_open(file))
    small = _fitted(page, LIST_SIDE)
    return Redrawn(_encode(page, name), _encode(small, f"{name}-small"), page.size)


def _open(file: IO[bytes]) -> Image.Image:
    """The picture, its size checked before a pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadPicture(_too_large(max(MAX_MEGAPIXELS.values()))) from error
    except Exception as error:
        raise BadPicture("This is not a JPEG, PNG or WebP picture.") from error
    most = _most_megapixels(image)
    if image.width * image.height > most * 1_000_000:
        raise BadPicture(_too_large(most))
    if _scans(file) > MAX_SCANS:
        raise BadPicture("The picture can't be read. Save it anew in another program.")
    return image


def _most_megapixels(image: Image.Image) -> int:
    if "progressive" in image.info:
        return MAX_MEGAPIXELS_PROGRESSIVE
    return MAX_MEGAPIXELS.get(image.format or "", MAX_MEGAPIXELS["JPEG"])  # or MPO, several JPEGs


def _scans(file: IO[bytes]) -> int:
    """How often a JPEG begins a scan; its pixels never look like that. Puts the file back."""
    place = file.tell()
    file.seek(0)
    is_jpeg = file.read(2) == b"\xff\xd8"
    count = file.read().count(START_OF_SCAN) if is_jpeg else 0
    file.seek(place)
    return count


def _upright(image: Image.Image) -> Image.Image:
    """As large as the page shows it, turned as its camera says, in sRGB.

    A transparent one stays so. It is made smaller first: all else costs the more, the larger it is.
    """
    try:
        if image.mode not in SCALED_AS_THEY_ARE or "transparency" in image.info:
            image = image.convert(_mode(image))
        image.thumbnail((PAGE_SIDE, PAGE_SIDE), Image.Resampling.LANCZOS)
        profile = image.info.get("icc_profile")
        turned = ImageOps.exif_transpose(image)
        picture = turned.convert(_mode(turned))
        picture = _to_srgb(picture, profile) if profile else picture
    except Exception as error:
        raise BadPicture("The picture is damaged: it can't be read to its end.") from error
    picture.info = {}
    return picture


def _mode(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, SRGB) or picture
    except (ImageCms.PyCMSError, OSError):  # a profile for another kind of picture, or a broken one
        return picture


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    return smaller


def _encode(picture: Image.Image, name: str) -> "ContentFile[bytes]":
    file = BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=6)
    return ContentFile(file.getvalue(), name=f"{name}.webp")


def _too_large(most: int) -> str:
    return (
        f"The picture has more than {most} million pixels, the most that we can take of its kind."
        " Save it smaller: 2,560 pixels along its longer side are plenty."
    )
