"""The units of docs/systemd/, as systemd reads them."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from backtrain.management.commands.demo import OPTIONS

UNITS = settings.BASE_DIR / "docs/systemd"
SERVER = UNITS / "backtrain.service"


def read(unit: Path) -> str:
    return unit.read_text().replace("\\\n", "")


def test_the_server_is_started_as_the_docs_say() -> None:
    [command] = [line for line in read(SERVER).splitlines() if line.startswith("ExecStart=")]
    words = command.split()

    assert words[1:3] == ["-m", "granian"]
    assert words[3:] == [*OPTIONS, "backtrain.wsgi:application"]
    documented = (settings.BASE_DIR / "docs/deploying.md").read_text().replace("\\\n", "").split()
    start = documented.index("granian")
    assert documented[start + 1 : start + 1 + len(OPTIONS)] == list(OPTIONS)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed.")
@pytest.mark.parametrize("name", sorted(unit.name for unit in UNITS.iterdir()))
def test_systemd_finds_no_fault(name: str, tmp_path: Path) -> None:
    """With programs where the units look for them, since systemd looks whether they are there."""
    python = tmp_path / "srv/backtrain/code/.venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    for unit in UNITS.iterdir():
        text = unit.read_text().replace("/srv/", f"{tmp_path}/srv/")
        (tmp_path / unit.name).write_text(text)

    run = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, "")
