"""What stands behind the sets of a line and is about them: "45 kg x 9 - last one slow"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .scanner import Token, TokenKind

# Words that only mean something to sets while no other word follows: "left knee sore"
_WORDS_OF_REMARKS: frozenset[TokenKind] = frozenset(
    ("side", "kind", "limb", "each", "of", "in", "at", "filler", "dash", "comma", "band", "times")
)
_SETS_BEGIN: frozenset[TokenKind] = frozenset(("number", "clock"))
# What may contradict the sets: only got 4, missed the last
_CONTRADICTS = re.compile(
    r"\b(?:only|miss(?:ed)?|fail(?:ed)?|short|except|but|more|skip(?:ped)?|half|instead|couldn.?t|not)\b",
    re.IGNORECASE,
)
_SETS_IN_REMARK = re.compile(r"[0-9]\s?(?:[x\u00d7]\s?[0-9]|kg|lb)", re.IGNORECASE)
# Numbers of these say nothing about the sets
_NO_SETS = re.compile(r"(?:rest|pause|tempo)\b", re.IGNORECASE)
_EDGES = " \t,;:.-\u2013\u2014([|"


@dataclass(frozen=True)
class Remark:
    """A line's tokens without its remarks, which are `texts`.

    A remark that holds numbers or takes something back is doubtful: the sets are asked about.
    """

    tokens: tuple[Token, ...]
    texts: tuple[str, ...] = ()
    is_doubtful: bool = False
    points: Decimal = Decimal(0)

    def with_notes(self, notes: Sequence[str]) -> str:
        """The remarks and these notes, a line each."""
        return "\n".join([*notes, *self.texts])


def cut_remarks(line: str, tokens: Sequence[Token]) -> Iterator[Remark]:
    """The ways of telling sets and remarks apart: one, or two where sets may follow a remark."""
    first = _cut(line, tokens, goes_on=False)
    yield first
    if first.texts and first.is_doubtful:
        second = _cut(line, tokens, goes_on=True)
        if second.tokens != first.tokens:
            yield second


def _cut(line: str, tokens: Sequence[Token], *, goes_on: bool) -> Remark:
    """`goes_on`: a remark ends where a number follows, otherwise with its line."""
    kept: list[Token] = []
    texts: list[str] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind != "other" or not any(each.kind in _SETS_BEGIN for each in kept):
            kept.append(token)
            position += 1
            continue
        while kept and _is_word_of_remark(kept[-1], tokens[position]):
            position -= 1
            kept.pop()
        end = _end_of_remark(line, tokens, position, goes_on=goes_on)
        texts.append(_text(line, tokens[position].start, tokens[end - 1].end))
        position = end
        if position < len(tokens) and tokens[position].kind not in ("comma", "line end"):
            kept.append(Token("comma", tokens[position].start, tokens[position].start, ""))
    while kept and kept[-1].kind in ("comma", "dash", "stop") and texts:
        kept.pop()
    remarks = tuple(text for text in texts if text)
    doubtful = any(
        (any(map(str.isdigit, text)) and not _NO_SETS.match(text)) or _CONTRADICTS.search(text)
        for text in remarks
    )
    hides_sets = any(_SETS_IN_REMARK.search(text) for text in remarks)
    return Remark(tuple(kept), remarks, doubtful, Decimal(1 if goes_on else 2 * hides_sets))


def _is_word_of_remark(before: Token, following: Token) -> bool:
    """Whether a word before one that means nothing to sets belongs to it: left knee."""
    is_word = before.kind in _WORDS_OF_REMARKS and len(before.text) > 1 and before.text.isalpha()
    return is_word and following.start - before.end <= 1


def _end_of_remark(line: str, tokens: Sequence[Token], position: int, *, goes_on: bool) -> int:
    """The place behind the remark's last token: at its bracket, its line's end, or a number."""
    closing = _closing_bracket(line, tokens[position].start)
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "line end" or (closing is not None and token.start > closing):
            break
        if goes_on and token.kind in ("number", "sign", "clock"):
            break
        position += 1
    return position


def _closing_bracket(line: str, start: int) -> int | None:
    """Where the bracket that was opened right before the remark closes, on the same line."""
    before = line[:start].rstrip(" ")
    if not before.endswith(("(", "[")):
        return None
    end = line.find(")" if before.endswith("(") else "]", start)
    line_end = line.find("\n", start)
    return None if end < 0 or 0 <= line_end < end else end


def _text(line: str, start: int, end: int) -> str:
    """The remark, without the marks that set it off from the sets."""
    text = line[start:end].lstrip(_EDGES).rstrip(" \t,;:-\u2013\u2014([|")
    return f"{text})" if text.count("(") > text.count(")") else text
