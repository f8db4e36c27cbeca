"""JSON that anyone may have written: what is of a kind that it should not be counts as missing."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType
from workouts.data.importers.values import Unreadable

Document = Mapping[str, Any]


def parsed(text: str) -> Any:
    """The document, its strings without what no text can have: NUL and halves of characters.

    Raises Unreadable.
    """
    try:
        document = json.loads(text)
        return _cleaned(document) if "\\u" in text else document
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            _("The file begins like JSON, but is not whole. Export it anew.")
        ) from error


def text_of(document: Document, key: str) -> str:
    """What stands there as text; empty for a list, a document, yes or no, and nothing."""
    value = document.get(key)
    return "" if value is None or isinstance(value, list | dict | bool) else str(value)


def load_type_of(document: Document) -> LoadType:
    """How an own exercise is loaded; where nothing is said, by a weight."""
    said = text_of(document, "load_type")
    return LoadType(said) if said in set(LoadType) else LoadType.EXTERNAL


def document_of(document: Document, key: str) -> Document:
    found = document.get(key)
    return found if isinstance(found, dict) else {}


def documents_of(document: Document, key: str) -> Sequence[Document]:
    return [one for one in _list(document, key) if isinstance(one, dict)]


def strings_of(document: Document, key: str) -> list[str]:
    return [one for one in _list(document, key) if isinstance(one, str)]


def _list(document: Document, key: str) -> list[Any]:
    found = document.get(key)
    return found if isinstance(found, list) else []


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return whole.replace("\x00", "\ufffd")
        case list():
            return [_cleaned(one) for one in value]
        case dict():
            return {_cleaned(key): _cleaned(one) for key, one in value.items()}
        case _:
            return value
