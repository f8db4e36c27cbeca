from decimal import Decimal

import pytest

from exercises.vocabulary import Pace
from workouts.reckoning.pace import METRES_OF, clock, distance, pace, pace_of, run
from workouts.reckoning.strength import kept
from workouts.vocabulary import Unit


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


@pytest.mark.parametrize(
    ("told", "metres", "seconds", "said"),
    [
        (Pace.PER_500_M, "2000", 485, "2,000 m in 8:05, 2:01 /500 m"),
        (Pace.PER_100_M, "1500", 1800, "1,500 m in 30:00, 2:00 /100 m"),
        (Pace.SPEED, "40000", 5400, "40 km in 1:30:00, 26.7 km/h"),
    ],
)
def test_each_is_told_as_its_sport_tells_it(told, metres, seconds, said):
    assert run(Decimal(metres), seconds, told) == said


@pytest.mark.parametrize(
    ("told", "metres", "seconds", "said"),
    [
        (Pace.PER_KM, "4828.03", 1630, "3 mi in 27:10, 9:03 /mi"),
        (Pace.PER_KM, "5000", 1500, "3.11 mi in 25:00, 8:03 /mi"),
        (Pace.PER_KM, "400", 90, "400 m in 1:30, 6:02 /mi"),
        (Pace.PER_KM, "804.67", 240, "0.5 mi in 4:00, 8:00 /mi"),
        (Pace.PER_KM, "16.09", 4, "16.09 m in 0:04, 6:40 /mi"),
        (Pace.PER_500_M, "2000", 485, "2,000 m in 8:05, 2:01 /500 m"),
        (Pace.SPEED, "32186.88", 3600, "20 mi in 1:00:00, 20.0 mph"),
    ],
)
def test_who_lifts_in_pounds_runs_in_miles(told, metres, seconds, said):
    assert run(Decimal(metres), seconds, told, Unit.LB) == said


@pytest.mark.parametrize("told", Pace)
@pytest.mark.parametrize("seconds", [1, 611, 3661])  # 611 s over 2 km are 5:05.5
def test_of_the_speed_that_is_kept_it_is_the_same_pace(told, seconds):
    metres = Decimal(2 * METRES_OF[told])
    speed = kept(metres / seconds)

    assert speed is not None
    assert pace_of(speed, told) == pace(metres, seconds, told)
