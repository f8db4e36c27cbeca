"""Rows put together to workouts, whatever app they are from."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from exercises.sentences import gettext as _
from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell, Moment
from workouts.data.importers.tables import Row
from workouts.data.importers.values import (
    BodyWeight,
    Export,
    ImportedEntry,
    ImportedSet,
    ImportedWorkout,
    Skipped,
)
from workouts.vocabulary import Source

MAX_KEY = 200
MAX_NAME = 200
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class _Entry:
    name: str
    group: str
    mark: str
    sets: list[ImportedSet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Session:
    """A workout that rows are added to."""

    day: date
    time: time | None
    instant: datetime | None
    title: str
    key: str
    minutes: int | None = None
    body_weight: BodyWeight | None = None
    zone: str = ""
    notes: list[str] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)

    def entry(self, name: str, *, group: str = "", mark: str = "") -> _Entry:
        """The entry of this exercise: the last one, if it is of the same and has the same ``mark``,
        else a new one. Entries of one ``group`` are done in turn.
        """
        name = " ".join(name.split())
        check_name(name)
        last = self.entries[-1] if self.entries else None
        if last is None or (last.name, last.group, last.mark) != (name, group, mark):
            last = _Entry(name, group, mark)
            self.entries.append(last)
        return last

    def note(self, text: str, *, entry: _Entry | None = None) -> None:
        """Keep a note, once, of the workout or of one exercise in it."""
        notes = self.notes if entry is None else entry.notes
        if text.strip() and text not in notes:
            notes.append(text)

    def done(self) -> ImportedWorkout | None:
        """None where no row gave a set."""
        entries = [entry for entry in self.entries if entry.sets]
        lost = [note for entry in self.entries if not entry.sets for note in entry.notes]
        letters = _letters([entry.group for entry in entries])
        if not entries:
            return None
        return ImportedWorkout(
            key=self.key,
            day=self.day,
            time=self.time,
            instant=self.instant,
            zone=self.zone,
            title=self.title,
            minutes=self.minutes,
            body_weight=self.body_weight,
            notes="\n".join([*self.notes, *lost]),
            entries=tuple(
                ImportedEntry(
                    name=entry.name,
                    sets=tuple(entry.sets),
                    superset=letters.get(entry.group, ""),
                    notes="\n".join(entry.notes),
                )
                for entry in entries
            ),
        )


class Sessions:
    """Collects the workouts of one file, and the lines that give no set."""

    def __init__(
        self, source: Source, dates: Iterable[str] = (), *, is_month_first: bool | None = None
    ) -> None:
        """``dates`` are all of the file, and tell together which number is the month; where none
        decides, ``is_month_first`` does.
        """
        self._source = source
        self._is_month_first, self._doubtful = cells.month_order(dates)
        if self._doubtful and is_month_first is not None:
            self._is_month_first = is_month_first
        self._sessions: dict[str, Session] = {}
        self._skipped: list[Skipped] = []
        self._rows = 0

    def moment(self, cell: str) -> Moment:
        """What a cell with a day of this file says. Raises BadCell."""
        return cells.moment(cell, is_month_first=self._is_month_first)

    def session(
        self, at: Moment, *, title: str = "", clock: time | None = None, mark: str = ""
    ) -> Session:
        """The workout that began then and has this title, and this ``mark`` where several may. A
        day without a time is one.
        """
        instant = at if isinstance(at, datetime) and at.tzinfo else None
        if isinstance(at, datetime):
            day, clock = at.date(), at.time().replace(second=0, microsecond=0, tzinfo=None)
        else:
            day = at
        title = " ".join(title.split())
        key = _key(day, clock, f"{title} {mark}".strip())
        found = self._sessions.get(key)
        if found is None:
            found = Session(day=day, time=clock, instant=instant, title=title, key=key)
            self._sessions[key] = found
        return found

    def count_rows(self, count: int) -> None:
        """So many rows were read otherwise than by ``read``."""
        self._rows += count

    def read(self, rows: Iterable[Row], add: Callable[[Row], None]) -> None:
        """Add all rows; those that ``add`` raises BadCell for are skipped with its message."""
        for row in rows:
            self._rows += 1
            try:
                add(row)
            except BadCell as problem:
                self.skip(row.line, problem.args[0])

    def skip(self, line: int, reason: str) -> None:
        self._skipped.append(Skipped(line, reason))

    def export(self) -> Export:
        workouts = filter(None, (session.done() for session in self._sessions.values()))
        in_order = sorted(workouts, key=lambda one: (one.day, one.time or time.min, one.key))
        return Export(
            self._source,
            tuple(in_order),
            tuple(self._skipped),
            self._rows,
            doubtful_date=self._doubtful,
        )


def check_name(name: str) -> None:
    """Raises BadCell for what can't be the name of an exercise in a file."""
    if not name.strip():
        raise BadCell(_("There is no exercise."))
    if len(name) > MAX_NAME:
        raise BadCell(_("The exercise’s name is too long."))


def _key(day: date, clock: time | None, title: str) -> str:
    start = f"{day:%Y-%m-%d}" + (f" {clock:%H:%M}" if clock else "")
    key = f"{start} {title}".strip()
    if len(key) <= MAX_KEY:
        return key
    return f"{start} {hashlib.sha256(title.encode()).hexdigest()}"


def _letters(groups: list[str]) -> dict[str, str]:
    """A letter for each superset: its own, or the next for a group that several entries share."""
    own = {group: group for group in groups if len(group) == 1 and group in LETTERS}
    shared = dict.fromkeys(group for group in groups if group and groups.count(group) > 1)
    free = (letter for letter in LETTERS if letter not in own)
    return own | dict(zip((group for group in shared if group not in own), free, strict=False))
