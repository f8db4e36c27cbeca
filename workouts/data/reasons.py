"""Why a line of a file was left out, as an import keeps it: in English, and with what a page needs
to say it in another language.
"""

from collections.abc import Mapping
from typing import Any

from exercises.sentences import Sentence


def as_kept(line: int, reason: str) -> list[Any]:
    """Ready for JSON: the line, the reason in English, and what it is made of if it has values."""
    if isinstance(reason, Sentence) and (reason.values or reason.plural):
        return [line, reason, _made_of(reason)]
    return [line, reason]


def reason_of(text: str, made_of: Mapping[str, Any] | None = None) -> Sentence:
    """The reason again, from what stands behind the line."""
    if made_of is None:
        return Sentence(text)
    values = {
        name: reason_of(**value) if isinstance(value, dict) else value
        for name, value in made_of["values"].items()
    }
    return Sentence(made_of["message"], values, made_of["plural"], made_of["number"])


def _made_of(sentence: Sentence) -> dict[str, Any]:
    values = {
        name: {"text": value, "made_of": _made_of(value)}
        if isinstance(value, Sentence)
        else str(value)
        for name, value in sentence.values.items()
    }
    return {
        "message": sentence.message,
        "values": values,
        "plural": sentence.plural,
        "number": sentence.number,
    }
