"""How many sets each muscle had, and what that amounts to: fractional counting, and bands.

A working set counts 1 for each muscle that does the main work and ½ for each that helps; holding
steady counts nothing. Of the three ways to count the sets of helpers (1, ½ or 0), ½ fitted growth
best in the 67 studies of Pelland et al. 2025 (Sports Medicine, doi 10.1007/s40279-025-02344-w).
It is the muscle that counts half, not the exercise: a bench press is a whole set for the chest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from exercises.sentences import Sentence
from exercises.sentences import gettext as _
from exercises.vocabulary import SHARES, Role
from workouts.reckoning.calendar import week_begin

Roles = Mapping[str, Role]  # of an exercise: that of each muscle in it, by slug


@dataclass(frozen=True, slots=True)
class Work:
    """Working sets of one exercise, and the role of each muscle in it, by slug.

    ``sets`` is what ``strength.count_sets`` makes of them: no warm-ups, 3 left and 3 right are 3.
    """

    sets: int
    roles: Roles


class Done(NamedTuple):
    """Working sets of an exercise, by its key, on a workout's own day; and the workout's key."""

    day: date
    exercise: int
    sets: int
    workout: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A range of sets: from more than the band before up to ``most``; None is without end.

    ``level`` is that of the body map's heat. The bands leave 2 out, so that they stay apart.
    """

    level: int
    most: Decimal | None
    text: Sentence


# A week's sets. Growth was 5 % below 5 sets a week and 10 % from 10 on (Schoenfeld, Ogborn and
# Krieger 2017, Journal of Sports Sciences 35:1073); trained people are mostly given 12 to 20, and
# more than 20 helped one muscle of three (Baz-Valle et al. 2022, Journal of Human Kinetics 81:199).
WEEK = (
    Band(1, Decimal("4.5"), _("up to 4½ sets")),
    Band(3, Decimal("9.5"), _("5 to 9½ sets")),
    Band(4, Decimal(20), _("10 to 20 sets")),
    Band(5, None, _("more than 20 sets")),
)
# A session's sets: half a week's, as each muscle is best trained at least twice a week (Schoenfeld,
# Ogborn and Krieger 2016, Sports Medicine 46:1689). Our reckoning; no study sets such bounds.
SESSION = (
    Band(1, Decimal(2), _("up to 2 sets")),
    Band(3, Decimal("4.5"), _("2½ to 4½ sets")),
    Band(4, Decimal(10), _("5 to 10 sets")),
    Band(5, None, _("more than 10 sets")),
)


def sets_per_muscle(work: Iterable[Work]) -> dict[str, Decimal]:
    """Fractional sets by muscle; without those that had none."""
    return sets_per_group(work, {})


def sets_per_group(work: Iterable[Work], groups: Mapping[str, str]) -> dict[str, Decimal]:
    """Fractional sets by group, each set once, at the largest share among the group's muscles.

    ``groups`` has each muscle's group; a muscle that is not in it stands for itself.
    """
    sets: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in work:
        for group, share in shares_of(each.roles, groups).items():
            sets[group] += each.sets * share
    return {group: count for group, count in sets.items() if count}


def shares_of(roles: Roles, groups: Mapping[str, str]) -> dict[str, Decimal]:
    """What a set counts for each group: the largest share among its muscles, more than none."""
    shares: dict[str, Decimal] = {}
    for muscle, role in roles.items():
        group = groups.get(muscle, muscle)
        if SHARES[role] > shares.get(group, 0):
            shares[group] = SHARES[role]
    return shares


def weeks_between(first: date, last: date, *, week_start: int) -> list[date]:
    """The first days of all weeks that have a day from ``first`` to ``last``, oldest first.

    ``week_start`` is the first day of the week, numbered as ``date.isoweekday`` does.
    """
    begin = week_begin(first, week_start=week_start)
    return [begin + timedelta(days=days) for days in range(0, (last - begin).days + 1, 7)]


def exercises_by_week(done: Iterable[Done], *, week_start: int) -> dict[date, Counter[int]]:
    """The sets of each exercise, by its key, in each week that has any, by its first day."""
    weeks: defaultdict[date, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    begins: dict[date, date] = {}
    for day, exercise, sets, _key in done:
        if day not in begins:
            begins[day] = week_begin(day, week_start=week_start)
        weeks[begins[day]][exercise] += sets
    return {begin: Counter(of_week) for begin, of_week in weeks.items()}


def sets_by_week(
    done: Iterable[Done],
    roles: Mapping[int, Roles],
    *,
    week_start: int,
    groups: Mapping[str, str] | None = None,
) -> dict[date, dict[str, Decimal]]:
    """``sets_per_group`` of each week that has any, by its first day.

    ``roles`` are those of the exercises, by their keys; sets of an exercise that is not there, or
    has none, can't be given to a muscle.
    """
    weeks = exercises_by_week(done, week_start=week_start)
    halves = {
        key: [(group, int(share * 2)) for group, share in shares_of(of, groups or {}).items()]
        for key, of in roles.items()
    }
    return {begin: _summed(of_week, halves) for begin, of_week in weeks.items()}


def _summed(
    sets: Mapping[int, int], halves: Mapping[int, Iterable[tuple[str, int]]]
) -> dict[str, Decimal]:
    """Counted in halves, since a year has thousands and decimals are slow."""
    total: Counter[str] = Counter()
    for exercise, count in sets.items():
        for group, share in halves.get(exercise, ()):
            total[group] += count * share
    return {group: Decimal(count) / 2 for group, count in total.items()}


def band_of(sets: Decimal, bands: Iterable[Band]) -> Band | None:
    """The band that a count of more than none falls into."""
    if sets <= 0:
        return None
    return next(band for band in bands if band.most is None or sets <= band.most)


@lru_cache(maxsize=1_000)
def in_halves(sets: Decimal) -> str:
    """A count as people write it: "½", "7½", "1,743". A page has hundreds, and few are others."""
    whole, half = divmod(sets, 1)
    return f"{whole:,.0f}" if not half else f"{whole:,.0f}½" if whole else "½"
