"""The best of an exercise at each load, over each distance, and at 1 to 12 reps, of all days."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exercises.languages import shown_number
from workouts.progress.equal_sets import address_of, day_of, equal_sets
from workouts.progress.exercise import ExerciseProgress, load_text
from workouts.reckoning.pace import clock, distance, pace
from workouts.reckoning.rep_maxes import (
    EqualSets,
    Measure,
    best_at_each_load,
    fastest,
    rep_maxes,
)
from workouts.reckoning.strength import is_rough, kept
from workouts.saving import load_rule
from workouts.wording import day_text, how_many

LOADS_AT_FIRST = 12
MEASURES: dict[Measure, str] = {
    "reps": gettext_noop("Most reps"),
    "seconds": gettext_noop("Longest time"),
    "metres": gettext_noop("Farthest"),
}


class ShownBest(NamedTuple):
    """A row of a table: what it is of, the best, and the day and workout that had it first."""

    of: str
    best: str
    day: str
    address: str
    is_topped: bool = False


class BestsByLoad(NamedTuple):
    """A table of bests, the heaviest loads first; ``more`` are the lighter ones."""

    heading: str
    first: Sequence[ShownBest]
    more: Sequence[ShownBest]


class ShownRepMax(NamedTuple):
    """``done`` is None where nothing was done for so many reps."""

    reps: int
    done: ShownBest | None
    by_formula: str


@dataclass(frozen=True)
class ExerciseBests:
    """1 query, once anything is asked for."""

    progress: ExerciseProgress

    @cached_property
    def rep_maxes(self) -> list[ShownRepMax]:
        """For 1 to 12 reps; none where nothing was lifted with a weight."""
        best = self.progress.best.get("best_e1rm_kg")
        estimate, body_kg = None, Decimal(0)
        if best is not None:
            estimate = Decimal(repr(best.value))
            fraction = load_rule(self.progress.exercise).bodyweight_fraction
            body_kg = (fraction or Decimal(0)) * Decimal(repr(best.session.body_kg or 0.0))
        found = rep_maxes(self._equal, e1rm_kg=estimate, body_kg=body_kg)
        if not any(one.done for one in found):
            return []
        return [
            ShownRepMax(
                one.reps,
                self._best(one.done, f"{self._load(one.done.load_kg)} × {one.done.reps}")
                if one.done
                else None,
                self._by_formula(one.by_formula_kg, one.reps),
            )
            for one in found
        ]

    def _by_formula(self, load_kg: Decimal | None, reps: int) -> str:
        if load_kg is None:
            return "–"
        return f"{'≈ ' if is_rough(reps) else ''}{self._load(kept(load_kg), places=1)}"

    @cached_property
    def by_load(self) -> list[BestsByLoad]:
        """The most reps, the longest hold, the farthest at each load, where there are loads."""
        tables = []
        for measure, heading in MEASURES.items():
            found = best_at_each_load(self._equal, measure)
            if any(one.sets.load_kg is not None for one in found):
                bests = [
                    self._best(one.sets, self._amount(one.sets, measure), is_topped=one.is_topped)
                    for one in found
                ]
                tables.append(
                    BestsByLoad(_(heading), bests[:LOADS_AT_FIRST], bests[LOADS_AT_FIRST:])
                )
        return tables

    @cached_property
    def fastest(self) -> list[ShownBest]:
        """Of each distance, with its pace."""
        return [self._fastest(one) for one in fastest(self._equal)]

    def _fastest(self, one: EqualSets) -> ShownBest:
        metres, seconds = one.metres or Decimal(1), one.seconds or 1
        told, unit = self.progress.exercise.pace, self.progress.unit
        speed = shown_number(pace(metres, seconds, told, unit))
        best = self._best(one, f"{clock(seconds)}, {speed}")
        length = shown_number(distance(metres, told, unit))
        if not one.load_kg:
            return best._replace(of=length)
        values = {"distance": length, "load": self._load(one.load_kg)}
        return best._replace(of=_("%(distance)s with %(load)s") % values)

    def _amount(self, one: EqualSets, measure: Measure) -> str:
        if measure == "reps":
            return how_many(one.reps or 0, "rep")
        if measure == "seconds":
            return f"{one.seconds} s"
        exercise, unit = self.progress.exercise, self.progress.unit
        return shown_number(distance(one.metres or Decimal(0), exercise.pace, unit))

    def _best(self, one: EqualSets, best: str, *, is_topped: bool = False) -> ShownBest:
        day = day_text(day_of(one), "j M y")
        return ShownBest(self._load(one.load_kg), best, day, address_of(one), is_topped)

    def _load(self, load_kg: Decimal | None, *, places: int | None = None) -> str:
        exercise, unit = self.progress.exercise, self.progress.unit
        return load_text(load_kg, load_type=exercise.load_type, unit=unit, places=places)

    @cached_property
    def _equal(self) -> list[EqualSets]:
        return equal_sets(self.progress.athlete, self.progress.exercise)
