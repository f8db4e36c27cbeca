"""A line's sets: all readings that make sense, and the one to take, or the question to ask."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType
from workouts.vocabulary import SetKind, Unit

from .errors import UnreadableError
from .inline_notes import Remark, cut_remarks
from .items import Item, Items, read_items, with_times_taken
from .likelihood import CLEAR, MOST_REPS, Verdict, judge, names_weight
from .number_roles import Roles, possible_roles
from .printer import print_sets
from .scanner import Token
from .sets import Built, build_sets
from .values import SetText

NO_SETS = _("No sets yet. Write them after the name, for example: 60 kg x 8, 8, 7.")
MOST_CHOICES = 4
# How many points behind the best a reading is still offered; the second, where there is a doubt
_NEAR = CLEAR
_NEAR_SECOND = 9
_LONGEST_KNOWN = 200  # characters of a line that is remembered
_MOST_SETS_OFFERED = 20
_MOST_LONG_SETS = 5


@dataclass(frozen=True)
class Reading:
    """One reading of a line: its sets, what is said beside them, and the roles in words."""

    sets: tuple[SetText, ...]
    notes: str = ""
    roles: str = ""


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
    last: Callable[[], Sequence[SetText] | None] = lambda: None,
    typed: str = "",
    is_one_sided: bool = False,
) -> Reading:
    """What the tokens of a line stand for, for an exercise that is loaded like this.

    `variants` are the tokens, where commas may be decimal ones in two ways, the likelier one first.
    `load_type` None means an unknown exercise, about whose sets nothing is asked yet; `unit` is for
    weights that are written without one; `last` gives the athlete's sets of last time, and is
    called only where they may decide. `typed` is the text of the sets: in canonical form it says
    exactly what it means. `is_one_sided`: the exercise is done one side at a time.
    Raises AskedError where more than one reading makes sense, and UnreadableError where none does.
    """
    if load_type == LoadType.DISTANCE:
        variants = tuple(map(_of_a_run, variants))
    ways = _known if len(line) <= _LONGEST_KNOWN else _possible
    possible = list(ways(line, tuple(map(tuple, variants)), load_type, unit, is_one_sided))
    possible = [each for each in possible if each.is_completed] or possible
    for each in possible:
        if typed == print_sets(each.built.sets, load_type=load_type):
            return each.reading
    candidates = _weighed(possible, load_type, None)
    if load_type is None or (len(candidates) == 1 and _is_clear(candidates)):
        return candidates[0].reading
    if sets := last():
        candidates = _weighed(possible, load_type, sets)
    if _is_clear(candidates):
        return candidates[0].reading
    raise _question(candidates)


@dataclass(frozen=True)
class _Possible:
    """A way to read the line that makes sense. `is_odd_comma`: one before 5, taken for a list's.
    `is_corrected`: its last set is what a remark says of it; `is_completed`: that set was open.
    """

    built: Built
    roles: Roles
    items: Items
    remark: Remark
    is_odd_comma: bool
    is_corrected: bool = False
    is_completed: bool = False

    @property
    def reading(self) -> Reading:
        notes = self.remark.with_notes(self.items.notes)
        return Reading(self.built.sets, notes, self.roles.words)

    @property
    def _lacks_what_was_missed(self) -> bool:
        """Whether the last set has less by what its remark says: 1, 0 (missed); 4 (missed 5th)."""
        if not self.remark.is_of_miss:
            return False
        missed, last = self.remark.missed, self.built.sets[-1]
        is_none = self.items.ends_in_none
        return is_none if missed is None else not is_none and last.reps == missed - 1

    def judged(self, load_type: LoadType | None, last: Sequence[SetText] | None) -> Verdict:
        verdict = judge(self.built, self.roles, load_type=load_type, last=last)
        if self.items.is_doubted:
            verdict = replace(verdict, is_asked=True)
        if self.remark.is_doubtful and not (self.is_completed or self._lacks_what_was_missed):
            points = verdict.points + self.remark.points - self.is_corrected
            verdict = replace(verdict, points=points, is_asked=True)
        if self.is_odd_comma:
            verdict = replace(verdict, points=verdict.points + CLEAR)
        return verdict


@dataclass(frozen=True)
class _Candidate:
    """A possible reading, and what speaks against it."""

    possible: _Possible
    verdict: Verdict

    @property
    def points(self) -> Decimal:
        return self.verdict.points

    @property
    def reading(self) -> Reading:
        return self.possible.reading


@lru_cache(maxsize=1024)
def _known(
    line: str,
    variants: tuple[tuple[Token, ...], ...],
    load_type: LoadType | None,
    unit: Unit,
    is_one_sided: bool,
) -> tuple[_Possible, ...]:
    """``_possible``, remembered: a text is read again with each line that is added to it."""
    return tuple(_possible(line, variants, load_type, unit, is_one_sided))


def _possible(
    line: str,
    variants: Sequence[Sequence[Token]],
    load_type: LoadType | None,
    unit: Unit,
    is_one_sided: bool,
) -> Iterator[_Possible]:
    """The readings that make sense. Raises the error of the first that doesn't, where none does."""
    error: UnreadableError | None = None
    is_any = False
    ways = ((place, cut) for place, each in enumerate(variants) for cut in cut_remarks(line, each))
    for place, remark in ways:
        try:
            items = read_items(remark.tokens)
        except UnreadableError as problem:
            error = error or problem
            continue
        if load_type == LoadType.DISTANCE:
            items.items = with_times_taken(items.items)
        for built, roles in _built(items.items, load_type, unit, is_one_sided=is_one_sided):
            if isinstance(built, UnreadableError):
                error = error or built
            elif built.sets and remark.has_share and not names_weight(built.sets):
                error = error or _only_a_share(items.items)
            elif built.sets:
                is_any = True
                if remark.ends_in_failure:
                    built = _failed_last(built)
                way = _Possible(built, roles, items, remark, is_odd_comma=place > 0)
                yield from (way, *_corrected(way))
    if not is_any:
        raise error or UnreadableError(NO_SETS, 0, len(line))


def _of_a_run(tokens: Sequence[Token]) -> list[Token]:
    """The tokens as they are meant of what is run or rowed: 5k, 5 km en 26:30."""
    meant: list[Token] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        before, word = meant[-1].kind if meant else None, token.text.lower()
        if word == "k" and before in ("number", "slash"):
            token = replace(token, kind="distance unit", meaning="1000")
        elif word == "en" and following and following.kind in ("number", "clock"):
            token = replace(token, kind="in")
        meant.append(token)
    return meant


def _failed_last(built: Built) -> Built:
    *before, last = built.sets
    kind = SetKind.FAILURE if last.kind == SetKind.WORKING else last.kind
    return replace(built, sets=(*before, replace(last, kind=kind)))


def _corrected(way: _Possible) -> Iterator[_Possible]:
    """The same with the last set as a remark has it: 100x5 (got 3)."""
    *before, last = way.built.sets
    if last.reps and (reps := way.remark.corrected(last.reps)):
        built = replace(way.built, sets=(*before, replace(last, reps=reps)))
        is_open = way.items.notes[-1:] == [f"{last.reps}+"]  # 100x5+ (got 7)
        is_completed = is_open and way.remark.is_of_reps and reps >= last.reps
        yield replace(way, built=built, is_corrected=True, is_completed=is_completed)


def _weighed(
    possible: Sequence[_Possible], load_type: LoadType | None, last: Sequence[SetText] | None
) -> list[_Candidate]:
    """The readings, the likeliest first; of equal ones only the likeliest."""
    found: dict[tuple[tuple[SetText, ...], str], _Candidate] = {}
    for each in possible:
        candidate = _Candidate(each, each.judged(load_type, last))
        key = (each.built.sets, candidate.reading.notes)
        if key not in found or candidate.points < found[key].points:
            found[key] = candidate
    return sorted(found.values(), key=lambda one: (one.points, not one.verdict.is_as_last))


def _built(
    items: Sequence[Item], load_type: LoadType | None, unit: Unit, *, is_one_sided: bool
) -> Iterator[tuple[Built | UnreadableError, Roles]]:
    for roles in possible_roles(items, load_type, is_one_sided=is_one_sided):
        try:
            yield build_sets(items, roles, load_type=load_type, unit=unit), roles
        except UnreadableError as error:
            yield error, roles


def _is_clear(candidates: Sequence[_Candidate]) -> bool:
    best, *others = candidates
    return not best.verdict.is_asked and all(each.points - best.points >= CLEAR for each in others)


def _question(candidates: Sequence[_Candidate]) -> AskedError:
    """Which of the readings is meant, the likeliest first. Raises UnreadableError where nobody does
    any of them.
    """
    best = candidates[0]
    items = best.possible.items.items
    start, end = items[0].start, items[-1].end
    near = [
        each
        for place, each in enumerate(candidates[:MOST_CHOICES])
        if each.points - best.points <= (_NEAR if place > 1 else _NEAR_SECOND)
        and _may_be_meant(each.possible.built)
    ]
    if not near:
        message = _("What were the sets? Write them like this: 60 kg x 8, 8, 7.")
        raise UnreadableError(message, start, end)
    message = _("Which of these did you mean?") if len(near) > 1 else _("Is this what you mean?")
    return AskedError(message, start, end, [each.reading for each in near])


def _may_be_meant(built: Built) -> bool:
    """Whether anybody does so many sets: not 60 sets of 8, and not 8 sets of 60 with a weight."""
    most = max(built.counts, default=1)
    is_long = any(one.load and (one.reps or 0) > MOST_REPS for one in built.sets)
    return most <= (_MOST_LONG_SETS if is_long else _MOST_SETS_OFFERED)


def _only_a_share(items: Sequence[Item]) -> UnreadableError:
    message = _("A share is not a weight. Write the weight that was lifted, such as 60 kg.")
    return UnreadableError(message, items[0].start, items[-1].end)
