"""What some workouts trained: the sets of each muscle on the body map, and the same as a list."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.db.models import BigIntegerField, F, UUIDField
from django.db.models.lookups import In
from django.utils.translation import gettext as _

from exercises.drawing.body_map import VIEWS, BodyMap, body_map, heat, views_showing
from exercises.languages import shown_number
from exercises.models import Exercise, Region
from exercises.models.fields import label_of
from exercises.models.shown_names import muscle_names
from exercises.prepared import PreparedQuery
from exercises.translating import in_words
from exercises.vocabulary import Role
from workouts.models import Entry, Workout
from workouts.models.history import numbered
from workouts.models.keys import is_of
from workouts.models.log import TargetSets, sets_by_target
from workouts.reckoning.balance import BACK_AND_FRONT, Tally, back_and_front, summed, told
from workouts.reckoning.calendar import CalendarWorkout
from workouts.reckoning.muscle_sets import (
    SESSION,
    WEEK,
    Band,
    Work,
    band_of,
    in_halves,
    sets_per_group,
    sets_per_muscle,
)
from workouts.wording import how_many_in

DAYS_IN_A_WEEK = 7
_targets_of_workout = PreparedQuery(
    lambda athlete, workout: Entry.objects.filter(is_of(athlete), workout=workout).by_target(),
    athlete=BigIntegerField(),
    workout=UUIDField(),
)


@lru_cache(maxsize=100)
def _targets_of_workouts(count: int) -> PreparedQuery:
    """By their keys: PostgreSQL overrates how many there are in some days, and would read
    everyone's entries.
    """
    return PreparedQuery(
        lambda athlete, **keys: Entry.objects.in_workouts(athlete, [*keys.values()]).by_target(),
        athlete=BigIntegerField(),
        **numbered([UUIDField()] * count),
    )


@lru_cache(maxsize=100)
def _targets_of_exercises(count: int) -> PreparedQuery:
    muscle = [f"targets__muscle__{name}" for name in ("slug", "permanent_slug", "name", "region")]
    return PreparedQuery(
        lambda **keys: (
            Exercise.objects.filter(In(F("pk"), [*keys.values()]))
            .order_by("targets__muscle__position", muscle[0], "pk")
            .values_list("pk", "targets__role", *muscle)
        ),
        **numbered([BigIntegerField()] * count),
    )


@dataclass(frozen=True, slots=True)
class TrainedMuscle:
    slug: str
    name: str
    sets: str


@dataclass(frozen=True, slots=True)
class TrainedRegion:
    """A region's sets, each counted once, and those of its muscles, most first."""

    name: str
    sets: str
    muscles: tuple[TrainedMuscle, ...]


@dataclass(frozen=True, slots=True)
class Trained:
    """``sets`` are all working sets; ``map`` is None where no muscle is known for them. ``levels``
    are the shades of muscles by the slugs that they are drawn by, ``sides`` the sets of back and
    front. What ``is_done``, and not only planned, has pages with the sets behind it.
    """

    sets: int
    regions: tuple[TrainedRegion, ...]
    untouched: tuple[str, ...]
    map: BodyMap | None
    levels: Mapping[str, int] = field(default_factory=dict)
    sides: Tally = field(default_factory=Tally)
    is_done: bool = True

    @property
    def balance(self) -> str:
        """ "Back 12, front 4½: 2.7 to 1"; empty where neither had any sets."""
        back, front = map(_halves, self.sides)
        stands = in_words(told(self.sides, BACK_AND_FRONT))
        values = {"back": back, "front": front, "stands": stands}
        return _("Back %(back)s, front %(front)s: %(stands)s") % values if self.sides.total else ""


def trained_in(workout: Workout) -> Trained:
    """What one workout trained, on the views that show it. 1 query."""
    rows = _targets_of_workout.rows(athlete=workout.athlete_id, workout=workout.pk)
    return _trained(sets_by_target(rows), bands=SESSION)


def trained_in_week(athlete: int, lately: Iterable[CalendarWorkout], *, today: date) -> Trained:
    """What of these workouts the seven days up to ``today`` trained, on both views. 1 query."""
    first = today - timedelta(days=DAYS_IN_A_WEEK - 1)
    keys = [uuid.UUID(workout.key) for workout in lately if first <= workout.on <= today]
    rows = []
    if keys:
        rows = _targets_of_workouts(len(keys)).rows(athlete=athlete, **numbered(keys))
    return _trained(sets_by_target(rows), bands=WEEK, views=VIEWS)


def trained_by_plan(sets: Mapping[int, int], *, is_week: bool = False) -> Trained:
    """What so many sets of exercises, by their keys, would train in a session, on the views that
    show it; or in a week, on both. 1 query.
    """
    trained = trained_over(sets, weeks=1) if is_week else _trained(_targets(sets), bands=SESSION)
    return replace(trained, is_done=False)


def trained_over(sets: Mapping[int, int], *, weeks: int) -> Trained:
    """What so many sets of exercises, by their keys, trained over some weeks, on both views: the
    sets of all of them in the list, those of a mean week on the map. 1 query.
    """
    return _trained(_targets(sets), bands=WEEK, views=VIEWS, weeks=weeks)


def _targets(sets: Mapping[int, int]) -> list[TargetSets]:
    rows = _targets_of_exercises(len(sets)).rows(**numbered(sets)) if sets else []
    return [TargetSets(pk, sets[pk], *(text or "" for text in texts)) for pk, *texts in rows]


def _trained(
    rows: Sequence[TargetSets],
    *,
    bands: Sequence[Band],
    views: Sequence[str] = (),
    weeks: int = 1,
) -> Trained:
    work = _work(rows)
    sets = sets_per_muscle(work)
    regions = _regions(rows, work, sets)
    drawn_as = {row.slug: row.permanent_slug for row in rows}
    levels = {drawn_as[slug]: _level(count / weeks, bands) for slug, count in sets.items()}
    signs = {
        drawn_as[slug]: count if weeks == 1 else _nearest_half(count / weeks)
        for slug, count in sets.items()
    }
    return Trained(
        sets=sum(each.sets for each in work),
        regions=regions,
        untouched=tuple(
            label_of(region)
            for region in Region
            if label_of(region) not in {each.name for each in regions}
        ),
        map=_map(signs, levels, bands, views),
        levels=levels,
        sides=_sides(work, drawn_as),
    )


def _sides(work: Iterable[Work], kept: Mapping[str, str]) -> Tally:
    """Sets of the back and of the front; muscles' slugs are those that they ``kept``."""
    exercises = [*enumerate(work)]
    counts = {
        key: back_and_front({kept[slug]: role for slug, role in each.roles.items()})
        for key, each in exercises
    }
    return summed({key: each.sets for key, each in exercises}, counts)


def _work(rows: Iterable[TargetSets]) -> list[Work]:
    """One ``Work`` an exercise; those without muscles count among all sets alone."""
    roles: dict[int, dict[str, Role]] = {}
    sets: dict[int, int] = {}
    for row in rows:
        sets[row.exercise] = row.working_sets
        targets = roles.setdefault(row.exercise, {})
        if row.slug:
            targets[row.slug] = Role(row.role)
    return [Work(sets[key], targets) for key, targets in roles.items()]


def _regions(
    rows: Sequence[TargetSets], work: Sequence[Work], sets: Mapping[str, Decimal]
) -> tuple[TrainedRegion, ...]:
    muscles = {row.slug: row for row in rows if row.slug in sets}
    once = sets_per_group(work, {slug: row.region for slug, row in muscles.items()})
    most_first = sorted(muscles, key=lambda slug: -sets[slug])
    shown_name = muscle_names()
    return tuple(
        TrainedRegion(
            label_of(region),
            _halves(once[region]),
            tuple(
                TrainedMuscle(slug, shown_name(slug, muscles[slug].name), _halves(sets[slug]))
                for slug in most_first
                if muscles[slug].region == region
            ),
        )
        for region in Region
        if region in once
    )


def _map(
    sets: Mapping[str, Decimal],
    levels: Mapping[str, int],
    bands: Sequence[Band],
    views: Sequence[str],
) -> BodyMap | None:
    """Heat by level; the sign before a label is the count itself."""
    if not sets:
        return None
    marks = {
        slug: heat(levels[slug], how_many_in(in_halves(count), count, "set"), sign=_halves(count))
        for slug, count in sets.items()
    }
    legend = [heat(band.level, in_words(band.text), sign="") for band in bands]
    return body_map(marks, only=views or views_showing(marks), legend=legend, both_halves=True)


def _halves(sets: Decimal) -> str:
    return shown_number(in_halves(sets))


def _level(sets: Decimal, bands: Sequence[Band]) -> int:
    band = band_of(sets, bands)
    return band.level if band else 0


def _nearest_half(sets: Decimal) -> Decimal:
    """At least one half."""
    return max((sets * 2).quantize(Decimal(1), ROUND_HALF_UP), Decimal(1)) / 2
