"""A workout that was read and can be saved."""

import zoneinfo
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from exercises.models import Exercise
from workouts.text_format import EntryText, WorkoutText, print_workout


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """One exercise of a draft: which one it is, and its sets as text."""

    exercise: Exercise
    text: EntryText


@dataclass(frozen=True, slots=True)
class Draft:
    """A workout that was read and can be saved."""

    started_at: datetime
    day: date
    time_zone: str
    title: str
    minutes: int | None
    notes: str
    entries: tuple[DraftEntry, ...]

    @property
    def columns(self) -> dict[str, Any]:
        """What the row of the workout has of it."""
        names = ("started_at", "day", "time_zone", "title", "minutes", "notes")
        return {name: getattr(self, name) for name in names}

    @property
    def text(self) -> str:
        """The canonical text that the saved workout will have.

        Raises ValueError where the format can't write it, such as notes that are too long.
        """
        clock = self.started_at.astimezone(zoneinfo.ZoneInfo(self.time_zone)).time()
        workout = WorkoutText(
            day=self.day,
            time=clock.replace(second=0, microsecond=0),
            title=self.title,
            minutes=self.minutes,
            notes=self.notes,
            entries=tuple(
                replace(each.text, name=each.exercise.name, load_type=each.exercise.load_type)
                for each in self.entries
            ),
        )
        return print_workout(workout)


def places(drafts: Iterable[Draft]) -> list[str]:
    """A name for each draft of a notebook: its day, and which one of that day it is."""
    numbers: Counter[date] = Counter()
    names = []
    for draft in drafts:
        numbers[draft.day] += 1
        names.append(f"{draft.day} {numbers[draft.day]}")
    return names
