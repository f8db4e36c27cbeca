"""Whether two workouts are the same session, logged twice: the same sets on the same day.

Apps differ in the order of sets, in their kinds and in the last digits of a weight, so these don't
count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from workouts.models import Athlete
from workouts.reading import Draft
from workouts.reckoning.weights import rounded, to_kg

# The exercise, kilograms to a tenth, reps, seconds and metres
_Done = tuple[int, Decimal, int | None, int | None, Decimal | None]
Sets = frozenset[tuple[_Done, int]]  # each with how often


def sets_planned(draft: Draft) -> Sets:
    """What would be done in a workout that is not saved yet."""
    done: Counter[_Done] = Counter()
    for entry in draft.entries:
        for one in entry.text.sets:
            kg = to_kg(one.load.amount, one.load.unit) if one.load else None
            done[entry.exercise.pk, _tenth(kg), one.reps, one.seconds, one.metres] += 1
    return frozenset(done.items())


def sets_done(athlete: Athlete, workouts: Iterable[UUID]) -> Counter[tuple[date, Sets]]:
    """How many of these workouts have the same sets on the same day. 1 query, none of none."""
    rows = athlete.sets.filter(entry__workout__in=workouts).values_list(
        "entry__workout",
        "entry__workout__day",
        "entry__exercise",
        "weight_kg",
        "reps",
        "seconds",
        "metres",
    )
    done: defaultdict[tuple[UUID, date], Counter[_Done]] = defaultdict(Counter)
    for workout, day, exercise, kg, reps, seconds, metres in rows.order_by():
        done[workout, day][exercise, _tenth(kg), reps, seconds, metres] += 1
    return Counter((day, frozenset(sets.items())) for (_, day), sets in done.items())


def _tenth(kg: Decimal | None) -> Decimal:
    return rounded(kg or Decimal(0), 1)
