"""Sets per muscle. The long example was reckoned by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.muscle_sets import (
    SESSION,
    SHARES,
    WEEK,
    Work,
    band_of,
    in_halves,
    sets_per_group,
    sets_per_muscle,
)
from workouts.reckoning.strength import SetFigures, count_sets

MUSCLES = ["lats", "upper-traps", "middle-traps", "rear-deltoid", "biceps", "abs"]
GROUPS = {"upper-traps": "traps", "middle-traps": "traps"}
ROLES = st.sampled_from(list(SHARES))

work = st.builds(
    Work,
    sets=st.integers(0, 20),
    roles=st.dictionaries(st.sampled_from(MUSCLES), ROLES),
)
halves = st.integers(0, 100).map(lambda number: Decimal(number) / 2)


def a_pull_session():
    """4 pull-ups, 4 barbell rows, 3 shrugs, 4 bench presses, with the muscles of each."""
    trapezius = ("upper-trapezius", "middle-trapezius", "lower-trapezius")
    pull_up = {
        **dict.fromkeys(("latissimus-dorsi", "teres-major"), "primary"),
        **dict.fromkeys(trapezius[1:], "secondary"),
        **dict.fromkeys(("rhomboids", "rear-deltoid", "biceps-brachii"), "secondary"),
        "obliques": "stabiliser",
    }
    row = {
        **dict.fromkeys(("latissimus-dorsi", "middle-trapezius", "rhomboids"), "primary"),
        **dict.fromkeys(("lower-trapezius", "teres-major", "rear-deltoid"), "secondary"),
        "biceps-brachii": "secondary",
        "hamstrings": "stabiliser",
    }
    shrug = {
        "upper-trapezius": "primary",
        **dict.fromkeys(("middle-trapezius", "levator-scapulae"), "secondary"),
    }
    bench = {
        "pectoralis-major-sternal": "primary",
        **dict.fromkeys(("pectoralis-major-clavicular", "front-deltoid"), "secondary"),
    }
    return [Work(4, pull_up), Work(4, row), Work(3, shrug), Work(4, bench)]


class TestAMuscle:
    def test_has_whole_sets_of_its_own_and_half_of_others(self):
        assert sets_per_muscle(a_pull_session()) == {
            "latissimus-dorsi": 8,
            "teres-major": 6,
            "upper-trapezius": 3,
            "middle-trapezius": Decimal("7.5"),
            "lower-trapezius": 4,
            "rhomboids": 6,
            "rear-deltoid": 4,
            "levator-scapulae": Decimal("1.5"),
            "biceps-brachii": 4,
            "pectoralis-major-sternal": 4,
            "pectoralis-major-clavicular": 2,
            "front-deltoid": 2,
        }

    def test_counts_three_left_and_three_right_as_three(self):
        sets = [SetFigures(reps=8, side=side) for side in ("left", "right") * 3]

        assert sets_per_muscle([Work(count_sets(sets), {"lats": "primary"})]) == {"lats": 3}

    @given(st.lists(work), st.lists(work))
    def test_has_the_sum_of_its_sessions(self, one, other):
        first, second = sets_per_muscle(one), sets_per_muscle(other)

        both = sets_per_muscle(one + other)

        assert both == {
            muscle: first.get(muscle, 0) + second.get(muscle, 0) for muscle in {*first, *second}
        }

    @given(st.lists(work), work)
    def test_never_has_less_for_more_work(self, done, more):
        before, after = sets_per_muscle(done), sets_per_muscle([*done, more])

        assert all(after[muscle] >= sets for muscle, sets in before.items())

    @given(st.lists(work))
    def test_has_at_most_all_sets(self, done):
        total = sum(each.sets for each in done)

        assert all(0 < sets <= total for sets in sets_per_muscle(done).values())


class TestAGroup:
    def test_counts_a_set_once_at_its_highest_part(self):
        parts = ("upper-trapezius", "middle-trapezius", "lower-trapezius")
        chest = ("pectoralis-major-sternal", "pectoralis-major-clavicular")
        groups = {**dict.fromkeys(parts, "trapezius"), **dict.fromkeys(chest, "pectoralis-major")}

        sets = sets_per_group(a_pull_session(), groups)

        assert (sets["trapezius"], sets["pectoralis-major"]) == (9, 4)
        assert sets["latissimus-dorsi"] == 8

    @given(st.lists(work))
    def test_lies_between_its_greatest_part_and_their_sum(self, done):
        muscles, groups = sets_per_muscle(done), sets_per_group(done, GROUPS)
        parts = [muscles.get(part, Decimal(0)) for part in GROUPS]

        assert max(parts) <= groups.get("traps", 0) <= sum(parts)

    @given(st.lists(work))
    def test_of_everything_has_each_set_at_most_once(self, done):
        groups = sets_per_group(done, dict.fromkeys(MUSCLES, "body"))

        assert groups.get("body", 0) <= sum(each.sets for each in done)


class TestBands:
    @pytest.mark.parametrize(
        ("sets", "week", "session"),
        [
            ("0.5", 1, 1),
            ("2", 1, 1),
            ("2.5", 1, 3),
            ("4.5", 1, 3),
            ("5", 3, 4),
            ("9.5", 3, 4),
            ("10", 4, 4),
            ("10.5", 4, 5),
            ("20", 4, 5),
            ("20.5", 5, 5),
        ],
    )
    def test_begin_where_they_say(self, sets, week, session):
        count = Decimal(sets)

        assert (band_of(count, WEEK).level, band_of(count, SESSION).level) == (week, session)

    @pytest.mark.parametrize("bands", [WEEK, SESSION])
    def test_have_none_for_nothing(self, bands):
        assert band_of(Decimal(0), bands) is None

    @given(halves, halves)
    def test_rise_with_the_sets(self, one, other):
        low, high = sorted((one, other))
        for bands in (WEEK, SESSION):
            levels = [band.level if (band := band_of(n, bands)) else 0 for n in (low, high)]
            assert levels == sorted(levels)

    @pytest.mark.parametrize("bands", [WEEK, SESSION])
    def test_say_their_bounds(self, bands):
        said = [band.text for band in bands]

        assert all(
            in_halves(band.most) in text
            for band, text in zip(bands, said, strict=True)
            if band.most is not None
        )
        assert in_halves(bands[-2].most) in said[-1]


@pytest.mark.parametrize(
    ("sets", "text"),
    [("0", "0"), ("0.5", "½"), ("1", "1"), ("7.5", "7½"), ("12.0", "12"), ("1743.5", "1,743½")],
)
def test_halves_are_written_as_halves(sets, text):
    assert in_halves(Decimal(sets)) == text
