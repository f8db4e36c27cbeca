import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.search.spelling import edits, is_part, letters, may_be_alike, similarity

WORDS = st.text("abcdef", max_size=6)


class TestEdits:
    @pytest.mark.parametrize(
        ("one", "other", "needed"),
        [
            ("row", "row", 0),
            ("rows", "row", 1),
            ("puldown", "pulldown", 1),
            ("shurg", "shrug", 1),
            ("deadlfit", "deadlift", 1),
            ("tricpes", "triceps", 1),
            ("goblin", "goblet", 2),
            ("", "ab", 2),
            ("curl", "dip", 4),
        ],
    )
    def test_counts_letters_added_dropped_changed_or_swapped(self, one, other, needed):
        assert edits(one, other, most=5) == needed

    def test_stops_counting_past_the_most(self):
        assert edits("curl", "dip", most=2) == 3
        assert edits("a", "abcdefgh", most=2) == 3

    @given(WORDS, WORDS)
    def test_is_the_same_both_ways(self, one, other):
        assert edits(one, other, most=9) == edits(other, one, most=9)

    @given(WORDS, WORDS)
    def test_is_nothing_only_between_a_word_and_itself(self, one, other):
        assert (edits(one, other, most=9) == 0) == (one == other)

    @given(WORDS, WORDS, st.integers(0, 3))
    def test_says_the_same_up_to_the_most(self, one, other, most):
        assert edits(one, other, most=most) == min(edits(one, other, most=9), most + 1)


class TestSimilarity:
    def test_is_greatest_for_the_word_then_for_more_of_its_beginning(self):
        likeness = [similarity(typed, "romanian") for typed in ("romanian", "romani", "rom", "row")]

        assert likeness == sorted(likeness, reverse=True)
        assert likeness[0] == 1
        assert likeness[-1] == 0

    def test_forgives_more_in_a_longer_word(self):
        assert similarity("biecp", "bicep") > 0
        assert similarity("hyprextensoin", "hyperextension") > 0
        assert similarity("rpw", "dip") == 0

    def test_of_short_words_is_all_or_nothing(self):
        assert similarity("ez", "ex") == 0


class TestMayBeAlike:
    @given(WORDS, WORDS)
    def test_rules_out_no_word_within_two_slips(self, one, other):
        if edits(one, other, most=2) <= 2:
            assert may_be_alike(letters(one), letters(other))

    def test_rules_out_what_has_other_letters(self):
        assert not may_be_alike(letters("shrug"), letters("plank"))


@pytest.mark.parametrize(
    ("typed", "word"), [("バイク", "パイク"), ("스쿼트", "스쿼시"), ("卧推举", "卧推架")]
)
def test_a_syllable_in_three_is_no_slip(typed, word):
    assert similarity(typed, word) == 0
    assert similarity(typed[:2], typed) > 0.8


class TestPart:
    @pytest.mark.parametrize(
        ("typed", "word"),
        [("bank", "bankdrucken"), ("drucken", "bankdrucken"), ("chest", "chestpress")],
    )
    def test_begins_a_word_or_ends_one_made_of_several(self, typed, word):
        assert is_part(typed, word)
        assert similarity(typed, word) >= 0.8

    def test_is_long_at_the_end(self):
        assert not is_part("row", "throw")
