"""Keeping what is written in a log form until it is saved. A draft is one for all devices.

A device says which versions of the draft it knows: the one that its form came with and those that
it has sent since. What is kept by another device is not written over unseen.
"""

import re
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField, UUIDField

from exercises.prepared import PreparedQuery
from workouts.models import Athlete, Workout, WorkoutDraft

KEY = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
MOST_KNOWN = 200  # a device without signal tries again and again
LONGEST = 400_000  # characters of a form, as they are sent


class TooLong(Exception):
    """No workout is as long as this form."""


class DraftChanged(Exception):
    """Another device has kept something else since, or another form; None: it is gone."""

    def __init__(self, current: WorkoutDraft | None) -> None:
        super().__init__(f"The draft is {current and current.version}")
        self.current = current


class AlreadySaved(Exception):
    """The form of a new workout was saved meanwhile."""

    def __init__(self, workout: Workout) -> None:
        super().__init__(f"Workout {workout.pk} is there")
        self.workout = workout


def versions_in(text: str) -> list[uuid.UUID]:
    """The last ones in what a device says it knows; what is none is passed over."""
    return [uuid.UUID(key) for key in KEY.findall(text)[-MOST_KNOWN:]]


@transaction.atomic
def keep_draft(
    *,
    athlete: Athlete,
    key: uuid.UUID,
    form: str,
    is_edit: bool,
    title: str = "",
    started_at: datetime | None = None,
    known: Collection[uuid.UUID] = (),
    version: uuid.UUID | None = None,
) -> WorkoutDraft:
    """Keep a form under a new version; one of a session has when that was started. 4 queries.

    Raises ``DraftChanged`` where the stored version is none of the ``known`` ones,
    ``AlreadySaved``, ``TooLong``, and ``Workout.DoesNotExist`` for an edit of what is not there.
    """
    if len(form) > LONGEST:
        raise TooLong
    athlete.hold()
    workout = _workout_of(athlete, key, is_edit=is_edit)
    draft = athlete.drafts.about(workout.pk if workout else None)
    version = version or uuid.uuid4()
    if draft is None:
        if known:
            raise DraftChanged(None)
        draft = WorkoutDraft(athlete=athlete, workout=workout)
    elif draft.version == version:
        return draft  # sent twice
    elif draft.version not in known:
        raise DraftChanged(draft)
    draft.key, draft.form, draft.version = key, form, version
    draft.title, draft.started_at = title, started_at
    draft.save()
    if not workout:
        athlete.unsaved = draft.unsaved
    return draft


def _workout_of(athlete: Athlete, key: uuid.UUID, *, is_edit: bool) -> Workout | None:
    """What an edit is about; for a new workout there may be none yet."""
    if is_edit:
        return athlete.workouts.live().get(pk=key)
    if saved := athlete.workouts.filter(pk=key).first():
        raise AlreadySaved(saved)
    return None


@transaction.atomic
def discard_draft(*, athlete: Athlete, known: Collection[uuid.UUID], at: datetime) -> bool:
    """Whether the draft was there, in a version that is known. It can be brought back until the
    next one is discarded. 4 queries.
    """
    athlete.hold()
    draft = athlete.drafts.open().filter(version__in=known).first()
    if draft is None:
        return False
    athlete.drafts.discarded().delete()
    draft.discarded_at = at
    draft.save()
    return True


@transaction.atomic
def restore_draft(*, athlete: Athlete, at: datetime) -> WorkoutDraft | None:
    """Bring back what was discarded last; what was begun in its place since is put aside for it."""
    athlete.hold()
    draft = athlete.drafts.discarded().first()
    if draft:
        athlete.drafts.open().filter(workout=draft.workout_id).update(discarded_at=at)
        draft.discarded_at = None
        draft.save()
    return draft


@contextmanager
def draft_taken(
    *, athlete: Athlete, key: uuid.UUID, known: Collection[uuid.UUID]
) -> Iterator[None]:
    """What is saved within takes the place of the form's draft: both or neither. 1-2 queries, after
    it has been saved, when the athlete's row is held.

    Raises ``DraftChanged`` where another device has kept something else of the same form.
    """
    with transaction.atomic():
        yield
        if known and athlete.drafts.open().filter(key=key, version__in=known).delete()[0]:
            return
        if _of_form.rows(athlete=athlete.pk, key=key):
            raise DraftChanged(athlete.drafts.open().filter(key=key).first())


_of_form = PreparedQuery(
    lambda athlete, key: (
        WorkoutDraft.objects.open().filter(athlete=athlete, key=key).values_list("pk")
    ),
    athlete=BigIntegerField(),
    key=UUIDField(),
)
