"""How well notebooks are read: ``make reading``.

``tests/workouts/text_format/notebooks/NAME.txt`` is what is pasted, ``NAME.expected`` what it has
to come to: the athlete's unit (and the day of the paste), then canonical workouts, an empty line
between. ``? …`` behind an entry says that it has to be asked; ``! LINE: reason`` that a line has to
be refused.

An entry is *read* when it stands there as expected and was not asked about; *asked* when it is one
of the answers to what was asked; *refused* when it is neither; *misread* when something else stands
there, or it was read in silence although it has to be asked.

    python -m tests.reading [NAME …]
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backtrain.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from tests.catalogue import load_type_in_files as find
from tests.catalogue import names_in_files
from workouts.lines import OFFERED, ShownLine, finder, rename_lines, with_slips
from workouts.text_format import (
    EntryText,
    Line,
    Notebook,
    ParsedWorkout,
    WorkoutText,
    parse,
    print_entry,
    read_notebook,
)
from workouts.text_format.values import split_lines
from workouts.vocabulary import Unit

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "tests" / "workouts" / "text_format" / "notebooks"
KINDS = ("read", "asked", "refused", "misread")
PASTED_ON = date(2026, 11, 29)  # where a notebook doesn't say it


@dataclass
class Expected:
    """A day as it has to be read. `asked` are the places of the entries that have to be asked."""

    parsed: ParsedWorkout
    asked: set[int]
    refused: int


@dataclass
class Found:
    """An entry as it was read, or what it may become by an answer; none for what is refused."""

    line: Line
    answers: tuple[EntryText, ...] = ()
    is_asked: bool = False


@dataclass
class Result:
    """How the entries of a notebook were read, and what went wrong, in words."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)  # of what need not be asked
    faults: list[str] = field(default_factory=list)

    def add(self, kind: str, fault: str = "", *, is_plain: bool = True) -> None:
        self.counts[kind] += 1
        self.plain[kind] += is_plain
        if fault:
            self.faults.append(f"{kind}: {fault}")


@dataclass(frozen=True)
class Sample:
    """A notebook, and what it has to come to."""

    name: str

    @cached_property
    def text(self) -> str:
        return (NOTEBOOKS / f"{self.name}.txt").read_text(encoding="utf-8")

    @cached_property
    def _head_and_rest(self) -> tuple[str, str]:
        head, _, rest = (
            (NOTEBOOKS / f"{self.name}.expected").read_text(encoding="utf-8").partition("\n")
        )
        return head, rest

    @property
    def unit(self) -> Unit:
        return Unit(self._head_and_rest[0].split()[0])

    @property
    def today(self) -> date:
        day = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", self._head_and_rest[0])
        return date.fromisoformat(day[0]) if day else PASTED_ON

    def read(self, text: str | None = None) -> Notebook:
        notebook = self._read(text or self.text, names_in_files())
        entries = [entry for day in notebook.days for entry in day.workout.entries]
        if index := with_slips(names_in_files(), entries):
            notebook = self._read(text or self.text, index)
        return notebook

    def _read(self, text: str, index: NameIndex) -> Notebook:
        return read_notebook(text, find=finder(index), unit=self.unit, today=self.today)

    def expected(self) -> list[Expected]:
        days = re.split(r"\n[ \t]*\n", self._head_and_rest[1].strip("\n"))
        return [self._expected_day(day) for day in days if day.strip()]

    def _expected_day(self, text: str) -> Expected:
        written, asked, refused, entries = [], set(), 0, 0
        for line in split_lines(text):
            if line.startswith("?"):
                asked.add(entries - 1)
            elif line.startswith("!"):
                refused += 1
            else:
                written.append(line)
                is_header = not entries and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", line)
                entries += not (line.startswith(">") or is_header or not line.strip())
        parsed = parse("\n".join(written), find=find, unit=self.unit)
        if parsed.problems:
            raise ValueError(f"{self.name}.expected can't be read: {parsed.problems[0]}")
        return Expected(parsed, asked, refused)

    def result(self) -> Result:
        result = Result(self.name)
        expected, days = self.expected(), [day for day in self.read().days if _has_training(day)]
        days_left = list(days)
        for number, one in enumerate(expected):
            same = number if len(expected) == len(days) else None
            day = days[same] if same is not None else _of_day(days_left, one)
            if day is None:
                for entry in one.parsed.workout.entries:
                    result.add("refused", f"no such day: {print_entry(entry)}")
                continue
            days_left = [other for other in days_left if other is not day]
            self._compare(one, day, result)
        for day in days_left:
            for entry in day.workout.entries:
                result.add("misread", f"not asked for, on {day.workout.day}: {print_entry(entry)}")
        return result

    def _compare(self, one: Expected, day: ParsedWorkout, result: Result) -> None:
        expected, found = one.parsed.workout, day.workout
        for name in ("day", "time", "title", "minutes"):
            if (right := getattr(expected, name)) != getattr(found, name):
                result.faults.append(f"header: {name} {getattr(found, name)!r}, right {right!r}")
        if lost := _words_of_notes(expected) - _words_of_notes(found) - _unread_words(day):
            result.faults.append(f"note: {', '.join(sorted(lost))} on {found.day}")
        entries = list(self._entries(day))
        pairs = dict(_aligned(expected.entries, entries))
        for place, entry in enumerate(expected.entries):
            self._count(entry, pairs.get(place), result, has_to_be_asked=place in one.asked)
        taken = {id(one) for one in pairs.values()}
        for other in entries:
            if id(other) in taken:
                continue
            if other.answers and not other.is_asked:
                shown = print_entry(replace(other.answers[0], notes=""))
                result.add("misread", f"{other.line.raw.strip()!r} as {shown}")
            else:
                why = [problem.message for problem in other.line.problems] or ["unknown name"]
                result.faults.append(f"left: {other.line.raw.strip()!r}: {why[0]}")

    def _count(
        self, entry: EntryText, found: Found | None, result: Result, *, has_to_be_asked: bool
    ) -> None:
        shown = print_entry(replace(entry, notes=""))
        is_plain = not has_to_be_asked
        if found is None:
            result.add("refused", shown, is_plain=is_plain)
        elif found.is_asked:
            fault = f"needlessly: {shown}" if is_plain else ""
            result.add("asked", fault, is_plain=is_plain)
        elif has_to_be_asked:
            fault = f"read in silence: {found.line.raw.strip()!r} as {shown}"
            result.add("misread", fault, is_plain=False)
        else:
            result.add("read")

    def _entries(self, day: ParsedWorkout) -> Iterator[Found]:
        """The entries and the problems of a day, in order."""
        for line in day.lines:
            if line.kind == "entry" and line.entry is not None:
                entry = day.workout.entries[line.entry]
                is_known = _exercise(entry.name) is not None
                answers = (entry,) if is_known else (*self._renamed(line, entry), entry)
                yield Found(line, answers, is_asked=not is_known)
            elif line.problems:
                yield from self._questions(line)

    def _questions(self, line: Line) -> Iterator[Found]:
        """What a line may become by an answer: several exercises, where an answer has as many."""
        size = max(
            (len(re.findall(r"^(?!>)", one, re.M)) for one in self._choices(line)), default=1
        )
        for place in range(size):
            answers = tuple(self._answered(self.text, line, place=place))
            yield Found(line, answers, is_asked=True)

    def _choices(self, line: Line) -> list[str]:
        return [choice.text for problem in line.problems for choice in problem.choices]

    def _renamed(self, line: Line, entry: EntryText) -> Iterator[EntryText]:
        """The entry under each of the names that are offered for its own."""
        shown: ShownLine[EntryText] = ShownLine(
            number=line.number, raw=line.raw, kind=line.kind, entry=entry
        )
        for exercise in names_in_files().offers(entry.name, logged={}, limit=OFFERED):
            text = rename_lines(self.text, [shown], exercise.name)
            yield from self._on_line(text, line.number)

    def _on_line(self, text: str, number: int) -> Iterator[EntryText]:
        """What a line is read as, or may be by an answer."""
        for day in self.read(text).days:
            for line in day.lines:
                if line.number == number and line.entry is not None:
                    yield day.workout.entries[line.entry]
                elif line.number == number:
                    yield from self._answered(text, line, is_last=True)

    def _answered(
        self, text: str, line: Line, *, place: int = 0, is_last: bool = False
    ) -> Iterator[EntryText]:
        for choice in self._choices(line):
            again = text
            for number in range(line.head + 1, line.number + 1):
                again = _with_line(again, number, "")
            again = _with_line(again, line.head, choice)
            for day in self.read(again).days:
                for other in day.lines:
                    if other.number != line.head + place or other.entry is None:
                        continue
                    entry = day.workout.entries[other.entry]
                    if _exercise(entry.name) is not None or is_last:
                        yield entry
                    else:
                        yield from Sample._renamed(self, other, entry)


def _words_of_notes(workout: WorkoutText) -> set[str]:
    """All words and numbers of what a day says beside its sets."""
    notes = (workout.title, workout.notes, *(entry.notes for entry in workout.entries))
    return {word for note in notes for word in re.findall(r"[\w'\u2019-]+", note.lower())}


def _unread_words(day: ParsedWorkout) -> set[str]:
    """The words of lines that are asked about or refused: their notes come with the answer."""
    lines = {line.head for line in day.lines if line.problems}
    raws = (line.raw.lower() for line in day.lines if line.head in lines)
    return {word for raw in raws for word in re.findall(r"[\w'\u2019-]+", raw)}


def _has_training(day: ParsedWorkout) -> bool:
    return bool(day.workout.entries or day.problems)


def _of_day(days: Iterable[ParsedWorkout], expected: Expected) -> ParsedWorkout | None:
    return next((day for day in days if day.workout.day == expected.parsed.workout.day), None)


def _with_line(text: str, number: int, raw: str) -> str:
    lines = split_lines(text)
    lines[number - 1] = raw
    return "\n".join(lines)


def _exercise(name: str) -> Exercise | None:
    return names_in_files().find(name) or names_in_files().misspelt(name)


def _key(entry: EntryText) -> tuple[object, ...]:
    exercise = _exercise(entry.name)
    return (exercise.pk if exercise else entry.name, entry.sets)


def _aligned(expected: tuple[EntryText, ...], found: list[Found]) -> Iterator[tuple[int, Found]]:
    """The longest pairing in order of expected entries with those found."""
    keys = [_key(entry) for entry in expected]
    fits = [[key in map(_key, one.answers) for one in found] for key in keys]
    best = [[0] * (len(found) + 1) for _ in range(len(keys) + 1)]
    for i in reversed(range(len(keys))):
        for j in reversed(range(len(found))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], fits[i][j] + best[i + 1][j + 1])
    i = j = 0
    while i < len(keys) and j < len(found):
        if fits[i][j] and best[i][j] == 1 + best[i + 1][j + 1]:
            yield i, found[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def samples() -> list[Sample]:
    return [Sample(path.stem) for path in sorted(NOTEBOOKS.glob("*.txt"))]


def shares(counts: Counter[str]) -> dict[str, float]:
    """Each kind in percent."""
    return {kind: 100 * counts[kind] / (counts.total() or 1) for kind in KINDS}


def is_reached(total: Counter[str], plain: Counter[str]) -> bool:
    """Whether the goals are: 85 % are read, 12 % asked, nothing misread, and of what need not be
    asked at most 2 % are.
    """
    is_read = shares(total)["read"] >= 85 and not total["misread"]
    return is_read and shares(total)["asked"] <= 12 and shares(plain)["asked"] <= 2


def main(names: list[str]) -> int:
    results = [sample.result() for sample in samples() if not names or sample.name in names]
    total = sum((one.counts for one in results), Counter[str]())
    plain = sum((one.plain for one in results), Counter[str]())
    print(f"{'':30}" + "".join(f"{kind:>9}" for kind in KINDS))
    for result in results:
        print(f"{result.name:30}" + "".join(f"{result.counts[kind]:9}" for kind in KINDS))
        if names:
            print("".join(f"  {fault}\n" for fault in result.faults), end="")
    for what, counts in {"all, in %": total, "what need not be asked": plain}.items():
        print(f"{what:30}" + "".join(f"{share:9.1f}" for share in shares(counts).values()))
    return 0 if is_reached(total, plain) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
