"""A routine as its page and the log show it: what is planned, what was done, what comes next."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import starmap

from exercises.models import Exercise
from exercises.vocabulary import LoadType
from workouts.models import Athlete, Routine, RoutineEntry
from workouts.progress.trained_muscles import Trained, trained_by_plan
from workouts.reckoning.progression import Offer, Suggestion, suggest
from workouts.reckoning.steps import weight_step
from workouts.reckoning.supersets import in_turn
from workouts.routine_format import PlannedEntry, print_targets
from workouts.routines.last_times import LastTime, last_times
from workouts.text_format import Load, SetText, print_sets, sign_of
from workouts.vocabulary import SetKind, Unit

Equipment = Callable[[Exercise], Collection[str]]
WEIGHTED = (
    LoadType.EXTERNAL,
    LoadType.PER_HAND,
    LoadType.ASSISTED_BODYWEIGHT,
    LoadType.WEIGHTED_DURATION,
)


@dataclass(frozen=True, slots=True)
class LastDone:
    """The last time of an exercise, as text; ``is_here`` says that it was in this routine."""

    day: date
    sets: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """One exercise of a routine. ``offered`` are the sets to do next, empty where the weight is for
    the athlete to choose; ``elsewhere`` is a later time outside this routine.
    """

    entry: RoutineEntry
    planned: PlannedEntry
    suggestion: Suggestion
    offered: tuple[SetText, ...]
    last: LastDone | None
    elsewhere: LastDone | None

    @property
    def targets(self) -> str:
        return print_targets(self.planned.targets, self.planned.load_type)

    @property
    def rest(self) -> str:
        """ "2 min", "90 s"; empty where none is said."""
        seconds = self.planned.rest_seconds
        if not seconds:
            return ""
        minutes, left = divmod(seconds, 60)
        return f"{minutes} min" if minutes and not left else f"{seconds} s"

    @property
    def next_sets(self) -> str:
        """The sets to do next, as text."""
        return print_sets(self.offered, load_type=self.planned.load_type) if self.offered else ""


@dataclass(frozen=True, slots=True)
class Block:
    """Exercises that are done in turn, or a single one without a letter."""

    superset: str
    exercises: tuple[PlannedExercise, ...]


@dataclass(frozen=True, slots=True)
class RoutinePage:
    blocks: tuple[Block, ...]
    trained: Trained

    @property
    def exercises(self) -> list[PlannedExercise]:
        return [each for block in self.blocks for each in block.exercises]

    @property
    def set_count(self) -> int:
        return sum(each.planned.working_sets for each in self.exercises)


def routine_page(athlete: Athlete, routine: Routine, equipment: Equipment) -> RoutinePage:
    """What the page of a routine shows, its entries loaded. 2 queries."""
    planned = planned_exercises(athlete, routine, equipment)
    sets: Counter[int] = Counter()
    for each in planned:
        sets[each.entry.exercise_id] += each.planned.working_sets
    blocks = starmap(Block, in_turn(planned, lambda each: each.entry.superset))
    return RoutinePage(tuple(blocks), trained_by_plan(sets))


def planned_exercises(
    athlete: Athlete, routine: Routine, equipment: Equipment
) -> list[PlannedExercise]:
    """The exercises of a routine, its entries loaded, with what to do of each next. 1 query.

    ``equipment`` gives the slugs of what an exercise is done with, for the steps of its weights.
    """
    entries = list(routine.entries.all())
    exercises = {entry.exercise_id: entry.exercise for entry in entries}
    here, elsewhere = last_times(athlete, exercises.values(), routine.pk)
    count = Counter(entry.exercise_id for entry in entries)
    seen: Counter[int] = Counter()
    planned = []
    for entry in entries:
        pk = entry.exercise_id
        planned.append(
            planned_exercise(
                entry,
                here.get(pk),
                elsewhere.get(pk),
                place=(seen[pk], count[pk]),
                equipment=equipment(entry.exercise),
                unit=Unit(athlete.unit),
            )
        )
        seen[pk] += 1
    return planned


def planned_exercise(
    entry: RoutineEntry,
    here: LastTime | None,
    elsewhere: LastTime | None,
    *,
    place: tuple[int, int],
    equipment: Collection[str],
    unit: Unit,
) -> PlannedExercise:
    """What to do next after the last time in the routine, or else outside it. ``place`` is which of
    how many places of its exercise in the routine it is.
    """
    planned, load_type = entry.as_text(), LoadType(entry.exercise.load_type)
    last = here or elsewhere
    sets = last.of(*place) if last else ()
    suggestion = suggest(
        planned.targets,
        sets,
        load_type=load_type,
        steps={each: weight_step(load_type, equipment, each) for each in Unit},
        unit=unit,
        is_elsewhere=here is None,
    )
    later = elsewhere if here and elsewhere and elsewhere.day > here.day else None
    return PlannedExercise(
        entry=entry,
        planned=planned,
        suggestion=suggestion,
        offered=tuple(_offered(suggestion.sets, load_type, is_known=bool(sets))),
        last=_done(last, sets, load_type, is_here=here is not None),
        elsewhere=_done(later, later.of(*place), load_type) if later else None,
    )


def _done(
    last: LastTime | None,
    sets: tuple[SetText, ...],
    load_type: LoadType,
    *,
    is_here: bool = False,
) -> LastDone | None:
    if last is None or not sets:
        return None
    return LastDone(last.day, print_sets(sets, load_type=load_type), is_here)


def _offered(offers: Sequence[Offer], load_type: LoadType, *, is_known: bool) -> Iterator[SetText]:
    """The sets as the log has them; none at all where a working set lacks its weight.

    A set of an exercise that ``is_known`` had none last time either, such as with a band.
    """
    is_weighted = load_type in WEIGHTED and not is_known
    lacking = [offer for offer in offers if is_weighted and offer.weight is None]
    if any(offer.kind != SetKind.WARMUP for offer in lacking):
        return
    for offer in offers:
        if offer not in lacking:
            yield _set_text(offer, load_type)


def _set_text(offer: Offer, load_type: LoadType) -> SetText:
    load = None
    if offer.weight is not None:
        load = Load(*offer.weight, sign_of(load_type) if offer.weight.amount else "")
    return SetText(
        load=load,
        reps=offer.reps,
        seconds=offer.seconds,
        metres=offer.metres,
        kind=offer.kind,
        side=offer.side,
    )
