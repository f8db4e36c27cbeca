"""What a workout had of the routine that it was started from."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exercises.models.shown_names import exercise_name
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from exercises.sentences import Sentence
from exercises.vocabulary import LoadType
from workouts.models import Entry, Workout
from workouts.reckoning.adherence import deviations
from workouts.routine_format import PlannedEntry, parse_routine, print_targets
from workouts.vocabulary import Unit

FindNames = Callable[[], NameIndex]


def no_names() -> NameIndex:
    return NameIndex(())


@dataclass(frozen=True, slots=True)
class PlanOfEntry:
    """What was planned of an exercise, as text, and what was done otherwise."""

    targets: str
    deviations: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``by_entry`` has what was planned of entries, by their keys; ``left_out`` what was not done:
    names with their targets.
    """

    by_entry: dict[int, PlanOfEntry]
    left_out: tuple[tuple[str, str], ...]


def compared_with_plan(workout: Workout, names: FindNames) -> Comparison:
    """A workout, entries loaded, beside its plan. ``names`` are asked for where an exercise of the
    plan goes by another name since.
    """
    done: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in workout.entries.all() if workout.plan else ():
        done[name_key(entry.exercise.name)].append(entry)
    load_types = {key: LoadType(each[0].exercise.load_type) for key, each in done.items()}
    plan = parse_routine(
        workout.plan, find=lambda name: load_types.get(name_key(name)), unit=Unit.KG
    ).routine.entries
    planned: defaultdict[str, list[PlannedEntry]] = defaultdict(list)
    for each in plan:
        planned[_key(each.name, done, names)].append(each)
    by_entry = {
        entry.pk: shown
        for key, entries in planned.items()
        if key in done
        for entry, shown in _compared(entries, done[key])
    }
    left_out = [
        (_shown(each.name, names), print_targets(each.targets, each.load_type))
        for key, entries in planned.items()
        if key not in done
        for each in entries
    ]
    return Comparison(by_entry, tuple(left_out))


def _shown(name: str, names: FindNames) -> str:
    """What the reader calls it, in English as the plan does."""
    exercise = names().find(name)
    return exercise_name(exercise.slug, name) if exercise else name


def _key(name: str, done: dict[str, list[Entry]], names: FindNames) -> str:
    """The key of the name that the exercise has by now."""
    key = name_key(name)
    if key not in done and (exercise := names().find(name)):
        return name_key(exercise.name)
    return key


def _compared(
    planned: Sequence[PlannedEntry], done: Sequence[Entry]
) -> list[tuple[Entry, PlanOfEntry]]:
    """Entries of one exercise: each beside its own plan, or all together at the first one."""
    if len(planned) == len(done):
        return [(entry, _plan([each], [entry])) for each, entry in zip(planned, done, strict=True)]
    return [(done[0], _plan(planned, done))]


def _plan(planned: Sequence[PlannedEntry], done: Sequence[Entry]) -> PlanOfEntry:
    load_type = LoadType(done[0].exercise.load_type)
    targets = [target for each in planned for target in each.targets]
    sets = [one for entry in done for one in entry.as_text().sets]
    return PlanOfEntry(
        print_targets(targets, load_type), tuple(deviations(targets, sets, load_type=load_type))
    )
