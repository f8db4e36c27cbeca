"""Drawings as pixels, with the site's own style sheets."""

import re

import pytest

from exercises.drawing.body_map import views
from exercises.drawing.painting import STYLES, paint, rules, settings, style_sheet, tokens

SQUARE = '<path class="a" d="M0 0h5v10h-5z"/>'


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """Writes a component's style sheet where it is looked for."""
    rules.cache_clear()
    monkeypatch.setattr("exercises.drawing.painting.STYLES", tmp_path)
    tokens()
    (tmp_path / "components").mkdir()
    yield lambda css: (tmp_path / "components" / "thing.css").write_text(css)
    rules.cache_clear()


class TestPaint:
    def test_is_in_the_units_of_the_drawing(self):
        picture = paint('<path fill="#f00" d="M-10 0h10v10h-10z"/>', (-10, 0, 20, 10), 20)

        assert picture.size == (20, 10)
        assert picture.getpixel((4, 5)) == (255, 0, 0, 255)
        assert picture.getpixel((15, 5))[3] == 0

    def test_has_a_ground_where_one_is_asked_for(self):
        picture = paint(SQUARE, (0, 0, 10, 10), 10, background="#fdfaf3")

        assert picture.getpixel((8, 5)) == (0xFD, 0xFA, 0xF3, 255)

    def test_obeys_a_style_sheet(self):
        picture = paint(SQUARE, (0, 0, 10, 10), 10, styles=".a{fill: #00f}")

        assert picture.getpixel((2, 5)) == (0, 0, 255, 255)

    def test_paints_lines_below_what_they_surround_where_the_styles_say_so(self):
        styles = ".a{fill: #fff; stroke: #000; stroke-width: 4; paint-order: stroke}"

        picture = paint(SQUARE, (0, 0, 10, 10), 10, styles=styles)

        assert picture.getpixel((4, 5)) == (255, 255, 255, 255)
        assert picture.getpixel((6, 5)) == (0, 0, 0, 255)


class TestStyleSheet:
    def test_puts_in_what_tokens_and_variables_stand_for(self, sheet):
        sheet("@layer x { .a-b { fill: var(--paper); stroke: var(--edge); } }")

        styles = style_sheet("thing", ".a", {"edge": "var(--ink)"})

        assert "fill: #f7f1e5; stroke: #241f19;" in styles

    def test_follows_a_changed_width(self, sheet):
        sheet(".a { stroke-width: 1.5; } .a-far { fill: none; }")
        assert "stroke-width: 1.5" in style_sheet("thing", ".a")
        rules.cache_clear()

        sheet(".a { stroke-width: 3; }")

        assert "stroke-width: 3" in style_sheet("thing", ".a")

    def test_gives_each_of_a_list_the_rule_and_later_ones_after_it(self, sheet):
        sheet(".a,\n.b { fill: none; }\n.b { fill: red; }")

        assert [
            line.split("{")[0].strip()
            for line in style_sheet("thing", ".").splitlines()
            if "{" in line
        ] == [".a", ".b"]
        assert re.search(r"\.b\{ fill: none;\s+fill: red; \}", style_sheet("thing", "."))

    def test_knows_the_settings_of_a_rule(self, sheet):
        sheet(".a { --fill: var(--flesh); --width: 2; fill: none; }")

        assert settings("thing", ".a") == {"fill": "var(--flesh)", "width": "2"}


class TestDrawnClasses:
    """Each has its rules where they can be read: none within another."""

    def test_of_a_figure(self):
        css = (STYLES / "components" / "figure.css").read_text()
        drawn = css[css.index("  .fig-skin") :]

        assert "&" not in drawn
        assert "var(" not in style_sheet("figure", ".fig-")

    def test_of_the_body_map(self):
        css = (STYLES / "components" / "body-map.css").read_text()
        kinds = {line.kind for view in views().values() for line in (*view.under, *view.over)}

        for kind in kinds | {"skin", "outline", "rest", "shape", "fibres", "tendon"}:
            assert f".body-map-{kind}" in rules("body-map")
            for block in re.findall(rf"\.body-map-{kind}\b[ ,{{][^}}]*", css):
                assert "&" not in block


def test_colours_are_those_of_the_site_in_the_light():
    assert tokens()["paper"] == "#f7f1e5"
    assert tokens()["on-madder"] == "#fffaf2"
