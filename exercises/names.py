"""How the name of an exercise is compared with another: what people type against what we print."""

import re
import unicodedata

MAX_KEY = 80  # the width of the columns that hold keys
# A letter first, then anything but a colon and control characters; "A1" would be a superset's mark.
# So a name can stand at the head of a line of a workout as text.
WRITABLE_NAME = re.compile(r"(?![A-Za-z][0-9])[^\W\d_][^:\x00-\x1f\x7f]*")
# Addresses below /exercises/ that are pages of their own
RESERVED_SLUGS = frozenset(("own",))
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


def name_words(name: str) -> list[str]:
    """The words of a name, lower case, singular, accents and punctuation gone, in order.

    "Pull-ups" gives ["pull", "up"]; "DB Flyes" gives ["dumbbell", "fly"].
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"['\u2019]", "", plain)
    words = [_singular(word) for word in re.findall(r"[^\W_]+", plain)]
    return [ABBREVIATIONS.get(word, word) for word in words]


def name_key(name: str) -> str:
    """The key under which a name is compared: "Pull-ups", "pull up" and "pullup" share one.

    A key can be longer than its name ("KB" is a kettlebell), so it is cut to fit its column.
    """
    return "".join(name_words(name))[:MAX_KEY]


def _singular(word: str) -> str:
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if len(word) > 2 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
