"""Exercises that are done in turn."""

import pytest

from workouts.reckoning.supersets import in_turn


@pytest.mark.parametrize(
    ("letters", "groups"),
    [
        ("", []),
        ("AAB", [("A", 2), ("B", 1)]),
        ("--", [("", 1), ("", 1)]),
        ("A-A", [("A", 1), ("", 1), ("A", 1)]),
        ("-AA-", [("", 1), ("A", 2), ("", 1)]),
    ],
)
def test_neighbours_with_a_letter_are_together_and_all_others_alone(letters, groups):
    blocks = list(in_turn(letters, lambda letter: letter.strip("-")))

    assert [(letter, len(each)) for letter, each in blocks] == groups
    assert "".join(each for _, together in blocks for each in together) == letters
