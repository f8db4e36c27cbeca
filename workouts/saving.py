"""Writing workouts. Each verb is one transaction; nothing is half saved."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import F, UUIDField
from django.db.models.functions import Now

from exercises.models import Exercise
from exercises.prepared import PreparedQuery
from workouts.models import Athlete, Entry, LoggedSet, Routine, Workout
from workouts.models.log import EntryQuerySet
from workouts.reading import Draft, places
from workouts.reckoning.strength import (
    LoadRule,
    SetFigures,
    Summary,
    is_conditioning,
    sets_added,
    summarise,
)
from workouts.reckoning.weights import to_kg
from workouts.text_format import SetText, clean_notes
from workouts.vocabulary import Source

SETS_AT_ONCE = 75  # of one insert: less than a thousand values, as every SQLite takes


class Conflict(Exception):
    """The workout was saved by someone else, or in another tab, since this text was begun."""

    def __init__(self, current: Workout) -> None:
        super().__init__(f"Workout {current.pk} is at revision {current.revision}")
        self.current = current


@dataclass(frozen=True, slots=True)
class Started:
    """The routine that a workout was started from, and its text as it was then."""

    routine: Routine | None = None
    plan: str = ""


NOT_STARTED = Started()


def load_rule(exercise: Exercise) -> LoadRule:
    """How the exercise's sets are reckoned."""
    return LoadRule(
        load_type=exercise.load_type,
        bodyweight_fraction=exercise.bodyweight_fraction,
        implements=exercise.implements,
        implements_one_side=exercise.implements_one_side,
        is_conditioning=is_conditioning(exercise.load_type, exercise.pattern),
        pace=exercise.pace,
    )


@transaction.atomic
def log_workout(
    *,
    athlete: Athlete,
    key: uuid.UUID,
    draft: Draft,
    source: Source = Source.TYPED,
    started: Started = NOT_STARTED,
) -> tuple[Workout, bool]:
    """Save a new workout under the key that the client chose; also whether it was new.

    A second post of the same key changes nothing and returns the first one's workout. Raises
    ``Conflict`` if that workout has another content. A key that someone else's workout has, or
    a deleted one, is replaced: always by the same one, so that a second post finds it again.
    """
    athlete.renew_version()
    if _with_key.rows(key=key):
        before = athlete.workouts.live().filter(pk=key).with_entries().first()
        if before is None:
            other = uuid.uuid5(key, f"athlete {athlete.pk}")
            return log_workout(
                athlete=athlete, key=other, draft=draft, source=source, started=started
            )
        if not is_same(before, draft):
            raise Conflict(before)
        return before, False
    weighing = athlete.weighing_on(draft.day)
    workout = Workout(
        pk=key,
        athlete=athlete,
        source=source,
        weighing=weighing,
        routine=started.routine,
        plan=started.plan,
        **draft.columns,
    )
    workout.save(force_insert=True)
    write_entries(workout, draft, bodyweight_kg=_bodyweight_of(workout))
    return workout, True


_with_key = PreparedQuery(
    lambda key: Workout.objects.filter(pk=key).values_list("pk"), key=UUIDField()
)


@transaction.atomic
def log_notebook(
    *,
    athlete: Athlete,
    key: uuid.UUID,
    drafts: Sequence[Draft],
    anyway: Collection[str] = (),
    source: Source = Source.TYPED,
) -> list[tuple[Workout, bool]]:
    """Save the workouts of a notebook, each with whether it was new; all of them or none.

    Their keys are made of the client's and their days, so a second post finds them. One whose day
    has a workout with the same exercises and sets is left out, that one is returned, unless it is
    to be saved ``anyway``, by its name in ``places``. Raises ``Conflict`` as ``log_workout``.
    """
    athlete.renew_version()
    before = logged_before(athlete=athlete, drafts=drafts)
    logged = []
    for place, draft, other in zip(places(drafts), drafts, before, strict=True):
        of_day = uuid.uuid5(key, place)
        if other is not None and other.pk != of_day and place not in anyway:
            logged.append((other, False))
        else:
            logged.append(log_workout(athlete=athlete, key=of_day, draft=draft, source=source))
    return logged


def logged_before(*, athlete: Athlete, drafts: Sequence[Draft]) -> list[Workout | None]:
    """For each draft the workout of its day that has the same exercises and sets. 3 queries."""
    days = {draft.day for draft in drafts}
    by_day: defaultdict[date, list[Workout]] = defaultdict(list)
    for workout in athlete.workouts.live().filter(day__in=days).with_entries():
        by_day[workout.day].append(workout)
    return [
        next((one for one in by_day[draft.day] if _has_sets_of(one, draft)), None)
        for draft in drafts
    ]


def _has_sets_of(workout: Workout, draft: Draft) -> bool:
    stored = [(entry.exercise_id, entry.as_text().sets) for entry in workout.entries.all()]
    return stored == [(each.exercise.pk, each.text.sets) for each in draft.entries]


@transaction.atomic
def revise_workout(*, athlete: Athlete, key: uuid.UUID, revision: int, draft: Draft) -> Workout:
    """Replace a workout's content, if ``revision`` is still the stored one.

    Raises ``Conflict`` when it is not, unless the workout has just this content already, as after
    a retried post; and ``Workout.DoesNotExist`` when the athlete has no such workout. The body
    weight that the workout was reckoned with stays; on another day it takes that of the day.
    """
    athlete.renew_version()
    mine = athlete.workouts.live().filter(pk=key)
    workout = mine.with_entries().get()
    if workout.revision != revision:
        if is_same(workout, draft):
            return workout
        raise Conflict(workout)
    used = (one.bodyweight_kg for entry in workout.entries.all() for one in entry.sets.all())
    bodyweight_kg = next((kg for kg in used if kg), None)
    columns = draft.columns
    if draft.notes == clean_notes(workout.notes):
        del columns["notes"]
    if bodyweight_kg is None or workout.day != draft.day:
        weighing = athlete.weighing_on(draft.day)
        if weighing:
            columns["weighing"], bodyweight_kg = weighing, weighing.weight_kg
    mine.update(revision=F("revision") + 1, updated_at=Now(), **columns)
    before = list(workout.entries.all())
    workout.entries.all().delete()
    write_entries(workout, draft, bodyweight_kg=bodyweight_kg, before=before)
    return workout


@transaction.atomic
def delete_workout(*, athlete: Athlete, key: uuid.UUID, at: datetime) -> bool:
    """Delete a workout so that ``restore_workout`` can bring it back. Whether there was one."""
    athlete.renew_version()
    return bool(athlete.workouts.live().filter(pk=key).update(deleted_at=at, updated_at=Now()))


@transaction.atomic
def restore_workout(*, athlete: Athlete, key: uuid.UUID, beside: bool = False) -> bool:
    """Bring a deleted workout back. Whether there was one.

    Raises ``Conflict`` with another workout that began at the same time, such as the same session
    logged again since; with ``beside`` both are wanted.
    """
    athlete.renew_version()
    deleted = athlete.workouts.deleted().filter(pk=key)
    if not beside:
        starts = deleted.values("started_at")
        instead = athlete.workouts.live().filter(started_at__in=starts).with_entries().first()
        if instead:
            raise Conflict(instead)
    return bool(deleted.update(deleted_at=None, updated_at=Now()))


def _bodyweight_of(workout: Workout) -> Decimal | None:
    return workout.weighing.weight_kg if workout.weighing else None


def write_entries(
    workout: Workout,
    draft: Draft,
    *,
    bodyweight_kg: Decimal | None,
    before: Iterable[Entry] = (),
) -> None:
    """Insert a workout's entries with their summaries, and their sets; ``before`` are those that
    they take the place of. 2 queries.
    """
    entries, sets = build_entries(workout, draft, bodyweight_kg=bodyweight_kg)
    _keep_what_files_said(entries, before)
    Entry.objects.bulk_create(entries)
    insert_sets(chain.from_iterable(sets))


def insert_sets(sets: Iterable[LoggedSet]) -> None:
    """What ``bulk_create`` does, in a third of its time, since all values are what their columns
    have already. Their entries are saved. 1 query for every 75.
    """
    fields = [field for field in LoggedSet._meta.concrete_fields if not field.primary_key]
    values = attrgetter(*("entry.pk" if f.name == "entry" else f.attname for f in fields))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    into = f'INSERT INTO "{LoggedSet._meta.db_table}" ({columns})'
    marks = f"({', '.join(['%s'] * len(fields))})"
    left = iter(sets)
    with connection.cursor() as cursor:
        while rows := list(map(values, islice(left, SETS_AT_ONCE))):
            all_marks = ", ".join([marks] * len(rows))
            cursor.execute(f"{into} VALUES {all_marks}", list(chain.from_iterable(rows)))


def _keep_what_files_said(entries: Iterable[Entry], before: Iterable[Entry]) -> None:
    """Of an exercise that is still there what no text says: its name in the app that it came from,
    and its notes as they stood in that file, where the text has left them alone.
    """
    left = list(before)
    for entry in entries:
        alike = [one for one in left if one.exercise_id == entry.exercise_id]
        same = [one for one in alike if clean_notes(one.notes) == entry.notes]
        if not alike:
            continue
        old = (same or alike)[0]
        left.remove(old)
        entry.imported_name = old.imported_name
        if same:
            entry.notes = old.notes


def build_entries(
    workout: Workout, draft: Draft, *, bodyweight_kg: Decimal | None
) -> tuple[list[Entry], list[list[LoggedSet]]]:
    """A workout's entries and, for each, its sets; none saved yet."""
    entries, sets = [], []
    for position, drafted in enumerate(draft.entries, start=1):
        entry = Entry(
            athlete_id=workout.athlete_id,
            workout=workout,
            exercise=drafted.exercise,
            position=position,
            superset=drafted.text.superset,
            notes=drafted.text.notes,
        )
        logged = [
            _logged_set(entry, place, text, bodyweight_kg=bodyweight_kg)
            for place, text in enumerate(drafted.text.sets, start=1)
        ]
        set_summary(entry, logged)
        entries.append(entry)
        sets.append(logged)
    set_counts(zip(entries, sets, strict=True))
    return entries, sets


# What an entry's sets alone decide; its hard sets depend on the exercise's other entries too.
SUMMARY_FIELDS = tuple(name for name in Summary._fields if name != "hard_sets")


def set_summary(entry: Entry, sets: Iterable[LoggedSet]) -> None:
    """Keep on the entry what its sets come to, but for their count: see ``set_counts``."""
    summary = summarise(load_rule(entry.exercise), [logged.figures for logged in sets])
    for field in SUMMARY_FIELDS:
        setattr(entry, field, getattr(summary, field))


def set_counts(parts: Iterable[tuple[Entry, Iterable[LoggedSet]]]) -> None:
    """Keep on each entry how many working sets it adds to those of its exercise in its workout.

    The entries are all that a workout, or several, have of an exercise, in order of position.
    """
    together: defaultdict[tuple[object, int], list[tuple[Entry, list[SetFigures]]]]
    together = defaultdict(list)
    for entry, sets in parts:
        working = [logged.figures for logged in sets if not logged.is_warmup]
        together[entry.workout_id, entry.exercise_id].append((entry, working))
    for entries in together.values():
        rule = load_rule(entries[0][0].exercise)
        added = sets_added(() if rule.is_conditioning else working for _, working in entries)
        for (entry, _), count in zip(entries, added, strict=True):
            entry.hard_sets = count


def recount(entries: EntryQuerySet) -> None:
    """Count working sets anew where they are all that workouts have of an exercise. 3 queries."""
    ordered = list(
        entries.order_by("workout", "position").select_related("exercise").prefetch_related("sets")
    )
    set_counts((entry, entry.sets.all()) for entry in ordered)
    entries.bulk_update(ordered, ["hard_sets"], batch_size=200)


def is_same(workout: Workout, draft: Draft) -> bool:
    """Whether a stored workout, entries loaded, has exactly the draft's content."""
    stored = [(entry.exercise_id, entry.as_text()) for entry in workout.entries.all()]
    drafted = [
        (each.exercise.pk, replace(each.text, name=each.exercise.name)) for each in draft.entries
    ]
    columns = draft.columns
    there = {name: getattr(workout, name) for name in columns}
    there["notes"] = clean_notes(workout.notes)
    return stored == drafted and there == columns


def _logged_set(
    entry: Entry, position: int, text: SetText, *, bodyweight_kg: Decimal | None
) -> LoggedSet:
    load = text.load
    return LoggedSet(
        athlete_id=entry.athlete_id,
        entry=entry,
        position=position,
        kind=text.kind,
        side=text.side,
        weight=load.amount if load else None,
        unit=load.unit if load else "",
        weight_kg=to_kg(load.amount, load.unit) if load else None,
        reps=text.reps,
        seconds=text.seconds,
        metres=text.metres,
        rpe=text.rpe,
        bodyweight_kg=bodyweight_kg,
    )
