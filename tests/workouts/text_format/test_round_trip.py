"""What is printed reads back as the same workout, for every workout that can exist."""

import string
from collections.abc import Callable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from exercises.vocabulary import LoadType
from workouts.text_format import (
    MAX_TEXT,
    EntryText,
    Load,
    SetText,
    Sign,
    WorkoutText,
    clean_name,
    clean_notes,
    clean_title,
    fits,
    name_problem,
    parse,
    print_workout,
)

# Pieces that mean something in the format, or break a line somewhere else than here
GRAMMAR = (
    *("> ", ">", "#", "- ", "* ", "1. ", "A1 ", "b2: ", "@9", "@ 32 kg", "bw x 8", "each side"),
    *(
        "3x8",
        "\u22123x8",
        "3 x 30 s",
        "60 kg x 8",
        "8 in 30 s",
        "65 min",
        ", 65 min",
        "1 h 5 min",
        "1h05",
    ),
    *("2026-11-22", "Nov 22, 2026", "Sun ", "18:30", "6 pm", "at 6 pm", "pm", ":", ",", " - ", "x"),
    *("\x1c", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\xa0", "\t", "\x00", "\r", "\n"),
    *("\u0445", "\u2212", "\u2013", "\u00d7", "\u0661", "e\u0301", "\u05d0", "\U0001f3cb"),
)


def nasty_text(max_size: int) -> st.SearchStrategy[str]:
    pieces = st.sampled_from(GRAMMAR) | st.text(max_size=5) | st.text(string.printable, max_size=5)
    return st.lists(pieces, max_size=max_size // 10).map("".join)


names = (
    st.sampled_from(["Pull-up", "45-degree leg press", "Row 2", "x", "bw", "kg", "L", "Nov 22"])
    | nasty_text(80).map(clean_name)
).filter(lambda name: name_problem(name) is None)
titles = nasty_text(100).map(clean_title).filter(lambda title: len(title) <= 100)
notes = nasty_text(200).map(clean_notes)
amounts = st.decimals(0, Decimal("9999.999"), places=3) | st.integers(0, 300).map(Decimal)
rpes = st.none() | st.integers(2, 20).map(lambda halves: Decimal(halves) / 2)


@st.composite
def loads(draw: st.DrawFn, signs: Sequence[Sign] = ("", "+", "-")) -> Load:
    amount = draw(amounts)
    sign = draw(st.sampled_from(signs)) if amount else ""
    return Load(amount, draw(st.sampled_from(["kg", "lb"])), sign)


def metres_from() -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal("0.01"), 500_000, places=2)


reps = st.fixed_dictionaries({"reps": st.integers(1, 20) | st.integers(1, 9_999)})
seconds = st.fixed_dictionaries({"seconds": st.integers(1, 86_400)})
metres = st.fixed_dictionaries({"metres": metres_from()})
reps_in_time = st.fixed_dictionaries(
    {"reps": st.integers(1, 9_999), "seconds": st.integers(1, 600)}
)
metres_in_time = st.fixed_dictionaries(
    {
        "metres": st.integers(1, 500).map(Decimal) | metres_from(),
        "seconds": st.integers(1, 600) | st.integers(1, 86_400),
    }
)
measures = reps | seconds | metres | reps_in_time | metres_in_time


@st.composite
def some_sets(
    draw: st.DrawFn,
    load: st.SearchStrategy[Load | None],
    measure: st.SearchStrategy[dict[str, Any]],
) -> tuple[SetText, ...]:
    """Different sets, sets with one load, or the same set again and again."""
    shared = st.just(draw(load))
    tags = {
        "kind": st.sampled_from(["working", "working", "warm-up", "drop", "failure"]),
        "side": st.sampled_from(["both", "both", "left", "right"]),
        "rpe": rpes,
    }

    def sets_with(load: st.SearchStrategy[Load | None]) -> st.SearchStrategy[list[SetText]]:
        one = st.builds(lambda m, **rest: SetText(**m, **rest), measure, load=load, **tags)
        return st.lists(one, min_size=1, max_size=6)

    repeated = st.builds(lambda m, count: [SetText(**m)] * count, measure, st.integers(1, 100))
    return tuple(draw(sets_with(load) | sets_with(shared) | repeated))


any_sets = some_sets(st.none() | loads(), measures)
fitting_sets = {
    "bodyweight": some_sets(st.none(), measures),
    "bodyweight_plus": some_sets(st.none() | loads(["+"]), measures),
    "assisted_bodyweight": some_sets(st.none() | loads(["-"]), measures),
    "external": some_sets(st.none() | loads([""]), measures),
    "per_hand": some_sets(st.none() | loads([""]), measures),
    "duration": some_sets(st.none(), seconds | reps_in_time),
    "weighted_duration": some_sets(
        st.none() | loads([""]), seconds | metres | reps_in_time | metres_in_time
    ),
    "distance": some_sets(st.none(), seconds | metres | metres_in_time),
}


@st.composite
def workout_texts(draw: st.DrawFn) -> WorkoutText:
    day = draw(st.none() | st.dates())
    to_the_minute = st.builds(time, st.integers(0, 23), st.integers(0, 59))
    entries = st.builds(
        EntryText,
        name=names,
        sets=any_sets,
        superset=st.sampled_from(["", "", "A", "B", "Z"]),
        notes=notes,
    )
    return WorkoutText(
        day=day,
        time=draw(st.none() | to_the_minute) if day else None,
        title=draw(titles) if day else "",
        minutes=draw(st.none() | st.integers(1, 1_440)),
        notes=draw(notes),
        entries=tuple(draw(st.lists(entries, max_size=4))),
    )


def always(load_type: LoadType | None) -> Callable[[str], LoadType | None]:
    return lambda name: load_type


@settings(max_examples=120, deadline=None)
@given(workout_texts(), st.sampled_from(["kg", "lb"]))
@example(WorkoutText(notes="65 min"), "kg")
@example(WorkoutText(notes="65 min", minutes=65), "kg")
@example(WorkoutText(notes="slept badly,\n\n65 min", minutes=1), "kg")
@example(WorkoutText(entries=(EntryText("Then", (SetText(None, reps=8),)),)), "kg")
@example(WorkoutText(entries=(EntryText("Next level row", (SetText(None, reps=8),)),)), "kg")
def test_printed_workout_reads_back_unchanged(workout, unit):
    text = print_workout(workout)
    assume(len(text) <= MAX_TEXT)

    parsed = parse(text, find=always(None), unit=unit)

    assert parsed.problems == ()
    assert parsed.workout == workout
    assert print_workout(parsed.workout) == text


@pytest.mark.parametrize("load_type", LoadType)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_fitting_entry_reads_back_unchanged_when_exercise_is_known(load_type, data):
    entry = EntryText(data.draw(names), data.draw(fitting_sets[load_type]), load_type=load_type)
    workout = WorkoutText(entries=(entry,))
    text = print_workout(workout)

    parsed = parse(text, find=always(load_type), unit="kg")

    assert fits(entry, load_type)
    assert parsed.problems == ()
    assert parsed.workout == workout


@settings(max_examples=120, deadline=None)
@given(nasty_text(100))
def test_cleaning_twice_is_cleaning_once(raw):
    for clean in (clean_name, clean_title, clean_notes):
        assert clean(clean(raw)) == clean(raw)


@given(st.integers(1, 8_000))
def test_every_quarter_pound_comes_back(quarters):
    load = Load(Decimal(quarters) / 4, "lb")
    workout = WorkoutText(entries=(EntryText("Row", (SetText(load, reps=8),)),))

    parsed = parse(print_workout(workout), find=always("external"), unit="kg")

    assert parsed.workout == workout


class TestAwkwardHeaders:
    @pytest.mark.parametrize(
        "title",
        [
            "18:30",
            "6 pm club",
            "25:00",
            "- dash",
            "-",
            ", comma",
            ": colon",
            "pm session",
            "T8",
            "6 pm: x",
            ":",
        ],
    )
    @pytest.mark.parametrize("at", [None, time(0, 0), time(18, 30)])
    def test_title_stays_a_title(self, title, at):
        workout = WorkoutText(day=date(2024, 2, 29), time=at, title=title)

        assert parse(print_workout(workout), find=always(None), unit="kg").workout == workout
