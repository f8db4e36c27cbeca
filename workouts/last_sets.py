"""What an athlete did of an exercise the last time: what a line of theirs may mean, and where they
begin today.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    F,
    QuerySet,
    UUIDField,
    Window,
)
from django.db.models.functions import Rank

from exercises.models import Exercise, LoadType
from exercises.prepared import Parameter, PreparedQuery, Row
from exercises.search.lookup import NameIndex
from workouts.models import Athlete, Entry, LoggedSet, Workout
from workouts.models.history import live
from workouts.models.keys import is_of
from workouts.models.log import SET_COLUMNS, WorkoutQuerySet, beside, set_text
from workouts.text_format import SetText, print_sets
from workouts.wording import in_short

# What the text has of a set, in the order of the model
RECENT_WORKOUTS = 20  # where most of what is asked for is found
MOST_WORKOUTS = 200  # what is further back says little about today


@dataclass(frozen=True, slots=True)
class LastTime:
    """The last workout with an exercise: its day, and the exercise's sets in their order, warm-ups
    too.
    """

    day: date
    sets: tuple[SetText, ...]
    exercise: Exercise

    @property
    def text(self) -> str:
        """The sets in canonical form."""
        return print_sets(self.sets, load_type=LoadType(self.exercise.load_type))

    @property
    def short(self) -> str:
        """The sets at a glance."""
        return in_short(self.sets, load_type=LoadType(self.exercise.load_type))


class LastSets:
    """The sets of an athlete's last workout with an exercise, by a name of it: the last ``before``
    a workout, if one is given. Of a hundred names it costs 1 query, 2 where one of them was not
    done in the last 20 workouts, and none before the first is asked for.
    """

    def __init__(
        self, athlete: Athlete, index: NameIndex, *, before: Workout | None = None
    ) -> None:
        self._athlete = athlete
        self._index = index
        self._before = before

    def __call__(self, name: str) -> tuple[SetText, ...] | None:
        """In their order, warm-ups too; None where there are none in the last 200 workouts."""
        exercise = self._index.find(name)
        last = self.of(exercise) if exercise else None
        return last.sets if last else None

    def of(self, exercise: Exercise) -> LastTime | None:
        """The same by the exercise, with its day."""
        found = self._recent.get(exercise.pk) or self._logged.get(exercise.pk)
        if found is None:
            return None
        day, rows = found
        load_type = LoadType(exercise.load_type)
        return LastTime(day, tuple(set_text(*row, load_type=load_type) for row in rows), exercise)

    @property
    def exercises(self) -> list[int]:
        """The keys of all exercises in the last 200 workouts, the last done first."""
        logged = self._logged
        return sorted(logged, key=lambda pk: logged[pk][0], reverse=True)

    @cached_property
    def _recent(self) -> dict[int, tuple[date, list[Row]]]:
        known: dict[int, tuple[date, list[Row]]] | None = vars(self).get("_logged")
        return self._in_last(RECENT_WORKOUTS) if known is None else known

    @cached_property
    def _logged(self) -> dict[int, tuple[date, list[Row]]]:
        return self._in_last(MOST_WORKOUTS)

    def _in_last(self, workouts: int) -> dict[int, tuple[date, list[Row]]]:
        """The day and the sets of each exercise in so many workouts. 1 query."""
        by_exercise: dict[int, tuple[date, list[Row]]] = {}
        for exercise, day, *columns in self._rows(workouts):
            by_exercise.setdefault(exercise, (day, []))[1].append(tuple(columns))
        return by_exercise

    def _rows(self, workouts: int) -> list[Row]:
        if self._before is None:
            return _last_sets[workouts].rows(athlete=self._athlete.pk)
        day, at, key = self._before.day, self._before.started_at, self._before.pk
        return _sets_before[workouts].rows(athlete=self._athlete.pk, day=day, at=at, key=key)


def _build(workouts: int, athlete: Parameter) -> "QuerySet[Any, Any]":
    return _sets_of_last(workouts, athlete, live(athlete))


def _build_before(
    workouts: int, athlete: Parameter, day: Parameter, at: Parameter, key: Parameter
) -> "QuerySet[Any, Any]":
    earlier = live(athlete).filter(beside("lt", day, at, key))
    return _sets_of_last(workouts, athlete, earlier)


def _sets_of_last(
    workouts: int, athlete: Parameter, among: WorkoutQuerySet
) -> "QuerySet[Any, Any]":
    recent = among.newest_first()[:workouts]
    place = (F("workout__day").desc(), F("workout__started_at").desc(), F("workout").desc())
    rank = Window(Rank(), partition_by="exercise", order_by=place)
    entries = Entry.objects.in_workouts(athlete, recent.values("pk")).order_by()
    last = entries.annotate(rank=rank).filter(rank=1)
    sets = LoggedSet.objects.filter(is_of(athlete), entry__in=last.values("pk"))
    in_order = sets.order_by("entry__position", "position")
    return in_order.values_list("entry__exercise", "entry__workout__day", *SET_COLUMNS)


WINDOWS = (RECENT_WORKOUTS, MOST_WORKOUTS)
_last_sets = {
    workouts: PreparedQuery(partial(_build, workouts), athlete=BigIntegerField())
    for workouts in WINDOWS
}
_sets_before = {
    workouts: PreparedQuery(
        partial(_build_before, workouts),
        athlete=BigIntegerField(),
        day=DateField(),
        at=DateTimeField(),
        key=UUIDField(),
    )
    for workouts in WINDOWS
}
