"""``manage.py clear_deleted_workouts``: what was deleted long ago goes for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from exercises.counting import counted, noun
from exercises.management.reporting import progress_bar
from workouts.data.importing import clear_forgotten
from workouts.deleted import (
    KEPT,
    Batches,
    clear_deleted_routines,
    clear_deleted_workouts,
    clear_discarded_drafts,
)
from workouts.models.imports import WAITS


class Command(BaseCommand):
    help = (
        "Deletes for good the workouts, routines and drafts that their athletes deleted"
        f" {KEPT.days} or more days ago, and files that have waited {WAITS.days} days to be"
        " imported. Meant to run once a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Count, but delete nothing.")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        def progress(batches: Batches) -> Any:
            return progress_bar(batches, unit="batch")

        if not dry_run:
            clear_deleted_routines(at=timezone.now())
            clear_discarded_drafts(at=timezone.now())
            clear_forgotten(at=timezone.now())
        count = clear_deleted_workouts(at=timezone.now(), dry_run=dry_run, progress=progress)
        if options["verbosity"] > 0:
            verb = "would be" if dry_run else noun(count, "is", "are")
            self.stdout.write(f"{counted(count, 'workout')} {verb} deleted for good.")
