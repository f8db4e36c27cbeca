"""What people type, with the canonical form that it is read as."""

import pytest

from workouts.text_format import parse, print_workout

LOADINGS = {
    "pullups": "bodyweight",
    "pull-ups": "bodyweight",
    "superman": "bodyweight",
    "weighted pull up": "bodyweight_plus",
    "push-ups": "bodyweight_plus",
    "assisted pull-up": "assisted_bodyweight",
    "bb row": "external",
    "bent over row": "external",
    "row": "external",
    "row machine 2": "external",
    "lat pulldown": "external",
    "bench press": "external",
    "leg press": "external",
    "45-degree leg press": "external",
    "squat": "external",
    "db row": "per_hand",
    "plank": "duration",
    "farmer's walk": "weighted_duration",
}


def find(name):
    return LOADINGS.get(name.lower())


def reads_as(text, *, unit="kg", find=find):
    parsed = parse(text, find=find, unit=unit)
    assert parsed.problems == ()
    return print_workout(parsed.workout)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("pullups 3x8", "pullups: 3 x 8"),
        ("Pull-ups 8 8 6", "Pull-ups: 8, 8, 6"),
        ("weighted pull up +10kg 5,5,4", "weighted pull up: +10 kg x 5, 5, 4"),
        ("Assisted pull-up -20kg 3x8", "Assisted pull-up: -20 kg x 8, 8, 8"),
        ("BB row 80kg 5x5", "BB row: 80 kg x 5, 5, 5, 5, 5"),
        ("bent over row 80x5x5", "bent over row: 80 kg x 5, 5, 5, 5, 5"),
        ("row 60x8, 70x8, 70x7 @9", "row: 60 kg x 8, 70 kg x 8, 70 kg x 7 @9"),
        ("DB row 3x10 @ 32.5kg", "DB row: 32.5 kg x 10, 10, 10"),
        ("lat pulldown 132 lb x 10 x 3", "lat pulldown: 132 lb x 10, 10, 10"),
        ("plank 1:30", "plank: 90 s"),
        ("superman 3x30s", "superman: 3 x 30 s"),
        ("farmer's walk 2x40m 32kg", "farmer's walk: 32 kg x 40 m, 40 m"),
        ("squat 100kg 5/5/5", "squat: 100 kg x 5, 5, 5"),
        ("3 sets of 8 pull-ups", "pull-ups: 3 x 8"),
        ("3x8 pull-ups", "pull-ups: 3 x 8"),
        ("A1 bench press 60x8", "A1 bench press: 60 kg x 8"),
        ("row 10 kg x 8 L, 10 kg x 7 R", "row: 10 kg x 8 L, 7 R"),
        (
            "squat 60x5 warmup, 80x5 w, 100x3 f, 80x8 drop",
            "squat: 60 kg x 5 w, 80 kg x 5 w, 100 kg x 3 f, 80 kg x 8 d",
        ),
        ("row 62,5 kg x 8", "row: 62.5 kg x 8"),
    ],
)
def test_design_examples(typed, canonical):
    assert reads_as(typed) == canonical


class TestSpelling:
    @pytest.mark.parametrize("times", ["x", "X", " x ", "*", "\u00d7", "\u0445", "\u2715"])
    def test_times(self, times):
        assert reads_as(f"squat 60{times}8") == "squat: 60 kg x 8"

    @pytest.mark.parametrize("minus", ["-", "\u2013", "\u2212", "\u2010"])
    def test_minus(self, minus):
        assert reads_as(f"assisted pull-up: {minus}20 kg x 8") == "assisted pull-up: -20 kg x 8"

    @pytest.mark.parametrize("unit", ["kg", "KG", "kgs", "kilos", " kilograms", "\u00a0kg"])
    def test_kilograms(self, unit):
        assert reads_as(f"squat 60{unit} x 8", unit="lb") == "squat: 60 kg x 8"

    @pytest.mark.parametrize("unit", ["lb", "lbs", " pounds"])
    def test_pounds(self, unit):
        assert reads_as(f"squat 60{unit}x8") == "squat: 60 lb x 8"

    @pytest.mark.parametrize(
        "time", ["90", "90s", "90 secs", "90 seconds", "1:30", "1.5 min", "1m30s", "1 min 30 s"]
    )
    def test_times_of_a_hold(self, time):
        assert reads_as(f"plank {time}") == "plank: 90 s"

    @pytest.mark.parametrize("distance", ["1500m", "1500 metres", "1500 meters", "1.5 km"])
    def test_distances(self, distance):
        assert reads_as(f"farmer's walk {distance}") == "farmer's walk: 1500 m"

    @pytest.mark.parametrize("typed", ["5 km in 25:30", "5 km 25:30", "25 min 30 s 5 km"])
    def test_time_of_a_distance(self, typed):
        assert reads_as(f"run {typed}") == "run: 5 km in 25:30"

    @pytest.mark.parametrize("kind", ["w", "warmup", "warm-up", "warm up", "(warmup)", "W"])
    def test_kinds(self, kind):
        assert reads_as(f"squat 60x5 {kind}, 80x5") == "squat: 60 kg x 5 w, 80 kg x 5"

    @pytest.mark.parametrize("kind", ["f", "failure", "to failure", "failed"])
    def test_failure(self, kind):
        assert reads_as(f"squat 60x5 {kind}") == "squat: 60 kg x 5 f"

    @pytest.mark.parametrize(
        "side", ["8 each side", "8 per side", "8/side", "8 each arm", "8 L, 8 R"]
    )
    def test_sides(self, side):
        assert reads_as(f"row 20kg {side}") == "row: 20 kg x 8 L, 8 R"

    def test_sets_of_each_side(self):
        assert reads_as("row 20kg 2x8 each side") == "row: 20 kg x 8 L, 8 R, 8 L, 8 R"

    @pytest.mark.parametrize("rpe", ["@8.5", "@8,5", "@ 8,5", "rpe 8.5", "@rpe 8.5"])
    def test_rpe(self, rpe):
        assert reads_as(f"squat 60x8 {rpe}") == "squat: 60 kg x 8 @8.5"

    @pytest.mark.parametrize("none", ["bw", "BW", "bodyweight"])
    def test_no_weight(self, none):
        assert reads_as(f"dip +10kg x 8, {none} x 12") == "dip: +10 kg x 8, bw x 12"


class TestHelp:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("-5 kg x 5, bw x 5", "-5 kg x 5, 0 kg x 5"),
            ("-5 lb x 5, bw x 5", "-5 lb x 5, 0 lb x 5"),
            ("bw x 5", "0 kg x 5"),
            ("-5 kg x 5, band x 5", "-5 kg x 5, band x 5"),
            ("band x 5", "5"),
            ("5, 5", "2 x 5"),
        ],
    )
    def test_is_none_with_bodyweight_and_unknown_with_a_band(self, typed, canonical):
        find = {"Assisted pull-up": "assisted_bodyweight"}.get

        workout = parse(f"Assisted pull-up: {typed}", find=find, unit="kg").workout

        assert print_workout(workout) == f"Assisted pull-up: {canonical}"

    def test_bands_may_begin_a_name(self):
        assert reads_as("3x15 band pull-apart") == "band pull-apart: 3 x 15"


class TestComma:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("5,5,4", "5, 5, 4"),
            ("8,6", "8, 6"),
            ("62,5x8, 65x6", "62.5 kg x 8, 65 kg x 6"),
            ("60x8,70x8", "60 kg x 8, 70 kg x 8"),
            ("60 kg x 8,8,7", "60 kg x 8, 8, 7"),
            ("8 @ 62,5 kg", "62.5 kg x 8"),
        ],
    )
    def test_is_a_decimal_only_where_it_can_be_no_list(self, typed, canonical):
        assert reads_as(f"row {typed}") == f"row: {canonical}"

    def test_is_a_decimal_before_kilometres(self):
        assert reads_as("stroll 1,5 km") == "stroll: 1500 m"


class TestWeights:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("row 80kg 5, 5, 85kg 3", "row: 80 kg x 5, 80 kg x 5, 85 kg x 3"),
            ("row 80kg, 5, 5", "row: 80 kg x 5, 5"),
            ("row 5x5, 80kg", "row: 80 kg x 5, 5, 5, 5, 5"),
            ("row 8 80kg, 7 85kg", "row: 80 kg x 8, 85 kg x 7"),
            ("row 8 @ 80kg, 7 @ 85kg", "row: 80 kg x 8, 85 kg x 7"),
            ("row 3 x 8 x 60kg", "row: 60 kg x 8, 8, 8"),
            ("row 8 x 62,5 kg", "row: 62.5 kg x 8"),
            ("row 60 x 8 x 3 sets", "row: 60 kg x 8, 8, 8"),
            ("row 3 sets of 8 reps at 60 kg", "row: 60 kg x 8, 8, 8"),
            ("farmer's walk 32 kg x 2 x 40 m", "farmer's walk: 32 kg x 40 m, 40 m"),
            ("farmer's walk 32x40m", "farmer's walk: 32 kg x 40 m"),
            ("5x5 squat 100kg", "squat: 100 kg x 5, 5, 5, 5, 5"),
            ("100kg squat 2x5", "squat: 100 kg x 5, 5"),
            ("weighted pull up 10 kg x 5", "weighted pull up: +10 kg x 5"),
            ("assisted pull-up 20x8", "assisted pull-up: -20 kg x 8"),
            ("row +60 kg x 5", "row: 60 kg x 5"),
        ],
    )
    def test_go_with_their_sets(self, typed, canonical):
        assert reads_as(typed) == canonical

    def test_are_in_the_unit_of_the_athlete(self):
        assert reads_as("squat 225x5", unit="lb") == "squat: 225 lb x 5"

    def test_keep_the_unit_named_before_on_the_line(self):
        assert reads_as("squat 225 lb x 5, 245x3") == "squat: 225 lb x 5, 245 lb x 3"


class TestPairs:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("pullups 12 sets of 8", "pullups: 12 sets of 8"),
            ("push-ups 3x8, 2x6", "push-ups: 8, 8, 8, 6, 6"),
            ("plank 3x60", "plank: 3 x 60 s"),
            ("assisted pull-up 3x8", "assisted pull-up: 3 x 8"),
            ("row 11x8", "row: 11 kg x 8"),
            ("row 7.5x8", "row: 7.5 kg x 8"),
            ("row 6x8, 8x8", "row: 6 kg x 8, 8 kg x 8"),
            ("row 60 kg x 8, 70x8", "row: 60 kg x 8, 70 kg x 8"),
            ("row 60 kg x 8, 2x6", "row: 60 kg x 8, 6, 6"),
            ("row 3 sets of 8", "row: 3 sets of 8"),
            ("row 8 8 8", "row: 3 sets of 8"),
            ("row 15, 12, 10", "row: 15, 12, 10"),
            ("row 12/10/8", "row: 12, 10, 8"),
        ],
    )
    def test_known_exercise(self, typed, canonical):
        assert reads_as(typed) == canonical

    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [("3x8", "3 x 8"), ("60x8", "60 kg x 8"), ("6x8, 8x8", "6 kg x 8, 8 kg x 8")],
    )
    def test_unknown_exercise(self, typed, canonical):
        assert reads_as(f"zercher {typed}") == f"zercher: {canonical}"


class TestNames:
    @pytest.mark.parametrize(
        "line",
        [
            *("row 60x8", "row: 60x8", "row:60x8", "row - 60x8", "row, 60x8", "  row\u00a060x8  "),
            *("- row 60x8", "* row: 60x8", "\u2022 row 60x8", "1. row 60x8", "2) row 60x8"),
        ],
    )
    def test_end_where_sets_begin(self, line):
        assert reads_as(line) == "row: 60 kg x 8"

    def test_known_names_may_contain_numbers(self):
        assert reads_as("row machine 2 60x8") == "row machine 2: 60 kg x 8"
        assert reads_as("45-degree leg press 80x8") == "45-degree leg press: 80 kg x 8"

    def test_stand_behind_the_sets_too(self):
        assert reads_as("2x8 leg press 80kg") == "leg press: 80 kg x 8, 8"

    @pytest.mark.parametrize("mark", ["B2", "b2", "B2.", "B2)", "B2:"])
    def test_follow_a_superset_mark(self, mark):
        assert reads_as(f"{mark} row 60x8") == "B1 row: 60 kg x 8"

    def test_are_kept_as_typed(self):
        entry = parse("PullUps  8", find=find, unit="kg").workout.entries[0]

        assert entry.name == "PullUps"


class TestNotes:
    def test_belong_to_what_stands_before_them(self):
        text = "> tired\n\nrow 60x8\n>  back rounded\n>\n> again\nplank 60\n>x"
        workout = parse(text, find=find, unit="kg").workout

        assert workout.notes == "tired"
        assert [entry.notes for entry in workout.entries] == [" back rounded\n\nagain", "x"]

    @pytest.mark.parametrize(
        "minutes", ["65 min", "65min", "65 minutes", "1 h 5 min", "1h05", "1h5m", "1 hour 5 min"]
    )
    def test_end_with_minutes(self, minutes):
        workout = parse(f"> slept badly, {minutes}", find=find, unit="kg").workout

        assert (workout.notes, workout.minutes) == ("slept badly", 65)

    @pytest.mark.parametrize("line", ["0 min", "1441 min", "after 65 min", ", 65 min"])
    def test_other_numbers_stay_in_the_notes(self, line):
        workout = parse(f"> {line}", find=find, unit="kg").workout

        assert (workout.notes, workout.minutes) == (line, None)

    def test_of_an_entry_carry_no_minutes(self):
        workout = parse("row 60x8\n> 65 min", find=find, unit="kg").workout

        assert workout.entries[0].notes == "65 min"


class TestLines:
    def test_each_line_says_how_it_was_read(self):
        text = "2026-11-22\r\n> note\r\n\r\nrow 60x8\n> heavy\nnonsense\n> lost\nplank 60"
        parsed = parse(text, find=find, unit="kg")

        assert [(line.number, line.kind, line.entry) for line in parsed.lines] == [
            (1, "header", None),
            (2, "note", None),
            (3, "blank", None),
            (4, "entry", 0),
            (5, "note", 0),
            (6, "problem", None),
            (7, "note", None),
            (8, "entry", 1),
        ]
        assert parsed.lines[0].raw == "2026-11-22"
        assert [entry.name for entry in parsed.workout.entries] == ["row", "plank"]
        assert parsed.workout.entries[0].notes == "heavy"

    def test_an_exercise_may_come_twice(self):
        parsed = parse("row 60x8\nrow 60x8", find=find, unit="kg")

        assert len(parsed.workout.entries) == 2

    def test_an_empty_text_is_an_empty_workout(self):
        parsed = parse("", find=find, unit="kg")

        assert parsed.workout.entries == ()
        assert [line.kind for line in parsed.lines] == ["blank"]
