"""Words that search takes for the same, and those that it leaves out."""

from functools import lru_cache

from exercises.names import fold, name_words

Words = tuple[str, ...]

# For search, and for names in another order; those of all names are in exercises/names.py.
SYNONYMS = {
    "1": "one",
    "2": "two",
    "ab": "abdominal",
    "armed": "arm",
    "bend": "bent",
    "bi": "bicep",
    "calve": "calf",
    "carrie": "carry",
    "cg": "close grip",
    "delt": "deltoid",
    "cs": "chest supported",
    "dumbbel": "dumbbell",
    "dumbel": "dumbbell",
    "dumbell": "dumbbell",
    "ext": "extension",
    "ham": "hamstring",
    "handed": "arm",
    "inc": "incline",
    "legged": "leg",
    "kbs": "kettlebell swing",
    "oh": "overhead",
    "ohs": "overhead squat",
    "pd": "pulldown",
    "quad": "quadricep",
    "sa": "one arm",
    "single": "one",
    "sl": "one leg",
    "sq": "squat",
    "thru": "through",
    "tri": "tricep",
    "wg": "wide grip",
}
FILLER = frozenset(
    ("a", "an", "and", "at", "exercise", "for", "from", "in", "of", "on", "the", "to", "with")
)


def same_words(text: str) -> Words:
    """The words of a name or a query, each in one form: "1-arm DB rows" is one arm dumbbell row."""
    words = name_words(text)
    return tuple(" ".join(SYNONYMS.get(word, word) for word in words).split())


@lru_cache(maxsize=4096)
def search_words(text: str) -> Words:
    """``same_words``, without accents and without what says nothing."""
    words = same_words(fold(text))
    return tuple(word for word in words if word not in FILLER) or words
