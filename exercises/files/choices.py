"""How whoever upgrades settles conflicts: "all", a slug, or a slug and a field. A rule module."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

from exercises.files.documents import Key
from exercises.files.merging import Choice
from exercises.files.schemas import SCHEMAS

ALL = "all"


class UnknownChoice(Exception):
    """A choice that means nothing; the message says which, and what may be meant."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen for documents and for single fields of them; the narrower choice wins."""

    documents: Mapping[Key, Choice]
    fields: Mapping[Key, Mapping[str, Choice]]

    @classmethod
    def of(
        cls,
        known: Mapping[Key, Collection[str]],
        *,
        take_theirs: Collection[str],
        keep_mine: Collection[str],
    ) -> Self:
        """``known`` gives the slugs of every document. Raises ``UnknownChoice``."""
        if both := set(take_theirs) & set(keep_mine):
            raise UnknownChoice(f"{min(both)} can't be both taken and kept.")
        wanted: list[tuple[str, Choice]] = [
            *((said, "theirs") for said in take_theirs),
            *((said, "mine") for said in keep_mine),
        ]
        documents: dict[Key, Choice] = {}
        fields: dict[Key, dict[str, Choice]] = {}
        for said, choice in sorted(wanted, key=lambda pair: pair[0] != ALL):
            slug, _, name = said.partition(".")
            for key in _meant(slug, known):
                if not name:
                    documents[key] = choice
                elif name in SCHEMAS[key[0]].all_fields:
                    fields.setdefault(key, {})[name] = choice
                else:
                    nearest = _nearest(name, SCHEMAS[key[0]].all_fields)
                    raise UnknownChoice(f"{key[0].capitalize()} {slug} has no {name}.{nearest}")
        return cls(documents, fields)

    @classmethod
    def of_one(cls, key: Key, *, take_theirs: Collection[str], keep_mine: Collection[str]) -> Self:
        """Choices for fields of one document."""
        fields: dict[str, Choice] = dict.fromkeys(keep_mine, "mine")
        return cls({}, {key: fields | dict.fromkeys(take_theirs, "theirs")})

    def without_theirs(self) -> Self:
        """Only where it was chosen to keep what is here."""
        return type(self)(
            {key: choice for key, choice in self.documents.items() if choice == "mine"},
            {
                key: {name: choice for name, choice in fields.items() if choice == "mine"}
                for key, fields in self.fields.items()
            },
        )

    def of_document(self, key: Key) -> Choice:
        return self.documents.get(key, "ask")

    def of_fields(self, key: Key) -> Mapping[str, Choice]:
        return self.fields.get(key, {})

    def of_field(self, key: Key, name: str) -> Choice:
        return self.of_fields(key).get(name, self.of_document(key))


def _meant(slug: str, known: Mapping[Key, Collection[str]]) -> Collection[Key]:
    if slug == ALL:
        return known.keys()
    meant = [key for key, slugs in known.items() if slug in slugs]
    if not meant:
        nearest = _nearest(slug, {name for slugs in known.values() for name in slugs})
        raise UnknownChoice(f"The catalogue has no {slug}.{nearest}")
    return meant


def _nearest(typed: str, words: Collection[str]) -> str:
    found = get_close_matches(typed, sorted(words), n=3)
    return f" Did you mean {' or '.join(found)}?" if found else ""
