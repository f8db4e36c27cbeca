"""``manage.py read_log``."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import log
from workouts.models import Workout
from workouts.text_format import print_workout

pytestmark = pytest.mark.usefixtures("catalogue")

NOTEBOOK = """\
2026-11-20 18:30 Back day
Pull-up: 8, 8, 6
Rest: 2 min

21 Nov
Bent-over barbell row
- 60 kg x 8
- 70 kg x 7 - slow
"""
CANONICAL = """\
2026-11-20 18:30 Back day
> Rest: 2 min
Pull-up: 8, 8, 6

2026-11-21
Bent-over barbell row: 60 kg x 8, 70 kg x 7
> slow
"""


@pytest.fixture
def read_log(tmp_path: Path):
    def read(text, **options):
        file = tmp_path / "log.txt"
        file.write_text(text, encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        options.setdefault("today", date(2026, 11, 22))
        try:
            call_command("read_log", str(file), stdout=out, stderr=err, **options)
        except CommandError as error:
            return out.getvalue(), str(error), error.returncode
        return out.getvalue(), err.getvalue(), 0

    return read


def test_prints_the_canonical_workouts(read_log):
    assert read_log(NOTEBOOK) == (CANONICAL, "", 0)


def test_reads_what_is_piped_in(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Pull-up 8 8 6"))
    out = io.StringIO()

    call_command("read_log", "-", stdout=out)

    assert out.getvalue() == "Pull-up: 8, 8, 6\n"


def test_says_what_is_asked_and_what_is_refused(read_log):
    text = "2026-11-20\npress 60 8 8\nBent-over barbell row 3x8\nPull-up 8-10\nPlank 60 s"

    out, error, status = read_log(text)

    lines = out.splitlines()
    assert status == 1
    assert lines[0] == "2026-11-20"
    assert lines[1] == "! press 60 8 8: Backtrain does not know “press” yet."
    assert lines[2].startswith("? Bent-over barbell row 3x8: ")
    assert "  - Bent-over barbell row: 3 sets of 8" in lines
    assert lines[-2].startswith("! Pull-up 8-10: ")
    assert lines[-1] == "Plank: 60 s"
    assert error == "1 line asked about, 2 refused; nothing saved."


def test_an_unknown_name_is_read_under_each_that_may_be_meant(read_log):
    out, _, status = read_log("2026-11-20\npulup 8 8 6")

    assert out == (
        "2026-11-20\n? pulup 8 8 6: Backtrain does not know “pulup” yet. Which exercise is it?\n"
        "  - Pull-up: 8, 8, 6\n  - Assisted pull-up: 8, 8, 6\n  - Weighted pull-up: 8, 8, 6\n"
    )
    assert status == 1


def test_a_date_that_may_be_two_is_asked(read_log):
    out, _, status = read_log("11/10/2026 Push\nPull-up 8")

    assert out.splitlines()[1:3] == ["  - 2026-10-11 Push", "  - 2026-11-10 Push"]
    assert status == 1


class TestSave:
    def test_logs_each_day_once(self, read_log, alice):
        first = read_log(NOTEBOOK, athlete="alice", save=True)
        again = read_log(NOTEBOOK, athlete="alice", save=True)

        workouts = Workout.objects.with_entries().order_by("day")
        assert [workout.day for workout in workouts] == [date(2026, 11, 20), date(2026, 11, 21)]
        assert print_workout(workouts[0].as_text()) == CANONICAL.split("\n\n")[0]
        assert first[1:] == ("2 workouts saved, 0 there already.\n", 0)
        assert again[1:] == ("0 workouts saved, 2 there already.\n", 0)

    def test_leaves_out_a_day_that_has_these_sets(self, read_log, alice):
        log(alice, "Pull-up: 8, 8, 6", on=date(2026, 11, 20))

        _, said, _ = read_log(NOTEBOOK, athlete="alice", save=True)

        assert said == "1 workout saved, 1 there already.\n"
        assert Workout.objects.count() == 2

    def test_saves_nothing_while_something_is_asked(self, read_log, alice):
        _, error, status = read_log(NOTEBOOK + "qwert 8", athlete="alice", save=True)

        assert status == 1
        assert "nothing saved" in error
        assert not Workout.objects.exists()

    def test_takes_the_athletes_unit_and_names(self, read_log, alice):
        alice.athlete.unit = "lb"
        alice.athlete.save()

        out, _, _ = read_log("Bent-over barbell row 135x8", athlete="alice")

        assert out == "Bent-over barbell row: 135 lb x 8\n"

    def test_needs_an_athlete(self, read_log):
        assert read_log(NOTEBOOK, save=True)[1] == "Say whose workouts these are, with --athlete."
        assert read_log(NOTEBOOK, athlete="nobody")[1] == "There is no athlete nobody."


def test_a_missing_file_is_said():
    with pytest.raises(CommandError, match=r"nowhere\.txt can't be read"):
        call_command("read_log", "nowhere.txt")
