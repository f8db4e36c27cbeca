"""Three-way merging of documents: what the files said last time, what they say now, what is here.

A rule module: plain values in, plain values out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Choice = Literal["ask", "theirs", "mine"]


@dataclass(frozen=True, slots=True)
class Merge:
    """The outcome for one document, by field name.

    ``values`` is what it should hold; ``updated`` came from the files, ``kept`` are an editor's,
    and ``conflicts`` were changed on both sides (and kept, unless told otherwise).
    """

    values: dict[str, Any]
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge(
    base: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    *,
    choice: Choice = "ask",
) -> Merge:
    """Merge field by field. ``theirs`` is what the files say now, ``mine`` what the database holds.

    With no ``base`` (rows that were never synced) every difference counts as an editor's edit.
    ``choice`` "theirs" takes the files' value everywhere; "mine" settles conflicts in favour of
    what is here, without reporting them.
    """
    result = Merge(dict(mine))
    for name, new in theirs.items():
        here = mine.get(name)
        before = base.get(name) if base is not None else None
        if here == new:
            continue
        is_edited = base is None or here != before
        if choice == "theirs" or not is_edited:
            result.values[name] = new
            result.updated.append(name)
        elif (base is not None and new == before) or choice == "mine":
            result.kept.append(name)
        else:
            result.conflicts.append(name)
    return result
