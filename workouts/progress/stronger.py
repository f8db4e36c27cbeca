"""Whether the athlete is stronger: the bests of the last weeks against those of the weeks before.

A plain rule of ours: of each exercise that was done in both the figure that tells most, its best in
either. Runs and rows are left out, since distance and pace are no strength. What was trained
lightly on purpose is lower too, so this says how bests went and no more.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, DateField, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exercises.models.shown_names import exercise_name
from exercises.prepared import Parameter, PreparedQuery
from exercises.vocabulary import LoadType
from workouts.models import Athlete, Entry
from workouts.models.history import BETWEEN, live
from workouts.progress.evidence import exercise_address
from workouts.progress.exercise import HEADINGS, figure_text
from workouts.progress.spans import best_columns, bests_of
from workouts.reckoning.records import kind_in_both
from workouts.vocabulary import Unit

WEEKS = 12  # and as many before them
MOST_SHOWN = 6


class Change(NamedTuple):
    """An exercise, what its figure was in the weeks before and is now; ``sign`` is 1 where it is
    higher, -1 where lower, 0 where it reads the same.
    """

    name: str
    slug: str
    label: str
    before: str
    now: str
    sign: int
    sets: int

    @property
    def address(self) -> str:
        return exercise_address(self.slug)

    @property
    def arrow(self) -> str:
        return {1: "↗", 0: "→", -1: "↘"}[self.sign]

    @property
    def word(self) -> str:
        if self.sign > 0:
            return pgettext("more than before", "up")
        return _("lower") if self.sign else _("as before")


@dataclass(frozen=True, slots=True)
class Stronger:
    """Exercises that were done in both spans, those with most sets first."""

    changes: tuple[Change, ...]

    @property
    def first(self) -> tuple[Change, ...]:
        return self.changes[:MOST_SHOWN]

    @property
    def more(self) -> tuple[Change, ...]:
        return self.changes[MOST_SHOWN:]

    @property
    def up(self) -> int:
        return sum(each.sign > 0 for each in self.changes)

    @property
    def same(self) -> int:
        return sum(each.sign == 0 for each in self.changes)

    @property
    def lower(self) -> int:
        return sum(each.sign < 0 for each in self.changes)


def stronger(athlete: Athlete, *, today: date) -> Stronger:
    """The last twelve weeks to today against the twelve before. 1 query."""
    middle = today - timedelta(weeks=WEEKS)
    days = {"first": middle - timedelta(weeks=WEEKS) + timedelta(days=1), "last": today}
    rows = _by_side.rows(athlete=athlete.pk, middle=middle, **days)
    sides: dict[bool, dict[int, tuple[Any, ...]]] = {False: {}, True: {}}
    for key, *row in rows:
        sides[bool(row[0])][key] = tuple(row[1:])
    before = sides[False]
    changes = [
        change
        for key, row in sides[True].items()
        if key in before and (change := _change(before[key], row, Unit(athlete.unit)))
    ]
    return Stronger(tuple(sorted(changes, key=lambda each: (-each.sets, each.name))))


def _change(before: tuple[Any, ...], now: tuple[Any, ...], unit: Unit) -> Change | None:
    """None where they have no figure in common, and of what is logged over distances."""
    slug, name, load_type, sets, *bests = now
    if load_type == LoadType.DISTANCE:
        return None
    was, is_now = bests_of(before[4:]), bests_of(bests)
    kind = kind_in_both(was, is_now)
    if kind is None:
        return None
    before_text, now_text = (
        figure_text(kind, each, load_type=load_type, unit=unit) for each in (was, is_now)
    )
    is_higher = getattr(is_now, kind) > getattr(was, kind)
    sign = 0 if before_text == now_text else 1 if is_higher else -1
    shown_name = exercise_name(slug, name)
    return Change(shown_name, slug, _(HEADINGS[kind]), before_text, now_text, sign, sets)


def _in_two_spans(
    athlete: Parameter, first: Parameter, middle: Parameter, last: Parameter
) -> "QuerySet[Any, Any]":
    """Of each exercise a row for the days to the middle one, and one for those after it."""
    workouts = live(athlete).filter(day__range=(first, last)).order_by()
    later = Case(When(workout__day__gt=middle, then=Value(1)), default=Value(0))
    return (
        Entry.objects.in_workouts(athlete, workouts.values("pk"))
        .order_by()
        .values_list("exercise", later, "exercise__slug", "exercise__name", "exercise__load_type")
        .annotate(Sum("hard_sets"), **best_columns())
    )


_by_side = PreparedQuery(
    _in_two_spans,
    athlete=BETWEEN["athlete"],
    first=BETWEEN["first"],
    middle=DateField(),
    last=BETWEEN["last"],
)
