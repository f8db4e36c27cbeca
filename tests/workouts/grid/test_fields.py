"""A workout as the grid's fields, and back, for every workout that can exist."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exercises.models import Exercise
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from tests.factories import read_workout
from tests.workouts.text_format.test_round_trip import fitting_sets, names, notes, workout_texts
from workouts.grid.fields import Block, Grid, NotInGridError, Row, fields_of, grid_of, posted_grid
from workouts.reading import When
from workouts.text_format import (
    MAX_TEXT,
    EntryText,
    Load,
    SetText,
    WorkoutText,
    print_workout,
)
from workouts.text_format.cells import CellErrors, SetCells, read_cells, write_cells

NOW = datetime(2041, 1, 1, tzinfo=UTC)
WHEN = When(date(2026, 11, 22), time(18, 30), "UTC")
ROW = "Bent-over barbell row"


def index_of() -> NameIndex:
    names = {
        "row": ROW,
        "pullup": "Pull-up",
        "plus": "Weighted pull-up",
        "assisted": "Assisted pull-up",
        "plank": "Plank",
    }
    types = {
        "row": "external",
        "pullup": "bodyweight",
        "plus": "bodyweight_plus",
        "assisted": "assisted_bodyweight",
        "plank": "duration",
    }
    exercises = [
        Exercise(pk=pk, name=name, load_type=types[key])
        for pk, (key, name) in enumerate(names.items(), 1)
    ]
    return NameIndex([(each.name, each) for each in exercises])


def read(text: str, index: NameIndex):
    return read_workout(text, index=index, unit="kg", when=WHEN, now=NOW)


def find_in(index: NameIndex):
    def find(name: str):
        exercise = index.find(name)
        return exercise.load_type if exercise else None

    return find


def through_the_grid(text: str, index: NameIndex, *, unit: str = "kg") -> str:
    """The text after it was a grid whose fields were posted."""
    reading = read(text, index)
    grid = grid_of(text, reading, unit=unit)
    posted = posted_grid(fields_of(grid))
    assert posted == grid
    workout = reading.parsed.workout
    written = posted.written(day=workout.day, at=workout.time, find=find_in(index), is_dated=True)
    assert written.problems == {}
    assert written.text == written.as_typed
    return written.text


@settings(max_examples=80, deadline=None)
@given(workout_texts(), st.sampled_from(["kg", "lb"]))
def test_any_workout_comes_back(workout, unit):
    text = print_workout(workout)
    assume(len(text) <= MAX_TEXT)
    assume(sum(len(entry.sets) for entry in workout.entries) <= 300)

    assert through_the_grid(text, NameIndex([]), unit=unit) == text


@pytest.mark.parametrize("load_type", sorted(fitting_sets))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_workout_of_a_known_exercise_comes_back(load_type, data):
    name = data.draw(names.filter(name_key))
    index = NameIndex([(name, Exercise(pk=1, name=name, load_type=load_type))])
    entry = EntryText(
        name, data.draw(fitting_sets[load_type]), notes=data.draw(notes), load_type=load_type
    )
    text = print_workout(WorkoutText(entries=(entry,)))

    assert through_the_grid(text, index) == text


class TestCells:
    def test_take_a_comma_or_a_point_and_a_unit(self):
        for typed in ("62,5", "62.5", " 62.5 kg", "62,5kg"):
            one = read_cells(SetCells(weight=typed, reps="8"), "external")
            assert one == SetText(Load(Decimal("62.5"), "kg"), reps=8)

        pounds = read_cells(SetCells(weight="135 lbs", reps="8"), "external")
        assert pounds.load == Load(Decimal(135), "lb")

    def test_have_the_sign_of_the_exercise(self):
        cells = SetCells(weight="10", reps="8")

        assert read_cells(cells, "bodyweight_plus").load == Load(Decimal(10), "kg", "+")
        assert read_cells(cells, "assisted_bodyweight").load == Load(Decimal(10), "kg", "-")
        assert write_cells(read_cells(cells, "assisted_bodyweight"), "assisted_bodyweight") == cells

    @pytest.mark.parametrize(
        ("typed", "seconds"),
        [("45", 45), ("1:30", 90), ("90 s", 90), ("1:02:03", 3723), ("2 min", 120), ("1,5 m", 90)],
    )
    def test_take_a_time_as_it_is_said(self, typed, seconds):
        assert read_cells(SetCells(time=typed), "duration").seconds == seconds

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            (
                SetCells(weight="abc", reps="8"),
                {"weight": "A weight is a number, for example 62.5."},
            ),
            (SetCells(weight="60"), {"reps": "How many reps?"}),
            (SetCells(reps="8,5"), {"reps": "Reps are a whole number, for example 8."}),
            (SetCells(reps="0"), {"reps": "A set has 1 to 9,999 reps."}),
            (
                SetCells(weight="1,000", reps="8"),
                {"weight": "Is 1,000 more than a thousand? Then write it without the comma."},
            ),
            (
                SetCells(reps="8", rpe="11"),
                {"rpe": "An RPE goes from 1 to 10 in steps of 0.5, for example @8 or @8.5."},
            ),
            (
                SetCells(reps="8", distance="40"),
                {"distance": "A set has reps or a distance, not both."},
            ),
            (
                SetCells(weight="60", reps="8", unit="st"),
                {"weight": "A weight is a number, for example 62.5."},
            ),
            (
                SetCells(reps="8", kind="odd"),
                {"kind": "A set is working, warm-up, drop or failure."},
            ),
        ],
    )
    def test_say_at_the_cell_what_is_wrong(self, cells, said):
        with pytest.raises(CellErrors) as caught:
            read_cells(cells, "external")

        assert caught.value.sentences == said


class TestRows:
    def test_are_logged_if_ticked_or_typed_in(self):
        index = index_of()
        grid = Grid(
            (
                Block(
                    1,
                    "bent over barbell rows",
                    rows=(
                        Row(1, SetCells(), is_ticked=True, offered="60 kg x 8"),
                        Row(2, SetCells(reps="7"), offered="60 kg x 8"),
                        Row(3, SetCells(), offered="60 kg x 8"),
                        Row(4, SetCells(weight="60", reps="6"), was_ticked=True),
                    ),
                ),
            )
        )

        written = grid.written(day=None, at=None, find=find_in(index))

        assert written.text == "bent over barbell rows: 60 kg x 8, 7"

    def test_take_no_effort_from_the_last_time(self):
        row = Row(1, SetCells(), is_ticked=True, offered="60 kg x 8 L w @9")
        grid = Grid((Block(1, ROW, rows=(row,)),))

        written = grid.written(day=None, at=None, find=find_in(index_of()))

        assert written.text == f"{ROW}: 60 kg x 8"

    def test_that_are_wrong_stay_in_the_text_as_typed(self):
        rows = (
            Row(1, SetCells(weight="60", reps="8")),
            Row(2, SetCells(weight="sixty", reps="8")),
        )
        grid = Grid((Block(4, ROW, notes="tight", rows=rows),))

        written = grid.written(day=None, at=None, find=find_in(index_of()))

        assert written.problems == {"set-4-2-weight": "A weight is a number, for example 62.5."}
        assert written.text == f"{ROW}: 60 kg x 8\n> tight"
        assert written.as_typed == f"{ROW}: 60 kg x 8, sixty kg x 8\n> tight"

    def test_without_a_name_ask_for_one(self):
        grid = Grid((Block(2, " ", rows=(Row(1, SetCells(reps="8")),)),))

        written = grid.written(day=None, at=None, find=find_in(index_of()))

        assert written.problems == {"exercise-2": "Which exercise?"}
        assert written.text == ""
        assert "8" in written.as_typed


class TestLinesThatAreNotRead:
    def test_stay_in_their_place(self):
        text = f"Pull-up: 8\nPull-up: a few\n{ROW}: 60 kg x 8"
        reading = read(text, index_of())

        grid = grid_of(text, reading, unit="kg")

        assert [block.name or block.lines for block in grid.blocks] == [
            "Pull-up",
            "Pull-up: a few",
            ROW,
        ]
        written = posted_grid(fields_of(grid)).written(day=None, at=None, find=find_in(index_of()))
        assert written.text == text

    def test_keep_their_notes(self):
        text = f"Pull-up: a few\n> sore\n{ROW}: 60 kg x 8\n> easy"
        reading = read(text, index_of())

        written = grid_of(text, reading, unit="kg").written(
            day=None, at=None, find=find_in(index_of())
        )

        assert written.text == text

    def test_of_a_table_are_answered_in_the_text(self):
        text = f"Exercise,Sets,Reps,Weight\nPlank,3,8,60\n{ROW},,3x8,"
        reading = read(text, index_of())
        assert any(line.problems and line.is_row for line in reading.parsed.lines)

        with pytest.raises(NotInGridError):
            grid_of(text, reading, unit="kg")
