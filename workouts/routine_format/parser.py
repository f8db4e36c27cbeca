"""The text of a routine read line by line: each line is read as a whole, or is a problem."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from exercises.sentences import gettext as _
from exercises.sentences import grouped
from exercises.vocabulary import DISTANCE_LOADS, LoadType
from workouts.reckoning.targets import Span, Target, Weight
from workouts.text_format import Find, Line, Load, Problem, Sign, as_loaded, clean_notes
from workouts.text_format.errors import UnreadableError
from workouts.text_format.names import split_entry
from workouts.text_format.parser import check_characters
from workouts.text_format.scanner import Token
from workouts.text_format.values import MAX_NOTES, split_lines
from workouts.vocabulary import SetKind, Unit

from .values import (
    MAX_ENTRIES,
    MAX_PLAN,
    MAX_REST,
    MAX_SETS,
    REST_PROBLEM,
    TOO_MANY,
    PlannedEntry,
    RoutineText,
)

EXAMPLE = _("Write it as sets x reps, for example 3 x 8-12.")
NOT_READ = _("Backtrain can’t read this. %(example)s", example=EXAMPLE)
RESTS = ("rest", "pause")
WEIGHT_UNITS = ("weight unit", "percent")

Measure = Literal["", "reps", "time", "distance"]


class _Amount(NamedTuple):
    """A number with what it measures, where that is said, and its unit in seconds or metres."""

    number: Decimal
    measure: Measure
    scale: Decimal = Decimal(1)

    @property
    def total(self) -> Decimal:
        total = self.number * self.scale
        return round(total, 2) if self.scale % 1 else total  # miles, to the centimetre


@dataclass(frozen=True)
class ParsedRoutine:
    """What could be read of a routine's text, and how each line was read."""

    routine: RoutineText
    lines: tuple[Line, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order of the lines. Empty when the whole text was read."""
        return tuple(chain.from_iterable(line.problems for line in self.lines))


def parse_routine(text: str, *, find: Find, unit: Unit) -> ParsedRoutine:
    """Read a whole routine. Any text is taken; what can't be read is in the problems.

    `find` tells how the exercise of a name is loaded, None when it doesn't know the name; `unit` is
    the athlete's, for weights written without one.
    """
    if len(text) > MAX_PLAN:
        raw = split_lines(text)[0]
        message = _(
            "This text is too long: a routine has at most %(most)s characters.",
            most=grouped(MAX_PLAN),
        )
        return ParsedRoutine(RoutineText(), (_problem(1, raw, message, 0, len(raw)),))
    reader = _Reader(find, unit)
    lines = [reader.read(number, raw) for number, raw in enumerate(split_lines(text), start=1)]
    return ParsedRoutine(reader.routine, tuple(lines))


class _Reader:
    def __init__(self, find: Find, unit: Unit) -> None:
        self.find = find
        self.unit = unit
        self.entries: list[PlannedEntry] = []
        self.notes = [""]  # of the routine, then of each entry, as they are written

    @property
    def routine(self) -> RoutineText:
        of_all, *of_entries = map(clean_notes, self.notes)
        pairs = zip(self.entries, of_entries, strict=True)
        return RoutineText(of_all, tuple(replace(entry, notes=notes) for entry, notes in pairs))

    def read(self, number: int, raw: str) -> Line:
        try:
            check_characters(raw)
            if not raw.strip():
                return Line(number, raw, "blank", number)
            if raw.lstrip().startswith(">"):
                return self._read_note(number, raw)
            if len(self.entries) == MAX_ENTRIES:
                raise UnreadableError(TOO_MANY, 0, len(raw))
            self.entries.append(read_planned(raw, find=self.find, unit=self.unit))
            self.notes.append(self.entries[-1].notes)
        except UnreadableError as error:
            return _problem(number, raw, error.message, error.start, error.end)
        except ValueError as error:  # notes in brackets that are too long
            return _problem(number, raw, error.args[0], 0, len(raw))
        return Line(number, raw, "entry", number, entry=len(self.entries) - 1)

    def _read_note(self, number: int, raw: str) -> Line:
        note = raw.lstrip().removeprefix(">").removeprefix(" ")
        notes = f"{self.notes[-1]}\n{note}" if self.notes[-1] else note
        if len(notes) > MAX_NOTES:
            message = _(
                "Notes have at most %(most)s characters; these have %(count)s.",
                most=grouped(MAX_NOTES),
                count=grouped(len(notes)),
            )
            raise UnreadableError(message, 0, len(raw))
        self.notes[-1] = notes
        entry = len(self.entries) - 1 if self.entries else None
        return Line(number, raw, "note", number, entry)


def read_planned(line: str, *, find: Find, unit: Unit) -> PlannedEntry:
    """One exercise with what is planned of it. Raises UnreadableError."""
    named = split_entry(line, find)
    targets, rest = _read(named.tokens, named.load_type, unit, len(line.rstrip()))
    return PlannedEntry(
        name=named.name,
        targets=targets,
        rest_seconds=rest,
        superset=named.superset,
        notes=clean_notes(named.notes),
        load_type=named.load_type,
    )


@lru_cache(maxsize=500)
def read_targets(text: str, load_type: LoadType) -> tuple[Target, ...]:
    """What `print_targets` wrote, also where the exercise is loaded in another way since. Raises
    UnreadableError for anything else.
    """
    try:
        return read_planned(f"x: {text}", find=lambda name: load_type, unit=Unit.KG).targets
    except UnreadableError:
        return read_planned(f"x: {text}", find=lambda name: None, unit=Unit.KG).targets


def _read(
    tokens: Sequence[Token], load_type: LoadType | None, unit: Unit, end: int
) -> tuple[tuple[Target, ...], int | None]:
    reader = _Tokens(tokens, load_type, unit, end)
    targets: list[Target] = []
    rest: int | None = None
    while reader.skip("comma", "stop", "slash", "line end", "filler"):
        if reader.is_rest():
            rest = reader.rest()
        else:
            targets += reader.group()
            if len(targets) > MAX_SETS:
                message = _("An exercise of a routine has at most %(most)s sets.", most=MAX_SETS)
                raise UnreadableError(message, tokens[0].start, end)
    if not targets:
        raise UnreadableError(_("How many sets? %(example)s", example=EXAMPLE), 0, end)
    return tuple(targets), rest


class _Tokens:
    """The tokens behind a name, taken one after the other."""

    def __init__(
        self, tokens: Sequence[Token], load_type: LoadType | None, unit: Unit, end: int
    ) -> None:
        self.tokens = tokens
        self.load_type = load_type
        self.unit = unit
        self.end = end
        self.place = 0

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def kind(self, ahead: int = 0) -> str:
        token = self.peek(ahead)
        return token.kind if token else ""

    def take(self, *kinds: str) -> Token | None:
        token = self.peek()
        if token is None or token.kind not in kinds:
            return None
        self.place += 1
        return token

    def skip(self, *kinds: str) -> bool:
        """Go past all of these; whether anything is left."""
        while self.take(*kinds):
            pass
        return self.peek() is not None

    def fail(self, message: str, token: Token | None = None) -> UnreadableError:
        token = token or self.peek()
        if token is None:
            return UnreadableError(message, max(self.end - 1, 0), self.end)
        return UnreadableError(message, token.start, token.end)

    # Rests

    def is_rest(self) -> bool:
        """Whether "rest 120 s" or "2 min rest" stands here."""
        if self._is_word(0):
            return True
        ahead = 0
        while self.kind(ahead) in ("number", "clock", "time unit"):
            ahead += 1
        return ahead > 0 and self._is_word(ahead)

    def _is_word(self, ahead: int) -> bool:
        token = self.peek(ahead)
        return token is not None and token.kind == "other" and token.text.lower() in RESTS

    def rest(self) -> int:
        message = _("How long a rest? Write, for example, rest 120 s or rest 2 min.")
        is_first = self._is_word(0)
        if is_first:
            self.place += 1
            self.skip("colon", "of")
        start = self.peek()
        seconds = self._seconds(plain_is_time=True)
        if seconds is None:
            raise self.fail(message)
        if not is_first:
            self.place += 1
        if self.kind() == "dash":
            raise self.fail(_("Write one time to rest, for example rest 150 s."))
        if seconds != int(seconds) or not 1 <= seconds <= MAX_REST:
            raise self.fail(REST_PROBLEM, start)
        return int(seconds)

    def _seconds(self, *, plain_is_time: bool = False) -> Decimal | None:
        """A time such as 90 s, 1:30 or 1 min 30 s, if one stands here."""
        if clock := self.take("clock"):
            self.take("time unit")
            return clock.number
        total: Decimal | None = None
        while self.kind() == "number" and self.kind(1) == "time unit":
            number, unit = self.tokens[self.place : self.place + 2]
            total = (total or Decimal(0)) + number.number * Decimal(unit.meaning)
            self.place += 2
        if total is None and plain_is_time and (number_alone := self.take("number")):
            return number_alone.number
        return total

    # Groups

    def group(self) -> list[Target]:
        """One or more sets that are planned alike: "3 x 8-12 @8"."""
        first = self.place
        load = self._load_before()
        count = self._count()
        start = self.peek()
        target = self._measured()
        if load and count > 1 and target.reps and target.reps.least != count:
            self._ask_which(first, count, target)
        if load is None and self.kind() == "times" and self._is_weight(1):
            self.place += 1
            load = self._weight()
        target = self._details(target, load, start)
        return [target] * count

    def _ask_which(self, first: int, count: int, target: Target) -> None:
        """60 kg x 3 x 8 is weight x reps x sets in the log: which is which has to be said."""
        reps = target.reps
        if reps and reps.least == reps.most:
            raise UnreadableError(
                _(
                    "Is it %(sets)s sets of %(reps)s, or %(reps)s sets of %(sets)s? Write the"
                    " weight last: %(sets)s x %(reps)s at 60 kg.",
                    sets=count,
                    reps=reps.least,
                ),
                self.tokens[first].start,
                self.tokens[self.place - 1].end,
            )

    def _load_before(self) -> Load | None:
        """A weight with its unit before the sets: 60 kg x 5."""
        if not (self.kind() in ("sign", "number") and self._is_weight(0)):
            return None
        load = self._weight()
        self.take("times")
        return load

    def _is_weight(self, ahead: int) -> bool:
        ahead += self.kind(ahead) == "sign"
        return self.kind(ahead) == "number" and self.kind(ahead + 1) in WEIGHT_UNITS

    def _weight(self) -> Load:
        sign_token = self.take("sign")
        number = self.take("number")
        if number is None:
            raise self.fail(_("Which weight? Write, for example, at 60 kg."))
        if percent := self.take("percent"):
            message = _("A share is not a weight. Write the weight itself, such as 60 kg.")
            raise UnreadableError(message, number.start, percent.end)
        unit = self.take("weight unit")
        sign: Sign = "" if sign_token is None else "+" if sign_token.meaning == "+" else "-"
        try:
            load = Load(
                number.number,
                Unit(unit.meaning) if unit else self.unit,
                sign if number.number else "",
            )
            return as_loaded(load, self.load_type)
        except ValueError as error:
            raise self.fail(error.args[0], number) from error

    def _count(self) -> int:
        """How many sets, where "3 x" or "3 sets of" stands here; else 1."""
        if self.kind() != "number" or self.kind(1) not in ("times", "sets"):
            return 1
        if self.kind(1) == "times" and not self._is_measure(2):
            return 1
        number = self.take("number")
        assert number is not None  # noqa: S101  (looked at above)
        self.skip("times", "sets", "of")
        count = number.number
        if count != int(count) or not 1 <= count <= MAX_SETS:
            message = _(
                "%(number)s sets? %(example)s A weight stands behind: 1 x 8 at 60 kg.",
                number=number.text,
                example=EXAMPLE,
            )
            raise self.fail(message, number)
        return int(count)

    def _is_measure(self, ahead: int) -> bool:
        token = self.peek(ahead)
        if token is None:
            return False
        return token.kind in ("number", "clock", "amrap") or token.text.lower() == "max"

    def _measured(self) -> Target:
        """The reps, time or distance of one set."""
        start = self.peek()
        if start and (start.kind == "amrap" or start.text.lower() == "max"):
            self.place += 1
            is_time = self._unit()[0] == "time" or self.load_type == LoadType.DURATION
            return self._target(start, Span(1, None), is_time=is_time)
        low = self._amount()
        if low is None:
            raise self.fail(NOT_READ)
        dash = self.take("dash")
        if dash is None:
            return self._spanned(start, low.total, low.total, low.measure)
        if dash.text == "+":
            measure, scale = self._unit() if low.measure == "" else (low.measure, low.scale)
            return self._spanned(start, low.number * scale, None, measure)
        high = self._amount()
        if high is None:
            raise self.fail(_("A range goes from one number to another, such as 8-12."), dash)
        if low.measure == "":  # 1-2 min: the unit is that of both
            low = low._replace(scale=high.scale)
        return self._spanned(start, low.total, high.total, high.measure)

    def _amount(self) -> _Amount | None:
        """A number with the unit behind it, or a clock time."""
        if clock := self.take("clock"):
            self.take("time unit")
            return _Amount(clock.number, "time")
        number = self.take("number")
        if number is None:
            return None
        amount = _Amount(number.number, *self._unit())
        if amount.measure == "time" and (further := self._seconds()):  # 1 min 30 s
            return _Amount(amount.total + further, "time")
        return amount

    def _unit(self) -> tuple[Measure, Decimal]:
        if token := self.take("time unit"):
            return "time", Decimal(token.meaning)
        if token := self.take("distance unit"):
            return "distance", Decimal(token.meaning)
        return "reps" if self.take("reps") else "", Decimal(1)

    def _spanned(
        self, start: Token | None, least: Decimal, most: Decimal | None, measure: Measure
    ) -> Target:
        if measure == "" and self.load_type == LoadType.DURATION:
            measure = "time"
        if measure == "distance":
            if most != least:
                raise self.fail(_("Write one distance, for example 2 x 40 m."), start)
            return self._target(start, metres=least)
        if any(number != int(number) for number in (least, most or least)):
            raise self.fail(_("Write whole reps and seconds."), start)
        span = Span(int(least), None if most is None else int(most))
        return self._target(start, span, is_time=measure == "time")

    def _target(
        self,
        start: Token | None,
        span: Span | None = None,
        *,
        is_time: bool = False,
        metres: Decimal | None = None,
    ) -> Target:
        is_held = self.load_type == LoadType.DURATION
        if is_held and not (span and is_time):
            raise self.fail(_("This exercise is done by time. Write 30 s or 1:30."), start)
        if self.load_type in DISTANCE_LOADS and span and not is_time:
            raise self.fail(
                _("This exercise is done by time or distance. Write, for example, 40 s or 40 m."),
                start,
            )
        try:
            if metres is not None:
                return Target(metres=metres)
            return Target(seconds=span) if is_time else Target(reps=span)
        except ValueError as error:
            raise self.fail(error.args[0], start) from error

    def _details(self, target: Target, load: Load | None, start: Token | None) -> Target:
        """What stands behind a group: its kind, side, weight and RPE, in any order."""
        while token := self.peek():
            if token.kind in ("comma", "stop", "line end") or self.is_rest():
                break
            if token.kind == "slash" and self.kind(1) != "limb":
                break
            if token.kind in ("filler", "colon"):
                self.place += 1
            elif token.kind == "kind":
                self.place += 1
                target = replace(target, kind=SetKind(token.meaning))
            elif token.kind in ("each", "slash", "limb"):
                self.skip("each", "slash", "limb")
                target = replace(target, is_each_side=True)
            elif load is None and self._is_weight(self.kind() == "at"):
                self.take("at")
                load = self._weight()
            elif token.kind in ("at", "rpe", "rir") or self.kind(1) == "rir":
                target = self._with_rpe(target)
            else:
                raise self.fail(NOT_READ)
        if load is None:
            return target
        try:
            return replace(target, weight=Weight(load.amount, load.unit))
        except ValueError as error:
            raise self.fail(error.args[0], start) from error

    def _with_rpe(self, target: Target) -> Target:
        self.take("at")
        is_reserve = self.kind() == "rir"
        self.take("rpe", "rir")
        number = self.take("number")
        if number is None:
            raise self.fail(_("Write an RPE, for example @8, or a weight, for example at 60 kg."))
        if self.kind() == "dash":
            raise self.fail(_("Write one RPE, for example @8."))
        if self.kind() == "rir":
            is_reserve = True
        self.take("rpe", "rir")
        if not is_reserve and number.number > 10:
            message = _(
                "Is it a weight? Write it with its unit: at %(weight)s %(unit)s.",
                weight=number.text,
                unit=self.unit,
            )
            raise self.fail(message, number)
        try:
            return replace(target, rpe=10 - number.number if is_reserve else number.number)
        except ValueError as error:
            raise self.fail(error.args[0], number) from error


def _problem(number: int, raw: str, message: str, start: int, end: int) -> Line:
    problem = Problem(number, start + 1, max(end - start, 1), message)
    return Line(number, raw, "problem", number, problems=(problem,))
