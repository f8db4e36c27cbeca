"""By how much a weight goes up or down at a tap: the smallest step that gyms commonly have.

- A bar takes a pair of plates, the smallest of which are 1.25 kg or 2.5 lb: 2.5 kg, 5 lb.
- Dumbbells stand 2 kg or 5 lb apart, kettlebells 4 kg or 5 lb.
- Plates of a stack weigh 5 kg or 10 lb; so does a notch of help.
- What hangs on the body is a single plate: 1.25 kg, 2.5 lb.

A judgement, not a standard: whoever has other plates types the weight.
"""

from collections.abc import Collection
from decimal import Decimal

from exercises.vocabulary import LoadType
from workouts.vocabulary import Unit

BAR = (Decimal("2.5"), Decimal(5))
DUMBBELL = (Decimal(2), Decimal(5))
KETTLEBELL = (Decimal(4), Decimal(5))
STACK = (Decimal(5), Decimal(10))
PLATE = (Decimal("1.25"), Decimal("2.5"))

REPS_STEP = Decimal(1)
SECONDS_STEP = Decimal(5)
METRES_STEP = Decimal(5)
FAR_STEP, LONG_STEP = Decimal(100), Decimal(30)  # metres and seconds of a run

# The last three machines are loaded with plates too
_BARS = frozenset(
    (
        *("barbell", "ez-bar", "trap-bar", "landmine", "smith-machine"),
        *("t-bar-row-machine", "leg-press-machine", "hack-squat-machine"),
    )
)


def weight_step(load_type: LoadType | None, equipment: Collection[str], unit: Unit) -> Decimal:
    """The step in `unit` of an exercise that is loaded like this with `equipment`, by its slugs."""
    kilograms, pounds = _steps(load_type, equipment)
    return pounds if unit == Unit.LB else kilograms


def _steps(load_type: LoadType | None, equipment: Collection[str]) -> tuple[Decimal, Decimal]:
    if load_type == LoadType.BODYWEIGHT_PLUS:
        return PLATE
    if load_type == LoadType.ASSISTED_BODYWEIGHT:
        return STACK
    if "dumbbell" in equipment:
        return DUMBBELL
    if "kettlebell" in equipment:
        return KETTLEBELL
    if _BARS.intersection(equipment):
        return BAR
    if any(slug.endswith("-machine") or slug == "pec-deck" for slug in equipment):
        return STACK
    return DUMBBELL if load_type == LoadType.PER_HAND else BAR
