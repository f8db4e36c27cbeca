"""What pages and documents show as an example, the log reads with the names of the catalogue."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from tests.catalogue import load_type_in_files as find
from workouts.routine_format import parse_routine
from workouts.text_format import parse

TEMPLATES = Path(settings.BASE_DIR) / "templates"
TRANSLATED = re.compile(r"\{% (?:end)?blocktranslate %\}")


def html_of(page: Path) -> str:
    """A template, with what is translated as if it were written there."""
    return TRANSLATED.sub("", page.read_text(encoding="utf-8"))


HELP = "".join(html_of(TEMPLATES / f"workouts/{name}.html") for name in ("log", "how_to_write"))
README = (TEMPLATES.parent / "README.md").read_text(encoding="utf-8")
HINT = (
    "One exercise a line, the way you would scribble it: <code>Pull-up: 8, 8, 6</code> or"
    " <code>bb row 60x8, 70x8</code>"
)
OF_OWN_EXERCISES = TEMPLATES / "workouts/own_exercises.html"
ROUTINES = sorted((TEMPLATES / "routines").rglob("*.html"))
BOX = r'<pre class="workout-text">([^{]*?)</pre>'


def examples_of_help() -> list[str]:
    """What stands in the help under the log, and in that of its box."""
    return [unescape(example) for example in re.findall("<code>(.*?)</code>", HELP)]


def whole_examples() -> list[str]:
    """What stands in boxes as a workout, also where nothing was typed yet."""
    others = {OF_OWN_EXERCISES, *ROUTINES}
    pages = [page for page in sorted(TEMPLATES.rglob("*.html")) if page not in others]
    texts = [text for page in pages for text in re.findall(BOX, html_of(page))]
    return [unescape(text) for text in [*texts, *re.findall(r'placeholder="(.*?)"', HELP, re.S)]]


def examples_of_readme() -> list[str]:
    [line] = re.findall("A log that reads your scribble.*", README)
    return re.findall("`(.*?)`", line)


def examples_of_routines() -> list[str]:
    """What stands in boxes as a routine, also where nothing was typed yet."""
    html = "\n".join(map(html_of, ROUTINES))
    texts = [*re.findall(BOX, html), *re.findall(r'placeholder="([^"{]*\n[^"]*)"', html)]
    return [unescape(text) for text in texts]


def test_there_are_many():
    kinds = (examples_of_help, whole_examples, examples_of_routines, examples_of_readme)

    assert [len(found()) for found in kinds] == [18, 9, 2, 2]


@pytest.mark.parametrize("text", [*examples_of_help(), *whole_examples(), *examples_of_readme()])
def test_is_read(text):
    read = parse(text, find=find, unit="kg")

    assert read.problems == ()
    assert [entry.name for entry in read.workout.entries if not find(entry.name)] == []


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_is_read_in_the_words_of_each_language(language):
    with translation.override(language):
        said = [text for example in whole_examples() if (text := gettext(example)) != example]
        said += re.findall("<code>(.*?)</code>", gettext(HINT))

    assert len(said) == 6
    for text in said:
        read = parse(text, find=find, unit="kg")
        assert read.problems == ()
        assert [entry.name for entry in read.workout.entries if not find(entry.name)] == []


@pytest.mark.parametrize("text", examples_of_routines())
def test_of_a_routine_is_read(text):
    read = parse_routine(text, find=find, unit="kg")

    assert read.problems == ()
    assert [entry.name for entry in read.routine.entries if not find(entry.name)] == []
