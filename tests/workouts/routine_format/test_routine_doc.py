"""Every plan in docs/text-format.md is read and kept as it says."""

import re
from pathlib import Path

import pytest

from tests.catalogue import load_type_in_files as find
from workouts.routine_format import parse_routine, print_routine
from workouts.vocabulary import Unit

DOC = (Path(__file__).parents[3] / "docs" / "text-format.md").read_text(encoding="utf-8")
TABLE = DOC.partition("| You plan | Backtrain keeps |")[2].partition("```")[0]
PLANS = re.findall(r"^\| `(.+?)` \| `(.+?)` \|$", TABLE, re.MULTILINE)


def test_the_doc_has_plans():
    assert len(PLANS) == 10


@pytest.mark.parametrize(("typed", "kept"), PLANS)
def test_a_plan_is_kept_as_shown(typed, kept):
    parsed = parse_routine(typed, find=find, unit=Unit.KG)

    assert parsed.problems == ()
    assert print_routine(parsed.routine) == kept
