"""``manage.py dump_catalog``: write the catalogue, with its edits, as the files it came from."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exercises.files.documents import BadFile, read_folder, write_files
from exercises.files.dumping import stored_documents
from exercises.management.reporting import progress_bar


class Command(BaseCommand):
    help = (
        "Writes what was edited here into the catalogue's files, byte for byte the same where"
        " nothing was, so that an edit can become a pull request."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="To write to."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be written.")

    def handle(self, *, folder: Path, dry_run: bool, **options: Any) -> None:
        try:
            files = write_files(stored_documents(read_folder(folder)))
        except BadFile as error:
            raise CommandError(f"{error} Nothing was written.") from error
        written = []
        for name, text in progress_bar(files.items(), unit="file"):
            path = folder / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            written.append(name)
            if not dry_run:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        left = sorted(
            path.relative_to(folder).as_posix()
            for path in folder.glob("exercises/*.yaml")
            if path.relative_to(folder).as_posix() not in files
        )
        for name in left:
            if not dry_run:
                (folder / name).unlink()
        if options["verbosity"] > 0:
            verb = "would be " if dry_run else ""
            for name in written:
                self.stdout.write(f"{verb}written  {name}")
            for name in left:
                self.stdout.write(f"{verb}removed  {name}")
            self.stdout.write(f"{len(files)} files, {len(written)} changed, {len(left)} removed")
