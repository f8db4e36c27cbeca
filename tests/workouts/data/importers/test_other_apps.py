"""Each app but Strong: its own forms, with invented rows."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from workouts.data.importers import Export, ImportedSet, Skipped, read_export
from workouts.vocabulary import SetKind, Side, Unit


def read(*lines: str) -> Export:
    export = read_export("\n".join(lines).encode())
    assert isinstance(export, Export)
    return export


def sets(export: Export) -> list[ImportedSet]:
    return [one for workout in export.workouts for entry in workout.entries for one in entry.sets]


class TestHevy:
    HEADER = (
        '"title","start_time","end_time","description","exercise_title","superset_id",'
        '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
        '"duration_seconds","rpe"'
    )

    def test_a_workout(self) -> None:
        export = read(
            self.HEADER,
            '"Pull 💪","15 Sep 2025, 07:48","15 Sep 2025, 09:13","easy\\nweek","Seated Row",,"",0,'
            '"warmup",39,10,,0,6',
            '"Pull 💪","15 Sep 2025, 07:48","15 Sep 2025, 09:13","easy\\nweek","Seated Row",,"",1,'
            '"failure",78.5,10,,0,9.5',
        )

        [workout] = export.workouts
        assert (workout.title, workout.day, workout.time) == (
            "Pull 💪",
            date(2025, 9, 15),
            time(7, 48),
        )
        assert (workout.minutes, workout.notes) == (85, "easy\nweek")
        assert [(one.kind, one.weight, one.rpe) for one in sets(export)] == [
            (SetKind.WARMUP, 39, 6),
            (SetKind.FAILURE, Decimal("78.5"), Decimal("9.5")),
        ]

    def test_american_dates_pounds_and_miles(self) -> None:
        export = read(
            self.HEADER.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles"),
            '"Run","Sep 15, 2025, 7:48 PM","Sep 15, 2025, 8:10 PM","","Carry",,"",0,"dropset",135,'
            ",0.5,60,",
        )

        [one] = sets(export)
        assert export.workouts[0].time == time(19, 48)
        assert (one.unit, one.metres, one.seconds) == (Unit.LB, Decimal("804.67"), 60)
        assert one.kind == SetKind.DROP

    def test_units_of_weight_and_distance_are_independent(self) -> None:
        export = read(
            self.HEADER.replace("weight_kg", "weight_lbs"),
            '"Run","15 Sep 2025, 07:48","","","Carry",,"",0,"normal",135,,0.5,60,',
        )

        assert (sets(export)[0].unit, sets(export)[0].metres) == (Unit.LB, Decimal("500.00"))

    def test_a_superset_of_number_0(self) -> None:
        rows = (
            f'"A","15 Sep 2025, 07:48","","","{name}",{superset},"",0,"normal",20,10,,,'
            for name, superset in (("Curl", 0), ("Pushdown", 0), ("Row", ""))
        )

        [workout] = read(self.HEADER, *rows).workouts

        assert [entry.superset for entry in workout.entries] == ["A", "A", ""]

    def test_bodyweight_is_empty(self) -> None:
        export = read(self.HEADER, '"A","15 Sep 2025, 07:48","","","Pull Up",,"",0,"normal",,8,,,')

        assert (sets(export)[0].weight, export.lacks_unit) == (None, False)


class TestFitNotes:
    HEADER = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment"

    def test_a_day_is_a_workout(self) -> None:
        export = read(
            self.HEADER,
            "2024-03-01,Barbell Row,Back,60.0,kgs,8,,,,",
            "2024-03-01,Barbell Row,Back,135.0,lbs,8,,,,felt good",
            "2024-03-02,Plank,Abs,,,,,,0:01:15,",
        )

        first, second = export.workouts
        assert (first.day, first.time, first.set_count) == (date(2024, 3, 1), None, 2)
        assert first.entries[0].notes == "felt good"
        assert [(one.weight, one.unit, one.seconds) for one in sets(export)] == [
            (60, Unit.KG, None),
            (135, Unit.LB, None),
            (None, None, 75),
        ]
        assert second.key == "2024-03-02"

    def test_a_comma_in_a_name_that_is_not_quoted(self) -> None:
        export = read(self.HEADER, "2024-03-01,Row, one arm, seated,Back,60.0,kgs,8,,,,easy")

        [entry] = export.workouts[0].entries
        assert (entry.name, entry.notes) == ("Row, one arm, seated", "easy")
        assert entry.sets[0].weight == 60

    def test_older_files_name_the_unit_in_the_header(self) -> None:
        export = read(
            "Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time",
            "2015-03-01,Barbell Row,Back,135.0,8,1.5,mi,",
            "2015-03-01,Barbell Row,Back,135.0,8,,,",
        )

        assert export.skipped == (Skipped(2, "A set has reps or a distance, not both."),)
        assert (sets(export)[0].weight, sets(export)[0].unit) == (135, Unit.LB)

    def test_the_file_decides_which_number_is_the_month(self) -> None:
        export = read(
            self.HEADER,
            "3/4/2024,Row,Back,60,kgs,8,,,,",
            "3/25/2024,Row,Back,60,kgs,8,,,,",
        )

        assert [one.day for one in export.workouts] == [date(2024, 3, 4), date(2024, 3, 25)]

    def test_dates_that_nothing_decides_are_asked_about(self) -> None:
        row = "3/4/2024,Row,Back,60,kgs,8,,,,"
        export = read(self.HEADER, row)
        told = read_export(f"{self.HEADER}\n{row}".encode(), is_month_first=True)

        assert export.doubtful_date == "3/4/2024"
        assert isinstance(told, Export)
        assert told.workouts[0].day == date(2024, 3, 4)

    def test_dates_that_are_none_leave_nothing_in_doubt(self) -> None:
        export = read(
            self.HEADER, *(f"{day},Row,Back,60,kgs,8,,,," for day in ("0/4/24", "3/4/1800"))
        )

        assert (export.doubtful_date, len(export.skipped)) == ("", 2)

    def test_of_ios(self) -> None:
        export = read(
            "Name,StartTime,EndTime,BodyWeight,Exercise,Equipment,Reps,Weight,Time,Distance,Status,"
            "IsWarmup,RPE,RIR,Categories,Note",
            'Pull,2025-02-23T18:13:53Z,2025-02-23T19:08:47Z,"94,0",Row,Barbell,8,"62,5",,,Done,'
            "true,,2,Back,",
            'Pull,2025-02-23T18:13:53Z,2025-02-23T19:08:47Z,"94,0",Row,Barbell,5,"62,5",,,Failed,'
            "false,,,Back,",
            'Pull,2025-02-23T18:13:53Z,2025-02-23T19:08:47Z,"94,0",Row,Barbell,5,"62,5",,,'
            "NotStarted,false,,,Back,",
        )

        [workout] = export.workouts
        assert workout.instant == datetime(2025, 2, 23, 18, 13, 53, tzinfo=UTC)
        assert workout.minutes == 55
        assert workout.entries[0].name == "Row (Barbell)"
        assert [(one.weight, one.kind, one.rpe) for one in sets(export)] == [
            (Decimal("62.5"), SetKind.WARMUP, 8),
            (Decimal("62.5"), SetKind.FAILURE, None),
        ]
        assert export.skipped == (Skipped(4, "The set was planned, but not done."),)
        assert workout.body_weight == (94, None)
        assert export.lacks_unit


class TestStrongLifts:
    def test_sets_side_by_side(self) -> None:
        export = read(
            "\ufeffDate (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,"
            "Sets×Reps,Sets×Time,Top Set (Reps×KG),e1RM (KG),Reps,Volume (KG),Workout Volume (KG),"
            "Duration (hours),Start Time (h:mm),End Time (h:mm),Notes,Set 1 (Reps),Set 1 (KG),"
            "Set 2 (Reps),Set 2 (KG),Set 3 (Reps),Set 3 (KG)",
            '2024/03/01,1,"Workout A","5×5",83.5,"Barbell Row",5/5/-,,5×60,,10,,,0.5,10:56 PM,'
            '11:26 PM,"belt",5,60,5,60,0,60',
            '2024/03/01,1,"Workout A","5×5",83.5,"Squat",-,,,,0,,,0.5,10:56 PM,,"",0,60,,,,',
        )

        [workout] = export.workouts
        assert (workout.title, workout.time, workout.minutes) == ("Workout A", time(22, 56), 30)
        assert [(one.reps, one.weight, one.unit) for one in sets(export)] == [
            (5, 60, Unit.KG),
            (5, 60, Unit.KG),
        ]
        assert workout.entries[0].notes == "belt"
        assert workout.body_weight == (Decimal("83.5"), Unit.KG)
        assert export.skipped == (Skipped(3, "No set of this exercise was done."),)

    def test_pounds_and_a_space_before_the_column(self) -> None:
        export = read(
            "Date (yyyy/mm/dd),Workout,Workout Name,Exercise,Notes,Set 1 (Reps), Set 1 (LB)",
            '"2024/03/01","1","Workout A","Squat","","5","135"',
        )

        assert (sets(export)[0].weight, sets(export)[0].unit) == (135, Unit.LB)


class TestJefit:
    FILE = """
### SETTING ##########################################

row_id,USERID,mass
1,1,lbs

######################################################

### WORKOUT SESSIONS ###
_id,mydate,starttime,total_time
101,2024-03-01,1709316300,3900
###########################

### EXERCISE LOGS ####################################

USERID,belongsession,ename,logs,mydate,logTime
1,101,"Barbell Row","135x8,135x7",2024-03-01,1709316400
1,101,"Pull Up","0x12",2024-03-01,1709316500
1,0,"Deadlift","225x5",2024-03-05,1709656400
1,0,"Odd","1:30",2024-03-05,1709656400

######################################################
"""

    def test_sets_are_unpacked(self) -> None:
        export = read(self.FILE)

        assert [(one.line, one.reps, one.weight, one.unit) for one in sets(export)] == [
            (17, 8, 135, Unit.LB),
            (17, 7, 135, Unit.LB),
            (18, 12, None, None),
            (19, 5, 225, Unit.LB),
        ]
        assert export.skipped == (Skipped(20, "“1:30” is not weight x reps."),)

    def test_a_session_has_its_start_and_others_their_day(self) -> None:
        first, second = read(self.FILE).workouts

        assert first.instant == datetime(2024, 3, 1, 18, 5, tzinfo=UTC)
        assert (first.minutes, first.set_count) == (65, 3)
        assert (second.day, second.time, second.instant) == (date(2024, 3, 5), None, None)

    def test_without_a_setting_the_unit_is_asked_for(self) -> None:
        assert read(self.FILE.replace("lbs", "")).lacks_unit


class TestFitbod:
    HEADER = (
        "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,Note,"
        "multiplier"
    )

    def test_a_workout(self) -> None:
        export = read(
            "",
            self.HEADER,
            "2024-03-01 18:05:00 +0100,Row,8,45.359237,0.0,0.0,0.0,0.0,false,,1.0",
            "2024-03-01 18:05:00 +0100,Row,8,42.5,0.0,0.0,0.0,0.0,true,light,1.0",
            "2024-03-01 18:05:00 +0100,Plank,0,0.0,60.0,0.0,0.0,0.0,false,,1.0",
        )

        [workout] = export.workouts
        assert workout.instant == datetime(2024, 3, 1, 18, 5, tzinfo=timezone(timedelta(hours=1)))
        assert [(one.weight, one.unit, one.kind, one.seconds) for one in sets(export)] == [
            (100, Unit.LB, SetKind.WORKING, None),
            (Decimal("42.5"), Unit.KG, SetKind.WARMUP, None),
            (None, None, SetKind.WORKING, 60),
        ]

    def test_sets_with_instants_of_their_own_are_one_workout_until_a_break_of_3_hours(self) -> None:
        export = read(
            self.HEADER,
            "2024-03-01 21:05:01 +0000,Row,8,60,0,0,0,0,false,,1",
            "2024-03-01 18:05:00 +0000,Row,8,60,0,0,0,0,false,,1",
            "2024-03-01 17:00:00 +0000,Row,8,60,0,0,0,0,false,,1",
        )

        assert [(one.key, one.set_count) for one in export.workouts] == [
            ("2024-03-01 17:00", 2),
            ("2024-03-01 21:05", 1),
        ]


class TestWger:
    LOG = {
        "date": "2024-03-01",
        "exercise": 73,
        "repetitions": "8.00",
        "repetitions_unit": 1,
        "weight": "60.00",
        "weight_unit": 1,
        "rir": "2.0",
    }

    def test_a_log(self) -> None:
        export = read(json.dumps({"count": 1, "results": [self.LOG]}))

        assert export.workouts[0].entries[0].name == "wger 73"
        [one] = sets(export)
        assert (one.reps, one.weight, one.unit, one.rpe) == (8, 60, Unit.KG, 8)

    def test_names_come_from_the_file_where_it_has_them(self) -> None:
        document = {"exercises": [{"id": 73, "name": "Row"}], "workoutlog": [self.LOG]}

        assert read(json.dumps(document)).names == ("Row",)

    def test_units(self) -> None:
        logs = [
            {**self.LOG, "repetitions_unit": 3, "repetitions": 90, "weight_unit": 3},
            {**self.LOG, "repetitions_unit": 4, "repetitions": "1.5", "weight": None},
            {**self.LOG, "repetitions_unit": 6, "repetitions": 5, "weight": 0},
            {**self.LOG, "weight_unit": 2, "weight": "135"},
            {**self.LOG, "weight_unit": 4},
        ]

        export = read(json.dumps(logs))

        assert [(one.seconds, one.metres, one.weight, one.unit) for one in sets(export)] == [
            (90, None, None, None),
            (90, None, None, None),
            (None, Decimal("5000.00"), None, None),
            (None, None, 135, Unit.LB),
        ]
        assert [one.line for one in export.skipped] == [5]


class TestOwnTable:
    def test_all_that_the_export_writes(self) -> None:
        export = read(
            "date,time,time zone,workout,minutes,workout notes,superset,exercise,exercise notes,"
            "set,kind,side,weight,unit,reps,seconds,metres,rpe",
            "2024-03-01,18:05,Europe/Berlin,Pull,65,'=tired,A,Row,'-strict,1,warm-up,left,62.5,kg,8,,"
            ",8.5",
            "2024-03-01,18:05,Europe/Berlin,Pull,65,'=tired,A,Carry,,1,working,both,32,kg,,30,40,",
        )

        [workout] = export.workouts
        assert (workout.zone, workout.minutes, workout.notes) == ("Europe/Berlin", 65, "=tired")
        row, carry = workout.entries
        assert (row.superset, carry.superset, row.notes) == ("A", "A", "-strict")
        [one] = row.sets
        assert (one.kind, one.side, one.rpe) == (SetKind.WARMUP, Side.LEFT, Decimal("8.5"))
        assert (carry.sets[0].seconds, carry.sets[0].metres) == (30, Decimal("40.00"))

    def test_a_plain_table_of_ones_own(self) -> None:
        export = read("Date;Exercise;Weight;Reps", "1.3.2024;Rudern;62,5;8")

        assert export.lacks_unit
        assert export.workouts[0].day == date(2024, 3, 1)
        assert sets(export)[0].weight == Decimal("62.5")

    def test_words_that_it_does_not_know_are_said(self) -> None:
        export = read("date,exercise,reps,kind", "2024-03-01,Row,8,hard")

        assert export.skipped == (
            Skipped(2, "“hard” is not one of working, warm-up, drop, failure."),
        )


class TestText:
    def test_a_notebook_is_given_back_as_text(self) -> None:
        text = "2024-03-01 Pull\nBarbell row: 60 kg x 8\n"

        assert read_export(text.encode()) == text
