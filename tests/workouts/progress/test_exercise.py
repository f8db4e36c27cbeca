"""An exercise's progress, from workouts as they are saved."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.models import Exercise
from tests.factories import ExerciseFactory, log
from workouts.exercise_page import ExercisePage
from workouts.models import Entry, Workout
from workouts.progress.exercise import (
    EXAMPLES,
    Cell,
    ExerciseProgress,
    exercise_progress,
    figure_text,
)
from workouts.progress.session_sets import SessionSets
from workouts.reckoning.charts import Figure
from workouts.reckoning.spans import span_of
from workouts.reckoning.strength import LoadRule, SetFigures, summarise
from workouts.reckoning.weights import exact_kg
from workouts.saving import delete_workout
from workouts.weighings import record_body_weight
from workouts.workout_page import session_page

pytestmark = pytest.mark.usefixtures("catalogue")

DAY = date(2026, 11, 22)


def progress(user, name: str) -> ExerciseProgress:
    return exercise_progress(user.athlete, Exercise.objects.get(name=name))


def latest(figure: Figure) -> str:
    """What the last point of its chart says."""
    return figure.chart.points[-1].label.split(": ")[1]


def log_row(user, sets: str, day: int):
    return log(user, f"Bent-over barbell row: {sets}", on=DAY.replace(day=day))


def weighing(user, kg: int) -> None:
    record_body_weight(athlete=user.athlete, on=date(2026, 1, 1), weight=Decimal(kg), unit="kg")


def page_of(user, name: str, key: str = "all") -> ExercisePage:
    exercise = Exercise.objects.get(name=name)
    span = span_of(key, today=DAY)
    return ExercisePage.of(user.athlete, exercise, span=span, today=DAY, number="")


def charts(user, name: str) -> list[Figure]:
    """But for how often it was done, and how that stands to the body weight."""
    figures = progress(user, name).figures(until=DAY)
    return [figure for figure in figures if figure.key != "relative"]


def shown_records(user, name: str) -> dict[str, str]:
    return {record.label: record.shown for record in page_of(user, name).records}


class TestSessions:
    def test_come_oldest_first_by_the_time_they_began(self, alice):
        for day in (15, 1, 8):
            log_row(alice, "60 kg x 8", day)

        sessions = progress(alice, "Bent-over barbell row").sessions

        assert [session.day.day for session in sessions] == [1, 8, 15]

    def test_are_one_a_workout(self, alice):
        log(
            alice, "Bent-over barbell row: 60 kg x 8\nPlank: 60 s\nBent-over barbell row: 50 kg x 9"
        )

        (session,) = progress(alice, "Bent-over barbell row").sessions

        assert (session.summary.hard_sets, session.summary.reps) == (2, 17)
        assert session.summary.volume_kg == 930

    def test_leave_out_deleted_workouts_other_people_and_other_exercises(self, alice, charlie):
        gone = log_row(alice, "200 kg x 8", 1)
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 2, tzinfo=UTC))
        log_row(charlie, "150 kg x 8", 2)
        log(alice, "Dumbbell row: 30 kg x 8")
        log_row(alice, "60 kg x 8", 3)

        (session,) = progress(alice, "Bent-over barbell row").sessions

        assert session.summary.top_weight_kg == 60

    def test_never_count_warm_ups(self, alice):
        log_row(alice, "100 kg x 8 w, 60 kg x 8", 1)

        (session,) = progress(alice, "Bent-over barbell row").sessions

        assert session.summary.top_weight_kg == 60
        assert session.summary.hard_sets == 1

    def test_cost_two_queries(self, alice, catalogue, django_assert_num_queries):
        for day in range(1, 10):
            log_row(alice, "60 kg x 8", day)

        # the athlete's entries of the exercise, with their workouts; the sets of those shown
        with django_assert_num_queries(2):
            found = exercise_progress(alice.athlete, catalogue["external"])
            assert len(found.rows()) == len(found.sessions) == 9

    def test_are_added_up_exactly(self, alice):
        """In binary 0.1 + 0.2 is more than 0.3, which would be a record."""
        log_row(alice, "0.3 kg x 1", 1)
        log(
            alice,
            "Bent-over barbell row: 0.1 kg x 1\nPlank: 60 s\nBent-over barbell row: 0.2 kg x 1",
            on=DAY.replace(day=2),
        )

        found = progress(alice, "Bent-over barbell row")

        assert [row.cells[-1] for row in found.rows()] == [Cell("0 kg", is_record=False)] * 2
        assert [row.records for row in found.rows()] == ["", ""]
        assert found.best["volume_kg"].session.day.day == 1

    @pytest.mark.parametrize(
        ("sets", "shown"),
        [
            ("2.5 kg x 1", "3 kg"),
            ("1.1 lb x 1", "0 kg"),
            ("1.25 kg x 2, 9345.678 kg x 1", "9,348 kg"),
            ("55.115 lb x 1", "25 kg"),
        ],
    )
    def test_are_rounded_once_and_half_up(self, alice, sets, shown):
        log_row(alice, sets, 1)

        assert shown_records(alice, "Bent-over barbell row")["Most volume in a session"] == shown


class TestFigures:
    def test_of_a_loaded_exercise_leave_out_reps(self, alice):
        log_row(alice, "60 kg x 8", 1)

        found = progress(alice, "Bent-over barbell row")

        assert found.headings == [("Est. 1RM", False), ("Top set", True), ("Volume", False)]
        assert [figure.unit for figure in charts(alice, "Bent-over barbell row")] == [
            *("kg", "kg", "kg", "in a session")
        ]

    def test_of_a_bodyweight_exercise_show_reps(self, alice):
        weighing(alice, 80)
        log(alice, "Pull-up: 8")

        assert progress(alice, "Pull-up").headings == [
            ("Est. 1RM", False),
            ("Volume", False),
            ("Best set", True),
        ]

    def test_of_a_hold_show_its_length(self, alice):
        log(alice, "Plank: 90 s")

        (figure,) = charts(alice, "Plank")

        assert (figure.label, figure.unit, latest(figure)) == ("Longest time", "s", "90 s")

    def test_are_drawn_only_where_there_is_one(self, alice):
        log_row(alice, "60 kg x 8", 1)
        log_row(alice, "50 kg x 20", 2)

        estimate, top, _, _reps = charts(alice, "Bent-over barbell row")

        assert len(estimate.chart.points) == 1
        assert len(top.chart.points) == 2
        assert (latest(estimate), latest(top)) == ("76.0 kg", "50 kg")

    def test_say_the_day_and_the_value_of_each_dot(self, alice):
        log_row(alice, "62.5 kg x 8", 1)

        _, top, _, _reps = charts(alice, "Bent-over barbell row")

        assert top.chart.points[0].label == "1 Nov 2026: 62.5 kg"

    def test_are_in_the_athletes_unit(self, alice):
        alice.athlete.unit = "lb"
        log_row(alice, "132.25 lb x 5", 1)

        estimate, top, volume, _reps = charts(alice, "Bent-over barbell row")

        assert tuple(map(latest, (estimate, top, volume))) == ("154.3 lb", "132.25 lb", "661 lb")
        assert estimate.unit == "lb"
        assert float(top.chart.y_ticks[0].text) > 130

    def test_of_nothing_are_none(self, alice):
        found = progress(alice, "Pull-up")

        assert (found.figures(until=DAY), found.rows(), found.needs_bodyweight) == ([], [], False)
        page = page_of(alice, "Pull-up")
        assert (page.figures, page.records, page.rows, page.plateau) == ([], [], [], None)


class TestRecords:
    def test_are_shown_with_their_units(self, alice):
        log_row(alice, "1000 kg x 10", 1)

        assert shown_records(alice, "Bent-over barbell row") == {
            "Best estimated one-rep max": "1,333.3 kg",
            "Heaviest set": "1,000 kg",
            "Most volume in a session": "10,000 kg",
        }

    def test_of_holds_and_reps_have_none(self, alice):
        log(alice, "Plank: 90 s")
        log(alice, "Pull-up: 8")

        assert shown_records(alice, "Plank") == {"Longest time": "90 s"}
        assert shown_records(alice, "Pull-up") == {"Most reps in a set": "8 reps"}

    def test_of_added_weight_have_a_plus(self, alice):
        log(alice, "Weighted pull-up: +10 kg x 5")

        assert shown_records(alice, "Weighted pull-up")["Heaviest set"] == "+10 kg"

    def test_of_help_are_the_least(self, alice):
        log(alice, "Assisted pull-up: -30 kg x 8", on=DAY.replace(day=1))
        log(alice, "Assisted pull-up: -20 kg x 8", on=DAY.replace(day=2))

        (heaviest,) = page_of(alice, "Assisted pull-up").records

        assert heaviest.shown == "20 kg help"
        assert (heaviest.day, heaviest.behind) == ("2 Nov 2026", "-20 kg × 8")

    @pytest.mark.parametrize(
        ("reps", "shown"), [(10, "80.0 kg"), (11, "≈ 82.0 kg"), (12, "≈ 84.0 kg")]
    )
    def test_from_eleven_or_twelve_reps_are_rough(self, alice, reps, shown):
        log_row(alice, f"60 kg x {reps}", 1)

        assert shown_records(alice, "Bent-over barbell row")["Best estimated one-rep max"] == shown

    def test_from_thirteen_reps_are_none(self, alice):
        log_row(alice, "60 kg x 13", 1)

        assert "Best estimated one-rep max" not in shown_records(alice, "Bent-over barbell row")


class TestRounding:
    """Once, half up, from the exact value."""

    @pytest.mark.parametrize(
        ("unit", "sets", "estimate", "top", "volume"),
        [
            ("kg", "10 kg x 3", "11.0 kg", "10 kg", "30 kg"),
            ("lb", "10 kg x 3", "24.3 lb", "22.0 lb", "66 lb"),  # 22.0462, 24.2508, 66.1387
            ("lb", "10 kg x 1", "22.0 lb", "22.0 lb", "22 lb"),
            ("lb", "22.05 lb x 1", "22.1 lb", "22.05 lb", "22 lb"),
            ("lb", "197.5 lb x 3", "217.3 lb", "197.5 lb", "593 lb"),  # 217.25, 592.5 exactly
            ("lb", "197.25 lb x 2", "210.4 lb", "197.25 lb", "395 lb"),  # 394.5
            ("kg", "61.5 kg x 9", "80.0 kg", "61.5 kg", "554 kg"),  # 79.95, 553.5
            ("kg", "0.5 kg x 3", "0.6 kg", "0.5 kg", "2 kg"),  # 0.55, 1.5
            ("kg", "46.499 kg x 1", "46.5 kg", "46.5 kg", "46 kg"),
            ("kg", "57.585 kg x 2", "61.4 kg", "57.6 kg", "115 kg"),  # 61.424
            ("kg", "0.001 kg x 1499", "–", "0 kg", "1 kg"),  # 1.499: not by way of 1.5
            ("kg", "45.047 kg x 10", "60.1 kg", "45.0 kg", "450 kg"),  # 60.06266
            ("kg", "45.037 kg x 10", "60.0 kg", "45.0 kg", "450 kg"),  # 60.049333
            ("kg", "225 lb x 1", "102.1 kg", "102.1 kg", "102 kg"),  # 102.058
        ],
    )
    def test_happens_where_a_figure_is_shown(self, alice, unit, sets, estimate, top, volume):
        alice.athlete.unit = unit
        alice.athlete.save()
        log(alice, f"Bent-over barbell row: {sets}")

        found = progress(alice, "Bent-over barbell row")

        summary = found.sessions[0].summary
        kinds = ("best_e1rm_kg", "top_weight_kg", "volume_kg")
        assert [found.shown_as(kind, summary) for kind in kinds] == [estimate, top, volume]
        workout = Workout.objects.with_entries().get()
        assert dict(session_page(alice.athlete, workout).totals)["Volume"] == volume

    def test_of_what_is_kept_is_none(self, alice):
        """Neither database changes it, so that the same set again is no record."""
        for day in (1, 2):
            log_row(alice, "197.5 lb x 7", day)

        one, two = Entry.objects.all()

        assert one.best_e1rm_kg == two.best_e1rm_kg == Decimal("110.4875414592")
        assert one.top_weight_kg == Decimal("89.584493075")
        assert not any(
            cell.is_record for cell in progress(alice, one.exercise.name).rows()[0].cells
        )

    @given(
        st.decimals(Decimal("0.001"), Decimal("9999.999"), places=3),
        st.integers(1, 12),
        st.sampled_from(["kg", "lb"]),
        st.sampled_from(["kg", "lb"]),
    )
    def test_comes_to_the_exact_figure(self, weight, reps, typed, unit):
        """Fractions reckon without rounding."""
        figures = SetFigures(exact_kg(weight, typed), reps)
        summary = summarise(LoadRule("external"), [figures])

        pound = Fraction(45359237, 100_000_000)
        exact = Fraction(weight) * (pound if typed == "lb" else 1) / (pound if unit == "lb" else 1)
        estimate = exact * (30 + reps) / 30 if reps > 1 else exact
        shown = {"best_e1rm_kg": (estimate, 1), "volume_kg": (exact * reps, 0)}
        for kind, (right, places) in shown.items():
            text = figure_text(kind, summary, load_type="external", unit=unit)
            number = Decimal(text.strip("≈ ").removesuffix(unit).strip().replace(",", ""))
            assert number == Decimal(floor(right * 10**places + Fraction(1, 2))).scaleb(-places)


class TestAgainstTheClock:
    """Rowing 2,000 m in 8:15 and then in 8:30 is neither a longer hold nor a record."""

    @pytest.fixture
    def rowing(self, alice):
        ExerciseFactory.create(name="Rowing", slug="rowing", load_type="weighted_duration")
        log(alice, "Rowing: 2000 m in 8:15", on=DAY.replace(day=1))
        log(alice, "Rowing: 2000 m in 8:30", on=DAY.replace(day=2))
        return page_of(alice, "Rowing")

    def test_is_the_fastest_with_its_pace(self, rowing):
        [fastest] = rowing.fastest

        assert (fastest.of, fastest.best, fastest.day) == ("2 km", "8:15, 4:08 /km", "1 Nov 26")

    def test_has_nothing_to_estimate(self, rowing):
        assert (rowing.progress.kinds, rowing.records) == ([], [])
        assert rowing.figures == []
        assert [(row.done.work, row.cells) for row in rowing.rows] == [
            ("2 km in 8:30, 4:15 /km", ()),
            ("2 km in 8:15, 4:08 /km", ()),
        ]

    def test_is_shown(self, rowing, alices_client):
        page = alices_client.get("/progress/exercises/rowing/").content.decode()

        assert "Fastest over each distance" in page
        assert "8:15, 4:08 /km" in page
        assert "Longest" not in page
        assert "1RM" not in page

    def test_leaves_the_workout_alone(self, alice, rowing):
        workout = Workout.objects.with_entries().newest_first()[0]

        (block,) = session_page(alice.athlete, workout).blocks
        assert block.entries[0].records == ()

    def test_reps_in_a_time_are_records_of_reps(self, alice):
        log(alice, "Pull-up: 10 in 60 s", on=DAY.replace(day=1))
        log(alice, "Pull-up: 12 in 90 s", on=DAY.replace(day=2))

        assert shown_records(alice, "Pull-up") == {"Most reps in a set": "12 reps"}


class TestRows:
    def test_of_what_was_never_measured_before_are_no_records(self, alice):
        """As on the page of the workout: one rule for both."""
        log_row(alice, "60 kg x 15", 1)  # too many reps for an estimate
        log_row(alice, "60 kg x 8", 2)
        log_row(alice, "60 kg x 9", 3)

        rows = progress(alice, "Bent-over barbell row").rows()

        marked = [[cell.text for cell in row.cells if cell.is_record] for row in rows]
        assert marked == [["78.0 kg"], [], []]
        pages = [
            [
                each.shown
                for each in session_page(alice.athlete, workout).blocks[0].entries[0].records
            ]
            for workout in Workout.objects.with_entries().newest_first()
        ]
        assert pages == [["78.0 kg by 60 kg × 9"], [], []]

    def test_come_newest_first_with_what_was_new(self, alice):
        log_row(alice, "60 kg x 8", 1)
        log_row(alice, "70 kg x 3", 2)
        log_row(alice, "70 kg x 3", 3)
        log_row(alice, "60 kg x 20", 4)

        rows = progress(alice, "Bent-over barbell row").rows()

        assert [row.session.day.day for row in rows] == [4, 3, 2, 1]
        assert [[cell.text for cell in row.cells if cell.is_record] for row in rows] == [
            ["1,200 kg"],
            [],
            ["77.0 kg", "70 kg"],
            [],
        ]

    def test_of_a_page_are_those_of_the_whole(self, alice):
        """With the records that come of the sessions before."""
        for day, reps in enumerate((8, 9, 7, 10, 9), start=1):
            log_row(alice, f"60 kg x {reps}", day)
        found = progress(alice, "Bent-over barbell row")
        whole = found.rows()

        assert [any(cell.is_record for cell in row.cells) for row in whole] == [
            *(False, True, False, True, False)
        ]
        for first, last in ((0, 1), (0, 5), (1, 3), (3, 5), (4, 5), (2, None)):
            assert found.rows(first, last) == whole[first:last]

    def test_say_what_was_done_and_where_it_is(self, alice):
        workout = log_row(alice, "60 kg x 8, 8", 1)

        (row,) = progress(alice, "Bent-over barbell row").rows()

        assert (row.day, row.done) == ("1 Nov 26", SessionSets("60 kg × 8, 8", ""))
        assert row.address == workout.get_absolute_url() == f"/workouts/{workout.pk}/"

    @pytest.mark.parametrize(
        ("name", "sets", "work", "warm_ups"),
        [
            ("Bent-over barbell row", "87.5 kg x 5, 5, 5", "87.5 kg × 5, 5, 5", ""),
            (
                "Bent-over barbell row",
                "40 kg x 10 w, 60 kg x 5 w, 132.25 lb x 8, 62,5 kg x 7 @9",
                "132.25 lb × 8, 62.5 kg × 7 @9",
                "40 kg × 10, 60 kg × 5",
            ),
            ("Bent-over barbell row", "40 kg x 10 w", "", "40 kg × 10"),
            ("Dumbbell row", "20 kg x 8 L, 20 kg x 7 R", "20 kg × 8 L, 7 R", ""),
            ("Weighted pull-up", "+10 kg x 6, 5 f", "+10 kg × 6, 5 f", ""),
            ("Assisted pull-up", "-20 kg x 8, 20 lb x 7", "-20 kg × 8, -20 lb × 7", ""),
            ("Pull-up", "8, 8, 6 d", "8, 8, 6 d", ""),
            ("Plank", "60 s, 45 s", "60 s, 45 s", ""),
        ],
    )
    def test_have_the_sets_as_they_are_read_elsewhere(self, alice, name, sets, work, warm_ups):
        log(alice, f"{name}: {sets}")

        (row,) = progress(alice, name).rows()

        assert row.done == SessionSets(work, warm_ups)

    def test_have_the_sets_of_both_entries_in_their_order(self, alice):
        row = "Bent-over barbell row"
        log(alice, f"{row}: 60 kg x 8, 70 kg x 5\nPlank: 60 s\n{row}: 50 kg x 9")

        (row,) = progress(alice, row).rows()

        assert row.done.work == "60 kg × 8, 70 kg × 5, 50 kg × 9"

    def test_of_another_page_have_its_own_sets(self, alice):
        for day in range(1, 6):
            log_row(alice, f"60 kg x {day}", day)

        rows = progress(alice, "Bent-over barbell row").rows(2, 4)

        assert [row.done.work for row in rows] == ["60 kg × 3", "60 kg × 2"]

    def test_have_a_dash_where_there_is_no_figure(self, alice):
        log_row(alice, "60 kg x 8", 1)
        log_row(alice, "60 kg x 20", 2)

        assert progress(alice, "Bent-over barbell row").rows()[0].cells == (
            Cell("–", is_record=False),
            Cell("60 kg", is_record=False, is_extra=True),
            Cell("1,200 kg", is_record=True),
        )


class TestExample:
    @pytest.mark.parametrize("load_type", EXAMPLES)
    @pytest.mark.parametrize("unit", ["kg", "lb"])
    def test_reads_as_it_stands(self, alice, catalogue, load_type, unit):
        alice.athlete.unit = unit
        example = exercise_progress(alice.athlete, catalogue[load_type]).example

        workout = log(alice, example)

        assert workout.entries.get().exercise == catalogue[load_type]
        assert example in Workout.objects.with_entries().get().text


class TestNeedsBodyweight:
    def test_when_estimates_wait_for_it(self, alice):
        log(alice, "Pull-up: 8")

        assert progress(alice, "Pull-up").needs_bodyweight

    def test_not_once_it_is_known(self, alice):
        log(alice, "Pull-up: 8")
        weighing(alice, 80)

        assert not progress(alice, "Pull-up").needs_bodyweight

    def test_not_when_it_is_the_reps_that_give_no_estimate(self, alice):
        weighing(alice, 80)
        log(alice, "Pull-up: 15")

        assert not progress(alice, "Pull-up").needs_bodyweight

    def test_not_when_it_is_the_help_that_is_unknown(self, alice):
        weighing(alice, 80)
        log(alice, "Assisted pull-up: 8")

        assert not progress(alice, "Assisted pull-up").needs_bodyweight

    def test_not_for_what_is_held(self, alice):
        weighing(alice, 80)
        log(alice, "Pull-up: 30 s")

        assert not progress(alice, "Pull-up").needs_bodyweight

    def test_not_for_a_barbell(self, alice):
        log_row(alice, "60 kg x 20", 1)

        assert not progress(alice, "Bent-over barbell row").needs_bodyweight


class TestHelp:
    def test_is_none_where_a_set_has_bodyweight(self, alice):
        dip = ExerciseFactory.create(
            name="Assisted dip", load_type="assisted_bodyweight", bodyweight_fraction="1.00"
        )
        record_body_weight(
            athlete=alice.athlete, on=date(2026, 11, 22), weight=Decimal(80), unit="kg"
        )

        log(alice, "Assisted dip: -5 kg x 5, bw x 5")

        shown = shown_records(alice, dip.name)
        assert shown["Best estimated one-rep max"] == "93.3 kg"
        assert shown["Most volume in a session"] == "775 kg"
        assert shown["Heaviest set"] == "no help"

    def test_is_unknown_with_a_band(self, alice):
        dip = ExerciseFactory.create(
            name="Assisted dip", load_type="assisted_bodyweight", bodyweight_fraction="1.00"
        )
        record_body_weight(
            athlete=alice.athlete, on=date(2026, 11, 22), weight=Decimal(80), unit="kg"
        )

        log(alice, "Assisted dip: band x 5")

        assert "best_e1rm_kg" not in exercise_progress(alice.athlete, dip).best
