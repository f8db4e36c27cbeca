"""Answers to what was asked about lines: the text with the lines rewritten as they were meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .errors import Choice
from .markup import message_prefix, read_marks
from .parser import Line
from .values import split_lines


@dataclass(frozen=True)
class Answer:
    """What the line at `number` may become. `alike` are the numbers of all lines it answers."""

    number: int
    place: int
    text: str
    alike: tuple[int, ...]


def answers_to(lines: Sequence[Line], line: Line) -> Iterator[Answer]:
    """The answers to the question about `line`, which is one of `lines`, in the order offered.

    An answer goes for all lines that are asked the same: between the same roles of their numbers.
    """
    asked = _roles(line)
    same = tuple(each.number for each in lines if each.problems and _roles(each) == asked)
    for place, choice in enumerate(_choices(line)):
        alike = same if choice.pattern else (line.number,)
        yield Answer(line.number, place, choice.text, alike)


def answer(text: str, lines: Sequence[Line], chosen: Answer) -> str:
    """`text`, of which these are the lines, as the answer has it. Nothing else is changed."""
    asked = {line.number: line for line in reversed(lines) if line.problems}
    meant = _choices(asked[chosen.number])[chosen.place]
    written = split_lines(text)
    dropped: set[int] = set()
    for number in chosen.alike:
        line = asked[number]
        choice = meant if number == chosen.number else _alike(line, meant)
        if choice is None:
            continue
        if choice.lines:
            for place, raw in choice.lines:
                written[place - 1] = raw
            continue
        written[line.head - 1] = choice.text
        dropped |= {
            other.number
            for other in lines
            if other.head == line.head != other.number and other.kind != "note"
        }
    kept = (raw for number, raw in enumerate(written, start=1) if number not in dropped)
    return "\n".join(kept)


def keep_as_note(text: str, lines: Sequence[Line], number: int) -> str:
    """`text` with the line at `number`, if it is there for an exercise, as a note."""
    written = split_lines(text)
    if any(line.number == number and may_be_note(line) for line in lines):
        raw = written[number - 1]
        prefix = message_prefix(read_marks(number, raw))
        written[number - 1] = f"{prefix}> {raw.removeprefix(prefix).strip()}"
    return "\n".join(written)


def may_be_note(line: Line) -> bool:
    """Whether the line means no more than itself, so that it can be a note."""
    return line.kind in ("problem", "entry") and not (line.is_row or line.is_date)


def _choices(line: Line) -> list[Choice]:
    return [choice for problem in line.problems for choice in problem.choices]


def _roles(line: Line) -> list[str]:
    return sorted(choice.pattern for choice in _choices(line))


def _alike(line: Line, meant: Choice) -> Choice | None:
    """What the line may become with its numbers in the same roles."""
    return next((each for each in _choices(line) if each.pattern == meant.pattern), None)
