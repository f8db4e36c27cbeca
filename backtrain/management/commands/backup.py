"""``manage.py backup``: database and pictures in one file, while the site is in use."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from backtrain.backups.making import MEDIA, make_backup, written_whole
from backtrain.backups.passphrase import read_passphrase
from backtrain.backups.restoring import rows_in_words
from backtrain.backups.sealing import Sealer
from backtrain.management.bars import bars
from backtrain.management.problems import problems_told

PIPE = "-"


class Command(BaseCommand):
    help = (
        "Writes the database as it is at one moment, and the pictures, into one file with"
        " checksums. The site may be in use meanwhile. `manage.py restore` puts it back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            help="A new file, or - for a pipe; by default one named for now in BACKUP_ROOT.",
        )
        parser.add_argument(
            "--passphrase-file", help="Encrypt under the first line of this file. Keep it apart."
        )

    @problems_told
    def handle(self, *, file: str | None, passphrase_file: str | None, **options: Any) -> None:
        passphrase = read_passphrase(passphrase_file) if passphrase_file else None
        at = timezone.now()
        path = Path(file) if file else named_for(at, is_sealed=passphrase is not None)
        with target(path) as (out, beside), bars() as progress:
            sealer = Sealer(out, passphrase) if passphrase else None
            manifest = make_backup(
                sealer or out,
                database=connection.settings_dict,
                media=default_storage,
                beside=beside,
                at=at,
                progress=progress,
            )
            if sealer:
                sealer.close()
        if options["verbosity"] > 0:
            pictures = sum(name.startswith(f"{MEDIA}/") for name in manifest.files)
            size = "" if str(path) == PIPE else f" ({path.stat().st_size / 1e6:,.1f} MB)"
            # To a pipe goes the backup alone.
            holds = f"{rows_in_words(manifest.rows)}, pictures: {pictures:,}"
            self.stderr.write(
                f"Backed up to {path}{size}: {holds}.",
                self.style.SUCCESS,
            )


def named_for(at: datetime, *, is_sealed: bool) -> Path:
    """The file of a backup that nobody named."""
    return backup_folder() / f"backtrain-{at:%Y%m%dT%H%M%SZ}.tar.gz{'.sealed' if is_sealed else ''}"


def backup_folder() -> Path:
    """BACKUP_ROOT, made if it is not there, for its owner alone."""
    folder = Path(settings.BACKUP_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def target(path: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """What to write to, and a folder that has room for a copy of the database."""
    if str(path) == PIPE:
        yield sys.stdout.buffer, Path(gettempdir())
        sys.stdout.buffer.flush()
    else:
        with written_whole(path) as file:
            yield file, path.parent
