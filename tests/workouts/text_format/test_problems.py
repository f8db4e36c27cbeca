"""Lines that can't be read: where, and what the person is told to write."""

import pytest

from exercises.sentences import Sentence
from workouts.text_format import MAX_TEXT, parse

LOADINGS = {
    "pull-up": "bodyweight",
    "weighted pull-up": "bodyweight_plus",
    "row": "external",
    "plank": "duration",
    "carry": "weighted_duration",
}


def find(name):
    return LOADINGS.get(name.lower())


def only_problem(text):
    (problem,) = parse(text, find=find, unit="kg").problems
    return problem


@pytest.mark.parametrize(
    ("line", "marked", "words"),
    [
        ("pull-up 3 x 8-10", "8-10", "not a range"),
        ("pull-up 8 \u2013 10", "8 \u2013 10", "not a range"),
        ("pull-up 8 to 10", "8 to 10", "not a range"),
        ("row 80 kg x 5 @8, @9", "@", "no set before"),
        ("row 80 kg x 5 rpe -5", "-", "fit here"),
        ("row: bw+ each side", "bw", "How many reps"),
        ("row 80 kg x 5 @8 @9", "9", "one too many"),
        ("row 80 kg x 5 w d", "d", "one too many"),
        ("row 80 kg x 5 @8.3", "80 kg x 5", "steps of 0.5"),
        ("weighted pull-up -10 kg x 5", "-10 kg x 5", "assisted version"),
        ("row -60 kg x 5", "-60 kg x 5", "without -"),
        ("plank 20 kg x 60 s", "20 kg x 60 s", "logged without weight"),
        ("plank 2m", "2m", "logged by time"),
        ("plank 8 reps", "8 reps", "logged by time"),
        ("carry 32x40", "32x40", "40 s or 40 m"),
        ("row 80 kg", "80 kg", "How many reps?"),
        ("row 3 sets", "3 sets", "How many reps?"),
        ("row 80 kg, 85 kg x 5, 90 kg", "90 kg", "Which sets"),
        ("row 5 80kg, 5, 5 85kg", "85kg", "Which sets"),
        ("row 60 kg x 70 kg x 5", "60 kg x 70 kg x 5", "Which number is which"),
        ("row 2 x 20 kg x 10", "2 x 20 kg x 10", "Which number is which"),
        ("row 1x2x3x4", "1x2x3x4", "number of sets"),
        ("row 60x", "x", "missing"),
        ("row 8, bw x +3%", "+", "missing"),
        ("62,5% row", "62,5% row", "No sets yet"),
        ("row 60x8, bw+", "+", "doesn’t fit"),
        ("row +1:30", "1:30", "doesn’t fit"),
        ("row 8 of 10", "of", "doesn’t fit"),
        ("row 60 kg x 8 @ x", "@", "@8.5"),
        ("row 8 in 30", "30", "30 s"),
        ("row 8 in w", "in", "8 in 30 s"),
        ("row 1,000 kg x 5", "1,000", "1000, or 1.000 with a point"),
        ("row 1234567890 x 5", "1234567890", "too long"),
        ("row 10000 kg x 5", "10000 kg x 5", "less than 10,000"),
        ("row 60 kg x 8.5", "60 kg x 8.5", "whole"),
        ("pull-up 3 x 0", "3 x 0", "1 to 9,999 reps"),
        ("pull-up 0 x 3", "0 x 3", "1 to 100 sets"),
        ("pull-up 101 sets of 8", "101 sets of 8", "1 to 100 sets"),
        ("row", "row", "No sets yet"),
        ("60x8", "60x8", "Which exercise?"),
        (": 8", ":", "Which exercise?"),
        ("> ro\x00w", "\x00", "can’t be seen"),
        ("row\x1f: 8", "\x1f", "can’t be seen"),
        ("x" * 81 + ": 8", "x" * 81, "at most 80 characters"),
    ],
)
def test_marks_and_explains(line, marked, words):
    indent = "  "
    problem = only_problem(f"\n{indent}{line}")

    assert words in problem.message
    assert problem.line == 2
    begin = problem.column - 1 - len(indent)
    assert line[begin : begin + problem.length] == marked


def test_problems_can_be_said_in_another_language():
    many = "\n".join(["pull-up 3 x 8-10", "row 80 kg", "row 60 8 3", "zzyzx", "row 1,000 kg x 5"])

    problems = parse(many, find=find, unit="kg").problems

    assert len(problems) == 5
    assert all(isinstance(problem.message, Sentence) for problem in problems)


def test_a_line_is_read_whole_or_not_at_all():
    parsed = parse("row 60x8, 70x8 of", find=find, unit="kg")

    assert parsed.workout.entries == ()
    assert parsed.lines[0].kind == "problem"


def test_problems_come_in_the_order_of_the_lines():
    parsed = parse("row\nrow 60x8\n2026-11-22\n> \x00\nplank", find=find, unit="kg")

    assert [problem.line for problem in parsed.problems] == [1, 3, 4, 5]


def test_too_long_notes_are_a_problem_of_their_last_line():
    parsed = parse("row 60x8\n> " + "x" * 3_000 + "\n> " + "y" * 3_000, find=find, unit="kg")

    assert [line.kind for line in parsed.lines] == ["entry", "note", "problem"]
    assert parsed.workout.entries[0].notes == ""


def test_too_long_text_has_one_problem():
    problem = only_problem("row 60x8\n" * (MAX_TEXT // 9 + 1))

    assert (problem.line, problem.column) == (1, 1)
    assert "at most 20,000 characters" in problem.message


def test_too_many_exercises_have_one_problem():
    problem = only_problem("row 60x8\n" * 301)

    assert problem.line == 301
    assert "at most 300 exercises" in problem.message
