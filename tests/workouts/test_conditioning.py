"""Runs, rows and rides: logged by distance and time, told with their pace, counted as no sets."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from exercises.vocabulary import LoadType
from tests.factories import ExerciseFactory, TargetFactory, log, read_workout
from workouts.exercise_page import ExercisePage
from workouts.grid.changes import changed
from workouts.grid.fields import Block, Grid, Row
from workouts.models import Entry
from workouts.own_exercises import names_of
from workouts.progress.stronger import stronger
from workouts.reading import When
from workouts.reckoning.spans import span_of
from workouts.summaries import batches, differences
from workouts.text_format.cells import CellErrors, SetCells, read_cells, write_cells
from workouts.workout_page import session_page

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def catalogue(db):
    for name, load_type, told in (
        ("Running", "distance", "per_km"),
        ("Rowing machine", "distance", "per_500_m"),
        ("Cycling", "distance", "speed"),
        ("Burpee", "bodyweight", "per_km"),
        ("Ball throw", "external", "per_km"),
    ):
        exercise = ExerciseFactory.create(
            slug=name.lower().replace(" ", "-"),
            name=name,
            load_type=load_type,
            pace=told,
            pattern="conditioning",
        )
        TargetFactory.create(exercise=exercise, role="primary")


def reading_of(user, text):
    when = When(DAY, time(18), "UTC")
    now = datetime(2030, 1, 1, tzinfo=UTC)
    return read_workout(text, index=names_of(user), unit="kg", when=when, now=now)


def entry_of(user, text, **options):
    return log(user, text, **options).entries.get()


def page_of(user, name, *, today=DAY):
    exercise = Entry.objects.filter(exercise__name=name).first().exercise
    span = span_of("all", today=today)
    return ExercisePage.of(user.athlete, exercise, span=span, today=today, number="1")


class TestText:
    @pytest.mark.parametrize(
        ("typed", "canonical"),
        [
            ("Running 5 km in 25:00", "5 km in 25:00"),
            ("Running 5 km 25:00", "5 km in 25:00"),
            ("Running 25:00 5km", "5 km in 25:00"),
            ("Running 25:00", "25:00"),
            ("Running 45 min", "45:00"),
            ("Running 5 km", "5 km"),
            ("Running 3 km, 17 min", "3 km in 17:00"),
            ("Running 3 km, 17:00", "3 km in 17:00"),
            ("Running 3 km, 1020 s", "3 km, 1020 s"),
            ("Running 3 mi 27:10", "3 mi in 27:10"),
            ("Running 3mi in 27:10", "3 mi in 27:10"),
            ("Running 26.2 miles", "26.2 mi"),
            ("Running 0.25 mi, 400 m in 1:30", "0.25 mi, 400 m in 1:30"),
            ("Running 1722 m", "1.722 km"),  # and 1.07 mi, which nobody means
            ("Running 5k", "5 km"),
            ("Running: 10k 52:30", "10 km in 52:30"),
            ("Running 10 K in 52:30 @7", "10 km in 52:30 @7"),
            ("Running 5 km 26'30", "5 km in 26:30"),
            ("Running 5,2 km 26\u201930", "5.2 km in 26:30"),
            ("Running 5 km in 26'30''", "5 km in 26:30"),
            ("Running 5k, 26\u203230\u2033", "5 km in 26:30"),
            ("Running 5 km in 26'", "5 km in 26:00"),
            ("Running 12 km in 1 h 5 min", "12 km in 1:05:00"),
            ("Running 4 x 400 m in 1:30", "4 x 400 m in 1:30"),
            ("Running 5 km in 1:05:00", "5 km in 1:05:00"),
            ("Running 100 mi in 23:59:59", "100 mi in 23:59:59"),
            ("Running 500 km", "500 km"),
            ("Rowing machine 2000 m 8:05 @9", "2 km in 8:05 @9"),
        ],
    )
    def test_is_written_as_runners_write_it(self, alice, typed, canonical):
        name = "Rowing machine" if typed.startswith("Rowing") else "Running"
        workout = log(alice, typed)

        assert workout.text.splitlines()[1] == f"{name}: {canonical}"

    @pytest.mark.parametrize("typed", ["Running 5", "Running 3 x 8", "Running 8 reps"])
    def test_of_reps_says_what_to_write(self, alice, typed):
        assert [problem.message for problem in reading_of(alice, typed).parsed.problems] == [
            "This exercise is logged by distance and time. Write 5 km in 25:00, 5 km or 25:00."
        ]

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ("5 km in 1:60:00", "Write the unit of the time, for example 30 s."),
            ("5 km in 26:60", "Write the unit of the time, for example 30 s."),
            ("5 km in 26'60", "A minute has 60 seconds. Write the time like 26:30."),
            ("5 km in 0:00", "A set lasts from 1 second to 24 hours."),
            ("5 km in 99:59:59", "A set lasts from 1 second to 24 hours."),
            *(
                (
                    far,
                    "A distance is more than 0, at most 500 km, and has at most 2 decimals in"
                    " metres.",
                )
                for far in ("0 km", "500.001 km", "311 mi", "99999999 km")
            ),
        ],
    )
    def test_of_no_time_and_no_distance_that_can_be_says_so(self, alice, typed, message):
        problems = reading_of(alice, f"Running {typed}").parsed.problems

        assert [problem.message for problem in problems] == [message]


class TestSummary:
    def test_keeps_the_farthest_the_longest_and_the_fastest(self, alice):
        entry = entry_of(alice, "Running: 1 km in 4:00 w, 5 km in 25:00, 800 m in 2:40, 30:00")

        assert (entry.best_metres, entry.best_seconds) == (5000, 1800)
        assert entry.best_speed == Decimal("3.3333333333")  # 800 m are no kilometre
        assert (entry.best_e1rm_kg, entry.volume_kg, entry.reps) == (None, None, 0)

    def test_counts_no_hard_sets(self, alice):
        text = "Running: 5 km\nBurpee: 10, 10\nBall throw: 6 kg x 8"
        workout = log(alice, text)

        assert [entry.hard_sets for entry in workout.entries.all()] == [0, 0, 0]
        assert differences(*batches(Entry.objects.all())) == []
        assert reading_of(alice, text).working_sets == 0

    def test_of_conditioning_estimates_no_maximum(self, alice):
        entry = entry_of(alice, "Ball throw: 6 kg x 8")

        assert (entry.best_e1rm_kg, entry.top_weight_kg) == (None, 6)

    def test_follows_what_an_editor_makes_of_the_exercise(self, alice):
        entry = entry_of(alice, "Burpee: 10, 10")
        entry.exercise.pattern = "horizontal_push"
        entry.exercise.save()

        entry.refresh_from_db()
        assert entry.hard_sets == 2

    def test_follows_an_editor_through_more_than_a_batch(self, alice, monkeypatch):
        monkeypatch.setattr("workouts.summaries.BATCH", 2)
        for day in range(1, 6):
            text = "Burpee: 10 L\nBall throw: 6 kg x 8\nBurpee: 10 R"
            log(alice, text, on=date(2026, 11, day))
        burpees = Entry.objects.filter(exercise__name="Burpee")
        burpee = burpees[0].exercise
        burpee.pattern = "horizontal_push"
        burpee.save()

        in_order = burpees.order_by("workout__day", "position")
        assert [*in_order.values_list("hard_sets", flat=True)] == [1, 0] * 5


class TestWorkoutPage:
    def test_tells_distance_time_and_pace(self, alice):
        workout = log(
            alice,
            "Running: 5 km in 25:00, 10:00, 400 m\nRowing machine: 2000 m in 8:05"
            "\nCycling: 40 km in 1:30:00",
        )
        page = session_page(alice.athlete, workout)

        measures = [
            [one.measure for one in entry.sets] for block in page.blocks for entry in block.entries
        ]
        assert measures == [
            ["5 km in 25:00, 5:00 /km", "10:00", "400 m"],
            ["2,000 m in 8:05, 2:01 /500 m"],
            ["40 km in 1:30:00, 26.7 km/h"],
        ]
        assert page.totals == ()
        assert page.sets_rule.startswith("Conditioning counts no working sets")

    def test_is_in_miles_for_who_lifts_in_pounds(self, alice):
        alice.athlete.unit = "lb"
        alice.athlete.save()
        workout = log(alice, "Running: 3 mi in 27:10")

        [block] = session_page(alice.athlete, workout).blocks
        assert block.entries[0].sets[0].measure == "3 mi in 27:10, 9:03 /mi"

    def test_tells_miles_in_kilometres_to_the_metre(self, alice):
        workout = log(alice, "Running: 3 mi in 27:10\nRowing machine: 1 mi")

        measures = [
            block.entries[0].sets[0].measure
            for block in session_page(alice.athlete, workout).blocks
        ]
        assert measures == ["4.828 km in 27:10, 5:38 /km", "1,609 m"]
        assert workout.text.endswith("Running: 3 mi in 27:10\nRowing machine: 1 mi")

    def test_hails_a_longer_and_a_faster_run_but_not_a_slower_one(self, alice):
        log(alice, "Running: 5 km in 25:00", on=date(2026, 11, 1))
        slower = log(alice, "Running: 5 km in 26:00", on=date(2026, 11, 2))
        better = log(alice, "Running: 6 km in 29:00", on=date(2026, 11, 3))

        told = [
            [(each.label, each.shown, each.before.shown) for each in block.entries[0].records]
            for workout in (slower, better)
            for block in session_page(alice.athlete, workout).blocks
        ]
        assert told == [
            [],
            [
                ("Longest distance", "6 km", "5 km"),
                ("Fastest pace", "4:50 /km, 6 km in 29:00", "5:00 /km, 5 km in 25:00"),
            ],
        ]

    def test_has_no_list_of_totals_where_there_are_none(self, alice, alices_client):
        workout = log(alice, "Running: 5 km in 25:00")

        assert (
            'class="totals"' not in alices_client.get(workout.get_absolute_url()).content.decode()
        )

    def test_is_no_zero_sets_in_the_history(self, alice, alices_client):
        log(alice, "Running: 5 km in 25:00")

        page = alices_client.get("/workouts/").content.decode()
        assert ">Running</a></p>" in page

    @pytest.mark.parametrize("view", ["text", "grid"])
    def test_is_no_zero_sets_while_it_is_written(self, alice, alices_client, view):
        form = {
            **alices_client.get("/workouts/new/").context["form"].initial,
            "owner": alice.pk,
            "text": "Running: 5 km in 25:00\nRunning: 1 km",
        }
        form |= {"view": ["text", "grid"]} if view == "grid" else {"preview": "1"}

        page = " ".join(alices_client.post("/workouts/new/", form).content.decode().split())
        assert "1 exercise" in page
        assert " 0 sets" not in page
        assert " 0 working sets" not in page


class TestProgress:
    def test_has_records_charts_and_sessions(self, alice):
        log(alice, "Running: 5 km in 25:00", on=date(2026, 11, 1))
        log(alice, "Running: 3 km in 14:00", on=date(2026, 11, 8))
        page = page_of(alice, "Running")

        assert [(each.label, each.shown, each.behind) for each in page.records] == [
            ("Longest distance", "5 km", "5 km in 25:00"),
            ("Fastest pace", "4:40 /km", "3 km in 14:00"),
            ("Longest time", "25:00", "5 km in 25:00"),
        ]
        assert "at least 1 km" in page.records[1].rule
        assert [(each.label, each.unit) for each in page.figures] == [
            ("Longest distance", "km"),
            ("Pace", "/km"),
            ("Longest time", "min"),
        ]
        assert [row.done.work for row in page.rows] == [
            "3 km in 14:00, 4:40 /km",
            "5 km in 25:00, 5:00 /km",
        ]
        assert page.plateau is None

    def test_pace_is_charted_as_it_is_told_with_the_faster_above(self, alice):
        log(alice, "Running: 5 km in 25:00", on=date(2026, 11, 1))
        log(alice, "Running: 5 km in 23:20", on=date(2026, 11, 8))
        chart = page_of(alice, "Running").figures[1].chart

        assert [tick.text for tick in chart.y_ticks] == ["5:00", "4:55", "4:50", "4:45", "4:40"]
        assert [point.ys for point in chart.points] == [
            (chart.y_ticks[0].at,),
            (chart.y_ticks[-1].at,),
        ]

    def test_a_single_pace_stands_between_whole_seconds(self, alice):
        log(alice, "Running: 5 km in 25:00", on=date(2026, 11, 1))
        chart = page_of(alice, "Running").figures[1].chart

        assert [tick.text for tick in chart.y_ticks] == ["5:01", "5:00", "4:59"]

    def test_a_ride_is_charted_by_its_speed(self, alice):
        log(alice, "Cycling: 20 km in 40:00", on=date(2026, 11, 1))
        assert page_of(alice, "Cycling").figures[1].unit == "km/h"

    def test_a_phone_has_room_for_the_sets_and_the_pace(self, alice):
        log(alice, "Running: 5 km in 25:00", on=date(2026, 11, 1))
        (row,) = page_of(alice, "Running").rows

        assert [cell.text for cell in row.cells if not cell.is_extra] == ["5:00 /km"]

    def test_is_served(self, alice, alices_client):
        log(alice, "Running: 5 km in 25:00", on=date(2026, 11, 1))
        page = alices_client.get("/progress/exercises/running/").content.decode()

        assert "5 km in 25:00, 5:00 /km" in page
        assert "1RM" not in page

    def test_is_no_question_of_strength(self, alice):
        log(alice, "Running: 5 km in 25:00", on=date(2026, 8, 1))
        log(alice, "Running: 6 km in 25:00", on=DAY)

        assert stronger(alice.athlete, today=DAY).changes == ()


class TestSteps:
    @pytest.mark.parametrize(
        ("typed", "step", "written"),
        [
            ("3 mi", "100", "3.1 mi"),
            ("3.1 mi", "-100", "3 mi"),
            ("0.05 mi", "-100", "0.01 mi"),
            ("5 km", "100", "5.1 km"),
            ("400", "-100", "300 m"),
        ],
    )
    def test_go_on_in_the_unit_that_is_typed(self, typed, step, written):
        row = Row(1, SetCells(distance=typed), is_ticked=True, was_ticked=True)
        grid = Grid((Block(1, name="Running", rows=(row,)),))

        pressed = f"step 1 1 distance {step}"
        after = changed(grid, pressed, lambda name: LoadType.DISTANCE, lambda *weight: ())

        assert after.blocks[0].rows[0].cells.distance == written


class TestCells:
    @pytest.mark.parametrize(
        ("typed", "metres", "written"),
        [("5 km", "5000", "5 km"), ("400", "400", "400 m"), ("3 mi", "4828.03", "3 mi")],
    )
    def test_take_and_write_a_distance_with_its_unit(self, typed, metres, written):
        one = read_cells(SetCells(distance=typed, time="25:00"), LoadType.DISTANCE)

        assert (one.metres, one.seconds) == (Decimal(metres), 1500)
        assert write_cells(one, LoadType.DISTANCE).distance == written

    @pytest.mark.parametrize("typed", ["1:60:00", "1:75:30", "5:60"])
    def test_take_no_time_with_sixty_minutes_or_seconds(self, typed):
        with pytest.raises(CellErrors) as found:
            read_cells(SetCells(distance="5 km", time=typed), LoadType.DISTANCE)

        assert found.value.sentences == {"time": "A time is in seconds, or like 1:30."}

    def test_ask_whether_five_is_in_kilometres(self):
        with pytest.raises(CellErrors) as found:
            read_cells(SetCells(distance="5", time="25:00"), LoadType.DISTANCE)

        assert found.value.sentences == {
            "distance": "Is 5 kilometres or metres? Write 5 km or 5 m."
        }
