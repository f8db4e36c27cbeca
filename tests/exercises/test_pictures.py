"""Uploads are drawn anew: nothing of the file itself is kept."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from exercises.pictures import LIST_SIDE, PAGE_SIDE, BadPicture, redraw

ORIENTATION = 0x0112
GPS = 0x8825


def upload(size=(40, 20), *, kind="JPEG", mode="RGB", colour="red", **options):
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind, **options)
    file.seek(0)
    return file


def read(content):
    return Image.open(BytesIO(content.read()))


class TestRedraw:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_makes_two_webp_files(self, kind):
        redrawn = redraw(upload((3000, 1500), kind=kind), name="pull-up")

        assert redrawn.page.name == "pull-up.webp"
        assert redrawn.size == (PAGE_SIDE, PAGE_SIDE // 2)
        page, small = read(redrawn.page), read(redrawn.small)
        assert (page.format, page.size) == ("WEBP", redrawn.size)
        assert (small.format, small.size) == ("WEBP", (LIST_SIDE, LIST_SIDE // 2))

    def test_enlarges_nothing(self):
        redrawn = redraw(upload((40, 20)), name="x")

        assert read(redrawn.page).size == read(redrawn.small).size == (40, 20)

    def test_turns_it_as_the_camera_says(self):
        exif = Image.Exif()
        exif[ORIENTATION] = 6

        redrawn = redraw(upload((40, 20), exif=exif), name="x")

        assert redrawn.size == (20, 40)

    def test_drops_where_it_was_taken(self):
        exif = Image.Exif()
        exif[GPS] = {1: "N", 2: (47.0, 22.0, 0.0)}
        before = upload(exif=exif)
        assert b"Exif" in before.getvalue()

        redrawn = redraw(before, name="x")

        for content in (redrawn.page, redrawn.small):
            picture = read(content)
            assert not picture.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)

    def test_drops_what_is_hidden_behind_the_picture(self):
        file = BytesIO(upload().getvalue() + b"<script>alert(1)</script>")

        redrawn = redraw(file, name="x")

        assert b"script" not in redrawn.page.read()

    def test_keeps_transparency(self):
        redrawn = redraw(upload(kind="PNG", mode="RGBA", colour=(255, 0, 0, 0)), name="x")

        assert read(redrawn.page).convert("RGBA").getpixel((0, 0))[3] == 0

    @pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
    def test_takes_every_kind_of_colour(self, mode):
        kind = "JPEG" if mode == "CMYK" else "PNG"

        redrawn = redraw(upload(kind=kind, mode=mode, colour=0), name="x")

        assert read(redrawn.page).mode == "RGB"

    def test_turns_another_colour_space_into_srgb(self):
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        plain, tagged = upload(colour=(200, 80, 40)), None
        tagged = upload(colour=(200, 80, 40), icc_profile=lab.tobytes())

        colours = [read(redraw(file, name="x").page).getpixel((5, 5)) for file in (plain, tagged)]

        assert max(abs(a - b) for a, b in zip(*colours, strict=True)) <= 3

    def test_survives_a_broken_colour_profile(self):
        assert redraw(upload(icc_profile=b"nonsense"), name="x").size == (40, 20)


class TestBadPicture:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"<script>alert(1)</script>",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"\0" * 9,
        ],
    )
    def test_is_what_is_no_picture(self, content):
        with pytest.raises(BadPicture, match="not a JPEG, PNG or WebP"):
            redraw(BytesIO(content), name="x")

    @pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
    def test_is_another_format(self, kind):
        with pytest.raises(BadPicture, match="not a JPEG, PNG or WebP"):
            redraw(upload((16, 16), kind=kind), name="x")

    @pytest.mark.parametrize("side", [6400, 9600, 20_000])
    def test_is_one_too_large_to_decode(self, side):
        """The header alone is refused: the few bytes behind it would fill the memory."""

        def chunk(kind, data):
            body = kind + data
            return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

        header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        png = (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"IDAT", b"")
            + chunk(b"IEND", b"")
        )

        with pytest.raises(BadPicture, match="more than 40 million pixels"):
            redraw(BytesIO(png), name="x")

    def test_is_one_that_ends_in_the_middle(self):
        whole = upload((400, 400), kind="PNG", colour="blue").getvalue()

        with pytest.raises(BadPicture, match="damaged"):
            redraw(BytesIO(whole[: len(whole) // 2]), name="x")
