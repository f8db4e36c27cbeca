"""Routines to begin with, which come with Backtrain: files in ``fixtures/routines/``.

They are read as files, not loaded as rows: nobody edits them but who changes the files, and whoever
uses one gets routines of their own.
"""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from workouts.models import Athlete, Routine
from workouts.progress.trained_muscles import Trained, trained_by_plan
from workouts.routine_format import PlannedEntry, print_planned
from workouts.routines.reading import RoutineDraft, read_routine
from workouts.routines.saving import free_name, make_routine
from workouts.vocabulary import Unit

FOLDER: Path = settings.BASE_DIR / "fixtures/routines"


@dataclass(frozen=True, slots=True)
class Session:
    """One routine of a starter, as text."""

    name: str
    text: str
    weekdays: str = ""


@dataclass(frozen=True, slots=True)
class Starter:
    """``days`` are sessions a week; ``why`` and ``progress`` are paragraphs."""

    slug: str
    place: int
    name: str
    days: int
    needs: str
    summary: str
    why: tuple[str, ...]
    progress: tuple[str, ...]
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class PlannedLine:
    exercise: Exercise
    entry: PlannedEntry

    @property
    def planned(self) -> str:
        return print_planned(self.entry)


@dataclass(frozen=True, slots=True)
class SessionPage:
    session: Session
    lines: tuple[PlannedLine, ...]


@dataclass(frozen=True, slots=True)
class StarterPage:
    """A starter as its page shows it: what a week of it trains, by the rule of ``muscle_sets``."""

    starter: Starter
    sessions: tuple[SessionPage, ...]
    trained: Trained


@cache
def starters() -> tuple[Starter, ...]:
    """All there are, in their order."""
    found = [_starter(path) for path in FOLDER.glob("*.yaml")]
    return tuple(sorted(found, key=lambda starter: starter.place))


def starter_named(slug: str) -> Starter | None:
    return next((starter for starter in starters() if starter.slug == slug), None)


def starter_page(starter: Starter, index: NameIndex) -> StarterPage:
    """A starter with its exercises. 1 query."""
    sessions = tuple(_session_page(session, index) for session in starter.sessions)
    return StarterPage(starter, sessions, trained_by_plan(week_sets(sessions), is_week=True))


@transaction.atomic
def use_starter(
    *, athlete: Athlete, starter: Starter, key: uuid.UUID, index: NameIndex
) -> list[Routine]:
    """Make the routines of a starter the athlete's own; sent twice with one key, only once.

    An exercise that has left the catalogue is left out.
    """
    athlete.renew_version()
    made = []
    for session in starter.sessions:
        own_key = uuid.uuid5(key, session.name)
        there = athlete.routines.filter(pk=own_key).first()
        if there:
            made.append(there)
            continue
        entries = tuple((line.exercise, line.entry) for line in _lines(session, index))
        draft = RoutineDraft(free_name(athlete, session.name), session.weekdays, "", entries)
        made.append(make_routine(athlete=athlete, key=own_key, draft=draft)[0])
    return made


def week_sets(sessions: Iterable[SessionPage]) -> Counter[int]:
    """The working sets of each exercise, by its key, in a week of these sessions."""
    sets: Counter[int] = Counter()
    for each in sessions:
        for line in each.lines:
            sets[line.exercise.pk] += line.entry.working_sets * len(each.session.weekdays)
    return sets


def _starter(path: Path) -> Starter:
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    sessions = tuple(Session(**each) for each in fields.pop("routines"))
    for name in ("why", "progress"):
        fields[name] = tuple(" ".join(part.split()) for part in fields[name].split("\n\n"))
    days = sum(len(session.weekdays) for session in sessions)
    return Starter(slug=path.stem, days=days, sessions=sessions, **fields)


def _session_page(session: Session, index: NameIndex) -> SessionPage:
    return SessionPage(session, tuple(_lines(session, index)))


def _lines(session: Session, index: NameIndex) -> Iterable[PlannedLine]:
    """Those whose exercise the catalogue still has."""
    reading = read_routine(session.text, index=index, unit=Unit.KG)
    for line in reading.lines:
        if line.entry and line.exercise:
            yield PlannedLine(line.exercise, line.entry)
