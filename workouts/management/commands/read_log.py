"""``manage.py read_log``: what Backtrain makes of a notebook, and saving it."""

import sys
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exercises.counting import counted
from exercises.models import Exercise
from exercises.names import name_key
from exercises.search.lookup import NameIndex
from workouts.last_sets import LastSets
from workouts.lines import not_known
from workouts.models import Athlete
from workouts.own_exercises import names_of
from workouts.reading import Draft, Reading, ReadLine, When, as_meant, read_days
from workouts.saving import Conflict, log_notebook
from workouts.text_format import Last, Problem, print_entry, print_workout
from workouts.vocabulary import Unit


class Command(BaseCommand):
    help = (
        "Reads a notebook as the log does, and prints its workouts as they would be saved. A line"
        " after ? is asked about, with each answer below; one after ! can't be read. Ends with"
        " status 1 if there are such."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="A file; - for what is piped in.")
        parser.add_argument("--athlete", help="The user whose names, unit and history count.")
        parser.add_argument("--unit", choices=[*Unit], help="Of weights that have none.")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="The day of the paste, such as 2026-11-22."
        )
        parser.add_argument(
            "--save", action="store_true", help="Log the workouts, if nothing is to be put right."
        )

    def handle(
        self,
        *,
        file: str,
        athlete: str | None,
        unit: Unit | None,
        today: date | None,
        save: bool,
        **options: Any,
    ) -> None:
        owner = _athlete(athlete) if athlete else None
        if save and owner is None:
            raise CommandError("Say whose workouts these are, with --athlete.")
        text = _text(file)
        unit = unit or (Unit(owner.unit) if owner else Unit.KG)
        index = names_of(owner.user) if owner else NameIndex.for_user(AnonymousUser())
        last = LastSets(owner, index) if owner else None
        now = timezone.now()
        here = now.astimezone(owner.zone if owner else UTC).replace(second=0, microsecond=0)
        reading = read_days(
            text,
            index=index,
            unit=unit,
            when=When(today or here.date(), here.time(), owner.time_zone if owner else "UTC"),
            now=now,
            today=today,
            last=last,
            logged=owner.entries.per_exercise if owner else dict,
        )
        report = Report(reading.days, unit, last)
        self.stdout.write("\n\n".join("\n".join(lines) for lines in report.days))
        if report.questions or report.refusals:
            raise CommandError(
                f"{counted(report.questions, 'line')} asked about,"
                f" {report.refusals} refused; nothing saved."
            )
        if save and owner:
            self.stderr.write(_save(owner, text, reading.drafts))


class Report:
    """The workouts of a notebook as they are printed, and how much of it is to be put right."""

    def __init__(self, days: Iterable[Reading], unit: Unit, last: Last | None) -> None:
        self.unit = unit
        self.last = last
        self.questions = self.refusals = 0
        self.offers: dict[str, tuple[Exercise, ...]] = {}
        self.days = [list(self._day(day)) for day in days]

    def _day(self, day: Reading) -> Iterator[str]:
        if front := print_workout(replace(day.parsed.workout, entries=())):
            yield front
        places: Counter[str] = Counter()
        for parsed, line in zip(day.parsed.lines, day.lines, strict=True):
            for problem in parsed.problems:
                yield from self._problem(line.raw.strip(), problem)
            if line.entry and line.exercise:
                places[line.entry.superset] += 1
                entry = replace(line.entry, name=line.exercise.name)
                yield print_entry(entry, place=places[entry.superset])
            elif line.entry:
                yield from self._unknown(line, day.lines)
        unknown = {not_known(line.entry.name) for line in day.lines if line.entry}
        for sentence in day.problems:
            if sentence not in unknown:
                yield self._refused(str(day.day or ""), sentence)

    def _problem(self, raw: str, problem: Problem) -> Iterator[str]:
        if problem.choices:
            yield from self._asked(raw, problem.message, (each.text for each in problem.choices))
        else:
            yield self._refused(raw, problem.message)

    def _unknown(self, line: ReadLine, lines: tuple[ReadLine, ...]) -> Iterator[str]:
        """A line whose name is unknown, with what it is under each that may be meant."""
        name = line.entry.name if line.entry else ""
        offers = self.offers.setdefault(name_key(name), line.nearest)
        meant = (as_meant(line, lines, one, unit=self.unit, last=self.last) for one in offers)
        answers = [print_entry(entry) for entries in meant for entry in entries]
        if answers:
            question = f"{not_known(name)} Which exercise is it?"
            yield from self._asked(line.raw.strip(), question, answers)
        else:
            yield self._refused(line.raw.strip(), not_known(name))

    def _asked(self, raw: str, question: str, answers: Iterable[str]) -> Iterator[str]:
        self.questions += 1
        yield f"? {raw}: {question}"
        for answer in answers:
            yield "  - " + answer.replace("\n", "\n    ")

    def _refused(self, raw: str, reason: str) -> str:
        self.refusals += 1
        return f"! {raw}: {reason}"


def _athlete(name: str) -> Athlete:
    found = Athlete.objects.filter(user__username=name).select_related("user").first()
    if found is None:
        raise CommandError(f"There is no athlete {name}.")
    return found


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} can't be read: {error}") from error


def _save(athlete: Athlete, text: str, drafts: Sequence[Draft]) -> str:
    """Log the workouts, under keys made of the text, and say how many were new."""
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{athlete.pk} {text}")
    try:
        logged = log_notebook(athlete=athlete, key=key, drafts=drafts)
    except Conflict as conflict:
        raise CommandError(
            f"The workout of {conflict.current.day} was changed since. Nothing was saved."
        ) from conflict
    new = sum(is_new for _, is_new in logged)
    return f"{counted(new, 'workout')} saved, {len(logged) - new} there already."
