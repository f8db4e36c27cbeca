"""What Backtrain makes of a text: its lines, its days, and what is still to be put right."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time

from exercises.models import Exercise
from exercises.sentences import Sentence, ngettext
from exercises.sentences import gettext as _
from workouts.last_sets import LastTime
from workouts.lines import ShownLine
from workouts.reckoning.strength import count_sets, is_conditioning
from workouts.reckoning.weights import exact_kg
from workouts.text_format import EntryText, Load, ParsedWorkout, SetText, print_sets
from workouts.vocabulary import SetKind

from .drafts import Draft, places

IsOnBar = Callable[[Exercise], bool]
LastOf = Callable[[Exercise], LastTime | None]


def heaviest_load(sets: Iterable[SetText]) -> Load | None:
    """The load of the heaviest working set."""
    loads = [one.load for one in sets if one.load and one.kind != SetKind.WARMUP]
    return max(loads, key=lambda load: exact_kg(load.amount, load.unit), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine(ShownLine[EntryText]):
    """One line of a workout. ``head`` is the number of the line with its name, if it goes on with
    sets of it. A line that ``is_row`` is part of a table, and can be written in another way where
    it has answers. ``remarks`` are the notes of its exercise that have no line of their own.
    """

    head: int
    is_row: bool = False
    may_be_note: bool = False
    remarks: tuple[str, ...] = ()
    last_of: LastOf | None = field(default=None, compare=False, repr=False)
    is_on_bar: IsOnBar | None = field(default=None, compare=False, repr=False)

    @property
    def last_time(self) -> LastTime | None:
        """What was done of the exercise the last time; looked up when it is asked for."""
        return self.last_of(self.exercise) if self.last_of and self.exercise else None

    @property
    def to_load(self) -> Load | None:
        """The heaviest working set, where it is on a bar; looked up when it is asked for."""
        if not (self.is_on_bar and self.exercise and self.entry):
            return None
        load = heaviest_load(self.entry.sets)
        return load if load and self.is_on_bar(self.exercise) else None

    @property
    def sets(self) -> str:
        """The sets in canonical form."""
        if not self.entry:
            return ""
        return print_sets(self.entry.sets, load_type=self.entry.load_type)


@dataclass(frozen=True, slots=True)
class Reading:
    """What Backtrain makes of a text. ``draft`` is None while anything is to be put right.

    ``is_ahead`` says that the start is still to come, in the time zone that it is read in.
    ``is_logged`` that the day has a workout with the same exercises and sets, ``is_anyway`` that it
    is to be saved in spite of it; ``place`` names it among the days of its notebook.
    """

    parsed: ParsedWorkout
    lines: tuple[ReadLine, ...]
    day: date | None
    time: time | None
    problems: tuple[str, ...]
    draft: Draft | None
    is_ahead: bool = False
    is_logged: bool = False
    is_anyway: bool = False
    place: str = ""

    @property
    def is_left_out(self) -> bool:
        return self.is_logged and not self.is_anyway

    @property
    def working_sets(self) -> int:
        return self._count(is_warmup=False)

    @property
    def warmups(self) -> int:
        return self._count(is_warmup=True)

    @property
    def exercise_count(self) -> int:
        return len(self._sets_by_exercise())

    def _count(self, *, is_warmup: bool) -> int:
        """As they are saved: conditioning counts none."""
        lifted = (line for line in self.lines if not _is_conditioning(line))
        return sum(
            count_sets(each for each in sets if (each.kind == SetKind.WARMUP) == is_warmup)
            for sets in self._together(lifted).values()
        )

    def _sets_by_exercise(self) -> dict[str, list[SetText]]:
        """What stands on several lines together; names that are unknown each for themselves."""
        return self._together(self.lines)

    def _together(self, lines: Iterable[ReadLine]) -> dict[str, list[SetText]]:
        together: dict[str, list[SetText]] = {}
        for line in lines:
            if line.entry:
                name = line.exercise.name if line.exercise else line.entry.name
                together.setdefault(name, []).extend(line.entry.sets)
        return together

    @property
    def marked(self) -> int:
        """How many lines have to be put right."""
        return sum(line.is_marked for line in self.lines)

    @property
    def is_blank(self) -> bool:
        return not self.parsed.workout.entries and not self.parsed.problems

    @property
    def has_notes(self) -> bool:
        return bool(self.parsed.workout.notes)


@dataclass(frozen=True, slots=True)
class NotebookReading:
    """What Backtrain makes of a text with one day or more."""

    days: tuple[Reading, ...]

    @property
    def drafts(self) -> list[Draft]:
        return [day.draft for day in self.days if day.draft]

    @property
    def is_ready(self) -> bool:
        """Whether all days on which something was trained can be saved."""
        return bool(self.drafts) and not any(day.problems or day.marked for day in self.days)

    @property
    def is_blank(self) -> bool:
        return all(day.is_blank for day in self.days)

    @property
    def is_ahead(self) -> bool:
        return any(day.is_ahead for day in self.days)

    @property
    def marked(self) -> int:
        """How many lines have to be put right."""
        return sum(day.marked for day in self.days)

    @property
    def problems(self) -> list[str]:
        return [problem for day in self.days for problem in day.problems]

    @property
    def lines(self) -> list[ReadLine]:
        return [line for day in self.days for line in day.lines]

    @property
    def to_save(self) -> int:
        """How many workouts saving it would add."""
        return sum(bool(day.draft) and not day.is_left_out for day in self.days)

    @property
    def state(self) -> str:
        """Where it stands, in a few words: "5 read, 1 to answer"; empty for a blank one."""
        if self.is_blank:
            return ""
        if self.marked or self.problems:
            asked = self.marked or len(self.problems)
            return _("%(read)s read, %(asked)s to answer", read=self.lines_read, asked=asked)
        sets = sum(day.working_sets for day in self.days)
        exercises = sum(day.exercise_count for day in self.days)
        if len(self.days) > 1:
            amount = ngettext("%(count)s day", "%(count)s days", len(self.drafts))
        else:
            amount = ngettext("%(count)s exercise", "%(count)s exercises", exercises)
        if not sets:  # runs count none
            return amount
        in_words = ngettext("%(count)s set", "%(count)s sets", sets)
        return Sentence("%(amount)s, %(sets)s", {"amount": amount, "sets": in_words})

    @property
    def lines_read(self) -> int:
        return sum(bool(line.exercise) and not line.marks for line in self.lines)

    @property
    def marked_lines(self) -> list[int]:
        """The numbers of the lines that have to be put right."""
        return [line.number for line in self.lines if line.is_marked]

    def with_logged(
        self, logged: Iterable[bool], *, anyway: Collection[str] = ()
    ) -> "NotebookReading":
        """The same, knowing of each day with a draft whether it is logged already, and whether it
        is to be saved ``anyway``: those days' places.
        """
        known = iter(zip(logged, places(self.drafts), strict=True))
        return NotebookReading(
            tuple(_known(one, *next(known), anyway) if one.draft else one for one in self.days)
        )


def _known(one: Reading, is_logged: bool, place: str, anyway: Collection[str]) -> Reading:
    is_anyway = is_logged and place in anyway
    return replace(one, is_logged=is_logged, is_anyway=is_anyway, place=place)


def _is_conditioning(line: ReadLine) -> bool:
    exercise = line.exercise
    return exercise is not None and is_conditioning(exercise.load_type, exercise.pattern)
