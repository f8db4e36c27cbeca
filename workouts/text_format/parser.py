"""A typed workout read line by line: each line is read as a whole, or is a problem."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal, TypeVar

from workouts.vocabulary import Unit

from .dates import starts_with_date
from .entries import read_entry
from .errors import Choice, UnreadableError
from .header import read_header
from .likelihood import Last
from .loading import Find
from .minutes import split_minutes
from .values import (
    MAX_ENTRIES,
    MAX_NOTES,
    EntryText,
    WorkoutText,
    clean_notes,
    is_writable,
    split_lines,
)

LineKind = Literal["header", "note", "entry", "blank", "problem"]
MAX_TEXT = 20_000

_Read = TypeVar("_Read")


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
    """How one line was read. `entry` is the index of the entry that it belongs to, if any."""

    number: int
    raw: str
    kind: LineKind
    entry: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ParsedWorkout:
    """What could be read of a text, and how each line was read."""

    workout: WorkoutText
    lines: tuple[Line, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the lines. Empty when the whole text was read."""
        return tuple(chain.from_iterable(line.problems for line in self.lines))


def parse(text: str, *, find: Find, unit: Unit, last: Last | None = None) -> ParsedWorkout:
    """Read a whole workout. Any text is taken; what can't be read is in the problems.

    `find` tells how the exercise of a name is loaded, None when it doesn't know the name.
    `unit` is the athlete's, for weights written without one; `last` their last sets of an exercise.
    A text of more than 20,000 characters or 300 exercises is not read: it has one problem, and
    `lines` has only the line that it is about.
    """
    sources = [_Source(number, raw) for number, raw in enumerate(split_lines(text), start=1)]
    if len(text) > MAX_TEXT:
        message = f"This text is too long: a workout has at most {MAX_TEXT:,} characters."
        return _refuse(sources[0], message)
    front, *entries = _blocks(sources)
    if len(entries) > MAX_ENTRIES:
        message = f"A workout has at most {MAX_ENTRIES} exercises."
        return _refuse(entries[MAX_ENTRIES].head, message)
    reader = _Reader(find, unit, last)
    reader.read_front(front)
    for block in entries:
        reader.read_entry(block)
    return reader.finish(sources)


@dataclass(frozen=True)
class _Source:
    """A line as it stands in the text."""

    number: int
    raw: str

    @property
    def text(self) -> str:
        return self.raw.strip()

    @property
    def is_note(self) -> bool:
        return self.text.startswith(">")


_NO_HEADER = _Source(0, "")


@dataclass
class _Block:
    """A header or an entry's line, with the note lines up to the next one."""

    head: _Source
    notes: list[_Source] = field(default_factory=list)


def _blocks(sources: list[_Source]) -> list[_Block]:
    """The front of the workout, its header perhaps blank, and a block for each entry's line."""
    front = _Block(_NO_HEADER)
    blocks = [front]
    written = [source for source in sources if source.text]
    for source in written:
        if source.is_note:
            blocks[-1].notes.append(source)
        elif source is written[0] and starts_with_date(source.text):
            front.head = source
        else:
            blocks.append(_Block(source))
    return blocks


class _Reader:
    """Reads block after block, and remembers how each line was read."""

    def __init__(self, find: Find, unit: Unit, last: Last | None) -> None:
        self.find = find
        self.unit = unit
        self.last = last
        self.front = WorkoutText()
        self.entries: list[EntryText] = []
        self.lines: dict[int, Line] = {}

    def finish(self, sources: list[_Source]) -> ParsedWorkout:
        blank = [Line(source.number, source.raw, "blank") for source in sources]
        lines = tuple(self.lines.get(line.number, line) for line in blank)
        return ParsedWorkout(replace(self.front, entries=tuple(self.entries)), lines)

    def read_front(self, block: _Block) -> None:
        has_header = block.head is not _NO_HEADER
        header = self._read_line(block.head, "header", read_header) if has_header else None
        notes, minutes = split_minutes(self._read_notes(block))
        notes = self._clean_notes(notes, block)
        self.front = WorkoutText(minutes=minutes, notes=notes)
        if header:
            self.front = replace(self.front, day=header.day, time=header.time, title=header.title)

    def read_entry(self, block: _Block) -> None:
        index = len(self.entries)
        entry = self._read_line(block.head, "entry", self._entry, entry=index)
        if entry is None:
            self._read_notes(block)
            return
        notes = self._clean_notes(self._read_notes(block, entry=index), block)
        notes = "\n".join(filter(None, (entry.notes, notes)))
        self.entries.append(replace(entry, notes=notes))

    def _entry(self, text: str) -> EntryText:
        if starts_with_date(text):
            message = "One workout at a time: a date stands on the first line only."
            raise UnreadableError(message, 0, len(text))
        return read_entry(text, find=self.find, unit=self.unit, last=self.last)

    def _read_notes(self, block: _Block, entry: int | None = None) -> str:
        lines = [self._read_line(source, "note", _note, entry=entry) for source in block.notes]
        return "\n".join(line for line in lines if line is not None)

    def _clean_notes(self, notes: str, block: _Block) -> str:
        cleaned = clean_notes(notes)
        if len(cleaned) <= MAX_NOTES:
            return cleaned
        message = f"Notes have at most {MAX_NOTES:,} characters; these have {len(cleaned):,}."
        self._add_problem(block.notes[-1], UnreadableError(message, 0, len(block.notes[-1].text)))
        return ""

    def _read_line(
        self,
        source: _Source,
        kind: LineKind,
        read: Callable[[str], _Read],
        *,
        entry: int | None = None,
    ) -> _Read | None:
        """What `read` makes of the line; None, and a problem, when it can't be read."""
        try:
            _check_characters(source.text)
            value = read(source.text)
        except UnreadableError as error:
            self._add_problem(source, error)
            return None
        self.lines[source.number] = Line(source.number, source.raw, kind, entry)
        return value

    def _add_problem(self, source: _Source, error: UnreadableError) -> None:
        self.lines[source.number] = _problem_line(source, error)


def _note(text: str) -> str:
    return text.removeprefix(">").removeprefix(" ")


def _check_characters(text: str) -> None:
    for position, character in enumerate(text):
        if not is_writable(character) and character != "\t":
            message = "There is a character here that can’t be seen. Delete it."
            raise UnreadableError(message, position, position + 1)


def _problem_line(source: _Source, error: UnreadableError) -> Line:
    indent = len(source.raw) - len(source.raw.lstrip())
    length = max(error.end - error.start, 1)
    column = indent + error.start + 1
    problem = Problem(source.number, column, length, error.message, error.choices)
    return Line(source.number, source.raw, "problem", problems=(problem,))


def _refuse(source: _Source, message: str) -> ParsedWorkout:
    line = _problem_line(source, UnreadableError(message, 0, len(source.text)))
    return ParsedWorkout(WorkoutText(), (line,))
