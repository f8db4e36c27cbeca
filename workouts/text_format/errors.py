"""What the reading functions raise when they meet text that they can't read."""


class UnreadableError(Exception):
    """Part of a line can't be read; the sentence tells a person what to write instead.

    `start` and `end` count characters from 0 in the text that the reading function was given.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
