"""The page of an exercise's progress: what it says of the sessions of some days, and of all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Self

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from exercises.languages import shown_number, told, within
from exercises.models import Exercise, LoadType
from exercises.vocabulary import DISTANCE_LOADS, Pace
from workouts.models import Athlete
from workouts.progress.exercise import (
    RECORD_LABELS,
    ExerciseProgress,
    Row,
    Sets,
    exercise_progress,
    session_address,
    times_body_weight,
)
from workouts.progress.exercise_bests import ExerciseBests, ShownBest
from workouts.progress.session_sets import sets_in
from workouts.reckoning.charts import Figure, Series, bar_chart
from workouts.reckoning.pace import METRES_OF, distance
from workouts.reckoning.plateau import Plateau, plateau
from workouts.reckoning.records import Record, Session, set_behind
from workouts.reckoning.spans import DEFAULT, DaySpan, span_of
from workouts.reckoning.spans import LABELS as SPANS
from workouts.reckoning.strength import (
    SetFigures,
    effective_load,
    epley,
    is_rough,
)
from workouts.reckoning.weights import exact_kg, from_kg, plain
from workouts.routines.projection import Projection, planned_in, projections
from workouts.saving import load_rule
from workouts.text_format import SetText
from workouts.vocabulary import SetKind, Unit
from workouts.wording import day_text, how_many, in_short

SESSIONS_PER_PAGE = 20
MONTHS_A_BAR, FEWEST_BARS, MOST_BARS = (1, 3), 3, 26
RULES = {
    "best_e1rm_kg": gettext_noop(
        "Epley 1985: load × (1 + reps ÷ 30), from sets of at most 12 reps."
    ),
    "top_weight_kg": gettext_noop(
        "The most weight, or the least help, of a working set, whatever its reps."
    ),
    "best_reps": gettext_noop("The most reps of a working set."),
    "best_metres": gettext_noop("The farthest of the working sets."),
    "best_seconds": gettext_noop(
        "The longest of the working sets that were held, without reps or metres."
    ),
}


class Choice(NamedTuple):
    """A range of days that can be chosen."""

    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A best with its day, the set or sets behind it, and how it is reckoned from them."""

    label: str
    shown: str
    beside: str
    day: str
    address: str
    behind: str
    rule: str


@dataclass(frozen=True)
class ExercisePage:
    """``sets`` are those of the workouts that are shown, and of those with records."""

    progress: ExerciseProgress
    span: DaySpan
    today: date
    page: "Page[int]"
    sets: Sets
    projections: Sequence[Projection]

    @classmethod
    def of(
        cls, athlete: Athlete, exercise: Exercise, *, span: DaySpan, today: date, number: str
    ) -> Self:
        """1 query for a page without sessions, else 3; ``number`` is that of the table's page."""
        progress = exercise_progress(athlete, exercise)
        sessions = progress.sessions
        if span.key == DEFAULT and sessions and sessions[-1].day not in span:
            span = span_of("all", today=today)  # nothing lately
        progress = replace(progress, shown=[one for one in sessions if one.day in span])
        page = Paginator(range(len(progress.shown)), SESSIONS_PER_PAGE).get_page(number)
        if not sessions:
            return cls(progress, span, today, page, {}, ())
        planned = planned_in(athlete, exercise, sessions)
        of_page = progress.shown[::-1][page.start_index() - 1 : page.end_index()] if page else []
        keys = {
            *(one.workout for one in of_page),
            *(record.session.workout for record in progress.best.values()),
            *(key for one in planned for key in one.workouts),
        }
        sets = sets_in(athlete, exercise, sorted(keys))
        projected = projections(athlete, planned, sets)
        return cls(progress, span, today, page, sets, projected)

    # The days that are looked at

    @property
    def choices(self) -> list[Choice]:
        return [Choice(key, label, key == self.span.key) for key, label in SPANS.items()]

    @property
    def rows(self) -> list[Row]:
        """The sessions of the table's page, the newest first."""
        if not self.page:
            return []
        first, last = self.page.start_index() - 1, self.page.end_index()
        return self.progress.rows(first, last, sets=self.sets)

    @cached_property
    def figures(self) -> list[Figure]:
        """The charts of the sessions in these days."""
        if not self.progress.shown:
            return []
        figures = self.progress.figures(until=self._until)
        return [*figures, each] if (each := self._how_often()) else figures

    @property
    def _until(self) -> date:
        last = self.progress.shown[-1].day
        return max(last, self.today if self.span.last is None else min(self.span.last, self.today))

    def _how_often(self) -> Figure | None:
        """Sessions by month, or by more months where there are many; None where there are few."""
        shown = [one.day for one in self.progress.shown]
        months = (self._until.year - shown[0].year) * 12 + self._until.month - shown[0].month + 1
        step = next((step for step in MONTHS_A_BAR if months <= step * MOST_BARS), 12)
        begun = _number(shown[0]) // step * step
        starts = [_first_of(n) for n in range(begun, _number(self._until) + 1, step)]
        if len(starts) < FEWEST_BARS:
            return None
        until = _first_of(begun + len(starts) * step)
        counts = [0] * len(starts)
        for day in shown:
            counts[(_number(day) - begun) // step] += 1

        def say(place: int) -> str:
            return told(_bar_name(starts[place], step), how_many(counts[place], "session"))

        is_open = until > self.today
        return Figure(
            key="sessions",
            label=_("Sessions"),
            unit={1: _("a month"), 3: _("a quarter"), 12: _("a year")}[step],
            chart=bar_chart(starts, Series(counts), until=until, say=say, is_open=is_open),
            description=ngettext(
                "Sessions over time, %(count)s session in these days.",
                "Sessions over time, %(count)s sessions in these days.",
                len(shown),
            )
            % {"count": shown_number(f"{len(shown):,}")},
        )

    # Records, of all days

    @cached_property
    def records(self) -> list[ShownRecord]:
        best = self.progress.best
        return [self._record(kind, best[kind]) for kind in self.progress.record_kinds]

    def _record(self, kind: str, record: Record) -> ShownRecord:
        session = record.session
        behind, rule = self._why(kind, session)
        return ShownRecord(
            label=_(RECORD_LABELS[kind]),
            shown=self.progress.shown_as(kind, session.summary),
            beside=self._beside(kind, session),
            day=day_text(session.day, "j M Y"),
            address=session_address(session),
            behind=behind,
            rule=rule,
        )

    def _beside(self, kind: str, session: Session) -> str:
        """What a maximum is to the body weight of that day, "1.28 × body weight"."""
        if kind != "best_e1rm_kg" or not session.body_kg:
            return ""
        times = float(session.summary.best_e1rm_kg or 0) / session.body_kg
        return times_body_weight(times)

    def _why(self, kind: str, session: Session) -> tuple[str, str]:
        """The sets behind a record, and the rule that makes it of them."""
        working = [one for one in self.sets[session.workout] if one.kind != SetKind.WARMUP]
        if kind == "volume_kg":
            done = in_short(working, load_type=self._load_type)
            return done, " ".join([self.progress.volume_rule, _("Warm-ups never count.")])
        body_kg = _exact(session.body_kg) or None
        figures = [_figures(one, body_kg) for one in working]
        place = set_behind(kind, load_rule(self.progress.exercise), figures)
        if place is None:
            return "", self._rule(kind)
        done = in_short([working[place]], load_type=self._load_type)
        rule = self._epley(figures[place]) if kind == "best_e1rm_kg" else self._rule(kind)
        return done, rule

    def _rule(self, kind: str) -> str:
        if kind == "best_speed":
            least = distance(Decimal(METRES_OF[self.progress.exercise.pace]), Pace.PER_KM)
            return _(
                "The fastest of the working sets over at least %(distance)s: what its pace is told"
                " by, so that no sprint stands for it."
            ) % {"distance": least}
        if kind == "best_seconds" and self._load_type == LoadType.DISTANCE:
            return _("The longest of the working sets, however far it went.")
        return _(RULES[kind])

    def _epley(self, figures: SetFigures) -> str:
        """The formula with its numbers."""
        rule = load_rule(self.progress.exercise)
        load, reps = effective_load(rule, figures), figures.reps or 0
        if load is None:
            return _(RULES["best_e1rm_kg"])
        sum_ = self._weight(load)
        if rule.uses_bodyweight and figures.bodyweight_kg is not None:
            body = self._weight(figures.bodyweight_kg)
            if rule.bodyweight_fraction != 1:
                fraction = shown_number(plain(rule.bodyweight_fraction or Decimal(1)))
                body = f"{fraction} × {body}"
            sum_ = _("%(load)s (%(weight)s body weight)") % {"load": sum_, "weight": body}
        if reps == 1:
            return _("One rep is the load itself: %(load)s.") % {"load": sum_}
        rule_ = _(
            "Epley 1985: load × (1 + reps ÷ 30), here %(load)s × (1 + %(reps)s ÷ 30) = %(result)s."
        ) % {"load": sum_, "reps": reps, "result": self._weight(epley(load, reps) or load)}
        rough = _("From 11 or 12 reps it is rough.")
        return f"{rule_} {rough}" if is_rough(reps) else rule_

    @property
    def load_rule(self) -> str:
        """What the load of an exercise that lifts the body is, in a sentence; else nothing."""
        fraction = self.progress.exercise.bodyweight_fraction
        if not fraction:
            return ""
        part = "" if fraction == 1 else f"{shown_number(str(fraction))} × "
        if self._load_type == LoadType.ASSISTED_BODYWEIGHT:
            return _("Load is %(part)sbody weight less help.") % {"part": part}
        if self._load_type == LoadType.BODYWEIGHT_PLUS:
            return _("Load is %(part)sbody weight plus what you add.") % {"part": part}
        return _("Load is %(part)sbody weight.") % {"part": part}

    def _weight(self, weight_kg: Decimal) -> str:
        return shown_number(f"{from_kg(weight_kg, self._unit, places=1):,f} {self._unit}")

    @cached_property
    def fastest(self) -> list[ShownBest]:
        """Where distances are what counts. 1 query for what may be done over some."""
        is_sought = not self.progress.kinds or self._load_type in DISTANCE_LOADS
        return ExerciseBests(self.progress).fastest if is_sought and self.progress.sessions else []

    @property
    def has_bests(self) -> bool:
        """Whether there is a page of rep maxes and loads."""
        return "top_weight_kg" in self.progress.kinds

    # How it goes

    @cached_property
    def plateau(self) -> Plateau | None:
        """Of the figure that tells most."""
        kind = next((kind for kind in RECORD_LABELS if kind in self.progress.kinds), None)
        if kind is None or kind == "volume_kg" or self._load_type == LoadType.DISTANCE:
            return None
        values = [
            (one.day, value)
            for one in self.progress.sessions
            if (value := getattr(one.summary, kind)) is not None
        ]
        return plateau(values, today=self.today)

    @property
    def plateau_of(self) -> str:
        kind = next((kind for kind in RECORD_LABELS if kind in self.progress.kinds), "")
        return within(_(RECORD_LABELS[kind]))

    @property
    def _unit(self) -> Unit:
        return self.progress.unit

    @property
    def _load_type(self) -> LoadType:
        return LoadType(self.progress.exercise.load_type)


def _exact(kg: float | None) -> Decimal:
    return Decimal(repr(kg or 0.0))


def _figures(one: SetText, body_kg: Decimal | None) -> SetFigures:
    return SetFigures(
        weight_kg=exact_kg(one.load.amount, Unit(one.load.unit)) if one.load else None,
        reps=one.reps,
        seconds=one.seconds,
        metres=one.metres,
        is_warmup=one.kind == SetKind.WARMUP,
        side=one.side,
        bodyweight_kg=body_kg,
    )


def _number(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _first_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _bar_name(first: date, step: int) -> str:
    if step == 12:
        return str(first.year)
    last = day_text(_first_of(_number(first) + step - 1), "M Y")
    return last if step == 1 else f"{day_text(first, 'M')}–{last}"
