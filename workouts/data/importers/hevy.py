"""Hevy: one row a set, the newest workout first; units of weight and distance in the header."""

from workouts.data.importers import cells
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.tables import Row
from workouts.data.importers.values import Export, ImportedSet, Length
from workouts.vocabulary import SetKind, Source, Unit

_WEIGHTS = {"weight_kg": Unit.KG, "weight_lbs": Unit.LB}
_DISTANCES: dict[str, Length] = {"distance_km": "km", "distance_miles": "mi"}
_KINDS = {
    "warmup": SetKind.WARMUP,
    "dropset": SetKind.DROP,
    "failure": SetKind.FAILURE,
}


def matches(header: tuple[str, ...]) -> bool:
    return {"title", "start_time", "exercise_title", "set_index"} <= set(header)


def read(header: tuple[str, ...], rows: list[Row], *, is_month_first: bool | None) -> Export:
    weight = next((name for name in header if name in _WEIGHTS), "")
    distance = next((name for name in header if name in _DISTANCES), "")
    dates = {row["start_time"] for row in rows}
    sessions = Sessions(Source.HEVY, dates, is_month_first=is_month_first)

    def add(row: Row) -> None:
        start = sessions.moment(row["start_time"])
        session = sessions.session(start, title=row["title"])
        session.minutes = session.minutes or _minutes(sessions, row)
        session.note(_text(row.text("description")))
        entry = session.entry(row["exercise_title"], group=row["superset_id"])
        session.note(_text(row.text("exercise_notes")), entry=entry)
        amount, unit = cells.weight(row[weight], _WEIGHTS.get(weight))
        one = ImportedSet(
            line=row.line,
            weight=amount,
            unit=unit,
            reps=cells.whole(row["reps"], "Reps"),
            seconds=cells.duration(row["duration_seconds"]),
            distance=cells.number(row[distance]),
            length=_DISTANCES.get(distance),
            kind=_KINDS.get(row["set_type"].lower(), SetKind.WORKING),
            rpe=cells.rpe(row["rpe"]),
        )
        entry.sets.append(cells.checked(one))

    sessions.read(rows, add)
    return sessions.export()


def _minutes(sessions: Sessions, row: Row) -> int | None:
    if not row["end_time"]:
        return None
    start, end = sessions.moment(row["start_time"]), sessions.moment(row["end_time"])
    return cells.minutes_between(start, end)


def _text(cell: str) -> str:
    """Some exports write the end of a line as a backslash and an n."""
    return cell.replace("\\n", "\n")
