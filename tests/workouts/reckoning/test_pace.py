from decimal import Decimal

import pytest

from workouts.reckoning.pace import clock, distance, run


@pytest.mark.parametrize(
    ("metres", "seconds", "said"),
    [
        ("5000", 1500, "5 km in 25:00, 5:00 /km"),
        ("42195", 3 * 3600, "42.195 km in 3:00:00, 4:16 /km"),
        ("400", 90, "400 m in 1:30, 3:45 /km"),
        ("2000", 495, "2 km in 8:15, 4:08 /km"),  # 4:07.5, half up
        ("0.5", 1, "0.5 m in 0:01, 33:20 /km"),
    ],
)
def test_a_run_is_told_with_its_pace(metres, seconds, said):
    assert run(Decimal(metres), seconds) == said


def test_a_clock_has_hours_only_where_there_are_any():
    assert [clock(each) for each in (9, 60, 3599, 3600)] == ["0:09", "1:00", "59:59", "1:00:00"]


def test_a_distance_is_in_kilometres_from_one_on():
    assert [distance(Decimal(each)) for each in ("999.5", "1000", "1050", "10000.00")] == [
        *("999.5 m", "1 km", "1.05 km", "10 km")
    ]
