"""Writing routines. Each verb is one transaction that begins by renewing the athlete's version."""

import uuid
from datetime import datetime

from django.db import transaction

from workouts.models import Athlete, Routine, RoutineEntry
from workouts.routines.reading import RoutineDraft

MAX_NAME = 100


class RoutineConflict(Exception):
    """The routine was saved in another tab, or by another device, since this text was begun."""

    def __init__(self, current: Routine) -> None:
        super().__init__(f"Routine {current.pk} is at revision {current.revision}")
        self.current = current


class NameTaken(Exception):
    """Another routine of the athlete has this name."""


@transaction.atomic
def make_routine(*, athlete: Athlete, key: uuid.UUID, draft: RoutineDraft) -> tuple[Routine, bool]:
    """Save a new routine under the key that the client chose; also whether it was new.

    A second post of the same key returns the first one's routine, and raises ``RoutineConflict`` if
    that has another content. A key that someone else has, or a deleted one, is replaced, always by
    the same one. Raises ``NameTaken``.
    """
    athlete.renew_version()
    if Routine.objects.filter(pk=key).exists():
        there = athlete.routines.live().filter(pk=key).with_entries().first()
        if there is None:
            other = uuid.uuid5(key, f"athlete {athlete.pk}")
            return make_routine(athlete=athlete, key=other, draft=draft)
        if not _is_same(there, draft):
            raise RoutineConflict(there)
        return there, False
    _check_name(athlete, draft.name)
    routine = Routine(
        pk=key,
        athlete=athlete,
        name=draft.name,
        weekdays=draft.weekdays,
        notes=draft.notes,
        position=athlete.routines.live().count(),
    )
    routine.save(force_insert=True)
    RoutineEntry.objects.bulk_create(draft.rows(routine))
    return routine, True


@transaction.atomic
def revise_routine(
    *, athlete: Athlete, key: uuid.UUID, revision: int, draft: RoutineDraft
) -> Routine:
    """Replace a routine's content, if ``revision`` is still the stored one.

    Raises ``RoutineConflict`` when it is not, unless it has just this content; ``NameTaken``;
    and ``Routine.DoesNotExist``. Workouts that were started from it keep the plan that they had.
    """
    athlete.renew_version()
    routine = athlete.routines.live().with_entries().get(pk=key)
    if _is_same(routine, draft):
        return routine
    if routine.revision != revision:
        raise RoutineConflict(routine)
    _check_name(athlete, draft.name, besides=routine)
    routine.name, routine.weekdays, routine.notes = draft.name, draft.weekdays, draft.notes
    routine.revision += 1
    routine.save()
    RoutineEntry.objects.filter(routine=routine).delete()
    RoutineEntry.objects.bulk_create(draft.rows(routine))
    return routine


@transaction.atomic
def delete_routine(*, athlete: Athlete, key: uuid.UUID, at: datetime) -> bool:
    """Delete a routine so that ``restore_routine`` can bring it back. Whether there was one."""
    athlete.renew_version()
    return bool(athlete.routines.live().filter(pk=key).update(deleted_at=at))


@transaction.atomic
def restore_routine(*, athlete: Athlete, key: uuid.UUID) -> Routine | None:
    """Bring a deleted routine back, under another name if its own was taken since."""
    athlete.renew_version()
    routine = athlete.routines.deleted().filter(pk=key).first()
    if routine:
        routine.name = free_name(athlete, routine.name)
        routine.deleted_at = None
        routine.save()
    return routine


@transaction.atomic
def copy_routine(*, athlete: Athlete, key: uuid.UUID) -> Routine:
    """Another routine with the same exercises, without days. Raises ``Routine.DoesNotExist``."""
    athlete.renew_version()
    routine = athlete.routines.live().with_entries().get(pk=key)
    entries = tuple((entry.exercise, entry.as_text()) for entry in routine.entries.all())
    draft = RoutineDraft(free_name(athlete, routine.name), "", routine.notes, entries)
    copied, _ = make_routine(athlete=athlete, key=uuid.uuid4(), draft=draft)
    return copied


@transaction.atomic
def move_routine(*, athlete: Athlete, key: uuid.UUID, by: int) -> bool:
    """Put a routine ``by`` places further down among the athlete's, or up. Whether it moved."""
    athlete.renew_version()
    routines = list(athlete.routines.live().in_order())
    place = next((place for place, one in enumerate(routines) if one.pk == key), None)
    if place is None or not 0 <= place + by < len(routines):
        return False
    routines.insert(place + by, routines.pop(place))
    for position, routine in enumerate(routines):
        routine.position = position
    athlete.routines.bulk_update(routines, ["position"])
    return True


def free_name(athlete: Athlete, name: str) -> str:
    """The name, with a number behind it where the athlete has a routine of it already. 1 query."""
    taken = set(athlete.routines.live().values_list("name", flat=True))
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[: MAX_NAME - 6]} {number}"
    return free


def _check_name(athlete: Athlete, name: str, *, besides: Routine | None = None) -> None:
    others = athlete.routines.live().filter(name=name)
    if besides:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise NameTaken


def _is_same(routine: Routine, draft: RoutineDraft) -> bool:
    """Whether a stored routine, entries loaded, has exactly the draft's content."""
    same = (routine.name, routine.weekdays) == (draft.name, draft.weekdays)
    return same and routine.text == draft.text
