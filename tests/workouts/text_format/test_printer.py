from datetime import date, time
from decimal import Decimal

import pytest

from workouts.text_format import (
    EntryText,
    Load,
    SetText,
    WorkoutText,
    print_decimal,
    print_in_short,
    print_load,
    print_sets,
    print_workout,
)

BACK_DAY = """\
2026-11-22 18:30 Back day
> slept badly, 65 min
Pull-up: 8, 8, 6
Weighted pull-up: +10 kg x 5, 5, 4 @9
Bent-over barbell row: 40 kg x 10 w, 60 kg x 8, 70 kg x 8, 70 kg x 7
> grip slipped on the last
A1 Lat pulldown: 132 lb x 10, 10, 10
A2 Triceps pushdown: 20 kg x 12, 25 kg x 10
Superman raise: 3 x 30 s"""


def kg(amount, sign=""):
    return Load(Decimal(amount), "kg", sign)


def reps(*numbers, load=None, **other):
    return tuple(SetText(load, reps=number, **other) for number in numbers)


def test_prints_a_whole_workout():
    row = (
        *reps(10, load=kg(40), kind="warm-up"),
        *reps(8, load=kg(60)),
        *reps(8, 7, load=kg(70)),
    )
    weighted = (*reps(5, 5, load=kg(10, "+")), *reps(4, load=kg(10, "+"), rpe=Decimal(9)))
    workout = WorkoutText(
        day=date(2026, 11, 22),
        time=time(18, 30),
        title="Back day",
        minutes=65,
        notes="slept badly",
        entries=(
            EntryText("Pull-up", reps(8, 8, 6)),
            EntryText("Weighted pull-up", weighted),
            EntryText("Bent-over barbell row", row, notes="grip slipped on the last"),
            EntryText("Lat pulldown", reps(10, 10, 10, load=Load(Decimal(132), "lb")), "A"),
            EntryText("Triceps pushdown", reps(12, load=kg(20)) + reps(10, load=kg(25)), "A"),
            EntryText("Superman raise", (SetText(seconds=30),) * 3),
        ),
    )

    assert print_workout(workout) == BACK_DAY


class TestPrintSets:
    @pytest.mark.parametrize(
        ("sets", "text"),
        [
            (reps(8), "8"),
            (reps(8, 8, 8), "3 x 8"),
            (reps(*[8] * 11), "11 sets of 8"),
            (reps(8, 8, rpe=Decimal("8.50")), "8 @8.5, 8 @8.5"),
            (reps(8, 8, side="left"), "8 L, 8 L"),
            (reps(8, 8, load=kg("62.50")), "62.5 kg x 8, 8"),
            (reps(8, load=kg(60)) + reps(8), "60 kg x 8, bw x 8"),
            (reps(8, load=kg(20, "-")), "-20 kg x 8"),
            (reps(8, kind="failure", side="right", rpe=Decimal(10)), "8 R f @10"),
            ((SetText(metres=Decimal("40.50")),) * 2, "2 x 40.5 m"),
            ((SetText(reps=8, seconds=30),), "8 in 30 s"),
            ((SetText(kg(32), metres=Decimal(40), seconds=30),), "32 kg x 40 m in 30 s"),
        ],
    )
    def test_canonical_form(self, sets, text):
        assert print_sets(sets) == text

    def test_spells_out_a_pair_that_could_begin_with_a_weight(self):
        assert print_sets(reps(15, 15, 15), load_type="external") == "3 sets of 15"


class TestPrintInShort:
    @pytest.mark.parametrize(
        ("sets", "text"),
        [
            (reps(8, 8, 6), "8, 8, 6"),
            (reps(8, 8, load=kg(60)), "60 kg × 8, 8"),
            (
                (*reps(10, load=kg(40), kind="warm-up"), *reps(8, 7, load=kg(60))),
                "60 kg × 8, 7",
            ),
            (reps(10, load=kg(40), kind="warm-up"), "40 kg × 10 w"),
            (
                (*reps(5, load=kg(70)), *reps(8, 8, load=kg(60), rpe=Decimal(9))),
                "70 kg × 5, 60 kg × 8 @9, 8 @9",
            ),
            ((*reps(5, load=kg(10, "+")), *reps(8, 7)), "+10 kg × 5, bw × 8, 7"),
            (reps(8, load=kg(20, "-"), side="left"), "-20 kg × 8 L"),
            ((SetText(seconds=60), SetText(seconds=45)), "60 s, 45 s"),
        ],
    )
    def test_says_each_load_once(self, sets, text):
        assert print_in_short(sets) == text


class TestNumbers:
    @pytest.mark.parametrize(
        ("number", "text"),
        [("0", "0"), ("-0", "0"), ("1E+3", "1000"), ("100", "100"), ("0.250", "0.25")],
    )
    def test_decimals_are_plain(self, number, text):
        assert print_decimal(Decimal(number)) == text

    def test_no_load_is_bw(self):
        assert print_load(None) == "bw"


class TestNotes:
    @pytest.mark.parametrize(
        ("notes", "minutes", "text"),
        [
            ("", None, ""),
            ("", 65, "> 65 min"),
            ("slept badly", 65, "> slept badly, 65 min"),
            ("one\n\n  two", 65, "> one\n>\n>   two, 65 min"),
            ("65 min", None, "> 65 min\n>"),
            ("took 1h05", None, "> took 1h05"),
            ("late, 1h05", None, "> late, 1h05\n>"),
        ],
    )
    def test_minutes_end_the_notes(self, notes, minutes, text):
        assert print_workout(WorkoutText(notes=notes, minutes=minutes)) == text
