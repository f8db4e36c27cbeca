"""Which documents can't be written because another row has what they want. A rule module."""

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

Who = TypeVar("Who", bound=Hashable)
_What = TypeVar("_What", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Clash(Generic[Who, _What]):
    """``who`` wants ``what``, which ``holder`` has or will have."""

    who: Who
    what: _What
    holder: Who


def find_clashes(
    has: Mapping[Who, Set[_What]], wants: Mapping[Who, Set[_What]]
) -> list[Clash[Who, _What]]:
    """The documents among ``wants`` that have to stay as they are, so that nothing has two holders.

    ``has`` is what rows hold now, ``wants`` what documents would hold once written, in order of
    precedence; of two that want the same the first gets it, and whoever holds a thing already and
    goes on wanting it comes before both. A document that stays keeps what it has, which may stand
    in the way of another. Each document is named once.
    """
    clashes: dict[Who, Clash[Who, _What]] = {}
    while True:
        holders = _holders(has, wants, staying=clashes.keys())
        new = _first_clashes(has, wants, holders, staying=clashes.keys())
        if not new:
            return list(clashes.values())
        clashes |= new


def _holders(
    has: Mapping[Who, Set[_What]], wants: Mapping[Who, Set[_What]], *, staying: Set[Who]
) -> dict[_What, Who]:
    """Who holds what now and will not give it up."""
    return {
        what: who
        for who, whats in has.items()
        for what in whats
        if who in staying or who not in wants or what in wants[who]
    }


def _first_clashes(
    has: Mapping[Who, Set[_What]],
    wants: Mapping[Who, Set[_What]],
    holders: dict[_What, Who],
    *,
    staying: Iterable[Who],
) -> dict[Who, Clash[Who, _What]]:
    found: dict[Who, Clash[Who, _What]] = {}
    for who in (each for each in wants if each not in staying):
        new = sorted(wants[who] - has.get(who, frozenset()), key=repr)
        taken = next((what for what in new if holders.get(what, who) != who), None)
        if taken is None:
            holders.update(dict.fromkeys(new, who))
        else:
            found[who] = Clash(who, taken, holders[taken])
    return found
