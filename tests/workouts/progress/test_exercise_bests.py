"""Rep maxes, the best at each load, and an exercise beside a variation of it."""

from datetime import date
from decimal import Decimal

import pytest

from exercises.models import Exercise
from tests.factories import log
from workouts.progress.comparison import Comparison
from workouts.progress.exercise import exercise_progress
from workouts.progress.exercise_bests import ExerciseBests, ShownBest
from workouts.weighings import record_body_weight

pytestmark = pytest.mark.usefixtures("catalogue")

ROW = "Bent-over barbell row"


def bests(user, name: str) -> ExerciseBests:
    return ExerciseBests(exercise_progress(user.athlete, Exercise.objects.get(name=name)))


def on(day: int) -> date:
    return date(2026, 11, day)


class TestRepMaxes:
    def test_stand_beside_the_formula_and_lead_to_where_they_were_done(self, alice):
        log(alice, f"{ROW}: 120 kg x 10 w, 90 kg x 8", on=on(1))
        heavy = log(alice, f"{ROW}: 100 kg x 5, 5", on=on(2))
        log(alice, f"{ROW}: 100 kg x 5", on=on(3))

        found = bests(alice, ROW).rep_maxes

        heaviest = ShownBest("100 kg", "100 kg × 5", "2 Nov 26", heavy.get_absolute_url())
        assert found[0].done == found[4].done == heaviest
        assert [row.done.best for row in found[5:8]] == ["90 kg × 8"] * 3
        assert [row.done for row in found[8:]] == [None] * 4
        assert [found[reps - 1].by_formula for reps in (1, 5, 10, 11, 12)] == [
            *("116.7 kg", "100.0 kg", "87.5 kg", "≈ 85.4 kg", "≈ 83.3 kg")
        ]

    def test_of_added_weight_leave_out_the_body(self, alice):
        record_body_weight(athlete=alice.athlete, on=on(1), weight=Decimal(80), unit="kg")
        log(alice, "Weighted pull-up: +20 kg x 5", on=on(1))

        found = bests(alice, "Weighted pull-up").rep_maxes

        assert (found[0].by_formula, found[4].by_formula) == ("+36.7 kg", "+20.0 kg")
        assert found[4].done.best == "+20 kg × 5"

    def test_are_as_the_athlete_reads(self, alice):
        alice.athlete.unit = "lb"
        log(alice, f"{ROW}: 225 lb x 3, 100 kg x 5", on=on(1))

        found = bests(alice, ROW).rep_maxes

        assert [row.done.best for row in found[:5]] == ["225 lb × 3"] * 3 + ["220.5 lb × 5"] * 2

    def test_are_none_without_weights(self, alice):
        log(alice, "Pull-up: 8", on=on(1))

        assert (bests(alice, "Pull-up").rep_maxes, bests(alice, "Pull-up").by_load) == ([], [])


class TestAtEachLoad:
    def test_are_the_most_reps_heaviest_first(self, alice):
        log(alice, f"{ROW}: 60 kg x 8, 70 kg x 6, 65 kg x 6", on=on(1))
        log(alice, f"{ROW}: 60 kg x 10", on=on(2))

        [table] = bests(alice, ROW).by_load

        assert [(one.of, one.best, one.day, one.is_topped) for one in table.first] == [
            ("70 kg", "6 reps", "1 Nov 26", False),
            ("65 kg", "6 reps", "1 Nov 26", True),
            ("60 kg", "10 reps", "2 Nov 26", False),
        ]
        assert (table.heading, table.more) == ("Most reps", [])

    def test_keep_lighter_loads_for_who_asks(self, alice):
        log(alice, f"{ROW}: {', '.join(f'{load} kg x 5' for load in range(50, 65))}", on=on(1))

        [table] = bests(alice, ROW).by_load

        assert (len(table.first), [one.of for one in table.more]) == (
            12,
            ["52 kg", "51 kg", "50 kg"],
        )

    def test_of_help_begin_with_the_least(self, alice):
        log(alice, "Assisted pull-up: -30 kg x 8, -20 kg x 6", on=on(1))

        [table] = bests(alice, "Assisted pull-up").by_load

        assert [one.of for one in table.first] == ["20 kg help", "30 kg help"]


class TestPage:
    @pytest.mark.parametrize("show", ["bests", "compare"])
    def test_says_so_while_there_is_nothing(self, alices_client, show):
        slug = Exercise.objects.get(name="Pull-up").slug

        page = alices_client.get(f"/progress/exercises/{slug}/?show={show}")

        assert 'class="empty"' in page.content.decode()

    def test_has_tables(self, alice, alices_client):
        log(alice, f"{ROW}: 60 kg x 8", on=on(1))
        slug = Exercise.objects.get(name=ROW).slug

        page = alices_client.get(f"/progress/exercises/{slug}/?show=bests").content.decode()

        assert "<td>60 kg × 8</td>" in page
        assert '<th scope="row">60 kg</th><td>8 reps</td>' in page


class TestComparison:
    @pytest.fixture
    def relatives(self):
        pull_up = Exercise.objects.get(name="Pull-up")
        weighted = Exercise.objects.get(name="Weighted pull-up")
        Exercise.objects.filter(pk=weighted.pk).update(variation_of=pull_up)
        return pull_up, weighted

    def test_is_with_what_was_logged_too(self, alice, charlie, relatives):
        pull_up, weighted = relatives
        log(charlie, "Weighted pull-up: +10 kg x 5", on=on(1))
        assert Comparison.of(alice.athlete, pull_up, weighted.slug).other is None

        record_body_weight(athlete=alice.athlete, on=on(1), weight=Decimal(80), unit="kg")
        log(alice, "Pull-up: 10", on=on(1))
        log(alice, "Weighted pull-up: +20 kg x 5", on=on(2))
        found = Comparison.of(alice.athlete, pull_up, "")

        assert (found.choices, found.other.exercise) == ([weighted], weighted)
        assert [(row.label, row.one, row.other) for row in found.rows] == [
            ("Sessions", "1", "1"),
            ("Best estimated one-rep max", "106.7 kg", "116.7 kg"),
            ("Most volume in a session", "800 kg", "500 kg"),
        ]

    def test_draws_the_best_of_each_month_of_both(self, alice, relatives):
        record_body_weight(athlete=alice.athlete, on=on(1), weight=Decimal(80), unit="kg")
        for day in (date(2026, 8, 1), date(2026, 10, 1), date(2026, 10, 9)):
            log(alice, f"Pull-up: {day.day}", on=day)
        log(alice, "Weighted pull-up: +20 kg x 5", on=on(2))

        figure = Comparison.of(alice.athlete, relatives[0], "").figure

        assert [point.label for point in figure.chart.points] == [
            "Aug 2026: Pull-up 80.0",
            "Oct 2026: Pull-up 104.0",
            "Nov 2026: Weighted pull-up 116.7",
        ]
        assert [line.name.text for line in figure.chart.lines] == ["Pull-up", "Weighted"]

    def test_is_shown(self, alice, alices_client, relatives):
        log(alice, "Pull-up: 10", on=on(1))
        log(alice, "Weighted pull-up: +20 kg x 5", on=on(2))

        address = f"/progress/exercises/{relatives[0].slug}/?show=compare"
        page = alices_client.get(address).content.decode()

        assert f"?show=compare&amp;with={relatives[1].slug}" in page
        assert "no figure in common" in page
