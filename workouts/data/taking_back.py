"""Taking back what a file brought in, as far as it is as it came. One transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db import transaction

from workouts.models import Athlete, BodyWeight, Import
from workouts.own_exercises import is_used
from workouts.reckoning.weights import plain
from workouts.weighings import delete_weighings


@dataclass(frozen=True, slots=True)
class Undone:
    """How much of a file was taken back; ``changed`` workouts are among the deleted ones."""

    workouts: int
    changed: int
    exercises: int
    weighings: int


@transaction.atomic
def undo(brought: Import, *, at: datetime) -> Undone:
    """Take back what a file brought in.

    For good go workouts that are as they came: the file has them. Those that were changed since are
    deleted as by hand, so that they can be restored. Exercises that it made go where nothing else
    has them, and weighings where they are as they came.
    """
    athlete = brought.athlete
    athlete.renew_version()
    brought = athlete.imports.select_for_update().get(pk=brought.pk)
    as_they_came = brought.workouts.filter(revision=1)
    count = as_they_came.count()
    as_they_came.delete()
    changed = brought.workouts.live().update(deleted_at=at)
    brought.workouts.update(source_key="")
    undone = Undone(count, changed, _unmake_exercises(brought), _unmake_weighings(brought))
    brought.undone_at = brought.undone_at or at
    brought.made = {}
    brought.save(update_fields=["undone_at", "made"])
    return undone


def _unmake_exercises(brought: Import) -> int:
    athlete = brought.athlete
    made = athlete.user.own_exercises.filter(pk__in=brought.made.get("exercises", []))
    favourites = athlete.favourites.values("exercise")
    free = [one for one in made.exclude(pk__in=favourites) if not is_used(one)]
    for exercise in free:
        exercise.delete()
    return len(free)


def _unmake_weighings(brought: Import) -> int:
    as_made = {(day, weight, unit) for day, weight, unit in brought.made.get("weighings", [])}
    there = brought.athlete.body_weights.filter(weighed_on__in=[day for day, *_ in as_made])
    keys = [one.pk for one in there if _as_made(one) in as_made]
    delete_weighings(athlete=brought.athlete, keys=keys)
    return len(keys)


def _as_made(weighing: BodyWeight) -> tuple[str, str, str]:
    return str(weighing.weighed_on), plain(weighing.weight), str(weighing.unit)


@dataclass(frozen=True, slots=True)
class Had:
    """What an athlete had besides workouts before a file came."""

    exercises: frozenset[int]
    days_weighed: frozenset[date]

    @classmethod
    def of(cls, athlete: Athlete) -> Self:
        return cls(
            frozenset(athlete.user.own_exercises.values_list("pk", flat=True)),
            frozenset(athlete.body_weights.values_list("weighed_on", flat=True)),
        )

    def made_since(self, athlete: Athlete) -> dict[str, list[Any]]:
        """As ``Import.made`` keeps it."""
        exercises = athlete.user.own_exercises.exclude(pk__in=self.exercises).order_by("pk")
        return {
            "exercises": list(exercises.values_list("pk", flat=True)),
            "weighings": [
                _as_made(one)
                for one in athlete.body_weights.order_by("weighed_on")
                if one.weighed_on not in self.days_weighed
            ],
        }
