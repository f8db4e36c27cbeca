"""Search in an athlete's history: by exercise, title and note, with the sets that were found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    CharField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.expressions import Exists
from django.db.models.lookups import In

from exercises.models import Exercise
from exercises.models.shown_names import exercise_name, muscle_name
from exercises.names import fold
from exercises.prepared import CastAsRead, Parameter, PreparedQuery
from exercises.search.lookup import search_index
from exercises.vocabulary import Role
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
from workouts.models.keys import is_of
from workouts.models.log import SET_COLUMNS, Entry, LoggedSet, set_text
from workouts.models.names import OwnName
from workouts.wording import in_short

MOST_TITLES = 30  # to choose from


class Sought(NamedTuple):
    """What is searched for: words, and slugs of an exercise and of a muscle or group; words of a
    title. What is empty narrows nothing.
    """

    words: str = ""
    exercise: str = ""
    muscle: str = ""
    title: str = ""


class Hit(NamedTuple):
    """A workout that was found, by an exercise, its title or its notes. Its day is text,
    "2026-11-22", since most are only counted.
    """

    key: Key
    day: str
    title: str
    minutes: int | None
    notes: str
    has_words: int | None  # 1 by an exercise that was done; None where no words are sought
    has_exercise: int | None
    has_muscle: int | None

    @property
    def is_named(self) -> bool:
        """Whether it has an exercise that was searched for."""
        return bool(self.has_words or self.has_exercise or self.has_muscle)


TITLE = Hit._fields.index("title")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a history can be narrowed to."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Exercises that were logged and muscles that they mainly train, by name; titles that were
    given, the most frequent first.
    """

    exercises: tuple[Choice, ...]
    muscles: tuple[Choice, ...]
    titles: tuple[str, ...]

    def named(self, exercise: str, muscle: str) -> tuple[str, str]:
        """The names of these; a slug stands for what there is not."""
        names = {("e", each.slug): each.name for each in self.exercises}
        names |= {("m", each.slug): each.name for each in self.muscles}
        return names.get(("e", exercise), exercise), names.get(("m", muscle), muscle)


@dataclass(frozen=True)
class Found:
    """What was found: exercises of the athlete's, by their keys, and workouts, newest first."""

    athlete: int
    words: tuple[str, ...]  # folded
    exercises: tuple[int, ...]
    hits: list[Hit]
    choices: Choices

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


def find(athlete: int, sought: Sought) -> Found:
    """Workouts that have all the words in their title, all in their notes, or an exercise that goes
    by about these words; and the exercise, one that mainly trains the muscle, and the title.
    2 queries, which read what the athlete has written.
    """
    logged = _Logged.of(athlete)
    sets = (
        logged.search(sought.words) if sought.words else [],
        [each.pk for each in logged.exercises if each.slug == sought.exercise],
        logged.training(sought.muscle) if sought.muscle else [],
    )
    asked, in_title = (tuple(fold(text).split()) for text in (sought.words, sought.title))
    counts, exercises = tuple(map(len, sets)), tuple(chain.from_iterable(sets))
    rows = _texts(counts).rows(athlete=athlete, **numbered(exercises))
    written = {text for _, _, title, _, notes, *_ in rows for text in (title, notes)}
    about = {text for text in written if _has_all(text, asked)}
    titles = Counter([row[TITLE] for row in rows])
    del titles[""]
    titled = {title for title in titles if _has_all(title, in_title)}
    hits = [
        Hit(key, day, title, minutes, notes, has_words, has_exercise, has_muscle)
        for key, day, title, minutes, notes, has_words, has_exercise, has_muscle in rows
        if (not sought.words or has_words or title in about or notes in about)
        and (not sought.exercise or has_exercise)
        and (not sought.muscle or has_muscle)
        and (not sought.title or title in titled)
    ]
    return Found(athlete, asked, exercises, hits, logged.choices(titles))


def as_rows(found: Found, hits: Sequence[Hit]) -> list[WorkoutRow]:
    """Some of what was found, in this order: each with the sets of the exercises that were named,
    or with all that was done where its title or notes have the words. At most 2 queries.
    """
    sets = _sets_found(found, [hit.key for hit in hits if hit.is_named])
    done = done_in(found.athlete, [hit.key for hit in hits if not hit.is_named])
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
    for (key, _, slug, name, load_type), group in groupby(rows, key=itemgetter(*range(5))):
        sets = [set_text(*row[5:], load_type=load_type) for row in group]
        text = in_short(sets, load_type=load_type)
        by_workout.setdefault(key, []).append(FoundSets(exercise_name(slug, name), text))
    return by_workout


class _Name(NamedTuple):
    """A name of a logged exercise: its own (0), another (1), or one of a muscle that it mainly
    trains, or of that muscle's group (2). ``slug`` is what is called so; others have none.
    """

    pk: int
    name: str
    kind: int
    slug: str


@dataclass(frozen=True)
class _Logged:
    """The exercises that an athlete has logged, by all that they go by."""

    names: list[_Name]

    @classmethod
    def of(cls, athlete: int) -> Self:
        """1 query."""
        rows = _logged_names.rows(athlete=athlete)
        return cls(sorted(map(_Name._make, rows), key=itemgetter(2, 0, 1)))

    @cached_property
    def exercises(self) -> list[_Name]:
        return [each for each in self.names if each.kind == 0]

    def search(self, words: str) -> list[int]:
        """The keys of those that go by about these words, former names and names of the athlete's
        own among them.
        """
        names = tuple((each.pk, each.name) for each in self.names if each.kind < 2)
        return search_index(names).search(words)

    def training(self, muscle: str) -> list[int]:
        """The keys of those that mainly train the muscle or group."""
        return sorted({each.pk for each in self.names if (each.kind, each.slug) == (2, muscle)})

    def choices(self, titles: Counter[str]) -> Choices:
        muscles = {
            each.slug: muscle_name(each.slug, each.name) for each in self.names if each.kind == 2
        }
        return Choices(
            exercises=_by_name(
                (each.slug, exercise_name(each.slug, each.name)) for each in self.exercises
            ),
            muscles=_by_name(muscles.items()),
            titles=tuple(title for title, _ in titles.most_common(MOST_TITLES)),
        )


def _by_name(named: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(sorted((Choice(*each) for each in named), key=lambda each: fold(each.name)))


def _has_all(text: str, words: Sequence[str]) -> bool:
    """Whether there are words, which are folded, and the text has all of them."""
    if not (text and words):
        return False
    folded = fold(text)
    return all(word in folded for word in words)


def _names(athlete: Parameter) -> "QuerySet[Any, Any]":
    """Rows of ``_Name``."""
    logged = Entry.objects.filter(athlete=athlete, exercise=OuterRef("pk"))
    exercises = Exercise.objects.filter(Q(owner=None) | Q(owner=athlete), Exists(logged)).order_by()
    aliases = exercises.filter(aliases__isnull=False)
    own_names = OwnName.objects.filter(athlete=athlete).order_by()
    trained = exercises.filter(targets__role=Role.PRIMARY)
    muscle, group = "targets__muscle__", "targets__muscle__parent__"
    grouped = exercises.filter(targets__role=Role.PRIMARY, targets__muscle__parent__isnull=False)
    no_slug = Value("", output_field=CharField())
    return exercises.values_list("pk", "name", Value(0), "slug").union(
        aliases.values_list("pk", "aliases__name", Value(1), no_slug),
        own_names.values_list("exercise_id", "name", Value(1), no_slug),
        trained.values_list("pk", f"{muscle}name", Value(2), f"{muscle}slug"),
        grouped.values_list("pk", f"{group}name", Value(2), f"{group}slug"),
    )


_logged_names = PreparedQuery(_names, **ATHLETE)


@lru_cache(maxsize=100)
def _texts(counts: tuple[int, ...]) -> PreparedQuery:
    """All workouts, each with whether it has one of so many exercises, for each of the counts."""

    def build(athlete: Parameter, **exercises: Parameter) -> "QuerySet[Any, Any]":
        keys = iter(exercises.values())
        has = [_has_one(athlete, [*islice(keys, count)]) for count in counts]
        return (
            live(athlete)
            .newest_first()
            .values_list(key_as_text("pk"), IsoDay("day"), "title", "minutes", "notes", *has)
        )

    return PreparedQuery(build, **ATHLETE, **numbered([BigIntegerField()] * sum(counts)))


def _has_one(athlete: Parameter, exercises: Sequence[Parameter]) -> Any:
    if not exercises:
        return CastAsRead(Value(None), IntegerField())
    entries = Entry.objects.filter(In(F("exercise"), [*exercises]))
    has_one = In(F("pk"), entries.filter(athlete=athlete).order_by().values("workout"))
    # No booleans, since Django turns these into Python's, one after the other
    return CastAsRead(has_one, IntegerField())


@lru_cache(maxsize=100)
def _sets(workouts: int, exercises: int) -> PreparedQuery:
    """The sets of so many exercises in so many workouts, behind what they are sets of."""

    def build(athlete: Parameter, **values: Parameter) -> "QuerySet[Any, Any]":
        keys = [*values.values()]
        of = In(F("entry__workout"), keys[:workouts])
        named = In(F("entry__exercise"), keys[workouts:])
        sets = LoggedSet.objects.filter(is_of(athlete), of, named, entry__athlete=athlete)
        return sets.order_by("entry__workout", "entry__position", "position").values_list(
            key_as_text("entry__workout"),
            "entry",
            "entry__exercise__slug",
            "entry__exercise__name",
            "entry__exercise__load_type",
            *SET_COLUMNS,
        )

    fields = [UUIDField()] * workouts + [BigIntegerField()] * exercises
    return PreparedQuery(build, **ATHLETE, **numbered(fields))
