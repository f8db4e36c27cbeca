"""A typed log read line by line: each line is read as a whole, or is a problem."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from string import ascii_uppercase
from typing import Literal, TypeVar

from exercises.sentences import gettext as _
from exercises.sentences import grouped
from workouts.vocabulary import Unit

from .circuits import (
    ask_circuit,
    ask_several,
    read_circuit,
    split_circuit,
    split_several,
    split_superset,
)
from .days import settle
from .entries import read_entry
from .errors import Choice, UnreadableError
from .header import Header, Heading
from .joined_text import JoinedText, Part, whole
from .likelihood import Last
from .loading import Find, key_of
from .markup import MarkedLine, message_prefix, read_marks
from .minutes import split_minutes
from .names import split_entry
from .notebook import Block, Day, Note, cut, cut_one
from .printer import print_entry, print_sets
from .readings import MOST_CHOICES, NO_SETS, AskedError
from .same_again import Done, Same, read_same
from .values import (
    MAX_ENTRIES,
    MAX_NOTES,
    SUPERSET_MARK,
    EntryText,
    SetText,
    WorkoutText,
    clean_name,
    clean_notes,
    is_writable,
    split_lines,
)

LineKind = Literal["header", "note", "entry", "sets", "mark", "blank", "problem"]
MAX_TEXT = 20_000
MAX_NOTEBOOK = 200_000
MAX_DAYS = 200

_Read = TypeVar("_Read")
_FEWEST_NAMED = 2
_IS_NOTE = _("No sets yet. Is it a note?")


@dataclass(frozen=True)
class Problem:
    """Why a line can't be read. `line` and `column` count from 1, the column in the raw line.

    With `choices` the message is a question.
    """

    line: int
    column: int
    length: int
    message: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Line:
    """How one line was read.

    The exercises of a circuit have a `Line` each, of the same `number`. `head` is the number of the
    first line of its block, such as that with the name of an exercise above its sets; its own where
    it is a line for itself. `entry` is the index of the entry that it belongs to, if any. A "mark"
    has no meaning of its own: a rule, the heads of a table. A line that `is_row` is part of a
    table, and means nothing without its heads. One that `is_date` has a date beside sets, or one
    that is in doubt, and can be no note: its day would be that of the lines above.
    """

    number: int
    raw: str
    kind: LineKind
    head: int
    entry: int | None = None
    problems: tuple[Problem, ...] = ()
    is_row: bool = False
    is_date: bool = False


@dataclass(frozen=True)
class ParsedWorkout:
    """What could be read of a text, and how each line was read."""

    workout: WorkoutText
    lines: tuple[Line, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the lines. Empty when the whole text was read."""
        return tuple(chain.from_iterable(line.problems for line in self.lines))


@dataclass(frozen=True)
class Notebook:
    """The workouts of a text, as they stand in it; the first may have no day.

    Their lines are numbered through the whole text, and are all of it.
    """

    days: tuple[ParsedWorkout, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the lines. Empty when the whole text was read."""
        return tuple(chain.from_iterable(day.problems for day in self.days))


def parse(text: str, *, find: Find, unit: Unit, last: Last | None = None) -> ParsedWorkout:
    """Read a whole workout. Any text is taken; what can't be read is in the problems.

    `find` tells how the exercise of a name is loaded, None when it doesn't know the name.
    `unit` is the athlete's, for weights written without one; `last` their last sets of an exercise.
    A text of more than 20,000 characters or 300 exercises is not read: it has one problem, and
    `lines` has only the line that it is about.
    """
    if len(text) > MAX_TEXT:
        message = _(
            "This text is too long: a workout has at most %(most)s characters.",
            most=grouped(MAX_TEXT),
        )
        return _refuse(text, message)
    entries = _Entries(find, unit, last)
    day = cut_one(_marked(text), find, unit, entries.is_written)
    (parsed,) = _read_days([day], entries)
    return parsed


def read_notebook(
    text: str, *, find: Find, unit: Unit, today: dt.date, last: Last | None = None
) -> Notebook:
    """Read the workouts of a text, a day after each date. Any text is taken.

    As `parse`, but that a date may begin another day, `today` tells what "3 Mar" or "yesterday" is,
    and `last` what the athlete last did of an exercise. A text of more than 200,000 characters or
    200 days is not read: it has one problem.
    """
    if len(text) > MAX_NOTEBOOK:
        message = _(
            "This text is too long: at most %(most)s characters are read at once.",
            most=grouped(MAX_NOTEBOOK),
        )
        return Notebook((_refuse(text, message),))
    days = cut(_marked(text), find, unit)
    if len(days) > MAX_DAYS:
        message = _(
            "These are %(days)s days, and at most %(most)s are read at once.",
            days=grouped(len(days)),
            most=MAX_DAYS,
        )
        return Notebook((_refuse(text, message),))
    return Notebook(tuple(_read_days(days, _Entries(find, unit, last), today)))


def _marked(text: str) -> list[MarkedLine]:
    return [read_marks(number, raw) for number, raw in enumerate(split_lines(text), start=1)]


def _read_days(
    days: Sequence[Day], entries: "_Entries", today: dt.date | None = None
) -> list[ParsedWorkout]:
    headings = [day.written for day in days if isinstance(day.written, Heading)]
    settled = iter(settle(headings, today))
    headers = [next(settled) if isinstance(day.written, Heading) else day.written for day in days]
    entries.learn(days, headers)
    read = [
        _Reader(entries, number).read(day, header)
        for number, (day, header) in enumerate(zip(days, headers, strict=True))
    ]
    return list(_one_question_a_line(read))


def _one_question_a_line(days: Sequence[ParsedWorkout]) -> Iterator[ParsedWorkout]:
    """The days of a table that has them in columns: what is asked about a row is answered one day
    after the other.
    """
    asked: dict[int, int] = {}  # the day of each line's first question
    for number, day in enumerate(days):
        lines = [
            replace(line, problems=tuple(map(_answered_later, line.problems)))
            if line.problems and asked.setdefault(line.number, number) != number
            else line
            for line in day.lines
        ]
        yield replace(day, lines=tuple(lines))


def _answered_later(problem: Problem) -> Problem:
    message = _(
        "%(problem)s Answer what is asked about another day of this row first.",
        problem=problem.message,
    )
    return replace(problem, message=message, choices=()) if problem.choices else problem


def check_characters(text: str) -> None:
    """Raise UnreadableError at a control character."""
    if text.isprintable():
        return
    for position, character in enumerate(text):
        if not is_writable(character) and character not in "\t\n":
            message = _("There is a character here that can’t be seen. Delete it.")
            raise UnreadableError(message, position, position + 1)


class _Entries:
    """Reads exercises with their sets, each text once.

    What would be asked is read again with what the same text says of the exercise where it is
    clear: of the nearest day, the earlier of two, and then of `last`.
    """

    def __init__(self, find: Find, unit: Unit, last: Last | None) -> None:
        self.find = find
        self.unit = unit
        self.last = last
        self._known: dict[str, EntryText | UnreadableError] = {}
        self._clear: dict[str, list[tuple[int, tuple[SetText, ...]]]] = defaultdict(list)
        self._done: dict[str, list[Done]] = defaultdict(list)
        self._days: list[dt.date | None] = []

    def learn(self, days: Sequence[Day], headers: Sequence[object]) -> None:
        """Remember the exercises that are clear by themselves, each with the number of its day."""
        self._days = [each.day if isinstance(each, Header) else None for each in headers]
        for number, day in enumerate(days):
            for block in day.blocks:
                if same := self._same(block.joined.text):
                    if sets := next(self._repeated(same, number), None):
                        self._remember(same.name, number, sets)
                    continue
                with suppress(UnreadableError):
                    entry = self.read(block.joined.text)
                    self._clear[key_of(entry.name, self.find)].append((number, entry.sets))
                    self._remember(entry.name, number, entry.sets)

    def _remember(self, name: str, number: int, sets: tuple[SetText, ...]) -> None:
        self._done[key_of(name, self.find)].append(Done(number, self._days[number], sets))

    def _same(self, text: str) -> Same | None:
        same = read_same(text)
        return same if same and self.find(same.name) is not None else None

    def _repeated(self, same: Same, day: int) -> Iterator[tuple[SetText, ...]]:
        """What a line that says "same as last week" may mean, on the day of this number."""
        done = [one for one in self._done[key_of(same.name, self.find)] if one.number < day]
        yield from same.meant(done, self._days[day])
        if not done and self.last and (sets := self.last(same.name)):
            yield same.of(sets)

    def ask_same(self, text: str, day: int) -> None:
        """Raise the question which sets are meant by a line such as "Squat: same as last week"."""
        if (same := self._same(text)) is None:
            return
        load_type = self.find(same.name)
        name = clean_name(same.name)
        sets = list(dict.fromkeys(filter(None, self._repeated(same, day))))[:MOST_CHOICES]
        entries = [EntryText(name, each, load_type=load_type) for each in sets]
        if not entries:
            message = _("What this is the same as is not in this text. Is it a note?")
            raise UnreadableError(message, 0, len(text), (Choice(f"> {text}"),))
        shown, *others = [print_sets(each, load_type=load_type) for each in sets]
        message = _("Is this right: %(sets)s?", sets=shown)
        for other in others:
            shown = _("%(first)s; or %(second)s", first=shown, second=other)
            message = _("Which is it: %(sets)s?", sets=shown)
        choices = tuple(
            Choice(print_entry(entry), pattern=f"same as before {place}")
            for place, entry in enumerate(entries)
        )
        raise UnreadableError(message, 0, len(text), choices)

    def read(self, text: str, day: int | None = None) -> EntryText:
        """The exercise with its sets, as one of the day of this number. Raises UnreadableError."""
        if text not in self._known:
            self._known[text] = self._read(text, self.last)
        known = self._known[text]
        if isinstance(known, AskedError) and day is not None and self._clear:
            known = self._read(text, partial(self._near, day))
        if isinstance(known, UnreadableError):
            raise known
        return known

    def _near(self, day: int, name: str) -> Sequence[SetText] | None:
        clear = self._clear.get(key_of(name, self.find))
        if clear:
            return min(clear, key=lambda other: (abs(other[0] - day), other[0]))[1]
        return self.last(name) if self.last else None

    def read_circuit(self, text: str) -> tuple[EntryText, ...]:
        """The exercises of a line that says how many rounds of them there were; none otherwise."""
        circuit = split_circuit(text)
        if circuit is None or circuit.is_assumed:
            return ()
        try:
            entries = read_circuit(circuit, self.read)
        except UnreadableError:
            return ()
        return entries if all(self.find(entry.name) for entry in entries) else ()

    def read_superset(self, text: str, letter: str) -> tuple[EntryText, ...]:
        """The two exercises of a line that says they were done in turn; none otherwise."""
        try:
            entries = tuple(map(self.read, split_superset(text)))
        except UnreadableError:
            return ()
        if not letter or not all(self.find(entry.name) for entry in entries):
            return ()
        return tuple(replace(entry, superset=letter) for entry in entries)

    def read_several(self, text: str) -> tuple[EntryText, ...]:
        """The exercises of a line on which each stands with its sets; none otherwise.

        Raises UnreadableError, with each on a line of its own as the answer, where one is in doubt.
        """
        parts = split_several(text)
        if sum(map(self._has_known_name, parts)) < _FEWEST_NAMED or self.is_written(text):
            return ()
        try:
            return tuple(map(self.read, parts))
        except UnreadableError:
            raise ask_several(text, parts) from None

    def _has_known_name(self, text: str) -> bool:
        try:
            return split_entry(text, self.find).load_type is not None
        except UnreadableError:
            return False

    def is_written(self, text: str) -> bool:
        """Whether the line is an entry as it is printed."""
        try:
            check_characters(text)
            entry = replace(self.read(text), superset="")
        except UnreadableError:
            return False
        mark = SUPERSET_MARK.match(text)
        return print_entry(entry) == text[mark.end() if mark else 0 :]

    def _read(self, text: str, last: Last | None) -> EntryText | UnreadableError:
        if circuit := split_circuit(text):
            with suppress(UnreadableError):
                return ask_circuit(text, circuit, self.read, self.find)
        try:
            return read_entry(text, find=self.find, unit=self.unit, last=last)
        except UnreadableError as error:
            if error.message == NO_SETS and self.find(clean_name(text.rstrip(" :"))) is None:
                error.message = _IS_NOTE
                error.choices = (Choice(f"> {text}"),)
            return error


class _Reader:
    """Reads the blocks of a day, and remembers how each line was read."""

    def __init__(self, entries: _Entries, number: int) -> None:
        self.reads = entries
        self.number = number
        self.entries: list[EntryText] = []
        self.letters: set[str] = set()  # of supersets
        self.lines: dict[int, Line] = {}
        self.further: dict[int, list[Line]] = defaultdict(list)  # of a circuit's exercises

    def read(self, day: Day, header: Header | UnreadableError | None) -> ParsedWorkout:
        if len(day.blocks) > MAX_ENTRIES:
            head = day.blocks[MAX_ENTRIES].head
            message = _("A workout has at most %(most)s exercises.", most=MAX_ENTRIES)
            line = _problem_line(whole(head), UnreadableError(message, 0, len(head.raw)))
            return ParsedWorkout(WorkoutText(), (line,))
        for mark in day.marks:
            self._add(mark, "mark")
        for header_line in day.headers:
            self._add(header_line, "header")
        front = self._front(day, header)
        for part, error in day.refused:
            self._add_problem(JoinedText((part,)), error)
        marks = (SUPERSET_MARK.match(block.joined.text) for block in day.blocks)
        self.letters = {mark["letter"].upper() for mark in marks if mark}
        for block in day.blocks:
            self._read_block(block)
        return ParsedWorkout(
            replace(front, entries=tuple(self.entries)),
            tuple(
                one
                for line in day.lines
                for one in (
                    self.lines.get(line.number, _blank(line)),
                    *self.further.get(line.number, ()),
                )
            ),
        )

    def _front(self, day: Day, header: Header | UnreadableError | None) -> WorkoutText:
        written, minutes = split_minutes(self._read_notes(day.notes))
        front = WorkoutText(
            minutes=day.minutes or minutes, notes=self._clean_notes(written, day.notes)
        )
        heading = JoinedText((day.heading,)) if day.heading else None
        if heading and isinstance(header, UnreadableError):
            is_row = _is_part_of_line(heading)
            if is_row:
                header = _answered_in_dates(day, header)
            self._add_problem(heading, header, is_row=is_row, is_date=True)
        elif heading and isinstance(header, Header) and self._is_writable(heading):
            front = replace(
                front,
                day=header.day,
                time=day.time or header.time,
                title=day.title or header.title,
                minutes=front.minutes or header.minutes,
            )
        return front

    def _read_block(self, block: Block) -> None:
        index = len(self.entries)
        joined = block.joined
        for line in joined.lines:
            kind: LineKind = "entry" if line is block.head else "sets"
            self._add(line, kind, head=block.head, is_row=block.is_row, is_date=bool(block.prefix))
        try:
            check_characters(joined.text)
            self.reads.ask_same(joined.text, self.number)
            first, *further = (
                self.reads.read_circuit(joined.text)
                or self.reads.read_superset(joined.text, self._free_letter())
                or self.reads.read_several(joined.text)
                or (self.reads.read(joined.text, self.number),)
            )
        except UnreadableError as error:
            self._add_problem(
                joined,
                _answered_in_place(block, error),
                is_row=block.is_row,
                is_date=bool(block.prefix),
            )
            self._read_notes(block.notes)
            return
        for line in joined.lines:
            self.lines[line.number] = replace(self.lines[line.number], entry=index)
        self.entries += (first, *further)
        self.letters.add(first.superset)
        if further:
            index = len(self.entries) - 1
            head = self.lines[block.head.number]
            self.further[head.number] = [
                replace(head, entry=place) for place in range(index - len(further) + 1, index + 1)
            ]
        entry = self.entries[-1]
        notes = "\n".join(
            part for part in (entry.notes, self._read_notes(block.notes, entry=index)) if part
        )
        self.entries[-1] = replace(entry, notes=self._clean_notes(notes, block.notes))

    def _free_letter(self) -> str:
        return next((each for each in ascii_uppercase if each not in self.letters), "")

    def _read_notes(self, notes: Sequence[Note], entry: int | None = None) -> str:
        """The notes that can be written, one a line."""
        written = []
        for note in notes:
            joined = JoinedText((whole(note.line),))
            if self._is_writable(joined):
                written.append(note.text)
                if note.line.number not in self.lines:
                    self._add(note.line, "note", entry=entry)
        return "\n".join(written)

    def _clean_notes(self, notes: str, lines: Sequence[Note]) -> str:
        cleaned = clean_notes(notes)
        if len(cleaned) <= MAX_NOTES:
            return cleaned
        message = _(
            "Notes have at most %(most)s characters; these have %(length)s.",
            most=grouped(MAX_NOTES),
            length=grouped(len(cleaned)),
        )
        last = whole(lines[-1].line)
        self._add_problem(JoinedText((last,)), UnreadableError(message, 0, len(last.text)))
        return ""

    def _is_writable(self, joined: JoinedText) -> bool:
        try:
            check_characters(joined.text)
        except UnreadableError as error:
            self._add_problem(joined, error)
            return False
        return True

    def _add(
        self,
        line: MarkedLine,
        kind: LineKind,
        *,
        head: MarkedLine | None = None,
        entry: int | None = None,
        is_row: bool = False,
        is_date: bool = False,
    ) -> None:
        before = self.lines.get(line.number)
        if before is None or not before.problems:
            number = (head or line).number
            self.lines[line.number] = Line(
                line.number, line.raw, kind, number, entry, is_row=is_row, is_date=is_date
            )

    def _add_problem(
        self,
        joined: JoinedText,
        error: UnreadableError,
        *,
        is_row: bool = False,
        is_date: bool = False,
    ) -> None:
        line = _problem_line(joined, error)
        before = self.lines.get(line.number)
        if before and before.problems and before.is_date:
            return  # its date is asked about first
        head = before.head if before else line.head
        self.lines[line.number] = replace(line, head=head, is_row=is_row, is_date=is_date)


def _answered_in_place(block: Block, error: UnreadableError) -> UnreadableError:
    """The error with its answers as they stand in a row of a table, or in a message of a chat."""
    written = (_in_place(block, choice) for choice in error.choices)
    choices = tuple(choice for choice in written if choice)
    message = error.message
    if error.choices and not choices:  # a row can be no note
        if message == _IS_NOTE:
            message = NO_SETS
        else:
            message = _("%(problem)s Write it like this in its rows.", problem=message)
    return UnreadableError(message, error.start, error.end, choices)


def _answered_in_dates(day: Day, error: UnreadableError) -> UnreadableError:
    """The error with its answers written in all rows, or messages, that have the date."""
    choices = []
    for choice in error.choices:
        written = choice.text[: len("2026-11-22")]
        dates = dict.fromkeys(day.dates)
        lines = tuple(_with_date(part, error, written) for part in dates)
        choices.append(Choice(written, choice.pattern, lines))
    return UnreadableError(error.message, error.start, error.end, tuple(choices))


def _with_date(part: Part, error: UnreadableError, written: str) -> tuple[int, str]:
    raw, start = part.line.raw, part.start
    return part.line.number, f"{raw[: start + error.start]}{written}{raw[start + error.end :]}"


def _in_place(block: Block, choice: Choice) -> Choice | None:
    if not block.is_row:
        prefix = block.prefix or message_prefix(block.head)
        return replace(choice, text=prefix + choice.text + _notes_of_rewritten(block))
    name, _, sets = choice.text.partition(": ")
    cells = block.cells
    if cells is None or name != clean_name(cells.name.text) or "\n" in sets:
        return None
    return replace(choice, text=cells.write(sets))


def _notes_of_rewritten(block: Block) -> str:
    """The notes that stand on the lines that an answer rewrites: "plan 3x5"."""
    if message_prefix(block.head):
        return ""
    lines = set(block.joined.lines)
    return "".join(f"\n> {note.text}" for note in block.notes if note.line in lines)


def _is_part_of_line(heading: JoinedText) -> bool:
    """Whether the date is that of a row or a message, which say other things too."""
    (part,) = heading.parts
    return part.text not in (part.line.body, part.line.raw.strip())


def _blank(line: MarkedLine) -> Line:
    return Line(line.number, line.raw, "blank", line.number)


def _problem_line(where: JoinedText | Part, error: UnreadableError) -> Line:
    joined = JoinedText((where,)) if isinstance(where, Part) else where
    line, start, length = joined.place(error.start, error.end)
    problem = Problem(line.number, start + 1, length, error.message, error.choices)
    return Line(line.number, line.raw, "problem", line.number, problems=(problem,))


def _refuse(text: str, message: str) -> ParsedWorkout:
    first = MarkedLine(1, split_lines(text)[0], "")
    error = UnreadableError(message, 0, len(first.raw))
    return ParsedWorkout(WorkoutText(), (_problem_line(whole(first), error),))
