"""Taking an exercise along on paper: one sheet, whatever it says."""

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from tests.catalogue import FOLDER
from tests.demo_server import Site
from tests.pages import VISITOR

SHEET = re.compile(rb"/Type\s*/Page\b")


def length(path: Path) -> int:
    """How much an exercise says, in characters and signs around them."""
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    names = ("summary", "cues", "mistakes", "safety", "text")
    return sum(len(str(row["fields"].get(name, ""))) for row in rows for name in names)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_an_exercise_is_one_sheet(browser: Browser, site: Site, paper: str) -> None:
    wordiest = sorted(FOLDER.glob("*.yaml"), key=length)[-6:]
    tab = site.tab(browser, VISITOR)

    for path in wordiest:
        tab.goto(f"/exercises/{path.stem}/")

        assert len(SHEET.findall(tab.pdf(format=paper))) == 1, path.stem
