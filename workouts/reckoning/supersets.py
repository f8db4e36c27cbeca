"""Exercises that are done in turn."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

Each = TypeVar("Each")


def in_turn(
    entries: Iterable[Each], superset: Callable[[Each], str]
) -> Iterator[tuple[str, tuple[Each, ...]]]:
    """Neighbours that share the letter of a superset together, all others alone; each with the
    letter.
    """
    numbered = enumerate((superset(each), each) for each in entries)
    for _, group in groupby(numbered, key=lambda pair: pair[1][0] or pair[0]):
        together = [named for _, named in group]
        yield together[0][0], tuple(each for _, each in together)
