"""A backup checked to its last byte, then the database, all or nothing, then the pictures."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from backtrain.backups import BackupProblem, Database, Progress, sealing
from backtrain.backups.archive import Manifest, Readable, extract
from backtrain.backups.contents import Contents
from backtrain.backups.engines import engine_of
from backtrain.backups.making import MEDIA
from backtrain.backups.media import Media, all_names


@contextmanager
def opened(
    file: IO[bytes], *, passphrase: str | None, beside: Path
) -> Iterator[tuple[Manifest, Path]]:
    """The backup as files, each checked; ``beside`` has room for them. Raises BackupProblem."""
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=beside) as folder:
        yield extract(_unsealed(file, passphrase), Path(folder)), Path(folder)


def restore(
    manifest: Manifest,
    folder: Path,
    *,
    database: Database,
    media: Media,
    known: frozenset[str],
    replace: bool,
    progress: Progress,
) -> None:
    """Put an opened backup where the settings say. ``known`` are this version's migrations.

    Raises BackupProblem where it does not fit, or would be put over something without ``replace``.
    """
    engine = engine_of(database)
    _look_whether_it_fits(manifest, engine.NAME, known)
    there = engine.contents(database)
    if there.rows and not replace:
        raise BackupProblem(
            f"The database is not empty ({rows_in_words(there.rows)}): --replace puts the backup in"
            " the place of all that is in it."
        )
    before = all_names(media)  # before anything is changed: pictures can be reached
    engine.load(database, folder / engine.FILE, progress)
    placed = _place_media(folder / MEDIA, media, progress)
    for name in set(before) - placed if replace else ():
        media.delete(name)
    _compare(engine.contents(database), manifest)


def rows_in_words(rows: dict[str, int]) -> str:
    """The rows that people know, of all tables."""
    accounts, workouts = rows.get("auth_user", 0), rows.get("workouts_workout", 0)
    return f"accounts: {accounts:,}, workouts: {workouts:,}"


def _unsealed(file: IO[bytes], passphrase: str | None) -> Readable:
    start = file.read(len(sealing.MAGIC))
    if start == sealing.MAGIC:
        if passphrase is None:
            raise BackupProblem("The backup is encrypted: name its --passphrase-file.")
        return sealing.Opener(file, passphrase)
    return _Rejoined(start, file)


class _Rejoined:
    """A file of which the first bytes have been read; a pipe can't be asked for them again."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start, self._rest = start, rest

    def read(self, size: int) -> bytes:
        data, self._start = self._start[:size], self._start[size:]
        return data + self._rest.read(size - len(data))


def _look_whether_it_fits(manifest: Manifest, engine: str, known: frozenset[str]) -> None:
    if manifest.database != engine:
        raise BackupProblem(
            f"The backup is of {manifest.database}, and DATABASE_URL leads to {engine}: restore it"
            " into one of its own kind."
        )
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupProblem(
            f"The backup is of a newer Backtrain, which went through {unknown[-1]}: upgrade this"
            " one first, then restore."
        )


def _place_media(folder: Path, media: Media, progress: Progress) -> set[str]:
    """Save the pictures under the names that they had, which are returned."""
    paths = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    for number, (name, path) in enumerate(paths.items(), start=1):
        media.delete(name)
        with path.open("rb") as file:
            media.save(name, file)
        progress("pictures", number, len(paths))
    return set(paths)


def _compare(found: Contents, manifest: Manifest) -> None:
    wrong = [table for table, count in manifest.rows.items() if found.rows.get(table) != count]
    if wrong:
        raise BackupProblem(
            f"{wrong[0]} has {found.rows.get(wrong[0], 0)} rows instead of"
            f" {manifest.rows[wrong[0]]}: is the server still running? Stop it, then restore again."
        )
