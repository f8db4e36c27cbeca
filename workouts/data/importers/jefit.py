"""Jefit: sections with a header each; one row an exercise, its sets packed into one cell."""

import re
from datetime import UTC, datetime

from exercises.sentences import gettext as _
from workouts.data.importers import cells
from workouts.data.importers.cells import BadCell
from workouts.data.importers.sessions import Session, Sessions
from workouts.data.importers.tables import Row, read_rows
from workouts.data.importers.values import Export, ImportedSet, Unreadable
from workouts.vocabulary import Source, Unit

_SECTION = re.compile(r"^#{3} *(?P<name>[A-Z][A-Z _]+?) *#{3,}[^\n]*\n", re.MULTILINE)
_END = re.compile(r"^#{10,}\s*$", re.MULTILINE)
_SET = re.compile(r"(?P<weight>[0-9]+(?:\.[0-9]+)?)x(?P<reps>[0-9]+)")


def matches(text: str) -> bool:
    return any(match["name"] == "EXERCISE LOGS" for match in _SECTION.finditer(text))


def read(text: str, *, is_month_first: bool | None) -> Export:
    sections = _sections(text)
    if "EXERCISE LOGS" not in sections:
        raise Unreadable(_("The file has no exercise logs. Export it anew from Jefit."))
    sessions_by_id = {row["_id"]: row for row in sections.get("WORKOUT SESSIONS", [])}
    unit = next((cells.unit_of(row["mass"]) for row in sections.get("SETTING", [])), None)
    dates = {row["mydate"] for rows in sections.values() for row in rows}
    sessions = Sessions(Source.JEFIT, dates, is_month_first=is_month_first)

    def add(row: Row) -> None:
        session = _session(sessions, row, sessions_by_id.get(row["belongsession"]))
        entry = session.entry(row["ename"])
        packed = [each.strip() for each in row["logs"].split(",") if each.strip()]
        if not packed:
            raise BadCell(_("No set of this exercise was done."))
        entry.sets += [_set(row.line, each, unit) for each in packed]

    sessions.read(sections["EXERCISE LOGS"], add)
    return sessions.export()


def _session(sessions: Sessions, row: Row, about: Row | None) -> Session:
    """By the start of its session where the file has it, else by the day of the row."""
    day = row["mydate"] or (about["mydate"] if about else "")
    start = _instant(about["starttime"]) if about else None
    if start is None and not day:
        raise BadCell(_("The row belongs to no day."))
    session = sessions.session(start or sessions.moment(day), mark=row["belongsession"])
    if about:
        session.minutes = cells.minutes_of(cells.duration(about["total_time"]))
    return session


def _set(line: int, packed: str, unit: Unit | None) -> ImportedSet:
    match = _SET.fullmatch(packed)
    if not match:
        raise BadCell(_("“%(cell)s” is not weight x reps.", cell=cells.shortened(packed)))
    weight, unit = cells.weight(match["weight"], unit)
    reps = cells.whole(match["reps"], "Reps")
    return cells.checked(ImportedSet(line=line, weight=weight, unit=unit, reps=reps))


def _instant(seconds: str) -> datetime | None:
    """The instant of so many seconds since 1970."""
    if not re.fullmatch(r"[0-9]{9,10}", seconds):
        return None
    return datetime.fromtimestamp(int(seconds), tz=UTC)


def _sections(text: str) -> dict[str, list[Row]]:
    sections: dict[str, list[Row]] = {}
    for match in _SECTION.finditer(text):
        end = _END.search(text, match.end()) or _SECTION.search(text, match.end())
        inside = text[match.end() : end.start() if end else len(text)]
        first_line = text.count("\n", 0, match.end()) + 1
        rows = list(read_rows(inside, first_line=first_line)) if inside.strip() else []
        sections.setdefault(match["name"], []).extend(rows)
    return sections
