"""One set as the cells of a row: what is typed into each, and the set that they come to."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType, Vocabulary
from workouts.reckoning.pace import METRES
from workouts.vocabulary import SetKind, Side, Unit

from .entries import read_entry
from .errors import UnreadableError, reason
from .loading import sign_of
from .printer import print_decimal, print_distance, print_sets
from .values import Load, SetText, Sign
from .words import half_width

MEASURES = ("reps", "time", "distance")
TYPED = ("weight", *MEASURES, "rpe")

_LONGEST_OFFER = 100
_Value = TypeVar("_Value")
_Word = TypeVar("_Word", bound=Vocabulary)
_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{0,6})?|[.,][0-9]{1,6}"
_WEIGHT = re.compile(
    rf"(?P<sign>[+\-\u2212\u2013]?)\s*(?P<amount>{_NUMBER})\s*(?P<unit>kgs?|lbs?)?\.?",
    re.IGNORECASE,
)
_NO_WEIGHT = frozenset(("bw", "bodyweight", "body weight", "band", "none"))
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}(?![0-9])")
_CLOCK = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}):(?=[0-5]?[0-9]:))?(?P<minutes>[0-9]{1,4}):(?P<seconds>[0-5][0-9])"
)
_TIME = re.compile(rf"(?P<amount>{_NUMBER})\s*(?P<unit>s|secs?|seconds?|m|mins?|minutes?|h)?\.?")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}
_DISTANCE = re.compile(rf"(?P<amount>{_NUMBER})\s*(?P<unit>km|mi|m)?\.?")
_LEAST_PLAIN_METRES = 100
_EXAMPLES = {
    "weight": _("A weight is a number, for example 62.5."),
    "reps": _("Reps are a whole number, for example 8."),
    "time": _("A time is in seconds, or like 1:30."),
    "distance": _("A distance is in metres, for example 40."),
    "rpe": _("An RPE goes from 1 to 10 in steps of 0.5, for example 8 or 8.5."),
    "kind": _("A set is working, warm-up, drop or failure."),
    "side": _("A set is done with both sides, left or right."),
}
_MISSING = {"reps": _("How many reps?"), "time": _("How long?"), "distance": _("How far?")}


@dataclass(frozen=True)
class SetCells:
    """A row of cells. In `weight` stands no sign where the exercise says it (added, or help)."""

    weight: str = ""
    unit: str = Unit.KG
    reps: str = ""
    time: str = ""
    distance: str = ""
    kind: str = SetKind.WORKING
    side: str = Side.BOTH
    rpe: str = ""

    @property
    def are_typed(self) -> bool:
        """Whether anything is typed; what is only chosen says nothing yet."""
        return any(getattr(self, name).strip() for name in TYPED)


NAMES = tuple(field.name for field in fields(SetCells))


class CellErrors(Exception):
    """What is wrong with cells, by their names, as sentences."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__(*sentences.values())
        self.sentences = sentences


def write_cells(one: SetText, load_type: LoadType | None, *, unit: str = Unit.KG) -> SetCells:
    """The cells that `read_cells` reads as this set; `unit` is chosen where it has no weight."""
    load = one.load
    sign = load.sign if load and load.sign != _sign_of(load_type) else ""
    return SetCells(
        weight=f"{sign}{print_decimal(load.amount)}" if load else "",
        unit=load.unit if load else unit,
        reps="" if one.reps is None else str(one.reps),
        time="" if one.seconds is None else write_time(one.seconds),
        distance="" if one.metres is None else write_distance(one.metres, load_type),
        kind=one.kind,
        side=one.side,
        rpe="" if one.rpe is None else print_decimal(one.rpe),
    )


def read_cells(cells: SetCells, load_type: LoadType | None, *, measure: str = "reps") -> SetText:
    """The set that the cells come to. Raises CellErrors.

    `measure` is the cell that a set without reps, time and distance lacks.
    """
    errors: dict[str, str] = {}

    def read(name: str, reader: Callable[[str], _Value]) -> _Value | None:
        typed = half_width(getattr(cells, name)).strip()
        try:
            return reader(typed) if typed else None
        except ValueError as error:
            errors[name] = reason(error) or _EXAMPLES[name]
            return None

    load = read("weight", lambda typed: _load(typed.lower(), cells.unit, load_type))
    reps = read("reps", lambda typed: _checked(reps=_whole(typed)).reps)
    seconds = read("time", lambda typed: _checked(seconds=_seconds(typed.lower())).seconds)
    metres = read(
        "distance", lambda typed: _checked(metres=_metres(typed.lower(), load_type)).metres
    )
    rpe = read("rpe", lambda typed: _rpe(typed.removeprefix("@")))
    kind = read("kind", lambda typed: _word(SetKind, typed)) or SetKind.WORKING
    side = read("side", lambda typed: _word(Side, typed)) or Side.BOTH
    if reps is not None and metres is not None:
        errors["distance"] = _("A set has reps or a distance, not both.")
    elif (reps, seconds, metres) == (None, None, None) and not errors.keys() & set(MEASURES):
        errors[measure] = _MISSING[measure]
    if errors:
        raise CellErrors(errors)
    return SetText(load, reps, seconds, metres, kind, side, rpe)


def take(cells: SetCells, offered: SetText, load_type: LoadType | None) -> SetCells:
    """The cells with what is offered in those that are empty. Its effort is not: that was then."""
    light = write_cells(replace(offered, rpe=None), load_type, unit=cells.unit)
    empty = {name for name in ("weight", *MEASURES) if not getattr(cells, name).strip()}
    if "reps" not in empty:
        empty -= {"distance"}
    if "distance" not in empty:
        empty -= {"reps"}
    taken = {name: getattr(light, name) for name in empty}
    if "weight" in empty:
        taken["unit"] = light.unit
    return replace(cells, **taken)


def print_offer(one: SetText, load_type: LoadType | None) -> str:
    """A set to offer, as canonical text, for `read_offer`."""
    return print_sets((replace(one, rpe=None),), load_type=load_type)


def read_offer(text: str, load_type: LoadType | None) -> SetText | None:
    """The set that is offered; None where the text is none."""
    if not text or "\n" in text or len(text) > _LONGEST_OFFER:
        return None
    return _read_offer(text, load_type)


@lru_cache(maxsize=2048)
def _read_offer(text: str, load_type: LoadType | None) -> SetText | None:
    try:
        entry = read_entry(f"Set: {text}", find=lambda name: load_type, unit=Unit.KG)
    except UnreadableError:
        return None
    return entry.sets[0] if len(entry.sets) == 1 else None


@lru_cache(maxsize=2048)
def offered_cells(text: str, load_type: LoadType | None) -> SetCells:
    """The cells of a set that is offered; empty ones where the text is none."""
    offered = read_offer(text, load_type)
    return write_cells(offered, load_type) if offered else SetCells()


def write_distance(metres: Decimal, load_type: LoadType | None) -> str:
    """40, of metres; where distances are logged with its unit: 5 km, 400 m."""
    return print_distance(metres) if load_type == LoadType.DISTANCE else print_decimal(metres)


def write_time(seconds: int) -> str:
    """1:30, or 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def _load(typed: str, unit: str, load_type: LoadType | None) -> Load | None:
    if typed in _NO_WEIGHT:
        return None
    match = _WEIGHT.fullmatch(typed)
    if match is None:
        raise ValueError
    amount = _decimal(match["amount"])
    sign: Sign = "+" if match["sign"] == "+" else "-" if match["sign"] else _sign_of(load_type)
    said = (match["unit"] or unit).removesuffix("s")
    return Load(amount, _word(Unit, said), sign if amount else "")


def _word(words: type[_Word], typed: str) -> _Word:
    if typed not in words.values:
        raise ValueError
    return words(typed)


def _sign_of(load_type: LoadType | None) -> Sign:
    return sign_of(load_type) if load_type else ""


def _decimal(typed: str) -> Decimal:
    """The number, with a decimal point or comma; one that may be thousands is none."""
    if _THOUSANDS.fullmatch(typed):
        raise ValueError(
            _("Is %(typed)s more than a thousand? Then write it without the comma.", typed=typed)
        )
    try:
        return Decimal(typed.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError from error


def _whole(typed: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", typed):
        raise ValueError
    return int(typed)


def _seconds(typed: str) -> int:
    if match := _CLOCK.fullmatch(typed):
        hours, minutes, rest = (int(match[name] or 0) for name in ("hours", "minutes", "seconds"))
        return hours * 3600 + minutes * 60 + rest
    if not (match := _TIME.fullmatch(typed)):
        raise ValueError
    seconds = _decimal(match["amount"]) * _SECONDS[(match["unit"] or "")[:1]]
    if seconds % 1:
        raise ValueError
    return int(seconds)


def _metres(typed: str, load_type: LoadType | None) -> Decimal:
    """A number alone is in metres; of a run one below 100 may be kilometres as well."""
    if not (match := _DISTANCE.fullmatch(typed)):
        raise ValueError
    amount, unit = _decimal(match["amount"]), match["unit"]
    if load_type == LoadType.DISTANCE and not unit and amount < _LEAST_PLAIN_METRES:
        raise ValueError(
            _(
                "Is %(typed)s kilometres or metres? Write %(typed)s km or %(typed)s m.",
                typed=typed,
            )
        )
    return round(amount * METRES[unit or "m"], 2)


def _rpe(typed: str) -> Decimal | None:
    return SetText(reps=1, rpe=_decimal(typed) if re.fullmatch(_NUMBER, typed) else Decimal(0)).rpe


def _checked(
    *, reps: int | None = None, seconds: int | None = None, metres: Decimal | None = None
) -> SetText:
    """Raises ValueError with a sentence where no set can have this measure."""
    return SetText(reps=reps, seconds=seconds, metres=metres)
