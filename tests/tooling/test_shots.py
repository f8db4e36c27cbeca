"""The script that takes pictures of all pages, and the pictures it made for the README."""

import re
from pathlib import Path

import pytest

from tests import shots
from tests.pages import PAGES

HEAVIEST = 60_000


class TestArguments:
    def test_name_a_page_that_exists(self):
        with pytest.raises(SystemExit, match="No page has “nonsense” in its name"):
            shots.main(["--only", "nonsense"])


class TestNames:
    def test_of_pages_are_all_different(self):
        names = [page.name for page in PAGES]

        assert sorted(names) == sorted(set(names))

    def test_of_the_readmes_pictures_are_pages_of_theirs(self):
        who = {page.name: page.who for page in PAGES}

        assert all(person in who[name] for name, person in shots.README.items())


class TestReadme:
    def test_shows_all_its_pictures_and_they_are_light(self):
        readme = Path("README.md").read_text(encoding="utf-8")

        shown = {Path(name) for name in re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", readme)}

        assert shown == {Path(f"docs/pictures/{name}.webp") for name in shots.README}
        assert {path for path in shown if path.stat().st_size > HEAVIEST} == set()
