from datetime import date, time

import pytest

from workouts.text_format import parse

DAY = date(2026, 11, 22)


def read(text):
    return parse(text, find=lambda name: None, unit="kg")


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-22",
        "  2026-11-22  ",
        "2026/11/22",
        "22.11.2026",
        "22.11.26",
        "22/11/2026",
        "11/22/2026",
        "22 Nov 2026",
        "22nd November 2026",
        "Nov 22, 2026",
        "november 22 2026",
        "Sun 22 Nov 2026",
        "Sunday, 22.11.2026",
    ],
)
def test_reads_dates(line):
    parsed = read(line)

    assert parsed.problems == ()
    assert parsed.workout.day == DAY
    assert parsed.lines[0].kind == "header"


@pytest.mark.parametrize("digit", ["²", "٣"])
@pytest.mark.parametrize(
    "line",
    ["2026-11-{}", "2026-{}-22", "{}.11.2026", "22/{}/2026", "{} Nov 2026", "22 {}ov 2026"],
)
def test_other_digits_are_no_date(line, digit):
    assert read(line.format(digit)).workout.day is None


def test_full_width_digits_are_digits():
    assert read("\uff12\uff10\uff12\uff16-11-22").workout.day == DAY


@pytest.mark.parametrize("digit", ["²", "٣", "\uff11"])
def test_other_digits_are_no_time(digit):
    workout = read(f"2026-11-22 {digit}8:30").workout

    assert (workout.day, workout.time) == (DAY, None)


@pytest.mark.parametrize(
    ("rest", "at", "title"),
    [
        (" 18:30 Back day", time(18, 30), "Back day"),
        ("T18:30", time(18, 30), ""),
        (", 18:30:15", time(18, 30), ""),
        (" 18.30 Back", time(18, 30), "Back"),
        (" 6:30 pm", time(18, 30), ""),
        (" at 6pm Back", time(18, 0), "Back"),
        (" 12 a.m. Back", time(0, 0), "Back"),
        (" 6:30 pm: Back", time(18, 30), "Back"),
        (" 12 pm", time(12, 0), ""),
        (" Back  day", None, "Back day"),
        (": Back day", None, "Back day"),
        (" - Back day", None, "Back day"),
        (" - 18:30 is a title", None, "18:30 is a title"),
        (" 62.50 kg squat", None, "62.50 kg squat"),
        (" Two weeks", None, "Two weeks"),
    ],
)
def test_reads_time_and_title(rest, at, title):
    workout = read("2026-11-22" + rest).workout

    assert (workout.time, workout.title) == (at, title)


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("11/12/2026 Back day", 1, "2026-12-11 or 2026-11-12"),
        ("11-12-2026", 1, "2026-12-11"),
        ("2026-02-30", 1, "There is no day 2026-02-30"),
        ("0/0/2026", 1, "There is no day"),
        ("31 Nov 2026", 1, "There is no day"),
        ("2026-11-22 25:00", 12, "There is no time 25:00"),
        ("  2026-11-22 13 pm", 14, "There is no time 13 pm"),
        ("2026-11-22x", 11, "leave a space"),
        ("2026-11-22 " + "x" * 101, 12, "at most 100 characters"),
    ],
)
def test_says_what_is_wrong_with_a_header(text, column, words):
    (problem,) = read(text).problems

    assert problem.column == column
    assert words in problem.message


def test_header_follows_blank_lines():
    assert read("\n \n2026-11-22 Back day").workout.day == DAY


@pytest.mark.parametrize("first", ["2026-11-21", "Pull-up: 8", "> a note"])
def test_one_workout_at_a_time(first):
    (problem,) = read(f"{first}\n2026-11-22").problems

    assert problem.line == 2
    assert "One workout at a time" in problem.message


def test_leap_day():
    assert read("29 Feb 2024").workout.day == date(2024, 2, 29)
