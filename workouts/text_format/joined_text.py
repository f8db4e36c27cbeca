"""Text put together from parts of lines, which knows where each part stands."""

from dataclasses import dataclass
from functools import cached_property

from .markup import MarkedLine


@dataclass(frozen=True)
class Part:
    """A stretch of a line, from `start` in it."""

    text: str
    line: MarkedLine
    start: int = 0


@dataclass(frozen=True)
class JoinedText:
    """Parts as one text, with what was put between them. Positions count from 0."""

    pieces: tuple[Part | str, ...]

    @cached_property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Part))

    @property
    def lines(self) -> tuple[MarkedLine, ...]:
        return tuple(dict.fromkeys(part.line for part in self.parts))

    def place(self, start: int, end: int) -> tuple[MarkedLine, int, int]:
        """The line that this stretch begins in, and its start and length there, at least 1."""
        position = 0
        part, begin = self.parts[0], 0
        for piece in self.pieces:
            if isinstance(piece, Part):
                part, begin = piece, position
                position += len(piece.text)
                if start < position:
                    break
            else:
                position += len(piece)
        first = min(max(start - begin, 0), max(len(part.text) - 1, 0))
        last = min(max(end - begin, first + 1), len(part.text))
        return part.line, part.start + first, max(last - first, 1)


def whole(line: MarkedLine) -> Part:
    """The line as it is, without the spaces around it."""
    return Part(line.raw.strip(), line, len(line.raw) - len(line.raw.lstrip()))


def body_of(line: MarkedLine) -> Part:
    """What a line says, without the marks and spaces around it."""
    return stretch(line, 0, len(line.text))


def stretch(line: MarkedLine, start: int, end: int) -> Part:
    """What the line says from `start` to `end`, without the spaces around it."""
    text = line.text[start:end]
    return Part(text.strip(), line, start + len(text) - len(text.lstrip()))
