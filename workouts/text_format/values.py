"""What a workout is as text: plain values that cannot hold anything the format can't write.

Every class checks itself when it is made and raises ValueError with a sentence that can be
shown to a person.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal, get_args

from exercises.sentences import gettext as _
from exercises.sentences import grouped
from exercises.vocabulary import LoadType
from workouts.vocabulary import RPE_STEPS, SetKind, Side, Unit

from .dates import starts_with_date

Sign = Literal["", "+", "-"]

MAX_NAME = 80
MAX_TITLE = 100
MAX_NOTES = 5_000
MAX_SETS = 100
MAX_ENTRIES = 300

# As sets, since these are asked for with every set that is read
_UNITS, _SET_KINDS, _SIDES = map(frozenset, (Unit, SetKind, Side))
_SIGNS = frozenset(get_args(Sign))
_RPE_STEPS = frozenset(RPE_STEPS)
_SUPERSETS = frozenset(("", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

# Here and not where a set is checked, since a text makes thousands of those
_KG_OR_LB = _("A weight is in kg or lb.")
_WEIGHT_RANGE = _("A weight is less than 10,000 and has at most 3 decimals.")
_NO_SIGN = _("A weight of 0 has no + or - before it.")
_KINDS = _("A set is working, warm-up, drop or failure.")
_BOTH_SIDES = _("A set is done with both sides, left or right.")
_RPE_RANGE = _("An RPE goes from 1 to 10 in steps of 0.5, for example @8 or @8.5.")
_NO_MEASURE = _("A set needs reps, a time or a distance.")
_TWO_MEASURES = _("A set has reps or a distance, not both.")
_REPS_RANGE = _("A set has 1 to 9,999 reps.")
_TIME_RANGE = _("A set lasts from 1 second to 24 hours.")
_DISTANCE_RANGE = _(
    "A distance is more than 0, at most 500 km, and has at most 2 decimals in metres."
)
_SETS_RANGE = _("An exercise has 1 to %(most)s sets.", most=MAX_SETS)
_MINUTES_RANGE = _("A workout lasts from 1 to 1,440 minutes.")
_MOST_ENTRIES = _("A workout has at most %(most)s exercises.", most=MAX_ENTRIES)
_TITLE_NEEDS_DAY = _("A title needs a day.")
_LONG_TITLE = _("A title has at most %(most)s characters.", most=MAX_TITLE)
_SUPERSET_LETTER = _("A superset is a letter from A to Z.")
_LONG_NOTES = _("Notes have at most %(most)s characters.", most=grouped(MAX_NOTES))

# What may stand before an entry in a pasted list, and goes: "- ", "* ", "1. ", "1) "
BULLET = re.compile(r"(?:[-*\u2022\u2013\u2014]|[0-9]{1,3}[.)])\s+(?=\S)")
# "A1 ", "A1. ", "A1: "; a name can't be one either
SUPERSET_MARK = re.compile(r"(?P<letter>[A-Za-z])[0-9]{1,3}[.):]?(?:\s+|$)")
# Plus, and everything that looks like a minus
SIGN_CHARACTERS = "+-\u2010\u2011\u2012\u2013\u2014\u2212"
# What begins sets: "3x8", "-20 kg", but not the number of "1-arm row" or "45-degree leg press"
LEADING_NUMBER = re.compile(rf"[{re.escape(SIGN_CHARACTERS)}]?[0-9]+(?![0-9]|-[^\W\d_])")


@dataclass(frozen=True)
class Load:
    """A weight as written: 60 kg, +10 kg on top of the body, -20 kg of help."""

    amount: Decimal
    unit: Unit
    sign: Sign = ""

    def __post_init__(self) -> None:
        _require(self.unit in _UNITS, _KG_OR_LB)
        _require(self.sign in _SIGNS, "A weight has the sign + or - or none.")
        _require(
            _in_range(self.amount, below=10_000, places=3),
            _WEIGHT_RANGE,
        )
        _require(self.amount > 0 or not self.sign, _NO_SIGN)


@dataclass(frozen=True)
class SetText:
    """One set. Seconds are whole; metres have at most 2 decimals; `load` None means no weight."""

    load: Load | None = None
    reps: int | None = None
    seconds: int | None = None
    metres: Decimal | None = None
    kind: SetKind = SetKind.WORKING
    side: Side = Side.BOTH
    rpe: Decimal | None = None

    def __post_init__(self) -> None:
        self._check_measure()
        _require(self.kind in _SET_KINDS, _KINDS)
        _require(self.side in _SIDES, _BOTH_SIDES)
        _require(
            self.rpe is None or (self.rpe.is_finite() and self.rpe in _RPE_STEPS),
            _RPE_RANGE,
        )

    def _check_measure(self) -> None:
        measures = (self.reps, self.seconds, self.metres)
        _require(any(m is not None for m in measures), _NO_MEASURE)
        _require(self.reps is None or self.metres is None, _TWO_MEASURES)
        _require(self.reps is None or 1 <= self.reps <= 9_999, _REPS_RANGE)
        _require(
            self.seconds is None or 1 <= self.seconds <= 86_400,
            _TIME_RANGE,
        )
        _require(
            self.metres is None
            or (
                _in_range(self.metres, below=500_000, places=2, inclusive=True) and self.metres > 0
            ),
            _DISTANCE_RANGE,
        )


@dataclass(frozen=True)
class EntryText:
    """One exercise in a workout. `superset` is a letter that entries done in turn share.

    `load_type` is how the exercise is loaded, None where nobody knows; the text doesn't say it.
    """

    name: str
    sets: tuple[SetText, ...]
    superset: str = ""
    notes: str = ""
    load_type: LoadType | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        check_entry(self.name, self.superset, self.notes)
        _require(1 <= len(self.sets) <= MAX_SETS, _SETS_RANGE)


@dataclass(frozen=True)
class WorkoutText:
    """A workout as text. `day` None means that the text has no header; times are to the minute."""

    day: dt.date | None = None
    time: dt.time | None = None
    title: str = ""
    minutes: int | None = None
    notes: str = ""
    entries: tuple[EntryText, ...] = ()

    def __post_init__(self) -> None:
        self._check_header()
        _require(
            self.minutes is None or 1 <= self.minutes <= 1_440,
            _MINUTES_RANGE,
        )
        _require(len(self.entries) <= MAX_ENTRIES, _MOST_ENTRIES)
        check_notes(self.notes)

    def _check_header(self) -> None:
        _require(not isinstance(self.day, dt.datetime), "The day is a date without a time.")
        _require(self.day is not None or self.time is None, "A time needs a day.")
        _require(self.day is not None or not self.title, _TITLE_NEEDS_DAY)
        _require(
            self.time is None
            or (not self.time.second and not self.time.microsecond and self.time.tzinfo is None),
            "The time is to the minute and has no time zone.",
        )
        _require(
            self.title == clean_title(self.title),
            "A title is one line without extra spaces or control characters.",
        )
        _require(len(self.title) <= MAX_TITLE, _LONG_TITLE)


def check_entry(name: str, superset: str, notes: str) -> None:
    """Raise ValueError where no text can say this of an exercise, done or planned."""
    if problem := name_problem(name):
        raise ValueError(problem)
    _require(superset in _SUPERSETS, _SUPERSET_LETTER)
    check_notes(notes)


def check_notes(notes: str) -> None:
    """Raise ValueError where no text can have these notes."""
    _require(
        notes == clean_notes(notes),
        "Notes have no control characters, no spaces at line ends and no blank lines around them.",
    )
    _require(len(notes) <= MAX_NOTES, _LONG_NOTES)


def clean_name(raw: str) -> str:
    """The name with white space at its ends gone and in its middle collapsed to single spaces."""
    return " ".join(raw.split())


def clean_title(raw: str) -> str:
    """The title on one line: white space collapsed, control characters dropped."""
    return " ".join("".join(c for c in raw if c.isspace() or is_writable(c)).split())


def clean_notes(raw: str) -> str:
    """The notes with "\\n" line ends, no white space at the ends of lines, no blank lines around.

    Tabs become spaces and other control characters are dropped.
    """
    lines = (_clean_notes_line(line) for line in split_lines(raw))
    return "\n".join(lines).strip("\n")


def name_problem(name: str) -> str | None:
    """Why an exercise can't have this name in the format, as a sentence; None when it can."""
    if not name or name.isspace():
        return _("An exercise needs a name.")
    if len(name) > MAX_NAME:
        return _("A name has at most %(most)s characters.", most=MAX_NAME)
    return _short_name_problem(name)


@lru_cache(maxsize=2048)
def _short_name_problem(name: str) -> str | None:
    if not all(map(is_writable, name)):
        return _("A name is one line without control characters.")
    if name != clean_name(name):
        return _("A name has no spaces at its ends and single ones between its words.")
    if ":" in name:
        return _('A name can\'t contain ":", which ends the name.')
    return _name_start_problem(name)


def _name_start_problem(name: str) -> str | None:
    if name[0] in ">#+-":
        return _("A name can’t begin with “%(sign)s”.", sign=name[0])
    if LEADING_NUMBER.match(name):
        return _("A name can’t begin with a number, which would be read as a set.")
    if BULLET.match(name):
        return _("A name can’t begin like a line of a list.")
    if SUPERSET_MARK.match(name):
        return _("A name can’t begin with a superset mark such as A1.")
    if starts_with_date(name):
        return _("A name can’t begin with a date.")
    return None


def split_lines(text: str) -> list[str]:
    """The lines of a text. Only line feeds and carriage returns end a line, as in a text box.

    str.splitlines() would also break at characters that notes and names may contain.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def is_writable(character: str) -> bool:
    """Whether a character may stand in a line: anything but control characters and surrogates."""
    return unicodedata.category(character) not in ("Cc", "Cs")


def _clean_notes_line(line: str) -> str:
    return "".join(filter(is_writable, line.replace("\t", " "))).rstrip()


def _in_range(number: Decimal, *, below: int, places: int, inclusive: bool = False) -> bool:
    """Whether 0 <= number < below (or = below), with at most `places` decimals that count."""
    if not number.is_finite() or not 0 <= number <= below or (number == below and not inclusive):
        return False
    return number == round(number, places)


def _require(condition: bool, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)
