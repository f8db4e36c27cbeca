"""Which workouts of a page of the history hold records: what was a new best then and still is.

It is what their pages tell, by the same rule, without what was beaten since. Imported workouts hail
none, and beat all the same.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max

from workouts.models import Athlete, Entry, Workout
from workouts.models.history import Key, key_as_text
from workouts.models.log import EntryQuerySet, beside
from workouts.progress.new_records import LOGGED_HERE, NO_BESTS
from workouts.reckoning.records import SET_RECORD_KINDS, Bests, new_records, updated_bests
from workouts.reckoning.strength import Summary

IN_ORDER = ("workout__day", "workout__started_at", "workout", "position", "pk")


@dataclass(frozen=True, slots=True)
class _Done:
    """An entry: its workout, its exercise, and its bests."""

    workout: Key
    exercise: int
    source: str
    summary: Summary


def held_records(athlete: Athlete, keys: Sequence[Key]) -> dict[Key, int]:
    """How many records each of these workouts holds, of those that hold any. They are next to each
    other in the history. 3 queries.
    """
    entries = Entry.objects.in_workouts(athlete.pk, [uuid.UUID(key) for key in keys])
    rows = list(
        entries.order_by(*IN_ORDER).values_list(
            *("workout__day", "workout__started_at", "workout__pk", "workout__source"),
            key_as_text("workout"),
            *("exercise", *SET_RECORD_KINDS),
        )
    )
    if not rows:
        return {}
    first, last = [
        dict(zip(("day", "started_at", "pk"), row[:3], strict=True)) for row in (rows[0], rows[-1])
    ]
    done = [
        _Done(key, exercise, source, Summary(**dict(zip(SET_RECORD_KINDS, bests, strict=True))))
        for _, _, _, source, key, exercise, *bests in rows
    ]
    before = _bests(Entry.objects.all().before(athlete=athlete, **first))
    later = Workout.objects.filter(beside("gt", *last.values()), athlete=athlete).live().order_by()
    since = _bests(Entry.objects.filter(athlete=athlete, workout__in=later))
    return Counter(_holders(done, before, since))


def _bests(entries: EntryQuerySet) -> dict[int, Bests]:
    """Of each kind, by exercise."""
    rows = entries.order_by().values_list("exercise").annotate(*map(Max, SET_RECORD_KINDS))
    return {row[0]: dict(zip(SET_RECORD_KINDS, row[1:], strict=True)) for row in rows}


def _holders(
    done: Sequence[_Done], before: Mapping[int, Bests], since: Mapping[int, Bests]
) -> Iterable[Key]:
    """The workout of each new best that nothing beat since, in any order."""
    found: list[tuple[_Done, str]] = []
    reached: dict[int, Bests] = dict(before)
    for _, entries in groupby(done, lambda one: one.workout):
        earlier = dict(reached)  # what was measured before this workout; its own entries beat that
        for one in entries:
            bests = reached.get(one.exercise, NO_BESTS)
            if one.exercise in earlier and one.source in LOGGED_HERE:
                measured = _measured(bests, earlier[one.exercise])
                found += [(one, kind) for kind in new_records(measured, one.summary)]
            reached[one.exercise] = updated_bests(bests, one.summary)
    for one, kind in found:
        best = max(
            value
            for bests in (reached[one.exercise], since.get(one.exercise, NO_BESTS))
            if (value := bests[kind]) is not None
        )
        if getattr(one.summary, kind) == best:
            yield one.workout


def _measured(bests: Bests, earlier: Bests) -> Bests:
    """The bests of kinds that had any earlier."""
    return {kind: bests[kind] for kind, best in earlier.items() if best is not None}
