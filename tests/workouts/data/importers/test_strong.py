from datetime import date, time
from decimal import Decimal

import pytest

from workouts.data.importers import Export, ImportedSet, Skipped, read_export
from workouts.vocabulary import SetKind, Unit

CLASSIC = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE"
)


def read(*lines: str) -> Export:
    export = read_export("\n".join(lines).encode())
    assert isinstance(export, Export)
    return export


def only_set(*lines: str) -> ImportedSet:
    [workout] = read(*lines).workouts
    [entry] = workout.entries
    [one] = entry.sets
    return one


class TestForms:
    """The same set in every header that Strong has had."""

    def test_of_2016_with_the_unit_as_a_column(self) -> None:
        one = only_set(
            "Date,Workout Name,Exercise Name,Set Order,kg,Reps,km,Seconds,Notes",
            "2016-03-01 18:05:00,Pull,Bent Over Row (Barbell),0,62.5,8,0,0,\r",
        )

        assert (one.weight, one.unit, one.reps, one.line) == (Decimal("62.5"), Unit.KG, 8, 2)

    def test_of_2017_without_a_duration(self) -> None:
        one = only_set(
            "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
            "Workout Notes,RPE",
            "2018-03-01 18:05:00,Pull,Bent Over Row (Barbell),1,62.5,8,0,0,,,9.5",
        )

        assert (one.weight, one.unit, one.rpe) == (Decimal("62.5"), None, Decimal("9.5"))

    def test_classic_writes_what_is_not_there_as_0(self) -> None:
        one = only_set(CLASSIC, '2021-03-01 18:05:00,"Pull",1h 5m,"Plank",1,0,0.0,0,75.0,"","",')

        assert (one.weight, one.reps, one.seconds, one.distance) == (None, None, 75, None)

    def test_of_android_has_a_unit_in_each_row(self) -> None:
        export = read(
            "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;"
            "Distance Unit;Seconds;Notes;Workout Notes;Workout Duration",
            "2022-03-01 18:05:00;Pull;Row;1;60;kg;8;;;;0;;;1h",
            "2022-03-01 18:05:00;Pull;Row;2;135;lbs;8;;;;0;;;1h",
        )

        [entry] = export.workouts[0].entries
        assert [(one.weight, one.unit) for one in entry.sets] == [(60, Unit.KG), (135, Unit.LB)]
        assert not export.lacks_unit

    def test_current_is_quoted_and_says_its_units_in_the_header(self) -> None:
        export = read(
            '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";'
            '"Weight (kg)";"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"',
            '"12";"2025-03-01 18:05:00";"Pull";"3900";"Carry";"1";"32";"";"8";"40";"";"";""',
        )

        [workout] = export.workouts
        [one] = workout.entries[0].sets
        assert workout.minutes == 65
        assert (one.weight, one.unit, one.metres, one.rpe) == (32, Unit.KG, Decimal("40.00"), 8)

    @pytest.mark.parametrize(
        "header",
        [
            "Date,Nom de l'entraînement,Durée,Nom de l'exercice,Ordre de la série,Poids,Réps,"
            "Distance,Secondes,Notes,Notes d'entraînement,RPE",
            "Datum,Workout-Name,Dauer,Name der Übung,Reihenfolge festlegen,Gewicht,Wiederh.,"
            "Entfernung,Sekunden,Notizen,Workout-Notizen,RPE",
        ],
        ids=["French", "German"],
    )
    def test_in_other_languages(self, header: str) -> None:
        [workout] = read(header, "2024-03-01 18:05:00,Dos,57m,Tirage,1,50.0,10,0,0,,gut,").workouts

        assert (workout.title, workout.minutes, workout.notes) == ("Dos", 57, "gut")
        assert workout.entries[0].sets[0].reps == 10


class TestWorkouts:
    def test_rows_with_one_start_and_title_are_a_workout(self) -> None:
        export = read(
            CLASSIC,
            "2024-03-01 18:05:00,Pull,1h,Row,1,60,8,0,0,,,",
            "2024-03-01 18:05:00,Pull,1h,Curl,1,20,12,0,0,,,",
            "2024-03-01 18:05:00,Push,1h,Bench,1,60,8,0,0,,,",
        )

        assert [(one.title, one.set_count) for one in export.workouts] == [("Pull", 2), ("Push", 1)]
        assert export.workouts[0].day == date(2024, 3, 1)
        assert export.workouts[0].time == time(18, 5)

    def test_rows_that_are_alike_are_sets(self) -> None:
        row = "2024-03-01 18:05:00,Pull,1h,Row,1,60,8,0,0,,,"

        assert read(CLASSIC, row, row).set_count == 2

    def test_the_oldest_comes_first(self) -> None:
        export = read(
            CLASSIC,
            "2024-03-03 18:05:00,B,1h,Row,1,60,8,0,0,,,",
            "2024-03-01 18:05:00,A,1h,Row,1,60,8,0,0,,,",
        )

        assert [one.title for one in export.workouts] == ["A", "B"]

    def test_its_key_is_the_same_in_every_form(self) -> None:
        old = read(
            "Date,Workout Name,Exercise Name,Set Order,kg,Reps,km,Seconds,Notes",
            "2016-03-01 18:05:30,Pull,Row,0,62.5,8,0,0,",
        )
        new = read(CLASSIC, "2016-03-01 18:05:30,Pull,1h,Row,1,62.5,8,0,0,,,")

        assert old.workouts[0].key == new.workouts[0].key == "2016-03-01 18:05 Pull"

    def test_notes_are_kept_with_their_exercise_and_once_with_the_workout(self) -> None:
        export = read(
            CLASSIC,
            '2024-03-01 18:05:00,Pull,1h,Row,1,60,8,0,0,"belt, straps",slept badly,',
            '2024-03-01 18:05:00,Pull,1h,Row,2,60,8,0,0,"",slept badly,',
        )

        [workout] = export.workouts
        assert workout.notes == "slept badly"
        assert workout.entries[0].notes == "belt, straps"


class TestRows:
    @pytest.mark.parametrize(
        ("order", "kind"),
        [
            ("1", SetKind.WORKING),
            ("W", SetKind.WARMUP),
            ("W1", SetKind.WARMUP),
            ("D", SetKind.DROP),
            ("F", SetKind.FAILURE),
        ],
    )
    def test_the_order_tells_the_kind(self, order: str, kind: SetKind) -> None:
        one = only_set(CLASSIC, f"2024-03-01 18:05:00,Pull,1h,Row,{order},60,8,0,0,,,")

        assert one.kind == kind

    @pytest.mark.parametrize("order", ["Rest Timer", "Ruhezeit"])
    def test_a_rest_is_left_out_and_said(self, order: str) -> None:
        export = read(
            CLASSIC,
            "2024-03-01 18:05:00,Pull,1h,Row,1,60,8,0,0,,,",
            f"2024-03-01 18:05:00,Pull,1h,Row,{order},0,0.0,0,120.0,,,",
            "2024-03-01 18:05:00,Pull,1h,Row,2,60,8,0,0,,,",
        )

        assert export.skipped == (Skipped(3, "A rest between sets, which is not kept."),)
        assert [len(entry.sets) for entry in export.workouts[0].entries] == [2]

    def test_a_note_row_is_a_note_of_its_exercise(self) -> None:
        export = read(
            CLASSIC,
            "2024-03-01 18:05:00,Pull,1h,Row,1,60,8,0,0,,,",
            "2024-03-01 18:05:00,Pull,1h,Row,Note,0,0,0,0,chest on the bench,,",
        )

        assert export.workouts[0].entries[0].notes == "chest on the bench"
        assert export.skipped == (Skipped(3, "A note, kept with its exercise."),)

    def test_a_float_is_the_weight_that_was_typed(self) -> None:
        one = only_set(CLASSIC, "2024-03-01 18:05:00,Pull,1h,Row,1,12.900000000000034,8.0,0,0,,,")

        assert (one.weight, one.reps) == (Decimal("12.9"), 8)

    def test_a_number_that_nobody_lifts_is_said_and_noise_is_none(self) -> None:
        export = read(
            CLASSIC,
            "2024-03-01 18:05:00,Pull,1h,Row,1,1e50,8,0,0,,,",
            "2024-03-01 18:05:00,Pull,1h,Pull Up,1,1e-17,8,0,0,,,",
        )

        assert export.skipped == (Skipped(2, "“1e50” is too large."),)
        assert export.workouts[0].entries[0].sets[0].weight is None

    def test_a_placeholder_is_left_out(self) -> None:
        export = read(
            CLASSIC,
            "2024-03-01 18:05:00,Pull,1h,Row,1,60,8,0,0,,,",
            "2024-03-01 18:05:00,Pull,1h,Curl,1,0,0,0,0,,,",
            "2024-03-01 18:05:00,Pull,1h,Curl,2,20,0,0,0,,,",
        )

        assert [one.line for one in export.skipped] == [3, 4]
        assert export.skipped[1].reason == "Nothing was done: no reps, time or distance."
        assert len(export.workouts[0].entries) == 1

    def test_what_cant_be_read_is_left_out_with_its_line_and_the_reason(self) -> None:
        export = read(
            CLASSIC,
            "2024-03-01 18:05:00,Pull,1h,Row,1,sixty,8,0,0,,,",
            "yesterday,Pull,1h,Row,1,60,8,0,0,,,",
            "2024-03-01 18:05:00,Pull,1h,,1,60,8,0,0,,,",
            "2024-03-01 18:05:00,Pull,1h,Row,1,60,8.5,0,0,,,",
            "2024-03-01 18:05:00,Pull,1h,Row,1,60,99999,0,0,,,",
        )

        assert export.skipped == (
            Skipped(2, "“sixty” is not a number."),
            Skipped(3, "“yesterday” is not a date."),
            Skipped(4, "There is no exercise."),
            Skipped(5, "Reps are whole numbers, not 8.5."),
            Skipped(6, "A set has 1 to 9,999 reps."),
        )
        assert (export.rows, export.set_count) == (5, 0)

    def test_lines_are_counted_through_notes_of_several(self) -> None:
        export = read(
            CLASSIC,
            '2024-03-01 18:05:00,Pull,1h,Row,1,60,8,0,0,"two\nlines",,',
            "2024-03-01 18:05:00,Pull,1h,Row,2,heavy,8,0,0,,,",
        )

        assert export.workouts[0].entries[0].notes == "two\nlines"
        assert [one.line for one in export.skipped] == [4]


class TestUnits:
    def test_what_the_file_does_not_say_is_asked_for(self) -> None:
        export = read(CLASSIC, "2024-03-01 18:05:00,Pull,1h,Row,1,135,8,0,0,,,")

        assert export.lacks_unit
        [one] = export.answered(Unit.LB).workouts[0].entries[0].sets
        assert (one.weight, one.unit) == (135, Unit.LB)

    def test_nothing_is_asked_where_nothing_has_a_unit(self) -> None:
        assert not read(CLASSIC, "2024-03-01 18:05:00,Pull,1h,Pull Up,1,0,8,0,0,,,").lacks_unit

    def test_whoever_lifts_in_pounds_runs_in_miles(self) -> None:
        export = read(CLASSIC, "2024-03-01 18:05:00,Run,1h,Running,1,0,0,2,1200,,,")

        assert export.lacks_unit
        [one] = export.answered(Unit.LB).workouts[0].entries[0].sets
        assert one.metres == Decimal("3218.69")


def test_dates_that_a_spreadsheet_rewrote() -> None:
    export = read(CLASSIC, "3/4/2024 18:05,Pull,1h,Row,1,60,8,0,0,,,")

    assert export.doubtful_date == "3/4/2024"
    assert (export.workouts[0].day, export.workouts[0].time) == (date(2024, 4, 3), time(18, 5))
