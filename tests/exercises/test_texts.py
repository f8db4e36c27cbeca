"""No two texts of the catalogue are the same but for the noun.

Likeness is the share of pairs of neighbouring words that two texts have in common (Jaccard index of
their bigrams): 1 for the same words in the same order, about 0 for texts that were written apart.
"""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from django.conf import settings

from exercises.files.documents import read_folder

# The closest pair when this was written: 0.33, two ends of a row; 0.13 for whole texts.
MOST_FOR_A_SENTENCE = 0.4
MOST_FOR_A_TEXT = 0.2
TOO_SHORT_TO_TELL = 8


def bigrams(text):
    words = re.findall(r"[a-z']+", re.sub(r"\[\^[^\]]+\]", "", text.lower()))
    return set(pairwise(words)) if len(words) >= TOO_SHORT_TO_TELL else set()


def likeness(one, other):
    return len(one & other) / len(one | other)


def too_alike(texts, most):
    """Pairs of (slug, text) of two slugs that are more alike than ``most``."""
    shown = [(slug, text, bigrams(text)) for slug, text in texts]
    having = defaultdict(list)
    for number, (_, _, pairs) in enumerate(shown):
        for pair in pairs:
            having[pair].append(number)
    shared = Counter(
        (one, other)
        for numbers in having.values()
        for one in numbers
        for other in numbers
        if one < other
    )
    return [
        (shown[one][:2], shown[other][:2])
        for one, other in shared
        if shown[one][0] != shown[other][0] and likeness(shown[one][2], shown[other][2]) > most
    ]


@pytest.fixture(scope="module")
def documents():
    return read_folder(settings.BASE_DIR / "fixtures")


def exercises(documents):
    return [(each.slug, each.fields) for each in documents if each.kind == "exercise"]


class TestTexts:
    @pytest.mark.parametrize("field", ["summary", "safety"])
    def test_of_one_field(self, documents, field):
        texts = [(slug, fields[field]) for slug, fields in exercises(documents)]

        assert too_alike(texts, MOST_FOR_A_TEXT) == []

    def test_of_all_steps_together(self, documents):
        texts = [(slug, " ".join(fields["steps"])) for slug, fields in exercises(documents)]

        assert too_alike(texts, MOST_FOR_A_TEXT) == []

    def test_of_single_steps_cues_and_mistakes(self, documents):
        texts = [
            (slug, text)
            for slug, fields in exercises(documents)
            for text in (*fields["steps"], *f"{fields['cues']}\n{fields['mistakes']}".splitlines())
        ]
        assert len(texts) > 1000

        assert too_alike(texts, MOST_FOR_A_SENTENCE) == []

    def test_of_muscles(self, documents):
        texts = [
            (each.slug, paragraph)
            for each in documents
            if each.kind == "muscle"
            for paragraph in each.fields["text"].split("\n\n")
        ]
        assert len(texts) > 51

        assert too_alike(texts, MOST_FOR_A_TEXT) == []


class TestMeasure:
    def test_catches_a_text_that_differs_in_its_nouns_only(self):
        row = "Pull the bar to your chest, pinch your shoulder blades, and lower it slowly again."
        curl = "Pull the rope to your chest, pinch your shoulder blades, and lower it slowly again."
        other = "Walk back two steps so that the cable lifts its plates before you have begun."

        found = too_alike([("row", row), ("curl", curl), ("other", other)], MOST_FOR_A_SENTENCE)

        assert found == [(("row", row), ("curl", curl))]

    def test_leaves_a_text_alone_with_itself(self):
        text = "Pull the bar to your chest, pinch your shoulder blades, and lower it again."

        assert too_alike([("row", text), ("row", text)], MOST_FOR_A_SENTENCE) == []
