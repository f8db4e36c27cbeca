"""Dates as people write them, on the line that begins a workout's day.

A date is read as what is written, and no more: which year "3 Mar" is, and whether 11/12/2026 is in
November, `days` decides, with the other dates of the text.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Literal

Order = Literal["", "day/month", "month/day"]

DAY_FIRST: Order = "day/month"
MONTH_FIRST: Order = "month/day"


@dataclass(frozen=True)
class WrittenDay:
    """One reading of a date. What is not written is None; a weekday alone has no month or day.

    `order` says which of two plain numbers was taken for the month.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    order: Order = ""


@dataclass(frozen=True)
class WrittenDate:
    """A date in a line, from `start` to `end`: its readings, the likelier order of none first.

    `weekday` counts from Monday, 0; `days_ago` is for words such as "yesterday". `is_plain` says
    that nothing but a date is written like this: 11/8 may be reps too.
    """

    start: int
    end: int
    typed: str
    readings: tuple[WrittenDay, ...] = ()
    weekday: int | None = None
    days_ago: int | None = None
    is_plain: bool = False

    @property
    def has_year(self) -> bool:
        return bool(self.readings) and all(one.year is not None for one in self.readings)


def names_month(written: WrittenDate) -> bool:
    """Whether the month is written as a word, beside the day."""
    readings = written.readings[:1]
    has_both = any(one.month is not None and one.day is not None for one in readings)
    return has_both and any(map(str.isalpha, written.typed))


@lru_cache(maxsize=1024)
def _folded(word: str) -> str:
    """The word in lower case, without accents."""
    parts = unicodedata.normalize("NFKD", word.lower().replace("\u2019", "'"))
    return "".join(chain.from_iterable(c for c in parts if not unicodedata.combining(c)))


def _spellings(*languages: str) -> dict[str, int]:
    return {
        spelling: number
        for language in languages
        for number, spellings in enumerate(language.split())
        for spelling in map(_folded, spellings.split("/"))
    }


# English, German, French, Spanish, Russian, without accents
_MONTHS = {
    spelling: number + 1
    for spelling, number in _spellings(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug"
        " september/sept/sep october/oct november/nov december/dec",
        "januar/janner februar marz/mrz april mai juni juli august september oktober/okt november"
        " dezember/dez",
        "janvier/janv fevrier/fevr mars avril/avr mai juin juillet/juil aout septembre octobre"
        " novembre decembre",
        "enero/ene febrero marzo abril/abr mayo junio julio agosto septiembre octubre noviembre"
        " diciembre/dic",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    ).items()
}


def month_number(name: str) -> int | None:
    """The number of a month by its name or short name, in the languages that dates are read in."""
    return _MONTHS.get(_folded(name))


_WEEKDAYS = _spellings(
    "monday/mon tuesday/tues/tue wednesday/wed/weds thursday/thurs/thur/thu friday/fri"
    " saturday/sat sunday/sun",
    "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miercoles jueves viernes sabado domingo",
    "понедельник вторник среда четверг пятница суббота воскресенье",
)
# Only beside a date: "Di 3.2." but not "Do" alone
_SHORT_WEEKDAYS = _spellings(
    "mo di/tu mi/we do/th fr sa so/su",
    "lun mar mer/mie jeu/jue ven/vie sam/sab dim/dom",
    "пн вт \u0441\u0440 чт пт \u0441\u0431 вс",
    "月 火 水 木 金 土 日",
)
_DAYS_AGO = {
    word: days
    for days, words in enumerate(
        (
            "today tonight heute aujourd'hui hoy",
            "yesterday gestern hier ayer",
            "vorgestern avant-hier anteayer",
        )
    )
    for word in words.split()
}

_LETTERS = r"[^\W\d_]"
_WORD = re.compile(
    rf"{_LETTERS}{{2,12}}(?:['\u2019-]{_LETTERS}{{3,6}})?(?![\w'\u2019])|[月火水木金土日](?!\w)"
)
_AFTER_WEEKDAY = re.compile(r"[.,]{0,2}\s{1,3}(?:(?:the|den|der|le|el)\s)?", re.IGNORECASE)
_BEFORE_WEEKDAY = re.compile(r"\s{0,2}[,(\uff08]?\s?")
# The day of the month behind a weekday: "Wednesday 4", "miércoles 4"
_DAY_ALONE = re.compile(
    r"[,.]?\s(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?=\s?(?:[:,)\u2013\u2014]|\s[-\u2013\u2014]|$))"
)
_CLOSING = re.compile(r"\.?[)\uff09]?")

_MONTHS_BACK = 400  # days: every weekday has each number at least once in as many
_MONTH = rf"(?P<name>{_LETTERS}{{3,10}})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|\.)?"
_NUMBERS = r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\."
_TWO = r"(?P<first>[0-9]{1,2})(?P<mark>[-/])(?P<second>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"
_SHORT_YEAR = r"['\u2019]?(?P<year>[0-9]{2})(?![0-9.:]|,[0-9])"
_ENDS = r"(?![0-9]|[.,:/-][0-9]|\s?[x\u00d7*@])"


# What each form begins with: looked for first, since most of what is no date has nothing of it
_BEGINS = re.compile(rf"(?:le\s|{_LETTERS}{{3,10}}\.?\s{{1,3}})?[0-9]", re.IGNORECASE)


def _forms(*forms: tuple[str, bool]) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Patterns, each with whether nothing but a date is written like this."""
    return tuple((re.compile(form, re.IGNORECASE), is_plain) for form, is_plain in forms)


_NUMBERED = _forms(
    # 2026-11-22, 2026/11/22
    (
        r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
        r"(?![0-9])",
        True,
    ),
    # 20261122
    (r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?![0-9])", True),
    # 2026年11月22日, 11月22日
    (
        r"(?:(?P<year>[0-9]{4})\s?年\s?)?(?P<month>[0-9]{1,2})\s?月\s?(?P<day>[0-9]{1,2})\s?日",
        True,
    ),
    # 22.11.2026, 22.11.26, 22.11.: with points, the day comes first everywhere
    (rf"{_NUMBERS}\s?{_YEAR}", True),
    (rf"{_NUMBERS}{_SHORT_YEAR}", True),
    (rf"{_NUMBERS}(?![0-9])", False),
)
_NAMED = _forms(
    # 22 Nov 2026, 22. November 2026, 22 de noviembre de 2026
    (rf"(?:le\s)?{_DAY}[\s-]{{0,3}}(?:of\s|de\s)?{_MONTH}(?:\sde)?[\s,-]{{1,3}}{_YEAR}", True),
    # 22 Nov '26, Nov 22, '26
    (rf"{_DAY}[\s-]{{0,3}}(?:of\s)?{_MONTH}\s['\u2019](?P<year>[0-9]{{2}})(?![0-9])", True),
    (rf"{_MONTH}\s{{1,3}}{_DAY},?\s['\u2019](?P<year>[0-9]{{2}})(?![0-9])", True),
    # 22-Nov-26
    (rf"{_DAY}-{_MONTH}-{_SHORT_YEAR}", True),
    # Nov 22, 2026
    (rf"{_MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}{_YEAR}", True),
    # 22 Nov, Nov 22
    (rf"(?:le\s)?{_DAY}\s{{0,3}}(?:of\s|de\s)?{_MONTH}(?!{_LETTERS})", False),
    (rf"{_MONTH}\s{{1,3}}{_DAY}{_ENDS}(?!{_LETTERS})", False),
)
# 22/11/2026 and 11/22/2026: which is which depends on the country
_SLASHED = _forms(
    (rf"{_TWO}(?P=mark){_YEAR}", True),
    (rf"{_TWO}(?P=mark){_SHORT_YEAR}(?![-/])", False),
    (rf"(?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})(?!/){_ENDS}(?!\w)", False),
)

_YEAR_ALONE = re.compile(rf"(?:(?P<name>{_LETTERS}{{3,10}})\.?\s)?(?P<year>(?:19|20)[0-9]{{2}}):?")


def weekday_number(name: str) -> int | None:
    """The number of a weekday by its name, from Monday, 0."""
    return _WEEKDAYS.get(_folded(name))


def find_date(text: str, start: int = 0) -> WrittenDate | None:
    """The date that begins at `start`, with its weekday before or after it; None when none does.

    It may be one that doesn't exist: then it has no reading.
    """
    weekday, position = _weekday_before(text, start)
    dated = _dated(text, position) or (_dated(text, start) if position != start else None)
    if dated is None:
        return _day_word(text, start)
    readings, end, is_plain = dated
    if weekday is None:
        weekday, end = _weekday_after(text, end)
    exist = tuple(dict.fromkeys(one for one in readings if _exists(one)))
    return WrittenDate(start, end, text[start:end].rstrip(), exist, weekday, is_plain=is_plain)


def starts_with_date(text: str) -> bool:
    """Whether the line begins with what can be nothing but a date, even one that doesn't exist."""
    written = find_date(text)
    return written is not None and written.is_plain


def find_year(text: str) -> int | None:
    """The year of a line that is nothing but a year or a month: "2026", "March 2026"."""
    match = _YEAR_ALONE.fullmatch(text)
    if not match or (match["name"] and month_number(match["name"]) is None):
        return None
    return int(match["year"])


def in_year(written: WrittenDate, year: int) -> WrittenDate:
    """The date with the year that stands above it."""
    readings = (replace(one, year=year) if one.month else one for one in written.readings)
    return replace(written, readings=tuple(one for one in readings if _exists(one)))


def latest(reading: WrittenDay, weekday: int | None, not_after: date) -> date | None:
    """The latest day that is written like this and not after `not_after`; None if there is none."""
    if reading.day is None:
        return not_after - timedelta(days=(not_after.weekday() - (weekday or 0)) % 7)
    if reading.month is None:
        days = (
            not_after - timedelta(days=ago)
            for ago in range(min(not_after.toordinal(), _MONTHS_BACK))
        )
        numbered = [day for day in days if day.day == reading.day]
        return next(
            (day for day in numbered if day.weekday() == weekday), next(iter(numbered), None)
        )
    if reading.year is not None:
        return _day(reading.year, reading.month, reading.day)
    years = range(not_after.year, max(not_after.year - 9, 0), -1)  # a leap day may be 8 years ago
    in_years = (_day(year, reading.month, reading.day) for year in years)
    return next((day for day in in_years if day and day <= not_after), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _exists(reading: WrittenDay) -> bool:
    if reading.month is None:
        return True
    year = 2024 if reading.year is None else reading.year
    return _day(year, reading.month or 0, reading.day or 0) is not None


_Dated = tuple[tuple[WrittenDay, ...], int, bool]


def _dated(text: str, position: int) -> _Dated | None:
    if not _BEGINS.match(text, position):
        return None
    for pattern, is_plain in _SLASHED:
        if match := pattern.match(text, position):
            return _slashed(match), match.end(), is_plain
    for pattern, is_plain in _NUMBERED:
        if match := pattern.match(text, position):
            return (_reading(match, int(match["month"])),), match.end(), is_plain
    for pattern, is_plain in _NAMED:
        match = pattern.match(text, position)
        if match and (month := month_number(match["name"])) is not None:
            return (_reading(match, month),), match.end(), is_plain
    return None


def _reading(match: re.Match[str], month: int) -> WrittenDay:
    return WrittenDay(_year(match), month, int(match["day"]))


def _slashed(match: re.Match[str]) -> tuple[WrittenDay, ...]:
    first, second, year = int(match["first"]), int(match["second"]), _year(match)
    if first == second:
        return (WrittenDay(year, first, second),)
    return (
        WrittenDay(year, second, first, DAY_FIRST),
        WrittenDay(year, first, second, MONTH_FIRST),
    )


def _year(match: re.Match[str]) -> int | None:
    year = match.groupdict().get("year")
    if not year:
        return None
    return int(year) + (2000 if len(year) == 2 else 0)


def _weekday_before(text: str, start: int) -> tuple[int | None, int]:
    word = _WORD.match(text, start)
    weekday = _weekday(word[0]) if word else None
    gap = _AFTER_WEEKDAY.match(text, word.end()) if word else None
    return (weekday, gap.end()) if weekday is not None and gap else (None, start)


def _weekday_after(text: str, end: int) -> tuple[int | None, int]:
    gap = _BEFORE_WEEKDAY.match(text, end)
    begin = gap.end() if gap else end
    word = _WORD.match(text, begin) if begin > end or text[end - 1] == "日" else None
    weekday = _weekday(word[0]) if word else None
    is_latin = bool(word) and word[0].isascii()  # type: ignore[index]
    if word and len(word[0]) == 2 and is_latin and "(" not in text[end:begin]:  # "so tired"
        weekday = None
    closing = _CLOSING.match(text, word.end()) if word else None
    return (weekday, closing.end()) if weekday is not None and closing else (None, end)


def _weekday(word: str) -> int | None:
    folded = _folded(word)
    return _WEEKDAYS.get(folded, _SHORT_WEEKDAYS.get(folded))


def _day_word(text: str, start: int) -> WrittenDate | None:
    """A weekday alone, or a word such as "yesterday"."""
    word = _WORD.match(text, start)
    if not word:
        return None
    folded, end = _folded(word[0]), word.end()
    if folded in _DAYS_AGO:
        return WrittenDate(start, end, word[0], days_ago=_DAYS_AGO[folded])
    if folded not in _WEEKDAYS:
        return None
    numbered = _DAY_ALONE.match(text, end)
    day = WrittenDay(day=int(numbered["day"])) if numbered else WrittenDay()
    end = numbered.end() if numbered else end
    return WrittenDate(start, end, text[start:end], (day,), _WEEKDAYS[folded])
