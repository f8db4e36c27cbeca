"""How long a session was."""

from datetime import UTC, datetime, timedelta

import pytest

from workouts.reckoning.sessions import Session, read_session

AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
STAMP = "2026-11-22T18:30:00+00:00"


class TestMinutes:
    @pytest.mark.parametrize(
        ("seconds", "minutes"),
        [
            (0, 1),
            (29, 1),
            (89, 1),
            (90, 2),
            (65 * 60, 65),
            (86_400, 1440),
            (86_401, None),
            (-1, None),
        ],
    )
    def test_from_its_start_to_its_end(self, seconds, minutes):
        assert Session(AT).minutes(AT + timedelta(seconds=seconds)) == minutes

    def test_of_one_left_open_end_with_its_last_set(self):
        session = Session(AT, AT + timedelta(minutes=50))

        assert session.minutes(AT + timedelta(minutes=110)) == 110
        assert session.minutes(AT + timedelta(minutes=111)) == 50
        assert session.minutes(AT + timedelta(days=3)) == 50


class TestRead:
    def test_has_the_last_tick(self):
        first = int(AT.timestamp())

        session = read_session(STAMP, f"1-1={first + 60} 1-2={first + 300} 2-1={first + 200}")

        assert session == Session(AT, AT + timedelta(minutes=5))

    @pytest.mark.parametrize("ticks", ["", "x", "1-1=5", "1-1=99999999999", "=1000000000"])
    def test_leaves_out_ticks_that_are_none_of_it(self, ticks):
        assert read_session(STAMP, ticks) == Session(AT)

    def test_of_another_zone(self):
        assert read_session("2026-11-22T19:30:00+01:00") == Session(AT)

    @pytest.mark.parametrize(
        "started", ["", "x", "2026-11-22T18:30:00", "0001-01-01T00:00+14:00", "9" * 10, "\x00"]
    )
    def test_is_none_of_what_is_no_instant(self, started):
        assert read_session(started) is None
