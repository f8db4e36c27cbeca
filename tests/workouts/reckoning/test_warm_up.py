from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.plates import GYM, GYM_BARS
from workouts.reckoning.warm_up import warm_up
from workouts.vocabulary import Unit


def ramp(weight, unit=Unit.KG):
    sets = warm_up(Decimal(weight), bar=GYM_BARS[unit][0], plates=GYM[unit])
    return [f"{one.loaded.weight.normalize():f} x {one.reps}" for one in sets]


class TestWarmUp:
    @pytest.mark.parametrize(
        ("weight", "sets"),
        [
            ("100", ["20 x 10", "50 x 5", "70 x 3", "85 x 2"]),
            ("60", ["20 x 10", "30 x 5", "40 x 3", "50 x 2"]),
            ("42.5", ["20 x 10", "27.5 x 3", "35 x 2"]),
            ("30", ["20 x 10", "25 x 2"]),
            ("22.5", ["20 x 10"]),
            ("20", []),
            ("10", []),
        ],
    )
    def test_is_rounded_down_to_what_the_bar_holds(self, weight, sets):
        assert ramp(weight) == sets

    def test_of_pounds(self):
        assert ramp("225", Unit.LB) == ["45 x 10", "110 x 5", "155 x 3", "190 x 2"]

    @given(st.integers(0, 4000).map(lambda quarters: Decimal(quarters) / 4))
    def test_rises_to_below_the_working_weight(self, weight):
        sets = warm_up(weight, bar=Decimal(20), plates=GYM[Unit.KG])

        loads = [one.loaded.weight for one in sets]
        assert len(sets) <= 4
        assert loads == sorted(set(loads))
        assert all(load < weight for load in loads)
        assert [one.reps for one in sets] == sorted((one.reps for one in sets), reverse=True)
