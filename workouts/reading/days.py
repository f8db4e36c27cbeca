"""A text read with the names, the unit and the clock of an athlete."""

import zoneinfo
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import cast

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.sentences import gettext as _
from exercises.sentences import grouped
from workouts.last_sets import LastTime
from workouts.lines import Mark, finder, unknown_names, with_offers, with_slips
from workouts.text_format import (
    MAX_TEXT,
    EntryText,
    Last,
    Line,
    ParsedWorkout,
    answers_to,
    clean_notes,
    may_be_note,
    parse,
    read_notebook,
)
from workouts.vocabulary import Unit

from .drafts import Draft, DraftEntry
from .results import IsOnBar, LastOf, NotebookReading, Reading, ReadLine
from .starts import When, read_start


def read_days(
    text: str,
    *,
    index: NameIndex,
    unit: Unit,
    when: When,
    notes: str = "",
    now: datetime,
    today: date | None = None,
    many: bool = True,
    last: Last | None = None,
    last_of: LastOf | None = None,
    is_on_bar: IsOnBar | None = None,
    logged: Callable[[], Mapping[int, int]] = dict,
) -> NotebookReading:
    """Read ``text`` with the athlete's names and unit. Dates may begin further days; there is
    always one.

    Without ``many`` it is one day, as a stored workout is edited. ``today`` is by the clock of
    ``when``, if not given. ``notes`` come before those of the first day. ``last`` gives what they
    did of an exercise the last time, by its name. ``logged`` is asked how often they did each, by
    its key, where a name is unknown. A day among several on which nothing was trained has no draft
    and no problem. Of a single day the lines tell what was done the last time, which ``last_of``
    gives by the exercise, and what ``is_on_bar``.
    """
    today = today or now.astimezone(zoneinfo.ZoneInfo(when.time_zone)).date()

    def parsed(index: NameIndex) -> tuple[ParsedWorkout, ...]:
        find = finder(index)
        if many:
            return read_notebook(text, find=find, unit=unit, today=today, last=last).days
        return (parse(text, find=find, unit=unit, last=last),)

    parsed_days = parsed(index)
    names = index
    entries = chain.from_iterable(each.workout.entries for each in parsed_days)
    if known := with_slips(index, entries):
        index, parsed_days = known, parsed(known)
    read = with_offers(_read_lines(parsed_days, index), names, logged)
    days = zip(parsed_days, read, strict=True)
    first, *others = [
        _read_day(parsed, lines, index, when, "" if number else notes, now)
        for number, (parsed, lines) in enumerate(days)
    ]
    if any(line.is_date for line in first.parsed.lines):
        first = _further(first)
    if others:
        first = replace(first, problems=()) if first.is_blank else first
        others = [_further(one) for one in others]
    else:
        first = _looking_back(first, last_of, is_on_bar)
    return NotebookReading((first, *others))


def _further(one: Reading) -> Reading:
    """A day after the first one: it has the day of its own heading or none."""
    if one.parsed.workout.day is None:
        return replace(one, day=None, problems=(), draft=None)
    return replace(one, problems=()) if one.is_blank else one


def _looking_back(one: Reading, last_of: LastOf | None, is_on_bar: IsOnBar | None) -> Reading:
    """The same day, whose lines tell what was done the last time, unless that was later, and what
    is to be loaded on a bar.
    """

    def before(exercise: Exercise) -> LastTime | None:
        last = last_of(exercise) if last_of else None
        return last if last and one.day and last.day <= one.day else None

    lines = (replace(line, last_of=before, is_on_bar=is_on_bar) for line in one.lines)
    return replace(one, lines=tuple(lines))


def _read_day(
    parsed: ParsedWorkout,
    lines: Sequence[ReadLine],
    index: NameIndex,
    when: When,
    notes: str,
    now: datetime,
) -> Reading:
    day = parsed.workout.day or when.day
    clock = parsed.workout.time or when.time
    start = read_start(day, clock, when.time_zone, now)
    problems = list(start.problems)
    if not parsed.workout.entries and not parsed.problems:
        problems.append(
            _("Write at least one exercise with its sets, for example: Pull-up: 8, 8, 6")
        )
    problems += unknown_names(lines)
    is_unknown = any(line.is_unknown for line in lines)
    draft = None
    if start.at and day and not problems and not parsed.problems and not is_unknown:
        draft = Draft(
            started_at=start.at,
            day=day,
            time_zone=when.time_zone,
            title=parsed.workout.title,
            minutes=parsed.workout.minutes,
            notes=clean_notes("\n".join(part for part in (notes, parsed.workout.notes) if part)),
            entries=tuple(_drafted(parsed.workout.entries, index)),
        )
        if problem := _length_problem(draft):
            draft, problems = None, [problem]
    return Reading(
        parsed, tuple(lines), day, clock, tuple(problems), draft, is_ahead=start.is_ahead
    )


def _length_problem(draft: Draft) -> str | None:
    """Why the draft, once saved, could not be edited as text again; None when it could."""
    try:
        length = len(draft.text)
    except ValueError as error:
        return cast("str", error.args[0])
    if length <= MAX_TEXT:
        return None
    return _(
        "Written out in full, this workout has %(length)s characters, and at most %(most)s are"
        " kept. Log it as two workouts.",
        length=grouped(length),
        most=grouped(MAX_TEXT),
    )


def _drafted(entries: Iterable[EntryText], index: NameIndex) -> Iterable[DraftEntry]:
    for entry in entries:
        exercise = index.find(entry.name)
        if exercise:
            yield DraftEntry(exercise, entry)


def _read_lines(days: Sequence[ParsedWorkout], index: NameIndex) -> list[list[ReadLine]]:
    asked = [line for day in days for line in day.lines if line.problems]
    return [[_read_line(line, day, index, asked) for line in day.lines] for day in days]


def _read_line(
    line: Line, parsed: ParsedWorkout, index: NameIndex, asked: Sequence[Line]
) -> ReadLine:
    is_entry = line.kind == "entry" and line.entry is not None
    entry = parsed.workout.entries[line.entry] if is_entry else None  # type: ignore[index]
    exercise = index.find(entry.name) if entry else None
    said = {
        other.raw.strip().removeprefix(">").strip()
        for other in parsed.lines
        if entry and other.kind == "note" and other.entry == line.entry
    }
    remarks = (note for note in (entry.notes.split("\n") if entry else ()) if note.strip())
    return ReadLine(
        number=line.number,
        raw=line.raw,
        kind=line.kind,
        head=line.head,
        is_row=line.is_row,
        may_be_note=may_be_note(line),
        remarks=tuple(note for note in remarks if note.strip() not in said),
        entry=entry,
        exercise=exercise,
        marks=tuple(Mark.of(line, problem, answers_to(asked, line)) for problem in line.problems),
    )
