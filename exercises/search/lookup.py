"""Finding an exercise by what a person calls it."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Self

from django.db.models import QuerySet, Value

from exercises.models import Alias, Exercise, FormerName
from exercises.names import name_key
from exercises.search.ranking import Index

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


# What kind of further name it is, the one that counts most first
PRIVATE, ALIAS, FORMER = range(3)


class NameIndex:
    """The names and aliases of the exercises that a user may log.

    Where two exercises share a key, the one named first in ``first`` wins, then the user's own,
    then a private name, then a catalogue name, then an alias, then a former name.
    """

    def __init__(self, names: Iterable[tuple[str, Exercise]]) -> None:
        self.by_key: dict[str, Exercise] = {}
        self._names: list[tuple[Exercise, str]] = []
        for name, exercise in names:
            if self.by_key.setdefault(_known_key(name), exercise) is exercise:
                self._names.append((exercise, name))

    @classmethod
    def for_user(
        cls,
        user: "User | AnonymousUser",
        *,
        first: Iterable[Exercise] = (),
        private: "QuerySet[Any] | None" = None,
    ) -> Self:
        """The index of all that ``user`` may log. 2 queries.

        ``private`` are further names that only this user has: rows with a ``name`` and an
        ``exercise``, which may also be the catalogue's.
        """
        exercises = list(
            Exercise.objects.loggable_by(user).only(
                "name",
                "slug",
                "owner",
                "load_type",
                "bodyweight_fraction",
                "implements",
                "implements_one_side",
            )
        )
        exercises.sort(key=lambda exercise: exercise.name)
        by_pk = {exercise.pk: exercise for exercise in exercises}
        loggable = Exercise.objects.loggable_by(user).order_by().values("pk")
        names = _names(Alias.objects.filter(exercise__in=loggable), rank=ALIAS).union(
            _names(FormerName.objects.filter(exercise__in=loggable), rank=FORMER),
            *([] if private is None else [_names(private, rank=PRIVATE)]),
            all=True,
        )
        named: dict[int, list[tuple[str, Exercise]]] = {PRIVATE: [], ALIAS: [], FORMER: []}
        for name, pk, rank in names.order_by():
            if pk in by_pk:
                named[rank].append((name, by_pk[pk]))
        own = [exercise for exercise in exercises if exercise.is_own]
        public = [exercise for exercise in exercises if not exercise.is_own]
        return cls(
            [
                *((each.name, each) for each in (*first, *own)),
                *named[PRIVATE],
                *((each.name, each) for each in public),
                *named[ALIAS],
                *named[FORMER],
            ]
        )

    def find(self, name: str) -> Exercise | None:
        """The exercise that goes by exactly this name, case, hyphens and plurals aside."""
        return self.by_key.get(name_key(name))

    def nearest(self, name: str, *, limit: int = 3) -> list[Exercise]:
        """The exercises whose names are most like ``name``, best first, each once."""
        return self._search.nearest(name, limit=limit)

    @cached_property
    def _search(self) -> Index[Exercise]:
        return Index(self._names)


def _names(names: "QuerySet[Any]", *, rank: int) -> "QuerySet[Any]":
    """Each name, its exercise's primary key, and its rank."""
    return names.order_by().values_list("name", "exercise_id", Value(rank))


@lru_cache(maxsize=50_000)
def _known_key(name: str) -> str:
    """The key of a name that exists, remembered; what people type may be too long for that."""
    return name_key(name)
