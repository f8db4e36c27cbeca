"""``manage.py import_exercises``: others' exercises, as drafts to review."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exercises.documents import BadFile
from exercises.free_exercise_db import MAX_BYTES, read_records
from exercises.importing import Import, Provenance, import_drafts
from exercises.reporting import columns, progress_bar


class Command(BaseCommand):
    help = (
        "Brings exercises in the JSON form of free-exercise-db into the catalogue, as drafts that"
        " an editor reviews and publishes. What the catalogue has already stays as it is. All or"
        " nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A list of exercises, or one, as JSON.")
        parser.add_argument(
            "--licence", default="", help="Of records that name no license. Needed for those."
        )
        parser.add_argument("--author", default="", help="Of records that name no license_author.")
        parser.add_argument(
            "--source",
            default="",
            help="What to call where the file comes from; its name, unless given. Importing again"
            " under the same one makes nothing twice.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Report, but change nothing.")

    def handle(
        self,
        *,
        file: Path,
        licence: str,
        author: str,
        source: str,
        dry_run: bool,
        **options: Any,
    ) -> None:
        provenance = Provenance(
            source=source.strip() or file.stem, licence=licence.strip(), author=author.strip()
        )
        try:
            imports = import_drafts(
                read_records(read_bytes(file)),
                provenance=provenance,
                dry_run=dry_run,
                progress=progress_bar,
            )
        except BadFile as error:
            raise CommandError(f"{file}: {error} Nothing was imported.") from error
        if options["verbosity"] > 0:
            self.report(imports, dry_run=dry_run)

    def report(self, imports: list[Import], *, dry_run: bool) -> None:
        for each in imports:
            self.stdout.write(line(each))
        self.stdout.write(outcomes(imports))
        if any(each.unmapped for each in imports):
            self.stdout.write("\nWithout a counterpart here, noted for review:")
            self.stdout.write(unmapped(imports))
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")


def read_bytes(file: Path) -> bytes:
    """The file's bytes, at most one more than are taken. Raises ``CommandError``."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} can't be read: {error.strerror}.") from error


def line(each: Import) -> str:
    """What became of one record: "imported      Odd press: muscle “shoulders”"."""
    words = ", ".join(f"{what} “{word}”" for what, word in each.unmapped)
    about = each.reason or (f"could not place {words}" if words else "")
    return f"{each.outcome:<13} {each.name}" + (f": {about}" if about else "")


def outcomes(imports: list[Import]) -> str:
    counted: Counter[str] = Counter(each.outcome for each in imports)
    kinds = ("imported", "here already", "skipped")
    return columns([("", *kinds), ("exercises", *(str(counted[kind]) for kind in kinds))])


def unmapped(imports: list[Import]) -> str:
    """How many records each word with no counterpart stands in, most first."""
    counted = Counter(pair for each in imports for pair in set(each.unmapped))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    rows = [(f"{what} “{word}”", str(times)) for (what, word), times in ordered]
    return columns([("", "records"), *rows], first=36)
