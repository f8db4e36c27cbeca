"""Three-way merging of documents: what the files said last time, what they say now, what is here.

A rule module: plain values in, plain values out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Choice = Literal["ask", "theirs", "mine"]


@dataclass(frozen=True, slots=True)
class Merge:
    """The outcome for one document, by field name.

    ``values`` is what it should hold; ``updated`` came from the files, ``kept`` are an editor's,
    and ``conflicts`` were changed on both sides (and kept, unless told otherwise). ``base`` is
    what the next merge starts from: what the files say, but for conflicts, which stay open.
    """

    values: dict[str, Any]
    base: dict[str, Any]
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge(
    base: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    *,
    choice: Choice = "ask",
    choices: Mapping[str, Choice] | None = None,
    sets: Collection[str] = (),
    unsettled: Collection[str] = (),
) -> Merge:
    """Merge field by field. ``theirs`` is what the files say now, ``mine`` what the database holds.

    With no ``base`` (rows that were never synced) every difference counts as an editor's edit; a
    field that only the base lacks is new in the files, and followed. Conflicts named in
    ``unsettled`` stay conflicts until the files take their change back.
    ``choice`` "theirs" takes the files' value everywhere; "mine" settles conflicts in favour of
    what is here; ``choices`` says so for single fields. Fields in ``sets`` are sorted lists, of
    which each item is merged by itself, so they never conflict.
    """
    result = Merge(dict(mine), dict(theirs))
    for name, new in theirs.items():
        here, wanted = mine.get(name), (choices or {}).get(name, choice)
        if here == new:
            continue
        is_known = base is not None and name in base
        before = base[name] if base is not None and is_known else None
        is_edited = name in unsettled or (here != before if is_known else base is None)
        if wanted == "theirs":
            _take(result, name, new)
        elif is_known and name in sets:
            _merge_items(result, name, before or [], new, here or [])
        elif not is_edited:
            _take(result, name, new)
        elif (is_known and new == before) or wanted == "mine":
            result.kept.append(name)
        else:
            _leave_open(result, name, before, is_known=is_known)
    return result


def _take(result: Merge, name: str, new: Any) -> None:
    result.values[name] = new
    result.updated.append(name)


def _leave_open(result: Merge, name: str, before: Any, *, is_known: bool) -> None:
    result.conflicts.append(name)
    if is_known:
        result.base[name] = before
    else:
        del result.base[name]


def _merge_items(
    result: Merge, name: str, before: Sequence[str], new: Sequence[str], here: Sequence[str]
) -> None:
    """Items that the files added or dropped follow them; what was added or dropped here stays."""
    added, dropped = set(new) - set(before), set(before) - set(new)
    merged = sorted((set(here) | added) - dropped)
    if merged != here:
        _take(result, name, merged)
    if merged != new:
        result.kept.append(name)
