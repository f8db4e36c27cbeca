"""``manage.py import_workouts``: bring in the workouts of another app's file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exercises.counting import counted
from exercises.management.reporting import progress_bar
from workouts.data.importers import Unreadable
from workouts.data.importing import finish, keep, opened
from workouts.data.name_uses import LEAVE_OUT, MINE
from workouts.data.planning import Plan, plan, read_file
from workouts.models import Athlete, Import
from workouts.own_exercises import BadName, NotAlike, names_of
from workouts.vocabulary import Unit

SHOWN = 20  # skipped lines


class Command(BaseCommand):
    help = (
        "Brings in the workouts of a file that another app exported, all or none. Names that are"
        " not known have to be answered: on the page of the import, which waits, or by --unknown."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The file, as the app exported it.")
        parser.add_argument("--athlete", required=True, help="The user whose workouts these are.")
        parser.add_argument("--unit", choices=[*Unit], help="Of weights, if the file has none.")
        parser.add_argument(
            "--dates",
            choices=("day-first", "month-first"),
            help="What 3/4/2026 is, if no date of the file tells.",
        )
        parser.add_argument(
            "--unknown",
            choices=("mine", "leave-out"),
            help="Make unknown names exercises of their own, or leave their sets out.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would come of it.")

    def handle(
        self,
        *,
        file: str,
        athlete: str,
        unit: str | None,
        dates: str | None,
        unknown: str | None,
        dry_run: bool,
        **options: Any,
    ) -> None:
        owner = Athlete.objects.filter(user__username=athlete).select_related("user").first()
        if owner is None:
            raise CommandError(f"There is no athlete {athlete}.")
        brought = self._opened(owner, Path(file))
        brought.unit = unit or ""
        brought.is_month_first = dates == "month-first" if dates else None
        planned = plan(brought)
        if unknown:
            word = MINE if unknown == "mine" else LEAVE_OUT
            brought.names |= {use.key: word for use in planned.asked}
            planned = plan(brought)
        self._report(planned)
        if dry_run:
            return
        keep(brought)
        if not planned.is_ready:
            raise CommandError("Nothing was brought in yet. " + _what_is_missing(planned))
        self._finish(brought)

    def _opened(self, owner: Athlete, path: Path) -> Import:
        try:
            data = path.read_bytes()
            export = read_file(owner, data, index=names_of(owner.user))
        except (OSError, Unreadable) as error:
            raise CommandError(f"{path.name} can't be read: {error}") from error
        return opened(athlete=owner, data=data, file_name=path.name, export=export)

    def _report(self, planned: Plan) -> None:
        self.stdout.write(
            f"{planned.export.source.label}: {counted(len(planned.workouts), 'workout')} with"
            f" {counted(planned.set_count, 'set')}; {planned.before} there already,"
            f" {len(planned.on_days_with_workouts)} on days that have a workout."
        )
        if planned.weighings:
            self.stdout.write(f"{counted(len(planned.weighings), 'body weight')} of other days.")
        for one in planned.skipped[:SHOWN]:
            self.stdout.write(f"line {one.line}: {one.reason}")
        if len(planned.skipped) > SHOWN:
            self.stdout.write(f"… and {len(planned.skipped) - SHOWN} lines more.")
        for use in planned.asked:
            offers = ", ".join(str(each) for each in use.offers)
            self.stdout.write(f"? {use.name} ({counted(len(use.sets), 'set')}): {offers}")

    def _finish(self, brought: Import) -> None:
        try:
            done = finish(brought, at=timezone.now(), progress=progress_bar)
        except (BadName, NotAlike) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{counted(done.workout_count, 'workout')} brought in.")


def _what_is_missing(planned: Plan) -> str:
    missing = []
    if planned.lacks_unit:
        missing.append("The file does not say its unit: add --unit kg or --unit lb.")
    if planned.lacks_date_order:
        missing.append(
            f"The file does not say what {planned.export.doubtful_date} is: add --dates day-first"
            " or --dates month-first."
        )
    if planned.asked:
        missing.append("Answer the names on the page of the import, or add --unknown.")
    return " ".join(missing)
