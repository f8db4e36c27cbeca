"""``manage.py sync_catalog``: install or upgrade the catalogue from its files."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exercises.files.choices import UnknownChoice
from exercises.files.differences import as_text
from exercises.files.documents import BadFile, read_folder
from exercises.files.rows import Change
from exercises.files.sync import sync
from exercises.management.reporting import columns, progress_bar


class Command(BaseCommand):
    help = (
        "Installs or upgrades the catalogue from its files. What an editor changed stays; every"
        " other field follows the files. All or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="Of the files."
        )
        parser.add_argument("--dry-run", action="store_true", help="Report, but change nothing.")
        parser.add_argument(
            "--take-theirs",
            nargs="+",
            default=[],
            metavar="WHAT",
            help='Give up the edits of these: a slug, "slug.field", or "all".',
        )
        parser.add_argument(
            "--keep-mine",
            nargs="+",
            default=[],
            metavar="WHAT",
            help="Settle the conflicts of these for what is here: as above.",
        )

    def handle(
        self,
        *,
        folder: Path,
        dry_run: bool,
        take_theirs: list[str],
        keep_mine: list[str],
        **options: Any,
    ) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            changes = sync(
                read_folder(folder),
                take_theirs=take_theirs,
                keep_mine=keep_mine,
                dry_run=dry_run,
                progress=progress_bar,
            )
        except (BadFile, UnknownChoice) as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        self.report(changes, is_verbose=options["verbosity"] > 0, dry_run=dry_run)

    def report(self, changes: list[Change], *, is_verbose: bool, dry_run: bool) -> None:
        if not is_verbose:
            return
        is_first = all(change.outcome == "added" for change in changes)
        for change in () if is_first else changes:
            for line in details(change):
                self.stdout.write(line)
        self.stdout.write(table(changes))
        if any(change.conflicts for change in changes):
            self.stdout.write(
                "Conflicts kept what is here, and stay open. To settle one:"
                " --take-theirs or --keep-mine, with a slug or slug.field."
            )
        if any(change.outcome == "blocked" for change in changes):
            self.stdout.write(
                "What was blocked is as it was, and comes with a later run once nothing is in its"
                " way: rename one of the two rows, or take the alias away, in the admin."
            )
        if dry_run:
            self.stdout.write("Dry run: nothing was changed.")


def details(change: Change) -> list[str]:
    """Lines for all that is worth reading about one document."""
    name = f"{change.kind} {change.slug}"
    lines = []
    if change.outcome == "updated":
        lines.append(f"updated   {name}: {', '.join(change.updated)}")
    if change.outcome in ("added", "archived", "deleted here", "blocked"):
        lines.append(f"{change.outcome:<9} {name}")
    if change.kept:
        lines.append(f"kept      {name}: {', '.join(change.kept)}")
    for field in change.conflicts:
        lines.append(f"CONFLICT  {name}.{field}")
        here, in_files = change.sides[field]
        lines += [*_indented("here", here), *_indented("files", in_files)]
    return lines + [f"note      {name}: {note}" for note in change.notes]


def _indented(side: str, value: Any) -> list[str]:
    """A value as an editor reads it, each line under the name of its side."""
    lines = as_text(value).splitlines() or ["(empty)"]
    return [f"          {side:<6} {line}" for line in lines]


def table(changes: list[Change]) -> str:
    """How many of each kind were added, updated, and so on."""
    outcomes = ("added", "updated", "unchanged", "archived", "deleted here", "blocked")
    kinds = list(dict.fromkeys(change.kind for change in changes))
    rows: list[tuple[str, ...]] = [("", *outcomes, "kept", "conflicts")]
    for kind in kinds:
        mine = [change for change in changes if change.kind == kind]
        counted = Counter(change.outcome for change in mine)
        kept = sum(bool(change.kept) for change in mine)
        conflicts = sum(bool(change.conflicts) for change in mine)
        counts = [str(counted[outcome]) for outcome in outcomes]  # type: ignore[index]
        rows.append((kind, *counts, str(kept), str(conflicts)))
    return columns(rows)
