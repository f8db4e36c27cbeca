"""What would come of a file: a ``Plan``, made anew with each look, by the code that saves."""

import zlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, partial
from itertools import chain, groupby
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.sentences import gettext as _
from exercises.sentences import grouped, ngettext
from workouts.data.importers import (
    Export,
    ImportedEntry,
    ImportedSet,
    ImportedWorkout,
    Skipped,
    notebook,
    read_export,
)
from workouts.data.name_uses import NameUse, NameUses
from workouts.data.same_sets import sets_done, sets_planned
from workouts.lines import finder
from workouts.models import Athlete, Import
from workouts.own_exercises import names_of
from workouts.reading import Draft, DraftEntry, local_to_utc
from workouts.reckoning.body_weight import is_of_a_person
from workouts.reckoning.weights import to_kg
from workouts.text_format import EntryText, SetText, clean_notes, clean_title
from workouts.text_format.values import MAX_ENTRIES, MAX_NOTES, MAX_SETS, MAX_TITLE
from workouts.time_zones import known_time_zones
from workouts.vocabulary import Unit

NOON = time(12)  # when workouts began of which the file has the day alone

SAME_SETS = _("Your log has a workout of that day with just these sets.")

Weight = tuple[Decimal, Unit]


class InFile(NamedTuple):
    """What an exercise of the draft is called in the file, and its notes byte for byte."""

    name: str
    notes: str


@dataclass(frozen=True, slots=True)
class PlannedWorkout:
    """A workout as it would be saved, with what the file says of it and of each of its entries
    that the text of the draft has tidied.
    """

    imported: ImportedWorkout
    draft: Draft
    notes: str
    entries: tuple[InFile, ...]
    is_on_day_with_workout: bool = False

    def skipped(self, reason: str) -> Iterator[Skipped]:
        """Its lines, where it is left out as a whole."""
        lines = dict.fromkeys(one.line for one in self.imported.sets())
        return (Skipped(line, reason) for line in lines)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would come of a file: workouts to save, and what of it would not, with the reasons.

    ``before`` are those that an earlier import of the same app brought, ``deleted`` those of them
    that were deleted since, and ``weighings`` body weights of days that have none. Those that were
    ``logged_otherwise`` are of a day that has just their sets, by hand or from another app.
    """

    export: Export
    uses: tuple[NameUse, ...]
    workouts: tuple[PlannedWorkout, ...]
    skipped: tuple[Skipped, ...]
    before: int
    deleted: int
    logged_otherwise: int
    lacks_unit: bool
    lacks_date_order: bool
    weighings: Mapping[date, Weight]

    @property
    def is_ready(self) -> bool:
        return not self.lacks_unit and not self.lacks_date_order and not self.asked

    @property
    def is_there(self) -> bool:
        """Whether anything of the file was logged before."""
        return bool(self.before or self.deleted or self.logged_otherwise)

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
    def on_free_days(self) -> list[PlannedWorkout]:
        return [one for one in self.workouts if not one.is_on_day_with_workout]

    @property
    def open_sets(self) -> int:
        """How many sets wait for what their names mean."""
        return sum(len(use.sets) for use in self.asked)

    @property
    def on_days_with_workouts(self) -> list[PlannedWorkout]:
        return [one for one in self.workouts if one.is_on_day_with_workout]

    @property
    def lacks_times(self) -> bool:
        return any(one.imported.time is None for one in self.workouts)

    @property
    def first_day(self) -> date:
        return self.workouts[0].draft.day

    @property
    def last_day(self) -> date:
        return self.workouts[-1].draft.day


class _There(NamedTuple):
    """What the log has: keys of workouts of the file, of live and of deleted ones, and the other
    workouts of each day.
    """

    before: set[str]
    deleted: set[str]
    others: dict[date, list[UUID]]


def read_file(
    athlete: Athlete, data: bytes, *, index: NameIndex, is_month_first: bool | None = None
) -> Export:
    """What a file holds. Raises ``importers.Unreadable``."""
    read = read_export(data, is_month_first=is_month_first)
    if isinstance(read, Export):
        return read
    today = athlete.day_at(timezone.now())
    return notebook.read(read, find=finder(index), unit=athlete.unit, today=today)


def plan(brought: Import) -> Plan:
    """What would come of the file now. 2-6 queries, of 1 workout or thousands."""
    return Planner(brought).plan()


class Planner:
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
        self.export = export.answered(Unit(brought.unit or self._athlete.unit))
        self._skipped: list[Skipped] = list(export.skipped)

    @cached_property
    def _index(self) -> NameIndex:
        return names_of(self._athlete.user)

    @cached_property
    def names(self) -> NameUses:
        return NameUses(self._athlete, self.export, index=self._index, answers=self._brought.names)

    def forget_names(self) -> None:
        """Look them up anew, since exercises were made."""
        for cached in ("_index", "names"):
            self.__dict__.pop(cached, None)

    def plan(self) -> Plan:
        there = self._there()
        new = [one for one in self.export.workouts if one.key not in there.before | there.deleted]
        planned = list(filter(None, (self._planned(one, there.others) for one in new)))
        workouts = self._without_same_sets(planned, there.others)
        return Plan(
            export=self.export,
            uses=self.names.questions,
            workouts=tuple(workouts),
            skipped=tuple(sorted(self._skipped, key=lambda one: one.line)),
            before=len(there.before),
            deleted=len(there.deleted),
            logged_otherwise=len(planned) - len(workouts),
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

    def _there(self) -> _There:
        rows = self._athlete.workouts.values_list("pk", "source", "source_key", "day", "deleted_at")
        keys = {one.key for one in self.export.workouts}
        there = _There(set(), set(), {})
        for pk, source, source_key, day, deleted_at in rows:
            key = source_key if source == self.export.source else ""
            if str(pk) in keys:  # our own export, of this log
                key = str(pk)
            if key in keys:
                (there.deleted if deleted_at else there.before).add(key)
            elif deleted_at is None:
                there.others.setdefault(day, []).append(pk)
        return there

    def _without_same_sets(
        self, planned: Sequence[PlannedWorkout], others: Mapping[date, list[UUID]]
    ) -> list[PlannedWorkout]:
        """Those whose day has not just their sets already: another app logged the same session, or
        its title was changed since. A query where days meet.
        """
        days = {one.draft.day for one in planned if one.is_on_day_with_workout}
        done = sets_done(self._athlete, [pk for day in days for pk in others[day]])
        workouts = []
        for one in planned:
            same = (one.draft.day, sets_planned(one.draft)) if one.is_on_day_with_workout else None
            if same and done[same]:
                done[same] -= 1
                self._skipped += one.skipped(SAME_SETS)
            else:
                workouts.append(one)
        return workouts

    def _planned(self, one: ImportedWorkout, days: Container[date]) -> PlannedWorkout | None:
        """None where nothing of it is left."""
        drafted = list(chain.from_iterable(map(self._entries, one.entries)))
        if not drafted:
            return None
        first_line = one.entries[0].sets[0].line
        if over := sum(len(each.text.sets) for each, _ in drafted[MAX_ENTRIES:]):
            reason = ngettext(
                "A workout has at most %(most)s exercises: %(count)s set is left out.",
                "A workout has at most %(most)s exercises: %(count)s sets are left out.",
                over,
                most=MAX_ENTRIES,
            )
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
            notes=clean_notes(notes),
            entries=tuple(entry for entry, _ in drafted),
        )
        in_file = tuple(said for _, said in drafted)
        return PlannedWorkout(one, draft, notes, in_file, day in days)

    def _entries(self, entry: ImportedEntry) -> Iterator[tuple[DraftEntry, InFile]]:
        """The entry by its exercise, in parts where its sets are of several; the first has the
        notes.
        """
        notes = self._notes(entry.notes, line=entry.sets[0].line)
        for exercise, group in groupby(entry.sets, partial(self.names.exercise_of, entry.name)):
            if exercise is None:
                continue
            texts = list(self._texts(group, exercise))
            for start in range(0, len(texts), MAX_SETS):
                text = EntryText(
                    exercise.name,
                    tuple(texts[start : start + MAX_SETS]),
                    entry.superset,
                    clean_notes(notes),
                    load_type=exercise.load_type,
                )
                in_file = InFile(entry.first_name or entry.name, notes)
                yield DraftEntry(exercise, text), in_file
                notes = ""

    def _notes(self, notes: str, *, line: int) -> str:
        """As they are in the file. The end of what is too long is left out, which is said."""
        clean = clean_notes(notes)
        if len(clean) <= MAX_NOTES:
            return notes
        reason = _(
            "A note has at most %(most)s characters: its end is left out.", most=grouped(MAX_NOTES)
        )
        self._skipped.append(Skipped(line, reason))
        return clean[:MAX_NOTES].rstrip()

    def _texts(self, sets: Iterable[ImportedSet], exercise: Exercise) -> Iterator[SetText]:
        for one in sets:
            try:
                yield one.as_text(exercise.load_type)
            except ValueError as error:
                problem = error.args[0]
                reason = _("%(exercise)s: %(problem)s", exercise=exercise.name, problem=problem)
                self._skipped.append(Skipped(one.line, reason))


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
