"""What a file of another app holds: plain values, with the line that each came from.

A weight without a unit is in the unit that the file doesn't say; so is a distance. `answered`
gives them theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType
from workouts.reckoning.pace import METRES
from workouts.reckoning.weights import rounded
from workouts.text_format import Load, SetText, as_logged
from workouts.vocabulary import SetKind, Side, Source, Unit

Length = Literal["m", "km", "mi"]
NO_UNIT = _("The file does not say in which unit it is.")
# Whoever lifts in pounds runs in miles, in the apps that have one setting for both
LENGTHS: dict[Unit, Length] = {Unit.KG: "km", Unit.LB: "mi"}


# As weighed on a workout's day, and its unit if the file says one
BodyWeight = tuple[Decimal, Unit | None]


class Unreadable(Exception):
    """The file can't be imported; the message says why, and what to do."""


class ImportedSet(NamedTuple):
    """One set. `weight` and `distance` are as in the file, 0 as none; `line` counts from 1."""

    line: int
    weight: Decimal | None = None
    unit: Unit | None = None
    reps: int | None = None
    seconds: int | None = None
    distance: Decimal | None = None
    length: Length | None = None
    kind: SetKind = SetKind.WORKING
    side: Side = Side.BOTH
    rpe: Decimal | None = None

    @property
    def lacks_unit(self) -> bool:
        return (self.weight is not None and self.unit is None) or (
            self.distance is not None and self.length is None
        )

    @property
    def metres(self) -> Decimal | None:
        """To the centimetre, once the unit is known."""
        if self.distance is None:
            return None
        if self.length is None:
            raise ValueError(NO_UNIT)
        return rounded(self.distance * METRES[self.length], 2)

    def as_text(self, load_type: LoadType | None = None) -> SetText:
        """The set as an exercise that is loaded like this has it, once its units are known. Those
        of many sets are the same, so they are remembered.

        Apps write help without a sign; it has one here where the exercise is assisted. Raises
        ValueError with a sentence where such an exercise can't have such a set.
        """
        return _text(self._replace(line=0), load_type)

    def in_unit(self, unit: Unit) -> "ImportedSet":
        if not self.lacks_unit:
            return self
        return self._replace(unit=self.unit or unit, length=self.length or LENGTHS[unit])


@lru_cache(maxsize=4096)
def _text(one: ImportedSet, load_type: LoadType | None) -> SetText:
    load = None
    if one.weight is not None:
        if one.unit is None:
            raise ValueError(NO_UNIT)
        load = Load(abs(one.weight), one.unit, "-" if one.weight < 0 else "")
    text = SetText(
        load=load,
        reps=one.reps,
        seconds=one.seconds,
        metres=one.metres,
        kind=one.kind,
        side=one.side,
        rpe=one.rpe,
    )
    return as_logged(text, load_type) if load_type else text


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """One exercise, by the name that the other app has for it. `first_name` is what an app before
    that one called it.
    """

    name: str
    sets: tuple[ImportedSet, ...]
    superset: str = ""
    notes: str = ""
    first_name: str = ""


@dataclass(frozen=True, slots=True)
class ImportedWorkout:
    """One session. `key` tells it from all others of the same app, in every export of it.

    `instant` is given where the file says one; else `day` and `time` are by the athlete's clock or
    in the `zone` that the file names, and `time` is None where the file has days alone.
    """

    key: str
    day: date
    time: time | None
    entries: tuple[ImportedEntry, ...]
    instant: datetime | None = None
    zone: str = ""
    title: str = ""
    notes: str = ""
    minutes: int | None = None
    body_weight: BodyWeight | None = None
    weighed_on: date | None = None
    routine: str = ""
    plan: str = ""

    @property
    def set_count(self) -> int:
        return sum(len(entry.sets) for entry in self.entries)

    def sets(self) -> Iterator[ImportedSet]:
        return (one for entry in self.entries for one in entry.sets)


def _in_unit(weight: BodyWeight | None, unit: Unit) -> BodyWeight | None:
    return weight and (weight[0], weight[1] or unit)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that gives no set, and why, as a sentence for the athlete."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Besides:
    """What our own export has besides workouts. The lists hold what their importer has checked."""

    settings: Mapping[str, Any]
    own_exercises: Sequence[Mapping[str, Any]]
    own_names: Sequence[Mapping[str, str]]
    favourites: Sequence[str]
    body_weights: Sequence[tuple[date, Decimal, Unit]]
    routines: Sequence[Mapping[str, Any]]
    goal: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """A whole file: its workouts, the oldest first, and every line that gave none of their sets.

    `rows` counts the lines with data; each is a set, several sets where the app packs them, or one
    of `skipped`. `doubtful_date` is one whose month may be either number, where no date of the file
    decides: they are read with the day first until somebody says.
    """

    source: Source
    workouts: tuple[ImportedWorkout, ...]
    skipped: tuple[Skipped, ...]
    rows: int
    besides: Besides | None = None
    doubtful_date: str = ""

    @property
    def lacks_unit(self) -> bool:
        weighed = (one.body_weight for one in self.workouts if one.body_weight)
        return any(unit is None for _, unit in weighed) or any(
            one.lacks_unit for one in self._sets()
        )

    @property
    def set_count(self) -> int:
        return sum(workout.set_count for workout in self.workouts)

    @property
    def names(self) -> tuple[str, ...]:
        """The exercises' names, each once, in the order they come."""
        return tuple(dict.fromkeys(entry.name for one in self.workouts for entry in one.entries))

    def answered(self, unit: Unit) -> "Export":
        """With this unit where the file says none."""
        if not self.lacks_unit:
            return self
        workouts = (
            replace(
                workout,
                body_weight=_in_unit(workout.body_weight, unit),
                entries=tuple(
                    replace(entry, sets=tuple(one.in_unit(unit) for one in entry.sets))
                    for entry in workout.entries
                ),
            )
            for workout in self.workouts
        )
        return replace(self, workouts=tuple(workouts))

    def _sets(self) -> Iterator[ImportedSet]:
        return (one for workout in self.workouts for one in workout.sets())
