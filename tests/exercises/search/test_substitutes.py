from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.search.substitutes import Work, in_common, substitutes

LATS, BICEPS, TRAPS = 1, 2, 3
BAR, MACHINE, BAND = 1, 2, 3
MAIN, HELP, NONE = Decimal(1), Decimal("0.5"), Decimal(0)


def work(key, shares, *implements, movement="vertical_pull"):
    return Work(key, movement, shares, frozenset(implements))


PULL_UP = work(1, {LATS: MAIN, BICEPS: HELP, TRAPS: HELP}, BAR)
works = st.builds(
    Work,
    st.integers(),
    st.just("squat"),
    st.dictionaries(st.integers(1, 6), st.sampled_from([MAIN, HELP, NONE])),
    st.frozensets(st.integers(1, 3)),
)


class TestInCommon:
    @pytest.mark.parametrize(
        ("shares", "part"),
        [
            ({LATS: MAIN, BICEPS: HELP, TRAPS: HELP}, 1),
            ({LATS: MAIN, BICEPS: HELP}, "0.75"),
            ({LATS: HELP, BICEPS: HELP}, "0.5"),
            ({LATS: MAIN, BICEPS: MAIN, TRAPS: HELP}, "0.8"),
            ({LATS: NONE}, 0),
            ({}, 0),
        ],
    )
    def test_is_the_smaller_shares_by_the_larger(self, shares, part):
        assert in_common(PULL_UP, work(2, shares)) == Decimal(part)

    def test_of_nothing_is_nothing(self):
        assert in_common(work(1, {}), work(2, {})) == 0

    @given(works, works)
    def test_is_the_same_both_ways_and_at_most_all(self, one, other):
        assert in_common(one, other) == in_common(other, one)
        assert 0 <= in_common(one, other) <= 1


class TestSubstitutes:
    def keys(self, wanted, *others):
        return [each.key for each in substitutes(wanted, others)]

    def test_begin_with_what_has_most_in_common(self):
        some = work(2, {LATS: MAIN}, MACHINE)
        more = work(3, {LATS: MAIN, BICEPS: HELP}, BAND)
        little = work(4, {BICEPS: MAIN}, 4)

        assert self.keys(PULL_UP, some, more, little) == [3, 2]

    def test_are_the_same_movement(self):
        row = work(2, PULL_UP.shares, MACHINE, movement="horizontal_pull")

        assert self.keys(PULL_UP, row) == []

    def test_of_what_has_no_movement_there_are_none(self):
        one, other = (work(key, PULL_UP.shares, key, movement="") for key in (1, 2))

        assert self.keys(one, other) == []

    def test_share_no_implement(self):
        weighted = work(2, PULL_UP.shares, BAR, 5)

        assert self.keys(PULL_UP, weighted) == []

    def test_may_need_nothing_but_not_where_nothing_is_needed_anyway(self):
        push_up, knees = (work(key, PULL_UP.shares) for key in (2, 3))

        assert self.keys(PULL_UP, push_up) == [2]
        assert self.keys(push_up, knees) == []
        assert self.keys(push_up, PULL_UP) == [1]

    def test_name_each_set_of_implements_once_the_first_of_equals(self):
        wide, narrow = (work(key, PULL_UP.shares, MACHINE) for key in (2, 3))

        assert self.keys(PULL_UP, wide, narrow) == [2]

    def test_are_five_at_most(self):
        others = [work(key, PULL_UP.shares, key) for key in range(2, 12)]

        assert self.keys(PULL_UP, *others) == [2, 3, 4, 5, 6]

    @given(works, st.lists(works, max_size=8))
    def test_never_need_what_is_missing(self, wanted, others):
        for each in substitutes(wanted, others):
            assert not each.implements & wanted.implements
            assert in_common(wanted, each) >= Decimal("0.5")
