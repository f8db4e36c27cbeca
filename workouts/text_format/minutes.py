"""How long a workout took, at the end of its notes: "slept badly, 65 min"."""

import re

# 65 min, 1 h 5 min, 1h05, 2 hours
DURATION = re.compile(
    r"[0-9]{1,4}\s?(?:minutes|minute|mins|min)\.?"
    r"|[0-9]{1,2}\s?(?:hours|hour|hrs|hr|h)(?:\s?[0-5]?[0-9]\s?(?:minutes|minute|mins|min|m)?)?",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"([0-9]{1,4})\s?(?:minutes|minute|mins|min)", re.IGNORECASE)
_HOURS = re.compile(
    r"([0-9]{1,2})\s?(?:hours|hour|hrs|hr|h)(?:\s?([0-5]?[0-9])\s?(?:minutes|minute|mins|min|m)?)?",
    re.IGNORECASE,
)


def add_minutes(notes: str, minutes: int | None) -> str:
    """The notes as they are written, with the minutes in the last line.

    Without minutes, an empty line follows a last line that would be read as carrying some.
    """
    if minutes is not None:
        return f"{notes}, {minutes} min" if notes else f"{minutes} min"
    return f"{notes}\n" if split_minutes(notes)[1] is not None else notes


def split_minutes(notes: str) -> tuple[str, int | None]:
    """The notes without the minutes at the end of their last line, and the minutes (1 to 1,440)."""
    *before, last = notes.split("\n")
    text, comma, end = last.rpartition(",")
    minutes = read_minutes(end.strip())
    if minutes is None or (comma and not text.strip()):
        return notes, None
    return "\n".join([*before, text.rstrip()]).rstrip("\n"), minutes


def read_minutes(text: str) -> int | None:
    """The minutes of "65 min" or "1 h 5 min", from 1 to 1,440; None for anything else."""
    if match := _MINUTES.fullmatch(text):
        minutes = int(match[1])
    elif match := _HOURS.fullmatch(text):
        minutes = int(match[1]) * 60 + int(match[2] or 0)
    else:
        return None
    return in_range(minutes)


def in_range(minutes: int) -> int | None:
    """The minutes if a workout may last so long, up to a day."""
    return minutes if 1 <= minutes <= 1_440 else None
