"""Exercises of a routine's text put into another order, and nothing else of it changed."""

from typing import NamedTuple

from workouts.reckoning.supersets import in_turn
from workouts.text_format import Line
from workouts.text_format.values import BULLET, SUPERSET_MARK

from .parser import ParsedRoutine


class Moved(NamedTuple):
    """A text, and the number of the line that was moved, which it has there."""

    text: str
    number: int


class _Piece(NamedTuple):
    """A line with its notes; what is blank behind it stays in its place."""

    number: int
    superset: str
    lines: list[str]


def move_entry(parsed: ParsedRoutine, number: int, *, by: int) -> Moved | None:
    """The text with the exercise on a line one place further up (``by`` -1) or down (1). Within a
    superset it changes places; from its end, and past another, a superset goes as a whole. None
    where it can't go on.
    """
    head, pieces, gaps = _cut(parsed)
    blocks = [list(block) for _, block in in_turn(pieces, lambda piece: piece.superset)]
    at, block = next(
        ((at, block) for at, block in enumerate(blocks) if number in [one.number for one in block]),
        (0, []),
    )
    place = next((place for place, one in enumerate(block) if one.number == number), None)
    if place is None:
        return None
    if 0 <= place + by < len(block):
        block[place], block[place + by] = _exchanged(block[place], block[place + by])
    elif 0 <= at + by < len(blocks):
        blocks[at], blocks[at + by] = blocks[at + by], blocks[at]
    else:
        return None
    written, moved_to = head, 0
    for piece, gap in zip((piece for block in blocks for piece in block), gaps, strict=True):
        if piece.number == number:
            moved_to = len(written) + 1
        written = [*written, *piece.lines, *gap]
    return Moved("\n".join(written), moved_to)


def _cut(parsed: ParsedRoutine) -> tuple[list[str], list[_Piece], list[list[str]]]:
    """What stands before the first exercise, the exercises, and the blank lines behind each. A line
    that can't be read is one too.
    """
    head: list[str] = []
    pieces: list[_Piece] = []
    gaps: list[list[str]] = []
    for line in parsed.lines:
        if line.kind in ("entry", "problem") and not line.raw.lstrip().startswith(">"):
            pieces.append(_Piece(line.number, _superset(parsed, line), [line.raw]))
            gaps.append([])
        elif not pieces:
            head.append(line.raw)
        elif line.kind == "blank":
            gaps[-1].append(line.raw)
        else:
            pieces[-1].lines.extend([*gaps[-1], line.raw])
            gaps[-1] = []
    return head, pieces, gaps


def _superset(parsed: ParsedRoutine, line: Line) -> str:
    return parsed.routine.entries[line.entry].superset if line.entry is not None else ""


def _exchanged(one: _Piece, other: _Piece) -> tuple[_Piece, _Piece]:
    """The second first, with the mark of the superset that stands at each place: A1, A2."""
    (mark, rest), (other_mark, other_rest) = _marked(one.lines[0]), _marked(other.lines[0])
    return (
        other._replace(lines=[mark + other_rest, *other.lines[1:]]),
        one._replace(lines=[other_mark + rest, *one.lines[1:]]),
    )


def _marked(raw: str) -> tuple[str, str]:
    bullet = BULLET.match(raw)
    mark = SUPERSET_MARK.match(raw, bullet.end() if bullet else 0)
    end = mark.end() if mark else 0
    return raw[:end], raw[end:]
