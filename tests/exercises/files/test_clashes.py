"""Of all that want the same, one gets it; whoever can't stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from exercises.files.clashes import Clash, find_clashes


class TestFindClashes:
    def test_who_holds_it_comes_first(self):
        assert find_clashes({"a": {1}}, {"b": {1}}) == [Clash("b", 1, "a")]

    def test_of_two_new_ones_the_first(self):
        assert find_clashes({}, {"a": {1}, "b": {1}}) == [Clash("b", 1, "a")]

    def test_two_may_swap(self):
        assert find_clashes({"a": {1}, "b": {2}}, {"a": {2}, "b": {1}}) == []

    def test_who_has_to_stay_stands_in_the_way_of_others(self):
        has = {"a": {1}, "b": {2}, "c": {3}}

        assert find_clashes(has, {"a": {2}, "b": {3}}) == [Clash("b", 3, "c"), Clash("a", 2, "b")]

    def test_who_stays_takes_nothing_from_others(self):
        assert find_clashes({"x": {1}}, {"a": {1, 2}, "b": {2}}) == [Clash("a", 1, "x")]

    things = st.frozensets(st.integers(0, 5), max_size=2)
    rows = st.dictionaries(st.sampled_from("abcdef"), things, max_size=6)

    @given(has=rows, wants=rows)
    def test_nothing_has_two_holders(self, has, wants):
        taken: set[int] = set()
        for who in list(has):
            has[who] -= taken
            taken |= has[who]

        clashes = {clash.who for clash in find_clashes(has, wants)}

        after = has | {who: whats for who, whats in wants.items() if who not in clashes}
        held = [what for whats in after.values() for what in whats]
        assert len(held) == len(set(held))
