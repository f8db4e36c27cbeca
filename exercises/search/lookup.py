"""Finding an exercise by what a person calls it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, cached_property, lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, Self

from django.db import connection
from django.db.models import BigIntegerField, CharField, QuerySet, Value
from django.db.models.functions import Cast

from exercises.models import Alias, CatalogueVersion, Exercise, FormerName, Status
from exercises.names import name_key, name_words
from exercises.prepared import Parameter, PreparedQuery, Row, columns_of
from exercises.search.popular import PLACES
from exercises.search.ranking import MAX_WORDS, Index
from exercises.search.spelling import edits
from exercises.search.synonyms import SYNONYMS, same_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# What the log has to know of an exercise, in the order of the model
LOADING = (
    *("pattern", "laterality", "load_type", "bodyweight_fraction"),
    *("implements", "implements_one_side", "pace"),
)
FIELDS = ("id", "slug", "name", "owner_id", *LOADING)
AT_SLUG = tuple(name for name in columns_of(Exercise) if name in {*FIELDS, "status"})
column: Callable[[str], Any] = Exercise._meta.get_field
NO_SLUG, *NO_REST = (Value(None, output_field=column(name)) for name in ("slug", "owner", *LOADING))
# Slips are put right in words of so many letters, and in names written as one word
LEAST_LETTERS, LEAST_JOINED, MOST_SPELLINGS = 4, 7, 16
LEAST_CONSONANTS, NO_VOWELS = 3, str.maketrans("", "", "aeiou")
# What a row of names is: an exercise of its own, or a further name of one
EXERCISE, PRIVATE, ALIAS, FORMER, VERSION = range(5)
_at_slug = PreparedQuery(
    lambda slug, user: (
        Exercise.objects.visible_to_owner(user).filter(slug=slug).own_first().values_list(*AT_SLUG)
    ),
    slug=CharField(),
    user=BigIntegerField(),
)
NamesByRank = dict[int, list[tuple[int, str]]]
Private = Callable[[Parameter], QuerySet[Any]]


def exercise_at(slug: str, *, user: "User") -> Exercise | None:
    """``Exercise.objects.named``, as far as the log has to know it. 1 query."""
    row = _at_slug.first(slug=slug, user=user.pk)
    return Exercise.from_db(connection.alias, AT_SLUG, row) if row else None


class NameIndex:
    """The names and aliases of the exercises that a user may log.

    Where two exercises share a key, the one named first wins: among ``names``, then ``behind``.
    """

    def __init__(
        self, names: Iterable[tuple[str, Exercise]], *, behind: "NameIndex | None" = None
    ) -> None:
        self._by_key: dict[str, Exercise] = {}
        self._names: list[tuple[str, Exercise]] = []
        self._behind = behind
        self._found: dict[str, Exercise | None] = {}  # what a text asks for again and again
        self.version = ""  # of the catalogue that it was read with
        for name, exercise in names:
            if self._by_key.setdefault(_known_key(name), exercise) is exercise:
                self._names.append((name, exercise))

    @classmethod
    def for_user(
        cls,
        user: "User | AnonymousUser",
        *,
        first: Iterable[Exercise] = (),
        private: Private | None = None,
    ) -> Self:
        """The index of all that ``user`` may log: ``first``, then the user's own exercises, private
        names, and the catalogue. 1 query, and one more after a write to the catalogue.

        ``private`` makes a query of further names that only this user has, of the user's key: rows
        with a ``name`` and an ``exercise``, which may also be the catalogue's.
        """
        own, names, version = _personal(user, private)
        catalogue = _catalogue(version)
        by_pk = {**catalogue.exercises, **own}
        named = {
            rank: [(name, by_pk[pk]) for pk, name in pairs if pk in by_pk]
            for rank, pairs in names.items()
        }
        index = cls(
            [
                *((each.name, each) for each in (*first, *own.values())),
                *named.get(PRIVATE, []),
                *(alias for alias in named.get(ALIAS, []) if not catalogue._exactly(alias[0])),
            ],
            behind=catalogue,
        )
        index.version = version
        return index

    def find(self, name: str) -> Exercise | None:
        """The exercise that goes by this name, case, hyphens, plurals and the order of words aside.

        "Bench Press (Barbell)" is the barbell bench press. Words in another order are a name only
        where one exercise alone has just these.
        """
        if name not in self._found:
            self._found[name] = self._exactly(name) or self._in_another_order(name)
        return self._found[name]

    def _exactly(self, name: str) -> Exercise | None:
        return self._of_key(name_key(name))

    def _of_key(self, key: str) -> Exercise | None:
        found = self._by_key.get(key)
        return self._behind._of_key(key) if found is None and self._behind else found

    def _in_another_order(self, name: str) -> Exercise | None:
        words = name_words(name)
        if not 1 < len(words) <= MAX_WORDS:
            return None
        found = set(self._of_words(frozenset(same_words(name))))
        for place in range(1, len(words)):  # "Pushups (knee)": joined or split in another way
            if exercise := self._of_key("".join(words[place:] + words[:place])):
                found.add(exercise)
        return found.pop() if len(found) == 1 else None

    def _of_words(self, words: frozenset[str]) -> set[Exercise]:
        found = self._by_words.get(words)
        return self._behind._of_words(words) if found is None and self._behind else found or set()

    def misspelt(self, name: str) -> Exercise | None:
        """The one exercise that goes by this name once letters that are missing, doubled or swapped
        are put right, in words that are not short; vowels that are left out also in short ones.

        None where a letter is another one, which often makes another word ("seal row"), or where
        several may be meant.
        """
        words = name_words(name)
        joined = name.strip().casefold()
        if len(words) == 1 and len(joined) >= LEAST_JOINED and words[0] not in self._words():
            near = {*self._keys_near(words[0]), *self._keys_near(joined)}  # legpres is no plural
            found = {self._of_key(key) for key in near}
            return found.pop() if len(found) == 1 else None
        if len(words) == 1 and len(joined) < LEAST_LETTERS:
            return None
        ways = [self._spellings(word) for word in words]
        if not all(ways) or prod(map(len, ways)) > MOST_SPELLINGS:
            return None
        found = {self.find(" ".join(words)) for words in product(*ways)} - {None}
        return found.pop() if len(found) == 1 else None

    def _spellings(self, typed: str) -> Collection[str]:
        """The word if any name has it, else those that it is a slip away from."""
        known = self._words()
        if typed in known or SYNONYMS.get(typed):
            return (typed,)
        if max(typed) >= "\u3000":
            return ()
        if len(typed) < LEAST_LETTERS:
            return [word for word in known if _is_short_of(typed, word)]
        return [word for word in known if _is_slip(typed, word) or _lacks_vowels(typed, word)]

    def _keys_near(self, typed: str) -> Iterator[str]:
        """The keys of names that the typed one, written as one word, is a slip away from."""
        yield from (key for key in self._by_key if _is_slip(typed, key))
        if self._behind:
            yield from self._behind._keys_near(typed)

    def _words(self) -> AbstractSet[str]:
        return self._own_words | self._behind._words() if self._behind else self._own_words

    @cached_property
    def _own_words(self) -> frozenset[str]:
        return frozenset(word for name, _ in self._names for word in name_words(name))

    @cached_property
    def _by_words(self) -> dict[frozenset[str], set[Exercise]]:
        """The exercises that have a name of just these words."""
        found: dict[frozenset[str], set[Exercise]] = defaultdict(set)
        for name, exercise in self._names:
            found[frozenset(same_words(name))].add(exercise)
        return found

    def nearest(self, name: str, *, limit: int = 3) -> list[Exercise]:
        """The exercises whose names are most like ``name``, best first, each once."""
        return [self.exercises[pk] for pk in self._search.nearest(name, limit=limit)]

    def offers(
        self, name: str, *, logged: Mapping[int, int] | None = None, limit: int = 3
    ) -> list[Exercise]:
        """What a person may mean by a name that is not known, the likeliest first, each once.

        A slip comes to what it would be if it were spelled right. Of those that fit alike, first
        are those that the person ``logged`` most often, by their keys, then those that people mean
        most (``POPULAR``).
        """
        times = logged or {}

        def place(pk: int) -> tuple[int, ...]:
            return (-times.get(pk, 0), self._popularity(pk))

        return [self.exercises[pk] for pk in self._search.offers(name, place=place, limit=limit)]

    def complete(
        self, typed: str, *, mine: Iterable[int] = (), limit: int
    ) -> list[tuple[Exercise, str]]:
        """The exercises that a name that is being typed may become, each with the one of its names
        that has the words.

        First what is called just that; then ``mine``, by their keys and in this order; then what is
        most like it, and of what is alike what people mean most (``POPULAR``).
        """
        places = {pk: number for number, pk in enumerate(mine)}
        found = self._search.complete(typed, mine=places, tie=self._popularity, limit=limit)
        return [(self.exercises[pk], name) for pk, name in found]

    def _popularity(self, pk: int) -> int:
        return PLACES.get(self.exercises[pk].slug, len(PLACES))

    @cached_property
    def exercises(self) -> dict[int, Exercise]:
        """All that it leads to, by their keys."""
        behind = self._behind.exercises if self._behind else {}
        return {**behind, **{exercise.pk: exercise for _, exercise in self._names}}

    @cached_property
    def _search(self) -> Index[int]:
        if self._behind and not self._names:
            return self._behind._search
        return search_index(tuple(self._all_names()))

    def _all_names(self) -> Iterator[tuple[int, str]]:
        """Those that lead somewhere, with the keys of their exercises."""
        yield from ((exercise.pk, name) for name, exercise in self._names)
        for pk, name in self._behind._all_names() if self._behind else ():
            if _known_key(name) not in self._by_key:
                yield pk, name


def _is_slip(typed: str, word: str) -> bool:
    """Whether a letter is missing, one too many, or swapped with its neighbour; not the first."""
    return word[0] == typed[0] and edits(typed, word, most=1, change=2) == 1


def _lacks_vowels(typed: str, word: str) -> bool:
    """Whether only vowels are left out, not the first letter: "prechr" is preacher."""
    if len(typed) < LEAST_CONSONANTS or typed[0] != word[0]:
        return False
    letters = iter(word)
    is_within = all(any(letter == its for its in letters) for letter in typed)
    return is_within and typed.translate(NO_VOWELS) == word.translate(NO_VOWELS)


def _is_short_of(typed: str, word: str) -> bool:
    """Whether a word of three letters lacks a vowel, or has one letter of a double: pul, pll."""
    return _lacks_vowels(typed, word) or (
        len(typed) == LEAST_CONSONANTS and word == typed + typed[-1]
    )


def _personal(
    user: "User | AnonymousUser", private: Private | None
) -> tuple[dict[int, Exercise], NamesByRank, str]:
    """The user's own exercises, further names, and the version of the catalogue. 1 query."""
    exercises, names = _sorted_out(_personal_rows(private).rows(user=user.pk))
    [(_, key)] = names.pop(VERSION, [(0, "")])
    return exercises, names, key


@cache
def _personal_rows(private: Private | None) -> PreparedQuery:
    def build(user: Parameter) -> "QuerySet[Any]":
        own = Exercise.objects.filter(owner=user).exclude(status=Status.ARCHIVED)
        aliases = _names(Alias.objects.filter(exercise__owner=user), rank=ALIAS)
        version = CatalogueVersion.objects.annotate(name=Cast("key", CharField()))
        others = [aliases, _names(version, rank=VERSION, of="pk")]
        if private is not None:
            others.append(_names(private(user), rank=PRIVATE))
        return _exercises(own).union(*others, all=True)

    return PreparedQuery(build, user=BigIntegerField())


@lru_cache(maxsize=2)
def _catalogue(version: str) -> NameIndex:
    """All of this version's names: first the exercises', then aliases, then former ones. 1 query.

    Everyone is given the same exercises: they are to be read.
    """
    among = Exercise.objects.catalogue()
    pks = among.order_by().values("pk")
    aliases = _names(Alias.objects.filter(exercise__in=pks), rank=ALIAS)
    former = _names(FormerName.objects.filter(exercise__in=pks), rank=FORMER)
    exercises, names = _sorted_out(_exercises(among).union(aliases, former, all=True))
    further = [*names.get(ALIAS, []), *names.get(FORMER, [])]
    return NameIndex(
        [
            *((exercise.name, exercise) for exercise in exercises.values()),
            *((name, exercises[pk]) for pk, name in further),
        ]
    )


def _exercises(exercises: "QuerySet[Exercise]") -> "QuerySet[Any]":
    return exercises.order_by().values_list(*FIELDS, Value(EXERCISE))


def _names(names: "QuerySet[Any]", *, rank: int, of: str = "exercise_id") -> "QuerySet[Any]":
    """Rows like those of exercises, for one query: each name with the key of its exercise."""
    return names.order_by().values_list(of, NO_SLUG, "name", *NO_REST, Value(rank))


def _sorted_out(rows: Iterable[Row]) -> tuple[dict[int, Exercise], NamesByRank]:
    """Exercises by their keys, in the order of their names, and further names by rank."""
    exercises: list[Exercise] = []
    names: NamesByRank = defaultdict(list)
    for *values, rank in rows:
        if rank == EXERCISE:
            exercises.append(Exercise.from_db(connection.alias, FIELDS, values))
        else:
            names[rank].append((values[0], values[2]))
    exercises.sort(key=lambda exercise: exercise.name)
    return {exercise.pk: exercise for exercise in exercises}, names


@lru_cache(maxsize=4)
def search_index(names: tuple[tuple[int, str], ...]) -> Index[int]:
    """Remembered by all that it is made of, so that it is never out of date."""
    return Index(names)


@lru_cache(maxsize=4096)
def _known_key(name: str) -> str:
    """The key of a name that exists, remembered; what people type may be too long for that."""
    return name_key(name)
