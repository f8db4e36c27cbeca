"""The text of a routine with its names looked up: what the form previews and saves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from exercises.models import Exercise
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from workouts.models import Routine, RoutineEntry
from workouts.reading import MAX_OFFERS, OFFERED, finder, not_known, rename_lines
from workouts.routine_format import (
    ParsedRoutine,
    PlannedEntry,
    RoutineText,
    parse_routine,
    print_planned,
    print_routine,
    print_targets,
)
from workouts.text_format import Line
from workouts.vocabulary import Unit

NOTHING = "Write at least one exercise with its sets, for example: Pull-up: 3 x 5-8"


@dataclass(frozen=True, slots=True)
class Mark:
    """A problem with the part of the line that it is about."""

    before: str
    marked: str
    after: str
    message: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the text as it was read. ``exercise`` is None where the name is unknown; then
    ``nearest`` are offered on the first of the lines that have it, whose numbers are ``alike``.
    """

    number: int
    raw: str
    kind: str
    entry: PlannedEntry | None = None
    exercise: Exercise | None = None
    nearest: tuple[Exercise, ...] = ()
    alike: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def is_unknown(self) -> bool:
        return self.entry is not None and self.exercise is None

    @property
    def first_alike(self) -> int:
        return self.alike[0] if self.alike else self.number

    @property
    def planned(self) -> str:
        """What is planned, in canonical form."""
        return print_planned(self.entry) if self.entry else ""


@dataclass(frozen=True, slots=True)
class RoutineDraft:
    """What a routine consists of, once all of its text is understood."""

    name: str
    weekdays: str
    notes: str
    entries: tuple[tuple[Exercise, PlannedEntry], ...]

    def rows(self, routine: Routine) -> list[RoutineEntry]:
        """Its entries, not saved yet."""
        return [
            RoutineEntry(
                athlete_id=routine.athlete_id,
                routine=routine,
                exercise=exercise,
                position=position,
                superset=entry.superset,
                targets=print_targets(entry.targets, entry.load_type),
                rest_seconds=entry.rest_seconds,
                notes=entry.notes,
            )
            for position, (exercise, entry) in enumerate(self.entries, start=1)
        ]

    @property
    def text(self) -> str:
        """The canonical text, by the names that the exercises have."""
        entries = (replace(entry, name=exercise.name) for exercise, entry in self.entries)
        return print_routine(RoutineText(self.notes, tuple(entries)))


@dataclass(frozen=True, slots=True)
class RoutineReading:
    """What Backtrain makes of a routine's text. ``entries`` is None while something is in doubt."""

    parsed: ParsedRoutine
    lines: tuple[PlanLine, ...]
    problems: tuple[str, ...]
    entries: tuple[tuple[Exercise, PlannedEntry], ...] | None

    @property
    def marked(self) -> int:
        """How many lines have to be put right."""
        return sum(bool(line.marks) or line.is_unknown for line in self.lines)

    @property
    def is_blank(self) -> bool:
        return not self.parsed.routine.entries and not self.parsed.problems

    @property
    def set_count(self) -> int:
        entries = self.parsed.routine.entries
        return sum(not target.is_warmup for entry in entries for target in entry.targets)

    def draft(self, name: str, weekdays: str) -> RoutineDraft | None:
        if self.entries is None:
            return None
        return RoutineDraft(name, weekdays, self.parsed.routine.notes, self.entries)

    def with_name(self, text: str, chosen: str) -> str:
        """``text`` with the name that was meant wherever the unknown one stands; chosen are the
        number of such a line, a colon and a slug.
        """
        number, _, slug = chosen.partition(":")
        line = next((one for one in self.lines if str(one.number) == number), None)
        if line is None:
            return text
        alike = [one for one in self.lines if one.number in line.alike]
        offered = (each for one in alike for each in one.nearest)
        meant = next((each for each in offered if each.slug == slug), None)
        return rename_lines(text, alike, meant.name) if meant else text


def read_routine(
    text: str,
    *,
    index: NameIndex,
    unit: Unit,
    logged: Callable[[], Mapping[int, int]] = dict,
) -> RoutineReading:
    """Read ``text`` with the athlete's names and unit. ``logged`` is asked how often they did each
    exercise, by its key, where a name is unknown.
    """
    parsed = parse_routine(text, find=finder(index), unit=unit)
    lines = [_line(line, parsed, index) for line in parsed.lines]
    unknown: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if line.entry and line.is_unknown:
            unknown.setdefault(name_key(line.entry.name), []).append(place)
    times = logged() if unknown else {}
    for number, places in enumerate(unknown.values()):
        alike = tuple(lines[place].number for place in places)
        first = lines[places[0]]
        nearest: tuple[Exercise, ...] = ()
        if number < MAX_OFFERS and first.entry:
            nearest = tuple(index.offers(first.entry.name, logged=times, limit=OFFERED))
        for place in places:
            lines[place] = replace(lines[place], alike=alike, nearest=nearest)
    return RoutineReading(
        parsed, tuple(lines), tuple(_problems(lines, parsed)), _entries(lines, parsed)
    )


def _line(line: Line, parsed: ParsedRoutine, index: NameIndex) -> PlanLine:
    is_entry = line.kind == "entry" and line.entry is not None
    entry = parsed.routine.entries[line.entry] if is_entry else None  # type: ignore[index]
    marks = tuple(
        Mark(
            line.raw[: problem.column - 1],
            line.raw[problem.column - 1 : problem.column - 1 + problem.length],
            line.raw[problem.column - 1 + problem.length :],
            problem.message,
        )
        for problem in line.problems
    )
    exercise = index.find(entry.name) if entry else None
    return PlanLine(line.number, line.raw, line.kind, entry, exercise, marks=marks)


def _problems(lines: list[PlanLine], parsed: ParsedRoutine) -> list[str]:
    if not parsed.routine.entries and not parsed.problems:
        return [NOTHING]
    return [
        not_known(line.entry.name)
        for line in lines
        if line.entry and line.is_unknown and line.number == line.first_alike
    ]


def _entries(
    lines: list[PlanLine], parsed: ParsedRoutine
) -> tuple[tuple[Exercise, PlannedEntry], ...] | None:
    known = tuple((line.exercise, line.entry) for line in lines if line.entry and line.exercise)
    is_whole = known and len(known) == len(parsed.routine.entries) and not parsed.problems
    return known if is_whole else None
