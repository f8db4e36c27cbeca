"""``manage.py rebuild_summaries``: reckon anew what is kept on every entry of every workout."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exercises.counting import counted
from exercises.management.reporting import progress_bar
from workouts.models import Entry
from workouts.reckoning.weights import plain
from workouts.summaries import Difference, batches, differences, rebuild


class Command(BaseCommand):
    help = (
        "Reckons the stored figures of every logged exercise (one-rep max, volume, records) anew"
        " from its sets. Saving does that by itself; this is for after a repair by hand."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; list what is wrong, and end with status 1 if anything is.",
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        wrong = 0
        for found in self._found(check=check):
            wrong += 1
            self.stdout.write(line(found))
        if check and wrong:
            raise CommandError(
                f"{_figures(wrong)} kept wrongly. Without --check they are put right."
            )
        if options["verbosity"] > 0:
            done = f"{_figures(wrong)} put right." if wrong else "Every stored figure is right."
            self.stdout.write(done)

    def _found(self, *, check: bool) -> Iterator[Difference]:
        look: Any = differences if check else rebuild
        keys: Iterable[list[int]] = progress_bar(batches(Entry.objects.all()), unit="batch")
        for batch in keys:
            yield from look(batch)


def line(found: Difference) -> str:
    """Which figure of which entry was what, and what is right."""
    entry = found.entry
    where = f"workout {entry.workout_id}, {entry.position}. {entry.exercise.name}"
    return f"{where}: {found.field} {_shown(found.kept)}, right {_shown(found.right)}"


def _shown(value: object) -> str:
    if value is None:
        return "none"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _figures(count: int) -> str:
    return counted(count, "figure is", "figures are")
