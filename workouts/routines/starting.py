"""Starting a workout from a routine, and keeping from which one it was."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exercises.names import name_key
from exercises.search.lookup import NameIndex
from workouts.grid.changes import offer
from workouts.grid.fields import Block, Grid, Row
from workouts.grid.page import BlockPlan
from workouts.lines import finder
from workouts.models import Athlete, Routine
from workouts.routine_format import parse_routine, print_planned
from workouts.routines.page import PlannedExercise
from workouts.saving import NOT_STARTED, Started
from workouts.text_format import clean_name
from workouts.text_format.cells import SetCells
from workouts.text_format.printer import print_name, superset_places
from workouts.vocabulary import Unit


@dataclass(frozen=True, slots=True)
class Start:
    """The routine that the log form begins with."""

    routine: Routine
    exercises: Sequence[PlannedExercise]


def routine_asked_for(athlete: Athlete, key: str) -> Routine | None:
    """The athlete's routine of this key, entries loaded. 2 queries where there is one."""
    try:
        asked = uuid.UUID(key)
    except ValueError:
        return None
    return athlete.routines.live().with_entries().filter(pk=asked).first()


def start_text(planned: Sequence[PlannedExercise]) -> str:
    """The text to begin the log with: a line for each exercise with the sets to do next, or none
    where its weight is not known yet.
    """
    lines = []
    places = superset_places(each.entry.superset for each in planned)
    for each, place in zip(planned, places, strict=True):
        name = print_name(each.entry.exercise.name, each.entry.superset, place)
        lines.append(f"{name}{each.next_sets}")
    return "\n".join(lines)


def start_grid(routine: Routine, planned: Iterable[PlannedExercise], *, unit: str) -> Grid:
    """The grid to begin the log with: the sets to do next are offered lightly, nothing is ticked.
    An exercise whose weight is not known yet has as many empty rows as sets are planned.
    """
    blocks = [_block(number, each, unit) for number, each in enumerate(planned, start=1)]
    return Grid(tuple(blocks), title=routine.name)


def _block(number: int, each: PlannedExercise, unit: str) -> Block:
    if each.offered:
        rows = [
            offer(one, place, each.planned.load_type, unit=unit)
            for place, one in enumerate(each.offered, start=1)
        ]
    else:
        rows = [
            Row(place, SetCells(unit=unit, kind=target.kind))
            for place, target in enumerate(each.planned.targets, start=1)
        ]
    return Block(number, each.entry.exercise.name, each.entry.superset, rows=tuple(rows))


def plans_of(
    plan: str, grid: Grid, names: Callable[[], NameIndex], started: Start | None = None
) -> dict[int, BlockPlan]:
    """What a routine's text asks of the exercises of a grid, by the numbers of their blocks: of one
    that is there twice, one after the other.
    """
    if not plan:
        return {}
    waiting: defaultdict[str, list[BlockPlan]] = defaultdict(list)
    index = names()
    planned = parse_routine(plan, find=finder(index), unit=Unit.KG).routine.entries
    whys = [each.suggestion.why for each in started.exercises] if started else [""] * len(planned)
    for entry, why in zip(planned, whys, strict=False):
        waiting[_key(entry.name, index)].append(
            BlockPlan(print_planned(entry), why, entry.rest_seconds)
        )
    plans = {}
    for block in grid.blocks:
        if not block.is_removed and (left := waiting.get(_key(block.name, index))):
            plans[block.number] = left.pop(0)
    return plans


def _key(name: str, index: NameIndex) -> str:
    exercise = index.find(clean_name(name)) if name.strip() else None
    return name_key(exercise.name if exercise else name)


def started_from(athlete: Athlete, posted: Mapping[str, Any]) -> Started:
    """What a saved workout keeps of its routine, by the form's fields: also of one that was deleted
    or changed since. 1-2 queries where there is one.
    """
    key = posted.get("routine")
    routine = athlete.routines.filter(pk=key).first() if key else None
    if routine is None:
        return NOT_STARTED
    sent = posted.get("plan", "").strip()
    parsed = parse_routine(sent, find=lambda name: None, unit=Unit(athlete.unit))
    is_plan = parsed.routine.entries and not parsed.problems
    return Started(routine, sent if is_plan else routine.text)
