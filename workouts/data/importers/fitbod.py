"""Fitbod: one row a set, with the instant of the workout or its own; weights in kilograms."""

from datetime import datetime, timedelta

from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.tables import Row
from workouts.data.importers.values import Export, ImportedSet
from workouts.vocabulary import SetKind, Source, Unit

# Sets that are further apart are of another workout
_BREAK = timedelta(hours=3)
_WEIGHTS = {"weight(kg)": Unit.KG, "weight(lbs)": Unit.LB, "weight(lb)": Unit.LB}


def matches(header: tuple[str, ...]) -> bool:
    return {"date", "exercise", "iswarmup", "multiplier"} <= set(header)


def read(header: tuple[str, ...], rows: list[Row], *, is_month_first: bool | None) -> Export:
    weight = next((name for name in header if name in _WEIGHTS), "")
    starts = _starts(rows)
    dates = {row["date"] for row in rows}
    sessions = Sessions(Source.FITBOD, dates, is_month_first=is_month_first)

    def add(row: Row) -> None:
        at = sessions.moment(row["date"])
        session = sessions.session(starts.get(row["date"], at))
        entry = session.entry(row["exercise"])
        session.note(row.text("note"), entry=entry)
        amount, unit = cells.weight(row[weight], _WEIGHTS.get(weight))
        one = ImportedSet(
            line=row.line,
            weight=amount,
            unit=unit,
            reps=cells.whole(row["reps"], "Reps"),
            seconds=cells.duration(row["duration(s)"]),
            distance=cells.number(row["distance(m)"]),
            length="m",
            kind=SetKind.WARMUP if cells.is_true(row["iswarmup"]) else SetKind.WORKING,
        )
        entry.sets.append(cells.checked(one))

    sessions.read(rows, add)
    return sessions.export()


def _starts(rows: list[Row]) -> dict[str, datetime]:
    """For each instant in the file, as written, the one that its workout begins at."""
    instants = {}
    for row in rows:
        try:
            at = cells.moment(row["date"])
        except BadCell:
            continue
        if isinstance(at, datetime) and at.tzinfo:
            instants[row["date"]] = at
    starts: dict[str, datetime] = {}
    start = last = None
    for written, at in sorted(instants.items(), key=lambda pair: pair[1]):
        if start is None or last is None or at - last > _BREAK:
            start = at
        starts[written], last = start, at
    return starts
