"""Names of exercises as they are typed, what is the athlete's own first."""

from dataclasses import dataclass

from exercises.models import Exercise
from exercises.models.shown_names import exercise_name
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from exercises.search.popular import POPULAR
from workouts.last_sets import LastSets, LastTime
from workouts.models import Athlete

OFFERED = 8


@dataclass(frozen=True, slots=True)
class Completion:
    """The name of an exercise that may be meant, the other one by which it was found, if any, and
    what the athlete did of it the last time, if ever.
    """

    name: str
    also: str
    last: LastTime | None


def complete(
    typed: str, *, athlete: Athlete, index: NameIndex, limit: int = OFFERED
) -> list[Completion]:
    """What a name that is being typed may become, the likeliest first; of nothing typed, what is
    often meant. 2 queries, and those of the ``index``.

    What the athlete did lately comes first, the last done before all, then their favourites, then
    what else they may log.
    """
    last = LastSets(athlete, index)
    favourites = list(athlete.favourites.order_by("pk").values_list("exercise", flat=True))
    mine = list(dict.fromkeys([*last.exercises, *favourites]))
    if name_key(typed):
        found = index.complete(typed, mine=mine, limit=limit)
    else:
        found = [(exercise, exercise.name) for exercise in _usual(mine, index)[:limit]]
    return [
        Completion(
            called := written_name(exercise.slug, exercise.name, index),
            "" if name in (exercise.name, called) else name,
            last.of(exercise),
        )
        for exercise, name in found
        if index.find(exercise.name) == exercise
    ]


def written_name(slug: str, name: str, index: NameIndex) -> str:
    """What the reader calls an exercise, if the log knows it by that, else its name."""
    called = exercise_name(slug, name)
    if called == name:
        return name
    found = index.find(called)
    return called if found and found.slug == slug else name


def _usual(mine: list[int], index: NameIndex) -> list[Exercise]:
    """The athlete's, then what people mean most."""
    known = index.exercises
    by_slug = {each.slug: each for each in known.values() if not each.owner_id}
    theirs = [known[pk] for pk in mine if pk in known]
    popular = [by_slug[slug] for slug in POPULAR if slug in by_slug]
    return list(dict.fromkeys([*theirs, *popular]))
