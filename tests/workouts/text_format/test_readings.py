"""Lines that make sense in more than one way: which reading is taken, and what is asked."""

from decimal import Decimal

import pytest

from exercises.vocabulary import LoadType
from tests.catalogue import names_in_files
from workouts.lines import finder
from workouts.text_format import Load, SetText, parse, print_workout

LOAD_TYPES = {
    "pull-up": LoadType.BODYWEIGHT,
    "weighted pull-up": LoadType.BODYWEIGHT_PLUS,
    "dip": LoadType.BODYWEIGHT_PLUS,
    "squat": LoadType.EXTERNAL,
    "bench": LoadType.EXTERNAL,
    "overhead press": LoadType.EXTERNAL,
    "dumbbell press": LoadType.PER_HAND,
    "split squat": LoadType.PER_HAND,
    "plank": LoadType.DURATION,
    "side plank": LoadType.DURATION,
}


def find(name):
    return LOAD_TYPES.get(name.lower())


def read(line, *, last=None):
    return parse(line, find=find, unit="kg", last=last)


def taken(line, *, last=None):
    parsed = read(line, last=last)
    assert parsed.problems == ()
    return print_workout(parsed.workout)


def asked(line, *, last=None):
    """The canonical lines that are offered, the likeliest first."""
    (problem,) = read(line, last=last).problems
    assert problem.message.endswith("?")
    return [choice.text for choice in problem.choices]


def last_sets(*sets):
    """A look-up of what was done last time: weight x reps."""
    before = [SetText(Load(Decimal(kg), "kg"), reps) for kg, reps in sets]
    return lambda name: before


class TestTaken:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("squat 55 4x10", "squat: 55 kg x 10, 10, 10, 10"),
            ("squat 95 2x12 115 1x8", "squat: 95 kg x 12, 95 kg x 12, 115 kg x 8"),
            ("squat 5x5 100", "squat: 100 kg x 5, 5, 5, 5, 5"),
            ("squat 60 5/5/5", "squat: 60 kg x 5, 5, 5"),
            ("bench 2x6@80", "bench: 80 kg x 6, 6"),
            ("bench 4x9 @ 85#", "bench: 85 lb x 9, 9, 9, 9"),
            ("bench 3x7@75lbs.", "bench: 75 lb x 7, 7, 7"),
            ("bench 3x5 @ 50, 55, 60", "bench: 50 kg x 5, 55 kg x 5, 60 kg x 5"),
            ("bench 3x5 (50, 55, 60 kg)", "bench: 50 kg x 5, 55 kg x 5, 60 kg x 5"),
            ("bench 3x5 @ 50/55/60", "bench: 50 kg x 5, 55 kg x 5, 60 kg x 5"),
            ("bench 10, 8, 6 @ 60, 65, 70", "bench: 60 kg x 10, 65 kg x 8, 70 kg x 6"),
            ("bench 50/55/60 5/5/3", "bench: 50 kg x 5, 55 kg x 5, 60 kg x 3"),
            ("bench 60 kg 2x5 @8, 8.5", "bench: 60 kg x 5 @8, 5 @8.5"),
            ("bench 5@100 x 3", "bench: 100 kg x 5, 5, 5"),
            ("bench 60kg x10, x9", "bench: 60 kg x 10, 9"),
            ("bench - 60kg - 2x8", "bench: 60 kg x 8, 8"),
            ("bench 60 for 10", "bench: 60 kg x 10"),
            ("bench 60kg 8, 7 reps a side", "bench: 60 kg x 8 L, 8 R, 7 L, 7 R"),
            ("squat 100 1RM", "squat: 100 kg x 1"),
            ("squat 60x5 twice", "squat: 60 kg x 5, 5"),
            ("squat 60x5 just warming up", "squat: 60 kg x 5 w"),
            ("squat 60kg 5, 5 bis zum Muskelversagen", "squat: 60 kg x 5, 5 f"),
            ("squat 55, 55, 60 - je 10", "squat: 55 kg x 10, 55 kg x 10, 60 kg x 10"),
            ("squat 3 Sätze je 5 mit je 60 kg", "squat: 60 kg x 5, 5, 5"),
            ("squat 62,5 - 8 - 8 - 7", "squat: 62.5 kg x 8, 8, 7"),
            ("squat 60x8 x8 x7 x6", "squat: 60 kg x 8, 8, 7, 6"),
            ("pull-up 10.8.8", "pull-up: 10, 8, 8"),
            ("squat 60kg 2x8 + drop 40x12", "squat: 60 kg x 8, 60 kg x 8, 40 kg x 12 d"),
            ("split squat 12kg 5 L, 5 R x2", "split squat: 12 kg x 5 L, 5 R, 5 L, 5 R"),
            ("split squat 12kg 5 L, 4 R, x2", "split squat: 12 kg x 5 L, 4 R, 5 L, 4 R"),
            ("dumbbell press 2x12kg bells 2x6", "dumbbell press: 12 kg x 6, 6"),
            ("squat 100 kg x 1RM", "squat: 100 kg x 1"),
            ("squat 90 3RM", "squat: 90 kg x 3"),
            ("squat 100x5, 5RM", "squat: 100 kg x 5\n> 5RM"),
            ("squat 60kg 8 squats, 7 squats", "squat: 60 kg x 8, 7"),
            ("squat 8 squats @60, 2 times", "squat: 60 kg x 8, 8"),
            ("squat 60 kg, 8 reps, 2 sets", "squat: 60 kg x 8, 8"),
            ("squat 2 sets, 8 reps, 60 kg", "squat: 60 kg x 8, 8"),
            ("pull-up 8-8-6", "pull-up: 8, 8, 6"),
            ("pull-up 8r 8r 7r", "pull-up: 8, 8, 7"),
            ("bench 3 sets 10 8 7", "bench: 10, 8, 7"),
            ("bench 60kg 2 sets of 10 repetitions", "bench: 60 kg x 10, 10"),
            ("pull-up BW + 10 kg x 5", "Weighted pull-up: +10 kg x 5"),
            ("weighted pull-up bw+10 3x5", "weighted pull-up: +10 kg x 5, 5, 5"),
            ("weighted pull-up 20x5", "weighted pull-up: +20 kg x 5"),
            ("dumbbell press 20 each hand 2x8", "dumbbell press: 20 kg x 8, 8"),
            ("split squat 12kg 1 x 9R/8L", "split squat: 12 kg x 9 R, 8 L"),
            ("split squat 12kg 9, 8 per side", "split squat: 12 kg x 9 L, 9 R, 8 L, 8 R"),
            ("bench 80x6 DROP 60x9", "bench: 80 kg x 6, 60 kg x 9 d"),
            ("bench 80x6 @ 9 rpe", "bench: 80 kg x 6 @9"),
            ("bench 80x6 @2RIR", "bench: 80 kg x 6 @8"),
            (
                "3 sets 12 reps 15kg overhead press RPE 6",
                "overhead press: 15 kg x 12 @6, 12 @6, 12 @6",
            ),
            ("2 x 50 seconds side plank.", "side plank: 2 x 50 s"),
            ('plank 1\'30", 45"', "plank: 90 s, 45 s"),
            ("squat (60 kg): 2x9", "squat: 60 kg x 9, 9"),
            ("squat 70: 6, 6, 5", "squat: 70 kg x 6, 6, 5"),
            ("squat 100kg/220lb 2x3", "squat: 100 kg x 3, 3"),
            ("squat 80x5, 85x F", "squat: 80 kg x 5\n> 85 x 0"),
            ("pull-up 10, 8, 0", "pull-up: 10, 8\n> 0 reps"),
            (
                "split squat 12kg L 12 R 12, L 11 R 12",
                "split squat: 12 kg x 12 L, 12 R, 11 L, 12 R",
            ),
            ("squat 60kg x5 x5 x4", "squat: 60 kg x 5, 5, 4"),
            ("squat 60kg 5 reps 2 sets", "squat: 60 kg x 5, 5"),
            ("squat 60kg\u00d710回\u00d72セット", "squat: 60 kg x 10, 10"),
            ("squat \uff16\uff10\uff4b\uff47\u00d7\uff15、\uff15", "squat: 60 kg x 5, 5"),
            ("squat 2 Sätze à 5 Wdh mit 62,5 kg", "squat: 62.5 kg x 5, 5"),
            ("squat 2x5 62,5", "squat: 62.5 kg x 5, 5"),
            ("squat 62,5: 5/4", "squat: 62.5 kg x 5, 4"),
            ("squat 60kg 8,5", "squat: 60 kg x 8, 5"),
            ("squat 60\u04458 2 подхода", "squat: 60 kg x 8, 8"),
            ("squat 60 x 5/5/3 failed", "squat: 60 kg x 5, 5, 3 f"),
            ("dumbbell press 2x24kg, 2x8", "dumbbell press: 24 kg x 8, 8"),
            ("squat 60x8 (Aufwärmen), 80x5", "squat: 60 kg x 8 w, 80 kg x 5"),
        ],
    )
    def test_what_any_lifter_reads(self, typed, canonical):
        assert taken(typed) == canonical

    def test_an_exact_line_says_what_it_means(self):
        for line in ("squat: 60 kg x 60", "pull-up: 12 sets of 8", "bench: bw x 5, 60 kg x 5"):
            assert taken(line) == line

    def test_sets_of_an_unknown_exercise_wait_for_its_name(self):
        assert taken("press 3x8") == "press: 3 x 8"


class TestAsked:
    @pytest.mark.parametrize(
        ("typed", "offered"),
        [
            ("squat 3x8", ["3 kg x 8", "3 sets of 8"]),
            ("squat 3 x 5 x 70", ["70 kg x 5, 5, 5"]),
            ("squat 5x110, 3x130", ["110 kg x 5, 130 kg x 3"]),
            ("squat 80x5 kg", ["80 kg x 5", "5 kg x 80"]),
            ("squat 60x3x6", ["60 kg x 3, 3, 3, 3, 3, 3", "60 kg x 6, 6, 6"]),
            ("squat 60 8 8 7", ["60 kg x 8, 8, 7", "60, 8, 8, 7"]),
            ("bench 60 8 70 8 80 6", ["60 kg x 8, 70 kg x 8, 80 kg x 6"]),
            ("dip 20 8 8", ["20, 8, 8", "+20 kg x 8, 8"]),
            ("bench 60/8 70/7", ["60 kg x 8, 70 kg x 7"]),
            ("bench 5/3/1 80/90/100", ["80 kg x 5, 90 kg x 3, 100 kg x 1"]),
            ("bench 3x10, 8, 7", ["10, 8, 7", "3 kg x 10, 8, 7"]),
            ("bench 3x12 @ 10", ["10 kg x 12, 12, 12"]),
            ("bench 60 kg x 60", ["60 kg x 60"]),
            ("bench 5, 5, 60 kg x 5", ["bw x 5, bw x 5, 60 kg x 5", "60 kg x 5, 5, 5"]),
            ("bench 3x30s", ["3 x 30 s"]),
            ("dumbbell press 15s x 9, 20s x 7", ["15 kg x 9, 20 kg x 7"]),
            ("squat bar x 10, 40x5", ["20 kg x 10, 40 kg x 5"]),
            ("squat 2 plates x5", ["100 kg x 5", "80 kg x 5", "40 kg x 5"]),
            ("squat 2 plates 2x5", ["100 kg x 5, 5"]),
            ("squat 2 plates a side x5", ["100 kg x 5"]),
            ("squat 1RM: 140", ["140 kg x 1"]),
            ("squat 60kg 8, 8, 7?", ["60 kg x 8, 8, 7"]),
            ("squat ~60 kg x 8", ["60 kg x 8"]),
            ("squat 25 - 12 - 10 - 9", ["25 kg x 12, 10, 9", "25, 12, 10, 9"]),
            ("squat 55, 55, 60 - 10 each", ["55 kg x 10, 55 kg x 10, 60 kg x 10"]),
            (
                "squat 60kg 8, drop 2x12",
                ["60 kg x 8, 12 d, 12 d", "60 kg x 8, 2 kg x 12 d"],
            ),
            ("squat bar+20 x5", ["40 kg x 5", "60 kg x 5"]),
            ("bench 2000m", ["2000 m"]),
            ("squat 60, 55", ["60, 55"]),
            ("squat 3RM 90 kg", ["90 kg x 3"]),
            ("squat 60kg 2x21s", ["60 kg x 21, 21", "60 kg x 21 s, 21 s"]),
            ("squat w/u: bar x10, 60x5", ["20 kg x 10 w, 60 kg x 5 w"]),
            (
                "squat warmup 20x10 40x8, 60x3",
                [
                    "20 kg x 10 w, 40 kg x 8 w, 60 kg x 3 w",
                    "20 kg x 10 w, 40 kg x 8 w, 60 kg x 3",
                ],
            ),
            (
                "squat warmup 40x5, 60x3",
                ["40 kg x 5 w, 60 kg x 3 w", "40 kg x 5 w, 60 kg x 3"],
            ),
            ("split squat 12kg 2x8 each", ["12 kg x 8, 8", "12 kg x 8 L, 8 R, 8 L, 8 R"]),
            ("bench 60 kg x 8 each", ["60 kg x 8", "60 kg x 8 L, 8 R"]),
            ("dumbbell press 14s 2x10", ["14 kg x 10, 10"]),
            ("dumbbell press 14kg 8 + 6", ["14 kg x 8, 6", "14 kg x 14"]),
            ("bench 67,5 5 3", ["67.5 kg x 5, 3", "67 kg x 5, 5, 3"]),
            ("pull-up 12x8", ["8 x 12", "12 sets of 8"]),
            ("pull-up 6+1", ["6, 1", "7"]),
            ("pull-up 8, 30 s", ["8, 30 s"]),
            ("plank 90, 2", ["90 s, 2 s"]),
            ("pull-up 8 8 r", ["2 x 8", "8, 8 R"]),
            ("pull-up 10 kg x 5", ["+10 kg x 5"]),
        ],
    )
    def test_what_may_be_something_else(self, typed, offered):
        sets = [text.partition(": ")[2] for text in asked(typed)]

        assert sets[: len(offered)] == offered

    def test_whatever_is_offered_is_read_as_it_stands(self):
        for line in ("squat 3x8", "pull-up 12x8", "bench 60 kg x 60", "bench 100x5 missed one"):
            for choice in asked(line):
                assert taken(choice) == choice


class TestLastTime:
    def test_is_not_needed_for_weight_reps_and_sets_in_this_order(self):
        assert taken("squat 100x3x5") == "squat: 100 kg x 3, 3, 3, 3, 3"

    def test_decides_between_two_readings(self):
        assert taken("squat 100x3x5", last=last_sets((97, 5), (97, 5))) == "squat: 100 kg x 5, 5, 5"

    def test_confirms_an_unusual_order(self):
        assert taken("squat 5x110", last=last_sets((105, 5))) == "squat: 110 kg x 5"
        assert taken("squat 6x8", last=last_sets((6, 8))) == "squat: 6 kg x 8"

    def test_does_not_confirm_what_is_far_from_it(self):
        assert len(asked("squat 3x8", last=last_sets((100, 8)))) == 2

    def test_is_not_asked_for_of_unknown_exercises(self):
        def last(name):
            raise AssertionError(name)

        assert taken("press 60x8", last=last) == "press: 60 kg x 8"


class TestRemarks:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("bench 80x5 (last one ugly)", "bench: 80 kg x 5\n> last one ugly"),
            ("bench 80x5 - last one slow", "bench: 80 kg x 5\n> last one slow"),
            ("bench 80x5. Slow today.", "bench: 80 kg x 5\n> Slow today."),
            ("bench 80x5. Easy!", "bench: 80 kg x 5\n> Easy!"),
            ("bench 80x5 left knee sore", "bench: 80 kg x 5\n> left knee sore"),
            ("bench 80x5 (belt), 85x5", "bench: 80 kg x 5, 85 kg x 5\n> belt"),
            ("bench 80x5 rest 2 min", "bench: 80 kg x 5\n> rest 2 min"),
            ("bench 80x5 (2s pause at the chest)", "bench: 80 kg x 5\n> 2s pause\n> at the chest"),
            ("bench 3-1-1 tempo 60kg 2x8", "bench: 60 kg x 8, 8\n> 3-1-1 tempo"),
            ("bench 75% 80x5, 85% 90x3", "bench: 80 kg x 5, 90 kg x 3\n> 75%\n> 85%"),
            ("bench (paused): 80x5", "bench: 80 kg x 5\n> paused"),
            ("bench 80x5 AMRAP", "bench: 80 kg x 5\n> AMRAP"),
            ("bench 80x5, 80x8+", "bench: 80 kg x 5, 8\n> 8+"),
            ("pull-up 1, 1, 0 (missed)", "pull-up: 2 x 1\n> 0 reps\n> missed"),
            ("squat 125x4 (missed the 5th)", "squat: 125 kg x 4\n> missed the 5th"),
            ("squat 60x8 unbroken, 2 times", "squat: 60 kg x 8, 8\n> unbroken"),
            ("squat 90x3 (7), 95x3 (8.5)", "squat: 90 kg x 3 @7, 95 kg x 3 @8.5"),
        ],
    )
    def test_are_kept_as_notes(self, typed, canonical):
        assert taken(typed) == canonical

    def test_that_name_another_exercise_are_none(self):
        (problem,) = read("bench 60x8, 10 pull-up").problems

        assert problem.message.startswith("pull-up is an exercise too.")

        (problem,) = read("pull-up +10 kg x 5 squat").problems

        assert problem.message.startswith("squat is an exercise too.")

    def test_stand_before_notes_on_lines_of_their_own(self):
        assert taken("bench 80x5 easy\n> felt strong") == "bench: 80 kg x 5\n> easy\n> felt strong"

    @pytest.mark.parametrize(
        ("typed", "offered"),
        [
            (
                "bench 80x5 missed the last rep",
                [
                    "bench: 80 kg x 4\n> missed the last rep",
                    "bench: 80 kg x 5\n> missed the last rep",
                ],
            ),
            ("bench 80x5 easy, 85x5", ["bench: 80 kg x 5, 85 kg x 5\n> easy"]),
            ("bench 80x5 then 5 more", ["bench: 80 kg x 5, 5\n> more"]),
            ("bench 80x5+, 8", ["bench: 80 kg x 8\n> 5+", "bench: 80 kg x 5, 8\n> 5+"]),
            ("bench 80x5 3-1-1", ["bench: 80 kg x 5\n> 3-1-1", "bench: 80 kg x 5, 3, 1, 1"]),
        ],
    )
    def test_that_may_say_something_about_the_sets_are_asked_about(self, typed, offered):
        assert asked(typed)[: len(offered)] == offered

    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("squat 60x5 @8-9", "squat: 60 kg x 5\n> @8-9"),
            ("squat 60 kg x 5, 5 @8-9, 5", "squat: 60 kg x 5, 5, 5\n> @8-9"),
            ("bench 3x8 RPE 7-8 60kg", "bench: 60 kg x 8, 8, 8\n> RPE 7-8"),
            ("bench 20kg 15/15/15 RIR 1-2", "bench: 20 kg x 15, 15, 15\n> RIR 1-2"),
            ("bench 60kg 3x8 (2 in reserve)", "bench: 60 kg x 8, 8, 8\n> 2 in reserve"),
            ("squat 100x8 (5+)", "squat: 100 kg x 8\n> 5+"),
            ("squat 90x3 (80%, 3+), 95x6 (90%, 1+)", "squat: 90 kg x 3, 95 kg x 6"),
            ("squat 5/3/1 week 2: 80x3, 90x3", "squat: 80 kg x 3, 90 kg x 3\n> 5/3/1\n> week 2"),
            ("squat tempo 32X1 60kg 4x6", "squat: 60 kg x 6, 6, 6, 6\n> tempo 32X1"),
            ("squat 60kg 4x6 tempo 3010", "squat: 60 kg x 6, 6, 6, 6\n> tempo 3010"),
            ("bench 45kg 12/11/10 + 4 partials", "bench: 45 kg x 12, 11, 10\n> + 4 partials"),
            ("squat 5x5 @ 80% 1RM 60kg", "squat: 60 kg x 5, 5, 5, 5, 5\n> @ 80% 1RM"),
            ("squat 100x5 (e1RM 117)", "squat: 100 kg x 5\n> e1RM 117"),
            ("squat 60kg 3x5 @3110", "squat: 60 kg x 5, 5, 5\n> @3110"),
            ("squat 60kg 3x5 (4010)", "squat: 60 kg x 5, 5, 5\n> 4010"),
            ("squat 3x5 60kg 31X1", "squat: 60 kg x 5, 5, 5\n> 31X1"),
            ("squat 3x5 3-1-1-0 60kg", "squat: 60 kg x 5, 5, 5\n> 3-1-1-0"),
            ("bench FSL 5x5 @ 40", "bench: 40 kg x 5, 5, 5, 5, 5\n> FSL"),
        ],
    )
    def test_hold_numbers_that_are_no_sets(self, typed, canonical):
        assert taken(typed).startswith(canonical)

    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("squat 90x5, 100x5+ (got 7)", "squat: 90 kg x 5, 100 kg x 7\n> 5+"),
            ("squat 100x5+ (8 geschafft)", "squat: 100 kg x 8\n> 5+\n> 8 geschafft"),
            ("squat 100x5+ 8 reps", "squat: 100 kg x 8\n> 5+"),
            ("squat 100x5+ (8)", "squat: 100 kg x 8\n> 5+"),
            ("squat 100x5+ (8 reps)", "squat: 100 kg x 8\n> 5+"),
            ("squat 100x5+ = 8", "squat: 100 kg x 8\n> 5+"),
            ("squat 100x5+: 8", "squat: 100 kg x 8\n> 5+"),
            ("squat 100x5+ hit 8 @9", "squat: 100 kg x 8 @9\n> 5+"),
            ("squat 90x5, 100x+ -> 8", "squat: 90 kg x 5, 100 kg x 8"),
        ],
    )
    def test_say_how_many_an_open_set_came_to(self, typed, canonical):
        assert taken(typed) == canonical

    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("squat 90x3 (7), 95x3 (8)", "squat: 90 kg x 3 @7, 95 kg x 3 @8"),
            ("pull-up 8, 5 (missed)", "pull-up: 8, 5\n> missed"),
            ("pull-up 8, 0, 5 (missed)", "pull-up: 8, 5\n> 0 reps\n> missed"),
            ("squat 125x5 (missed the 5th)", "squat: 125 kg x 5\n> missed the 5th"),
            ("bench 60x8 (hard, 2 times)", "bench: 60 kg x 8\n> hard, 2 times"),
        ],
    )
    def test_that_the_sets_do_not_bear_out_are_asked_about(self, typed, first):
        assert asked(typed)[0] == first

    @pytest.mark.parametrize("said", ["got 4", "got 7, missed the first", "got 7 twice 6"])
    def test_that_say_more_of_an_open_set_are_asked_about(self, said):
        assert len(asked(f"squat 100x5+ ({said})")) > 1

    @pytest.mark.parametrize("reps", ["5-4-3-2", "5-3-1-1", "5-5-5-4"])
    def test_are_none_in_a_list_of_reps(self, reps):
        assert taken(f"squat 60kg {reps}") == f"squat: 60 kg x {reps.replace('-', ', ')}"

    def test_that_begin_like_a_tempo_are_sets_all_the_same(self):
        sets = read("squat tempo 60x5, 62x5").workout.entries[0].sets

        assert [(one.load.amount, one.reps) for one in sets] == [(60, 5), (62, 5)]

    @pytest.mark.parametrize(
        ("typed", "offered"),
        [
            ("bench 80x8 (7)", ["bench: 80 kg x 8\n> 7", "bench: 80 kg x 8, 7"]),
            ("pull-up 10-8-6 (-2)", ["pull-up: 10, 8, 6\n> -2"]),
            ("pull-up 3x8 (10)", ["pull-up: 3 x 8\n> 10", "pull-up: 8, 8, 8, 10"]),
            (
                "bench 80kg 3x8 (8, 8, 7)",
                [
                    "bench: 80 kg x 8, 8, 7\n> 3x8",
                    "bench: 80 kg x 8, 8, 8\n> 8, 8, 7",
                    "bench: 80 kg x 8, 8, 8, 8, 8, 7",
                ],
            ),
            (
                "bench 3x8 (60, 65, 70)",
                ["bench: 60 kg x 8, 65 kg x 8, 70 kg x 8", "bench: 3 kg x 8\n> 60, 65, 70"],
            ),
        ],
    )
    def test_of_numbers_in_brackets_are_asked_about(self, typed, offered):
        assert asked(typed)[: len(offered)] == offered

    @pytest.mark.parametrize("typed", ["bench 3x8@40kg/side", "bench 40kg per side 3x8"])
    def test_of_a_weight_a_side_are_asked_about(self, typed):
        assert asked(typed) == [
            "bench: 100 kg x 8, 8, 8",
            "bench: 80 kg x 8, 8, 8",
            "bench: 40 kg x 8, 8, 8",
            "bench: 40 kg x 8 L, 8 R, 8 L, 8 R, 8 L, 8 R",
        ]

    def test_of_a_weight_a_side_are_about_all_sets_that_follow(self):
        assert asked("bench 40 kg per side 10, 8") == [
            "bench: 100 kg x 10, 8",
            "bench: 80 kg x 10, 8",
            "bench: 40 kg x 10 L, 10 R, 8 L, 8 R",
        ]

    def test_no_sum_is_taken_apart_within_a_list(self):
        (problem,) = read("bench 60kg 12/10/8+2").problems

        assert problem.message.startswith("Is 8+2 one set or two?")

    @pytest.mark.parametrize(
        "typed", ["squat 60x8, 70kg", "squat 5@8/9kg", "squat 2 plates and a 25 x 5"]
    )
    def test_no_weight_is_dropped(self, typed):
        (problem,) = read(typed).problems

        assert problem.choices == ()


class TestOneSided:
    """Lifts that are done one side at a time, of which each means one after the other."""

    @pytest.mark.parametrize(
        ("typed", "sets"),
        [
            ("30 kg 2x8 each", "30 kg x 8 L, 8 R, 8 L, 8 R"),
            ("2x8 each @ 30 kg", "30 kg x 8 L, 8 R, 8 L, 8 R"),
            ("30: 8 each", "30 kg x 8 L, 8 R"),
            ("8 each side", "8 L, 8 R"),
            ("20 kg each 2x8 each arm", "20 kg x 8 L, 8 R, 8 L, 8 R"),
        ],
    )
    def test_each_is_both_sides(self, typed, sets):
        parsed = self.read(typed)

        assert parsed.problems == ()
        assert print_workout(parsed.workout) == f"single-arm dumbbell row: {sets}"

    def test_several_pairs_of_numbers_are_left_and_right(self):
        parsed = self.read("20 8/8 7/8")

        assert print_workout(parsed.workout) == (
            "single-arm dumbbell row: 20 kg x 8 L, 8 R, 7 L, 8 R"
        )

    def test_of_one_pair_it_is_asked(self):
        (problem,) = self.read("20kg 8/7").problems

        assert [choice.text for choice in problem.choices] == [
            "single-arm dumbbell row: 20 kg x 8 L, 7 R",
            "single-arm dumbbell row: 20 kg x 8, 7",
        ]

    def read(self, typed):
        names = finder(names_in_files())
        return parse(f"single-arm dumbbell row {typed}", find=names, unit="kg")


class TestOtherLanguages:
    @pytest.mark.parametrize(
        "typed",
        [
            *(
                "split squat 20kg 8 e/s",
                "split squat 20kg 8 chaque côté",
                "split squat 20kg 8 je Seite",
            ),
            *(
                "split squat 20kg 8 cada lado",
                "split squat 20kg 8 par jambe",
                "split squat 20kg 8 jede Seite",
            ),
        ],
    )
    def test_sides_are_both(self, typed):
        assert taken(typed) == "split squat: 20 kg x 8 L, 8 R"

    @pytest.mark.parametrize("word", ["dropsatz", "dégressif", "descendente", "drop"])
    def test_drop_sets_are_told(self, word):
        assert taken(f"bench 60x8 {word} 40x10") == "bench: 60 kg x 8, 40 kg x 10 d"

    @pytest.mark.parametrize("typed", ["bench 24er 3x10", "bench 3x10 24kg", "bench 24 kg 3x10"])
    def test_a_weight_may_be_called_by_its_dumbbell(self, typed):
        assert taken(typed) == "bench: 24 kg x 10, 10, 10"

    def test_lists_and_bodyweight_of_asian_keyboards(self):
        assert taken("pull-up 8・7・6") == "pull-up: 8, 7, 6"
        assert taken("weighted pull-up 自重+10 5/4") == "weighted pull-up: +10 kg x 5, 4"


class TestVersion:
    """Names that are logged without weight, with a weight behind them."""

    @pytest.mark.parametrize(
        ("typed", "version"),
        [
            ("Dips +10 kg x 8", "weighted-dip"),
            ("Barrenstütz +10 kg x 8", "weighted-dip"),
            ("fondos +10 kg x 8", "weighted-dip"),
            ("Fondos en paralelas +10 kg x 8", "weighted-dip"),
            ("Брусья +10 кг x 8", "weighted-dip"),
            ("отжимания на брусьях +10 x 8", "weighted-dip"),
            ("ディップス +10kg x 8", "weighted-dip"),
            ("Klimmzüge +10 kg x 8", "weighted-pull-up"),
            ("Klimmzug +10 kg x 8", "weighted-pull-up"),
            ("tractions +10 kg x 8", "weighted-pull-up"),
            ("Dominadas +10 kg x 8", "weighted-pull-up"),
            ("Подтягивания +10 кг x 8", "weighted-pull-up"),
            ("懸垂 +10kg x 8", "weighted-pull-up"),
            ("Klimmzüge -20 kg x 8", "machine-assisted-pull-up"),
            ("tractions -20 kg x 8", "machine-assisted-pull-up"),
            ("dips -20 kg x 8", "machine-assisted-dip"),
            ("fondos -20 kg x 8", "machine-assisted-dip"),
            ("Dominadas -20 kg x 8", "machine-assisted-pull-up"),
            ("Подтягивания -20 кг x 8", "machine-assisted-pull-up"),
            ("懸垂 -20kg x 8", "machine-assisted-pull-up"),
        ],
    )
    def test_is_found_in_the_language_of_the_name(self, typed, version):
        names = names_in_files()

        def load_type(name):
            exercise = names.find(name)
            return exercise and exercise.load_type

        parsed = parse(typed, find=load_type, unit="kg")

        assert parsed.problems == ()
        (entry,) = parsed.workout.entries
        assert names.find(entry.name).slug == version


class TestSameText:
    """What is clear elsewhere in a text tells what another line of it means."""

    def test_decides_where_it_is_the_same_exercise(self):
        assert taken("squat 3 x 5 x 70\nsquat 72.5 kg x 5, 5, 5") == (
            "squat: 70 kg x 5, 5, 5\nsquat: 72.5 kg x 5, 5, 5"
        )

    @pytest.mark.parametrize(
        "other", ["bench 72.5 kg x 5, 5, 5", "squat 150 kg x 5", "squat 3 x 5 x 72.5", "squat"]
    )
    def test_decides_nothing_by_another_exercise_weight_or_question(self, other):
        (first, *_) = read(f"squat 3 x 5 x 70\n{other}").problems

        assert [choice.text for choice in first.choices] == ["squat: 70 kg x 5, 5, 5"]

    def test_is_nearer_than_the_last_time(self):
        text = "squat 3 x 5 x 70\nsquat 72.5 kg x 5, 5, 5"

        assert taken(text, last=last_sets((20, 5))).startswith("squat: 70 kg x 5, 5, 5\n")


class TestCircuit:
    """Several exercises on one line, done in rounds."""

    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            (
                "3 rounds: 5 pull-up, 10 squat 40 kg, 30 s plank",
                "pull-up: 3 x 5\nsquat: 40 kg x 10, 10, 10\nplank: 3 x 30 s\n> 3 rounds",
            ),
            (
                "AMRAP 12 min: 5 pull-up, 30 s plank = 7 rounds",
                "pull-up: 7 x 5\nplank: 7 x 30 s\n> AMRAP 12 min",
            ),
        ],
    )
    def test_has_each_exercise_with_the_sets_of_all_rounds(self, typed, canonical):
        assert taken(typed) == canonical
        assert [(line.number, line.entry) for line in read(typed).lines] == [
            (1, place) for place in range(canonical.count(":"))
        ]

    def test_of_an_unknown_exercise_is_asked(self):
        assert asked("3 rounds: 5 pull-up, 10 burpees") == [
            "pull-up: 3 x 5\nburpees: 3 x 10\n> 3 rounds"
        ]

    @pytest.mark.parametrize(
        ("typed", "answer"),
        [
            ("E2MOM 10 min: 3 squat @ 70", "squat: 70 kg x 3, 3, 3, 3, 3\n> E2MOM 10 min"),
        ],
    )
    def test_is_asked_where_the_rounds_are_not_said(self, typed, answer):
        assert asked(typed) == [answer]
        assert taken(answer) == answer

    @pytest.mark.parametrize(
        "typed",
        [
            "AMRAP 12 min: 5 pull-up, 30 s plank",
            "AMRAP 12 min: 5 pull-up, 30 s plank = 7 rounds + 3 reps",
            "3 rounds: pull-up, plank",
            "200 rounds: 5 pull-up, 30 s plank",
            "3 rounds: 5 sit-ups, 5 burpees",
        ],
    )
    def test_is_refused_where_it_says_too_little(self, typed):
        assert all(not problem.choices for problem in read(typed).problems)
        assert read(typed).problems


class TestSuperset:
    def test_on_one_line_is_two_exercises_with_a_letter_of_their_own(self):
        text = "A1 squat 60x5\nbench / dumbbell press superset: 50/22.5 kg 2x8"

        parsed = read(text)

        assert [(one.superset, one.name) for one in parsed.workout.entries] == [
            ("A", "squat"),
            ("B", "bench"),
            ("B", "dumbbell press"),
        ]
        assert "bench: 50 kg x 8, 8\nB2 dumbbell press: 22.5 kg x 8, 8" in print_workout(
            parsed.workout
        )

    def test_of_an_unknown_exercise_is_not_taken_apart(self):
        (entry,) = read("bench / flurb superset 50/20 kg 2x8").workout.entries

        assert entry.name == "bench / flurb superset"


class TestLists:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("squat 3 x 5: 60 / 70 / 80", "squat: 60 kg x 5, 70 kg x 5, 80 kg x 5"),
            ("squat 15@40,12@45,10@50", "squat: 40 kg x 15, 45 kg x 12, 50 kg x 10"),
            ("squat 100 kg x 5, 3x8 80 kg", "squat: 100 kg x 5, 80 kg x 8, 80 kg x 8, 80 kg x 8"),
            ("squat: AMRAP 80 kg -> 14", "squat: 80 kg x 14\n> AMRAP"),
            ("squat 100 x 5 → 80 x 8", "squat: 100 kg x 5, 80 kg x 8 d"),
        ],
    )
    def test_is_taken(self, typed, canonical):
        assert taken(typed) == canonical

    def test_of_heavier_sets_behind_an_arrow_is_asked(self):
        assert asked("squat 60 kg x 5 -> 80 kg x 5") == ["squat: 60 kg x 5, 80 kg x 5"]


class TestWarmUps:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            (
                "squat warm-up 40x5, 60x3, then 80 2x5",
                "squat: 40 kg x 5 w, 60 kg x 3 w, 80 kg x 5, 80 kg x 5",
            ),
            (
                "squat\nwarm-up 40x5, 60x3\n2x5 @ 80",
                "squat: 40 kg x 5 w, 60 kg x 3 w, 80 kg x 5, 80 kg x 5",
            ),
        ],
    )
    def test_end_with_their_line_or_with_then(self, typed, canonical):
        assert taken(typed) == canonical

    def test_are_not_told_by_what_was_done_the_last_time(self):
        assert len(asked("squat warm-up 40x5, 60x5, 80x5", last=last_sets((80, 5)))) > 1


class TestThen:
    """A word that leads to the next exercise, or begins the name of one."""

    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("then: squat 60 kg x 5", "squat: 60 kg x 5"),
            ("and then squat: 60 kg x 5", "squat: 60 kg x 5"),
            ("then hyper 60 kg x 5", "hyper: 60 kg x 5"),
            ("next level row: 60 kg x 5", "next level row: 60 kg x 5"),
            ("then: 60 kg x 5, 5", "then: 60 kg x 5, 5"),
        ],
    )
    def test_is_of_the_name_before_a_colon_unless_what_follows_is_known(self, typed, canonical):
        assert taken(typed) == canonical
