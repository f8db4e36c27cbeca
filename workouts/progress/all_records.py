"""The records of all exercises that an athlete has logged, as each one's own page has them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from exercises.models import Exercise
from exercises.models.shown_names import exercise_name
from exercises.prepared import PreparedQuery, Row
from workouts.models import Athlete, Entry
from workouts.progress.evidence import exercise_address
from workouts.progress.exercise import (
    AT_A_GLANCE,
    SESSION_COLUMNS,
    progress_of,
    session_address,
)
from workouts.wording import day_text


class HeldRecord(NamedTuple):
    """A best, and the day and workout that reached it first."""

    label: str
    shown: str
    on: date
    address: str

    @property
    def day(self) -> str:
        return day_text(self.on, "j M Y")


class RecordsOfExercise(NamedTuple):
    name: str
    address: str
    records: Sequence[HeldRecord]

    @property
    def newest_on(self) -> date:
        return max(record.on for record in self.records)


def all_records(athlete: Athlete) -> list[RecordsOfExercise]:
    """Of each exercise with any, the one with the newest record first. 2 queries over the athlete's
    own entries, however many exercises there are.
    """
    rows: dict[int, list[Row]] = defaultdict(list)
    for exercise, *columns in _all_sessions.rows(athlete=athlete.pk):
        rows[exercise].append(tuple(columns))
    found = [
        _records_of(athlete, exercise, rows[exercise.pk])
        for exercise in Exercise.objects.filter(pk__in=rows)
    ]
    having = [one for one in found if one.records]
    return sorted(having, key=lambda one: (-one.newest_on.toordinal(), one.name.casefold()))


def _records_of(athlete: Athlete, exercise: Exercise, rows: Sequence[Row]) -> RecordsOfExercise:
    progress = progress_of(athlete, exercise, rows)
    records = []
    for kind in progress.record_kinds:
        session = progress.best[kind].session
        figure = progress.shown_as(kind, session.summary)
        records.append(
            HeldRecord(_(AT_A_GLANCE[kind]), figure, session.day, session_address(session))
        )
    name = exercise_name(exercise.slug, exercise.name)
    return RecordsOfExercise(name, exercise_address(exercise.slug), records)


_all_sessions = PreparedQuery(
    lambda athlete: (
        Entry.objects.live()
        .filter(athlete=athlete)
        .oldest_first()
        .values_list("exercise", *SESSION_COLUMNS)
    ),
    athlete=BigIntegerField(),
)
