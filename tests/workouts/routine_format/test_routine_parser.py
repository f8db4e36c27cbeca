"""Routines as people write them, and as they are printed."""

import pytest

from exercises.vocabulary import LoadType
from workouts.routine_format import ParsedRoutine, parse_routine, print_routine
from workouts.vocabulary import Unit

KNOWN = {
    "pull-up": LoadType.BODYWEIGHT,
    "squat": LoadType.EXTERNAL,
    "bent-over barbell row": LoadType.EXTERNAL,
    "dumbbell row": LoadType.PER_HAND,
    "weighted pull-up": LoadType.BODYWEIGHT_PLUS,
    "assisted pull-up": LoadType.ASSISTED_BODYWEIGHT,
    "plank": LoadType.DURATION,
    "farmer's walk": LoadType.WEIGHTED_DURATION,
    "run": LoadType.DISTANCE,
}


def read(text: str, unit: Unit = Unit.KG) -> ParsedRoutine:
    return parse_routine(text, find=lambda name: KNOWN.get(name.lower()), unit=unit)


class TestParseRoutine:
    @pytest.mark.parametrize(
        ("written", "printed"),
        [
            (
                "Bent-over barbell row: 3 x 8-12 @8, rest 120 s",
                "Bent-over barbell row: 3 x 8-12 @8, rest 120 s",
            ),
            ("squat 5x5", "squat: 5 x 5"),
            ("- squat 5×5 rest 3 min", "squat: 5 x 5, rest 180 s"),
            ("3 sets of 8-12 squat", "squat: 3 x 8-12"),
            ("squat 3x8–12, 2 min rest", "squat: 3 x 8-12, rest 120 s"),
            ("squat 3 x 8 to 12 reps, rest 1:30", "squat: 3 x 8-12, rest 90 s"),
            ("Squat: 1 x 5 @8, 3 x 8-10", "Squat: 1 x 5 @8, 3 x 8-10"),
            ("Squat: 5 w, 3 w, 3x5", "Squat: 1 x 5 w, 1 x 3 w, 3 x 5"),
            ("Squat 12, 10, 8", "Squat: 1 x 12, 1 x 10, 1 x 8"),
            ("Squat 8/8/8", "Squat: 3 x 8"),
            ("squat 3x8 RIR 2", "squat: 3 x 8 @8"),
            ("squat 3x8 rpe 8,5", "squat: 3 x 8 @8.5"),
            ("squat 3 x 5+", "squat: 3 x 5+"),
            ("pull-up 3 x AMRAP", "pull-up: 3 x max"),
            ("pull-up 3 x max, rest 90", "pull-up: 3 x max, rest 90 s"),
            ("squat 3x5 @ 100kg", "squat: 3 x 5 at 100 kg"),
            ("squat 100 kg x 5 x 5", "squat: 5 x 5 at 100 kg"),
            ("squat 62,5 kg x 5", "squat: 1 x 5 at 62.5 kg"),
            ("squat 3 x 8-10 at 60 kg @8", "squat: 3 x 8-10 at 60 kg @8"),
            ("weighted pull-up 3x5 10 kg", "weighted pull-up: 3 x 5 at +10 kg"),
            ("assisted pull-up 3x5 at 20 kg", "assisted pull-up: 3 x 5 at -20 kg"),
            ("plank 3x60", "plank: 3 x 60 s"),
            ("plank 3 x 30-60 s", "plank: 3 x 30-60 s"),
            ("plank 3 x 1-2 min", "plank: 3 x 60-120 s"),
            ("plank 3 x 1:30", "plank: 3 x 90 s"),
            ("plank 3 x max", "plank: 3 x max s"),
            ("farmer's walk 3 x 40 m 32 kg", "farmer's walk: 3 x 40 m at 32 kg"),
            ("run 5 km", "run: 1 x 5 km"),
            ("run 4 x 800 m rest 90", "run: 4 x 800 m, rest 90 s"),
            ("run 3 mi", "run: 1 x 3 mi"),
            ("dumbbell row 3 x 8-12 each side", "dumbbell row: 3 x 8-12 each side"),
            ("dumbbell row 3x8/side", "dumbbell row: 3 x 8 each side"),
            ("A1 squat 3x5\na2: pull-up 3x5", "A1 squat: 3 x 5\nA2 pull-up: 3 x 5"),
            ("> light\n\nsquat 3x5\n> pause", "> light\nsquat: 3 x 5\n> pause"),
            ("> a\n>\n> b\nsquat 3x5\n>\n> c\n>\n> d", "> a\n>\n> b\nsquat: 3 x 5\n> c\n>\n> d"),
            ("Zercher thing 3x8", "Zercher thing: 3 x 8"),
        ],
    )
    def test_reads_what_people_write(self, written, printed):
        parsed = read(written)

        assert parsed.problems == ()
        assert print_routine(parsed.routine) == printed

    @pytest.mark.parametrize(
        ("written", "column", "length", "message"),
        [
            ("squat", 1, 5, "How many sets? Write it as sets x reps, for example 3 x 8-12."),
            ("squat: 3 x 12-8", 12, 2, "A range goes from the lower number to the higher one"),
            ("squat: 3 x 8-", 13, 1, "A range goes from one number to another"),
            ("squat: 60 x 8", 8, 2, "60 sets?"),
            ("squat: 60 kg x 3 x 8", 8, 13, "Is it 3 sets of 8, or 8 sets of 3?"),
            ("squat: 3 x 8 slowly", 14, 6, "Backtrain can’t read this."),
            ("squat: 3 x 5 @80%", 15, 3, "A share is not a weight."),
            ("squat: 3 x 5 @100", 15, 3, "Is it a weight? Write it with its unit: at 100 kg."),
            ("squat: 3 x 5 @8.3", 15, 3, "An RPE goes from 1 to 10"),
            ("squat: 3 x 5 @8-9", 16, 1, "Write one RPE"),
            ("squat: 3 x 8, rest 2-3 min", 21, 1, "Write one time to rest"),
            ("squat: 3 x 8, rest 5 h", 20, 1, "A rest lasts from 1 second to an hour."),
            ("squat: 3 x 8, rest", 18, 1, "How long a rest?"),
            ("squat: 21 x 5", 8, 2, "21 sets?"),
            ("squat: 12 x 5, 12 x 3", 8, 14, "at most 20 sets"),
            ("squat: 3 x 0", 12, 1, "A set has 1 to 9,999 reps."),
            ("squat: 3 x 2.5", 12, 3, "Write whole reps and seconds."),
            ("pull-up: 3 x 5 at 20 kg", 19, 2, "This exercise is logged without weight."),
            ("weighted pull-up: 3 x 5 at -20 kg", 29, 2, "A weight with - is help"),
            ("plank: 3 x 40 m", 12, 2, "This exercise is done by time."),
            ("farmer's walk: 3 x 40", 20, 2, "This exercise is done by time or distance."),
            ("farmer's walk: 3 x 40-60 m", 20, 2, "Write one distance"),
            (": 3 x 8", 1, 1, "Which exercise?"),
            ("squat: 3 x 8\x07", 13, 1, "There is a character here that can’t be seen."),
        ],
    )
    def test_says_what_it_cannot_read_and_where(self, written, column, length, message):
        (problem,) = read(written).problems

        assert problem.message.startswith(message) or message in problem.message
        assert (problem.line, problem.column, problem.length) == (1, column, length)

    def test_reads_the_other_lines_of_a_text_with_a_problem(self):
        parsed = read("squat: 3 x 8\npull-up: 3 x\nplank: 3 x 30 s")

        assert [entry.name for entry in parsed.routine.entries] == ["squat", "plank"]
        assert [problem.line for problem in parsed.problems] == [2]

    def test_takes_weights_without_a_unit_for_none(self):
        assert "at 100 lb" in read("squat: 3 x 5 @100", Unit.LB).problems[0].message

    @pytest.mark.parametrize("text", ["x" * 20_001, "\n".join(["squat: 3 x 5"] * 61)])
    def test_refuses_what_is_too_long(self, text):
        assert len(read(text).problems) == 1

    def test_tells_of_notes_that_are_too_long(self):
        (problem,) = read("squat: 3 x 5\n> " + "n" * 5_001).problems

        assert problem.message == "Notes have at most 5,000 characters; these have 5,001."
