"""Deleted workouts: how long they stay, and how they go for good (ADR 4)."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from workouts.models import Athlete, Routine, Workout, WorkoutDraft

ONE_DAY = timedelta(days=1)
KEPT = 30 * ONE_DAY
DELETED_AT_ONCE = 200  # workouts, with all their entries and sets

Batches = Sequence[Sequence[uuid.UUID]]
Progress = Callable[[Batches], Iterable[Sequence[uuid.UUID]]]


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deleted workout, entries loaded, since when, and for how many days it surely stays."""

    workout: Workout
    deleted_on: date
    days_left: int

    @classmethod
    def of(cls, workout: Workout, *, athlete: Athlete, at: datetime) -> "Deleted":
        since = workout.deleted_at or at
        left = since + KEPT - at
        return cls(workout, athlete.day_at(since), max(-(-left // ONE_DAY), 0))


def clear_deleted_workouts(
    *, at: datetime, dry_run: bool = False, progress: Progress = iter
) -> int:
    """Delete for good what was deleted ``KEPT`` before ``at``, or earlier; how many that were.

    A transaction for each ``DELETED_AT_ONCE``, so that nobody who saves has to wait for long.
    """
    due = Workout.objects.deleted().filter(deleted_at__lte=at - KEPT)
    if dry_run:
        return due.count()
    keys = list(due.order_by("deleted_at", "pk").values_list("pk", flat=True))
    starts = range(0, len(keys), DELETED_AT_ONCE)
    batches = [keys[start : start + DELETED_AT_ONCE] for start in starts]
    return sum(_clear(batch, before=at - KEPT) for batch in progress(batches))


@transaction.atomic
def clear_deleted_routines(*, at: datetime) -> int:
    """Delete routines for good, as ``clear_deleted_workouts``; how many that were. Workouts that
    were started from one keep its plan.
    """
    due = Routine.objects.deleted().filter(deleted_at__lte=at - KEPT)
    owners = list(due.order_by().values_list("athlete", flat=True))
    Athlete.objects.filter(pk__in=owners).renew_versions()
    still = list(due.order_by("pk").values_list("pk", flat=True))
    Routine.objects.filter(pk__in=still).delete()
    return len(still)


def clear_discarded_drafts(*, at: datetime) -> int:
    """Delete for good the drafts that were discarded so long ago; how many that were."""
    return WorkoutDraft.objects.filter(discarded_at__lte=at - KEPT).delete()[0]


@transaction.atomic
def _clear(keys: Sequence[uuid.UUID], *, before: datetime) -> int:
    """Those of ``keys`` that nobody has brought back in between."""
    owners = Workout.objects.filter(pk__in=keys).order_by().values("athlete")
    Athlete.objects.filter(pk__in=owners).renew_versions()
    still = Workout.objects.select_for_update().filter(pk__in=keys, deleted_at__lte=before)
    there = list(still.order_by("pk").values_list("pk", flat=True))
    Workout.objects.filter(pk__in=there).delete()
    return len(there)
