from datetime import date, timedelta

import pytest

from workouts.reckoning.plateau import Plateau, plateau

FIRST = date(2026, 9, 1)


def weekly(*values, first=FIRST, days=7):
    return [(first + timedelta(days=days * place), value) for place, value in enumerate(values)]


def last_day(figures):
    return figures[-1][0]


def test_is_no_new_best_in_eight_sessions_over_six_weeks():
    figures = weekly(90, 100, 99, 98, 100, 97, 96, 99, 100, 95)

    assert plateau(figures, today=last_day(figures)) == Plateau(date(2026, 9, 8), 8, 8)


@pytest.mark.parametrize(
    ("figures", "later"),
    [
        ([], 0),
        (weekly(100, 99, 98, 100, 97, 96, 99, 100), 0),  # seven since
        (weekly(*[100] * 9, days=5), 0),  # 40 days
        (weekly(*[100] * 9, days=22), 0),  # too seldom
        (weekly(*[100] * 9), 22),  # nothing lately
        (weekly(*[100] * 9, 100.5), 0),  # a new best at last
    ],
)
def test_is_none_where_the_rule_does_not_hold(figures, later):
    today = (last_day(figures) if figures else FIRST) + timedelta(days=later)

    assert plateau(figures, today=today) is None


def test_is_still_there_three_weeks_after_the_last():
    figures = weekly(*[100] * 9)

    found = plateau(figures, today=last_day(figures) + timedelta(days=21))

    assert found == Plateau(FIRST, 8, 8)
