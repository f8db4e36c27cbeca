from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.calendar import (
    LEVELS,
    PITCH,
    WEEKS_BACK,
    CalendarWorkout,
    shade,
    shades,
    training_month,
    training_week,
    training_year,
    week_begin,
    weeks_from,
)

TODAY = date(2026, 11, 24)


def session(on, *, title="Pull", hard_sets=12, address="/workouts/1/"):
    return CalendarWorkout(on, title, hard_sets, address)


def year(*sessions, number=2026, week_start=1, today=TODAY):
    return training_year(number, sessions, week_start=week_start, today=today)


def squares(path):
    return path.count("M")


class TestShade:
    @pytest.mark.parametrize(
        ("hard_sets", "level"),
        [(0, 1), (1, 1), (7, 1), (8, 2), (12, 2), (13, 3), (17, 4), (20, 4), (21, 5), (300, 5)],
    )
    def test_darkens_with_the_sets(self, hard_sets, level):
        assert shade(hard_sets) == level

    def test_is_explained(self):
        assert shades() == [
            (1, "1–7"),
            (2, "8–12"),
            (3, "13–16"),
            (4, "17–20"),
            (5, "21+"),
        ]

    @given(st.integers(0, 500), st.integers(0, 500))
    def test_never_falls(self, fewer, more):
        assert shade(min(fewer, more)) <= shade(max(fewer, more))

    def test_says_the_same_as_its_legend(self):
        for (level, text), least in zip(shades(), LEVELS, strict=True):
            assert shade(least) == level
            assert text.startswith(str(least))


class TestYear:
    @pytest.mark.parametrize(("week_start", "initials"), [(1, "MWF"), (6, "SMW"), (7, "STT")])
    def test_names_every_other_day_of_the_week(self, week_start, initials):
        for half in year(week_start=week_start).quarters:
            assert "".join(day[0] for _, day in half.weekdays) == initials
            assert [y for y, _ in half.weekdays] == [6, 34, 62]

    @given(
        st.integers(1, 9998),
        st.sampled_from([1, 6, 7]),
        st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31))),
    )
    def test_has_each_day_once(self, number, week_start, days):
        sessions = [session(on.replace(year=number)) for on in days]

        drawn = year(*sessions, number=number, week_start=week_start)

        first, after = date(number, 1, 1), date(number + 1, 1, 1)
        count = sum(squares(h.rest) + squares(h.ahead) + len(h.days) for h in drawn.quarters)
        assert count == (after - first).days
        assert drawn.days == len(sessions)
        assert sum(month.workouts for h in drawn.quarters for month in h.months) == len(sessions)

    def test_begins_each_column_with_the_athlete_s_week(self):
        sunday, monday = date(2026, 3, 1), date(2026, 3, 2)

        (by_monday, *_), (by_sunday, *_) = (
            year(session(sunday), session(monday), week_start=start).quarters for start in (1, 7)
        )

        assert [day.y // PITCH for day in by_monday.days] == [6, 0]
        assert by_monday.days[1].x - by_monday.days[0].x == PITCH
        assert [day.y // PITCH for day in by_sunday.days] == [0, 1]
        assert by_sunday.days[1].x == by_sunday.days[0].x

    def test_tells_days_of_rest_from_days_to_come(self):
        *_, last = year(session(TODAY)).quarters

        assert squares(last.ahead) == (date(2026, 12, 31) - TODAY).days
        assert squares(last.rest) == (TODAY - date(2026, 10, 1)).days

    def test_marks_what_was_logged_for_tomorrow(self):
        *_, last = year(session(TODAY + timedelta(days=1))).quarters

        assert [day.text for day in last.days] == ["Pull, 12 sets"]

    def test_counts_workouts_days_and_sets(self):
        drawn = year(session(TODAY), session(TODAY), session(date(2026, 1, 1), hard_sets=1))

        assert (drawn.workouts, drawn.days, drawn.hard_sets) == (3, 2, 25)
        assert [(m.first, m.workouts) for h in drawn.quarters for m in h.months if m.workouts] == [
            (date(2026, 1, 1), 1),
            (date(2026, 11, 1), 2),
        ]

    def test_shows_two_workouts_of_a_day_as_one_square_that_leads_to_neither(self):
        first = session(TODAY, title="Pull", hard_sets=12, address="/workouts/1/")
        second = session(TODAY, title="", hard_sets=9, address="/workouts/2/")

        (day,) = year(first, second).quarters[3].days

        assert (day.level, day.text, day.address) == (
            5,
            "2 workouts, Pull, 21 sets",
            "",
        )

    @pytest.mark.parametrize(("sets", "words"), [(0, "0 sets"), (1, "1 set"), (2, "2 sets")])
    def test_names_a_workout_without_a_title(self, sets, words):
        (day,) = year(session(TODAY, title="", hard_sets=sets)).quarters[3].days

        assert day.text == f"a workout, {words}"

    def test_of_a_leap_year_has_its_leap_day(self):
        drawn = year(session(date(2024, 2, 29)), number=2024)

        assert drawn.quarters[0].days[0].on == date(2024, 2, 29)

    @pytest.mark.parametrize(
        ("number", "sessions", "place"),
        [(2026, [TODAY], 3), (2026, [], 3), (2024, [date(2024, 5, 1)], 1), (2024, [], 3)],
    )
    def test_says_which_quarter_is_the_last(self, number, sessions, place):
        drawn = year(*map(session, sessions), number=number)

        assert [quarter.is_last for quarter in drawn.quarters].index(True) == place


class TestMonth:
    @given(
        st.dates(date(1, 1, 1), date(9999, 12, 1)).map(lambda on: on.replace(day=1)),
        st.sampled_from([1, 6, 7]),
    )
    def test_has_each_day_once_in_the_athlete_s_weeks(self, first, week_start):
        drawn = training_month(first, [], week_start=week_start, today=TODAY)

        days = [day for week in drawn.weeks for day in week if day]
        assert [day.on.day for day in days] == [*range(1, len(days) + 1)]
        assert days[-1].on.month == first.month
        assert {len(week) for week in drawn.weeks} == {7}
        for week in drawn.weeks:
            for place, day in enumerate(week):
                if day:
                    assert day.on.isoweekday() == (week_start - 1 + place) % 7 + 1
                    assert drawn.weekdays[place] == f"{day.on:%A}"

    def test_says_what_was_done_and_where_it_is(self):
        sessions = [
            session(date(2026, 11, 2), address="/workouts/1/"),
            session(date(2026, 11, 24), title="Run", hard_sets=1),
            session(date(2026, 11, 24), title="Pull", hard_sets=21),
        ]

        drawn = training_month(date(2026, 11, 1), sessions, week_start=1, today=TODAY)

        by_day = {day.on.day: day for week in drawn.weeks for day in week if day}
        assert (by_day[2].levels, by_day[2].address) == ((2,), "/workouts/1/")
        assert (by_day[24].levels, by_day[24].address) == ((1, 5), "")
        assert by_day[24].text == "2 workouts, Run, Pull, 22 sets"
        assert (by_day[3].levels, by_day[3].text) == ((), "")
        assert [day for day, each in by_day.items() if each.is_today] == [24]
        assert [day for day, each in by_day.items() if each.is_ahead] == [*range(25, 31)]


class TestWeek:
    @pytest.mark.parametrize(
        ("week_start", "first"),
        [(1, date(2026, 11, 23)), (7, date(2026, 11, 22)), (6, date(2026, 11, 21))],
    )
    def test_begins_on_the_athlete_s_day(self, week_start, first):
        week = training_week([], week_start=week_start, today=TODAY)

        assert [day.on for day in week.days] == [first + timedelta(days=n) for n in range(7)]
        assert [day.on for day in week.days if day.is_today] == [TODAY]
        assert [day.on for day in week.days if day.is_ahead] == [
            day.on for day in week.days if day.on > TODAY
        ]

    @given(st.dates(date(2, 1, 1)), st.sampled_from([1, 6, 7]))
    def test_begins_within_the_six_days_before(self, on, week_start):
        begin = week_begin(on, week_start=week_start)

        assert begin.isoweekday() == week_start
        assert 0 <= (on - begin).days < 7

    def test_has_all_workouts_of_a_day(self):
        morning, evening = session(TODAY, title="Run"), session(TODAY, title="Pull")

        week = training_week([morning, evening], week_start=1, today=TODAY)

        assert week.days[1].sessions == (morning, evening)
        assert week.workouts == 2

    def test_counts_the_weeks_that_had_any(self):
        first = weeks_from(TODAY, week_start=1)
        sessions = [session(first), session(first + timedelta(days=6)), session(TODAY)]

        week = training_week(sessions, week_start=1, today=TODAY)

        assert (TODAY - first).days // 7 + 1 == WEEKS_BACK
        assert week.weeks_trained == 2

    def test_counts_no_week_before_or_after(self):
        before = session(weeks_from(TODAY, week_start=1) - timedelta(days=1))
        after = session(date(2026, 11, 30))

        assert training_week([before, after], week_start=1, today=TODAY).weeks_trained == 0
