"""Our own JSON after somebody changed it by hand."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.workouts.data.samples import SAMPLES
from workouts.data.importers import Export, ImportedSet, Unreadable, read_export


def changed(**values: Any) -> Export:
    """The sample with other values in its first set."""
    document = json.loads(SAMPLES["Backtrain"])
    document["workouts"][0]["entries"][0]["sets"][0] |= values
    return read(document)


def read(document: dict[str, Any]) -> Export:
    export = read_export(json.dumps(document).encode())
    assert isinstance(export, Export)
    return export


def first_set(export: Export) -> ImportedSet:
    return export.workouts[0].entries[0].sets[0]


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        ("abc", "“abc” is not a number."),
        ("NaN", "“NaN” is not a number."),
        ("1e999999", "“1e999999” is not a number."),
        (float("inf"), "“inf” is not a number."),
        (10**30, "“1000000000000000000000000000000” is not a number."),
        ("10000", "A weight is less than 10,000 and has at most 3 decimals."),
    ],
)
def test_a_weight_that_is_none_is_said(weight: object, sentence: str) -> None:
    export = changed(weight=weight)

    assert [(one.line, one.reason) for one in export.skipped] == [(1, sentence)]
    assert export.set_count == 1


def test_a_weight_of_0_is_one() -> None:
    assert first_set(changed(weight="0")).weight == Decimal(0)


@pytest.mark.parametrize("weight", [[], {}, True, None])
def test_a_weight_of_another_kind_is_none(weight: object) -> None:
    assert first_set(changed(weight=weight)).weight is None


def test_halves_of_characters_and_nul_are_replaced() -> None:
    document = json.loads(SAMPLES["Backtrain"])
    document["workouts"][0]["notes"] = "a\ud83d b\x00 \U0001f4aa"

    assert read(document).workouts[0].notes == "a\ufffd b\ufffd \U0001f4aa"


def test_more_minutes_than_a_day_has_are_none() -> None:
    document = json.loads(SAMPLES["Backtrain"])
    document["workouts"][0]["minutes"] = 99_999

    assert read(document).workouts[0].minutes is None


def test_a_superset_that_is_no_letter_is_none() -> None:
    document = json.loads(SAMPLES["Backtrain"])
    document["workouts"][0]["entries"][0]["superset"] = "AB"

    assert read(document).workouts[0].entries[0].superset == ""


def test_thousands_of_own_exercises_are_refused() -> None:
    document = json.loads(SAMPLES["Backtrain"])
    document["own_exercises"] = [{"name": f"curl {number}"} for number in range(1_001)]

    with pytest.raises(Unreadable, match="more than 1,000 own exercises"):
        read(document)
