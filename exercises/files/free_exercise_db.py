"""Exercises in the JSON form of free-exercise-db, and what they come to in our words. No Django.

A file holds a list of records, or one. ``read_records`` checks their shape, ``translate`` puts one
into our vocabulary and says what it could not make out: a word of theirs that has no counterpart
here, or several, is never guessed silently.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from exercises.files.documents import BadFile
from exercises.names import WRITABLE_NAME, name_key
from exercises.search.synonyms import search_words

MAX_BYTES = 20_000_000
MAX_RECORDS = 10_000
MAX_NAME = 80
MAX_TEXT = 2_000  # characters of any text in a record
MAX_ITEMS = 100  # of any list in a record

TEXTS = ("id", "force", "level", "mechanic", "equipment", "category", "license", "license_author")
LISTS = ("primaryMuscles", "secondaryMuscles", "instructions", "images")
KINDS = {bool: "yes or no", int: "a number", float: "a number", str: "a text", list: "a list"}


@dataclass(frozen=True, slots=True)
class FreeExercise:
    """One record as it stands in the file; ``number`` is its place there, from 1.

    ``texts`` and ``lists`` have every known field but the name, empty where the record has none;
    ``others`` names the fields that nobody here knows.
    """

    number: int
    name: str
    texts: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """A record in our vocabulary. ``targets`` are pairs of muscle and role, muscles as slugs.

    ``laterality`` is empty where the name says nothing. ``notes`` are for whoever reviews it;
    ``unmapped`` are pairs of field and word that have no counterpart here.
    """

    force: str
    level: str
    mechanic: str
    load_type: str
    laterality: str
    implements: int
    implements_one_side: int
    equipment: tuple[str, ...]
    targets: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    unmapped: tuple[tuple[str, str], ...]


# Reading


def read_records(data: bytes) -> list[FreeExercise]:
    """The records of a file. Raises ``BadFile``, which names the record and field."""
    if len(data) > MAX_BYTES:
        raise BadFile(f"It has more than {MAX_BYTES // 1_000_000} MB.")
    rows = _decoded(data)
    if isinstance(rows, dict):
        rows = [rows]
    if not isinstance(rows, list):
        raise BadFile(f"It holds {_kind(rows)}, not a list of exercises.")
    if len(rows) > MAX_RECORDS:
        raise BadFile(f"It holds more than {MAX_RECORDS:,} exercises.")
    return [_record(number, row) for number, row in enumerate(rows, start=1)]


def _decoded(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadFile(f"It is not UTF-8: byte {error.start + 1} can't be read.") from error
    except json.JSONDecodeError as error:
        raise BadFile(f"It is not JSON: {error.msg}, line {error.lineno}.") from error
    except (ValueError, RecursionError) as error:
        raise BadFile("It is not JSON to read: lists too deep, numbers too long.") from error


def _record(number: int, row: Any) -> FreeExercise:
    where = f"Record {number}"
    if not isinstance(row, dict):
        raise BadFile(f"{where} is {_kind(row)}, not an exercise.")
    name = " ".join(_text(where, "name", row.get("name")).split())
    if not name:
        raise BadFile(f"{where} has no name.")
    where = f"{where} ({name[:MAX_NAME]})"
    return FreeExercise(
        number=number,
        name=name,
        texts={each: _text(where, each, row.get(each)) for each in TEXTS},
        lists={each: _list(where, each, row.get(each)) for each in LISTS},
        others=tuple(sorted(set(row) - {"name", *TEXTS, *LISTS})),
    )


def _list(where: str, name: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise BadFile(f"{where}, {name}: a list of texts is needed, not {_kind(value)}.")
    if len(value) > MAX_ITEMS:
        raise BadFile(f"{where}, {name}: more than {MAX_ITEMS} of them.")
    texts = (
        _text(where, f"{name} {place}", item, is_needed=True) for place, item in enumerate(value, 1)
    )
    return tuple(text for text in texts if text)


def _text(where: str, name: str, value: Any, *, is_needed: bool = False) -> str:
    if value is None and not is_needed:
        return ""
    if not isinstance(value, str):
        raise BadFile(f"{where}, {name}: a text is needed, not {_kind(value)}.")
    if len(value) > MAX_TEXT:
        raise BadFile(f"{where}, {name}: more than {MAX_TEXT:,} characters.")
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise BadFile(f"{where}, {name}: a character that can't be kept.")
    return value.strip()


def _kind(value: Any) -> str:
    return "nothing" if value is None else KINDS.get(type(value), "an object")


# Translating

NOT_RESISTANCE = frozenset(("stretching", "cardio", "plyometrics"))
CATEGORIES = frozenset(("", "strength", "powerlifting", "olympic weightlifting", "strongman"))
FORCES = {"pull": "pull", "push": "push", "static": "isometric"}
LEVELS = {"beginner": "beginner", "intermediate": "intermediate", "expert": "advanced"}
MECHANICS = {"compound": "compound", "isolation": "isolation"}
EQUIPMENT = {
    "body only": "bodyweight",
    "barbell": "barbell",
    "dumbbell": "dumbbell",
    "kettlebells": "kettlebell",
    "cable": "cable-machine",
    "bands": "resistance-band",
    "e-z curl bar": "ez-bar",
    "exercise ball": "gym-ball",
}
PER_HAND = frozenset(("dumbbell", "kettlebells"))
BODY_ONLY = frozenset(("body only", "exercise ball"))
LOADS = {
    "bodyweight": "body weight alone",
    "external": "the whole weight",
    "per_hand": "the weight in each hand",
    "duration": "time",
    "weighted_duration": "a weight for a time",
}


@dataclass(frozen=True, slots=True)
class AmbiguousWord:
    """A word for muscles that counts here as several.

    ``otherwise`` is what it is taken for, empty where nothing can be justified: then whoever
    imports is asked, once for all records. The name of an exercise says nothing of muscles: an
    incline push-up is not one for the upper chest.
    """

    parts: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


MUSCLES: dict[str, tuple[str, ...]] = {
    "abdominals": ("rectus-abdominis",),
    "abductors": ("gluteus-medius", "tensor-fasciae-latae"),
    "adductors": ("adductors",),
    "biceps": ("biceps-brachii",),
    "glutes": ("gluteus-maximus",),
    "hamstrings": ("hamstrings",),
    "lats": ("latissimus-dorsi",),
    "lower back": ("erector-spinae",),
    "middle back": ("rhomboids", "middle-trapezius"),
    "quadriceps": ("quadriceps",),
    "triceps": ("triceps-brachii",),
}
SEVERAL: dict[str, AmbiguousWord] = {
    "shoulders": AmbiguousWord(parts=("front-deltoid", "lateral-deltoid", "rear-deltoid")),
    "chest": AmbiguousWord(
        parts=("pectoralis-major-clavicular", "pectoralis-major-sternal"),
        otherwise=("pectoralis-major-sternal",),  # the larger part
    ),
    "traps": AmbiguousWord(
        parts=("upper-trapezius", "middle-trapezius", "lower-trapezius"),
        otherwise=("upper-trapezius",),  # the rest of it is their "middle back"
    ),
    "calves": AmbiguousWord(
        parts=("gastrocnemius", "soleus"),
        otherwise=("gastrocnemius", "soleus"),
    ),
    "forearms": AmbiguousWord(
        parts=("forearm-flexors", "forearm-extensors"),
        otherwise=("forearm-flexors",),  # which grip
    ),
    "neck": AmbiguousWord(parts=("neck-flexors", "neck-extensors")),
}
LIMBS = frozenset(("arm", "leg", "hand", "side"))
IN_TURN = frozenset(("alternate", "alternating"))

# By field and word, what whoever imports says that it is here, as slugs; none to leave it out
Answers = Mapping[tuple[str, str], tuple[str, ...]]


def skip_reason(record: FreeExercise) -> str:
    """Why the record can't be an exercise here; empty when it can."""
    category = record.texts["category"]
    if category in NOT_RESISTANCE:
        return f"{category} is not resistance training"
    if len(record.name) > MAX_NAME:
        return f"its name has more than {MAX_NAME} characters"
    if not WRITABLE_NAME.fullmatch(record.name):
        return "its name does not begin with a letter, or has a colon, so no log could name it"
    return "" if name_key(record.name) else "its name has no letter or number"


def translate(record: FreeExercise, answers: Answers = MappingProxyType({})) -> Translation:
    """The record in our vocabulary, with notes on all that a reviewer should look at."""
    work = _Translator(record, answers)
    force = work.word("force", FORCES)
    load_type = _load_type(record)
    laterality, limb = _sides(record.name)
    is_held_in_both = load_type == "per_hand" and limb != "arm" and laterality != "alternating"
    return Translation(
        force=force,
        level=work.word("level", LEVELS),
        mechanic=work.word("mechanic", MECHANICS),
        load_type=load_type,
        laterality=laterality,
        implements=2 if is_held_in_both else 1,
        implements_one_side=2 if is_held_in_both and limb == "leg" else 1,
        equipment=work.equipment(),
        targets=work.targets(),
        steps=record.lists["instructions"],
        notes=(*work.notes, *_closing_notes(record, load_type, laterality)),
        unmapped=tuple(work.unmapped),
    )


class _Translator:
    """Collects notes while it looks words up."""

    def __init__(self, record: FreeExercise, answers: Answers) -> None:
        self.record = record
        self.answers = answers
        self.notes: list[str] = []
        self.unmapped: list[tuple[str, str]] = []
        for name in record.others:
            self.miss("field", name)
        if record.texts["category"] not in CATEGORIES:
            self.miss("category", record.texts["category"])

    def miss(self, what: str, word: str) -> None:
        self.unmapped.append((what, word))
        self.notes.append(f"Left out: {what} “{word}”.")

    def word(self, name: str, known: dict[str, str]) -> str:
        theirs = self.record.texts[name]
        if theirs and theirs not in known:
            self.miss(name, theirs)
        return known.get(theirs, "")

    def equipment(self) -> tuple[str, ...]:
        answer = self.answered("equipment", self.record.texts["equipment"])
        if answer is not None:
            return answer
        slug = self.word("equipment", EQUIPMENT)
        return (slug,) if slug else ()

    def answered(self, what: str, word: str) -> tuple[str, ...] | None:
        """What was said of the word for all records; None if nothing was."""
        answer = self.answers.get((what, word))
        if answer is not None:
            taken = f"taken as {' and '.join(answer)}" if answer else "left out"
            self.notes.append(f"{what.capitalize()} “{word}” {taken}, as was answered for all.")
        return answer

    def targets(self) -> tuple[tuple[str, str], ...]:
        """Each muscle once; the first role that it is named in holds."""
        roles: dict[str, str] = {}
        for name, role in (("primaryMuscles", "primary"), ("secondaryMuscles", "secondary")):
            for word in self.record.lists[name]:
                for slug in self.muscles(word):
                    roles.setdefault(slug, role)
        return tuple(roles.items())

    def muscles(self, word: str) -> tuple[str, ...]:
        answer = self.answered("muscle", word)
        if answer is not None:
            return answer
        if word in MUSCLES:
            return MUSCLES[word]
        if word not in SEVERAL:
            self.miss("muscle", word)
            return ()
        found = SEVERAL[word].otherwise
        parts = ", ".join(SEVERAL[word].parts)
        if found:
            self.notes.append(f"Muscle “{word}” taken as {' and '.join(found)}, out of: {parts}.")
        else:
            self.unmapped.append(("muscle", word))
            self.notes.append(f"Muscle “{word}” could be any of: {parts}. Choose.")
        return found


def _sides(name: str) -> tuple[str, str]:
    """Laterality and the limb that works alone, as far as the name says: "One-Arm …" does."""
    words = search_words(name)
    limb = next((limb for one, limb in pairwise(words) if one == "one" and limb in LIMBS), "")
    limb = "arm" if limb == "hand" else limb
    if IN_TURN & set(words):
        return "alternating", limb
    return ("unilateral" if limb or "unilateral" in words else ""), limb


def _load_type(record: FreeExercise) -> str:
    equipment = record.texts["equipment"]
    if record.texts["force"] == "static":
        return "duration" if equipment in BODY_ONLY else "weighted_duration"
    if equipment in BODY_ONLY:
        return "bodyweight"
    return "per_hand" if equipment in PER_HAND else "external"


def _closing_notes(record: FreeExercise, load_type: str, laterality: str) -> Iterator[str]:
    equipment = record.texts["equipment"]
    ground = f"equipment “{equipment}”" if equipment else "no equipment being named"
    if record.texts["force"] == "static":
        ground = f"a static force and {ground}"
    yield f"Load type guessed from {ground}: logged as {LOADS[load_type]}."
    if record.texts["category"] in CATEGORIES - {"", "strength"}:
        yield f"Category: {record.texts['category']}."
    if record.lists["images"]:
        yield f"Pictures, not fetched: {', '.join(record.lists['images'])}."
    if laterality:
        yield f"Sides, from the name: {laterality}."
    sides = "" if laterality else "sides, "
    yield f"Still to write: summary, movement pattern, {sides}grip, cues, mistakes."
