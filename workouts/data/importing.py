"""Bringing in the workouts of a file, and taking them back. Each verb is one transaction.

A file waits as an ``Import`` while its names are being answered. Until then nothing of it is in the
log; what would come of it is a ``Plan``, made anew with each look, by the same code that saves.
"""

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from exercises.models import Exercise, Status
from exercises.search.lookup import NameIndex
from workouts.data.importers import (
    Export,
    ImportedEntry,
    ImportedSet,
    ImportedWorkout,
    Skipped,
    notebook,
    read_export,
)
from workouts.data.restoring import restore
from workouts.lines import finder
from workouts.models import Athlete, BodyWeight, Entry, Import, LoggedSet, Routine, Workout
from workouts.own_exercises import is_used, make_own_exercise, names_of
from workouts.reading import Draft, DraftEntry, local_to_utc
from workouts.reckoning.body_weight import is_of_a_person
from workouts.reckoning.weights import plain, to_kg
from workouts.saving import build_entries
from workouts.text_format import EntryText, SetText, clean_name, clean_notes, clean_title
from workouts.text_format.entries import WITH_HELP, WITH_WEIGHT
from workouts.text_format.loading import WEIGHTLESS
from workouts.text_format.values import MAX_ENTRIES, MAX_NAME, MAX_NOTES, MAX_SETS, MAX_TITLE
from workouts.time_zones import known_time_zones
from workouts.vocabulary import Unit
from workouts.weighings import delete_weighings, weigh_where_missing

MINE = "+"  # an answer: make it an exercise of one's own
LEAVE_OUT = "-"  # an answer: not these sets
OFFERED = 4
NOON = time(12)  # when workouts began of which the file has the day alone
AT_ONCE = 100  # workouts
ROWS = 500  # of one insert
MANY_SETS = 1_000

Loaded = Literal["", "weight", "help"]


Weight = tuple[Decimal, Unit]


class NotReady(Exception):
    """Something has to be answered before the file can be brought in."""


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name of the file and the sets that it stands for, which are of one exercise.

    ``key`` is what an answer goes by.
    """

    name: str
    key: str
    sets: tuple[ImportedSet, ...]
    exercise: Exercise | None = None
    answer: str = ""
    offers: tuple[Exercise, ...] = ()

    @property
    def is_answered(self) -> bool:
        return self.exercise is not None or self.answer in (MINE, LEAVE_OUT)


@dataclass(frozen=True, slots=True)
class PlannedWorkout:
    """A workout as it would be saved. ``names`` are the file's, one for each entry of the draft."""

    imported: ImportedWorkout
    draft: Draft
    names: tuple[str, ...]
    is_on_day_with_workout: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What would come of a file: workouts to save, and what of it would not, with the reasons.

    ``before`` are those that an earlier import of the same app brought, ``deleted`` those of them
    that were deleted since, and ``weighings`` body weights of days that have none.
    """

    export: Export
    uses: tuple[NameUse, ...]
    workouts: tuple[PlannedWorkout, ...]
    skipped: tuple[Skipped, ...]
    before: int
    deleted: int
    lacks_unit: bool
    lacks_date_order: bool
    weighings: Mapping[date, Weight]

    @property
    def is_ready(self) -> bool:
        return not self.lacks_unit and not self.lacks_date_order and not self.asked

    @property
    def asked(self) -> list[NameUse]:
        """What has to be answered first, the most used names first."""
        return [use for use in self.uses if not use.is_answered]

    @property
    def known(self) -> list[NameUse]:
        return [use for use in self.uses if use.is_answered]

    @property
    def set_count(self) -> int:
        return sum(len(each.text.sets) for one in self.workouts for each in one.draft.entries)

    @property
    def open_sets(self) -> int:
        """How many sets wait for what their names mean."""
        return sum(len(use.sets) for use in self.asked)

    @property
    def on_days_with_workouts(self) -> int:
        return sum(one.is_on_day_with_workout for one in self.workouts)

    @property
    def lacks_times(self) -> bool:
        return any(one.imported.time is None for one in self.workouts)

    @property
    def first_day(self) -> date:
        return self.workouts[0].draft.day

    @property
    def last_day(self) -> date:
        return self.workouts[-1].draft.day


Batches = Sequence[Sequence[PlannedWorkout]]
Progress = Callable[[Batches], Iterable[Sequence[PlannedWorkout]]]


def name_use_key(name: str, loaded: Loaded) -> str:
    """Under which an answer is kept about sets of this kind, where others of the name differ."""
    return f"{name} [{loaded}]"


def read_file(
    athlete: Athlete, data: bytes, *, index: NameIndex, is_month_first: bool | None = None
) -> Export:
    """What a file holds. Raises ``importers.Unreadable``."""
    read = read_export(data, is_month_first=is_month_first)
    if isinstance(read, Export):
        return read
    today = athlete.day_at(timezone.now())
    return notebook.read(read, find=finder(index), unit=athlete.unit, today=today)


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
    brought.athlete.imports.filter(pk=brought.pk).exclude(workouts__isnull=False).delete()


def plan(brought: Import) -> Plan:
    """What would come of the file now. 4-6 queries, of 1 workout or thousands."""
    return _Planner(brought).plan()


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
    planner = _Planner(brought)
    had = _Had.of(athlete)
    archived = planner.restore()
    planner.make_own()
    planned = planner.plan()
    if not planned.is_ready:
        raise NotReady
    chosen = [
        one
        for one in planned.workouts
        if brought.takes_days_with_workouts or not one.is_on_day_with_workout
    ]
    days = {one.draft.day for one in chosen}
    weigh_where_missing(
        athlete=athlete,
        weighings=[(day, *weight) for day, weight in planned.weighings.items() if day in days],
    )
    _save(brought, chosen, progress)
    brought.made = had.made_since(athlete)
    for exercise in archived:
        exercise.status = Status.ARCHIVED
        exercise.save()
    brought.done_at = at
    brought.workout_count = len(chosen)
    brought.set_count = sum(len(each.text.sets) for one in chosen for each in one.draft.entries)
    brought.skipped = [[one.line, one.reason] for one in planned.skipped]
    brought.file = b""
    if brought.set_count >= MANY_SETS:
        transaction.on_commit(_count_rows_anew)
    brought.save()
    return brought


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
class _Had:
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


class _Planner:
    """Reads a file with the names that its athlete knows."""

    def __init__(self, brought: Import) -> None:
        self._brought = brought
        self._athlete = brought.athlete
        export = read_file(
            self._athlete,
            zlib.decompress(brought.file),
            index=self._index,
            is_month_first=brought.is_month_first,
        )
        self._lacks_unit = export.lacks_unit and not brought.unit
        self._lacks_date_order = bool(export.doubtful_date) and brought.is_month_first is None
        self._export = export.answered(Unit(brought.unit or self._athlete.unit))
        self._skipped: list[Skipped] = list(export.skipped)

    @cached_property
    def _index(self) -> NameIndex:
        return names_of(self._athlete.user)

    @cached_property
    def _uses(self) -> dict[tuple[str, Loaded], NameUse]:
        """What each name of the file means, for sets of each kind: the most used first."""
        sets: dict[str, dict[Loaded, list[ImportedSet]]] = {}
        for workout in self._export.workouts:
            for entry in workout.entries:
                for one in entry.sets:
                    sets.setdefault(entry.name, {}).setdefault(_loaded(one), []).append(one)
        uses = {
            (name, loaded): use
            for name, by_kind in sets.items()
            for loaded, use in self._of_name(name, by_kind)
        }
        return dict(sorted(uses.items(), key=lambda item: -len(item[1].sets)))

    def _questions(self) -> tuple[NameUse, ...]:
        """Each use once, though it may be of sets of several kinds."""
        return tuple({use.key: use for use in self._uses.values()}.values())

    def _of_name(
        self, name: str, sets: Mapping[Loaded, list[ImportedSet]]
    ) -> Iterator[tuple[Loaded, NameUse]]:
        """What the name means for each kind of sets; one question for all where it is unknown."""
        answer = self._answers.get(name, "")
        if name in self._own_names and answer != LEAVE_OUT and answer not in self._exercises:
            answer = MINE
        found = self._exercises.get(answer) or self._index.find(name)
        if answer in (MINE, LEAVE_OUT) or found is None:
            together = tuple(chain.from_iterable(sets.values()))
            offers = () if answer in (MINE, LEAVE_OUT) else tuple(self._offers(name))
            use = NameUse(name, name, together, answer=answer, offers=offers)
            yield from ((loaded, use) for loaded in sets)
            return
        for loaded, of_kind in sets.items():
            yield loaded, self._of_kind(name, loaded, tuple(of_kind), found)

    def _of_kind(
        self, name: str, loaded: Loaded, sets: tuple[ImportedSet, ...], found: Exercise
    ) -> NameUse:
        """What sets of this kind are, where the name means an exercise: it, or a version of it."""
        key = name_use_key(name, loaded)
        if not loaded or found.load_type not in WEIGHTLESS:
            return NameUse(name, name, sets, found)
        answer = self._answers.get(key, "")
        if answer in (MINE, LEAVE_OUT):
            return NameUse(name, key, sets, answer=answer)
        forms = WITH_WEIGHT if loaded == "weight" else WITH_HELP
        versions = (self._index.find(form.format(found.name)) for form in forms)
        version = self._exercises.get(answer) or next(filter(None, versions), None)
        return NameUse(
            name, key, sets, version, offers=() if version else tuple(self._offers(name))
        )

    @property
    def _answers(self) -> dict[str, str]:
        answers: dict[str, str] = self._brought.names
        return answers

    @cached_property
    def _own_names(self) -> set[str]:
        """The names of the own exercises that our own export brings along."""
        besides = self._export.besides
        return {str(one.get("name")) for one in besides.own_exercises} if besides else set()

    @cached_property
    def _exercises(self) -> dict[str, Exercise]:
        """The exercises that were answered, by their slugs."""
        wanted = set(self._answers.values())
        return {one.slug: one for one in self._index.exercises.values() if one.slug in wanted}

    def _offers(self, name: str) -> list[Exercise]:
        return self._index.offers(name[:MAX_NAME], logged=self._logged, limit=OFFERED)

    @cached_property
    def _logged(self) -> Mapping[int, int]:
        return self._athlete.entries.per_exercise()

    def restore(self) -> list[Exercise]:
        """Put back what the file has besides workouts; which own exercises are to be archived."""
        if self._export.besides is None:
            return []
        archived = restore(self._athlete, self._export.besides)
        self._forget_names()
        return archived

    def make_own(self) -> None:
        """Make the exercises that were asked for. Raises BadName and NotAlike."""
        for use in self._questions():
            if use.answer == MINE:
                texts = [one.as_text() for one in use.sets]
                own = make_own_exercise(
                    owner=self._athlete.user, name=own_name(use.name), like=texts
                )
                self._brought.names[use.key] = own.slug
        self._forget_names()

    def _forget_names(self) -> None:
        for cached in ("_index", "_exercises", "_uses"):
            self.__dict__.pop(cached, None)

    def plan(self) -> Plan:
        before, deleted, days = self._there()
        new = [one for one in self._export.workouts if one.key not in before | deleted]
        workouts = list(filter(None, (self._planned(one, days) for one in new)))
        return Plan(
            export=self._export,
            uses=self._questions(),
            workouts=tuple(workouts),
            skipped=tuple(sorted(self._skipped, key=lambda one: one.line)),
            before=len(before & {one.key for one in self._export.workouts}),
            deleted=len(deleted & {one.key for one in self._export.workouts}),
            lacks_unit=self._lacks_unit,
            lacks_date_order=self._lacks_date_order,
            weighings=self._weighings(workouts),
        )

    def _weighings(self, workouts: Iterable[PlannedWorkout]) -> dict[date, Weight]:
        """The first body weight of each day that has none. A query where there are any."""
        found: dict[date, Weight] = {}
        for one in workouts:
            if one.imported.body_weight:
                amount, unit = one.imported.body_weight
                weight = (amount, Unit(unit or self._athlete.unit))
                if is_of_a_person(to_kg(*weight)):
                    found.setdefault(one.draft.day, weight)
        if found:
            for day in self._athlete.body_weights.values_list("weighed_on", flat=True):
                found.pop(day, None)
        return found

    def _there(self) -> tuple[set[str], set[str], set[date]]:
        """The keys that the log has of this app, of live and deleted workouts, and the days that
        have a workout from elsewhere.
        """
        before: set[str] = set()
        deleted: set[str] = set()
        days: set[date] = set()
        rows = self._athlete.workouts.values_list("pk", "source", "source_key", "day", "deleted_at")
        keys = {one.key for one in self._export.workouts}
        for pk, source, key, day, deleted_at in rows:
            if str(pk) in keys:  # our own export, of this log
                key = str(pk)
            elif source != self._export.source:
                key = ""
            if key:
                (deleted if deleted_at else before).add(key)
            elif deleted_at is None:
                days.add(day)
        return before, deleted, days

    def _planned(self, one: ImportedWorkout, days: set[date]) -> PlannedWorkout | None:
        """None where nothing of it is left."""
        drafted = list(chain.from_iterable(map(self._entries, one.entries)))
        if not drafted:
            return None
        first_line = one.entries[0].sets[0].line
        if over := sum(len(each.text.sets) for _, each in drafted[MAX_ENTRIES:]):
            reason = f"A workout has at most {MAX_ENTRIES} exercises: {over} sets are left out."
            self._skipped.append(Skipped(first_line, reason))
            del drafted[MAX_ENTRIES:]
        zone = one.zone if one.zone in known_time_zones() else self._athlete.time_zone
        started_at = one.instant or _instant(one.day, one.time or NOON, zone)
        day = started_at.astimezone(ZoneInfo(zone)).date() if one.instant else one.day
        title, long_title = _fitted_title(one.title)
        notes = self._notes("\n".join(filter(None, (long_title, one.notes))), line=first_line)
        draft = Draft(
            started_at=started_at,
            day=day,
            time_zone=zone,
            title=title,
            minutes=one.minutes,
            notes=notes,
            entries=tuple(entry for _, entry in drafted),
        )
        return PlannedWorkout(one, draft, tuple(name for name, _ in drafted), day in days)

    def _entries(self, entry: ImportedEntry) -> Iterator[tuple[str, DraftEntry]]:
        """The entry by its exercise, in parts where its sets are of several, each with its name."""
        notes = self._notes(entry.notes, line=entry.sets[0].line)
        for exercise, group in groupby(entry.sets, key=lambda one: self._exercise(entry, one)):
            if exercise is None:
                continue
            texts = list(self._texts(group, exercise))
            for start in range(0, len(texts), MAX_SETS):
                text = EntryText(
                    exercise.name,
                    tuple(texts[start : start + MAX_SETS]),
                    entry.superset,
                    notes,
                    load_type=exercise.load_type,
                )
                yield entry.first_name or entry.name, DraftEntry(exercise, text)
                notes = ""

    def _notes(self, notes: str, *, line: int) -> str:
        """As the log has notes; what is too long for one is said."""
        notes = clean_notes(notes)
        if len(notes) > MAX_NOTES:
            reason = f"A note has at most {MAX_NOTES:,} characters: its end is left out."
            self._skipped.append(Skipped(line, reason))
        return notes[:MAX_NOTES].rstrip()

    def _exercise(self, entry: ImportedEntry, one: ImportedSet) -> Exercise | None:
        return self._uses[entry.name, _loaded(one)].exercise

    def _texts(self, sets: Iterable[ImportedSet], exercise: Exercise) -> Iterator[SetText]:
        for one in sets:
            try:
                yield one.as_text(exercise.load_type)
            except ValueError as error:
                self._skipped.append(Skipped(one.line, f"{exercise.name}: {error}"))


def own_name(name: str) -> str:
    """The name as an own exercise can have it."""
    return clean_name(name.replace(":", " "))[:MAX_NAME].rstrip()


def _loaded(one: ImportedSet) -> Loaded:
    if not one.weight:
        return ""
    return "weight" if one.weight > 0 else "help"


def _instant(day: date, clock: time, zone: str) -> datetime:
    """The instant of a time on the wall; of one that the clocks skipped, an hour later."""
    local = datetime.combine(day, clock)
    while (instant := local_to_utc(local.date(), local.time(), zone)) is None:
        local += timedelta(hours=1)
    return instant


def _fitted_title(title: str) -> tuple[str, str]:
    """The title, and what of it is too long for one."""
    title = clean_title(title)
    return (title, "") if len(title) <= MAX_TITLE else (title[: MAX_TITLE - 1] + "…", title)


class _Weighings:
    """``Athlete.weighing_on`` of many days, of weighings read once."""

    def __init__(self, athlete: Athlete) -> None:
        self._all = list(athlete.body_weights.order_by("weighed_on"))
        self._days = [one.weighed_on for one in self._all]

    def of(self, day: date | None) -> BodyWeight | None:
        """That of the day itself."""
        return self._all[self._days.index(day)] if day in self._days else None

    def on(self, day: date) -> BodyWeight | None:
        place = bisect_right(self._days, day)
        return self._all[max(place - 1, 0)] if self._all else None


def _save(brought: Import, chosen: Sequence[PlannedWorkout], progress: Progress) -> None:
    weighings = _Weighings(brought.athlete)
    routines = {one.name: one for one in brought.athlete.routines.live()}
    batches = [chosen[start : start + AT_ONCE] for start in range(0, len(chosen), AT_ONCE)]
    for batch in progress(batches):
        _save_some(brought, batch, weighings, routines)


def _count_rows_anew() -> None:
    """Let PostgreSQL know how full the tables are. It looks by itself once a minute; until then
    what was empty before is planned as empty, and reading the last sets takes minutes.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in (Workout, Entry, LoggedSet))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def _save_some(
    brought: Import,
    chosen: Sequence[PlannedWorkout],
    weighings: _Weighings,
    routines: Mapping[str, Routine],
) -> None:
    workouts: list[Workout] = []
    entries: list[Entry] = []
    sets: list[LoggedSet] = []
    for one in chosen:
        weighing = weighings.of(one.imported.weighed_on) or weighings.on(one.draft.day)
        workout = Workout(
            athlete_id=brought.athlete_id,
            source=brought.source,
            source_key=one.imported.key,
            imported_in=brought,
            weighing=weighing,
            routine=routines.get(one.imported.routine),
            plan=one.imported.plan,
            **one.draft.columns,
        )
        built, logged = build_entries(
            workout, one.draft, bodyweight_kg=weighing.weight_kg if weighing else None
        )
        for entry, name in zip(built, one.names, strict=True):
            entry.imported_name = name
        workouts.append(workout)
        entries += built
        sets += chain.from_iterable(logged)
    Workout.objects.bulk_create(workouts, batch_size=ROWS)
    Entry.objects.bulk_create(entries, batch_size=ROWS)
    _insert(sets)


def _insert(sets: Iterable[LoggedSet]) -> None:
    """What ``bulk_create`` does, in a third of its time: of 30,000 sets it looks at 400,000 values,
    all of which are what their columns have already. Their entries are saved.
    """
    fields = [field for field in LoggedSet._meta.concrete_fields if not field.primary_key]
    values = attrgetter(*("entry.pk" if f.name == "entry" else f.attname for f in fields))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    into = f'INSERT INTO "{LoggedSet._meta.db_table}" ({columns})'
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"{into} VALUES ({marks})", list(map(values, sets)))
