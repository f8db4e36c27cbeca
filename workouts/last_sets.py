"""What an athlete did of an exercise the last time, which tells what a line of theirs may mean."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, F, QuerySet, Window
from django.db.models.functions import Rank

from exercises.prepared import Parameter, PreparedQuery, Row, columns_of
from exercises.search.lookup import NameIndex
from workouts.models import Athlete, Entry, LoggedSet, Workout
from workouts.text_format import SetText

SET = columns_of(LoggedSet)
MOST_WORKOUTS = 200  # what is further back says little about today


class LastSets:
    """The sets of an athlete's last workout with an exercise, by a name of it. Of a hundred names
    it costs 1 query, and none before the first is asked for.
    """

    def __init__(self, athlete: Athlete, index: NameIndex) -> None:
        self._athlete = athlete
        self._index = index

    def __call__(self, name: str) -> tuple[SetText, ...] | None:
        """In their order, warm-ups too; None where there are none in the last 200 workouts."""
        exercise = self._index.find(name)
        if exercise is None or exercise.pk not in self._logged:
            return None
        entry = Entry(exercise=exercise)
        logged = [
            LoggedSet.from_db(DEFAULT_DB_ALIAS, SET, row) for row in self._logged[exercise.pk]
        ]
        for one in logged:
            one.entry = entry
        return tuple(one.as_text() for one in logged)

    @cached_property
    def _logged(self) -> dict[int, list[Row]]:
        by_exercise: dict[int, list[Row]] = defaultdict(list)
        for exercise, *columns in _last_sets.rows(athlete=self._athlete.pk):
            by_exercise[exercise].append(tuple(columns))
        return by_exercise


def _build(athlete: Parameter) -> "QuerySet[Any, Any]":
    recent = Workout.objects.live().filter(athlete=athlete).newest_first()[:MOST_WORKOUTS]
    place = (F("workout__day").desc(), F("workout__started_at").desc(), F("workout").desc())
    rank = Window(Rank(), partition_by="exercise", order_by=place)
    entries = Entry.objects.filter(workout__in=recent.values("pk")).order_by()
    last = entries.annotate(rank=rank).filter(rank=1)
    sets = LoggedSet.objects.filter(entry__in=last.values("pk"))
    return sets.order_by("entry__position", "position").values_list("entry__exercise", *SET)


_last_sets = PreparedQuery(_build, athlete=BigIntegerField())
