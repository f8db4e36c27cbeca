"""What stands in the cells of other apps' files: numbers, durations, days and times."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from exercises.sentences import Sentence, gettext_noop
from exercises.sentences import gettext as _
from workouts.data.importers.values import BodyWeight, ImportedSet
from workouts.reckoning.weights import KG_PER_LB, rounded
from workouts.text_format.dates import month_number
from workouts.vocabulary import Unit

Moment = date | datetime

# Most cells of a file are alike, so what each of these says is remembered
_remembered = lru_cache(maxsize=4096)
MAX_DIGITS = 25  # of a number; the longest that floats print has 24
LARGEST, SMALLEST = 9, -9  # powers of ten
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_HOURS = re.compile(
    r"(?:(?P<hours>[0-9]{1,4}) ?h(?:r|rs|our|ours)?)? ?"
    r"(?:(?P<minutes>[0-9]{1,5}) ?m(?:in|ins)?)? ?(?:(?P<seconds>[0-9]{1,6}) ?s(?:ec)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2})")
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_TIME_BEHIND = re.compile(rf"(?:,? | at |, at ){_TIME.pattern}$")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})")
MINUTES_OF_A_DAY = 1_440
_YEARS = range(1950, 2101)  # in which people logged what they lifted
_DAY_MONTH = re.compile(r"([0-9]{1,2})\.? (?:de )?([^\W\d_]{3,10})\.?,? (?:de )?([0-9]{4})")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,10})\.? ([0-9]{1,2}),? ([0-9]{4})")


WHOLE_NUMBERS = {
    "Reps": gettext_noop("Reps are whole numbers, not %(cell)s."),
    "Seconds": gettext_noop("Seconds are whole numbers, not %(cell)s."),
    "Minutes": gettext_noop("Minutes are whole numbers, not %(cell)s."),
}


class BadCell(Exception):
    """A cell that can't be read; the message is a sentence for the athlete."""


@_remembered
def number(cell: str) -> Decimal | None:
    """A number with a decimal point or comma, None for an empty cell or 0.

    Apps write N/A as 0, and floats with all their digits, of which the last are noise.
    """
    value = exact(cell)
    return None if not value or value.adjusted() < SMALLEST else value


@_remembered
def exact(cell: str) -> Decimal | None:
    """The number that is written there, 0 too; None for an empty cell."""
    text = cell.strip().replace("\u2212", "-")
    if not text:
        return None
    if len(text) > MAX_DIGITS or not _NUMBER.fullmatch(text):
        raise BadCell(_("“%(cell)s” is not a number.", cell=shortened(text)))
    value = Decimal(text.replace(",", "."))
    if value.adjusted() > LARGEST:
        raise BadCell(_("“%(cell)s” is too large.", cell=shortened(text)))
    return value


@_remembered
def whole(cell: str, what: str) -> int | None:
    """A whole number, which may be written "10.0"; None for an empty cell or 0. ``what`` is
    one of ``WHOLE_NUMBERS``.
    """
    value = number(cell)
    if value is None:
        return None
    if value != value.to_integral_value() or value < 0:
        raise BadCell(Sentence(WHOLE_NUMBERS[what], {"cell": shortened(cell.strip())}))
    return int(value)


@_remembered
def weight(cell: str, unit: Unit | None) -> tuple[Decimal | None, Unit | None]:
    """A weight as it was logged, and its unit, of a cell that may hold a float or a conversion.

    Kilograms with many decimals that are a quarter pound, to a millionth, were pounds.
    """
    value = number(cell)
    if value is None:
        return None, None
    near = rounded(value, 6)
    if near != rounded(value, 3) and unit == Unit.KG:
        pounds = value / KG_PER_LB
        quarters = rounded(pounds * 4, 0) / 4
        if abs(pounds - quarters) < Decimal("0.0001"):
            return quarters.normalize() + 0, Unit.LB
    return rounded(value, 3).normalize() + 0, unit


def body_weight(cell: str, unit: Unit | None) -> BodyWeight | None:
    """A body weight and its unit; None for a cell that is empty or holds none."""
    try:
        amount, said = weight(cell, unit)
    except BadCell:
        return None
    return (amount, said) if amount and amount > 0 else None


def unit_of(word: str) -> Unit | None:
    """The unit that a cell or header names: kg, kgs, lb, lbs; None for none."""
    word = word.strip().lower().rstrip("s.")
    return {"kg": Unit.KG, "lb": Unit.LB, "kilogram": Unit.KG, "pound": Unit.LB}.get(word)


@_remembered
def duration(cell: str) -> int | None:
    """Seconds of "2h 38m", "57m", "38min", "20s", "1:02:03", "10:00" or of plain seconds."""
    text = cell.strip()
    if not text:
        return None
    match = _CLOCK.fullmatch(text) or _HOURS.fullmatch(text)
    if match is None:
        value = number(text)
        return None if value is None else _seconds(value)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds or None


def minutes(cell: str) -> int | None:
    """Whole minutes of a workout; None for an empty cell, and for more than a day."""
    value = whole(cell, "Minutes")
    return value if value is None or value <= MINUTES_OF_A_DAY else None


def minutes_of(seconds: int | None) -> int | None:
    """The length of a workout in whole minutes, from 1 to a day; None for what is beyond."""
    if seconds is None:
        return None
    count = max(1, round(seconds / 60))
    return count if count <= MINUTES_OF_A_DAY else None


@_remembered
def moment(cell: str, *, is_month_first: bool = False) -> Moment:
    """A day, or a day and time, in the forms that apps export; with a zone where it says one."""
    read = _moment(cell, is_month_first=is_month_first)
    if read.year not in _YEARS:
        raise BadCell(_("The year %(year)s can’t be right.", year=read.year))
    return read


def _moment(cell: str, *, is_month_first: bool) -> Moment:
    text = " ".join(cell.split())
    if len(text) > 60:
        raise BadCell(_("“%(cell)s” is not a date.", cell=shortened(text)))
    try:
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", text):
            return datetime.fromisoformat(text)
        if zoned := re.fullmatch(r"(\S+ \S+) ([+-][0-9]{2}):?([0-9]{2})", text):
            return datetime.fromisoformat(f"{zoned[1]}{zoned[2]}:{zoned[3]}")
        written, clock = _split_time(text)
        day_alone = _day(written, is_month_first=is_month_first)
        return day_alone if clock is None else datetime.combine(day_alone, clock)
    except ValueError as error:
        raise BadCell(_("“%(cell)s” is not a date.", cell=shortened(text))) from error


def day_of(cell: str) -> date:
    """The day alone of what may have a time too."""
    at = moment(cell)
    return at.date() if isinstance(at, datetime) else at


def clock(cell: str) -> time | None:
    """A time of day, "18:30" or "6:30 PM"; None for an empty cell."""
    text = cell.strip()
    if not text:
        return None
    try:
        return _clock(_TIME.fullmatch(text))
    except ValueError as error:
        raise BadCell(_("“%(cell)s” is not a time of day.", cell=shortened(text))) from error


def month_order(cells: Iterable[str]) -> tuple[bool, str]:
    """Whether the first number of days such as 3/4/2025 is the month, as all of them tell together;
    and one that may be either, where none of them decides.
    """
    matches = (_YEAR_LAST.match(cell.strip()) for cell in cells)
    pairs = {
        match.group(): (int(match[1]), int(match[2]))
        for match in matches
        if match and "." not in match.group()
    }
    if any(first > 12 for first, _ in pairs.values()):
        return False, ""
    if any(second > 12 for _, second in pairs.values()):
        return True, ""
    in_doubt = (day for day, (one, other) in sorted(pairs.items()) if one != other)
    return False, next(filter(_is_moment, in_doubt), "")


def _is_moment(cell: str) -> bool:
    try:
        return bool(moment(cell))
    except BadCell:
        return False


def shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _seconds(value: Decimal) -> int:
    if value < 0:
        raise BadCell(_("A time can’t be %(value)s.", value=value))
    return int(rounded(value, 0))


def _split_time(text: str) -> tuple[str, time | None]:
    """The date of a cell, and the time behind it."""
    match = _TIME_BEHIND.search(text)
    if not match:
        return text, None
    return text[: match.start()].rstrip(" ,"), _clock(match)


def _clock(match: re.Match[str] | None) -> time:
    """The time of a match. Raises ValueError where there is none."""
    if match is None:
        raise ValueError
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(match.group())
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match["minute"]), int(match["second"] or 0))


def _day(text: str, *, is_month_first: bool) -> date:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, match.groups())
        day, month = (second, first) if is_month_first else (first, second)
        year += 2000 if year < 100 else 0
    elif match := _DAY_MONTH.fullmatch(text):
        day, month, year = int(match[1]), month_number(match[2]) or 0, int(match[3])
    elif match := _MONTH_DAY.fullmatch(text):
        day, month, year = int(match[2]), month_number(match[1]) or 0, int(match[3])
    else:
        raise ValueError(text)
    return date(year, month, day)


def rpe(cell: str) -> Decimal | None:
    """An RPE from 1 to 10 to the nearest half; None for an empty cell or anything else."""
    value = number(cell)
    if value is None or not 1 <= value <= 10:
        return None
    return rounded(value * 2, 0) / 2


def rpe_of_rir(cell: str) -> Decimal | None:
    """The RPE of so many reps in reserve: 10 less as many. None for an empty cell."""
    if not cell.strip():
        return None
    reserve = number(cell) or Decimal(0)
    return rpe(str(10 - reserve)) if 0 <= reserve <= 9 else None


def is_true(cell: str) -> bool:
    return cell.strip().lower() in ("true", "1", "yes")


def minutes_between(start: Moment, end: Moment) -> int | None:
    """Minutes from one time to a later one on the same clock; None for what can't be."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None
    if (start.tzinfo is None) != (end.tzinfo is None) or end <= start:
        return None
    return minutes_of(int((end - start).total_seconds()))


def checked(one: ImportedSet) -> ImportedSet:
    """The set, if it is one that can be logged. Raises BadCell with what is wrong or missing."""
    if one.reps is None and one.seconds is None and one.distance is None:
        raise BadCell(
            _("Nothing was done: no reps, time or distance.")
            if one.weight
            else _("The row is empty.")
        )
    try:
        one.in_unit(Unit.KG).as_text()
    except ValueError as error:
        raise BadCell(error.args[0]) from error
    return one
