"""Which workouts of the history hold records."""

from datetime import date, timedelta

import pytest

from tests.factories import log
from workouts.models import Workout
from workouts.models.history import listed
from workouts.progress.history_records import held_records
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")

DAY = date(2026, 11, 1)
ROW = "Bent-over barbell row"


def on(day: int) -> date:
    return DAY + timedelta(days=day)


def held(user, *, start: int = 0, stop: int | None = None) -> dict[date, int]:
    """By the day of each workout on this part of the history the records that it holds."""
    rows = listed(user.pk, start=start, stop=stop)
    counts = held_records(user.athlete, [row.key for row in rows])
    return {row.day: counts[row.key] for row in rows if row.key in counts}


def test_are_those_that_nothing_beat_since(alice):
    log(alice, "Pull-up: 5\nPlank: 60 s", on=on(0))
    log(alice, "Pull-up: 9\nPlank: 70 s", on=on(1))
    log(alice, "Pull-up: 9\nPlank: 80 s", on=on(2))
    log(alice, "Pull-up: 8", on=on(3))

    assert held(alice) == {on(1): 1, on(2): 1}


def test_count_each_kind(alice):
    log(alice, f"{ROW}: 60 kg x 5", on=on(0))
    log(alice, f"{ROW}: 70 kg x 5", on=on(1))

    assert held(alice) == {on(1): 2}  # the estimate and the heaviest set


def test_mind_what_was_before_and_after_the_part_that_is_shown(alice):
    log(alice, "Pull-up: 5\nPlank: 60 s", on=on(0))
    log(alice, "Pull-up: 7\nPlank: 90 s", on=on(1))
    log(alice, "Pull-up: 8\nPlank: 80 s", on=on(2))

    assert held(alice, start=1, stop=2) == {on(1): 1}
    assert held(alice, start=2, stop=3) == {}


def test_move_when_the_past_is_edited(alice):
    log(alice, "Pull-up: 5", on=on(0))
    best = log(alice, "Pull-up: 9", on=on(1))
    log(alice, "Pull-up: 8", on=on(2))

    delete_workout(athlete=alice.athlete, key=best.pk, at=best.created_at)

    assert held(alice) == {on(2): 1}


def test_are_none_of_imports_which_beat_all_the_same(alice):
    log(alice, "Pull-up: 5\nPlank: 60 s", on=on(0))
    imported = log(alice, "Pull-up: 9", on=on(1))
    Workout.objects.filter(pk=imported.pk).update(source="hevy", source_key="1")
    log(alice, "Pull-up: 8\nPlank: 70 s", on=on(2))

    assert held(alice) == {on(2): 1}


def test_are_none_of_what_a_workout_measures_first(alice):
    log(alice, "Pull-up: 5\nPlank: 60 s\nPull-up: 6", on=on(0))

    assert held(alice) == {}


def test_are_nobody_elses(alice, charlie):
    log(charlie, "Pull-up: 9", on=on(0))
    log(alice, "Pull-up: 5", on=on(1))
    log(alice, "Pull-up: 6", on=on(2))

    assert held(alice) == {on(2): 1}


def test_stand_in_the_rows_once_asked_for(alice, alices_client):
    log(alice, "Pull-up: 5", on=on(0))
    log(alice, "Pull-up: 6", on=on(1))

    plain = alices_client.get("/workouts/").content.decode()
    part = alices_client.get("/workouts/?records=1&part=months").content.decode()
    whole = alices_client.get("/workouts/?records=1").content.decode()

    assert "1 record</span>" not in plain
    assert 'data-part="?records=1&amp;part=months"' in plain
    assert part.count('<span class="tag">1 record</span>') == 1
    assert "<h1" not in part
    assert whole.count('<span class="tag">1 record</span>') == 1
    assert "data-part" not in whole


@pytest.mark.parametrize("count", [2, 30])
def test_cost_three_queries(alice, django_assert_num_queries, count):
    for day in range(count):
        log(alice, "Pull-up: 8\nPlank: 60 s", on=on(day))
    keys = [row.key for row in listed(alice.pk)]
    athlete = alice.athlete

    with django_assert_num_queries(3):
        held_records(athlete, keys)
