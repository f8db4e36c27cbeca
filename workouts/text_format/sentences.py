"""Sets told in a sentence: "Did 4 sets of 10 on the leg press at 160 kg."

Only sentences whose every word is known are taken: the name of one exercise, what sets are written
with, and words that change nothing about them. Any other word may: "only", "tried", "next week".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .errors import UnreadableError
from .note_lines import looks_like_sets
from .scanner import scan

# They may stand before the first number
_OPENING = (
    r"(?:and\s)?(?:after\sthat|afterwards|finally|got|hit|made|managed|had|(?:finished|ended|started|began)(?:\soff)?(?:\swith)?"
    r"|worked\s(?:my\sway\s)?up\sto|again\sbut)"
)
_FILLER = (
    r"(?:i|we|did|some|the|a(?!\s(?:side|leg|arm|hand))|an|my|ones|on|today|tonight|now|also"
    r"|without\sweight|another(?:\sone\sof)?|to\s(?:finish|start|end)|do)"
)
# Said of an exercise that is known; of another they are a part of its name
_EQUIPMENT = r"(?:kettlebells?|dumbbells?|barbell)"


def _words(*choices: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'\u2019-])(?:{'|'.join(choices)})(?![\w'\u2019-])", re.IGNORECASE)


_SAID, _SAID_FIRST = _words(_FILLER), _words(_OPENING, _FILLER)
_OF_WHAT = _words(_EQUIPMENT)
# What a sentence has at least one of; "a" also where a name begins behind it
_TELLS = _words(_OPENING, _FILLER, "a", _EQUIPMENT)
_WITH = re.compile(r"[^\w.+-]*(?P<word>with|at)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_ENDS = re.compile(r"(?<=[\w)])[.!?]\s+(?=[^\W\d_a-z])")
_LONGEST_NAME = 6  # words
_LONGEST = 300  # characters


@dataclass(frozen=True)
class Told:
    """A sentence: where the name of its exercise stands, and its text with nothing but the sets,
    every position as it was. `remark` is where further sentences begin, which have no numbers.
    """

    start: int
    end: int
    sets: str
    remark: int


def read_sentence(text: str, knows: Callable[[str], bool]) -> Told | None:
    """The sets that a sentence tells; None where it is none, or has words that may change them."""
    if len(text) > _LONGEST or not re.search("[0-9]", text) or not _TELLS.search(text):
        return None
    end = next((match.end() for match in _ENDS.finditer(text)), len(text))
    if re.search("[0-9]", text[end:]):
        return None
    first = text[:end].rstrip()
    first = first.rstrip(".!")
    names = list(_names(first, knows))
    if len(names) > 1:
        return None
    name = names[0] if names else None
    plain = _blank(first, *name) if name else first
    sets = _without_fillers(plain)
    if name:
        sets = _OF_WHAT.sub(lambda word: " " * len(word[0]), sets)
    if sets == plain:
        return None
    others = _other_words(sets)
    if others is None:
        return None
    if name is None:
        if len(others) != 1 or ":" in first or not looks_like_sets(sets):
            return None
        name = others[0]
        sets = _blank(sets, *name)
    elif others:
        return None
    if with_ := _WITH.match(sets):  # with the 12 kg dumbbells 3x10
        sets = _blank(sets, *with_.span("word"))
    return Told(*name, sets, end)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _without_fillers(text: str) -> str:
    digit = re.search("[0-9]", text)
    begin = digit.start() if digit else len(text)
    first = [match for match in _SAID_FIRST.finditer(text) if match.end() <= begin]
    for match in (*first, *_SAID.finditer(text, begin)):
        text = _blank(text, *match.span())
    return text


def _names(text: str, knows: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Where the known names stand, each as long as it can be."""
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        for last in range(min(place + _LONGEST_NAME, len(words)) - 1, place - 1, -1):
            start, end = words[place].start(), words[last].end()
            if knows(text[start:end]):
                yield start, end
                place = last
                break
        place += 1


def _other_words(sets: str) -> list[tuple[int, int]] | None:
    """Where words stand that mean nothing to sets, those next to each other as one."""
    try:
        tokens = [token for token in scan(sets) if token.kind == "other"]
    except UnreadableError:
        return None
    runs: list[tuple[int, int]] = []
    for token in tokens:
        if not token.text[0].isalpha():
            return None
        if runs and token.start - runs[-1][1] == 1:
            runs[-1] = (runs[-1][0], token.end)
        else:
            runs.append((token.start, token.end))
    return runs
