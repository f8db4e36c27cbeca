"""One exercise of a workout as it is typed: its name and its sets, on one line or on several."""

from dataclasses import replace
from functools import partial

from exercises.sentences import gettext as _
from exercises.sentences import grouped
from exercises.vocabulary import LoadType
from workouts.vocabulary import Unit

from .errors import Choice, UnreadableError
from .likelihood import Last
from .loading import WEIGHTLESS, Find
from .names import NamedSets, split_entry
from .printer import print_entry, print_sets
from .readings import NO_SETS, AskedError, Reading, read_sets
from .values import MAX_NOTES, EntryText, clean_notes, name_problem

_LONGEST_SHOWN = 60
_LONGEST_NAME = 5  # words
# How an exercise with added weight, or with help, is called by whoever calls it so without
WITH_WEIGHT = (
    *(
        "Weighted {}",
        "{} mit Gewicht",
        "{} avec lest",
        "{} con lastre",
        "{} \u0441 весом",
        "加重{}",
    ),
)
WITH_HELP = (
    *("Assisted {}", "{} assistiert", "{} assistés", "{} assistées", "{} asistidos"),
    *("{} asistidas", "{} в гравитроне", "アシスト{}"),
)


def read_entry(line: str, *, find: Find, unit: Unit, last: Last | None = None) -> EntryText:
    """The exercise that the line, and those after it, stand for. What is said beside the sets is in
    its notes.

    `last` gives the athlete's last sets of an exercise by its name.
    Raises UnreadableError, with choices where the line makes sense in more than one way.
    """
    named = split_entry(line, find)
    if not named.tokens:
        raise UnreadableError(NO_SETS, 0, len(line))
    try:
        entry = _read(line, named, unit, last)
    except AskedError as asked:
        _without_other_exercises(asked, find, len(line))
        raise
    except UnreadableError as error:
        if (version := _version(named, find)) is None:
            raise
        entry = _as_version(line, version, error, unit, last, is_said=_says_added(named))
    if other := _other_exercise(entry.notes, find):
        raise _two_exercises(other, len(line))
    return entry


def _without_other_exercises(asked: AskedError, find: Find, end: int) -> None:
    """Drop the answers that would keep another exercise as a remark.

    Raises UnreadableError where that leaves none.
    """
    others = [_other_exercise(reading.notes, find) for reading in asked.readings]
    pairs = zip(asked.choices, others, strict=True)
    kept = tuple(choice for choice, other in pairs if other is None)
    if not kept:
        raise _two_exercises(str(others[0]), end)
    asked.choices = kept


def _two_exercises(other: str, end: int) -> UnreadableError:
    message = _("%(name)s is an exercise too. Write each one on a line of its own.", name=other)
    return UnreadableError(message, 0, end)


def _other_exercise(notes: str, find: Find) -> str | None:
    """The name of an exercise that one of the remarks begins with."""
    for remark in notes.split("\n"):
        words = remark.split()[:_LONGEST_NAME]
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count]).rstrip(",.;:!")
            if name_problem(name) is None and find(name):
                return name
    return None


def _read(line: str, named: NamedSets, unit: Unit, last: Last | None) -> EntryText:
    try:
        reading = read_sets(
            line,
            *filter(None, (named.other_tokens, named.tokens)),
            load_type=named.load_type,
            unit=unit,
            last=partial(last, named.name) if last else lambda: None,
            typed=named.typed,
            is_one_sided=named.is_one_sided,
        )
    except AskedError as asked:
        asked.message = _question(asked, named.load_type)
        asked.choices = tuple(_choice(named, reading) for reading in asked.readings)
        raise
    return _entry(named, reading)


def _entry(named: NamedSets, reading: Reading) -> EntryText:
    notes = clean_notes("\n".join(filter(None, (named.notes, reading.notes))))
    if len(notes) > MAX_NOTES:
        message = _(
            "A remark has at most %(most)s characters; this has %(length)s.",
            most=grouped(MAX_NOTES),
            length=grouped(len(notes)),
        )
        raise UnreadableError(message, named.start, named.end)
    return EntryText(named.name, reading.sets, named.superset, notes, load_type=named.load_type)


def _choice(named: NamedSets, reading: Reading) -> Choice:
    return Choice(print_entry(_entry(named, reading)), pattern=reading.roles)


def _question(asked: AskedError, load_type: LoadType | None) -> str:
    texts = [print_sets(each.sets, load_type=load_type) for each in asked.readings]
    shown = [t if len(t) <= _LONGEST_SHOWN else f"{t[: _LONGEST_SHOWN - 1]}…" for t in texts]
    if len(shown) == 1:
        return _("Is this right: %(sets)s?", sets=shown[0])
    return _("Which is it: %(sets)s; or %(last)s?", sets="; ".join(shown[:-1]), last=shown[-1])


# The same exercise with weight, or with help


def _version(named: NamedSets, find: Find) -> NamedSets | None:
    """The exercise with added weight, or with help, of one that is logged without: chin-ups +5 kg.

    None where the sets have no weight, or there is no such exercise.
    """
    has_weight = any(token.kind in ("weight unit", "sign") for token in named.tokens)
    has_added = any(token.kind == "bodyweight" for token in named.tokens)
    if named.load_type not in WEIGHTLESS or not (has_weight or has_added):
        return None
    is_help = any(token.kind in ("sign", "dash") and token.meaning == "-" for token in named.tokens)
    name = f"{named.name[:1].lower()}{named.name[1:]}"
    for form in WITH_HELP if is_help else WITH_WEIGHT:
        said = form.format(name)
        version = f"{said[:1].upper()}{said[1:]}"
        if load_type := find(version):
            return replace(named, name=version, load_type=load_type)
    return None


def _says_added(named: NamedSets) -> bool:
    """Whether the weight is said to be added to the body, or taken off it."""
    return any(
        token.kind == "sign" or (token.kind == "dash" and token.meaning == "+")
        for token in named.tokens
    )


def _as_version(
    line: str,
    version: NamedSets,
    error: UnreadableError,
    unit: Unit,
    last: Last | None,
    *,
    is_said: bool,
) -> EntryText:
    entry = _read(line, version, unit, last)
    if is_said:
        return entry
    sets = print_sets(entry.sets, load_type=entry.load_type)
    message = _(
        "This exercise is logged without weight. Was it %(name)s: %(sets)s?",
        name=entry.name,
        sets=sets,
    )
    choice = Choice(print_entry(entry), pattern="with weight")
    raise UnreadableError(message, error.start, error.end, (choice,))
