"""The files that are made of drawings, and the manifest that names the icons."""

from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image, ImageChops, ImageDraw

from backtrain.drawn_images import FOLDER, icons
from exercises.drawing.body_map import sprite, views
from exercises.drawing.painting import tokens


def icon(name):
    """One of the committed files, none of them left open."""
    return Image.open(BytesIO((FOLDER / name).read_bytes()))


class TestIcons:
    @pytest.mark.parametrize(("name", "content"), list(icons()))
    def test_are_what_is_drawn_now(self, name, content):
        there, drawn = icon(name), Image.open(BytesIO(content))

        assert there.size == drawn.size
        difference = ImageChops.difference(there.convert("RGBA"), drawn.convert("RGBA"))
        assert max(high for _, high in difference.getextrema()) <= 2

    @pytest.mark.parametrize(
        ("name", "side"),
        [("apple-touch-icon", 180), ("icon-192", 192), ("icon-512", 512), ("icon-maskable", 512)],
    )
    def test_are_small_and_as_large_as_they_say(self, name, side):
        assert icon(f"{name}.png").size == (side, side)
        assert (FOLDER / f"{name}.png").stat().st_size < 12_000

    def test_favicon_has_each_size_of_a_tab(self):
        assert icon("favicon.ico").info["sizes"] == {(16, 16), (32, 32), (48, 48)}

    @pytest.mark.parametrize("name", ["apple-touch-icon", "icon-maskable"])
    def test_fill_the_corners_that_a_phone_cuts(self, name):
        corner = icon(f"{name}.png").convert("RGBA").getpixel((0, 0))

        assert corner == (*bytes.fromhex(tokens()["paper"][1:]), 255)

    def test_maskable_one_keeps_to_what_is_shown(self):
        shown = icon("icon-maskable.png").convert("RGB")
        paper = Image.new("RGB", shown.size, tokens()["paper"])

        ImageDraw.Draw(shown).circle((256, 256), 0.4 * 512, fill=tokens()["paper"])

        assert ImageChops.difference(shown, paper).getbbox() is None

    def test_are_in_colours_of_the_site(self):
        colours = {part[:7] for part in (FOLDER / "icon.svg").read_text().split('fill="')[1:]}

        assert colours <= set(tokens().values())


def test_body_map_is_what_is_drawn_now():
    """``python -m backtrain.drawn_images`` after each change of the drawing."""
    for name, view in views().items():
        assert (FOLDER / f"body-map-{name}.svg").read_text() == sprite(view)


class TestManifest:
    def test_says_what_a_phone_asks(self, client):
        response = client.get("/manifest.webmanifest")

        assert response.headers["Content-Type"] == "application/manifest+json"
        assert response.headers["Cache-Control"] == "public, max-age=86400"
        manifest = response.json()
        assert manifest["name"] == manifest["short_name"] == "Backtrain"
        assert manifest["display"] == "standalone"
        assert manifest["start_url"] == "/"
        assert manifest["theme_color"] == manifest["background_color"] == tokens()["paper"]

    def test_has_shortcuts_to_the_log_and_routines(self, client):
        shortcuts = client.get("/manifest.webmanifest").json()["shortcuts"]

        assert [(each["name"], each["url"]) for each in shortcuts] == [
            ("Log a workout", "/workouts/new/"),
            ("Start a session", "/workouts/new/?start"),
            ("Routines", "/routines/"),
        ]

    @pytest.mark.parametrize(
        ("address", "language", "log"),
        [
            ("/manifest.webmanifest", "en-GB", "Log a workout"),
            ("/manifest.webmanifest?language=de", "de", "Training eintragen"),
            ("/manifest.webmanifest?language=xx", "en-GB", "Log a workout"),
        ],
    )
    def test_is_in_the_language_of_the_page_whatever_the_browser_asks_for(
        self, client, address, language, log
    ):
        response = client.get(address, headers={"accept-language": "fr"})

        manifest = response.json()
        assert (manifest["lang"], manifest["shortcuts"][0]["name"]) == (language, log)
        assert "Accept-Language" not in response.headers.get("Vary", "")

    def test_names_icons_that_exist(self, client):
        icons = client.get("/manifest.webmanifest").json()["icons"]

        assert {each["sizes"] for each in icons} == {"any", "192x192", "512x512"}
        assert [each["src"] for each in icons if each.get("purpose") == "maskable"]
        for each in icons:
            assert finders.find(each["src"].removeprefix("/static/"))

    @pytest.mark.django_db
    def test_is_named_by_pages_and_allowed(self, client):
        response = client.get(reverse("exercises:muscles"))

        assert '<link rel="manifest" href="/manifest.webmanifest">' in response.content.decode()
        german = client.get(reverse("exercises:muscles"), headers={"accept-language": "de"})
        assert 'href="/manifest.webmanifest?language=de"' in german.content.decode()
        assert "manifest-src 'self'" in response.headers["Content-Security-Policy"]


def test_favicon_is_found_at_its_old_place(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert finders.find(response.url.removeprefix("/static/")) == str(FOLDER / "favicon.ico")
