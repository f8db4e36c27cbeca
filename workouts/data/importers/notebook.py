"""The log as one readable text: what the export writes, and any notebook that the log reads.

A line ``Time zone: Europe/Berlin`` says where the workouts below it were.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from exercises.sentences import gettext as _
from workouts.data.importers.sessions import Sessions
from workouts.data.importers.values import Export, ImportedSet
from workouts.text_format import (
    MAX_NOTEBOOK,
    Find,
    Line,
    ParsedWorkout,
    SetText,
    WorkoutText,
    parse,
    read_notebook,
)
from workouts.text_format.values import split_lines
from workouts.vocabulary import Source, Unit

ZONE = "Time zone: "
_HEADER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?: |$)")
_NOT_CLEAR = _("The log asks what this line means, so it is left out: paste its day there.")


@dataclass(frozen=True, slots=True)
class _Page:
    """The text of one workout, the number of its first line, and its time zone."""

    first_line: int
    zone: str
    text: str


def read(text: str, *, find: Find, unit: Unit, today: date) -> Export:
    """The workouts of a notebook; of one that the export wrote, each as it was."""
    sessions = Sessions(Source.NOTEBOOK)
    starts: Counter[WorkoutText] = Counter()
    for first_line, zone, parsed in _parsed(text, find, unit, today):
        for line in parsed.lines:
            for problem in line.problems:
                reason = _NOT_CLEAR if problem.choices else problem.message
                sessions.skip(first_line + line.number - 1, reason)
        sessions.count_rows(sum(map(_is_row, parsed.lines)))
        if parsed.workout.day is not None:
            start = replace(parsed.workout, entries=(), notes="", minutes=None)
            starts[start] += 1
            mark = f"({starts[start]})" if starts[start] > 1 else ""
            _add(sessions, parsed, parsed.workout.day, first_line, zone, mark)
        else:
            for line in parsed.lines:
                if line.kind == "entry" and not line.problems:
                    sessions.skip(first_line + line.number - 1, _("There is no date above it."))
    return sessions.export()


def _parsed(
    text: str, find: Find, unit: Unit, today: date
) -> Iterator[tuple[int, str, ParsedWorkout]]:
    pages = _pages(text) or []
    read = [(one.first_line, one.zone, parse(one.text, find=find, unit=unit)) for one in pages]
    is_exported = pages and not any(workout.problems for _, _, workout in read)
    if is_exported or (pages and len(text) > MAX_NOTEBOOK):
        yield from read
    else:
        for day in read_notebook(text, find=find, unit=unit, today=today).days:
            yield 1, "", day


def _pages(text: str) -> Sequence[_Page] | None:
    """The workouts of a text in which each begins with a full date and time; else None."""
    pages: list[tuple[int, str, list[str]]] = []
    zone = ""
    for number, line in enumerate(split_lines(text), start=1):
        if line.startswith(ZONE):
            zone = line.removeprefix(ZONE).strip()
        elif _HEADER.match(line):
            pages.append((number, zone, [line]))
        elif pages:
            pages[-1][2].append(line)
        elif line.strip():
            return None
    return [_Page(first, where, "\n".join(lines)) for first, where, lines in pages]


def _add(
    sessions: Sessions, parsed: ParsedWorkout, day: date, first_line: int, zone: str, mark: str
) -> None:
    workout = parsed.workout
    session = sessions.session(day, title=workout.title, clock=workout.time, mark=mark)
    session.zone, session.minutes = zone, workout.minutes
    session.note(workout.notes)
    lines = {line.entry: line.number for line in reversed(parsed.lines) if line.entry is not None}
    for place, entry in enumerate(workout.entries):
        added = session.entry(entry.name, group=entry.superset, mark=str(place))
        session.note(entry.notes, entry=added)
        line = first_line + lines.get(place, 1) - 1
        added.sets += [_set(one, line) for one in entry.sets]


def _is_row(line: Line) -> bool:
    return line.kind == "entry" or bool(line.problems)


def _set(one: SetText, line: int) -> ImportedSet:
    load = one.load
    return ImportedSet(
        line=line,
        weight=None if load is None else -load.amount if load.sign == "-" else load.amount,
        unit=load.unit if load else None,
        reps=one.reps,
        seconds=one.seconds,
        distance=one.metres,
        length="m",
        kind=one.kind,
        side=one.side,
        rpe=one.rpe,
    )
