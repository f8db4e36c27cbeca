"""One muscle: its weeks, what gave its sets, and the sets behind a number."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from exercises.models import Muscle
from tests.factories import (
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    TargetFactory,
    log,
)
from tests.workouts.progress.test_trained_muscles import steps
from workouts.models import Athlete
from workouts.own_exercises import make_own_exercise
from workouts.progress.muscle import RANGES, MuscleProgress, muscle_progress
from workouts.progress.overview import overview
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")

MONDAY = date(2026, 11, 16)
TODAY = MONDAY + timedelta(days=3)
WEEK = timedelta(weeks=1)
ROW = "Bent-over barbell row"


@pytest.fixture
def muscles(catalogue):
    """A pull-up trains lats, helped by both parts of the trapezius; a row the middle part, helped
    by the lower one and the lats, steadied by hamstrings.
    """
    trapezius = MuscleFactory(slug="trapezius", kind="group", is_volume_unit=False)
    middle = MuscleFactory(slug="middle", name="Middle", kind="part", parent=trapezius)
    lower = MuscleFactory(slug="lower", name="Lower", kind="part", parent=trapezius)
    lats = MuscleFactory(slug="lats", name="Lats")
    legs = MuscleFactory(slug="hamstrings", region="legs")
    MuscleFactory(slug="calves", region="legs")
    pull_up, row = catalogue["bodyweight"], catalogue["external"]
    TargetFactory(exercise=pull_up, muscle=lats)
    TargetFactory(exercise=pull_up, muscle=middle, role="secondary")
    TargetFactory(exercise=pull_up, muscle=lower, role="secondary")
    TargetFactory(exercise=row, muscle=middle)
    TargetFactory(exercise=row, muscle=lower, role="secondary")
    TargetFactory(exercise=row, muscle=lats, role="secondary")
    TargetFactory(exercise=row, muscle=legs, role="stabiliser")


def progress(user, slug: str, chosen: str = "12-weeks", **options) -> MuscleProgress:
    athlete = Athlete.objects.get(pk=user.athlete.pk)
    muscle = Muscle.objects.get(slug=slug)
    family = [muscle, *muscle.parts.order_by("position")]
    return muscle_progress(athlete, family, today=TODAY, chosen=chosen, **options)


def shown(rows):
    return [(row.exercise.name, row.sets, row.counts, row.last) for row in rows]


class TestWeeks:
    def test_have_sets_of_main_work_and_of_help(self, alice, muscles):
        log(alice, f"Pull-up: 8, 8, 8\n{ROW}: 40 kg x 10 w, 60 kg x 8, 8", on=MONDAY)
        log(alice, "Pull-up: 8", on=MONDAY - WEEK)

        found = progress(alice, "lats")

        assert [each.counted for each in found.weeks[-3:]] == [0, 1, 4]
        assert (found.weeks[-1].direct, found.weeks[-1].helping) == (3, 2)
        assert len(found.weeks) == 13
        assert found.so_far == "4 sets"

    def test_of_a_group_count_a_set_once_at_its_highest_part(self, alice, muscles):
        log(alice, f"Pull-up: 8, 8\n{ROW}: 60 kg x 8, 8, 8", on=MONDAY)

        found = progress(alice, "trapezius")

        assert found.weeks[-1].counted == 4
        assert [part.name for part in found.parts] == ["Middle", "Lower"]
        assert progress(alice, "lower").weeks[-1].counted == 2.5

    def test_count_no_holding_steady(self, alice, muscles):
        log(alice, f"{ROW}: 60 kg x 8", on=MONDAY)

        found = progress(alice, "hamstrings")

        assert (found.last, found.done) == (None, ())

    def test_have_nothing_deleted_nothing_of_others_and_nothing_ahead(
        self, alice, charlie, muscles
    ):
        gone = log(alice, "Pull-up: 8", on=MONDAY)
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 22, tzinfo=UTC))
        log(charlie, "Pull-up: 8", on=MONDAY)
        log(alice, "Pull-up: 8", on=TODAY + timedelta(days=1))

        found = progress(alice, "lats")

        assert (found.last, found.done) == (None, ())

    def test_have_own_exercises_and_no_others(self, alice, charlie, muscles):
        own = make_own_exercise(owner=alice, name="Odd row")
        TargetFactory(exercise=own, muscle=Muscle.objects.get(slug="lats"))
        make_own_exercise(owner=charlie, name="Secret row")
        log(alice, "Odd row: 8, 8", on=MONDAY)

        assert shown(progress(alice, "lats").given) == [("Odd row", 2, "2", MONDAY)]

    def test_begin_as_the_athlete_s(self, alice, muscles):
        alice.athlete.week_start = 7
        alice.athlete.save()
        log(alice, "Pull-up: 8", on=MONDAY - timedelta(days=1))

        assert progress(alice, "lats").weeks[-1].counted == 1

    def test_of_all_time_begin_with_the_muscle_s_first(self, alice, muscles):
        log(alice, "Plank: 60 s", on=MONDAY - 40 * WEEK)
        log(alice, "Pull-up: 8", on=MONDAY - 20 * WEEK)

        found = progress(alice, "lats", "all")

        assert len(found.weeks) == 21
        assert found.at_once == 1

    def test_of_many_years_are_four_in_a_bar(self, alice, muscles):
        for n in range(81):
            log(alice, "Pull-up: 8, 8, 8", on=MONDAY - n * WEEK)

        found = progress(alice, "lats", "all")

        assert found.at_once == 4
        assert len(found.figure.chart.points) == 21
        assert found.figure.chart.points[0].label == "5 May to 1 Jun 2025: 3 sets a week"
        assert found.figure.table.rows[1].cells == ("12", "0", "3 a week", "4")


class TestFigures:
    def test_are_means_of_complete_weeks_since_the_athlete_began(self, alice, muscles):
        log(alice, "Plank: 60 s", on=MONDAY - 3 * WEEK)
        log(alice, f"Pull-up: 8, 8\n{ROW}: 8", on=MONDAY - WEEK)
        log(alice, "Pull-up: 8, 8", on=MONDAY - timedelta(days=1))
        log(alice, "Pull-up: 8, 8", on=MONDAY)

        found = progress(alice, "lats")

        assert (found.mean.weeks, found.mean_sets, found.mean_days) == (3, "1½", "0.7")
        assert found.last_day == MONDAY

    def test_begin_with_the_first_day_of_the_last_year(self, alice, muscles):
        log(alice, "Plank: 60 s", on=MONDAY - 60 * WEEK)
        log(alice, "Pull-up: 8", on=MONDAY - 2 * WEEK)
        log(alice, "Pull-up: 8", on=MONDAY - 55 * WEEK)

        assert [progress(alice, "lats", chosen).mean.weeks for chosen in RANGES] == [2, 2, 2, 55]

    def test_are_those_of_the_table_of_all_muscles(self, alice, muscles):
        for n in range(1, 10):
            log(alice, "Pull-up: 8, 8", on=MONDAY - n * WEEK - timedelta(days=n % 3))

        (row,) = [
            row
            for row in overview(alice.athlete, today=TODAY, span="12w").muscles
            if row.muscle.slug == "lats"
        ]

        found = progress(alice, "lats")
        assert found.mean_sets == row.shown_sets
        assert found.mean.days_a_week == row.days

    def test_of_the_first_week_have_no_mean(self, alice, muscles):
        log(alice, "Pull-up: 8", on=MONDAY)

        assert progress(alice, "lats").mean is None

    def test_say_when_it_was_last_trained_though_that_is_long_ago(self, alice, muscles):
        workout = log(alice, "Pull-up: 8", on=MONDAY - 30 * WEEK)

        found = progress(alice, "lats")

        assert (found.last_day, found.given) == (MONDAY - 30 * WEEK, [])
        assert found.last_address == workout.get_absolute_url()


class TestChart:
    def test_says_what_each_week_was(self, alice, muscles):
        log(alice, f"Pull-up: 8\n{ROW}: 8", on=MONDAY - WEEK)
        log(alice, f"{ROW}: 8", on=MONDAY)

        chart = progress(alice, "lats").figure.chart

        assert [point.label for point in chart.points[-3:]] == [
            "Week of 2 Nov 2026: 0 sets",
            "Week of 9 Nov 2026: 1½ sets",
            "This week so far: ½ set",
        ]
        assert [point.is_open for point in chart.points[-2:]] == [False, True]

    def test_has_bands_from_zero(self, alice, muscles):
        log(alice, "Pull-up: 8", on=MONDAY)

        chart = progress(alice, "lats").figure.chart

        assert [area.text for area in chart.areas] == ["under 5", "5 to 9½"]
        assert chart.y_ticks[0].text == "0"

    def test_has_a_table_that_leads_to_the_sets(self, alice, muscles):
        log(alice, f"Pull-up: 8\n{ROW}: 8", on=MONDAY - WEEK)

        this, last, *_ = progress(alice, "lats").figure.table.rows

        assert this == ("This week, from 16 Nov 2026", ("0", "0", "0", "0"), "")
        assert last == (
            "Week of 9 Nov 2026",
            ("1", "1", "1½", "1"),
            "?range=12-weeks&from=2026-11-09#behind",
        )


class TestBehind:
    def test_is_the_last_week_with_any(self, alice, muscles):
        workout = log(
            alice, f"Pull-up: 8, 8\nPlank: 60 s\n{ROW}: 40 kg x 9 w, 60 kg x 8", on=MONDAY
        )
        log(alice, "Pull-up: 8", on=MONDAY - WEEK)

        found = progress(alice, "lats")

        assert (found.stretch_name, found.behind_sum) == ("This week, from 16 Nov 2026", "2½ sets")
        assert [
            (row.day, row.address, row.exercise.name, row.sets, row.reckoned)
            for row in found.behind
        ] == [
            (MONDAY, workout.get_absolute_url(), "Pull-up", "8, 8", "2 × 1 = 2"),
            (MONDAY, workout.get_absolute_url(), ROW, "60 kg × 8", "1 × ½ = ½"),
        ]

    def test_of_many_weeks_at_once_are_shown_when_asked_for(self, alice, muscles):
        for n in range(61):
            log(alice, "Pull-up: 8", on=MONDAY - n * WEEK)

        asked_for = f"{MONDAY - 4 * WEEK}"

        assert progress(alice, "lats", "all").behind == []
        assert len(progress(alice, "lats", "all", asked_for=asked_for).behind) == 4

    def test_is_the_week_that_is_asked_for(self, alice, muscles):
        log(alice, "Pull-up: 8, 8, 8", on=MONDAY)
        log(alice, "Pull-up: 8", on=MONDAY - WEEK)

        found = progress(alice, "lats", asked_for="2026-11-09")

        assert [row.reckoned for row in found.behind] == ["1 × 1 = 1"]

    @pytest.mark.parametrize("asked_for", ["2026-11-10", "1", "\x00", "2026-10-26"])
    def test_is_the_last_one_where_there_is_none_such(self, alice, muscles, asked_for):
        log(alice, "Pull-up: 8, 8, 8", on=MONDAY)

        assert progress(alice, "lats", asked_for=asked_for).stretch.first == MONDAY

    def test_tells_an_exercise_that_was_done_twice_in_a_workout_once(self, alice, muscles):
        log(alice, "Pull-up: 8, 8\nPlank: 60 s\nPull-up: 5", on=MONDAY)

        (row,) = progress(alice, "lats").behind

        assert (row.sets, row.reckoned) == ("8, 8, 5", "3 × 1 = 3")


class TestSuggestions:
    def test_are_exercises_for_what_was_never_trained(self, alice, muscles):
        found = progress(alice, "trapezius")

        assert [each.name for each in found.suggestions] == [ROW]

    def test_need_what_the_athlete_has(self, alice, muscles, catalogue):
        catalogue["external"].equipment.add(EquipmentFactory(slug="barbell"))
        alice.athlete.equipment.add(EquipmentFactory(slug="pull-up-bar"))

        assert progress(alice, "trapezius").suggestions == []
        assert [each.name for each in progress(alice, "lats").suggestions] == ["Pull-up"]

    def test_are_hard_ones_only_where_there_are_no_easy_ones(self, alice, muscles, catalogue):
        calves = Muscle.objects.get(slug="calves")
        hard = ExerciseFactory(name="Hard raise", level="advanced")
        TargetFactory(exercise=hard, muscle=calves)
        assert [each.name for each in progress(alice, "calves").suggestions] == ["Hard raise"]

        TargetFactory(exercise=ExerciseFactory(name="Raise", level="beginner"), muscle=calves)

        assert [each.name for each in progress(alice, "calves").suggestions] == ["Raise"]

    def test_are_none_where_it_was_trained(self, alice, muscles, django_assert_num_queries):
        log(alice, "Pull-up: 8", on=MONDAY - 40 * WEEK)
        found = progress(alice, "lats")

        with django_assert_num_queries(0):
            assert found.suggestions == []


class TestCost:
    @pytest.mark.parametrize("count", [2, 60])
    @pytest.mark.parametrize("chosen", ["12-weeks", "all"])
    def test_is_four_queries(self, alice, muscles, django_assert_num_queries, count, chosen):
        for n in range(count):
            log(alice, "Pull-up: 8", on=MONDAY - timedelta(days=n))
        athlete = Athlete.objects.get(pk=alice.athlete.pk)
        muscle = Muscle.objects.get(slug="lats")

        with django_assert_num_queries(4):
            found = muscle_progress(athlete, [muscle], today=TODAY, chosen=chosen)
            assert found.behind
            assert found.figure.table

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts no steps")
    @pytest.mark.parametrize("chosen", ["12-weeks", "all"])
    def test_does_not_grow_with_what_others_log(self, alice, charlie, muscles, chosen):
        log(alice, "Pull-up: 8, 8", on=MONDAY)

        before = steps(lambda: progress(alice, "lats", chosen).behind)
        for days in range(40):
            log(charlie, "Pull-up: 8, 8", on=MONDAY - timedelta(days=days))

        assert steps(lambda: progress(alice, "lats", chosen).behind) <= before + 20

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts no steps")
    def test_of_some_weeks_does_not_grow_with_what_is_older(self, alice, muscles):
        log(alice, "Pull-up: 8, 8", on=MONDAY)

        before = steps(lambda: progress(alice, "lats").behind)
        for days in range(200, 240):
            log(alice, "Pull-up: 8, 8", on=MONDAY - timedelta(days=days))

        assert steps(lambda: progress(alice, "lats").behind) <= before + 20
