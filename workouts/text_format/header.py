"""The line that begins a workout: day, time of day, title, and perhaps how long it took."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from exercises.sentences import gettext as _

from .dates import WrittenDate, find_date, names_month
from .errors import UnreadableError
from .minutes import DURATION, read_minutes
from .note_lines import looks_like_sets
from .values import MAX_TITLE, clean_title
from .words import LASTED, STARTED

# Between the parts of a header: spaces, perhaps with a comma or colon; the T of 2026-11-22T18:30
_GAP = re.compile(r"\s*[,:;.|>)\]]{0,3}\s*(?:T(?=[0-9]))?", re.IGNORECASE)
_GAP_BEFORE_TITLE = re.compile(r"\s*[,:;.|>)\]]{0,3}\s*(?:[-\u2013\u2014|/]+(?:\s+|$))?")
# 18:30, 18:30:00, 18.30, 6:30 pm, 6pm
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})(?:(?P<mark>[:.]|(?<=[0-9]{2})h)(?P<minute>[0-9]{2})(?::[0-9]{2})?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?(?!\w)|\s?(?:uhr|h)(?!\w)|Z(?!\w))?"
)
_UNTIL = r"\s?(?:[-\u2013\u2014]|to|until|till|bis)\s?"
_ENDS = r"(?=[\s,;)\]>\u2013\u2014-]|:\s|:?$)"
_AT = rf"(?:at\s|um\s|\u00e0\s|a\slas\s|@\s?|{STARTED}(?:\s*[:=]\s*|\s))?"
_TIME = re.compile(rf"{_AT}{_CLOCK}{_ENDS}", re.IGNORECASE)
_END_TIME = re.compile(rf"{_UNTIL}{_CLOCK}{_ENDS}", re.IGNORECASE)
# What a title may end with: "lower 07:15", "Push (55 min)"
_TIME_BEHIND = re.compile(rf"(?:^|[\s,;(\[|\u2013\u2014-])(?={_AT}[0-9])", re.IGNORECASE)
_MINUTES_BEHIND = re.compile(
    rf"(?:^|\s?[,;(\[|]\s?|\s[-\u2013\u2014]\s)"
    rf"(?:{LASTED}(?:\s*[:=]\s*|\s))?({DURATION.pattern})[)\]]?$",
    re.IGNORECASE,
)
_HOURS_FROM = 5
_TITLE_ENDS = " \t,;:|/-\u2013\u2014"
_LONGEST_END = 30
# What a line may call its date
_DATE_WORD = re.compile(
    r"(?:date|datum|day|tag|fecha|when|logged|workout|session|training)"
    r"(?:\s(?:on|of)\s|\s*(?:[:=]|[-\u2013\u2014]\s))\s*|on\s(?=\S)|[<\[(]\s?",
    re.IGNORECASE,
)
# Where a date can begin behind a title
_BEHIND_TITLE = re.compile(
    r"(?<=[\s(\[<|/\u2013\u2014-])(?=\w{1,12}(?:[\s.,/)-]|$)|[0-9]{4})", re.UNICODE
)
# Numbers that a title may have: "Week 3 Day 1"
_PART = r"(?:week|wk|day|workout|session|cycle|phase|block|w|d|#|nr\.?|no\.?)"
_NUMBERED_PART = re.compile(rf"(?<![\w])(?:{_PART}\s?[0-9]{{1,3}}){{1,3}}(?![0-9])", re.IGNORECASE)
# A day that is not that of a workout: "week of 2 June 2026", "planned for Sat 7 June"
_OTHER_DAY = re.compile(
    r"(?:week|woche|semaine|semana)\s(?:of|vom|ab|du|del?)(?:\sthe)?$|(?:planned|geplant|due|scheduled|until|till|since|from|starting|begins?|ends?)"
    r"(?:\s(?:for|on|f\u00fcr))?$",
    re.IGNORECASE,
)
_DONE_ON = re.compile(r"(?<!\s)\s*[(\[]\s*(?:done|on|am|le|el)?\s*$", re.IGNORECASE)
_LONGEST_HEADER = 200


@dataclass(frozen=True)
class Header:
    """When a workout was, what it is called, and how long it took."""

    day: dt.date
    time: dt.time | None = None
    title: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Heading:
    """A header as it is written: which day its date is, other lines may have to say.

    `is_set_off` says that a mark, and not only a space, stands between the date and a title.
    """

    date: WrittenDate
    time: dt.time | None = None
    title: str = ""
    minutes: int | None = None
    is_set_off: bool = False

    def on(self, day: dt.date) -> Header:
        return Header(day, self.time, self.title, self.minutes)


def read_heading(line: str) -> Heading | None:
    """The header that the line is; None when it has no date where a header has one.

    Raises UnreadableError for a time that doesn't exist, or a title that is too long.
    """
    word = _DATE_WORD.match(line)
    written = find_date(line, word.end() if word else 0) or (find_date(line) if word else None)
    if written is None:
        return _read_behind_title(line)
    gaps = (_gap_end(gap, line, written.end) for gap in (_GAP, _GAP_BEFORE_TITLE))
    is_closed = line[written.end - 1] in ")\uff09"  # 11/24 (Tue)19:00
    if written.end < len(line) and max(gaps) == written.end and not is_closed:
        if not written.is_plain:
            return None
        message = _("After the date, leave a space: 2026-11-22 18:30 Back day.")
        raise UnreadableError(message, written.end, len(line))
    at, minutes, end = _read_times(line, _gap_end(_GAP, line, written.end), is_first=True)
    end = written.end if at is None else end
    begin = _gap_end(_GAP_BEFORE_TITLE, line, end)
    is_set_off = bool(line[end:begin].strip())
    if (quoted := line[begin:]).startswith('"') and quoted.endswith('"') and len(quoted) > 1:
        return Heading(written, at, _title(quoted[1:-1], begin, line), minutes, is_set_off)
    title, at, minutes = _take_ends(_without_brackets(line[begin:]), at, minutes)
    return Heading(written, at, _title(title, begin, line), minutes, is_set_off)


def heading_before(line: str) -> tuple[Heading, int] | None:
    """The date and time that the line begins with, and where what stands behind them does."""
    word = _DATE_WORD.match(line)
    written = find_date(line, word.end() if word else 0)
    if written is None or not written.readings:
        return None
    try:
        at, minutes, end = _read_times(line, _gap_end(_GAP, line, written.end), is_first=True)
    except UnreadableError:
        return None
    end = written.end if at is None else end
    begin = _gap_end(_GAP_BEFORE_TITLE, line, end)
    is_apart = begin > written.end and begin < len(line) and line[begin] != '"'
    return (
        (Heading(written, at, "", minutes, bool(line[end:begin].strip())), begin)
        if is_apart
        else None
    )


def read_times(text: str, position: int = 0) -> tuple[dt.time | None, int | None]:
    """The time that the rest of the text is, and the minutes up to a second one, if it is such."""
    at, minutes, end = _read_times(text, position, is_first=False)
    return (None, None) if text[end:].strip(" .") else (at, minutes)


def print_header(header: Header) -> str:
    """The header as a line, without its minutes.

    A title that would be read as something else has a dash before it, or stands in quotes.
    """
    time_of_day = f"{header.time:%H:%M}" if header.time is not None else ""
    stamp = f"{header.day.isoformat()} {time_of_day}".rstrip()
    lines = (f"{stamp} {header.title}".rstrip(), f"{stamp} - {header.title}")
    may_be_plain = not looks_like_sets(header.title)
    fits = (line for line in lines if may_be_plain and _is_read_as(header, line))
    return next(fits, f'{stamp} "{header.title}"')


def _is_read_as(header: Header, line: str) -> bool:
    try:
        heading = read_heading(line)
    except UnreadableError:
        return False
    is_iso = heading is not None and heading.date.end == len("2026-11-22")
    if not is_iso or heading is None:
        return False
    return heading.on(header.day) == replace(header, minutes=None)


def _gap_end(gap: re.Pattern[str], line: str, position: int) -> int:
    match = gap.match(line, position)
    return match.end() if match else position


def has_numbers(title: str) -> bool:
    """Whether the title has numbers beside those of a week, a day or the like."""
    return bool(re.search("[0-9]", _NUMBERED_PART.sub("", title)))


def _read_behind_title(line: str) -> Heading | None:
    """A title, then a date, then at most times: "Upper A, 3 Mar 2026 at 6 pm", "Wk 3 D1 - Mon".

    Without a year, only behind the number of a week or the like, or with the name of its month,
    set off: "Push - Oct 1".
    """
    if len(line) > _LONGEST_HEADER or not re.search("[0-9]", line):
        return None
    is_part = _NUMBERED_PART.match(line) is not None
    is_numbered = is_part or _NUMBERED_PART.search(line) is not None
    for match in _BEHIND_TITLE.finditer(line):
        written = find_date(line, match.start())
        if not written:
            continue
        title = line[: match.start()]
        is_set_off = title.rstrip("([<")[-2:] in (" -", "- ", ", ", "\u2013 ", "| ")
        if done := _DONE_ON.search(title):
            is_set_off, title = True, title[: done.start()]
        if _OTHER_DAY.search(title.strip(_TITLE_ENDS + "([<")):
            return None
        if not written.has_year and is_set_off and names_month(written) and not is_part:
            written = replace(written, is_plain=False)  # a name may stand there too
        elif not (is_part or (written.has_year and written.is_plain)):
            continue
        title = title.strip(_TITLE_ENDS + "([<")
        if not title or ":" in title or (has_numbers(title) and not is_numbered):
            return None
        at, minutes, end = _read_times(line, _gap_end(_GAP, line, written.end), is_first=True)
        rest = line[end if at else written.end :].strip(_TITLE_ENDS + ")]>")
        if rest.startswith("(") and not re.search("[0-9]", rest):
            title = f"{title} {rest})"
        elif rest:
            continue
        return Heading(written, at, _title(title, 0, line), minutes, is_set_off=True)
    return None


def _read_times(
    line: str, position: int, *, is_first: bool
) -> tuple[dt.time | None, int | None, int]:
    """The time at `position`, the minutes up to a second one, and where they end.

    What stands first after a date and looks like a time has to be one.
    """
    match = _TIME.match(line, position)
    until = _END_TIME.match(line, match.end()) if match else None
    if not match or not (match["mark"] or match["half"] or (until and until["half"])):
        return None, None, position
    if match["mark"] in ("h", "H") and int(match["hour"]) < _HOURS_FROM:  # 01h05 is how long
        return None, None, position
    ended = _clock(until, until["half"]) if until and (until["mark"] or until["half"]) else None
    begun = _begun(match, ended, until["half"] if until else None)
    if begun is None:
        if match["mark"] in (".", "h", "H") or not is_first:  # "62.50 kg squat" is a title
            return None, None, position
        message = _(
            "There is no time %(time)s. Write hours and minutes, for example 18:30.",
            time=match[0],
        )
        raise UnreadableError(message, match.start(), match.end())
    if until is None or ended is None:
        return begun, None, match.end()
    minutes = (ended.hour * 60 + ended.minute - begun.hour * 60 - begun.minute) % 1_440
    return begun, minutes or None, until.end()


def _begun(match: re.Match[str], ended: dt.time | None, half: str | None) -> dt.time | None:
    """The first time of two: in "11:30-1 pm" and "5-6 pm" the second says which half of the day."""
    if match["half"] or not half or ended is None:
        return _clock(match, match["half"])
    same, other = _clock(match, half), _clock(match, "p" if half in "aA" else "a")
    return same if same and same < ended else other


def _clock(match: re.Match[str], half: str | None) -> dt.time | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if half:
        hour = _hour_of_day(hour, half)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _hour_of_day(hour: int, half: str) -> int:
    """The hour from 0 to 23 of an hour before (a) or after (p) noon; 24 when there's no such."""
    if not 1 <= hour <= 12:
        return 24
    return hour % 12 + (12 if half in "pP" else 0)


def _take_ends(
    title: str, at: dt.time | None, minutes: int | None
) -> tuple[str, dt.time | None, int | None]:
    """The title without the time and the minutes that it ends with, where none are known yet."""
    before = None
    while title != before:
        before = title
        if minutes is None:
            title, minutes = _without_minutes(title)
        if at is None:
            title, at, lasted = _without_time(title)
            minutes = minutes or lasted
    return title, at, minutes


def _without_brackets(title: str) -> str:
    """The title without the marks behind it, and without brackets that close nothing."""
    title = title.rstrip(_TITLE_ENDS if "<" in title else _TITLE_ENDS + ">")
    for opening, closing in ("()", "[]"):
        if title.endswith(closing) and title.count(opening) < title.count(closing):
            title = title[:-1].rstrip(_TITLE_ENDS)
        if title.startswith(opening) and title.find(closing) == len(title) - 1:
            title = title[1:-1]
    return title


def _without_minutes(title: str) -> tuple[str, int | None]:
    match = _MINUTES_BEHIND.search(title, _near_end(title))
    minutes = read_minutes(match[1].rstrip(".")) if match else None
    if match is None or minutes is None:
        return title, None
    return title[: match.start()].rstrip(_TITLE_ENDS), minutes


def _without_time(title: str) -> tuple[str, dt.time | None, int | None]:
    for match in _TIME_BEHIND.finditer(title, _near_end(title)):
        at, lasted, end = _read_times(title, match.end(), is_first=False)
        is_last = not title[end:].strip(_TITLE_ENDS + ")]")
        if at is not None and is_last and _is_meant(title[match.end() : end], at):
            return title[: match.end()].rstrip(_TITLE_ENDS + "(["), at, lasted
    return title, None, None


def _near_end(title: str) -> int:
    return max(len(title) - _LONGEST_END, 0)


def _is_meant(typed: str, time: dt.time) -> bool:
    """Whether a time behind a title is one of day: "Ran 5 km 3:20" is none."""
    return "." not in typed and (time.hour > 4 or "m" in typed.lower())


def _title(raw: str, position: int, line: str) -> str:
    title = clean_title(raw)
    if len(title) > MAX_TITLE:
        message = _(
            "A title has at most %(most)s characters. Put the rest on a line with >.",
            most=MAX_TITLE,
        )
        raise UnreadableError(message, position, len(line))
    return title
