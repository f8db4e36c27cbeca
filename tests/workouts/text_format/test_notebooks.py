"""The notebooks among the test data are read as they should be: see ``tests/reading.py``."""

import re
from collections import Counter

import pytest

from tests.reading import is_reached, samples, shares
from workouts.text_format.dates import find_date
from workouts.text_format.markup import message_prefix, read_marks
from workouts.text_format.number_words import with_digits
from workouts.text_format.scanner import scan
from workouts.text_format.words import half_width

EACH = [pytest.param(sample, id=sample.name) for sample in samples()]


@pytest.mark.parametrize("sample", EACH)
def test_nothing_is_misread(sample):
    result = sample.result()

    assert [fault for fault in result.faults if fault.startswith("misread")] == []


@pytest.mark.parametrize("sample", EACH)
def test_days_are_found(sample):
    """Each in its place; one whose date has to be asked has none yet."""
    expected = [one.parsed.workout.day for one in sample.expected()]

    days = [day.workout.day for day in sample.read().days if day.workout.entries or day.problems]

    assert len(days) == len(expected)
    assert [day or right for day, right in zip(days, expected, strict=True)] == expected


# Of times, states and supersets; what keywords of org-mode are called; what sets say by themselves
UNSAID = frozenset(
    [
        *("uhr", "pm", "th", "start", "duration", "date", "début", "durée", "superset", "ss"),
        *("done", "er", "title", "tblname", "got", "exercise"),
        # What sentences say around their sets
        *("did", "some", "the", "after", "that", "on", "finished", "worked", "ones", "another"),
        *("without", "weight", "now", "but", "also", "today", "dumbbells", "kettlebell", "my"),
        *("finish", "hundred", "time", "notes"),
        *(
            "twice",
            "same",
            "again",
            "just",
            "warming",
            "bis",
            "muskelversagen",
            "yes",
            "en",
            "dbs",
            "bells",
        ),
    ]
)


def words(text):
    return set(re.findall(r"[^\W\d_]{2,}", half_width(text).lower()))


def is_in_no_note(word):
    """Whether the word is of sets or of a date."""
    is_of_date = find_date(f"{word} 3/3/2026") or find_date(f"3 {word} 2026")
    is_of_sets = any(scan(text)[0].kind != "other" for text in (word, f"{word} sets"))
    return word in UNSAID or is_of_date or is_of_sets or with_digits(word) != word


def is_frame(line):
    """Whether the line is the heads of a table, a drawer, or who wrote the message below."""
    return line.kind == "mark" and re.search(r"[\t|]|,.*,|^:|\[[0-9]", line.raw) is not None


@pytest.mark.parametrize("sample", EACH)
def test_no_word_is_lost(sample):
    """Each is in a name, a title, a note or a question, or says something of sets or dates."""
    lost = {}
    for day in sample.read().days:
        asked = {line.head for line in day.lines if line.problems}
        said = [day.workout.title, day.workout.notes]
        said += [text for entry in day.workout.entries for text in (entry.name, entry.notes)]
        said += [line.raw for line in day.lines if line.head in asked]
        kept = half_width("\n".join(said)).lower()
        for line in day.lines:
            raw = line.raw.removeprefix(message_prefix(read_marks(line.number, line.raw)))
            missing = {each for each in words(raw) if each not in kept and not is_in_no_note(each)}
            if missing and not is_frame(line):
                lost[line.raw] = missing

    assert lost == {}


def test_most_is_read_in_silence():
    results = [sample.result() for sample in samples()]
    total, plain = (
        sum((getattr(one, name) for one in results), Counter()) for name in ("counts", "plain")
    )

    assert is_reached(total, plain)
    assert shares(plain)["read"] >= 98
