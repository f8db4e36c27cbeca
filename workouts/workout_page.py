"""One workout as its page shows it: entries in supersets, sets numbered, records, totals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import starmap

from django.db.models import BigIntegerField, DateField, DateTimeField, UUIDField

from exercises.prepared import PreparedQuery
from workouts.models import Athlete, Entry, LoggedSet, Workout
from workouts.progress.exercise import (
    RECORD_LABELS,
    figure_text,
    summary_of,
    volume_rule,
    volume_text,
)
from workouts.reckoning.records import SET_RECORD_KINDS, Bests, new_records, updated_bests
from workouts.reckoning.strength import set_numbers
from workouts.reckoning.supersets import in_turn
from workouts.routines.comparing import (
    Comparison,
    FindNames,
    PlanOfEntry,
    compared_with_plan,
    no_names,
)
from workouts.vocabulary import Unit


@dataclass(frozen=True, slots=True)
class NumberedSet:
    """A set and its number; warm-ups have none."""

    logged: LoggedSet
    number: int | None


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """``records`` says which bests it beat, and how; ``is_first`` that there were none before;
    ``plan`` what the routine asked for that the workout was started from.
    """

    entry: Entry
    sets: tuple[NumberedSet, ...]
    records: tuple[str, ...]
    is_first: bool
    plan: PlanOfEntry | None


@dataclass(frozen=True, slots=True)
class Block:
    """Entries that were done in turn, or a single one without a letter."""

    superset: str
    entries: tuple[ShownEntry, ...]


@dataclass(frozen=True, slots=True)
class SessionPage:
    blocks: tuple[Block, ...]
    totals: tuple[tuple[str, str], ...]
    volume_rule: str
    left_out: tuple[tuple[str, str], ...]


def session_page(athlete: Athlete, workout: Workout, *, names: FindNames = no_names) -> SessionPage:
    """What a workout's page shows, of one with its entries loaded. 1 query, and those of ``names``
    where the plan has an exercise that the workout has not.
    """
    entries = list(workout.entries.all())
    plan = compared_with_plan(workout, names)
    shown = list(_shown(entries, _bests_before(workout), athlete.unit, plan))
    return SessionPage(
        blocks=tuple(starmap(Block, in_turn(shown, lambda each: each.entry.superset))),
        totals=tuple(_totals(workout, entries, athlete.unit)),
        volume_rule=_volume_rule(entries),
        left_out=plan.left_out,
    )


def _bests_before(workout: Workout) -> dict[int, Bests]:
    """By exercise of the workout what it had to beat. 1 query."""
    place = {name: getattr(workout, name) for name in ("day", "started_at", "pk")}
    rows = _bests.rows(athlete=workout.athlete_id, **place)
    return {exercise: dict(zip(SET_RECORD_KINDS, bests, strict=True)) for exercise, *bests in rows}


_bests = PreparedQuery(
    lambda athlete, day, started_at, pk: (
        Entry.objects.filter(exercise__in=Entry.objects.filter(workout=pk).values("exercise"))
        .before(athlete=athlete, day=day, started_at=started_at, pk=pk)
        .bests()
    ),
    athlete=BigIntegerField(),
    day=DateField(),
    started_at=DateTimeField(),
    pk=UUIDField(),
)


def _shown(
    entries: list[Entry], bests: Mapping[int, Bests], unit: Unit, plan: Comparison
) -> Iterator[ShownEntry]:
    reached = dict(bests)
    for entry in entries:
        sets = entry.sets.all()
        numbers = set_numbers(logged.figures for logged in sets)
        before = reached.get(entry.exercise_id, {})
        yield ShownEntry(
            entry,
            tuple(map(NumberedSet, sets, numbers)),
            tuple(_records(entry, before, unit)),
            is_first=entry.exercise_id not in bests,
            plan=plan.by_entry.get(entry.pk),
        )
        if before:  # its next entry has this one to beat, in what was measured before this workout
            after = updated_bests(before, summary_of(entry))
            reached[entry.exercise_id] = {
                kind: after[kind] for kind in before if before[kind] is not None
            }


def _records(entry: Entry, before: Bests, unit: Unit) -> Iterator[str]:
    summary = summary_of(entry)
    for kind in new_records(before, summary):
        text = figure_text(kind, summary, load_type=entry.exercise.load_type, unit=unit)
        yield f"{RECORD_LABELS[kind].lower()}, {text}"


def _volume_rule(entries: list[Entry]) -> str:
    counted = [entry.exercise for entry in entries if entry.volume_kg]
    return volume_rule(counted) if counted else ""


def _totals(workout: Workout, entries: list[Entry], unit: Unit) -> Iterator[tuple[str, str]]:
    if workout.minutes:
        yield "Time", f"{workout.minutes} min"
    yield "Working sets", str(sum(entry.hard_sets for entry in entries))
    if reps := sum(entry.reps for entry in entries):
        yield "Reps", f"{reps:,}"
    if volume_kg := sum(entry.volume_kg or 0 for entry in entries):
        yield "Volume", volume_text(Decimal(volume_kg), unit)
