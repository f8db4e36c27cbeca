"""When ``make bench`` fails: beyond a goal, which is a ratio."""

import pytest

from benchmarks.asking import Request
from benchmarks.pages import Page, Times, beyond, medians, table

PAGE = Page("home", Request("/"), first=5, kept=2)


class TestBeyond:
    @pytest.mark.parametrize(
        ("times", "is_beyond"),
        [
            (Times(first=5.0, bare=1.0, kept=2.0), False),
            (Times(first=5.1, bare=1.0, kept=2.0), True),
            (Times(first=5.0, bare=1.0, kept=2.1), True),
            (Times(first=510, bare=102, kept=204), False),
            (Times(first=5.0, bare=1.0), False),
        ],
    )
    def test_is_beyond_either_ratio(self, times, is_beyond):
        assert beyond(PAGE, times) is is_beyond


class TestTable:
    def test_says_which_pages_are_beyond(self):
        history = Page("history, search", Request("/workouts/?q=row"), first=8)

        lines = table({PAGE: Times(2, 1, 1.5), history: Times(18, 2)}).splitlines()

        assert lines[1].split() == ["home", "1.00", "2.00", "2.0", "5", "1.5", "2"]
        assert "drawn ms" in lines[0]
        assert lines[2].split() == ["history,", "search", "2.00", "18.00", "9.0", "8", "beyond"]

    def test_says_what_it_took_to_draw_a_page_ahead(self):
        line = table({PAGE: Times(2, 1, 1.5, drawn=30)}).splitlines()[1]

        assert line.split() == ["home", "1.00", "30.00", "2.00", "2.0", "5", "1.5", "2"]


class TestMedians:
    def test_of_what_there_is(self):
        some = [Times(1, 4, drawn=7), Times(2, 5, drawn=8), Times(9, 6, drawn=9)]

        assert medians(some) == Times(2, 5, None, 8)
