"""Strong: one row a set, in headers that vary by year, platform and language."""

from exercises.sentences import gettext as _
from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.tables import Row
from workouts.data.importers.values import Export, ImportedSet, Length
from workouts.vocabulary import SetKind, Source, Unit

# What each column may be called; French and German are translated
_COLUMNS = {
    "date": ("date", "datum"),
    "workout": ("workout name", "nom de l'entraînement", "workout-name"),
    "duration": ("duration", "workout duration", "duration (sec)", "durée", "dauer"),
    "exercise": ("exercise name", "nom de l'exercice", "name der übung"),
    "order": ("set order", "ordre de la série", "reihenfolge festlegen"),
    "weight": ("weight", "weight (kg)", "weight (lbs)", "kg", "lbs", "lb", "poids", "gewicht"),
    "weight unit": ("weight unit",),
    "reps": ("reps", "réps", "wiederh."),
    "rpe": ("rpe",),
    "distance": (
        "distance",
        "distance (meters)",
        "distance (km)",
        "distance (miles)",
        "km",
        "mi",
        "entfernung",
    ),
    "distance unit": ("distance unit",),
    "seconds": ("seconds", "secondes", "sekunden"),
    "notes": ("notes", "notizen"),
    "workout notes": ("workout notes", "notes d'entraînement", "workout-notizen"),
}
_WEIGHT_UNITS = {
    "weight (kg)": Unit.KG,
    "kg": Unit.KG,
    "weight (lbs)": Unit.LB,
    "lbs": Unit.LB,
    "lb": Unit.LB,
}
_LENGTHS: dict[str, Length] = {
    "distance (meters)": "m",
    "distance (km)": "km",
    "km": "km",
    "distance (miles)": "mi",
    "mi": "mi",
    "m": "m",
    "meters": "m",
    "miles": "mi",
}
_KINDS = {"w": SetKind.WARMUP, "d": SetKind.DROP, "f": SetKind.FAILURE}
_RESTS = ("rest timer", "ruhezeit", "minuteur de repos", "temps de repos")
_NOTES = ("note", "notiz", "notes", "notizen")


def matches(header: tuple[str, ...]) -> bool:
    return {"date", "workout", "exercise", "order"} <= set(_renamed(header))


def read(header: tuple[str, ...], rows: list[Row], *, is_month_first: bool | None) -> Export:
    columns = _renamed(header)
    unit = _WEIGHT_UNITS.get(columns.get("weight", ""))
    length = _LENGTHS.get(columns.get("distance", ""))
    dates = {row[columns["date"]] for row in rows}
    sessions = Sessions(Source.STRONG, dates, is_month_first=is_month_first)

    def add(row: Row) -> None:
        cell = {name: row[column] for name, column in columns.items()}
        session = sessions.session(sessions.moment(cell["date"]), title=cell["workout"])
        session.minutes = session.minutes or cells.minutes_of(
            cells.duration(cell.get("duration", ""))
        )
        session.note(row.text(columns.get("workout notes", "")))
        order = cell["order"].lower()
        if order in _RESTS:
            raise BadCell(_("A rest between sets, which is not kept."))
        entry = session.entry(cell["exercise"])
        session.note(row.text(columns.get("notes", "")), entry=entry)
        if order in _NOTES:
            raise BadCell(_("A note, kept with its exercise."))
        entry.sets.append(_set(row.line, order, cell, unit, length))

    sessions.read(rows, add)
    return sessions.export()


def _set(
    line: int, order: str, cell: dict[str, str], unit: Unit | None, length: Length | None
) -> ImportedSet:
    said = cells.unit_of(cell.get("weight unit", "")) or unit
    weight, unit = cells.weight(cell.get("weight", ""), said)
    distance = cells.number(cell.get("distance", ""))
    return cells.checked(
        ImportedSet(
            line=line,
            weight=weight,
            unit=unit,
            reps=cells.whole(cell.get("reps", ""), "Reps"),
            seconds=cells.duration(cell.get("seconds", "")),
            distance=distance,
            length=_LENGTHS.get(cell.get("distance unit", "").lower()) or length,
            kind=_KINDS.get(order[:1], SetKind.WORKING),
            rpe=cells.rpe(cell.get("rpe", "")),
        )
    )


def _renamed(header: tuple[str, ...]) -> dict[str, str]:
    """The file's column for each of ours that it has."""
    return {
        name: column
        for name, names in _COLUMNS.items()
        for column in header
        if column.replace("\u2019", "'") in names
    }
