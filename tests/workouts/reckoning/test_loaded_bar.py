from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.loaded_bar import bar_drawing

SIDES = st.lists(
    st.sampled_from([Decimal(n) for n in ("25", "20", "10", "5", "1.25")]), max_size=12
)


class TestBarDrawing:
    @given(SIDES)
    def test_puts_the_plates_side_by_side_on_the_sleeve(self, side):
        drawing = bar_drawing(side, heaviest=Decimal(25))

        assert [plate.text for plate in drawing.plates] == [f"{plate:f}" for plate in side]
        edges = [(drawing.sleeve.x, drawing.sleeve.x)]
        edges += [(plate.x, plate.x + plate.width) for plate in drawing.plates]
        for (_, before), (after, _) in pairwise(edges):
            assert before < after
        assert edges[-1][1] < drawing.sleeve.x + drawing.sleeve.width < drawing.width

    @given(SIDES)
    def test_draws_a_heavier_plate_taller(self, side):
        plates = bar_drawing(side, heaviest=Decimal(25)).plates

        heights = {Decimal(plate.text): plate.height for plate in plates}
        assert [heights[plate] for plate in sorted(heights)] == sorted(heights.values())
        assert all(plate.y >= 0 and plate.y + plate.height <= 124 for plate in plates)
