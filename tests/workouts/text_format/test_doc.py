"""Every example in docs/text-format.md is true."""

import re
from pathlib import Path

import pytest

from tests.catalogue import names_in_files
from workouts.lines import finder
from workouts.text_format import parse, print_workout

DOC = (Path(__file__).parents[3] / "docs" / "text-format.md").read_text(encoding="utf-8")
DOC = re.sub(r"## A routine\n.+?\n(?=## )", "", DOC, flags=re.DOTALL)  # another grammar
READ = re.findall(r"^\| `(.+?)` \| `(.+?)` \|$", DOC, re.MULTILINE)
REFUSED = re.findall(r"^\| `(.+?)` \| ([^`\n]+[.?]) \|$", DOC, re.MULTILINE)
find = finder(names_in_files())
WHOLE = re.findall(r"```workout\n(.+?)\n```", DOC, re.DOTALL)


def read(text):
    return parse(text, find=find, unit="kg")


def test_the_doc_has_examples():
    assert (len(READ), len(REFUSED), len(WHOLE)) == (86, 24, 1)


@pytest.mark.parametrize(("typed", "canonical"), READ)
def test_example_is_read_as_shown(typed, canonical):
    parsed = read(typed)

    assert parsed.problems == ()
    assert [each.name for each in parsed.workout.entries if not find(each.name)] == []
    canonical = canonical.replace("⏎", "\n")
    assert print_workout(parsed.workout) == canonical
    assert read(canonical).workout == parsed.workout


@pytest.mark.parametrize(("typed", "message"), REFUSED)
def test_refused_example_gets_this_answer(typed, message):
    assert [problem.message for problem in read(typed).problems] == [message]


@pytest.mark.parametrize("text", WHOLE)
def test_whole_workout_is_canonical(text):
    parsed = read(text)

    assert parsed.problems == ()
    assert print_workout(parsed.workout) == text
