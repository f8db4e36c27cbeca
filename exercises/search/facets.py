"""Narrowing a list by facets, and how many would be left if one more value were chosen.

Values of one facet widen, facets narrow each other. So a value is counted among what all other
facets leave, whatever its own facet has chosen.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Generic, Protocol, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
Rows = Iterable[tuple[_Key, Collection[str]]]  # what is narrowed, and its values in the facet
Chosen = Mapping[str, Collection[str]]  # values by facet


class Facet(Protocol[_Key]):
    def matching(self, values: Collection[str]) -> set[_Key]:
        """What is left when these values are chosen."""

    def with_value(self, value: str, chosen: Collection[str]) -> set[_Key]:
        """What is counted beside a value while others are chosen."""


class AnyOf(Generic[_Key]):
    """A facet that keeps what has one of the chosen values."""

    def __init__(self, rows: Rows[_Key]) -> None:
        self._keys: dict[str, set[_Key]] = defaultdict(set)
        for key, values in rows:
            for value in values:
                self._keys[value].add(key)

    def matching(self, values: Collection[str]) -> set[_Key]:
        return set().union(*(self._keys.get(value, set()) for value in values))

    def with_value(self, value: str, chosen: Collection[str]) -> set[_Key]:
        return self._keys.get(value, set())


class NothingBut(Generic[_Key]):
    """A facet that keeps what needs nothing but the chosen values, such as the things one owns."""

    def __init__(self, rows: Rows[_Key]) -> None:
        self._needs = [(key, frozenset(values)) for key, values in rows]

    def matching(self, values: Collection[str]) -> set[_Key]:
        owned = frozenset(values)
        return {key for key, needs in self._needs if needs <= owned}

    def with_value(self, value: str, chosen: Collection[str]) -> set[_Key]:
        return self.matching({*chosen, value})


class Facets(Generic[_Key]):
    """Several facets of the same things; ``keys`` are those that are in question at all."""

    def __init__(self, keys: Iterable[_Key], facets: Mapping[str, Facet[_Key]]) -> None:
        self._keys = set(keys)
        self._facets = facets

    def found(self, chosen: Chosen, *, without: str = "") -> set[_Key]:
        """What is left of the things, with one facet disregarded if ``without`` names it."""
        found = self._keys
        for name, values in chosen.items():
            if values and name != without:
                found = found & self._facets[name].matching(values)
        return found

    def counts(self, name: str, values: Iterable[str], chosen: Chosen) -> dict[str, int]:
        """How many would be found with each of the facet's values chosen, 0 for some perhaps."""
        others, facet = self.found(chosen, without=name), self._facets[name]
        already = chosen.get(name, ())
        return {value: len(others & facet.with_value(value, already)) for value in values}
