from datetime import date

import pytest

from workouts.reckoning.spans import DaySpan, months_before, span_between, span_of

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("key", "span"),
    [
        ("3-months", DaySpan("3-months", date(2026, 8, 30))),
        ("year", DaySpan("year", date(2025, 11, 30))),
        ("all", DaySpan("all")),
        ("", DaySpan("year", date(2025, 11, 30))),
        ("nonsense\0", DaySpan("year", date(2025, 11, 30))),
    ],
)
def test_the_last_months_are_up_to_today(key, span):
    assert span_of(key, today=TODAY) == span


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(1, 2, 1), 3, date.min),
    ],
)
def test_a_month_before_ends_when_that_month_does(day, months, before):
    assert months_before(day, months) == before


def test_days_of_ones_own_may_come_the_wrong_way_round():
    first, last = date(2026, 1, 1), date(2026, 2, 1)

    assert span_between(last, first) == span_between(first, last) == DaySpan("", first, last)


@pytest.mark.parametrize(
    ("first", "last", "is_in"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (None, date(2026, 11, 29), False),
        (date(2026, 12, 1), None, False),
    ],
)
def test_both_ends_belong_to_the_days(first, last, is_in):
    assert (TODAY in DaySpan("", first, last)) == is_in
