"""The arithmetic of contrast, and that our own colours have enough of it."""

import pytest

from backtrain.colours import Pair, contrast
from backtrain.gallery import pairs
from exercises.drawing.colours import Colour, colours, site_colours


class TestContrast:
    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#2c5f8a", "#2c5f8a", 1)],
    )
    def test_follows_wcag_either_way_round(self, one, other, ratio):
        assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
        assert contrast(other, one) == contrast(one, other)


class TestColours:
    def test_are_read_for_each_scheme(self):
        css = "--ink: light-dark(#000001, #fffffe);\n--on: #123456;\n--line: 1px solid var(--ink);"

        assert colours(css) == {
            "ink": Colour("ink", "#000001", "#fffffe"),
            "on": Colour("on", "#123456", "#123456"),
        }


class TestOurs:
    def test_are_all_read(self):
        assert len(site_colours()) > 50

    @pytest.mark.parametrize(
        "pair", pairs(), ids=lambda pair: f"{pair.front.name}-{pair.back.name}"
    )
    def test_stand_out_in_both_schemes(self, pair):
        assert pair.is_enough, (round(pair.light, 2), round(pair.dark, 2))

    def test_would_be_caught(self):
        grey, paper = Colour("grey", "#595959", "#595959"), Colour("paper", "#ffffff", "#191613")

        assert not Pair(grey, paper, 4.5).is_enough
