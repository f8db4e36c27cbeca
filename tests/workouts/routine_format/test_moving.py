"""Exercises of a routine's text that change places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workouts.routine_format.test_routine_parser import read
from workouts.routine_format import move_entry, print_planned

PLAN = """> twice a week
Squat: 5 x 5
> belt
A1 Pull-up: 3 x 8

A2 Plank: 3 x 60 s
> breathe

Dumbbell row: 3 x 8-12"""


@pytest.mark.parametrize(
    ("number", "by", "text", "moved_to"),
    [
        (
            2,
            1,
            "> twice a week\nA1 Pull-up: 3 x 8\nA2 Plank: 3 x 60 s\n> breathe\n\n"
            "Squat: 5 x 5\n> belt\n\nDumbbell row: 3 x 8-12",
            6,
        ),
        (
            4,
            1,
            "> twice a week\nSquat: 5 x 5\n> belt\nA1 Plank: 3 x 60 s\n> breathe\n\n"
            "A2 Pull-up: 3 x 8\n\nDumbbell row: 3 x 8-12",
            7,
        ),
        (
            6,
            1,
            "> twice a week\nSquat: 5 x 5\n> belt\nDumbbell row: 3 x 8-12\n\nA1 Pull-up: 3 x 8\n\n"
            "A2 Plank: 3 x 60 s\n> breathe",
            8,
        ),
        (
            9,
            -1,
            "> twice a week\nSquat: 5 x 5\n> belt\nDumbbell row: 3 x 8-12\n\nA1 Pull-up: 3 x 8\n\n"
            "A2 Plank: 3 x 60 s\n> breathe",
            4,
        ),
    ],
)
def test_goes_past_what_is_done_in_turn_and_takes_its_notes(number, by, text, moved_to):
    assert move_entry(read(PLAN), number, by=by) == (text, moved_to)


@pytest.mark.parametrize(
    ("number", "by"), [(2, -1), (9, 1), (1, 1), (3, 1), (5, 1), (0, 1), (99, -1)]
)
def test_goes_nowhere_from_the_ends_and_from_what_is_no_exercise(number, by):
    assert move_entry(read(PLAN), number, by=by) is None


def test_goes_past_a_line_that_can_t_be_read():
    assert move_entry(read("Squat: 5 x 5\nPlank: a few"), 1, by=1) == (
        "Plank: a few\nSquat: 5 x 5",
        2,
    )


@given(
    lines=st.lists(
        st.sampled_from(
            [
                "Squat: 5 x 5",
                "A1 Pull-up: 3 x 8",
                "a2. Plank: 60 s",
                "- Squat 3x5",
                "> note",
                "",
                "B1 Plank: 30 s",
            ]
        ),
        min_size=1,
        max_size=8,
    ),
    number=st.integers(1, 8),
    by=st.sampled_from([-1, 1]),
)
def test_loses_nothing(lines, number, by):
    before = read("\n".join(lines))
    moved = move_entry(before, number, by=by)
    if moved is None:
        return

    after = read(moved.text)

    def entries(parsed):
        return sorted((one.name, print_planned(one), one.notes) for one in parsed.routine.entries)

    assert entries(after) == entries(before)
    assert after.lines[moved.number - 1].kind == "entry"
    assert len(after.lines) == len(before.lines)
