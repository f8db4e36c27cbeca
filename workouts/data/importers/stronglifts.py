"""StrongLifts: one row an exercise, its sets side by side; 0 reps is a set that was missed."""

import re

from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.tables import Row
from workouts.data.importers.values import Export, ImportedSet
from workouts.vocabulary import Source

_REPS = re.compile(r"set ([0-9]{1,3}) \((reps|time|sec)\)")


def matches(header: tuple[str, ...]) -> bool:
    return "exercise" in header and "set 1 (reps)" in header


def read(header: tuple[str, ...], rows: list[Row]) -> Export:
    sessions = Sessions(Source.STRONGLIFTS)
    date = next(name for name in header if name.startswith("date"))
    measures = [(name, match[1]) for name in header if (match := _REPS.fullmatch(name))]

    def add(row: Row) -> None:
        start = cells.clock(row["start time (h:mm)"])
        session = sessions.session(cells.moment(row[date]), title=row["workout name"], clock=start)
        hours = cells.number(row["duration (hours)"])
        session.minutes = session.minutes or cells.minutes_of(int(hours * 3600) if hours else None)
        entry = session.entry(row["exercise"])
        session.note(row["notes"], entry=entry)
        count = len(entry.sets)
        for name, number in measures:
            entry.sets += _sets(row, name, number)
        if len(entry.sets) == count:
            raise BadCell("No set of this exercise was done.")

    sessions.read(rows, add)
    return sessions.export()


def _sets(row: Row, name: str, number: str) -> list[ImportedSet]:
    measure = row[name]
    if cells.number(measure) is None:
        return []
    column = next(
        (each for each in row.cells if re.fullmatch(rf"set {number} \((kg|lbs?)\)", each)), ""
    )
    weight, unit = cells.weight(row[column], cells.unit_of(column.partition("(")[2].rstrip(")")))
    is_reps = name.endswith("(reps)")
    one = ImportedSet(
        line=row.line,
        weight=weight,
        unit=unit,
        reps=cells.whole(measure, "Reps") if is_reps else None,
        seconds=None if is_reps else cells.duration(measure),
    )
    return [cells.checked(one)]
