"""How the name of an exercise is compared with another: what people type against what we print."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count

MAX_KEY = 80  # the width of the columns that hold keys
# A letter first, then anything but a colon and control characters; "A1" would be a superset's mark.
# So a name can stand at the head of a line of a workout as text.
WRITABLE_NAME = re.compile(r"(?![A-Za-z][0-9])[^\W\d_][^:\x00-\x1f\x7f]*")
NAMELESS = "A name needs at least one letter or number."
# Addresses below /exercises/ that are pages of their own
RESERVED_SLUGS = frozenset(("own", "compare"))
# Also in the keys that are stored: a new one needs a migration. What search alone takes for the
# same is in search/synonyms.py.
ABBREVIATIONS = {
    "bb": "barbell",
    "db": "dumbbell",
    "kb": "kettlebell",
    "bw": "bodyweight",
    "alt": "alternating",
}
IRREGULAR_PLURALS = {
    "calves": "calf",
    "flies": "fly",
    "flyes": "fly",
    "flye": "fly",
    "presses": "press",
    "benches": "bench",
    "boxes": "box",
    "crunches": "crunch",
    "stretches": "stretch",
    "lunges": "lunge",
}
# All of three letters that are plurals, with the articles of other languages. Others are no words
# but abbreviations, whose S is a word of its own: OHS is the overhead squat, KBS the swing.
SHORT_PLURALS = frozenset(
    ("abs", "bbs", "bps", "dbs", "des", "dls", "gms", "las", "les", "los", "pcs", "sqs", "ups")
)


# The marks that Latin, Greek and Cyrillic letters wear. Those of other scripts, which Unicode keeps
# elsewhere, are part of the letter: ハ is not バ, and without its vowel signs a word of Hindi or
# Thai is another one.
DIACRITICS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# What only Vietnamese writes: a horn, a hook, a dot below a vowel, a tone on a vowel that wears a
# hat already. In such a name má, mà and ma are three words.
TONES = re.compile(
    "[aeiouy][\u0302\u0306]?(?:[\u0309\u031b\u0323]|[\u0302\u0306][\u0300\u0301\u0303])"
)
# Seen by nobody: soft hyphens, joiners, directions, variants of a sign; and the Arabic stretch
INVISIBLE = re.compile("[\u00ad\u034f\u0640\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]+")
VOWEL_POINTS = re.compile("[\u064b-\u0652\u0670]+")  # of Arabic, which most people leave out
PLAIN_LETTERS = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d"})


def fold(text: str) -> str:
    """Text as it is searched: case, accents, tones and vowel points make no difference.

    Folded here, since SQLite knows the cases of ASCII alone: "rücken" is in "RÜCKEN".
    """
    if text.isascii():
        return text.lower()
    plain = DIACRITICS.sub("", _caseless(text)).translate(PLAIN_LETTERS)
    return unicodedata.normalize("NFC", VOWEL_POINTS.sub("", plain))


def name_words(name: str) -> list[str]:
    """The words of a name, lower case, singular, accents and punctuation gone, in order.

    "Pull-ups" gives ["pull", "up"]; "DB Flyes" gives ["dumbbell", "fly"].
    """
    plain = str.lower(name)  # raises TypeError for what is no text, as a file may have
    if not name.isascii():
        plain = _caseless(name)
        plain = plain if TONES.search(plain) else DIACRITICS.sub("", plain)
        plain = unicodedata.normalize("NFC", plain)
    plain = re.sub(r"['\u2019]", "", plain)
    words = [_singular(word) for word in _split(plain)]
    return [ABBREVIATIONS.get(word, word) for word in words]


def name_key(name: str) -> str:
    """The key under which a name is compared: "Pull-ups", "pull up" and "pullup" share one.

    A key can be longer than its name ("KB" is a kettlebell), so it is cut to fit its column.
    """
    return "".join(name_words(name))[:MAX_KEY]


def _caseless(text: str) -> str:
    """Text taken apart into letters and marks, without case.

    The dotless i of Turkish is an i, since its capital is everyone's I.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("\u0131", "i")
    return INVISIBLE.sub("", unicodedata.normalize("NFKD", plain))


def _split(plain: str) -> list[str]:
    """What stands between other signs than letters, digits, and marks on a letter or digit."""
    if plain.isascii():
        return re.findall(r"[^\W_]+", plain)
    kept = (char if char.isalnum() or _is_mark(char) else " " for char in plain)
    words = "".join(kept).split()
    return [word for word in words if any(map(str.isalnum, word))]


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc")


def _singular(word: str) -> str:
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    is_plural = word in SHORT_PLURALS or (
        len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    )
    return word[:-1] if is_plural else word


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """``wanted`` where it is free, else with the first free number from 2: "row-2"."""
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
