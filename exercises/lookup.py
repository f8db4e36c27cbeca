"""Finding an exercise by what a person calls it."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Self

from exercises.models import Alias, Exercise
from exercises.names import name_key
from exercises.search import Index

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class NameIndex:
    """The names and aliases of the exercises that a user may log.

    Where two exercises share a key, the one named first in ``first`` wins, then the user's own,
    then a catalogue name, then an alias.
    """

    def __init__(self, names: Iterable[tuple[str, Exercise]]) -> None:
        self.by_key: dict[str, Exercise] = {}
        self._names: list[tuple[Exercise, str]] = []
        for name, exercise in names:
            if self.by_key.setdefault(_known_key(name), exercise) is exercise:
                self._names.append((exercise, name))

    @classmethod
    def for_user(cls, user: "User | AnonymousUser", *, first: Iterable[Exercise] = ()) -> Self:
        """The index of all that ``user`` may log. 2 queries."""
        exercises = list(
            Exercise.objects.visible_to(user).only(
                "name",
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
            "name", "exercise_id"
        )
        named = [(exercise.name, exercise) for exercise in (*first, *exercises)]
        return cls(named + [(name, by_pk[pk]) for name, pk in aliases])

    def find(self, name: str) -> Exercise | None:
        """The exercise that goes by exactly this name, case, hyphens and plurals aside."""
        return self.by_key.get(name_key(name))

    def nearest(self, name: str, *, limit: int = 3) -> list[Exercise]:
        """The exercises whose names are most like ``name``, best first, each once."""
        return self._search.nearest(name, limit=limit)

    @cached_property
    def _search(self) -> Index[Exercise]:
        return Index(self._names)


@lru_cache(maxsize=50_000)
def _known_key(name: str) -> str:
    """The key of a name that exists, remembered; what people type may be too long for that."""
    return name_key(name)
