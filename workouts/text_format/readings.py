"""A line's sets: all readings that make sense, and the one to take, or the question to ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from exercises.vocabulary import LoadType
from workouts.vocabulary import Unit

from .errors import UnreadableError
from .items import Item, read_items
from .likelihood import CLEAR, Verdict, judge, names_weight
from .manners import Manner, manners
from .printer import print_sets
from .remarks import cut_remarks
from .scanner import Token
from .sets import Built, build_sets
from .values import SetText

NO_SETS = "No sets yet. Write them after the name, for example: 60 kg x 8, 8, 7."
MOST_CHOICES = 4
# How many points behind the best a reading is still offered; the second, where there is a doubt
_NEAR = CLEAR
_NEAR_SECOND = 9
_MOST_SETS_OFFERED = 20


@dataclass(frozen=True)
class Reading:
    """One reading of a line: its sets, what is said beside them, and the manner in words."""

    sets: tuple[SetText, ...]
    notes: str = ""
    manner: str = ""


class AskedError(UnreadableError):
    """The line may mean several things, or means one that is too unusual to be taken unasked."""

    def __init__(self, message: str, start: int, end: int, readings: Sequence[Reading]) -> None:
        super().__init__(message, start, end)
        self.readings = tuple(readings)


def read_sets(
    line: str,
    *variants: Sequence[Token],
    load_type: LoadType | None,
    unit: Unit,
    last: Sequence[SetText] | None = None,
    typed: str = "",
) -> Reading:
    """What the tokens of a line stand for, for an exercise that is loaded like this.

    `variants` are the tokens, where commas may be decimal ones in two ways, the likelier one first.
    `load_type` None means an unknown exercise, about whose sets nothing is asked yet; `unit` is for
    weights that are written without one; `last` are the athlete's sets of last time. `typed` is the
    text of the sets: in canonical form it says exactly what it means.
    Raises AskedError where more than one reading makes sense, and UnreadableError where none does.
    """
    candidates = _candidates(line, variants, load_type=load_type, unit=unit, last=last)
    best = candidates[0]
    for each in candidates:
        if typed == print_sets(each.reading.sets, load_type=load_type):
            return each.reading
    if load_type is None or _is_clear(candidates):
        return best.reading
    raise _question(candidates)


@dataclass(frozen=True)
class _Candidate:
    reading: Reading
    verdict: Verdict
    items: Sequence[Item]
    most_at_once: int

    @property
    def points(self) -> Decimal:
        return self.verdict.points


def _candidates(
    line: str,
    variants: Sequence[Sequence[Token]],
    *,
    load_type: LoadType | None,
    unit: Unit,
    last: Sequence[SetText] | None,
) -> list[_Candidate]:
    """The readings that make sense, the likeliest first; of equal sets only one.

    Raises the error of the first of them that doesn't, where none does.
    """
    error: UnreadableError | None = None
    found: dict[tuple[tuple[SetText, ...], str], _Candidate] = {}
    ways = ((place, cut) for place, each in enumerate(variants) for cut in cut_remarks(line, each))
    for place, remark in ways:
        try:
            items = read_items(remark.tokens)
        except UnreadableError as problem:
            error = error or problem
            continue
        notes = remark.with_notes(items.notes)
        for built, manner in _built(items.items, load_type, unit):
            if isinstance(built, UnreadableError):
                error = error or built
                continue
            if not built.sets:
                continue
            verdict = judge(built, manner, load_type=load_type, last=last)
            if remark.is_doubtful:
                verdict = Verdict(verdict.points + remark.points, True, verdict.is_as_last)
            if place:  # a comma without a space before 5 or 25 is rarely that of a list
                verdict = replace(verdict, points=verdict.points + CLEAR)
            if remark.has_share and not names_weight(built.sets):
                error = error or _only_a_share(items.items)
                continue
            reading = Reading(built.sets, notes, manner.words)
            candidate = _Candidate(reading, verdict, items.items, max(built.counts, default=1))
            known = found.get((built.sets, notes))
            if known is None or candidate.points < known.points:
                found[built.sets, notes] = candidate
    if not found:
        raise error or UnreadableError(NO_SETS, 0, len(line))
    return sorted(found.values(), key=lambda each: (each.points, not each.verdict.is_as_last))


def _built(
    items: Sequence[Item], load_type: LoadType | None, unit: Unit
) -> Iterator[tuple[Built | UnreadableError, Manner]]:
    for manner in manners(items, load_type):
        try:
            yield build_sets(items, manner, load_type=load_type, unit=unit), manner
        except UnreadableError as error:
            yield error, manner


def _is_clear(candidates: Sequence[_Candidate]) -> bool:
    best, *others = candidates
    return not best.verdict.is_asked and all(each.points - best.points >= CLEAR for each in others)


def _question(candidates: Sequence[_Candidate]) -> AskedError:
    """Which of the readings is meant, the likeliest first."""
    best = candidates[0]
    near = [
        each
        for place, each in enumerate(candidates[:MOST_CHOICES])
        if each.points - best.points <= (_NEAR if place > 1 else _NEAR_SECOND)
        and (not place or each.most_at_once <= _MOST_SETS_OFFERED)
    ]
    start, end = best.items[0].start, best.items[-1].end
    message = "Which of these did you mean?" if len(near) > 1 else "Is this what you mean?"
    return AskedError(message, start, end, [each.reading for each in near])


def _only_a_share(items: Sequence[Item]) -> UnreadableError:
    message = "A share is not a weight. Write the weight that was lifted, such as 60 kg."
    return UnreadableError(message, items[0].start, items[-1].end)
