"""One exercise's progress, from the summaries kept on its entries."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import BigIntegerField, CharField, FloatField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from exercises.languages import active_language, listed, shown_number, told
from exercises.models import Exercise, LoadType
from exercises.prepared import CastAsRead, PreparedQuery
from exercises.prepared import Row as PreparedRow
from exercises.vocabulary import Pace
from workouts.models import Athlete, Entry
from workouts.models.history import IsoDay
from workouts.models.log import workout_address
from workouts.progress.session_sets import SessionSets, at_a_glance, sets_in
from workouts.reckoning.charts import PLAIN, Axis, Figure, Series, breaks, line_chart
from workouts.reckoning.pace import (
    clock,
    distance,
    length_unit,
    pace_length,
    pace_of,
    speed_unit,
)
from workouts.reckoning.records import (
    Bests,
    Record,
    Session,
    bests,
    in_sessions,
    new_records,
    telling,
    updated_bests,
)
from workouts.reckoning.records import records as best_of
from workouts.reckoning.strength import Summary, is_rough, kept
from workouts.reckoning.weights import exact_kg, from_kg, rounded
from workouts.saving import load_rule
from workouts.text_format import SetText
from workouts.vocabulary import Unit
from workouts.wording import day_text, how_many

Sets = Mapping[str, Sequence[SetText]]
LONGEST_PAUSE = 42  # days without a session that a line goes through
WEIGHING = "workout__weighing__weight_kg"
KEPT_FIGURES = ("best_e1rm_kg", "top_weight_kg", "volume_kg", "best_metres", "best_speed")
# Heights are seconds below zero
MINUTES = Axis(lambda height: clock(int(rounded(-height, 0))), least_step=Decimal(1))
QUARTER = Decimal("0.25")  # the smallest step of plates
LABELS = {
    "best_e1rm_kg": gettext_noop("Estimated one-rep max"),
    "top_weight_kg": gettext_noop("Top set"),
    "volume_kg": gettext_noop("Volume"),
    "best_reps": gettext_noop("Most reps in a set"),
    "best_metres": gettext_noop("Longest distance"),
    "best_speed": gettext_noop("Pace"),
    "best_seconds": gettext_noop("Longest time"),
    "reps": gettext_noop("Reps"),
    "relative": gettext_noop("Estimated one-rep max"),
}
HEADINGS = {
    "best_e1rm_kg": gettext_noop("Est. 1RM"),
    "top_weight_kg": gettext_noop("Top set"),
    "volume_kg": gettext_noop("Volume"),
    "best_reps": gettext_noop("Best set"),
    "best_metres": gettext_noop("Farthest"),
    "best_speed": gettext_noop("Fastest"),
    "best_seconds": gettext_noop("Longest"),
}
IN_A_ROW = {
    "best_e1rm_kg": gettext_noop("est. 1RM"),
    "top_weight_kg": gettext_noop("heaviest"),
    "best_reps": gettext_noop("most reps"),
    "best_metres": gettext_noop("farthest"),
    "best_speed": gettext_noop("fastest pace"),
    "best_seconds": gettext_noop("longest"),
    "volume_kg": gettext_noop("volume"),
}
AT_A_GLANCE = {
    "best_e1rm_kg": gettext_noop("best est. 1RM"),
    "top_weight_kg": gettext_noop("heaviest"),
    "best_reps": gettext_noop("most reps"),
    "best_metres": gettext_noop("farthest"),
    "best_speed": gettext_noop("fastest pace"),
    "best_seconds": gettext_noop("longest"),
    "volume_kg": gettext_noop("most volume"),
}
RECORD_LABELS = {
    "best_e1rm_kg": gettext_noop("Best estimated one-rep max"),
    "top_weight_kg": gettext_noop("Heaviest set"),
    "best_reps": gettext_noop("Most reps in a set"),
    "best_metres": gettext_noop("Longest distance"),
    "best_speed": gettext_noop("Fastest pace"),
    "best_seconds": gettext_noop("Longest time"),
    "volume_kg": gettext_noop("Most volume in a session"),
}


# What one types after the exercise's name, by how it is loaded
EXAMPLES = {
    "bodyweight": "8, 8, 6",
    "bodyweight_plus": "+10 {unit} x 6, 6, 5",
    "assisted_bodyweight": "-20 {unit} x 8, 8, 7",
    "external": "40 {unit} x 10, 10, 8",
    "per_hand": "20 {unit} x 10, 10, 8",
    "duration": "60 s, 45 s",
    "weighted_duration": "20 {unit} x 40 m, 40 m",
    "distance": "5 km in 25:00",
}


def session_address(session: Session) -> str:
    return workout_address(UUID(session.workout))


class Scale(NamedTuple):
    """How a chart draws a kind of figure: the unit, how high what is kept stands, and the axis."""

    unit: str
    height: Callable[[float], float]
    axis: Axis = PLAIN


def _by(of_unit: Decimal, unit: str) -> Scale:
    """The scale of a unit that is as much as ``of_unit`` of what is kept."""
    return Scale(unit, lambda value: value / float(of_unit))


class Cell(NamedTuple):
    """A figure as shown, whether it was a new best, and whether a phone has no room for it, where
    the sets beside it say the same.
    """

    text: str
    is_record: bool
    is_extra: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A session in the table as text, with a cell for each kind of figure; ``records`` names the
    new bests.
    """

    session: Session
    address: str
    day: str
    done: SessionSets
    cells: tuple[Cell, ...]
    records: str

    @classmethod
    def of(cls, session: Session, done: SessionSets, cells: Iterable[Cell], records: str) -> Self:
        return cls(
            session,
            address=session_address(session),
            day=day_text(session.day, "j M y"),
            done=done,
            cells=tuple(cells),
            records=records,
        )


class LastSession(NamedTuple):
    """What was done of an exercise in one workout, at a glance."""

    address: str
    day: str
    sets: str


@dataclass(frozen=True)
class ExerciseProgress:
    """All sessions of an athlete with one exercise, oldest first, with charts and records; those of
    some days are ``shown``.
    """

    athlete: Athlete
    exercise: Exercise
    sessions: list[Session]
    best: dict[str, Record]
    shown: list[Session]

    @property
    def unit(self) -> Unit:
        return Unit(self.athlete.unit)

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of figures to show: those that any session has, as far as they say something.

        None where everything was done over a distance or against the clock.
        """
        shown = telling(self.best)
        return [kind for kind in HEADINGS if kind in shown]

    @property
    def record_kinds(self) -> list[str]:
        """The same, what tells most first."""
        return [kind for kind in RECORD_LABELS if kind in self.kinds]

    @property
    def needs_bodyweight(self) -> bool:
        """Whether estimates are missing only because no body weight is known."""
        if self.exercise.bodyweight_fraction is None or "volume_kg" in self.best:
            return False
        needed = (
            "top_weight_kg" if self.exercise.load_type == "assisted_bodyweight" else "best_reps"
        )
        return needed in self.best  # else it is the help, or the reps, that nobody wrote down

    @property
    def lacks_fraction(self) -> bool:
        """Whether there is no estimate because nothing says how much of the body is lifted."""
        rule = load_rule(self.exercise)
        is_of_the_body = rule.uses_bodyweight and not rule.is_conditioning
        return is_of_the_body and self.exercise.bodyweight_fraction is None and self.has_reps

    def figures(self, *, until: date) -> list[Figure]:
        """Charts of the shown sessions; days go on to ``until``."""
        kinds = [
            *self.kinds,
            *(["reps"] if "top_weight_kg" in self.kinds and self.has_reps else []),
        ]
        found = (self._figure(kind, until) for kind in kinds)
        return [each for each in [*found, self._relative(until)] if each is not None]

    @property
    def volume_rule(self) -> str:
        return volume_rule([self.exercise]) if "volume_kg" in self.kinds else ""

    @cached_property
    def has_reps(self) -> bool:
        """Whether any session counts reps; holds and carries have none."""
        return "best_reps" in self.best

    @property
    def headings(self) -> list[tuple[str, bool]]:
        """Of the columns of figures, and whether each is one that a phone has no room for."""
        return [(_(HEADINGS[kind]), kind in self.extra_kinds) for kind in self.kinds]

    @property
    def best_at_a_glance(self) -> str:
        """The first of the records, "best est. 1RM 75 kg"; empty where there is none."""
        if not self.record_kinds:
            return ""
        kind = self.record_kinds[0]
        figure = self.shown_as(kind, self.best[kind].session.summary)
        return f"{_(AT_A_GLANCE[kind])} {figure}"

    def rows(
        self, first: int = 0, last: int | None = None, *, sets: Sets | None = None
    ) -> list[Row]:
        """The shown sessions from place ``first`` to before ``last``, counted from the newest, with
        their sets, and with records as on the page of the workout. 1 query, none with ``sets``.
        """
        rows = self.shown[slice(-last if last else None, -first or None)]
        if sets is None:
            sets = sets_in(self.athlete, self.exercise, [session.workout for session in rows])
        reached: Bests = bests(self.sessions[: self.sessions.index(rows[0])] if rows else ())
        found = []
        for session in rows:
            new = new_records(reached, session.summary)
            reached = updated_bests(reached, session.summary)
            cells = (self._cell(kind, session.summary, new) for kind in self.kinds)
            records = ", ".join(_(IN_A_ROW[kind]) for kind in new)
            done = at_a_glance(sets[session.workout], self.exercise, self.unit)
            found.append(Row.of(session, done, cells, records))
        return found[::-1]

    def _cell(self, kind: str, summary: Summary, new: Collection[str]) -> Cell:
        return Cell(self.shown_as(kind, summary), kind in new, kind in self.extra_kinds)

    @cached_property
    def extra_kinds(self) -> set[str]:
        """Of three columns those that the sets themselves say."""
        said = {"top_weight_kg", "best_reps", "best_metres", "best_seconds"}
        return said if len(self.kinds) > 2 else set()

    @property
    def example(self) -> str:
        """A line of the log with this exercise."""
        sets = EXAMPLES[self.exercise.load_type].format(unit=self.unit)
        return f"{self.exercise.name}: {sets}"

    def shown_as(self, kind: str, summary: Summary) -> str:
        """As ``figure_text`` says it, in the athlete's unit. Charts and table have most of them
        twice.
        """
        value = getattr(summary, kind)
        key = kind, value, summary.best_e1rm_reps
        if key not in self._shown:
            if isinstance(value, float):
                summary = summary._replace(**{kind: kept(Decimal(repr(value)))})  # type: ignore[arg-type]
            of, unit = self.exercise, self.unit
            self._shown[key] = figure_text(
                kind, summary, load_type=of.load_type, pace=of.pace, unit=unit
            )
        return self._shown[key]

    @cached_property
    def _shown(self) -> dict[tuple[str, Any, int | None], str]:
        return {}

    def _figure(self, kind: str, until: date) -> Figure | None:
        """None where no shown session has any."""
        place = Summary._fields.index(kind)
        measured = [(each, each.summary[place]) for each in self.shown]
        having = [(each, value) for each, value in measured if value is not None]
        language = active_language()

        def say(number: int) -> str:
            session, _ = having[number]
            figure = self.shown_as(kind, session.summary)
            return told(day_text(session.day, "j M Y", language), figure, language)

        scale = self.scale(kind)
        heights = [scale.height(float(value)) for _, value in having]
        days = [each.day for each, _ in having]
        return self._line(kind, scale, days, heights, say, until)

    def scale(self, kind: str) -> Scale:
        """How a chart draws a kind of figure. Pace hangs from above, so that faster is higher."""
        if kind == "best_metres":
            return _by(*length_unit(self.exercise.pace, self.unit))
        if kind == "best_speed" and self.exercise.pace == Pace.SPEED:
            length, name = speed_unit(self.unit)
            return _by(length / 3600, name)
        if kind == "best_speed":
            length, name = pace_length(self.exercise.pace, self.unit)
            return Scale(f"/{name}", lambda speed: round(-float(length) / speed, 2), MINUTES)
        if kind == "best_seconds" and self.exercise.load_type == LoadType.DISTANCE:
            return _by(Decimal(60), "min")
        if kind.endswith("_kg"):
            return _by(exact_kg(Decimal(1), self.unit), self.unit)
        units = {"best_reps": _("reps"), "reps": _("in a session"), "best_seconds": "s"}
        return _by(Decimal(1), units[kind])

    def _relative(self, until: date) -> Figure | None:
        """The estimated maximum as a multiple of that day's body weight."""
        having = [
            (each.day, float(each.summary.best_e1rm_kg) / each.body_kg)
            for each in self.shown
            if each.summary.best_e1rm_kg is not None and each.body_kg
        ]
        language = active_language()

        def say(number: int) -> str:
            day, times = having[number]
            figure = times_body_weight(times, language)
            return told(day_text(day, "j M Y", language), figure, language)

        days, values = [day for day, _ in having], [times for _, times in having]
        scale = _by(Decimal(1), _("× body weight"))
        return self._line("relative", scale, days, values, say, until)

    def _line(
        self,
        kind: str,
        scale: Scale,
        days: Sequence[date],
        heights: Sequence[float],
        say: Callable[[int], str],
        until: date,
    ) -> Figure | None:
        if not days:
            return None
        label = _(LABELS[kind])
        chart = line_chart(
            days,
            Series(heights),
            say=say,
            breaks=breaks(days, longer_than=LONGEST_PAUSE),
            last=until,
            with_bests=True,
            axis=scale.axis,
        )
        latest = say(len(days) - 1).partition(": ")[2]
        return Figure(
            key=kind,
            label=label,
            unit=scale.unit,
            chart=chart,
            description=_(
                "%(label)s over time, %(latest)s at the last session. The table below has every"
                " value."
            )
            % {"label": label, "latest": latest},
        )


def times_body_weight(times: float, language: str = "") -> str:
    """ "1.28 × body weight". Who says many may ask for the ``active_language`` once."""
    return _times_body_weight(f"{times:.2f}", language or active_language())


@lru_cache(maxsize=1_000)
def _times_body_weight(times: str, language: str) -> str:
    return _("%(times)s × body weight") % {"times": shown_number(times, language)}


def figure_text(
    kind: str, summary: Summary, *, load_type: str, unit: Unit, pace: Pace = Pace.PER_KM
) -> str:
    """A figure with its unit; an en dash where there is none.

    An estimate from 11 or 12 reps is marked as rough by "≈".
    """
    value = getattr(summary, kind)
    if value is None:
        return "–"
    if kind in ("best_reps", "reps"):
        return how_many(value, "rep")
    if kind == "best_seconds":
        return clock(value) if load_type == LoadType.DISTANCE else f"{value} s"
    if kind == "best_metres":
        return shown_number(distance(value, pace, unit))
    if kind == "best_speed":
        return shown_number(pace_of(value, pace, unit))
    mark = "≈ " if kind == "best_e1rm_kg" and is_rough(summary.best_e1rm_reps or 0) else ""
    return mark + _weight_text(kind, value, load_type=load_type, unit=unit)


def best_at_a_glance(best: Summary, *, load_type: str, unit: Unit, pace: Pace = Pace.PER_KM) -> str:
    """Of the bests of an exercise the one that tells most, "best est. 1RM 75 kg"; or nothing."""
    telling_kinds = telling([kind for kind in RECORD_LABELS if getattr(best, kind) is not None])
    for kind in RECORD_LABELS:
        if kind in telling_kinds:
            figure = figure_text(kind, best, load_type=load_type, unit=unit, pace=pace)
            return f"{_(AT_A_GLANCE[kind])} {figure}"
    return ""


def _weight_text(kind: str, weight_kg: Decimal, *, load_type: str, unit: Unit) -> str:
    if kind == "top_weight_kg":
        return load_text(weight_kg, load_type=load_type, unit=unit)
    if kind == "volume_kg":
        return volume_text(weight_kg, unit)
    return shown_number(f"{from_kg(weight_kg, unit, places=1):,f} {unit}")


def load_text(
    load_kg: Decimal | None, *, load_type: str, unit: Unit, places: int | None = None
) -> str:
    """A load as ``strength.ranked_weight`` has it: "60 kg", "+10 kg", "20 kg help". To so many
    places; else as typed, or to a tenth where it was typed in the other unit.
    """
    is_help = load_type == "assisted_bodyweight"
    if load_kg is None:
        return pgettext("help", "band") if is_help else _("no weight")
    help_kg = max(-load_kg, Decimal(0))
    if is_help:
        help_ = {"weight": _typed_text(help_kg, unit, places)}
        return _("%(weight)s help") % help_ if help_kg else _("no help")
    plus = "+" if load_type == "bodyweight_plus" and load_kg >= 0 else ""
    return f"{plus}{_typed_text(load_kg, unit, places)}"


def _typed_text(weight_kg: Decimal, unit: Unit, places: int | None = None) -> str:
    if places is not None:
        return shown_number(f"{from_kg(weight_kg, unit, places=places):,f} {unit}")
    weight = from_kg(weight_kg, unit)
    is_typed = kept(exact_kg(weight, unit)) == weight_kg or not weight % QUARTER
    shown = weight.normalize() if is_typed else from_kg(weight_kg, unit, places=1)
    return shown_number(f"{shown:,f} {unit}")


def volume_text(volume_kg: Decimal, unit: Unit) -> str:
    """A volume in the athlete's unit, whole: "7,488 kg"."""
    return shown_number(f"{from_kg(volume_kg, unit, places=0):,f} {unit}")


def volume_rule(exercises: Iterable[Exercise]) -> str:
    """What the volume of these counts, in a sentence; see ``strength.moved_load``."""
    rules = [load_rule(exercise) for exercise in exercises]
    besides = []
    if any(rule.uses_bodyweight for rule in rules):
        besides.append(_("body weight where you lift it"))
    if any(rule.implements > 1 for rule in rules):
        besides.append(_("both weights where you move two at once"))
    if not besides:
        return _("Volume is load × reps.")
    return _("Volume is load × reps, with %(besides)s.") % {"besides": listed(besides)}


def exercise_progress(athlete: Athlete, exercise: Exercise) -> ExerciseProgress:
    """The athlete's progress with ``exercise``. 1 query, over the athlete's own entries only."""
    rows = _sessions.rows(athlete=athlete.pk, exercise=exercise.pk)
    return progress_of(athlete, exercise, rows)


def progress_of(
    athlete: Athlete, exercise: Exercise, rows: Iterable[PreparedRow]
) -> ExerciseProgress:
    """The same of rows with ``SESSION_COLUMNS``, oldest first."""
    sessions = in_sessions(
        [
            Session(key, date.fromisoformat(day), Summary._make(summary), body_kg, routine or "")
            for key, day, routine, body_kg, *summary in rows
        ]
    )
    return ExerciseProgress(athlete, exercise, sessions, best_of(sessions), sessions)


def last_sessions(progress: ExerciseProgress, count: int) -> list[LastSession]:
    """The last so many sessions with their sets, the newest first. 1 query, none without any."""
    rows = progress.rows(0, count)
    return [LastSession(row.address, row.day, row.done.work or row.done.warm_ups) for row in rows]


def _columns() -> list[Any]:
    """Of hundreds of sessions some forty are shown: keys and days come as text, and kilograms as
    floats, which hold the fifteen digits that are kept of them, and of which charts are drawn.
    """
    figures = [
        CastAsRead(name, FloatField()) if name in KEPT_FIGURES else name for name in Summary._fields
    ]
    of_workout = [Cast("workout__routine_id", CharField()), CastAsRead(WEIGHING, FloatField())]
    return [Cast("workout_id", CharField()), IsoDay("workout__day"), *of_workout, *figures]


SESSION_COLUMNS = _columns()
_sessions = PreparedQuery(
    lambda athlete, exercise: (
        Entry.objects.live()
        .filter(athlete=athlete, exercise=exercise)
        .oldest_first()
        .values_list(*SESSION_COLUMNS)
    ),
    athlete=BigIntegerField(),
    exercise=BigIntegerField(),
)


def summary_of(entry: Entry) -> Summary:
    """What is kept on the entry about its sets."""
    return Summary(*(getattr(entry, field) for field in Summary._fields))
