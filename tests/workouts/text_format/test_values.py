from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from workouts.text_format import (
    EntryText,
    Load,
    SetText,
    WorkoutText,
    as_loaded,
    as_logged,
    clean_name,
    clean_notes,
    clean_title,
    fits,
    name_problem,
)

DAY = date(2026, 11, 22)
EIGHT = SetText(reps=8)


class TestLoad:
    @pytest.mark.parametrize("amount", ["0", "0.25", "62.5", "9999.999", "1E+3", "60.000"])
    def test_takes_weights_to_three_decimals(self, amount):
        assert Load(Decimal(amount), "kg").amount == Decimal(amount)

    @pytest.mark.parametrize("amount", ["-1", "10000", "0.0001", "NaN", "Infinity", "1E+30"])
    def test_refuses_other_amounts(self, amount):
        with pytest.raises(ValueError, match="at most 3 decimals"):
            Load(Decimal(amount), "kg")

    def test_refuses_a_signed_zero(self):
        with pytest.raises(ValueError, match="no \\+ or -"):
            Load(Decimal(0), "kg", "+")

    def test_refuses_other_units(self):
        with pytest.raises(ValueError, match="kg or lb"):
            Load(Decimal(1), "stone")  # type: ignore[arg-type]


class TestSetText:
    @pytest.mark.parametrize(
        "measures",
        [
            {},
            {"reps": 0},
            {"reps": 10_000},
            {"seconds": 0},
            {"seconds": 86_401},
            {"metres": Decimal(0)},
            {"metres": Decimal("500000.01")},
            {"metres": Decimal("1.001")},
            {"reps": 8, "metres": Decimal(40)},
            {"reps": 8, "rpe": Decimal("0.5")},
            {"reps": 8, "rpe": Decimal("8.3")},
            {"reps": 8, "rpe": Decimal("NaN")},
            {"reps": 8, "kind": "heavy"},
            {"reps": 8, "side": "top"},
        ],
    )
    def test_refuses_what_no_set_can_be(self, measures):
        with pytest.raises(ValueError, match=r"\w.*\.$"):
            SetText(**measures)

    def test_takes_limits(self):
        SetText(reps=9_999, seconds=86_400, rpe=Decimal("10.0"))
        SetText(metres=Decimal("500000.00"), rpe=Decimal(1))


class TestEntryText:
    def test_needs_sets(self):
        with pytest.raises(ValueError, match="1 to 100 sets"):
            EntryText("Row", ())

    def test_has_at_most_100_sets(self):
        with pytest.raises(ValueError, match="1 to 100 sets"):
            EntryText("Row", (EIGHT,) * 101)

    @pytest.mark.parametrize("superset", ["a", "AA", "1", "\u00c4"])
    def test_superset_is_one_letter(self, superset):
        with pytest.raises(ValueError, match="A to Z"):
            EntryText("Row", (EIGHT,), superset)

    @pytest.mark.parametrize("notes", ["x ", "\nx", "x\n", "x\r\ny", "a\x00b", "x" * 5_001])
    def test_notes_are_clean(self, notes):
        with pytest.raises(ValueError, match="Notes have"):
            EntryText("Row", (EIGHT,), notes=notes)


class TestWorkoutText:
    @pytest.mark.parametrize(
        "fields",
        [
            {"time": time(18, 30)},
            {"title": "Back day"},
            {"day": datetime(2026, 11, 22, tzinfo=UTC)},
            {"day": DAY, "time": time(18, 30, 1)},
            {"day": DAY, "time": time(18, 30, tzinfo=UTC)},
            {"day": DAY, "title": " Back"},
            {"day": DAY, "title": "x" * 101},
            {"minutes": 0},
            {"minutes": 1_441},
            {"notes": "x\n"},
            {"entries": (EntryText("Row", (EIGHT,)),) * 301},
        ],
    )
    def test_refuses_what_no_workout_can_be(self, fields):
        with pytest.raises(ValueError, match=r"\w.*\.$"):
            WorkoutText(**fields)


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            "Pull-up",
            "Farmer's walk",
            "Back raise (back extension)",
            "T-bar row",
            "45-degree leg press",
            "2-point box",
            "A row",
            "Machine 5",
            "Жим лёжа",
            "x",
            "x" * 80,
        ],
    )
    def test_takes_names_of_exercises(self, name):
        assert name_problem(name) is None

    @pytest.mark.parametrize(
        "name",
        [
            *(
                "",
                " ",
                " Row",
                "Row ",
                "Bent  row",
                "x" * 81,
                "Row: heavy",
                "a\x00b",
                "a\nb",
                "a\tb",
            ),
            *(
                "> Row",
                "# Row",
                "+ Row",
                "-Row",
                "3x8 row",
                "\u22128 row",
                "2026 row",
                "90/90",
                "21s",
                "\u2022 Row",
            ),
            *("A1 Row", "A1", "b12) Row", "Nov 22, 2026 row", "Sun Nov 22, 2026", "\ud800"),
        ],
    )
    def test_says_why_a_name_cannot_be_used(self, name):
        problem = name_problem(name)

        assert problem is not None
        assert problem.endswith(".")

    def test_cleaning_collapses_white_space(self):
        assert clean_name(" Bent-over\u00a0 barbell\trow\n") == "Bent-over barbell row"


class TestCleaning:
    def test_title_is_one_line_without_control_characters(self):
        assert clean_title("  Back\r\n day\x00\u200b ") == "Back day\u200b"

    def test_notes_keep_paragraphs_and_indents(self):
        assert clean_notes("\r\n  one \r\n\r\n\ttwo\x00\x85\r \n") == "  one\n\n two"

    def test_notes_keep_characters_at_which_splitlines_would_break(self):
        assert clean_notes("a\u2028b") == "a\u2028b"


class TestLoading:
    @pytest.mark.parametrize(
        ("loading", "sign", "expected"),
        [
            (None, "-", "-"),
            ("bodyweight_plus", "", "+"),
            ("bodyweight_plus", "+", "+"),
            ("assisted_bodyweight", "", "-"),
            ("assisted_bodyweight", "+", "-"),
            ("external", "+", ""),
            ("per_hand", "", ""),
            ("weighted_duration", "+", ""),
        ],
    )
    def test_exercise_decides_the_sign(self, loading, sign, expected):
        assert as_loaded(Load(Decimal(20), "kg", sign), loading).sign == expected

    @pytest.mark.parametrize(
        ("loading", "sign"),
        [("bodyweight", ""), ("duration", "+"), ("bodyweight_plus", "-"), ("external", "-")],
    )
    def test_exercise_refuses_loads_it_cannot_have(self, loading, sign):
        with pytest.raises(ValueError, match=r"This exercise is|help"):
            as_loaded(Load(Decimal(20), "kg", sign), loading)

    def test_a_load_of_nothing_has_no_sign(self):
        assert as_loaded(Load(Decimal(0), "kg"), "bodyweight_plus").sign == ""

    @pytest.mark.parametrize(
        ("sign", "loading", "signed"),
        [("", "assisted_bodyweight", "-"), ("+", "external", ""), ("", "bodyweight_plus", "+")],
    )
    def test_a_set_of_another_exercise_takes_the_sign(self, sign, loading, signed):
        one = SetText(Load(Decimal(20), "kg", sign), reps=8)

        assert as_logged(one, loading) == SetText(Load(Decimal(20), "kg", signed), reps=8)

    @pytest.mark.parametrize(
        ("one", "loading"),
        [
            (SetText(Load(Decimal(20), "kg", "+"), reps=8), "assisted_bodyweight"),
            (SetText(Load(Decimal(20), "kg", "-"), reps=8), "external"),
            (SetText(Load(Decimal(20), "kg"), reps=8), "bodyweight"),
            (EIGHT, "duration"),
            (SetText(metres=Decimal(40)), "duration"),
        ],
    )
    def test_a_set_of_another_exercise_is_refused(self, one, loading):
        with pytest.raises(ValueError, match=r"\.$"):
            as_logged(one, loading)

    @pytest.mark.parametrize(
        ("one", "loading", "expected"),
        [
            (EIGHT, "bodyweight", True),
            (EIGHT, "external", True),
            (EIGHT, "duration", False),
            (SetText(metres=Decimal(40)), "duration", False),
            (SetText(metres=Decimal(40)), "weighted_duration", True),
            (SetText(Load(Decimal(20), "kg"), reps=8), "bodyweight_plus", False),
            (SetText(Load(Decimal(20), "kg", "+"), reps=8), "bodyweight_plus", True),
            (SetText(Load(Decimal(20), "kg", "+"), reps=8), None, True),
            (SetText(Load(Decimal(20), "kg"), reps=8), "bodyweight", False),
        ],
    )
    def test_fits(self, one, loading, expected):
        assert fits(EntryText("Row", (one,)), loading) is expected
