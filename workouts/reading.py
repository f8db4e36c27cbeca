"""Text as drafts of workouts: what the log form previews and saves."""

import zoneinfo
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any

from exercises.counting import counted
from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.vocabulary import LoadType
from workouts.last_sets import LastTime
from workouts.lines import (
    Mark,
    ShownLine,
    finder,
    rename_lines,
    unknown_names,
    with_offers,
    with_slips,
)
from workouts.reckoning.strength import count_sets
from workouts.text_format import (
    MAX_TEXT,
    EntryText,
    Find,
    Last,
    Line,
    ParsedWorkout,
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
from workouts.text_format.values import MAX_NAME
from workouts.vocabulary import SetKind, Unit

LastOf = Callable[[Exercise], LastTime | None]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine(ShownLine[EntryText]):
    """One line of a workout. ``head`` is the number of the line with its name, if it goes on with
    sets of it. A line that ``is_row`` is part of a table, and can be written in another way where
    it has answers. ``remarks`` are the notes of its exercise that have no line of their own.
    """

    head: int
    is_row: bool = False
    may_be_note: bool = False
    remarks: tuple[str, ...] = ()
    last_of: LastOf | None = field(default=None, compare=False, repr=False)

    @property
    def last_time(self) -> LastTime | None:
        """What was done of the exercise the last time; looked up when it is asked for."""
        return self.last_of(self.exercise) if self.last_of and self.exercise else None

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

    @property
    def marked(self) -> int:
        """How many lines have to be put right."""
        return sum(line.is_marked for line in self.lines)

    @property
    def is_blank(self) -> bool:
        return not self.parsed.workout.entries and not self.parsed.problems

    @property
    def has_notes(self) -> bool:
        return bool(self.parsed.workout.notes)


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
        return [line.number for line in self.lines if line.is_marked]

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
    entries = chain.from_iterable(each.workout.entries for each in parsed_days)
    if known := with_slips(index, entries):
        index, parsed_days = known, parsed(known)
    read = with_offers(_read_lines(parsed_days, index), names, logged)
    days = zip(parsed_days, read, strict=True)
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
    problems += unknown_names(lines)
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
