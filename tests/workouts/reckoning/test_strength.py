"""The figures of sets. Check values are those of training-science.md, sections 1, 2 and 12."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.strength import (
    LoadRule,
    SetFigures,
    Summary,
    count_sets,
    effective_load,
    epley,
    is_rough,
    moved_load,
    ranked_weight,
    set_numbers,
    sets_added,
    summarise,
)

ROW = LoadRule("external")
DUMBBELLS = LoadRule("per_hand", implements=2)
PULL_UP = LoadRule("bodyweight", Decimal("1.00"))
PUSH_UP = LoadRule("bodyweight", Decimal("0.67"))
BACK_RAISE = LoadRule("bodyweight", None)
WEIGHTED = LoadRule("bodyweight_plus", Decimal("1.00"))
ASSISTED = LoadRule("assisted_bodyweight", Decimal("1.00"))
PLANK = LoadRule("duration")
CARRY = LoadRule("weighted_duration")
RULES = (ROW, DUMBBELLS, PULL_UP, PUSH_UP, BACK_RAISE, WEIGHTED, ASSISTED, PLANK, CARRY)

BODY = Decimal(80)


def done(reps=None, kg=None, **more):
    """A set of ``reps`` with ``kg``, by someone of 80 kg."""
    weight = None if kg is None else Decimal(kg)
    return SetFigures(weight_kg=weight, reps=reps, **{"bodyweight_kg": BODY, **more})


loads = st.decimals(Decimal("0.001"), 1000, places=3)
sets = st.builds(
    SetFigures,
    weight_kg=st.none() | loads,
    reps=st.none() | st.integers(1, 30),
    seconds=st.none() | st.integers(1, 600),
    side=st.sampled_from(["both", "left", "right"]),
    bodyweight_kg=st.none() | st.decimals(40, 150, places=1),
)
warm_ups = st.builds(SetFigures, weight_kg=loads, reps=st.integers(1, 30), is_warmup=st.just(True))


class TestNumbers:
    def test_are_those_that_people_count(self):
        order = [done(8, is_warmup=True), done(8), done(8, side="left"), done(8, side="right")]
        more = [done(8, side="left"), done(8)]

        assert set_numbers(order + more) == [None, 1, 2, 2, 3, 4]

    @given(st.lists(sets | warm_ups))
    def test_reach_the_count_of_sets(self, logged):
        working = [figures for figures in logged if not figures.is_warmup]

        numbers = set_numbers(logged)

        assert [number is None for number in numbers] == [each.is_warmup for each in logged]
        assert max((n for n in numbers if n), default=0) == count_sets(working)


class TestSetsAdded:
    def test_sides_on_two_lines_are_together(self):
        left, right = [done(8, side="left")] * 3, [done(8, side="right")] * 3

        assert sets_added([left, right]) == [3, 0]
        assert sets_added([left, [*right, done(8)], left]) == [3, 1, 3]

    @given(st.lists(st.lists(sets)))
    def test_come_to_the_count_of_all(self, parts):
        added = sets_added(parts)

        assert len(added) == len(parts)
        assert sum(added) == count_sets([each for part in parts for each in part])


class TestEpley:
    @pytest.mark.parametrize(
        ("reps", "factor"),
        [
            (2, "1.067"),
            (3, "1.100"),
            (5, "1.167"),
            (6, "1.200"),
            (8, "1.267"),
            (10, "1.333"),
            (12, "1.400"),
        ],
    )
    def test_matches_the_table_of_factors(self, reps, factor):
        assert round(epley(Decimal(1000), reps) / 1000, 3) == Decimal(factor)

    def test_five_times_100_kg(self):
        assert round(epley(Decimal(100), 5), 3) == Decimal("116.667")

    @given(loads)
    def test_one_rep_is_the_load_itself(self, load):
        assert epley(load, 1) == load

    @pytest.mark.parametrize("reps", [0, 13, 20, 9999])
    def test_says_nothing_past_twelve_reps_nor_of_none(self, reps):
        assert epley(Decimal(100), reps) is None

    @pytest.mark.parametrize("load", ["0", "-5"])
    def test_says_nothing_where_nothing_is_lifted(self, load):
        assert epley(Decimal(load), 5) is None

    @given(loads, st.integers(1, 11))
    def test_one_more_rep_never_estimates_less(self, load, reps):
        assert epley(load, reps + 1) >= epley(load, reps) >= load

    @given(loads, loads, st.integers(1, 12))
    def test_more_load_never_estimates_less(self, one, other, reps):
        lighter, heavier = sorted((one, other))

        assert epley(lighter, reps) <= epley(heavier, reps)

    @pytest.mark.parametrize(("reps", "rough"), [(1, False), (10, False), (11, True), (12, True)])
    def test_is_rough_from_eleven_reps(self, reps, rough):
        assert is_rough(reps) is rough


class TestEffectiveLoad:
    @pytest.mark.parametrize(
        ("rule", "figures", "load"),
        [
            (ROW, done(8, 60), "60"),
            (DUMBBELLS, done(8, "32.5"), "32.5"),
            (PULL_UP, done(8), "80"),
            (PUSH_UP, done(8), "53.6"),
            (WEIGHTED, done(5, 20), "100"),
            (WEIGHTED, done(5), "80"),
            (ASSISTED, done(8, 30), "50"),
        ],
    )
    def test_is_what_the_load_type_says(self, rule, figures, load):
        assert effective_load(rule, figures) == Decimal(load)

    @pytest.mark.parametrize(
        ("rule", "figures"),
        [
            (ROW, done(8)),
            (ASSISTED, done(8)),
            (BACK_RAISE, done(12)),
            (PULL_UP, done(8, bodyweight_kg=None)),
            (WEIGHTED, done(8, 10, bodyweight_kg=None)),
            (PLANK, done(seconds=60)),
            (CARRY, done(kg=32, seconds=40)),
        ],
    )
    def test_is_unknown_where_no_rule_gives_one(self, rule, figures):
        assert effective_load(rule, figures) is None

    def test_is_never_below_nothing(self):
        assert effective_load(ASSISTED, done(8, 95)) == 0

    @given(st.decimals(0, 200, places=3), st.decimals(0, 200, places=3))
    def test_more_help_is_never_more_load(self, one, other):
        less, more = sorted((one, other))

        assert effective_load(ASSISTED, done(8, more)) <= effective_load(ASSISTED, done(8, less))

    def test_two_dumbbells_move_twice_what_one_hand_holds(self):
        assert moved_load(DUMBBELLS, done(8, "32.5")) == 65
        assert moved_load(LoadRule("per_hand"), done(8, "32.5")) == Decimal("32.5")


class TestRankedWeight:
    def test_twenty_kg_of_help_beat_thirty(self):
        assert ranked_weight(ASSISTED, done(8, 20)) > ranked_weight(ASSISTED, done(8, 30))

    @pytest.mark.parametrize("rule", [ROW, DUMBBELLS, WEIGHTED, CARRY])
    def test_more_weight_beats_less(self, rule):
        assert ranked_weight(rule, done(8, 30)) > ranked_weight(rule, done(8, 20))

    def test_there_is_none_without_a_weight(self):
        assert ranked_weight(ROW, done(8)) is None
        assert ranked_weight(PULL_UP, done(8)) is None


class TestCountSets:
    @pytest.mark.parametrize(
        ("sides", "count"),
        [
            ("LLLRRR", 3),
            ("LRLRLR", 3),
            ("LLLRR", 3),
            ("L", 1),
            ("BBB", 3),
            ("BLR", 2),
            ("", 0),
        ],
    )
    def test_a_left_and_a_right_one_are_one(self, sides, count):
        side = {"L": "left", "R": "right", "B": "both"}

        assert count_sets(done(8, 10, side=side[letter]) for letter in sides) == count


class TestSummary:
    def test_weighted_pull_up(self):
        summary = summarise(WEIGHTED, [done(5, 20), done(5, 20), done(4, 20)])

        assert summary == Summary(
            best_e1rm_kg=Decimal("116.6666666667"),
            best_e1rm_reps=5,
            top_weight_kg=Decimal(20),
            volume_kg=Decimal(1400),
            reps=14,
            best_reps=5,
            hard_sets=3,
        )

    def test_assisted_pull_up(self):
        summary = summarise(ASSISTED, [done(8, 30)])

        assert summary.best_e1rm_kg == Decimal("63.3333333333")
        assert summary.top_weight_kg == -30

    def test_the_least_help_is_the_top_set(self):
        summary = summarise(ASSISTED, [done(8, 30), done(4, 20), done(8, 40)])

        assert summary.top_weight_kg == -20

    def test_estimates_from_the_best_set_not_the_heaviest(self):
        summary = summarise(ROW, [done(1, 100), done(8, 90)])

        assert summary.best_e1rm_kg == Decimal("114.000")
        assert summary.top_weight_kg == 100

    def test_long_sets_count_for_volume_but_not_for_the_estimate(self):
        summary = summarise(ROW, [done(20, 50)])

        assert summary.best_e1rm_kg is None
        assert summary.volume_kg == 1000

    def test_volume_counts_both_hands_and_the_estimate_one(self):
        summary = summarise(DUMBBELLS, [done(10, 30)])

        assert summary.volume_kg == 600
        assert summary.best_e1rm_kg == Decimal("40.000")

    def test_no_fraction_gives_reps_and_no_load(self):
        summary = summarise(BACK_RAISE, [done(12), done(10)])

        assert summary == Summary(reps=22, best_reps=12, hard_sets=2)

    def test_unknown_body_weight_gives_no_load(self):
        summary = summarise(WEIGHTED, [done(5, 20, bodyweight_kg=None)])

        assert (summary.best_e1rm_kg, summary.volume_kg) == (None, None)
        assert summary.top_weight_kg == 20

    @pytest.mark.parametrize(
        "against_the_clock",
        [done(metres=Decimal(2000), seconds=510), done(reps=20, seconds=60)],
    )
    def test_slower_is_no_longer_hold(self, against_the_clock):
        assert summarise(CARRY, [against_the_clock]).best_seconds is None
        assert summarise(CARRY, [against_the_clock, done(seconds=30)]).best_seconds == 30

    def test_holds_have_a_longest(self):
        summary = summarise(PLANK, [done(seconds=60), done(seconds=90)])

        assert summary == Summary(best_seconds=90, hard_sets=2)

    def test_carries_have_a_top_weight_and_no_volume(self):
        summary = summarise(CARRY, [done(kg=32, metres=Decimal(40)), done(kg=40, seconds=30)])

        assert summary == Summary(top_weight_kg=Decimal(40), best_seconds=30, hard_sets=2)

    def test_nothing_but_warm_ups_is_nothing(self):
        assert summarise(ROW, [done(10, 20, is_warmup=True)]) == Summary()

    @given(st.sampled_from(RULES), st.lists(sets, max_size=6), st.lists(warm_ups, max_size=3))
    def test_warm_ups_never_count(self, rule, working, warming):
        assert summarise(rule, [*warming, *working]) == summarise(rule, working)

    @given(st.sampled_from(RULES), st.lists(sets, max_size=6), st.randoms())
    def test_the_order_of_sets_does_not_matter(self, rule, some, random):
        shuffled = random.sample(some, len(some))

        assert summarise(rule, shuffled) == summarise(rule, some)

    @given(st.sampled_from(RULES), st.lists(sets, max_size=5), sets)
    def test_one_more_set_never_takes_anything_away(self, rule, some, more):
        before, after = summarise(rule, some), summarise(rule, [*some, more])

        # a better estimate may rest on fewer reps
        for name in set(Summary._fields) - {"best_e1rm_reps"}:
            value = getattr(before, name)
            assert value is None or getattr(after, name) >= value
