"""What people write in front of their sets, against the names of the whole catalogue."""

from pathlib import Path

import pytest
import yaml

from tests.catalogue import names_in_files

LOGGED = yaml.safe_load((Path(__file__).parent / "logged_names.yaml").read_text(encoding="utf-8"))
KNOWN = LOGGED["known"]


@pytest.mark.parametrize("part", KNOWN)
def test_what_everyone_means_is_known(part):
    found = {name: names_in_files().find(name) for name in KNOWN[part]}

    slugs = {name: exercise and exercise.slug for name, exercise in found.items()}
    assert slugs == KNOWN[part]


@pytest.mark.parametrize("name", LOGGED["asked"])
def test_what_honest_people_mean_differently_is_asked(name):
    assert names_in_files().find(name) is None
