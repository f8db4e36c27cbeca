"""Finding an exercise by what a person calls it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from rapidfuzz import fuzz, process

from exercises.models import Alias, Exercise
from exercises.names import name_key

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

MIN_SIMILARITY = 55


class NameIndex:
    """The names and aliases of the exercises that a user may log, by their keys.

    Where two exercises share a key, the one named first in ``first`` wins, then the user's own,
    then a catalogue name, then an alias.
    """

    def __init__(self, names: Iterable[tuple[str, Exercise]]) -> None:
        self.by_key: dict[str, Exercise] = {}
        for key, exercise in names:
            self.by_key.setdefault(key, exercise)

    @classmethod
    def for_user(cls, user: "User | AnonymousUser", *, first: Iterable[Exercise] = ()) -> Self:
        """The index of all that ``user`` may log. 2 queries."""
        exercises = list(
            Exercise.objects.visible_to(user).only(
                "name",
                "name_key",
                "slug",
                "owner",
                "load_type",
                "bodyweight_fraction",
                "laterality",
            )
        )
        exercises.sort(key=lambda exercise: (not exercise.is_own, exercise.name))
        by_pk = {exercise.pk: exercise for exercise in exercises}
        aliases = Alias.objects.filter(exercise__in=Exercise.objects.visible_to(user)).values_list(
            "key", "exercise_id"
        )
        named = [(exercise.name_key, exercise) for exercise in (*first, *exercises)]
        return cls(named + [(key, by_pk[pk]) for key, pk in aliases])

    def find(self, name: str) -> Exercise | None:
        """The exercise that goes by exactly this name, case, hyphens and plurals aside."""
        return self.by_key.get(name_key(name))

    def nearest(self, name: str, *, limit: int = 3) -> list[Exercise]:
        """The exercises whose names are most like ``name``, best first, each once."""
        matches = process.extract(
            name_key(name),
            self.by_key.keys(),
            scorer=fuzz.WRatio,
            score_cutoff=MIN_SIMILARITY,
            limit=limit * 4,
        )
        found = dict.fromkeys(self.by_key[key] for key, _, _ in matches)
        return list(found)[:limit]
