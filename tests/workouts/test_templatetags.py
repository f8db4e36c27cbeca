"""What is written without the template language."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID

from django.utils import translation

from exercises.models import Exercise
from workouts.grid.fields import Block as GridBlock
from workouts.grid.fields import Row as GridRow
from workouts.grid.page import ShownRow
from workouts.models import Entry, LoggedSet
from workouts.progress.exercise import Cell
from workouts.progress.exercise import Row as SessionRow
from workouts.progress.session_sets import SessionSets
from workouts.progress.trained_muscles import TrainedMuscle
from workouts.reckoning.charts import (
    Area,
    Figure,
    Row,
    Series,
    Table,
    bar_chart,
    line_chart,
)
from workouts.reckoning.records import Session
from workouts.reckoning.strength import Summary
from workouts.templatetags import charts, grid, history, training
from workouts.templatetags.days import short_day
from workouts.text_format.cells import SetCells
from workouts.workout_page import NumberedSet


def test_days_are_short_in_any_language():
    day = date(2025, 11, 22)

    assert short_day(day, date(2025, 12, 1)) == "22 Nov"
    assert short_day(day, date(2026, 12, 1)) == "22 Nov 2025"
    with translation.override("de"):
        assert short_day(day, date(2026, 12, 1)) == "22. Nov. 2025"


class TestGridRows:
    def rows(self):
        row = GridRow(1, SetCells(kind="drop"))
        shown = ShownRow(row, "set-1-1", "D", (), "8 reps", "")
        return grid.set_rows(SimpleNamespace(block=GridBlock(1), rows=[shown]))

    def test_say_their_words_in_the_language_of_the_page(self):
        english = self.rows()
        with translation.override("de"):
            german = self.rows()

        assert '<option value="drop" selected>Drop</option>' in english
        assert '<option value="drop" selected>Dropsatz</option>' in german
        assert 'aria-label="Set D done"' in english
        assert 'aria-label="Satz D erledigt"' in german
        assert self.rows() == english


def test_sets_have_their_number_and_warm_ups_a_letter():
    entry = Entry(exercise=Exercise(load_type="bodyweight"))
    warm_up = LoggedSet(entry=entry, reps=8, kind="warm-up")
    seconds = LoggedSet(entry=entry, seconds=30, side="left", rpe=Decimal("9.5"))
    sets = [NumberedSet(warm_up, None, "8 reps"), NumberedSet(seconds, 1, "30 s")]

    assert training.set_rows(sets) == (
        '<tr class="is-warmup"><th class="session-number" scope="row">W</th>'
        '<td class="session-load"></td><td class="session-measure">8 reps</td>'
        '<td class="session-detail">warm-up</td></tr>'
        '<tr><th class="session-number" scope="row">1</th>'
        '<td class="session-load"></td><td class="session-measure">30 s</td>'
        '<td class="session-detail">left, RPE 9.5</td></tr>'
    )


class TestSessions:
    def row(self, done, records=""):
        session = Session(UUID(int=1).hex, date(2026, 11, 2), Summary())
        cells = [Cell("60 kg", is_record=bool(records)), Cell("–", is_record=False, is_extra=True)]
        return SessionRow.of(session, done, cells, records)

    day = '<a href="/workouts/00000000-0000-0000-0000-000000000001/">2 Nov 26</a>'

    def test_name_their_records(self):
        row = self.row(SessionSets("60 kg × 8", ""), "heaviest")

        assert training.session_rows([row]) == (
            f'<tr><th scope="row">{self.day}</th><td class="session-sets">60 kg × 8'
            '<span class="record record-word">Record: heaviest</span></td>'
            '<td class="number"><strong class="record">60 kg</strong></td>'
            '<td class="number is-extra">–</td></tr>'
        )

    def test_say_warm_ups_quietly(self):
        row = self.row(SessionSets("60 kg × 8", "40 kg × 10"))

        assert training.session_rows([row]) == (
            f'<tr><th scope="row">{self.day}</th><td class="session-sets">'
            '60 kg × 8<span class="session-warm-ups">Warm-up 40 kg × 10</span></td>'
            '<td class="number">60 kg</td><td class="number is-extra">–</td></tr>'
        )


class TestCharts:
    days = (date(2026, 11, 1), date(2026, 11, 8))

    def figure(self, chart, table=None):
        return Figure("top", "Top <set>", "kg", chart, "A drawing", table)

    def test_have_axes_and_line_that_only_eyes_read(self):
        chart = line_chart(self.days, Series([60, 70]), say=str)

        drawn = charts.drawn(self.figure(chart))

        ground, points = drawn.split("</g>", 1)
        assert ground.startswith(
            '<g aria-hidden="true">'
            '<line class="chart-grid" x1="44" x2="348" y1="182.0" y2="182.0"/>'
            '<text class="chart-tick" x="44" y="182.0" dx="-6" dy="4" text-anchor="end">60</text>'
        )
        assert '<path class="chart-line is-line-1" d="M50.0 182.0L348.0 30.0"/>' in ground
        assert points.startswith('<g role="radiogroup" aria-label="Points of Top &lt;set&gt;">')

    def test_have_points_of_which_the_last_is_chosen(self):
        say = ["a < b", "c"].__getitem__
        chart = line_chart(self.days, Series([60, 70]), say=say, with_bests=True)

        drawn = charts.drawn(self.figure(chart))

        assert (
            '<g class="chart-point"><rect class="chart-reach" x="44" y="30" width="155.0"'
            ' height="152"/><circle class="chart-dot is-line-1" cx="50.0" cy="182.0" r="2.5"/>'
            '<foreignObject class="chart-words" width="360" height="26"><label>'
            '<input class="visually-hidden" type="radio" name="top">a &lt; b</label>'
            "</foreignObject>"
        ) in drawn
        assert '<g class="chart-point is-best">' in drawn
        assert drawn.endswith(
            '<input class="visually-hidden" type="radio" checked name="top">c</label>'
            "</foreignObject></g></g>"
        )

    def test_have_bars_in_parts_the_last_of_them_open(self):
        chart = bar_chart(
            self.days,
            Series([2, 1]),
            Series([0, 1]),
            until=date(2026, 11, 15),
            say=str,
            areas=[Area(0, 5, "low & slow")],
            is_open=True,
        )

        drawn = charts.drawn(self.figure(chart))

        assert drawn.count('<rect class="chart-bar is-part-1"') == 2
        assert drawn.count('<g class="chart-point is-open">') == 1
        assert ">low &amp; slow</text>" in drawn

    def test_have_rows_that_lead_to_what_they_are_of(self):
        rows = [Row("1 Nov", ("60 < 70",), "/a/"), Row("8 Nov", ("70",))]

        assert charts.chart_rows(Table(("Day", "Top set"), rows)) == (
            '<tr><th scope="row"><a href="/a/">1 Nov</a></th>'
            '<td class="number">60 &lt; 70</td></tr>'
            '<tr><th scope="row">8 Nov</th><td class="number">70</td></tr>'
        )


def test_a_day_has_its_year_where_that_is_another():
    today = date(2026, 12, 1)

    assert short_day(date(2026, 11, 2), today) == "2 Nov"
    assert short_day(date(2025, 12, 2), today) == "2 Dec 2025"


class TestTrainedMuscles:
    muscle = TrainedMuscle("lats", "Lats", "7½")

    def test_have_numbers_that_lead_to_their_progress(self):
        assert history.with_sets([self.muscle], True) == (
            '<li><a href="/muscles/lats/">Lats</a>'
            ' <a class="numbers trained-count" href="/progress/muscles/lats/">7½'
            '<span class="visually-hidden"> sets of Lats: progress</span></a></li>'
        )

    def test_that_are_only_planned_have_numbers(self):
        assert history.with_sets([self.muscle], False) == (
            '<li><a href="/muscles/lats/">Lats</a> <span class="numbers">7½</span></li>'
        )
