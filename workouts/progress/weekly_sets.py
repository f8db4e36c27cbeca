"""What an athlete did over some days, and which muscles it trains: the sets behind each figure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.lookups import Exact, In

from exercises.models import Exercise
from exercises.models.shown_names import exercise_names
from exercises.prepared import Parameter, PreparedQuery, Row
from exercises.vocabulary import Role
from workouts.models import Athlete, Entry
from workouts.models.history import BETWEEN, IsoDay, Span, key_as_text, numbered
from workouts.models.keys import NotByIndex
from workouts.reckoning.muscle_sets import Done, Roles, sets_by_week, weeks_between

MUSCLE = ("slug", "permanent_slug", "name", "region", "parent__slug")


class TargetMuscle(NamedTuple):
    """A muscle that was trained; ``parent`` is the slug of its group, "" where it has none."""

    slug: str
    permanent_slug: str
    name: str
    region: str
    parent: str


@dataclass(frozen=True, slots=True)
class DoneExercise:
    """An exercise that was done, with the role of each of its muscles, by slug; often it is one of
    the athlete's own, without a pattern, sometimes without muscles.
    """

    key: int
    slug: str
    name: str
    pattern: str
    level: str
    roles: Roles


@dataclass(frozen=True)
class SetsOfSpan:
    """All working sets from the first to the last day of ``span``, in live workouts.

    Days are the workouts' own, weeks begin as the athlete's do. ``exercises`` are by key,
    ``muscles`` by slug, in the order of the plate.
    """

    span: Span
    week_start: int
    done: tuple[Done, ...]
    exercises: Mapping[int, DoneExercise]
    muscles: Mapping[str, TargetMuscle]

    @cached_property
    def weeks(self) -> list[date]:
        """The first days of all weeks that have a day in the span, oldest first."""
        return weeks_between(self.span.first, self.span.last, week_start=self.week_start)

    @cached_property
    def roles(self) -> dict[int, Roles]:
        return {key: exercise.roles for key, exercise in self.exercises.items()}

    @cached_property
    def lasting_roles(self) -> dict[int, Roles]:
        """``roles`` by the slugs that muscles keep, which rules know them by."""
        kept = {slug: muscle.permanent_slug for slug, muscle in self.muscles.items()}
        return {
            key: {kept[slug]: role for slug, role in roles.items()}
            for key, roles in self.roles.items()
        }

    @cached_property
    def unmapped(self) -> dict[int, int]:
        """The sets of exercises that name no muscle, which no figure of a muscle has, by key."""
        sets: Counter[int] = Counter()
        for one in self.done:
            if not self.exercises[one.exercise].roles:
                sets[one.exercise] += one.sets
        return sets

    def by_week(self, groups: Mapping[str, str] | None = None) -> dict[date, dict[str, Decimal]]:
        """Fractional sets of each muscle, or of what ``groups`` gives it to, by the week's first
        day; of weeks that have any.
        """
        return sets_by_week(self.done, self.roles, week_start=self.week_start, groups=groups)


def done_sets(athlete: Athlete, span: Span) -> SetsOfSpan:
    """2 queries, which read what the athlete did in these days and no more."""
    rows = _done.rows(athlete=athlete.pk, **span._asdict())
    done = [Done(date.fromisoformat(day), exercise, n, key) for key, day, exercise, n in rows]
    keys = sorted({one.exercise for one in done})
    targets = _targets(len(keys)).rows(**numbered(keys)) if keys else []
    return SetsOfSpan(
        span=span,
        week_start=athlete.week_start,
        done=tuple(done),
        exercises=_exercises(targets),
        muscles=_muscles(targets),
    )


def _exercises(targets: Iterable[Row]) -> dict[int, DoneExercise]:
    roles: dict[int, dict[str, Role]] = {}
    facts: dict[int, tuple[str, str, str, str]] = {}
    shown_name = exercise_names()
    for key, slug, name, pattern, level, role, muscle, *_ in targets:
        if key not in facts:
            facts[key] = (slug, shown_name(slug, name), pattern, level)
            roles[key] = {}
        if muscle:
            roles[key][muscle] = Role(role)
    return {key: DoneExercise(key, *facts[key], roles[key]) for key in facts}


def _muscles(targets: Iterable[Row]) -> dict[str, TargetMuscle]:
    muscles: dict[str, TargetMuscle] = {}
    for *_, slug, permanent_slug, name, region, parent in targets:
        if slug and slug not in muscles:
            muscles[slug] = TargetMuscle(slug, permanent_slug, name, region, parent or "")
    return muscles


def done_between(
    athlete: Parameter, first: Parameter, last: Parameter, exercises: Sequence[Parameter] = ()
) -> "QuerySet[Any, Any]":
    """Days and working sets of all entries, or of those of some exercises, in the order they were
    done. It begins at the workouts: SQLite would look each of them up for each exercise.
    """
    entries = Entry.objects.live().filter(
        Exact(NotByIndex("athlete"), athlete),
        *([In(NotByIndex("exercise"), exercises)] if exercises else []),
        workout__athlete=athlete,
        workout__day__range=(first, last),
    )
    return (
        entries.exclude(hard_sets=0)
        .order_by("workout__day", "workout__started_at", "workout_id", "position")
        .values_list(key_as_text("workout"), IsoDay("workout__day"), "exercise", "hard_sets")
    )


_done = PreparedQuery(done_between, **BETWEEN)


@lru_cache(maxsize=100)
def _targets(count: int) -> PreparedQuery:
    muscle = [f"targets__muscle__{name}" for name in MUSCLE]
    return PreparedQuery(
        lambda **keys: (
            Exercise.objects.filter(In(F("pk"), [*keys.values()]))
            .order_by("targets__muscle__position", muscle[0], "pk")
            .values_list("pk", "slug", "name", "pattern", "level", "targets__role", *muscle)
        ),
        **numbered([BigIntegerField()] * count),
    )
