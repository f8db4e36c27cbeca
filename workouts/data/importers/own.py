"""Backtrain's own CSV, and any table with a row a set that names its columns as plainly."""

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TypeVar

from exercises.sentences import gettext as _
from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.tables import Row
from workouts.data.importers.values import Export, ImportedSet
from workouts.vocabulary import SetKind, Side, Source

# What the export writes, in its order
COLUMNS = (
    "date",
    "time",
    "time zone",
    "workout",
    "minutes",
    "workout notes",
    "superset",
    "entry",
    "exercise",
    "exercise notes",
    "set",
    "kind",
    "side",
    "weight",
    "unit",
    "reps",
    "seconds",
    "metres",
    "rpe",
)
Word = TypeVar("Word", SetKind, Side)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MEASURES = {"reps", "seconds", "metres"}


def matches(header: tuple[str, ...]) -> bool:
    return {"date", "exercise"} <= set(header) and bool(_MEASURES & set(header))


def read(header: tuple[str, ...], rows: list[Row], *, is_month_first: bool | None) -> Export:
    dates = {row["date"] for row in rows}
    sessions = Sessions(Source.TABLE, dates, is_month_first=is_month_first)
    alike = _Alike()

    def add(row: Row) -> None:
        at = sessions.moment(row["date"])
        title, mark = as_written(row["workout"]), alike.mark(row)
        session = sessions.session(at, title=title, clock=cells.clock(row["time"]), mark=mark)
        session.zone = row["time zone"]
        session.minutes = cells.minutes(row["minutes"])
        session.note(as_written(row.text("workout notes")))
        name = as_written(row["exercise"])
        entry = session.entry(name, group=row["superset"], mark=row["entry"])
        session.note(as_written(row.text("exercise notes")), entry=entry)
        entry.sets.append(_set(row))

    sessions.read(rows, add)
    return sessions.export()


class _Alike:
    """Tells workouts apart that begin alike: where the same set of the same entry comes once more,
    the next one begins.
    """

    def __init__(self) -> None:
        self._number: Counter[tuple[str, ...]] = Counter()
        self._seen: defaultdict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)

    def mark(self, row: Row) -> str:
        """Of the workout that the row is of: empty for the first."""
        start = (row["date"], row["time"], row["workout"])
        place = (row["entry"], row["set"])
        if place in self._seen[start] and all(place):
            self._number[start] += 1
            self._seen[start].clear()
        self._seen[start].add(place)
        return f"({self._number[start] + 1})" if self._number[start] else ""


def safe(cell: str) -> str:
    """The cell as a spreadsheet shows it instead of reckoning with it: an apostrophe in front."""
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def as_written(cell: str) -> str:
    """The cell before it was made ``safe``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def _set(row: Row) -> ImportedSet:
    said = cells.unit_of(row["unit"])
    weight, unit = cells.weight(as_written(row["weight"]), said)
    if weight is None and said and row["weight"]:
        weight, unit = Decimal(0), said
    one = ImportedSet(
        line=row.line,
        weight=weight,
        unit=unit,
        reps=cells.whole(row["reps"], "Reps"),
        seconds=cells.duration(row["seconds"]),
        distance=cells.number(row["metres"]),
        length="m",
        kind=_word(SetKind, row["kind"], SetKind.WORKING),
        side=_word(Side, row["side"], Side.BOTH),
        rpe=cells.rpe(row["rpe"]),
    )
    return cells.checked(one)


def _word(words: type[Word], cell: str, usual: Word) -> Word:
    if not cell:
        return usual
    try:
        return words(cell.lower())
    except ValueError as error:
        raise BadCell(
            _(
                "“%(cell)s” is not one of %(words)s.",
                cell=cells.shortened(cell),
                words=", ".join(words),
            )
        ) from error
