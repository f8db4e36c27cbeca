"""Servers that failed are left alone for a while."""

import time


class Rest:
    """The time for which a server that failed is not asked, by any thread of this process.

    So one that hangs holds up one request in a while, and is logged as often.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until: float | None = None

    @property
    def is_on(self) -> bool:
        return self.until is not None and time.monotonic() < self.until

    def begin(self) -> bool:
        """Whether it was not on yet: another thread may have begun it meanwhile."""
        is_new = not self.is_on
        self.until = time.monotonic() + self.seconds
        return is_new

    def end(self) -> bool:
        """Whether there was one, and the server is back."""
        was_away, self.until = self.until is not None, None
        return was_away


def one_line(error: Exception) -> str:
    """An error's kind and the first line of its words."""
    words = str(error).strip().splitlines()
    return f"{type(error).__name__}: {words[0]}" if words else type(error).__name__
