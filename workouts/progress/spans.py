"""What the workouts of a month or a year come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.languages import shown_number
from exercises.models.shown_names import exercise_name
from exercises.prepared import Parameter, PreparedQuery
from exercises.vocabulary import Pace
from workouts.models import Athlete, Entry, Workout
from workouts.models.history import BETWEEN, Span, live
from workouts.progress.evidence import exercise_address
from workouts.progress.exercise import RECORD_LABELS, figure_text, volume_text
from workouts.reckoning.calendar import CalendarWorkout
from workouts.reckoning.consistency import weeks_trained
from workouts.reckoning.muscle_sets import weeks_between
from workouts.reckoning.records import SET_RECORD_KINDS, new_records
from workouts.reckoning.strength import (
    MAX_REPS_FOR_E1RM,
    MAX_REPS_FOR_FIRM_E1RM,
    Summary,
)
from workouts.vocabulary import Unit

MANY_HOURS = 100
MOST_TRAINED = MOST_RECORDS = 5  # where only some are shown


class TrainedExercise(NamedTuple):
    """An exercise with its working sets, and in how many workouts it was."""

    name: str
    slug: str
    sets: int
    workouts: int

    @property
    def address(self) -> str:
        return exercise_address(self.slug)


class BeatenRecord(NamedTuple):
    """A best that was beaten in the span: what it was before, and what it became."""

    name: str
    slug: str
    label: str
    before: str
    now: str

    @property
    def address(self) -> str:
        return exercise_address(self.slug)


@dataclass(frozen=True)
class SpanSummary:
    """``exercises`` are all, those with most sets first; ``new`` those that were never logged
    before; ``weeks`` how many the span has, as far as it has passed. ``by_exercise`` are working
    sets by the exercise's key; ``has_before`` says that something was done before, if it is known.
    """

    workouts: int
    days: int
    sets: int
    weeks_trained: int
    weeks: int
    volume: str
    time: str
    timed: int
    exercises: tuple[TrainedExercise, ...]
    new: tuple[TrainedExercise, ...]
    records: tuple[BeatenRecord, ...]
    by_exercise: Mapping[int, int]
    has_before: bool

    @property
    def most_trained(self) -> tuple[TrainedExercise, ...]:
        return self.exercises[:MOST_TRAINED]

    @property
    def first_records(self) -> tuple[BeatenRecord, ...]:
        return self.records[:MOST_RECORDS]

    @property
    def totals(self) -> list[tuple[str, str]]:
        """Figures with their labels, those that there are."""
        weeks = {"trained": self.weeks_trained, "weeks": self.weeks}
        shown = [
            (_("Workouts"), f"{self.workouts}"),
            (_("Weeks trained"), _("%(trained)s of %(weeks)s") % weeks),
            (_("Working sets"), shown_number(f"{self.sets:,}")),
            (_("Volume"), self.volume),
            (_("Time") if self.timed == self.workouts else _time_of(self.timed), self.time),
        ]
        return [(label, value) for label, value in shown if value]


def span_summary(
    athlete: Athlete,
    span: Span,
    workouts: Sequence[CalendarWorkout],
    *,
    today: date,
    with_records: bool = True,
) -> SpanSummary | None:
    """What these workouts, all of the span, come to; None without any. 1 query, and one that reads
    all that was done before, for records and what was new.

    A record is the best of an exercise in the span, of each kind, where there was one before that
    it beats; so an exercise has at most one of each kind.
    """
    if not workouts:
        return None
    rows = [_Row(*row) for row in _in_span.rows(athlete=athlete.pk, **span._asdict())]
    before = _bests_before(athlete, span.first) if with_records else None
    minutes = [each.minutes for each in workouts if each.minutes]
    volume_kg = sum((row.volume_kg for row in rows if row.volume_kg), Decimal(0))
    days = [each.on for each in workouts]
    done = [TrainedExercise(row.shown_name, row.slug, row.sets, row.workouts) for row in rows]
    return SpanSummary(
        workouts=len(workouts),
        days=len(set(days)),
        sets=sum(each.hard_sets for each in workouts),
        weeks_trained=weeks_trained(days, week_start=athlete.week_start),
        weeks=len(
            weeks_between(
                span.first, min(span.last, max(today, *days)), week_start=athlete.week_start
            )
        ),
        volume=volume_text(volume_kg, athlete.unit) if volume_kg else "",
        time=hours_text(sum(minutes)) if minutes else "",
        timed=len(minutes),
        by_exercise={row.exercise: row.sets for row in rows},
        has_before=bool(before),
        exercises=tuple(sorted(done, key=lambda each: (-each.sets, -each.workouts, each.name))),
        new=tuple(
            each
            for each, row in zip(done, rows, strict=True)
            if before is not None and row.exercise not in before
        ),
        records=tuple(
            chain.from_iterable(_beaten(row, before or {}, athlete.unit) for row in rows)
        ),
    )


def _time_of(workouts: int) -> str:
    text = ngettext("Time of %(count)s workout", "Time of %(count)s workouts", workouts)
    return text % {"count": shown_number(f"{workouts:,}")}


def hours_text(minutes: int) -> str:
    """ "45 min", "13 h", "13 h 20 min"; of many hours no minutes."""
    hours, rest = divmod(minutes, 60)
    if hours >= MANY_HOURS:
        return shown_number(f"{hours:,} h")
    return " ".join(f"{count} {unit}" for count, unit in ((hours, "h"), (rest, "min")) if count)


class _Row(NamedTuple):
    """What the span has of an exercise; ``bests`` are those of ``SET_RECORD_KINDS``, and the best
    estimate that is not rough.
    """

    exercise: int
    name: str
    slug: str
    load_type: str
    pace: Pace
    workouts: int
    sets: int
    volume_kg: Decimal | None
    best_e1rm_kg: Decimal | None
    top_weight_kg: Decimal | None
    best_reps: int | None
    best_metres: Decimal | None
    best_speed: Decimal | None
    best_seconds: int | None
    firm_e1rm_kg: Decimal | None

    @property
    def shown_name(self) -> str:
        return exercise_name(self.slug, self.name)


def _bests_before(athlete: Athlete, day: date) -> dict[int, Summary]:
    """Of each exercise that was done before the day. 1 query."""
    return {row[0]: bests_of(row[1:]) for row in _before.rows(athlete=athlete.pk, day=day)}


def bests_of(row: Sequence[Any]) -> Summary:
    """What the columns of ``best_columns`` say; an estimate is rough where none as high is not."""
    *of_kinds, firm_e1rm_kg = row
    best = Summary(**dict(zip(SET_RECORD_KINDS, of_kinds, strict=True)))
    is_firm = best.best_e1rm_kg == firm_e1rm_kg
    return best._replace(best_e1rm_reps=MAX_REPS_FOR_FIRM_E1RM if is_firm else MAX_REPS_FOR_E1RM)


def _beaten(row: _Row, before: Mapping[int, Summary], unit: str) -> list[BeatenRecord]:
    if row.exercise not in before:
        return []
    was, now = before[row.exercise], bests_of(row[-len(SET_RECORD_KINDS) - 1 :])

    def shown(kind: str, summary: Summary) -> str:
        of_unit = Unit(unit)
        return figure_text(kind, summary, load_type=row.load_type, pace=row.pace, unit=of_unit)

    return [
        BeatenRecord(
            row.shown_name, row.slug, _(RECORD_LABELS[kind]), shown(kind, was), shown(kind, now)
        )
        for kind in new_records(was._asdict(), now)
    ]


def _of_exercises(athlete: Parameter, first: Parameter, last: Parameter) -> "QuerySet[Any, Any]":
    workouts = live(athlete).filter(day__range=(first, last)).order_by()
    return (
        Entry.objects.in_workouts(athlete, workouts.values("pk"))
        .order_by("exercise__name", "exercise")
        .values_list(
            *("exercise", "exercise__name", "exercise__slug"),
            *("exercise__load_type", "exercise__pace"),
        )
        .annotate(
            Count("workout", distinct=True), Sum("hard_sets"), Sum("volume_kg"), **best_columns()
        )
    )


def best_columns() -> dict[str, Max]:
    """The bests of ``SET_RECORD_KINDS`` and the best estimate that is not rough."""
    firm = Q(best_e1rm_reps__lte=MAX_REPS_FOR_FIRM_E1RM)
    kinds = {f"most_{kind}": Max(kind) for kind in SET_RECORD_KINDS}
    return {**kinds, "firm": Max("best_e1rm_kg", filter=firm)}


def _of_exercises_before(athlete: Parameter, day: Parameter) -> "QuerySet[Any, Any]":
    others = Workout.objects.filter(Q(day__gte=day) | Q(deleted_at__isnull=False), athlete=athlete)
    return (
        Entry.objects.filter(athlete=athlete)
        .exclude(workout__in=others.order_by().values("pk"))
        .order_by()
        .values_list("exercise")
        .annotate(**best_columns())
    )


_in_span = PreparedQuery(_of_exercises, **BETWEEN)
_before = PreparedQuery(_of_exercises_before, athlete=BETWEEN["athlete"], day=BETWEEN["first"])
