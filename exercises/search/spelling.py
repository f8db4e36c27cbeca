"""How near a typed word is to a word that is known."""

LEAST_END = 5  # letters that are known at the end of a word, as in those of German


def is_part(typed: str, word: str) -> bool:
    """Whether ``typed`` begins a word or ends one made of several: Drücken ends Bankdrücken."""
    return word.startswith(typed) or (len(typed) >= LEAST_END and word.endswith(typed))


def similarity(typed: str, word: str) -> float:
    """How well ``typed`` stands for ``word``: 1 for itself, less for a part or a slip."""
    if typed == word:
        return 1
    if is_part(typed, word):
        return 0.7 + 0.3 * len(typed) / len(word)
    # A sign of kana, Chinese or Hangul is a syllable: one in three is no slip but another word.
    size = len(typed) if max(typed, default="") < "\u3000" else len(typed) // 2
    allowed = (size > 2) + (size > 5)
    slips = edits(typed, word, most=allowed)
    return 1 - slips / len(typed) if slips <= allowed else 0


def edits(one: str, other: str, *, most: int, change: int = 1) -> int:
    """Letters to add, drop, change, or swap with their neighbour; ``most + 1`` where that is more.

    To change a letter for another counts ``change``.

    The optimal string alignment distance (Damerau 1964, Boytsov 2011).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above_that, above, row = above, row, [i]
        for j, its in enumerate(other, start=1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + change * (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and its == one[i - 2]:
                cost = min(cost, above_that[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def letters(word: str) -> int:
    """Which letters a word has, as bits, so that most words can be ruled out at a glance."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 32
    return bits


def may_be_alike(one: int, other: int) -> bool:
    """Whether words with these ``letters`` can be two slips apart; one changes at most two."""
    return (one ^ other).bit_count() <= 4
