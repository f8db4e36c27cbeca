import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.search.facets import AnyOf, Facets, NothingBut

VALUES = st.sets(st.sampled_from("abcd"))
THINGS = st.dictionaries(st.integers(0, 9), st.tuples(VALUES, VALUES))


def facets(things, kind=AnyOf):
    return Facets(
        things,
        {
            "one": AnyOf((key, one) for key, (one, _) in things.items()),
            "two": kind((key, two) for key, (_, two) in things.items()),
        },
    )


ROWS = facets({1: ("a", "c"), 2: ("ab", "d"), 3: ("b", "cd"), 4: ("", "")})


class TestFound:
    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            ({}, {1, 2, 3, 4}),
            ({"one": []}, {1, 2, 3, 4}),
            ({"one": ["a"]}, {1, 2}),
            ({"one": ["a", "b"]}, {1, 2, 3}),
            ({"one": ["a"], "two": ["d"]}, {2}),
            ({"one": ["z"]}, set()),
        ],
    )
    def test_values_widen_and_facets_narrow(self, chosen, found):
        assert ROWS.found(chosen) == found

    def test_disregards_the_facet_that_is_named(self):
        assert ROWS.found({"one": ["a"], "two": ["d"]}, without="one") == {2, 3}

    def test_has_only_what_is_in_question(self):
        things = Facets([1, 2], {"one": AnyOf([(1, "a"), (2, "b"), (3, "a")])})

        assert things.found({"one": ["a"]}) == {1}
        assert things.counts("one", "ab", {}) == {"a": 1, "b": 1}


class TestCounts:
    def test_disregard_what_their_own_facet_has_chosen(self):
        assert ROWS.counts("one", "abz", {"one": ["a"]}) == {"a": 2, "b": 2, "z": 0}

    def test_regard_what_the_others_have_chosen(self):
        assert ROWS.counts("one", "ab", {"two": ["c"]}) == {"a": 1, "b": 1}

    @given(THINGS, VALUES, VALUES)
    def test_say_what_is_found_when_the_value_is_chosen_instead(self, things, one, two):
        counts = facets(things).counts("one", "abcd", {"one": one, "two": two})

        for value, count in counts.items():
            assert count == len(facets(things).found({"one": [value], "two": two}))

    @given(THINGS, VALUES, VALUES)
    def test_of_things_owned_say_what_is_found_when_one_more_is(self, things, one, two):
        counts = facets(things, NothingBut).counts("two", "abcd", {"one": one, "two": two})

        for value, count in counts.items():
            found = facets(things, NothingBut).found({"one": one, "two": {*two, value}})
            assert count == len(found)


class TestNothingBut:
    NEEDS = NothingBut([(1, ["bar"]), (2, ["bar", "bench"]), (3, []), (4, ["bell"])])

    @pytest.mark.parametrize(
        ("owned", "found"),
        [([], {3}), (["bar"], {1, 3}), (["bar", "bench"], {1, 2, 3}), (["bench"], {3})],
    )
    def test_keeps_what_needs_no_more_than_that(self, owned, found):
        assert self.NEEDS.matching(owned) == found

    @given(THINGS, VALUES, VALUES)
    def test_keeps_no_less_when_more_is_owned(self, things, owned, more):
        needs = NothingBut((key, two) for key, (_, two) in things.items())

        assert needs.matching(owned) <= needs.matching(owned | more)
