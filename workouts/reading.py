"""Text as drafts of workouts: what the log form previews and saves."""

import re
import zoneinfo
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any, Protocol

from exercises.counting import counted
from exercises.models import Exercise
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from exercises.vocabulary import LoadType
from workouts.last_sets import LastTime
from workouts.reckoning.strength import count_sets
from workouts.text_format import (
    MAX_TEXT,
    Answer,
    EntryText,
    Find,
    Last,
    Line,
    ParsedWorkout,
    Problem,
    SetText,
    WorkoutText,
    answer,
    answers_to,
    clean_name,
    clean_notes,
    keep_as_note,
    may_be_note,
    parse,
    print_sets,
    print_workout,
    read_notebook,
)
from workouts.text_format.likelihood import SMALL_WEIGHT
from workouts.text_format.values import MAX_NAME, split_lines
from workouts.vocabulary import SetKind, Unit

MAX_OFFERS = 20
LastOf = Callable[[Exercise], LastTime | None]
OFFERED = 4  # exercises for each unknown name
CLOCKS_DIFFER = timedelta(minutes=15)  # by no more: a start further ahead is a slip


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """One exercise of a draft: which one it is, and its sets as text."""

    exercise: Exercise
    text: EntryText


@dataclass(frozen=True, slots=True)
class Draft:
    """A workout that was read and can be saved."""

    started_at: datetime
    day: date
    time_zone: str
    title: str
    minutes: int | None
    notes: str
    entries: tuple[DraftEntry, ...]

    @property
    def columns(self) -> dict[str, Any]:
        """What the row of the workout has of it."""
        names = ("started_at", "day", "time_zone", "title", "minutes", "notes")
        return {name: getattr(self, name) for name in names}

    @property
    def text(self) -> str:
        """The canonical text that the saved workout will have.

        Raises ValueError where the format can't write it, such as notes that are too long.
        """
        clock = self.started_at.astimezone(zoneinfo.ZoneInfo(self.time_zone)).time()
        workout = WorkoutText(
            day=self.day,
            time=clock.replace(second=0, microsecond=0),
            title=self.title,
            minutes=self.minutes,
            notes=self.notes,
            entries=tuple(
                replace(each.text, name=each.exercise.name, load_type=each.exercise.load_type)
                for each in self.entries
            ),
        )
        return print_workout(workout)


@dataclass(frozen=True, slots=True)
class When:
    """The day and time of the form, which a header line in the text overrides."""

    day: date | None
    time: time | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A problem with the part of the line that it is about, for showing it in place.

    With ``answers`` the message is a question.
    """

    before: str
    marked: str
    after: str
    message: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of the text as it was read. ``exercise`` is None where the name is unknown.

    ``head`` is the number of the line with its name, if it goes on with sets of it. ``alike`` are
    the numbers of all lines with the same unknown name; one question is for all. A line that
    ``is_row`` is part of a table, and can be written in another way where it has answers.
    ``remarks`` are the notes of its exercise that have no line of their own.
    """

    number: int
    raw: str
    kind: str
    head: int
    entry: EntryText | None = None
    exercise: Exercise | None = None
    nearest: tuple[Exercise, ...] = ()
    alike: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    is_row: bool = False
    may_be_note: bool = False
    remarks: tuple[str, ...] = ()
    last_of: LastOf | None = field(default=None, compare=False, repr=False)

    @property
    def last_time(self) -> LastTime | None:
        """What was done of the exercise the last time; looked up when it is asked for."""
        return self.last_of(self.exercise) if self.last_of and self.exercise else None

    @property
    def is_unknown(self) -> bool:
        return self.entry is not None and self.exercise is None

    @property
    def first_alike(self) -> int:
        """The number of the line with the question about its unknown name."""
        return self.alike[0] if self.alike else self.number

    @property
    def sets(self) -> str:
        """The sets in canonical form."""
        if not self.entry:
            return ""
        return print_sets(self.entry.sets, load_type=self.entry.load_type)


@dataclass(frozen=True, slots=True)
class Reading:
    """What Backtrain makes of a text. ``draft`` is None while anything is to be put right.

    ``is_ahead`` says that the start is still to come, in the time zone that it is read in.
    ``is_logged`` that the day has a workout with the same exercises and sets, ``is_anyway`` that it
    is to be saved in spite of it; ``place`` names it among the days of its notebook.
    """

    parsed: ParsedWorkout
    lines: tuple[ReadLine, ...]
    day: date | None
    time: time | None
    problems: tuple[str, ...]
    draft: Draft | None
    is_ahead: bool = False
    is_logged: bool = False
    is_anyway: bool = False
    place: str = ""

    @property
    def is_left_out(self) -> bool:
        return self.is_logged and not self.is_anyway

    @property
    def working_sets(self) -> int:
        return self._count(is_warmup=False)

    @property
    def warmups(self) -> int:
        return self._count(is_warmup=True)

    @property
    def exercise_count(self) -> int:
        return len(self._sets_by_exercise())

    def _count(self, *, is_warmup: bool) -> int:
        return sum(
            count_sets(each for each in sets if (each.kind == SetKind.WARMUP) == is_warmup)
            for sets in self._sets_by_exercise().values()
        )

    def _sets_by_exercise(self) -> dict[str, list[SetText]]:
        """What stands on several lines together; names that are unknown each for themselves."""
        together: dict[str, list[SetText]] = {}
        for line in self.lines:
            if line.entry:
                name = line.exercise.name if line.exercise else line.entry.name
                together.setdefault(name, []).extend(line.entry.sets)
        return together

    def unknown_lines(self, number: str) -> list[ReadLine]:
        """The line of this number, if its name is unknown, with all that have the same name."""
        return _unknown_lines(self.lines, number)

    @property
    def marked(self) -> int:
        """How many lines have to be put right."""
        return sum(bool(line.marks) or line.is_unknown for line in self.lines)

    @property
    def is_blank(self) -> bool:
        return not self.parsed.workout.entries and not self.parsed.problems

    @property
    def has_notes(self) -> bool:
        return bool(self.parsed.workout.notes)


def _unknown_lines(lines: Sequence[ReadLine], number: str) -> list[ReadLine]:
    alike = next((line.alike for line in lines if str(line.number) == number), ())
    return [line for line in lines if line.number in alike]


@dataclass(frozen=True, slots=True)
class NotebookReading:
    """What Backtrain makes of a text with one day or more."""

    days: tuple[Reading, ...]

    @property
    def drafts(self) -> list[Draft]:
        return [day.draft for day in self.days if day.draft]

    @property
    def is_ready(self) -> bool:
        """Whether all days on which something was trained can be saved."""
        return bool(self.drafts) and not any(day.problems or day.marked for day in self.days)

    @property
    def is_blank(self) -> bool:
        return all(day.is_blank for day in self.days)

    @property
    def is_ahead(self) -> bool:
        return any(day.is_ahead for day in self.days)

    @property
    def marked(self) -> int:
        """How many lines have to be put right."""
        return sum(day.marked for day in self.days)

    @property
    def problems(self) -> list[str]:
        return [problem for day in self.days for problem in day.problems]

    @property
    def lines(self) -> list[ReadLine]:
        return [line for day in self.days for line in day.lines]

    def unknown_lines(self, number: str) -> list[ReadLine]:
        """The line of this number, if its name is unknown, with all that have the same name."""
        return _unknown_lines(self.lines, number)

    @property
    def to_save(self) -> int:
        """How many workouts saving it would add."""
        return sum(bool(day.draft) and not day.is_left_out for day in self.days)

    @property
    def state(self) -> str:
        """Where it stands, in a few words: "5 read, 1 to answer"; empty for a blank one."""
        if self.is_blank:
            return ""
        if self.marked or self.problems:
            return f"{self.lines_read} read, {self.marked or len(self.problems)} to answer"
        sets = sum(day.working_sets for day in self.days)
        exercises = counted(sum(day.exercise_count for day in self.days), "exercise")
        days = counted(len(self.drafts), "day")
        return f"{days if len(self.days) > 1 else exercises}, {counted(sets, 'set')}"

    @property
    def lines_read(self) -> int:
        return sum(bool(line.exercise) and not line.marks for line in self.lines)

    @property
    def marked_lines(self) -> list[int]:
        """The numbers of the lines that have to be put right."""
        return [line.number for line in self.lines if line.marks or line.is_unknown]

    def with_logged(
        self, logged: Iterable[bool], *, anyway: Collection[str] = ()
    ) -> "NotebookReading":
        """The same, knowing of each day with a draft whether it is logged already, and whether it
        is to be saved ``anyway``: those days' places.
        """
        known = iter(zip(logged, places(self.drafts), strict=True))
        return NotebookReading(
            tuple(_known(one, *next(known), anyway) if one.draft else one for one in self.days)
        )


def _known(one: Reading, is_logged: bool, place: str, anyway: Collection[str]) -> Reading:
    is_anyway = is_logged and place in anyway
    return replace(one, is_logged=is_logged, is_anyway=is_anyway, place=place)


def places(drafts: Iterable[Draft]) -> list[str]:
    """A name for each draft of a notebook: its day, and which one of that day it is."""
    numbers: Counter[date] = Counter()
    names = []
    for draft in drafts:
        numbers[draft.day] += 1
        names.append(f"{draft.day} {numbers[draft.day]}")
    return names


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
    logged: Callable[[], Mapping[int, int]] = dict,
) -> NotebookReading:
    """Read ``text`` with the athlete's names and unit. Dates may begin further days; there is
    always one.

    Without ``many`` it is one day, as a stored workout is edited. ``today`` is by the clock of
    ``when``, if not given. ``notes`` come before those of the first day. ``last`` gives what they
    did of an exercise the last time, by its name. ``logged`` is asked how often they did each, by
    its key, where a name is unknown. A day among several on which nothing was trained has no draft
    and no problem. Of a single day the lines tell what was done the last time, which ``last_of``
    gives by the exercise.
    """
    today = today or now.astimezone(zoneinfo.ZoneInfo(when.time_zone)).date()

    def parsed(index: NameIndex) -> tuple[ParsedWorkout, ...]:
        find = finder(index)
        if many:
            return read_notebook(text, find=find, unit=unit, today=today, last=last).days
        return (parse(text, find=find, unit=unit, last=last),)

    parsed_days = parsed(index)
    names = index
    if known := with_slips(index, parsed_days):
        index, parsed_days = known, parsed(known)
    days = zip(parsed_days, _read_lines(parsed_days, index, names, logged), strict=True)
    first, *others = [
        _read_day(parsed, lines, index, when, "" if number else notes, now)
        for number, (parsed, lines) in enumerate(days)
    ]
    if others:
        first = replace(first, problems=()) if first.is_blank else first
        others = [_further(one) for one in others]
    elif last_of:
        first = _looking_back(first, last_of)
    return NotebookReading((first, *others))


def with_slips(index: NameIndex, days: Iterable[ParsedWorkout]) -> NameIndex | None:
    """The index with the misspelt names of these days that can only be of one exercise; None where
    there are none.
    """
    names = {entry.name for day in days for entry in day.workout.entries}
    slips = [(name, index.misspelt(name)) for name in sorted(names) if not index.find(name)]
    known = [(name, exercise) for name, exercise in slips if exercise]
    return NameIndex(known, behind=index) if known else None


def _further(one: Reading) -> Reading:
    """A day after the first one: it has the day of its own heading or none."""
    if one.parsed.workout.day is None:
        return replace(one, day=None, problems=(), draft=None)
    return replace(one, problems=()) if one.is_blank else one


def _looking_back(one: Reading, last_of: LastOf) -> Reading:
    """The same day, whose lines tell what was done the last time, unless that was later."""

    def before(exercise: Exercise) -> LastTime | None:
        last = last_of(exercise)
        return last if last and one.day and last.day <= one.day else None

    return replace(one, lines=tuple(replace(line, last_of=before) for line in one.lines))


def not_known(name: str) -> str:
    return f"Backtrain does not know “{name}” yet."


def as_meant(
    line: ReadLine, lines: Sequence[ReadLine], exercise: Exercise, *, unit: Unit, last: Last | None
) -> list[EntryText]:
    """What the unknown ``line`` may be if it is this ``exercise``: its sets are read anew, together
    with those of the ``lines`` that go on with it.
    """
    if line.entry is None:
        return []
    block = [
        replace(line, number=1),
        *(one for one in lines if one.head == line.number != one.number),
    ]
    text = "\n".join(one.raw for one in block)
    alone = parse(text, find=lambda name: None, unit=unit).workout.entries
    if [entry.sets for entry in alone] == [line.entry.sets]:
        find = finder(NameIndex([(exercise.name, exercise)]))
        return _readings(rename_lines(text, block[:1], exercise.name), find, unit, last)
    return [replace(line.entry, name=exercise.name, load_type=exercise.load_type)]


def may_have_weight(line: ReadLine, lines: Sequence[ReadLine], *, unit: Unit) -> bool:
    """Whether the unknown ``line``, which was read without a weight, would rather have one if its
    exercise had weights: "60 8 8 7", but not "3 x 8", which is hardly 3 kg.
    """
    if line.entry is None or any(one.load for one in line.entry.sets):
        return False
    lift = Exercise(pk=0, name=line.entry.name, load_type=LoadType.EXTERNAL)
    entries = as_meant(line, lines, lift, unit=unit, last=None)
    likeliest = entries[0].sets if entries else ()
    return any(one.load is not None and one.load.amount > SMALL_WEIGHT for one in likeliest)


def _readings(text: str, find: Find, unit: Unit, last: Last | None) -> list[EntryText]:
    """The entry that the text is, or those that the answers to its question are."""
    parsed = parse(text, find=find, unit=unit, last=last)
    choices = [choice.text for problem in parsed.problems for choice in problem.choices]
    answers = [parse(choice, find=find, unit=unit) for choice in choices]
    return [entry for each in (parsed, *answers) for entry in each.workout.entries]


def finder(index: NameIndex) -> Find:
    """How the exercise of a name is loaded, by the names of an index."""

    def find(name: str) -> LoadType | None:
        exercise = index.find(name)
        return LoadType(exercise.load_type) if exercise else None

    return find


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
    started_at, problems = _start(day, clock, when.time_zone)
    is_ahead = started_at is not None and started_at > now + CLOCKS_DIFFER
    if started_at and is_ahead:
        problems.append(_still_to_come(started_at, when.time_zone, now))
    if not parsed.workout.entries and not parsed.problems:
        problems.append("Write at least one exercise with its sets, for example: Pull-up: 8, 8, 6")
    unknown = [line for line in lines if line.is_unknown and line.number == line.first_alike]
    problems += [not_known(line.entry.name) for line in unknown if line.entry]
    is_unknown = any(line.is_unknown for line in lines)
    draft = None
    if started_at and day and not problems and not parsed.problems and not is_unknown:
        draft = Draft(
            started_at=started_at,
            day=day,
            time_zone=when.time_zone,
            title=parsed.workout.title,
            minutes=parsed.workout.minutes,
            notes=clean_notes("\n".join(part for part in (notes, parsed.workout.notes) if part)),
            entries=tuple(_drafted(parsed.workout.entries, index)),
        )
        if problem := _length_problem(draft):
            draft, problems = None, [problem]
    return Reading(parsed, tuple(lines), day, clock, tuple(problems), draft, is_ahead=is_ahead)


def local_to_utc(day: date, clock: time, time_zone: str) -> datetime | None:
    """The instant of a wall-clock time; None for one that the clocks skipped.

    Of a time that came twice, when the clocks went back, the first.
    """
    local = datetime.combine(day, clock, tzinfo=zoneinfo.ZoneInfo(time_zone))
    instant = local.astimezone(UTC)
    skipped = instant.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None)
    return None if skipped else instant


def _start(
    day: date | None, clock: time | None, time_zone: str
) -> tuple[datetime | None, list[str]]:
    if day is None or clock is None:
        return None, ["Say on which day and at what time it began."]
    try:
        started_at = local_to_utc(day, clock, time_zone)
    except OverflowError:  # the first or last day there is, in a zone that is far from UTC
        return None, [f"{day} is not a day that Backtrain can keep."]
    if started_at is None:
        return None, [
            f"{clock:%H:%M} did not exist on {day}: the clocks went forward. Take a later time."
        ]
    return started_at, []


def _still_to_come(started_at: datetime, time_zone: str, now: datetime) -> str:
    """Why a start in the future is no start, by the clock of its own time zone.

    Instants are compared, so whoever trains beyond the date line and says so is not refused.
    """
    start, here = (at.astimezone(zoneinfo.ZoneInfo(time_zone)) for at in (started_at, now))
    what = f"{start:%H:%M}" if start.date() == here.date() else f"{start.date()}"
    return (
        f"{what} is still to come: in the time zone {time_zone.replace('_', ' ')} it is"
        f" {here:%H:%M} on {here.date()}. Log a workout once it is done. If you trained in another"
        " time zone, choose that one."
    )


def _length_problem(draft: Draft) -> str | None:
    """Why the draft, once saved, could not be edited as text again; None when it could."""
    try:
        length = len(draft.text)
    except ValueError as error:
        return str(error)
    if length <= MAX_TEXT:
        return None
    return (
        f"Written out in full, this workout has {length:,} characters, and at most"
        f" {MAX_TEXT:,} are kept. Log it as two workouts."
    )


def _drafted(entries: Iterable[EntryText], index: NameIndex) -> Iterable[DraftEntry]:
    for entry in entries:
        exercise = index.find(entry.name)
        if exercise:
            yield DraftEntry(exercise, entry)


def _read_lines(
    days: Sequence[ParsedWorkout],
    index: NameIndex,
    names: NameIndex,
    logged: Callable[[], Mapping[int, int]],
) -> list[list[ReadLine]]:
    """The lines of each day; only the first unknown names get offers, those that are known without
    slips, since finding them takes time.
    """
    asked = [line for day in days for line in day.lines if line.problems]
    read = [[_read_line(line, day, index, asked) for line in day.lines] for day in days]
    unknown: dict[str, list[int]] = {}
    for line in chain.from_iterable(read):
        if line.entry and line.is_unknown:
            unknown.setdefault(name_key(line.entry.name), []).append(line.number)
    if not unknown:
        return read
    times = logged()
    offered = {numbers[0] for numbers in islice(unknown.values(), MAX_OFFERS)}
    for lines in read:
        for place, line in enumerate(lines):
            if line.entry and line.is_unknown:
                name = line.entry.name
                alike = tuple(unknown[name_key(name)])
                is_asked = line.number in offered
                nearest = names.offers(name, logged=times, limit=OFFERED) if is_asked else ()
                lines[place] = replace(line, nearest=tuple(nearest), alike=alike)
    return read


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
        marks=tuple(_mark(line, asked, problem) for problem in line.problems),
    )


def _mark(line: Line, asked: Sequence[Line], problem: Problem) -> Mark:
    raw, start = line.raw, problem.column - 1
    end = start + problem.length
    answers = tuple(answers_to(asked, line))
    return Mark(raw[:start], raw[start:end], raw[end:], problem.message, answers)


def answered(text: str, reading: NotebookReading, chosen: str) -> str:
    """``text`` with an answer written: the number of the line that was asked about, a colon, and
    the place of the answer or "note". Unchanged where that was not asked.
    """
    number, _, place = chosen.partition(":")
    lines = [line for day in reading.days for line in day.parsed.lines]
    line = next((line for line in lines if str(line.number) == number), None)
    if line is None:
        return text
    if place == "note":
        return keep_as_note(text, lines, line.number)
    answers = (each for each in answers_to(lines, line) if str(each.place) == place)
    found = next(answers, None)
    return answer(text, lines, found) if found else text


def with_line(text: str, name: str) -> str:
    """``text`` with a last line that begins with the name of an exercise."""
    return "\n".join(filter(None, [text.rstrip(), f"{clean_name(name)[:MAX_NAME]}: "]))


class NamedLine(Protocol):
    """A line with a name in it, of a workout or of a routine."""

    @property
    def number(self) -> int: ...
    @property
    def raw(self) -> str: ...
    @property
    def entry(self) -> "Named | None": ...


class Named(Protocol):
    @property
    def name(self) -> str: ...


def rename_lines(text: str, lines: Iterable[NamedLine], name: str) -> str:
    """``text`` with another name on each of its ``lines``, and nothing else changed."""
    written = split_lines(text)
    for line in lines:
        if line.entry and (typed := _name_as_typed(line.raw, line.entry.name)):
            raw = f"{line.raw[: typed.start()]}{name}{line.raw[typed.end() :]}"
            written[line.number - 1] = raw
    return "\n".join(written)


def _name_as_typed(raw: str, name: str) -> re.Match[str] | None:
    """Where the name stands, without what is in brackets behind it, which may be a weight."""
    words = (name.partition("(")[0] or name).split()
    return re.search(r"(?<![^\W_])" + r"[\s*_]+".join(map(re.escape, words)), raw)
