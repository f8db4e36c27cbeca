"""The grid's fields: as they are posted, as text, and as they are made of a reading.

Fields are named by numbers that only tell blocks and rows apart; their order is that in which they
are posted. `exercise-N`, `superset-N` and `notes-N` are of a block, `set-N-M-…` of a row in it, and
`line-N` is a block of lines that can't be read, as they are. `title` and `minutes` are the
workout's, whose `notes`, day and time are the form's own.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.names import name_key
from exercises.translating import in_words, reason
from exercises.vocabulary import DISTANCE_LOADS, LoadType
from workouts.reading import Reading
from workouts.text_format import (
    EntryText,
    Find,
    SetText,
    WorkoutText,
    clean_name,
    clean_notes,
    clean_title,
    name_problem,
    print_entry,
    print_workout,
)
from workouts.text_format.cells import NAMES as CELLS
from workouts.text_format.cells import (
    CellErrors,
    SetCells,
    read_cells,
    read_offer,
    take,
    write_cells,
)
from workouts.text_format.values import MAX_SETS, split_lines
from workouts.vocabulary import Unit

MAX_ROWS = 300  # that the grid shows; a longer workout is edited as text
OF_WORKOUT = frozenset({"title", "minutes", "notes"})
_OF_BLOCK = re.compile(r"(?P<name>exercise|superset|notes|line|removed)-(?P<block>[0-9]{1,6})")
_OF_ROW = re.compile(
    rf"set-(?P<block>[0-9]{{1,6}})-(?P<row>[0-9]{{1,6}})-(?P<name>{'|'.join(CELLS)}|done|last|ticked|removed)"
)


class NotInGridError(Exception):
    """The text can't be shown as a grid; the message says why."""


@dataclass(frozen=True)
class Row:
    """A set as it is typed. `offered` is shown lightly, as canonical text; a row that is logged
    takes it where nothing is typed. One that `was_ticked` and no longer is, is not logged. What
    `is_removed` is kept to be brought back.
    """

    number: int
    cells: SetCells
    is_ticked: bool = False
    was_ticked: bool = False
    offered: str = ""
    is_removed: bool = False

    @property
    def is_logged(self) -> bool:
        if self.is_removed:
            return False
        return self.is_ticked or (self.cells.are_typed and not self.was_ticked)

    @property
    def is_undone(self) -> bool:
        """Whether it holds a set that was typed, and is not logged."""
        return self.cells.are_typed and not self.is_logged and not self.is_removed

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing yet, not even an offer."""
        return not (self.is_ticked or self.cells.are_typed or self.offered)


@dataclass(frozen=True)
class Block:
    """An exercise with its sets; with `lines`, text that is none yet."""

    number: int
    name: str = ""
    superset: str = ""
    notes: str = ""
    rows: tuple[Row, ...] = ()
    lines: str | None = None
    is_removed: bool = False

    def load_type(self, find: Find) -> LoadType | None:
        """How its exercise is loaded; None where no exercise goes by its name."""
        name = clean_name(self.name)
        return find(name) if name else None

    @property
    def is_logged(self) -> bool:
        return not self.is_removed and any(row.is_logged for row in self.rows)

    @property
    def is_blank(self) -> bool:
        said = (self.name, self.notes, self.lines or "")
        return self.is_removed or (not any(text.strip() for text in said) and not self.is_logged)


@dataclass(frozen=True)
class Grid:
    """A workout's blocks, in order."""

    blocks: tuple[Block, ...] = ()
    title: str = ""
    minutes: str = ""
    notes: str = ""

    @property
    def is_logged(self) -> bool:
        return any(block.is_logged for block in self.blocks)

    def written(
        self, *, day: date | None, at: time | None, find: Find, is_dated: bool = False
    ) -> "Written":
        """The grid as text; it begins with its day if it has a title or `is_dated`."""
        return _Writer(self, find).write(day, at, is_dated=is_dated)


@dataclass(frozen=True)
class Written:
    """A grid as text, without the rows that `problems` are about, sentences by their fields.

    `as_typed` has these too, as lines that are to be put right. `places` are the blocks that the
    lines of `text` are of, by the number of the line. `left_out` says what was typed and is not
    done: exercises, and sets of others.
    """

    text: str
    as_typed: str
    problems: Mapping[str, str]
    places: Mapping[int, int]
    left_out: tuple[str, ...] = ()


def sets_of(name: str, count: int) -> str:
    """ "2 sets of Pull-up"."""
    said = {"count": count, "name": name}
    return ngettext("%(count)s set of %(name)s", "%(count)s sets of %(name)s", count) % said


def next_number(parts: Iterable[Block | Row]) -> int:
    """One that none of these has."""
    return 1 + max((part.number for part in parts), default=0)


def posted_grid(pairs: Iterable[tuple[str, str]]) -> Grid:
    """The grid of a form's fields, in their order; what else is posted is passed over."""
    said: dict[str, str] = {}
    blocks: dict[int, dict[str, str]] = {}
    rows: dict[int, dict[int, dict[str, str]]] = {}
    for name, value in pairs:
        typed = value.replace("\x00", "")
        if match := _OF_ROW.fullmatch(name):
            number = int(match["block"])
            blocks.setdefault(number, {})
            row = rows.setdefault(number, {}).setdefault(int(match["row"]), {})
            row[match["name"]] = typed
        elif match := _OF_BLOCK.fullmatch(name):
            blocks.setdefault(int(match["block"]), {})[match["name"]] = typed
        elif name in OF_WORKOUT:
            said[name] = typed
    return Grid(
        tuple(_block(number, of, rows.get(number, {})) for number, of in blocks.items()), **said
    )


def _block(number: int, said: Mapping[str, str], rows: Mapping[int, Mapping[str, str]]) -> Block:
    if "line" in said:
        lines = said["line"].replace("\r\n", "\n")
        return Block(number, lines=lines, is_removed=bool(said.get("removed")))
    return Block(
        number,
        name=said.get("exercise", ""),
        superset=said.get("superset", ""),
        notes=said.get("notes", "").replace("\r\n", "\n"),
        rows=tuple(
            Row(
                row,
                SetCells(**{name: of[name] for name in CELLS if name in of}),
                is_ticked="done" in of,
                was_ticked=bool(of.get("ticked")),
                offered=of.get("last", ""),
                is_removed=bool(of.get("removed")),
            )
            for row, of in rows.items()
        ),
        is_removed=bool(said.get("removed")),
    )


def grid_of(text: str, reading: Reading, *, unit: Unit) -> Grid:
    """The grid of one day's text, as it was read: what can't be read stays as lines in its place.

    Raises NotInGridError where these lines would mean something else there.
    """
    if len(reading.lines) < len(split_lines(text)):
        raise NotInGridError(_("This text is too long for the grid."))
    workout = reading.parsed.workout
    blocks = tuple(
        replace(block, number=number) for number, block in enumerate(_blocks(reading, unit), 1)
    )
    return with_room(
        Grid(
            blocks,
            title=workout.title,
            minutes="" if workout.minutes is None else str(workout.minutes),
            notes=workout.notes,
        )
    )


def with_room(grid: Grid) -> Grid:
    """A grid that has no more sets than a page shows. Raises NotInGridError."""
    if sum(len(block.rows) for block in grid.blocks) > MAX_ROWS:
        raise NotInGridError(
            _("The grid shows at most %(most)s sets, and these are more.") % {"most": MAX_ROWS}
        )
    return grid


def entry_block(entry: EntryText, *, unit: Unit, number: int = 1) -> Block:
    """The block of an exercise with its sets, each ticked."""
    return Block(
        number,
        name=entry.name,
        superset=entry.superset,
        notes=entry.notes,
        rows=tuple(
            Row(
                place, write_cells(one, entry.load_type, unit=unit), is_ticked=True, was_ticked=True
            )
            for place, one in enumerate(entry.sets, start=1)
        ),
    )


def _blocks(reading: Reading, unit: Unit) -> Iterator[Block]:
    parsed, notes = reading.parsed, {*reading.parsed.workout.notes.split("\n")}
    heads = {line.head for line in parsed.lines if line.problems}
    unread: list[str] = []
    shown: set[int] = set()
    for line in parsed.lines:
        if line.problems and line.is_row:
            raise NotInGridError(
                _("A table has a line to answer. Answer it here, then open the grid.")
            )
        is_its_note = bool(
            unread and line.kind == "note" and line.entry is None and _said(line.raw) not in notes
        )
        if line.problems or (line.head in heads and line.kind in ("entry", "sets")) or is_its_note:
            if unread and line.head == line.number and not is_its_note:
                yield Block(0, lines="\n".join(unread))
                unread = []
            unread.append(line.raw)
        elif line.entry is not None and line.entry not in shown:
            if unread:
                yield Block(0, lines="\n".join(unread))
                unread = []
            shown.add(line.entry)
            entry = parsed.workout.entries[line.entry]
            exercise = reading.lines[parsed.lines.index(line)].exercise
            name = exercise.name if exercise else entry.name
            yield entry_block(replace(entry, name=name), unit=unit)
    if unread:
        yield Block(0, lines="\n".join(unread))


def _said(raw: str) -> str:
    return raw.strip().removeprefix(">").strip()


class _Writer:
    """Writes a grid as text, and remembers what could not be."""

    def __init__(self, grid: Grid, find: Find) -> None:
        self.grid = grid
        self.find = find
        self.problems: dict[str, str] = {}
        self.superset_places: Counter[str] = Counter()

    def write(self, day: date | None, at: time | None, *, is_dated: bool) -> Written:
        front = self._front(day, at, is_dated=is_dated)
        texts, as_typed, left_out = [front], [front], []
        places: dict[int, int] = {}
        for block in self.grid.blocks:
            if block.is_blank:
                continue
            text, typed = self._block(block)
            if not typed and block.lines is None:
                left_out.append(clean_name(block.name))
            elif count := sum(row.is_undone for row in block.rows):
                left_out.append(sets_of(clean_name(block.name), count))
            as_typed.append(typed)
            if text:
                begin = 1 + sum(len(split_lines(one)) for one in texts if one)
                end = begin + len(split_lines(text))
                places.update(dict.fromkeys(range(begin, end), block.number))
                texts.append(text)
        return Written(
            "\n".join(filter(None, texts)),
            "\n".join(filter(None, as_typed)),
            self.problems,
            places,
            tuple(left_out),
        )

    def _front(self, day: date | None, at: time | None, *, is_dated: bool) -> str:
        title = clean_title(self.grid.title)
        if title and day is None:
            self.problems["title"] = _("Say on which day it was, so that it can have a title.")
        workout = WorkoutText(day=day, time=at) if day and is_dated else WorkoutText()
        says: list[tuple[str, Callable[[], WorkoutText]]] = [
            ("title", lambda: _titled(workout, day, at, title)),
            ("minutes", lambda: replace(workout, minutes=_minutes(self.grid.minutes))),
            ("notes", lambda: replace(workout, notes=clean_notes(self.grid.notes))),
        ]
        for name, said in says:
            try:
                workout = said()
            except ValueError as error:
                self.problems[name] = reason(error)
        return print_workout(workout)

    def _block(self, block: Block) -> tuple[str, str]:
        """The block as text without what is wrong, and as it is typed; both may be empty."""
        if block.lines is not None:
            return block.lines, block.lines
        load_type = block.load_type(self.find)
        sets, wrong = self._sets(block, load_type)
        entry = self._entry(block, tuple(sets), load_type)
        text = self._printed(entry) if entry else ""
        typed = text if not wrong and (entry or not block.is_logged) else _typed(block)
        return text, typed

    def _entry(
        self, block: Block, sets: tuple[SetText, ...], load_type: LoadType | None
    ) -> EntryText | None:
        if not block.is_logged:
            if clean_notes(block.notes):
                self.problems[f"notes-{block.number}"] = _(
                    "A note needs a set that was done. Tick one, or take the note away."
                )
            return None
        name = clean_name(block.name)
        if problem := name_problem(name):
            asked = in_words(problem) if name else _("Which exercise?")
            self.problems[f"exercise-{block.number}"] = asked
            return None
        if not sets:
            return None
        entry = EntryText(name, sets[:MAX_SETS], load_type=load_type)
        if len(sets) > MAX_SETS:
            asked = _("An exercise has at most %(most)s sets.") % {"most": MAX_SETS}
            self.problems[f"exercise-{block.number}"] = asked
        says: list[tuple[str, Callable[[], EntryText]]] = [
            ("superset", lambda: replace(entry, superset=block.superset.strip().upper())),
            ("notes", lambda: replace(entry, notes=clean_notes(block.notes))),
        ]
        for part, said in says:
            try:
                entry = said()
            except ValueError as error:
                self.problems[f"{part}-{block.number}"] = reason(error)
        return entry

    def _printed(self, entry: EntryText) -> str:
        self.superset_places[entry.superset] += 1
        return print_entry(entry, place=self.superset_places[entry.superset])

    def _sets(self, block: Block, load_type: LoadType | None) -> tuple[list[SetText], bool]:
        """The sets that can be read, and whether there are others."""
        sets, wrong = [], False
        for row in block.rows:
            if not row.is_logged:
                continue
            try:
                sets.append(read_row(row, load_type))
            except CellErrors as errors:
                wrong = True
                for cell, sentence in errors.sentences.items():
                    self.problems[f"set-{block.number}-{row.number}-{cell}"] = in_words(sentence)
        return sets, wrong


def read_row(row: Row, load_type: LoadType | None) -> SetText:
    """The set that a row logs. Raises CellErrors."""
    return _read_row(row.cells, row.offered, load_type)


@lru_cache(maxsize=2048)  # a request asks several times, and most rows say what others said
def _read_row(cells: SetCells, offer: str, load_type: LoadType | None) -> SetText:
    offered = read_offer(offer, load_type)
    taken = take(cells, offered, load_type) if offered else cells
    return read_cells(taken, load_type, measure=measure_of(load_type))


def measure_of(load_type: LoadType | None) -> str:
    """The cell of what a set of such an exercise has most of all."""
    if load_type == LoadType.DURATION:
        return "time"
    return "distance" if load_type in DISTANCE_LOADS else "reps"


def _titled(workout: WorkoutText, day: date | None, at: time | None, title: str) -> WorkoutText:
    return replace(workout, day=day, time=at, title=title) if title and day else workout


def _minutes(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not re.fullmatch("[0-9]{1,6}", typed.strip()):
        raise ValueError(_("Minutes are a whole number, for example 65."))
    return int(typed)


def _typed(block: Block) -> str:
    """The block as a line that is to be put right, with all that is typed in it."""
    sets = ", ".join(_typed_set(row.cells) for row in block.rows if row.is_logged)
    lines = [f"{block.name.strip()}: {sets}", *clean_notes(block.notes).split("\n")]
    first, *notes = [" ".join(line.split()) for line in lines]
    return "\n".join([first, *(f"> {line}" for line in notes if line)])


def _typed_set(cells: SetCells) -> str:
    weight = f"{cells.weight.strip()} {cells.unit} x " if cells.weight.strip() else ""
    measure = " in ".join(
        text
        for text in (
            cells.reps.strip(),
            _typed_distance(cells.distance.strip()),
            f"{cells.time.strip()} s" if cells.time.strip() else "",
        )
        if text
    )
    rpe = f" @{cells.rpe.strip()}" if cells.rpe.strip() else ""
    return f"{weight}{measure}{rpe}"


def _typed_distance(typed: str) -> str:
    typed = typed.rstrip(".")  # "5 km." is a distance in a cell
    return typed if not typed or typed[-1].isalpha() else f"{typed} m"


def normal(grid: Grid, find: Find) -> Grid:
    """The grid with each row that can be read as it was read, ticked if it is logged."""
    return replace(grid, blocks=tuple(_normal_block(block, find) for block in grid.blocks))


def _normal_block(block: Block, find: Find) -> Block:
    load_type = block.load_type(find)
    return replace(block, rows=tuple(_normal_row(row, load_type) for row in block.rows))


def _normal_row(row: Row, load_type: LoadType | None) -> Row:
    if not row.is_logged:
        return row
    try:
        cells = write_cells(read_row(row, load_type), load_type, unit=row.cells.unit)
    except CellErrors:
        return row
    return Row(row.number, cells, is_ticked=True, was_ticked=True)


def fields_of(grid: Grid) -> Iterator[tuple[str, str]]:
    """The fields that `posted_grid` makes the grid of."""
    yield from (("title", grid.title), ("minutes", grid.minutes), ("notes", grid.notes))
    for block in grid.blocks:
        yield from block_fields(block)


def block_fields(block: Block) -> Iterator[tuple[str, str]]:
    """Those of one block."""
    number = block.number
    if block.is_removed:
        yield f"removed-{number}", "1"
    if block.lines is not None:
        yield f"line-{number}", block.lines
        return
    yield f"exercise-{number}", block.name
    yield f"superset-{number}", block.superset
    yield f"notes-{number}", block.notes
    for row in block.rows:
        yield from row_fields(number, row)


def row_fields(block: int, row: Row) -> Iterator[tuple[str, str]]:
    """Those of one row."""
    said = {name: getattr(row.cells, name) for name in CELLS}
    ticks = {"done": row.is_ticked, "ticked": row.was_ticked, "removed": row.is_removed}
    said |= {name: "1" for name, is_so in ticks.items() if is_so} | {"last": row.offered}
    for name, value in said.items():
        yield f"set-{block}-{row.number}-{name}", value


def left_over(grid: Grid) -> Grid:
    """What a grid holds and its text does not: sets that are offered or typed and not done, and
    exercises without any that is.
    """

    def rest(block: Block) -> Block:
        rows = (row for row in block.rows if not (row.is_logged or row.is_removed or row.is_blank))
        return replace(block, rows=tuple(rows))

    blocks = (rest(block) for block in grid.blocks if block.lines is None and not block.is_blank)
    is_done = {block.number for block in grid.blocks if block.is_logged}
    return Grid(tuple(one for one in blocks if one.rows or one.number not in is_done))


def with_left_over(grid: Grid, over: Grid) -> Grid:
    """A grid with what was `left_over`: sets behind those of their exercise, others at the end."""
    blocks = list(grid.blocks)
    for block in over.blocks:
        name, first = name_key(block.name), next_number(blocks)
        alike = (at for at, one in enumerate(blocks) if name_key(one.name) == name)
        at = next(alike, None)
        if at is None:
            blocks.append(replace(block, number=first))
            continue
        first = next_number(blocks[at].rows)
        rows = (replace(row, number=number) for number, row in enumerate(block.rows, first))
        blocks[at] = replace(blocks[at], rows=(*blocks[at].rows, *rows))
    return replace(grid, blocks=tuple(blocks))


def merged(grid: Grid, written: Written, again: Grid) -> Grid:
    """The grid as it was `written`, with what `again`, made of its text and an answer in it, has
    otherwise. Rows that are no part of the text stay, and so does what else could not be written.
    """
    in_text = [block for block in grid.blocks if block.number in set(written.places.values())]
    is_alike = not any(_is_note(block) for block in in_text)  # which goes to the block above
    if is_alike and len(in_text) == len(again.blocks):
        now = {
            block.number: _merged_block(block, written, other)
            for block, other in zip(in_text, again.blocks, strict=True)
        }
        blocks = [now.get(block.number, block) for block in grid.blocks]
    else:
        first = next_number(grid.blocks)
        blocks = [replace(block, number=at) for at, block in enumerate(again.blocks, first)]
        unread = [(block, _unread(block, written)) for block in in_text]
        over = [replace(block, rows=rows) for block, rows in unread if rows]
        blocks = [*with_left_over(Grid(tuple(blocks)), Grid(tuple(over))).blocks]
        blocks += [block for block in grid.blocks if block not in in_text]
    typed = {name: getattr(grid, name) for name in OF_WORKOUT if name in written.problems}
    return replace(again, blocks=tuple(blocks), **typed)


def _is_note(block: Block) -> bool:
    """Whether it is lines that are all notes."""
    lines = (block.lines or "").split("\n")
    return block.lines is not None and all(line.lstrip().startswith(">") for line in lines)


def _unread(block: Block, written: Written) -> tuple[Row, ...]:
    """The rows that are no part of the text."""

    def is_read(row: Row) -> bool:
        name = f"set-{block.number}-{row.number}-"
        return row.is_logged and not any(field.startswith(name) for field in written.problems)

    return tuple(row for row in block.rows if not is_read(row))


def _merged_block(block: Block, written: Written, other: Block) -> Block:
    unread = _unread(block, written)
    if other.lines is not None and (unread or other.lines in written.text):
        return block  # which can't be read yet either
    read = [row for row in block.rows if row not in unread]
    if len(read) == len(other.rows):
        now = {
            row.number: replace(new, number=row.number)
            for row, new in zip(read, other.rows, strict=True)
        }
        rows = [now.get(row.number, row) for row in block.rows]
    else:
        first = next_number(block.rows)
        rows = [replace(row, number=at) for at, row in enumerate(other.rows, first)]
        rows += unread
    return replace(other, number=block.number, rows=tuple(rows))
