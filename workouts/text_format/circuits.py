"""Several exercises on one line, done in turn: "3 rounds: 10 goblet squats 16 kg, 10 push-ups".

Where the number of rounds is written and every exercise is known, the line is read as several
exercises. Else it is asked about, with one answer: each exercise on a line of its own.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from exercises.sentences import gettext as _
from exercises.sentences import ngettext

from .errors import Choice, UnreadableError
from .loading import Find
from .printer import print_entry
from .values import MAX_SETS, EntryText
from .words import BODYWEIGHT

_ROUNDS = r"(?:rounds?|rds?|runden|tours|rondas|раунда|раундов|раунд|circuits?|times\sthrough)"
_MINUTES = r"(?P<minutes>[0-9]{1,3})\s?(?:minutes?|mins?|min|m|['\u2032])?"
_NAME = r"(?:[\"\u201c]?[^\W\d_][\w '-]{1,30}[\"\u201d]?\s*[:,-]\s+)?"
# 3 rounds: …, 3 rounds of …, 3 rounds for time: …, 4x: …
_BEFORE = re.compile(
    rf"{_NAME}(?P<rounds>[0-9]{{1,2}})\s?(?:{_ROUNDS}|x(?=\s*:))(?:\s(?:of|for\stime|ft|de))?\s*:?\s+",
    re.IGNORECASE,
)
# AMRAP 12 min: …, 12 min AMRAP: …
_AMRAP = re.compile(
    rf"{_NAME}(?:AMRAP\s?{_MINUTES}|{_MINUTES.replace('minutes>', 'length>')}\s?AMRAP)\s*[:,-]?\s+",
    re.IGNORECASE,
)
# EMOM 10: …, E2MOM 10 min: …
_EVERY = re.compile(rf"{_NAME}E(?P<every>[0-9])?MOM\s?{_MINUTES}\s*[:,-]\s+", re.IGNORECASE)
# … = 7 rounds, … -> 14 rounds, … x 3 rounds
_BEHIND = re.compile(
    rf"(?<!\s)\s*(?P<mark>=|[-\u2013\u2014=]>|\u2192|:|,|;|x|\u00d7|\(|\s[-\u2013\u2014](?=\s))\s*(?:got\s|did\s)?(?P<rounds>[0-9]{{1,2}})\s?{_ROUNDS}"
    r"(?P<rest>\s?\+\s?[0-9]+(?:\sreps?)?)?\s*\)?\.?$",
    re.IGNORECASE,
)
# 5 rounds:, Circuit x3, 3x: above the exercises of a circuit
_ABOVE = re.compile(
    rf"(?:(?:circuit|super\s?set|giant\sset|complex|zirkel|{_ROUNDS})\s*[:,-]?\s*x?\s?(?P<first>[0-9]{{1,2}})\s?x?"
    rf"|(?P<second>[0-9]{{1,2}})\s?(?:x(?=\s*:)|{_ROUNDS}(?:\s(?:of|for\stime|ft|de))?))\s*(?:{_ROUNDS})?\s*:?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?<!\s)(?:\s*[,;+]\s*(?=[0-9])|\s*[,;]\s+(?=[^\W\d_])|\s+(?:and|und|et|y|и)\s+(?=[0-9]))"
)
# Squat 100 5x5, bench 70 5x5; row 60 5x5
_BETWEEN_ENTRIES = re.compile(r"(?<!\s)\s*;\s*(?=[^\W\d_])|,\s+(?=[^\W\d_])")
_NAMED = re.compile(rf"(?!(?:{BODYWEIGHT}|band)\b)[^\W\d_]", re.IGNORECASE)
# Incline press / row superset 26/30 kg 3x10
_NUMBER = r"[0-9]{1,4}(?:[.,][0-9]{1,3})?"
_SUPERSET = re.compile(
    r"(?P<one>[^\W\d_][^\d/+&:\n]{1,40}?)\s?[/+&]\s?(?P<two>[^\W\d_][^\d/+&:\n]{1,40}?),?\s"
    rf"(?:super\s?sets?|supersatz|ss)\s?:?\s(?P<first>{_NUMBER})\s?/\s?(?P<second>{_NUMBER})"
    r"\s?(?P<unit>kgs?|lbs?)?\s(?P<sets>[0-9]{1,2}\s?[x\u00d7]\s?[0-9]{1,3})\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Circuit:
    """The exercises of a line as they are written, and how often they were done in turn.

    `said` is what of the line is in no set. `is_assumed` says that the number of rounds is not
    written.
    """

    rounds: int
    exercises: tuple[str, ...]
    said: str
    is_assumed: bool = False


def split_circuit(line: str) -> Circuit | None:
    """The circuit that the line is; None for any other line."""
    if "\n" in line or not (begin := _begin(line)):
        return None
    end = _BEHIND.search(line, begin.end())
    if begin.re is _AMRAP and (end is None or end["rest"]):
        return None
    rounds = _rounds(begin, end)
    exercises = _BETWEEN.split(line[begin.end() : end.start() if end else len(line)].strip())
    is_in_turn = begin.re is _EVERY and len(exercises) > 1  # each minute, or every other?
    if not 1 <= rounds <= MAX_SETS or is_in_turn or (len(exercises) < 2 and begin.re is _BEFORE):
        return None
    said = line[: begin.end()].strip(" :,-")
    return Circuit(rounds, tuple(exercises), said, is_assumed=begin.re is _EVERY and not end)


def rounds_above(body: str) -> int | None:
    """How many rounds of the lines below it a line says there were; None for any other line."""
    match = _ABOVE.fullmatch(body)
    return int(match["first"] or match["second"]) if match else None


def split_superset(line: str) -> tuple[str, ...]:
    """The two exercises of a line with a weight each, as lines of their own; none of any other."""
    if not (match := _SUPERSET.fullmatch(line)):
        return ()
    unit, sets = match["unit"] or "", match["sets"]
    return tuple(
        f"{match[name]}: {match[weight]} {unit} {sets}"
        for name, weight in (("one", "first"), ("two", "second"))
    )


def split_several(line: str) -> tuple[str, ...]:
    """The parts of a line that may be an exercise with its sets each; none of any other."""
    parts = tuple(_BETWEEN_ENTRIES.split(line)) if "\n" not in line else ()
    is_each = all(_NAMED.match(part) and re.search("[0-9]", part) for part in parts)
    return parts if len(parts) > 1 and is_each else ()


def ask_several(line: str, parts: Sequence[str]) -> UnreadableError:
    """The question whether each part is an exercise of its own."""
    choice = Choice("\n".join(parts), pattern="each on its own")
    return UnreadableError(_("Is each of these an exercise of its own?"), 0, len(line), (choice,))


def read_circuit(circuit: Circuit, read: Callable[[str], EntryText]) -> tuple[EntryText, ...]:
    """Its exercises with the sets of all rounds. Raises UnreadableError where one can't be read."""
    entries = list(_entries(circuit, read))
    last = entries[-1]
    notes = "\n".join(filter(None, (last.notes, circuit.said)))
    return (*entries[:-1], replace(last, notes=notes))


def ask_circuit(
    line: str, circuit: Circuit, read: Callable[[str], EntryText], find: Find
) -> UnreadableError:
    """The question whether its exercises were done like this.

    Raises UnreadableError where one of them can't be read, or is not known.
    """
    entries = read_circuit(circuit, read)
    if not any(find(entry.name) for entry in entries):
        message = _("Write each exercise on a line of its own, with its sets.")
        raise UnreadableError(message, 0, len(line))
    message = _("Is this what you did?")
    if circuit.is_assumed:
        message = ngettext(
            "Is this what you did: %(count)s set, and none was missed?",
            "Is this what you did: %(count)s sets, and none was missed?",
            circuit.rounds,
        )
    choice = Choice("\n".join(map(print_entry, entries)), pattern="in rounds")
    return UnreadableError(message, 0, len(line), (choice,))


def _begin(line: str) -> re.Match[str] | None:
    return _EVERY.match(line) or _AMRAP.match(line) or _BEFORE.match(line)


def _rounds(begin: re.Match[str], end: re.Match[str] | None) -> int:
    if end:
        return int(end["rounds"])
    if begin.re is _EVERY:
        return int(begin["minutes"]) // int(begin["every"] or 1)
    return int(begin["rounds"])


def _entries(circuit: Circuit, read: Callable[[str], EntryText]) -> Iterator[EntryText]:
    for text in circuit.exercises:
        entry = read(text)
        sets = entry.sets * circuit.rounds
        if len(sets) > MAX_SETS:
            raise UnreadableError(
                _("An exercise has 1 to %(most)s sets.", most=MAX_SETS), 0, len(text)
            )
        yield replace(entry, sets=sets)
