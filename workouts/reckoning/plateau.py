"""Whether a figure has stood still while somebody trained on.

A plain rule of ours, no finding: there was no new best in eight sessions or more, over six weeks or
more, with no two of them further apart than three weeks, the last no longer ago than that. Progress
gets slower the longer one trains, so standing still for a while is common; the rule names it and
says nothing of why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

LEAST_SESSIONS = 8
LEAST_TIME = timedelta(weeks=6)
LONGEST_GAP = timedelta(weeks=3)
DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Plateau:
    """``sessions`` since the best was first reached on ``since``, over ``weeks``."""

    since: date
    sessions: int
    weeks: int


def plateau(
    figures: Sequence[tuple[date, Decimal | float | int]], *, today: date
) -> Plateau | None:
    """Of a figure's values on their days, oldest first; None where the rule does not hold."""
    if not figures:
        return None
    best = max(value for _, value in figures)
    place = next(place for place, (_, value) in enumerate(figures) if value == best)
    days = [day for day, _ in figures[place:]]
    since, last, sessions = days[0], days[-1], len(days) - 1
    is_regular = all(after - before <= LONGEST_GAP for before, after in pairwise([*days, today]))
    if sessions < LEAST_SESSIONS or last - since < LEAST_TIME or not is_regular:
        return None
    return Plateau(since, sessions, (last - since).days // DAYS_PER_WEEK)
