"""The notebooks among the test data are read as they should be: see ``tests/reading.py``."""

from collections import Counter

import pytest

from tests.reading import samples, shares

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


def test_most_is_read_in_silence():
    results = [sample.result() for sample in samples()]
    total, plain = (
        sum((getattr(one, name) for one in results), Counter()) for name in ("counts", "plain")
    )

    assert shares(total)["read"] >= 85
    assert shares(plain)["read"] >= 95
    assert shares(plain)["asked"] <= 5
