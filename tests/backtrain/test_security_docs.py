"""docs/security.md says what there is."""

import re
from pathlib import Path

from django.conf import settings

from backtrain.security_events import EVENTS

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs/security.md").read_text()


def test_names_tests_that_there_are():
    named = set(re.findall(r"`((?:api/)?test_\w+\.py)`", PAGE))
    there = {str(path) for path in (ROOT / "tests").rglob("test_*.py")}

    assert len(named) > 15
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in there)] == []


def test_names_every_event():
    listed = set(re.findall(r"`([a-z-]+)`", PAGE.split("## Security events")[1].split("## ")[0]))
    recorded = {
        event
        for app in ("backtrain", "workouts")
        for path in (ROOT / app).rglob("*.py")
        for event in re.findall(r'(?:partial\(record, |record\()"([a-z-]+)"', path.read_text())
    }

    assert listed == recorded | set(EVENTS.values())
