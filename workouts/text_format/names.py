"""Which part of an entry's line is the name, and which parts are the sets.

With a colon that is plain. Without one, the name ends where something that can begin a set
follows; the caller's look-up decides when there are several such places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exercises.vocabulary import LoadType

from .errors import UnreadableError
from .loading import Find
from .scanner import Token, iter_tokens, scan
from .values import BULLET, LEADING_NUMBER, MAX_NAME, SUPERSET_MARK, clean_name, name_problem

# A colon that ends a name, so not the one in 1:30
_COLON = re.compile(r":(?!(?<=[0-9]:)[0-9])")
# Where sets can begin after a name: 8, +10 kg, @ 32 kg, bw x 8
_SETS_START = re.compile(
    rf"(?<=\s)(?:{LEADING_NUMBER.pattern}|@|(?:bw|bodyweight)\s*[x\u00d7*]\s*[0-9])", re.IGNORECASE
)
# What stands between a name and sets and is neither: "Pull-up - 3x8", "Pull-up, 8", "Pull-up x 8"
_SEPARATOR = re.compile(r"(?:,|;|\s[-\u2013\u2014=x\u00d7])$", re.IGNORECASE)


@dataclass(frozen=True)
class NamedSets:
    """An entry's line taken apart. `name` is clean; `tokens` are the sets around or after it."""

    superset: str
    name: str
    load_type: LoadType | None
    tokens: list[Token]


@dataclass(frozen=True)
class _Name:
    """A stretch of the line that may be the name. Sets go on at `end`."""

    text: str
    start: int
    end: int


def split_entry(line: str, find: Find) -> NamedSets:
    """The superset letter, the name with how it is loaded, and the sets of an entry's line.

    A bullet or number of a list before them is dropped.
    Raises UnreadableError when there is no name or it can't be one.
    """
    start = bullet.end() if (bullet := BULLET.match(line)) else 0
    mark = SUPERSET_MARK.match(line, start)
    start = mark.end() if mark else start
    before = list(_leading_tokens(line, start)) if LEADING_NUMBER.match(line, start) else []
    name = _find_name(line, before[-1].end, find) if before else _read_name(line, start, find)
    _check(name)
    superset = mark["letter"].upper() if mark else ""
    return NamedSets(superset, name.text, find(name.text), before + scan(line, name.end))


def _leading_tokens(line: str, start: int) -> Iterator[Token]:
    """The tokens up to the first that doesn't belong to sets, where the name begins."""
    before = None
    for token in iter_tokens(line, start):
        is_limb_of_name = token.kind == "limb" and before not in ("each", "slash")  # leg press
        if token.kind in ("other", "band") or is_limb_of_name:  # band pull-apart
            return
        yield token
        before = token.kind


def _read_name(line: str, start: int, find: Find) -> _Name:
    colon = _COLON.search(line, start)
    if colon:
        return _Name(clean_name(line[start : colon.start()]), start, colon.end())
    return _find_name(line, start, find)


def _find_name(line: str, start: int, find: Find) -> _Name:
    """The longest name that is known, else the one that ends at the first sets."""
    names = list(_possible_names(line, start))
    known = [name for name in names if name_problem(name.text) is None and find(name.text)]
    return known[-1] if known else names[0]


def _possible_names(line: str, start: int) -> Iterator[_Name]:
    """The stretches from `start` that end where sets can begin, and the one up to the end."""
    for match in _SETS_START.finditer(line, start):
        text = clean_name(line[start : match.start()])
        if len(text) > MAX_NAME:
            break
        if text:
            yield _Name(_SEPARATOR.sub("", text).rstrip(), start, match.start())
    yield _Name(clean_name(line[start:]), start, len(line))


def _check(name: _Name) -> None:
    if not name.text:
        message = 'Which exercise? Write its name before the sets, for example "Pull-up: 8, 8, 6".'
        raise UnreadableError(message, 0, name.end)
    if problem := name_problem(name.text):
        raise UnreadableError(problem, name.start, name.end)
