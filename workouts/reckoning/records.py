"""An exercise's sessions over time, and the records among them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from workouts.reckoning.strength import KEPT_PLACES, LoadRule, SetFigures, Summary, summarise


class Session(NamedTuple):
    """What one workout's entries of an exercise come to together.

    ``workout`` is its key as text, ``routine`` that of what it was started from, empty without;
    ``body_kg`` is the body weight that it is reckoned with. Of hundreds of sessions the kilograms
    may be floats: these hold the fifteen digits that are kept of a figure, so that what is equal or
    more is so in them too.
    """

    workout: str
    day: date
    summary: Summary
    body_kg: float | None = None
    routine: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The best figure so far, of one kind: a field of ``Summary``, and where it was set."""

    kind: str
    value: Decimal | int
    session: Session


# What one set can be the best at; volume takes a session.
SET_RECORD_KINDS = (
    *("best_e1rm_kg", "top_weight_kg", "best_reps"),
    *("best_metres", "best_speed", "best_seconds"),
)
RECORD_KINDS = (*SET_RECORD_KINDS, "volume_kg")


Bests = Mapping[str, Decimal | int | None]


def telling(kinds: Collection[str]) -> list[str]:
    """Of the kinds that were measured those that say something, in the order of ``RECORD_KINDS``.

    Reps say little where weight goes up and down.
    """
    silent = {"best_reps"} if "top_weight_kg" in kinds else set()
    return [kind for kind in RECORD_KINDS if kind in kinds and kind not in silent]


def new_records(before: Bests, now: Summary) -> list[str]:
    """The kinds in which ``now`` beats the bests before, of those that ``telling`` leaves.

    What was never measured before is no record, and neither is a longer time where a distance was
    measured: 2,000 m in 8:30 are no progress over 8:15.
    """
    measured = {
        kind
        for kind in RECORD_KINDS
        if before.get(kind) is not None or getattr(now, kind) is not None
    }
    return [
        kind
        for kind in telling(measured)
        if (value := getattr(now, kind)) is not None
        and (best := before.get(kind)) is not None
        and value > best
        and not (kind == "best_seconds" and now.best_metres is not None)
    ]


def kind_in_both(before: Summary, now: Summary) -> str | None:
    """The kind that tells most of those that both have; None where they have none in common."""
    both = [
        kind
        for kind in SET_RECORD_KINDS
        if getattr(before, kind) is not None and getattr(now, kind) is not None
    ]
    return next(iter(telling(both)), None)


def updated_bests(before: Bests, now: Summary) -> dict[str, Decimal | int | None]:
    """The bests before, and what ``now`` makes of them."""
    return {
        kind: max(
            (value for value in (before.get(kind), getattr(now, kind)) if value is not None),
            default=None,
        )
        for kind in RECORD_KINDS
    }


def in_sessions(parts: Iterable[Session]) -> list[Session]:
    """One session a workout, in the order given, of entries that may share one."""
    merged: dict[str, Session] = {}
    for part in parts:
        before = merged.setdefault(part.workout, part)
        if before is not part:
            summary = merge(before.summary, part.summary)
            merged[part.workout] = before._replace(summary=summary)
    return list(merged.values())


def merge(one: Summary, other: Summary) -> Summary:
    """Two entries of one workout as one: bests are the better, totals the sum."""
    totals = {"volume_kg", "reps", "hard_sets"}
    merged: dict[str, Any] = {}
    for name in Summary._fields:
        values = [
            value for value in (getattr(one, name), getattr(other, name)) if value is not None
        ]
        if values:
            merged[name] = round(sum(values), KEPT_PLACES) if name in totals else max(values)
    best = max((one, other), key=_estimate)
    return Summary(**{**merged, "best_e1rm_reps": best.best_e1rm_reps})


def _estimate(summary: Summary) -> tuple[Decimal, int]:
    """What the best estimate is ranked by: of equal ones, that with the fewest reps."""
    return summary.best_e1rm_kg or Decimal(0), -(summary.best_e1rm_reps or 0)


def bests(sessions: Iterable[Session]) -> dict[str, Decimal | int | None]:
    """The best of each kind in all of these, None where it was never measured."""
    columns = zip(*(session.summary for session in sessions), strict=True)
    by_name = dict(zip(Summary._fields, columns, strict=False))
    return {
        kind: max((value for value in by_name.get(kind, ()) if value is not None), default=None)
        for kind in RECORD_KINDS
    }


def records(sessions: Sequence[Session]) -> dict[str, Record]:
    """The best of each kind that has any, with the session that first reached it.

    Kinds: estimated one-rep maximum, heaviest weight (least help), most reps in a set, longest
    distance, best speed, longest hold or time, most volume in a session. ``sessions`` come oldest
    first.
    """
    return {
        kind: Record(kind, best, _first_to_reach(kind, best, sessions))
        for kind, best in bests(sessions).items()
        if best is not None
    }


def _first_to_reach(kind: str, best: Decimal | int, sessions: Iterable[Session]) -> Session:
    return next(session for session in sessions if getattr(session.summary, kind) == best)


def set_behind(kind: str, rule: LoadRule, sets: Sequence[SetFigures]) -> int | None:
    """The place of the set that a best of ``SET_RECORD_KINDS`` comes of; None where none gives one.

    Of several with the same figure the one with the most reps, then the first.
    """
    figures = [getattr(summarise(rule, [one]), kind) for one in sets]
    ranked = [
        (figure, one.reps or 0, -place)
        for place, (figure, one) in enumerate(zip(figures, sets, strict=True))
        if figure is not None
    ]
    return -max(ranked)[-1] if ranked else None
