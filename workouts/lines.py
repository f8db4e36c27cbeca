"""Lines of a text as its form shows them, of a workout or of a routine: what is wrong where, and
names that nobody knows.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, Generic, Protocol, TypeVar

from exercises.models import Exercise
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from exercises.sentences import gettext as _
from exercises.vocabulary import Laterality, LoadType
from workouts.text_format import Answer, Find, Line, Problem
from workouts.text_format.values import split_lines

MAX_OFFERS = 20  # names
OFFERED = 4  # exercises for each unknown name


_NUMBER_BEHIND = re.compile(r"(?<=[^\s0-9])\s+[0-9]+(?:[.,][0-9]+)?\s*$")


class Named(Protocol):
    """What a line says of an exercise."""

    @property
    def name(self) -> str: ...


EntryOf = TypeVar("EntryOf", bound=Named)


@dataclass(frozen=True, slots=True)
class Mark:
    """A problem with the part of the line that it is about, for showing it in place.

    With ``answers`` the message is a question.
    """

    before: str
    marked: str
    after: str
    message: str
    answers: tuple[Answer, ...] = ()

    @classmethod
    def of(cls, line: Line, problem: Problem, answers: Iterable[Answer] = ()) -> "Mark":
        raw, start = line.raw, problem.column - 1
        end = start + problem.length
        return cls(raw[:start], raw[start:end], raw[end:], problem.message, tuple(answers))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine(Generic[EntryOf]):
    """One line of the text as it was read. ``exercise`` is None where the name is unknown.

    ``alike`` are the numbers of all lines with the same unknown name; one question is for all, and
    its first line has the ``nearest`` exercises.
    """

    number: int
    raw: str
    kind: str
    entry: EntryOf | None = None
    exercise: Exercise | None = None
    nearest: tuple[Exercise, ...] = ()
    alike: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def is_unknown(self) -> bool:
        return self.entry is not None and self.exercise is None

    @property
    def is_marked(self) -> bool:
        """Whether it has to be put right."""
        return bool(self.marks) or self.is_unknown

    @property
    def first_alike(self) -> int:
        """The number of the line with the question about its unknown name."""
        return self.alike[0] if self.alike else self.number


Shown = TypeVar("Shown", bound=ShownLine[Any])


@dataclass(frozen=True)
class _Finder:
    index: NameIndex

    def __call__(self, name: str) -> LoadType | None:
        exercise = self.index.find(name)
        return exercise.load_type if exercise else None

    def key(self, name: str) -> str | None:
        exercise = self.index.find(name)
        return f"{exercise.owner_id or ''}/{exercise.slug}" if exercise else None

    def is_one_sided(self, name: str) -> bool:
        exercise = self.index.find(name)
        return exercise is not None and exercise.laterality == Laterality.UNILATERAL


def finder(index: NameIndex) -> Find:
    """How the exercise of a name is loaded, by the names of an index, whether one side at a time
    is, and which names are of the same.
    """
    return _Finder(index)


def with_slips(index: NameIndex, entries: Iterable[Named]) -> NameIndex | None:
    """The index with the misspelt names of these that can only be of one exercise; None where
    there are none.
    """
    names = {entry.name for entry in entries}
    slips = [(name, index.misspelt(name)) for name in sorted(names) if not index.find(name)]
    known = [(name, exercise) for name, exercise in slips if exercise]
    return NameIndex(known, behind=index) if known else None


def with_offers(
    days: Sequence[Sequence[Shown]], names: NameIndex, logged: Callable[[], Mapping[int, int]]
) -> list[list[Shown]]:
    """The lines of each day, with what an unknown name may mean; ``logged`` is asked how often the
    athlete did each exercise, by its key, where there is one. Only the first names get offers,
    since finding them takes time.
    """
    unknown: dict[str, list[int]] = {}
    for line in chain.from_iterable(days):
        if line.entry and line.is_unknown:
            unknown.setdefault(name_key(line.entry.name), []).append(line.number)
    times = logged() if unknown else {}
    offered = {numbers[0] for numbers in islice(unknown.values(), MAX_OFFERS)}

    def asked(line: Shown) -> Shown:
        if line.entry is None or not line.is_unknown:
            return line
        name, is_asked = line.entry.name, line.number in offered
        nearest = names.offers(name, logged=times, limit=OFFERED) if is_asked else ()
        return replace(line, nearest=tuple(nearest), alike=tuple(unknown[name_key(name)]))

    return [list(map(asked, lines)) for lines in days]


def not_known(name: str) -> str:
    return _("Backtrain does not know “%(name)s” yet.", name=name)


def unknown_names(lines: Iterable[ShownLine[Any]]) -> list[str]:
    """A sentence for each name that is unknown."""
    return [
        not_known(line.entry.name)
        for line in lines
        if line.entry and line.is_unknown and line.number == line.first_alike
    ]


def unknown_lines(lines: Sequence[Shown], number: str) -> list[Shown]:
    """The line of this number, if its name is unknown, with all that have the same name."""
    alike = next((line.alike for line in lines if str(line.number) == number), ())
    return [line for line in lines if line.number in alike]


def with_meant(text: str, lines: Sequence[ShownLine[Any]], chosen: str) -> str:
    """``text`` with the name that was meant, wherever the unknown one stands; chosen are the number
    of such a line, a colon and a slug.
    """
    number, _, slug = chosen.partition(":")
    alike = unknown_lines(lines, number)
    offers = (each for line in alike for each in line.nearest)
    meant = next((each for each in offers if each.slug == slug), None)
    return rename_lines(text, alike, meant.name) if meant else text


def rename_lines(text: str, lines: Iterable[ShownLine[Any]], name: str) -> str:
    """``text`` with another name on each of its ``lines``, and nothing else changed."""
    written = split_lines(text)
    for line in lines:
        if line.entry and (typed := _name_as_typed(line.raw, line.entry.name)):
            raw = f"{line.raw[: typed.start()]}{name}{line.raw[typed.end() :]}"
            written[line.number - 1] = raw
    return "\n".join(written)


def _name_as_typed(raw: str, name: str) -> re.Match[str] | None:
    """Where the name stands, without what may be a weight: in brackets, or a number at its end."""
    words = _NUMBER_BEHIND.sub("", name.partition("(")[0] or name).split()
    return re.search(r"(?<![^\W_])" + r"[\s*_]+".join(map(re.escape, words)), raw)
