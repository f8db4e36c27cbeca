"""The best at each load and number of reps, against a slow look at every set."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.rep_maxes import EqualSets, best_at_each_load, fastest, rep_maxes

SETS = st.lists(
    st.builds(
        EqualSets,
        st.none() | st.integers(-3, 3).map(lambda n: Decimal(n * 10)),
        st.integers(1, 15),
        st.none(),
        st.none(),
        st.integers(1, 30).map(lambda day: f"2026-11-{day:02}"),
    ),
    max_size=12,
    unique_by=lambda one: (one.load_kg, one.reps),
)


def alike(load=None, reps=None, seconds=None, metres=None, day=1):
    load = None if load is None else Decimal(load)
    metres = None if metres is None else Decimal(metres)
    return EqualSets(load, reps, seconds, metres, f"2026-11-{day:02}")


class TestAtEachLoad:
    def test_is_the_most_and_marks_what_more_was_lifted_for(self):
        found = best_at_each_load(
            [alike(60, 8), alike(60, 10), alike(80, 5), alike(70, 5), alike(70, 4)], "reps"
        )

        assert [(int(one.sets.load_kg), one.sets.reps, one.is_topped) for one in found] == [
            (80, 5, False),
            (70, 5, True),
            (60, 10, False),
        ]

    def test_ranks_little_help_first(self):
        found = best_at_each_load([alike(-30, 8), alike(-20, 6), alike(0, 3)], "reps")

        assert [int(one.sets.load_kg) for one in found] == [0, -20, -30]

    def test_of_holds_leaves_out_what_went_against_the_clock(self):
        sets = [alike(20, seconds=30), alike(20, seconds=60, metres=40), alike(20, 8, seconds=90)]

        [best] = best_at_each_load(sets, "seconds")

        assert best.sets.seconds == 30

    @given(SETS)
    def test_is_what_a_look_at_each_set_finds(self, sets):
        for one in best_at_each_load(sets, "reps"):
            there = [each for each in sets if each.load_kg == one.sets.load_kg]
            assert one.sets.reps == max(each.reps for each in there)
            heavier = [each for each in sets if (each.load_kg or 0) > (one.sets.load_kg or 0)]
            if one.sets.load_kg:
                assert one.is_topped == any(each.reps >= one.sets.reps for each in heavier)


class TestRepMaxes:
    def test_are_the_heaviest_for_so_many_reps_or_more(self):
        found = rep_maxes([alike(100, 5), alike(90, 8), alike(105, 1)], e1rm_kg=None)

        assert [one.done and int(one.done.load_kg) for one in found] == [
            *(105, 100, 100, 100, 100, 90, 90, 90, None, None, None, None)
        ]

    @pytest.mark.parametrize(
        ("reps", "load"), [(1, "120"), (5, "102.857"), (10, "90.000"), (12, "85.714")]
    )
    def test_by_the_formula_are_it_turned_round(self, reps, load):
        found = rep_maxes([], e1rm_kg=Decimal(120))

        assert round(found[reps - 1].by_formula_kg, 3) == Decimal(load)

    def test_leave_out_the_body(self):
        """The training notes' check value: 80 kg of body and 20 kg x 5 make 36.667 kg added."""
        [single, *_] = rep_maxes([], e1rm_kg=Decimal(350) / 3, body_kg=Decimal(80))

        assert round(single.by_formula_kg, 3) == Decimal("36.667")

    @given(SETS)
    def test_never_grow_with_the_reps(self, sets):
        loads = [one.done.load_kg for one in rep_maxes(sets, e1rm_kg=None) if one.done]

        assert loads == sorted(loads, reverse=True)

    @given(SETS)
    def test_are_what_a_look_at_each_set_finds(self, sets):
        for one in rep_maxes(sets, e1rm_kg=None):
            enough = [each for each in sets if each.load_kg is not None and each.reps >= one.reps]
            assert (one.done is None) == (not enough)
            if one.done:
                assert one.done.load_kg == max(each.load_kg for each in enough)


class TestFastest:
    def test_is_the_least_time_over_each_distance(self):
        found = fastest(
            [
                alike(seconds=1500, metres=5000, day=3),
                alike(seconds=1500, metres=5000, day=2),
                alike(seconds=1600, metres=5000, day=1),
                alike(seconds=90, metres=400),
                alike(seconds=60),
                alike(metres=40),
            ]
        )

        assert [(int(one.metres), one.seconds, one.place[-1]) for one in found] == [
            (400, 90, "1"),
            (5000, 1500, "2"),
        ]

    def test_tells_loads_apart(self):
        found = fastest([alike(20, seconds=30, metres=40), alike(24, seconds=35, metres=40)])

        assert [int(one.load_kg) for one in found] == [20, 24]
