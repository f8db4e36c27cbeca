"""Kilograms and pounds.

A weight is kept as it was typed, value and unit, and as kilograms to three decimals. With three
decimals every quarter pound from 0.25 to 2000 comes back exactly; with two, more than half drift.
Source: one pound is 0.45359237 kg exactly (international yard and pound agreement, 1959).
"""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

Unit = Literal["kg", "lb"]

KG_PER_LB = Decimal("0.45359237")
GRAM = Decimal("0.001")
CENT = Decimal("0.01")


def to_kg(weight: Decimal, unit: Unit) -> Decimal:
    """``weight`` in kilograms, to the gram."""
    kilograms = weight if unit == "kg" else weight * KG_PER_LB
    return kilograms.quantize(GRAM, ROUND_HALF_EVEN)


def from_kg(weight_kg: Decimal, unit: Unit) -> Decimal:
    """``weight_kg`` in ``unit``, to a hundredth: for showing, never for storing again."""
    weight = weight_kg if unit == "kg" else weight_kg / KG_PER_LB
    return weight.quantize(CENT, ROUND_HALF_EVEN)


def plain(number: Decimal) -> str:
    """A number as people write it: no trailing zeros, no exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_weight(weight: Decimal, unit: Unit) -> str:
    """ "62.5 kg"."""
    return f"{plain(weight)} {unit}"
