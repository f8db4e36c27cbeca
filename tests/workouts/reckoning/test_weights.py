from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.weights import exact_kg, format_weight, from_kg, plain, to_kg

weights = st.decimals(0, Decimal("9999.999"), places=3)


class TestPounds:
    def test_every_quarter_pound_to_2000_comes_back_exactly(self):
        quarters = [Decimal(number) / 4 for number in range(1, 8001)]

        drifted = [lb for lb in quarters if from_kg(to_kg(lb, "lb"), "lb") != lb]

        assert drifted == []

    def test_kilograms_are_kept_to_the_gram(self):
        """The exact value is 102.05828325 kg (training-science.md, 11)."""
        assert to_kg(Decimal(225), "lb") == Decimal("102.058")

    def test_kilograms_are_shown_to_a_hundredth_of_a_pound(self):
        """100 kg are 220.4622... lb (training-science.md, 11)."""
        assert from_kg(Decimal(100), "lb") == Decimal("220.46")

    def test_a_gram_that_lies_between_goes_up(self):
        assert to_kg(Decimal("0.0005"), "kg") == Decimal("0.001")
        assert to_kg(Decimal("0.0015"), "kg") == Decimal("0.002")

    @pytest.mark.parametrize(
        ("kg", "places", "lb"),
        [
            ("10", 1, "22.0"),  # 22.0462: by way of hundredths it would be 22.1
            ("10", 2, "22.05"),
            ("10", 0, "22"),
            ("9.0945270185", 1, "20.1"),  # 20.05 lb exactly
            ("9.0945270184", 1, "20.0"),
            ("-9.0945270185", 1, "-20.1"),
        ],
    )
    def test_are_rounded_once_from_all_their_decimals(self, kg, places, lb):
        assert from_kg(Decimal(kg), "lb", places=places) == Decimal(lb)

    @given(weights, st.sampled_from(["kg", "lb"]))
    def test_are_exact_where_figures_are_reckoned(self, weight, unit):
        assert from_kg(exact_kg(weight, unit), unit, places=3) == weight

    @given(weights, weights)
    def test_the_heavier_is_the_heavier_in_kilograms(self, one, other):
        lighter, heavier = sorted((one, other))

        assert to_kg(lighter, "lb") <= to_kg(heavier, "lb")


class TestKilograms:
    @given(weights)
    def test_are_kept_as_they_are(self, weight):
        assert to_kg(weight, "kg") == weight


class TestShowing:
    @pytest.mark.parametrize(
        ("number", "shown"),
        [
            ("62.500", "62.5"),
            ("60.000", "60"),
            ("100", "100"),
            ("1E+3", "1000"),
            ("0.250", "0.25"),
            ("-20.0", "-20"),
            ("0", "0"),
        ],
    )
    def test_leaves_out_what_nobody_writes(self, number, shown):
        assert plain(Decimal(number)) == shown

    def test_names_the_unit(self):
        assert format_weight(Decimal("132.250"), "lb") == "132.25 lb"
