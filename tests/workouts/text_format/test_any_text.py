"""The parser takes any text at all, and quickly."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exercises.vocabulary import LoadType
from tests.many import many
from workouts.text_format import MAX_TEXT, parse, print_workout, read_notebook

LOAD_TYPES: dict[str, LoadType] = {
    "row": LoadType.EXTERNAL,
    "pull-up": LoadType.BODYWEIGHT,
    "plank": LoadType.DURATION,
    "dip": LoadType.BODYWEIGHT_PLUS,
}

TOKENS = (
    *("row", "pull-up", "plank", "dip", "press", " ", " ", " ", "\n", ", ", ",", ";", "/", ": "),
    *("3", "8", "60", "62,5", "62.5", "1:30", "0", "1,000", "999999999", "x", " x ", "*", "\u0445"),
    *(
        "kg",
        " lb",
        "kgs",
        " s",
        "min",
        " m",
        "km",
        " in ",
        " reps",
        " sets",
        " sets of ",
        "@",
        " @9",
    ),
    *(
        "+",
        "-",
        "\u2212",
        " - ",
        " to ",
        " w",
        " d",
        " f",
        " L",
        " R",
        " each side",
        "/side",
        "bw x ",
    ),
    *("> ", "A1 ", "- ", "1. ", "2026-11-22", "11/12/2026", " 18:30", "(", ")", "rpe", "at", "and"),
    *("Mon ", "today", "3.2.", "3 Feb", "9999-12-31", "0001-01-01", "\n\n", "# ", "**", "- [ ] "),
    *("Set 1: ", "| ", "|---|", "Exercise", "Reps", "\t", "Start: ", "Duration: 55 min", "Push"),
    *(
        " -> ",
        "3 rounds: ",
        "AMRAP 9 min: ",
        " = 7 rounds",
        " max",
        "five ",
        " (got 7)",
        "21s",
        "Sam, [14.03.2026 07:02]",
        " drop ",
        " warmup ",
        " RIR 2",
        " AMRAP",
        "+",
        "bw+",
        "#",
        "%",
        "!",
        ". ",
        "67,5",
        "15s",
        " easy",
        " bar ",
    ),
    *(
        " each",
        " each hand",
        " r",
        "R/",
        "5/3/1",
        "->",
        " 3 sets ",
        " Wdh",
        "\uff15",
        "(",
        " rest 2 min",
    ),
    *(
        "@8-9",
        " (5+)",
        "(90%, 1+)",
        " (7)",
        " tempo 3010",
        " tempo 32X1",
        " e/s",
        " je Seite",
        "・",
    ),
    *("+20", "twice", "again ", "same", "?", "~", " - je 10", "10.8.8", "1RM", "5 rounds:", "3x:"),
    *(" | plan 3x8 | did: ", "\u2713", "kg/side", "8/7", "fsl ", "Circuit x3", " warming up"),
    *(
        "sixty",
        " kilos",
        "three sets of eight",
        "Did some ",
        " the ",
        "same as last week",
        " ditto",
    ),
    *("Exercise: row", "Weight: ", "Sets: 3", "Reps: ", "; row 60x8", "3 Feb: row 60x8", " > "),
    *("24er", " myo ", " superset: 20/30kg 3x8", " + 4 partials", " week 2: ", "18h15", "8 reps"),
    *("\x00", "\t", "\r", "\u2028", "\ud800", "\u0661", "\u0130", "\u212a"),
)

grammar_text = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)
any_character = st.characters(codec=None)


def find(name):
    return LOAD_TYPES.get(name.lower())


def read(text):
    return parse(text, find=find, unit="kg")


@settings(max_examples=many(300), deadline=None)
@example("| | ")
@example("|exercise|set|reps|\n|---|---|---|\n|row|1|8 x 5|\n|row|2|3 x 8 x 8|")
@given(grammar_text | st.text(any_character))
def test_any_text_is_read_or_marked(text):
    parsed = read(text)

    raw = [line.raw for line in parsed.lines]
    assert "\n".join(raw) == text.replace("\r\n", "\n").replace("\r", "\n")
    for line in parsed.lines:
        assert bool(line.problems) == (line.kind == "problem")
    for problem in parsed.problems:
        assert problem.message.endswith("?" if problem.choices else ".")
        assert 1 <= problem.column <= len(raw[problem.line - 1])
        assert problem.column + problem.length - 1 <= len(raw[problem.line - 1])


@settings(max_examples=many(300), deadline=None)
@given(grammar_text | st.text(any_character), st.dates())
def test_any_notebook_has_every_line_once_read_or_marked(text, today):
    notebook = read_notebook(text, find=find, unit="kg", today=today)

    lines = [line for day in notebook.days for line in day.lines]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert "\n".join(line.raw for line in lines) == text.replace("\r\n", "\n").replace("\r", "\n")
    for day in notebook.days:
        entries = [line.entry for line in day.lines if line.head == line.number]
        read = [entry for entry in entries if entry is not None]
        assert list(dict.fromkeys(read)) == list(range(len(day.workout.entries)))
    for line in lines:
        assert bool(line.problems) == (line.kind == "problem")
        assert line.kind != "blank" or not line.raw.strip()
        assert line.head <= line.number
        for problem in line.problems:
            assert problem.column + problem.length - 1 <= max(len(line.raw), 1)


@settings(max_examples=many(200), deadline=None)
@given(grammar_text)
def test_what_was_read_prints_and_reads_back(text):
    workout = read(text).workout
    printed = print_workout(workout)

    parsed = read(printed)

    assert parsed.problems == ()
    assert parsed.workout == workout


@pytest.mark.parametrize(
    "text",
    [
        "1 round: 8 squat" + " " * 9_000 + "8",
        "3 rounds of 5 row" + "\xa0" * 9_000 + "x",
        "squat 100 5x5, bench 70 5x5" + " " * 9_000 + "x",
        "row " + "1" * 10_000,
        "row " + "1," * 5_000,
        "row " + "8 " * 5_000,
        "row " + "8x" * 5_000,
        "row 8 " + "80kg @8 " * 1_200,
        "row " + "8 @20kg, " * 1_100,
        "row " + "80kg " * 2_000,
        "row " + "x" * 10_000,
        "x " * 5_000,
        " " * 10_000 + "1",
        "row" + " " * 9_000 + "8",
        "3x8 " + "a1 " * 3_000,
        "row tempo" + " " * 9_000 + "x",
        "row 60x8 " + "tempo 3" * 1_400,
        "row 60x8 " + "5/3/1 " * 1_600,
        "row 60x8 " + "@8-9 " * 2_000,
        "row 60x8 " + "x8 (7, 8 " * 1_100,
        "row 60x8 " + "week 12 " * 1_200,
        "2026-11-22 " + "start 18h15, " * 750,
        "2026-11-22\nstart" + " " * 9_000 + "18:15",
        "# x\n" * 4_000,
        "row: " + "((((" * 2_500,
        "row: " + "warm-" * 2_000,
        "Nov " * 2_500,
        "2026-11-22" + " " * 9_000 + "x",
        "- " * 5_000,
        "> " + ", 65 min" * 1_200,
        "> x\n" * 4_000,
        "\n" * MAX_TEXT,
        "\n".join(["plank 60"] * 300),
        "\n".join([">"] * 2_000),
    ],
    ids=lambda text: repr(text[:16]),
)
def test_reading_time_grows_with_the_length_and_not_its_square(text):
    assert len(text) <= MAX_TEXT

    length = len(text) // 8
    ordinary = "row: 80 kg x 8, 8, 8\n" * (length // 21 + 1)  # the eighth may be hardly anything

    eighth = max(reading_seconds(text[:length]), reading_seconds(ordinary[:length]))
    whole = reading_seconds(text)

    assert whole < 24 * eighth  # eight times the length: a square would be 64 times the time


def reading_seconds(text: str) -> float:
    """The least processor time of three readings, which is the one that was disturbed least."""
    seconds = []
    for _ in range(3):
        begun = time.process_time()
        read(text)
        seconds.append(time.process_time() - begun)
    return min(seconds)
