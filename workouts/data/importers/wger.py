"""wger: the logs of its API as JSON, in a list by themselves or among others of a user."""

from collections.abc import Iterator
from typing import Any

from exercises.counting import whole_number
from exercises.sentences import gettext as _
from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.tables import Row
from workouts.data.importers.values import Export, ImportedSet, Length, Unreadable
from workouts.vocabulary import Source, Unit

# The numbers of wger's units
_REPS, _UNTIL_FAILURE, _SECONDS, _MINUTES = "1", "2", "3", "4"
_LENGTHS: dict[str, Length] = {"5": "mi", "6": "km"}
_WEIGHTS = {"1": Unit.KG, "2": Unit.LB}
_BODY = "3"
_KEYS = ("workoutlog", "workoutlogs", "workout_logs", "logs", "results")


def matches(document: object) -> bool:
    return any(True for _ in _logs(document))


def read(document: object) -> Export:
    rows = [
        Row(place, {key: _text(value) for key, value in log.items()})
        for place, log in enumerate(_logs(document), start=1)
    ]
    if not rows:
        raise Unreadable(_("The file has no logs."))
    names = dict(_names(document))
    sessions = Sessions(Source.WGER)

    def add(row: Row) -> None:
        session = sessions.session(cells.day_of(row["date"]))
        name = row["exercise_name"] or names.get(row["exercise"], row["exercise"])
        entry = session.entry(f"wger {name}" if whole_number(name) else name)
        session.note(row.text("notes") or row.text("comment"), entry=entry)
        entry.sets.append(_set(row))

    sessions.read(rows, add)
    return sessions.export()


def _set(row: Row) -> ImportedSet:
    counted = row["repetitions"] or row["reps"]
    unit = row["repetitions_unit"] or row["repetition_unit"] or row["reps_unit"] or _REPS
    loaded = row["weight_unit"] or "1"
    weight, weight_unit = cells.weight(row["weight"], _WEIGHTS.get(loaded))
    if weight is not None and loaded not in (*_WEIGHTS, _BODY):
        raise BadCell(_("The weight is in plates or a speed, which can’t be told in kilograms."))
    if loaded == _BODY:
        weight, weight_unit = None, None
    seconds = cells.number(counted) if unit in (_SECONDS, _MINUTES) else None
    one = ImportedSet(
        line=row.line,
        weight=weight,
        unit=weight_unit,
        reps=cells.whole(counted, "Reps") if unit in (_REPS, _UNTIL_FAILURE) else None,
        seconds=None if seconds is None else int(seconds * (60 if unit == _MINUTES else 1)),
        distance=cells.number(counted) if unit in _LENGTHS else None,
        length=_LENGTHS.get(unit),
        rpe=cells.rpe_of_rir(row["rir"]),
    )
    return cells.checked(one)


def _logs(document: object) -> Iterator[dict[str, Any]]:
    lists = [document] if isinstance(document, list) else []
    if isinstance(document, dict):
        lists = [document[key] for key in _KEYS if isinstance(document.get(key), list)]
    for each in lists:
        for log in each:
            if isinstance(log, dict) and "exercise" in log and ("weight" in log or "reps" in log):
                yield log


def _names(document: object) -> Iterator[tuple[str, str]]:
    """The names of exercises by their numbers, where the file has them."""
    exercises = document.get("exercises") if isinstance(document, dict) else None
    for each in exercises if isinstance(exercises, list) else ():
        if isinstance(each, dict) and isinstance(each.get("name"), str):
            yield _text(each.get("id")), each["name"]


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("id")
    if value is None or isinstance(value, list):
        return ""
    return str(value)
