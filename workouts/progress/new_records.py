"""The new bests of a workout as its page tells them: each with its set, and with what it beat.

They are reckoned from the workouts as they stand in the history now, so that an edit of the past,
a deletion or a session that is written down later moves them. What was imported has none: it would
hail what is long known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    DateTimeField,
    Max,
    Q,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.utils.translation import gettext as _

from exercises.models import Exercise
from exercises.prepared import Parameter, PreparedQuery, Row, columns_of
from workouts.models import Athlete, Entry, LoggedSet, Workout
from workouts.models.keys import is_of
from workouts.models.log import beside, workout_address
from workouts.progress.exercise import RECORD_LABELS, figure_text, summary_of
from workouts.reckoning.records import (
    SET_RECORD_KINDS,
    Bests,
    new_records,
    set_behind,
    updated_bests,
)
from workouts.saving import load_rule
from workouts.text_format import SetText
from workouts.vocabulary import SetKind, Source, Unit
from workouts.wording import day_text, in_short

if TYPE_CHECKING:
    from django.db.models import QuerySet

ENTRY, SET = columns_of(Entry), columns_of(LoggedSet)
IN_ORDER = ("workout__day", "workout__started_at", "workout", "position", "pk")
LOGGED_HERE = (Source.TYPED, Source.DEMO)
KINDS = (*SET_RECORD_KINDS, "volume_kg")
NO_BESTS: Bests = dict.fromkeys(KINDS)


@dataclass(frozen=True, slots=True)
class Beaten:
    """What was the best before: its set and figure as text, its day and address. Both are empty
    where it was earlier in the same workout.
    """

    shown: str
    day: str
    address: str


@dataclass(frozen=True, slots=True)
class NewRecord:
    """``is_beaten`` says that a later workout has more by now."""

    label: str
    shown: str
    before: Beaten
    is_beaten: bool = False


class BestsOfExercise(NamedTuple):
    """The best of each kind in the workouts before one, and in it and those after it."""

    before: Bests
    since: Bests


def place_of(workout: Workout) -> dict[str, Any]:
    """Where it stands in the history."""
    return {name: getattr(workout, name) for name in ("day", "started_at", "pk")}


def bests_around(workout: Workout) -> dict[int, BestsOfExercise]:
    """By exercise of the workout what it had to beat, and what has been reached since. 1 query."""
    place = place_of(workout)
    sides: dict[bool, dict[int, Bests]] = {True: {}, False: {}}
    for exercise, is_before, *bests in _bests.rows(athlete=workout.athlete_id, **place):
        sides[bool(is_before)][exercise] = dict(zip(KINDS, bests, strict=True))
    before, since = sides[True], sides[False]
    return {
        exercise: BestsOfExercise(bests, since.get(exercise, NO_BESTS))
        for exercise, bests in before.items()
    }


def records_of(
    athlete: Athlete, workout: Workout, around: Mapping[int, BestsOfExercise]
) -> dict[int, tuple[NewRecord, ...]]:
    """By entry of the workout, its sets loaded, what was new, with ``around`` of ``bests_around``.
    1 query, none where nothing was.
    """
    if workout.source not in LOGGED_HERE:
        return {}
    found = list(_found(workout.entries.all(), around))
    of_earlier = [each for each in found if each.beaten is None]
    earlier = _first_to_reach(workout, of_earlier) if of_earlier else {}
    by_entry: dict[int, tuple[NewRecord, ...]] = {}
    for each in found:
        day, address, entry = "", "", each.beaten
        if entry is None:
            entry = earlier[each.exercise.pk, each.kind]
            day, address = day_text(entry.workout.day, "j M Y"), workout_address(entry.workout_id)
        new = NewRecord(
            label=_(RECORD_LABELS[each.kind]),
            shown=_shown(each.kind, each.entry, Unit(athlete.unit)),
            before=Beaten(_shown(each.kind, entry, Unit(athlete.unit)), day, address),
            is_beaten=each.is_beaten,
        )
        by_entry[each.entry.pk] = (*by_entry.get(each.entry.pk, ()), new)
    return by_entry


class _Found(NamedTuple):
    """A new best. ``beaten`` is the entry of the same workout that had the best until then; where
    there is none, ``best`` was reached earlier.
    """

    entry: Entry
    kind: str
    best: object
    beaten: Entry | None
    is_beaten: bool

    @property
    def exercise(self) -> Exercise:
        return self.entry.exercise


def _found(entries: Iterable[Entry], around: Mapping[int, BestsOfExercise]) -> Iterator[_Found]:
    reached = {exercise: bests.before for exercise, bests in around.items()}
    holders: dict[tuple[int, str], Entry] = {}
    for entry in entries:
        exercise = entry.exercise_id
        if exercise not in around:
            continue
        before, summary = reached[exercise], summary_of(entry)
        for kind in new_records(before, summary):
            if kind not in SET_RECORD_KINDS:
                continue  # volume takes all entries of a session
            value, since = getattr(summary, kind), around[exercise].since[kind]
            beaten = holders.get((exercise, kind))
            yield _Found(entry, kind, before[kind], beaten, since is not None and since > value)
            holders[exercise, kind] = entry
        after = updated_bests(before, summary)
        # its next entry has this one to beat, in what was measured before this workout
        reached[exercise] = {
            kind: None if best is None else after[kind] for kind, best in before.items()
        }


def _shown(kind: str, entry: Entry, unit: Unit) -> str:
    """The set that it comes of, and the figure where that is another: "116.7 kg, by 100 kg × 5"."""
    exercise, sets = entry.exercise, entry.sets.all()
    figure = figure_text(
        kind, summary_of(entry), load_type=exercise.load_type, pace=exercise.pace, unit=unit
    )
    place = set_behind(kind, load_rule(exercise), [one.figures for one in sets])
    if place is None:
        return figure
    done = in_short([_bare(sets[place].as_text())], load_type=exercise.load_type)
    if kind == "best_e1rm_kg":
        return _("%(figure)s by %(sets)s") % {"figure": figure, "sets": done}
    if kind == "best_speed":
        return f"{figure}, {done}"
    return done if kind == "top_weight_kg" else figure


def _bare(one: SetText) -> SetText:
    return replace(one, rpe=None, kind=SetKind.WORKING)


def _first_to_reach(workout: Workout, found: Sequence[_Found]) -> dict[tuple[int, str], Entry]:
    """By exercise and kind the entries that first reached these bests, with their sets and the day
    of their workout. 1 query.
    """
    place = place_of(workout)
    earlier = Entry.objects.all().before(athlete=workout.athlete_id, **place).order_by(*IN_ORDER)
    firsts = [
        earlier.filter(exercise=each.exercise, **{each.kind: each.best}).values("pk")[:1]
        for each in found
    ]
    rows = (
        Entry.objects.filter(
            is_of(workout.athlete_id), reduce(or_, [Q(pk=Subquery(first)) for first in firsts])
        )
        .order_by(*IN_ORDER, "sets__position")
        .values_list("workout__day", *ENTRY, *(f"sets__{name}" for name in SET))
    )
    exercises = {each.exercise.pk: each.exercise for each in found}
    entries = [
        _entry(day, exercises, [row[1:] for row in some])
        for (day, _), some in groupby(rows, itemgetter(0, 1))
    ]
    return {
        (each.exercise.pk, each.kind): next(
            entry
            for entry in entries
            if entry.exercise == each.exercise and getattr(entry, each.kind) == each.best
        )
        for each in found
    }


def _entry(day: date, exercises: Mapping[int, Exercise], rows: Sequence[Row]) -> Entry:
    """Of a row for each of its sets."""
    entry: Entry = Entry.from_db(DEFAULT_DB_ALIAS, ENTRY, rows[0][: len(ENTRY)])
    entry.exercise = exercises[entry.exercise_id]
    entry.workout = Workout(pk=entry.workout_id, day=day)
    sets: list[LoggedSet] = []
    for row in rows:
        logged: LoggedSet = LoggedSet.from_db(DEFAULT_DB_ALIAS, SET, row[len(ENTRY) :])
        logged.entry = entry
        sets.append(logged)
    entry.__dict__["_prefetched_objects_cache"] = {"sets": sets}
    return entry


def _sides(
    athlete: Parameter, day: Parameter, started_at: Parameter, pk: Parameter
) -> "QuerySet[Any, Any]":
    """A row for each exercise of the workout and each side of it in time, with the bests there."""
    history = Workout.objects.filter(athlete=athlete).order_by()
    later = history.filter(beside("gt", day, started_at, pk))
    done = Entry.objects.filter(is_of(athlete), workout=pk)
    is_before = Case(
        When(Q(workout=pk) | Q(workout__in=later.values("pk")), then=Value(0)), default=Value(1)
    )
    return (
        Entry.objects.filter(athlete=athlete, exercise__in=done.values("exercise"))
        .exclude(workout__in=history.deleted().values("pk"))
        .order_by()
        .values_list("exercise", is_before)
        .annotate(*map(Max, KINDS))
    )


_bests = PreparedQuery(
    _sides,
    athlete=BigIntegerField(),
    day=DateField(),
    started_at=DateTimeField(),
    pk=UUIDField(),
)
