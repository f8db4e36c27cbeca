"""What calendars, lists and the search find of an athlete's workouts."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection

from exercises.models import Exercise
from tests.factories import AliasFactory, log
from workouts.models import OwnName
from workouts.models.history import (
    EVER,
    Span,
    days,
    for_calendar,
    listed,
)
from workouts.models.history_search import Sought, as_rows, find
from workouts.reckoning.calendar import CalendarWorkout
from workouts.saving import delete_workout, restore_workout

pytestmark = pytest.mark.usefixtures("catalogue")

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def delete(workout):
    delete_workout(athlete=workout.athlete, key=workout.pk, at=NOW)


def titles(rows):
    return [row.title for row in rows]


def found(user, words):
    return [UUID(hit.key) for hit in find(user.pk, Sought(words)).hits]


def test_days_do_not_depend_on_how_a_server_writes_dates(alice):
    workout = log(alice, "2026-11-02 Back day\nPull-up: 8")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL DateStyle = 'German'")

    assert days(alice.pk) == [date(2026, 11, 2)]
    [hit] = find(alice.pk, Sought("back")).hits
    assert (UUID(hit.key), hit.day) == (workout.pk, "2026-11-02")


class TestDays:
    def test_are_those_of_what_is_not_deleted(self, alice, charlie):
        for text in ("2026-01-01", "2026-12-31", "2024-02-29", "2026-12-31", "2025-06-01"):
            workout = log(alice, f"{text}\nPull-up: 8")
        log(charlie, "2020-06-01\nPull-up: 8")

        delete(workout)

        last = date(2026, 12, 31)
        assert days(alice.pk) == [last, last, date(2026, 1, 1), date(2024, 2, 29)]


class TestCalendar:
    def test_counts_the_working_sets_of_each_and_no_others(self, alice, charlie):
        first = log(alice, "2026-11-02 Back day\nPull-up: 8, 8, 3 w\nPlank: 60 s")
        second = log(alice, "2026-11-03 Second\nPull-up: 8")
        log(charlie, "2026-11-02\nPull-up: 8, 8, 8, 8")
        delete(log(alice, "2026-11-03 18:00 Deleted\nPull-up: 8, 8"))
        emptied = log(alice, "2026-11-04\nPull-up: 8")
        emptied.entries.all().delete()

        found = for_calendar(alice.pk, EVER)

        assert [each._replace(key="") for each in found] == [
            CalendarWorkout(date(2026, 11, 2), "Back day", 3, first.get_absolute_url()),
            CalendarWorkout(date(2026, 11, 3), "Second", 1, second.get_absolute_url()),
            CalendarWorkout(date(2026, 11, 4), "", 0, emptied.get_absolute_url()),
        ]
        only = for_calendar(alice.pk, EVER, only={find(alice.pk, Sought("second")).hits[0].key})
        assert [each.on.day for each in only] == [3]

    def test_has_the_days_of_its_span(self, alice):
        for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"):
            log(alice, f"{day}\nPull-up: 8")

        shown = [each.on for each in for_calendar(alice.pk, Span.of_year(2026))]

        assert shown == [date(2026, 1, 1), date(2026, 12, 31)]
        assert Span.of_month(date(2024, 2, 1)) == (date(2024, 2, 1), date(2024, 2, 29))


class TestLists:
    def test_have_some_of_one_day_and_not_its_others(self, alice):
        for hour in (7, 8, 9, 10):
            log(alice, f"2026-11-02 {hour:02}:00 {hour}\nPull-up: {hour}\nPlank: 60 s")

        some = listed(alice.pk, start=1, stop=3)

        assert titles(some) == ["9", "8"]
        assert [[*row.done.values()] for row in some] == [[("Pull-up", 1), ("Plank", 1)]] * 2
        assert titles(listed(alice.pk)) == ["10", "9", "8", "7"]
        assert listed(alice.pk, start=4, stop=6) == listed(alice.pk, start=0, stop=0) == []

    def test_have_nobody_elses_and_none_that_are_deleted(self, alice, charlie):
        log(alice, "2026-11-02 Mine\nPull-up: 8")
        log(alice, "2026-11-03 Mine, later\nPlank: 60 s")
        gone = log(alice, "2026-11-02 Mine, deleted\nPull-up: 8")
        log(charlie, "2026-11-02 Mine\nPull-up: 8")
        delete(gone)

        assert titles(listed(alice.pk)) == ["Mine, later", "Mine"]
        restore_workout(athlete=alice.athlete, key=gone.pk, beside=True)
        assert set(titles(listed(alice.pk))) == {"Mine", "Mine, later", "Mine, deleted"}

    def test_have_the_names_that_exercises_go_by_now(self, alice):
        log(alice, "2026-11-02\nPull-up: 8")
        before = listed(alice.pk)

        Exercise.objects.filter(name="Pull-up").update(name="Chin over the bar")

        assert [*before[0].done.values()] == [("Pull-up", 1)]
        assert [*listed(alice.pk)[0].done.values()] == [("Chin over the bar", 1)]


class TestSearch:
    def test_finds_nobody_elses_and_none_that_are_deleted(self, alice, charlie):
        log(charlie, "2026-11-02 Back\nPull-up: 8")
        gone = log(alice, "2026-11-02 Back\nPull-up: 8")
        delete(gone)
        assert found(alice, "back") == found(alice, "pull-up") == []

        restore_workout(athlete=alice.athlete, key=gone.pk)

        assert found(alice, "back") == found(alice, "pull-up") == [gone.pk]

    def test_knows_new_names_at_once_and_those_of_others_never(self, alice, charlie):
        workout = log(alice, "2026-11-02\nPull-up: 8")
        pull_up = Exercise.objects.get(name="Pull-up")
        assert found(alice, "gantry") == []

        OwnName.objects.create(athlete=charlie.athlete, exercise=pull_up, name="Gantry", key="x")
        assert found(alice, "gantry") == []

        alias = AliasFactory.create(exercise=pull_up, name="Gantry")
        assert found(alice, "gantry") == [workout.pk]

        alias.delete()
        assert found(alice, "gantry") == []

        Exercise.objects.filter(pk=pull_up.pk).update(name="Gantry")
        assert found(alice, "gantry") == [workout.pk]

    def test_looks_for_exercises_that_were_logged(self, alice):
        """So a name that only another exercise has does not stand in the way of what is near."""
        plank = log(alice, "2026-11-02\nPlank: 60 s")

        assert found(alice, "plonk") == [plank.pk]
        assert found(alice, "pull-up") == []


class TestWhatWasFound:
    def test_is_the_sets_of_the_exercises_alone(self, alice):
        log(
            alice,
            "2026-11-02 Back day\nBent-over barbell row: 40 kg x 10 w, 60 kg x 8, 8\nPull-up: 8\n"
            "Dumbbell row: 20 kg x 10\nBent-over barbell row: 50 kg x 12",
        )

        found = find(alice.pk, Sought("row"))
        [row] = as_rows(found, found.hits)

        assert row.found == (
            ("Bent-over barbell row", "60 kg × 8, 8"),
            ("Dumbbell row", "20 kg × 10"),
            ("Bent-over barbell row", "50 kg × 12"),
        )
        assert (row.done, row.notes) == ({}, "")

    def test_is_all_that_was_done_where_title_or_notes_have_the_words(self, alice):
        log(alice, "2026-11-03 Legs\n> rowed there and back\nPlank: 60 s, 60 s")
        log(alice, "2026-11-02 Rowing\nPlank: 60 s")

        found = find(alice.pk, Sought("row"))
        by_note, by_title = as_rows(found, found.hits)

        assert [*by_note.done.values()] == [("Plank", 2)]
        assert by_note.notes == "rowed there and back"
        assert ([*by_title.done.values()], by_title.notes) == ([("Plank", 1)], "")
        assert by_note.found == by_title.found == ()

    def test_is_nobody_elses(self, alice, charlie):
        log(charlie, "2026-11-02 Rowing\nBent-over barbell row: 60 kg x 8")

        assert find(alice.pk, Sought("row")).hits == []
