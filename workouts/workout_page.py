"""One workout as its page shows it: entries in supersets, sets numbered, records, totals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import starmap

from django.utils.translation import gettext as _

from exercises.languages import shown_number, shown_sets
from exercises.models import Exercise
from exercises.models.shown_names import exercise_name
from workouts.models import Athlete, Entry, LoggedSet, Workout
from workouts.progress.exercise import volume_rule, volume_text
from workouts.progress.new_records import (
    LOGGED_HERE,
    BestsOfExercise,
    NewRecord,
    bests_around,
    records_of,
)
from workouts.progress.session_sets import as_told, tells_pace
from workouts.reckoning.strength import is_conditioning, set_numbers
from workouts.reckoning.supersets import in_turn
from workouts.routines.comparing import (
    Comparison,
    FindNames,
    PlanOfEntry,
    compared_with_plan,
    no_names,
)
from workouts.vocabulary import Unit
from workouts.wording import workout_name


@dataclass(frozen=True, slots=True)
class NumberedSet:
    """A set and its number; warm-ups have none. ``measure`` is what it consists of: "× 8" after a
    load, else "8 reps", "30 s", "5 km in 25:00, 5:00 /km".
    """

    logged: LoggedSet
    number: int | None
    measure: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """``records`` says which bests it beat; ``is_first`` that it was never done before;
    ``plan`` what the routine asked for that the workout was started from.
    """

    entry: Entry
    sets: tuple[NumberedSet, ...]
    records: tuple[NewRecord, ...]
    is_first: bool
    plan: PlanOfEntry | None


@dataclass(frozen=True, slots=True)
class Block:
    """Entries that were done in turn, or a single one without a letter."""

    superset: str
    entries: tuple[ShownEntry, ...]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """``name`` is what the workout is called; ``may_have_further`` says whether ``further_records``
    are worth asking for.
    """

    name: str
    blocks: tuple[Block, ...]
    totals: tuple[tuple[str, str], ...]
    volume_rule: str
    sets_rule: str
    may_have_further: bool
    left_out: tuple[tuple[str, str], ...]


def session_page(athlete: Athlete, workout: Workout, *, names: FindNames = no_names) -> SessionPage:
    """What a workout's page shows, of one with its entries loaded. 1 query, 1 more where there
    are new records, and those of ``names`` where the plan has an exercise that the workout has not.
    """
    entries = list(workout.entries.all())
    plan = compared_with_plan(workout, names)
    around = bests_around(workout)
    records = records_of(athlete, workout, around)
    shown = list(_shown(workout, around, records, plan, Unit(athlete.unit)))
    return SessionPage(
        name=workout_name(
            workout.title,
            [exercise_name(each.exercise.slug, each.exercise.name) for each in entries],
        ),
        blocks=tuple(starmap(Block, in_turn(shown, lambda each: each.entry.superset))),
        totals=tuple(_totals(workout, entries, athlete.unit)),
        volume_rule=_volume_rule(entries),
        sets_rule=_sets_rule(entries),
        may_have_further=bool(around) and workout.source in LOGGED_HERE,
        left_out=plan.left_out,
    )


def _shown(
    workout: Workout,
    around: Mapping[int, BestsOfExercise],
    records: Mapping[int, tuple[NewRecord, ...]],
    plan: Comparison,
    unit: Unit,
) -> Iterator[ShownEntry]:
    for entry in workout.entries.all():
        sets = entry.sets.all()
        numbers = set_numbers(logged.figures for logged in sets)
        yield ShownEntry(
            entry,
            tuple(
                NumberedSet(one, number, _measure(one, entry.exercise, unit))
                for one, number in zip(sets, numbers, strict=True)
            ),
            records.get(entry.pk, ()),
            is_first=entry.exercise_id not in around,
            plan=plan.by_entry.get(entry.pk),
        )


def _measure(one: LoggedSet, exercise: Exercise, unit: Unit) -> str:
    if not tells_pace(exercise):
        return one.measure
    return shown_sets(as_told(one.as_text(), exercise.pace, unit))


def _volume_rule(entries: list[Entry]) -> str:
    counted = [entry.exercise for entry in entries if entry.volume_kg]
    return volume_rule(counted) if counted else ""


def _sets_rule(entries: list[Entry]) -> str:
    if not any(map(_is_conditioning, entries)):
        return ""
    return _("Conditioning counts no working sets: a week’s sets are of lifts, near failure.")


def _is_conditioning(entry: Entry) -> bool:
    return is_conditioning(entry.exercise.load_type, entry.exercise.pattern)


def _totals(workout: Workout, entries: list[Entry], unit: Unit) -> Iterator[tuple[str, str]]:
    if workout.minutes:
        yield _("Time"), f"{workout.minutes} min"
    if any(not _is_conditioning(entry) for entry in entries) or not entries:
        yield _("Working sets"), str(sum(entry.hard_sets for entry in entries))
    if reps := sum(entry.reps for entry in entries):
        yield _("Reps"), shown_number(f"{reps:,}")
    if volume_kg := sum(entry.volume_kg or 0 for entry in entries):
        yield _("Volume"), volume_text(Decimal(volume_kg), unit)
