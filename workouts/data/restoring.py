"""What our own export has besides workouts, put back. What is there already stays as it is."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from exercises.models import Equipment, Exercise, LoadType, Muscle, Status
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from workouts.bars import Rack, set_racks
from workouts.data.importers import Besides
from workouts.models import Athlete, BodyWeight
from workouts.own_exercises import (
    NamesTaken,
    OwnExerciseFacts,
    create_own_exercise,
    names_of,
)
from workouts.reckoning.weights import to_kg
from workouts.routines.reading import RoutineDraft, read_routine
from workouts.routines.saving import free_name, make_routine
from workouts.text_format import clean_name, clean_title, name_problem
from workouts.time_zones import known_time_zones
from workouts.vocabulary import Unit

HEAVIEST = 1500  # of a body, a bar or a plate, in either unit
MOST_OF_A_WEIGHT = 99  # plates


def restore(athlete: Athlete, besides: Besides) -> list[Exercise]:
    """Own exercises first, since the others name them; those are given back that are to be archived
    once the workouts are in. Part of a transaction that renewed the athlete's version.
    """
    if not athlete.workouts.exists():
        _settings(athlete, besides.settings)
    archived = [
        made
        for one in besides.own_exercises
        if (made := _own_exercise(athlete, one)) and one.get("status") == Status.ARCHIVED
    ]
    index = names_of(athlete.user)
    _names(athlete, besides, index)
    _weighings(athlete, besides)
    _routines(athlete, besides, index)
    return archived


def _settings(athlete: Athlete, settings: Mapping[str, Any]) -> None:
    """Of an athlete who has logged nothing yet."""
    if settings.get("unit") in Unit.values:
        athlete.unit = Unit(settings["unit"])
    if settings.get("time_zone") in known_time_zones():
        athlete.time_zone = settings["time_zone"]
    if settings.get("week_start") in (1, 6, 7):
        athlete.week_start = settings["week_start"]
    athlete.save()
    slugs = _strings(settings.get("equipment"))
    athlete.equipment.set(Equipment.objects.ownable().filter(slug__in=slugs))
    _racks(athlete, settings)


def _racks(athlete: Athlete, settings: Mapping[str, Any]) -> None:
    """Their bars and plates; of a unit without a bar none."""
    racks = [
        Rack(
            unit,
            [weight for weight, _ in _loads(settings.get("bars"), unit)],
            dict(_loads(settings.get("plates"), unit)),
        )
        for unit in Unit
    ]
    with_bars = [rack for rack in racks if rack.bars]
    if with_bars:
        set_racks(athlete=athlete, racks=with_bars)


def _loads(documents: object, unit: Unit) -> Iterator[tuple[Decimal, int]]:
    """Weights with how many there are of each."""
    for one in documents if isinstance(documents, list) else ():
        if isinstance(one, dict) and one.get("unit") == unit and (weight := _weight(one)):
            count = one.get("count", 1)
            if isinstance(count, int) and 1 <= count <= MOST_OF_A_WEIGHT:
                yield weight, count


def _weight(document: Mapping[str, Any]) -> Decimal | None:
    """A weight of which rows can be made; None for any other."""
    text = document.get("weight")
    try:
        weight = Decimal(text) if isinstance(text, str) else Decimal(0)
    except InvalidOperation:
        return None
    return weight if weight.is_finite() and 0 < weight < HEAVIEST else None


def _own_exercise(athlete: Athlete, document: Mapping[str, Any]) -> Exercise | None:
    """None where the name is known already, or can't be one."""
    name = clean_name(str(document.get("name", "")))
    if name_problem(name) or not name_key(name) or names_of(athlete.user).find(name):
        return None
    facts = _facts(name, document)
    try:
        return create_own_exercise(owner=athlete.user, facts=facts)
    except NamesTaken:
        return create_own_exercise(
            owner=athlete.user, facts=_facts(name, {**document, "aliases": []})
        )


def _facts(name: str, document: Mapping[str, Any]) -> OwnExerciseFacts:
    known = LoadType.values
    load_type = document.get("load_type")
    fraction = document.get("bodyweight_fraction")
    muscles = set(Muscle.objects.filter(is_volume_unit=True).values_list("slug", flat=True))
    equipment = set(Equipment.objects.values_list("slug", flat=True))
    return OwnExerciseFacts(
        name=name,
        load_type=LoadType(load_type) if load_type in known else LoadType.EXTERNAL,
        implements=2 if document.get("implements") == 2 else 1,
        implements_one_side=2 if document.get("implements_one_side") == 2 else 1,
        bodyweight_fraction=Decimal(fraction) if isinstance(fraction, str) else None,
        primary=[one for one in _strings(document.get("primary")) if one in muscles],
        secondary=[one for one in _strings(document.get("secondary")) if one in muscles],
        equipment=[one for one in _strings(document.get("equipment")) if one in equipment],
        aliases=[one for one in _strings(document.get("aliases")) if not name_problem(one)],
        steps=_strings(document.get("steps")),
    )


def _names(athlete: Athlete, besides: Besides, index: NameIndex) -> None:
    for one in besides.own_names:
        name, exercise = clean_name(str(one.get("name"))), index.find(str(one.get("exercise")))
        key = name_key(name)
        if exercise and key and not name_problem(name) and not index.find(name):
            athlete.own_names.get_or_create(key=key, defaults={"name": name, "exercise": exercise})
    for favourite in besides.favourites:
        if exercise := index.find(favourite):
            athlete.favourites.get_or_create(exercise=exercise)


def _weighings(athlete: Athlete, besides: Besides) -> None:
    """On days without one."""
    there = set(athlete.body_weights.values_list("weighed_on", flat=True))
    BodyWeight.objects.bulk_create(
        BodyWeight(
            athlete=athlete,
            weighed_on=on,
            weight=weight,
            unit=unit,
            weight_kg=to_kg(weight, unit),
        )
        for on, weight, unit in {one[0]: one for one in besides.body_weights}.values()
        if on not in there and 0 < weight < HEAVIEST
    )


def _routines(athlete: Athlete, besides: Besides, index: NameIndex) -> None:
    """Those whose name is not taken and whose exercises are all known; and the goal, if none is."""
    for one in besides.routines:
        reading = read_routine(str(one.get("text", "")), index=index, unit=Unit(athlete.unit))
        name = clean_title(str(one.get("name", "")))
        if not name or not reading.entries or free_name(athlete, name) != name:
            continue
        weekdays = "".join(day for day in "1234567" if day in str(one.get("weekdays", "")))
        draft = RoutineDraft(name[:100], weekdays, reading.parsed.routine.notes, reading.entries)
        make_routine(athlete=athlete, key=uuid4(), draft=draft)
    weight = _weight(besides.goal)
    if weight and athlete.goal_weight is None and besides.goal.get("unit") in Unit.values:
        athlete.goal_weight, athlete.goal_unit = weight, besides.goal["unit"]
        athlete.save()


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
