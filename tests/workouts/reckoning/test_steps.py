from decimal import Decimal

import pytest

from workouts.reckoning.steps import weight_step


@pytest.mark.parametrize(
    ("load_type", "equipment", "kilograms", "pounds"),
    [
        ("external", ["barbell", "power-rack"], "2.5", "5"),
        ("external", ["smith-machine"], "2.5", "5"),
        ("external", ["leg-press-machine"], "2.5", "5"),
        ("external", ["cable-machine", "rope-attachment"], "5", "10"),
        ("external", ["pec-deck"], "5", "10"),
        ("external", [], "2.5", "5"),
        ("per_hand", ["dumbbell", "flat-bench"], "2", "5"),
        ("per_hand", [], "2", "5"),
        ("external", ["kettlebell"], "4", "5"),
        ("bodyweight_plus", ["weight-belt", "pull-up-bar"], "1.25", "2.5"),
        ("assisted_bodyweight", ["assisted-pull-up-machine"], "5", "10"),
        (None, [], "2.5", "5"),
    ],
)
def test_a_weight_goes_by_what_gyms_have(load_type, equipment, kilograms, pounds):
    assert weight_step(load_type, equipment, "kg") == Decimal(kilograms)
    assert weight_step(load_type, equipment, "lb") == Decimal(pounds)
