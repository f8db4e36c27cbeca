from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.plates import GYM, GYM_BARS, load_bar
from workouts.vocabulary import Unit

KG, LB = Unit.KG, Unit.LB
PLATES = st.dictionaries(
    st.sampled_from([Decimal(n) for n in ("25", "20", "15", "10", "5", "2.5", "1.25", "0.5")]),
    st.integers(0, 5),
    max_size=4,
)
WEIGHTS = st.integers(0, 1200).map(lambda quarters: Decimal(quarters) / 4)


def side(weight, unit=KG, plates=None, bar=None):
    plates = {Decimal(plate): n for plate, n in plates.items()} if plates else GYM[unit]
    loading = load_bar(Decimal(weight), bar=Decimal(bar or GYM_BARS[unit][0]), plates=plates)
    return loading.exact and " ".join(f"{plate:f}" for plate in loading.exact.side)


class TestLoadBar:
    @pytest.mark.parametrize(
        ("weight", "unit", "plates"),
        [
            ("20", KG, ""),
            ("100", KG, "25 15"),
            ("142.5", KG, "25 25 10 1.25"),
            ("62.5", KG, "20 1.25"),
            ("45", LB, ""),
            ("135", LB, "45"),
            ("315", LB, "45 45 45"),
            ("165", LB, "35 25"),  # not 45 10 5
        ],
    )
    def test_takes_the_fewest_plates(self, weight, unit, plates):
        assert side(weight, unit) == plates

    def test_is_no_more_than_there_are(self):
        assert side("130", plates={"25": 2, "10": 4, "5": 2}) is None
        assert side("110", plates={"25": 2, "10": 4}) == "25 10 10"

    def test_leaves_an_odd_plate_on_the_floor(self):
        assert side("60", plates={"10": 3, "5": 4}) == "10 5 5"

    @pytest.mark.parametrize(
        ("weight", "below", "above"),
        [("101", 100, Decimal("102.5")), ("10", None, 20), ("2000", Decimal("397.5"), None)],
    )
    def test_says_what_is_nearest(self, weight, below, above):
        plates = {**GYM[KG]}

        loading = load_bar(Decimal(weight), bar=Decimal(20), plates=plates)

        most = 20 + sum(plate * count for plate, count in plates.items())
        assert loading.exact is None
        assert loading.below == below or loading.below.weight == (
            below if weight != "2000" else most
        )
        assert loading.above == above or loading.above.weight == above

    def test_of_a_bar_alone(self):
        loading = load_bar(Decimal(25), bar=Decimal(20), plates={})

        assert (loading.exact, loading.below.weight, loading.above) == (None, 20, None)

    @given(WEIGHTS, PLATES, st.sampled_from([Decimal(20), Decimal(15), Decimal("7.5")]))
    def test_obeys_its_laws(self, weight, plates, bar):
        loading = load_bar(weight, bar=bar, plates=plates)

        possible = all_loads(bar, plates)
        for found in filter(None, (loading.exact, loading.below, loading.above)):
            assert found.weight == bar + 2 * sum(found.side)
            assert all(2 * found.side.count(plate) <= plates[plate] for plate in found.side)
            assert len(found.side) == possible[found.weight]
            assert sorted(found.side, reverse=True) == list(found.side)
        assert (loading.exact.weight if loading.exact else None) == (
            weight if weight in possible else None
        )
        below = max((each for each in possible if each < weight), default=None)
        above = min((each for each in possible if each > weight), default=None)
        assert (loading.below.weight if loading.below else None) == below
        assert (loading.above.weight if loading.above else None) == above


def all_loads(bar, plates):
    """Every weight that can be loaded, with the fewest plates a side."""
    found = {}
    for counts in product(*(range(n // 2 + 1) for n in plates.values())):
        weight = bar + 2 * sum(p * n for p, n in zip(plates, counts, strict=True))
        found[weight] = min(sum(counts), found.get(weight, 999))
    return found
