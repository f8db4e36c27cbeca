"""Kilograms and pounds.

A weight is kept as it was typed, value and unit, and as kilograms to three decimals. With three
decimals every quarter pound from 0.25 to 2000 comes back exactly; with two, more than half drift.
Figures are reckoned from what was typed, and rounded once: half up, where they are shown.
Source: one pound is 0.45359237 kg exactly (international yard and pound agreement, 1959).
"""

from decimal import ROUND_HALF_UP, Decimal

from workouts.vocabulary import Unit

KG_PER_LB = Decimal("0.45359237")


def exact_kg(weight: Decimal, unit: Unit) -> Decimal:
    """``weight`` in kilograms, with all the decimals that a pound has."""
    return weight if unit == Unit.KG else weight * KG_PER_LB


def converted(weight: Decimal, unit: Unit, *, into: Unit) -> Decimal:
    """``weight`` in another unit: exact in kilograms, to 28 digits in pounds."""
    if unit == into:
        return weight
    return weight * KG_PER_LB if into == Unit.KG else weight / KG_PER_LB


def to_kg(weight: Decimal, unit: Unit) -> Decimal:
    """``weight`` in kilograms, to the gram."""
    return rounded(exact_kg(weight, unit), 3)


def from_kg(weight_kg: Decimal, unit: Unit, *, places: int = 2) -> Decimal:
    """``weight_kg`` in ``unit``, to so many places: for showing, never to go on from."""
    return rounded(weight_kg if unit == Unit.KG else weight_kg / KG_PER_LB, places)


def rounded(number: Decimal, places: int) -> Decimal:
    """To so many places, half up: 0.05 is 0.1, and -0.05 is -0.1."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    """A number as people write it: no trailing zeros, no exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_weight(weight: Decimal, unit: Unit) -> str:
    """ "62.5 kg"."""
    return f"{plain(weight)} {unit}"
