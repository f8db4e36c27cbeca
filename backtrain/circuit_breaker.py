"""Servers that failed are left alone for a while."""

import time


class CircuitBreaker:
    """Open for so many seconds after a failure: then the server is not asked, by any thread of this
    process. So one that hangs holds up one request in a while, and is logged as often.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until: float | None = None

    @property
    def is_open(self) -> bool:
        return self.until is not None and time.monotonic() < self.until

    def open(self) -> bool:
        """Whether it was not open yet: another thread may have opened it meanwhile."""
        is_new = not self.is_open
        self.until = time.monotonic() + self.seconds
        return is_new

    def close(self) -> bool:
        """Whether it had been opened, and the server is back."""
        was_away, self.until = self.until is not None, None
        return was_away


def one_line(error: Exception) -> str:
    """An error's kind and the first line of its words."""
    words = str(error).strip().splitlines()
    return f"{type(error).__name__}: {words[0]}" if words else type(error).__name__
