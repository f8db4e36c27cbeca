"""Writing body weights. Each verb is one transaction, in which the workouts follow.

A workout keeps the weighing that it was logged with: the last on or before its day, else the first
after. Weighing on another day changes none of them, so that history does not shift. What is done to
a weighing is done to those that took it: corrected, they are corrected; moved or deleted, they take
the one that they would if they were logged now. Deleted workouts, which may come back, too.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from workouts.models import Athlete, BodyWeight, Entry, LoggedSet
from workouts.models.athlete import weighing_of_workout
from workouts.models.keys import is_of
from workouts.reckoning.weights import format_weight, to_kg
from workouts.saving import SUMMARY_FIELDS, set_summary
from workouts.vocabulary import Unit


class DayTaken(Exception):
    """Another weighing is on that day."""

    def __init__(self, weighing: BodyWeight) -> None:
        super().__init__(str(weighing))
        self.weighing = weighing


@dataclass(frozen=True, slots=True)
class DeletedWeighing:
    """What there was of a weighing, and which workouts had taken it."""

    on: date
    weight: Decimal
    unit: Unit
    workouts: tuple[uuid.UUID, ...]

    @property
    def shown(self) -> str:
        return format_weight(self.weight, self.unit)

    def as_json(self) -> list[Any]:
        keys = [key.hex for key in self.workouts]
        return [str(self.on), str(self.weight), str(self.unit), keys]

    @classmethod
    def from_json(cls, values: list[Any]) -> Self:
        on, weight, unit, keys = values
        workouts = tuple(map(uuid.UUID, keys))
        return cls(date.fromisoformat(on), Decimal(weight), Unit(unit), workouts)


@transaction.atomic
def record_body_weight(*, athlete: Athlete, on: date, weight: Decimal, unit: Unit) -> BodyWeight:
    """Record a body weight, or correct that of the same day. 11-16 queries.

    Workouts logged before any weight was known take the first one that comes.
    """
    athlete.renew_version()
    weighing, _ = athlete.body_weights.update_or_create(
        weighed_on=on,
        defaults={"weight": weight, "unit": unit, "weight_kg": to_kg(weight, unit)},
    )
    took = _keys(athlete, Q(weighing=weighing) | _waiting(athlete))
    athlete.workouts.filter(pk__in=took).update(weighing=weighing)
    _reckon(athlete, took)
    return weighing


@transaction.atomic
def weigh_where_missing(
    *, athlete: Athlete, weighings: Iterable[tuple[date, Decimal, Unit]]
) -> list[BodyWeight]:
    """Record body weights on days that have none, the first of each day; which were made.

    Workouts logged before any weight was known take the one that they would if logged now.
    """
    athlete.renew_version()
    there = set(athlete.body_weights.values_list("weighed_on", flat=True))
    missing = {on: (weight, unit) for on, weight, unit in reversed([*weighings]) if on not in there}
    if not missing:
        return []
    made = BodyWeight.objects.bulk_create(
        BodyWeight(
            athlete=athlete,
            weighed_on=on,
            weight=weight,
            unit=unit,
            weight_kg=to_kg(weight, unit),
        )
        for on, (weight, unit) in sorted(missing.items())
    )
    waited = _keys(athlete, _waiting(athlete))
    _choose_anew(athlete, waited)
    _reckon(athlete, waited)
    return made


@transaction.atomic
def delete_weighings(*, athlete: Athlete, keys: Sequence[int]) -> None:
    """Delete weighings; the workouts that took them take others."""
    athlete.renew_version()
    took = _keys(athlete, Q(weighing__in=keys))
    athlete.body_weights.filter(pk__in=keys).delete()
    _choose_anew(athlete, took)
    _reckon(athlete, took)


@transaction.atomic
def change_body_weight(
    *, athlete: Athlete, key: int, on: date, weight: Decimal, unit: Unit
) -> BodyWeight:
    """Correct a weighing, maybe its day.

    Raises ``DayTaken`` where that day has another one, ``BodyWeight.DoesNotExist`` where the
    athlete has no such weighing.
    """
    athlete.renew_version()
    weighing = athlete.body_weights.get(pk=key)
    _refuse_taken(athlete, on, besides=key)
    took = _keys(athlete, Q(weighing=weighing))
    has_moved = weighing.weighed_on != on
    weighing.weighed_on, weighing.weight, weighing.unit = on, weight, unit
    weighing.weight_kg = to_kg(weight, unit)
    weighing.save()
    if has_moved:
        _choose_anew(athlete, took)
    _reckon(athlete, took)
    return weighing


@transaction.atomic
def delete_body_weight(*, athlete: Athlete, key: int) -> DeletedWeighing:
    """Delete a weighing; what it answers is for ``restore_body_weight``.

    Raises ``BodyWeight.DoesNotExist`` where the athlete has no such weighing.
    """
    athlete.renew_version()
    weighing = athlete.body_weights.get(pk=key)
    took = _keys(athlete, Q(weighing=weighing))
    weighing.delete()
    _choose_anew(athlete, took)
    _reckon(athlete, took)
    return DeletedWeighing(weighing.weighed_on, weighing.weight, Unit(weighing.unit), tuple(took))


@transaction.atomic
def restore_body_weight(*, athlete: Athlete, deleted: DeletedWeighing) -> BodyWeight:
    """Bring a weighing back, for the workouts that had taken it.

    Raises ``DayTaken`` where its day has been weighed again.
    """
    athlete.renew_version()
    _refuse_taken(athlete, deleted.on)
    weighing = athlete.body_weights.create(
        weighed_on=deleted.on,
        weight=deleted.weight,
        unit=deleted.unit,
        weight_kg=to_kg(deleted.weight, deleted.unit),
    )
    took = _keys(athlete, Q(pk__in=deleted.workouts) | _waiting(athlete))
    athlete.workouts.filter(pk__in=took).update(weighing=weighing)
    _reckon(athlete, took)
    return weighing


def reckoned_with(weighing: BodyWeight) -> int:
    """How many workouts have sets for which its weight counts. 1 query."""
    athlete = weighing.athlete
    lifting_the_body = athlete.entries.exclude(exercise__bodyweight_fraction=None)
    return (
        athlete.workouts.live()
        .filter(weighing=weighing, pk__in=lifting_the_body.values("workout"))
        .count()
    )


def _refuse_taken(athlete: Athlete, day: date, *, besides: int | None = None) -> None:
    other = athlete.body_weights.filter(weighed_on=day).first()
    if other and other.pk != besides:
        raise DayTaken(other)


def _waiting(athlete: Athlete) -> Q:
    """Workouts logged before any weight was known."""
    without = athlete.sets.filter(bodyweight_kg=None)
    return Q(weighing=None, pk__in=without.values("entry__workout"))


def _keys(athlete: Athlete, which: Q) -> list[uuid.UUID]:
    workouts = athlete.workouts.filter(which).select_for_update(no_key=True)
    return list(workouts.order_by("pk").values_list("pk", flat=True))


def _choose_anew(athlete: Athlete, workouts: Sequence[uuid.UUID]) -> None:
    athlete.workouts.filter(pk__in=workouts).update(weighing=weighing_of_workout())


def _reckon(athlete: Athlete, workouts: Sequence[uuid.UUID]) -> None:
    """Bring the sets and summaries of these to the weighings that they have."""
    of_set = Entry.objects.filter(is_of(athlete.pk), pk=OuterRef("entry"))
    weight_kg = Subquery(of_set.values("workout__weighing__weight_kg"))
    touched = Entry.objects.in_workouts(athlete.pk, workouts)
    of_these = LoggedSet.objects.filter(is_of(athlete.pk), entry__in=touched.values("pk"))
    of_these.update(bodyweight_kg=weight_kg)
    entries = list(touched.select_related("exercise").prefetch_related("sets"))
    for entry in entries:
        set_summary(entry, entry.sets.all())
    athlete.entries.bulk_update(entries, SUMMARY_FIELDS, batch_size=200)
