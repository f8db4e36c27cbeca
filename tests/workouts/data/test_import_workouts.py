"""The command, on a file of Strong."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.workouts.data.test_importing import PULL
from workouts.models import Import, Workout

pytestmark = pytest.mark.usefixtures("catalogue", "alice")


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_workouts", str(path), "--athlete", "alice", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "strong.csv"
    path.write_text(PULL, encoding="utf-8")
    return path


def test_brings_the_workouts_in(file: Path) -> None:
    printed = run(file, "--unit", "kg")

    assert printed == (
        "Strong: 2 workouts with 5 sets; 0 there already, 0 on days that have a workout.\n"
        "2 workouts brought in.\n"
    )
    assert Workout.objects.count() == 2


def test_a_dry_run_says_the_same_and_leaves_nothing(file: Path) -> None:
    assert run(file, "--unit", "kg", "--dry-run").startswith("Strong: 2 workouts with 5 sets;")
    assert not Workout.objects.exists()
    assert not Import.objects.exists()


def test_what_is_missing_is_said_and_the_file_waits(file: Path, alice: User) -> None:
    file.write_text(PULL.replace("Dumbbell Row", "Mystery"), encoding="utf-8")

    with pytest.raises(CommandError, match=r"add --unit kg or --unit lb\. Answer the names"):
        run(file)

    assert alice.athlete.imports.get().is_waiting
    assert not Workout.objects.exists()


@pytest.mark.parametrize(("word", "workouts"), [("mine", 2), ("leave-out", 1)])
def test_unknown_names_by_an_option(file: Path, word: str, workouts: int) -> None:
    file.write_text(PULL.replace("Dumbbell Row", "Mystery"), encoding="utf-8")

    run(file, "--unit", "kg", "--unknown", word)

    assert Workout.objects.count() == workouts


def test_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04")

    with pytest.raises(CommandError, match=r"a\.zip can't be read: This is a ZIP file"):
        run(path)


def test_nobody(file: Path) -> None:
    with pytest.raises(CommandError, match="There is no athlete bob"):
        call_command("import_workouts", str(file), "--athlete", "bob")
