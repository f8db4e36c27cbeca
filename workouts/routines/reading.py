"""The text of a routine with its names looked up: what the form previews and saves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType
from workouts.lines import Mark, ShownLine, finder, unknown_names, with_offers, with_slips
from workouts.models import Routine, RoutineEntry
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

KINDS = {
    LoadType.EXTERNAL: _("with weights"),
    LoadType.BODYWEIGHT: _("with body weight"),
    LoadType.BODYWEIGHT_PLUS: _("with weight added to the body"),
    LoadType.DURATION: _("by time"),
    LoadType.WEIGHTED_DURATION: _("with a weight, by time or distance"),
    LoadType.DISTANCE: _("by distance and time"),
}
NOTHING = _("Write at least one exercise with its sets, for example: Pull-up: 3 x 5-8")


class PlanLine(ShownLine[PlannedEntry]):
    """One line of a routine."""

    __slots__ = ()

    @property
    def planned(self) -> str:
        """What is planned, in canonical form."""
        return print_planned(self.entry) if self.entry else ""

    @property
    def own_kinds(self) -> list[tuple[LoadType, str]]:
        """How an exercise of one's own with such sets may be loaded, and that in words."""
        return [(kind, KINDS[kind]) for kind in _load_types(self.entry)]


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
        return sum(line.is_marked for line in self.lines)

    @property
    def exercise_lines(self) -> list[int]:
        """The numbers of the lines that are an exercise, or ought to be."""
        return [line.number for line in self.lines if line.kind in ("entry", "problem")]

    @property
    def is_blank(self) -> bool:
        return not self.parsed.routine.entries and not self.parsed.problems

    @property
    def set_count(self) -> int:
        return sum(entry.working_sets for entry in self.parsed.routine.entries)

    def draft(self, name: str, weekdays: str) -> RoutineDraft | None:
        if self.entries is None:
            return None
        return RoutineDraft(name, weekdays, self.parsed.routine.notes, self.entries)


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
    names = index
    if known := with_slips(index, parsed.routine.entries):
        index, parsed = known, parse_routine(text, find=finder(known), unit=unit)
    [lines] = with_offers([[_line(line, parsed, index) for line in parsed.lines]], names, logged)
    is_blank = not parsed.routine.entries and not parsed.problems
    problems = [NOTHING] if is_blank else unknown_names(lines)
    return RoutineReading(parsed, tuple(lines), tuple(problems), _entries(lines, parsed))


def _line(line: Line, parsed: ParsedRoutine, index: NameIndex) -> PlanLine:
    is_entry = line.kind == "entry" and line.entry is not None
    entry = parsed.routine.entries[line.entry] if is_entry else None  # type: ignore[index]
    return PlanLine(
        number=line.number,
        raw=line.raw,
        kind=line.kind,
        entry=entry,
        exercise=index.find(entry.name) if entry else None,
        marks=tuple(Mark.of(line, problem) for problem in line.problems),
    )


def _entries(
    lines: list[PlanLine], parsed: ParsedRoutine
) -> tuple[tuple[Exercise, PlannedEntry], ...] | None:
    known = tuple((line.exercise, line.entry) for line in lines if line.entry and line.exercise)
    is_whole = known and len(known) == len(parsed.routine.entries) and not parsed.problems
    return known if is_whole else None


def _load_types(entry: PlannedEntry | None) -> tuple[LoadType, ...]:
    """Reps are said to be done with weights or without; a plan seldom says which."""
    targets = entry.targets if entry else ()
    is_weighted = any(target.weight for target in targets)
    if all(target.reps is None for target in targets):
        if is_weighted:
            return (LoadType.WEIGHTED_DURATION,)
        is_held = all(target.seconds for target in targets)
        if is_held:
            return (LoadType.DURATION,)
        return (LoadType.WEIGHTED_DURATION, LoadType.DISTANCE)
    return (LoadType.EXTERNAL, LoadType.BODYWEIGHT_PLUS if is_weighted else LoadType.BODYWEIGHT)
