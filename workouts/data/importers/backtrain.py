"""Backtrain's own JSON: everything of an athlete (docs/data.md). A set's line is its number."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from exercises.sentences import gettext as _
from exercises.sentences import grouped
from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.documents import (
    Document,
    document_of,
    documents_of,
    strings_of,
    text_of,
)
from workouts.data.importers.sessions import LETTERS, MAX_KEY, MAX_NAME, check_name
from workouts.data.importers.values import (
    Besides,
    Export,
    ImportedEntry,
    ImportedSet,
    ImportedWorkout,
    Skipped,
    Unreadable,
)
from workouts.routine_format import MAX_PLAN
from workouts.vocabulary import SetKind, Side, Source, Unit

FORMAT, VERSION = "backtrain", 1
MOST = 1_000  # of what there is besides workouts; weighings are as many as days


def matches(document: object) -> bool:
    return isinstance(document, dict) and document.get("format") == FORMAT


def read(document: Document) -> Export:
    """Raises Unreadable where the document has another version, or parts of another kind."""
    if document.get("version") != VERSION:
        raise Unreadable(_("The file is of another version of Backtrain than this one reads."))
    reader = _Reader()
    workouts = [reader.workout(one) for one in documents_of(document, "workouts")]
    return Export(
        Source.BACKTRAIN,
        tuple(one for one in workouts if one),
        tuple(reader.skipped),
        reader.rows,
        besides=_besides(document),
    )


class _Reader:
    """Reads workouts, and counts their sets."""

    def __init__(self) -> None:
        self.rows = 0
        self.skipped: list[Skipped] = []
        self._keys: set[str] = set()

    def workout(self, document: Document) -> ImportedWorkout | None:
        entries = [self._entry(one) for one in documents_of(document, "entries")]
        try:
            about = _about(document)
            if about.key in self._keys:
                raise BadCell(_("The file has this workout twice."))
        except (BadCell, ValueError) as problem:
            self.skipped += [Skipped(one.line, problem.args[0]) for e in entries for one in e.sets]
            return None
        self._keys.add(about.key)
        kept = tuple(entry for entry in entries if entry.sets)
        return replace(about, entries=kept) if kept else None

    def _entry(self, document: Document) -> ImportedEntry:
        name, superset = text_of(document, "exercise"), text_of(document, "superset")
        return ImportedEntry(
            name=name,
            sets=tuple(self._sets(document, name)),
            superset=superset if superset in set(LETTERS) else "",
            notes=text_of(document, "notes"),
            first_name=text_of(document, "imported_name")[:MAX_NAME],
        )

    def _sets(self, document: Document, name: str) -> Iterator[ImportedSet]:
        for one in documents_of(document, "sets"):
            self.rows += 1
            try:
                check_name(name)
                yield cells.checked(_set(one, self.rows))
            except (BadCell, ValueError) as problem:
                self.skipped.append(Skipped(self.rows, problem.args[0]))


def _about(document: Document) -> ImportedWorkout:
    instant = cells.moment(text_of(document, "started_at"))
    day = cells.day_of(text_of(document, "day"))
    if not isinstance(instant, datetime) or instant.tzinfo is None:
        raise BadCell(_("The workout has no start."))
    weighed_on, planned = text_of(document, "weighed_on"), text_of(document, "plan")
    return ImportedWorkout(
        key=text_of(document, "id")[:MAX_KEY] or f"{instant:%Y-%m-%d %H:%M}",
        day=day,
        time=None,
        instant=instant,
        zone=text_of(document, "time_zone"),
        entries=(),
        title=text_of(document, "title"),
        notes=text_of(document, "notes"),
        minutes=cells.minutes(text_of(document, "minutes")),
        weighed_on=cells.day_of(weighed_on) if weighed_on else None,
        routine=text_of(document, "routine"),
        plan=planned if len(planned) <= MAX_PLAN else "",
    )


def _set(document: Document, line: int) -> ImportedSet:
    return ImportedSet(
        line=line,
        weight=cells.exact(text_of(document, "weight")),
        unit=cells.unit_of(text_of(document, "unit")),
        reps=cells.whole(text_of(document, "reps"), "Reps"),
        seconds=cells.whole(text_of(document, "seconds"), "Seconds"),
        distance=cells.number(text_of(document, "metres")),
        length="m",
        kind=SetKind(text_of(document, "kind") or SetKind.WORKING),
        side=Side(text_of(document, "side") or Side.BOTH),
        rpe=cells.rpe(text_of(document, "rpe")),
    )


def _besides(document: Document) -> Besides:
    """Raises Unreadable."""
    for key in ("own_exercises", "own_names", "favourites", "routines"):
        found = document.get(key)
        if isinstance(found, list) and len(found) > MOST:
            what = key.replace("_", " ")
            raise Unreadable(
                _("The file has more than %(most)s %(what)s.", most=grouped(MOST), what=what)
            )
    return Besides(
        settings=document_of(document, "settings"),
        own_exercises=documents_of(document, "own_exercises"),
        own_names=documents_of(document, "own_names"),
        favourites=strings_of(document, "favourites"),
        body_weights=[_weighing(one) for one in documents_of(document, "body_weights")],
        routines=documents_of(document, "routines"),
        goal=document_of(document, "goal"),
    )


def _weighing(document: Document) -> tuple[date, Decimal, Unit]:
    try:
        weight = cells.exact(text_of(document, "weight")) or Decimal(0)
        return cells.day_of(text_of(document, "on")), weight, Unit(text_of(document, "unit"))
    except (BadCell, ValueError) as problem:
        raise Unreadable(
            _("A body weight in the file can’t be read: %(problem)s", problem=problem.args[0])
        ) from problem
