"""What our own export has besides workouts, put back. What is there already stays as it is."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

from exercises.counting import whole_number
from exercises.models import Equipment, Exercise, Muscle, Status
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from exercises.vocabulary import BODYWEIGHT_LOADS, IMPLEMENT_LOADS, Pace, Pattern
from workouts.bars import Rack, set_racks
from workouts.data.importers import Besides, cells
from workouts.data.importers.backtrain import MOST
from workouts.data.importers.cells import BadCell
from workouts.data.importers.documents import (
    Document,
    documents_of,
    load_type_of,
    strings_of,
    text_of,
)
from workouts.models import Athlete
from workouts.own_exercises import (
    MAX_ALIASES,
    MAX_STEP,
    MAX_STEPS,
    NamesTaken,
    OwnExerciseFacts,
    create_own_exercise,
    names_of,
)
from workouts.reckoning.balance import LEAST_TARGET, MOST_TARGET
from workouts.reckoning.body_weight import is_of_a_person
from workouts.reckoning.plates import MOST_OF_A_PLATE
from workouts.reckoning.weights import rounded, to_kg
from workouts.routine_format import MAX_PLAN
from workouts.routines.reading import RoutineDraft, read_routine
from workouts.routines.saving import MAX_NAME, free_name, make_routine
from workouts.text_format import clean_name, clean_title, name_problem
from workouts.time_zones import known_time_zones
from workouts.vocabulary import Unit
from workouts.weighings import weigh_where_missing

MOST_BARS = 20


def restore(athlete: Athlete, besides: Besides) -> list[Exercise]:
    """Own exercises first, since the others name them; those are given back that are to be archived
    once the workouts are in. Part of a transaction that renewed the athlete's version.
    """
    if not athlete.workouts.exists():
        _settings(athlete, besides.settings)
    archived = _own_exercises(athlete, besides.own_exercises)
    index = names_of(athlete.user)
    _names(athlete, besides, index)
    _weighings(athlete, besides)
    _routines(athlete, besides, index)
    _goal(athlete, besides.goal)
    return archived


def _settings(athlete: Athlete, settings: Document) -> None:
    """Of an athlete who has logged nothing yet."""
    unit, zone = text_of(settings, "unit"), text_of(settings, "time_zone")
    if unit in Unit.values:
        athlete.unit = Unit(unit)
    if zone in known_time_zones():
        athlete.time_zone = zone
    if text_of(settings, "week_start") in ("1", "6", "7"):
        athlete.week_start = int(text_of(settings, "week_start"))
    target = _number(settings, "balance_target", places=2)
    if target and LEAST_TARGET <= target <= MOST_TARGET:
        athlete.balance_target = round(target, 2)
    athlete.save()
    slugs = strings_of(settings, "equipment")
    athlete.equipment.set(Equipment.objects.ownable().filter(slug__in=slugs[:MOST]))
    _racks(athlete, settings)


def _racks(athlete: Athlete, settings: Document) -> None:
    """Their bars and plates; of a unit without a bar none."""
    racks = [
        Rack(
            unit,
            list(dict(_loads(settings, "bars", unit)))[:MOST_BARS],
            dict(_loads(settings, "plates", unit)),
        )
        for unit in Unit
    ]
    with_bars = [rack for rack in racks if rack.bars]
    if with_bars:
        set_racks(athlete=athlete, racks=with_bars)


def _loads(settings: Document, key: str, unit: Unit) -> Iterator[tuple[Decimal, int]]:
    """Weights of a unit with how many there are of each."""
    for one in documents_of(settings, key):
        weight = _number(one, "weight")
        count = whole_number(text_of(one, "count") or "1") or 0
        if (
            text_of(one, "unit") == unit
            and weight
            and 0 < weight < MOST
            and 1 <= count <= MOST_OF_A_PLATE
        ):
            yield weight, count


def _own_exercises(athlete: Athlete, documents: Sequence[Document]) -> list[Exercise]:
    """Make those whose names aren't known; which are to be archived, or are already."""
    muscles = set(Muscle.objects.volume_units().values_list("slug", flat=True))
    equipment = set(Equipment.objects.values_list("slug", flat=True))
    archived = list(athlete.user.own_exercises.filter(status=Status.ARCHIVED))
    there = tuple(archived)
    for one in documents:
        facts = _facts(one, muscles, equipment)
        if facts and not names_of(athlete.user, first=there).find(facts.name):
            made = _own_exercise(athlete, facts)
            archived += [made] if text_of(one, "status") == Status.ARCHIVED else []
    return archived


def _own_exercise(athlete: Athlete, facts: OwnExerciseFacts) -> Exercise:
    """Without further names, where one of them is taken."""
    try:
        return create_own_exercise(owner=athlete.user, facts=facts)
    except NamesTaken:
        return create_own_exercise(owner=athlete.user, facts=replace(facts, aliases=()))


def _facts(
    document: Document, muscles: Container[str], equipment: Container[str]
) -> OwnExerciseFacts | None:
    """None where the name can't be one."""
    name = _name(document, "name")
    if not name:
        return None
    load_type = load_type_of(document)
    moved = [
        2 if load_type in IMPLEMENT_LOADS and text_of(document, key) == "2" else 1
        for key in ("implements", "implements_one_side")
    ]
    fraction = _number(document, "bodyweight_fraction", places=2)
    pattern, pace = text_of(document, "pattern"), text_of(document, "pace")
    has_fraction = fraction and 0 < fraction <= 1 and load_type in BODYWEIGHT_LOADS
    return OwnExerciseFacts(
        name=name,
        load_type=load_type,
        implements=max(moved),
        implements_one_side=moved[1],
        bodyweight_fraction=fraction if has_fraction else None,
        pace=Pace(pace) if pace in Pace.values else Pace.PER_KM,
        pattern=pattern if pattern in Pattern.values else "",
        primary=[one for one in strings_of(document, "primary") if one in muscles],
        secondary=[one for one in strings_of(document, "secondary") if one in muscles],
        equipment=[one for one in strings_of(document, "equipment") if one in equipment],
        aliases=list(filter(_is_name, strings_of(document, "aliases")))[:MAX_ALIASES],
        steps=[one[:MAX_STEP] for one in strings_of(document, "steps") if one.strip()][:MAX_STEPS],
    )


def _names(athlete: Athlete, besides: Besides, index: NameIndex) -> None:
    for one in besides.own_names:
        name, exercise = _name(one, "name"), index.find(text_of(one, "exercise"))
        if exercise and name and not index.find(name):
            athlete.own_names.get_or_create(
                key=name_key(name), defaults={"name": name, "exercise": exercise}
            )
    for favourite in besides.favourites:
        if exercise := index.find(favourite):
            athlete.favourites.get_or_create(exercise=exercise)


def _weighings(athlete: Athlete, besides: Besides) -> None:
    """On days without one."""
    weighings = (
        (on, rounded(weight, 3), unit)
        for on, weight, unit in besides.body_weights
        if is_of_a_person(to_kg(weight, unit))
    )
    weigh_where_missing(athlete=athlete, weighings=weighings)


def _routines(athlete: Athlete, besides: Besides, index: NameIndex) -> None:
    """Those whose name is not taken and whose exercises are all known."""
    for one in besides.routines:
        name, text = clean_title(text_of(one, "name"))[:MAX_NAME].rstrip(), text_of(one, "text")
        if not name or len(text) > MAX_PLAN or free_name(athlete, name) != name:
            continue
        reading = read_routine(text, index=index, unit=Unit(athlete.unit))
        if not reading.entries:
            continue
        weekdays = "".join(day for day in "1234567" if day in text_of(one, "weekdays"))
        draft = RoutineDraft(name, weekdays, reading.parsed.routine.notes, reading.entries)
        make_routine(athlete=athlete, key=uuid4(), draft=draft)


def _goal(athlete: Athlete, goal: Document) -> None:
    """Of the body weight, if there is none."""
    weight, unit = _number(goal, "weight"), text_of(goal, "unit")
    if athlete.goal_weight is not None or not weight or unit not in Unit.values:
        return
    if is_of_a_person(to_kg(weight, Unit(unit))):
        athlete.goal_weight, athlete.goal_unit = weight, unit
        athlete.save()


def _number(document: Document, key: str, *, places: int = 3) -> Decimal | None:
    """A number with so many decimals; None for what is no number."""
    try:
        value = cells.exact(text_of(document, key))
    except BadCell:
        return None
    return None if value is None else rounded(value, places)


def _name(document: Document, key: str) -> str:
    """The name as exercises can have it; empty where it can't be one."""
    name = clean_name(text_of(document, key))
    return name if _is_name(name) else ""


def _is_name(name: str) -> bool:
    return not name_problem(name) and bool(name_key(name))
