"""What is written without the template language."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from exercises.models import Exercise
from workouts.models import Entry, LoggedSet
from workouts.progress.done_sets import DoneSets
from workouts.progress.exercise import Cell, Row
from workouts.reckoning.charts import line_chart
from workouts.reckoning.records import Session
from workouts.reckoning.strength import Summary
from workouts.templatetags import training
from workouts.templatetags.days import short_day
from workouts.workout_page import NumberedSet


def test_sets_have_their_number_and_warm_ups_a_letter():
    entry = Entry(exercise=Exercise(load_type="bodyweight"))
    warm_up = LoggedSet(entry=entry, reps=8, kind="warm-up")
    seconds = LoggedSet(entry=entry, seconds=30, side="left", rpe=Decimal("9.5"))
    sets = [NumberedSet(warm_up, None), NumberedSet(seconds, 1)]

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
        return Row.of(session, done, cells, records)

    day = '<a href="/workouts/00000000-0000-0000-0000-000000000001/">2 Nov 26</a>'

    def test_name_their_records(self):
        row = self.row(DoneSets("60 kg × 8", ""), "heaviest")

        assert training.session_rows([row]) == (
            f'<tr><th scope="row">{self.day}</th><td class="session-sets">60 kg × 8'
            '<span class="record record-word">Record: heaviest</span></td>'
            '<td class="number"><strong class="record">60 kg</strong></td>'
            '<td class="number is-extra">–</td></tr>'
        )

    def test_say_warm_ups_quietly(self):
        row = self.row(DoneSets("60 kg × 8", "40 kg × 10"))

        assert training.session_rows([row]) == (
            f'<tr><th scope="row">{self.day}</th><td class="session-sets">'
            '60 kg × 8<span class="session-warm-ups">Warm-up 40 kg × 10</span></td>'
            '<td class="number">60 kg</td><td class="number is-extra">–</td></tr>'
        )


def test_a_chart_has_axes_line_and_dots():
    days = [date(2026, 11, 1), date(2026, 11, 8)]

    drawn = training.drawn(line_chart(days, [60, 70], label=["a < b", "c"].__getitem__))

    assert drawn.startswith(
        '<line class="chart-grid" x1="44" x2="348" y1="164.0" y2="164.0"/>'
        '<text class="chart-tick" x="44" y="164.0" dx="-6" dy="4" text-anchor="end">60</text>'
    )
    assert '<path class="chart-line" d="M50.0 164.0L348.0 12.0"/>' in drawn
    assert drawn.endswith(
        '<circle class="chart-dot" cx="50.0" cy="164.0" r="2.5"><title>a &lt; b</title></circle>'
        '<circle class="chart-dot is-best" cx="348.0" cy="12.0" r="3.5"><title>c</title></circle>'
    )


def test_a_day_has_its_year_where_that_is_another():
    today = date(2026, 12, 1)

    assert short_day(date(2026, 11, 2), today) == "2 Nov"
    assert short_day(date(2025, 12, 2), today) == "2 Dec 2025"
