"""``manage.py restore``: what `manage.py backup` wrote, into the database and storage of now."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from backtrain.backups.archive import Manifest
from backtrain.backups.making import MEDIA
from backtrain.backups.passphrase import read_passphrase
from backtrain.backups.restoring import opened, restore, rows_in_words
from backtrain.management.bars import bars
from backtrain.management.commands.backup import PIPE, backup_folder
from backtrain.management.problems import problems_told
from backtrain.schema import known_migrations


class Command(BaseCommand):
    help = (
        "Reads a backup to its last byte, and puts it into an empty database. Stop the server"
        " first. A backup of an older version is followed by `manage.py migrate`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="What `manage.py backup` wrote, or - for a pipe.")
        parser.add_argument("--passphrase-file", help="Holds what it was encrypted under.")
        parser.add_argument(
            "--replace", action="store_true", help="Put it in the place of all that is there."
        )
        parser.add_argument(
            "--check", action="store_true", help="Say what it holds and if it is whole, no more."
        )

    @problems_told
    def handle(
        self,
        *,
        file: str,
        passphrase_file: str | None,
        replace: bool,
        check: bool,
        **options: Any,
    ) -> None:
        passphrase = read_passphrase(passphrase_file) if passphrase_file else None
        known = frozenset(".".join(migration) for migration in known_migrations())
        with (
            source(file) as stream,
            opened(stream, passphrase=passphrase, beside=backup_folder()) as (manifest, folder),
            bars() as progress,
        ):
            if not check:
                restore(
                    manifest,
                    folder,
                    database=connection.settings_dict,
                    media=default_storage,
                    known=known,
                    replace=replace,
                    progress=progress,
                )
        self.tell(manifest, known, verb="Whole" if check else "Restored")

    def tell(self, manifest: Manifest, known: frozenset[str], *, verb: str) -> None:
        pictures = sum(name.startswith(f"{MEDIA}/") for name in manifest.files)
        holds = f"{rows_in_words(manifest.rows)}, pictures: {pictures:,}"
        self.stdout.write(f"{verb}: {holds}, as of {manifest.made_at}.", self.style.SUCCESS)
        if known - set(manifest.migrations):
            self.stdout.write(
                "It is of an older version: run `manage.py migrate` and `manage.py sync_catalog`."
            )


@contextmanager
def source(name: str) -> Iterator[IO[bytes]]:
    if name == PIPE:
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as file:
            yield file
