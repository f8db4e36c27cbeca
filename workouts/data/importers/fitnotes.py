"""FitNotes: of Android with one workout a day, of iOS with instants and a status."""

from exercises.sentences import gettext as _
from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.tables import Row
from workouts.data.importers.values import Export, ImportedSet, Length
from workouts.vocabulary import SetKind, Source, Unit

_LENGTHS: dict[str, Length] = {"km": "km", "mi": "mi", "miles": "mi", "m": "m"}
_WEIGHTS = {"weight (kgs)": Unit.KG, "weight (kg)": Unit.KG, "weight (lbs)": Unit.LB}
_AFTER_NAME = ("exercise", "category")


def matches(header: tuple[str, ...]) -> bool:
    return {"date", "exercise", "category", "reps"} <= set(header)


def matches_ios(header: tuple[str, ...]) -> bool:
    return {"name", "starttime", "exercise", "status", "iswarmup"} <= set(header)


def read(header: tuple[str, ...], rows: list[Row], *, is_month_first: bool | None) -> Export:
    """The file of Android. Where it has the weight in both units, kilograms are meant.

    Names are not quoted, so a comma in one moves what follows to the right.
    """
    weight = next((name for name in (*_WEIGHTS, "weight") if name in header), "")
    dates = {row["date"] for row in rows}
    sessions = Sessions(Source.FITNOTES, dates, is_month_first=is_month_first)

    def add(row: Row) -> None:
        row = _moved_back(row, header)
        session = sessions.session(sessions.moment(row["date"]))
        entry = session.entry(row["exercise"])
        session.note(row.text("comment"), entry=entry)
        unit = _WEIGHTS.get(weight) or cells.unit_of(row["weight unit"])
        entry.sets.append(_set(row, weight, unit))

    sessions.read(rows, add)
    return sessions.export()


def read_ios(header: tuple[str, ...], rows: list[Row], *, is_month_first: bool | None) -> Export:
    """The file of iOS, whose times are instants and whose weights have no unit."""
    dates = {row["starttime"] for row in rows}
    sessions = Sessions(Source.FITNOTES, dates, is_month_first=is_month_first)

    def add(row: Row) -> None:
        if row["status"].lower() == "notstarted":
            raise BadCell(_("The set was planned, but not done."))
        start = sessions.moment(row["starttime"])
        session = sessions.session(start, title=row["name"])
        if row["endtime"]:
            session.minutes = cells.minutes_between(start, sessions.moment(row["endtime"]))
        session.body_weight = session.body_weight or cells.body_weight(row["bodyweight"], None)
        name, equipment = row["exercise"], row["equipment"]
        entry = session.entry(f"{name} ({equipment})" if equipment and name else name)
        session.note(row.text("note"), entry=entry)
        entry.sets.append(_set(row, "weight", None))

    sessions.read(rows, add)
    return sessions.export()


def _set(row: Row, weight: str, unit: Unit | None) -> ImportedSet:
    """The set of a row, its weight by the column of this name. A column that only the other
    system's file has is empty.
    """
    amount, unit = cells.weight(row[weight], unit)
    one = ImportedSet(
        line=row.line,
        weight=amount,
        unit=unit,
        reps=cells.whole(row["reps"], "Reps"),
        seconds=cells.duration(row["time"]),
        distance=cells.number(row["distance"]),
        length=_LENGTHS.get(row["distance unit"].lower()),
        kind=_kind(row),
        rpe=cells.rpe(row["rpe"]) or cells.rpe_of_rir(row["rir"]),
    )
    return cells.checked(one)


def _kind(row: Row) -> SetKind:
    if cells.is_true(row["iswarmup"]):
        return SetKind.WARMUP
    return SetKind.FAILURE if row["status"].lower() == "failed" else SetKind.WORKING


def _moved_back(row: Row, header: tuple[str, ...]) -> Row:
    """The row with the parts of its name together, if there are more cells than columns."""
    extra = sum(name.startswith("+") for name in row.cells)
    cells_of_row = list(row.cells.values())
    if not extra or (not cells_of_row[-1].strip() and "comment" not in header):
        return row
    place = header.index("exercise")
    name = ",".join(cells_of_row[place : place + extra + 1])
    moved = [*cells_of_row[:place], name, *cells_of_row[place + extra + 1 :]]
    return Row(row.line, dict(zip(header, moved, strict=False)))
