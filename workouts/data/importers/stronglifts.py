"""StrongLifts: one row an exercise, its sets side by side; 0 reps is a set that was missed."""

import re

from exercises.sentences import gettext as _
from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.tables import Row
from workouts.data.importers.values import Export, ImportedSet
from workouts.vocabulary import Source, Unit

_REPS = re.compile(r"set ([0-9]{1,3}) \((reps|time|sec)\)")


def matches(header: tuple[str, ...]) -> bool:
    has_date = any(name.startswith("date") for name in header)
    return has_date and "exercise" in header and "set 1 (reps)" in header


def read(header: tuple[str, ...], rows: list[Row], *, is_month_first: bool | None) -> Export:
    date = next(name for name in header if name.startswith("date"))
    body = next((name for name in header if re.fullmatch(r"body weight \((kg|lbs?)\)", name)), "")
    body_unit = _unit(body)
    dates = {row[date] for row in rows}
    sessions = Sessions(Source.STRONGLIFTS, dates, is_month_first=is_month_first)
    measures = [(name, match[1]) for name in header if (match := _REPS.fullmatch(name))]

    def add(row: Row) -> None:
        start = cells.clock(row["start time (h:mm)"])
        day = sessions.moment(row[date])
        session = sessions.session(day, title=row["workout name"], clock=start)
        session.body_weight = session.body_weight or cells.body_weight(row[body], body_unit)
        hours = cells.number(row["duration (hours)"])
        session.minutes = session.minutes or cells.minutes_of(int(hours * 3600) if hours else None)
        entry = session.entry(row["exercise"])
        session.note(row.text("notes"), entry=entry)
        count = len(entry.sets)
        for name, number in measures:
            entry.sets += _sets(row, name, number)
        if len(entry.sets) == count:
            raise BadCell(_("No set of this exercise was done."))

    sessions.read(rows, add)
    return sessions.export()


def _sets(row: Row, name: str, number: str) -> list[ImportedSet]:
    measure = row[name]
    if cells.number(measure) is None:
        return []
    column = next(
        (each for each in row.cells if re.fullmatch(rf"set {number} \((kg|lbs?)\)", each)), ""
    )
    weight, unit = cells.weight(row[column], _unit(column))
    is_reps = name.endswith("(reps)")
    one = ImportedSet(
        line=row.line,
        weight=weight,
        unit=unit,
        reps=cells.whole(measure, "Reps") if is_reps else None,
        seconds=None if is_reps else cells.duration(measure),
    )
    return [cells.checked(one)]


def _unit(column: str) -> Unit | None:
    """The unit that stands behind the name of a column."""
    return cells.unit_of(column.partition("(")[2].rstrip(")"))
