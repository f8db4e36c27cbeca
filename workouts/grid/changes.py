"""The buttons of the grid that work without a script: each makes another grid of the posted one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from exercises.vocabulary import LoadType
from workouts.grid.fields import Block, Grid, Row, measure_of, next_number, read_row
from workouts.reading import heaviest_load
from workouts.reckoning.pace import KILOMETRE, in_metres, miles_said
from workouts.text_format import Find, Load, SetText, clean_name, print_decimal
from workouts.text_format.cells import (
    CellErrors,
    SetCells,
    print_offer,
    read_cells,
    read_offer,
    take,
    write_distance,
    write_time,
)
from workouts.vocabulary import SetKind, Unit

FIRST_ROWS = 3  # of an exercise whose sets are not known yet
LEAST_MILES = Decimal("0.01")
_PRESSED = re.compile(
    r"(?P<verb>[a-z-]{1,20})(?: (?P<block>[0-9]{1,6}))?(?: (?P<row>[0-9]{1,6}))?"
    r"(?: (?P<cell>weight|reps|time|distance) (?P<step>-?[0-9]{1,4}(?:\.[0-9]{1,3})?))?"
)


_CALLED = re.compile(r"call (?P<block>[0-9]{1,6}) (?P<name>.{1,80})")
WarmUpSets = Callable[[Decimal, Unit], Sequence[SetText]]


def changed(grid: Grid, pressed: str, find: Find, warm_up: WarmUpSets) -> Grid:
    """The grid after the button with the value `pressed`: a verb, and the numbers of the block and
    the row that it stands in. Unchanged where there is no such button. What was removed before is
    gone then. ``warm_up`` says which sets lead to a weight.
    """
    if match := _CALLED.fullmatch(pressed):
        name = clean_name(match["name"])
        return _with_block(grid, int(match["block"]), lambda block: replace(block, name=name))
    match = _PRESSED.fullmatch(pressed)
    if match is None:
        return grid
    verb, number = match["verb"], int(match["block"] or 0)
    if verb == "restore":
        return _restored(grid)
    grid = _without_removed(grid)
    if verb == "add-exercise":
        return replace(grid, blocks=(*grid.blocks, blank_block(next_number(grid.blocks))))
    if verb in ("up", "down"):
        return _moved(grid, number, -1 if verb == "up" else 1)
    if verb == "remove":
        return _with_block(grid, number, lambda block: replace(block, is_removed=True))
    row = int(match["row"] or 0)
    step = Decimal(match["step"] or 0)

    def change(block: Block) -> Block:
        load_type = block.load_type(find)
        if verb == "add-set":
            return _with_set(block, load_type)
        if verb == "tick-all":
            return replace(block, rows=tuple(_ticked(one) for one in block.rows))
        if verb == "warm-up":
            return _warmed_up(block, load_type, warm_up)
        if verb == "copy-down":
            return _copied_down(block, row, load_type)
        if verb == "remove-set":
            return _with_row(block, row, lambda one: replace(one, is_removed=True))
        if verb == "step" and match["cell"]:
            cell = match["cell"]
            return _with_row(block, row, lambda one: _stepped(one, cell, step, load_type))
        return block

    return _with_block(grid, number, change)


def blank_block(number: int, name: str = "") -> Block:
    rows = tuple(Row(place, SetCells(unit="")) for place in range(1, FIRST_ROWS + 1))
    return Block(number, name=name, rows=rows)


def offer(one: SetText, number: int, load_type: LoadType | None, *, unit: str) -> Row:
    """A row that offers this set."""
    cells = SetCells(unit=one.load.unit if one.load else unit, kind=one.kind, side=one.side)
    return Row(number, cells, offered=print_offer(one, load_type))


def heaviest(block: Block, load_type: LoadType | None) -> Load | None:
    """The load of the heaviest working set that a block has or offers."""
    return heaviest_load(filter(None, (_set_of(row, load_type) for row in block.rows)))


def _warmed_up(block: Block, load_type: LoadType | None, warm_up: WarmUpSets) -> Block:
    """Before all else, rows that offer the warm-up to the heaviest set; no others offer one."""
    load = heaviest(block, load_type)
    if load is None:
        return block
    rows = [row for row in block.rows if row.is_logged or row.cells.kind != SetKind.WARMUP]
    first = next_number(block.rows)
    warm_ups = (
        offer(one, number, load_type, unit=load.unit)
        for number, one in enumerate(warm_up(load.amount, load.unit), start=first)
    )
    return replace(block, rows=(*warm_ups, *rows))


def _with_block(grid: Grid, number: int, change: Callable[[Block], Block]) -> Grid:
    blocks = (change(block) if block.number == number else block for block in grid.blocks)
    return replace(grid, blocks=tuple(blocks))


def _with_row(block: Block, number: int, change: Callable[[Row], Row]) -> Block:
    rows = (change(row) if row.number == number else row for row in block.rows)
    return replace(block, rows=tuple(rows))


def _without_removed(grid: Grid) -> Grid:
    blocks = (
        replace(block, rows=tuple(row for row in block.rows if not row.is_removed))
        for block in grid.blocks
        if not block.is_removed
    )
    return replace(grid, blocks=tuple(blocks))


def _restored(grid: Grid) -> Grid:
    blocks = (
        replace(
            block,
            is_removed=False,
            rows=tuple(replace(row, is_removed=False) for row in block.rows),
        )
        for block in grid.blocks
    )
    return replace(grid, blocks=tuple(blocks))


def _moved(grid: Grid, number: int, by: int) -> Grid:
    blocks = list(grid.blocks)
    place = next((at for at, block in enumerate(blocks) if block.number == number), None)
    if place is None or not 0 <= place + by < len(blocks):
        return grid
    blocks.insert(place + by, blocks.pop(place))
    return replace(grid, blocks=tuple(blocks))


def _with_set(block: Block, load_type: LoadType | None) -> Block:
    """One row more, which offers what the last one has."""
    number = next_number(block.rows)
    last = block.rows[-1] if block.rows else Row(0, SetCells(unit=""))
    one = _set_of(last, load_type)
    if one is None:
        return replace(block, rows=(*block.rows, Row(number, SetCells(unit=last.cells.unit))))
    return replace(block, rows=(*block.rows, offer(one, number, load_type, unit=last.cells.unit)))


def _set_of(row: Row, load_type: LoadType | None) -> SetText | None:
    """What the row has or offers, if it makes a set."""
    try:
        return read_row(row, load_type)
    except CellErrors:
        return None


def _ticked(row: Row) -> Row:
    return row if row.is_blank else replace(row, is_ticked=True)


def _copied_down(block: Block, number: int, load_type: LoadType | None) -> Block:
    """The rows below offer what this one has, where they are not ticked or typed in."""
    place = next((at for at, row in enumerate(block.rows) if row.number == number), None)
    one = None if place is None else _set_of(block.rows[place], load_type)
    if place is None or one is None:
        return block
    rows = [
        row
        if at <= place or row.is_ticked or row.cells.are_typed
        else offer(one, row.number, load_type, unit="")
        for at, row in enumerate(block.rows)
    ]
    return replace(block, rows=tuple(rows))


def _stepped(row: Row, cell: str, step: Decimal, load_type: LoadType | None) -> Row:
    """The row with one number changed, logged with what it offers."""
    offered = read_offer(row.offered, load_type)
    cells = take(row.cells, offered, load_type) if offered else row.cells
    probe = replace(SetCells(unit=cells.unit), **{cell: getattr(cells, cell)})
    if cell == "weight":
        probe = replace(probe, reps="1")
    try:
        one = read_cells(probe, load_type, measure=measure_of(load_type))
    except CellErrors as errors:
        if cell in errors.sentences and getattr(cells, cell).strip():
            return row
        one = None
    now = {
        "weight": one.load.amount if one and one.load else 0,
        "reps": (one and one.reps) or 0,
        "time": (one and one.seconds) or 0,
        "distance": (one and one.metres) or 0,
    }[cell]
    number = max(now + step, Decimal(0 if cell == "weight" else 1))
    if cell == "distance" and (miles := miles_said(Decimal(now))):
        number = in_metres(max(miles + step / KILOMETRE, LEAST_MILES))  # a tenth for 100 m
    text = write_time(int(number)) if cell == "time" else print_decimal(number)
    if cell == "distance":
        text = write_distance(number, load_type)
    if cell == "weight" and cells.weight.strip()[:1] in ("+", "-"):
        text = f"{cells.weight.strip()[0]}{text}"
    return replace(row, cells=replace(cells, **{cell: text}), is_ticked=True, was_ticked=True)
