"""What the reading functions raise when they meet text that they can't read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One answer to a question about a line: `text` is what would stand there instead.

    Lines that offer a choice of the same `pattern` are answered with it; "" answers one line alone.
    A choice about a part of lines, such as the date of a table's rows, has `lines`: each one's
    number and what would stand there. Its `text` is that part.
    """

    text: str
    pattern: str = ""
    lines: tuple[tuple[int, str], ...] = ()


def reason(error: ValueError) -> str:
    """The sentence that it was raised with; empty where it has none."""
    return str(error) if not error.args else error.args[0]


class UnreadableError(Exception):
    """Part of a line can't be read; the sentence tells a person what to write instead.

    `start` and `end` count characters from 0 in the text that the reading function was given.
    With `choices` the sentence is a question, and each of them an answer to it.
    """

    def __init__(
        self, message: str, start: int, end: int, choices: tuple[Choice, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.choices = choices
