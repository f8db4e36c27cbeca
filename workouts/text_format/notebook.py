"""A log cut into days, entries, notes and marks, before any sets are read."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from exercises.sentences import gettext as _
from workouts.vocabulary import Unit

from .circuits import rounds_above
from .dates import find_date, find_year, in_year, names_month, starts_with_date
from .errors import Choice, UnreadableError
from .header import Heading, has_numbers, heading_before, read_heading
from .joined_text import JoinedText, Part, body_of, stretch, whole
from .loading import Find
from .markup import MarkedLine
from .names import split_entry
from .note_lines import (
    is_aside,
    is_body_weight,
    is_key,
    is_no_set,
    is_prose,
    is_section,
    is_weighing,
    looks_like_sets,
)
from .number_words import with_digits
from .sentences import Told, read_sentence
from .session_times import read_session_times
from .tables import Row, RowCells, read_record, read_table
from .values import MAX_NAME, MAX_TITLE, clean_name, is_writable
from .words import BODYWEIGHT, ON_THE_DAY, SUPPLEMENTAL, WARM_UP


@dataclass
class Note:
    """A line, or a part of one, that is kept as a note."""

    line: MarkedLine
    text: str


@dataclass
class Block:
    """An entry, with the lines that its sets are on and its notes.

    `prefix` is what stands before it on the line of its date.
    """

    pieces: list[Part | str]
    notes: list[Note] = field(default_factory=list)
    has_sets: bool = False
    is_numbered: bool = False
    is_row: bool = False
    cells: RowCells | None = None
    prefix: str = ""

    @property
    def joined(self) -> JoinedText:
        return JoinedText(tuple(self.pieces))

    @cached_property
    def head(self) -> MarkedLine:
        return self.joined.parts[0].line


@dataclass
class Day:
    """The lines up to the next date, sorted. `heading` is where its date stands, if it has one;
    `dates` are all places where it does, as in each row of a table.
    """

    heading: Part | None = None
    dates: list[Part] = field(default_factory=list)
    written: Heading | UnreadableError | None = None
    lines: list[MarkedLine] = field(default_factory=list)
    headers: list[MarkedLine] = field(default_factory=list)
    marks: list[MarkedLine] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    refused: list[tuple[Part, UnreadableError]] = field(default_factory=list)
    title: str = ""
    time: dt.time | None = None
    minutes: int | None = None


_DIGIT = re.compile(r"[0-9]")
_NAME = re.compile(r"[^:]+(?=:)|[^0-9:]*")
# How lines of sets begin: 60x8, +10 kg x 5, @ 80, bw x 8, warm-up 40x10
_OF_PROGRAMME = re.compile(
    rf"{ON_THE_DAY}\s*[:=-]?\s+(?=[0-9@+])(?=.*[0-9]\s?[x\u00d7*@,])", re.IGNORECASE
)
_LONGEST_NAME = 8  # words
_YEAR_BEHIND = re.compile(r"\s(?:19|20)[0-9]{2}$")
# The time of a circuit, below it
_CLOCK = re.compile(r"(?:time:?\s*)?[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?", re.IGNORECASE)
_SETS_BEGIN = re.compile(
    r"(?:[+\-\u2212\u2013@~]\s?)?[0-9]+(?![0-9]*-[^\W\d_]|(?:st|nd|rd|th)\b)"
    rf"|(?:{BODYWEIGHT}|band)\s*(?:[x\u00d7*+@,:-]\s*)?[0-9]"
    rf"|(?:{WARM_UP}|drop\s?sets?|drop|failure|amrap)\s*(?:sets?)?\s*[0-9+@]"
    r"|(?:and|then|again|und|dann|nochmal)\s+(?:again\s+)?[0-9]|same(?:\sagain)?[.!]?$"
    r"|(?:empty\s)?bar\s*[x\u00d7*@]?\s*[0-9]",
    re.IGNORECASE,
)
_SETS = re.compile(
    r"(?:[0-9.,/:+@#%>\u2192()\[\]~\s\u00d7\u0445*x=\u2212\u2013\u2014!;-]"
    r"|(?:kgs?|kilos?|lbs?|pounds?|x|reps?|r|sets?|of|at|rpe|rir|s|secs?|seconds?|mins?|minutes?|m|metres?|meters?|km|mi"
    r"|miles?|bar|empty|each|per|side|sides|arm|arms|leg|legs|hand|hands|l|r|left|right|w|d|drop|dropset|f"
    rf"|{WARM_UP}|{BODYWEIGHT}"
    r"|fail|failed|failure|to|amrap|band|and|then|again|und|dann|nochmal|same|in|for|with|max|total)(?![^\W_]))+",
    re.IGNORECASE,
)
# Front squat | plan 4x5 @ 55 | did: 55x5, 55x4
_PLANNED = re.compile(
    r"(?P<name>[^|]{2,60}?)(?:,\s*(?P<limb>(?:each|per)\s[^\W\d_]+))?\s*\|\s*(?:plan(?:ned)?|target|soll)\s?:?\s"
    r"(?P<plan>[^|]*?)\s*\|\s*(?:did|done|actual|ist)\s?:?\s*(?P<did>[^|]*)",
    re.IGNORECASE,
)
_AS_PLANNED = re.compile(
    r"(?:yes|ja|oui|done|ok|as\splanned|wie\sgeplant|[\u2713\u2714\u2705])\s*[,;.]?\s*",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"(?:[-\u2013\u2014\u2717\u2718]|no|nein|non|none|skipped|nothing|some)?", re.IGNORECASE
)
_SAME = re.compile(r"same(?:\sagain)?[.!]?", re.IGNORECASE)
_PICTURES_BEHIND = re.compile(r"[^\w\s\x00-\x7f\u0300-\u036f]{1,8}$")
_SET_OFF = re.compile(r"[-\u2013\u2014(,.;!\[:]")
_REMARKS = frozenset(
    [
        "easy",
        "hard",
        "ok",
        "okay",
        "good",
        "clean",
        "tough",
        "slow",
        "fast",
        "paused",
        "pause",
        "strict",
        "heavy",
        "light",
        "smooth",
        "grind",
        "grindy",
        "nice",
        "pr",
        "pb",
        "form",
        "felt",
        "shaky",
        "solid",
        "ugly",
        "belt",
        "straps",
        "beltless",
        "sloppy",
        "deep",
        "touch",
        "cheat",
        "assisted",
        "spotter",
    ]
)
# How lines below exercises begin that say when the workout was
_SAID_BELOW = ("duration", "start", "end", "dauer", "dur\u00e9e", "duraci\u00f3n")
_SHORT_NAME = re.compile(r"(?P<name>.*?)\s*(?P<rest>[(\u2013\u2014:,;]|\s-\s).*", re.DOTALL)


def cut(lines: Sequence[MarkedLine], find: Find, unit: Unit) -> list[Day]:
    """The days of a text, in order; the first may have no date. There is always one."""
    return _Cutter(lines, find, unit).cut()


def cut_one(
    lines: Sequence[MarkedLine], find: Find, unit: Unit, is_written: Callable[[str], bool]
) -> Day:
    """The text as one day: only the first line that is written may have a date.

    `is_written` tells of a line whether it is an entry as Backtrain writes it, whatever else it
    could be.
    """
    (day,) = _Cutter(lines, find, unit, is_written).cut()
    return day


_Dated = tuple[Part, Heading | UnreadableError]


class _Cutter:
    def __init__(
        self,
        lines: Sequence[MarkedLine],
        find: Find,
        unit: Unit,
        is_written: Callable[[str], bool] | None = None,
    ) -> None:
        self.lines = lines
        self.find = find
        self.unit = unit
        self.is_written = is_written
        self.many = is_written is None
        self.known: dict[str, bool] = {}
        self.days = [Day()]
        self.block: Block | None = None  # the entry that further sets would belong to
        self.is_apart = True  # whether a blank line stands before this one
        self.ahead: list[Note] = []  # what stands above the date of the next day, and is of it
        self.year: int | None = None
        writers = Counter(line.when["who"] for line in lines if line.when)
        self.writer = max(writers, key=lambda who: writers[who], default="")
        self.speaker = self.writer  # whose message the lines belong to

    @property
    def day(self) -> Day:
        return self.days[-1]

    def cut(self) -> list[Day]:
        self.lines = list(map(self._in_digits, self.lines))
        number = 0
        while number < len(self.lines):
            number += self._take(number)
        return self._without_empty_front()

    def _in_digits(self, line: MarkedLine) -> MarkedLine:
        """The line with numbers in digits that are written out, where it has sets then."""
        if (text := with_digits(line.text)) == line.text or line.is_note:
            return line
        spoken = replace(line, text=text)
        body = spoken.body
        if is_sets(spoken, self.knows) or read_sentence(body, self.knows):
            return spoken
        return spoken if self._is_entry(body) and not self._is_entry(line.body) else line

    def _is_entry(self, body: str) -> bool:
        """Whether a line is a known exercise with nothing but sets as it stands."""
        try:
            named = split_entry(body, self.find)
        except UnreadableError:
            return False
        has_sets = bool(named.tokens) and all(one.kind != "other" for one in named.tokens)
        return named.load_type is not None and has_sets

    def _without_empty_front(self) -> list[Day]:
        """The days; what stands before the first date and is no training goes to its day."""
        first, *others = self.days
        if first.blocks or first.refused or not others:
            return self.days
        second = others[0]
        second.lines[:0] = first.lines
        second.marks += first.marks
        second.notes[:0] = first.notes
        second.headers[:0] = first.headers
        second.minutes = second.minutes or first.minutes
        return others

    def _take(self, number: int) -> int:
        """Sort the line, and those that belong with it; how many they are."""
        line = self.lines[number]
        if not line.raw.strip():
            self.day.lines.append(line)
            self.is_apart = True
            return 1
        taken = self._take_written(number, line)
        self.is_apart = False
        return taken

    def _take_written(self, number: int, line: MarkedLine) -> int:
        if line.is_note:
            self._keep(line, line.raw.strip().removeprefix(">").removeprefix(" "), of_entry=True)
            return 1
        if line.when and self.many:
            return self._take_message(line, line.when, number)
        if self.speaker != self.writer:
            self._keep(line, f"{self.speaker}: {line.body}", of_entry=False)
            return 1
        if dated := self._dated_sets(line):
            self._begin_day_with(*dated)
            return 1
        if heading := self._heading(number):
            self._begin_day(*heading)
            return 1
        if heading := self._heading_below(number):
            self._begin_day(*heading)
            self.day.lines.insert(0, line)
            self.day.headers.append(line)
            self.day.title = clean_name(line.body)
            return 2
        if self.is_written and ": " in line.raw and self.is_written(line.raw.strip()):
            self.day.lines.append(line)
            self._begin_block([whole(line)], has_sets=True)
            return 1
        if items := read_table(self.lines, number, self.unit):
            for item in items:
                self._take_item(item)
            return len({_line_of(item).number for item in items})
        if record := read_record(self.lines, number, self.unit):
            self.day.lines += record.lines
            self._begin_block(
                record.pieces,
                notes=[Note(part.line, part.text) for part in record.notes],
                has_sets=True,
            )
            return len(record.lines)
        if below := self._rounds_of(number):
            self._take_rounds(line, below)
            return 1 + len(below)
        self.day.lines.append(line)
        self._take_line(number, line)
        return 1

    def _rounds_of(self, number: int) -> list[MarkedLine]:
        """The exercises below a line such as "5 rounds:", up to an empty line; none of others."""
        if rounds_above(self.lines[number].body) is None:
            return []
        below: list[MarkedLine] = []
        for place in range(number + 1, len(self.lines)):
            line = self.lines[place]
            is_exercise = _DIGIT.search(line.body) and not is_aside(line.body, self.knows)
            if below and _CLOCK.fullmatch(line.body):
                break
            if not is_exercise or line.is_note or line.when or self._heading(place):
                break
            below.append(line)
        return [] if any(is_sets(line, self.knows) for line in below) else below

    def _take_rounds(self, line: MarkedLine, below: Sequence[MarkedLine]) -> None:
        """Begin the circuit as if it stood on one line."""
        self.day.lines += (line, *below)
        aim = " for time" if "for time" in line.body.lower() else ""
        pieces: list[Part | str] = [Part("", line), f"{rounds_above(line.body)} rounds{aim}: "]
        for place, exercise in enumerate(below):
            pieces += [", "] if place else []
            pieces.append(body_of(exercise))
        self._begin_block(pieces, has_sets=True)
        self.block = None

    def _take_line(self, number: int, line: MarkedLine) -> None:
        if line.is_rule:
            self.day.marks.append(line)
        elif line.when and line.body.startswith(">"):
            self._keep(line, line.body.removeprefix(">").strip(), of_entry=True)
        elif not self.many and starts_with_date(line.body):
            message = _("One workout at a time: a date stands on the first line only.")
            self._refuse(body_of(line), message)
        elif not self._take_time(line):
            self._take_plain(number, line)

    # Days

    def _take_message(self, line: MarkedLine, when: re.Match[str], number: int) -> int:
        """A message of a chat: the first of its date begins the day; others' are notes."""
        date = re.split(r"[,\s]", when["when"])[0]
        self.speaker = when["who"] if not line.body else self.writer
        part = Part(when["when"], line, when.start("when"))
        if self.many and not (self.day.heading and self.day.heading.text.startswith(date)):
            self._open_day(Day(part, written=_heading_of(part)))
        self.day.dates.append(part)
        self.day.lines.append(line)
        if not line.body:
            self.day.marks.append(line)
        elif when["who"] == self.writer:
            self._take_line(number, line)
        else:
            self._keep(line, f"{when['who']}: {line.body}", of_entry=False)
        return 1

    def _heading(self, number: int) -> _Dated | None:
        """The header that this line is, or why it can't be one."""
        line = self.lines[number]
        if line.is_note or (not self.many and any(one.raw.strip() for one in self.day.lines)):
            return None
        parts = (whole(line), body_of(line))
        for part in parts if find_date(parts[0].text) else parts[1:]:
            try:
                heading = read_heading(part.text)
            except UnreadableError as error:
                if starts_with_date(part.text):
                    return part, error
                continue
            if heading and self._is_meant(heading, number):
                return part, heading
        return None

    def _dated_sets(self, line: MarkedLine) -> tuple[Part, Heading, Part] | None:
        """The date of a line and the sets behind it: "5 Jan: squat 100 5x5"."""
        body = body_of(line)
        if not self.many or (found := heading_before(body.text)) is None:
            return None
        heading, begin = found
        rest = Part(body.text[begin:], line, body.start + begin)
        is_sure = heading.date.is_plain or names_month(heading.date) or heading.is_set_off
        name = _NAME.match(rest.text)
        if not is_sure or name is None or not self.knows(name[0]) or not looks_like_sets(rest.text):
            return None
        return Part(body.text[: heading.date.end], line, body.start), heading, rest

    def _begin_day_with(self, part: Part, heading: Heading, rest: Part) -> None:
        """Begin the day with an exercise that stands on the line of its date."""
        self._begin_day(part, heading)
        self.day.dates.append(part)
        self._begin_block([rest], has_sets=True)
        self.day.blocks[-1].prefix = rest.line.raw[: rest.start]

    def _is_meant(self, heading: Heading, number: int) -> bool:
        """Whether a date is the header of a day, where it may be reps or a word of a sentence."""
        written, title, line = heading.date, heading.title, self.lines[number]
        if written.is_plain:
            return True
        if not self.many or has_numbers(title) or self.knows(title):
            return False
        is_word = written.days_ago is not None or (
            written.readings[:1] and (written.readings[0].month is None)
        )
        if is_word:
            may_be_prose = written.days_ago is None and self.is_apart
            return (
                not title
                or is_section(title)
                or (heading.is_set_off and (may_be_prose or not is_prose(title)))
            )
        if "/" not in written.typed or line.level or written.weekday is not None:
            return not looks_like_sets(title)
        if any(day.heading and "/" in day.heading.text for day in self.days):
            return True
        is_within_sets = self.block is not None and not self.is_apart
        return not is_within_sets and not (line.is_listed and not self._is_parent(number))

    def _is_parent(self, number: int) -> bool:
        following = self._next(number)
        return following is not None and following.indent > self.lines[number].indent

    def _begin_day(self, part: Part, written: Heading | UnreadableError) -> None:
        if isinstance(written, Heading) and self.year and not written.date.has_year:
            written = replace(written, date=in_year(written.date, self.year))
        day = Day(part, written=written, lines=[part.line], headers=[part.line])
        self._open_day(day)

    def _open_day(self, day: Day) -> None:
        if isinstance(day.written, Heading) and is_body_weight(day.written.title) and day.heading:
            day.notes.append(Note(day.heading.line, day.written.title))
            day.written = replace(day.written, title="")
        if not self.many:
            day.lines[:0] = self.day.lines
            self.days = []
        if self.ahead:
            self._move_ahead(day)
        self.days.append(day)
        self.block = None

    def _move_ahead(self, day: Day) -> None:
        """Give the day what stands above its date, with the lines from there on."""
        before = self.day
        place = before.lines.index(self.ahead[0].line)
        moved = before.lines[place:]
        before.lines = before.lines[:place]
        day.lines[:0] = moved
        day.marks += [mark for mark in before.marks if mark in moved]
        before.marks = [mark for mark in before.marks if mark not in moved]
        day.notes[:0], self.ahead = self.ahead, []

    def _heading_below(self, number: int) -> _Dated | None:
        """The header on the next line, if this line is its title."""
        line, body = self.lines[number], self.lines[number].body
        if not self.many or number + 1 == len(self.lines) or not self._is_fresh():
            return None
        if line.level and line.level < self.lines[number + 1].level:
            return None
        if not body or len(body) > MAX_TITLE or line.is_listed or line.is_rule or ":" in body:
            return None
        if looks_like_sets(body) or self.knows(body) or is_aside(body, self.knows):
            return None
        if find_year(body):
            return None
        if not all(map(is_writable, body)):
            return None
        dated = self._heading(number + 1)
        is_untitled = dated and isinstance(dated[1], Heading) and not dated[1].title
        return dated if is_untitled else None

    def _is_fresh(self) -> bool:
        return self.is_apart or (bool(self.day.marks) and self.day.lines[-1] is self.day.marks[-1])

    def _take_time(self, line: MarkedLine) -> bool:
        """Whether the line said when the workout began or how long it took."""
        day = self.day
        if day.blocks and not line.body.lower().startswith(_SAID_BELOW):
            return False
        said = read_session_times(line.body)
        if said is None:
            return False
        minutes = said.length(said.began or self._time())
        if not (minutes or said.began) or (minutes and self._minutes()):
            return False
        if said.began and (self._time() not in (None, said.began) or day.heading is None):
            return False
        day.time = said.began or day.time
        day.minutes = minutes or day.minutes
        day.headers.append(line)
        return True

    def _time(self) -> dt.time | None:
        written = self.day.written
        return self.day.time or (written.time if isinstance(written, Heading) else None)

    def _minutes(self) -> int | None:
        written = self.day.written
        return self.day.minutes or (written.minutes if isinstance(written, Heading) else None)

    # Entries and notes

    def _take_plain(self, number: int, line: MarkedLine) -> None:
        body = line.body
        if line.raw.lstrip().startswith("#+"):  # a keyword of org-mode
            self._keep(line, body, of_entry=False)
            return
        if line.is_open and not looks_like_sets(body):
            self._keep(line, line.raw.strip().lstrip("-*+ "), of_entry=False)
            return
        if line.is_open:
            self._refuse(
                body_of(line),
                _("The box is not ticked. Did you do it?"),
                Choice(line.body, "unticked"),
                Choice(f"> {line.raw.strip()}", "not done"),
            )
            return
        if planned := _PLANNED.fullmatch(body):
            self._take_planned(line, planned)
        elif told := self._told(line):
            self._take_told(line, told)
        elif is_weighing(body):
            self._take_aside(number, line)
        elif self.block and is_no_set(body):
            self._keep(line, body, of_entry=True)
        elif block := self._open_block(line):
            self._add_sets(line, block)
        elif self.block and (said := self._said_of_programme(line)):
            self._add_said(line, self.block, said)
        elif named := self._name_of(number):
            part, remark = named
            self._begin_block([part], notes=[remark] if remark else [])
        elif is_aside(body, self.knows) or (self.block is None and _CLOCK.fullmatch(body)):
            self._take_aside(number, line)
        elif self._is_part_of_day(line) or self._is_title_of_all(number):
            self._take_section(number, line)
        else:
            self._begin_block([self._best(line)], has_sets=bool(_DIGIT.search(body)))

    def _told(self, line: MarkedLine) -> Told | None:
        if is_key(line.body) or starts_with_date(line.body) or self.knows(line.body):
            return None
        return read_sentence(line.body, self.knows)

    def _take_told(self, line: MarkedLine, told: Told) -> None:
        """Take a sentence as an exercise with its sets, and further sentences as a note."""
        body = body_of(line)
        name, before, after = (
            Part(text[start:end].rstrip(), line, body.start + start)
            for text, start, end in (
                (body.text, told.start, told.end),
                (told.sets, 0, told.start),
                (told.sets, told.end, len(told.sets)),
            )
        )
        said = body.text[told.remark :].strip()
        notes = [Note(line, said)] if said else []
        self._begin_block([name, ": ", before, " ", after], notes=notes, has_sets=True)

    def _take_planned(self, line: MarkedLine, planned: re.Match[str]) -> None:
        """What was done of what was planned; as planned where only that is said."""
        start = body_of(line).start
        name, limb, plan, did = (
            Part(planned[group] or "", line, start + max(planned.start(group), 0))
            for group in ("name", "limb", "plan", "did")
        )
        if _NOT_DONE.fullmatch(did.text):
            self._keep(line, line.body, of_entry=False)
            self.block = None
            return
        if done := _AS_PLANNED.match(did.text):
            rest = Part(did.text[done.end() :], line, did.start + done.end())
            self._begin_block([name, ": ", plan, " ", rest], has_sets=True)
            return
        pieces: list[Part | str] = [name, ": ", did]
        pieces += [" ", limb] if limb.text else []
        self._begin_block(pieces, notes=[Note(line, f"plan {plan.text}")], has_sets=True)

    def _best(self, line: MarkedLine) -> Part:
        """The line without its marks; with an emoji that may belong to the name."""
        plain = body_of(line)
        if line.picture is None:
            return plain
        pictured = Part(line.raw[line.picture :].rstrip(), line, line.picture)
        name, pictured_name = (_NAME.match(part.text) for part in (plain, pictured))
        if not name or not pictured_name or not name[0]:
            return plain
        is_plain = self.knows(name[0]) and not self.knows(pictured_name[0])
        return plain if is_plain else pictured

    def _open_block(self, line: MarkedLine) -> Block | None:
        """The entry above, if the line is further sets of it."""
        block = self.block
        if block is None or not is_sets(line, self.knows):
            return None
        goes_on = not block.has_sets or not self.is_apart or line.set_number is not None
        return block if goes_on else None

    def _said_of_programme(self, line: MarkedLine) -> str:
        """What stands before further sets of the entry above: "fsl" of "fsl 5x5 60"."""
        body = line.body
        said = _OF_PROGRAMME.match(body)
        if said is None or is_key(body) or _has_name(body, self.knows):
            return ""
        if self.knows(body[: said.end()].rstrip(" :=-")):
            return ""
        rest = replace(line, text=" " * said.end() + body[said.end() :], raw=line.raw)
        return said[0] if is_sets(rest, self.knows) else ""

    def _add_said(self, line: MarkedLine, block: Block, said: str) -> None:
        """Add sets with what stands before them as a note: an exercise of their own where they are
        other work of the one above, "fsl 5x5 60".
        """
        part = body_of(line)
        part = Part(part.text[len(said) :], line, part.start + len(said))
        note = Note(line, said.strip(" :=-"))
        name = self._known_name(block)
        if block.has_sets and name and re.match(SUPPLEMENTAL, said, re.IGNORECASE):
            self._begin_block([f"{name}: ", part], notes=[note], has_sets=True)
        else:
            block.has_sets = True
            block.notes.append(note)
            block.pieces += ["\n", part]

    def _known_name(self, block: Block) -> str:
        """The longest known name that the entry begins with; none where there is no such."""
        words = block.joined.text.partition("\n")[0].split()[:_LONGEST_NAME]
        names = (" ".join(words[:count]).rstrip(":") for count in range(len(words), 0, -1))
        return next((name for name in names if self.knows(name)), "")

    def _add_sets(self, line: MarkedLine, block: Block) -> None:
        if (
            line.set_number == 1
            and block.has_sets
            and not block.is_numbered
            and len(block.joined.parts) == 1
        ):
            message = _("These sets stand below others of their exercise. Keep what you did.")
            self._refuse(body_of(line), message)
            return
        block.is_numbered = block.is_numbered or line.set_number is not None
        block.has_sets = True
        block.pieces += ["\n", body_of(line)]

    def _begin_block(
        self, pieces: Sequence[Part | str], *, notes: Sequence[Note] = (), has_sets: bool = False
    ) -> None:
        self.block = Block(list(pieces), list(notes), has_sets=has_sets)
        self.day.blocks.append(self.block)

    def _name_of(self, number: int) -> tuple[Part, Note | None] | None:
        """The name that the line is, and what else it says, if its sets stand below."""
        line = self.lines[number]
        body = line.body.rstrip(" :-\u2013\u2014=")
        if self.knows(body):
            return self._best(line), None
        if is_key(body) or find_year(body):
            return None
        if _DIGIT.search(body) and not (line.body.endswith(":") or line.level):
            return None
        if looks_like_sets(body) or not self._has_sets_below(number):
            return None
        match = _SHORT_NAME.fullmatch(body)
        if match and self.knows(match["name"]):
            start = len(line.text) - len(line.text.lstrip())
            rest = body[match.start("rest") :].strip(" -\u2013\u2014:,;")
            if rest.startswith("(") and rest.endswith(")"):
                rest = rest[1:-1]
            return stretch(line, start, start + match.end("name")), Note(line, rest)
        is_name = len(body) <= MAX_NAME and not is_prose(line.body)
        return (body_of(line), None) if is_name else None

    def _has_sets_below(self, number: int) -> bool:
        for place in range(number + 1, min(number + 6, len(self.lines))):
            following = self.lines[place]
            if not following.raw.strip() or following.is_note:
                continue
            if self._heading(place):
                return False
            if is_sets(following, self.knows):
                return True
            if _DIGIT.search(following.body) or not is_prose(following.body):
                return False
        return False

    def _next(self, number: int) -> MarkedLine | None:
        return next((line for line in self.lines[number + 1 :] if line.raw.strip()), None)

    def _take_aside(self, number: int, line: MarkedLine) -> None:
        """Keep it as a note of the workout; of the entry if it stands below or within its sets."""
        block = self.block
        of_entry = block is not None and (
            (line.indent > block.head.indent + 1 and ":" not in line.body)
            or (not block.has_sets and not self.is_apart and self._has_sets_below(number))
        )
        if not of_entry and not is_key(line.body):
            self.block = None
        self._keep(line, line.body, of_entry=of_entry)

    def _is_part_of_day(self, line: MarkedLine) -> bool:
        if self.knows(line.body):
            return False
        is_year = find_year(line.body) is not None
        return (
            is_year
            or is_section(line.body)
            or (bool(line.level) and not looks_like_sets(line.body))
        )

    def _is_title_of_all(self, number: int) -> bool:
        """Whether the line stands above the first date and is no training: "My log"."""
        if (
            not self.many
            or self.day.heading
            or self.day.blocks
            or self.knows(self.lines[number].body)
        ):
            return False
        following = next(
            (n for n in range(number + 1, len(self.lines)) if self.lines[n].raw.strip()), None
        )
        is_digitless = not _DIGIT.search(_YEAR_BEHIND.sub("", self.lines[number].body))
        return is_digitless and following is not None and self._begins_day(following)

    def _begins_day(self, number: int) -> bool:
        return bool(self._heading(number) or self._dated_sets(self.lines[number]))

    def _take_section(self, number: int, line: MarkedLine) -> None:
        """Keep it as a note, of the next day where it stands above its date."""
        self.year = find_year(line.body) or self.year
        following = next(
            (n for n in range(number + 1, len(self.lines)) if not self.lines[n].is_rule), None
        )
        self.block = None
        if self.many and following is not None and self._begins_day(following):
            if find_year(line.body) is None:
                self.ahead.append(Note(line, line.body.rstrip(" :")))
            else:
                self.day.marks.append(line)
        else:
            self._keep(line, line.body.rstrip(" :"), of_entry=False)

    def _keep(self, line: MarkedLine, text: str, *, of_entry: bool) -> None:
        if line not in self.day.lines[-1:]:
            self.day.lines.append(line)
        blocks = self.day.blocks
        notes = blocks[-1].notes if of_entry and blocks else self.day.notes
        notes.append(Note(line, text))

    def _take_item(self, item: Row | MarkedLine) -> None:
        """A row of a table, or a line of its frame."""
        if isinstance(item, Row):
            self._take_row(item)
            return
        self.day.lines.append(item)
        self.day.marks.append(item)

    def _take_row(self, row: Row) -> None:
        if row.date and not (self.day.heading and self.day.heading.text == row.date.text):
            self._take_date(row, row.date)
        if row.date:
            self.day.dates.append(row.date)
        self.day.lines.append(row.line)
        if row.is_further and not row.pieces:
            self.day.marks.append(row.line)
        elif row.is_further and self.block is not None:
            self.block.pieces += ["\n", *row.pieces]
            self.block.has_sets, self.block.cells = True, None
        else:
            self._begin_block(row.pieces or [body_of(row.line)], has_sets=True)
            self.day.blocks[-1].cells = row.cells
        if self.block is not None:
            self.block.is_row = True
            self.block.notes += [Note(row.line, text) for text in row.notes]
        said = {note.text for note in self.day.notes}
        self.day.notes += [Note(row.line, text) for text in row.session_notes if text not in said]

    def _take_date(self, row: Row, date: Part) -> None:
        """Begin the day of a row that is another one than that of the row above."""
        written = _heading_of(date)
        if not self.many and (self.day.heading or self.day.blocks):
            written = UnreadableError(
                _("One workout at a time: this is another day."), 0, len(date.text)
            )
        heads = [date.line] if date.line is not row.line else []
        self._open_day(Day(date, written=written, title=row.title, lines=heads, marks=list(heads)))

    def _refuse(self, part: Part, message: str, *choices: Choice) -> None:
        error = UnreadableError(message, 0, len(part.text), choices)
        self.day.refused.append((part, error))

    # Names

    def knows(self, name: str) -> bool:
        """Whether an exercise goes by this name."""
        name = clean_name(name)
        if not name or len(name) > MAX_NAME:
            return False
        if name not in self.known:
            self.known[name] = self.find(name) is not None
        return self.known[name]


def _line_of(item: Row | MarkedLine) -> MarkedLine:
    return item.line if isinstance(item, Row) else item


def _heading_of(part: Part) -> Heading | UnreadableError:
    """The header that the date of a row or a message is, or why it can't be one."""
    try:
        heading = read_heading(part.text)
    except UnreadableError as error:
        return error
    message = _("Which day is this? Write 2026-11-22.")
    return heading or UnreadableError(message, 0, len(part.text))


def is_sets(line: MarkedLine, knows: Callable[[str], bool]) -> bool:
    """Whether the line has sets and no name."""
    body = _PICTURES_BEHIND.sub("", line.body)
    if not _DIGIT.search(body) and not _SAME.fullmatch(body):
        return False
    if line.set_number is not None:
        return True
    if not _SETS_BEGIN.match(body) or starts_with_date(body) or is_key(body):
        return False
    run = _SETS.match(body)
    end = run.end() if run else 0
    rest = body[end:]
    if not rest:
        return not _has_name(body, knows)
    if _has_name(body, knows):
        return False
    behind = body[_last_digit(body[:end]) : end]
    return bool(_SET_OFF.search(behind)) or rest.split()[0].strip(".!,").lower() in _REMARKS


def _has_name(body: str, knows: Callable[[str], bool]) -> bool:
    """Whether a known name stands behind the first number."""
    words = [match.start() for match in re.finditer(r"(?<![\w'-])[^\W\d_]", body)]
    return any(knows(body[start:].strip(" .!:")) for start in words[:8])


def _last_digit(text: str) -> int:
    return max((match.end() for match in _DIGIT.finditer(text)), default=0)
