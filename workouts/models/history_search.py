"""Search in an athlete's history: by exercise, title and note, with the sets that were found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    BooleanField,
    F,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.expressions import Exists
from django.db.models.lookups import In

from exercises.models import Exercise, LoadType
from exercises.names import fold
from exercises.prepared import Parameter, PreparedQuery
from exercises.search.lookup import search_index
from workouts.models.history import (
    ATHLETE,
    FoundSets,
    IsoDay,
    Key,
    Span,
    WorkoutRow,
    done_in,
    key_as_text,
    live,
    numbered,
)
from workouts.models.log import Entry, LoggedSet, load_of
from workouts.models.names import OwnName
from workouts.text_format import SetText, print_in_short

# A set as ``SetText`` takes it, with its weight for its load
SET = ("weight", "unit", "reps", "seconds", "metres", "kind", "side", "rpe")


class Hit(NamedTuple):
    """A workout that was found, by an exercise, its title or its notes. Its day is text,
    "2026-11-22", since most are only counted.
    """

    key: Key
    day: str
    title: str
    minutes: int | None
    notes: str
    is_named: bool  # by an exercise that was done


@dataclass(frozen=True)
class Found:
    """What goes by the words: exercises of the athlete's, by their keys, and workouts, newest
    first.
    """

    athlete: int
    words: tuple[str, ...]  # folded
    exercises: tuple[int, ...]
    hits: list[Hit]

    @property
    def days(self) -> list[date]:
        """Those of all hits, each as often as it has any."""
        return [date.fromisoformat(hit.day) for hit in self.hits]

    @property
    def keys(self) -> set[Key]:
        return {hit.key for hit in self.hits}

    def within(self, span: Span) -> list[Hit]:
        first, last = span.first.isoformat(), span.last.isoformat()
        return [hit for hit in self.hits if first <= hit.day <= last]


def find(athlete: int, words: str) -> Found:
    """Workouts that have all the words in their title, all in their notes, or an exercise that goes
    by about these words. 2 queries, which read what the athlete has written.
    """
    exercises, asked = _exercises_named(athlete, words), tuple(fold(words).split())
    rows = _texts(len(exercises)).rows(athlete=athlete, **numbered(exercises))
    texts = {text for _, _, title, _, notes, _ in rows for text in (title, notes)}
    about = {text for text in texts if _has_all(text, asked)}
    hits = [Hit(*row) for row in rows if row[5] or row[2] in about or row[4] in about]
    return Found(athlete, asked, tuple(exercises), hits)


def as_rows(found: Found, hits: Sequence[Hit]) -> list[WorkoutRow]:
    """Some of what was found, in this order: each with the sets of the exercises that were named,
    or with all that was done where its title or notes have the words. At most 2 queries.
    """
    sets = _sets_found(found, [hit.key for hit in hits if hit.is_named])
    done = done_in([hit.key for hit in hits if not hit.is_named])
    return [
        WorkoutRow(
            hit.key,
            date.fromisoformat(hit.day),
            hit.title,
            hit.minutes,
            done.get(hit.key, {}),
            found=tuple(sets.get(hit.key, ())),
            notes=hit.notes if _has_all(hit.notes, found.words) else "",
        )
        for hit in hits
    ]


def _sets_found(found: Found, keys: Sequence[Key]) -> dict[Key, list[FoundSets]]:
    """By workout its entries of the exercises that were named, in order. 1 query, if there are
    workouts.
    """
    if not keys:
        return {}
    rows = _sets(len(keys), len(found.exercises)).rows(
        athlete=found.athlete, **numbered([*map(UUID, keys), *found.exercises])
    )
    by_workout: dict[Key, list[FoundSets]] = {}
    for (key, _, name, load_type), group in groupby(rows, key=itemgetter(*range(4))):
        sets = [_set_text(load_type, *row[4:]) for row in group]
        text = print_in_short(sets, load_type=load_type)
        by_workout.setdefault(key, []).append(FoundSets(name, text))
    return by_workout


def _set_text(load_type: LoadType, weight: Decimal | None, unit: str, *measured: Any) -> SetText:
    return SetText(load_of(weight, unit, load_type=load_type), *measured)


def _exercises_named(athlete: int, words: str) -> list[int]:
    """The keys of logged exercises that go by about these words, former names and names of the
    athlete's own among them. 1 query.
    """
    rows = _logged_names.rows(athlete=athlete)
    names = sorted(rows, key=lambda row: (row[2], row[0], row[1]))
    return search_index(tuple((pk, name) for pk, name, _ in names)).search(words)


def _has_all(text: str, words: Sequence[str]) -> bool:
    """Whether there are words, which are folded, and the text has all of them."""
    if not (text and words):
        return False
    folded = fold(text)
    return all(word in folded for word in words)


def _names(athlete: Parameter) -> "QuerySet[Any, Any]":
    """Of exercises that were logged: the key, a name, and 0 if it is the exercise's own."""
    logged = Entry.objects.filter(athlete=athlete, exercise=OuterRef("pk"))
    exercises = Exercise.objects.filter(Q(owner=None) | Q(owner=athlete), Exists(logged)).order_by()
    aliases = exercises.filter(aliases__isnull=False)
    own_names = OwnName.objects.filter(athlete=athlete).order_by()
    return exercises.values_list("pk", "name", Value(0)).union(
        aliases.values_list("pk", "aliases__name", Value(1)),
        own_names.values_list("exercise_id", "name", Value(1)),
    )


_logged_names = PreparedQuery(_names, **ATHLETE)


@lru_cache(maxsize=100)
def _texts(count: int) -> PreparedQuery:
    """All workouts, each with whether it has one of so many exercises."""

    def build(athlete: Parameter, **exercises: Parameter) -> "QuerySet[Any, Any]":
        is_named: Any = Value(False, output_field=BooleanField())
        if exercises:
            entries = Entry.objects.filter(In(F("exercise"), [*exercises.values()]))
            is_named = In(F("pk"), entries.filter(athlete=athlete).order_by().values("workout"))
        return (
            live(athlete)
            .newest_first()
            .values_list(key_as_text("pk"), IsoDay("day"), "title", "minutes", "notes", is_named)
        )

    return PreparedQuery(build, **ATHLETE, **numbered([BigIntegerField()] * count))


@lru_cache(maxsize=100)
def _sets(workouts: int, exercises: int) -> PreparedQuery:
    """The sets of so many exercises in so many workouts, behind what they are sets of."""

    def build(athlete: Parameter, **values: Parameter) -> "QuerySet[Any, Any]":
        keys = [*values.values()]
        of = In(F("entry__workout"), keys[:workouts])
        named = In(F("entry__exercise"), keys[workouts:])
        sets = LoggedSet.objects.filter(of, named, entry__athlete=athlete)
        return sets.order_by("entry__workout", "entry__position", "position").values_list(
            key_as_text("entry__workout"),
            "entry",
            "entry__exercise__name",
            "entry__exercise__load_type",
            *SET,
        )

    fields = [UUIDField()] * workouts + [BigIntegerField()] * exercises
    return PreparedQuery(build, **ATHLETE, **numbered(fields))
