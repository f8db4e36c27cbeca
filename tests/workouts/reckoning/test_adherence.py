"""What was done otherwise than planned, in words."""

import pytest

from exercises.vocabulary import LoadType
from workouts.reckoning.adherence import deviations
from workouts.routine_format import read_targets
from workouts.text_format import parse
from workouts.vocabulary import Unit


def compare(planned: str, done: str, load_type: LoadType = LoadType.EXTERNAL) -> list[str]:
    parsed = parse(f"Lift: {done}", find=lambda name: load_type, unit=Unit.KG)
    assert not parsed.problems
    sets = parsed.workout.entries[0].sets
    return deviations(read_targets(planned, load_type), sets, load_type=load_type)


@pytest.mark.parametrize(
    ("planned", "done", "said"),
    [
        ("3 x 8-12", "60 kg x 8, 12, 10", []),
        ("3 x 8-12", "60 kg x 10, 10", ["one set less"]),
        ("3 x 8-12", "60 kg x 10, 10, 10, 10, 10", ["2 sets more"]),
        ("3 x 8-12", "60 kg x 10, 10, 6", ["2 reps under 8 in set 3"]),
        (
            "3 x 8-12",
            "60 kg x 7, 7, 6",
            ["1 rep under 8 in sets 1 and 2", "2 reps under 8 in set 3"],
        ),
        ("2 x 8-12", "60 kg x 13, 10", ["1 rep over 12 in set 1"]),
        ("3 x 5+", "60 kg x 5, 9, 20", []),
        ("3 x 5 at 60 kg", "62.5 kg x 5, 5, 5", ["2.5 kg more"]),
        ("3 x 5 at 60 kg", "60 kg x 5, 60 kg x 5, 55 kg x 5", ["5 kg less in set 3"]),
        ("1 x 5 at 60 kg", "135 lb x 5", []),
        ("2 x 8 @8", "60 kg x 8, 8 @9", ["RPE 9 instead of 8 in set 2"]),
        ("1 x 5 w, 2 x 8", "40 kg x 9 w, 60 kg x 8, 60 kg x 8", []),
        ("2 x 8 each side", "20 kg x 8 L, 8 R, 8 L, 7 R", ["1 rep under 8 in set 2"]),
    ],
)
def test_says_what_differs(planned, done, said):
    assert compare(planned, done) == said


def test_counts_seconds_metres_and_help():
    assert compare("2 x 30-60 s", "25 s, 65 s", LoadType.DURATION) == [
        "5 s under 30 s in set 1",
        "5 s over 60 s in set 2",
    ]
    assert compare("1 x 40 m", "30 kg x 25 m", LoadType.WEIGHTED_DURATION) == [
        "15 m under 40 m in set 1"
    ]
    assert compare("1 x 5 at -20 kg", "-25 kg x 5", LoadType.ASSISTED_BODYWEIGHT) == [
        "5 kg more help"
    ]


def test_takes_a_set_without_a_weight_for_none():
    assert compare("1 x 5 at +10 kg", "5", LoadType.BODYWEIGHT_PLUS) == ["10 kg less"]
