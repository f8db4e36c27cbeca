"""Finding exercises by what people type: misspelt, in any order, cut short, run together.

A query is compared with every name and alias, word by word. A word that few exercises share says
more than one that many do, and of two names that hold the query the one with less besides is
nearer. Muscles and equipment count as words too, so that "lats cable" finds something.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise, repeat
from math import log
from operator import itemgetter, mul
from typing import Generic, TypeVar

from exercises.search.spelling import is_part, letters, may_be_alike, similarity
from exercises.search.synonyms import Words, search_words

_Key = TypeVar("_Key", bound=Hashable)
NamedKeys = Iterable[tuple[_Key, str]]  # the key of an exercise, and a name

MAX_QUERY = 100  # characters that are looked at
MAX_WORDS = 10
FOUND = 0.55  # the least score of what is found, up to 1; what is near may have less
NEAR = 0.25
HELD = 0.79  # how well a name has to have a word, to hold it
SHARE_OF_BEST = 0.65  # results that are much worse than the best are only in its way
QUERY_SHARE = 0.65  # how much it counts that the name holds the query; the rest, the reverse
ALIAS = 0.98  # of two names that match alike, an exercise's own is nearer
EQUIPMENT = 0.5  # how a word counts that only the muscles and the equipment have
ALL_FACTS = (
    0.87  # the score where these have all that was asked for; a name of three words has more
)
ONE_OF_TWO = QUERY_SHARE + (1 - QUERY_SHARE) / 2  # the score of a name with one word besides
NEAR_ONLY, HAS_ALL, SAME_KIND, BEGUN, MISSPELT = range(5)  # how a name fits that is offered
LEAST_BEGUN = 2  # letters of a word that is taken for the beginning of one
LEAST_SPELLED = 4  # letters of a name that may be a slip of another
PARTICLES = frozenset(("down", "out", "over", "through", "up"))


def _kinds(words: Words) -> list[str]:
    """What kind of exercise a name is of: its last word, and with one such as "up" that before it.

    What two words say may be written as one.
    """
    if len(words) > 1:
        joined = "".join(words[-2:])
        return [joined] if words[-1] in PARTICLES else [words[-1], joined]
    return list(words)


def _is_of_kind(kind: str, name: Words) -> bool:
    """Whether a name is of a kind as typed, which may have a slip or be cut short; but what is
    written as two words is not the first of them: a press-up is no press.
    """
    return any(
        kind == its or (similarity(kind, its) >= HELD and (its in name or not its.startswith(kind)))
        for its in _kinds(name)
    )


def _is_beginning(query: str, words: Words) -> bool:
    """Whether a query may be the beginning of a word: one that stands for no other ("abs")."""
    one = words[0] if len(words) == 1 else ""
    return len(one) >= LEAST_BEGUN and query.strip().casefold().startswith(one)


def _begin(words: Words, name: Words) -> bool:
    """Whether each of the words begins or ends one of the name's, or all together begin it."""
    each_does = all(any(is_part(word, its) for its in name) for word in words)
    return each_does or "".join(name).startswith("".join(words))


class WordFacts(Generic[_Key]):
    """Words that stand for exercises without being in their names."""

    def __init__(self, names: NamedKeys[_Key]) -> None:
        self._keys: dict[str, set[_Key]] = defaultdict(set)
        for key, name in names:
            for word in search_words(name):
                self._keys[word].add(key)

    def likeness(self, words: Words) -> dict[_Key, list[float]]:
        """By exercise, how well each of ``words`` is among its own."""
        found: dict[_Key, list[float]] = defaultdict(lambda: [0.0] * len(words))
        for place, typed in enumerate(words):
            for word, keys in self._keys.items():
                if score := similarity(typed, word):
                    for key in keys:
                        found[key][place] = max(found[key][place], score)
        return found


class Match:
    """How well each word of a query is in a name, and each word of the name in the query."""

    __slots__ = ("asked", "had")

    def __init__(self, asked: int) -> None:
        self.asked = [0.0] * asked
        self.had: dict[str, float] = {}

    def add(self, places: Sequence[int], part: Words, score: float) -> None:
        for place in places:
            self.asked[place] = max(self.asked[place], score)
        for word in part:
            self.had[word] = max(self.had.get(word, 0), score)


class Index(Generic[_Key]):
    """Names by the key of their exercise, its own before its aliases. The first key wins a tie.

    ``muscles`` and ``equipment`` are the names of what an exercise trains and of what it takes.
    """

    def __init__(
        self, names: NamedKeys[_Key], muscles: NamedKeys[_Key] = (), equipment: NamedKeys[_Key] = ()
    ) -> None:
        self._written = list(names)
        self._names = [(key, search_words(name)) for key, name in self._written]
        self._own: dict[_Key, int] = {}
        parts: dict[Words, list[int]] = defaultdict(list)
        for number, (key, words) in enumerate(self._names):
            self._own.setdefault(key, number)
            for part in (*((word,) for word in words), *pairwise(words)):
                parts[part].append(number)
        self._parts = [("".join(part), part, numbers) for part, numbers in parts.items()]
        self._letters = [letters(spelled) for spelled, _, _ in self._parts]
        self._weights = {part: self._weight(numbers) for part, numbers in parts.items()}
        self._muscles, self._equipment = WordFacts(muscles), WordFacts(equipment)

    def search(self, query: str) -> list[_Key]:
        """Those that go by about this, best first, without what is much worse than the best.

        Of the names that have more than the one word that is asked for none is nearer. They come
        in the order that the index was made in, an exercise's own before others.
        """
        words = search_words(query[:MAX_QUERY])[:MAX_WORDS]
        scores, matches, _ = self._scores(words)
        least = max(FOUND, SHARE_OF_BEST * max(scores.values(), default=0))
        found = {key: score for key, score in scores.items() if score >= least}
        begun = self._begun(words, matches) if len(words) == 1 else {}
        _, by_muscle = self._by_facts(words) if begun else ({}, {})
        for key in begun:
            if found.get(key, ALIAS) < ALIAS:
                found[key] = max(ONE_OF_TWO, by_muscle.get(key, 0))
        return sorted(found, key=lambda key: (-found[key], begun.get(key, 0), self._own[key]))

    def complete(
        self,
        query: str,
        *,
        mine: Mapping[_Key, int],
        tie: Callable[[_Key], int],
        limit: int,
    ) -> list[tuple[_Key, str]]:
        """What a query may become, each with its own name if that has the words, else with the one
        that is most like the query.

        1. What is called just that.
        2. Of ``mine``, the least first, what has words that begin so: in its own name, then in
           another.
        3. Other names with such words, own ones first.
        4. What else is like it, or if nothing is, what is near.

        In 3 the least by ``tie`` comes first, and then what is most like the query; in 4 the
        reverse.
        """
        words = search_words(query[:MAX_QUERY])[:MAX_WORDS]
        scores, matches, named = self._scores(words)
        best = max(scores.values(), default=0)
        least = max(FOUND, SHARE_OF_BEST * best) if best >= FOUND else NEAR
        begun = self._begun(words, matches)
        order: list[tuple[tuple[float, ...], _Key]] = []
        for key, score in scores.items():
            if score >= least:
                place: tuple[float, ...] = (2, 0, 0, -score, tie(key))
                if score >= ALIAS:
                    place = (-1, 0, 0, -score, tie(key))
                elif key in begun:
                    place = (key not in mine, begun[key], mine.get(key, 0), tie(key), -score)
                order.append(((*place, self._own[key]), key))
        found = [key for _, key in heapq.nsmallest(limit, order, key=itemgetter(0))]
        numbers = [self._own[key] if begun.get(key) == 0 else named[key] for key in found]
        return [(key, self._written[number][1]) for key, number in zip(found, numbers, strict=True)]

    def _begun(self, words: Words, matches: Mapping[int, Match]) -> dict[_Key, int]:
        """The exercises with a name that the words begin: 0 where it is their own, 1 if another."""
        begun: dict[_Key, int] = {}
        for number, match in matches.items():
            key, name = self._names[number]
            if all(match.asked) and _begin(words, name):
                begun[key] = min(begun.get(key, 1), int(number != self._own[key]))
        return begun

    def nearest(self, query: str, *, limit: int) -> list[_Key]:
        """Those that may be meant though nothing goes by this, best first."""
        return [key for score, key in self.ranked(query)[:limit] if score >= NEAR]

    def offers(
        self, query: str, *, place: Callable[[_Key], tuple[int, ...]], limit: int
    ) -> list[_Key]:
        """What may be meant by a name that no exercise goes by, the likeliest first.

        1. A name of the same words, but for slips in them.
        2. Of one word the names that it begins, as ``complete`` has them, own names first: "pull".
        3. Names of the same kind, which the last word says: "paused squat", "squat (paused)"; of
           one word all that have it, since other tongues than English say the kind first.
        4. Other names that have all the words.
        5. What else is near.

        In 2 the least by ``place`` come first, then what is most like the query; in 3 and 4 before
        that those with most of the words.
        """
        words = search_words(query[:MAX_QUERY])[:MAX_WORDS]
        said = search_words(query[:MAX_QUERY].partition("(")[0])[:MAX_WORDS] or words
        kind = next(iter(_kinds(said)), "")
        is_spelled = all((word,) in self._weights for word in words)
        may_be_slip = not is_spelled and sum(map(len, words)) >= LEAST_SPELLED
        scores, matches, _ = self._scores(words)
        fits: dict[_Key, tuple[int, int]] = {}
        for number, match in matches.items():
            key, name = self._names[number]
            held = sum(score >= HELD for score in match.asked)
            fit = NEAR_ONLY
            if may_be_slip and all(match.asked) and len(match.had) == len(set(name)):
                fit, held = MISSPELT, 0
            elif _is_of_kind(kind, name) or (len(words) == 1 and held):
                fit = SAME_KIND
            elif held == len(words):
                fit = HAS_ALL
            fits[key] = max(fits.get(key, (NEAR_ONLY, 0)), (fit, held))
        if _is_beginning(query, words):
            for key, is_other in self._begun(words, matches).items():
                fits[key] = max(fits.get(key, (NEAR_ONLY, 0)), (BEGUN, -is_other))
        order: list[tuple[tuple[float, ...], _Key]] = []
        for key, score in scores.items():
            fit, held = fits.get(key, (NEAR_ONLY, 0))
            if fit != NEAR_ONLY or score >= NEAR:
                by_score = (0, -score) if fit in (MISSPELT, NEAR_ONLY) else (-held, 0)
                order.append(((-fit, *by_score, *place(key), -score, self._own[key]), key))
        return [key for _, key in heapq.nsmallest(limit, order, key=itemgetter(0))]

    def ranked(self, query: str) -> list[tuple[float, _Key]]:
        """All that have anything in common with the query, each with its score, best first."""
        scores, *_ = self._scores(search_words(query[:MAX_QUERY])[:MAX_WORDS])
        ranked = [(score, key) for key, score in scores.items()]
        return sorted(ranked, key=lambda one: (-one[0], self._own[one[1]]))

    def _scores(self, words: Words) -> tuple[dict[_Key, float], dict[int, Match], dict[_Key, int]]:
        """How near each exercise is that has anything in common with the words; the matches by the
        number of the name; and the number of each exercise's name that is nearest.
        """
        facts, scores = self._by_facts(words)
        weights, matches = self._by_names(words)
        named = {key: self._own[key] for key in scores if key in self._own}
        for number, match in matches.items():
            key, name = self._names[number]
            known = (EQUIPMENT * score for score in facts.get(key, repeat(0)))
            asked = sum(map(mul, weights, map(max, match.asked, known))) / sum(weights)
            had = sum(match.had.values()) / len(set(name))
            score = asked * (QUERY_SHARE + (1 - QUERY_SHARE) * had)
            score *= 1 if number == self._own[key] else ALIAS
            if score > scores.get(key, 0):
                scores[key], named[key] = score, number
        return {key: round(scores[key], 2) for key in named}, matches, named

    def _by_facts(self, words: Words) -> tuple[dict[_Key, list[float]], dict[_Key, float]]:
        """How well muscles and equipment hold each word; and scores, where one is a muscle."""
        facts, muscles = self._equipment.likeness(words), self._muscles.likeness(words)
        for key, found in muscles.items():
            facts[key] = list(map(max, found, facts.get(key, found)))
        return facts, {key: ALL_FACTS * min(facts[key]) for key in muscles}

    def _by_names(self, words: Words) -> tuple[list[float], dict[int, Match]]:
        """How much each word of a query says, and the matches by the number of the name."""
        best = [(0.0, log(1 + len(self._own)))] * len(words)
        matches: dict[int, Match] = defaultdict(partial(Match, len(words)))
        pairs = [(place, place + 1) for place in range(len(words) - 1)]
        for places in (*((place,) for place in range(len(words))), *pairs):
            typed = "".join(words[place] for place in places)
            for part, score, numbers in self._alike(typed, is_pair=len(places) > 1):
                for place in places:
                    best[place] = max(best[place], (score, self._weights[part]))
                for number in numbers:
                    matches[number].add(places, part, score)
        return [weight for _, weight in best], matches

    def _alike(self, typed: str, *, is_pair: bool) -> Iterator[tuple[Words, float, list[int]]]:
        """Words of names, and pairs of them run together, that ``typed`` may stand for."""
        typed_letters = letters(typed)
        for (spelled, part, numbers), its_letters in zip(self._parts, self._letters, strict=True):
            is_beginning = spelled.startswith(typed)
            is_end = not is_beginning and is_part(typed, spelled)
            # One letter past the first word is a slip in it: "upp" is up, not a part of "up plus".
            # What ends a pair is found in its second word.
            if len(part) > 1 and (is_pair or is_end or len(typed) <= len(part[0]) + is_beginning):
                continue
            if is_beginning or is_end or may_be_alike(typed_letters, its_letters):
                score = similarity(typed, spelled)
                if score:
                    yield part, score, numbers

    def _weight(self, numbers: list[int]) -> float:
        """The inverse document frequency: the fewer exercises share a word, the more it says."""
        return log(1 + len(self._own) / len({self._names[number][0] for number in numbers}))
