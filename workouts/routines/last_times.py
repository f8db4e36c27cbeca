"""What was done of a routine's exercises the last time: in this routine, and outside it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, F, When, Window
from django.db.models.functions import Rank

from exercises.models import Exercise
from exercises.prepared import columns_of
from workouts.models import Athlete, Entry, LoggedSet
from workouts.models.keys import is_of
from workouts.text_format import SetText

MOST_WORKOUTS = 200  # what is further back says little about today
SET = columns_of(LoggedSet)


@dataclass(frozen=True, slots=True)
class LastTime:
    """The sets of an exercise on a day, by its entries in that workout, warm-ups too."""

    day: date
    entries: tuple[tuple[SetText, ...], ...]

    def of(self, number: int, count: int) -> tuple[SetText, ...]:
        """The sets that belong to the exercise's so manieth place of ``count`` in a routine."""
        if len(self.entries) == count:
            return self.entries[number]
        return tuple(one for entry in self.entries for one in entry) if number == 0 else ()


class LastTimes(NamedTuple):
    """By the keys of exercises: the last time in a routine, and the last time outside it."""

    here: dict[int, LastTime]
    elsewhere: dict[int, LastTime]


def last_times(athlete: Athlete, exercises: Iterable[Exercise], routine: uuid.UUID) -> LastTimes:
    """The last times of ``exercises`` among the athlete's last 200 workouts. 1 query."""
    known = {exercise.pk: exercise for exercise in exercises}
    recent = athlete.workouts.live().newest_first()[:MOST_WORKOUTS]
    is_here = Case(When(workout__routine=routine, then=True), default=False)
    place = (F("workout__day").desc(), F("workout__started_at").desc(), F("workout").desc())
    rank = Window(Rank(), partition_by=[F("exercise"), is_here], order_by=place)
    entries = Entry.objects.in_workouts(athlete.pk, recent.values("pk")).order_by()
    last = entries.filter(exercise__in=known).annotate(rank=rank).filter(rank=1)
    rows = (
        LoggedSet.objects.filter(is_of(athlete.pk), entry__in=last.values("pk"))
        .order_by("entry__position", "position")
        .values_list(
            *("entry__exercise", "entry__workout__routine", "entry__workout__day", "entry"), *SET
        )
    )
    days: dict[tuple[bool, int], date] = {}
    sets: dict[tuple[bool, int], dict[int, list[SetText]]] = defaultdict(lambda: defaultdict(list))
    for pk, started_from, day, entry, *columns in rows:
        logged = LoggedSet.from_db(DEFAULT_DB_ALIAS, SET, columns)
        logged.entry = Entry(exercise=known[pk])
        key = (started_from == routine, pk)
        days[key] = day
        sets[key][entry].append(logged.as_text())
    times = {key: LastTime(day, tuple(map(tuple, sets[key].values()))) for key, day in days.items()}
    return LastTimes(
        here={pk: time for (is_here, pk), time in times.items() if is_here},
        elsewhere={pk: time for (is_here, pk), time in times.items() if not is_here},
    )
