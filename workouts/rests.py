"""Rests between sets: the athlete's own, for all exercises or for one."""

from dataclasses import dataclass

from django.db import transaction

from exercises.models import Exercise
from workouts.models import Athlete

USUAL = 120  # seconds, for who has not said otherwise


@dataclass(frozen=True, slots=True)
class Rests:
    """Seconds, and those of exercises by their names."""

    usual: int
    by_name: dict[str, int]


def rests_of(athlete: Athlete) -> Rests:
    """1 query."""
    rows = list(athlete.rests.values_list("exercise__name", "seconds"))
    usual = next((seconds for name, seconds in rows if name is None), USUAL)
    return Rests(usual, {name: seconds for name, seconds in rows if name is not None})


@transaction.atomic
def keep_rest(*, athlete: Athlete, exercise: Exercise | None, seconds: int) -> None:
    """Rest so long after the sets of an exercise, or with None after those of all others."""
    athlete.renew_version()
    athlete.rests.update_or_create(exercise=exercise, defaults={"seconds": seconds})
