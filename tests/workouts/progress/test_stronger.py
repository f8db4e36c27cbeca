"""Bests of the last twelve weeks against those of the twelve before."""

from datetime import date, timedelta

import pytest

from tests.factories import log
from workouts.progress.stronger import WEEKS, stronger
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")

TODAY = date(2026, 11, 22)
BEFORE = TODAY - timedelta(weeks=WEEKS)  # the last day of the earlier weeks
FIRST = BEFORE - timedelta(weeks=WEEKS) + timedelta(days=1)
ROW = "Bent-over barbell row"


def changes(user) -> list[tuple[str, str, str, str, str]]:
    found = stronger(user.athlete, today=TODAY)
    return [(each.name, each.label, each.before, each.now, each.word) for each in found.changes]


def test_compares_the_best_of_both(alice):
    log(alice, f"{ROW}: 60 kg x 6, 5", on=FIRST)
    log(alice, f"{ROW}: 50 kg x 6", on=BEFORE)
    log(alice, f"{ROW}: 66 kg x 5", on=BEFORE + timedelta(days=1))
    log(alice, f"{ROW}: 40 kg x 5", on=TODAY)

    assert changes(alice) == [(ROW, "Est. 1RM", "72.0 kg", "77.0 kg", "up")]


def test_leaves_out_what_was_earlier_and_what_has_nothing_to_compare(alice):
    log(alice, f"{ROW}: 60 kg x 6\nPlank: 60 s", on=FIRST - timedelta(days=1))
    log(alice, f"{ROW}: 66 kg x 5", on=TODAY)
    log(alice, "Plank: 60 s", on=BEFORE)

    assert changes(alice) == []


def test_says_what_is_lower_and_what_is_as_before(alice):
    log(alice, f"{ROW}: 60 kg x 6\nPlank: 60 s\nPull-up: 8", on=BEFORE)
    log(alice, f"{ROW}: 50 kg x 6, 6, 6\nPlank: 60 s, 50 s\nPull-up: 9", on=TODAY)

    assert changes(alice) == [
        (ROW, "Est. 1RM", "72.0 kg", "60.0 kg", "lower"),
        ("Plank", "Longest", "60 s", "60 s", "as before"),
        ("Pull-up", "Best set", "8 reps", "9 reps", "up"),
    ]


def test_counts_no_warm_ups_and_nothing_that_was_deleted(alice):
    log(alice, f"{ROW}: 60 kg x 6", on=BEFORE)
    log(alice, f"{ROW}: 100 kg x 6 w, 61 kg x 6", on=TODAY)
    deleted = log(alice, f"{ROW}: 80 kg x 6", on=TODAY)
    delete_workout(athlete=alice.athlete, key=deleted.pk, at=deleted.created_at)

    assert changes(alice) == [(ROW, "Est. 1RM", "72.0 kg", "73.2 kg", "up")]


def test_is_of_nobody_else_and_one_query(alice, charlie, django_assert_num_queries):
    log(charlie, f"{ROW}: 60 kg x 6", on=BEFORE)
    log(charlie, f"{ROW}: 66 kg x 6", on=TODAY)
    athlete = alice.athlete

    with django_assert_num_queries(1):
        assert stronger(athlete, today=TODAY).changes == ()


def test_less_help_is_stronger(alice):
    log(alice, "Assisted pull-up: -30 kg x 8", on=BEFORE)
    log(alice, "Assisted pull-up: -20 kg x 8", on=TODAY)

    assert changes(alice) == [("Assisted pull-up", "Top set", "30 kg help", "20 kg help", "up")]


def test_takes_the_better_side_though_it_stands_on_a_line_of_its_own(alice):
    """Left and right count as one set, on the first line."""
    log(alice, f"{ROW}: 60 kg x 6 L\n{ROW}: 65 kg x 6 R", on=BEFORE)
    log(alice, f"{ROW}: 60 kg x 6 L\n{ROW}: 70 kg x 6 R", on=TODAY)

    assert changes(alice) == [(ROW, "Est. 1RM", "78.0 kg", "84.0 kg", "up")]
