"""What is counted reads as people say it, everywhere by one rule."""

import re
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from exercises.counting import counted, noun, whole_number
from exercises.templatetags import counting as in_templates
from tests.factories import log

BY_HAND = re.compile(r"""pluralize|else ["']s["']|["']s["'] if """)
ONES = re.compile(
    r"\b1 (?:working |warm-up )?(?:days|exercises|reps|sessions|sets|weeks|workouts)\b"
)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 sets"), (1, "1 set"), (2, "2 sets"), (1204, "1,204 sets")]
)
def test_counted(number, said):
    assert counted(number, "set") == said


def test_irregular_plurals_are_given():
    assert counted(2, "figure is", "figures are") == "2 figures are"


@pytest.mark.parametrize(("number", "word"), [(Fraction(1, 2), "set"), (Fraction(3, 2), "sets")])
def test_half_a_set_is_one(number, word):
    assert noun(number, "set") == word


def test_templates_count_whatever_they_name():
    asked = re.compile(r"""\|(?:counted|noun):["']([^"']*)["']""")
    templates = Path(settings.BASE_DIR / "templates").rglob("*.html")
    named = {what for path in templates for what in asked.findall(path.read_text())}

    assert named
    assert named <= in_templates.COUNTED.keys()


@pytest.mark.parametrize("what", in_templates.COUNTED)
@pytest.mark.parametrize("number", [0, 1, 2, 1204])
def test_templates_count_as_rules_do(number, what):
    assert in_templates.counted(number, what) == counted(number, what)


@pytest.mark.parametrize(("number", "word"), [(0, "sets"), (1, "set"), (Fraction(1, 2), "set")])
def test_templates_have_the_word_alone(number, word):
    assert in_templates.noun(number, "set") == word


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_reads_whole_numbers(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1 ", "²", "٣", "\uff11", "9" * 19, "9" * 5000])
def test_all_else_is_no_whole_number(text):
    assert whole_number(text) is None


def test_digits_are_asked_for_in_one_place():
    asked = re.compile(r"\.is(?:digit|numeric)\(")
    folders = [settings.BASE_DIR / name for name in ("backtrain", "exercises", "workouts")]
    files = (path for folder in folders for path in Path(folder).rglob("*.py"))

    assert [path.name for path in files if asked.search(path.read_text())] == []


def test_nobody_makes_plurals_by_hand():
    folders = [settings.BASE_DIR / name for name in ("backtrain", "exercises", "workouts")]
    files = [path for folder in folders for path in Path(folder).rglob("*.py")]
    files += Path(settings.BASE_DIR / "templates").rglob("*.html")

    assert [path.name for path in files if BY_HAND.search(path.read_text())] == []


@pytest.mark.parametrize(
    "page", ["/", "/workouts/", "{workout}", "/progress/exercises/pull-up/", "{workout}edit/"]
)
def test_one_of_each_is_no_plural(alice, alices_client, pull_up, page):
    workout = log(alice, "Pull-up: 1", on=timezone.now().date() - timedelta(days=1))

    shown = alices_client.get(page.format(workout=workout.get_absolute_url()))

    assert shown.status_code == 200
    words = " ".join(re.sub(r"<[^>]*>|&nbsp;", " ", shown.content.decode()).split())
    assert ONES.findall(words) == []
    assert re.search(r"\b1 (rep|set|session|working set|workout)\b", words)
