"""The first line of a workout: day, time of day, title."""

import datetime as dt
import re
from dataclasses import dataclass

from .dates import read_date
from .errors import UnreadableError
from .values import MAX_TITLE, clean_title

# Between the parts of a header: spaces, perhaps with a comma or colon; the T of 2026-11-22T18:30
_GAP = re.compile(r"\s*[,:]?\s*(?:T(?=[0-9]))?", re.IGNORECASE)
_GAP_BEFORE_TITLE = re.compile(r"\s*[,:]?\s*(?:[-\u2013\u2014]\s+)?")
# 18:30, 18:30:00, 18.30, 6:30 pm, 6pm
_TIME = re.compile(
    r"(?:at\s)?(?P<hour>[0-9]{1,2})"
    r"(?:(?P<mark>[:.])(?P<minute>[0-9]{2})(?::[0-9]{2})?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?(?=[\s,]|:\s|:?$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """When a workout was, and what it is called."""

    day: dt.date
    time: dt.time | None = None
    title: str = ""


def read_header(line: str) -> Header | None:
    """The header that the line is; None when it doesn't begin with a date.

    A dash before the title is dropped. Raises UnreadableError for a date or time that doesn't exist
    or can be read in two ways.
    """
    dated = read_date(line)
    if dated is None:
        return None
    day, end = dated
    position = _gap_end(_GAP, line, end)
    if position == end < len(line):
        message = "After the date, leave a space: 2026-11-22 18:30 Back day."
        raise UnreadableError(message, end, len(line))
    at, end = _read_time(line, position)
    return Header(day, at, _read_title(line, _gap_end(_GAP_BEFORE_TITLE, line, end)))


def print_header(header: Header) -> str:
    """The header as a line, with a dash before a title that would be read as something else."""
    time_of_day = f"{header.time:%H:%M}" if header.time is not None else ""
    stamp = f"{header.day.isoformat()} {time_of_day}".rstrip()
    plain = f"{stamp} {header.title}".rstrip()
    return plain if _is_read_as(header, plain) else f"{stamp} - {header.title}"


def _is_read_as(header: Header, line: str) -> bool:
    try:
        return read_header(line) == header
    except UnreadableError:
        return False


def _gap_end(gap: re.Pattern[str], line: str, position: int) -> int:
    match = gap.match(line, position)
    return match.end() if match else position


def _read_time(line: str, position: int) -> tuple[dt.time | None, int]:
    match = _TIME.match(line, position)
    if not match or not (match["mark"] or match["half"]):
        return None, position
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = _hour_of_day(hour, match["half"])
    if hour < 24 and minute < 60:
        return dt.time(hour, minute), match.end()
    if match["mark"] == ".":  # "62.50 kg squat" is a title
        return None, position
    message = f"There is no time {match[0]}. Write hours and minutes, for example 18:30."
    raise UnreadableError(message, match.start(), match.end())


def _hour_of_day(hour: int, half: str) -> int:
    """The hour from 0 to 23 of an hour before (a) or after (p) noon; 24 when there's no such."""
    if not 1 <= hour <= 12:
        return 24
    return hour % 12 + (12 if half in "pP" else 0)


def _read_title(line: str, position: int) -> str:
    title = clean_title(line[position:])
    if len(title) > MAX_TITLE:
        message = f"A title has at most {MAX_TITLE} characters. Put the rest on a line with >."
        raise UnreadableError(message, position, len(line))
    return title
