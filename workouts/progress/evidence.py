"""The sets behind a figure: which exercises, on which days."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from exercises.addresses import address_of
from workouts.models.log import workout_address
from workouts.progress.weekly_sets import DoneExercise
from workouts.reckoning.muscle_sets import Done, in_halves
from workouts.wording import day_text, how_many

MOST_DAYS = 12


class DoneDay(NamedTuple):
    """A day as a link to its workout."""

    text: str
    address: str


class DoneWork(NamedTuple):
    """An exercise as a link to what the athlete did of it, and its sets: "8 sets, 4 counted"."""

    name: str
    address: str
    text: str


class Evidence(NamedTuple):
    """``earlier`` days are not listed."""

    exercises: tuple[DoneWork, ...]
    days: tuple[DoneDay, ...]
    earlier: int


class Behind:
    """What was done over some days, to be told of one figure after another."""

    def __init__(self, done: Iterable[Done], exercises: Mapping[int, DoneExercise]) -> None:
        self.exercises = exercises
        self.sets: Counter[int] = Counter()
        self._days: dict[int, dict[tuple[date, str], None]] = {}
        # a page has each of these a dozen times
        self._links: dict[tuple[date, str], DoneDay] = {}
        self._works: dict[tuple[int, Decimal], DoneWork] = {}
        for one in done:
            self.sets[one.exercise] += one.sets
            self._days.setdefault(one.exercise, {})[one.day, one.workout] = None

    def days_of(self, keys: Iterable[int]) -> list[tuple[date, str]]:
        """Days with their workout's key on which one of these was done, the last first."""
        found = {place for key in keys for place in self._days.get(key, ())}
        return sorted(found, reverse=True)

    def of(self, counts: Mapping[int, Decimal]) -> Evidence:
        """Of the exercises, by key, of which a set counts so much; what gave most first."""
        given = {key: n * counts[key] for key, n in self.sets.items() if counts.get(key)}
        most_first = sorted(given, key=lambda key: (-given[key], self.exercises[key].name))
        days = self.days_of(given)
        return Evidence(
            tuple([self._work(key, given[key]) for key in most_first]),
            tuple([self._link(place) for place in days[:MOST_DAYS]]),
            len(days[MOST_DAYS:]),
        )

    def _link(self, place: tuple[date, str]) -> DoneDay:
        if place not in self._links:
            self._links[place] = _day(*place)
        return self._links[place]

    def _work(self, key: int, given: Decimal) -> DoneWork:
        if (key, given) not in self._works:
            self._works[key, given] = _done(self.exercises[key], self.sets[key], given)
        return self._works[key, given]


def _done(exercise: DoneExercise, sets: int, given: Decimal) -> DoneWork:
    text = how_many(sets, "set")
    if given != sets:
        counted = {"sets": text, "count": in_halves(given)}
        text = _("%(sets)s, %(count)s counted") % counted
    return DoneWork(exercise.name, exercise_address(exercise.slug), text)


def _day(on: date, workout: str) -> DoneDay:
    return DoneDay(day_text(on, "D j M"), workout_address(UUID(workout)))


def exercise_address(slug: str) -> str:
    """Where an athlete's progress with an exercise is."""
    return address_of("progress:exercise", slug)
