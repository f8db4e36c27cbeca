"""Backtrain's own JSON: everything of an athlete (docs/data.md). A set's line is its number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.values import (
    Besides,
    Export,
    ImportedEntry,
    ImportedSet,
    ImportedWorkout,
    Skipped,
    Unreadable,
)
from workouts.vocabulary import SetKind, Side, Source, Unit

FORMAT, VERSION = "backtrain", 1

Document = Mapping[str, Any]


def matches(document: object) -> bool:
    return isinstance(document, dict) and document.get("format") == FORMAT


def read(document: Document) -> Export:
    """Raises Unreadable where the document has another version, or parts of another kind."""
    if document.get("version") != VERSION:
        raise Unreadable("The file is of another version of Backtrain than this one reads.")
    reader = _Reader()
    workouts = [reader.workout(one) for one in _documents(document, "workouts")]
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

    def workout(self, document: Document) -> ImportedWorkout | None:
        entries = [self._entry(one) for one in _documents(document, "entries")]
        try:
            about = _about(document)
        except (BadCell, ValueError) as problem:
            self.skipped += [Skipped(one.line, str(problem)) for e in entries for one in e.sets]
            return None
        kept = tuple(entry for entry in entries if entry.sets)
        return replace(about, entries=kept) if kept else None

    def _entry(self, document: Document) -> ImportedEntry:
        return ImportedEntry(
            name=_text(document, "exercise"),
            sets=tuple(self._sets(document)),
            superset=_text(document, "superset"),
            notes=_text(document, "notes"),
            first_name=_text(document, "imported_name"),
        )

    def _sets(self, document: Document) -> Iterator[ImportedSet]:
        for one in _documents(document, "sets"):
            self.rows += 1
            try:
                yield cells.checked(_set(one, self.rows))
            except (BadCell, ValueError) as problem:
                self.skipped.append(Skipped(self.rows, str(problem)))


def _about(document: Document) -> ImportedWorkout:
    instant = cells.moment(_text(document, "started_at"))
    day = cells.day_of(_text(document, "day"))
    if not isinstance(instant, datetime) or instant.tzinfo is None:
        raise BadCell("The workout has no start.")
    weighed_on = _text(document, "weighed_on")
    return ImportedWorkout(
        key=_text(document, "id")[:200] or f"{instant:%Y-%m-%d %H:%M}",
        day=day,
        time=None,
        instant=instant,
        zone=_text(document, "time_zone"),
        entries=(),
        title=_text(document, "title"),
        notes=_text(document, "notes"),
        minutes=cells.whole(_text(document, "minutes"), "Minutes"),
        weighed_on=cells.day_of(weighed_on) if weighed_on else None,
        routine=_text(document, "routine"),
        plan=_text(document, "plan"),
    )


def _set(document: Document, line: int) -> ImportedSet:
    weight = _text(document, "weight")
    return ImportedSet(
        line=line,
        weight=Decimal(weight) if weight else None,
        unit=cells.unit_of(_text(document, "unit")),
        reps=cells.whole(_text(document, "reps"), "Reps"),
        seconds=cells.whole(_text(document, "seconds"), "Seconds"),
        distance=cells.number(_text(document, "metres")),
        length="m",
        kind=SetKind(_text(document, "kind") or SetKind.WORKING),
        side=Side(_text(document, "side") or Side.BOTH),
        rpe=cells.rpe(_text(document, "rpe")),
    )


def _besides(document: Document) -> Besides:
    return Besides(
        settings=_document(document, "settings"),
        own_exercises=_documents(document, "own_exercises"),
        own_names=_documents(document, "own_names"),
        favourites=[one for one in _list(document, "favourites") if isinstance(one, str)],
        body_weights=[_weighing(one) for one in _documents(document, "body_weights")],
        routines=_documents(document, "routines"),
        goal=_document(document, "goal"),
    )


def _weighing(document: Document) -> tuple[date, Decimal, Unit]:
    try:
        weight = cells.number(_text(document, "weight"))
        return cells.day_of(_text(document, "on")), weight or Decimal(0), Unit(document["unit"])
    except (BadCell, ValueError, KeyError) as problem:
        raise Unreadable(f"A body weight in the file can’t be read: {problem}") from problem


def _document(document: Document, key: str) -> Document:
    found = document.get(key)
    return found if isinstance(found, dict) else {}


def _documents(document: Document, key: str) -> Sequence[Document]:
    return [one for one in _list(document, key) if isinstance(one, dict)]


def _list(document: Document, key: str) -> list[Any]:
    found = document.get(key, [])
    return found if isinstance(found, list) else []


def _text(document: Document, key: str) -> str:
    value = document.get(key)
    return "" if value is None or isinstance(value, list | dict) else str(value)
