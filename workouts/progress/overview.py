"""All that ``/progress/`` shows: the balance, each muscle's sets, and what had few of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import In
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exercises.drawing.body_map import BodyMap, body_map, heat
from exercises.models import Equipment, Exercise, Muscle, Status, Target
from exercises.models.shown_names import muscle_names
from exercises.prepared import Parameter, PreparedQuery
from exercises.translating import in_words
from exercises.vocabulary import Role
from workouts.models import Athlete, Favourite
from workouts.models.history import Span
from workouts.models.log import workout_address
from workouts.progress.balance import SPANS, Balance, Weeks, balance
from workouts.progress.evidence import Behind, Evidence
from workouts.progress.stronger import Stronger, stronger
from workouts.progress.weekly_sets import done_sets
from workouts.reckoning.balance import to_halves
from workouts.reckoning.calendar import DAYS_PER_WEEK, week_begin
from workouts.reckoning.muscle_sets import WEEK, band_of, in_halves, shares_of
from workouts.reckoning.undertrained import (
    LARGE,
    LEVELS,
    MOST_GAPS,
    SMALL,
    Candidate,
    gaps,
    highest_level,
    short_of,
    suggested,
)
from workouts.wording import how_many_in

TREND_WEEKS = 4
MOST_NAMED = 6
SPAN_LABELS = {
    "7d": gettext_noop("7 days"),
    "4w": gettext_noop("4 weeks"),
    "12w": gettext_noop("12 weeks"),
}
SPAN_WEEKS = {"7d": 0, "4w": 4, "12w": 12}  # complete ones
SORTS = {
    "muscle": gettext_noop("Muscle"),
    "sets": gettext_noop("Sets"),
    "days": gettext_noop("Days"),
    "trend": gettext_noop("Trend"),
    "last": gettext_noop("Last"),
}
HALF = Decimal("0.5")
PLACES = MOST_GAPS + sum(map(len, SMALL.values()))  # of muscles that exercises are looked for
Counts = dict[int, Decimal]  # by exercise: what a set counts


class MuscleName(NamedTuple):
    """A muscle that exercises name as a target; ``known_as`` is the slug that it keeps."""

    known_as: str
    slug: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class MuscleRow:
    """A muscle's sets and days a week; ``change`` is that of the last four complete weeks against
    the four before, None where there are not so many.
    """

    muscle: MuscleName
    sets: Decimal
    days: Decimal
    change: Decimal | None
    last: tuple[date, str] | None
    evidence: Evidence | None

    @property
    def shown_sets(self) -> str:
        return shown(self.sets)

    @property
    def last_address(self) -> str:
        return workout_address(UUID(self.last[1])) if self.last else ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A muscle with few sets."""

    muscle: MuscleName
    sets: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A small muscle, and an exercise that trains it."""

    name: str
    sets: str
    exercise: Candidate | None


@dataclass(frozen=True, slots=True)
class Fill:
    """An exercise that would give the ``gaps`` some sets, by their names."""

    exercise: Candidate
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """``span`` is what the map and the table are of; ``weeks`` how many complete weeks that were, 0
    for seven days. ``year`` is that of the last workout. ``fills`` need nothing but what the
    athlete owns, if they said so.
    """

    span: str
    weeks: int
    sort: str
    year: int
    stronger: Stronger
    balance: Balance
    map: BodyMap | None
    most: tuple[MuscleRow, ...]
    none: tuple[MuscleName, ...]
    muscles: tuple[MuscleRow, ...]
    sets: int
    unmapped: tuple[tuple[str, str, int], ...]
    gaps: tuple[Gap, ...]
    fills: tuple[Fill, ...]
    says_what_they_own: bool
    reminders: tuple[Reminder, ...]

    @property
    def order(self) -> str:
        """How the column is sorted, as ``aria-sort`` has it."""
        return "ascending" if self.sort in ("muscle", "last") else "descending"

    @property
    def unmapped_sets(self) -> int:
        return sum(sets for *_, sets in self.unmapped)


def overview(athlete: Athlete, *, today: date, span: str = "", sort: str = "") -> Overview | None:
    """None where nothing was logged in the last year. 5 queries, 2 without anything logged."""
    begin = week_begin(today, week_start=athlete.week_start)
    since = begin - timedelta(weeks=SPANS[-1])
    weeks = Weeks(done_sets(athlete, Span(since, today)), today)
    if not weeks.done.done:
        return None
    if span not in SPAN_LABELS:
        span = "4w" if weeks.over(TREND_WEEKS) else "7d"
    shown_name = muscle_names()
    muscles = [
        MuscleName(known_as, slug, shown_name(slug, name), region)
        for known_as, slug, name, region in _muscles.rows()
    ]
    return _Page(athlete, weeks, muscles, span).overview(sort)


class _Page:
    """What several parts of the page are made of."""

    def __init__(
        self, athlete: Athlete, weeks: Weeks, muscles: list[MuscleName], span: str
    ) -> None:
        self.athlete, self.weeks, self.muscles = athlete, weeks, muscles
        self.done, self.today = weeks.done, weeks.today
        # A week that was begun is none; where there are no complete ones, these days are all
        self.count = weeks.complete(SPAN_WEEKS[span])
        self.span = span if self.count else "7d"
        first, last = self._days()
        self.behind = Behind(
            (one for one in self.done.done if first <= one.day <= last), self.done.exercises
        )
        self.counts = self._counts()

    def overview(self, sort: str) -> Overview:
        sort = sort if sort in SORTS else "sets"
        rows = [self._row(muscle) for muscle in self.muscles]
        sets = {row.muscle.known_as: row.sets for row in rows}
        weekly = self._weekly_sets()
        few, fills, says_what_they_own, reminders = self._few(weekly)
        trained = sorted((row for row in rows if row.sets), key=lambda row: -row.sets)
        return Overview(
            span=self.span,
            weeks=self.count,
            sort=sort,
            year=self.done.done[-1].day.year,
            stronger=stronger(self.athlete, today=self.today),
            balance=balance(self.weeks, self.athlete.balance_target),
            map=_map(sets) if trained else None,
            most=tuple(trained[:3]),
            none=tuple(
                muscle
                for muscle in self.muscles
                if muscle.known_as in LARGE and not sets[muscle.known_as]
            ),
            muscles=tuple(sorted(rows, key=lambda row: _rank(row, sort))),
            sets=sum(self.behind.sets.values()),
            unmapped=self._unmapped(),
            gaps=few,
            fills=fills,
            says_what_they_own=says_what_they_own,
            reminders=reminders,
        )

    def _days(self) -> tuple[date, date]:
        if self.count:
            return self.weeks.first_day(self.count), self.weeks.this_week - timedelta(days=1)
        return self.today - timedelta(days=DAYS_PER_WEEK - 1), self.today

    def _counts(self) -> dict[str, Counts]:
        """What a set of each exercise counts for each muscle."""
        counts: dict[str, Counts] = {muscle.known_as: {} for muscle in self.muscles}
        for key, roles in self.done.lasting_roles.items():
            for muscle, share in shares_of(roles, {}).items():
                counts.setdefault(muscle, {})[key] = share
        return counts

    def _row(self, muscle: MuscleName) -> MuscleRow:
        counts = self.counts[muscle.known_as]
        days = {on for on, _ in self.behind.days_of(counts)}
        count = self.count or 1
        last = self._last(counts)
        sets = _given(self.behind.sets, counts) / count
        return MuscleRow(
            muscle=muscle,
            sets=at_least_some(sets),
            days=Decimal(len(days)) / count,
            change=self._change(counts),
            last=last,
            evidence=self.behind.of(counts) if sets else None,
        )

    def _change(self, counts: Counts) -> Decimal | None:
        if self.weeks.begun < 2 * TREND_WEEKS:
            return None
        now, before = self._recent
        return to_halves((_given(now, counts) - _given(before, counts)) / TREND_WEEKS)

    @cached_property
    def _recent(self) -> tuple[Counter[int], Counter[int]]:
        return self.weeks.over(TREND_WEEKS), self.weeks.over(TREND_WEEKS, before=TREND_WEEKS)

    def _last(self, counts: Counts) -> tuple[date, str] | None:
        return max((self._last_days[key] for key in counts if key in self._last_days), default=None)

    @cached_property
    def _last_days(self) -> dict[int, tuple[date, str]]:
        return {one.exercise: (one.day, one.workout) for one in self.done.done}

    def _weekly_sets(self) -> dict[str, Decimal]:
        """Sets a week of each muscle over the last four complete weeks, or what there is."""
        count = self.weeks.complete(TREND_WEEKS)
        sets = self.weeks.over(count)
        return {muscle: _given(sets, of) / (count or 1) for muscle, of in self.counts.items()}

    def _unmapped(self) -> tuple[tuple[str, str, int], ...]:
        nameless = {key for key, one in self.done.exercises.items() if not one.roles}
        return tuple(
            (one.name, one.slug, self.behind.sets[key])
            for key, one in self.done.exercises.items()
            if key in nameless and self.behind.sets[key]
        )

    def _few(
        self, weekly: Mapping[str, Decimal]
    ) -> tuple[tuple[Gap, ...], tuple[Fill, ...], bool, tuple[Reminder, ...]]:
        few = gaps(weekly)
        names = {muscle.known_as: muscle for muscle in self.muscles}
        small = [slug for slugs in SMALL.values() for slug in slugs]
        rows = _candidates.rows(
            athlete=self.athlete.pk,
            **{f"muscle_{n}": slug for n, slug in enumerate(_filled_up(few) + small)},
        )
        candidates = _in_candidates(rows, known=set(self.done.exercises))
        level = highest_level(one.level for one in self.done.exercises.values())
        chosen = suggested(candidates, short_of(weekly, few), level=level)
        return (
            tuple(
                Gap(names[slug], shown(at_least_some(weekly[slug])))
                for slug in few
                if slug in names
            ),
            tuple(
                Fill(
                    one,
                    tuple(
                        names[slug].name
                        for slug in few
                        if slug in names and slug in shares_of(one.roles, {})
                    ),
                )
                for one in chosen
            ),
            bool(rows and rows[0][5]),
            tuple(
                _reminder(name, slugs, weekly, candidates, level) for name, slugs in SMALL.items()
            ),
        )


def exercises_for(athlete: Athlete, muscles: Sequence[str]) -> list[Candidate]:
    """At most three that train these muscles, by the slugs that they keep, with what the athlete
    owns; for who did none that does. Easy ones, unless there are none. 1 query.
    """
    places = [*muscles, *[""] * PLACES][:PLACES]
    rows = _candidates.rows(
        athlete=athlete.pk, **{f"muscle_{n}": slug for n, slug in enumerate(places)}
    )
    candidates, wanting = _in_candidates(rows, known=set()), short_of({}, muscles)
    easy = suggested(candidates, wanting, level=highest_level(()))
    return easy or suggested(candidates, wanting, level=LEVELS[-1])


def _reminder(
    name: str,
    slugs: tuple[str, ...],
    weekly: Mapping[str, Decimal],
    candidates: list[Candidate],
    level: str,
) -> Reminder:
    sets = max(weekly.get(slug, Decimal(0)) for slug in slugs)
    direct = [
        one for one in candidates if any(one.roles.get(slug) == Role.PRIMARY for slug in slugs)
    ]
    chosen = suggested(direct, short_of({}, slugs), level=level)
    return Reminder(name, shown(at_least_some(sets)), chosen[0] if chosen else None)


def _given(sets: Mapping[int, int], counts: Counts) -> Decimal:
    """The fractional sets that exercises give by what each counts."""
    return sum((sets[key] * share for key, share in counts.items() if key in sets), Decimal(0))


def at_least_some(sets: Decimal) -> Decimal:
    """To halves; but little is not nothing."""
    return max(to_halves(sets), HALF / 2) if sets else sets


def shown(sets: Decimal) -> str:
    """ "7½"; "<½" for less than half a set."""
    return "<½" if 0 < sets < HALF else in_halves(sets)


def _rank(row: MuscleRow, sort: str) -> Any:
    """Most, or longest ago, first; those that are equal in the order of the plate."""
    if sort == "sets":
        return -row.sets
    if sort == "days":
        return -row.days
    if sort == "trend":
        return (row.change is None, -(row.change or 0))
    if sort == "last":
        return row.last[0] if row.last else date.min
    return 0


def _map(sets: Mapping[str, Decimal]) -> BodyMap:
    marks, a_week = {}, _("%(sets)s a week")
    for muscle, count in sets.items():
        if band := band_of(count, WEEK):
            text = a_week % {"sets": how_many_in(shown(count), count, "set")}
            marks[muscle] = heat(band.level, text, sign=shown(count))
    legend = [heat(band.level, in_words(band.text), sign="") for band in WEEK]
    return body_map(marks, legend=legend, both_halves=True)


# The queries


def _filled_up(few: list[str]) -> list[str]:
    """As many as the query has places for."""
    return (few or [""]) + [""] * (MOST_GAPS - max(len(few), 1))


def _in_candidates(rows: Iterable[tuple[Any, ...]], *, known: set[int]) -> list[Candidate]:
    found: dict[int, Candidate] = {}
    roles: dict[int, dict[str, Role]] = {}
    for key, slug, name, level, is_favourite, _position, role, muscle in rows:
        if key not in found:
            roles[key] = {}
            found[key] = Candidate(
                key, slug, name, level, bool(is_favourite), key in known, roles[key]
            )
        roles[key][muscle] = Role(role)
    return list(found.values())


def _could_do(athlete: Parameter, **muscles: Parameter) -> "QuerySet[Any, Any]":
    """Exercises whose main work one of the muscles does, with what the athlete owns, if they said
    what that is; a row for each muscle of theirs.
    """
    owned = Athlete.equipment.through.objects.filter(athlete=athlete)
    lacking = Equipment.objects.ownable().filter(exercises=OuterRef("pk"))
    wanted = Target.objects.filter(exercise=OuterRef("pk"), role=Role.PRIMARY)
    in_wanted = In(F("muscle__permanent_slug"), [*muscles.values()])
    marked = Favourite.objects.filter(athlete=athlete, exercise=OuterRef("pk"))
    return (
        Exercise.objects.filter(
            Q(owner=None) | Q(owner=athlete),
            Exists(wanted.filter(in_wanted)),
            ~Exists(lacking.exclude(pk__in=owned.values("equipment"))) | ~Exists(owned),
            status=Status.PUBLISHED,
        )
        .annotate(is_favourite=Exists(marked), owns=Exists(owned))
        .order_by("pk", "targets__position")
        .values_list(
            *("pk", "slug", "name", "level", "is_favourite", "owns"),
            *("targets__role", "targets__muscle__permanent_slug"),
        )
    )


_muscles = PreparedQuery(
    lambda: (
        Muscle.objects.volume_units()
        .order_by("position", "slug")
        .values_list("permanent_slug", "slug", "name", "region")
    )
)
_candidates = PreparedQuery(
    _could_do,
    athlete=BigIntegerField(),
    **{f"muscle_{n}": CharField() for n in range(PLACES)},
)
