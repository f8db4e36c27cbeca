"""The page of an exercise: its days, its records with what is behind them, what comes next."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from exercises.models import Exercise
from tests.factories import log, make_routine
from workouts.exercise_page import ExercisePage
from workouts.models import Workout
from workouts.reckoning.plateau import Plateau
from workouts.reckoning.spans import span_between, span_of
from workouts.weighings import record_body_weight

pytestmark = pytest.mark.usefixtures("catalogue")

TODAY = date(2026, 11, 30)
ROW = "Bent-over barbell row"


def page_of(user, name: str = ROW, *, key: str = "", span=None) -> ExercisePage:
    exercise = Exercise.objects.get(name=name)
    span = span or span_of(key, today=TODAY)
    return ExercisePage.of(user.athlete, exercise, span=span, today=TODAY, number="")


def weighing(user, kg: int, on: date) -> None:
    record_body_weight(athlete=user.athlete, on=on, weight=Decimal(kg), unit="kg")


class TestDays:
    @pytest.fixture
    def sessions(self, alice):
        for on in (date(2025, 3, 1), date(2026, 3, 1), date(2026, 11, 1)):
            log(alice, f"{ROW}: 60 kg x {on.month}", on=on)

    @pytest.mark.parametrize(
        ("key", "days"), [("3-months", 1), ("year", 2), ("all", 3), ("", 2), ("other", 2)]
    )
    def test_are_the_last_year_unless_others_are_chosen(self, alice, sessions, key, days):
        page = page_of(alice, key=key)

        assert len(page.rows) == len(page.progress.shown) == days
        assert [choice.is_chosen for choice in page.choices].count(True) == 1

    def test_may_be_ones_own(self, alice, sessions):
        page = page_of(alice, span=span_between(date(2026, 3, 1), date(2026, 3, 1)))

        assert [row.day for row in page.rows] == ["1 Mar 26"]
        assert not any(choice.is_chosen for choice in page.choices)

    def test_are_all_where_there_was_nothing_lately(self, alice):
        log(alice, f"{ROW}: 60 kg x 8", on=date(2020, 3, 1))

        assert (page_of(alice).span.key, len(page_of(alice).rows)) == ("all", 1)
        assert page_of(alice, key="3-months").rows == []

    def test_leave_records_alone(self, alice, sessions):
        log(alice, f"{ROW}: 100 kg x 5", on=date(2025, 3, 2))

        page = page_of(alice, key="3-months")

        assert [(one.shown, one.day) for one in page.records][1] == ("100 kg", "2 Mar 2025")
        assert page.rows[0].records == "volume"  # 60 kg x 11 beat what came before these days


class TestRecords:
    def test_tell_their_sets_and_their_rule(self, alice):
        log(alice, f"{ROW}: 40 kg x 10 w, 100 kg x 5 @9, 90 kg x 6", on=TODAY)

        estimate, heaviest, volume = page_of(alice).records

        assert (estimate.shown, estimate.behind) == ("116.7 kg", "100 kg × 5 @9")
        assert estimate.rule == (
            "Epley 1985: load × (1 + reps ÷ 30), here 100.0 kg × (1 + 5 ÷ 30) = 116.7 kg."
        )
        assert (heaviest.shown, heaviest.behind) == ("100 kg", "100 kg × 5 @9")
        assert (volume.shown, volume.behind) == ("1,040 kg", "100 kg × 5 @9, 90 kg × 6")

    @pytest.mark.parametrize(
        ("sets", "rule"),
        [
            ("100 kg x 1", "One rep is the load itself: 100.0 kg."),
            (
                "60 kg x 12",
                "Epley 1985: load × (1 + reps ÷ 30), here 60.0 kg × (1 + 12 ÷ 30) = 84.0 kg."
                " From 11 or 12 reps it is rough.",
            ),
        ],
    )
    def test_say_what_is_particular_to_an_estimate(self, alice, sets, rule):
        log(alice, f"{ROW}: {sets}", on=TODAY)

        assert page_of(alice).records[0].rule == rule

    def test_say_what_of_a_load_is_body(self, alice):
        weighing(alice, 80, TODAY)
        log(alice, "Weighted pull-up: +20 kg x 5", on=TODAY)

        record = page_of(alice, "Weighted pull-up").records[0]

        assert record.rule == (
            "Epley 1985: load × (1 + reps ÷ 30),"
            " here 100.0 kg (80.0 kg body weight) × (1 + 5 ÷ 30) = 116.7 kg."
        )

    def test_stand_to_the_body_weight_of_that_day(self, alice):
        weighing(alice, 80, date(2026, 11, 1))
        log(alice, f"{ROW}: 100 kg x 1", on=date(2026, 11, 1))
        weighing(alice, 100, date(2026, 11, 2))
        log(alice, f"{ROW}: 90 kg x 1", on=date(2026, 11, 2))

        page = page_of(alice)

        assert page.records[0].beside == "1.25 × body weight"
        relative = next(figure for figure in page.figures if figure.key == "relative")
        assert [point.label for point in relative.chart.points] == [
            "1 Nov 2026: 1.25 × body weight",
            "2 Nov 2026: 0.90 × body weight",
        ]

    def test_do_not_where_it_is_not_known(self, alice):
        log(alice, f"{ROW}: 100 kg x 1", on=TODAY)

        page = page_of(alice)

        assert page.records[0].beside == ""
        assert "relative" not in [figure.key for figure in page.figures]


class TestCharts:
    def test_count_sessions_by_month(self, alice):
        for on in (date(2026, 9, 1), date(2026, 9, 30), date(2026, 11, 2)):
            log(alice, f"{ROW}: 60 kg x 8", on=on)

        *_, sessions = page_of(alice).figures

        assert [point.label for point in sessions.chart.points] == [
            *("Sep 2026: 2 sessions", "Oct 2026: 0 sessions", "Nov 2026: 1 session")
        ]
        assert [point.is_open for point in sessions.chart.points] == [False, False, True]

    @pytest.mark.parametrize(
        ("first", "unit", "bars"),
        [
            (date(2024, 11, 1), "a month", 25),
            (date(2023, 11, 1), "a quarter", 13),
            (date(2010, 1, 1), "a year", 17),
        ],
    )
    def test_have_few_bars_however_long_it_was(self, alice, first, unit, bars):
        for on in (first, TODAY):
            log(alice, f"{ROW}: 60 kg x 8", on=on)

        *_, sessions = page_of(alice, key="all").figures

        assert (sessions.unit, len(sessions.chart.points)) == (unit, bars)

    def test_are_of_the_reps_too(self, alice):
        log(alice, f"{ROW}: 60 kg x 8, 7", on=TODAY)

        reps = next(figure for figure in page_of(alice).figures if figure.key == "reps")

        assert [point.label for point in reps.chart.points] == ["30 Nov 2026: 15 reps"]


class TestPlateau:
    def test_is_said(self, alice, alices_client):
        first = TODAY - timedelta(weeks=8)
        log(alice, f"{ROW}: 80 kg x 5", on=first)
        for week in range(1, 9):
            log(alice, f"{ROW}: 75 kg x 5", on=first + timedelta(weeks=week))

        page = page_of(alice)

        assert page.plateau == Plateau(first, 8, 8)
        assert page.plateau_of == "best estimated one-rep max"


class TestProjection:
    def test_is_what_the_routine_suggests_session_by_session(self, alice):
        routine = make_routine(alice, f"{ROW}: 2 x 6-8", name="Back")
        workout = log(alice, f"{ROW}: 40 kg x 10 w, 60 kg x 8, 7", on=date(2026, 11, 20))
        Workout.objects.filter(pk=workout.pk).update(routine=routine)
        log(alice, f"{ROW}: 50 kg x 12", on=date(2026, 11, 21))

        [projection] = page_of(alice).projections

        assert (projection.routine, projection.targets) == (routine, "2 x 6-8")
        assert projection.sessions == ("60 kg × 8, 8", "62.5 kg × 6, 6", "62.5 kg × 7, 6")

    def test_begins_with_what_was_done_elsewhere(self, alice):
        make_routine(alice, f"{ROW}: 2 x 8", name="Back")
        log(alice, f"{ROW}: 60 kg x 8, 8", on=date(2026, 11, 20))

        [projection] = page_of(alice).projections

        assert projection.sessions[0] == "62.5 kg × 8, 8"

    def test_is_none_without_a_routine_or_a_session(self, alice, charlie):
        make_routine(charlie, f"{ROW}: 2 x 8", name="Back")
        log(alice, f"{ROW}: 60 kg x 8", on=TODAY)
        make_routine(alice, "Pull-up: 2 x 8", name="Pull-ups")

        assert page_of(alice).projections == []
        assert list(page_of(alice, "Pull-up").projections) == []


class TestAddress:
    @pytest.mark.parametrize(
        "query",
        [
            *("range=\0", "range=all&page=9999999999", "from=9999-12-31&to=0001-01-01"),
            *(
                "from=2026-11-30",
                "to=2026-11-30",
                "page=-1",
                "show=nothing",
                "with=07bd9b67-6f5d-4d4c-9d33-6a44c0d3ad31",
            ),
        ],
    )
    def test_may_say_anything(self, alice, alices_client, query):
        log(alice, f"{ROW}: 60 kg x 8", on=TODAY)
        slug = Exercise.objects.get(name=ROW).slug

        assert alices_client.get(f"/progress/exercises/{slug}/?{query}").status_code == 200

    def test_says_what_is_wrong_with_a_day_and_keeps_it(self, alice, alices_client):
        log(alice, f"{ROW}: 60 kg x 8", on=TODAY)
        slug = Exercise.objects.get(name=ROW).slug

        page = alices_client.get(f"/progress/exercises/{slug}/?from=soon&to=2026-11-30")

        text = page.content.decode()
        assert "Write the day as 2026-11-22." in text
        assert 'value="soon"' in text
