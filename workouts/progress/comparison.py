"""An exercise beside a variation of it, or one easier or harder, that was logged too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Self

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from exercises.languages import listed, shown_number, told
from exercises.models import Exercise
from exercises.models.shown_names import exercise_name
from workouts.models import Athlete, Entry
from workouts.progress.exercise import (
    HEADINGS,
    LABELS,
    RECORD_LABELS,
    ExerciseProgress,
    exercise_progress,
)
from workouts.reckoning.charts import Figure, Series, line_chart
from workouts.wording import day_text

_ONE = Decimal(1)
LONGEST_NAME = 8


@dataclass(frozen=True, slots=True)
class ComparedRow:
    label: str
    one: str
    other: str


@dataclass(frozen=True)
class Comparison:
    """``other`` is None where no relative was logged. ``choices`` are all that were, by name."""

    one: ExerciseProgress
    other: ExerciseProgress | None
    choices: Sequence[Exercise]

    @classmethod
    def of(cls, athlete: Athlete, exercise: Exercise, slug: str) -> Self:
        """With the relative of this slug, or the first. 3 queries, 2 where there is none."""
        logged = Entry.objects.live().filter(athlete=athlete, exercise=OuterRef("pk"))
        relatives = Exercise.objects.visible_to_owner(athlete.user_id).relatives_of(exercise)
        choices = list(relatives.filter(Exists(logged)).order_by("name", "pk"))
        chosen = next((one for one in choices if one.slug == slug), next(iter(choices), None))
        other = exercise_progress(athlete, chosen) if chosen else None
        return cls(exercise_progress(athlete, exercise), other, choices)

    @cached_property
    def kinds(self) -> list[str]:
        """What both have, what tells most first."""
        theirs = self.other.kinds if self.other else []
        return [kind for kind in HEADINGS if kind in self.one.kinds and kind in theirs]

    @property
    def rows(self) -> list[ComparedRow]:
        """The records of both; those of only one are left out."""
        return [ComparedRow(_("Sessions"), *(str(len(each.sessions)) for each in self._both))] + [
            ComparedRow(_(RECORD_LABELS[kind]), *(_best(each, kind) for each in self._both))
            for kind in RECORD_LABELS
            if kind in self.kinds
        ]

    @property
    def figure(self) -> Figure | None:
        """Both by month, in one chart: the best of each month that has any."""
        if not self.kinds:
            return None
        kind = self.kinds[0]
        label = _(LABELS[kind])
        first, second = (self._by_month(each, kind) for each in self._both)
        months = _months(min([*first, *second]), max([*first, *second]))
        names = [exercise_name(each.exercise.slug, each.exercise.name) for each in self._both]
        scale = self.one.scale(kind)

        def say(place: int) -> str:
            month = months[place]
            both = zip(names, (first.get(month), second.get(month)), strict=True)
            values = [
                f"{name} {shown_number(scale.axis.tell(Decimal(f'{value:.1f}')))}"
                for name, value in both
                if value is not None
            ]
            return told(day_text(month, "M Y"), ", ".join(values))

        lines = [
            Series([values.get(month) for month in months], _short(name))
            for values, name in zip((first, second), names, strict=True)
        ]
        return Figure(
            key="compared",
            label=label,
            unit=scale.unit,
            chart=line_chart(months, *lines, say=say, axis=scale.axis),
            description=_("%(label)s of %(names)s, the best of each month.")
            % {"label": label, "names": listed(names)},
        )

    @property
    def _both(self) -> list[ExerciseProgress]:
        return [self.one, self.other] if self.other else [self.one]

    def _by_month(self, progress: ExerciseProgress, kind: str) -> dict[date, float]:
        height = self.one.scale(kind).height
        best: dict[date, float] = {}
        for session in progress.sessions:
            value = getattr(session.summary, kind)
            if value is not None:
                month = session.day.replace(day=1)
                best[month] = max(best.get(month, float("-inf")), height(float(value)))
        return best


def _short(name: str) -> str:
    """As many of its first letters as there is room for beside a line, in whole words if it can."""
    if len(name) <= LONGEST_NAME:
        return name
    words, _space, _rest = name[: LONGEST_NAME + 1].rpartition(" ")
    return words or f"{name[: LONGEST_NAME - 1]}…"


def _best(progress: ExerciseProgress, kind: str) -> str:
    return progress.shown_as(kind, progress.best[kind].session.summary)


def _months(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
