"""Two versions of a document side by side, word by word. No Django."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Self

EMPTY: tuple[Any, ...] = (None, "", [], {})
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text that both versions have, or that only this one has."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: its name, and both versions of it in pieces."""

    name: str
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]

    @property
    def label(self) -> str:
        return label_of(self.name)

    @classmethod
    def of(cls, name: str, before: Any, after: Any) -> Self:
        """Of two values of the field, which may be the same."""
        return cls(name, *_side_by_side(as_text(before), as_text(after)))


def label_of(name: str) -> str:
    """What an editor calls a field."""
    return name.replace("_", " ").capitalize()


def names_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields of which the versions say different things, in the order of ``after``."""
    names = [*after, *(name for name in before if name not in after)]
    return [name for name in names if not _is_same_value(before.get(name), after.get(name))]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields that ``names_changed`` names, word by word."""
    return [
        Difference.of(name, before.get(name), after.get(name))
        for name in names_changed(before, after)
    ]


def is_same(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    """Whether both versions say the same; what one of them does not know of is empty."""
    if before is None:
        return False
    names = before.keys() | after.keys()
    return all(_is_same_value(before.get(name), after.get(name)) for name in names)


def _is_same_value(before: Any, after: Any) -> bool:
    return before == after or (before in EMPTY and after in EMPTY)


def as_text(value: Any) -> str:
    """A field's value as an editor reads it: lists and translations have one item a line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "\n".join(
            f"{language} {name}: {text}"
            for language, texts in sorted(value.items())
            for name, text in sorted(texts.items())
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(_item(item) for item in value)
    return str(value)


def _item(item: Any) -> str:
    """An item of a list; pairs are a muscle and its role."""
    return item if isinstance(item, str) else f"{item[0]} ({', '.join(item[1:])})"


def _side_by_side(before: str, after: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = ((tag, old[start:end]) for tag, start, end, _, _ in blocks)
    right = ((tag, new[start:end]) for tag, _, _, start, end in blocks)
    return tuple(_pieces(left)), tuple(_pieces(right))


def _pieces(runs: Iterator[tuple[str, list[str]]]) -> Iterator[Passage]:
    for tag, words in runs:
        if words:
            yield Passage("".join(words), is_changed=tag != "equal")
