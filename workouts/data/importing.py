"""Bringing in the workouts of a file. Each verb is one transaction.

A file waits as an ``Import`` while its names are being answered. Until then nothing of it is in the
log; what would come of it is a ``Plan``.
"""

import zlib
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from django.db import transaction

from exercises.models import Exercise, Status
from exercises.sentences import gettext as _
from workouts.data.importers import Export
from workouts.data.inserting import Progress, count_rows_anew, insert_workouts
from workouts.data.name_uses import MINE, own_name
from workouts.data.planning import PlannedWorkout, Planner
from workouts.data.reasons import as_kept
from workouts.data.restoring import restore
from workouts.data.taking_back import Had
from workouts.models import Athlete, Import
from workouts.own_exercises import make_own_exercise
from workouts.text_format import clean_title
from workouts.weighings import weigh_where_missing

MANY_SETS = 1_000
DAY_TAKEN = _("Your log had a workout on that day, and you left such days out.")


class NotReady(Exception):
    """Something has to be answered before the file can be brought in."""


def opened(*, athlete: Athlete, data: bytes, file_name: str, export: Export) -> Import:
    """A file that was read, not kept yet. What was answered about earlier ones counts. 1 query."""
    answers: dict[str, str] = {}
    for names in athlete.imports.order_by("created_at", "pk").values_list("names", flat=True):
        answers |= names
    return Import(
        athlete=athlete,
        source=export.source,
        file_name=clean_title(file_name)[-200:],
        file=zlib.compress(data),
        names=answers,
    )


@transaction.atomic
def keep(brought: Import) -> Import:
    """Keep the file with what was answered about it, until it is brought in."""
    brought.athlete.renew_version()
    brought.save()
    return brought


@transaction.atomic
def forget(brought: Import) -> None:
    """Throw a file away of which nothing was brought in, or nothing is left."""
    brought.athlete.renew_version()
    brought.athlete.imports.filter(pk=brought.pk, workouts=None).delete()


@transaction.atomic
def clear_forgotten(*, at: datetime) -> int:
    """Throw away the files that nobody has gone on with for so long; how many that were."""
    due = Import.objects.forgotten(at=at)
    owners = list(due.order_by().values_list("athlete", flat=True))
    Athlete.objects.filter(pk__in=owners).renew_versions()
    return due.delete()[0]


@transaction.atomic
def finish(brought: Import, *, at: datetime, progress: Progress = iter) -> Import:
    """Save the workouts of the file, all or none. Raises NotReady, BadName and NotAlike.

    Done a second time it changes nothing.
    """
    athlete = brought.athlete
    athlete.renew_version()
    brought = athlete.imports.select_for_update().get(pk=brought.pk)
    if not brought.is_waiting:
        return brought
    planner = Planner(brought)
    had = Had.of(athlete)
    archived = _restore(planner, athlete)
    _make_own(planner, brought)
    planned = planner.plan()
    if not planned.is_ready:
        raise NotReady
    chosen: Sequence[PlannedWorkout] = planned.workouts
    skipped = list(planned.skipped)
    if not brought.takes_days_with_workouts:
        chosen = planned.on_free_days
        for one in planned.on_days_with_workouts:
            skipped += one.skipped(DAY_TAKEN)
    days = {one.draft.day for one in chosen}
    weigh_where_missing(
        athlete=athlete,
        weighings=[(day, *weight) for day, weight in planned.weighings.items() if day in days],
    )
    insert_workouts(brought, chosen, progress)
    brought.made = had.made_since(athlete)
    for exercise in archived:
        exercise.status = Status.ARCHIVED
        exercise.save()
    brought.done_at = at
    brought.workout_count = len(chosen)
    brought.set_count = sum(len(each.text.sets) for one in chosen for each in one.draft.entries)
    skipped.sort(key=attrgetter("line"))
    brought.skipped = [as_kept(one.line, one.reason) for one in skipped]
    brought.file = b""
    if brought.set_count >= MANY_SETS:
        transaction.on_commit(count_rows_anew)
    brought.save()
    return brought


def _restore(planner: Planner, athlete: Athlete) -> list[Exercise]:
    """Put back what the file has besides workouts; which own exercises are to be archived."""
    if planner.export.besides is None:
        return []
    archived = restore(athlete, planner.export.besides)
    planner.forget_names()
    return archived


def _make_own(planner: Planner, brought: Import) -> None:
    """Make the exercises that were asked for. Raises BadName and NotAlike."""
    for use in planner.names.questions:
        if use.answer == MINE:
            texts = [one.as_text() for one in use.sets]
            own = make_own_exercise(owner=brought.athlete.user, name=own_name(use.name), like=texts)
            brought.names[use.key] = own.slug
    planner.forget_names()
