"""New bests that take more than an entry's summary: the most reps with the heaviest load of a
workout or more, the fastest over a distance, and the most volume of an exercise in a session.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter, itemgetter
from uuid import UUID

from django.db.models import Min, Q, Sum
from django.utils.translation import gettext as _

from exercises.languages import shown_number
from exercises.models import Exercise
from exercises.models.shown_names import exercise_name
from workouts.models import Athlete, Entry, LoggedSet, Workout
from workouts.models.keys import is_of
from workouts.models.log import workout_address
from workouts.progress.equal_sets import Place, address_of, day_of, load_kg
from workouts.progress.exercise import load_text, volume_text
from workouts.progress.new_records import (
    LOGGED_HERE,
    Beaten,
    BestsOfExercise,
    NewRecord,
    bests_around,
    place_of,
)
from workouts.reckoning.pace import clock, distance
from workouts.reckoning.rep_maxes import EqualSets
from workouts.saving import load_rule
from workouts.vocabulary import SetKind, Unit
from workouts.wording import day_text

Sets = list[EqualSets]
MOST_TOLD = 3
ROW = ("weight", "unit", "reps", "seconds", "metres")


@dataclass(frozen=True, slots=True)
class FurtherRecords:
    """Each with the name of its exercise, in the order of the workout; those of reps first."""

    records: tuple[tuple[str, NewRecord], ...] = ()

    @property
    def told(self) -> tuple[tuple[str, NewRecord], ...]:
        return self.records[:MOST_TOLD]

    @property
    def folded(self) -> tuple[tuple[str, NewRecord], ...]:
        return self.records[MOST_TOLD:]


def further_records(athlete: Athlete, workout: Workout) -> FurtherRecords:
    """Of a workout with its sets loaded. 1 query, at most 2 more where something could be new."""
    if workout.source not in LOGGED_HERE:
        return FurtherRecords()
    around = bests_around(workout)
    done = {
        exercise: list(entries)
        for exercise, entries in groupby(
            sorted(workout.entries.all(), key=lambda each: (each.exercise_id, each.position)),
            key=attrgetter("exercise_id"),
        )
        if exercise in around
    }
    sets = {exercise: _sets_of(entries) for exercise, entries in done.items()}
    earlier = _earlier_sets(workout, {key: some for key, some in sets.items() if some})
    volumes = _earlier_volumes(workout, done, around)
    unit = Unit(athlete.unit)
    found: list[tuple[int, int, str, NewRecord]] = []
    for exercise, entries in done.items():
        subject, before = entries[0].exercise, earlier.get(exercise, [])
        name = exercise_name(subject.slug, subject.name)
        for rank, records in enumerate(
            (
                _most_reps(subject, sets[exercise], before, unit),
                _fastest(subject, sets[exercise], before, unit),
                _most_volume(entries, volumes.get(exercise), unit),
            )
        ):
            found += [(rank, entries[0].position, name, record) for record in records]
    found.sort(key=itemgetter(0, 1))
    return FurtherRecords(tuple((name, record) for _, _, name, record in found))


def _sets_of(entries: Iterable[Entry]) -> Sets:
    """The working sets that could be records: those with the heaviest load, and timed distances."""
    sets = [
        _equal(entry.exercise, one.weight, one.unit, one.reps, one.seconds, one.metres)
        for entry in entries
        for one in entry.sets.all()
        if not one.is_warmup
    ]
    loads = [one.load_kg for one in sets if one.reps and one.load_kg is not None]
    heaviest = max(loads, default=None)
    return [
        one
        for one in sets
        if (one.reps and heaviest is not None and one.load_kg == heaviest)
        or (one.metres and one.seconds)
    ]


def _equal(
    exercise: Exercise,
    weight: Decimal | None,
    unit: str,
    reps: int | None,
    seconds: int | None,
    metres: Decimal | None,
    place: str = "",
) -> EqualSets:
    return EqualSets(load_kg(load_rule(exercise), weight, unit), reps, seconds, metres, place)


def _earlier_sets(workout: Workout, sets: Mapping[int, Sets]) -> dict[int, Sets]:
    """What could have been more of each exercise: sets as heavy, and timed distances. 1 query."""
    wanted = Q()
    for exercise, some in sets.items():
        loads = [one.load_kg for one in some if one.reps and one.load_kg is not None]
        if any(one.metres for one in some):
            wanted |= Q(exercise=exercise)
        elif loads:
            wanted |= Q(exercise=exercise, top_weight_kg__gte=min(loads))
    if not wanted:
        return {}
    earlier = Entry.objects.all().before(athlete=workout.athlete_id, **place_of(workout))
    rows = (
        LoggedSet.objects.filter(
            is_of(workout.athlete_id), entry__in=earlier.filter(wanted).order_by().values("pk")
        )
        .exclude(kind=SetKind.WARMUP)
        .order_by()
        .values_list("entry__exercise", *ROW)
        .annotate(place=Min(Place("entry__workout")))
    )
    exercises = {entry.exercise_id: entry.exercise for entry in workout.entries.all()}
    found: dict[int, Sets] = {}
    for exercise, *row in rows:
        found.setdefault(exercise, []).append(_equal(exercises[exercise], *row))
    return found


def _most_reps(exercise: Exercise, sets: Sets, earlier: Sets, unit: Unit) -> Iterator[NewRecord]:
    """More with the heaviest load of this workout than ever with as much or more."""
    now = max(
        (one for one in sets if one.reps and one.load_kg is not None), key=_reps, default=None
    )
    if now is None or now.load_kg is None:
        return
    as_heavy = [
        one
        for one in earlier
        if one.reps and one.load_kg is not None and one.load_kg >= now.load_kg
    ]
    best = min(as_heavy, key=lambda one: (-_reps(one), one.place), default=None)
    if best and _reps(now) > _reps(best):
        load = load_text(now.load_kg, load_type=exercise.load_type, unit=unit)
        label = _("Most reps with %(load)s") % {"load": load}
        yield NewRecord(label, f"{now.reps}", _beaten(f"{best.reps}", best))


def _reps(one: EqualSets) -> int:
    return one.reps or 0


def _fastest(exercise: Exercise, sets: Sets, earlier: Sets, unit: Unit) -> Iterator[NewRecord]:
    """Less time over a distance than ever over the same with the same load."""
    timed = [one for one in sets if one.metres and one.seconds]
    for place in sorted({(one.metres or Decimal(0), one.load_kg) for one in timed}, key=str):
        now, *_slower = sorted(_at(place, timed), key=lambda one: one.seconds or 0)
        before = sorted(_at(place, earlier), key=lambda one: (one.seconds or 0, one.place))
        if before and (now.seconds or 0) < (before[0].seconds or 0):
            what = {"distance": shown_number(distance(place[0], exercise.pace, unit))}
            label = _("Fastest %(distance)s") % what
            if now.load_kg is not None:
                load = load_text(now.load_kg, load_type=exercise.load_type, unit=unit)
                label = _("Fastest %(distance)s with %(load)s") % {**what, "load": load}
            yield NewRecord(
                label,
                clock(now.seconds or 0),
                _beaten(clock(before[0].seconds or 0), before[0]),
            )


def _at(place: tuple[Decimal, Decimal | None], sets: Iterable[EqualSets]) -> Sets:
    return [one for one in sets if one.seconds and (one.metres, one.load_kg) == place]


def _beaten(shown: str, sets: EqualSets) -> Beaten:
    return Beaten(shown, day_text(day_of(sets), "j M Y"), address_of(sets))


def _earlier_volumes(
    workout: Workout,
    done: Mapping[int, Sequence[Entry]],
    around: Mapping[int, BestsOfExercise],
) -> dict[int, tuple[Decimal, str, UUID]]:
    """Of exercises of which no earlier entry has as much as this session, the session with most.
    1 query, none where there are none.
    """
    open_ = [
        exercise
        for exercise, entries in done.items()
        if (most := around[exercise].before.get("volume_kg")) and _volume(entries) > most
    ]
    if not open_:
        return {}
    rows = (
        Entry.objects.all()
        .before(athlete=workout.athlete_id, **place_of(workout))
        .filter(exercise__in=open_)
        .order_by("workout__day", "workout__started_at", "workout")
        .values_list("exercise", "workout", "workout__day", "workout__started_at")
        .annotate(total=Sum("volume_kg"))
    )
    found: dict[int, tuple[Decimal, str, UUID]] = {}
    for exercise, key, day, _at_time, total in rows:
        if total and (exercise not in found or total > found[exercise][0]):
            found[exercise] = (total, day_text(day, "j M Y"), key)
    return found


def _volume(entries: Iterable[Entry]) -> Decimal:
    return sum((entry.volume_kg or Decimal(0) for entry in entries), Decimal(0))


def _most_volume(
    entries: Sequence[Entry], before: tuple[Decimal, str, UUID] | None, unit: Unit
) -> Iterator[NewRecord]:
    if before and _volume(entries) > before[0]:
        beaten = Beaten(volume_text(before[0], unit), before[1], workout_address(before[2]))
        yield NewRecord(_("Most volume in a session"), volume_text(_volume(entries), unit), beaten)
