"""What stands behind the sets of a line and is about them: "45 kg x 9 - last one slow"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .scanner import Token, TokenKind
from .words import REST, TEMPO, TRAINING_MAX

# Words that only mean something to sets while no other word follows: "left knee sore"
_WORDS_OF_REMARKS: frozenset[TokenKind] = frozenset(
    ("side", "kind", "limb", "each", "of", "in", "at", "filler", "dash", "comma", "band", "times")
)
_SETS_BEGIN: frozenset[TokenKind] = frozenset(("number", "clock"))
# What may contradict the sets: only got 4, missed the last
_CONTRADICTS = re.compile(
    r"\b(?:only|miss(?:ed)?|fail(?:ed)?|short|except|but|more|skip(?:ped)?|half|instead|couldn.?t|not"
    r"|total|partials?|extra|forced|emom|amrap|same|again|another|both|repeat(?:ed)?|nur|seulement|solo|s\u00f3lo|только|max)\b",
    re.IGNORECASE,
)
# What the last set came to: got 7, only 7, missed the last 2 reps
_CAME_TO = re.compile(
    r"\b(?:got|only|made)\s(?:only\s)?(?P<reps>[0-9]{1,2})\b(?!\s?(?:x|kg|lb|s\b|sec|min|of|sets))"
    r"|\b(?P<done>[0-9]{1,2})\s(?:reps?\s)?(?:done|geschafft|gemacht|hechas|faites|fait|сделал)\b"
    r"|\bmissed\s(?:the\s)?last\s(?:(?P<missed>[0-9]{1,2})\s)?reps?\b",
    re.IGNORECASE,
)
# What a set had less: 0 (missed), x 4 (missed the 5th)
_MISSED = re.compile(
    r"\bmissed\b(?:\s(?:the\s)?(?P<repetition>[0-9]{1,2})(?:st|nd|rd|th)\b(?!\sset))?",
    re.IGNORECASE,
)
# What an open set came to: 5+ (8), 5+ = 8, 5+: 8, 5+ did 8, and x+ -> 8
_OPEN_CAME_TO = re.compile(
    r"(?P<open>[0-9]|[x\u00d7]\s?)\+\s*(?:(?P<bracket>[(\[])(?P<said>\s*(?:got|did|hit|made)\s)?|=(?!>)|:|(?:did|hit|was)\s|(?:[-=]>|\u2192))\s*"
    r"(?=[0-9]{1,3}\s*(?:reps?\s*)?(?(bracket)[)\]]|(?:[,;.!]|$|\n|\s@)))",
    re.IGNORECASE,
)
_LAST_FAILED = re.compile(
    r"\blast\s(?:set\s|one\s)?(?:(?:was|went|taken)\s)?(?:to|until|till)\s(?:\w+\s)?failure\b",
    re.IGNORECASE,
)
_SETS_IN_REMARK = re.compile(r"[0-9]\s?(?:[x\u00d7]\s?[0-9]|kg|lb)", re.IGNORECASE)
_TIME = r"[0-9]+(?:[:.][0-9]+)?\s?(?:seconds?|secs?|s|minutes?|mins?|m|'|\")"
# @8-9, RIR 1-2: which of them, nobody knows
_EFFORT = r"(?:10|[0-9](?:[.,]5)?)"
_EFFORTS = (
    rf"(?:(?:@\s?)?\b(?:rpe|rir)\s?|@\s?){_EFFORT}\s?[-\u2013\u2014/]\s?{_EFFORT}(?![0-9]|[.,][0-9]|\s?(?:x|kg|lb|%))(?:\s?(?:rpe|rir)\b)?"
    rf"|\b{_EFFORT}\s?[-\u2013\u2014]\s?{_EFFORT}\s?(?:rpe|rir)\b"
)
# 2 in reserve, 1 left in the tank
_IN_RESERVE = (
    r"\b[0-9](?:\s?[-\u2013]\s?[0-9])?\s(?:reps?\s)?(?:left\s)?(?:in|de|en|im|in der)\s"
    r"(?:the\s|la\s)?(?:reserve|r\u00e9serve|tank|reserva)\b"
)
# Half repetitions, and those that somebody helped with, behind the whole ones: + 4 partials
_PARTIALS = (
    r"\+\s?[0-9]{1,2}\s(?:partials?|partial\sreps|half\sreps|halves|forced(?:\sreps)?|assisted(?:\sreps)?"
    r"|neg(?:ative)?s?|teil\w+|partielles?|parciales)\b"
)
# What a programme calls the day, before its sets: 5/3/1 week 2: 80x5
_PROGRAMME = (
    r"\b5/3/1(?=[\s:].{0,200}[0-9]\s?[x\u00d7@])"
    r"|\b(?:week|wk|woche|semaine|semana|cycle|zyklus)\s?[0-9]{1,2}(?![0-9x])(?:\s*:)?"
)
# How many were planned: 95x6 (1+), 95x6 (90%, 1+)
_TARGET = r"(?<=[0-9])\s?[(\[]\s*[0-9]{1,2}\+\s*[)\]]|(?<=%),\s?[0-9]{1,2}\+(?=\s*[)\]])"
# Numbers in brackets behind sets: 80x8 (7), 3x8 (8, 8, 7)
_IN_BRACKETS = re.compile(
    r"(?:[x\u00d7*/,-]\s?|\breps?\s)[0-9]{1,3}\s*(?P<brackets>[(\[]\s*[+-]?[0-9]{1,2}(?:[.]5)?(?:\s*[,/]\s*[0-9]{1,2})*\s*[)\]])",
    re.IGNORECASE,
)
# e1RM 117: what the sets are reckoned to be worth; 80 % of what
_FACT = (
    r"\b(?:e|est(?:imated|\.)?\s?|calc(?:ulated|\.)?\s?)1?\s?rm\s?[:=~]?\s?[0-9]{2,3}(?:[.,][0-9])?"
    rf"(?:\s?(?:kgs?|lbs?))?\b|\b{TRAINING_MAX}"
)
# 3-1-1-0, 31X1, @3110, (4010): a tempo without the word, which sets can't be
_TEMPO_ALONE = (
    r"(?<![\w.,:/-])(?:@\s?)?(?=[0-9]\S{0,6}[0x])[1-9][-/.:][0-6x][-/.:][0-6x][-/.:][0-6x](?![\w-]|[.,/:][0-9])"
    r"|(?<![\w.,:/-])(?:@\s?)?[1-9][0-6](?:(?-i:X)[0-6]|[0-6](?-i:X))(?!\w|\s+[0-9]|\s*,)"
    r"|(?<![\w.,:/-])(?:@\s?[1-9][0-4][0-4][0-4](?![\w.,]|\s?(?:kg|lb|x))|[(\[]\s*[1-9][0-4][0-4][0-4]\s*[)\]])"
)
# 80x5 3-1-1: a tempo, or three sets more
_PERHAPS_TEMPO = re.compile(
    r"[x\u00d7*]\s?[0-9]{1,2}(?:\s?reps)?(?:\s@?\s?[0-9.]{2,5}(?:\s?(?:kg|lb))?)?\s+[(\[]?(?P<tempo>[1-6]-[0-4]-[0-4])(?![\w-]|\s?(?:kg|lb|x|@|reps))",
    re.IGNORECASE,
)
# In how many sets, nobody knows: 50 total reps
_IN_ALL = r"(?<=[0-9]\s)total(?=\sreps?\b)|\b(?:in\s)?total(?:\sof)?(?=\s[0-9]+\sreps?\b)"
_OF_MOST = r"(?:\s?(?:of\s)?(?:my\s)?(?:e?1?\s?rm|tm|max|training\smax|best)\b)?"
# Numbers that say nothing about the sets: rest 2 min, tempo 3-1-1, 2 s pause, 75 %
_ASIDE = re.compile(
    rf"(?<![\w-]){REST}\s*:?\s*(?:{_TIME}|[0-9:]+)(?![0-9x])|{_TIME}\s*(?:of\s)?(?:{REST}|breaks?|pauses?|down|up|holds?|eccentrics?|negatives?)\b"
    rf"|\b{TEMPO}|(?:[0-9x](?:[-/][0-9x]){{2,3}}|\b[0-9]{{4}})\s*tempo\b"
    rf"|{_TEMPO_ALONE}|{_EFFORTS}|{_IN_RESERVE}|{_PARTIALS}|{_PROGRAMME}|{_TARGET}"
    rf"|{_FACT}|(?P<in_all>{_IN_ALL})|(?P<share>(?:@\s?)?[0-9]+(?:[.,][0-9]+)?\s?%{_OF_MOST})"
    r"|\b[0-9]{1,2}\.\s?(?:Satz|set|s\u00e9rie|serie)\b",
    re.IGNORECASE,
)
_LEAST_RPE, _MOST_RPE = 5, 10
_MOST_REPS_IN_BRACKETS = 20
_ORDINALS = ("Satz", "satz", "set", "Set", "s\u00e9rie", "serie")
_AROUND_ASIDES = " \t,;:([)]"
_EDGES = " \t,;:.-\u2013\u2014([|"


@dataclass(frozen=True)
class Remark:
    """A line's tokens without its remarks, which are `texts`.

    A remark that holds numbers or takes something back is doubtful: the sets are asked about.
    `has_share` says that a percentage is among the texts, which is no weight; `is_of_reps` that
    nothing casts doubt but what the last set came to, `is_of_miss` but what it had less.
    """

    tokens: tuple[Token, ...]
    texts: tuple[str, ...] = ()
    has_share: bool = False
    is_doubtful: bool = False
    is_of_reps: bool = False
    is_of_miss: bool = False
    points: Decimal = Decimal(0)

    def corrected(self, reps: int) -> int | None:
        """What the repetitions of the last set came to by a remark, None where none says so."""
        for text in self.texts:
            if match := _CAME_TO.search(text):
                said = match["reps"] or match["done"]
                came = int(said) if said else reps - int(match["missed"] or 1)
                return came if came > 0 else None
        return None

    @property
    def missed(self) -> int | None:
        """Which repetition a remark says was missed."""
        match = _MISSED.search("\n".join(self.texts))
        return int(match["repetition"]) if match and match["repetition"] else None

    @property
    def ends_in_failure(self) -> bool:
        """Whether a remark says so of the last set: last set to failure."""
        return any(map(_LAST_FAILED.search, self.texts))

    def with_notes(self, notes: Sequence[str]) -> str:
        """The remarks and these notes, a line each."""
        return "\n".join([*notes, *self.texts])


def cut_remarks(line: str, tokens: Sequence[Token]) -> Iterator[Remark]:
    """The ways of telling sets and remarks apart: one; several where sets may follow a remark, or
    brackets hold numbers.
    """
    tokens = _with_arrows(line, tokens)
    if tempo := _PERHAPS_TEMPO.search(line, tokens[0].start if tokens else 0):
        start, end = tempo.span("tempo")
        without = [token for token in tokens if not start <= token.start < end]
        yield _doubted(next(_cut_plain(line, without)), tempo["tempo"])
        yield _doubted(next(_cut_plain(line, tokens)))
        return
    matches = list(_IN_BRACKETS.finditer(line, tokens[0].start)) if tokens else []
    if not matches:
        yield from _cut_plain(line, tokens)
        return
    if len(matches) > 1:
        ways = list(_without_brackets(line, tokens, [match.span("brackets") for match in matches]))
        yield from ways
        if not all(way.is_doubtful for way in ways):
            return
    match = matches[0]
    start, end = match.span("brackets")
    inside = [token for token in tokens if start <= token.start < end]
    said = line[start:end].strip("()[] ")
    before = [token for token in tokens if token.end <= start]
    behind = [token for token in tokens if token.start >= end]
    numbers = [token.number for token in inside if token.kind == "number"]
    is_scheme = len(numbers) > 1 and _is_scheme(before[-3:], len(numbers))
    if is_scheme and max(numbers) > _MOST_REPS_IN_BRACKETS and len(before) == 3:  # 3x8 (60, 65, 70)
        at = Token("at", start, start + 1, "@")
        for remark in _cut_plain(line, [*before, at, *inside, *behind]):
            yield _doubted(remark)
    elif is_scheme:  # 3x8 (8, 8, 7)
        scheme = line[before[-3].start : before[-1].end]
        for remark in _cut_plain(line, [*before[:-3], *inside, *behind]):
            yield _doubted(remark, scheme)
    for remark in _cut_plain(line, [*before, *behind]):
        yield _doubted(remark, said)
    for remark in _cut_plain(line, tokens):
        yield _doubted(remark)


def _without_brackets(
    line: str, tokens: Sequence[Token], spans: Sequence[tuple[int, int]]
) -> Iterator[Remark]:
    """With what the brackets hold as remarks, and as the RPE of the set before each: 95x3 (7).

    Where one is a half (8.5), none of them are repetitions.
    """

    def is_within(token: Token) -> bool:
        return any(start <= token.start < end for start, end in spans)

    inside = [token for token in tokens if is_within(token)]
    if len(inside) == len(spans) and all(_LEAST_RPE <= each.number <= _MOST_RPE for each in inside):
        marked = [
            each
            for token in tokens
            for each in (
                [Token("rpe", token.start, token.start, ""), token] if is_within(token) else [token]
            )
        ]
        is_rpe = any(each.number % 1 for each in inside)
        for remark in _cut_plain(line, marked):
            yield remark if is_rpe else _doubted(remark)
        if is_rpe:
            return
    said = [line[start:end].strip("()[] ") for start, end in spans]
    for remark in _cut_plain(line, [token for token in tokens if not is_within(token)]):
        yield _doubted(remark, *said)


def _with_arrows(line: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with an arrow from every open set to what it came to, however that is said."""
    for match in _OPEN_CAME_TO.finditer(line, tokens[0].start if tokens else 0):
        plus, end = match.end("open"), match.end()
        if match["said"] and _number_at(line, end) < _number_before(line, plus):
            continue  # 5+ (got 3)
        is_numberless = match["open"][0] in "xX\u00d7"
        said = [Token("arrow", plus + 1, end, "->")] if not is_numberless else []
        before = [token for token in tokens if token.start < plus + (not is_numberless)]
        tokens = [*before, *said, *(token for token in tokens if token.start >= end)]
    return tokens


def _number_at(line: str, start: int) -> int:
    digits = re.compile("[0-9]+").match(line, start)
    return int(digits[0]) if digits else 0


def _number_before(line: str, end: int) -> int:
    digits = re.search("[0-9]{1,3}$", line[max(end - 3, 0) : end])
    return int(digits[0]) if digits else 0


def _is_scheme(tokens: Sequence[Token], sets: int) -> bool:
    kinds = [token.kind for token in tokens]
    return kinds == ["number", "times", "number"] and tokens[0].number == sets


def _doubted(remark: Remark, *texts: str) -> Remark:
    said = (*remark.texts, *texts)
    return replace(remark, texts=said, is_doubtful=True, is_of_miss=False)


def _cut_plain(line: str, tokens: Sequence[Token]) -> Iterator[Remark]:
    kept, said = _without_asides(line, tokens)
    first = _cut(line, kept, said, goes_on=False)
    yield first
    if first.is_doubtful:
        second = _cut(line, kept, said, goes_on=True)
        if second.tokens != first.tokens:
            yield second


def _without_asides(line: str, tokens: Sequence[Token]) -> tuple[list[Token], list[re.Match[str]]]:
    """The tokens that are in no aside, and the asides that have any."""
    asides = list(_ASIDE.finditer(line, tokens[0].start)) if tokens else []
    kept: list[Token] = []
    said: list[re.Match[str]] = []
    place = 0
    for token in tokens:
        while place < len(asides) and asides[place].end() <= token.start:
            place += 1
        if place == len(asides) or token.start < asides[place].start():
            kept.append(token)
        elif asides[place] not in said[-1:]:
            said.append(asides[place])
    return kept, said


def _cut(
    line: str, tokens: Sequence[Token], asides: Sequence[re.Match[str]], *, goes_on: bool
) -> Remark:
    """`goes_on`: a remark ends where a number follows, otherwise with its line."""
    kept: list[Token] = []
    texts: list[str] = []
    position = behind = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind != "other" or not any(each.kind in _SETS_BEGIN for each in kept):
            kept.append(token)
            position += 1
            continue
        opening = _opening_bracket(line, token.start)
        while position > behind and (
            kept[-1].start > opening or _is_word_of_remark(kept[-1], tokens[position])
        ):
            position -= 1
            kept.pop()
        end = max(_end_of_remark(line, tokens, position, goes_on=goes_on), position + 1)
        texts.append(_text(line, tokens[position].start, tokens[end - 1].end))
        position = behind = end
        if position < len(tokens) and tokens[position].kind not in ("comma", "line end"):
            kept.append(Token("comma", tokens[position].start, tokens[position].start, ""))
    while kept and texts and _ends_nothing(kept):
        kept.pop()
    remarks = tuple(text for text in texts if text)
    doubtful = any(map(_may_contradict, remarks)) or any(aside["in_all"] for aside in asides)
    is_of_reps = doubtful and not any(_may_contradict(_CAME_TO.sub("", each)) for each in remarks)
    last = remarks[0] if len(remarks) == 1 and behind == len(tokens) else ""
    says_missed = _MISSED.search(last) is not None
    is_of_miss = says_missed and not asides and not _may_contradict(_MISSED.sub("", last))
    hides_sets = any(_SETS_IN_REMARK.search(text) for text in remarks)
    points = Decimal(1 if goes_on else 2 * hides_sets)
    said = tuple(
        aside[0].strip(_AROUND_ASIDES)
        for aside in asides
        if not aside[0].rstrip().endswith(_ORDINALS)
    )
    has_share = any(aside["share"] for aside in asides)
    return Remark(
        tuple(kept), (*said, *remarks), has_share, doubtful, is_of_reps, is_of_miss, points
    )


def _ends_nothing(tokens: Sequence[Token]) -> bool:
    """Whether the last token only led to a remark; the plus of 5+ did not."""
    last = tokens[-1]
    is_open = last.meaning == "+" and len(tokens) > 1 and tokens[-2].end == last.start
    return last.kind in ("comma", "dash", "stop") and not is_open


def _may_contradict(text: str) -> bool:
    return any(map(str.isdigit, text)) or _CONTRADICTS.search(text) is not None


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
        if closing is None and _is_times(tokens[position - 1 :]):
            break
        position += 1
    return position


def _is_times(tokens: Sequence[Token]) -> bool:
    """Whether the line ends with how often its sets were done: ", 2 times"."""
    if [token.kind for token in tokens[:3]] != ["comma", "number", "sets"]:
        return False
    is_end = len(tokens) == 3 or tokens[3].kind == "line end"
    return is_end and tokens[2].text.lower() == "times"


def _opening_bracket(line: str, start: int) -> int:
    """Where the bracket that is open at `start` begins; beyond the line where there is none."""
    opening = max(line.rfind("(", 0, start), line.rfind("[", 0, start))
    is_closed = any(mark in line[opening:start] for mark in ")]\n")
    return len(line) if opening < 0 or is_closed else opening


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
