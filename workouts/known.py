"""What the texts of one request are read with, each looked up when it is first wanted."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from exercises.vocabulary import LoadType
from workouts.bars import racks_of
from workouts.grid.equipment import BARBELL, equipment_in
from workouts.last_sets import LastSets, LastTime
from workouts.lines import finder
from workouts.models import Workout
from workouts.own_exercises import names_of
from workouts.plates_page import warm_up_sets
from workouts.reckoning.warm_up import warm_up
from workouts.text_format import SetText
from workouts.vocabulary import Unit

OFFERED = 3  # exercises for an unknown name

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Known:
    """The names that a user may log, and what they did of them.

    An edit knows the exercises of its ``workout``; a copy is a new one, so an exercise that was
    archived since is asked about before it is saved.
    """

    def __init__(self, user: "User", workout: Workout | None) -> None:
        self.user = user
        self.workout = workout

    @cached_property
    def index(self) -> NameIndex:
        first = [each.exercise for each in self.workout.entries.all()] if self.workout else []
        return names_of(self.user, first=first)

    @cached_property
    def last(self) -> LastSets:
        """What a text may mean by."""
        return LastSets(self.user.athlete, self.index)

    def last_of(self, exercise: Exercise) -> LastTime | None:
        """What was done of an exercise the last time before the ``workout``."""
        return self._before.of(exercise)

    @cached_property
    def _before(self) -> LastSets:
        if self.workout is None:
            return self.last
        return LastSets(self.user.athlete, self.index, before=self.workout)

    @cached_property
    def _logged(self) -> Mapping[int, int]:
        return self.user.athlete.entries.per_exercise()

    def logged(self) -> Mapping[int, int]:
        """How often they did each exercise, by its key. 1 query."""
        return self._logged

    def offers(self, name: str) -> list[Exercise]:
        """What may be meant by a name that is unknown. 1 query, once."""
        return self.index.offers(name, logged=self.logged(), limit=OFFERED)

    def find(self, name: str) -> LoadType | None:
        """How the exercise of this name is loaded; None where there is none."""
        return finder(self.index)(name)

    def equipment(self, exercise: Exercise) -> Collection[str]:
        """What an exercise of the catalogue is done with, as slugs; of one's own nothing."""
        return equipment_in(self.index.version).get(exercise.pk, ())

    def is_on_bar(self, exercise: Exercise) -> bool:
        """Whether an exercise is done with a barbell."""
        return BARBELL in self.equipment(exercise)

    def warm_up(self, weight: Decimal, unit: Unit) -> Sequence[SetText]:
        """The sets that lead to a weight on the athlete's usual bar. 2 queries."""
        rack = racks_of(self.user.athlete)[unit]
        return warm_up_sets(warm_up(weight, bar=rack.bars[0], plates=rack.plates), unit)
