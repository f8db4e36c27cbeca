"""Which part of an entry's line is the name, and which parts are the sets.

With a colon that is plain. Without one, the name ends where something that can begin a set
follows; the caller's look-up decides when there are several such places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType

from .errors import UnreadableError
from .loading import Find, is_one_sided
from .note_lines import is_section
from .scanner import Token, iter_tokens, may_have_decimals, scan
from .values import BULLET, LEADING_NUMBER, MAX_NAME, SUPERSET_MARK, clean_name, name_problem
from .words import BODYWEIGHT, ON_THE_DAY, TEMPO, TRAINING_MAX, WARM_UP, half_width

# A colon that ends a name, so not the one in 1:30
_COLON = re.compile(r":(?!(?<=[0-9]:)[0-9])")
# Where sets can begin after a name: 8, +10 kg, @ 32 kg, bw x 8, bw+10, x10
_SETS_START = re.compile(
    rf"(?<=[\s(\[])(?:{LEADING_NUMBER.pattern}|[~\u2248]\s?[0-9]|@|[x\u00d7\u0445](?:\s?[0-9]|\+)"
    rf"|{BODYWEIGHT}\s*[x\u00d7*+:,-]?\s*[0-9]|drops?\s+[0-9]|{TEMPO}|{TRAINING_MAX}"
    rf"|{WARM_UP}(?=\s*:?\s*(?:[0-9]|bar\b|$))"
    r"|bar\s*[x\u00d7+]|(?:rpe|rir)\s*[0-9])",
    re.IGNORECASE,
)
# What stands between a name and sets and is neither: "Pull-up - 3x8", "Pull-up, 8", "Pull-up x 8"
_SEPARATOR = re.compile(
    r"(?:[,;(\[]|\s[-\u2013\u2014=x\u00d7]|[,;]?\s(?:and|then))$", re.IGNORECASE
)
_THEN = re.compile(
    r"(?:and\s)?(?:then|next|finally|dann|danach|puis|ensuite|luego|despu\u00e9s)\s*[:,]?\s+(?=\S)",
    re.IGNORECASE,
)
_END_MARKS = " .!*"
_SHORTEST_WORD = 3
_SAID = re.compile(
    rf"(?P<before>{ON_THE_DAY}\s+)(?=\S)|(?P<behind>,?\s+{ON_THE_DAY})$", re.IGNORECASE
)
_TRAINING_MAX = re.compile(rf"(?<=[\s(\[]){TRAINING_MAX}", re.IGNORECASE)
_WEIGHT = re.compile(
    r"[(\[]\s*[+-]?[0-9]+(?:[.,][0-9]+)?\s*(?:kgs?|kilos?|lbs?|pounds?|#)\s*[)\]]", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


@dataclass(frozen=True)
class NamedSets:
    """An entry's line taken apart. `name` is clean; `tokens` are the sets around or after it, and
    `other_tokens` the same with decimal commas, where there may be such.

    `start` and `end` are where the name stands in the line. `typed` is the text of the sets behind
    the colon that ends it, "" where there is none. `notes` is what brackets in the name say of
    this time.
    """

    superset: str
    name: str
    load_type: LoadType | None
    tokens: list[Token]
    other_tokens: list[Token] | None
    start: int
    end: int
    typed: str = ""
    notes: str = ""
    is_one_sided: bool = False


@dataclass(frozen=True)
class _Name:
    """A stretch of the line that may be the name. Sets go on at `end`, the name stops at `stop`."""

    text: str
    start: int
    stop: int
    end: int
    notes: str = ""


def without_weight(name: str) -> str:
    """The name without a weight in brackets, which is of the sets: "Goblet squat (16 kg)"."""
    return clean_name(_WEIGHT.sub(" ", name)) or name


def split_entry(line: str, find: Find) -> NamedSets:
    """The superset letter, the name with how it is loaded, and the sets of an entry's line.

    A bullet or number of a list before them is dropped. The entry may go on in further lines, which
    are sets.
    Raises UnreadableError when there is no name or it can't be one.
    """
    start = bullet.end() if (bullet := BULLET.match(line)) else 0
    start = _skip_then(line, start, find)
    mark = SUPERSET_MARK.match(line, start)
    start = mark.end() if mark else start
    head = line if "\n" not in line else line[: line.index("\n")]
    before = list(_leading_tokens(head, start)) if LEADING_NUMBER.match(head, start) else []
    if before and before[-1].kind == "bodyweight":
        before = _without_own_word(head, before, find)
    name = _find_name(head, before[-1].end, find) if before else _read_name(head, start, find)
    _check(name)
    superset = mark["letter"].upper() if mark else ""
    typed = line[name.end :].strip() if line[: name.end].endswith(":") else ""
    tokens = _with_reps(before + scan(line, name.end), name.text)
    other = None
    if may_have_decimals(line, name.end):
        other = _with_reps(before + scan(line, name.end, has_decimals=True), name.text)
    span = (name.start, name.stop)
    return NamedSets(
        superset,
        name.text,
        find(name.text),
        tokens,
        other,
        *span,
        typed,
        name.notes,
        is_one_sided(name.text, find),
    )


def _skip_then(line: str, start: int, find: Find) -> int:
    """Where the name begins behind a word such as "then", which may as well be part of a name.

    Before a colon it is, unless the name behind it is known: "Then: 8, 8", but "Then: bench 3x5".
    """
    if not (then := _THEN.match(line, start)) or find(_read_name(line, start, find).text):
        return start
    is_of_name = _COLON.search(line, start) and not find(_read_name(line, then.end(), find).text)
    return start if is_of_name else then.end()


def _with_reps(tokens: list[Token], name: str) -> list[Token]:
    """The tokens with the exercise's own word behind a number as the word reps: 50 swings."""
    key = _letters(name)
    said = [
        (token, before.kind == "number" and _is_word_of(_letters(token.text), key))
        for before, token in pairwise(tokens)
    ]
    return tokens[:1] + [replace(one, kind="reps") if is_rep else one for one, is_rep in said]


def _is_word_of(word: str, key: str) -> bool:
    singular = next((word.removesuffix(end) for end in ("es", "s") if word.endswith(end)), word)
    return len(singular) >= _SHORTEST_WORD and any(
        key.endswith((one, f"{one}s")) for one in {word, singular, word.removesuffix("s")}
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


def _without_own_word(head: str, before: list[Token], find: Find) -> list[Token]:
    """The tokens before a name without a "bodyweight" that it begins with."""
    name = _find_name(head, before[-1].start, find)
    return before[:-1] if len(before) > 1 and find(name.text) else before


def _leading_tokens(line: str, start: int) -> Iterator[Token]:
    """The tokens up to the first that doesn't belong to sets, where the name begins."""
    before = None
    for token in iter_tokens(line, start):
        is_limb_of_name = token.kind == "limb" and before not in ("each", "slash")  # leg press
        if token.kind in ("other", "band", "bar") or is_limb_of_name:  # band pull-apart
            return
        yield token
        before = token.kind


def _read_name(line: str, start: int, find: Find) -> _Name:
    colon = _COLON.search(line, start)
    if not colon:
        return _find_name(line, start, find)
    name = _Name(clean_name(line[start : colon.start()]), start, colon.start(), colon.end())
    if find(name.text):
        return name
    if known := _known_within(line, name, find):
        return known
    if is_section(name.text) and "warm" not in name.text.lower():  # Strength: Deadlift 5x3
        inner = _read_name(line, _skip_spaces(line, name.end), find)
        if find(inner.text):
            return replace(inner, notes="\n".join(filter(None, (name.text, inner.notes))))
    return _without_training_max(line, name)


def _without_training_max(line: str, name: _Name) -> _Name:
    match = _TRAINING_MAX.search(line, name.start, name.stop)
    return _name(line, name.start, match.start(), match.start()) if match else name


def _skip_spaces(line: str, position: int) -> int:
    while line[position : position + 1].isspace():
        position += 1
    return position


def _known_within(line: str, name: _Name, find: Find) -> _Name | None:
    """A name that is known once what brackets hold, or what looks like sets, is not part of it.

    The 16 kg of "Goblet squat (16 kg): 3x9" are a weight, "paused" in "Bench (paused)" is a remark.
    """
    head = line[: name.stop]
    for each in reversed(list(_possible_names(head, name.start))):
        if name_problem(each.text) is None and find(each.text):
            return replace(each, end=name.end) if each.end == len(head) else each
    if said := _said_on_the_day(name, find):
        return said
    if not (brackets := list(_BRACKETS.finditer(head, name.start))):
        return None
    without = clean_name(_BRACKETS.sub(" ", head[name.start :]))
    if name_problem(without) is not None or not find(without):
        return None
    notes = "\n".join(clean_name(bracket[1]) for bracket in brackets if bracket[1].strip())
    return replace(name, text=without, notes=notes)


def _said_on_the_day(name: _Name, find: Find) -> _Name | None:
    """The name without a word such as "deload" at its beginning or its end, which is a note."""
    for match in (_SAID.match(name.text), _SAID.search(name.text)):
        if match and match[0] != name.text:
            text = clean_name(name.text[: match.start()] + name.text[match.end() :])
            if name_problem(text) is None and find(text):
                return replace(name, text=text, notes=match[0].strip(" ,"))
    return None


def _find_name(line: str, start: int, find: Find) -> _Name:
    """The longest name that is known, else the one that ends at the first sets."""
    names = list(_possible_names(line, start))
    for name in reversed(names):
        if name_problem(name.text) is None and find(name.text):
            return name
    return _known_within(line, names[0], find) or names[0]


def _possible_names(line: str, start: int) -> Iterator[_Name]:
    """The stretches from `start` that end where sets can begin, and the one up to the end."""
    for match in _SETS_START.finditer(half_width(line), start):
        if line[: match.start()].rstrip().endswith("@"):
            continue  # it is of the @
        name = _name(line, start, match.start(), match.start())
        if len(name.text) > MAX_NAME:
            break
        if name.text:
            yield name
    yield _name(line, start, len(line), len(line))


def _name(line: str, start: int, stop: int, end: int) -> _Name:
    """The name between two places, without the spaces and marks around it."""
    while start < stop and line[start] in " \t\u00a0:-\u2013\u2014.,)]":
        start += 1
    text = _SEPARATOR.sub("", line[start:stop].rstrip()).rstrip()
    text = text.rstrip(_END_MARKS) or text
    return _Name(clean_name(text), start, start + len(text), end)


def _check(name: _Name) -> None:
    if not name.text:
        message = _(
            'Which exercise? Write its name before the sets, for example "Pull-up: 8, 8, 6".'
        )
        raise UnreadableError(message, 0, name.end)
    if problem := name_problem(name.text):
        raise UnreadableError(problem, name.start, max(name.stop, name.start + 1))
